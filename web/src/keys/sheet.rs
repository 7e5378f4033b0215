//! The sheet that `?` opens: the table of keys, as it stands.

use yew::prelude::*;

use super::{Command, Topic};
use crate::i18n::{transport as text, use_lang};

/// The sheet of keys. Whoever shows it puts it into a dialog.
#[component]
pub fn KeySheet() -> Html {
    let lang = use_lang();
    let topic = |topic: Topic, name: &'static str| {
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
    };
    html! {
        <div class="key-sheet">
            <p class="soft">{ text::keys_by_place(lang) }</p>
            { topic(Topic::Time, text::topic_time(lang)) }
            { topic(Topic::View, text::topic_view(lang)) }
            { topic(Topic::Page, text::topic_page(lang)) }
            <p class="soft">{ text::keys_of_hands(lang) }</p>
        </div>
    }
}
