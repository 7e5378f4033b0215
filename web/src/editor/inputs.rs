//! What is done to the machine from outside: a list, and a form that does something at the cursor.

use kernelscope_share::params::{self, TABLE};
use kernelscope_sim::time::{Nanos, format};
use serde_json::{Value, json};
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use super::field::Wrong;
use super::tasks::newcomer;
use super::{EditorProps, policy_of};
use crate::i18n::{Lang, editor as text, fields, use_lang};
use crate::state::document::{shown, typed};
use crate::state::{Action, Edit};

/// The list in the document.
const LIST: &str = "inputs";

/// What was done, and what can be done now.
#[component]
pub(super) fn Inputs(props: &EditorProps) -> Html {
    let lang = use_lang();
    let list = props.document.get(LIST).and_then(Value::as_array);
    let count = list.map_or(0, Vec::len);
    if props.read_only && count == 0 {
        return Html::default();
    }
    let wrong = props.problems.iter().any(|problem| problem.path.starts_with(LIST));
    html! {
        <details class="editor-section" open={wrong || count > 0}>
            <summary class="panel-title">{ text::inputs(lang) }</summary>
            <ol class="inputs">
                { for list.into_iter().flatten().enumerate().map(|(index, entry)| input(props, index, entry, lang)) }
            </ol>
            if !props.read_only && let Some(run) = &props.run {
                <fieldset class="do-now">
                    <legend class="soft small">{ text::at_cursor(lang, &run.ruler.time(run.snapshot.now)) }</legend>
                    <DoNow ..props.clone() />
                </fieldset>
            }
        </details>
    }
}

fn input(props: &EditorProps, index: usize, entry: &Value, lang: Lang) -> Html {
    let path = format!("{LIST}[{index}]");
    let problems: Vec<_> = props.problems.iter().filter(|problem| problem.path.starts_with(&path)).collect();
    let remove = props.act.reform(move |_: MouseEvent| Action::Edit(Edit::Remove(LIST.to_owned(), index)));
    let said = said(entry, lang);
    html! {
        <li class="input" key={index}>
            <span class="number soft">{ shown(entry.get("at")) }</span>
            <span>
                { &said }
                { for problems.first().map(|problem| Wrong::at(&props.problems, &problem.path).told(&path, lang, props.ruler())) }
            </span>
            if !props.read_only {
                <button type="button" class="quiet icon" aria-label={text::remove_that(lang, &said)} onclick={remove}>{ "×" }</button>
            }
        </li>
    }
}

/// An input in words.
fn said(entry: &Value, lang: Lang) -> String {
    if let Some(name) = entry.get("kill") {
        return text::killed(lang, &shown(Some(name)));
    }
    if let Some(path) = entry.get("set").and_then(Value::as_str) {
        return text::changed(lang, &field_name(path, lang), &shown(entry.get("to")));
    }
    match entry.get("add").and_then(|task| task.get("name")) {
        Some(name) => text::added(lang, &shown(Some(name))),
        None => text::unclear(lang).to_owned(),
    }
}

/// A parameter in words, with whose it is where it is a task's.
fn field_name(path: &str, lang: Lang) -> String {
    let name = params::field(path).and_then(|row| fields::name(lang, &row.pattern)).unwrap_or(path);
    match path.strip_prefix("processes.").and_then(|rest| rest.split_once('.')) {
        Some((task, _)) => text::field_of(lang, name, task),
        None => name.to_owned(),
    }
}

/// What can be done.
#[derive(Clone, Copy, PartialEq, Eq)]
enum What {
    Kill,
    Set,
    Add,
}

impl What {
    const ALL: [What; 3] = [What::Kill, What::Set, What::Add];

    fn name(self, lang: Lang) -> &'static str {
        match self {
            What::Kill => text::kill(lang),
            What::Set => text::set(lang),
            What::Add => text::add(lang),
        }
    }
}

