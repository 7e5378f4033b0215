//! The text of a program, with what is wrong underlined under the very characters.
//!
//! The underline is drawn by a copy of the text that lies behind the transparent input in the same cell of a grid;
//! the copy also gives the input its height, so a long program is seen whole without any measuring.

use kernelscope_sim::diagnostic::Diagnostic;
use serde_json::Value;
use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

use super::field::{Wrong, id_of, problem_id};
use crate::i18n::{editor as text, use_lang};
use crate::ruler::Ruler;
use crate::state::document::shown;
use crate::state::{Action, Edit, Shared};

/// See [`ProgramField`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct ProgramFieldProps {
    /// Where it stands.
    pub(super) path: AttrValue,
    /// What stands there.
    pub(super) value: Option<Value>,
    /// What is wrong with the document.
    pub(super) problems: Shared<Vec<Diagnostic>>,
    /// How durations are written.
    pub(super) ruler: Ruler,
    /// What it is called for those who do not see it.
    pub(super) name: AttrValue,
    /// Where the task is in it: a range of bytes of the program as it is printed.
    pub(super) at: Option<(u32, u32)>,
    /// Whether the machine has memory that it may refer to.
    #[prop_or_default]
    pub(super) has_memory: bool,
    /// Whether nothing may be edited.
    pub(super) read_only: bool,
    /// What tells the page that something happened.
    pub(super) act: Callback<Action>,
}

/// The text of a program.
#[component]
pub(super) fn ProgramField(props: &ProgramFieldProps) -> Html {
    let lang = use_lang();
    let program = shown(props.value.as_ref());
    let id = id_of(&props.path);
    let wrong = Wrong::at(&props.problems, &props.path);
    let now =
        props.at.and_then(|(start, end)| Some((usize::try_from(start).ok()?, usize::try_from(end).ok()?)));
    let marked = match wrong.span() {
        Some(span) => marks(&program, span, "program-wrong"),
        None => {
            now.map_or_else(|| html! { { program.clone() } }, |span| marks(&program, span, "program-now"))
        }
    };
    let oninput = {
        let (act, path) = (props.act.clone(), props.path.clone());
        Callback::from(move |event: InputEvent| {
            let text = event.target_unchecked_into::<HtmlTextAreaElement>().value();
            act.emit(Action::Edit(Edit::Set(path.to_string(), Some(Value::String(text)))));
        })
    };
    html! {
        <div class="program-box">
            <div class="program-field">
                <div class="program-copy" aria-hidden="true">{ marked }{ "\u{200b}" }</div>
                <textarea id={id.clone()} rows="1" aria-label={props.name.clone()} value={program}
                    placeholder={if props.has_memory { text::program_help_memory(lang) } else { text::program_help(lang) }} readonly={props.read_only} {oninput}
                    aria-invalid={wrong.is_wrong().then_some("true")}
                    aria-describedby={wrong.is_wrong().then(|| problem_id(&id))}
                    autocomplete="off" autocapitalize="off" spellcheck="false" />
            </div>
            { wrong.told(&id, lang, props.ruler) }
        </div>
    }
}

/// The text with a range of it marked; at least one character wide, so that a missing end is seen too.
fn marks(text: &str, span: (usize, usize), class: &'static str) -> Html {
    let (before, marked, after) = cut(text, span);
    let marked = if marked.is_empty() { "\u{a0}\u{a0}" } else { marked };
    html! { <>{ before }<mark {class}>{ marked }</mark>{ after }</> }
}

/// The text before, in and after a range of bytes, widened to whole characters and held inside the text.
fn cut(text: &str, (start, end): (usize, usize)) -> (&str, &str, &str) {
    let down = |mut at: usize| {
        at = at.min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let up = |mut at: usize| {
        at = at.min(text.len());
        while !text.is_char_boundary(at) {
            at += 1;
        }
        at
    };
    let (start, end) = (down(start), up(end).max(down(start)));
    (&text[..start], &text[start..end], &text[end..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_is_cut_between_characters() {
        assert_eq!(cut("cpu 3; oi 5", (7, 9)), ("cpu 3; ", "oi", " 5"));
        assert_eq!(cut("é", (1, 1)), ("", "é", ""));
        assert_eq!(cut("cpu", (9, 12)), ("cpu", "", ""));
    }
}
