//! First in, first out, also called first come, first served (OSTEP 7.3; OSC 5.3.1).
//!
//! The task that has been ready longest runs until it blocks or ends. Nobody is ever preempted, so a long task
//! at the head holds up all short ones behind it: the convoy effect.

use super::queue::Lists;
use super::{Candidate, Choice, Ctx, Discipline};
use crate::event::{Place, Why};
use crate::ids::{Seq, TaskId};
use crate::rules::RuleId;

/// One list.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Fifo {
    ready: Lists,
}

impl Default for Fifo {
    fn default() -> Self {
        Fifo { ready: Lists::new(1) }
    }
}

impl Fifo {
    fn candidate(&self, task: TaskId) -> Candidate {
        Candidate { task, rule: RuleId::FifoOrder, key: self.ready.stamp(task).0 }
    }
}

impl Discipline for Fifo {
    fn admit(&mut self, _: &Ctx<'_>, task: TaskId) {
        self.ready.admit(task);
    }

    fn enqueue(&mut self, _: &Ctx<'_>, task: TaskId, _: Why, stamp: Seq) -> (u8, Place) {
        self.ready.push_back(0, task, stamp);
        (0, Place::Tail)
    }

    fn dequeue(&mut self, task: TaskId) {
        self.ready.remove(task);
    }

    fn first(&self) -> Option<TaskId> {
        self.ready.first(0)
    }

    fn peek(&self, _: &Ctx<'_>) -> Option<Choice> {
        let first = self.ready.first(0)?;
        let second = self.ready.after(first).map(|task| self.candidate(task));
        Some(Choice::first(self.candidate(first), second, RuleId::FifoOrder))
    }

    fn rank(&self, _: &Ctx<'_>) -> Vec<Candidate> {
        self.ready.iter(0).map(|task| self.candidate(task)).collect()
    }

    fn slice_rule(&self) -> RuleId {
        RuleId::FifoOrder
    }

    fn footprint(&self) -> usize {
        self.ready.footprint()
    }
}
