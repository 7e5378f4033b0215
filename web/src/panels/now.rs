//! What just happened and why, and what comes next.

use yew::prelude::*;

use super::PanelProps;
use crate::i18n::{panels as text, use_lang};

/// What just happened and why, and what comes next.
#[component]
pub fn Now(props: &PanelProps) -> Html {
    let lang = use_lang();
    html! {
        <>
            <h2 class="panel-title">{ text::now(lang) }</h2>
            <p>{ props.run.ruler.time(props.run.snapshot.now) }</p>
        </>
    }
}
