//! How time runs while it plays: smoothly between steps, and with a short rest at each step of an instant in which
//! several things happen, because otherwise a boot or a trap would be over within one picture.
//!
//! The usual speed takes about twenty seconds for a run; it is a round number of units a second, so that it can be
//! said. A run that has more to show than the screen has pictures is played by time alone.

use kernelscope_sim::time::{Nanos, Time};

/// The seconds that a run takes at the usual speed, rests left out.
const SECONDS: u64 = 20;
/// The longest picture that counts: after a pause of the browser time goes on, it does not leap.
const LONGEST_PICTURE: f64 = 100.0;
/// How long an answer is waited for before it is asked for again, in milliseconds: another seek may have won.
const PATIENCE: f64 = 1_000.0;

/// The speeds to choose from, in per cent of the usual one.
pub const SPEEDS: [u16; 7] = [10, 25, 50, 100, 200, 400, 1_000];

/// The next faster of the speeds, or the fastest.
pub fn faster(speed: u16) -> u16 {
    SPEEDS.into_iter().find(|&other| other > speed).unwrap_or(SPEEDS[SPEEDS.len() - 1])
}

/// The next slower of the speeds, or the slowest.
pub fn slower(speed: u16) -> u16 {
    SPEEDS.into_iter().rev().find(|&other| other < speed).unwrap_or(SPEEDS[0])
}

/// How fast a run is played.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pace {
    /// Simulated nanoseconds per millisecond of the person's.
    rate: f64,
    /// How long a step of an instant with several is shown, in milliseconds.
    rest: f64,
    /// Whether there are more steps than pictures.
    by_time: bool,
}

/// Simulated time per second at the usual speed: 1, 2 or 5 times a power of ten of the unit.
pub fn usual(end: Time, unit: Nanos) -> Nanos {
    let wanted = (end.0 / SECONDS).max(1);
    let unit = unit.0.max(1);
    let mut step = unit;
    while step > wanted {
        step = step.div_ceil(10);
        if step == 1 {
            break;
        }
    }
    loop {
        for part in [1, 2, 5] {
            let round = step.saturating_mul(part);
            if round.saturating_mul(10) >= wanted.saturating_mul(8) {
                return Nanos(round);
            }
        }
        step = step.saturating_mul(10);
    }
}

impl Pace {
    /// The pace of a run at a speed in per cent.
    pub fn new(end: Time, steps: u64, unit: Nanos, speed: u16) -> Pace {
        let share = f64::from(speed.max(1)) / 100.0;
        let rate = usual(end, unit).0 as f64 / 1_000.0 * share;
        let rest = (SECONDS as f64 * 1_000.0 / steps.max(1) as f64).clamp(40.0, 400.0) / share;
        let steps_a_picture = steps as f64 / end.0.max(1) as f64 * rate * 16.0;
        Pace { rate, rest, by_time: steps_a_picture > 0.5 }
    }
}

/// The cursor of the machine, as far as playing needs it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stand {
    /// How many steps have been taken.
    pub step: u64,
    /// What time it is.
    pub now: Time,
    /// When the next step happens; none at the end.
    pub next: Option<Time>,
}

/// What a picture asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wish {
    /// Nothing: the playhead is on its way to the next step, or an answer is.
    Nothing,
    /// The machine is to go to this step.
    Step(u64),
    /// The machine is to go to this instant.
    Time(Time),
    /// It is over.
    Stop,
}

/// The playhead on its way.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Glide {
    /// Where it is, in nanoseconds.
    pub at: f64,
    seen: u64,
    rested: f64,
    /// For how long an answer has been waited for, in milliseconds.
    asked: Option<f64>,
}

impl Glide {
    /// Sets out from the cursor.
    pub fn from(stand: Stand) -> Glide {
        Glide { at: stand.now.0 as f64, seen: stand.step, rested: 0.0, asked: None }
    }

