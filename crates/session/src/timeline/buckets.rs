//! Cutting a lane into buckets: what took the longest in each, and how much of it that was.

use std::ops::{Range, RangeInclusive};

use kernelscope_sim::ids::TaskId;
use kernelscope_sim::time::Time;

use super::track::{Track, What};
use crate::view::Activity;

/// The width of a bucket: two to this power, in nanoseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Width(pub(super) u32);

impl Width {
    /// No lane is longer than this.
    const WIDEST: Width = Width(63);

    /// The narrowest buckets of which at most `px` touch `from..to`.
    pub(super) fn for_columns(from: Time, to: Time, px: u32) -> Width {
        let fits = |width: &Width| width.bucket_of(Time(to.0 - 1)) - width.bucket_of(from) < u64::from(px);
        (0..=Self::WIDEST.0).map(Width).find(fits).unwrap_or(Self::WIDEST)
    }

    /// The narrowest buckets of which at most `count` cover the track; none if `count` is 0.
    pub(super) fn for_buckets(track: &Track, count: u64) -> Option<Width> {
        let start = track.stretches().first()?.start;
        let count = u32::try_from(count).unwrap_or(u32::MAX);
        (count > 0).then(|| Width::for_columns(start, track.end(), count))
    }

    /// The narrowest bucket that holds everything up to `end` alone.
    pub(super) fn of_all(end: Time) -> Width {
        Width(end.0.max(1).next_power_of_two().trailing_zeros())
    }

    /// The number of the bucket that holds an instant.
    pub(super) const fn bucket_of(self, at: Time) -> u64 {
        at.0 >> self.0
    }

    /// When a bucket begins.
    pub(super) const fn start_of(self, number: u64) -> Time {
        Time(number << self.0)
    }
}

/// What is shown of a bucket.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Bucket {
    task: Option<TaskId>,
    activity: Option<Activity>,
    /// Its share of the bucket, in 255ths, at least one; of its stretch, if that is the only one.
    pub(super) share: u8,
    /// The place of the only stretch in it, if there is only one, so that its edges can be shown.
    pub(super) single: Option<Place>,
}

/// The place of a stretch in its track, stored off by one so that an absent one takes no room.
pub(super) type Place = std::num::NonZeroU32;

impl Bucket {
    /// What took the longest; none if nothing went on.
    pub(super) fn what(&self) -> Option<What> {
        self.activity.map(|activity| What { activity, task: self.task })
    }

    /// What is shown of a bucket in which these things took so long, each once and in order.
    pub(super) fn of(width: Width, shares: &[Share]) -> Bucket {
        // The last of equals would win in `max_by_key`; the first has to.
        let longest = shares.iter().rev().max_by_key(|share| share.weight);
        let Some(Share { what, weight, first, last, share }) = longest.copied() else {
            return Bucket::default();
        };
        let single = Place::new(first + 1).filter(|_| shares.len() == 1 && first == last);
        let of_bucket = u8::try_from(((u128::from(weight) * 255) >> width.0).max(1)).unwrap_or(u8::MAX);
        let share = if single.is_some() { share } else { of_bucket };
        Bucket { task: what.task, activity: Some(what.activity), share, single }
    }
}

/// What one thing has of a bucket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Share {
    /// The thing.
    pub(super) what: What,
    /// The time that it took.
    pub(super) weight: u64,
    /// The place of its first stretch.
    pub(super) first: u32,
    /// The place of its last stretch.
    pub(super) last: u32,
    /// The share of its first stretch.
    pub(super) share: u8,
}

impl Share {
    /// Adds what the same thing has of the bucket to the right.
    pub(super) fn join(&mut self, right: &Share) {
        self.weight += right.weight;
        self.last = right.last;
    }
}

/// A lane that is being cut into buckets, and how far that is.
#[derive(Clone, Debug)]
pub(super) struct Cut {
    width: Width,
    /// The stretches that are left.
    places: Range<usize>,
    /// What lies before this has been added up.
    reached: Time,
    to: Time,
    /// The bucket that is being filled.
    current: u64,
}

impl Cut {
    /// Of the `wanted` buckets nothing has been looked at.
    pub(super) fn new(track: &Track, width: Width, wanted: RangeInclusive<u64>) -> Cut {
        let (reached, to) = (width.start_of(*wanted.start()), width.start_of(*wanted.end() + 1));
        Cut { width, places: track.overlapping(reached, to), reached, to, current: *wanted.start() }
    }
}

/// Adds up who had how much of a bucket, at a cost that does not depend on how many they are.
#[derive(Clone, Debug, Default)]
pub(super) struct Buckets {
    /// For every activity and task, one more than its place in `shares`; 0 if it has none.
    places: Vec<u32>,
    shares: Vec<Share>,
}

impl Buckets {
    /// Cuts `track` into the `wanted` buckets and shows each, empty ones left out.
    pub(super) fn cut(
        &mut self,
        track: &Track,
        width: Width,
        wanted: RangeInclusive<u64>,
        mut show: impl FnMut(u64, Bucket),
    ) {
        let (mut cut, mut all) = (Cut::new(track, width, wanted), u64::MAX);
        self.go_on(&mut cut, track, &mut all, |number, shares| show(number, Bucket::of(width, shares)));
    }

    /// Goes on cutting a track for at most `budget` pieces, and takes them off it. Hands over what is in each bucket, in
    /// order, empty ones left out. Says whether that was the last.
    pub(super) fn go_on(
        &mut self,
        cut: &mut Cut,
        track: &Track,
        budget: &mut u64,
        mut full: impl FnMut(u64, &[Share]),
    ) -> bool {
        while let Some(place) = cut.places.clone().next() {
            let stretch = &track.stretches()[place];
            let end = track.end_of(place).min(cut.to);
            cut.reached = cut.reached.max(stretch.start);
            while let Some(what) = stretch.what().filter(|_| cut.reached < end) {
                if *budget == 0 {
                    return false;
                }
                *budget -= 1;
                let number = cut.width.bucket_of(cut.reached);
                if number != cut.current {
                    self.hand_over(cut.current, &mut full);
                    cut.current = number;
                }
                let until = end.min(cut.width.start_of(number + 1));
                let weight = weigh(until.since(cut.reached).0, stretch.share);
                let (first, last) = (place as u32, place as u32);
                self.add(Share { what, weight, first, last, share: stretch.share });
                cut.reached = until;
            }
            cut.places.start += 1;
        }
        self.hand_over(cut.current, &mut full);
        true
    }

    fn add(&mut self, share: Share) {
        let key = key(share.what);
        if self.places.len() <= key {
            self.places.resize(key + 1, 0);
        }
        match self.places[key].checked_sub(1) {
            Some(place) => self.shares[place as usize].join(&share),
            None => {
                self.shares.push(share);
                self.places[key] = self.shares.len() as u32;
            }
        }
    }

    fn hand_over(&mut self, number: u64, full: &mut impl FnMut(u64, &[Share])) {
        if self.shares.is_empty() {
            return;
        }
        self.shares.sort_unstable_by_key(|share| share.what);
        full(number, &self.shares);
        for share in self.shares.drain(..) {
            self.places[key(share.what)] = 0;
        }
    }
}

fn key(what: What) -> usize {
    what.task.map_or(0, |task| task.index() + 1) * Activity::ALL.len() + what.activity as usize
}

/// The time that a stretch of this length really was what it is shown as.
fn weigh(length: u64, share: u8) -> u64 {
    match share {
        u8::MAX => length,
        _ => ((u128::from(length) * u128::from(share)) / 255) as u64,
    }
}
