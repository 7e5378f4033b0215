//! A task: what the scheduler runs, and the process structure that the kernel keeps of it.

use serde::{Deserialize, Serialize};

use crate::event::Wait;
use crate::ids::{CpuId, Pid, TaskId};
use crate::program::code::Cursor;
use crate::scenario::TaskKind;
use crate::time::{Nanos, Time};

/// The states of a task (OSTEP 4; OSC 3.1).
///
/// Linux calls both ready and running `TASK_RUNNING`, and has two flavours of blocked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum State {
    /// It has not arrived.
    New,
    /// It could run and waits for a CPU.
    Ready,
    /// It is being switched in.
    Switching(CpuId),
    /// It has a CPU.
    Running(CpuId),
    /// It waits for something else than a CPU.
    Blocked(Wait),
    /// It has ended; its status waits to be read.
    Zombie,
    /// It is gone.
    Reaped,
    /// It could run and is kept out, as memory is too small for its working set and those of the others.
    SwappedOut,
}

/// How a task ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Ending {
    /// It said so, with this status.
    Exited(u8),
    /// A signal of this number ended it.
    Killed(u8),
}

impl Ending {
    /// The status as `wait` tells it in a shell: the exit status, or 128 and the signal's number.
    pub const fn status(self) -> u8 {
        match self {
            Ending::Exited(status) => status,
            Ending::Killed(signal) => 128 | signal,
        }
    }
}

/// Why a task left its CPU.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Departure {
    /// It blocked, yielded or ended.
    Voluntary,
    /// It was preempted, or its slice was used up.
    Involuntary,
}

/// One task.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Task {
    /// Its id, the place in the machine's table.
    pub id: TaskId,
    /// Its pid.
    pub pid: Pid,
    /// Whose child it is.
    pub parent: Pid,
    /// User process or kernel thread.
    pub kind: TaskKind,
    /// Its static priority.
    pub priority: u32,
    /// How nice it is.
    pub nice: i8,
    /// Where its name stands among all names in order.
    pub name_rank: u32,
    /// Its state.
    pub state: State,
    /// Since when.
    pub since: Time,
    /// Where it is in its program: behind the operation that it carries out.
    pub cursor: Cursor,
    /// What is left of the `cpu` operation that it carries out.
    pub op_left: Nanos,
    /// What is left of its CPU burst, as declared by the program.
    pub burst_left: Nanos,
    /// How much of its CPU burst it has run.
    pub burst_run: Nanos,
    /// What is left of all its CPU time, as declared by the program.
    pub cpu_left: Nanos,
    /// The CPU that it ran on last.
    pub last_cpu: Option<CpuId>,
    /// Whether its user registers are on its kernel stack: saved by the trap, or put there when it was made.
    pub user_registers_saved: bool,
    /// Whether its kernel registers are in this structure: saved by `switch()`, or put there when it was made. If not,
    /// they are in a CPU.
    pub kernel_registers_saved: bool,
    /// How it ended.
    pub ending: Option<Ending>,
    /// How many operations it has carried out in the instant `operations_at`.
    pub operations: u32,
    /// The instant in which they are counted.
    pub operations_at: Time,
    /// What is known of its past.
    pub account: Account,
}

/// What the kernel counts of a task.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Account {
    /// When it arrived.
    pub arrival: Option<Time>,
    /// When it first ran.
    pub first_run: Option<Time>,
    /// When it ended.
    pub completion: Option<Time>,
    /// The time that it ran its own operations.
    pub cpu: Nanos,
    /// The kernel's time on its account: entries, handlers, and switches as the convention has it.
    pub kernel: Nanos,
    /// The time that it was being switched in.
    pub switching: Nanos,
    /// The time that it was ready.
    pub ready: Nanos,
    /// The time that it was blocked.
    pub blocked: Nanos,
    /// The longest time that it was ready without a break.
    pub longest_ready: Nanos,
    /// Slices that it was granted.
    pub slices: u64,
    /// How often it left a CPU to another task of its own will.
    pub voluntary: u64,
    /// How often it was made to.
    pub involuntary: u64,
    /// How often it ran on another CPU than before.
    pub migrations: u64,
    /// new → ready.
    pub admitted: u64,
    /// ready → running.
    pub dispatched: u64,
    /// running → ready.
    pub descheduled: u64,
    /// running → blocked.
    pub went_blocked: u64,
    /// blocked → ready.
    pub woken: u64,
}

impl Task {
    /// The CPU that it has, if it has one.
    pub const fn cpu(&self) -> Option<CpuId> {
        match self.state {
            State::Switching(cpu) | State::Running(cpu) => Some(cpu),
            _ => None,
        }
    }

    /// Whether it has arrived and not ended.
    pub const fn is_live(&self) -> bool {
        !matches!(self.state, State::New | State::Zombie | State::Reaped)
    }

    /// Changes its state and books the time in the old one.
    pub(crate) fn enter(&mut self, state: State, now: Time) {
        let passed = now.since(self.since);
        match self.state {
            State::Ready => {
                self.account.ready += passed;
                self.account.longest_ready = self.account.longest_ready.max(passed);
            }
            State::Blocked(_) => self.account.blocked += passed,
            State::Switching(_) => self.account.switching += passed,
            State::New | State::Running(_) | State::Zombie | State::Reaped | State::SwappedOut => {}
        }
        self.state = state;
        self.since = now;
    }
}
