//! How memory went over a whole run.

use kernelscope_sim::ids::TaskId;
use kernelscope_sim::time::{Nanos, Time};
use serde::{Deserialize, Serialize};

/// How memory went over a whole run, at a bounded number of instants.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemoryHistory {
    /// The instants, in order.
    pub samples: Vec<MemorySample>,
    /// Whose resident pages and working sets the samples list.
    pub tasks: Vec<TaskId>,
    /// When the machine thrashed and how that shows; the first [`MOST_THRASHING`] stretches.
    pub thrashing: Vec<Thrashing>,
}

/// More stretches of thrashing are not listed.
pub const MOST_THRASHING: usize = 64;

/// Memory from one instant to the next sample's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemorySample {
    /// From when on.
    pub at: Time,
    /// The fewest free frames until the next sample, and the most.
    pub free: (u32, u32),
    /// Faults until the next sample: minor and major.
    pub faults: (u32, u32),
    /// Whether the page daemon was awake.
    pub daemon: bool,
    /// Resident pages of each task at its end.
    pub resident: Vec<u32>,
    /// The size of the working set of each task at its end.
    pub working: Vec<u32>,
    /// The most pages that all working sets had together, those of tasks without a line included.
    pub wanted: u32,
}

/// A stretch in which the machine thrashed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Thrashing {
    /// From when on.
    pub from: Time,
    /// Until when.
    pub to: Time,
    /// How that shows.
    pub sign: ThrashingSign,
}

/// By what thrashing is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ThrashingSign {
    /// Somebody waits for a major fault more than half of the time, and the CPUs compute less than half of it.
    Waiting {
        /// For how long somebody did.
        waiting: Nanos,
        /// How long all CPUs computed together.
        computing: Nanos,
    },
    /// The working sets together are larger than memory.
    TooLarge {
        /// The most pages that they had.
        wanted: u32,
        /// How many frames there are.
        frames: u32,
    },
}
