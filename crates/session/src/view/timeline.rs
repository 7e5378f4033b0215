//! The lanes of the timeline and what is drawn on them.

use kernelscope_sim::ids::{CpuId, DeviceId, TaskId};
use kernelscope_sim::time::{Nanos, Time};
use serde::{Deserialize, Serialize};

/// One row of the timeline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Lane {
    /// What a CPU does.
    Cpu(CpuId),
    /// Who is ready or running at a level of the multi-level feedback queue.
    Level(u8),
    /// What state a task is in.
    Task(TaskId),
    /// Whose requests a shared device works on.
    Device(DeviceId),
    /// All requests to devices of the tasks' own.
    OwnDevices,
}

/// What goes on in a stretch of a lane.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Activity {
    /// A task runs in user mode.
    User,
    /// The kernel works.
    Kernel,
    /// The CPU passes from one task to another.
    Switch,
    /// A CPU is held for a task that waits for I/O.
    IoWait,
    /// The CPU has nothing to do.
    Idle,
    /// A task is ready and waits for a CPU.
    Ready,
    /// A task is blocked on I/O.
    BlockedIo,
    /// A task waits in the queue of a busy device.
    BlockedQueue,
    /// A task sleeps.
    Sleeping,
    /// A task is swapped out: memory is too small for it and the others.
    SwappedOut,
    /// A task has ended and waits to be reaped.
    Zombie,
    /// A device works.
    Device,
}

impl Activity {
    /// Every activity, in order.
    pub const ALL: [Activity; 12] = [
        Activity::User,
        Activity::Kernel,
        Activity::Switch,
        Activity::IoWait,
        Activity::Idle,
        Activity::Ready,
        Activity::BlockedIo,
        Activity::BlockedQueue,
        Activity::Sleeping,
        Activity::SwappedOut,
        Activity::Zombie,
        Activity::Device,
    ];
}

/// A stretch of a lane.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Segment {
    /// From here …
    pub start: Time,
    /// … for so long.
    pub length: Nanos,
    /// What goes on.
    pub activity: Activity,
    /// Whose; none if nobody's.
    pub task: Option<TaskId>,
    /// How much of the stretch is really this, in 255ths: less where several were drawn as one.
    pub share: u8,
}

/// A piece of the timeline. Adjacent equal segments are merged; a stretch without a segment is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tile {
    /// The instants that it spans.
    pub window: (Time, Time),
    /// For how many columns it was made.
    pub px: u32,
    /// The segments of each lane, in the order of [`Overview::lanes`], each list in the order of time.
    pub lanes: Vec<Vec<Segment>>,
}

/// A moment worth a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// When.
    pub at: Time,
    /// After which step.
    pub step: u64,
    /// What.
    pub kind: MarkKind,
}

/// What a mark stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum MarkKind {
    /// Everybody returned to the top level.
    Boost,
    /// Something was done from outside: the entry of the scenario's list of inputs.
    Input(u32),
    /// The run was stopped.
    Stopped,
}
