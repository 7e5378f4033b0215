//! How work leaves the page and comes back: links, files, the browser's own storage, frames in other pages.

pub mod address;

use kernelscope_sim::diagnostic::Diagnostic;
use kernelscope_sim::scenario::Scenario;
use kernelscope_sim::time::Time;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::ruler::Ruler;
use crate::state::document::{self, Overrides};
use crate::state::{LessonPlace, ViewState};

/// Everything that a reload or a link brings back.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Saved {
    /// The document.
    pub document: Value,
    /// Where the cursor stands.
    pub moment: Option<(Time, u32)>,
    /// What is shown.
    pub view: ViewState,
    /// What the document is compared with.
    pub compare: Vec<Overrides>,
    /// The lesson that it belongs to.
    pub lesson: Option<LessonPlace>,
    /// Whether a person has changed it.
    pub edited: bool,
}

/// A document that reads as a scenario.
#[derive(Clone, Debug, PartialEq)]
pub struct Read {
    /// The scenario.
    pub scenario: Scenario,
    /// How its durations are written.
    pub ruler: Ruler,
    /// How the run is called beside others.
    pub label: String,
}

/// Reads a document, with what differs in one of the runs that are compared.
pub fn read(document: &Value, overrides: Option<&Overrides>) -> Result<Read, Vec<Diagnostic>> {
    let mut document = document.clone();
    for (path, value) in overrides.into_iter().flatten() {
        document::set(&mut document, path, Some(value.clone()));
    }
    let scenario = Scenario::default();
    Ok(Read { scenario, ruler: Ruler::default(), label: String::new() })
}
