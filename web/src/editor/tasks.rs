//! The table of tasks: who they are, when they arrive, what they do.

use kernelscope_share::{file, params};
use kernelscope_sim::diagnostic::Diagnostic;
use kernelscope_sim::ids::TaskId;
use kernelscope_sim::program::{Names, print};
use serde_json::{Value, json};
use yew::prelude::*;

use super::field::Form;
use super::program::ProgramField;
use super::{EditorProps, memory, policy_of};
use crate::chip::task_chip;
use crate::i18n::{editor as text, fields, use_lang};
use crate::ruler::Ruler;
use crate::state::document::free_name;
use crate::state::{Action, Edit, Run, Shared};

/// The list in the document.
const LIST: &str = "processes";
/// Rows that are shown before somebody asks for more.
const FIRST: usize = 60;

/// The table of tasks.
#[component]
pub(super) fn Tasks(props: &EditorProps) -> Html {
    let lang = use_lang();
    let shown = use_state(|| FIRST);
    let entries = props.document.get(LIST).and_then(Value::as_array);
    let count = entries.map_or(0, Vec::len);
    let first_task = first_tasks(&props.document, count);
    let ruler = props.ruler();
    let policy = policy_of(&props.document);
    let add = {
        let (act, document) = (props.act.clone(), props.document.clone());
        Callback::from(move |_: MouseEvent| {
            act.emit(Action::Edit(Edit::Push(LIST.into(), newcomer(&document))));
        })
    };
    let more = {
        let shown = shown.clone();
        Callback::from(move |_: MouseEvent| shown.set(*shown + FIRST))
    };
    html! {
        <section class="editor-section" aria-label={text::tasks(lang)}>
            <h2 class="panel-title">{ text::tasks(lang) }</h2>
            if count == 0 {
                <p class="empty">{ text::no_tasks(lang) }</p>
            } else {
                <div class="task-head" aria-hidden="true">
                    <span />
                    <span>{ fields::name(lang, "processes[].at") }</span>
                    <span>{ fields::name(lang, "processes[].program") }</span>
                </div>
            }
            <ol class="task-list">
                { for entries.into_iter().flatten().take(*shown).enumerate().map(|(index, entry)| html! {
                    <TaskRow
                        key={index}
                        {index}
                        {count}
                        name={entry.get("name").and_then(Value::as_str).unwrap_or_default().to_owned()}
                        document={props.document.clone()}
                        problems={props.problems.clone()}
                        task={first_task[index]}
                        selected={props.selection.task.is_some() && props.selection.task == first_task[index]}
                        now={props.run.as_ref().zip(first_task[index]).and_then(|(run, task)| operation_in(run, task, entry))}
                        {ruler}
                        {policy}
                        read_only={props.read_only}
                        act={props.act.clone()}
                    />
                }) }
            </ol>
            if count > *shown {
                <button type="button" class="quiet" onclick={more}>{ text::more_tasks(lang, count - *shown) }</button>
            }
            if !props.read_only {
                <button type="button" class="quiet add" onclick={add}>{ "+ " }{ text::add_task(lang) }</button>
            }
        </section>
    }
}

/// The first task that each entry makes.
fn first_tasks(document: &Value, entries: usize) -> Vec<Option<TaskId>> {
    let mut first = vec![None; entries];
    for (task, entry) in file::places(document).into_iter().enumerate() {
        if let Some(first) = first.get_mut(entry) {
            first.get_or_insert_with(|| TaskId::from_index(task));
        }
    }
    first
}

/// The bytes that a task carries out of its entry's program text, if that reads as the program is printed.
fn operation_in(run: &Run, task: TaskId, entry: &Value) -> Option<(u32, u32)> {
    let machine = &run.scenario.machine;
    let devices: Vec<String> = machine.devices.iter().map(|device| device.name.clone()).collect();
    let names = Names { unit: run.ruler.unit, devices: &devices };
    let view = run.snapshot.tasks.get(task.index())?;
    let (printed, operations) = print::spans(&run.scenario.processes.get(task.index())?.program, &names);
    let same = entry.get("program").and_then(Value::as_str) == Some(&printed);
    operations.get(view.pc as usize).filter(|_| same).map(|range| (range.start, range.end))
}

/// Whether every process has frames of its own.
fn is_local(document: &Value) -> bool {
    params::get(document, "machine.memory.scope").is_some_and(|scope| scope == "local")
}

