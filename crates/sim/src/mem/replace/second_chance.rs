//! Second chance (OSC 10.4.5.2): first in, first out, but a page that has been used goes round once more.
//!
//! The page at the head of the queue leaves, unless its accessed bit is set: then the bit is cleared and the page
//! goes to the tail as if it had just come in. The same victims as the [`clock`](super::clock), which saves the moving.

use super::list::Lists;
use super::scan::{best_two, by_class};
use super::{Bits, Candidate, Choice, NextUse, Replacer};
use crate::ids::{FrameId, PageId};
use crate::rules::RuleId;

/// One queue.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct SecondChance {
    queue: Lists<1>,
    /// Stamps for the queue: loads and second chances.
    entries: u64,
}

impl SecondChance {
    /// The queue from its head to its tail.
    pub fn queue(&self) -> impl Iterator<Item = FrameId> + '_ {
        self.queue.iter(0)
    }

    fn move_to_tail(&mut self, frame: FrameId) {
        self.queue.touch(0, frame, self.entries);
        self.entries += 1;
    }
}

impl Replacer for SecondChance {
    fn loaded(&mut self, frame: FrameId, _: PageId, _: NextUse) -> bool {
        self.queue.push_back(0, frame, self.entries);
        self.entries += 1;
        false
    }

    fn victim(&mut self, bits: &mut impl Bits) -> Option<Choice> {
        let class = |frame| u64::from(bits.accessed(frame));
        let candidates = self.queue.iter(0).filter(|frame| bits.is_candidate(*frame));
        let (first, second) = best_two(candidates, RuleId::SecondChance, class)?;
        for _ in 0..self.queue.len(0) {
            let Some(head) = self.queue.iter(0).next() else { break };
            if head == first.frame && !bits.accessed(head) {
                break;
            }
            if bits.is_candidate(head) && bits.accessed(head) {
                bits.clear_accessed(head);
            }
            self.move_to_tail(head);
        }
        Some(Choice::first(first, second, RuleId::SecondChance))
    }

    fn rank(&self, bits: &impl Bits) -> Vec<Candidate> {
        let candidates = self.queue.iter(0).filter(|frame| bits.is_candidate(*frame));
        by_class(candidates, RuleId::SecondChance, |frame| u64::from(bits.accessed(frame)))
    }

    fn freed(&mut self, frame: FrameId) {
        self.queue.remove(frame);
    }

    fn footprint(&self) -> usize {
        self.queue.footprint()
    }
}
