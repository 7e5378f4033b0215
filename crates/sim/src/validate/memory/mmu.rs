//! What may stand where paging usually does.

use super::{Problems, bounds};
use crate::diagnostic::{Allowed, Code, Diagnostic};
use crate::mem::spec::{EntrySpec, Given, MemorySpec, Mmu, Segment};

/// The widest address that is translated without paging.
const BITS: u8 = 32;

impl Problems {
    pub(super) fn mmu(&mut self, memory: &MemorySpec) {
        let address = &memory.address;
        if memory.mmu != Mmu::Paged {
            self.at_most("machine.memory.address_bits", usize::from(address.bits), usize::from(BITS));
        }
        match &memory.mmu {
            Mmu::Paged => {}
            Mmu::BaseBounds { segment, physical } => {
                self.grows_up("machine.memory.mmu.base_bounds.", *segment, *physical);
            }
            Mmu::Segments { up, down, physical } => {
                let path = "machine.memory.mmu.segments";
                self.grows_up(&format!("{path}.up_"), *up, *physical);
                self.range(&format!("{path}.down_base"), down.base, 0u32, *physical);
                self.range(&format!("{path}.down_limit"), down.limit, 0u32, down.base);
            }
            Mmu::Given(Given::List(frames)) => {
                let path = "machine.memory.mmu.page_table.frames";
                let wanted = address.pages();
                if frames.len() as u64 != wanted || address.depth() != 1 {
                    let problem = Diagnostic::new(path, Code::Conflict).found(frames.len());
                    self.add(problem.allowed(Allowed::With(wanted.to_string())));
                }
                for (page, frame) in frames.iter().enumerate() {
                    let most = last_frame(address.page_shift);
                    self.range(&format!("{path}[{page}]"), frame.unwrap_or(0), 0u32, most);
                }
            }
            Mmu::Given(Given::Image { bytes, pdbr, entry }) => {
                let path = "machine.memory.mmu.image";
                self.at_most(&format!("{path}.bytes"), bytes.len(), bounds::IMAGE);
                let frames = (bytes.len() as u64 >> address.page_shift.min(63)) as u32;
                self.range(&format!("{path}.pdbr"), *pdbr, 0u32, frames.saturating_sub(1));
                self.entry(path, *entry, address.page_shift);
            }
        }
    }

    fn grows_up(&mut self, path: &str, segment: Segment, physical: u32) {
        self.range(&format!("{path}base"), segment.base, 0u32, physical);
        let room = physical.saturating_sub(segment.base);
        self.range(&format!("{path}limit"), segment.limit, 0u32, room);
    }

    fn entry(&mut self, path: &str, entry: EntrySpec, page_shift: u8) {
        if ![1, 2, 4].contains(&entry.size) {
            let sizes = ["1", "2", "4"].map(str::to_owned).to_vec();
            let problem = Diagnostic::new(format!("{path}.entry_size"), Code::UnknownValue).found(entry.size);
            return self.add(problem.allowed(Allowed::OneOf(sizes)));
        }
        let all = u32::MAX >> (32 - 8 * u32::from(entry.size));
        self.range(&format!("{path}.valid_mask"), entry.valid, 1u32, all);
        // The number of a frame stands in the lowest bits, apart from the valid bit.
        let apart = entry.frame & entry.valid == 0 && entry.frame & entry.frame.wrapping_add(1) == 0;
        self.range(&format!("{path}.frame_mask"), entry.frame, 1u32, all.min(last_frame(page_shift)));
        if !apart {
            let problem = Diagnostic::new(format!("{path}.frame_mask"), Code::Conflict).found(entry.frame);
            self.add(problem.allowed(Allowed::With(format!("{path}.valid_mask"))));
        }
    }
}

/// The last frame whose bytes have addresses of 31 bits: a table that begins in it ends within 32.
const fn last_frame(page_shift: u8) -> u32 {
    if page_shift < 31 { (1 << (31 - page_shift)) - 1 } else { 0 }
}
