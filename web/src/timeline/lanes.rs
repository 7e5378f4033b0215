//! Where each lane stands: processors on top, then queue levels, tasks and devices, with a little room between
//! the groups. A run may have a thousand lanes; only those in sight are drawn or put into the page.
//!
//! Runs that are compared stand one below the other under their headings, each with its processors and tasks only:
//! what is compared is who ran when.

use std::ops::Range;

use kernelscope_session::view::Lane;

/// The four groups of lanes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// What the processors do.
    Cpus,
    /// The levels of a multi-level feedback queue.
    Levels,
    /// The states of the tasks.
    Tasks,
    /// The devices.
    Devices,
}

impl Group {
    /// The group that a lane belongs to.
    pub fn of(lane: Lane) -> Group {
        match lane {
            Lane::Cpu(_) => Group::Cpus,
            Lane::Level(_) => Group::Levels,
            Lane::Task(_) => Group::Tasks,
            Lane::Device(_) | Lane::OwnDevices => Group::Devices,
        }
    }

    /// How high its lanes are, in pixels.
    fn height(self) -> f64 {
        match self {
            Group::Cpus => 26.0,
            Group::Levels => 24.0,
            Group::Tasks | Group::Devices => 22.0,
        }
    }
}

/// The room between two lanes of a group.
const BETWEEN: f64 = 4.0;
/// The room between two groups.
const APART: f64 = 14.0;
/// The height of the heading of a run.
pub const HEADING: f64 = 24.0;

/// A lane of a run, with its place among the lanes of that run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slot {
    /// Which run.
    pub run: usize,
    /// Which of its lanes.
    pub place: usize,
    /// What it shows.
    pub lane: Lane,
}

/// The lanes to show of some runs, from top to bottom.
pub fn slots<'a>(runs: impl Iterator<Item = &'a [Lane]> + Clone) -> Vec<Slot> {
    let compared = runs.clone().nth(1).is_some();
    let shown = |lane: Lane| !compared || matches!(Group::of(lane), Group::Cpus | Group::Tasks);
    runs.enumerate()
        .flat_map(|(run, lanes)| {
            lanes.iter().enumerate().map(move |(place, &lane)| Slot { run, place, lane })
        })
        .filter(|slot| shown(slot.lane))
        .collect()
}

/// A lane's place, in pixels from the top of all lanes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Row {
    /// Its upper edge.
    pub top: f64,
    /// Its height, without the room below it.
    pub height: f64,
}

/// The places of all lanes, from top to bottom.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Layout {
    rows: Vec<Row>,
    /// What all lanes take together.
    pub height: f64,
}

impl Layout {
    /// Places the lanes in their order; `scale` is 1, or more where the strokes are to be seen from afar.
    pub fn new(slots: &[Slot], scale: f64) -> Layout {
        let compared = slots.iter().any(|slot| slot.run > 0);
        let mut rows = Vec::with_capacity(slots.len());
        let mut bottom = 0.0;
        let mut above: Option<(usize, Group)> = None;
        for slot in slots {
            let group = Group::of(slot.lane);
            let room = match above {
                Some(above) if above == (slot.run, group) => BETWEEN,
                Some((run, _)) if run == slot.run => APART,
                _ if compared => HEADING,
                _ => 0.0,
            };
            let row = Row { top: bottom + room * scale, height: group.height() * scale };
            bottom = row.top + row.height;
            above = Some((slot.run, group));
            rows.push(row);
        }
        Layout { rows, height: bottom }
    }

    /// Places `count` lanes of equal height without gaps in a strip.
    pub fn strip(count: usize, top: f64, height: f64) -> Layout {
        let each = height / count.max(1) as f64;
        let rows = (0..count).map(|at| Row { top: top + each * at as f64, height: each }).collect();
        Layout { rows, height: top + height }
    }

    /// The place of a lane.
    pub fn row(&self, lane: usize) -> Option<Row> {
        self.rows.get(lane).copied()
    }

