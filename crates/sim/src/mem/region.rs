//! Regions of an address space: which pages are valid, and what may be done with them (OSTEP 13; Linux's VMAs).
//!
//! A reference outside every region is a segmentation violation. A region's pages have no frames until they are
//! touched: mapping memory costs nothing, using it does.

use serde::{Deserialize, Serialize};

use super::pte::Backing;
use crate::ids::Vpn;
use crate::program::memory::Prot;

/// A region that a process has from the start.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct RegionSpec {
    /// What its program calls it.
    pub name: String,
    /// Its first page.
    pub start: u64,
    /// How many.
    pub pages: u32,
    /// What may be done with them.
    pub prot: Prot,
    /// Whether its pages are read from a file, not filled with zeroes.
    pub file: bool,
}

/// A region.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Region {
    /// What the program calls it.
    pub name: String,
    /// Its first page.
    pub start: u64,
    /// Behind its last page.
    pub end: u64,
    /// What may be done with its pages.
    pub prot: Prot,
    /// Whether its pages are read from a file, not filled with zeroes.
    pub file: bool,
}

impl Region {
    /// A region that is there from the start.
    pub(crate) fn of(spec: &RegionSpec) -> Region {
        Region {
            name: spec.name.clone(),
            start: spec.start,
            end: spec.start + u64::from(spec.pages),
            prot: spec.prot,
            file: spec.file,
        }
    }

    /// The whole of an address space: what a process has that says nothing.
    pub(crate) fn whole(pages: u64) -> Region {
        Region { name: String::new(), start: 0, end: pages, prot: Prot::ALL, file: false }
    }

    /// Whether a page belongs to it.
    pub const fn contains(&self, vpn: Vpn) -> bool {
        self.start <= vpn.0 && vpn.0 < self.end
    }

    /// Where its pages are before they are touched.
    pub const fn backing(&self) -> Backing {
        if self.file { Backing::File } else { Backing::Zero }
    }
}

/// The first page of the lowest gap of so many pages between regions in order, if there is one.
pub(crate) fn gap(regions: &[Region], pages: u64, total: u64) -> Option<u64> {
    let ends = regions.iter().map(|region| region.end);
    let starts = regions.iter().map(|region| region.start);
    let gaps = std::iter::once(0).chain(ends).zip(starts.chain(std::iter::once(total)));
    gaps.into_iter().find(|(from, to)| to.saturating_sub(*from) >= pages).map(|(from, _)| from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lowest_gap_that_is_large_enough_is_taken() {
        let region = |start, end| Region { start, end, ..Region::whole(0) };
        let regions = [region(2, 4), region(7, 8)];
        assert_eq!(gap(&regions, 2, 16), Some(0));
        assert_eq!(gap(&regions, 3, 16), Some(4));
        assert_eq!(gap(&regions, 8, 16), Some(8));
        assert_eq!(gap(&regions, 9, 16), None);
        assert_eq!(gap(&[], 16, 16), Some(0));
    }
}
