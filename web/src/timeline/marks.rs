//! Which marks are drawn: at most one every few pixels, so that a boost every millisecond of an hour is a fringe and
//! not a million triangles. Inputs come before boosts where they meet.

use kernelscope_session::view::{Mark, MarkKind};

use super::window::Window;

/// The least distance between two marks, in pixels.
const APART: f64 = 6.0;

/// The marks of a window, from left to right.
pub fn shown(marks: &[Mark], window: Window, width: f64) -> Vec<Mark> {
    let first = marks.partition_point(|mark| (mark.at.0 as f64) < window.from);
    let past = marks.partition_point(|mark| mark.at.0 as f64 <= window.to());
    let mut shown: Vec<Mark> = Vec::new();
    for &mark in &marks[first..past.max(first)] {
        let x = window.x(mark.at.0 as f64, width);
        match shown.last_mut() {
            Some(last) if x - window.x(last.at.0 as f64, width) < APART => {
                if weight(mark.kind) > weight(last.kind) {
                    *last = mark;
                }
            }
            _ => shown.push(mark),
        }
    }
    shown
}

/// The mark at `x`, within the reach of a pointer.
pub fn at(shown: &[Mark], x: f64, window: Window, width: f64) -> Option<Mark> {
    let distance = |mark: &&Mark| (window.x(mark.at.0 as f64, width) - x).abs();
    shown
        .iter()
        .filter(|mark| distance(mark) <= APART)
        .min_by(|one, two| distance(one).total_cmp(&distance(two)))
        .copied()
}

fn weight(kind: MarkKind) -> u8 {
    match kind {
        MarkKind::Boost => 0,
        MarkKind::Input(_) => 1,
        MarkKind::Stopped => 2,
    }
}

#[cfg(test)]
mod tests {
    use kernelscope_sim::time::Time;

    use super::*;

    const WINDOW: Window = Window { from: 100.0, span: 100.0 };

    fn mark(at: u64, kind: MarkKind) -> Mark {
        Mark { at: Time(at), step: at, kind }
    }

    #[test]
    fn marks_that_would_lie_on_each_other_are_one_and_the_rarer_kind_wins() {
        let marks = [
            mark(50, MarkKind::Boost),
            mark(120, MarkKind::Boost),
            mark(121, MarkKind::Input(0)),
            mark(150, MarkKind::Boost),
        ];
        let shown = shown(&marks, WINDOW, 200.0);
        assert_eq!(shown, [marks[2], marks[3]]);
    }

    #[test]
    fn a_million_boosts_are_a_fringe() {
        let marks: Vec<Mark> = (0..1_000_000).map(|at| mark(at, MarkKind::Boost)).collect();
        assert!(shown(&marks, Window { from: 0.0, span: 1e6 }, 600.0).len() <= 100);
    }

    #[test]
    fn a_mark_is_found_near_the_pointer() {
        let marks = [mark(120, MarkKind::Boost), mark(150, MarkKind::Stopped)];
        assert_eq!(at(&marks, 44.0, WINDOW, 200.0), Some(marks[0]));
        assert_eq!(at(&marks, 70.0, WINDOW, 200.0), None);
    }
}
