//! What a person works on: one document with its history, the lesson that it belongs to, what it is compared
//! with; and a shelf for earlier pieces, so that opening something else never costs anybody their work.

use kernelscope_share::params::Overrides;
use kernelscope_sim::diagnostic::Diagnostic;
use serde_json::Value;

use super::Shared;
use super::history::History;
use crate::json::{self, Fields};

/// How many earlier pieces of work are kept.
pub(super) const SHELF: usize = 12;

/// What a person works on.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Work {
    /// The document, as it was and is.
    pub history: History,
    /// What is wrong with it; the runs on the screen are of the last one that was right.
    pub problems: Shared<Vec<Diagnostic>>,
    /// The document is run beside itself with each of these.
    pub compare: Shared<Vec<Overrides>>,
    /// The lesson that is open.
    pub lesson: Option<LessonPlace>,
    /// Whether the person has changed anything since it was opened.
    pub edited: bool,
    /// Earlier pieces of work, the latest first.
    pub shelf: Shared<Vec<Kept>>,
}

/// A step of a lesson.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LessonPlace {
    /// The lesson's id.
    pub id: String,
    /// Its step, from 0.
    pub step: usize,
}

/// A piece of work on the shelf.
#[derive(Clone, Debug, PartialEq)]
pub struct Kept {
    /// Its title.
    pub title: String,
    /// The document.
    pub document: Value,
}

impl LessonPlace {
    /// The place in a value.
    pub fn read(value: &Value) -> Option<LessonPlace> {
        let mut fields = Fields::of(value)?;
        Some(LessonPlace { id: fields.text("id")?, step: fields.number("step")? })
    }

    /// The place as a value.
    pub fn written(&self) -> Value {
        json::written([("id", self.id.as_str().into()), ("step", self.step.into())])
    }
}

impl Kept {
    /// The shelf in a value.
    pub fn read_all(value: &Value) -> Option<Vec<Kept>> {
        let read = |value| {
            let mut fields = Fields::of(value)?;
            Some(Kept { title: fields.text("title")?, document: fields.get("document")?.clone() })
        };
        value.as_array()?.iter().map(read).collect()
    }

    /// The shelf as a value.
    pub fn written_all(shelf: &[Kept]) -> Value {
        let written = |kept: &Kept| {
            json::written([("title", kept.title.as_str().into()), ("document", kept.document.clone())])
        };
        Value::Array(shelf.iter().map(written).collect())
    }
}

impl Work {
    /// The document.
    pub fn document(&self) -> &Shared<Value> {
        self.history.present()
    }

    /// Its title; empty if it has none.
    pub fn title(&self) -> &str {
        self.document().get("title").and_then(Value::as_str).unwrap_or_default()
    }

    /// Puts the document on the shelf, if it is the person's own work and is not there yet.
    pub(super) fn shelve(&mut self) -> bool {
        let document = (**self.document()).clone();
        if !self.edited || self.shelf.iter().any(|kept| kept.document == document) {
            return false;
        }
        let kept = Kept { title: self.title().to_owned(), document };
        let shelf = self.shelf.make_mut();
        shelf.insert(0, kept);
        shelf.truncate(SHELF);
        true
    }
}
