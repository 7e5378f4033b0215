//! The enhanced clock (OSC 10.4.5.3; OSTEP 22.9): the clock that would rather not write.
//!
//! Pages fall into four classes by their accessed and dirty bits. The hand goes round up to four times: first for
//! a page that is neither used nor dirty, changing nothing; then for one that is dirty only, clearing the accessed
//! bits that it passes; then both again, now that nobody is used. So the lowest class leaves, 2 · accessed + dirty,
//! and within it the first page that the hand meets. Without writes this is *not* the clock: the first round
//! passes used pages without clearing them.
//!
//! With `start_clean` no dirty page leaves: the rounds that would take one start writing it instead and go on.

use super::scan::{Hand, best_two, by_class};
use super::{Bits, Candidate, Choice, NextUse, Replacer};
use crate::ids::{FrameId, PageId};
use crate::rules::RuleId;

/// A hand.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct EnhancedClock {
    hand: Hand,
    start_clean: bool,
}

impl EnhancedClock {
    pub(super) fn new(start_clean: bool) -> EnhancedClock {
        EnhancedClock { hand: Hand::default(), start_clean }
    }

    /// The frame that the hand points to.
    pub fn hand(&self) -> FrameId {
        self.hand.at()
    }

    /// The pages that can leave, as the hand meets them.
    fn order(&self, bits: &impl Bits) -> impl Iterator<Item = FrameId> {
        self.hand.turn(bits).filter(|frame| !(self.start_clean && bits.dirty(*frame)))
    }

    /// A round that looks for a dirty page. Without `start_clean` it ends at the first that is not used.
    fn dirty_round(&self, bits: &mut impl Bits) {
        for frame in self.hand.frames() {
            match (bits.is_candidate(frame), bits.accessed(frame), bits.dirty(frame)) {
                (true, true, _) => bits.clear_accessed(frame),
                (true, false, true) if self.start_clean => bits.write(frame),
                (true, false, true) => break,
                _ => {}
            }
        }
    }
}

impl Replacer for EnhancedClock {
    fn loaded(&mut self, frame: FrameId, _: PageId, _: NextUse) -> bool {
        self.hand.admit(frame);
        false
    }

    fn victim(&mut self, bits: &mut impl Bits) -> Option<Choice> {
        let best = best_two(self.order(bits), RuleId::EnhancedClass, |frame| class(frame, bits));
        // The rounds that the hand goes before it finds the best class; with nobody to find, all of them.
        let rounds = best.map_or(4, |(first, _)| first.key);
        for _ in 0..rounds.div_ceil(2) {
            self.dirty_round(bits);
        }
        let (first, second) = best?;
        self.hand.pass(first.frame);
        Some(Choice::first(first, second, RuleId::EnhancedClass))
    }

    fn rank(&self, bits: &impl Bits) -> Vec<Candidate> {
        by_class(self.order(bits), RuleId::EnhancedClass, |frame| class(frame, bits))
    }

    fn freed(&mut self, _: FrameId) {}

    fn footprint(&self) -> usize {
        0
    }
}

/// 2 · accessed + dirty.
pub(super) fn class(frame: FrameId, bits: &impl Bits) -> u64 {
    2 * u64::from(bits.accessed(frame)) + u64::from(bits.dirty(frame))
}
