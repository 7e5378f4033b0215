//! The adaptive replacement cache (Megiddo and Modha, FAST 2003): recency against frequency, balanced by itself.
//!
//! T1 holds the pages used once lately, T2 those used again; both are LRU. B1 and B2 remember the names of pages
//! that left from each. A miss on a name in B1 says that T1 should have been longer, and raises its target; one in
//! B2 lowers it. A victim is the oldest of T1 if that is longer than its target, otherwise the oldest of T2. The
//! four lists together never name more than twice as many pages as there are frames.
//!
//! The target is a real number in the paper; here it has 32 binary places. In the paper a miss shortens the lists
//! of names before it evicts; here loading does afterwards, which forgets the same names, and works as well when a
//! daemon evicts ahead of the need.

use super::ghosts::Ghosts;
use super::list::Lists;
use super::{Bits, Candidate, Choice, NextUse, Replacer};
use crate::ids::{FrameId, PageId, SpaceId};
use crate::rules::RuleId;

const ONCE: u8 = 0;
const AGAIN: u8 = 1;
/// One, with 32 binary places.
const ONE: u64 = 1 << 32;

/// Two lists of pages and two of names.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Arc {
    /// T1 and T2.
    lists: Lists<2>,
    /// B1 and B2.
    ghosts: [Ghosts; 2],
    /// Pages that were found among the names and are on their way in, and in which of them.
    expected: Vec<(PageId, u8)>,
    /// How long T1 should be, with 32 binary places.
    target: u64,
    frames: u32,
    references: u64,
}

impl Arc {
    pub(super) fn new(frames: u32) -> Arc {
        Arc {
            lists: Lists::default(),
            ghosts: [Ghosts::default(), Ghosts::default()],
            expected: Vec::new(),
            target: 0,
            frames,
            references: 0,
        }
    }

    /// How long T1 should be, with 32 binary places.
    pub fn target(&self) -> u64 {
        self.target
    }

    /// The pages of T1 and of T2, the least recently used first.
    pub fn pages(&self) -> [Vec<FrameId>; 2] {
        [ONCE, AGAIN].map(|list| self.lists.iter(list).collect())
    }

    /// The names in B1 and in B2, the first to be forgotten first.
    pub fn ghosts(&self) -> [Vec<PageId>; 2] {
        [0, 1].map(|list: usize| self.ghosts[list].iter().collect())
    }

    fn candidates(&self, bits: &impl Bits) -> impl Iterator<Item = Candidate> {
        let of = |list, rule| {
            let key = |frame| self.lists.stamp(frame);
            let frames = self.lists.iter(list).filter(|frame| bits.is_candidate(*frame));
            frames.map(move |frame| Candidate { frame, rule, key: key(frame) }).peekable()
        };
        let (mut once, mut again) = (of(ONCE, RuleId::ArcOnce), of(AGAIN, RuleId::ArcAgain));
        let mut length = u64::from(self.lists.len(ONCE)) << 32;
        // A page of B2 on its way in takes the side of T2 when T1 is just as long as it should be.
        let tips = self.expected.iter().any(|(_, list)| *list == AGAIN);
        std::iter::from_fn(move || {
            let long = length > self.target || (tips && length == self.target);
            if once.peek().is_some() && (long || again.peek().is_none()) {
                length = length.saturating_sub(ONE);
                once.next()
            } else {
                again.next()
            }
        })
    }
}

impl Replacer for Arc {
    fn missed(&mut self, page: PageId) {
        let lens = [0, 1].map(|list: usize| u64::from(self.ghosts[list].len()));
        // By how much a name weighs: the shorter its list is beside the other, the more.
        let weight = |own: usize| ONE.max((lens[1 - own] << 32) / lens[own].max(1));
        if self.ghosts[0].take(page).is_some() {
            self.target = (self.target + weight(0)).min(u64::from(self.frames) << 32);
            self.expected.push((page, ONCE));
        } else if self.ghosts[1].take(page).is_some() {
            self.target = self.target.saturating_sub(weight(1));
            self.expected.push((page, AGAIN));
        }
    }

    fn loaded(&mut self, frame: FrameId, page: PageId, _: NextUse) -> bool {
        let known = self.expected.iter().position(|(other, _)| *other == page);
        if let Some(place) = known {
            self.expected.remove(place);
        }
        let list = if known.is_some() { AGAIN } else { ONCE };
        self.lists.push_back(list, frame, self.references);
        self.references += 1;
        let [once, again] = [ONCE, AGAIN].map(|list| self.lists.len(list));
        if once + self.ghosts[0].len() > self.frames {
            self.ghosts[0].drop_oldest();
        } else if once + again + self.ghosts[0].len() + self.ghosts[1].len() > 2 * self.frames {
            self.ghosts[1].drop_oldest();
        }
        false
    }

    fn touched(&mut self, frame: FrameId, _: NextUse) -> bool {
        match self.lists.list_of(frame) {
            Some(AGAIN) => self.lists.touch(AGAIN, frame, self.references),
            _ => {
                self.lists.remove(frame);
                self.lists.push_back(AGAIN, frame, self.references);
            }
        }
        self.references += 1;
        false
    }

    fn victim(&mut self, bits: &mut impl Bits) -> Option<Choice> {
        let mut order = self.candidates(bits);
        let first = order.next()?;
        Some(Choice::first(first, order.next(), first.rule))
    }

    fn rank(&self, bits: &impl Bits) -> Vec<Candidate> {
        self.candidates(bits).collect()
    }

    fn evicted(&mut self, frame: FrameId, page: PageId) {
        if let Some(list) = self.lists.remove(frame) {
            self.ghosts[usize::from(list)].push(page, 0);
        }
    }

    fn freed(&mut self, frame: FrameId) {
        self.lists.remove(frame);
    }

    fn forget(&mut self, space: SpaceId) {
        self.ghosts.iter_mut().for_each(|ghosts| ghosts.forget(space));
        self.expected.retain(|(page, _)| page.space != space);
    }

    fn footprint(&self) -> usize {
        let ghosts: usize = self.ghosts.iter().map(Ghosts::footprint).sum();
        self.lists.footprint() + ghosts + size_of_val(self.expected.as_slice())
    }
}
