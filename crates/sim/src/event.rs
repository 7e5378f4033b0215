//! What happened, and why: the machine's only output.
//!
//! Gantt charts, metrics and narration are folds over events and never ask the machine. An event is small, owns
//! nothing and names no text, so that millions of them can be made, hashed or thrown away. Its sequence number
//! is its place in the log; a stable address is the step that emitted it and its place within the step.
//!
//! To add a kind: one variant here, one arm in [`EventKind::detail`], and the compiler leads to the narration.

mod end;
mod memory;
mod process;
pub mod syscall;

use serde::{Deserialize, Serialize};

pub use end::EndReason;
pub use memory::{FaultKind, MemoryEvent};
pub use process::{Errno, ProcessEvent};

use crate::ids::{CpuId, DeviceId, TaskId};
use crate::program::Privileged;
use crate::reason::Reason;
use crate::rules::RuleId;
use crate::scenario::Param;
use crate::time::{Nanos, Time};

/// One thing that happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Event {
    /// When.
    pub at: Time,
    /// What, with its reason where there was a choice.
    pub kind: EventKind,
    /// To which task, if to one.
    pub task: Option<TaskId>,
    /// On which CPU, if on one.
    pub cpu: Option<CpuId>,
}

/// How much of what happens is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Detail {
    /// Nothing but the counters.
    Totals,
    /// What a lecturer would tell.
    Story,
    /// Every stage of every trap and switch.
    Micro,
}

/// What can happen. Unless said otherwise the event's task and CPU are those it is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum EventKind {
    /// The machine starts, in kernel mode.
    Boot(BootStage),

    /// A task is admitted: new → ready.
    Arrive,
    /// The policy put a ready task into its queue.
    Enqueue {
        /// Which queue; 0 where there is one only.
        level: u8,
        /// At which end.
        place: Place,
        /// What brought it there.
        why: Why,
    },
    /// A ready task is chosen for a CPU: ready → switching or running.
    Dispatch {
        /// The rule that decided.
        rule: RuleId,
        /// The one that came second, if there was another.
        runner_up: Option<TaskId>,
        /// The key of the chosen one under that rule.
        key: u64,
        /// The key of the second.
        other: u64,
    },
    /// The CPU passes from one task to another: `switch()` saves the kernel registers of the outgoing task and
    /// restores those of the event's task. A process switch, counted apart from changes of mode.
    ContextSwitch {
        /// Who had the CPU before; none for the idle task.
        from: Option<TaskId>,
        /// How long it takes.
        cost: Nanos,
    },
    /// `switch()` has stored the kernel registers of the event's task in its process structure.
    SaveKernelRegisters,
    /// `switch()` has loaded the kernel registers of the event's task and changed to its kernel stack.
    RestoreKernelRegisters,
    /// The event's task executes in user mode (or, a kernel thread, in kernel mode): switching → running.
    Run,
    /// A better task takes the CPU: the event's task goes running → ready.
    Preempt {
        /// The rule that decided.
        rule: RuleId,
        /// Who takes the CPU; nobody where a boost requeues the running task.
        by: Option<TaskId>,
        /// The key of the task that takes it.
        key: u64,
        /// The key of the task that loses it.
        other: u64,
    },
    /// The task's slice is used up: running → ready. If nobody else is ready it is dispatched again at once, without
    /// a context switch.
    SliceEnd {
        /// The rule that ends slices here.
        rule: RuleId,
        /// The length of the slice.
        slice: Nanos,
    },
    /// The task gave the CPU up of its own will: running → ready.
    Yield,
    /// The task waits: running → blocked.
    Block {
        /// For what.
        on: Wait,
        /// Until when, where that is known already; [`Time::NEVER`] where it waits in a queue first.
        until: Time,
    },
    /// A shared device begins to work on the task's request.
    IoStart {
        /// Which device.
        device: DeviceId,
        /// When it will be done.
        until: Time,
    },
    /// What the task waited for has come: blocked → ready.
    Wake {
        /// What it had waited for.
        from: Wait,
        /// Since when.
        since: Time,
    },
    /// A CPU finds nothing to run.
    Idle,
    /// A CPU is held for the event's task, which waits for I/O.
    Hold,

    /// The task goes on to another operation of its program.
    Operation {
        /// Which: its place among the operations as they are written.
        position: u32,
    },
    /// The task ends: → zombie. Only its process structure remains, with the status for whoever reaps it.
    Exit {
        /// What it leaves its parent.
        status: u8,
    },
    /// The task is ended by the kernel: → zombie.
    Killed {
        /// The signal's number.
        signal: u8,
    },
    /// The parent has read the status; the process structure is freed: zombie → reaped.
    Reap {
        /// What the parent learned.
        status: u8,
    },

    /// The hardware enters the kernel: it saves the user registers of the event's task on that task's kernel
    /// stack, changes to kernel mode and jumps to the handler.
    KernelEntry {
        /// Why.
        cause: Cause,
        /// What the entry, the handler and the return cost together.
        cost: Nanos,
    },
    /// The handler looks the system call's number up in its table.
    SyscallDispatch {
        /// The number.
        number: u32,
    },
    /// A system call ends with an error: there is no call of that number.
    SyscallError {
        /// The number.
        number: u32,
    },
    /// An instruction that user mode may not execute: the hardware raises an exception.
    Violation {
        /// The instruction.
        instruction: Privileged,
    },
    /// Return-from-trap: the hardware restores the user registers from the kernel stack of the event's task and
    /// changes to user mode.
    ReturnFromTrap,

    /// Rule 4 of a multi-level feedback queue: the task falls to a lower level.
    Demote {
        /// From this level …
        from: u8,
        /// … to this.
        to: u8,
        /// The form of rule 4 that decided.
        rule: RuleId,
        /// The CPU time that counted.
        used: Nanos,
    },
    /// Rule 5: all tasks return to the top level. (No task: one such event per boost.)
    Boost {
        /// The next one.
        next: Time,
    },
    /// Rule 5 for one task that was not at the top.
    BoostTask {
        /// From this level …
        from: u8,
        /// … to this.
        to: u8,
    },
    /// Waiting has improved a task's effective priority.
    Age {
        /// From this …
        from: u32,
        /// … to this.
        to: u32,
    },
    /// A burst is over and the estimate of the next one changes.
    Estimate {
        /// How long the burst was.
        burst: Nanos,
        /// The new estimate.
        next: Nanos,
    },

    /// From outside: a parameter has a new value.
    Set {
        /// Which.
        param: Param,
        /// Its value.
        value: u64,
    },
    /// From outside: a signal is sent to the task.
    Signal {
        /// The signal's number.
        signal: u8,
    },
    /// From outside, and no longer applicable (the task is gone, or the policy has no such parameter).
    InputIgnored {
        /// Which entry of the scenario's list of inputs.
        input: u32,
    },

    /// The task carries out operation after operation and no time passes: the run is stopped.
    Livelock {
        /// How many operations.
        operations: u32,
    },
    /// The run is over.
    End(EndReason),

    /// Something happens to memory.
    Memory(MemoryEvent),
    /// Something happens between processes.
    Process(ProcessEvent),
}

