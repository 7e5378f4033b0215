//! A text of a lesson on the page: its terms can be opened, its figures do not break.

use yew::prelude::*;

use super::text::{Span, spans};
use crate::i18n::glossary::term;
use crate::i18n::use_lang;

/// See [`Explained`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct ExplainedProps {
    /// The text with its markup.
    pub(super) text: AttrValue,
}

/// A paragraph whose terms open their meaning below it.
#[component]
pub(super) fn Explained(props: &ExplainedProps) -> Html {
    let lang = use_lang();
    let open = use_state(|| None::<AttrValue>);
    let meaning_id = "lesson-meaning";
    let piece = |span: &Span<'_>| match span {
        Span::Words(words) => html! { { *words } },
        Span::Strong(words) => html! { <em>{ *words }</em> },
        Span::Figure(shown, _) => html! { <span class="figure">{ shown.replace(' ', "\u{a0}") }</span> },
        Span::Term(words, id) => {
            let is_open = open.as_deref() == Some(*id);
            let id = AttrValue::from((*id).to_owned());
            let toggle = {
                let open = open.clone();
                move |_| open.set((!is_open).then(|| id.clone()))
            };
            html! {
                <button
                    type="button"
                    class="term"
                    aria-expanded={is_open.to_string()}
                    aria-controls={is_open.then_some(meaning_id)}
                    onclick={toggle}
                >
                    { *words }
                </button>
            }
        }
    };
    let meaning = open.as_deref().and_then(term);
    html! {
        <>
            <p class="lesson-text">{ for spans(&props.text).iter().map(piece) }</p>
            if let Some(term) = meaning {
                <p class="meaning" id={meaning_id} role="note">
                    <strong>{ term.name(lang) }</strong>
                    { " " }
                    { term.meaning(lang) }
                </p>
            }
        </>
    }
}
