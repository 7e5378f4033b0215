//! Looking for an event in a run, forward or back, in slices.
//!
//! The table of contents tells which steps cannot have it; the others are made again from a checkpoint.

use kernelscope_sim::ids::TaskId;
use kernelscope_sim::machine::{Machine, Stop};
use kernelscope_sim::sink::Totals;
use kernelscope_sim::time::Time;

use crate::blocks::BLOCK;
use crate::query::QueryKind;
use crate::run::Run;
use crate::traveller::Step;

/// A search for an event of a kind.
pub(crate) struct Search {
    pub(crate) kind: QueryKind,
    pub(crate) task: Option<TaskId>,
    /// Not before this instant.
    pub(crate) from: Time,
    way: Way,
    /// Where it began.
    began: u64,
    machine: Option<Machine>,
}

/// Which way it goes, and how far it has come.
enum Way {
    /// Everything up to `at` has been seen; so many fitting events are to be passed over.
    Forward { at: u64, skip: u32 },
    /// Everything from `at` on has been seen. In the stretch that is being made again up to `at`, the step of the last
    /// fitting event is `found`.
    Back { at: u64, found: Option<u64> },
}

impl Search {
    /// For the event after `skip` others, behind the first `at` steps.
    pub(crate) fn forward(kind: QueryKind, task: Option<TaskId>, from: Time, at: u64, skip: u32) -> Search {
        Search { kind, task, from, way: Way::Forward { at, skip }, began: at, machine: None }
    }

    /// For the last event before the step `at`.
    pub(crate) fn back(kind: QueryKind, task: Option<TaskId>, at: u64) -> Search {
        Search { kind, task, from: Time::ZERO, way: Way::Back { at, found: None }, began: at, machine: None }
    }

    /// How much of what it may have to look through it has, in thousandths.
    pub(crate) fn permille(&self, run: &Run) -> u16 {
        match self.way {
            Way::Forward { at, .. } => permille(at - self.began, run.steps() - self.began),
            Way::Back { at, .. } => permille(self.began - at, self.began),
        }
    }

    /// Takes at most `budget` steps, and takes them off it. The step of the event, or none if there is no such event;
    /// nothing at all if the search is not over.
    pub(crate) fn work(&mut self, run: &Run, step: &mut Step, budget: &mut u64) -> Option<Option<u64>> {
        while *budget > 0 {
            let over = match self.way {
                Way::Forward { at, skip } => self.go_forward(run, step, budget, at, skip),
                Way::Back { at, found } => self.go_back(run, step, budget, at, found),
            };
            if over.is_some() {
                return over;
            }
        }
        None
    }

    fn go_forward(
        &mut self,
        run: &Run,
        step: &mut Step,
        budget: &mut u64,
        at: u64,
        skip: u32,
    ) -> Option<Option<u64>> {
        if at >= run.steps() {
            return Some(None);
        }
        let block_end = (at / BLOCK + 1) * BLOCK;
        if !run.blocks().may_have(self.kind.into(), self.from, at, block_end) {
            *budget -= 1;
            self.way = Way::Forward { at: block_end, skip };
            return None;
        }
        let machine = approach(&mut self.machine, run, at, budget)?;
        *budget = budget.saturating_sub(1);
        let events = step.of(machine).iter();
        let fitting = events.filter(|event| event.at >= self.from && self.kind.fits(self.task, event));
        let count = u32::try_from(fitting.count()).unwrap_or(u32::MAX);
        if count > skip {
            return Some(Some(at + 1));
        }
        self.way = Way::Forward { at: at + 1, skip: skip - count };
        None
    }

    fn go_back(
        &mut self,
        run: &Run,
        step: &mut Step,
        budget: &mut u64,
        at: u64,
        found: Option<u64>,
    ) -> Option<Option<u64>> {
        // Candidates are the steps before `at`, so the last state of interest is the one after `at - 1`.
        let Some(start) = run.checkpoints().before(at.saturating_sub(1)) else { return Some(None) };
        if !run.blocks().may_have(self.kind.into(), self.from, start, at - 1) {
            *budget -= 1;
            self.way = Way::Back { at: start + 1, found: None };
            return None;
        }
        if self.machine.as_ref().is_none_or(|machine| !(start..at).contains(&machine.steps())) {
            self.machine = Some(run.checkpoints().nearest(start).1.machine().clone());
        }
        let machine = self.machine.as_mut()?;
        let mut found = found;
        while machine.steps() + 1 < at {
            if *budget == 0 {
                self.way = Way::Back { at, found };
                return None;
            }
            *budget -= 1;
            if step.of(machine).iter().any(|event| self.kind.fits(self.task, event)) {
                found = Some(machine.steps());
            }
        }
        if found.is_some() {
            return Some(found);
        }
        self.machine = None;
        self.way = Way::Back { at: start + 1, found: None };
        None
    }
}

/// A part of a whole, in thousandths.
pub(crate) fn permille(part: u64, whole: u64) -> u16 {
    let share = u128::from(part) * 1000 / u128::from(whole.max(1));
    u16::try_from(share).unwrap_or(u16::MAX).min(1000)
}

/// Brings the machine to a step that is not behind it, from the nearest known state. Nothing as long as it is not there.
pub(crate) fn approach<'a>(
    machine: &'a mut Option<Machine>,
    run: &Run,
    at: u64,
    budget: &mut u64,
) -> Option<&'a mut Machine> {
    let known = run.nearest(at);
    let here = machine.as_ref().map(Machine::steps).filter(|steps| *steps <= at);
    if here.is_none_or(|here| here < known.steps()) {
        *machine = Some(known.machine().clone());
    }
    let machine = machine.as_mut()?;
    let until = at.min(machine.steps().saturating_add(*budget));
    *budget -= until - machine.steps();
    machine.run(Stop::Step(until), &mut Totals);
    (machine.steps() == at).then_some(machine)
}
