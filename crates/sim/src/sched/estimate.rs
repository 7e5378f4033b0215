//! No more oracle: the length of the next burst is guessed from the past ones (OSC 5.3.2).
//!
//! The guess is their exponential average: `next = α · last + (1 − α) · guess`, in whole nanoseconds, rounded
//! down. A burst counts once it ends by blocking or exit, with all its CPU time, however often it was preempted.

use super::{Ctx, Estimated};
use crate::ids::TaskId;
use crate::scenario::Estimate;
use crate::time::Nanos;

/// The guesses, one a task.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Guesses {
    rule: Estimate,
    next: Vec<Nanos>,
}

impl Guesses {
    pub(super) fn new(rule: Estimate) -> Guesses {
        Guesses { rule, next: Vec::new() }
    }

    pub(super) fn admit(&mut self, task: TaskId) {
        if self.next.len() <= task.index() {
            self.next.resize(task.index() + 1, self.rule.initial);
        }
    }

    pub(super) fn footprint(&self) -> usize {
        size_of_val(self.next.as_slice())
    }

    pub(super) fn of(&self, task: TaskId) -> Nanos {
        self.next[task.index()]
    }

    /// A burst of the task is over.
    pub(super) fn learn(&mut self, ctx: &Ctx<'_>, task: TaskId) -> Estimated {
        let burst = ctx.task(task).burst_run;
        let alpha = u128::from(self.rule.alpha_percent);
        let sum = u128::from(burst.0) * alpha + u128::from(self.of(task).0) * (100 - alpha);
        let next = Nanos(u64::try_from(sum / 100).unwrap_or(u64::MAX));
        self.next[task.index()] = next;
        Estimated { burst, next }
    }
}
