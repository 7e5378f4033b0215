//! View models: what a panel needs, and no more. They speak of lanes, segments, rows and cells; how those look
//! is the page's business, and what they are called is its catalogue's.

mod history;
mod memory;
mod metrics;
mod timeline;

use kernelscope_sim::event::{Cause, EndReason, Event, Wait};
use kernelscope_sim::ids::{CpuId, DeviceId, Pid, TaskId};
use kernelscope_sim::reason::Reason;
use kernelscope_sim::scenario::TaskKind;
use kernelscope_sim::time::{Nanos, Time};
use serde::{Deserialize, Serialize};

use crate::topic::Choice;

pub use self::history::{MOST_THRASHING, MemoryHistory, MemorySample, Thrashing, ThrashingSign};
pub use self::memory::{
    AccessView, EntryView, FrameStateView, FrameView, FramesView, ListView, Look, MOST_TABLES, MemoryView,
    NextVictim, Outcome, PageOf, PlaceView, RegionView, SlotView, SpaceView, SwapView, TablePage, TableView,
    TlbView, TranslationView, Window,
};
pub use self::metrics::{RunMetrics, TaskMetrics};
pub use self::timeline::{Activity, Lane, Mark, MarkKind, Segment, Tile};

/// A run as a whole, known once it is loaded.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Overview {
    /// How many steps it has.
    pub steps: u64,
    /// When it ends.
    pub end: Time,
    /// Why it ends.
    pub reason: EndReason,
    /// Who takes part, in the order of their ids; tasks added by inputs included.
    pub tasks: Vec<TaskName>,
    /// The lanes of the timeline, from top to bottom.
    pub lanes: Vec<Lane>,
    /// Each task's figures at the end of the run.
    pub tasks_metrics: Vec<TaskMetrics>,
    /// The figures of the run.
    pub metrics: RunMetrics,
    /// Moments worth a mark on the timeline: boosts, inputs.
    pub marks: Vec<Mark>,
    /// How its memory went, if it has any.
    pub memory: Option<MemoryHistory>,
    /// The state of the machine and of its log at the end, equal on every target.
    pub fingerprint: (u64, u64),
}

/// Who a task is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaskName {
    /// Its id.
    pub id: TaskId,
    /// Its pid.
    pub pid: Pid,
    /// Its name in the scenario.
    pub name: String,
    /// User process or kernel thread.
    pub kind: TaskKind,
}

/// The machine at the cursor.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Snapshot {
    /// How many steps have been taken.
    pub step: u64,
    /// What time it is.
    pub now: Time,
    /// Which step of this instant it was, from 1; 0 at the start.
    pub ordinal: u32,
    /// What the last step did, in every detail.
    pub just: Vec<Event>,
    /// What the next step will do, in every detail; empty at the end.
    pub next: Vec<NextEvent>,
    /// The processors.
    pub cpus: Vec<CpuView>,
    /// The ready queues.
    pub queues: Vec<QueueView>,
    /// The devices that somebody uses.
    pub devices: Vec<DeviceView>,
    /// The tasks, in the order of their ids.
    pub tasks: Vec<TaskView>,
    /// Each task's figures so far.
    pub tasks_metrics: Vec<TaskMetrics>,
    /// The figures so far.
    pub metrics: RunMetrics,
    /// Whether the boot has told the hardware where its handlers are.
    pub trap_table_set: bool,
    /// Whether the interval timer runs.
    pub timer_on: bool,
    /// The next boost, if one is due.
    pub next_boost: Option<Time>,
    /// At a decision (a dispatch or preemption in the last step): every candidate with its key, best first.
    pub ranking: Vec<Ranked>,
}

/// An event to come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NextEvent {
    /// The event.
    pub event: Event,
}

/// A candidate of the last decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ranked {
    /// Who.
    pub task: TaskId,
    /// Its key and the rule that it is compared by.
    pub reason: Reason,
}

/// A processor at the cursor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CpuView {
    /// Which.
    pub cpu: CpuId,
    /// Who has it, or is waited for.
    pub task: Option<TaskId>,
    /// What it does.
    pub activity: Activity,
    /// Its mode bit: kernel mode, or user mode.
    pub kernel_mode: bool,
    /// Whether it would take an interrupt now.
    pub interrupts_enabled: bool,
    /// Why it is in the kernel, or was last.
    pub cause: Option<Cause>,
    /// When the slice of its task ends, if it does.
    pub slice_end: Option<Time>,
    /// Whose registers are in it.
    pub registers: Option<TaskId>,
    /// Whether a reschedule is wanted and waits for the end of a kernel path.
    pub need_resched: bool,
}

