//! The canvases and the hands on them, behind one object that lives outside the component tree: what moves with
//! every picture never renders a component. The component hands in what is to be shown ([`Stage::show`]) and the
//! events; the stage answers with actions.

mod hands;
mod picture;

pub use hands::{Canvas, Phase, chosen_lane};

use std::cell::RefCell;
use std::rc::{Rc, Weak};

use gloo::render::{AnimationFrame, request_animation_frame};
use kernelscope_session::protocol::RunId;
use kernelscope_session::view::{Mark, Segment, Tile};
use kernelscope_sim::time::Time;
use web_sys::{HtmlCanvasElement, HtmlElement};
use yew::prelude::*;

use super::axis::Tick;
use super::gesture::Hands;
use super::lanes::{Layout, Slot, slots};
use super::minimap::Hold;
use super::pens::Pens;
use super::scene::{Camera, Rect, Scene};
use super::tiles::Tiles;
use super::window::Window;
use crate::i18n::Lang;
use crate::state::{Action, Pages, Run, Selection, Shared, Theme, Want};

/// The height of the axis, in pixels of the page at the usual size.
pub const AXIS: f64 = 24.0;
/// The height of the minimap, likewise.
pub const MINIMAP: f64 = 18.0;

/// What is to be shown.
#[derive(Clone, Debug, PartialEq)]
pub struct Shown {
    /// The runs, one below the other.
    pub runs: Vec<Shared<Run>>,
    /// What was asked for of each of them.
    pub pages: Vec<Pages>,
    /// What is chosen.
    pub selection: Selection,
    /// The stretch of time; all of it if none.
    pub window: Option<(Time, Time)>,
    /// Whether time runs by itself.
    pub playing: bool,
    /// How it is dressed.
    pub theme: Theme,
    /// How much larger than usual everything is.
    pub scale: f64,
    /// In which language it speaks.
    pub lang: Lang,
}

/// The elements of the stage.
#[derive(Clone, Debug)]
pub struct Elements {
    /// Around everything.
    pub frame: HtmlElement,
    /// What scrolls.
    pub scroll: HtmlElement,
    /// The lanes.
    pub lanes: HtmlCanvasElement,
    /// The axis.
    pub axis: HtmlCanvasElement,
    /// What lies over both.
    pub over: HtmlCanvasElement,
    /// The whole run in a strip.
    pub minimap: HtmlCanvasElement,
    /// What appears under the pointer.
    pub tip: HtmlElement,
}

/// What has to be drawn again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Dirty {
    /// Nothing.
    #[default]
    Clean,
    /// What moves with every picture.
    Over,
    /// Everything.
    All,
}

/// Something under the pointer.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Hover {
    /// A segment, of this row of the layout.
    Segment(usize, Segment),
    /// A mark of the run that is chosen.
    Mark(Mark),
}

/// The stage.
pub struct Stage {
    this: Weak<RefCell<Stage>>,
    elements: Elements,
    shown: Shown,
    act: Callback<Action>,
    scrolled: Callback<f64>,
    slots: Vec<Slot>,
    layout: Layout,
    tiles: Vec<Tiles>,
    end: Time,
    window: Window,
    width: f64,
    height: f64,
    hands: Hands,
    scroll_at_press: f64,
    hold: Option<Hold>,
    hover: Option<(Hover, Option<Rect>)>,
    playhead: Option<f64>,
    pens: Pens,
    scene: Scene,
    strip: Scene,
    ticks: Vec<Tick>,
    marks: Vec<Mark>,
    dirty: Dirty,
    frame: Option<AnimationFrame>,
}

impl Stage {
    /// Sets up the stage in its elements. `scrolled` hears how far the lanes are scrolled.
    pub fn new(
        elements: Elements,
        shown: Shown,
        act: Callback<Action>,
        scrolled: Callback<f64>,
    ) -> Rc<RefCell<Stage>> {
        let density = gloo::utils::window().device_pixel_ratio();
        let pens = Pens::new(&elements.frame, density, shown.scale);
        let bare = Shown { runs: Vec::new(), pages: Vec::new(), window: None, ..shown };
        let stage = Rc::new_cyclic(|this| {
            RefCell::new(Stage {
                this: Weak::clone(this),
                elements,
                shown: bare,
                act,
                scrolled,
                slots: Vec::new(),
                layout: Layout::default(),
                tiles: Vec::new(),
                end: Time::ZERO,
                window: Window::whole(Time::ZERO),
                width: 0.0,
                height: 0.0,
                hands: Hands::default(),
                scroll_at_press: 0.0,
                hold: None,
                hover: None,
                playhead: None,
                pens,
                scene: Scene::default(),
                strip: Scene::default(),
                ticks: Vec::new(),
                marks: Vec::new(),
                dirty: Dirty::All,
                frame: None,
            })
        });
        stage.borrow_mut().show(shown);
        stage
    }

    /// Takes in what is to be shown, and draws it with the next picture.
    pub fn show(&mut self, shown: Shown) {
        let before = std::mem::replace(&mut self.shown, shown);
        let same_runs = before.runs.len() == self.shown.runs.len()
            && before.runs.iter().zip(&self.shown.runs).all(|(old, new)| old.overview == new.overview);
        if !same_runs {
            self.open();
        }
        for (at, (tiles, pages)) in self.tiles.iter_mut().zip(&self.shown.pages).enumerate() {
            let old = before.pages.get(at).and_then(|pages| pages.tile.clone());
            if let Some(tile) = pages.tile.clone().filter(|tile| Some(tile) != old.as_ref()) {
                tiles.arrived(tile);
            }
        }
        if before.scale != self.shown.scale {
            self.layout = Layout::new(&self.slots, self.shown.scale);
        }
        if (before.theme, before.scale) != (self.shown.theme, self.shown.scale) {
            self.dress();
        }
        if before.window != self.shown.window || !same_runs {
            self.window = self.asked_window();
            self.unhover();
        }
        let (old, new) = (cursor(&before), cursor(&self.shown));
        if old != new && same_runs && !self.hands.busy() && self.hold.is_none() {
            self.follow(new);
        }
        self.redraw(Dirty::All);
    }

