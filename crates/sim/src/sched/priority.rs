//! Static priorities (OSC 5.3.4), preemptive or not, with round robin among equals and aging as options.
//!
//! The ready task with the best priority runs; which end of the numbers is the best is a convention. Aging keeps
//! the worst from starving: every so much uninterrupted time in the ready queue improves a task's effective
//! priority, which it keeps while it has the CPU and loses when it next leaves it. (Resetting it at the dispatch
//! would undo aging: the next event would preempt the aged task at once.)
//!
//! Simplified: a preempted task goes behind its equals with a fresh quantum. POSIX `SCHED_RR` puts it before
//! them with the rest of its quantum.

use super::queue::{Heap, HeapKey};
use super::{Booked, Candidate, Choice, Ctx, Discipline, Periodic};
use crate::conventions::{PriorityBest, WakeupPreempts};
use crate::event::{Place, Why};
use crate::ids::{Seq, TaskId};
use crate::reason::Reason;
use crate::rules::RuleId;
use crate::scenario::{Aging, Param};
use crate::time::{Nanos, Time};
use crate::validate::bounds;

/// A heap by effective priority, and one by the time of the next improvement.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Priority {
    ready: Heap,
    effective: Vec<u32>,
    ages: Heap,
    preemptive: bool,
    quantum: Option<Nanos>,
    aging: Option<Aging>,
}

impl Priority {
    pub(super) fn new(preemptive: bool, quantum: Option<Nanos>, aging: Option<Aging>) -> Priority {
        let (ready, ages) = (Heap::default(), Heap::default());
        Priority { ready, effective: Vec::new(), ages, preemptive, quantum, aging }
    }

    /// The priority that counts: the static one, improved by waiting.
    pub fn effective(&self, task: TaskId) -> Option<u32> {
        self.effective.get(task.index()).copied()
    }

    /// The quantum among equals.
    pub fn quantum(&self) -> Option<Nanos> {
        self.quantum
    }

    /// A priority as a key: the least is the best.
    fn key(ctx: &Ctx<'_>, priority: u32) -> u64 {
        match ctx.rules.priority_best {
            PriorityBest::Lowest => u64::from(priority),
            PriorityBest::Highest => u64::from(bounds::PRIORITY - priority),
        }
    }

    /// A key as the priority that people know.
    fn shown(ctx: &Ctx<'_>, key: u64) -> u64 {
        match ctx.rules.priority_best {
            PriorityBest::Lowest => key,
            PriorityBest::Highest => u64::from(bounds::PRIORITY) - key,
        }
    }

    fn candidate(&self, ctx: &Ctx<'_>, (task, (key, _)): (TaskId, HeapKey)) -> Candidate {
        Candidate { task, rule: RuleId::PriorityOrder, key: Priority::shown(ctx, key) }
    }

    fn requeue(&mut self, ctx: &Ctx<'_>, task: TaskId, priority: u32, tie: u64) {
        self.ready.remove(task);
        self.effective[task.index()] = priority;
        self.ready.push(task, (Priority::key(ctx, priority), tie));
    }
}

impl Discipline for Priority {
    fn admit(&mut self, ctx: &Ctx<'_>, task: TaskId) {
        self.ready.admit(task);
        self.ages.admit(task);
        if self.effective.len() <= task.index() {
            self.effective.resize(task.index() + 1, 0);
        }
        self.effective[task.index()] = ctx.task(task).priority;
    }

    fn enqueue(&mut self, ctx: &Ctx<'_>, task: TaskId, _: Why, stamp: Seq) -> (u8, Place) {
        self.requeue(ctx, task, ctx.task(task).priority, ctx.tie(task, stamp));
        if let Some(aging) = self.aging {
            self.ages.push(task, ((ctx.now + aging.every).0, 0));
        }
        (0, Place::Sorted)
    }

    fn dequeue(&mut self, task: TaskId) {
        self.ready.remove(task);
        self.ages.remove(task);
    }

    fn first(&self) -> Option<TaskId> {
        self.ready.first().map(|(task, _)| task)
    }

    fn peek(&self, ctx: &Ctx<'_>) -> Option<Choice> {
        Choice::first(self.ready.first_two().map(|item| self.candidate(ctx, item)), RuleId::Tie)
    }

    fn rank(&self, ctx: &Ctx<'_>) -> Vec<Candidate> {
        self.ready.sorted().map(|item| self.candidate(ctx, item)).collect()
    }

    fn slice_rule(&self) -> RuleId {
        RuleId::RrSlice
    }

    fn footprint(&self) -> usize {
        self.ready.footprint() + self.ages.footprint() + size_of_val(self.effective.as_slice())
    }

    fn preempts(&self, ctx: &Ctx<'_>) -> bool {
        self.preemptive || ctx.rules.wakeup_preempts == WakeupPreempts::AlwaysChecks
    }

    fn should_preempt(&self, ctx: &Ctx<'_>, running: TaskId, best: TaskId) -> Option<Reason> {
        let [loses, takes] = [running, best].map(|task| self.effective[task.index()]);
        let better = Priority::key(ctx, takes) < Priority::key(ctx, loses);
        better.then(|| Reason {
            rule: RuleId::PriorityOrder,
            runner_up: Some(running),
            key: u64::from(takes),
            other: u64::from(loses),
        })
    }

    fn running_key(&self, ctx: &Ctx<'_>, task: TaskId) -> u64 {
        Priority::key(ctx, self.effective[task.index()])
    }

    fn slice(&self, _: TaskId) -> Nanos {
        self.quantum.unwrap_or(Nanos::FOREVER)
    }

    fn give_up(&mut self, ctx: &Ctx<'_>, task: TaskId, _: bool) -> Booked {
        self.effective[task.index()] = ctx.task(task).priority;
        Booked::default()
    }

    fn next_periodic(&self) -> Time {
        self.ages.first().map_or(Time::NEVER, |(_, (at, _))| Time(at))
    }

    fn periodic(&mut self, ctx: &Ctx<'_>) -> Option<Periodic> {
        let aging = self.aging?;
        let (task, (at, _)) = self.ages.first().filter(|(_, (at, _))| *at <= ctx.now.0)?;
        self.ages.pop();
        self.ages.push(task, (at.saturating_add(aging.every.0), 0));
        let from = self.effective[task.index()];
        let to = match ctx.rules.priority_best {
            PriorityBest::Lowest => from.saturating_sub(aging.step),
            PriorityBest::Highest => from.saturating_add(aging.step).min(bounds::PRIORITY),
        };
        let tie = self.ready.key(task).map_or(0, |(_, tie)| tie);
        self.requeue(ctx, task, to, tie);
        Some(Periodic::Age { task, from, to })
    }

    fn set(&mut self, ctx: &Ctx<'_>, param: Param, value: u64) -> bool {
        match (param, &mut self.aging, &mut self.quantum) {
            (Param::AgingEvery, Some(aging), _) if value > 0 => aging.every = Nanos(value),
            (Param::AgingStep, Some(aging), _) => {
                aging.step = u32::try_from(value).unwrap_or(bounds::PRIORITY);
            }
            (Param::Quantum, _, Some(quantum)) if value > 0 => *quantum = Nanos(value),
            (Param::Priority(task), ..) => {
                let priority = ctx.task(task).priority;
                match self.ready.key(task) {
                    Some((_, tie)) => self.requeue(ctx, task, priority, tie),
                    None => self.effective[task.index()] = priority,
                }
            }
            _ => return false,
        }
        true
    }
}
