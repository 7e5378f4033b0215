//! Least recently used (OSTEP 22.5; OSC 10.4.4), and its opposite, most recently used.
//!
//! The page that has not been used for longest leaves: the past is taken for the future. Exact, which no
//! hardware affords: every use moves the page to the end of a list. A loop over one page more than there are
//! frames makes every reference a fault; there the opposite is optimal.

use super::list::Lists;
use super::{Bits, Candidate, Choice, NextUse, Replacer};
use crate::ids::{FrameId, PageId};
use crate::rules::RuleId;

/// Which end of the order of uses leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum End {
    /// The least recently used page.
    Least,
    /// The most recently used page.
    Most,
}

/// One list in the order of the last use, each page stamped with the number of that reference.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Lru {
    order: Lists<1>,
    references: u64,
    end: End,
}

impl Lru {
    pub(super) fn new(end: End) -> Lru {
        Lru { order: Lists::default(), references: 0, end }
    }

    /// Which end of the order leaves.
    pub fn end(&self) -> End {
        self.end
    }

    fn candidates(
        &self,
        order: impl Iterator<Item = FrameId>,
        bits: &impl Bits,
    ) -> impl Iterator<Item = Candidate> {
        let rule = match self.end {
            End::Least => RuleId::LruLeastRecent,
            End::Most => RuleId::MruMostRecent,
        };
        order.filter(|frame| bits.is_candidate(*frame)).map(move |frame| Candidate {
            frame,
            rule,
            key: self.order.stamp(frame),
        })
    }
}

impl Replacer for Lru {
    fn loaded(&mut self, frame: FrameId, _: PageId, _: NextUse) -> bool {
        self.order.push_back(0, frame, self.references);
        self.references += 1;
        false
    }

    fn touched(&mut self, frame: FrameId, _: NextUse) -> bool {
        self.order.touch(0, frame, self.references);
        self.references += 1;
        false
    }

    fn victim(&mut self, bits: &mut impl Bits) -> Option<Choice> {
        match self.end {
            End::Least => Choice::head(self.candidates(self.order.iter(0), bits), RuleId::LruLeastRecent),
            End::Most => Choice::head(self.candidates(self.order.iter_back(0), bits), RuleId::MruMostRecent),
        }
    }

    fn rank(&self, bits: &impl Bits) -> Vec<Candidate> {
        match self.end {
            End::Least => self.candidates(self.order.iter(0), bits).collect(),
            End::Most => self.candidates(self.order.iter_back(0), bits).collect(),
        }
    }

    fn freed(&mut self, frame: FrameId) {
        self.order.remove(frame);
    }

    fn footprint(&self) -> usize {
        self.order.footprint()
    }
}
