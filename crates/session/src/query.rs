//! Moments by description: "the second demotion of A", never "step 61".
//!
//! Lessons, embeds and the shell point at moments this way, so that a lesson still points at the right one after
//! its scenario was edited.

use kernelscope_sim::time::Time;
use serde::{Deserialize, Serialize};

use crate::protocol::JumpKind;

/// A moment by description.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Query {
    /// Which of the events that fit, from 1.
    pub ordinal: u32,
    /// Of what kind.
    pub kind: QueryKind,
    /// About the task of this name only.
    pub task: Option<String>,
    /// Not before this instant.
    pub from: Time,
}

/// What a question can ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum QueryKind {
    /// One of the kinds that the transport knows.
    Jump(JumpKind),
    /// A fall to a lower level.
    Demotion,
    /// Everybody's return to the top.
    Boost,
    /// The end of a slice.
    SliceEnd,
    /// A better task takes the CPU.
    Preemption,
    /// A CPU goes idle.
    Idle,
    /// Waiting improves a priority.
    Aging,
    /// The kernel ends a task.
    Kill,
    /// The timer interrupts.
    TimerInterrupt,
    /// A task calls the kernel.
    Syscall,
    /// A task did what it may not.
    Exception,
    /// The parent reads the status.
    Reap,
    /// An estimate changes.
    Estimate,
}
