//! What programs do with other processes: whom they can name, and the signals that they can send.
//!
//! A process knows its relatives alone: its parent, and the children that it has forked, by the order of the forks.
//! Simplified on purpose: the signals here are those whose default is to end the process, and every process leaves them
//! at their default.

use std::num::NonZeroU32;

use serde::{Deserialize, Serialize};

/// A process as another one names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Relative {
    /// The nth child that it has forked.
    Child(NonZeroU32),
    /// Its parent.
    Parent,
}

/// How programs write [`Relative::Parent`].
pub const PARENT: &str = "parent";

/// SIGTERM, which `kill` sends if it does not say which.
pub const TERM: u8 = 15;

/// The signals that end a process, with their numbers on x86 Linux.
pub const SIGNALS: [(&str, u8); 7] =
    [("HUP", 1), ("INT", 2), ("KILL", 9), ("USR1", 10), ("SEGV", 11), ("USR2", 12), ("TERM", TERM)];

/// The name of a signal that ends a process.
pub fn signal_name(signal: u8) -> Option<&'static str> {
    SIGNALS.iter().find(|(_, number)| *number == signal).map(|(name, _)| *name)
}