/// What the kernel does before the first process (OSTEP 6, 6.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum BootStage {
    /// It tells the hardware where the trap handlers are.
    TrapTable,
    /// It starts the interval timer.
    StartTimer,
}

/// Which end of a queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Place {
    /// Behind the others.
    Tail,
    /// Before the others.
    Head,
    /// Where its key belongs.
    Sorted,
}

/// What made a task ready.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Why {
    /// It is new.
    Arrived,
    /// What it waited for has come.
    Woken(Wait),
    /// Its slice is used up.
    Expired,
    /// A better task took the CPU.
    Preempted,
    /// It gave the CPU up.
    Yielded,
    /// A boost requeued it while it was running.
    Boosted,
    /// Its working set fits into memory again.
    Resumed,
}

/// What a blocked task waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Wait {
    /// Its own device, or a shared one.
    Io(Option<DeviceId>),
    /// The clock.
    Sleep,
    /// A page that is read from the disk.
    PageIn,
    /// Pages that are written to the disk.
    PageOut,
    /// A free frame.
    Frame,
    /// A lack of free frames: the page daemon sleeps.
    Work,
    /// A child that ends.
    Child,
}

/// Why the hardware enters the kernel (OSTEP 6, 6.3; OSC 1.4, 1.4.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Cause {
    /// The timer interrupts.
    Timer,
    /// A device interrupts: the task's own, or a shared one.
    Device(Option<DeviceId>),
    /// The task asked, by the number of a system call.
    Syscall(u32),
    /// The task did what it may not.
    Exception,
    /// The scheduler wants this CPU: another CPU asks for it, or a task has arrived.
    Reschedule,
    /// The task refers to a page that is not there, or may not.
    PageFault,
    /// The TLB does not know the page, and the kernel has to walk the page table.
    TlbMiss,
}

impl EventKind {
    /// The least detail at which this is told.
    pub const fn detail(&self) -> Detail {
        match self {
            EventKind::Boot(_)
            | EventKind::Enqueue { .. }
            | EventKind::Operation { .. }
            | EventKind::SaveKernelRegisters
            | EventKind::RestoreKernelRegisters
            | EventKind::Run
            | EventKind::SyscallDispatch { .. }
            | EventKind::ReturnFromTrap => Detail::Micro,
            EventKind::Memory(event) => event.detail(),
            _ => Detail::Story,
        }
    }

    /// A dispatch for this reason.
    pub const fn dispatch(reason: Reason) -> EventKind {
        let Reason { rule, runner_up, key, other } = reason;
        EventKind::Dispatch { rule, runner_up, key, other }
    }

    /// A preemption by `by` for this reason.
    pub const fn preempt(by: TaskId, reason: Reason) -> EventKind {
        let Reason { rule, key, other, .. } = reason;
        EventKind::Preempt { rule, by: Some(by), key, other }
    }

    /// The rule that decided, where one did.
    pub const fn rule(&self) -> Option<RuleId> {
        match self {
            EventKind::Dispatch { rule, .. }
            | EventKind::Preempt { rule, .. }
            | EventKind::SliceEnd { rule, .. }
            | EventKind::Demote { rule, .. } => Some(*rule),
            EventKind::Boost { .. } | EventKind::BoostTask { .. } => Some(RuleId::MlfqBoost),
            EventKind::Age { .. } => Some(RuleId::PriorityAging),
            EventKind::Estimate { .. } => Some(RuleId::EstimateAverage),
            EventKind::Memory(event) => event.rule(),
            EventKind::Process(event) => event.rule(),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_is_small_enough_to_make_ten_million_a_second() {
        assert!(size_of::<Event>() <= 40, "{}", size_of::<Event>());
    }
}
