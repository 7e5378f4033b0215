//! What a policy is asked, and in which terms it answers.

use crate::conventions::{Conventions, Tie};
use crate::event::{Place, Why};
use crate::ids::{Seq, TaskId};
use crate::reason::Reason;
use crate::rules::RuleId;
use crate::scenario::Param;
use crate::task::Task;
use crate::time::{Nanos, Time};

/// What a policy may look at when it decides. Read-only.
#[derive(Clone, Copy, Debug)]
pub struct Ctx<'a> {
    /// What time it is.
    pub now: Time,
    /// The process structures.
    pub tasks: &'a [Task],
    /// The rules that the scenario plays by.
    pub rules: &'a Conventions,
}

impl Ctx<'_> {
    /// One task's process structure.
    pub fn task(&self, task: TaskId) -> &Task {
        &self.tasks[task.index()]
    }

    /// What decides between equal keys, before the lower id does.
    pub fn tie(&self, task: TaskId, stamp: Seq) -> u64 {
        match self.rules.tie {
            Tie::Seq => stamp.0,
            Tie::List => 0,
            Tie::Name => u64::from(self.task(task).name_rank),
        }
    }
}

/// A task that was chosen, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Who.
    pub task: TaskId,
    /// Why.
    pub reason: Reason,
}

/// A candidate with the key by which it is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Who.
    pub task: TaskId,
    /// The rule that orders it.
    pub rule: RuleId,
    /// Its key under that rule.
    pub key: u64,
}

impl Choice {
    /// The first of two candidates, with the second as the runner-up. `tie` decided if their keys are equal.
    pub(super) fn first(first: Candidate, second: Option<Candidate>, tie: RuleId) -> Choice {
        let reason = match second {
            None => Reason { rule: RuleId::OnlyOne, runner_up: None, key: first.key, other: 0 },
            Some(second) => Reason {
                rule: if first.key == second.key { tie } else { first.rule },
                runner_up: Some(second.task),
                key: first.key,
                other: second.key,
            },
        };
        Choice { task: first.task, reason }
    }
}

/// A fall to a lower level.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Demotion {
    /// From this level …
    pub from: u8,
    /// … to this.
    pub to: u8,
    /// The form of rule 4 that decided.
    pub rule: RuleId,
    /// The CPU time that counted.
    pub used: Nanos,
}

/// A new estimate of the next burst.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Estimated {
    /// How long the burst was.
    pub burst: Nanos,
    /// The new estimate.
    pub next: Nanos,
}

/// What the end of a burst or of a slice changes in a policy's books.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Booked {
    /// The task fell to a lower level.
    pub demotion: Option<Demotion>,
    /// Its estimate changed.
    pub estimate: Option<Estimated>,
}

/// Work that a policy does by the clock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Periodic {
    /// Everybody returns to the top level.
    Boost {
        /// Who was not there: from which level, to which.
        lifted: Vec<(TaskId, u8, u8)>,
        /// The next one.
        next: Time,
    },
    /// Waiting improved a task's priority.
    Age {
        /// Whose.
        task: TaskId,
        /// From this …
        from: u32,
        /// … to this.
        to: u32,
    },
}

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
