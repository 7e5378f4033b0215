//! What is to be drawn, as plain data: a tile cut to the window and turned into rectangles and labels.
//!
//! Everything is in device pixels and whole, so edges are crisp at any zoom of the page. Rectangles are grouped by
//! look, because changing the fill of a canvas costs more than drawing with it. Of segments that fall into the
//! same column only the first is drawn; the engine has already chosen the one that prevails there.

use kernelscope_session::view::{Activity, Lane, Segment, Tile};
use kernelscope_sim::ids::TaskId;

use super::clip;
use super::lanes::{Group, Layout, Row, Slot};
use super::window::Window;
use crate::palette::{Look, Own, look};

/// A rectangle in device pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rect {
    /// Its left edge.
    pub x: f64,
    /// Its upper edge.
    pub y: f64,
    /// Its width.
    pub width: f64,
    /// Its height.
    pub height: f64,
}

/// A text in the middle of a segment.
#[derive(Clone, Debug, PartialEq)]
pub struct Label {
    /// The middle of the text, from the left.
    pub x: f64,
    /// The middle of the text, from the top.
    pub y: f64,
    /// What is written.
    pub text: String,
}

/// From where the scene is seen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Camera {
    /// The stretch of time.
    pub window: Window,
    /// The width of the window, in pixels of the page.
    pub width: f64,
    /// The height in which lanes are seen, in pixels of the page.
    pub height: f64,
    /// How much of the lanes is above the upper edge.
    pub scrolled: f64,
    /// Device pixels per pixel of the page.
    pub density: f64,
}

impl Camera {
    /// Where an instant is, in whole device pixels.
    pub fn column(&self, at: u64) -> f64 {
        let x = self.window.x(at as f64, self.width) * self.density;
        // Far outside, whole numbers lose their meaning long before a canvas loses its way.
        x.clamp(-16.0, self.width * self.density + 16.0).round()
    }
}

/// What is to be drawn. Kept from frame to frame, so that drawing allocates nothing once it is warm.
#[derive(Clone, Debug, Default)]
pub struct Scene {
    /// The rectangles of each look.
    pub fills: Vec<(Look, Vec<Rect>)>,
    /// The texts on them.
    pub labels: Vec<Label>,
    /// What underlines the chosen task wherever it is not in a lane of its own.
    pub chosen: Vec<Rect>,
}

impl Scene {
    /// Takes everything off the stage.
    fn clear(&mut self) {
        for (_, rects) in &mut self.fills {
            rects.clear();
        }
        self.labels.clear();
        self.chosen.clear();
    }

    /// How many rectangles there are.
    pub fn len(&self) -> usize {
        self.fills.iter().map(|(_, rects)| rects.len()).sum()
    }

    /// Whether there is nothing to see.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn push(&mut self, look: Look, rect: Rect) {
        match self.fills.iter_mut().find(|(known, _)| *known == look) {
            Some((_, rects)) => rects.push(rect),
            None => self.fills.push((look, vec![rect])),
        }
    }

    /// Sets the scene anew. `tile` gives the tile of a run, `name` says how a task of a run is called, `measure`
    /// how wide a text is in device pixels, `chosen` which task is to be picked out.
    pub fn set<'a>(
        &mut self,
        stage: (&[Slot], &Layout, &Camera),
        chosen: Option<TaskId>,
        tile: impl Fn(usize) -> Option<&'a Tile>,
        name: impl Fn(usize, TaskId) -> &'a str,
        measure: impl Fn(&str) -> f64,
    ) {
        let (slots, layout, camera) = stage;
        self.clear();
        let edge = (camera.width * camera.density).round();
        for at in layout.visible(camera.scrolled, camera.height) {
            let (Some(row), Some(slot)) = (layout.row(at), slots.get(at)) else { continue };
            let Some(segments) = tile(slot.run).and_then(|tile| tile.lanes.get(slot.place)) else { continue };
            let mut drawn_to = f64::NEG_INFINITY;
            for segment in in_window(segments, camera.window) {
                let left = camera.column(segment.start.0);
                let right = camera.column(segment.start.0.saturating_add(segment.length.0)).max(left + 1.0);
                let left = left.max(drawn_to);
                if right <= left {
                    continue;
                }
                drawn_to = right;
                let look = look(segment.activity, segment.task.map(|task| task.index()));
                let rect = placed(look, Group::of(slot.lane), row, camera, left, right);
                self.push(look, rect);
                if segment.task.is_some() && segment.task == chosen && picked_out(segment, slot.lane) {
                    let height = (2.0 * camera.density).round();
                    self.chosen.push(Rect { y: rect.y + rect.height - height, height, ..rect });
                }
                let shown = (rect.x.max(0.0), (rect.x + rect.width).min(edge));
                let room = shown.1 - shown.0 - 6.0 * camera.density;
                if let (true, Some(task)) = (labelled(segment, slot.lane), segment.task)
                    && let Some(text) = clip::fitted(name(slot.run, task), room, &measure)
                {
                    self.labels.push(Label {
                        x: (shown.0 + shown.1) / 2.0,
                        y: rect.y + rect.height / 2.0,
                        text,
                    });
                }
            }
        }
    }
}

