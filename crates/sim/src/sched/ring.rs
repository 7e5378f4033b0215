//! The policy of the textbook's `process-run.py`: the first ready task by number after the last one that ran,
//! wrapping around.
//!
//! Nobody is preempted by time. With `on_io_done: now` a task whose I/O is done takes the CPU at once, and nobody
//! remembers whom it displaced: the next choice starts after the completer. Of several completions at one
//! instant the one with the highest number ends up running. With `on_io: hold` the kernel keeps the CPU for the
//! task that started I/O; that needs nothing here.

use super::{Candidate, Choice, Ctx, Discipline};
use crate::event::{Place, Wait, Why};
use crate::ids::{Seq, TaskId};
use crate::reason::Reason;
use crate::rules::RuleId;
use crate::scenario::OnIoDone;

/// A set of tasks and the place of the last one run.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Ring {
    /// One bit a task, 64 a word.
    ready: Vec<u64>,
    last: Option<TaskId>,
    /// The completer that takes the CPU at once.
    urgent: Option<TaskId>,
    on_io_done: OnIoDone,
}

impl Ring {
    pub(super) fn new(on_io_done: OnIoDone) -> Ring {
        Ring { ready: Vec::new(), last: None, urgent: None, on_io_done }
    }

    fn candidate(&self, task: TaskId) -> Candidate {
        let rule = if self.urgent == Some(task) { RuleId::RingNow } else { RuleId::RingOrder };
        Candidate { task, rule, key: u64::from(task.get()) }
    }

    /// The first ready task at `from` or after it, by number.
    fn at_or_after(&self, from: u32) -> Option<TaskId> {
        let word = (from / 64) as usize;
        let masked = self.ready.get(word)? & (u64::MAX << (from % 64));
        let rest = self.ready.iter().enumerate().skip(word + 1).map(|(place, bits)| (place, *bits));
        std::iter::once((word, masked))
            .chain(rest)
            .find(|(_, bits)| *bits != 0)
            .map(|(place, bits)| TaskId::from_index(place * 64 + bits.trailing_zeros() as usize))
    }

    /// The ready tasks in the order of the ring.
    fn in_order(&self) -> impl Iterator<Item = TaskId> + '_ {
        let start = self.last.map_or(0, |last| last.get() + 1);
        let mut next = start;
        let mut wrapped = false;
        let from_ring = std::iter::from_fn(move || {
            loop {
                match self.at_or_after(next) {
                    Some(task) if !wrapped || task.get() < start => {
                        next = task.get() + 1;
                        return Some(task);
                    }
                    _ if wrapped => return None,
                    _ => (wrapped, next) = (true, 0),
                }
            }
        });
        let urgent = self.urgent;
        urgent.into_iter().chain(from_ring.filter(move |task| urgent != Some(*task)))
    }
}

impl Discipline for Ring {
    fn admit(&mut self, _: &Ctx<'_>, task: TaskId) {
        let words = task.index() / 64 + 1;
        if self.ready.len() < words {
            self.ready.resize(words, 0);
        }
    }

    fn enqueue(&mut self, _: &Ctx<'_>, task: TaskId, why: Why, _: Seq) -> (u8, Place) {
        self.ready[task.index() / 64] |= 1 << (task.index() % 64);
        if self.on_io_done == OnIoDone::Now && matches!(why, Why::Woken(Wait::Io(_))) {
            self.urgent = self.urgent.max(Some(task));
        }
        (0, Place::Sorted)
    }

    fn dequeue(&mut self, task: TaskId) {
        self.ready[task.index() / 64] &= !(1 << (task.index() % 64));
        self.urgent = self.urgent.filter(|urgent| *urgent != task);
    }

    fn take(&mut self, task: TaskId) {
        self.dequeue(task);
        self.last = Some(task);
        self.urgent = None;
    }

    fn first(&self) -> Option<TaskId> {
        self.in_order().next()
    }

    fn peek(&self, _: &Ctx<'_>) -> Option<Choice> {
        Choice::first(self.in_order().map(|task| self.candidate(task)), RuleId::RingOrder)
    }

    fn rank(&self, _: &Ctx<'_>) -> Vec<Candidate> {
        self.in_order().map(|task| self.candidate(task)).collect()
    }

    fn slice_rule(&self) -> RuleId {
        RuleId::RingOrder
    }

    fn footprint(&self) -> usize {
        size_of_val(self.ready.as_slice())
    }

    fn preempts(&self, _: &Ctx<'_>) -> bool {
        self.on_io_done == OnIoDone::Now
    }

    fn should_preempt(&self, _: &Ctx<'_>, running: TaskId, best: TaskId) -> Option<Reason> {
        let now = self.urgent == Some(best);
        now.then(|| Reason {
            rule: RuleId::RingNow,
            runner_up: Some(running),
            key: u64::from(best.get()),
            other: u64::from(running.get()),
        })
    }
}
