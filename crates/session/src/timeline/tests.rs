use kernelscope_sim::ids::TaskId;
use kernelscope_sim::time::Nanos;
use proptest::prelude::*;

use super::*;
use crate::view::Activity;

/// What somebody would draw who looked at every nanosecond of every bucket.
fn naive(track: &Track, (from, to): (Time, Time), px: u32) -> Vec<Segment> {
    let mut runs = Runs::default();
    let at = |time: Time| {
        let place =
            (0..track.stretches().len()).rev().find(|place| track.stretches()[*place].start <= time)?;
        (time < track.end()).then_some(place).filter(|place| track.stretches()[*place].what().is_some())
    };
    let touched: Vec<usize> = {
        let mut places: Vec<usize> = (from.0..to.0).filter_map(|time| at(Time(time))).collect();
        places.dedup();
        places
    };
    if track.overlapping(from, to).len() <= px as usize {
        touched.into_iter().for_each(|place| runs.stretch(track, place));
        return runs.0;
    }
    let mut width = 1;
    while (to.0 - 1) / width - from.0 / width >= u64::from(px) && width < track.end().0 {
        width *= 2;
    }
    for number in from.0 / width..=(to.0 - 1) / width {
        let inside: Vec<(u64, usize)> =
            (number * width..(number + 1) * width).filter_map(|time| Some((time, at(Time(time))?))).collect();
        let mut places: Vec<usize> = inside.iter().map(|(_, place)| *place).collect();
        places.dedup();
        let mut whats: Vec<What> =
            places.iter().filter_map(|place| track.stretches()[*place].what()).collect();
        whats.sort();
        whats.dedup();
        let taken = |what: What| {
            inside.iter().filter(|(_, place)| track.stretches()[*place].what() == Some(what)).count() as u64
        };
        let Some(longest) =
            whats.iter().copied().reduce(|best, next| if taken(next) > taken(best) { next } else { best })
        else {
            continue;
        };
        match places[..] {
            [_] => {
                let (first, last) = (inside[0].0, inside[inside.len() - 1].0);
                runs.push(Time(first), Time(last + 1), longest, 255);
            }
            _ => {
                let share = (taken(longest) * 255 / width).max(1) as u8;
                runs.push(Time(number * width), Time((number + 1) * width), longest, share);
            }
        }
    }
    runs.0
}

fn of_lane(lane: &LaneTrack, window: (Time, Time), px: u32) -> Vec<Segment> {
    tile(std::iter::once(lane), window, px).lanes.remove(0)
}

/// A lane of some tasks that take turns and pauses.
fn track(changes: &[(u8, u8)]) -> Track {
    let mut track = Track::default();
    let mut at = Time(0);
    for (length, what) in changes {
        let task = TaskId::new(u32::from(*what) / 4);
        let activity = [Activity::User, Activity::Kernel, Activity::Idle][usize::from(*what % 4) % 3];
        track.change(at, (*what % 4 != 3).then_some(What { activity, task: Some(task) }));
        at = at + Nanos(u64::from(*length));
    }
    track.finish(at);
    track
}

/// The same lane with less detail, made so many stretches at a time.
fn coarsened(track: &Track, slice: u64) -> Option<Track> {
    let mut coarsening = Coarsening::of(track)?;
    while !coarsening.work(track, &mut slice.clone()) {}
    coarsening.finish(track)
}

