//! Tree pseudo-LRU over frames: what caches and TLBs do, seen with pages. See [`crate::mem::plru`].
//!
//! The number of frames is a power of two; with another, the tree has leaves that no frame stands for.

use super::{Bits, Candidate, Choice, NextUse, Replacer};
use crate::ids::{FrameId, PageId};
use crate::mem::plru::Tree;
use crate::rules::RuleId;

/// A tree.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PseudoLru {
    tree: Tree,
}

impl PseudoLru {
    pub(super) fn new(frames: u32) -> PseudoLru {
        PseudoLru { tree: Tree::new(frames) }
    }

    /// The bits.
    pub fn tree(&self) -> &Tree {
        &self.tree
    }

    /// The pages that can leave in the order of the tree, each with its place in it.
    fn candidates(&self, bits: &impl Bits) -> impl Iterator<Item = Candidate> {
        let order = (0..).zip(self.tree.order().map(FrameId::new));
        order.filter(|(_, frame)| bits.is_candidate(*frame)).map(|(key, frame)| Candidate {
            frame,
            rule: RuleId::PlruBits,
            key,
        })
    }
}

impl Replacer for PseudoLru {
    fn loaded(&mut self, frame: FrameId, _: PageId, _: NextUse) -> bool {
        self.tree.touch(frame.get());
        false
    }

    fn touched(&mut self, frame: FrameId, _: NextUse) -> bool {
        self.tree.touch(frame.get());
        false
    }

    fn victim(&mut self, bits: &mut impl Bits) -> Option<Choice> {
        Choice::head(self.candidates(bits), RuleId::PlruBits)
    }

    fn rank(&self, bits: &impl Bits) -> Vec<Candidate> {
        self.candidates(bits).collect()
    }

    fn freed(&mut self, _: FrameId) {}

    fn footprint(&self) -> usize {
        self.tree.footprint()
    }
}
