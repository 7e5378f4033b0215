//! What translates addresses: page tables of the kernel, registers, or tables that are given.

use serde::{Deserialize, Serialize};

/// What translates addresses. All but paging translate and do nothing else: there is no TLB, no fault is repaired,
/// nothing is allocated; see `mem/translate.rs`. Their addresses have at most 32 bits.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Mmu {
    /// Page tables that the kernel keeps, with a TLB before them.
    #[default]
    Paged,
    /// One base and one bounds register for the whole address space.
    BaseBounds {
        /// What they hold.
        segment: Segment,
        /// The bytes of physical memory.
        physical: u32,
    },
    /// Two segments; the top bit of an address chooses.
    Segments {
        /// The lower half of the address space, from its base upwards.
        up: Segment,
        /// The upper half: it grows down, and its base is the address just above it.
        down: Segment,
        /// The bytes of physical memory.
        physical: u32,
    },
    /// Page tables that are there from the start.
    Given(Given),
}

impl Mmu {
    /// Whether addresses are split into page and offset.
    pub const fn has_pages(&self) -> bool {
        matches!(self, Mmu::Paged | Mmu::Given(_))
    }
}

/// A stretch of physical memory, in bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Segment {
    /// Where it begins; for one that grows down, where it ends.
    pub base: u32,
    /// How long it is.
    pub limit: u32,
}

/// Page tables that are given with the machine.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Given {
    /// One table: the frame of every page, none for a page that is not valid. An entry is 32 bits, the highest of
    /// them valid, the rest the frame's number.
    List(Vec<Option<u32>>),
    /// All of physical memory, with the tables in it.
    Image {
        /// What it holds, from address 0 on.
        bytes: Vec<u8>,
        /// The frame of the top table: the page-directory base register.
        pdbr: u32,
        /// What an entry looks like.
        entry: EntrySpec,
    },
}

/// An entry of a table in given memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct EntrySpec {
    /// Its bytes, the least significant first: 1, 2 or 4.
    pub size: u8,
    /// The bit that says that it is valid.
    pub valid: u32,
    /// The bits of the frame's number, which are the lowest.
    pub frame: u32,
}

impl EntrySpec {
    /// An entry of OSTEP's `paging-multilevel-translate.py`.
    pub const OSTEP: EntrySpec = EntrySpec { size: 1, valid: 0x80, frame: 0x7f };
    /// An entry of a listed table.
    pub const LISTED: EntrySpec = EntrySpec { size: 4, valid: 1 << 31, frame: !(1 << 31) };
}

impl Given {
    /// What an entry looks like.
    pub const fn format(&self) -> EntrySpec {
        match self {
            Given::List(_) => EntrySpec::LISTED,
            Given::Image { entry, .. } => *entry,
        }
    }

    /// The frame of the top table.
    pub(in crate::mem) const fn root(&self) -> u32 {
        match self {
            Given::List(_) => 0,
            Given::Image { pdbr, .. } => *pdbr,
        }
    }

    /// An entry of the table in a frame: where it lies, from the start of a listed table on, and what it says.
    pub(in crate::mem) fn entry(&self, frame: u32, index: u32, page_shift: u8) -> (u32, u32) {
        let size = u32::from(self.format().size);
        match self {
            Given::List(frames) => {
                let frame = frames.get(index as usize).copied().flatten();
                (index * size, frame.map_or(0, |frame| EntrySpec::LISTED.valid | frame))
            }
            Given::Image { bytes, .. } => {
                let at = (frame << page_shift) + index * size;
                let read = |value, place: u32| {
                    value << 8 | u32::from(bytes.get(place as usize).copied().unwrap_or(0))
                };
                (at, (at..at + size).rev().fold(0, read))
            }
        }
    }

    /// The frame that an entry leads to, if it is valid.
    pub const fn leads_to(&self, value: u32) -> Option<u32> {
        let EntrySpec { valid, frame, .. } = self.format();
        if value & valid != 0 { Some(value & frame) } else { None }
    }

    /// What lies at a physical address, where that is given.
    pub fn byte(&self, pa: u32) -> Option<u8> {
        match self {
            Given::List(_) => None,
            Given::Image { bytes, .. } => bytes.get(pa as usize).copied(),
        }
    }
}

/// What becomes of a task whose address leads nowhere.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum OnViolation {
    /// It is ended, as a segmentation violation always is.
    #[default]
    Kill,
    /// It goes on behind the reference, so that one run shows every address of an exercise.
    GoOn,
}