/// Whether a segment bears its task's name: where a task runs or is served, and is not one of many drawn as one.
fn labelled(segment: &Segment, lane: Lane) -> bool {
    let told_by_lane = matches!(lane, Lane::Task(_));
    matches!(segment.activity, Activity::User | Activity::Kernel | Activity::Device | Activity::IoWait)
        && segment.share >= 200
        && !told_by_lane
}

/// Whether a segment of the chosen task is underlined: its own lane is picked out as a whole.
fn picked_out(segment: &Segment, lane: Lane) -> bool {
    !matches!(lane, Lane::Task(_)) && !matches!(segment.activity, Activity::Idle | Activity::Ready)
}

/// The segments of a lane that are at least partly in the window.
pub fn in_window(segments: &[Segment], window: Window) -> &[Segment] {
    let from = window.from.max(0.0) as u64;
    let to = window.to().ceil() as u64;
    let first = segments.partition_point(|segment| segment.start.0.saturating_add(segment.length.0) < from);
    let past = segments.partition_point(|segment| segment.start.0 <= to);
    &segments[first..past.max(first)]
}

/// The rectangle of a segment of a lane, as it is drawn when it is alone in its columns.
pub fn segment_rect(segment: &Segment, lane: Lane, row: Row, camera: &Camera) -> Option<Rect> {
    let left = camera.column(segment.start.0);
    let right = camera.column(segment.start.0.saturating_add(segment.length.0)).max(left + 1.0);
    let look = look(segment.activity, segment.task.map(TaskId::index));
    Some(placed(look, Group::of(lane), row, camera, left, right)).filter(|rect| rect.width > 0.0)
}

/// The rectangle of a segment: what a task does itself fills its lane, waiting is a band within it.
fn placed(look: Look, group: Group, row: Row, camera: &Camera, left: f64, right: f64) -> Rect {
    let share = match (look, group) {
        (Look::Task(..), _) | (Look::Own(Own::Kernel | Own::Switch | Own::IoWait), _) => 1.0,
        (Look::Working(..), _) => 0.72,
        (Look::Own(Own::Idle), _) => 0.36,
        (Look::Waiting(..), _) => 0.28,
        (Look::Own(_), _) => 0.6,
    };
    let density = camera.density;
    let full = (row.height * density).round();
    let height = (row.height * share * density).round().max(1.0);
    let top = ((row.top - camera.scrolled) * density).round() + ((full - height) / 2.0).floor();
    // A hair between neighbours, so that two stretches of one task are seen to be two.
    let seam = if right - left >= 4.0 { density.round().max(1.0) } else { 0.0 };
    Rect { x: left, y: top, width: right - left - seam, height }
}

#[cfg(test)]
mod tests {
    use kernelscope_sim::ids::{CpuId, TaskId};
    use kernelscope_sim::time::{Nanos, Time};

    use super::*;

    fn camera(from: f64, span: f64) -> Camera {
        Camera { window: Window { from, span }, width: 100.0, height: 50.0, scrolled: 0.0, density: 1.0 }
    }

