//! Two lists, as Linux keeps them (mm/vmscan.c, simplified): pages that seem worth keeping, and the others.
//!
//! A page comes in on the inactive list, and the access that loads it does not count as a use (`ref_on_load` is
//! `clear`). To find a victim, first the oldest active pages are moved to the inactive list until the active one
//! is at most `ratio` times as long; then the oldest inactive page leaves, unless it has been used: then it
//! becomes active, and it all begins again. So a page must be used twice to be kept, and a scan through much
//! memory does not wash away what is in use.
//!
//! With `refault` the list remembers when each page left. One that is missed again so soon that it would have
//! stayed, had the inactive list been longer by no more than the active one, becomes active at once.
//!
//! Left out: separate lists for anonymous and file pages, batches of 32, and the kernel's extra turn for
//! executable pages.

use super::ghosts::Ghosts;
use super::list::Lists;
use super::scan::Overlay;
use super::{Bits, Candidate, Choice, NextUse, Replacer};
use crate::ids::{FrameId, PageId, SpaceId};
use crate::rules::RuleId;

const ACTIVE: u8 = 0;
const INACTIVE: u8 = 1;

/// Two lists, the oldest page first, and the pages that have left lately.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct TwoList {
    lists: Lists<2>,
    /// Stamps for the lists.
    entries: u64,
    ratio: u32,
    refault: Option<Refault>,
}

/// When pages left, by a clock of evictions and activations.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Refault {
    clock: u64,
    left: Ghosts,
    /// Beyond this age nothing about a page matters any more.
    frames: u64,
}

impl TwoList {
    pub(super) fn new(ratio: u32, refault: bool, frames: u32) -> TwoList {
        let fresh = || Refault { clock: 0, left: Ghosts::default(), frames: u64::from(frames) };
        TwoList { lists: Lists::default(), entries: 0, ratio, refault: refault.then(fresh) }
    }

    /// The active pages, the oldest first.
    pub fn active(&self) -> impl Iterator<Item = FrameId> + '_ {
        self.lists.iter(ACTIVE)
    }

    /// The inactive pages, the next to be looked at first.
    pub fn inactive(&self) -> impl Iterator<Item = FrameId> + '_ {
        self.lists.iter(INACTIVE)
    }

    fn put(&mut self, list: u8, frame: FrameId) {
        self.lists.remove(frame);
        self.lists.push_back(list, frame, self.entries);
        self.entries += 1;
    }

    fn activate(&mut self, frame: FrameId, bits: &mut impl Bits) {
        bits.clear_accessed(frame);
        bits.activated(frame);
        self.put(ACTIVE, frame);
        if let Some(refault) = &mut self.refault {
            refault.clock += 1;
        }
    }

    fn deactivate(&mut self, frame: FrameId, bits: &mut impl Bits) {
        if bits.accessed(frame) {
            bits.clear_accessed(frame);
        }
        bits.deactivated(frame);
        self.put(INACTIVE, frame);
    }

    /// Moves pages until the first inactive one that can leave has not been used, or twice as many as there are.
    fn scan(&mut self, bits: &mut impl Bits) {
        let mut moves = 2 * (self.lists.len(ACTIVE) + self.lists.len(INACTIVE));
        while moves > 0 {
            moves -= 1;
            let crowded = self.lists.len(ACTIVE) > self.lists.len(INACTIVE).saturating_mul(self.ratio);
            let first = |list| self.lists.iter(list).find(|frame| bits.is_candidate(*frame));
            match (first(ACTIVE), first(INACTIVE)) {
                (Some(oldest), inactive) if crowded || inactive.is_none() => self.deactivate(oldest, bits),
                (_, Some(used)) if bits.accessed(used) => self.activate(used, bits),
                _ => break,
            }
        }
    }

    /// The pages that can leave, after a scan: the inactive ones, and behind them the active ones.
    fn scanned(&self, bits: &impl Bits) -> impl Iterator<Item = Candidate> {
        let key = |frame| self.lists.stamp(frame);
        let order = self.lists.iter(INACTIVE).chain(self.lists.iter(ACTIVE));
        order.filter(|frame| bits.is_candidate(*frame)).map(move |frame| Candidate {
            frame,
            rule: RuleId::TwoListTail,
            key: key(frame),
        })
    }
}

impl Replacer for TwoList {
    fn loaded(&mut self, frame: FrameId, page: PageId, _: NextUse) -> bool {
        let active = u64::from(self.lists.len(ACTIVE));
        let again = self.refault.as_mut().is_some_and(|refault| {
            let left = refault.left.take(page);
            left.is_some_and(|left| refault.clock - left <= active)
        });
        self.put(if again { ACTIVE } else { INACTIVE }, frame);
        false
    }

    fn victim(&mut self, bits: &mut impl Bits) -> Option<Choice> {
        self.scan(bits);
        Choice::head(self.scanned(bits), RuleId::TwoListTail)
    }

    fn rank(&self, bits: &impl Bits) -> Vec<Candidate> {
        let (mut lists, mut bits) = (self.clone(), Overlay::new(bits));
        lists.scan(&mut bits);
        lists.scanned(&bits).collect()
    }

    fn evicted(&mut self, frame: FrameId, page: PageId) {
        self.freed(frame);
        if let Some(Refault { clock, left, frames }) = &mut self.refault {
            left.push(page, *clock);
            *clock += 1;
            while left.oldest().is_some_and(|oldest| *clock - oldest > *frames) {
                left.drop_oldest();
            }
        }
    }

    fn freed(&mut self, frame: FrameId) {
        self.lists.remove(frame);
    }

    fn forget(&mut self, space: SpaceId) {
        if let Some(refault) = &mut self.refault {
            refault.left.forget(space);
        }
    }

    fn footprint(&self) -> usize {
        self.lists.footprint() + self.refault.as_ref().map_or(0, |refault| refault.left.footprint())
    }
}
