//! Round robin (OSTEP 7.7; OSC 5.3.3).
//!
//! First in, first out, with a longest time on the CPU in one go: the quantum. A task that uses it up goes behind
//! the others; one that blocks early forfeits the rest and comes back with a whole quantum. Short quanta make
//! response good and turnaround bad, and pay for it in context switches.

use super::queue::Lists;
use super::{Candidate, Choice, Ctx, Discipline};
use crate::event::{Place, Why};
use crate::ids::{Seq, TaskId};
use crate::rules::RuleId;
use crate::scenario::Param;
use crate::time::Nanos;

/// One list and a quantum.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Rr {
    ready: Lists,
    quantum: Nanos,
}

impl Rr {
    pub(super) fn new(quantum: Nanos) -> Rr {
        Rr { ready: Lists::new(1), quantum }
    }

    /// The longest time on the CPU in one go.
    pub fn quantum(&self) -> Nanos {
        self.quantum
    }

    fn candidate(&self, task: TaskId) -> Candidate {
        Candidate { task, rule: RuleId::RrOrder, key: self.ready.stamp(task).0 }
    }
}

impl Discipline for Rr {
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
        Some(Choice::first(self.candidate(first), second, RuleId::RrOrder))
    }

    fn rank(&self, _: &Ctx<'_>) -> Vec<Candidate> {
        self.ready.iter(0).map(|task| self.candidate(task)).collect()
    }

    fn slice_rule(&self) -> RuleId {
        RuleId::RrSlice
    }

    fn footprint(&self) -> usize {
        self.ready.footprint()
    }

    fn slice(&self, _: TaskId) -> Nanos {
        self.quantum
    }

    fn set(&mut self, _: &Ctx<'_>, param: Param, value: u64) -> bool {
        let fits = param == Param::Quantum && value > 0;
        if fits {
            self.quantum = Nanos(value);
        }
        fits
    }
}
