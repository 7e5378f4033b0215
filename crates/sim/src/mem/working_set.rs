//! The working set of a process (Denning; OSTEP 22.11, OSC 10.6.2): the pages of its last τ references.
//!
//! Time is the process's own, counted in references, so that a process that waits keeps its working set. What is kept
//! is one entry for each stretch of references to the same page, so a program that stays on its pages costs next to
//! nothing.
//!
//! ```
//! use kernelscope_sim::ids::Vpn;
//! use kernelscope_sim::mem::working_set::WorkingSet;
//!
//! let mut set = WorkingSet::new(10);
//! for page in [2, 6, 1, 5, 7, 7, 7, 7, 5, 1] {
//!     set.refer(Vpn(page));
//! }
//! assert_eq!(set.pages().map(|page| page.0).collect::<Vec<_>>(), [1, 2, 5, 6, 7]);
//! ```

use std::collections::{BTreeMap, VecDeque};

use crate::ids::Vpn;

/// The pages of a process's last references.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct WorkingSet {
    /// How many references back it reaches.
    tau: u64,
    /// References made so far.
    made: u64,
    /// Stretches of references to one page, the oldest first.
    stretches: VecDeque<Stretch>,
    /// The number of the first of those.
    first: u64,
    /// The pages, each with the number of its last stretch.
    pages: BTreeMap<Vpn, u64>,
}

/// References to one page in a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Stretch {
    page: Vpn,
    /// Which reference the last of them was.
    last: u64,
}

impl WorkingSet {
    /// Of a process that has not referred to anything.
    pub fn new(tau: u32) -> WorkingSet {
        WorkingSet { tau: tau.into(), made: 0, stretches: VecDeque::new(), first: 0, pages: BTreeMap::new() }
    }

    /// The process refers to a page. Says whether that changed the size.
    pub fn refer(&mut self, page: Vpn) -> bool {
        let before = self.pages.len();
        self.made += 1;
        match self.stretches.back_mut() {
            Some(stretch) if stretch.page == page => stretch.last = self.made,
            _ => {
                self.pages.insert(page, self.first + self.stretches.len() as u64);
                self.stretches.push_back(Stretch { page, last: self.made });
            }
        }
        while let Some(oldest) = self.stretches.front().copied()
            && oldest.last + self.tau <= self.made
        {
            if self.pages.get(&oldest.page) == Some(&self.first) {
                self.pages.remove(&oldest.page);
            }
            self.stretches.pop_front();
            self.first += 1;
        }
        self.pages.len() != before
    }

    /// How many pages it has.
    pub fn size(&self) -> u32 {
        self.pages.len() as u32
    }

    /// Its pages, in order.
    pub fn pages(&self) -> impl Iterator<Item = Vpn> + '_ {
        self.pages.keys().copied()
    }

    /// The memory that a clone takes, in bytes.
    pub(super) fn footprint(&self) -> usize {
        self.stretches.len() * size_of::<Stretch>() + self.pages.len() * size_of::<(Vpn, u64)>()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::rng::SplitMix64;

    #[test]
    fn it_is_the_set_of_the_last_references() {
        let mut drawn = SplitMix64::new(7);
        for tau in [1, 2, 5, 40] {
            let (mut set, mut string) = (WorkingSet::new(tau), Vec::new());
            for _ in 0..2_000 {
                // Half of the references stay where they are.
                let page = match string.last() {
                    Some(last) if drawn.bounded(2) == 0 => *last,
                    _ => Vpn(drawn.bounded(12)),
                };
                string.push(page);
                let before = set.size();
                let changed = set.refer(page);
                let last: BTreeSet<Vpn> = string.iter().rev().take(tau as usize).copied().collect();
                assert!(set.pages().eq(last), "{string:?}");
                assert_eq!(changed, set.size() != before);
                assert!(set.stretches.len() <= tau as usize);
            }
        }
    }
}
