//! The swap area: slots of one page on the disk.
//!
//! A slot's count is the number of page-table entries that say the page is there, and one more if a frame holds
//! the same and is linked to it. It is free exactly when nobody counts. Slots are taken in turn by default, so that
//! pages which leave together lie together and go in one request.

/// The swap area.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Swap {
    total: u32,
    /// Counts of the slots up to the last that was ever used.
    counts: Vec<u32>,
    used: u32,
    /// Where the search for a free slot begins.
    cursor: u32,
}

impl Swap {
    pub(crate) fn new(total: u32) -> Swap {
        Swap { total, counts: Vec::new(), used: 0, cursor: 0 }
    }

    /// How many slots there are.
    pub fn total(&self) -> u32 {
        self.total
    }

    /// How many are in use.
    pub fn used(&self) -> u32 {
        self.used
    }

    /// How many hold on to a slot.
    pub fn count(&self, slot: u32) -> u32 {
        self.counts.get(slot as usize).copied().unwrap_or(0)
    }

    /// Takes a free slot and holds on to it; from where the last was found, or else the lowest.
    pub(crate) fn take(&mut self, next_fit: bool) -> Option<u32> {
        if self.used == self.total {
            return None;
        }
        let from = if next_fit { self.cursor } else { 0 };
        let slot = (from..self.total).chain(0..from).find(|slot| self.count(*slot) == 0)?;
        if self.counts.len() <= slot as usize {
            self.counts.resize(slot as usize + 1, 0);
        }
        self.cursor = if slot + 1 == self.total { 0 } else { slot + 1 };
        self.hold(slot);
        Some(slot)
    }

    /// One more holds on to a slot.
    pub(crate) fn hold(&mut self, slot: u32) {
        let count = &mut self.counts[slot as usize];
        self.used += u32::from(*count == 0);
        *count += 1;
    }

    /// One lets go of a slot.
    pub(crate) fn drop(&mut self, slot: u32) {
        let count = &mut self.counts[slot as usize];
        *count -= 1;
        self.used -= u32::from(*count == 0);
    }

    /// The memory that a clone takes, in bytes.
    pub(crate) fn footprint(&self) -> usize {
        self.counts.len() * size_of::<u32>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slots_are_taken_in_turn_and_freed_when_nobody_holds_them() {
        let mut swap = Swap::new(3);
        assert_eq!([swap.take(true), swap.take(true)], [Some(0), Some(1)]);
        swap.hold(0);
        swap.drop(0);
        assert_eq!((swap.count(0), swap.used()), (1, 2));
        swap.drop(0);
        assert_eq!([swap.take(true), swap.take(true), swap.take(true)], [Some(2), Some(0), None]);
        swap.drop(1);
        swap.drop(2);
        assert_eq!(swap.take(false), Some(1));
    }
}
