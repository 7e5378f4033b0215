//! A page of the list of events, made again from a checkpoint: events are not kept.

use std::collections::VecDeque;

use kernelscope_sim::event::{Detail, Event};
use kernelscope_sim::ids::TaskId;
use kernelscope_sim::machine::Machine;

use crate::run::Run;
use crate::search::approach;
use crate::traveller::Step;
use crate::view::{EventPage, EventRow};

/// No page is longer than this.
const LONGEST: u32 = 2000;

/// Which events are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Wanted {
    /// The step in the middle.
    pub(crate) around: u64,
    /// How many at most.
    pub(crate) count: u32,
    /// Every stage of every trap.
    pub(crate) micro: bool,
    /// Only those about this task.
    pub(crate) task: Option<TaskId>,
}

/// A page that is being made.
pub(crate) struct Paging {
    wanted: Wanted,
    /// How many rows it may have.
    most: usize,
    rows: VecDeque<EventRow>,
    machine: Option<Machine>,
    stage: Stage,
    more_before: bool,
}

enum Stage {
    /// The rows of the steps after `start` and up to `end` are being collected; `rows` holds those behind them.
    Before { start: u64, end: u64, rows: Vec<EventRow> },
    /// The rows behind the middle are being collected; so many steps have been seen.
    After(u64),
}

impl Paging {
    /// A page that nothing has been done for.
    pub(crate) fn new(run: &Run, wanted: Wanted) -> Paging {
        let around = wanted.around.min(run.steps());
        let before = run.checkpoints().before(around);
        let stage = match before {
            Some(start) => Stage::Before { start, end: around, rows: Vec::new() },
            None => Stage::After(0),
        };
        Paging {
            wanted: Wanted { around, ..wanted },
            most: wanted.count.min(LONGEST) as usize,
            rows: VecDeque::new(),
            machine: None,
            stage,
            more_before: false,
        }
    }

    /// Takes at most about `budget` steps, and takes them off it. The page, once it is complete.
    pub(crate) fn work(&mut self, run: &Run, step: &mut Step, budget: &mut u64) -> Option<EventPage> {
        let half = self.most.div_ceil(2);
        loop {
            let wanted = self.wanted;
            match &mut self.stage {
                Stage::Before { start, end, rows } => {
                    let here = self.machine.as_ref().map_or(*start, Machine::steps).max(*start);
                    let machine = approach(&mut self.machine, run, here, budget)?;
                    while machine.steps() < *end {
                        *budget = budget.checked_sub(1)?;
                        let at = machine.steps() + 1;
                        rows.extend(wanted.rows(at, step.of(machine)));
                    }
                    let start = *start;
                    rows.drain(..).rev().for_each(|row| self.rows.push_front(row));
                    let excess = self.rows.len().saturating_sub(half);
                    self.rows.drain(..excess);
                    self.more_before = excess > 0 || start > 0;
                    self.machine = None;
                    self.stage = match run.checkpoints().before(start).filter(|_| self.rows.len() < half) {
                        Some(earlier) => Stage::Before { start: earlier, end: start, rows: Vec::new() },
                        None => Stage::After(wanted.around),
                    };
                }
                Stage::After(seen) => {
                    let machine = approach(&mut self.machine, run, *seen, budget)?;
                    while *seen < run.steps() && self.rows.len() < self.most {
                        *budget = budget.checked_sub(1)?;
                        *seen += 1;
                        self.rows.extend(wanted.rows(*seen, step.of(machine)));
                    }
                    let more_after = *seen < run.steps() || self.rows.len() > self.most;
                    self.rows.truncate(self.most);
                    let rows = std::mem::take(&mut self.rows).into();
                    return Some(EventPage { rows, more_before: self.more_before, more_after });
                }
            }
        }
    }
}

impl Wanted {
    fn rows(self, step: u64, events: &[Event]) -> impl Iterator<Item = EventRow> {
        let told = move |event: &&Event| self.micro || event.kind.detail() <= Detail::Story;
        let about = move |event: &&Event| self.task.is_none_or(|task| event.task == Some(task));
        events.iter().filter(told).filter(about).map(move |event| EventRow { step, event: *event })
    }
}
