//! A page-table entry: one word of bits (OSTEP 18.2; the order of x86's where it has one).
//!
//! | bit | name | means |
//! |---|---|---|
//! | 0 | P | present: the page is in the frame that the entry names |
//! | 1 | W | stores are allowed |
//! | 2 | R | loads are allowed |
//! | 3 | X | instructions may be fetched |
//! | 4 | V | valid: the page belongs to the address space |
//! | 5 | A | accessed since the bit was last cleared |
//! | 6 | D | written since the page was last the same as its copy |
//! | 7 | C | copy on write: a store faults, and copies the page unless nobody else maps it |
//! | 8–9 | | where the page is when it is not present: nowhere yet (zeroes), in a file, in swap |
//! | 32–63 | | the frame, the swap slot, or the table of the next level |
//!
//! Like the textbook's, an entry that is not present keeps the disk's address where the frame's number would be.

use crate::ids::FrameId;
use crate::program::memory::Prot;

/// A page-table entry.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Pte(u64);

/// Where a page is that is in no frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Backing {
    /// Nowhere yet: the first touch finds zeroes.
    Zero,
    /// In its file.
    File,
    /// In a swap slot.
    Swap(u32),
}

const PRESENT: u64 = 1 << 0;
const WRITE: u64 = 1 << 1;
const READ: u64 = 1 << 2;
const FETCH: u64 = 1 << 3;
const VALID: u64 = 1 << 4;
const ACCESSED: u64 = 1 << 5;
const DIRTY: u64 = 1 << 6;
const COW: u64 = 1 << 7;
const FILE: u64 = 1 << 8;
const SWAP: u64 = 1 << 9;
const NUMBER: u32 = 32;

impl Pte {
    /// Nothing there: the page is not valid.
    pub const NONE: Pte = Pte(0);

    /// A page that is in no frame.
    pub const fn absent(prot: Prot, backing: Backing) -> Pte {
        let backing = match backing {
            Backing::Zero => 0,
            Backing::File => FILE,
            Backing::Swap(slot) => SWAP | (slot as u64) << NUMBER,
        };
        Pte(VALID | bits_of(prot) | backing)
    }

    /// A page in a frame.
    pub const fn present(prot: Prot, frame: FrameId, accessed: bool, dirty: bool) -> Pte {
        let used = if accessed { ACCESSED } else { 0 } | if dirty { DIRTY } else { 0 };
        Pte(VALID | PRESENT | bits_of(prot) | used | (frame.get() as u64) << NUMBER)
    }

    /// An entry of an upper level: the number of the table that it leads to.
    pub(super) const fn table(number: u32) -> Pte {
        Pte(VALID | PRESENT | (number as u64) << NUMBER)
    }

    /// The table that an entry of an upper level leads to.
    pub(super) const fn leads_to(self) -> u32 {
        (self.0 >> NUMBER) as u32
    }

    /// Whether the page belongs to the address space.
    pub const fn is_valid(self) -> bool {
        self.0 & VALID != 0
    }

    /// The frame that the page is in, if it is in one.
    pub fn frame(self) -> Option<FrameId> {
        (self.0 & PRESENT != 0).then(|| FrameId::new((self.0 >> NUMBER) as u32))
    }

    /// Where the page is if it is in no frame.
    pub const fn backing(self) -> Backing {
        match self.0 & (FILE | SWAP) {
            0 => Backing::Zero,
            FILE => Backing::File,
            _ => Backing::Swap((self.0 >> NUMBER) as u32),
        }
    }

    /// What may be done with the page.
    pub const fn prot(self) -> Prot {
        Prot { read: self.0 & READ != 0, write: self.0 & WRITE != 0, fetch: self.0 & FETCH != 0 }
    }

    /// Whether it has been used since the bit was last cleared.
    pub const fn accessed(self) -> bool {
        self.0 & ACCESSED != 0
    }

    /// Whether it has been written since it was last the same as its copy.
    pub const fn dirty(self) -> bool {
        self.0 & DIRTY != 0
    }

    /// Whether a store has to copy the page first, unless nobody else maps it.
    pub const fn cow(self) -> bool {
        self.0 & COW != 0
    }

    /// The same where the page is shared after a fork: one that could be written to is copied on a write.
    #[must_use]
    pub(super) const fn shared(self) -> Pte {
        Pte(if self.0 & WRITE != 0 { self.0 & !WRITE | COW } else { self.0 })
    }

    /// The same where nobody else maps the page any more.
    #[must_use]
    pub(super) const fn owned(self) -> Pte {
        Pte(self.0 & !COW | WRITE)
    }

    /// The same, its page being the same as its copy.
    #[must_use]
    pub const fn cleaned(self) -> Pte {
        Pte(self.0 & !DIRTY)
    }

    /// The same, used, or written as well.
    #[must_use]
    pub const fn used(self, accessed: bool, dirty: bool) -> Pte {
        Pte(self.0 | if accessed { ACCESSED } else { 0 } | if dirty { DIRTY } else { 0 })
    }

    /// The same with the accessed bit clear.
    #[must_use]
    pub const fn unused(self) -> Pte {
        Pte(self.0 & !ACCESSED)
    }
}

const fn bits_of(prot: Prot) -> u64 {
    (if prot.read { READ } else { 0 })
        | (if prot.write { WRITE } else { 0 })
        | (if prot.fetch { FETCH } else { 0 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_gives_back_what_was_put_in() {
        let prot = Prot { read: true, write: false, fetch: true };
        let out = Pte::absent(prot, Backing::Swap(u32::MAX));
        assert_eq!((out.prot(), out.backing(), out.frame()), (prot, Backing::Swap(u32::MAX), None));
        assert!(out.is_valid() && !out.accessed() && !out.dirty());
        assert_eq!(Pte::absent(prot, Backing::File).backing(), Backing::File);
        assert_eq!(Pte::absent(prot, Backing::Zero).backing(), Backing::Zero);
        let frame = FrameId::new(7);
        let here = Pte::present(Prot::RW, frame, true, false);
        assert_eq!(
            (here.frame(), here.prot(), here.accessed(), here.dirty()),
            (Some(frame), Prot::RW, true, false)
        );
        assert!(!here.unused().accessed() && here.used(false, true).dirty());
        assert!(!Pte::NONE.is_valid());
    }
}