fn changes(most: usize) -> impl Strategy<Value = Vec<(u8, u8)>> {
    prop::collection::vec((0_u8..20, 0_u8..12), 1..most)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_tile_shows_what_a_look_at_every_nanosecond_shows(
        changes in changes(120), from in 0_u64..900, length in 1_u64..1200, px in 1_u32..40,
    ) {
        let track = track(&changes);
        let window = (Time(from), Time(from + length));
        let shown = of_lane(&LaneTrack::new(track.clone()), window, px);
        prop_assert!(shown.len() <= px as usize);
        prop_assert_eq!(shown, naive(&track, window, px));
    }

    #[test]
    fn a_coarser_lane_is_smaller_and_shows_nothing_where_nothing_was(
        changes in changes(400), slice in 1_u64..200,
    ) {
        let fine = track(&changes);
        if let Some(coarse) = coarsened(&fine, slice) {
            let at_once = coarsened(&fine, u64::MAX).map(|track| track.stretches().to_vec());
            prop_assert_eq!(Some(coarse.stretches().to_vec()), at_once);
            prop_assert!(coarse.stretches().len() <= fine.stretches().len() / 2);
            prop_assert_eq!(coarse.end(), fine.end());
            let empty = |track: &Track| {
                let whole = (Time(0), Time(track.end().0.max(1)));
                of_lane(&LaneTrack::new(track.clone()), whole, MOST_COLUMNS).is_empty()
            };
            prop_assert_eq!(empty(&coarse), empty(&fine));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_lane_with_buckets_made_beforehand_answers_like_one_without(
        changes in changes(20_000).prop_filter("long", |changes| changes.len() > 9_000),
        from in 0_u64..190_000, length in 1_u64..200_000, px in 1_u32..3000, slice in 1_u64..5000,
    ) {
        let track = track(&changes);
        let window = (Time(from), Time(from + length));
        let mut preparing = Preparing::new(track.clone());
        while !preparing.work(&mut slice.clone()) {}
        let (with, without) = (preparing.finish(), LaneTrack { track, mip: None });
        prop_assert!(with.mip.is_some());
        prop_assert_eq!(of_lane(&with, window, px), of_lane(&without, window, px));
    }
}

#[test]
fn equal_shares_of_a_bucket_go_by_the_order_of_activities() {
    let mut track = Track::default();
    let what = |activity| Some(What { activity, task: None });
    track.change(Time(0), what(Activity::Idle));
    track.change(Time(8), what(Activity::User));
    track.finish(Time(16));
    let shown = of_lane(&LaneTrack::new(track), (Time(0), Time(16)), 1);
    assert_eq!(shown.len(), 1);
    assert_eq!((shown[0].activity, shown[0].share), (Activity::User, 127));
}

#[test]
fn an_empty_window_shows_nothing_and_a_wide_one_everything() {
    let track = track(&[(10, 0), (10, 4)]);
    let lane = LaneTrack::new(track);
    assert_eq!(of_lane(&lane, (Time(5), Time(5)), 100), []);
    assert_eq!(of_lane(&lane, (Time(20), Time(90)), 100), []);
    assert_eq!(of_lane(&lane, (Time::ZERO, Time::NEVER), 100).len(), 2);
    assert_eq!(of_lane(&lane, (Time::ZERO, Time::NEVER), 0).len(), 1);
}

#[test]
fn a_million_short_stretches_coarsen_to_a_fraction() {
    let mut track = Track::default();
    for n in 0..100_000 {
        let task = Some(TaskId::new(n % 3));
        track.change(Time(u64::from(n) * 7), Some(What { activity: Activity::User, task }));
    }
    track.finish(Time(700_000));
    let coarse = coarsened(&track, 1000).expect("it is long");
    assert!(coarse.stretches().len() < 100_000 / 8);
    assert!(coarse.stretches().iter().all(|stretch| stretch.share < 255));
}

#[test]
fn a_long_lane_is_got_ready_in_slices_none_of_which_does_more_than_its_share() {
    const SLICE: u64 = 1000;
    let mut track = Track::default();
    for n in 0..100_000 {
        // One bucket of the narrowest width has a tenth of all stretches in it.
        let at = if n < 10_000 { n } else { n * 50 };
        let task = Some(TaskId::new(n as u32 % 3));
        track.change(Time(at), Some(What { activity: Activity::User, task }));
    }
    track.finish(Time(5_000_000));
    let mut preparing = Preparing::new(track);
    let mut slices = 1;
    loop {
        let mut left = SLICE;
        if preparing.work(&mut left) {
            break;
        }
        assert_eq!(left, 0, "it stops only when its share is used up");
        slices += 1;
    }
    // Every stretch is put into a bucket once, and what the buckets hold is joined a few times.
    assert!((130..300).contains(&slices), "{slices} slices");
}
