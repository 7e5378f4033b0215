//! The clock (Corbató, 1968; OSTEP 22.8; OSC 10.4.5.2): LRU approximated with one bit a page.
//!
//! A hand goes round the frames, in ascending order. A page that has been used since it last came by has its
//! accessed bit cleared and stays; the first that has not leaves, and the hand stops behind it. If every page has
//! been used, the hand comes round to where it started.
//!
//! [`second_chance`](super::second_chance) is the same policy as a queue. Whether the access that loads a page
//! sets its bit is a convention of the kernel (`ref_on_load`).

use super::scan::{Hand, best_two, by_class};
use super::{Bits, Candidate, Choice, NextUse, Replacer};
use crate::ids::{FrameId, PageId};
use crate::rules::RuleId;

/// A hand.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Clock {
    hand: Hand,
}

impl Clock {
    /// The frame that the hand points to.
    pub fn hand(&self) -> FrameId {
        self.hand.at()
    }
}

impl Replacer for Clock {
    fn loaded(&mut self, frame: FrameId, _: PageId, _: NextUse) -> bool {
        self.hand.admit(frame);
        false
    }

    fn victim(&mut self, bits: &mut impl Bits) -> Option<Choice> {
        let class = |frame| u64::from(bits.accessed(frame));
        let (first, second) = best_two(self.hand.turn(bits), RuleId::ClockHand, class)?;
        // If even the first has been used, so has everybody, and the hand has been all the way round.
        self.hand.clear((first.key == 0).then_some(first.frame), bits);
        self.hand.pass(first.frame);
        Some(Choice::first(first, second, RuleId::ClockHand))
    }

    fn rank(&self, bits: &impl Bits) -> Vec<Candidate> {
        by_class(self.hand.turn(bits), RuleId::ClockHand, |frame| u64::from(bits.accessed(frame)))
    }

    fn freed(&mut self, _: FrameId) {}

    fn footprint(&self) -> usize {
        0
    }
}
