//! A processor: its mode, whose registers are in it, and what it is in the middle of.

use crate::event::Cause;
use crate::ids::{CpuId, TaskId};
use crate::task::Departure;
use crate::time::{Nanos, Time};

/// One processor.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Cpu {
    /// Which.
    pub id: CpuId,
    /// Who has it.
    pub task: Option<TaskId>,
    /// Who had it last, and why it left.
    pub last: Option<(TaskId, Departure)>,
    /// What it does.
    pub doing: Doing,
    /// The blocked task that it waits for, where the CPU waits with its task.
    pub held_for: Option<TaskId>,
    /// When the slice of its task ends; [`Time::NEVER`] if it does not.
    pub slice_end: Time,
    /// How long that slice was.
    pub slice: Nanos,
    /// When the next tick is due, with a periodic timer.
    pub next_tick: Time,
    /// Whether it was told that the CPU is idle.
    pub(crate) idle_told: bool,
    /// Why it entered the kernel last.
    pub cause: Option<Cause>,
}

/// What a processor is in the middle of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Doing {
    /// Nothing: the idle task, in kernel mode with interrupts on.
    Idle,
    /// An operation of its task, in user mode (a kernel thread: in kernel mode).
    User,
    /// The kernel's own work; what comes next is done at `until`.
    Kernel {
        /// When.
        until: Time,
        /// What.
        then: Stage,
    },
    /// A reference to memory, in user mode. It is indivisible.
    Reference {
        /// When it is done.
        until: Time,
    },
}

/// The stages of the kernel's paths (limited direct execution, OSTEP 6).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Stage {
    /// `switch()` to the task that was chosen.
    Switch,
    /// Return-from-trap after a system call or a dispatch, then the task's next operation.
    Return,
    /// Return-from-trap after an interrupt: only when nobody else is to take the CPU.
    Resume,
    /// Look up the system call that the task's operation makes.
    Lookup,
    /// Carry the system call out.
    Serve,
    /// The timer's handler decides about the slice.
    Slice,
    /// The handler of an exception ends the task.
    Fault,
    /// The handler of an interrupt that found the CPU idle ends.
    Idle,
    /// The kernel refills the TLB.
    Refill,
    /// The handler of a page fault finds out what is wrong.
    PageFault,
    /// It looks for a frame, and brings the page in.
    Allocate,
    /// A child has been made of the task.
    Fork,
}

impl Cpu {
    /// A processor that has just been switched on.
    pub(crate) fn new(id: CpuId) -> Cpu {
        Cpu {
            id,
            task: None,
            last: None,
            doing: Doing::Idle,
            held_for: None,
            slice_end: Time::NEVER,
            slice: Nanos::FOREVER,
            next_tick: Time::NEVER,
            idle_told: false,
            cause: None,
        }
    }

    /// Whether it could take a task.
    pub const fn is_free(&self) -> bool {
        self.task.is_none() && matches!(self.doing, Doing::Idle)
    }

    /// Whether it is in the middle of something that takes time and is not interrupted: the kernel's own work, or a
    /// reference to memory.
    pub fn is_indivisible(&self, now: Time) -> bool {
        matches!(self.doing, Doing::Kernel { until, .. } | Doing::Reference { until } if until > now)
    }

    /// Whether it takes interrupts: not in the middle of the kernel's own work.
    pub fn interrupts_enabled(&self, now: Time) -> bool {
        !self.is_indivisible(now)
    }

    /// The next stage, if it is due.
    pub(crate) fn due_stage(&self, now: Time) -> Option<Stage> {
        match self.doing {
            Doing::Kernel { until, then } if until <= now => Some(then),
            _ => None,
        }
    }
}
