//! What the page and the engine say to each other: small plain messages, the same in a worker, on the page and
//! natively.
//!
//! The page numbers its loads. An answer carries the number of the load that it is about, and the page drops
//! those of an older one. Within a load, the latest seek wins: the engine answers no earlier one it has not yet
//! begun; a jump starts from where the ones before it lead, so none is left out. Of the timeline, of memory and of
//! the list of events, only the latest request for a run is answered as well; a list that was begun for another choice
//! of events is given up.

use std::sync::Arc;

use kernelscope_sim::diagnostic::Diagnostic;
use kernelscope_sim::ids::TaskId;
use kernelscope_sim::scenario::Scenario;
use kernelscope_sim::time::Time;
use serde::{Deserialize, Serialize};

use crate::query::Query;
use crate::sweep::{SweepPoint, SweepSpec};
use crate::topic::Choice;
use crate::view::{EventPage, Look, MemoryView, Overview, Snapshot, Tile};

/// Changes whenever a message changes its form; page and worker must agree.
pub const PROTOCOL: u32 = 3;

/// Which load a message belongs to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Generation(pub u32);

/// Which of the runs that are shown side by side; 0 where there is one only.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct RunId(pub u8);

/// What the page asks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Request {
    /// Run these scenarios, one or several side by side, and show the moment `at`.
    Load {
        /// The number of this load.
        generation: Generation,
        /// The scenarios.
        runs: Vec<Arc<Scenario>>,
        /// Where the cursor goes first.
        at: Target,
    },
    /// Move the cursor of all runs. Answered by one [`Reply::Moved`]; on a long way by
    /// [`Reply::Moving`] before that.
    Seek {
        /// The load that is meant.
        generation: Generation,
        /// The run that the target is about; the others follow to the same time.
        run: RunId,
        /// Where to.
        to: Target,
    },
    /// A piece of the timeline. Answered by [`Reply::Tile`].
    Tile {
        /// The load that is meant.
        generation: Generation,
        /// Which run.
        run: RunId,
        /// The instants that it spans.
        window: (Time, Time),
        /// How many columns the window has on the screen.
        px: u32,
    },
    /// A page of the list of events. Answered by [`Reply::Events`].
    Events {
        /// The load that is meant.
        generation: Generation,
        /// Which run.
        run: RunId,
        /// The step in the middle of the page.
        around: u64,
        /// How many events at most.
        count: u32,
        /// Which events: what is not among them takes no room.
        choice: Choice,
    },
    /// Memory at the cursor, as far as it is looked at. Answered by [`Reply::Memory`].
    Memory {
        /// The load that is meant.
        generation: Generation,
        /// Which run.
        run: RunId,
        /// What is looked at.
        look: Look,
    },
    /// Run a scenario over and over with another value of one parameter. Answered point by point.
    Sweep {
        /// The number of this sweep; a new one ends the old one.
        generation: Generation,
        /// What to run.
        spec: SweepSpec,
    },
    /// Stop sweeping; if no sweep has this number, stop loading. Answered by [`Reply::Cancelled`] if something stopped.
    Cancel {
        /// The load or sweep that is meant.
        generation: Generation,
    },
}

/// Where the cursor can go.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Target {
    /// Before the first step.
    Start,
    /// After the last step.
    End,
    /// After so many steps.
    Step(u64),
    /// After everything that happens up to and at this instant.
    Time(Time),
    /// After the `ordinal`-th step of an instant (from 1): the shareable form of a cursor.
    Moment {
        /// The instant.
        at: Time,
        /// Which of its steps.
        ordinal: u32,
    },
    /// To the next (or previous) step, seen from the cursor, that has an event of this kind.
    Next(Jump),
    /// To the moment that a question finds, from the start of the run.
    Query(Query),
}

/// A jump from the cursor to an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Jump {
    /// To which kind of event.
    pub kind: JumpKind,
    /// About this task only.
    pub task: Option<TaskId>,
    /// Towards the start.
    pub back: bool,
}

/// The kinds of events that the transport can jump to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum JumpKind {
    /// Whatever happens next, every stage of every trap.
    Stage,
    /// Whatever a lecturer would tell.
    #[default]
    Any,
    /// A task gets a CPU.
    Dispatch,
    /// A task loses the CPU: preempted, or its slice is used up.
    Preemption,
    /// A task blocks.
    Block,
    /// A task wakes up.
    Wake,
    /// A task arrives.
    Arrival,
    /// A task ends.
    Exit,
    /// A change of level or priority: demotion, boost, aging.
    Level,
    /// The kernel is entered.
    KernelEntry,
    /// One CPU passes from one process to another.
    ContextSwitch,
    /// A page fault.
    Fault,
    /// A page leaves its frame to make room.
    Eviction,
}

/// What the engine answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Reply {
    /// Loading goes on. Sent when it takes long enough to be worth saying.
    Progress {
        /// Which load.
        generation: Generation,
        /// Steps taken so far, in all runs.
        steps: u64,
        /// How far along, in thousandths, as well as it can be known.
        permille: u16,
    },
    /// The scenarios cannot run.
    Refused {
        /// Which load.
        generation: Generation,
        /// Of which run.
        run: RunId,
        /// What is wrong.
        problems: Vec<Diagnostic>,
    },
    /// All runs are there.
    Loaded {
        /// Which load.
        generation: Generation,
        /// What each of them is, as a whole.
        runs: Vec<Overview>,
        /// And where their cursors stand.
        snapshots: Vec<Snapshot>,
    },
    /// A move of the cursors goes on. Sent when it takes long enough to be worth saying.
    Moving {
        /// Which load.
        generation: Generation,
        /// How far along, in thousandths, as well as it can be known.
        permille: u16,
    },
    /// The cursors stand elsewhere.
    Moved {
        /// Which load.
        generation: Generation,
        /// Whether there was such a place; if not, nothing moved.
        found: bool,
        /// Every run at its cursor.
        snapshots: Vec<Snapshot>,
    },
    /// A piece of the timeline.
    Tile {
        /// Which load.
        generation: Generation,
        /// Which run.
        run: RunId,
        /// The piece.
        tile: Tile,
    },
    /// A page of events.
    Events {
        /// Which load.
        generation: Generation,
        /// Which run.
        run: RunId,
        /// The page.
        page: EventPage,
    },
    /// Memory at the cursor.
    Memory {
        /// Which load.
        generation: Generation,
        /// Which run.
        run: RunId,
        /// What is seen of it.
        view: Box<MemoryView>,
    },
    /// Some points of a sweep.
    Swept {
        /// Which sweep.
        generation: Generation,
        /// The points, as they come.
        points: Vec<SweepPoint>,
        /// Whether these were the last.
        done: bool,
    },
    /// A load or sweep was stopped on request.
    Cancelled {
        /// Which.
        generation: Generation,
    },
}
