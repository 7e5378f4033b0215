//! Tasks in turn: first in, first out, and round robin, which is that with a quantum.
//!
//! *First in, first out*, also called first come, first served (OSTEP 7.3; OSC 5.3.1): the task that has been ready
//! longest runs until it blocks or ends. Nobody is ever preempted, so a long task at the head holds up all short
//! ones behind it: the convoy effect.
//!
//! *Round robin* (OSTEP 7.7; OSC 5.3.3) sets a longest time on the CPU in one go: the quantum. A task that uses it up
//! goes behind the others; one that blocks early forfeits the rest and comes back with a whole quantum. Short
//! quanta make response good and turnaround bad, and pay for it in context switches.

use super::queue::Lists;
use super::{Candidate, Choice, Ctx, Discipline};
use crate::event::{Place, Why};
use crate::ids::{Seq, TaskId};
use crate::rules::RuleId;
use crate::scenario::Param;
use crate::time::Nanos;

/// One list, and for round robin a quantum.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct InTurn {
    ready: Lists,
    quantum: Option<Nanos>,
}

impl InTurn {
    pub(super) fn new(quantum: Option<Nanos>) -> InTurn {
        InTurn { ready: Lists::new(1), quantum }
    }

    /// The longest time on the CPU in one go, under round robin.
    pub fn quantum(&self) -> Option<Nanos> {
        self.quantum
    }

    /// The rule of the order, and the rule that ends slices.
    fn rules(&self) -> (RuleId, RuleId) {
        match self.quantum {
            None => (RuleId::FifoOrder, RuleId::FifoOrder),
            Some(_) => (RuleId::RrOrder, RuleId::RrSlice),
        }
    }

    fn in_order(&self) -> impl Iterator<Item = Candidate> + '_ {
        let (rule, _) = self.rules();
        self.ready.iter(0).map(move |task| Candidate { task, rule, key: self.ready.stamp(task).0 })
    }
}

impl Discipline for InTurn {
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
        Choice::first(self.in_order(), self.rules().0)
    }

    fn rank(&self, _: &Ctx<'_>) -> Vec<Candidate> {
        self.in_order().collect()
    }

    fn slice_rule(&self) -> RuleId {
        self.rules().1
    }

    fn footprint(&self) -> usize {
        self.ready.footprint()
    }

    fn slice(&self, _: TaskId) -> Nanos {
        self.quantum.unwrap_or(Nanos::FOREVER)
    }

    fn set(&mut self, _: &Ctx<'_>, param: Param, value: u64) -> bool {
        let fits = param == Param::Quantum && value > 0 && self.quantum.is_some();
        if fits {
            self.quantum = Some(Nanos(value));
        }
        fits
    }
}
