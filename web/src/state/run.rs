//! One run as the page knows it: what it is as a whole, how it stands at the cursor, and the pieces of it that were
//! asked for.

use std::sync::Arc;

use kernelscope_session::view::{EventPage, MemoryView, Overview, Snapshot, TaskName, Tile};
use kernelscope_share::params::Overrides;
use kernelscope_sim::ids::TaskId;
use kernelscope_sim::scenario::Scenario;

use super::Shared;
use crate::ruler::Ruler;

/// A run. Everything big in it is shared, so a new snapshot is cheap.
#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    /// What was run.
    pub scenario: Shared<Arc<Scenario>>,
    /// Where it departs from the document, when it stands beside others.
    pub overrides: Overrides,
    /// How its durations are written.
    pub ruler: Ruler,
    /// The run as a whole.
    pub overview: Shared<Overview>,
    /// The machine at the cursor.
    pub snapshot: Shared<Snapshot>,
}

/// What was asked for of a run and changes without the run's moving. It stands apart, so that an answer renders only
/// what shows it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Pages {
    /// The piece of the timeline that was asked for last.
    pub tile: Option<Shared<Tile>>,
    /// The page of events that was asked for last.
    pub events: Option<Shared<EventPage>>,
    /// The look at memory that was taken last.
    pub memory: Option<Shared<MemoryView>>,
}

impl Run {
    /// Who a task is.
    pub fn task(&self, task: TaskId) -> Option<&TaskName> {
        self.overview.tasks.get(task.index())
    }

    /// The name of a task.
    pub fn name(&self, task: TaskId) -> &str {
        self.task(task).map_or("?", |task| task.name.as_str())
    }
}