    /// Another picture, so many milliseconds after the last one.
    pub fn picture(&mut self, elapsed: f64, pace: Pace, stand: Stand) -> Wish {
        let elapsed = elapsed.clamp(0.0, LONGEST_PICTURE);
        let now = stand.now.0 as f64;
        if stand.step != self.seen {
            // An answer that the playhead is not ahead of is not the one that was asked for: somebody moved.
            let at = if self.asked.is_some() && pace.by_time && now <= self.at { self.at } else { now };
            *self = Glide { at, ..Glide::from(stand) };
        }
        let Some(next) = stand.next else {
            self.at = now;
            return Wish::Stop;
        };
        if let Some(waited) = &mut self.asked {
            *waited += elapsed;
            if *waited < PATIENCE {
                return Wish::Nothing;
            }
        }
        let ahead = self.at + elapsed * pace.rate;
        if pace.by_time {
            self.at = ahead;
            if ahead < next.0 as f64 {
                return Wish::Nothing;
            }
            self.asked = Some(0.0);
            return Wish::Time(Time(ahead as u64));
        }
        if next > stand.now {
            self.at = ahead.min(next.0 as f64);
            if ahead < next.0 as f64 {
                return Wish::Nothing;
            }
        } else {
            self.rested += elapsed;
            if self.rested < pace.rest {
                return Wish::Nothing;
            }
        }
        self.asked = Some(0.0);
        Wish::Step(stand.step + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MS: Nanos = Nanos::from_millis(1);

    fn stand(step: u64, now: u64, next: Option<u64>) -> Stand {
        Stand { step, now: Time(now * MS.0), next: next.map(|next| Time(next * MS.0)) }
    }

    #[test]
    fn the_usual_speed_is_round_and_takes_about_twenty_seconds() {
        assert_eq!(usual(Time(400 * MS.0), MS), Nanos(20 * MS.0));
        assert_eq!(usual(Time(100 * MS.0), MS), Nanos(5 * MS.0));
        for end in [1u64, 7, 30, 215, 9_999, 1_000_000] {
            let seconds = end as f64 * MS.0 as f64 / usual(Time(end * MS.0), MS).0 as f64;
            assert!((7.0..=25.1).contains(&seconds), "{end} ms take {seconds} s");
        }
    }

    #[test]
    fn the_playhead_moves_between_steps_and_asks_for_the_next_one_when_it_is_there() {
        let pace = Pace::new(Time(400 * MS.0), 90, MS, 100);
        let here = stand(3, 10, Some(11));
        let mut glide = Glide::from(here);
        assert_eq!(glide.picture(16.0, pace, here), Wish::Nothing);
        assert_eq!(glide.at, 10.32 * MS.0 as f64);
        for _ in 0..2 {
            assert_eq!(glide.picture(16.0, pace, here), Wish::Nothing);
        }
        assert_eq!(glide.picture(16.0, pace, here), Wish::Step(4));
        assert_eq!(glide.at, 11.0 * MS.0 as f64, "it waits at the step");
        assert_eq!(glide.picture(16.0, pace, here), Wish::Nothing, "one question at a time");
        assert_eq!(glide.picture(16.0, pace, stand(4, 11, Some(20))), Wish::Nothing);
        assert!(glide.at > 11.0 * MS.0 as f64);
    }

    #[test]
    fn steps_of_one_instant_are_shown_one_by_one() {
        let pace = Pace::new(Time(400 * MS.0), 90, MS, 100);
        let here = stand(0, 0, Some(0));
        let mut glide = Glide::from(here);
        let pictures = (1..).find(|_| glide.picture(16.0, pace, here) == Wish::Step(1)).unwrap();
        assert!((10..=26).contains(&pictures), "a rest of {pictures} pictures");
    }

    #[test]
    fn twice_the_speed_is_twice_as_fast() {
        let here = stand(0, 0, Some(100));
        let travelled = |speed| {
            let mut glide = Glide::from(here);
            glide.picture(10.0, Pace::new(Time(400 * MS.0), 90, MS, speed), here);
            glide.at
        };
        assert_eq!(travelled(200), 2.0 * travelled(100));
    }

    #[test]
    fn a_run_of_a_million_steps_is_played_by_time() {
        let pace = Pace::new(Time(1_000_000 * MS.0), 1_000_000, MS, 100);
        let here = stand(5, 10, Some(11));
        let mut glide = Glide::from(here);
        assert!(matches!(glide.picture(16.0, pace, here), Wish::Time(at) if at > Time(500 * MS.0)));
    }

    #[test]
    fn a_cursor_that_somebody_moved_is_played_on_from() {
        let pace = Pace::new(Time(400 * MS.0), 90, MS, 100);
        let mut glide = Glide::from(stand(50, 200, Some(300)));
        glide.picture(16.0, pace, stand(50, 200, Some(300)));
        glide.picture(0.0, pace, stand(3, 10, Some(11)));
        assert_eq!(glide.at, 10.0 * MS.0 as f64);
    }

    #[test]
    fn an_answer_that_never_comes_is_asked_for_again() {
        let pace = Pace::new(Time(400 * MS.0), 90, MS, 100);
        let here = stand(3, 10, Some(11));
        let mut glide = Glide::from(here);
        let wishes = (0..40).filter(|_| glide.picture(50.0, pace, here) == Wish::Step(4)).count();
        assert_eq!(wishes, 2);
    }

    #[test]
    fn it_stops_at_the_end() {
        let pace = Pace::new(Time(400 * MS.0), 90, MS, 100);
        let here = stand(90, 400, None);
        assert_eq!(Glide::from(here).picture(16.0, pace, here), Wish::Stop);
    }

    #[test]
    fn a_browser_that_slept_does_not_make_time_leap() {
        let pace = Pace::new(Time(400 * MS.0), 90, MS, 100);
        let here = stand(3, 10, Some(300));
        let mut glide = Glide::from(here);
        glide.picture(60_000.0, pace, here);
        assert_eq!(glide.at, 12.0 * MS.0 as f64);
    }

    #[test]
    fn speeds_go_up_and_down_and_end() {
        assert_eq!((faster(100), slower(100)), (200, 50));
        assert_eq!((faster(1_000), slower(10)), (1_000, 10));
    }
}
