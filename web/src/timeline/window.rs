//! The stretch of time that the timeline shows, and how it is moved: fit, zoom about a point, pan, follow.
//!
//! A window is kept in fractions of a nanosecond, so that a slow pan is smooth; instants of the machine are whole
//! and below 2^53, so they survive the trip through `f64` exactly. Every movement ends in [`Window::clamped`]: a
//! window never leaves the run and never becomes too narrow to draw ticks of whole nanoseconds in.

use kernelscope_sim::time::Time;

/// The narrowest window, in nanoseconds.
pub const NARROWEST: f64 = 16.0;

/// A stretch of time on the screen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Window {
    /// The instant at the left edge, in nanoseconds.
    pub from: f64,
    /// What it spans, in nanoseconds.
    pub span: f64,
}

impl Window {
    /// The whole of a run that ends at `end`.
    pub fn whole(end: Time) -> Window {
        Window { from: 0.0, span: (end.0 as f64).max(NARROWEST) }
    }

    /// The instant at the right edge, in nanoseconds.
    pub fn to(self) -> f64 {
        self.from + self.span
    }

    /// Where an instant (in nanoseconds) is drawn, `width` pixels being the whole window.
    pub fn x(self, at: f64, width: f64) -> f64 {
        (at - self.from) / self.span * width
    }

    /// Which instant is drawn at `x`.
    pub fn at(self, x: f64, width: f64) -> f64 {
        self.from + x / width * self.span
    }

    /// Nanoseconds a pixel.
    pub fn per_px(self, width: f64) -> f64 {
        self.span / width
    }

    /// This window, or the nearest one that lies within the run.
    #[must_use]
    pub fn clamped(self, end: Time) -> Window {
        let whole = Window::whole(end);
        let span = if self.span.is_finite() { self.span.clamp(NARROWEST, whole.span) } else { whole.span };
        let from = if self.from.is_finite() { self.from.clamp(0.0, whole.span - span) } else { 0.0 };
        Window { from, span }
    }

    /// `factor` times as wide, with the instant `about` staying where it is. Below 1 zooms in.
    #[must_use]
    pub fn zoomed(self, factor: f64, about: f64, end: Time) -> Window {
        let span = (self.span * factor).clamp(NARROWEST, Window::whole(end).span);
        let share = (about - self.from) / self.span;
        Window { from: about - share * span, span }.clamped(end)
    }

    /// Moved by so many nanoseconds; to the right if positive.
    #[must_use]
    pub fn panned(self, by: f64, end: Time) -> Window {
        Window { from: self.from + by, ..self }.clamped(end)
    }

    /// The same width, moved only as far as the instant `at` needs to be seen; a tenth of the width stays between
    /// it and the edge that it came over, so that what comes next is seen too.
    #[must_use]
    pub fn following(self, at: f64, end: Time) -> Window {
        let margin = self.span * 0.1;
        if at < self.from {
            Window { from: at - margin, ..self }.clamped(end)
        } else if at > self.to() {
            Window { from: at - self.span + margin, ..self }.clamped(end)
        } else {
            self
        }
    }

    /// The same width, turned like a page when the instant `at` leaves it: it is then near the left edge. For
    /// playing, where a window that crept along would never stand still to be read.
    #[must_use]
    pub fn turned(self, at: f64, end: Time) -> Window {
        if at < self.from || at > self.to() {
            Window { from: at - self.span * 0.1, ..self }.clamped(end)
        } else {
            self
        }
    }

    /// The window that shows `from..to` with a little room on both sides.
    #[must_use]
    pub fn around(from: f64, to: f64, end: Time) -> Window {
        let room = (to - from).max(NARROWEST) * 0.1;
        Window { from: from - room, span: to - from + 2.0 * room }.clamped(end)
    }

    /// Two fingers: the instants that were under them when they came down are under them again.
    #[must_use]
    pub fn pinched(held: (f64, f64), fingers: (f64, f64), width: f64, end: Time) -> Window {
        let apart = fingers.1 - fingers.0;
        if apart.abs() < 1.0 || (held.1 - held.0).abs() < f64::EPSILON {
            let middle = (held.0 + held.1) / 2.0;
            return Window { from: middle, span: f64::INFINITY }.clamped(end);
        }
        let span = ((held.1 - held.0) / apart * width).abs();
        Window { from: held.0 - fingers.0 / width * span, span }.clamped(end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const END: Time = Time(1_000_000);
    const WIDTH: f64 = 800.0;

    #[test]
    fn an_instant_goes_to_the_screen_and_back() {
        let window = Window { from: 1_000.0, span: 4_000.0 };
        assert_eq!(window.x(3_000.0, WIDTH), 400.0);
        assert_eq!(window.at(400.0, WIDTH), 3_000.0);
    }

    #[test]
    fn the_latest_instant_of_all_is_exact() {
        let window = Window::whole(Time(1 << 53));
        assert_eq!(window.at(WIDTH, WIDTH), 9_007_199_254_740_992.0);
    }

    #[test]
    fn zooming_leaves_the_instant_under_the_pointer_where_it_is() {
        let window = Window { from: 200_000.0, span: 400_000.0 };
        let about = window.at(600.0, WIDTH);
        let nearer = window.zoomed(0.5, about, END);
        assert_eq!(nearer.span, 200_000.0);
        assert!((nearer.x(about, WIDTH) - 600.0).abs() < 1e-6);
    }

    #[test]
    fn a_window_never_leaves_the_run() {
        let window = Window { from: 0.0, span: 100_000.0 };
        assert_eq!(window.panned(-5.0, END), window);
        assert_eq!(window.panned(9e9, END).to(), 1_000_000.0);
        assert_eq!(window.zoomed(1e9, 50.0, END), Window::whole(END));
        assert_eq!(window.zoomed(1e-9, 50.0, END).span, NARROWEST);
        assert_eq!(Window { from: f64::NAN, span: f64::NAN }.clamped(END), Window::whole(END));
    }

    #[test]
    fn a_run_that_takes_no_time_has_a_window() {
        let window = Window::whole(Time::ZERO);
        assert_eq!(window.span, NARROWEST);
        assert_eq!(window.zoomed(0.5, 0.0, Time::ZERO), window);
    }

    #[test]
    fn following_moves_only_when_it_must() {
        let window = Window { from: 200_000.0, span: 100_000.0 };
        assert_eq!(window.following(250_000.0, END), window);
        assert_eq!(window.following(310_000.0, END).from, 220_000.0);
        assert_eq!(window.following(100_000.0, END).from, 90_000.0);
        assert_eq!(window.turned(310_000.0, END).from, 300_000.0);
    }

    #[test]
    fn pinching_keeps_both_fingers_on_their_instants() {
        let window = Window { from: 100_000.0, span: 400_000.0 };
        let held = (window.at(200.0, WIDTH), window.at(400.0, WIDTH));
        let pinched = Window::pinched(held, (100.0, 700.0), WIDTH, END);
        assert!((pinched.x(held.0, WIDTH) - 100.0).abs() < 1e-6);
        assert!((pinched.x(held.1, WIDTH) - 700.0).abs() < 1e-6);
        assert_eq!(Window::pinched(held, (300.0, 300.0), WIDTH, END), Window::whole(END));
    }
}
