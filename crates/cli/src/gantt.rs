//! The timeline as text: who has the CPU, and what state every task is in.

use std::io::{self, Write};

use kernelscope_session::view::{Activity, Lane, Segment};
use kernelscope_share::file::Unit;
use kernelscope_sim::time::Nanos;

use crate::outcome::Outcome;
use crate::table::{columns_of, unit_name};

/// How the activities of a task are drawn, and what they are called in the legend.
const SIGNS: [(Activity, char, &str); 10] = [
    (Activity::User, '#', "runs"),
    (Activity::Kernel, 'k', "in the kernel"),
    (Activity::Switch, 's', "being switched in"),
    (Activity::Ready, '.', "ready"),
    (Activity::BlockedIo, '-', "blocked on I/O"),
    (Activity::BlockedQueue, '=', "waits for the device"),
    (Activity::Sleeping, '~', "asleep"),
    (Activity::SwappedOut, 'o', "swapped out"),
    (Activity::IoWait, '-', "blocked on I/O"),
    (Activity::Zombie, 'z', "a zombie"),
];

/// Columns between two numbers of the ruler.
const RULER: u64 = 10;

/// Draws the lanes of the CPUs and of the tasks in so many columns.
pub(crate) fn draw(out: &mut impl Write, outcome: &Outcome, unit: Unit, columns: u32) -> io::Result<()> {
    let scale = Scale::new(outcome.overview.end.0, unit.nanos(), u64::from(columns));
    let lanes = lanes(outcome);
    let margin = lanes.iter().map(|(name, ..)| columns_of(name)).max().unwrap_or(0) + 1;
    let line = |name: &str, drawn: &str| {
        format!("{name}{} {drawn}", " ".repeat(margin - columns_of(name))).trim_end().to_owned()
    };
    writeln!(out, "{}", line("", &scale.ruler()))?;
    let mut seen = Vec::new();
    for (name, lane, segments) in &lanes {
        let cells: Vec<Option<Segment>> =
            (0..scale.columns).map(|column| scale.cell(segments, column)).collect();
        let drawn = match lane {
            Lane::Cpu(_) => cpu(&cells, outcome),
            _ => cells.iter().map(|cell| sign(cell.map(|cell| cell.activity))).collect(),
        };
        if let Lane::Task(_) = lane {
            seen.extend(cells.iter().flatten().map(|cell| cell.activity));
        }
        writeln!(out, "{}", line(name, &drawn))?;
    }
    let legend: Vec<String> = SIGNS
        .iter()
        .filter(|(activity, ..)| seen.contains(activity))
        .map(|(_, sign, words)| format!("{sign} {words}"))
        .collect();
    writeln!(out, "{}", line("", &legend.join("   ")))?;
    if let Some(note) = scale.note(unit) {
        writeln!(out, "{}", line("", &note))?;
    }
    Ok(())
}

/// The lanes that are drawn, with their names: the CPUs', and the tasks'.
pub(crate) fn lanes(outcome: &Outcome) -> Vec<(String, Lane, &Vec<Segment>)> {
    let name = |lane: Lane| match lane {
        Lane::Cpu(cpu) => Some(format!("cpu {}", cpu.get())),
        Lane::Task(task) => outcome.overview.tasks.get(task.index()).map(|task| task.name.clone()),
        _ => None,
    };
    let lanes = outcome.overview.lanes.iter().zip(&outcome.tile.lanes);
    lanes.filter_map(|(lane, segments)| Some((name(*lane)?, *lane, segments))).collect()
}

/// What an activity is called in the legend.
pub(crate) fn words(activity: Activity) -> &'static str {
    SIGNS.iter().find(|(known, ..)| *known == activity).map_or("", |(_, _, words)| words)
}

/// How a task's activity is drawn.
fn sign(activity: Option<Activity>) -> char {
    SIGNS.iter().find(|(known, ..)| Some(*known) == activity).map_or(' ', |(_, sign, _)| *sign)
}

/// The CPU's lane: each task's name where its turn begins, and a line as long as it lasts.
fn cpu(cells: &[Option<Segment>], outcome: &Outcome) -> String {
    let what = |cell: &Option<Segment>| cell.map(|cell| (cell.activity, cell.task));
    let mut drawn = String::new();
    for run in cells.chunk_by(|a, b| what(a) == what(b)) {
        let Some((activity, task)) = what(&run[0]) else {
            drawn += &" ".repeat(run.len());
            continue;
        };
        let name =
            task.and_then(|task| outcome.overview.tasks.get(task.index())).map_or("", |task| &task.name);
        match activity {
            Activity::User => drawn += &label(name, run.len(), '_'),
            Activity::Kernel => drawn += &"k".repeat(run.len()),
            Activity::Switch => drawn += &"s".repeat(run.len()),
            Activity::IoWait => drawn += &label(name, run.len(), '-'),
            _ => drawn += &" ".repeat(run.len()),
        }
    }
    drawn
}

/// As much of a name as fits, and a line behind it.
fn label(name: &str, columns: usize, line: char) -> String {
    let mut text = String::new();
    let mut used = 0;
    for letter in name.chars() {
        let width = columns_of(letter.encode_utf8(&mut [0; 4]));
        if used + width > columns {
            break;
        }
        text.push(letter);
        used += width;
    }
    text.extend(std::iter::repeat_n(line, columns - used));
    text
}

/// From time to columns: several columns a unit, or several units a column.
struct Scale {
    unit: Nanos,
    columns_a_unit: u64,
    units_a_column: u64,
    columns: u64,
    end: u64,
}

impl Scale {
    fn new(end: u64, unit: Nanos, most: u64) -> Scale {
        let units = end.div_ceil(unit.0).max(1);
        let units_a_column = units.div_ceil(most);
        let columns_a_unit = if units_a_column == 1 { (most / units).clamp(1, 4) } else { 1 };
        Scale {
            unit,
            columns_a_unit,
            units_a_column,
            columns: units.div_ceil(units_a_column) * columns_a_unit,
            end,
        }
    }

    /// The instant at which a column begins.
    fn start(&self, column: u64) -> u64 {
        let nanos = u128::from(column) * u128::from(self.unit.0) * u128::from(self.units_a_column);
        u64::try_from(nanos / u128::from(self.columns_a_unit)).unwrap_or(u64::MAX).min(self.end)
    }

    /// What takes the longest in a column.
    fn cell(&self, segments: &[Segment], column: u64) -> Option<Segment> {
        let (from, to) = (self.start(column), self.start(column + 1));
        let first = segments.partition_point(|segment| (segment.start + segment.length).0 <= from);
        let within = |segment: &Segment| {
            (segment.start + segment.length).0.min(to).saturating_sub(segment.start.0.max(from))
        };
        let here = segments[first..].iter().take_while(|segment| segment.start.0 < to);
        // Of equally long ones the first, so that a column is not drawn as what only follows.
        here.copied().reduce(|best, segment| if within(&segment) > within(&best) { segment } else { best })
    }

    fn ruler(&self) -> String {
        let mut text = String::new();
        for column in (0..=self.columns).step_by(RULER as usize) {
            let number = column * self.units_a_column / self.columns_a_unit;
            let is_whole = (column * self.units_a_column).is_multiple_of(self.columns_a_unit);
            if is_whole && text.len() as u64 <= column {
                text += &" ".repeat((column as usize).saturating_sub(text.len()));
                text += &number.to_string();
            }
        }
        text
    }

    fn note(&self, unit: Unit) -> Option<String> {
        (self.units_a_column > 1)
            .then(|| format!("one column is {} {}", self.units_a_column, unit_name(unit)))
    }
}
