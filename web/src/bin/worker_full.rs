//! The engine that can have memory, fetched when a scenario has some.

#[path = "../engine/exports.rs"]
pub mod exports;

fn main() {}
