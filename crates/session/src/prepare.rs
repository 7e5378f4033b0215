//! The lanes of a complete run on their way to being ready to answer, in slices like the run itself.

use std::vec;

use crate::timeline::{LaneTrack, Preparing, Track};
use crate::view::Lane;

/// So many stretches are handled in the time of one step.
pub(crate) const STRETCHES_A_STEP: u64 = 4;

/// Lanes that are being got ready, one after the other.
pub(crate) struct Prepare {
    left: vec::IntoIter<(Lane, Track)>,
    now: Option<(Lane, Preparing)>,
    ready: Vec<(Lane, LaneTrack)>,
}

impl Prepare {
    /// Lanes for which nothing has been done.
    pub(crate) fn new(lanes: Vec<(Lane, Track)>) -> Prepare {
        Prepare { ready: Vec::with_capacity(lanes.len()), left: lanes.into_iter(), now: None }
    }

    /// Works for about `budget` steps, and takes them off it. Says whether all lanes are ready.
    pub(crate) fn work(&mut self, budget: &mut u64) -> bool {
        let mut stretches = budget.saturating_mul(STRETCHES_A_STEP);
        let ready = self.handle(&mut stretches);
        *budget = stretches / STRETCHES_A_STEP;
        ready
    }

    /// The same, counted in stretches.
    fn handle(&mut self, stretches: &mut u64) -> bool {
        loop {
            if let Some((_, preparing)) = &mut self.now
                && !preparing.work(stretches)
            {
                return false;
            }
            self.ready.extend(self.now.take().map(|(lane, preparing)| (lane, preparing.finish())));
            let Some((lane, track)) = self.left.next() else { return true };
            self.now = Some((lane, Preparing::new(track)));
        }
    }

    /// The lanes, in their order.
    pub(crate) fn finish(self) -> Vec<(Lane, LaneTrack)> {
        self.ready
    }
}
