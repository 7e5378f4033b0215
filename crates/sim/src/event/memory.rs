//! What happens to memory: references, faults, pages that come and go.
//!
//! A reference that misses nothing is one event; the stages of its translation are told at full detail only.

use serde::{Deserialize, Serialize};

use super::Detail;
use crate::ids::{FrameId, Vpn};
use crate::program::memory::Access;
use crate::rules::RuleId;

/// Something that happens to memory. Unless said otherwise the event's task is the one that refers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum MemoryEvent {
    /// The hardware looks a page up in the TLB.
    Lookup {
        /// Which page.
        vpn: Vpn,
        /// Whether it is there.
        hit: bool,
    },
    /// A walk through the page table reads an entry.
    Visit {
        /// Of which level, the top being 0.
        level: u8,
        /// Its place in that level's table.
        index: u32,
        /// Whether there is anything.
        valid: bool,
    },
    /// A translation enters the TLB.
    Insert {
        /// Whose page.
        vpn: Vpn,
        /// In which place.
        place: u16,
        /// Whether another one gave way to it.
        displaced: bool,
    },
    /// The first store to a page since it was clean: the dirty bit is set.
    Dirtied {
        /// Which page.
        vpn: Vpn,
    },
    /// A reference is done.
    Reference {
        /// To which virtual address.
        va: u64,
        /// What it does.
        access: Access,
        /// In which frame its page is.
        frame: FrameId,
        /// Whether its first look into the TLB was a hit.
        hit: bool,
    },
    /// The top bit of an address chooses a segment.
    Segment {
        /// Which: 0 grows up, 1 grows down.
        number: u8,
    },
    /// The hardware compares an address with a bounds register.
    Bounds {
        /// The bytes from the segment's base: to the address, or down to it.
        distance: u32,
        /// What the register holds.
        limit: u32,
        /// Whether the address lies within.
        within: bool,
    },
    /// A walk through given memory reads an entry.
    Entry {
        /// Of which level, the top being 0.
        level: u8,
        /// Its place in that level's table.
        index: u16,
        /// Its physical address; in a listed table, its distance from the start.
        at: u32,
        /// What it says.
        value: u32,
        /// Whether it is valid.
        valid: bool,
    },
    /// A reference is done on a machine that translates and does nothing else.
    Translated {
        /// To which virtual address.
        va: u32,
        /// Where that is.
        pa: u32,
        /// What it does.
        access: Access,
        /// The byte there, where that is given.
        value: Option<u8>,
    },
    /// A segmentation violation: the address lies outside of the bounds.
    OutOfBounds {
        /// The virtual address.
        va: u32,
        /// What was wanted.
        access: Access,
        /// What the bounds register holds.
        limit: u32,
    },
    /// A fault that nobody repairs: an entry of a given table is not valid.
    NoEntry {
        /// The virtual address.
        va: u32,
        /// What was wanted.
        access: Access,
        /// Of which level, the top being 0.
        level: u8,
    },
    /// A page fault: the page is valid and in no frame that the reference could use.
    Fault {
        /// To which virtual address the reference was.
        va: u64,
        /// What it wanted to do.
        access: Access,
        /// Where the page is.
        kind: FaultKind,
    },
    /// A reference that has waited for a frame faults once more; it has been counted.
    FaultAgain {
        /// To which virtual address the reference is.
        va: u64,
    },
    /// A segmentation violation: the address belongs to no region.
    Invalid {
        /// The virtual address.
        va: u64,
        /// What was wanted.
        access: Access,
    },
    /// A protection violation: the region does not allow it.
    Forbidden {
        /// The virtual address.
        va: u64,
        /// What was wanted.
        access: Access,
    },
    /// A page is present from now on.
    Map {
        /// Which page.
        vpn: Vpn,
        /// In which frame.
        frame: FrameId,
    },
    /// A page of the event's task leaves its frame.
    Evict {
        /// Which page.
        vpn: Vpn,
        /// Its frame.
        frame: FrameId,
        /// Whether it has to be written first.
        dirty: bool,
        /// The rule that chose it.
        rule: RuleId,
    },
    /// A page of the event's task is being written to a swap slot, as it leaves or while it stays.
    PageOut {
        /// Which page.
        vpn: Vpn,
        /// To which slot.
        slot: u32,
    },
    /// One request writes pages that leave together.
    WriteRequest {
        /// How many.
        pages: u32,
        /// The slot of the first.
        slot: u32,
    },
    /// A page has been written and its frame is free.
    Written {
        /// Which frame.
        frame: FrameId,
    },
    /// A dirty page of the event's task is being written while it stays, so that it can leave without a write later.
    Clean {
        /// Which page.
        vpn: Vpn,
        /// Its frame.
        frame: FrameId,
    },
    /// A page that stayed has been written.
    Cleaned {
        /// In which frame.
        frame: FrameId,
    },
    /// A page is being read from a swap slot.
    PageIn {
        /// Which page.
        vpn: Vpn,
        /// From which slot.
        slot: u32,
    },
    /// A page is being read from its file.
    ReadFile {
        /// Which page.
        vpn: Vpn,
    },
    /// A page that was on its way out is wanted again: it stays in its frame.
    Rescue {
        /// Which page.
        vpn: Vpn,
        /// Its frame.
        frame: FrameId,
    },
    /// A frame's clean copy in swap is given up, since no slot is free.
    GiveUpSlot {
        /// Whose copy; its page is dirty from now on.
        frame: FrameId,
        /// The slot.
        slot: u32,
    },
    /// A fault finds no frame and waits for the page daemon.
    NoFrame {
        /// How many are free; faults may not take those.
        free: u32,
    },
    /// A fault reclaims pages itself.
    DirectReclaim {
        /// How many frames are free.
        free: u32,
    },
    /// The page daemon, the event's task, has work to do.
    DaemonWakes {
        /// How many frames are free …
        free: u32,
        /// … which is less than this.
        low: u32,
    },
    /// The page daemon, the event's task, looks for pages that can leave.
    DaemonScans {
        /// For how many.
        pages: u32,
    },
    /// The page daemon, the event's task, has nothing to do.
    DaemonSleeps {
        /// How many frames are free …
        free: u32,
        /// … where this many are wanted; fewer only if no page can leave.
        high: u32,
    },
    /// A switch to another address space empties the TLB.
    Flush {
        /// How many translations are lost.
        entries: u32,
    },
    /// A region is mapped.
    Mapped {
        /// Its first page.
        vpn: Vpn,
        /// How many pages.
        pages: u32,
    },
    /// A region is taken away, with its pages.
    Unmapped {
        /// Its first page.
        vpn: Vpn,
        /// How many pages.
        pages: u32,
    },
    /// `mmap` or `munmap` ends with an error: there is no room, or no such region.
    NotMapped {
        /// How many pages were wanted; none for a region that is not there.
        pages: u32,
    },
    /// No frame can be had any more: the event's task is ended.
    OutOfMemory {
        /// Its pages in frames, in swap and in page tables: more than anybody else's.
        score: u64,
    },
    /// The working sets of all processes are larger than memory: the event's task is to be swapped out.
    Suspend {
        /// How many pages they have …
        wanted: u32,
        /// … for so many frames.
        frames: u32,
    },
    /// A suspended task is kept out: ready, or running → swapped out.
    SwapOut,
    /// The working set of the event's task fits again, or nobody else wants memory: swapped out → ready.
    Resume {
        /// How many pages the working sets have with its own …
        wanted: u32,
        /// … for so many frames.
        frames: u32,
    },
    /// `mmap` ends with an error: more memory would be promised than may be.
    Refused {
        /// How many pages were wanted.
        pages: u32,
        /// How many would be promised …
        promised: u32,
        /// … where so many may be.
        limit: u32,
    },
    /// `fork`: the child, the event's task, maps the pages that its parent has in frames, or has copies of them.
    Inherited {
        /// How many.
        pages: u32,
    },
    /// A store to a shared page, which the fault before has named: it is copied, and the event's task has the copy.
    Copied {
        /// The frame that the others keep …
        from: FrameId,
        /// … and the one with the copy.
        frame: FrameId,
    },
    /// A store to a page that nobody else maps any more: it is written to where it is.
    Reused {
        /// Which page.
        vpn: Vpn,
        /// Its frame.
        frame: FrameId,
    },
}

