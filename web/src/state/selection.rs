//! What is chosen: one selection for all panels.

use kernelscope_session::view::{Lane, PageOf};
use kernelscope_sim::ids::TaskId;

/// What is chosen. Choosing a task in one panel lights it up in all others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// A task.
    pub task: Option<TaskId>,
    /// A page of an address space, wherever it is.
    pub page: Option<PageOf>,
    /// A lane of the timeline.
    pub lane: Option<Lane>,
    /// An event, by the cursor position just after it.
    pub step: Option<u64>,
    /// Which of the runs side by side it is in, and which the panels show.
    pub run: u8,
}

impl Selection {
    /// This task and nothing else, in the same run; chosen again, nothing.
    #[must_use]
    pub fn toggle_task(self, task: TaskId) -> Selection {
        let task = (self.task != Some(task)).then_some(task);
        Selection { task, page: None, lane: None, step: None, run: self.run }
    }

    /// This page, and the task whose it is; chosen again, no page.
    #[must_use]
    pub fn toggle_page(self, page: PageOf) -> Selection {
        let chosen = Some(page).filter(|page| self.page != Some(*page));
        Selection { task: Some(page.task), page: chosen, ..self }
    }
}
