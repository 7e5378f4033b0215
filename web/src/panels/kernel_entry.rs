//! How the kernel is entered: mode, cause, registers, stacks.

use yew::prelude::*;

use super::PanelProps;
use crate::i18n::{panels as text, use_lang};

/// How the kernel is entered: mode, cause, registers, stacks.
#[component]
pub fn KernelEntry(props: &PanelProps) -> Html {
    let lang = use_lang();
    html! {
        <>
            <h2 class="panel-title">{ text::kernel(lang) }</h2>
            <p>{ props.run.ruler.time(props.run.snapshot.now) }</p>
        </>
    }
}
