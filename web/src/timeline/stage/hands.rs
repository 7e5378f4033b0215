//! What hands do to the stage: pointers, the wheel, and the keys that walk the lanes.

use kernelscope_session::protocol::{RunId, Target};
use kernelscope_session::view::{Lane, Segment};
use kernelscope_sim::time::Time;
use web_sys::{Element, PointerEvent, WheelEvent};

use super::{Dirty, Hover, Stage};
use crate::state::{Action, Selection};
use crate::timeline::gesture::{Ground, Meaning, Point};
use crate::timeline::scene::{Camera, Rect, segment_rect};
use crate::timeline::window::Window;
use crate::timeline::{hit, marks, minimap, words};

/// How near a click must be to an edge of a segment to mean that edge, in pixels.
const SNAP: f64 = 5.0;
/// How near a press must be to the cursor to take hold of it, in pixels.
const GRIP: f64 = 6.0;

/// Which canvas an event is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Canvas {
    /// The axis.
    Axis,
    /// The lanes.
    Lanes,
}

impl Stage {
    /// A pointer goes down.
    pub fn press(&mut self, event: &PointerEvent, canvas: Canvas) -> Vec<Action> {
        if event.button() > 0 {
            return Vec::new();
        }
        capture(event, canvas, self);
        let at = self.point(event, canvas);
        let near = (self.window.x(self.cursor(), self.width) - at.x).abs() <= GRIP;
        let on_cursor = near && event.pointer_type() == "mouse";
        let ground = if canvas == Canvas::Axis || on_cursor { Ground::Axis } else { Ground::Lanes };
        self.scroll_at_press = self.scrolled_by();
        let meaning = self.hands.down(event.pointer_id(), at, ground, self.window, self.width);
        let mut actions = vec![];
        if ground == Ground::Axis {
            actions.push(Action::Play(false));
        }
        actions.extend(meaning.map(|meaning| self.mean(meaning)).unwrap_or_default());
        actions
    }

    /// A pointer moves.
    pub fn moved(&mut self, event: &PointerEvent, canvas: Canvas) -> Vec<Action> {
        let at = self.point(event, canvas);
        if !self.hands.busy() {
            self.hover_at(at, canvas);
            return Vec::new();
        }
        let meaning = self.hands.moved(event.pointer_id(), at);
        meaning.map(|meaning| self.mean(meaning)).unwrap_or_default()
    }

    /// A pointer comes up.
    pub fn release(&mut self, event: &PointerEvent) -> Vec<Action> {
        let meaning = self.hands.up(event.pointer_id());
        meaning.map(|meaning| self.mean(meaning)).unwrap_or_default()
    }

    /// The browser takes a pointer for something else, or it leaves.
    pub fn leave(&mut self, cancelled: bool) {
        if cancelled {
            self.hands.cancelled();
        }
        if !self.hands.busy() {
            self.unhover();
        }
    }

    /// The wheel turns with Control held, or two fingers pinch a touchpad: zoom at the pointer.
    pub fn wheel(&mut self, event: &WheelEvent) {
        let x = event.client_x() as f64 - self.elements.lanes.get_bounding_client_rect().left();
        let lines = if event.delta_mode() == WheelEvent::DOM_DELTA_LINE { 30.0 } else { 1.0 };
        let factor = js_sys::Math::pow(2.0, (event.delta_y() * lines / 300.0).clamp(-1.0, 1.0));
        let about = self.window.at(x.clamp(0.0, self.width), self.width);
        self.move_window(self.window.zoomed(factor, about, self.end));
        self.tell_window();
    }

    /// The minimap is pressed, dragged, let go.
    pub fn minimap(&mut self, event: &PointerEvent, phase: Phase) -> Vec<Action> {
        let x = event.client_x() as f64 - self.elements.minimap.get_bounding_client_rect().left();
        if phase == Phase::Press && event.button() <= 0 {
            let _ = self.elements.minimap.set_pointer_capture(event.pointer_id());
            self.hold = Some(minimap::hold(x, self.width, self.window, self.end));
        }
        let Some(hold) = self.hold else { return Vec::new() };
        self.move_window(minimap::dragged(hold, x, self.width, self.window, self.end));
        if phase != Phase::Release {
            return Vec::new();
        }
        self.hold = None;
        vec![crate::keys::window(self.window, self.end)]
    }

