//! The engine that is fetched first. Trunk builds it without the feature `memory`.

#[path = "../engine/exports.rs"]
pub mod exports;

fn main() {}
