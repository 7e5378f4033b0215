//! Scenario files: JSON in, a [`Scenario`] out, and back.
//!
//! Decoding is by hand from a JSON value, driven by the table of [`crate::params`]: it goes on after a problem and
//! reports them all. Serde's own derive would stop at the first, and the attributes that a short JSON wants do
//! not survive the binary messages that the same types travel in. So there are two sets of types: these forms,
//! and the plain ones in `kernelscope_sim`.
//!
//! A version of the format is never reinterpreted, and what goes without saying in a version belongs to it: a default
//! never changes. A newer version gets its own reader, and documents of this one are then rewritten before they
//! are read.
//!
//! ```
//! use kernelscope_share::file;
//!
//! let text = r#"{"version": 1, "processes": [{"name": "A", "program": "cpu 30; io 10; cpu 5"}]}"#;
//! let document = file::from_text(text).unwrap();
//! let decoded = file::decode(&document).unwrap();
//! assert_eq!(decoded.scenario.processes.len(), 1);
//! assert_eq!(file::encode(&decoded), document);
//!
//! let problems = file::decode(&serde_json::json!({"version": 1, "proceses": []})).unwrap_err();
//! assert_eq!(problems[0].near.as_deref(), Some("processes"));
//! ```

mod decode;
mod encode;
mod inputs;
mod json;
mod memory;

use kernelscope_sim::conventions::Profile;
use kernelscope_sim::costs::Preset;
use kernelscope_sim::diagnostic::Diagnostic;
use kernelscope_sim::scenario::{InputAction, Scenario};
use kernelscope_sim::time::Nanos;
use serde_json::Value;

pub use decode::{decode, places, unit_of};
pub(crate) use decode::{default_rules, draft, tagged};
pub use encode::encode;
pub(crate) use encode::policy;
pub use json::{from_text, to_text, value};
pub(crate) use memory::replacement;

use crate::lens::Context;

/// The version of the format that is written.
pub const VERSION: i64 = 1;

/// A scenario, and what its document says beside it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decoded {
    /// Everything that determines a run.
    pub scenario: Scenario,
    /// What it is called.
    pub title: String,
    /// What its bare numbers count.
    pub unit: Unit,
    /// The conventions that its rules depart from.
    pub profile: Profile,
    /// The machine that its costs depart from.
    pub preset: Preset,
}

impl Decoded {
    /// The names of the tasks in the order of their ids, also of those that inputs add.
    pub fn task_names(&self) -> Vec<&str> {
        let added = self.scenario.inputs.iter().filter_map(|input| match &input.action {
            InputAction::Add(process) => Some(process.name.as_str()),
            _ => None,
        });
        self.scenario.processes.iter().map(|process| process.name.as_str()).chain(added).collect()
    }

    /// The names of the shared devices in the order of their ids.
    pub fn device_names(&self) -> Vec<String> {
        self.scenario.machine.devices.iter().map(|device| device.name.clone()).collect()
    }

    fn context<'a>(&self, devices: &'a [String]) -> Context<'a> {
        Context { unit: self.unit.nanos(), devices }
    }
}

/// What bare numbers count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// A length of time.
    Time(Nanos),
    /// A tick of a textbook's drawing: shown without a unit, a millisecond inside.
    Tick,
}

impl Unit {
    /// Its length.
    pub const fn nanos(self) -> Nanos {
        match self {
            Unit::Time(length) => length,
            Unit::Tick => Nanos::from_millis(1),
        }
    }
}

impl Default for Unit {
    fn default() -> Self {
        Unit::Time(Nanos::from_millis(1))
    }
}

/// The shortest document for the same scenario. One that cannot be decoded stays as it is.
pub fn tidy(document: &Value) -> Value {
    decode(document).map_or_else(|_: Vec<Diagnostic>| document.clone(), |decoded| encode(&decoded))
}
