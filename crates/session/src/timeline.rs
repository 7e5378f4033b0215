//! The timeline, piece by piece: whatever the zoom, a lane is answered with at most one run a column.
//!
//! A lane that has few stretches in the window is answered as it was. Otherwise time is cut into buckets whose
//! width is a power of two nanoseconds, on a grid that starts at 0, so that the pieces of a panned timeline fit
//! together and nothing flickers. A bucket shows what took the longest in it (equals go by the order of
//! [`Activity`]) and says how large its share was; a bucket with a single stretch is exact.
//!
//! Long lanes keep a [`mip`]: the buckets of every width, made once, so that a window over a million stretches costs
//! no more than one over a thousand.

mod buckets;
mod mip;
pub mod steps;
mod track;

use kernelscope_sim::time::Time;

pub use self::track::{Stretch, Track, What};
use crate::timeline::buckets::{Bucket, Buckets, Cut, Width};
use crate::timeline::mip::{Making, Mip};
use crate::view::{Segment, Tile};

/// The most columns that a tile is made for: enough for a whole run at its finest.
pub const MOST_COLUMNS: u32 = 1 << 20;

/// What is to be drawn of the instants of `window` in `px` columns: in each lane at most so many runs, in the order
/// of time. The first and the last of a lane may reach beyond the window.
pub fn tile<'a>(lanes: impl Iterator<Item = &'a LaneTrack>, window: (Time, Time), px: u32) -> Tile {
    let px = px.clamp(1, MOST_COLUMNS);
    let mut buckets = Buckets::default();
    Tile { window, px, lanes: lanes.map(|lane| lane.tile(window, px, &mut buckets)).collect() }
}

/// One lane, ready to answer.
#[derive(Clone, Debug)]
pub struct LaneTrack {
    track: Track,
    mip: Option<Mip>,
}

impl LaneTrack {
    /// A lane that is complete, got ready in one go.
    pub fn new(track: Track) -> LaneTrack {
        let (mut preparing, mut all) = (Preparing::new(track), u64::MAX);
        preparing.work(&mut all);
        preparing.finish()
    }

    fn tile(&self, (from, to): (Time, Time), px: u32, buckets: &mut Buckets) -> Vec<Segment> {
        let places = self.track.overlapping(from, to);
        let mut runs = Runs::default();
        if places.len() <= px as usize {
            for place in places {
                runs.stretch(&self.track, place);
            }
            return runs.0;
        }
        let width = Width::for_columns(from, to, px).min(Width::of_all(self.track.end()));
        let wanted = width.bucket_of(from)..=width.bucket_of(Time(to.min(self.track.end()).0 - 1));
        match self.mip.as_ref().and_then(|mip| mip.level(width)) {
            Some(level) => {
                wanted.for_each(|number| runs.bucket(&self.track, width, number, level.get(number)));
            }
            None => buckets.cut(&self.track, width, wanted, |number, bucket| {
                runs.bucket(&self.track, width, number, bucket);
            }),
        }
        runs.0
    }

    /// How many bytes it takes.
    pub fn footprint(&self) -> u64 {
        self.track.footprint() + self.mip.as_ref().map_or(0, Mip::footprint)
    }
}

/// A lane that is complete and being got ready to answer, which takes a while if it is long.
pub struct Preparing {
    track: Track,
    making: Option<Making>,
}

impl Preparing {
    /// A lane for which nothing has been done.
    pub fn new(track: Track) -> Preparing {
        Preparing { making: Making::of(&track), track }
    }

    /// Handles about `budget` of its stretches, each once or a few times in all, and takes them off it. Says whether it
    /// is ready.
    pub fn work(&mut self, budget: &mut u64) -> bool {
        self.making.as_mut().is_none_or(|making| making.work(&self.track, budget))
    }

    /// The lane, ready to answer.
    pub fn finish(self) -> LaneTrack {
        LaneTrack { track: self.track, mip: self.making.map(Making::finish) }
    }
}

/// A lane that is being made anew with about an eighth as many stretches: what happened in a short time is drawn as
/// what took the longest of it.
#[derive(Clone, Debug)]
pub struct Coarsening {
    width: Width,
    cut: Cut,
    buckets: Buckets,
    runs: Runs,
}

impl Coarsening {
    /// A lane for which nothing has been done; none if it is too short.
    pub fn of(track: &Track) -> Option<Coarsening> {
        const STRETCHES_A_BUCKET: u64 = 16;
        let width = Width::for_buckets(track, track.stretches().len() as u64 / STRETCHES_A_BUCKET)?;
        let first = track.stretches().first()?.start;
        let all = width.bucket_of(first)..=width.bucket_of(Time(track.end().0 - 1));
        let cut = Cut::new(track, width, all);
        Some(Coarsening { width, cut, buckets: Buckets::default(), runs: Runs::default() })
    }

    /// Handles at most `budget` of the stretches of that lane, and takes them off it. Says whether all are done.
    pub fn work(&mut self, track: &Track, budget: &mut u64) -> bool {
        let Coarsening { width, cut, buckets, runs } = self;
        buckets.go_on(cut, track, budget, |number, shares| {
            runs.bucket(track, *width, number, Bucket::of(*width, shares));
        })
    }

    /// The coarser lane; none if it would not be much smaller.
    pub fn finish(self, track: &Track) -> Option<Track> {
        let runs = self.runs.0;
        let mut stretches = Vec::with_capacity(runs.len() + 1);
        let mut end = None;
        for run in &runs {
            if end.is_some_and(|end| end < run.start) {
                stretches.extend(end.map(|end| Stretch::whole(end, None)));
            }
            let what = What { activity: run.activity, task: run.task };
            stretches.push(Stretch::partial(run.start, Some(what), run.share));
            end = Some(run.start + run.length);
        }
        if end.is_some_and(|end| end < track.end()) {
            stretches.extend(end.map(|end| Stretch::whole(end, None)));
        }
        (stretches.len() <= track.stretches().len() / 2).then(|| {
            stretches.shrink_to_fit();
            Track::new(stretches, track.end())
        })
    }
}

/// Runs in the order of time; equal neighbours become one.
#[derive(Clone, Debug, Default)]
struct Runs(Vec<Segment>);

impl Runs {
    fn push(&mut self, start: Time, end: Time, what: What, share: u8) {
        if let Some(last) = self.0.last_mut()
            && (last.activity, last.task, last.share) == (what.activity, what.task, share)
            && last.start + last.length == start
        {
            last.length = end.since(last.start);
            return;
        }
        let What { activity, task } = what;
        self.0.push(Segment { start, length: end.since(start), activity, task, share });
    }

    fn stretch(&mut self, track: &Track, place: usize) {
        let stretch = &track.stretches()[place];
        if let Some(what) = stretch.what() {
            self.push(stretch.start, track.end_of(place), what, stretch.share);
        }
    }

    fn bucket(&mut self, track: &Track, width: Width, number: u64, bucket: Bucket) {
        let Some(what) = bucket.what() else { return };
        let (mut start, mut end) = (width.start_of(number), width.start_of(number + 1));
        if let Some(place) = bucket.single {
            let place = place.get() as usize - 1;
            start = start.max(track.stretches()[place].start);
            end = end.min(track.end_of(place));
        }
        self.push(start, end, what, bucket.share);
    }
}

#[cfg(test)]
mod tests;
