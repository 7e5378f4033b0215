//! The transport: play, step, back, jump, find, and the counter.
//!
//! - [`pace`] says how time runs while it plays; `playing` lets it run and moves the [`playhead`].
//! - [`kinds`] are the events that one can jump to; [`find`] is what somebody may mean who types.

mod bar;
pub mod find;
mod find_box;
pub mod kinds;
pub mod pace;
pub mod playhead;
mod playing;

pub use bar::{Transport, TransportProps};
pub use find_box::FIND;
