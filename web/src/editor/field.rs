//! One field of a document: a label, an input that fits its kind, and what is wrong with it, in words.
//!
//! What a person types stays as it is while they type; the document gets the value that it stands for.

use kernelscope_share::params::{self, Kind};
use kernelscope_sim::diagnostic::Diagnostic;
use serde_json::Value;
use web_sys::{HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement};
use yew::prelude::*;

use crate::i18n::{Lang, editor as text, fields, glossary, problems, use_lang};
use crate::ruler::Ruler;
use crate::state::document::{shown, typed};
use crate::state::{Action, Edit};

/// What the fields of a form have in common.
#[derive(Clone, Copy)]
pub(super) struct Form<'a> {
    /// The document.
    pub(super) document: &'a Value,
    /// What is wrong with it.
    pub(super) problems: &'a [Diagnostic],
    /// How durations are written.
    pub(super) ruler: Ruler,
    /// Whether nothing may be edited.
    pub(super) read_only: bool,
    /// What tells the page that something happened.
    pub(super) act: &'a Callback<Action>,
}

impl Form<'_> {
    /// The field at a path under its own name.
    pub(super) fn field(self, path: &str) -> Html {
        self.named(path, None, true)
    }

    /// Whether something is wrong with the field at a path, or inside of it.
    pub(super) fn is_wrong(self, path: &str) -> bool {
        Wrong::at(self.problems, path).is_wrong()
    }

    /// Whether the document says something at a path.
    pub(super) fn is_said(self, path: &str) -> bool {
        params::get(self.document, path).is_some()
    }

    /// The same as a field under another name for those who do not see where it stands; `labelled` if its own is seen too.
    pub(super) fn named(self, path: &str, name: Option<AttrValue>, labelled: bool) -> Html {
        let Form { document, problems, ruler, read_only, act } = self;
        let (value, default) = (params::get(document, path).cloned(), params::default_value(document, path));
        let wrong: Vec<Diagnostic> = Wrong::at(problems, path).0.into_iter().cloned().collect();
        html! {
            <Field key={path.to_owned()} path={path.to_owned()} {value} {default} {wrong} {ruler} {name} {labelled} {read_only} act={act.clone()} />
        }
    }
}

/// A field has only what it shows, so that it is rendered again only when that changes.
#[derive(Clone, PartialEq, Properties)]
struct FieldProps {
    /// Where it stands: `machine.policy.rr.quantum`.
    path: AttrValue,
    /// What the document says there.
    value: Option<Value>,
    /// What holds if it says nothing.
    default: Option<Value>,
    /// What is wrong with it.
    wrong: Vec<Diagnostic>,
    ruler: Ruler,
    name: Option<AttrValue>,
    labelled: bool,
    read_only: bool,
    act: Callback<Action>,
}

/// One field of a document.
#[component]
fn Field(props: &FieldProps) -> Html {
    let lang = use_lang();
    let typing = use_state(String::new);
    let path = props.path.as_str();
    let Some(row) = params::field(path) else {
        return Html::default();
    };
    let id = id_of(path);
    let name = fields::name(lang, &row.pattern).unwrap_or(path);
    let explained = glossary::term(row.glossary).map(|term| term.meaning(lang));
    let heard = props.name.clone().unwrap_or_else(|| name.to_owned().into());
    html! {
        <div class={classes!("field", (row.kind == Kind::Flag || row.kind == Kind::Group).then_some("is-flag"))}>
            if props.labelled { <label for={id.clone()} title={explained}>{ name }</label> }
            { input(props, &row.kind, &id, heard, &typing, lang) }
            { Wrong(props.wrong.iter().collect()).told(&id, lang, props.ruler) }
        </div>
    }
}

/// The problems of one field.
pub(super) struct Wrong<'a>(Vec<&'a Diagnostic>);

impl<'a> Wrong<'a> {
    /// Those at a path, or at an element of it.
    pub(super) fn at(problems: &'a [Diagnostic], path: &str) -> Wrong<'a> {
        let is_here = |problem: &&Diagnostic| {
            problem.path.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with('['))
        };
        Wrong(problems.iter().filter(is_here).collect())
    }

    pub(super) fn is_wrong(&self) -> bool {
        !self.0.is_empty()
    }

