//! 2Q (Johnson and Shasha, 1994): a page must come back to be believed in.
//!
//! A page comes in on a queue, first in, first out, and uses there count for nothing: they belong to the same
//! occasion. When it leaves from there, its name is remembered for a while. If it is missed again while it is, it
//! comes in on the main list, which is LRU. A victim is taken from the queue while that has more than `kin` pages,
//! otherwise from the main list. A page read once never gets there, so one scan does no harm.

use super::ghosts::Ghosts;
use super::list::Lists;
use super::{Bits, Candidate, Choice, NextUse, Replacer};
use crate::ids::{FrameId, PageId, SpaceId};
use crate::rules::RuleId;

/// The queue of newcomers, A1in.
const NEW: u8 = 0;
/// The main list, Am.
const MAIN: u8 = 1;

/// The two lists, and the names of those that left from the first.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct TwoQ {
    lists: Lists<2>,
    /// A1out.
    ghosts: Ghosts,
    /// Pages that were found among the ghosts and are on their way in.
    believed: Vec<PageId>,
    references: u64,
    kin: u32,
    kout: u32,
}

impl TwoQ {
    pub(super) fn new(kin: Option<u32>, kout: Option<u32>, frames: u32) -> TwoQ {
        TwoQ {
            lists: Lists::default(),
            ghosts: Ghosts::default(),
            believed: Vec::new(),
            references: 0,
            kin: kin.unwrap_or(frames / 4).max(1),
            kout: kout.unwrap_or(frames / 2).max(1),
        }
    }

    /// The newcomers, the first to leave first.
    pub fn new_pages(&self) -> impl Iterator<Item = FrameId> + '_ {
        self.lists.iter(NEW)
    }

    /// The main list, the least recently used first.
    pub fn main_pages(&self) -> impl Iterator<Item = FrameId> + '_ {
        self.lists.iter(MAIN)
    }

    /// The names of pages that have left, the first to be forgotten first.
    pub fn ghosts(&self) -> impl Iterator<Item = PageId> + '_ {
        self.ghosts.iter()
    }

    fn candidates(&self, bits: &impl Bits) -> impl Iterator<Item = Candidate> {
        let of = |list, rule| {
            let key = |frame| self.lists.stamp(frame);
            let frames = self.lists.iter(list).filter(|frame| bits.is_candidate(*frame));
            frames.map(move |frame| Candidate { frame, rule, key: key(frame) }).peekable()
        };
        let (mut new, mut main) = (of(NEW, RuleId::TwoQNew), of(MAIN, RuleId::TwoQMain));
        let mut waiting = self.lists.len(NEW);
        std::iter::from_fn(move || {
            let from_new = waiting > self.kin || main.peek().is_none();
            if from_new && new.peek().is_some() {
                waiting -= 1;
                new.next()
            } else {
                main.next()
            }
        })
    }
}

impl Replacer for TwoQ {
    fn missed(&mut self, page: PageId) {
        if self.ghosts.take(page).is_some() {
            self.believed.push(page);
        }
    }

    fn loaded(&mut self, frame: FrameId, page: PageId, _: NextUse) -> bool {
        let believed = self.believed.iter().position(|other| *other == page);
        if let Some(place) = believed {
            self.believed.remove(place);
        }
        let list = if believed.is_some() { MAIN } else { NEW };
        self.lists.push_back(list, frame, self.references);
        self.references += 1;
        false
    }

    fn touched(&mut self, frame: FrameId, _: NextUse) -> bool {
        if self.lists.list_of(frame) == Some(MAIN) {
            self.lists.touch(MAIN, frame, self.references);
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
        if self.lists.remove(frame) == Some(NEW) {
            self.ghosts.push(page, 0);
            if self.ghosts.len() > self.kout {
                self.ghosts.drop_oldest();
            }
        }
    }

    fn freed(&mut self, frame: FrameId) {
        self.lists.remove(frame);
    }

    fn forget(&mut self, space: SpaceId) {
        self.ghosts.forget(space);
        self.believed.retain(|page| page.space != space);
    }

    fn footprint(&self) -> usize {
        self.lists.footprint() + self.ghosts.footprint() + size_of_val(self.believed.as_slice())
    }
}
