//! The machine's own counters: what a run that records nothing still knows. Folding the events of a run gives the
//! same numbers, and a property test says so.

use serde::{Deserialize, Serialize};

use crate::time::{Nanos, Time};

/// Everything that is counted for the machine as a whole.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Totals {
    /// When the first task arrived.
    pub first_arrival: Option<Time>,
    /// When the last task to end did.
    pub last_completion: Option<Time>,
    /// Tasks that have arrived.
    pub arrived: u32,
    /// Tasks that have run.
    pub started: u32,
    /// Tasks that have ended.
    pub finished: u32,
    /// Sum of the turnaround times of those.
    pub turnaround_sum: u64,
    /// Sum of the response times of those that have run.
    pub response_sum: u64,
    /// Sum of the waiting times of those that have ended, by the scenario's convention.
    pub waiting_sum: u64,
    /// CPU time of user tasks, over all CPUs.
    pub user: Nanos,
    /// Time of the kernel's threads, entries and handlers.
    pub kernel: Nanos,
    /// Time of context switches.
    pub switching: Nanos,
    /// Time that CPUs waited for the I/O of the task that they were held for.
    pub iowait: Nanos,
    /// Dispatches.
    pub dispatches: u64,
    /// Slices granted.
    pub slices: u64,
    /// CPUs passing from one task to another …
    pub context_switches: u64,
    /// … because the first blocked, yielded or ended …
    pub voluntary: u64,
    /// … or because it was preempted or its slice was used up.
    pub involuntary: u64,
    /// Dispatches on another CPU than the last one.
    pub migrations: u64,
    /// Entries into the kernel from user mode …
    pub mode_switches: u64,
    /// … by a system call.
    pub syscalls: u64,
    /// Hardware interrupts, whatever they interrupted.
    pub interrupts: u64,
    /// Exceptions.
    pub exceptions: u64,
    /// Sum over all dispatches of the time between becoming ready and being chosen.
    pub latency_sum: u64,
    /// The longest of those times.
    pub latency_max: Nanos,
}
