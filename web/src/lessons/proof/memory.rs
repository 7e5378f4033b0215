//! What a figure of a lesson can claim of memory: over a run, or at a moment.

use kernelscope_sim::event::{Event, EventKind, MemoryEvent};
use kernelscope_sim::ids::TaskId;
use kernelscope_sim::machine::Machine;
use kernelscope_sim::mem::pte::Backing;
use kernelscope_sim::mem::spec::{MemorySpec, Mmu};
use kernelscope_sim::mem::{Counts, Memory};

use super::Figured;

/// How a figure follows from what was counted.
type Counted = fn(&Counts) -> Figured;

/// The figures of a run, and how they are counted.
pub(super) const RUN: [(&str, Counted); 19] = [
    ("references", |counts| Figured::Count(counts.references)),
    ("tlb hits", |counts| Figured::Count(counts.tlb_hits)),
    ("tlb misses", |counts| Figured::Count(counts.tlb_misses)),
    ("tlb hit rate", |counts| Figured::Share(counts.tlb_hits, counts.references)),
    ("lookups", |counts| Figured::Count(counts.lookups)),
    ("walks", |counts| Figured::Count(counts.walks)),
    ("faults", |counts| Figured::Count(faults(counts))),
    ("fault rate", |counts| Figured::Share(faults(counts), counts.references)),
    ("hits", |counts| Figured::Count(counts.references - faults(counts))),
    ("hit rate", |counts| Figured::Share(counts.references - faults(counts), counts.references)),
    ("minor faults", |counts| Figured::Count(counts.minor_faults)),
    ("major faults", |counts| Figured::Count(counts.major_faults)),
    ("clean evictions", |counts| Figured::Count(counts.clean_evictions)),
    ("dirty evictions", |counts| Figured::Count(counts.dirty_evictions)),
    ("swap-ins", |counts| Figured::Count(counts.swap_ins)),
    ("swap-outs", |counts| Figured::Count(counts.swap_outs)),
    ("write requests", |counts| Figured::Count(counts.write_requests)),
    ("mean access time", |counts| Figured::Duration(counts.time.0, counts.references)),
    ("direct reclaims", |counts| Figured::Count(counts.direct_reclaims)),
];

/// The figures of one task at a moment.
pub(super) const OF_A_TASK: [&str; 3] = ["pages in frames", "pages in swap", "table bytes"];

/// The figures of all of memory at a moment.
pub(super) const OF_ALL: [&str; 1] = ["free frames"];

/// The figures of one access: where it leads and what lies there, and what a walk through two levels reads.
pub(super) const OF_AN_ACCESS: [&str; 6] =
    ["physical address", "byte", "directory index", "directory frame", "table index", "table frame"];

fn faults(counts: &Counts) -> u64 {
    counts.minor_faults + counts.major_faults
}

/// A figure of the run.
pub(super) fn of_run(machine: &Machine, figure: &str) -> Option<Figured> {
    let (_, count) = RUN.iter().find(|(name, _)| *name == figure)?;
    Some(count(machine.memory()?.counts()))
}

/// A figure of a machine as it stands.
pub(super) fn now(machine: &Machine, figure: &str, task: Option<TaskId>) -> Option<Figured> {
    let memory = machine.memory()?;
    match task {
        Some(task) => of_task(memory, task, figure),
        None => (figure == "free frames").then(|| Figured::Count(memory.store().frames.free().into())),
    }
}

/// A figure of the access that the last of these events ends.
pub(super) fn of_access(spec: &MemorySpec, events: &[Event], figure: &str) -> Option<Figured> {
    let (end, before) = events.split_last()?;
    let entry = |wanted: u8| {
        let own = before.iter().rev().filter(|event| event.task == end.task);
        let stages = own.map_while(|event| match event.kind {
            EventKind::Memory(MemoryEvent::Translated { .. } | MemoryEvent::NoEntry { .. }) => None,
            EventKind::Memory(MemoryEvent::Entry { level, index, value, .. }) => Some((level, index, value)),
            _ => Some((u8::MAX, 0, 0)),
        });
        stages.into_iter().find(|(level, ..)| *level == wanted)
    };
    let frame = |level| match &spec.mmu {
        Mmu::Given(given) => given.leads_to(entry(level)?.2),
        _ => None,
    };
    let (at, byte) = match end.kind {
        EventKind::Memory(MemoryEvent::Translated { pa, value, .. }) => (Some(pa), value.map(u32::from)),
        _ => (None, None),
    };
    let figured = match figure {
        "physical address" => at,
        "byte" => byte,
        "directory index" => entry(0).map(|(_, index, _)| index.into()),
        "directory frame" => frame(0),
        "table index" => entry(1).map(|(_, index, _)| index.into()),
        "table frame" => frame(1),
        _ => None,
    };
    figured.map(|number| Figured::Count(number.into()))
}

fn of_task(memory: &Memory, task: TaskId, figure: &str) -> Option<Figured> {
    let (split, tables) = (&memory.spec().address, &memory.store().tables);
    let root = memory.spaces()[memory.space_of(task)?.index()].root?;
    let pages = tables.pages(split, root);
    let is_out = |backing| matches!(backing, Backing::Swap(_));
    Some(Figured::Count(match figure {
        "pages in frames" => pages.iter().filter(|(_, pte)| pte.frame().is_some()).count() as u64,
        "pages in swap" => {
            pages.iter().filter(|(_, pte)| pte.frame().is_none() && is_out(pte.backing())).count() as u64
        }
        "table bytes" => tables.bytes(split, root, memory.spec().pte_size),
        _ => return None,
    }))
}