    /// Where in a program's text the first one is.
    pub(super) fn span(&self) -> Option<(usize, usize)> {
        let (start, end) = self.0.iter().find_map(|problem| problem.span)?;
        Some((usize::try_from(start).ok()?, usize::try_from(end).ok()?))
    }

    /// In words, under the field `id`.
    pub(super) fn told(&self, id: &str, lang: Lang, ruler: Ruler) -> Html {
        if self.0.is_empty() {
            return Html::default();
        }
        html! {
            <p class="field-problem" id={problem_id(id)}>
                { for self.0.iter().map(|problem| html! { <span>{ problems::describe(lang, problem, ruler) }</span> }) }
            </p>
        }
    }
}

/// The id of the input for a path.
pub(super) fn id_of(path: &str) -> String {
    let plain: String =
        path.chars().map(|letter| if letter.is_alphanumeric() { letter } else { '-' }).collect();
    format!("field-{}", plain.trim_matches('-'))
}

/// The id of what is said about a field.
pub(super) fn problem_id(id: &str) -> String {
    format!("{id}-problem")
}

/// The input that fits the field's kind.
fn input(
    props: &FieldProps,
    kind: &Kind,
    id: &str,
    heard: AttrValue,
    typing: &UseStateHandle<String>,
    lang: Lang,
) -> Html {
    let FieldProps { path, value, default, act, .. } = props;
    let set = {
        let (act, path) = (act.clone(), path.clone());
        Callback::from(move |value: Option<Value>| act.emit(Action::Edit(Edit::Set(path.to_string(), value))))
    };
    let said = value.as_ref().or(default.as_ref());
    match kind {
        Kind::Flag => {
            let on = said.and_then(Value::as_bool).unwrap_or_default();
            checkbox(props, id, heard, on, &set.reform(|on| Some(Value::Bool(on))))
        }
        Kind::Group => {
            let usual = is_on(default.as_ref());
            let on = value.as_ref().map_or(usual, |value| is_on(Some(value)));
            checkbox(props, id, heard, on, &set.reform(move |on| switched(on, usual)))
        }
        Kind::Choice(words) => {
            let chosen = shown(said);
            let onchange = set.reform(|event: Event| {
                Some(Value::String(event.target_unchecked_into::<HtmlSelectElement>().value()))
            });
            let stranger = (!words.contains(&chosen.as_str())).then_some(&chosen);
            html! {
                <select id={id.to_owned()} aria-label={heard} disabled={props.read_only} {onchange}
                    aria-invalid={invalid(props)} aria-describedby={described(props, id)}>
                    { for stranger.map(|word| html! { <option value={word.clone()} selected=true>{ word }</option> }) }
                    { for words.iter().map(|word| html! {
                        <option key={*word} value={*word} selected={*word == chosen}>{ fields::word(lang, word) }</option>
                    }) }
                </select>
            }
        }
        Kind::Text(_) => {
            let usual = shown(default.as_ref());
            // Nothing stands for what goes without saying, where something does.
            let has_usual = !usual.is_empty();
            let to_text = set
                .reform(move |text: String| (!text.is_empty() || !has_usual).then_some(Value::String(text)));
            text_input(props, id, heard, &shown(value.as_ref()), usual, to_text, typing)
        }
        Kind::Bytes(_) => {
            let oninput = set.reform(|event: InputEvent| {
                let text = event.target_unchecked_into::<HtmlTextAreaElement>().value();
                (!text.is_empty()).then_some(Value::String(text))
            });
            html! {
                <textarea id={id.to_owned()} class="bytes figures" rows="4" aria-label={heard} value={shown(value.as_ref())}
                    readonly={props.read_only} {oninput} aria-invalid={invalid(props)} aria-describedby={described(props, id)}
                    autocomplete="off" autocapitalize="off" spellcheck="false" />
            }
        }
        _ => {
            let placeholder = match default {
                None | Some(Value::Null) => unsaid(lang, path),
                Some(Value::String(word)) if word == "off" => text::off(lang).to_owned(),
                value => listed(value.as_ref()),
            };
            let to_value = set.reform(|text: String| parsed(&text));
            text_input(props, id, heard, &listed(value.as_ref()), placeholder, to_value, typing)
        }
    }
}

/// Whether a group of fields is there.
pub(super) fn is_on(value: Option<&Value>) -> bool {
    value.is_some_and(|value| value.is_object() || *value == Value::Bool(true))
}

