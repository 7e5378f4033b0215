//! How runs end.

use serde::{Deserialize, Serialize};

/// Why a run is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum EndReason {
    /// Every task has ended and was reaped.
    Done,
    /// The last instant of the scenario is reached.
    TimeLimit,
    /// The last step of the scenario is taken.
    StepLimit,
    /// A task works without time passing.
    Livelock,
    /// Tasks are left and none of them will ever run again.
    Stuck,
}