    fn segment(start: u64, length: u64, activity: Activity, task: u32) -> Segment {
        Segment {
            start: Time(start),
            length: Nanos(length),
            activity,
            task: Some(TaskId::new(task)),
            share: 255,
        }
    }

    fn set(scene: &mut Scene, segments: Vec<Segment>, camera: &Camera, chosen: Option<TaskId>) {
        let slots = [Slot { run: 0, place: 0, lane: Lane::Cpu(CpuId::new(0)) }];
        let tile = Tile { window: (Time(0), Time(1_000)), px: 100, lanes: vec![segments] };
        let layout = Layout::new(&slots, 1.0);
        let measure = |text: &str| 6.0 * text.chars().count() as f64;
        scene.set((&slots, &layout, camera), chosen, |_| Some(&tile), |_, _| "daemon", measure);
    }

    fn scene(segments: Vec<Segment>, camera: &Camera) -> Scene {
        let mut scene = Scene::default();
        set(&mut scene, segments, camera, None);
        scene
    }

    #[test]
    fn a_segment_becomes_a_whole_rectangle_with_a_seam_and_its_name() {
        let scene = scene(vec![segment(0, 333, Activity::User, 0)], &camera(0.0, 1_000.0));
        assert_eq!(scene.len(), 1);
        assert_eq!(scene.fills[0].1[0], Rect { x: 0.0, y: 0.0, width: 32.0, height: 26.0 });
        assert_eq!(scene.labels[0].text, "dae…");
    }

    #[test]
    fn a_window_that_a_segment_spans_shows_its_name_in_the_middle() {
        let scene = scene(vec![segment(0, 1_000, Activity::User, 0)], &camera(400.0, 100.0));
        let rect = scene.fills[0].1[0];
        assert!(rect.x <= 0.0 && rect.x + rect.width >= 100.0);
        assert_eq!((scene.labels[0].x, scene.labels[0].text.as_str()), (50.0, "daemon"));
    }

    #[test]
    fn a_short_segment_is_seen_and_a_column_is_drawn_once() {
        let crowd = (0..1_000).map(|at| segment(at, 1, Activity::User, at as u32 % 2)).collect();
        let scene = scene(crowd, &camera(0.0, 1_000.0));
        assert!((100..=101).contains(&scene.len()), "{} rectangles in 100 columns", scene.len());
        let lonely = self::scene(vec![segment(500, 1, Activity::Switch, 0)], &camera(0.0, 1_000_000.0));
        assert_eq!(lonely.len(), 1);
        assert_eq!(lonely.fills[0].1[0].width, 1.0);
    }

    #[test]
    fn a_crowd_drawn_as_one_bears_no_name() {
        let mut crowd = segment(0, 1_000, Activity::User, 0);
        crowd.share = 130;
        assert!(scene(vec![crowd], &camera(0.0, 1_000.0)).labels.is_empty());
    }

    #[test]
    fn what_is_outside_the_window_is_not_drawn() {
        let segments = vec![segment(0, 10, Activity::User, 0), segment(900, 10, Activity::User, 0)];
        assert!(scene(segments, &camera(300.0, 100.0)).is_empty());
    }

    #[test]
    fn setting_the_scene_again_leaves_nothing_of_the_old_one() {
        let mut scene = scene(vec![segment(0, 500, Activity::User, 0)], &camera(0.0, 1_000.0));
        set(&mut scene, Vec::new(), &camera(0.0, 1_000.0), None);
        assert!(scene.is_empty() && scene.labels.is_empty());
    }

    #[test]
    fn the_chosen_task_is_underlined_and_no_other() {
        let mut scene = Scene::default();
        let both = vec![segment(0, 500, Activity::User, 0), segment(500, 500, Activity::User, 1)];
        set(&mut scene, both, &camera(0.0, 1_000.0), Some(TaskId::new(1)));
        assert_eq!(scene.chosen, [Rect { x: 50.0, y: 24.0, width: 49.0, height: 2.0 }]);
    }
}
