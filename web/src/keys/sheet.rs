//! The sheet that `?` opens: the table of keys, as it stands.

use web_sys::HtmlDialogElement;
use yew::prelude::*;

use super::{Command, Topic};
use crate::i18n::{transport as text, use_lang};
use crate::state::Action;

/// See [`KeySheet`].
#[derive(Clone, PartialEq, Properties)]
pub struct KeySheetProps {
    /// What tells the page that something happened.
    pub act: Callback<Action>,
}

/// The sheet of keys, in front of the page until it is closed.
#[component]
pub fn KeySheet(props: &KeySheetProps) -> Html {
    let lang = use_lang();
    let dialog = use_node_ref();
    use_effect_with(dialog.clone(), |dialog| {
        let dialog = dialog.cast::<HtmlDialogElement>();
        if let Some(dialog) = &dialog {
            // Only a dialog that is not in the page refuses to open.
            let _ = dialog.show_modal();
        }
        move || {
            if let Some(dialog) = dialog {
                dialog.close();
            }
        }
    });
    let close = props.act.reform(|_: MouseEvent| Action::Overlay(None));
    let oncancel = props.act.reform(|_: Event| Action::Overlay(None));
    html! {
        <dialog ref={dialog} class="key-sheet" aria-labelledby="key-sheet-title" {oncancel}>
            <header>
                <h2 id="key-sheet-title">{ text::keys(lang) }</h2>
                <button class="quiet icon" type="button" aria-label={text::close(lang)} onclick={close}>{ "×" }</button>
            </header>
            <div class="key-topics">
                { topic(Topic::Time, text::topic_time(lang), lang) }
                { topic(Topic::View, text::topic_view(lang), lang) }
                { topic(Topic::Page, text::topic_page(lang), lang) }
            </div>
            <p class="soft">{ text::keys_of_hands(lang) }</p>
            <p class="soft">{ text::keys_by_place(lang) }</p>
        </dialog>
    }
}

/// The keys of a topic.
fn topic(topic: Topic, name: &'static str, lang: crate::i18n::Lang) -> Html {
    html! {
        <section key={name}>
            <h3 class="panel-title">{ name }</h3>
            <dl class="keys">
                { for Command::ALL.into_iter().filter(|command| command.topic() == topic).map(|command| html! {
                    <div key={format!("{command:?}")}>
                        <dt>{ command.text(lang) }</dt>
                        <dd>{ for command.faces().into_iter().map(|face| html! { <kbd key={face}>{ face }</kbd> }) }</dd>
                    </div>
                }) }
            </dl>
        </section>
    }
}