    /// The lanes that are at least partly seen when `scrolled` pixels are above the upper edge and `height` below.
    pub fn visible(&self, scrolled: f64, height: f64) -> Range<usize> {
        let first = self.rows.partition_point(|row| row.top + row.height <= scrolled);
        let past = self.rows.partition_point(|row| row.top < scrolled + height);
        first..past.max(first)
    }

    /// The lane at `y` (from the top of all lanes), or none between two.
    pub fn at(&self, y: f64) -> Option<usize> {
        let lane = self.rows.partition_point(|row| row.top + row.height <= y);
        self.rows.get(lane).filter(|row| y >= row.top).map(|_| lane)
    }

    /// How far to scroll so that a lane is seen whole, if it is not.
    pub fn reveal(&self, lane: usize, scrolled: f64, height: f64) -> f64 {
        let Some(row) = self.row(lane) else { return scrolled };
        if row.top < scrolled {
            row.top
        } else if row.top + row.height > scrolled + height {
            row.top + row.height - height
        } else {
            scrolled
        }
    }
}

#[cfg(test)]
mod tests {
    use kernelscope_sim::ids::{CpuId, TaskId};

    use super::*;

    fn run() -> Vec<Lane> {
        vec![
            Lane::Cpu(CpuId::new(0)),
            Lane::Level(0),
            Lane::Level(1),
            Lane::Task(TaskId::new(0)),
            Lane::OwnDevices,
        ]
    }

    fn lanes() -> Vec<Slot> {
        slots([run().as_slice()].into_iter())
    }

    #[test]
    fn groups_stand_apart() {
        let layout = Layout::new(&lanes(), 1.0);
        let tops: Vec<f64> = (0..5).map(|lane| layout.row(lane).unwrap().top).collect();
        assert_eq!(tops, [0.0, 40.0, 68.0, 106.0, 142.0]);
        assert_eq!(layout.height, 164.0);
    }

    #[test]
    fn a_lane_is_found_and_the_room_between_is_nobodys() {
        let layout = Layout::new(&lanes(), 1.0);
        assert_eq!(layout.at(0.0), Some(0));
        assert_eq!(layout.at(25.9), Some(0));
        assert_eq!(layout.at(30.0), None);
        assert_eq!(layout.at(40.0), Some(1));
        assert_eq!(layout.at(500.0), None);
        assert_eq!(layout.at(-1.0), None);
    }

    #[test]
    fn of_a_thousand_lanes_only_those_in_sight_are_drawn() {
        let lanes: Vec<Lane> = (0..1_000).map(|task| Lane::Task(TaskId::new(task))).collect();
        let layout = Layout::new(&slots([lanes.as_slice()].into_iter()), 1.0);
        assert_eq!(layout.visible(0.0, 260.0), 0..10);
        assert_eq!(layout.visible(13_000.0, 260.0), 500..510);
        assert_eq!(layout.visible(1e9, 260.0), 1_000..1_000);
    }

    #[test]
    fn a_lane_out_of_sight_is_scrolled_into_it() {
        let layout = Layout::new(&lanes(), 1.0);
        assert_eq!(layout.reveal(4, 0.0, 100.0), 64.0);
        assert_eq!(layout.reveal(0, 64.0, 100.0), 0.0);
        assert_eq!(layout.reveal(2, 0.0, 100.0), 0.0);
    }

    #[test]
    fn a_lecture_hall_gets_larger_lanes() {
        assert_eq!(Layout::new(&lanes(), 2.0).height, 2.0 * Layout::new(&lanes(), 1.0).height);
    }

    #[test]
    fn compared_runs_stand_under_their_headings_with_processors_and_tasks_only() {
        let run = run();
        let slots = slots([run.as_slice(), run.as_slice()].into_iter());
        let shown: Vec<(usize, usize)> = slots.iter().map(|slot| (slot.run, slot.place)).collect();
        assert_eq!(shown, [(0, 0), (0, 3), (1, 0), (1, 3)]);
        let layout = Layout::new(&slots, 1.0);
        let tops: Vec<f64> = (0..4).map(|lane| layout.row(lane).unwrap().top).collect();
        assert_eq!(tops, [24.0, 64.0, 110.0, 150.0]);
    }
}
