//! Which piece of the timeline to ask for, and which to draw meanwhile.
//!
//! The engine answers a window with at most one segment a column. The page asks for three times what it shows, so
//! that a pan of a window's width needs nothing new, and draws what it has at once: the last tile if it covers the
//! window, else the overview of the whole run, coarse but never wrong. One question is under way at a time; when
//! its answer comes, the next is about the window as it is then. An answer may never come, since the engine drops
//! what is about a load that failed; then the question is put again.

use kernelscope_session::view::Tile;
use kernelscope_sim::time::Time;

use super::window::Window;
use crate::state::{Millis, Shared};

/// Finer than this many times the screen's own resolution is not worth asking for.
const ROUGHEST: f64 = 1.6;
/// How long an answer is waited for.
const PATIENCE: Millis = 2_000;

/// A question for the engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// The instants that it spans.
    pub window: (Time, Time),
    /// How many columns.
    pub px: u32,
}

/// The tiles at hand.
#[derive(Clone, Debug, Default)]
pub struct Tiles {
    whole: Option<Shared<Tile>>,
    near: Option<Shared<Tile>>,
    /// When the question under way was asked.
    asked: Option<Millis>,
}

impl Tiles {
    /// Takes in an answer.
    pub fn arrived(&mut self, tile: Shared<Tile>) {
        self.asked = None;
        if tile.window.0 == Time::ZERO
            && self.whole.as_ref().is_none_or(|whole| tile.window.1 >= whole.window.1)
        {
            self.whole = Some(tile.clone());
        }
        self.near = Some(tile);
    }

    /// Forgets everything: another run is on the screen.
    pub fn clear(&mut self) {
        *self = Tiles::default();
    }

    /// The tile of the whole run, once there is one.
    pub fn whole(&self) -> Option<&Shared<Tile>> {
        self.whole.as_ref()
    }

    /// What to draw of a window now: the best there is.
    pub fn best(&self, window: Window) -> Option<&Shared<Tile>> {
        self.near.as_ref().filter(|tile| covers(tile, window)).or(self.whole.as_ref()).or(self.near.as_ref())
    }

    /// What to ask for, if anything, and notes that it is asked: first the whole run, for the minimap and as a
    /// stand-in, then three times the window.
    pub fn ask(&mut self, window: Window, px: u32, end: Time, now: Millis) -> Option<Wanted> {
        if self.asked.is_some_and(|asked| now.saturating_sub(asked) < PATIENCE) || px == 0 {
            return None;
        }
        let wanted = if self.whole.is_none() {
            Wanted { window: (Time::ZERO, Time(end.0.max(1))), px }
        } else {
            self.lacking(window, px, end)?
        };
        self.asked = Some(now);
        Some(wanted)
    }

    /// What the window needs and no tile has.
    fn lacking(&self, window: Window, px: u32, end: Time) -> Option<Wanted> {
        let good = |tile: &Shared<Tile>| covers(tile, window) && fine(tile, window, px);
        if self.near.as_ref().is_some_and(&good) {
            return None;
        }
        let from = (window.from - window.span).max(0.0).floor() as u64;
        let to = (window.to() + window.span).min(end.0 as f64).ceil() as u64;
        let span = (to.max(from + 1) - from) as f64;
        let window_wanted = (Time(from), Time(to.max(from + 1)));
        if self.near.as_ref().is_some_and(|tile| tile.window == window_wanted) {
            // The engine has given the finest that it gives.
            return None;
        }
        let columns = (span / window.span * f64::from(px)).ceil();
        Some(Wanted { window: window_wanted, px: columns as u32 })
    }
}

/// Whether all of the window is in the tile.
fn covers(tile: &Tile, window: Window) -> bool {
    tile.window.0.0 as f64 <= window.from.ceil() && tile.window.1.0 as f64 >= window.to().floor()
}

/// Whether the tile is about as fine as the screen, and not so much finer that drawing it is a waste.
fn fine(tile: &Tile, window: Window, px: u32) -> bool {
    let tile_px = (tile.window.1.0 - tile.window.0.0) as f64 / f64::from(tile.px.max(1));
    let ratio = tile_px / window.per_px(f64::from(px));
    (1.0 / (3.0 * ROUGHEST)..=ROUGHEST).contains(&ratio)
}

