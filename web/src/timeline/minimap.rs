//! The whole run in one strip, with the window on it: a press beside the window brings it there, a drag moves it,
//! a drag of an edge makes it wider or narrower.

use kernelscope_sim::time::Time;

use super::window::Window;

/// How near to an edge of the window a press takes hold of that edge, in pixels.
const GRIP: f64 = 6.0;

/// What a press took hold of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Hold {
    /// The window; the pointer is so many nanoseconds right of its left edge.
    Window(f64),
    /// Its left edge; the right one stays at this instant.
    Left(f64),
    /// Its right edge; the left one stays at this instant.
    Right(f64),
}

/// What a press at `x` takes hold of, in a strip of `width` pixels.
pub fn hold(x: f64, width: f64, window: Window, end: Time) -> Hold {
    let whole = Window::whole(end);
    let (left, right) = (whole.x(window.from, width), whole.x(window.to(), width));
    let at = whole.at(x, width);
    // The edges of a narrow window are no wider than its middle third.
    let grip = GRIP.min((right - left) / 3.0);
    if (x - left).abs() <= grip {
        Hold::Left(window.to())
    } else if (x - right).abs() <= grip {
        Hold::Right(window.from)
    } else if (left..right).contains(&x) {
        Hold::Window(at - window.from)
    } else {
        Hold::Window(window.span / 2.0)
    }
}

/// The window when what is held is at `x`.
pub fn dragged(hold: Hold, x: f64, width: f64, window: Window, end: Time) -> Window {
    let at = Window::whole(end).at(x, width).clamp(0.0, Window::whole(end).span);
    match hold {
        Hold::Window(inside) => Window { from: at - inside, ..window },
        Hold::Left(to) => Window { from: at.min(to), span: to - at.min(to) },
        Hold::Right(from) => Window { from, span: at.max(from) - from },
    }
    .clamped(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    const END: Time = Time(1_000);
    const WINDOW: Window = Window { from: 400.0, span: 200.0 };

    #[test]
    fn a_press_takes_hold_of_what_is_there() {
        assert_eq!(hold(50.0, 100.0, WINDOW, END), Hold::Window(100.0));
        assert_eq!(hold(41.0, 100.0, WINDOW, END), Hold::Left(600.0));
        assert_eq!(hold(59.0, 100.0, WINDOW, END), Hold::Right(400.0));
        assert_eq!(hold(10.0, 100.0, WINDOW, END), Hold::Window(100.0));
    }

    #[test]
    fn the_window_follows_the_pointer_to_the_ends_of_the_run() {
        assert_eq!(dragged(Hold::Window(100.0), 70.0, 100.0, WINDOW, END).from, 600.0);
        assert_eq!(dragged(Hold::Window(100.0), -40.0, 100.0, WINDOW, END).from, 0.0);
        assert_eq!(dragged(Hold::Window(100.0), 400.0, 100.0, WINDOW, END).to(), 1_000.0);
    }

    #[test]
    fn an_edge_that_is_dragged_leaves_the_other_where_it_is() {
        assert_eq!(dragged(Hold::Left(600.0), 20.0, 100.0, WINDOW, END), Window { from: 200.0, span: 400.0 });
        assert_eq!(
            dragged(Hold::Right(400.0), 90.0, 100.0, WINDOW, END),
            Window { from: 400.0, span: 500.0 }
        );
        let closed = dragged(Hold::Right(400.0), 10.0, 100.0, WINDOW, END);
        assert_eq!((closed.from, closed.span), (400.0, super::super::window::NARROWEST));
    }

    #[test]
    fn the_whole_window_can_be_taken_by_an_edge() {
        assert_eq!(hold(0.0, 100.0, Window::whole(END), END), Hold::Left(1_000.0));
        assert!(matches!(hold(50.0, 100.0, Window::whole(END), END), Hold::Window(_)));
    }
}
