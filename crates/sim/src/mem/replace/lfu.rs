//! Least frequently used (OSC 10.4.6).
//!
//! The page with the fewest uses since it came in leaves; of equals the least recently used. A page that was used
//! much long ago stays for ever; `decay` cures that: every so many references all counts are halved.

use super::period::Period;
use super::{Bits, Candidate, Choice, NextUse, Replacer};
use crate::heap::Heap;
use crate::ids::{FrameId, PageId};
use crate::rules::RuleId;

/// How often a page has been used, and when last: the order in which pages leave.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Uses {
    count: u64,
    last: u64,
}

/// The uses of each page, and a heap of them.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Lfu {
    uses: Vec<Uses>,
    /// By what the uses were when it last looked. They only grow, so a page may stand too near to the top and
    /// never too far from it: a use costs two stores, and the top is put right when it is asked for.
    order: Heap<Uses, FrameId>,
    references: u64,
    decay: Option<Period>,
}

impl Lfu {
    pub(super) fn new(decay: Option<u32>) -> Lfu {
        let decay = decay.map(Period::new);
        Lfu { uses: Vec::new(), order: Heap::default(), references: 0, decay }
    }

    /// How often the page in a frame has been used.
    pub fn count(&self, frame: FrameId) -> u64 {
        self.uses.get(frame.index()).map_or(0, |uses| uses.count)
    }

    fn reference(&mut self, frame: FrameId) -> bool {
        let uses = &mut self.uses[frame.index()];
        *uses = Uses { count: uses.count + 1, last: self.references };
        self.references += 1;
        self.decay.as_mut().is_some_and(Period::count)
    }

    /// Takes the page that is really the first out of the heap.
    fn pop(&mut self) -> Option<FrameId> {
        loop {
            let (frame, known) = self.order.first()?;
            let uses = self.uses[frame.index()];
            if known == uses {
                self.order.remove(frame);
                return Some(frame);
            }
            self.order.update(frame, |known| *known = uses);
        }
    }

    fn candidate(&self, frame: FrameId) -> Candidate {
        Candidate { frame, rule: RuleId::LfuLeast, key: self.count(frame) }
    }
}

impl Replacer for Lfu {
    fn loaded(&mut self, frame: FrameId, _: PageId, _: NextUse) -> bool {
        if self.uses.len() <= frame.index() {
            self.uses.resize(frame.index() + 1, Uses::default());
        }
        let due = self.reference(frame);
        self.order.push(frame, self.uses[frame.index()]);
        due
    }

    fn touched(&mut self, frame: FrameId, _: NextUse) -> bool {
        self.reference(frame)
    }

    fn periodic(&mut self, _: &mut impl Bits) -> Option<Choice> {
        if self.decay.as_mut().is_some_and(Period::over) {
            let frames: Vec<FrameId> = self.order.ascending().map(|(frame, _)| frame).collect();
            for frame in frames {
                let uses = &mut self.uses[frame.index()];
                uses.count /= 2;
                let uses = *uses;
                self.order.update(frame, |known| *known = uses);
            }
        }
        None
    }

    fn victim(&mut self, bits: &mut impl Bits) -> Option<Choice> {
        let mut popped = Vec::new();
        let mut found = Vec::with_capacity(2);
        while found.len() < 2 {
            let Some(frame) = self.pop() else { break };
            popped.push(frame);
            if bits.is_candidate(frame) {
                found.push(self.candidate(frame));
            }
        }
        for frame in popped {
            self.order.push(frame, self.uses[frame.index()]);
        }
        Choice::head(found.into_iter(), RuleId::LeastRecentTie)
    }

    fn rank(&self, bits: &impl Bits) -> Vec<Candidate> {
        let frames = self.order.ascending().map(|(frame, _)| frame);
        let mut frames: Vec<FrameId> = frames.filter(|frame| bits.is_candidate(*frame)).collect();
        frames.sort_unstable_by_key(|frame| self.uses[frame.index()]);
        frames.into_iter().map(|frame| self.candidate(frame)).collect()
    }

    fn freed(&mut self, frame: FrameId) {
        self.order.remove(frame);
        if let Some(uses) = self.uses.get_mut(frame.index()) {
            *uses = Uses::default();
        }
    }

    fn footprint(&self) -> usize {
        size_of_val(self.uses.as_slice()) + self.order.footprint()
    }
}
