//! What a figure of a lesson can claim of memory: over a run, or at a moment.

use kernelscope_sim::ids::TaskId;
use kernelscope_sim::machine::Machine;
use kernelscope_sim::mem::pte::Backing;
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
