//! The time that devices and clocks needed for each task, queues not included: what it would have waited alone.

use kernelscope_sim::event::{Event, EventKind};
use kernelscope_sim::ids::TaskId;
use kernelscope_sim::time::{Nanos, Time};

/// The time that each task has been served.
#[derive(Default)]
pub(crate) struct Service {
    tasks: Vec<Served>,
}

#[derive(Clone, Copy, Default)]
struct Served {
    time: Nanos,
    /// Whether it waits in the queue of a device, so that the time is not known yet.
    queued: bool,
}

impl Service {
    /// Takes one event.
    pub(crate) fn event(&mut self, event: &Event) {
        let (at, Some(task)) = (event.at, event.task) else { return };
        match event.kind {
            EventKind::Block { until: Time::NEVER, .. } => self.task(task).queued = true,
            EventKind::Block { until, .. } => self.task(task).time += until.since(at),
            EventKind::IoStart { until, .. } => {
                let it = self.task(task);
                if std::mem::take(&mut it.queued) {
                    it.time += until.since(at);
                }
            }
            EventKind::Exit { .. } | EventKind::Killed { .. } => self.task(task).queued = false,
            _ => {}
        }
    }

    /// How long a task has been served.
    pub(crate) fn of(&self, task: TaskId) -> Nanos {
        self.tasks.get(task.index()).map_or(Nanos::ZERO, |served| served.time)
    }

    fn task(&mut self, task: TaskId) -> &mut Served {
        if self.tasks.len() <= task.index() {
            self.tasks.resize(task.index() + 1, Served::default());
        }
        &mut self.tasks[task.index()]
    }
}
