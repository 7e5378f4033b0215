//! The machine with memory: translation, faults, swapping and the page daemon.
//!
//! | module | what must hold |
//! |---|---|
//! | [`worked_examples`] | the examples of the literature come out to the nanosecond |
//! | [`paths`] | the ways of a reference, event for event |
//! | [`policies`] | the policies that need more of the machine: the future, writes ahead, quotas |
//! | [`translation`] | the textbook's exercises in translation without a kernel behind it |
//! | [`rules`] | every rule of memory has a case in which it decides |
//! | [`thrashing`] | how busy the CPU is with more and more processes |
//! | [`laws`] | what is true of every run, checked on random scenarios |
//! | [`validity`] | what is wrong with a scenario's memory is told at its place |

mod admission;
mod common;
mod families;
mod fork;
mod laws;
mod paths;
mod policies;
mod random;
mod rules;
mod thrashing;
mod translation;
mod validity;
mod worked_examples;
