//! The figures of a task and of a run.

use kernelscope_sim::ids::TaskId;
use kernelscope_sim::mem::Counts;
use kernelscope_sim::time::{Nanos, Time};
use serde::{Deserialize, Serialize};

/// A task's figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaskMetrics {
    /// Whose.
    pub task: TaskId,
    /// When it arrived, if it has.
    pub arrival: Option<Time>,
    /// When it first ran.
    pub first_run: Option<Time>,
    /// When it ended.
    pub completion: Option<Time>,
    /// Completion less arrival.
    pub turnaround: Option<Nanos>,
    /// First run less arrival.
    pub response: Option<Nanos>,
    /// The time that it waited, by the convention of the scenario.
    pub waiting: Nanos,
    /// The time that it ran in user mode.
    pub cpu: Nanos,
    /// The time that it was blocked.
    pub blocked: Nanos,
    /// The time of the kernel on its account: entries and switches.
    pub kernel: Nanos,
    /// Quantum grants, renewals included.
    pub slices: u64,
    /// The longest time that it was ready without a break.
    pub longest_ready: Nanos,
    /// Switches away from it that it caused itself.
    pub voluntary: u64,
    /// Switches away from it that it suffered.
    pub involuntary: u64,
    /// Turnaround over the time it would take alone, as a pair (numerator, denominator).
    pub slowdown: Option<(u64, u64)>,
}

/// The figures of a run. Ratios are pairs (numerator, denominator); the page makes percentages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunMetrics {
    /// Tasks that have ended.
    pub finished: u32,
    /// Sum of the turnaround times of those.
    pub turnaround_sum: u64,
    /// Tasks that have run.
    pub started: u32,
    /// Sum of the response times of those.
    pub response_sum: u64,
    /// Sum of the waiting times of those that have ended.
    pub waiting_sum: u64,
    /// Last completion less first arrival.
    pub makespan: Nanos,
    /// User time over CPUs × makespan.
    pub utilisation: (u64, u64),
    /// User, kernel and switch time over CPUs × makespan.
    pub busy: (u64, u64),
    /// Kernel and switch time over busy time.
    pub overhead: (u64, u64),
    /// Switches from one task to another.
    pub context_switches: u64,
    /// Of those, switches that the outgoing task caused by blocking, yielding or ending.
    pub voluntary: u64,
    /// Of those, switches by preemption or the end of a slice.
    pub involuntary: u64,
    /// Entries into the kernel from user mode.
    pub mode_switches: u64,
    /// Of those, by system calls, interrupts and exceptions.
    pub syscalls: u64,
    /// Hardware interrupts.
    pub interrupts: u64,
    /// Exceptions.
    pub exceptions: u64,
    /// Slices granted.
    pub slices: u64,
    /// The time between becoming ready and running, over every dispatch: mean as a pair.
    pub latency_mean: (u64, u64),
    /// Its 95th percentile (nearest rank); known at the end of a run.
    pub latency_p95: Option<Nanos>,
    /// Its maximum: also the worst starvation.
    pub latency_max: Nanos,
    /// Jain's fairness index over the CPU time of all tasks, as a pair.
    pub fairness: (u64, u64),
    /// What was counted of memory, if there is any.
    pub memory: Option<Counts>,
}