    /// Other runs are shown.
    fn open(&mut self) {
        self.slots = slots(self.shown.runs.iter().map(|run| run.overview.lanes.as_slice()));
        self.layout = Layout::new(&self.slots, self.shown.scale);
        self.tiles = self.shown.runs.iter().map(|_| Tiles::default()).collect();
        self.end = self.shown.runs.iter().map(|run| run.overview.end).max().unwrap_or_default();
        self.hover = None;
    }

    /// The window that the state asks for.
    fn asked_window(&self) -> Window {
        self.shown.window.map_or(Window::whole(self.end), |(from, to)| {
            Window { from: from.0 as f64, span: to.0.saturating_sub(from.0) as f64 }.clamped(self.end)
        })
    }

    /// Brings the cursor back into sight.
    fn follow(&mut self, at: Time) {
        let at = at.0 as f64;
        let followed = if self.shown.playing {
            self.window.turned(at, self.end)
        } else {
            self.window.following(at, self.end)
        };
        if followed != self.window {
            self.move_window(followed);
            self.tell_window();
        }
    }

    /// Tells the page which stretch is shown, once whatever is going on is over.
    fn tell_window(&self) {
        let (act, action) = (self.act.clone(), crate::keys::window(self.window, self.end));
        wasm_bindgen_futures::spawn_local(async move { act.emit(action) });
    }

    /// The size of the stage or the density of the screen changed.
    pub fn resized(&mut self) {
        let density = gloo::utils::window().device_pixel_ratio();
        let width = f64::from(self.elements.lanes.parent_element().map_or(0, |cell| cell.client_width()));
        let height = f64::from(self.elements.scroll.client_height());
        if (width, height, density) == (self.width, self.height, self.pens.density) {
            return;
        }
        (self.width, self.height) = (width, height);
        if density != self.pens.density {
            self.dress();
        }
        self.redraw(Dirty::All);
    }

    /// The style sheet looks different now.
    pub fn dress(&mut self) {
        let density = gloo::utils::window().device_pixel_ratio();
        self.pens = Pens::new(&self.elements.frame, density, self.shown.scale);
        self.redraw(Dirty::All);
    }

    /// The lanes were scrolled.
    pub fn scroll(&mut self) {
        self.scrolled.emit(self.scrolled_by());
        self.redraw(Dirty::All);
    }

    /// The playhead glides, or rests again.
    pub fn glide(&mut self, at: Option<f64>) {
        self.playhead = at;
        let followed = at.map_or(self.window, |at| self.window.turned(at, self.end));
        if followed != self.window && !self.hands.busy() {
            self.move_window(followed);
            self.tell_window();
        }
        self.redraw(Dirty::Over);
    }

    fn redraw(&mut self, dirty: Dirty) {
        self.dirty = self.dirty.max(dirty);
        if self.frame.is_some() {
            return;
        }
        let this = Weak::clone(&self.this);
        self.frame = Some(request_animation_frame(move |_| {
            let Some(stage) = this.upgrade() else { return };
            let (actions, act) = {
                let mut stage = stage.borrow_mut();
                stage.frame = None;
                (stage.picture(), stage.act.clone())
            };
            actions.into_iter().for_each(|action| act.emit(action));
        }));
    }

    /// What the tiles lack, as questions.
    fn wants(&mut self) -> Vec<Action> {
        let (window, end, px, now) = (self.window, self.end, self.width as u32, crate::platform::now());
        let ask = |(at, tiles): (usize, &mut Tiles)| {
            let wanted = tiles.ask(window, px, end, now)?;
            Some(Action::Want(Want::Tile { run: RunId(at as u8), window: wanted.window, px: wanted.px }))
        };
        self.tiles.iter_mut().enumerate().filter_map(ask).collect()
    }

    fn scrolled_by(&self) -> f64 {
        f64::from(self.elements.scroll.scroll_top())
    }

    /// From where the lanes are seen.
    fn camera(&self) -> Camera {
        Camera {
            window: self.window,
            width: self.width,
            height: self.height,
            scrolled: self.scrolled_by(),
            density: self.pens.density,
        }
    }

    /// The height of the axis.
    fn axis(&self) -> f64 {
        AXIS * self.shown.scale
    }

    /// The run that the cursor and the marks are of.
    fn run(&self) -> Option<&Shared<Run>> {
        self.shown.runs.get(usize::from(self.shown.selection.run)).or(self.shown.runs.first())
    }

    fn tile(&self, run: usize) -> Option<&Tile> {
        self.tiles.get(run).and_then(|tiles| tiles.best(self.window)).map(|tile| &**tile)
    }

    /// Where the cursor is drawn.
    fn cursor(&self) -> f64 {
        self.playhead.unwrap_or(cursor(&self.shown).0 as f64)
    }
}

/// Where the cursor of the machine stands.
fn cursor(shown: &Shown) -> Time {
    let run = shown.runs.get(usize::from(shown.selection.run)).or(shown.runs.first());
    run.map_or(Time::ZERO, |run| run.snapshot.now)
}
