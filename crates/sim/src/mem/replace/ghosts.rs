//! Pages that have left and are remembered for a while.

use std::collections::BTreeMap;

use crate::ids::{PageId, SpaceId};

/// A queue of pages without frames, each with a stamp, that finds any page without searching.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Ghosts {
    /// The places and the stamps of the pages.
    pages: BTreeMap<PageId, (u64, u64)>,
    /// The pages by their places: the order in which they left.
    order: BTreeMap<u64, PageId>,
    next: u64,
}

impl Ghosts {
    /// Remembers a page, as the latest.
    pub(super) fn push(&mut self, page: PageId, stamp: u64) {
        self.take(page);
        self.pages.insert(page, (self.next, stamp));
        self.order.insert(self.next, page);
        self.next += 1;
    }

    /// Forgets a page; says its stamp if it was remembered.
    pub(super) fn take(&mut self, page: PageId) -> Option<u64> {
        let (place, stamp) = self.pages.remove(&page)?;
        self.order.remove(&place);
        Some(stamp)
    }

    /// The stamp of the page that left first.
    pub(super) fn oldest(&self) -> Option<u64> {
        let (_, page) = self.order.first_key_value()?;
        Some(self.pages.get(page)?.1)
    }

    /// Forgets the page that left first.
    pub(super) fn drop_oldest(&mut self) {
        if let Some((_, page)) = self.order.pop_first() {
            self.pages.remove(&page);
        }
    }

    /// Forgets all pages of an address space.
    pub(super) fn forget(&mut self, space: SpaceId) {
        self.pages.retain(|page, _| page.space != space);
        self.order.retain(|_, page| page.space != space);
    }

    /// The pages, the first to have left first.
    pub(super) fn iter(&self) -> impl Iterator<Item = PageId> + '_ {
        self.order.values().copied()
    }

    /// How many pages are remembered.
    pub(super) fn len(&self) -> u32 {
        self.order.len() as u32
    }

    /// Roughly the memory they take, in bytes.
    pub(super) fn footprint(&self) -> usize {
        self.order.len() * (2 * size_of::<PageId>() + 3 * size_of::<u64>())
    }
}
