//! The scenario editor: tasks, policy, rules, machine.

use kernelscope_sim::diagnostic::Diagnostic;
use serde_json::Value;
use yew::prelude::*;

use crate::i18n::{editor as text, use_lang};
use crate::state::{Action, Run, Selection, Shared};

/// See [`Editor`].
#[derive(Clone, PartialEq, Properties)]
pub struct EditorProps {
    /// The document.
    pub document: Shared<Value>,
    /// What is wrong with it.
    pub problems: Shared<Vec<Diagnostic>>,
    /// The last good run of it.
    pub run: Option<Shared<Run>>,
    /// What is chosen.
    pub selection: Selection,
    /// Whether nothing may be edited.
    pub read_only: bool,
    /// What tells the page that something happened.
    pub act: Callback<Action>,
}

/// The scenario editor.
#[component]
pub fn Editor(props: &EditorProps) -> Html {
    let lang = use_lang();
    html! {
        <>
            <h2 class="panel-title">{ text::tasks(lang) }</h2>
            <p>{ props.document.get("processes").and_then(Value::as_array).map_or(0, Vec::len) }</p>
        </>
    }
}
