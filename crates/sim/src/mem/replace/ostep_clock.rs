//! The policy that `paging-policy.py` of OSTEP's homework calls CLOCK. It is no clock: there is no hand.
//!
//! Every page has a counter, 1 when it comes in and one more at every use up to a cap. To find a victim a page is
//! drawn, in the order of loading; one whose counter is above 0 loses one and stays, and another draw is made.
//! When given draws are used up, the smallest counter leaves, of equals the one loaded first.

use super::list::Lists;
use super::scan::in_order;
use super::{Bits, Candidate, Choice, Draws, NextUse, Replacer};
use crate::ids::{FrameId, PageId};
use crate::rules::RuleId;

/// A counter a frame.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct OstepClock {
    by_load: Lists<1>,
    counters: Vec<u32>,
    cap: u32,
    draws: Draws,
}

impl OstepClock {
    pub(super) fn new(cap: u32, draws: Draws) -> OstepClock {
        OstepClock { by_load: Lists::default(), counters: Vec::new(), cap, draws }
    }

    /// The counter of the page in a frame.
    pub fn counter(&self, frame: FrameId) -> u32 {
        self.counters.get(frame.index()).copied().unwrap_or_default()
    }

    /// Draws until a page has nothing left; then every page that can leave, that one first, the others by their
    /// counters.
    fn draw(&mut self, bits: &impl Bits) -> Vec<Candidate> {
        let order: Vec<FrameId> = self.by_load.iter(0).filter(|frame| bits.is_candidate(*frame)).collect();
        let mut drawn = None;
        while drawn.is_none() && !order.is_empty() {
            let Some(place) = self.draws.draw(order.len() as u32) else { break };
            let frame = order[place as usize];
            match &mut self.counters[frame.index()] {
                0 => drawn = Some(frame),
                counter => *counter -= 1,
            }
        }
        let rule = if drawn.is_some() { RuleId::OstepClock } else { RuleId::RandomUsedUp };
        let key = |frame| u64::from(self.counter(frame));
        let all: Vec<Candidate> =
            order.into_iter().map(|frame| Candidate { frame, rule, key: key(frame) }).collect();
        in_order(&all, |it| if Some(it.frame) == drawn { 0 } else { 1 + it.key })
    }
}

impl Replacer for OstepClock {
    fn loaded(&mut self, frame: FrameId, _: PageId, _: NextUse) -> bool {
        self.by_load.push_back(0, frame, 0);
        if self.counters.len() <= frame.index() {
            self.counters.resize(frame.index() + 1, 0);
        }
        self.counters[frame.index()] = 1;
        false
    }

    fn touched(&mut self, frame: FrameId, _: NextUse) -> bool {
        let counter = &mut self.counters[frame.index()];
        *counter = (*counter + 1).min(self.cap);
        false
    }

    fn victim(&mut self, bits: &mut impl Bits) -> Option<Choice> {
        let ranking = self.draw(bits);
        Choice::head(ranking.into_iter(), RuleId::OstepClock)
    }

    fn rank(&self, bits: &impl Bits) -> Vec<Candidate> {
        self.clone().draw(bits)
    }

    fn freed(&mut self, frame: FrameId) {
        self.by_load.remove(frame);
        if let Some(counter) = self.counters.get_mut(frame.index()) {
            *counter = 0;
        }
    }

    fn footprint(&self) -> usize {
        self.by_load.footprint() + size_of_val(self.counters.as_slice())
    }
}
