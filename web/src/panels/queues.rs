//! The ready queues at the cursor.

use yew::prelude::*;

use super::PanelProps;
use crate::i18n::{panels as text, use_lang};

/// The ready queues at the cursor.
#[component]
pub fn Queues(props: &PanelProps) -> Html {
    let lang = use_lang();
    html! {
        <>
            <h2 class="panel-title">{ text::queues(lang) }</h2>
            <p>{ props.run.ruler.time(props.run.snapshot.now) }</p>
        </>
    }
}
