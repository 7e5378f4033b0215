//! The session as a whole: what it shows is what the machine does, wherever one goes.

mod common;
mod engine;
mod figures;
mod fold;
mod memory;
mod pages;
mod snapshots;
mod time_travel;
mod working_sets;
