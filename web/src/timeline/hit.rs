//! What is under the pointer.

use kernelscope_session::view::{Segment, Tile};

use super::window::Window;

/// The segment of a lane at an instant: the one that contains it, or else the nearest within a few pixels, so that
/// what is drawn a pixel wide can be hit.
pub fn segment_at(tile: &Tile, lane: usize, at: f64, window: Window, width: f64) -> Option<Segment> {
    let segments = tile.lanes.get(lane)?;
    let reach = 3.0 * window.per_px(width);
    let past = segments.partition_point(|segment| segment.start.0 as f64 <= at);
    let distance = |segment: &Segment| {
        let (start, end) = (segment.start.0 as f64, segment.start.0 as f64 + segment.length.0 as f64);
        if at < start { start - at } else { (at - end).max(0.0) }
    };
    // The one that begins before the pointer contains it, or is the nearest on the left.
    let left = past.checked_sub(1).and_then(|place| segments.get(place));
    if let Some(inside) = left.filter(|segment| at < segment.start.0 as f64 + segment.length.0 as f64) {
        return Some(*inside);
    }
    [left, segments.get(past)]
        .into_iter()
        .flatten()
        .filter(|segment| distance(segment) <= reach)
        .min_by(|one, two| distance(one).total_cmp(&distance(two)))
        .copied()
}

#[cfg(test)]
mod tests {
    use kernelscope_session::view::Activity;
    use kernelscope_sim::time::{Nanos, Time};

    use super::*;

    const WINDOW: Window = Window { from: 0.0, span: 1_000.0 };

    fn tile() -> Tile {
        let segment = |start, length| Segment {
            start: Time(start),
            length: Nanos(length),
            activity: Activity::User,
            task: None,
            share: 255,
        };
        Tile {
            window: (Time(0), Time(1_000)),
            px: 100,
            lanes: vec![vec![segment(100, 200), segment(500, 1)]],
        }
    }

    fn start_at(at: f64) -> Option<u64> {
        segment_at(&tile(), 0, at, WINDOW, 100.0).map(|segment| segment.start.0)
    }

    #[test]
    fn a_segment_is_hit_from_its_first_instant_to_its_last() {
        assert_eq!(start_at(100.0), Some(100));
        assert_eq!(start_at(299.0), Some(100));
        assert_eq!(start_at(400.0), None);
    }

    #[test]
    fn a_segment_of_a_pixel_is_hit_from_beside_it() {
        assert_eq!(start_at(520.0), Some(500));
        assert_eq!(start_at(480.0), Some(500));
        assert_eq!(start_at(535.0), None);
    }

    #[test]
    fn a_lane_that_is_not_there_has_nothing_to_hit() {
        assert_eq!(segment_at(&tile(), 4, 100.0, WINDOW, 100.0), None);
    }
}