/// Where the page of a fault is (OSTEP 21.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum FaultKind {
    /// Nowhere yet: a frame of zeroes will do. A minor fault.
    Zero,
    /// In swap: it has to be read. A major fault.
    Swap,
    /// In its file: it has to be read. A major fault.
    File,
    /// On its way out to swap: it can stay. A minor fault.
    Leaving,
    /// In a frame that others may share: a store has to copy it, unless nobody else maps it any more. A minor fault.
    Shared,
}

impl FaultKind {
    /// Whether the fault has to wait for a read of the disk.
    pub const fn is_major(self) -> bool {
        matches!(self, FaultKind::Swap | FaultKind::File)
    }
}

impl MemoryEvent {
    /// The least detail at which this is told.
    pub const fn detail(&self) -> Detail {
        match self {
            MemoryEvent::Lookup { .. }
            | MemoryEvent::Visit { .. }
            | MemoryEvent::Segment { .. }
            | MemoryEvent::Bounds { .. }
            | MemoryEvent::Entry { .. }
            | MemoryEvent::Insert { .. }
            | MemoryEvent::Dirtied { .. }
            | MemoryEvent::PageOut { .. }
            | MemoryEvent::FaultAgain { .. }
            | MemoryEvent::DaemonScans { .. } => Detail::Micro,
            _ => Detail::Story,
        }
    }

    /// The rule that decided, where one did.
    pub const fn rule(&self) -> Option<RuleId> {
        match self {
            MemoryEvent::Evict { rule, .. } => Some(*rule),
            MemoryEvent::Reference { hit: false, .. } => Some(RuleId::PagePresent),
            MemoryEvent::Fault { .. } => Some(RuleId::PageAbsent),
            MemoryEvent::Invalid { .. }
            | MemoryEvent::Forbidden { .. }
            | MemoryEvent::OutOfBounds { .. }
            | MemoryEvent::NoEntry { .. } => Some(RuleId::PageInvalid),
            MemoryEvent::DaemonWakes { .. } | MemoryEvent::DaemonSleeps { .. } => Some(RuleId::DaemonMarks),
            MemoryEvent::OutOfMemory { .. } => Some(RuleId::OomLargest),
            MemoryEvent::Refused { .. } => Some(RuleId::Overcommit),
            MemoryEvent::Suspend { .. } | MemoryEvent::Resume { .. } => Some(RuleId::AdmissionControl),
            _ => None,
        }
    }
}
