//! What happened to memory in a run, as textbooks draw it.
//!
//! The *strip* of a task has a mark for each reference: `.` for a page in memory, `F` for a fault, `M` for one that
//! reads the disk, and behind it the pages that left meanwhile: `F-2`. Its *looks* have `h` or `m` for the first look
//! of each reference into the TLB.

use std::fmt::Write;

use kernelscope_sim::event::{Event, EventKind, FaultKind, MemoryEvent};

use super::Run;

/// A task's references.
#[derive(Clone, Debug, Default)]
pub(crate) struct References {
    pub(crate) strip: String,
    pub(crate) looks: String,
    /// When each page that it brought in was there, in nanoseconds.
    pub(crate) mapped: Vec<u64>,
    /// The mark of the reference that is under way.
    fault: String,
}

/// The references of every task, by id.
pub(crate) fn references(run: &Run) -> Vec<References> {
    let mut tasks = vec![References::default(); run.machine.tasks().len()];
    for Event { at, task, kind, .. } in &run.trace.events {
        if let (EventKind::Memory(event), Some(task)) = (kind, task) {
            tasks[task.index()].take(at.0, event);
        }
    }
    tasks
}

/// When the page daemon went to sleep after some work, and how many frames were free.
pub(crate) fn sleeps(run: &Run) -> Vec<(u64, u32)> {
    let slept = run.trace.events.iter().filter_map(|event| match event.kind {
        EventKind::Memory(MemoryEvent::DaemonSleeps { free, .. }) => Some((event.at.0, free)),
        _ => None,
    });
    slept.filter(|(at, _)| *at > 0).collect()
}

impl References {
    fn take(&mut self, at: u64, event: &MemoryEvent) {
        match event {
            MemoryEvent::Fault { kind, .. } => {
                let reads = matches!(kind, FaultKind::Swap | FaultKind::File);
                self.fault.push(if reads { 'M' } else { 'F' });
            }
            MemoryEvent::Evict { vpn, .. } if !self.fault.is_empty() => {
                write!(self.fault, "-{}", vpn.0).expect("a String takes it");
            }
            MemoryEvent::Map { .. } => self.mapped.push(at),
            MemoryEvent::Reference { hit, .. } => {
                let gap = if self.strip.is_empty() { "" } else { " " };
                let fault = std::mem::take(&mut self.fault);
                let mark = if fault.is_empty() { "." } else { &fault };
                self.strip += &format!("{gap}{mark}");
                self.looks.push(if *hit { 'h' } else { 'm' });
            }
            _ => {}
        }
    }
}
