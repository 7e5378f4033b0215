//! The figures of a run that has memory.

use kernelscope_sim::mem::Counts;

use super::{Better, Measure};

/// A figure of a run's memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MemoryFigure {
    /// References that found their translation in the TLB at once.
    TlbHitRate,
    /// The mean time of a reference, from its first look to its end.
    AccessTime,
    /// References that faulted.
    FaultRate,
    /// Faults that need no read of the disk.
    MinorFaults,
    /// Faults that do.
    MajorFaults,
    /// Pages that left to make room.
    Evictions,
    /// Of those, pages that had to be written first.
    DirtyEvictions,
    /// Pages read from swap and written to it.
    SwapTraffic,
    /// Requests that wrote pages.
    WriteRequests,
}

impl MemoryFigure {
    /// Every one, in the order in which they are shown.
    pub const ALL: [MemoryFigure; 9] = [
        MemoryFigure::TlbHitRate,
        MemoryFigure::AccessTime,
        MemoryFigure::FaultRate,
        MemoryFigure::MinorFaults,
        MemoryFigure::MajorFaults,
        MemoryFigure::Evictions,
        MemoryFigure::DirtyEvictions,
        MemoryFigure::SwapTraffic,
        MemoryFigure::WriteRequests,
    ];

    /// How it is written.
    pub(super) const fn measure(self) -> Measure {
        match self {
            MemoryFigure::TlbHitRate | MemoryFigure::FaultRate => Measure::Share,
            MemoryFigure::AccessTime => Measure::Duration,
            _ => Measure::Count,
        }
    }

    /// Which end of it is the better one.
    pub(super) const fn better(self) -> Better {
        match self {
            MemoryFigure::TlbHitRate => Better::Higher,
            _ => Better::Lower,
        }
    }

    /// Its value, as a pair; 0 below where there is nothing to divide by.
    pub(super) fn of(self, counts: &Counts) -> (u64, u64) {
        let faults = counts.minor_faults + counts.major_faults;
        match self {
            MemoryFigure::TlbHitRate => (counts.tlb_hits, counts.tlb_hits + counts.tlb_misses),
            MemoryFigure::AccessTime => (counts.time.0, counts.references),
            MemoryFigure::FaultRate => (faults, counts.references),
            MemoryFigure::MinorFaults => (counts.minor_faults, 1),
            MemoryFigure::MajorFaults => (counts.major_faults, 1),
            MemoryFigure::Evictions => (counts.clean_evictions + counts.dirty_evictions, 1),
            MemoryFigure::DirtyEvictions => (counts.dirty_evictions, 1),
            MemoryFigure::SwapTraffic => (counts.swap_ins + counts.swap_outs, 1),
            MemoryFigure::WriteRequests => (counts.write_requests, 1),
        }
    }

    /// Its stable name, in ids and links.
    pub(super) const fn name(self) -> &'static str {
        match self {
            MemoryFigure::TlbHitRate => "tlb-hit-rate",
            MemoryFigure::AccessTime => "access-time",
            MemoryFigure::FaultRate => "fault-rate",
            MemoryFigure::MinorFaults => "minor-faults",
            MemoryFigure::MajorFaults => "major-faults",
            MemoryFigure::Evictions => "evictions",
            MemoryFigure::DirtyEvictions => "dirty-evictions",
            MemoryFigure::SwapTraffic => "swap-traffic",
            MemoryFigure::WriteRequests => "write-requests",
        }
    }
}
