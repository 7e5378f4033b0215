//! First in, first out (OSTEP 22.3; OSC 10.4.2).
//!
//! The page that came in first leaves first, however much it is used. More frames can mean more faults: Belady's
//! anomaly, on `1 2 3 4 1 2 5 1 2 3 4 5` with three frames and four.

use super::list::Lists;
use super::{Bits, Candidate, Choice, NextUse, Replacer};
use crate::ids::{FrameId, PageId};
use crate::rules::RuleId;

/// One list in the order of loading.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Fifo {
    order: Lists<1>,
    loads: u64,
}

impl Fifo {
    fn candidates(&self, bits: &impl Bits) -> impl Iterator<Item = Candidate> {
        let key = |frame| self.order.stamp(frame);
        self.order.iter(0).filter(|frame| bits.is_candidate(*frame)).map(move |frame| Candidate {
            frame,
            rule: RuleId::FifoOldest,
            key: key(frame),
        })
    }
}

impl Replacer for Fifo {
    fn loaded(&mut self, frame: FrameId, _: PageId, _: NextUse) -> bool {
        self.order.push_back(0, frame, self.loads);
        self.loads += 1;
        false
    }

    fn victim(&mut self, bits: &mut impl Bits) -> Option<Choice> {
        Choice::head(self.candidates(bits), RuleId::FifoOldest)
    }

    fn rank(&self, bits: &impl Bits) -> Vec<Candidate> {
        self.candidates(bits).collect()
    }

    fn freed(&mut self, frame: FrameId) {
        self.order.remove(frame);
    }

    fn footprint(&self) -> usize {
        self.order.footprint()
    }
}
