//! The time axis: ticks at round instants, as many as fit without their labels touching.
//!
//! Round means 1, 2 or 5 times a power of ten of the scenario's unit. Below the unit only steps of whole
//! nanoseconds are taken, so every label is exact.

use kernelscope_session::timeline::steps::{coarser, finest};
use kernelscope_sim::time::Time;

use super::window::Window;
use crate::ruler::Ruler;

/// The room that stays free between two labels, in pixels.
const GAP: f64 = 14.0;

/// A tick and its label.
#[derive(Clone, Debug, PartialEq)]
pub struct Tick {
    /// When.
    pub at: Time,
    /// Where, in pixels from the left edge.
    pub x: f64,
    /// What is written at it: the number in the scenario's unit.
    pub label: String,
}

/// The ticks of a window, from left to right. `measure` says how wide a text is.
pub fn ticks(window: Window, width: f64, ruler: Ruler, measure: impl Fn(&str) -> f64) -> Vec<Tick> {
    let unit = ruler.unit.0.max(1);
    if ruler.tick {
        // A textbook's tick is not divided, unless nothing else could be seen.
        let whole = from_step(unit, window, width, ruler, &measure);
        if whole.len() > 1 {
            return whole;
        }
    }
    from_step(finest(unit), window, width, ruler, &measure)
}

/// The ticks at the first round step from `step` upwards whose labels do not touch.
fn from_step(
    mut step: u64,
    window: Window,
    width: f64,
    ruler: Ruler,
    measure: &impl Fn(&str) -> f64,
) -> Vec<Tick> {
    let unit = ruler.unit.0.max(1);
    loop {
        let ticks = at_every(window, width, step, ruler, measure);
        if ticks.is_some() || step as f64 > window.span {
            return ticks.unwrap_or_default();
        }
        step = coarser(step, unit);
    }
}

/// An instant that is passed by, without more digits than a pixel of so many nanoseconds can show.
pub fn readable(at: f64, per_px: f64) -> Time {
    let mut grain = 1u64;
    while grain.saturating_mul(10) as f64 <= per_px {
        grain *= 10;
    }
    let at = at.max(0.0) as u64;
    Time(at - at % grain)
}

/// The ticks at all multiples of `step` in the window, unless their labels would touch.
fn at_every(
    window: Window,
    width: f64,
    step: u64,
    ruler: Ruler,
    measure: &impl Fn(&str) -> f64,
) -> Option<Vec<Tick>> {
    let pitch = step as f64 / window.span * width;
    if pitch < GAP + measure("0") {
        return None;
    }
    let first = (window.from.max(0.0) / step as f64).ceil() as u64 * step;
    let mut ticks: Vec<Tick> = Vec::new();
    let mut free_from = f64::NEG_INFINITY;
    for at in (first..).step_by(usize::try_from(step).unwrap_or(usize::MAX)) {
        if at as f64 > window.to() {
            break;
        }
        let label = ruler.instant(Time(at));
        let half = measure(&label) / 2.0;
        let x = window.x(at as f64, width);
        if x - half < free_from {
            return None;
        }
        free_from = x + half + GAP;
        ticks.push(Tick { at: Time(at), x, label });
    }
    Some(ticks)
}

#[cfg(test)]
mod tests {
    use kernelscope_sim::time::Nanos;

    use super::*;

    const MS: Nanos = Nanos::from_millis(1);

    fn ruler(unit: Nanos) -> Ruler {
        Ruler { unit, tick: false }
    }

    fn measure(text: &str) -> f64 {
        7.0 * text.len() as f64
    }

    fn labels(from: u64, span: u64, width: f64, unit: Nanos) -> Vec<String> {
        let window = Window { from: from as f64, span: span as f64 };
        ticks(window, width, ruler(unit), measure).into_iter().map(|tick| tick.label).collect()
    }

    #[test]
    fn ticks_are_round_in_the_unit() {
        assert_eq!(
            labels(0, 400 * MS.0, 800.0, MS),
            [
                "0", "20", "40", "60", "80", "100", "120", "140", "160", "180", "200", "220", "240", "260",
                "280", "300", "320", "340", "360", "380", "400"
            ]
        );
        assert_eq!(
            labels(100 * MS.0, 150 * MS.0, 300.0, MS),
            ["100", "120", "140", "160", "180", "200", "220", "240"]
        );
    }

    #[test]
    fn below_the_unit_labels_are_exact_decimals() {
        assert_eq!(labels(200 * MS.0, 2_000_000, 300.0, MS), ["200", "200.5", "201", "201.5", "202"]);
        assert_eq!(labels(0, 20, 800.0, Nanos(1)).len(), 21);
    }

    #[test]
    fn a_unit_that_does_not_divide_is_not_divided() {
        assert_eq!(labels(0, 30, 1_000.0, Nanos(3)).len(), 11);
    }

    #[test]
    fn a_tick_is_not_divided_unless_nothing_else_could_be_seen() {
        let ruler = Ruler { unit: MS, tick: true };
        let labels = |span: f64| -> Vec<String> {
            let window = Window { from: 0.0, span };
            ticks(window, 900.0, ruler, measure).into_iter().map(|tick| tick.label).collect()
        };
        assert_eq!(labels(4.0e6), ["0", "1", "2", "3", "4"]);
        assert_eq!(labels(0.5e6)[..2], ["0", "0.05"]);
    }

    #[test]
    fn a_gliding_cursor_shows_no_more_digits_than_a_pixel_tells() {
        assert_eq!(readable(205_371_923.4, 450_000.0), Time(205_300_000));
        assert_eq!(readable(205_371_923.4, 0.0), Time(205_371_923));
    }

    #[test]
    fn labels_never_touch() {
        for span in (0..48).map(|n| 16u64 << n) {
            for from in [0, span / 3, span * 7] {
                for width in [90.0, 320.0, 1_400.0] {
                    let window = Window { from: from as f64, span: span as f64 };
                    let ticks = ticks(window, width, ruler(MS), measure);
                    for pair in ticks.windows(2) {
                        let right = pair[0].x + measure(&pair[0].label) / 2.0;
                        let left = pair[1].x - measure(&pair[1].label) / 2.0;
                        assert!(left - right >= GAP - 1e-6, "{pair:?} over {span} ns in {width} px");
                    }
                }
            }
        }
    }

    #[test]
    fn a_wide_axis_is_never_left_bare() {
        for span in (4..53).map(|n| 1u64 << n) {
            assert!(!labels(0, span, 700.0, MS).is_empty(), "no tick over {span} ns");
        }
    }
}