/// A ready queue at the cursor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QueueView {
    /// Its level; 0 where there is one only.
    pub level: u8,
    /// Whether it is the queue of the kernel's own threads.
    pub kernel: bool,
    /// Its quantum, if it has one.
    pub quantum: Option<Nanos>,
    /// Its allotment, if it has one.
    pub allotment: Option<Nanos>,
    /// Who waits in it, the next to run first, with the key by which it is kept.
    pub tasks: Vec<(TaskId, u64)>,
}

/// A device at the cursor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeviceView {
    /// Which; none for the tasks' own.
    pub device: Option<DeviceId>,
    /// Its name in the scenario.
    pub name: String,
    /// Whom it serves, and until when.
    pub serving: Vec<(TaskId, Time)>,
    /// Who waits for it, in order.
    pub waiting: Vec<TaskId>,
}

/// The states of a task, as every textbook draws them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum StateView {
    /// It has not arrived.
    New,
    /// It could run.
    Ready,
    /// It is being switched in.
    Switching,
    /// It has a CPU.
    Running,
    /// It waits.
    Blocked(Wait),
    /// It has ended; its status waits for its parent.
    Zombie,
    /// It is gone.
    Reaped,
    /// It could run and is kept out, as memory is too small.
    SwappedOut,
}

/// A task at the cursor: the fields of its process control block.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaskView {
    /// Which.
    pub id: TaskId,
    /// Its pid.
    pub pid: Pid,
    /// Its parent's pid.
    pub parent: Pid,
    /// Its state.
    pub state: StateView,
    /// Since when it is in it.
    pub since: Time,
    /// The CPU that it has, or had last.
    pub cpu: Option<CpuId>,
    /// Its static priority.
    pub priority: u32,
    /// Its effective priority, where aging improves it.
    pub effective_priority: Option<u32>,
    /// How nice it is.
    pub nice: i8,
    /// Its level in a multi-level feedback queue.
    pub level: Option<u8>,
    /// The CPU time that counts against its allotment there.
    pub level_used: Option<Nanos>,
    /// What is left of its slice, if it has one.
    pub slice_left: Option<Nanos>,
    /// The estimate of its next burst.
    pub estimate: Option<Nanos>,
    /// What is left of its CPU burst.
    pub burst_left: Nanos,
    /// What is left of all its work; none if it never ends.
    pub cpu_left: Option<Nanos>,
    /// Whose program it runs: that process's place in the scenario, those that inputs add behind the others.
    pub program: u32,
    /// Its program counter: the number of the current operation, in the order of the program's text. What
    /// `program::print::spans` lists under this number is where it stands in the text.
    pub pc: u32,
    /// Whether its user registers are saved on its kernel stack.
    pub user_registers_saved: bool,
    /// Whether its kernel registers are saved in its process structure.
    pub kernel_registers_saved: bool,
    /// Its exit status, once it has one.
    pub status: Option<u8>,
    /// The signal that ended it.
    pub signal: Option<u8>,
    /// How often it made each change of state: admitted, dispatched, preempted, blocked, woken, ended.
    pub transitions: Transitions,
}

/// How often a task made each change of state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Transitions {
    /// New → ready.
    pub admitted: u64,
    /// Ready → running.
    pub dispatched: u64,
    /// Running → ready.
    pub descheduled: u64,
    /// Running → blocked.
    pub blocked: u64,
    /// Blocked → ready.
    pub woken: u64,
    /// → zombie.
    pub exited: u64,
}

/// A page of the list of events.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventPage {
    /// Which events it is of.
    pub choice: Choice,
    /// In the order in which they happened.
    pub rows: Vec<EventRow>,
    /// Whether there are earlier ones.
    pub more_before: bool,
    /// Whether there are later ones.
    pub more_after: bool,
}

/// One event of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventRow {
    /// The cursor position just after it.
    pub step: u64,
    /// What happened.
    pub event: Event,
}
