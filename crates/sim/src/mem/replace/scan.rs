//! What the policies that scan share: a hand over the frames, the best of what it meets, and a scan that only tries.

use std::collections::BTreeSet;

use super::{Bits, Candidate};
use crate::ids::FrameId;
use crate::rules::RuleId;

/// A hand over the frames in ascending order, and around again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Hand {
    at: u32,
    /// One past the highest frame that ever held a page; beyond it there is nothing to meet.
    end: u32,
}

impl Hand {
    /// A frame holds a page.
    pub(super) fn admit(&mut self, frame: FrameId) {
        self.end = self.end.max(frame.get() + 1);
    }

    /// The frame that the hand points to, or would when it next moves.
    pub(super) fn at(self) -> FrameId {
        FrameId::new(if self.at < self.end { self.at } else { 0 })
    }

    /// Moves past a frame.
    pub(super) fn pass(&mut self, frame: FrameId) {
        self.at = frame.get() + 1;
    }

    /// The frames once round from the hand.
    pub(super) fn frames(self) -> impl Iterator<Item = FrameId> {
        let at = self.at.min(self.end);
        (at..self.end).chain(0..at).map(FrameId::new)
    }

    /// The pages that can leave, once round from the hand.
    pub(super) fn turn<B: Bits>(self, bits: &B) -> impl Iterator<Item = FrameId> + use<'_, B> {
        self.frames().filter(|frame| bits.is_candidate(*frame))
    }

    /// Clears the accessed bits that the hand meets before it comes to a frame, or all the way round.
    pub(super) fn clear(self, until: Option<FrameId>, bits: &mut impl Bits) {
        for frame in self.frames().take_while(|frame| Some(*frame) != until) {
            if bits.is_candidate(frame) && bits.accessed(frame) {
                bits.clear_accessed(frame);
            }
        }
    }
}

/// The pages that can leave with a class each, the lowest class first, within a class in the order given.
pub(super) fn by_class(
    order: impl Iterator<Item = FrameId>,
    rule: RuleId,
    class: impl Fn(FrameId) -> u64,
) -> Vec<Candidate> {
    let all: Vec<Candidate> = order.map(|frame| Candidate { frame, rule, key: class(frame) }).collect();
    in_order(&all, |it| it.key)
}

/// Candidates by something of theirs, the least first; those with equal keys stay as they are. With its place each
/// has a word of its own, so that one sort of plain numbers serves for all.
pub(super) fn in_order(all: &[Candidate], by: impl Fn(&Candidate) -> u64) -> Vec<Candidate> {
    let mut order: Vec<(u64, usize)> = all.iter().map(by).zip(0..).collect();
    order.sort_unstable();
    order.into_iter().map(|(_, place)| all[place]).collect()
}

/// The first two of [`by_class`], without looking further than need be: two of class 0 end the search.
pub(super) fn best_two(
    order: impl Iterator<Item = FrameId>,
    rule: RuleId,
    class: impl Fn(FrameId) -> u64,
) -> Option<(Candidate, Option<Candidate>)> {
    let (mut first, mut second): (Option<Candidate>, Option<Candidate>) = (None, None);
    for frame in order {
        let next = Candidate { frame, rule, key: class(frame) };
        match (first, second) {
            (Some(best), _) if next.key >= best.key => match second {
                Some(good) if next.key >= good.key => {}
                _ => second = Some(next),
            },
            _ => (first, second) = (Some(next), first),
        }
        if second.is_some_and(|second| second.key == 0) {
            break;
        }
    }
    first.map(|first| (first, second))
}

/// The bits as a scan would leave them that was only tried.
pub(super) struct Overlay<'a, B> {
    bits: &'a B,
    cleared: BTreeSet<FrameId>,
}

impl<'a, B: Bits> Overlay<'a, B> {
    /// As they are.
    pub(super) fn new(bits: &'a B) -> Self {
        Overlay { bits, cleared: BTreeSet::new() }
    }
}

impl<B: Bits> Bits for Overlay<'_, B> {
    fn is_candidate(&self, frame: FrameId) -> bool {
        self.bits.is_candidate(frame)
    }

    fn accessed(&self, frame: FrameId) -> bool {
        self.bits.accessed(frame) && !self.cleared.contains(&frame)
    }

    fn dirty(&self, frame: FrameId) -> bool {
        self.bits.dirty(frame)
    }

    fn clear_accessed(&mut self, frame: FrameId) {
        self.cleared.insert(frame);
    }

    fn write(&mut self, _: FrameId) {}
}
