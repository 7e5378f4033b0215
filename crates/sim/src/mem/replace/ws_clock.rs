//! WSClock (Carr and Hennessy, 1981): the working set by way of a clock.
//!
//! A hand goes round the frames. A page that has been used has its accessed bit cleared and is stamped with the
//! virtual time of its process; one that has not been used for more than τ references of its process is outside of
//! the working set. If it is clean it leaves; if it is dirty its writing begins and the hand goes on. After a full
//! turn without finding one, the first clean page leaves, and if there is none, the page at the hand.

use super::scan::{Hand, best_two, by_class};
use super::working_set::VirtualTime;
use super::{Bits, Candidate, Choice, NextUse, Replacer};
use crate::ids::{FrameId, PageId};
use crate::rules::RuleId;

/// A hand, and when each page was last found used.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct WsClock {
    hand: Hand,
    tau: u64,
    time: VirtualTime,
}

impl WsClock {
    pub(super) fn new(tau: u32) -> WsClock {
        WsClock { hand: Hand::default(), tau: u64::from(tau), time: VirtualTime::default() }
    }

    /// The frame that the hand points to.
    pub fn hand(&self) -> FrameId {
        self.hand.at()
    }

    /// How long a page has not been used as far as its bit tells.
    fn age(&self, frame: FrameId, bits: &impl Bits) -> u64 {
        match self.time.last(frame) {
            Some(last) if !bits.accessed(frame) => self.time.age(last),
            _ => 0,
        }
    }

    /// What the hand takes first, and by which rule. The pages that it would only begin to write stay.
    fn class(&self, frame: FrameId, bits: &impl Bits) -> (u64, RuleId) {
        let old = self.age(frame, bits) > self.tau;
        match (bits.dirty(frame), old) {
            (false, true) => (0, RuleId::WsClockOld),
            (false, false) => (1, RuleId::WsClockClean),
            (true, _) => (2, RuleId::WsClockHand),
        }
    }

    /// The pages that can leave, as the hand meets them.
    fn order(&self, bits: &impl Bits) -> impl Iterator<Item = FrameId> {
        let is_written = |frame| bits.dirty(frame) && self.age(frame, bits) > self.tau;
        self.hand.turn(bits).filter(move |frame| !is_written(*frame))
    }

    fn candidate(&self, frame: FrameId, bits: &impl Bits) -> Candidate {
        Candidate { frame, rule: self.class(frame, bits).1, key: self.age(frame, bits) }
    }

    /// What the hand does with a page that it passes.
    fn pass(&mut self, frame: FrameId, bits: &mut impl Bits) {
        if bits.accessed(frame) {
            bits.clear_accessed(frame);
            if let Some((space, _)) = self.time.last(frame) {
                self.time.stamp(frame, space);
            }
        } else if bits.dirty(frame) && self.age(frame, bits) > self.tau {
            bits.write(frame);
        }
    }
}

impl Replacer for WsClock {
    fn loaded(&mut self, frame: FrameId, page: PageId, _: NextUse) -> bool {
        self.hand.admit(frame);
        self.time.load(frame, page.space);
        false
    }

    fn touched(&mut self, frame: FrameId, _: NextUse) -> bool {
        if let Some((space, _)) = self.time.last(frame) {
            self.time.tick(space);
        }
        false
    }

    fn victim(&mut self, bits: &mut impl Bits) -> Option<Choice> {
        let best = best_two(self.order(bits), RuleId::WsClockOld, |frame| self.class(frame, bits).0);
        let choice = best.map(|(first, second)| {
            let first = self.candidate(first.frame, bits);
            let second = second.map(|second| self.candidate(second.frame, bits));
            Choice::first(first, second, first.rule)
        });
        let found = best.filter(|(first, _)| first.key == 0).map(|(first, _)| first.frame);
        for frame in self.hand.frames().take_while(|frame| Some(*frame) != found) {
            if bits.is_candidate(frame) {
                self.pass(frame, bits);
            }
        }
        self.hand.pass(choice?.frame);
        choice
    }

    fn rank(&self, bits: &impl Bits) -> Vec<Candidate> {
        let classed = by_class(self.order(bits), RuleId::WsClockOld, |frame| self.class(frame, bits).0);
        classed.into_iter().map(|it| self.candidate(it.frame, bits)).collect()
    }

    fn freed(&mut self, frame: FrameId) {
        self.time.free(frame);
    }

    fn footprint(&self) -> usize {
        self.time.footprint()
    }
}
