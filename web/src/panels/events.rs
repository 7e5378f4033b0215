//! The list of events with their reasons.

use yew::prelude::*;

use super::PanelProps;
use crate::i18n::{panels as text, use_lang};

/// The list of events with their reasons.
#[component]
pub fn Events(props: &PanelProps) -> Html {
    let lang = use_lang();
    html! {
        <>
            <h2 class="panel-title">{ text::events(lang) }</h2>
            <p>{ props.run.ruler.time(props.run.snapshot.now) }</p>
        </>
    }
}
