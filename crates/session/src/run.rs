//! A loaded run: what was written down while it was made, the checkpoints, and the cursor.

use kernelscope_sim::time::Time;

use crate::blocks::Blocks;
use crate::checkpoints::Checkpoints;
use crate::snapshot::{arrive, snapshot};
use crate::timeline::{LaneTrack, tile};
use crate::traveller::{Step, Traveller};
use crate::view::{Overview, Snapshot, Tile};

/// A run that can be looked at.
pub(crate) struct Run {
    overview: Overview,
    lanes: Vec<LaneTrack>,
    blocks: Blocks,
    checkpoints: Checkpoints<Traveller>,
    cursor: Cursor,
}

/// A place in a run: the machine there and what is shown of it.
pub(crate) struct Cursor {
    /// The machine.
    pub(crate) traveller: Traveller,
    /// What is shown.
    pub(crate) snapshot: Snapshot,
}

impl Run {
    /// A run with the cursor at its start.
    pub(crate) fn new(
        overview: Overview,
        lanes: Vec<LaneTrack>,
        blocks: Blocks,
        checkpoints: Checkpoints<Traveller>,
    ) -> Run {
        let start = checkpoints.nearest(0).1.clone();
        let snapshot = snapshot(&start, &overview, Vec::new(), Vec::new());
        Run { cursor: Cursor { traveller: start, snapshot }, overview, lanes, blocks, checkpoints }
    }

    /// The run as a whole.
    pub(crate) fn overview(&self) -> &Overview {
        &self.overview
    }

    /// How many steps it has.
    pub(crate) fn steps(&self) -> u64 {
        self.overview.steps
    }

    /// Its table of contents.
    pub(crate) fn blocks(&self) -> &Blocks {
        &self.blocks
    }

    /// Its checkpoints.
    pub(crate) fn checkpoints(&self) -> &Checkpoints<Traveller> {
        &self.checkpoints
    }

    /// Where the cursor stands.
    pub(crate) fn cursor(&self) -> &Cursor {
        &self.cursor
    }

    /// Puts the cursor elsewhere.
    pub(crate) fn move_to(&mut self, cursor: Cursor) {
        self.cursor = cursor;
    }

    /// The nearest known state that is not behind `step`: the cursor's, or a checkpoint.
    pub(crate) fn nearest(&self, step: u64) -> &Traveller {
        let (at, checkpoint) = self.checkpoints.nearest(step);
        let cursor = &self.cursor.traveller;
        if (at..=step).contains(&cursor.steps()) { cursor } else { checkpoint }
    }

    /// The place one step after `before`, or `before` itself at the end of the run.
    pub(crate) fn arrive(&self, before: &Traveller, step: &mut Step) -> Cursor {
        arrive(before, &self.overview, step)
    }

    /// The place before the first step.
    pub(crate) fn start(&self) -> Cursor {
        let start = self.checkpoints.nearest(0).1;
        Cursor { snapshot: snapshot(start, &self.overview, Vec::new(), Vec::new()), traveller: start.clone() }
    }

    /// A piece of the timeline.
    pub(crate) fn tile(&self, window: (Time, Time), px: u32) -> Tile {
        tile(self.lanes.iter(), window, px)
    }

    /// How many bytes the index takes.
    pub(crate) fn index_bytes(&self) -> u64 {
        self.lanes.iter().map(LaneTrack::footprint).sum::<u64>() + self.blocks.footprint()
    }

    /// How many bytes the checkpoints take.
    pub(crate) fn checkpoint_bytes(&self) -> u64 {
        self.checkpoints.footprint()
    }

    /// Keeps the first checkpoint only: every place can still be reached, if slowly.
    pub(crate) fn shed(&mut self) {
        self.checkpoints.shed();
    }
}
