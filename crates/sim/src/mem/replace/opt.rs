//! The policies that know the future: OPT (Belady, 1966; OSTEP 22.2; OSC 10.4.3) and its opposite.
//!
//! OPT lets the page go whose next use is farthest away. No policy has fewer faults, and none can be built: it is
//! what the others are measured against. UNOPT lets the page go that is needed soonest, which shows how badly one
//! can choose.
//!
//! Every reference says when its page is used next, from a table made beforehand ([`super::next_uses`]). Two pages
//! can only be equal in never being used again; then OPT goes by a convention. The faults are the same under each;
//! that more frames never hold fewer pages is true of `smallest_page` alone, an order that does not depend on how
//! many frames there are.

use super::{Bits, Candidate, Choice, NextUse, Replacer};
use crate::conventions::OptTie;
use crate::heap::Heap;
use crate::ids::{FrameId, PageId};
use crate::rules::RuleId;

/// Which use of the future is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Aim {
    /// The page whose next use is farthest away leaves; of those never used again, the one that this names.
    Farthest(OptTie),
    /// The page that is used soonest leaves; of those never used again, the one that was loaded first.
    Nearest,
}

/// The order in which pages leave, the least first. 16 bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Key {
    /// The next use, turned round if the farthest is to be the least.
    next: u32,
    space: u32,
    tie: u64,
}

/// A heap of pages by when they are used next.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Opt {
    order: Heap<Key, FrameId>,
    loads: u64,
    aim: Aim,
}

impl Opt {
    pub(super) fn new(aim: Aim) -> Opt {
        Opt { order: Heap::default(), loads: 0, aim }
    }

    /// Which use of the future is made.
    pub fn aim(&self) -> Aim {
        self.aim
    }

    /// A next use as the heap orders it, and back.
    fn turned(&self, next: u32) -> u32 {
        match self.aim {
            Aim::Farthest(_) => !next,
            Aim::Nearest => next,
        }
    }

    fn candidates(
        &self,
        order: impl Iterator<Item = (FrameId, Key)>,
        bits: &impl Bits,
    ) -> impl Iterator<Item = Candidate> {
        let rule = match self.aim {
            Aim::Farthest(_) => RuleId::OptFarthest,
            Aim::Nearest => RuleId::UnoptNearest,
        };
        order.filter(|(frame, _)| bits.is_candidate(*frame)).map(move |(frame, key)| Candidate {
            frame,
            rule,
            key: NextUse(self.turned(key.next)).key(),
        })
    }
}

impl Replacer for Opt {
    fn loaded(&mut self, frame: FrameId, page: PageId, next: NextUse) -> bool {
        let (space, tie) = match self.aim {
            Aim::Farthest(OptTie::LastLoaded) => (0, u64::MAX - self.loads),
            Aim::Farthest(OptTie::FirstLoaded) | Aim::Nearest => (0, self.loads),
            Aim::Farthest(OptTie::SmallestPage) => (page.space.get(), page.vpn.0),
        };
        self.order.push(frame, Key { next: self.turned(next.0), space, tie });
        self.loads += 1;
        false
    }

    fn touched(&mut self, frame: FrameId, next: NextUse) -> bool {
        let next = self.turned(next.0);
        self.order.update(frame, |key| key.next = next);
        false
    }

    fn victim(&mut self, bits: &mut impl Bits) -> Option<Choice> {
        let tie = match self.aim {
            Aim::Farthest(_) => RuleId::OptTie,
            Aim::Nearest => RuleId::FirstLoadedTie,
        };
        Choice::head(self.candidates(self.order.ascending(), bits), tie)
    }

    fn rank(&self, bits: &impl Bits) -> Vec<Candidate> {
        self.candidates(self.order.sorted(), bits).collect()
    }

    fn freed(&mut self, frame: FrameId) {
        self.order.remove(frame);
    }

    fn footprint(&self) -> usize {
        self.order.footprint()
    }
}