/// What stands for a group that is there or not, if it usually is or is not.
fn switched(on: bool, usual: bool) -> Option<Value> {
    match (on, usual) {
        (true, true) | (false, false) => None,
        (true, false) => Some(Value::Object(serde_json::Map::new())),
        (false, true) => Some(Value::Bool(false)),
    }
}

/// What an empty field stands for that has no value of its own.
fn unsaid(lang: Lang, path: &str) -> String {
    let text = match path {
        "machine.policy.mlfq.allotment" => text::as_quantum(lang),
        "machine.policy.mlfq.levels" => text::as_listed(lang),
        "machine.memory.levels" => text::by_the_sizes(lang),
        "machine.memory.tlb.ways" => text::as_entries(lang),
        _ if path.starts_with("machine.memory.daemon.") => text::by_the_sizes(lang),
        _ => "",
    };
    text.to_owned()
}

fn invalid(props: &FieldProps) -> Option<&'static str> {
    (!props.wrong.is_empty()).then_some("true")
}

fn described(props: &FieldProps, id: &str) -> Option<String> {
    (!props.wrong.is_empty()).then(|| problem_id(id))
}

fn checkbox(props: &FieldProps, id: &str, heard: AttrValue, on: bool, set: &Callback<bool>) -> Html {
    let onchange = set.reform(|event: Event| event.target_unchecked_into::<HtmlInputElement>().checked());
    html! {
        <input type="checkbox" id={id.to_owned()} aria-label={heard} checked={on} disabled={props.read_only} {onchange}
            aria-invalid={invalid(props)} aria-describedby={described(props, id)} />
    }
}

/// A text input that leaves alone what is being typed, as long as it stands for what the document holds.
fn text_input(
    props: &FieldProps,
    id: &str,
    heard: AttrValue,
    held: &str,
    placeholder: String,
    onchange: Callback<String>,
    typing: &UseStateHandle<String>,
) -> Html {
    let stands = **typing == *held || listed(parsed(typing).as_ref()) == *held;
    let value = if stands { (**typing).clone() } else { held.to_owned() };
    let typing = typing.setter();
    let oninput = Callback::from(move |event: InputEvent| {
        let text = event.target_unchecked_into::<HtmlInputElement>().value();
        typing.set(text.clone());
        onchange.emit(text);
    });
    html! {
        <input type="text" id={id.to_owned()} aria-label={heard} {value} {placeholder} readonly={props.read_only} {oninput}
            aria-invalid={invalid(props)} aria-describedby={described(props, id)}
            autocomplete="off" autocapitalize="off" spellcheck="false" />
    }
}

/// A list is typed with commas.
fn listed(value: Option<&Value>) -> String {
    match value {
        Some(Value::Array(list)) => {
            list.iter().map(|entry| shown(Some(entry))).collect::<Vec<_>>().join(", ")
        }
        other => shown(other),
    }
}

/// What a text stands for: nothing, a value, or a list where there are commas.
fn parsed(text: &str) -> Option<Value> {
    let text = text.trim();
    match text.is_empty() {
        true => None,
        false if text.contains(',') => Some(text.split(',').map(|part| typed(part.trim())).collect()),
        false => Some(typed(text)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_list_is_typed_with_commas() {
        assert_eq!(parsed("10, 20ms,40"), Some(json!([10, "20ms", 40])));
        assert_eq!(listed(Some(&json!([10, "20ms", 40]))), "10, 20ms, 40");
        assert_eq!(parsed("  "), None);
        assert_eq!(parsed(" 7 "), Some(json!(7)));
    }

    #[test]
    fn a_problem_of_an_element_is_told_at_the_field() {
        use kernelscope_sim::diagnostic::Code;
        let problems = [
            Diagnostic::new("machine.policy.mlfq.quantum[1]", Code::OutOfRange),
            Diagnostic::new("machine.policy.mlfq.quanta", Code::UnknownField),
        ];
        assert!(Wrong::at(&problems, "machine.policy.mlfq.quantum").is_wrong());
        assert_eq!(Wrong::at(&problems, "machine.policy.mlfq.quantum").0.len(), 1);
    }

    #[test]
    fn an_id_holds_nothing_that_a_selector_would_read() {
        assert_eq!(id_of("processes[2].at"), "field-processes-2--at");
    }
}
