//! The machine: a pure, deterministic operating-system kernel in miniature.
//!
//! A [`Scenario`](scenario::Scenario) determines a run entirely. A [`Machine`](machine::Machine) made from it is the whole mutable world and nothing
//! else, so a clone of it is a checkpoint. Running it emits [`Event`](event::Event)s, each with its reason. There is no I/O here, no
//! clock, no float, no hash order, no prose and no web: the same scenario gives the same trace for ever, on every
//! target.

pub mod conventions;
pub mod costs;
pub mod cpu;
pub mod device;
pub mod diagnostic;
pub mod event;
pub mod family;
pub mod fingerprint;
pub mod heap;
pub mod ids;
pub mod kernel;
pub mod machine;
pub mod mem;
pub mod program;
pub mod reason;
pub mod rng;
pub mod rules;
pub mod scenario;
pub mod sched;
pub mod sink;
pub mod task;
pub mod time;
pub mod totals;
pub mod validate;
