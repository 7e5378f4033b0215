//! What the kernel asks of a policy.

use super::{Booked, Candidate, Choice, Ctx, Periodic};
use crate::event::{Place, Why};
use crate::ids::{Seq, TaskId};
use crate::reason::Reason;
use crate::rules::RuleId;
use crate::scenario::Param;
use crate::time::{Nanos, Time};

/// The questions that a policy answers. The defaults are those of a policy that never preempts and keeps no books.
pub(crate) trait Discipline {
    /// Makes room for a task that arrives.
    fn admit(&mut self, ctx: &Ctx<'_>, task: TaskId);

    /// Puts a ready task into its queue. Says which queue and which end.
    fn enqueue(&mut self, ctx: &Ctx<'_>, task: TaskId, why: Why, stamp: Seq) -> (u8, Place);

    /// Takes a ready task out of its queue, because it has been killed.
    fn dequeue(&mut self, task: TaskId);

    /// Takes a ready task out of its queue, because it is to run.
    fn take(&mut self, task: TaskId) {
        self.dequeue(task);
    }

    /// The best ready task.
    fn first(&self) -> Option<TaskId>;

    /// The best ready task, and why it is.
    fn peek(&self, ctx: &Ctx<'_>) -> Option<Choice>;

    /// Every ready task with its key, best first.
    fn rank(&self, ctx: &Ctx<'_>) -> Vec<Candidate>;

    /// The rule that ends slices.
    fn slice_rule(&self) -> RuleId;

    /// Roughly the memory that it takes, in bytes.
    fn footprint(&self) -> usize;

    /// Whether a ready task can ever take the CPU from a running one. Only then is it asked whether one does.
    fn preempts(&self, _: &Ctx<'_>) -> bool {
        false
    }

    /// Whether the best ready task takes the CPU from a running one, and why.
    fn should_preempt(&self, _: &Ctx<'_>, _running: TaskId, _best: TaskId) -> Option<Reason> {
        None
    }

    /// How far behind the others a running task stands: the largest is replaced first.
    fn running_key(&self, _: &Ctx<'_>, _: TaskId) -> u64 {
        0
    }

    /// How long a task may keep the CPU from now on.
    fn slice(&self, _: TaskId) -> Nanos {
        Nanos::FOREVER
    }

    /// A task has run for a time.
    fn charge(&mut self, _: TaskId, _: Nanos) {}

    /// A task's slice is used up.
    fn slice_over(&mut self, _: &Ctx<'_>, _: TaskId) -> Booked {
        Booked::default()
    }

    /// A task gives up the CPU of its own will; `blocks` if it is also the end of its burst.
    fn give_up(&mut self, _: &Ctx<'_>, _: TaskId, _blocks: bool) -> Booked {
        Booked::default()
    }

    /// When there is work to do by the clock.
    fn next_periodic(&self) -> Time {
        Time::NEVER
    }

    /// Does one piece of that work, if some is due.
    fn periodic(&mut self, _: &Ctx<'_>) -> Option<Periodic> {
        None
    }

    /// Changes a parameter; says whether there is such a one and the value fits.
    fn set(&mut self, _: &Ctx<'_>, _: Param, _value: u64) -> bool {
        false
    }
}