/// A task to begin with, under a name that is free.
pub(super) fn newcomer(document: &Value) -> Value {
    let entries = document.get(LIST).and_then(Value::as_array).into_iter().flatten();
    let taken: Vec<&str> = entries.filter_map(|entry| entry.get("name")?.as_str()).collect();
    json!({ "name": free_name(None, &taken), "program": "cpu 10" })
}

#[derive(Clone, PartialEq, Properties)]
struct TaskRowProps {
    index: usize,
    count: usize,
    name: AttrValue,
    document: Shared<Value>,
    problems: Shared<Vec<Diagnostic>>,
    /// The first task that the entry makes.
    task: Option<TaskId>,
    selected: bool,
    /// The bytes of its program's text that it carries out at the cursor.
    now: Option<(u32, u32)>,
    ruler: Ruler,
    policy: &'static str,
    read_only: bool,
    act: Callback<Action>,
}

#[component]
fn TaskRow(props: &TaskRowProps) -> Html {
    let lang = use_lang();
    let open = use_state(|| false);
    let TaskRowProps { index, count, name, document, problems, ruler, read_only, act, now, .. } = props;
    let form = Form { document, problems, ruler: *ruler, read_only: *read_only, act };
    let path = |field: &str| format!("{LIST}[{index}].{field}");
    let field = |field: &str, labelled: bool| {
        let heard = fields::name(lang, &format!("{LIST}[].{field}")).unwrap_or_default();
        form.named(&path(field), Some(text::field_of(lang, heard, name).into()), labelled)
    };
    let wrong_inside = ["name", "kind", "nice", "priority", "count", "every", "quota", "oom_score_adj"]
        .iter()
        .any(|field| problems.iter().any(|problem| problem.path == path(field)));
    let wrong_inside =
        wrong_inside || problems.iter().any(|problem| problem.path.starts_with(&path("regions")));
    let is_open = *open || wrong_inside;
    let toggle = Callback::from(move |_: MouseEvent| open.set(!*open));
    let select = props.task.map(|task| {
        let selected = props.selected;
        act.reform(move |_: MouseEvent| {
            let task = (!selected).then_some(task);
            Action::Select(crate::state::Selection { task, ..Default::default() })
        })
    });
    let list = || LIST.to_owned();
    let edit = |edit: Edit| act.reform(move |_: MouseEvent| Action::Edit(edit.clone()));
    html! {
        <li class={classes!("task", props.selected.then_some("is-selected"))}>
            <div class="task-line">
                <button type="button" class="task-name" onclick={select} aria-pressed={if props.selected { "true" } else { "false" }}
                    aria-label={text::select(lang, name)}>
                    { task_chip(props.task.map_or(*index, TaskId::index), name.clone()) }
                </button>
                { field("at", false) }
                <ProgramField path={path("program")} value={document[LIST][*index].get("program").cloned()}
                    problems={problems.clone()} ruler={*ruler} at={*now}
                    name={text::field_of(lang, fields::name(lang, "processes[].program").unwrap_or_default(), name)}
                    has_memory={document["machine"].get("memory").is_some()}
                    read_only={*read_only} act={act.clone()} />
                <button type="button" class="quiet icon" aria-expanded={if is_open { "true" } else { "false" }}
                    aria-label={text::more(lang, name)} onclick={toggle}>{ "⋯" }</button>
            </div>
            if props.policy == "priority" && !is_open { <div class="task-extra">{ field("priority", true) }</div> }
            if is_open {
                <div class="task-more">
                    { for ["name", "priority", "nice", "kind", "count", "every"].into_iter().map(|name| field(name, true)) }
                    if is_local(document) { { field("quota", true) } }
                    if document["machine"].get("memory").is_some() { { field("oom_score_adj", true) } }
                    { memory::regions(form, *index, name, lang) }
                    if !read_only {
                        <div class="task-actions">
                            <button type="button" onclick={edit(Edit::Move { list: list(), from: *index, to: index.saturating_sub(1) })}
                                disabled={*index == 0}>{ "↑ " }{ text::move_up(lang) }</button>
                            <button type="button" onclick={edit(Edit::Move { list: list(), from: *index, to: index + 1 })}
                                disabled={index + 1 == *count}>{ "↓ " }{ text::move_down(lang) }</button>
                            <button type="button" onclick={edit(Edit::Duplicate(list(), *index))}>{ text::duplicate(lang) }</button>
                            <button type="button" onclick={edit(Edit::Remove(list(), *index))}
                                aria-label={text::remove_that(lang, name)}>{ text::remove(lang) }</button>
                        </div>
                    }
                </div>
            }
        </li>
    }
}
