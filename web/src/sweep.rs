//! One parameter against one or two figures.

pub mod scale;

use serde_json::Value;
use yew::prelude::*;

use crate::i18n::{sweep as text, use_lang};
use crate::state::{Action, Shared, SweepState};

/// See [`Sweep`].
#[derive(Clone, PartialEq, Properties)]
pub struct SweepProps {
    /// The document whose parameters are swept.
    pub document: Shared<Value>,
    /// The points that are there.
    pub sweep: SweepState,
    /// What tells the page that something happened.
    pub act: Callback<Action>,
}

/// The sweep and its chart.
#[component]
pub fn Sweep(props: &SweepProps) -> Html {
    let lang = use_lang();
    html! {
        <>
            <h2 class="panel-title">{ text::title(lang) }</h2>
            <p>{ props.sweep.points.len() }</p>
        </>
    }
}
