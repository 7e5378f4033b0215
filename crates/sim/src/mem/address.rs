//! Addresses: how a virtual one is split, and how a physical one is put together (OSTEP 18.1, 20.3).
//!
//! ```text
//!        page number                 offset
//! ┌───────────┬───────────┬──────────────────────┐
//! │  index 0  │  index 1  │  within the page     │
//! └───────────┴───────────┴──────────────────────┘
//! ```
//!
//! The offset survives translation; the page number is replaced by a frame's. A table with several levels cuts
//! the page number into one index per level.

use super::spec::AddressSpec;
use crate::ids::{FrameId, Vpn};

/// A virtual address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Va(pub u64);

impl AddressSpec {
    /// The page that an address lies in.
    pub const fn vpn(&self, va: Va) -> Vpn {
        Vpn(va.0 >> self.page_shift)
    }

    /// Where in its page an address lies.
    pub const fn offset(&self, va: Va) -> u64 {
        va.0 & ((1 << self.page_shift) - 1)
    }

    /// The first address of a page.
    pub const fn start(&self, vpn: Vpn) -> Va {
        Va(vpn.0 << self.page_shift)
    }

    /// The physical address behind a virtual one whose page is in that frame.
    pub const fn physical(&self, frame: FrameId, va: Va) -> u64 {
        ((frame.get() as u64) << self.page_shift) | self.offset(va)
    }

    /// How many pages an address space has.
    pub const fn pages(&self) -> u64 {
        let bits = self.bits.saturating_sub(self.page_shift);
        1 << if bits < 63 { bits } else { 63 }
    }

    /// How many levels a walk has.
    pub const fn depth(&self) -> usize {
        self.levels.len()
    }

    /// The index of a page in the table of a level, the top one being 0.
    pub fn index(&self, vpn: Vpn, level: usize) -> u64 {
        let below: u32 = self.levels[level + 1..].iter().map(|width| u32::from(*width)).sum();
        (vpn.0 >> below) & ((1 << self.levels[level]) - 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_split_as_in_the_textbook() {
        // OSTEP 20.3: 14 bits, 64-byte pages, two levels of four bits; VA 0x3F80 and frame 55.
        let split = AddressSpec { bits: 14, page_shift: 6, levels: vec![4, 4] };
        let va = Va(0x3F80);
        assert_eq!(split.vpn(va), Vpn(254));
        assert_eq!((split.index(Vpn(254), 0), split.index(Vpn(254), 1), split.offset(va)), (15, 14, 0));
        assert_eq!(split.physical(FrameId::new(55), va), 0x0DC0);
        assert_eq!(split.start(Vpn(254)), va);
        assert_eq!(split.pages(), 256);
    }

    #[test]
    fn three_levels_of_seven_bits_split_a_page_number_of_twenty_one() {
        let split = AddressSpec { bits: 30, page_shift: 9, levels: vec![7, 7, 7] };
        let vpn = Vpn((5 << 14) | (6 << 7) | 7);
        assert_eq!([0, 1, 2].map(|level| split.index(vpn, level)), [5, 6, 7]);
    }
}
