//! The same workload under several policies or conventions, side by side.

use kernelscope_share::params::Overrides;
use serde_json::Value;
use yew::prelude::*;

use crate::i18n::{compare as text, use_lang};
use crate::state::{Action, Run, Selection, Shared};

/// See [`Compare`].
#[derive(Clone, PartialEq, Properties)]
pub struct CompareProps {
    /// The runs: the document's own first.
    pub runs: Vec<Shared<Run>>,
    /// The document.
    pub document: Shared<Value>,
    /// What differs in each run but the first.
    pub compare: Shared<Vec<Overrides>>,
    /// What is chosen.
    pub selection: Selection,
    /// What tells the page that something happened.
    pub act: Callback<Action>,
}

/// The runs side by side.
#[component]
pub fn Compare(props: &CompareProps) -> Html {
    let lang = use_lang();
    html! {
        <>
            <h2 class="panel-title">{ text::title(lang) }</h2>
            <p>{ props.runs.len() }</p>
        </>
    }
}
