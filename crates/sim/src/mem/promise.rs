//! How much memory is promised, and how much may be (Linux's `mm/util.c`, `__vm_enough_memory`).
//!
//! A mapping takes no frame before it is touched, so more can be promised than there is. Pages that can be written count;
//! a process that says nothing about its regions has the whole address space, and nothing is promised to it.
//!
//! Simplified on purpose: regions that are there from the start count, and are never refused.

use super::Memory;
use super::region::Region;
use super::spec::Overcommit;
use crate::program::memory::Mapping;

/// A mapping that would promise too much.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Refusal {
    /// How many pages would be promised.
    pub(crate) promised: u32,
    /// How many may be.
    pub(crate) limit: u32,
}

impl Memory {
    /// Why a mapping may not be, if it may not.
    pub(crate) fn refusal(&self, mapping: &Mapping) -> Option<Refusal> {
        let (frames, slots) = (u64::from(self.spec.frames), u64::from(self.spec.swap_slots));
        let pages = if mapping.prot.write { u64::from(mapping.pages) } else { 0 };
        let extras = &self.spec.extras;
        let (promised, limit) = match extras.overcommit {
            Overcommit::Always => return None,
            Overcommit::Heuristic => (pages, frames + slots),
            Overcommit::Strict => {
                (self.promised() + pages, slots + frames * u64::from(extras.overcommit_ratio) / 100)
            }
        };
        // An event is small, and so large a promise is not counted to the page.
        let told = |pages| u32::try_from(pages).unwrap_or(u32::MAX);
        (pages > 0 && promised > limit).then(|| Refusal { promised: told(promised), limit: told(limit) })
    }

    /// The pages that are promised to all processes together.
    pub fn promised(&self) -> u64 {
        let counts = |region: &&Region| region.prot.write && !region.name.is_empty();
        let regions = self.spaces().iter().flat_map(|space| &space.regions).filter(counts);
        regions.map(|region| region.end - region.start).sum()
    }
}
