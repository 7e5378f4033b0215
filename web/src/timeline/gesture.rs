//! What hands do on the timeline, as a small machine: pointers go down, move and come up, and out comes what is
//! meant by it. Knows no browser, so each gesture is tested as a list of its events.
//!
//! - A press that does not move is a click: the cursor goes there and what is there is chosen.
//! - A press on the lanes that moves pans; with two fingers it zooms.
//! - A press on the axis or on the cursor scrubs from the first moment.

use super::window::Window;

/// How far a press may move and still be a click, in pixels.
const STEADY: f64 = 4.0;

/// Where a pointer went down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ground {
    /// On the time axis, or on the cursor's line.
    Axis,
    /// On the lanes.
    Lanes,
}

/// A point, in pixels from the upper left corner of the window.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// From the left.
    pub x: f64,
    /// From the top.
    pub y: f64,
}

/// What a hand means.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Meaning {
    /// The cursor goes to this place, again and again while the hand moves.
    Scrub(f64),
    /// The cursor goes to this place and what is there is chosen.
    Click(Point),
    /// What was at the first place is now at the second.
    Pan {
        /// The window when the hand came down.
        from: Window,
        /// How far it has moved since.
        by: Point,
    },
    /// The instants that two fingers came down on are under them now.
    Pinch {
        /// The instants, in nanoseconds.
        held: (f64, f64),
        /// Where the fingers are.
        fingers: (f64, f64),
    },
    /// The hand has left; what it moved stays.
    Done,
}

/// A pointer that is down.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Finger {
    id: i32,
    down: Point,
    now: Point,
}

/// What the hand is about.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
enum Doing {
    /// Nothing, or not yet known.
    #[default]
    Nothing,
    Scrubbing,
    Panning(Window),
    Pinching((f64, f64)),
    /// A finger of a pinch has left; the other one means nothing until it leaves too.
    Leaving,
}

/// The hands on the timeline.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Hands {
    fingers: Vec<Finger>,
    doing: Doing,
    window: Option<Window>,
}

impl Hands {
    /// Whether any pointer is down.
    pub fn busy(&self) -> bool {
        !self.fingers.is_empty()
    }

    /// A pointer goes down while `window` is shown in `width` pixels.
    pub fn down(
        &mut self,
        id: i32,
        at: Point,
        ground: Ground,
        window: Window,
        width: f64,
    ) -> Option<Meaning> {
        self.fingers.retain(|finger| finger.id != id);
        self.fingers.push(Finger { id, down: at, now: at });
        match self.fingers[..] {
            [_] => {
                self.window = Some(window);
                if ground == Ground::Axis {
                    self.doing = Doing::Scrubbing;
                    return Some(Meaning::Scrub(at.x));
                }
                self.doing = Doing::Nothing;
                None
            }
            [one, two] => {
                self.doing = Doing::Pinching((window.at(one.now.x, width), window.at(two.now.x, width)));
                None
            }
            _ => None,
        }
    }

    /// A pointer moves.
    pub fn moved(&mut self, id: i32, to: Point) -> Option<Meaning> {
        let finger = self.fingers.iter_mut().find(|finger| finger.id == id)?;
        finger.now = to;
        let by = Point { x: to.x - finger.down.x, y: to.y - finger.down.y };
        match self.doing {
            Doing::Scrubbing => Some(Meaning::Scrub(to.x)),
            Doing::Nothing if by.x.hypot(by.y) > STEADY => {
                let from = self.window?;
                self.doing = Doing::Panning(from);
                Some(Meaning::Pan { from, by })
            }
            Doing::Panning(from) => Some(Meaning::Pan { from, by }),
            Doing::Pinching(held) => match self.fingers[..] {
                [one, two, ..] => Some(Meaning::Pinch { held, fingers: (one.now.x, two.now.x) }),
                _ => None,
            },
            Doing::Nothing | Doing::Leaving => None,
        }
    }

    /// A pointer comes up.
    pub fn up(&mut self, id: i32) -> Option<Meaning> {
        let at = self.fingers.iter().position(|finger| finger.id == id)?;
        let finger = self.fingers.remove(at);
        let meaning = match self.doing {
            Doing::Nothing => Meaning::Click(finger.now),
            Doing::Leaving => Meaning::Done,
            Doing::Pinching(_) if !self.fingers.is_empty() => {
                self.doing = Doing::Leaving;
                return Some(Meaning::Done);
            }
            _ => Meaning::Done,
        };
        if self.fingers.is_empty() {
            *self = Hands::default();
        }
        Some(meaning)
    }

    /// The browser takes the pointers for something else.
    pub fn cancelled(&mut self) {
        *self = Hands::default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WINDOW: Window = Window { from: 0.0, span: 1_000.0 };
    const WIDTH: f64 = 100.0;

    fn at(x: f64, y: f64) -> Point {
        Point { x, y }
    }

    #[test]
    fn a_press_that_stays_is_a_click() {
        let mut hands = Hands::default();
        assert_eq!(hands.down(1, at(10.0, 50.0), Ground::Lanes, WINDOW, WIDTH), None);
        assert_eq!(hands.moved(1, at(12.0, 51.0)), None);
        assert_eq!(hands.up(1), Some(Meaning::Click(at(12.0, 51.0))));
        assert!(!hands.busy());
    }

    #[test]
    fn a_press_that_moves_pans_from_where_it_began() {
        let mut hands = Hands::default();
        hands.down(1, at(10.0, 50.0), Ground::Lanes, WINDOW, WIDTH);
        assert_eq!(hands.moved(1, at(30.0, 50.0)), Some(Meaning::Pan { from: WINDOW, by: at(20.0, 0.0) }));
        assert_eq!(hands.moved(1, at(11.0, 50.0)), Some(Meaning::Pan { from: WINDOW, by: at(1.0, 0.0) }));
        assert_eq!(hands.up(1), Some(Meaning::Done));
    }

    #[test]
    fn the_axis_scrubs_at_once() {
        let mut hands = Hands::default();
        assert_eq!(hands.down(1, at(10.0, 5.0), Ground::Axis, WINDOW, WIDTH), Some(Meaning::Scrub(10.0)));
        assert_eq!(hands.moved(1, at(11.0, 5.0)), Some(Meaning::Scrub(11.0)));
        assert_eq!(hands.up(1), Some(Meaning::Done));
    }

    #[test]
    fn two_fingers_pinch_and_the_last_one_to_leave_does_not_click() {
        let mut hands = Hands::default();
        hands.down(1, at(20.0, 50.0), Ground::Lanes, WINDOW, WIDTH);
        hands.down(2, at(40.0, 50.0), Ground::Lanes, WINDOW, WIDTH);
        let pinch = hands.moved(2, at(80.0, 50.0));
        assert_eq!(pinch, Some(Meaning::Pinch { held: (200.0, 400.0), fingers: (20.0, 80.0) }));
        assert_eq!(hands.up(1), Some(Meaning::Done));
        assert_eq!(hands.moved(2, at(90.0, 50.0)), None);
        assert_eq!(hands.up(2), Some(Meaning::Done));
        assert!(!hands.busy());
    }

    #[test]
    fn an_unknown_pointer_means_nothing() {
        let mut hands = Hands::default();
        assert_eq!(hands.moved(7, at(1.0, 1.0)), None);
        assert_eq!(hands.up(7), None);
    }
}
