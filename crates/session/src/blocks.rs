//! A coarse table of contents of a run: for every few steps, when they end and what kinds of events are among them.
//!
//! Whoever looks for an instant or for an event learns from it which steps to make again, and which to skip.

use kernelscope_sim::event::Event;
use kernelscope_sim::time::Time;

use crate::query::Kinds;

/// How many steps an entry stands for.
pub(crate) const BLOCK: u64 = 64;

/// The table.
#[derive(Clone, Debug, Default)]
pub(crate) struct Blocks(Vec<Block>);

#[derive(Clone, Copy, Debug)]
struct Block {
    end: Time,
    kinds: Kinds,
}

impl Blocks {
    /// Notes the `step`-th step, taken at `now`.
    pub(crate) fn note(&mut self, step: u64, now: Time, events: &[Event]) {
        if (step - 1).is_multiple_of(BLOCK) {
            self.0.push(Block { end: now, kinds: Kinds::default() });
        }
        if let Some(block) = self.0.last_mut() {
            block.end = now;
            events.iter().for_each(|event| block.kinds.add(Kinds::of(event)));
        }
    }

    /// The most steps that can have been taken with none of them, nor anything before them, after `at`.
    pub(crate) fn steps_until(&self, at: Time) -> u64 {
        self.0.partition_point(|block| block.end <= at) as u64 * BLOCK
    }

    /// Whether any of the steps after the first `from` and up to `to` may have an event of these kinds, not before `at`.
    pub(crate) fn may_have(&self, kinds: Kinds, at: Time, from: u64, to: u64) -> bool {
        let blocks = (from / BLOCK) as usize..(to.div_ceil(BLOCK) as usize).min(self.0.len());
        self.0.get(blocks).unwrap_or_default().iter().any(|block| block.end >= at && block.kinds.meet(kinds))
    }

    /// How many bytes it takes.
    pub(crate) fn footprint(&self) -> u64 {
        (self.0.capacity() * size_of::<Block>()) as u64
    }
}
