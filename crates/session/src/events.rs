//! A page of the list of events, made again from checkpoints: events are not kept.
//!
//! The list is that of a whole run, whichever events are chosen for it. From the middle of the page the steps are made
//! again towards the start, stretch by stretch between checkpoints, and then towards the end, until there are rows
//! enough. The table of contents tells which steps have nothing of the chosen topic; those are only passed through.

use std::collections::VecDeque;

use kernelscope_sim::machine::Machine;
use kernelscope_sim::time::Time;

use crate::blocks::BLOCK;
use crate::run::Run;
use crate::search::approach;
use crate::topic::Choice;
use crate::traveller::Step;
use crate::view::{EventPage, EventRow};

/// No page is longer than this.
const LONGEST: u32 = 2000;

/// Which page is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Wanted {
    /// The step in the middle.
    pub(crate) around: u64,
    /// How many rows at most.
    pub(crate) count: u32,
    /// Of which events.
    pub(crate) choice: Choice,
}

/// A page that is being made.
pub(crate) struct Paging {
    wanted: Wanted,
    /// How many rows it may have.
    most: usize,
    rows: VecDeque<EventRow>,
    reading: Reading,
    stage: Stage,
    more_before: bool,
}

enum Stage {
    /// The rows of the steps after `start` and up to `end` are being read; `rows` holds those behind them.
    Before { start: u64, end: u64 },
    /// The rows behind the middle are being read.
    After,
}

/// The chosen events of some steps, while they are made again.
struct Reading {
    choice: Choice,
    machine: Option<Machine>,
    /// How many steps have been seen.
    seen: u64,
    rows: Vec<EventRow>,
}

impl Paging {
    /// A page that nothing has been done for.
    pub(crate) fn new(run: &Run, wanted: Wanted) -> Paging {
        let around = wanted.around.min(run.steps());
        let (stage, from) = match run.checkpoints().before(around) {
            Some(start) => (Stage::Before { start, end: around }, start),
            None => (Stage::After, around),
        };
        Paging {
            wanted: Wanted { around, ..wanted },
            most: wanted.count.min(LONGEST) as usize,
            rows: VecDeque::new(),
            reading: Reading::new(wanted.choice, from),
            stage,
            more_before: false,
        }
    }

    /// Which page it is.
    pub(crate) fn wanted(&self) -> Wanted {
        self.wanted
    }

    /// Takes at most about `budget` steps, and takes them off it. The page, once it is complete.
    pub(crate) fn work(&mut self, run: &Run, step: &mut Step, budget: &mut u64) -> Option<EventPage> {
        let half = self.most.div_ceil(2);
        // One row more than there is room for tells that there are more.
        while let Stage::Before { start, end } = self.stage {
            self.reading.go_on(run, end, usize::MAX, step, budget)?;
            self.reading.rows.drain(..).rev().for_each(|row| self.rows.push_front(row));
            let earlier = run.checkpoints().before(start).filter(|_| self.rows.len() <= half);
            let (stage, from) = match earlier {
                Some(earlier) => (Stage::Before { start: earlier, end: start }, earlier),
                None => (Stage::After, self.wanted.around),
            };
            self.stage = stage;
            self.reading = Reading::new(self.wanted.choice, from);
            if earlier.is_none() {
                self.more_before = self.rows.len() > half;
                self.rows.drain(..self.rows.len().saturating_sub(half));
            }
        }
        let room = self.most.saturating_sub(self.rows.len());
        self.reading.go_on(run, run.steps(), room, step, budget)?;
        let more_after = self.reading.rows.len() > room;
        self.reading.rows.truncate(room);
        let rows = self.rows.drain(..).chain(self.reading.rows.drain(..)).collect();
        let more_before = self.more_before;
        Some(EventPage { choice: self.wanted.choice, rows, more_before, more_after })
    }
}

impl Reading {
    /// Of the steps behind the first `seen`.
    fn new(choice: Choice, seen: u64) -> Reading {
        Reading { choice, machine: None, seen, rows: Vec::new() }
    }

    /// Reads on up to the step `end`, or until there are more than `most` rows. Nothing as long as neither is reached.
    fn go_on(&mut self, run: &Run, end: u64, most: usize, step: &mut Step, budget: &mut u64) -> Option<()> {
        while self.seen < end && self.rows.len() <= most {
            let block_end = end.min((self.seen / BLOCK + 1) * BLOCK);
            if !run.blocks().may_have(self.choice.kinds(), Time::ZERO, self.seen, block_end) {
                *budget = budget.checked_sub(1)?;
                self.seen = block_end;
                continue;
            }
            let machine = approach(&mut self.machine, run, self.seen, budget)?;
            while self.seen < block_end && self.rows.len() <= most {
                *budget = budget.checked_sub(1)?;
                self.seen += 1;
                let chosen = step.of(machine).iter().filter(|event| self.choice.takes(event));
                self.rows.extend(chosen.map(|event| EventRow { step: self.seen, event: *event }));
            }
        }
        Some(())
    }
}
