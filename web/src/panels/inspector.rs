//! The chosen task: the fields of its process control block.

use yew::prelude::*;

use super::PanelProps;
use crate::i18n::{panels as text, use_lang};

/// The chosen task: the fields of its process control block.
#[component]
pub fn Inspector(props: &PanelProps) -> Html {
    let lang = use_lang();
    html! {
        <>
            <h2 class="panel-title">{ text::inspector(lang) }</h2>
            <p>{ props.run.ruler.time(props.run.snapshot.now) }</p>
        </>
    }
}
