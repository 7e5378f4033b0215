//! Free frames, faults, resident pages and working sets over a whole run.
//!
//! Every instant at which any of them changes is a sample, as long as there are few; then samples are joined two by
//! two, and again. A joined sample keeps the fewest and the most free frames of its span, so that a line never loses the
//! moment at which it touches a watermark.

use kernelscope_sim::event::{Event, EventKind, MemoryEvent};
use kernelscope_sim::ids::TaskId;
use kernelscope_sim::machine::Machine;
use kernelscope_sim::mem::Memory;

use super::thrashing::Detector;
use crate::view::{MemoryHistory, MemorySample};

/// There are never more samples than this.
const MOST: usize = 1024;

/// Tasks beyond these have no line of their own.
const MOST_TASKS: usize = 16;

/// How memory went so far.
#[derive(Default)]
pub(crate) struct History {
    samples: Vec<MemorySample>,
    /// How many changes a sample stands for.
    joined: u32,
    /// How many changes the last one has.
    last: u32,
    /// The pages in frames of each task that has an address space.
    resident: Vec<(TaskId, u32)>,
    daemon: bool,
    free: u32,
    detector: Detector,
}

impl History {
    /// Notes what a step did.
    pub(crate) fn note(&mut self, machine: &Machine, events: &[Event]) {
        let Some(memory) = machine.memory() else { return };
        let (mut faults, mut changed) = ((0, 0), self.samples.is_empty());
        self.detector.pass(machine, memory);
        for event in events {
            changed |= self.detector.event(event, memory);
            match event.kind {
                EventKind::Memory(MemoryEvent::Fault { kind, .. }) => {
                    let count = if kind.is_major() { &mut faults.1 } else { &mut faults.0 };
                    *count += 1;
                }
                EventKind::Memory(MemoryEvent::Map { .. }) => self.change(event.task, |pages| pages + 1),
                EventKind::Memory(MemoryEvent::Evict { .. }) => {
                    self.change(event.task, |pages| pages.saturating_sub(1));
                }
                EventKind::Memory(MemoryEvent::Inherited { pages }) => self.change(event.task, |_| pages),
                EventKind::Memory(MemoryEvent::DaemonWakes { .. }) => self.daemon = true,
                EventKind::Memory(MemoryEvent::DaemonSleeps { .. }) => self.daemon = false,
                // How many of its pages were in frames is not told.
                EventKind::Memory(MemoryEvent::Unmapped { .. })
                | EventKind::Exit { .. }
                | EventKind::Killed { .. } => self.count(memory),
                _ => continue,
            }
            changed = true;
        }
        self.detector.compare(machine.now(), memory);
        let free = memory.store().frames.free();
        if std::mem::replace(&mut self.free, free) != free || changed {
            self.add(machine, free, faults);
        }
    }

    fn add(&mut self, machine: &Machine, free: u32, faults: (u32, u32)) {
        let (at, daemon) = (machine.now(), self.daemon);
        let resident = self.resident.iter().map(|(_, pages)| *pages).collect();
        let working = self.resident.iter().map(|(task, _)| self.detector.size(*task)).collect();
        let wanted = self.detector.wanted();
        let sample = MemorySample { at, free: (free, free), faults, daemon, resident, working, wanted };
        match self.samples.last_mut() {
            Some(last) if last.at == at && self.last == 1 => {
                // What does not last is not seen.
                let faults = (last.faults.0 + faults.0, last.faults.1 + faults.1);
                *last = MemorySample { faults, ..sample };
            }
            Some(last) if self.last < self.joined => {
                self.last += 1;
                join(last, sample);
            }
            _ => {
                self.samples.push(sample);
                self.last = 1;
            }
        }
        if self.samples.len() > MOST {
            let mut odd = false;
            let mut all = std::mem::take(&mut self.samples).into_iter();
            while let Some(mut first) = all.next() {
                odd = all.next().map(|second| join(&mut first, second)).is_none();
                self.samples.push(first);
            }
            self.joined = self.joined.max(1) * 2;
            self.last = if odd { self.joined / 2 } else { self.joined };
        }
    }

    fn change(&mut self, task: Option<TaskId>, change: impl Fn(u32) -> u32) {
        let Some(task) = task else { return };
        let full = self.resident.len() == MOST_TASKS;
        match self.resident.iter_mut().find(|(known, _)| *known == task) {
            Some((_, pages)) => *pages = change(*pages),
            None if full => {}
            None => self.resident.push((task, change(0))),
        }
    }

    fn count(&mut self, memory: &Memory) {
        self.resident.iter_mut().for_each(|(_, pages)| *pages = 0);
        for (id, frame) in memory.store().frames.touched() {
            let here =
                frame.page.filter(|page| memory.store().entry(memory.spec(), *page).frame() == Some(id));
            if here.is_some() {
                for page in memory.store().mappings(memory.spec(), id) {
                    self.change(Some(memory.spaces()[page.space.index()].owner), |pages| pages + 1);
                }
            }
        }
    }

    /// The whole of it.
    pub(crate) fn finish(self, machine: &Machine) -> MemoryHistory {
        let mut samples = self.samples;
        for sample in &mut samples {
            sample.resident.resize(self.resident.len(), 0);
            sample.working.resize(self.resident.len(), 0);
        }
        // The last one lasts to the end of the run.
        if let Some(last) = samples.last().filter(|last| last.at < machine.now()) {
            samples.push(MemorySample { at: machine.now(), faults: (0, 0), ..last.clone() });
        }
        let tasks = self.resident.iter().map(|(task, _)| *task).collect();
        let thrashing = machine.memory().map_or(Vec::new(), |memory| self.detector.finish(machine, memory));
        MemoryHistory { samples, tasks, thrashing }
    }
}

/// Adds the next sample to one.
fn join(sample: &mut MemorySample, next: MemorySample) {
    sample.free = (sample.free.0.min(next.free.0), sample.free.1.max(next.free.1));
    sample.faults = (sample.faults.0 + next.faults.0, sample.faults.1 + next.faults.1);
    sample.daemon |= next.daemon;
    sample.resident = next.resident;
    sample.working = next.working;
    sample.wanted = sample.wanted.max(next.wanted);
}
