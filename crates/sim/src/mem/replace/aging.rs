//! Aging (OSC 10.4.5.1; Tanenbaum, *Modern Operating Systems* 3.4.7): LRU approximated by sampling.
//!
//! Every page has a counter of eight bits. Every so many references each counter is shifted right and its accessed
//! bit comes in on the left and is cleared, so that the counter is a record of the last eight periods, the latest
//! weighing most. The page with the smallest leaves; of equals the one in the lowest frame. What happened within
//! a period, or more than eight ago, is not known.

use super::period::Period;
use super::scan::{Hand, best_two, by_class};
use super::{Bits, Candidate, Choice, NextUse, Replacer};
use crate::ids::{FrameId, PageId};
use crate::rules::RuleId;

/// A counter a frame.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Aging {
    counters: Vec<u8>,
    /// It never moves: the search always begins at the lowest frame.
    start: Hand,
    period: Period,
}

impl Aging {
    pub(super) fn new(period: u32) -> Aging {
        Aging { counters: Vec::new(), start: Hand::default(), period: Period::new(period) }
    }

    /// The record of a page's last eight periods, the latest as the highest bit.
    pub fn counter(&self, frame: FrameId) -> u8 {
        self.counters.get(frame.index()).copied().unwrap_or_default()
    }
}

impl Replacer for Aging {
    fn loaded(&mut self, frame: FrameId, _: PageId, _: NextUse) -> bool {
        self.start.admit(frame);
        if self.counters.len() <= frame.index() {
            self.counters.resize(frame.index() + 1, 0);
        }
        self.counters[frame.index()] = 0;
        self.period.count()
    }

    fn touched(&mut self, _: FrameId, _: NextUse) -> bool {
        self.period.count()
    }

    fn periodic(&mut self, bits: &mut impl Bits) -> Option<Choice> {
        if self.period.over() {
            for (counter, frame) in self.counters.iter_mut().zip(self.start.frames()) {
                let accessed = bits.accessed(frame);
                *counter = *counter >> 1 | u8::from(accessed) << 7;
                if accessed {
                    bits.clear_accessed(frame);
                }
            }
        }
        None
    }

    fn victim(&mut self, bits: &mut impl Bits) -> Option<Choice> {
        let key = |frame| u64::from(self.counter(frame));
        let (first, second) = best_two(self.start.turn(bits), RuleId::AgingLeast, key)?;
        Some(Choice::first(first, second, RuleId::LowestFrameTie))
    }

    fn rank(&self, bits: &impl Bits) -> Vec<Candidate> {
        by_class(self.start.turn(bits), RuleId::AgingLeast, |frame| u64::from(self.counter(frame)))
    }

    fn freed(&mut self, frame: FrameId) {
        if let Some(counter) = self.counters.get_mut(frame.index()) {
            *counter = 0;
        }
    }

    fn footprint(&self) -> usize {
        size_of_val(self.counters.as_slice())
    }
}
