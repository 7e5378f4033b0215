//! The scenario editor: tasks, policy, rules, machine, inputs. Editing runs the scenario again as one types; what
//! is wrong is told at its field, and the last good run stays on the screen.

mod field;
mod inputs;
mod machine;
mod memory;
mod problems;
mod program;
mod tasks;

use kernelscope_share::file;
use kernelscope_share::params;
use kernelscope_sim::diagnostic::Diagnostic;
use serde_json::Value;
use yew::prelude::*;

use crate::ruler::Ruler;
use crate::state::{Action, Run, Selection, Shared};
use field::Form;
use inputs::Inputs;
use machine::{Machine, RulesSummary, Scheduler};
use memory::Memory;
use problems::{History, Problems};
use tasks::Tasks;

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
    /// Whether there is something to take back, and to make again.
    pub history: (bool, bool),
    /// What tells the page that something happened.
    pub act: Callback<Action>,
}

impl EditorProps {
    /// How the document's durations are written.
    fn ruler(&self) -> Ruler {
        let unit = file::unit_of(&self.document);
        Ruler { unit: unit.nanos(), tick: unit == file::Unit::Tick }
    }

    /// The document as a form.
    fn form(&self) -> Form<'_> {
        let EditorProps { document, problems, read_only, act, .. } = self;
        Form { document, problems, ruler: self.ruler(), read_only: *read_only, act }
    }
}

/// The scenario editor.
#[component]
pub fn Editor(props: &EditorProps) -> Html {
    html! {
        <div class="editor">
            if !props.read_only { <History ..props.clone() /> }
            <Problems ..props.clone() />
            <Tasks ..props.clone() />
            <Scheduler ..props.clone() />
            <Memory ..props.clone() />
            <RulesSummary ..props.clone() />
            <Inputs ..props.clone() />
            <Machine ..props.clone() />
        </div>
    }
}

/// The policy that the document names; the default if it names none that is known.
fn policy_of(document: &Value) -> &'static str {
    let named = match params::get(document, "machine.policy") {
        Some(Value::String(name)) => Some(name.as_str()),
        Some(Value::Object(fields)) => fields.keys().next().map(String::as_str),
        _ => None,
    };
    let known = || params::policies();
    known().find(|name| Some(*name) == named).or_else(|| known().next()).unwrap_or_default()
}
