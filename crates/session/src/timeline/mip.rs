//! The buckets of every width of a long lane, made once.
//!
//! A bucket's longest is not always the longest of one of its halves, so each width is made from all that the next
//! narrower one holds and not from what that shows. That costs a constant per stretch for all widths together: what
//! the narrowest holds is read off the lane, and joining two neighbours leaves at most as much as they had. A lane of a
//! million stretches is still more than can be done at once, so the buckets are [made](Making) in slices.

use super::buckets::{Bucket, Buckets, Cut, Share, Width};
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
#[derive(Clone, Debug, Default)]
pub(super) struct Level {
    first: u64,
    buckets: Vec<Bucket>,
}

impl Mip {
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

    /// Puts a bucket behind the others.
    fn push(&mut self, number: u64, bucket: Bucket) {
        if self.buckets.is_empty() {
            self.first = number;
        }
        self.buckets.resize((number - self.first) as usize, Bucket::default());
        self.buckets.push(bucket);
    }
}

/// A mip that is being made: the buckets of the narrowest width first, and those of each wider one from the last.
#[derive(Debug)]
pub(super) struct Making {
    buckets: Buckets,
    cut: Cut,
    /// What the last width holds; none before the lane is cut.
    last: Option<Full>,
    /// How many of its buckets are joined.
    joined: usize,
    /// What the next width holds so far.
    next: Full,
    narrowest: Width,
    widest: Width,
    levels: Vec<Level>,
}

impl Making {
    /// For a track of which nothing has been looked at; none if it is short.
    pub(super) fn of(track: &Track) -> Option<Making> {
        let count = track.stretches().len();
        if count < WORTH_IT {
            return None;
        }
        let narrowest = Width::for_buckets(track, count as u64 / STRETCHES_A_BUCKET)?;
        let first = track.stretches().first().map_or(0, |first| narrowest.bucket_of(first.start));
        let all = first..=narrowest.bucket_of(track.end());
        Some(Making {
            buckets: Buckets::default(),
            cut: Cut::new(track, narrowest, all),
            last: None,
            joined: 0,
            next: Full::new(narrowest),
            narrowest,
            widest: Width::of_all(track.end()).max(narrowest),
            levels: Vec::new(),
        })
    }

    /// Goes on with about `budget` shares of buckets, and takes them off it. Says whether everything is made.
    pub(super) fn work(&mut self, track: &Track, budget: &mut u64) -> bool {
        loop {
            let next = &mut self.next;
            let complete = match &self.last {
                None => self
                    .buckets
                    .go_on(&mut self.cut, track, budget, |number, shares| next.push(number, shares)),
                Some(last) => next.join(last, &mut self.joined, budget),
            };
            if !complete {
                return false;
            }
            let mut level = std::mem::take(&mut next.level);
            level.buckets.shrink_to_fit();
            self.levels.push(level);
            if next.width >= self.widest {
                return true;
            }
            let wider = Full::new(Width(next.width.0 + 1));
            self.last = Some(std::mem::replace(next, wider));
            self.joined = 0;
        }
    }

    /// What was made.
    pub(super) fn finish(self) -> Mip {
        Mip { narrowest: self.narrowest, levels: self.levels }
    }
}

/// All that the buckets of one width hold; only while the mip is made.
#[derive(Debug)]
struct Full {
    width: Width,
    shares: Vec<Share>,
    /// For each bucket that holds anything: its number, and where its shares end.
    buckets: Vec<(u64, usize)>,
    /// What is shown of them.
    level: Level,
}

impl Full {
    /// Nothing yet.
    fn new(width: Width) -> Full {
        Full { width, shares: Vec::new(), buckets: Vec::new(), level: Level::default() }
    }

    /// The bucket at a place: its number and its shares.
    fn get(&self, place: usize) -> Option<(u64, &[Share])> {
        let (number, end) = *self.buckets.get(place)?;
        let start = place.checked_sub(1).map_or(0, |before| self.buckets[before].1);
        Some((number, &self.shares[start..end]))
    }

    /// Puts a bucket behind the others.
    fn push(&mut self, number: u64, shares: &[Share]) {
        self.shares.extend_from_slice(shares);
        self.close(number);
    }

    /// What was added since the last bucket is one.
    fn close(&mut self, number: u64) {
        let start = self.buckets.last().map_or(0, |(_, end)| *end);
        self.level.push(number, Bucket::of(self.width, &self.shares[start..]));
        self.buckets.push((number, self.shares.len()));
    }

    /// Joins the buckets of half the width two by two, from the place `joined` on. Says whether all are.
    fn join(&mut self, narrow: &Full, joined: &mut usize, budget: &mut u64) -> bool {
        while let Some((number, left)) = narrow.get(*joined) {
            if *budget == 0 {
                return false;
            }
            let neighbour = narrow.get(*joined + 1).filter(|(next, _)| next >> 1 == number >> 1);
            let right = neighbour.map_or(&[][..], |(_, right)| right);
            join(left, right, &mut self.shares);
            self.close(number >> 1);
            *budget = budget.saturating_sub((left.len() + right.len()) as u64);
            *joined += 1 + usize::from(neighbour.is_some());
        }
        true
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
