//! One picture: from tiles and window to canvases.

use web_sys::HtmlCanvasElement;

use super::{Dirty, MINIMAP, Stage};
use crate::state::Action;
use crate::timeline::lanes::{Group, Layout};
use crate::timeline::pens::context;
use crate::timeline::scene::{Camera, Rect};
use crate::timeline::window::Window;
use crate::timeline::{axis, marks, paint};

/// The most dashed lines that help.
const MOST_LINES: usize = 40;

impl Stage {
    /// Draws what has changed. What the picture lacks is asked for.
    pub(super) fn picture(&mut self) -> Vec<Action> {
        let dirty = std::mem::take(&mut self.dirty);
        if self.width < 1.0 || self.shown.runs.is_empty() {
            return Vec::new();
        }
        let wants = self.wants();
        // Until the first tile of an edited scenario is there, the picture before it stays.
        let ready = (0..self.shown.runs.len()).all(|run| self.tile(run).is_some());
        if dirty == Dirty::All && ready {
            self.paint_lanes();
            self.paint_minimap();
        }
        if ready {
            self.paint_over();
        }
        wants
    }

    fn paint_lanes(&mut self) {
        let camera = self.camera();
        let Some(pen) = sized(&self.elements.lanes, &camera) else { return };
        let run = self.run().cloned();
        let ruler = run.as_ref().map(|run| run.ruler).unwrap_or_default();
        let pens = &self.pens;
        let density = pens.density;
        self.ticks = axis::ticks(self.window, self.width, ruler, |label| pens.width(&pen, label) / density);
        self.marks = run
            .as_ref()
            .map(|run| marks::shown(&run.overview.marks, self.window, self.width))
            .unwrap_or_default();
        let (tiles, window, runs) = (&self.tiles, self.window, &self.shown.runs);
        self.scene.set(
            (&self.slots, &self.layout, &camera),
            self.shown.selection.task,
            |run| tiles.get(run).and_then(|tiles| tiles.best(window)).map(|tile| &**tile),
            |run, task| runs[run].name(task),
            |text| pens.width(&pen, text),
        );
        let bands = self.bands(&camera);
        let lines = if self.marks.len() <= MOST_LINES { self.marks.as_slice() } else { &[] };
        let stage = paint::Lanes {
            scene: &self.scene,
            ticks: &self.ticks,
            layout: &self.layout,
            bands: &bands,
            marks: lines,
        };
        paint::lanes(&pen, &self.pens, &camera, &stage);
        let strip = Camera { height: self.axis(), ..camera };
        if let Some(pen) = sized(&self.elements.axis, &strip) {
            paint::axis(&pen, &self.pens, &strip, &self.ticks, &self.marks);
        }
    }

    /// The lanes of what is chosen.
    fn bands(&self, camera: &Camera) -> Vec<Rect> {
        let chosen = self.shown.selection;
        let density = camera.density;
        let picked = |lane| {
            Some(lane) == chosen.lane
                || chosen.task.is_some_and(|task| lane == kernelscope_session::view::Lane::Task(task))
        };
        self.layout
            .visible(camera.scrolled, camera.height)
            .filter(|&at| self.slots.get(at).is_some_and(|slot| picked(slot.lane)))
            .filter_map(|at| self.layout.row(at))
            .map(|row| Rect {
                x: 0.0,
                y: ((row.top - camera.scrolled - 2.0) * density).round(),
                width: (camera.width * density).round(),
                height: ((row.height + 4.0) * density).round(),
            })
            .collect()
    }

    /// The processors of all runs, over the whole of time.
    fn paint_minimap(&mut self) {
        let height = MINIMAP * self.shown.scale;
        let whole = Window::whole(self.end);
        let camera =
            Camera { window: whole, width: self.width, height, scrolled: 0.0, density: self.pens.density };
        let Some(pen) = sized(&self.elements.minimap, &camera) else { return };
        let processors: Vec<_> =
            self.slots.iter().filter(|slot| Group::of(slot.lane) == Group::Cpus).copied().collect();
        let inset = 3.0 * self.shown.scale;
        let layout = Layout::strip(processors.len(), inset, height - 2.0 * inset);
        let tiles = &self.tiles;
        self.strip.set(
            (&processors, &layout, &camera),
            None,
            |run| tiles.get(run).and_then(|tiles| tiles.whole()).map(|tile| &**tile),
            |_, _| "",
            |_| 0.0,
        );
        paint::minimap(&pen, &self.pens, &camera, &self.strip, self.window, self.cursor());
    }

    fn paint_over(&mut self) {
        let lanes = self.camera();
        let camera = Camera { height: lanes.height + self.axis(), ..lanes };
        let Some(pen) = sized(&self.elements.over, &camera) else { return };
        let at = self.cursor();
        let flag = self
            .run()
            .map(|run| {
                run.ruler
                    .time(axis::readable(at, self.playhead.map_or(0.0, |_| self.window.per_px(self.width))))
            })
            .unwrap_or_default();
        let hover = self.hover.and_then(|(_, rect)| rect);
        paint::over(
            &pen,
            &self.pens,
            &camera,
            &paint::Over { cursor: at, flag: &flag, axis: self.axis(), hover, ticks: &self.ticks },
        );
    }
}

/// What draws on a canvas, which is first given the size that the camera sees. Setting a size clears a canvas, so it
/// is only done when it changes.
fn sized(canvas: &HtmlCanvasElement, camera: &Camera) -> Option<web_sys::CanvasRenderingContext2d> {
    let wanted =
        ((camera.width * camera.density).round() as u32, (camera.height * camera.density).round() as u32);
    if (canvas.width(), canvas.height()) != wanted {
        canvas.set_width(wanted.0);
        canvas.set_height(wanted.1);
        let style = canvas.style();
        for (property, length) in [("width", camera.width), ("height", camera.height)] {
            // The browser refuses a length that is not one; then the canvas keeps its old size.
            let _ = style.set_property(property, &format!("{length}px"));
        }
    }
    context(canvas)
}