/// The form that does something at the cursor.
#[component]
fn DoNow(props: &EditorProps) -> Html {
    let lang = use_lang();
    let what = use_state(|| What::Kill);
    let task = use_state(String::new);
    let parameter = use_state(String::new);
    let value = use_state(String::new);
    let (tasks, parameters) = (task_names(props), live_fields(props));
    let chosen = |state: &str, among: &[String]| {
        if among.iter().any(|known| known == state) {
            state.to_owned()
        } else {
            among.first().cloned().unwrap_or_default()
        }
    };
    let (task_name, path) = (chosen(&task, &tasks), chosen(&parameter, &parameters));
    let action = match *what {
        What::Kill => json!({ "kill": task_name }),
        What::Set => json!({ "set": path, "to": typed(value.trim()) }),
        What::Add => json!({ "add": added(props, &value) }),
    };
    let ready = match *what {
        What::Kill => !task_name.is_empty(),
        What::Set => !path.is_empty() && !value.trim().is_empty(),
        What::Add => true,
    };
    let onclick = {
        let (act, at) = (props.act.clone(), now(props));
        Callback::from(move |_: MouseEvent| {
            let mut entry = json!({ "at": at });
            if let (Some(entry), Value::Object(action)) = (entry.as_object_mut(), action.clone()) {
                entry.extend(action);
            }
            act.emit(Action::Edit(Edit::Push(LIST.to_owned(), entry)));
        })
    };
    let choose_what = {
        let what = what.clone();
        Callback::from(move |event: Event| {
            let index = event.target_unchecked_into::<HtmlSelectElement>().selected_index();
            what.set(
                usize::try_from(index)
                    .ok()
                    .and_then(|index| What::ALL.get(index).copied())
                    .unwrap_or(What::Kill),
            );
        })
    };
    html! {
        <>
            <select aria-label={text::inputs(lang)} onchange={choose_what}>
                { for What::ALL.iter().map(|known| html! {
                    <option selected={*known == *what}>{ known.name(lang) }</option>
                }) }
            </select>
            if *what == What::Kill { { choice(text::task(lang), &tasks, &task_name, &task, Clone::clone) } }
            if *what == What::Set {
                { choice(text::parameter(lang), &parameters, &path, &parameter, |path| field_name(path, lang)) }
            }
            if *what != What::Kill {
                <input type="text" value={(*value).clone()} oninput={remember(&value)}
                    aria-label={if *what == What::Set { text::value(lang) } else { fields::name(lang, "processes[].program").unwrap_or_default() }}
                    placeholder={if *what == What::Set { String::new() } else { "cpu 10".to_owned() }} />
            }
            <button type="button" {onclick} disabled={!ready}>{ text::do_it(lang) }</button>
        </>
    }
}

fn choice(
    label: &'static str,
    values: &[String],
    chosen: &str,
    state: &UseStateHandle<String>,
    name: impl Fn(&String) -> String,
) -> Html {
    let state = state.clone();
    let onchange = Callback::from(move |event: Event| {
        state.set(event.target_unchecked_into::<HtmlSelectElement>().value());
    });
    html! {
        <select aria-label={label} {onchange}>
            { for values.iter().map(|value| html! {
                <option key={value.clone()} value={value.clone()} selected={value == chosen}>{ name(value) }</option>
            }) }
        </select>
    }
}

fn remember(state: &UseStateHandle<String>) -> Callback<InputEvent> {
    let state = state.clone();
    Callback::from(move |event: InputEvent| {
        state.set(event.target_unchecked_into::<HtmlInputElement>().value());
    })
}

/// The cursor's instant as documents write it.
fn now(props: &EditorProps) -> Value {
    let at = props.run.as_ref().map_or(Nanos::ZERO, |run| Nanos(run.snapshot.now.0));
    typed(&format::duration(at, props.ruler().unit))
}

fn task_names(props: &EditorProps) -> Vec<String> {
    let tasks =
        props.run.as_ref().map(|run| run.overview.tasks.iter().map(|task| task.name.clone()).collect());
    tasks.unwrap_or_default()
}

/// The paths of everything that can change while this machine runs.
fn live_fields(props: &EditorProps) -> Vec<String> {
    let policy = policy_of(&props.document);
    let live =
        TABLE.iter().filter(|row| row.live && (row.policies.is_empty() || row.policies.contains(&policy)));
    live.flat_map(|row| match row.pattern.strip_prefix("processes[].") {
        Some(field) => task_names(props).iter().map(|task| format!("processes.{task}.{field}")).collect(),
        None => vec![row.pattern.clone()],
    })
    .collect()
}

/// The task that the form describes.
fn added(props: &EditorProps, program: &str) -> Value {
    let mut task = newcomer(&props.document);
    let taken = task_names(props);
    let taken: Vec<&str> = taken.iter().map(String::as_str).collect();
    task["name"] = Value::String(crate::state::document::free_name(None, &taken));
    if !program.trim().is_empty() {
        task["program"] = Value::String(program.trim().to_owned());
    }
    task
}
