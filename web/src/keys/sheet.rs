//! The sheet that `?` opens: the table of keys, as it stands.

use web_sys::HtmlDialogElement;
use yew::prelude::*;

use super::{Binding, Command, Topic};
use crate::i18n::{Lang, transport as text, use_lang};
use crate::state::{Action, CharacterKeys};

/// See [`KeySheet`].
#[derive(Clone, PartialEq, Properties)]
pub struct KeySheetProps {
    /// Whether keys that write a character act.
    pub characters: CharacterKeys,
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
    let switch = {
        let other = props.characters.other();
        props.act.reform(move |_: Event| Action::CharacterKeys(other))
    };
    html! {
        <dialog ref={dialog} class="key-sheet" aria-labelledby="key-sheet-title" {oncancel}>
            <header>
                <h2 id="key-sheet-title">{ text::keys(lang) }</h2>
                <button class="quiet icon" type="button" aria-label={text::close(lang)} onclick={close}>{ "×" }</button>
            </header>
            <div class="key-topics">
                { topic(Topic::Time, text::topic_time(lang), props.characters, lang) }
                { topic(Topic::View, text::topic_view(lang), props.characters, lang) }
                { topic(Topic::Page, text::topic_page(lang), props.characters, lang) }
            </div>
            <label class="key-characters">
                <input type="checkbox" checked={props.characters == CharacterKeys::On} onchange={switch} />
                <span>{ text::character_keys(lang) }<span class="soft">{ text::character_keys_why(lang) }</span></span>
            </label>
            <p class="soft">{ text::keys_of_hands(lang) }</p>
            <p class="soft">{ text::keys_by_place(lang) }</p>
        </dialog>
    }
}

/// The keys of a topic.
fn topic(topic: Topic, name: &'static str, characters: CharacterKeys, lang: Lang) -> Html {
    let key = |binding: &Binding| {
        if binding.is_character() && characters == CharacterKeys::Off {
            html! { <kbd key={binding.face} class="is-off"><s>{ binding.face }</s></kbd> }
        } else {
            html! { <kbd key={binding.face}>{ binding.face }</kbd> }
        }
    };
    html! {
        <section key={name}>
            <h3 class="panel-title">{ name }</h3>
            <dl class="keys">
                { for Command::ALL.into_iter().filter(|command| command.topic() == topic).map(|command| html! {
                    <div key={format!("{command:?}")}>
                        <dt>{ command.text(lang) }</dt>
                        <dd>{ for command.keys().into_iter().map(key) }</dd>
                    </div>
                }) }
            </dl>
        </section>
    }
}
