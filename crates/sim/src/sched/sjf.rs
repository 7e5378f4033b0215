//! Shortest job first (OSTEP 7.4; OSC 5.3.2), and its preemptive form, shortest time to completion first, also
//! called shortest remaining time first (OSTEP 7.5).
//!
//! The ready task with the shortest remaining CPU burst runs, each burst counting as a job of its own; by the
//! convention `sjf_length: job` it is all the CPU time that the program still declares. With an estimate the
//! guess stands in for the truth: SJF compares the guesses, STCF what a guess leaves after the time already run.
//!
//! Simplified: the length of a burst is known the moment it begins, references to memory being counted at their
//! cost without misses. A real scheduler knows only the estimate.

use super::estimate::Guesses;
use super::queue::{Heap, HeapKey};
use super::{Booked, Candidate, Choice, Ctx, Discipline};
use crate::conventions::{SjfLength, StcfTie, WakeupPreempts};
use crate::event::{Place, Why};
use crate::ids::{Seq, TaskId};
use crate::reason::Reason;
use crate::rules::RuleId;
use crate::scenario::Estimate;
use crate::time::Nanos;

/// A heap by remaining length.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Sjf {
    ready: Heap,
    preemptive: bool,
    guesses: Option<Guesses>,
}

impl Sjf {
    pub(super) fn new(preemptive: bool, estimate: Option<Estimate>) -> Sjf {
        Sjf { ready: Heap::default(), preemptive, guesses: estimate.map(Guesses::new) }
    }

    /// The estimate of a task's next burst, where lengths are guessed.
    pub fn estimate(&self, task: TaskId) -> Option<Nanos> {
        self.guesses.as_ref().map(|guesses| guesses.of(task))
    }

    /// The length by which a task is compared.
    fn length(&self, ctx: &Ctx<'_>, task: TaskId) -> Nanos {
        let it = ctx.task(task);
        match &self.guesses {
            Some(guesses) if self.preemptive => guesses.of(task).saturating_sub(it.burst_run),
            Some(guesses) => guesses.of(task),
            None => match ctx.rules.sjf_length {
                SjfLength::Burst => it.burst_left,
                SjfLength::Job => it.cpu_left,
            },
        }
    }

    fn rule(&self) -> RuleId {
        if self.preemptive { RuleId::StcfShortest } else { RuleId::SjfShortest }
    }

    fn candidate(&self, (task, (key, _)): (TaskId, HeapKey)) -> Candidate {
        Candidate { task, rule: self.rule(), key }
    }
}

impl Discipline for Sjf {
    fn admit(&mut self, _: &Ctx<'_>, task: TaskId) {
        self.ready.admit(task);
        if let Some(guesses) = &mut self.guesses {
            guesses.admit(task);
        }
    }

    fn enqueue(&mut self, ctx: &Ctx<'_>, task: TaskId, _: Why, stamp: Seq) -> (u8, Place) {
        self.ready.push(task, (self.length(ctx, task).0, ctx.tie(task, stamp)));
        (0, Place::Sorted)
    }

    fn dequeue(&mut self, task: TaskId) {
        self.ready.remove(task);
    }

    fn first(&self) -> Option<TaskId> {
        self.ready.first().map(|(task, _)| task)
    }

    fn peek(&self, _: &Ctx<'_>) -> Option<Choice> {
        Choice::first(self.ready.first_two().map(|item| self.candidate(item)), RuleId::Tie)
    }

    fn rank(&self, _: &Ctx<'_>) -> Vec<Candidate> {
        self.ready.sorted().map(|item| self.candidate(item)).collect()
    }

    fn slice_rule(&self) -> RuleId {
        self.rule()
    }

    fn footprint(&self) -> usize {
        self.ready.footprint() + self.guesses.as_ref().map_or(0, Guesses::footprint)
    }

    fn preempts(&self, ctx: &Ctx<'_>) -> bool {
        self.preemptive || ctx.rules.wakeup_preempts == WakeupPreempts::AlwaysChecks
    }

    fn should_preempt(&self, ctx: &Ctx<'_>, running: TaskId, best: TaskId) -> Option<Reason> {
        let (left, needed) = (self.length(ctx, running).0, self.length(ctx, best).0);
        let comes_now = |task| ctx.task(task).since == ctx.now;
        let rule = if needed < left {
            self.rule()
        } else if needed == left
            && ctx.rules.stcf_tie == StcfTie::Newcomer
            && comes_now(best)
            && !comes_now(running)
        {
            RuleId::StcfTie
        } else {
            return None;
        };
        Some(Reason { rule, runner_up: Some(running), key: needed, other: left })
    }

    fn running_key(&self, ctx: &Ctx<'_>, task: TaskId) -> u64 {
        self.length(ctx, task).0
    }

    fn give_up(&mut self, ctx: &Ctx<'_>, task: TaskId, blocks: bool) -> Booked {
        let estimate = match &mut self.guesses {
            Some(guesses) if blocks => Some(guesses.learn(ctx, task)),
            _ => None,
        };
        Booked { estimate, demotion: None }
    }
}
