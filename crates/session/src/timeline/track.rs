//! One lane of the timeline as it was recorded: who did what from when on.
//!
//! A stretch lasts until the next one begins, so that sixteen bytes hold it. Nothing that lasts no time is kept,
//! and equal neighbours are one stretch.

use kernelscope_sim::ids::TaskId;
use kernelscope_sim::time::Time;

use crate::view::Activity;

/// An activity, and whose it is. Ordered as equal shares of a bucket are decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct What {
    /// What goes on.
    pub activity: Activity,
    /// Whose; none if nobody's.
    pub task: Option<TaskId>,
}

/// From `start` to the start of the next stretch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// When it begins.
    pub start: Time,
    task: Option<TaskId>,
    activity: Option<Activity>,
    /// How much of it is really this, in 255ths.
    pub share: u8,
}

impl Stretch {
    /// A stretch that is all `what`, or empty.
    pub fn whole(start: Time, what: Option<What>) -> Stretch {
        Stretch::partial(start, what, u8::MAX)
    }

    /// A stretch of which `share` 255ths are `what`.
    pub fn partial(start: Time, what: Option<What>, share: u8) -> Stretch {
        let (activity, task) = what.map_or((None, None), |what| (Some(what.activity), what.task));
        Stretch { start, task, activity, share }
    }

    /// What goes on; none where nothing does.
    pub fn what(&self) -> Option<What> {
        self.activity.map(|activity| What { activity, task: self.task })
    }
}

/// The stretches of one lane, in the order of time.
#[derive(Clone, Debug, Default)]
pub struct Track {
    stretches: Vec<Stretch>,
    end: Time,
}

impl Track {
    /// A lane that was recorded as these stretches and ends with the last of them.
    pub fn new(stretches: Vec<Stretch>, end: Time) -> Track {
        Track { stretches, end }
    }

    /// From `at` on, `what` goes on.
    ///
    /// # Panics
    /// When `at` lies before the last change: the clock never runs back.
    pub fn change(&mut self, at: Time, what: Option<What>) {
        assert!(at >= self.end, "a lane changed at {at:?}, which lies before {:?}", self.end);
        self.end = at;
        if self.stretches.last().is_some_and(|last| last.start == at) {
            self.stretches.pop();
        }
        let before = self.stretches.last().filter(|last| last.share == u8::MAX);
        if before.and_then(Stretch::what) != what || (before.is_none() && !self.stretches.is_empty()) {
            self.stretches.push(Stretch::whole(at, what));
        }
    }

    /// The lane was recorded up to `end`.
    pub fn finish(&mut self, end: Time) {
        self.end = self.end.max(end);
        if self.stretches.last().is_some_and(|last| last.start == self.end) {
            self.stretches.pop();
        }
        self.stretches.shrink_to_fit();
    }

    /// Whether anything ever went on.
    pub fn is_empty(&self) -> bool {
        self.stretches.is_empty()
    }

    /// All stretches.
    pub fn stretches(&self) -> &[Stretch] {
        &self.stretches
    }

    /// Up to when it was recorded.
    pub fn end(&self) -> Time {
        self.end
    }

    /// The places of the stretches that share an instant with `from..to`.
    pub fn overlapping(&self, from: Time, to: Time) -> std::ops::Range<usize> {
        if from >= self.end || from >= to {
            return 0..0;
        }
        let first = self.stretches.partition_point(|stretch| stretch.start <= from).saturating_sub(1);
        let last = self.stretches.partition_point(|stretch| stretch.start < to);
        first..last.max(first)
    }

    /// When the stretch at this place ends.
    pub fn end_of(&self, place: usize) -> Time {
        self.stretches.get(place + 1).map_or(self.end, |next| next.start)
    }

    /// How many bytes it takes.
    pub fn footprint(&self) -> u64 {
        (self.stretches.capacity() * size_of::<Stretch>()) as u64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn user(task: u32) -> Option<What> {
        Some(What { activity: Activity::User, task: Some(TaskId::new(task)) })
    }

    #[test]
    fn a_stretch_takes_sixteen_bytes() {
        assert_eq!(size_of::<Stretch>(), 16);
    }

    #[test]
    fn what_lasts_no_time_is_forgotten_and_its_neighbours_become_one() {
        let mut track = Track::default();
        track.change(Time(0), user(0));
        track.change(Time(5), None);
        track.change(Time(5), user(1));
        track.change(Time(5), user(0));
        track.change(Time(9), None);
        track.finish(Time(9));
        assert_eq!(track.stretches(), [Stretch::whole(Time(0), user(0))]);
        assert_eq!(track.end_of(0), Time(9));
    }

    #[test]
    fn a_lane_begins_with_the_first_thing_that_goes_on() {
        let mut track = Track::default();
        track.change(Time(0), None);
        assert!(track.is_empty());
        track.change(Time(3), user(0));
        assert_eq!(track.stretches().len(), 1);
    }

    #[test]
    fn a_window_finds_the_stretches_that_it_touches() {
        let mut track = Track::default();
        for (at, task) in [(2, 0), (4, 1), (6, 0)] {
            track.change(Time(at), user(task));
        }
        track.finish(Time(8));
        assert_eq!(track.overlapping(Time(0), Time(2)), 0..0);
        assert_eq!(track.overlapping(Time(0), Time(3)), 0..1);
        assert_eq!(track.overlapping(Time(4), Time(6)), 1..2);
        assert_eq!(track.overlapping(Time(5), Time(100)), 1..3);
        assert_eq!(track.overlapping(Time(8), Time(100)), 0..0);
    }
}
