//! Not recently used (OSTEP 22.9; Tanenbaum, *Modern Operating Systems* 3.4.2).
//!
//! Every so many references all accessed bits are cleared, so that a set one means "recently". The page of the
//! lowest class, 2 · accessed + dirty, leaves: rather one that was written long ago than one in use. Of equals the
//! one in the lowest frame leaves.

use super::enhanced_clock::class;
use super::period::Period;
use super::scan::{Hand, best_two, by_class};
use super::{Bits, Candidate, Choice, NextUse, Replacer};
use crate::ids::{FrameId, PageId};
use crate::rules::RuleId;

/// The time until the bits are cleared.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Nru {
    /// It never moves: the search always begins at the lowest frame.
    start: Hand,
    period: Period,
}

impl Nru {
    pub(super) fn new(period: u32) -> Nru {
        Nru { start: Hand::default(), period: Period::new(period) }
    }
}

impl Replacer for Nru {
    fn loaded(&mut self, frame: FrameId, _: PageId, _: NextUse) -> bool {
        self.start.admit(frame);
        self.period.count()
    }

    fn touched(&mut self, _: FrameId, _: NextUse) -> bool {
        self.period.count()
    }

    fn periodic(&mut self, bits: &mut impl Bits) -> Option<Choice> {
        if self.period.over() {
            self.start.clear(None, bits);
        }
        None
    }

    fn victim(&mut self, bits: &mut impl Bits) -> Option<Choice> {
        let (first, second) = best_two(self.start.turn(bits), RuleId::NruClass, |frame| class(frame, bits))?;
        Some(Choice::first(first, second, RuleId::LowestFrameTie))
    }

    fn rank(&self, bits: &impl Bits) -> Vec<Candidate> {
        by_class(self.start.turn(bits), RuleId::NruClass, |frame| class(frame, bits))
    }

    fn freed(&mut self, _: FrameId) {}

    fn footprint(&self) -> usize {
        0
    }
}
