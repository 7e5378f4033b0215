//! The buckets of every width of a long lane, made once.
//!
//! A bucket's longest is not always the longest of one of its halves, so each width is made from all that the next
//! narrower one holds and not from what that shows. That costs a constant per stretch for all widths together: what
//! the narrowest holds is read off the lane, and joining two neighbours leaves at most as much as they had.

use super::buckets::{Bucket, Buckets, Share, Width};
use super::track::Track;

/// Lanes with fewer stretches are quick enough without.
const WORTH_IT: usize = 4096;
/// How many stretches a bucket of the narrowest width holds on average.
const STRETCHES_A_BUCKET: u64 = 8;

/// The buckets of a lane, from the narrowest width to the one that holds everything.
#[derive(Clone, Debug)]
pub(super) struct Mip {
    narrowest: Width,
    levels: Vec<Level>,
}

/// The buckets of one width.
#[derive(Clone, Debug)]
pub(super) struct Level {
    first: u64,
    buckets: Vec<Bucket>,
}

impl Mip {
    /// The buckets of a track; none if it is short.
    pub(super) fn new(track: &Track) -> Option<Mip> {
        let count = track.stretches().len();
        if count < WORTH_IT {
            return None;
        }
        let narrowest = Width::for_buckets(track, count as u64 / STRETCHES_A_BUCKET)?;
        let mut full = Full::of(track, narrowest);
        let mut levels = vec![full.shown(narrowest)];
        for width in (narrowest.0 + 1..=Width::of_all(track.end()).0).map(Width) {
            full = full.halved();
            levels.push(full.shown(width));
        }
        Some(Mip { narrowest, levels })
    }

    /// The buckets of that width, unless it is too narrow.
    pub(super) fn level(&self, width: Width) -> Option<&Level> {
        self.levels.get(width.0.checked_sub(self.narrowest.0)? as usize)
    }

    /// How many bytes it takes.
    pub(super) fn footprint(&self) -> u64 {
        self.levels.iter().map(|level| (level.buckets.capacity() * size_of::<Bucket>()) as u64).sum()
    }
}

impl Level {
    /// The bucket of that number; an empty one outside the lane.
    pub(super) fn get(&self, number: u64) -> Bucket {
        let place = number.checked_sub(self.first).and_then(|place| usize::try_from(place).ok());
        place.and_then(|place| self.buckets.get(place)).copied().unwrap_or_default()
    }
}

/// All that the buckets of one width hold; only while the mip is made.
struct Full {
    shares: Vec<Share>,
    /// For each bucket that holds anything: its number, and where its shares end.
    buckets: Vec<(u64, usize)>,
}

impl Full {
    fn of(track: &Track, width: Width) -> Full {
        let mut full = Full { shares: Vec::new(), buckets: Vec::new() };
        let ends = track.stretches().first().map_or(0, |first| width.bucket_of(first.start));
        let wanted = ends..=width.bucket_of(track.end());
        Buckets::default().each(track, width, wanted, |number, shares| {
            full.shares.extend_from_slice(shares);
            full.buckets.push((number, full.shares.len()));
        });
        full
    }

    fn each(&self) -> impl Iterator<Item = (u64, &[Share])> {
        let starts = std::iter::once(0).chain(self.buckets.iter().map(|(_, end)| *end));
        starts.zip(&self.buckets).map(|(start, (number, end))| (*number, &self.shares[start..*end]))
    }

    /// Neighbours joined two by two.
    fn halved(&self) -> Full {
        let mut wide = Full { shares: Vec::with_capacity(self.shares.len()), buckets: Vec::new() };
        let mut buckets = self.each().peekable();
        while let Some((number, left)) = buckets.next() {
            match buckets.next_if(|(next, _)| next >> 1 == number >> 1) {
                Some((_, right)) => join(left, right, &mut wide.shares),
                None => wide.shares.extend_from_slice(left),
            }
            wide.buckets.push((number >> 1, wide.shares.len()));
        }
        wide
    }

    fn shown(&self, width: Width) -> Level {
        let first = self.buckets.first().map_or(0, |(number, _)| *number);
        let count = self.buckets.last().map_or(0, |(number, _)| number - first + 1);
        let mut buckets = vec![Bucket::default(); count as usize];
        for (number, shares) in self.each() {
            buckets[(number - first) as usize] = Bucket::of(width, shares);
        }
        Level { first, buckets }
    }
}

/// Merges two lists that are in order.
fn join(left: &[Share], right: &[Share], joined: &mut Vec<Share>) {
    let (mut left, mut right) = (left.iter().peekable(), right.iter().peekable());
    loop {
        let next = match (left.peek(), right.peek()) {
            (Some(a), Some(b)) if a.what == b.what => {
                let mut both = **a;
                both.join(b);
                left.next();
                right.next();
                both
            }
            (Some(a), Some(b)) if b.what < a.what => {
                let only = **b;
                right.next();
                only
            }
            (Some(a), _) => {
                let only = **a;
                left.next();
                only
            }
            (None, Some(b)) => {
                let only = **b;
                right.next();
                only
            }
            (None, None) => return,
        };
        joined.push(next);
    }
}