#[cfg(test)]
mod tests {
    use super::*;

    const END: Time = Time(1_000_000);
    const NOW: Millis = 5_000;

    fn tile(from: u64, to: u64, px: u32) -> Shared<Tile> {
        Shared::new(Tile { window: (Time(from), Time(to)), px, lanes: Vec::new() })
    }

    fn answered(wanted: Wanted) -> Shared<Tile> {
        tile(wanted.window.0.0, wanted.window.1.0, wanted.px)
    }

    #[test]
    fn the_whole_run_is_asked_for_first_and_serves_a_fitted_window() {
        let mut tiles = Tiles::default();
        let whole = Window::whole(END);
        let wanted = tiles.ask(whole, 800, END, NOW).unwrap();
        assert_eq!(wanted, Wanted { window: (Time(0), END), px: 800 });
        assert_eq!(tiles.ask(whole, 800, END, NOW), None, "one question at a time");
        tiles.arrived(answered(wanted));
        assert_eq!(tiles.ask(whole, 800, END, NOW), None);
        assert!(tiles.whole().is_some());
    }

    #[test]
    fn a_question_without_an_answer_is_put_again_after_a_while() {
        let mut tiles = Tiles::default();
        let whole = Window::whole(END);
        assert!(tiles.ask(whole, 800, END, NOW).is_some());
        assert!(tiles.ask(whole, 800, END, NOW + 100).is_none());
        assert!(tiles.ask(whole, 800, END, NOW + PATIENCE).is_some());
    }

    #[test]
    fn three_windows_are_asked_for_and_a_pan_within_them_asks_nothing() {
        let mut tiles = Tiles::default();
        tiles.arrived(tile(0, END.0, 800));
        let window = Window { from: 400_000.0, span: 100_000.0 };
        let wanted = tiles.ask(window, 800, END, NOW).unwrap();
        assert_eq!(wanted, Wanted { window: (Time(300_000), Time(600_000)), px: 2_400 });
        tiles.arrived(answered(wanted));
        assert_eq!(tiles.ask(window, 800, END, NOW), None);
        assert_eq!(tiles.ask(window.panned(90_000.0, END), 800, END, NOW), None);
        assert!(tiles.ask(window.panned(110_000.0, END), 800, END, NOW).is_some());
    }

    #[test]
    fn until_the_answer_is_there_the_overview_is_drawn() {
        let mut tiles = Tiles::default();
        tiles.arrived(tile(0, END.0, 800));
        tiles.arrived(tile(300_000, 600_000, 2_400));
        let far = Window { from: 900_000.0, span: 50_000.0 };
        assert_eq!(tiles.best(far).unwrap().window.1, END);
        assert_eq!(tiles.best(Window { from: 410_000.0, span: 50_000.0 }).unwrap().window.0, Time(300_000));
    }

    #[test]
    fn zooming_in_asks_for_finer_columns() {
        let mut tiles = Tiles::default();
        tiles.arrived(tile(0, END.0, 800));
        tiles.arrived(tile(300_000, 600_000, 2_400));
        let near = Window { from: 450_000.0, span: 50_000.0 };
        assert_eq!(tiles.ask(near, 800, END, NOW).unwrap().px, 2_400);
    }

    #[test]
    fn an_answer_coarser_than_the_question_is_not_asked_for_again() {
        let mut tiles = Tiles::default();
        tiles.arrived(tile(0, END.0, 800));
        let window = Window { from: 400_000.0, span: 100_000.0 };
        let wanted = tiles.ask(window, 8_000, END, NOW).unwrap();
        tiles.arrived(tile(wanted.window.0.0, wanted.window.1.0, 8_192));
        assert_eq!(tiles.ask(window, 8_000, END, NOW), None);
    }

    #[test]
    fn a_new_run_starts_with_nothing() {
        let mut tiles = Tiles::default();
        tiles.arrived(tile(0, END.0, 800));
        tiles.clear();
        assert!(tiles.best(Window::whole(END)).is_none());
    }
}
