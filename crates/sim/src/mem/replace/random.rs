//! Random replacement (OSTEP 22.4): any page leaves.
//!
//! One draw a victim, the k-th of the pages that can leave. No memory, so no bad memory either: a loop that defeats
//! LRU does not defeat it.

use super::list::Lists;
use super::scan::Hand;
use super::{Bits, Candidate, Choice, Draws, NextUse, RandomIndex, Replacer};
use crate::ids::{FrameId, PageId};
use crate::rules::RuleId;

/// A source of draws, and both orders that a draw can index.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Random {
    draws: Draws,
    index: RandomIndex,
    by_frame: Hand,
    by_load: Lists<1>,
}

impl Random {
    pub(super) fn new(index: RandomIndex, draws: Draws) -> Random {
        Random { draws, index, by_frame: Hand::default(), by_load: Lists::default() }
    }

    /// Where the draws come from.
    pub fn draws(&self) -> &Draws {
        &self.draws
    }

    fn loaded_order<B: Bits>(&self, bits: &B) -> impl Iterator<Item = FrameId> {
        self.by_load.iter(0).filter(|frame| bits.is_candidate(*frame))
    }
}

/// The rule that decides and the place that it decides for.
fn draw(draws: &mut Draws, n: usize) -> (RuleId, usize) {
    match draws.draw(n as u32) {
        Some(place) => (RuleId::RandomDraw, place as usize),
        None => (RuleId::RandomUsedUp, 0),
    }
}

/// The page drawn from an order, and of the others the first.
fn pick<I: Iterator<Item = FrameId>>(order: impl Fn() -> I, draws: &mut Draws) -> Option<Choice> {
    let n = order().count();
    if n == 0 {
        return None;
    }
    let (rule, drawn) = draw(draws, n);
    let at = |place: usize| Some(Candidate { frame: order().nth(place)?, rule, key: place as u64 });
    Some(Choice::first(at(drawn)?, at(usize::from(drawn == 0)), rule))
}

/// An order with each page's place, the page drawn moved to the front.
fn drawn_first(order: impl Iterator<Item = FrameId>, mut draws: Draws) -> Vec<Candidate> {
    let mut all: Vec<Candidate> =
        (0..).zip(order).map(|(key, frame)| Candidate { frame, rule: RuleId::RandomDraw, key }).collect();
    if !all.is_empty() {
        let (rule, drawn) = draw(&mut draws, all.len());
        all[..=drawn].rotate_right(1);
        all.iter_mut().for_each(|candidate| candidate.rule = rule);
    }
    all
}

impl Replacer for Random {
    fn loaded(&mut self, frame: FrameId, _: PageId, _: NextUse) -> bool {
        self.by_frame.admit(frame);
        self.by_load.push_back(0, frame, 0);
        false
    }

    fn victim(&mut self, bits: &mut impl Bits) -> Option<Choice> {
        let mut draws = self.draws.clone();
        let choice = match self.index {
            RandomIndex::FrameOrder => pick(|| self.by_frame.turn(bits), &mut draws),
            RandomIndex::LoadOrder => pick(|| self.loaded_order(bits), &mut draws),
        };
        self.draws = draws;
        choice
    }

    fn rank(&self, bits: &impl Bits) -> Vec<Candidate> {
        match self.index {
            RandomIndex::FrameOrder => drawn_first(self.by_frame.turn(bits), self.draws.clone()),
            RandomIndex::LoadOrder => drawn_first(self.loaded_order(bits), self.draws.clone()),
        }
    }

    fn freed(&mut self, frame: FrameId) {
        self.by_load.remove(frame);
    }

    fn footprint(&self) -> usize {
        self.by_load.footprint()
    }
}