    /// The chosen lane changes to the one above or below, and is read out.
    pub fn walk(&mut self, down: bool) -> Vec<Action> {
        let chosen = self.shown.selection;
        let run = usize::from(chosen.run);
        let at = self.slots.iter().position(|slot| slot.run == run && Some(slot.lane) == chosen.lane);
        let next = match (at, down) {
            (None, _) => 0,
            (Some(at), true) => (at + 1).min(self.slots.len().saturating_sub(1)),
            (Some(at), false) => at.saturating_sub(1),
        };
        let Some(slot) = self.slots.get(next).copied() else { return Vec::new() };
        let reveal = self.layout.reveal(next, self.scrolled_by(), self.height);
        self.elements.scroll.set_scroll_top(reveal as i32);
        let cursor = self.cursor();
        let text = self.shown.runs.get(slot.run).map(|run| {
            let lang = self.shown.lang;
            let what = self.hit(next, cursor).map_or_else(
                || crate::i18n::timeline::nothing(lang).to_owned(),
                |segment| {
                    format!("{}, {}", words::activity(&segment, run, lang), words::span(&segment, run, lang))
                },
            );
            crate::i18n::timeline::in_lane(lang, &words::lane(slot.lane, run, lang), &what)
        });
        let select = Action::Select(chosen_lane(chosen, slot.run, slot.lane));
        std::iter::once(select).chain(text.map(Action::Announce)).collect()
    }

    fn mean(&mut self, meaning: Meaning) -> Vec<Action> {
        match meaning {
            Meaning::Scrub(x) => vec![self.seek(self.window.at(x, self.width))],
            Meaning::Click(at) => self.click(at),
            Meaning::Pan { from, by } => {
                let scroll = self.scroll_at_press - by.y;
                self.elements.scroll.set_scroll_top(scroll.round() as i32);
                self.move_window(from.panned(-by.x * from.per_px(self.width), self.end));
                Vec::new()
            }
            Meaning::Pinch { held, fingers } => {
                self.move_window(Window::pinched(held, fingers, self.width, self.end));
                Vec::new()
            }
            Meaning::Done => vec![crate::keys::window(self.window, self.end)],
        }
    }

    fn click(&mut self, at: Point) -> Vec<Action> {
        let exact = self.window.at(at.x, self.width);
        let row = self.layout.at(at.y + self.scrolled_by());
        let segment = row.and_then(|row| self.hit(row, exact));
        let snapped = segment.map_or(exact, |segment| {
            let reach = SNAP * self.window.per_px(self.width);
            let (start, end) = (segment.start.0 as f64, (segment.start + segment.length).0 as f64);
            [start, end].into_iter().find(|edge| (edge - exact).abs() <= reach).unwrap_or(exact)
        });
        let mut actions = vec![Action::Play(false), self.seek(snapped)];
        if let Some(slot) = row.and_then(|row| self.slots.get(row)) {
            let task = segment.and_then(|segment| segment.task);
            let chosen = chosen_lane(self.shown.selection, slot.run, slot.lane);
            actions.push(Action::Select(Selection { task: task.or(chosen.task), lane: None, ..chosen }));
        }
        actions
    }

    fn seek(&self, at: f64) -> Action {
        let at = Time(at.clamp(0.0, self.end.0 as f64).round() as u64);
        Action::Seek(RunId(self.shown.selection.run), Target::Time(at))
    }

    pub(super) fn move_window(&mut self, window: Window) {
        if window != self.window {
            self.window = window;
            self.unhover();
            self.redraw(Dirty::All);
        }
    }

    /// The segment of a row at an instant.
    fn hit(&self, row: usize, at: f64) -> Option<Segment> {
        let slot = self.slots.get(row)?;
        hit::segment_at(self.tile(slot.run)?, slot.place, at, self.window, self.width)
    }

    /// Where a pointer is, from the upper left corner of its canvas.
    fn point(&self, event: &PointerEvent, canvas: Canvas) -> Point {
        let canvas = match canvas {
            Canvas::Axis => &self.elements.axis,
            Canvas::Lanes => &self.elements.lanes,
        };
        let bounds = canvas.get_bounding_client_rect();
        Point { x: event.client_x() as f64 - bounds.left(), y: event.client_y() as f64 - bounds.top() }
    }

    fn hover_at(&mut self, at: Point, canvas: Canvas) {
        let instant = self.window.at(at.x, self.width);
        let hover = match canvas {
            Canvas::Axis => marks::at(&self.marks, at.x, self.window, self.width).map(Hover::Mark),
            Canvas::Lanes => self
                .layout
                .at(at.y + self.scrolled_by())
                .and_then(|row| Some(Hover::Segment(row, self.hit(row, instant)?))),
        };
        let Some(hover) = hover else { return self.unhover() };
        if self.hover.is_none_or(|(old, _)| old != hover) {
            let rect = self.hover_rect(hover);
            self.hover = Some((hover, rect));
            self.redraw(Dirty::Over);
            self.tell(hover);
        }
        self.place_tip(at, canvas);
    }

    fn hover_rect(&self, hover: Hover) -> Option<Rect> {
        let Hover::Segment(row, segment) = hover else { return None };
        let camera: Camera = self.camera();
        segment_rect(&segment, self.slots.get(row)?.lane, self.layout.row(row)?, &camera)
    }

    pub(super) fn unhover(&mut self) {
        if self.hover.take().is_some() {
            self.elements.tip.set_hidden(true);
            self.redraw(Dirty::Over);
        }
    }

    /// Writes what is under the pointer.
    fn tell(&self, hover: Hover) {
        let lang = self.shown.lang;
        let lines: Vec<String> = match hover {
            Hover::Mark(mark) => self.run().map(|run| words::mark(mark, run, lang)).into_iter().collect(),
            Hover::Segment(row, segment) => {
                let Some(slot) = self.slots.get(row) else { return };
                let Some(run) = self.shown.runs.get(slot.run) else { return };
                let what = words::activity(&segment, run, lang);
                let mut lines = vec![what, words::span(&segment, run, lang)];
                lines.extend(words::share(&segment, lang));
                let listed = self.shown.pages.get(slot.run).and_then(|pages| pages.events.as_deref());
                lines.extend(words::reason(&segment, run, listed, lang));
                lines
            }
        };
        let tip = &self.elements.tip;
        tip.set_text_content(None);
        for line in lines {
            let Ok(paragraph) = gloo::utils::document().create_element("p") else { return };
            paragraph.set_text_content(Some(&line));
            let _ = tip.append_child(&paragraph);
        }
        tip.set_hidden(false);
    }

    /// Puts what is written beside the pointer, on the side where there is room.
    fn place_tip(&self, at: Point, canvas: Canvas) {
        let tip = &self.elements.tip;
        let (width, height) = (f64::from(tip.offset_width()), f64::from(tip.offset_height()));
        let top = at.y + if canvas == Canvas::Lanes { self.axis() } else { 0.0 };
        let x = if at.x + 16.0 + width > self.width { at.x - 12.0 - width } else { at.x + 16.0 };
        let below = top + 18.0;
        let y =
            if below + height > self.height + self.axis() { (top - 12.0 - height).max(0.0) } else { below };
        let _ = tip.style().set_property("translate", &format!("{:.0}px {y:.0}px", x.max(0.0)));
    }
}

/// Which part of a drag an event is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// It begins.
    Press,
    /// It goes on.
    Move,
    /// It ends.
    Release,
}

/// The choice of a lane, and of the task that the lane is of.
pub fn chosen_lane(before: Selection, run: usize, lane: Lane) -> Selection {
    let task = match lane {
        Lane::Task(task) => Some(task),
        _ => before.task,
    };
    Selection { task, page: None, lane: Some(lane), step: None, run: run as u8 }
}

/// Keeps the events of a pointer that leaves the canvas while it is down.
fn capture(event: &PointerEvent, canvas: Canvas, stage: &Stage) {
    let canvas: &Element = match canvas {
        Canvas::Axis => &stage.elements.axis,
        Canvas::Lanes => &stage.elements.lanes,
    };
    // A pointer that is gone already needs no capture.
    let _ = canvas.set_pointer_capture(event.pointer_id());
}
