//! The timeline as a picture for a page, a slide or a handout: one SVG that needs nothing beside it.
//!
//! It shows what the chart in a terminal shows, with the page's colours and weaves. It follows the reader's light or
//! dark theme and brings its own ground, so that it can be read wherever it is put.

use std::collections::BTreeSet;
use std::io::{self, Write};

use kernelscope_session::timeline::steps::{coarser, finest};
use kernelscope_session::view::{Activity, Lane, Segment};
use kernelscope_share::file::Unit;

use crate::gantt;
use crate::outcome::Outcome;
use crate::table::{columns_of, in_units, unit_name};
use crate::weave::{Fill, fill, pattern};

/// A column of the chart in a terminal is so many pixels here.
const COLUMN: u64 = 12;
/// About as wide as a letter gets.
const LETTER: u64 = 7;
/// From lane to lane, and how much of that is filled.
const LANE: u64 = 26;
const BAR: u64 = 18;
/// Around everything.
const EDGE: u64 = 12;
/// The line of the title, and that of the numbers on the axis.
const TITLE: u64 = 28;
const AXIS: u64 = 20;
/// Two numbers on the axis are at least so far apart.
const APART: u64 = 48;

const STYLE: &str = "\
.ground{fill:#fff}.ink{fill:#15161a}.pale{fill:#57585f}.line{stroke:#dfdfda}.soft{stroke:#57585f}\
.on{fill:#111214;font-weight:600}.back{opacity:.38}text{font:12px system-ui,sans-serif}.title{font-weight:600}\
@media(prefers-color-scheme:dark){.ground{fill:#191c20}.ink{fill:#eceef1}.pale{fill:#a9aeb7}.line{stroke:#33383f}\
.soft{stroke:#a9aeb7}}";

/// Writes the lanes of the CPUs and of the tasks as a picture that is `columns` columns wide beside their names, under a
/// title and what else it should say.
pub(crate) fn draw(
    out: &mut impl Write,
    outcome: &Outcome,
    unit: Unit,
    heading: (&str, &str),
    columns: u32,
) -> io::Result<()> {
    let (title, more) = heading;
    let lanes = gantt::lanes(outcome);
    let widest = lanes.iter().map(|(name, ..)| columns_of(name) as u64).max().unwrap_or(0);
    let picture = Picture {
        outcome,
        unit,
        left: EDGE + widest * LETTER + EDGE,
        plot: u64::from(columns) * COLUMN,
        end: outcome.overview.end.0.max(1),
    };
    let top = EDGE + TITLE + AXIS;
    let under = top + lanes.len() as u64 * LANE;
    let width = picture.left + picture.plot + 2 * EDGE;
    let legend = picture.legend(&lanes, width - 2 * EDGE);
    let height = under + legend.len() as u64 * LANE + 2 * EDGE;

    writeln!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
         viewBox=\"0 0 {width} {height}\" role=\"img\" aria-labelledby=\"title about\">"
    )?;
    writeln!(out, "<title id=\"title\">{}</title>", text(title))?;
    let end = in_units(picture.end, 1, unit);
    let unit_name = unit_name(unit);
    writeln!(
        out,
        "<desc id=\"about\">Who has the CPU, and what state every task is in, from 0 to {end} {unit_name}.</desc>"
    )?;
    writeln!(out, "<style>{STYLE}</style>")?;
    let fills: BTreeSet<String> = picture.fills(&lanes).into_iter().map(|fill| fill.name).collect();
    writeln!(out, "<defs>{}</defs>", fills.iter().map(|name| pattern(name)).collect::<String>())?;
    writeln!(out, "<rect class=\"ground\" width=\"{width}\" height=\"{height}\"/>")?;
    writeln!(
        out,
        "<text x=\"{EDGE}\" y=\"{}\"><tspan class=\"ink title\">{}</tspan><tspan class=\"pale\" dx=\"{EDGE}\">{}</tspan></text>",
        EDGE + 14,
        text(title),
        text(more)
    )?;
    picture.axis(out, top, under)?;
    for (place, (name, lane, segments)) in lanes.iter().enumerate() {
        picture.lane(out, top + place as u64 * LANE, name, *lane, segments)?;
    }
    for (place, row) in legend.iter().enumerate() {
        writeln!(out, "<g transform=\"translate({EDGE} {})\">{row}</g>", under + EDGE + place as u64 * LANE)?;
    }
    writeln!(out, "</svg>")
}

/// Where things lie.
struct Picture<'o> {
    outcome: &'o Outcome,
    unit: Unit,
    /// Where time begins, in pixels, and how wide all of it is.
    left: u64,
    plot: u64,
    end: u64,
}

type Named<'o> = (String, Lane, &'o Vec<Segment>);

impl Picture<'_> {
    /// How far an instant is from the left, in hundredths of a pixel.
    fn x(&self, at: u64) -> u64 {
        let along = u128::from(at.min(self.end)) * u128::from(self.plot) * 100 / u128::from(self.end);
        self.left * 100 + along as u64
    }

    /// The ways in which these lanes are filled.
    fn fills(&self, lanes: &[Named<'_>]) -> Vec<Fill> {
        let segments = lanes.iter().flat_map(|(_, _, segments)| segments.iter());
        segments.filter_map(|segment| fill(segment.activity, segment.task.map(|task| task.index()))).collect()
    }

    /// Round numbers above upright lines.
    fn axis(&self, out: &mut impl Write, top: u64, under: u64) -> io::Result<()> {
        let step = self.step();
        for number in (0..=self.end).step_by(usize::try_from(step).unwrap_or(usize::MAX)) {
            let x = pixels(self.x(number));
            let y = top - 6;
            let label = in_units(number, 1, self.unit);
            writeln!(
                out,
                "<path class=\"line\" d=\"M{x} {top}V{under}\"/>\
                 <text class=\"pale\" x=\"{x}\" y=\"{y}\" text-anchor=\"middle\">{label}</text>"
            )?;
        }
        Ok(())
    }

    /// The least round step whose numbers do not touch: 1, 2 or 5 times a power of ten of the unit.
    fn step(&self) -> u64 {
        let widest = in_units(self.end, 1, self.unit).len() as u64 * LETTER + EDGE;
        let is_wide = |step: u64| {
            u128::from(step) * u128::from(self.plot) >= u128::from(self.end) * u128::from(widest.max(APART))
        };
        let unit = self.unit.nanos().0.max(1);
        let mut step = finest(unit);
        while !is_wide(step) && step < u64::MAX {
            step = coarser(step, unit);
        }
        step
    }

    /// A lane: its name, and every stretch of it.
    fn lane(
        &self,
        out: &mut impl Write,
        top: u64,
        name: &str,
        lane: Lane,
        segments: &[Segment],
    ) -> io::Result<()> {
        let (bar, line) = (top + (LANE - BAR) / 2, top + LANE / 2 + 4);
        writeln!(out, "<text class=\"ink\" x=\"{EDGE}\" y=\"{line}\">{}</text>", text(name))?;
        for segment in segments {
            let (from, to) = (self.x(segment.start.0), self.x((segment.start + segment.length).0));
            let filled = fill(segment.activity, segment.task.map(|task| task.index()));
            let Some(filled) = filled.filter(|_| to > from) else { continue };
            writeln!(
                out,
                "<rect{} x=\"{}\" y=\"{bar}\" width=\"{}\" height=\"{BAR}\" fill=\"url(#{})\"><title>{}</title></rect>",
                filled.class(),
                pixels(from),
                pixels(to - from),
                filled.name,
                text(&self.told(segment)),
            )?;
            let who = self.task(segment);
            let fits = (columns_of(who) as u64 * LETTER + 4) * 100 <= to - from;
            if matches!((lane, segment.activity), (Lane::Cpu(_), Activity::User)) && fits {
                writeln!(
                    out,
                    "<text class=\"on\" x=\"{}\" y=\"{line}\" text-anchor=\"middle\" pointer-events=\"none\">{}</text>",
                    pixels(u64::midpoint(from, to)),
                    text(who)
                )?;
            }
        }
        Ok(())
    }

    /// A stretch in words.
    fn told(&self, segment: &Segment) -> String {
        let (from, to) = (segment.start.0, (segment.start + segment.length).0);
        let mostly = if segment.share < u8::MAX { "mostly " } else { "" };
        format!(
            "{}: {mostly}{}, {} to {} {}",
            self.task(segment),
            gantt::words(segment.activity),
            in_units(from, 1, self.unit),
            in_units(to, 1, self.unit),
            unit_name(self.unit),
        )
    }

    fn task(&self, segment: &Segment) -> &str {
        let task = segment.task.and_then(|task| self.outcome.overview.tasks.get(task.index()));
        task.map_or("", |task| &task.name)
    }

    /// What the weaves mean, in rows that are no wider than that.
    fn legend(&self, lanes: &[Named<'_>], width: u64) -> Vec<String> {
        let (mut rows, mut row, mut x) = (Vec::new(), String::new(), 0);
        let mut known = BTreeSet::new();
        for segment in lanes.iter().flat_map(|(_, _, segments)| segments.iter()) {
            let words = gantt::words(segment.activity);
            // A task's own colour is named by its lane: that of the first one met stands for all.
            let filled = fill(segment.activity, segment.task.map(|task| task.index()));
            let Some(filled) = filled.filter(|_| known.insert(words)) else { continue };
            let room = 24 + (words.len() as u64 + 2) * LETTER;
            if x > 0 && x + room > width {
                rows.push(std::mem::take(&mut row));
                x = 0;
            }
            row += &format!(
                "<rect{} x=\"{x}\" y=\"4\" width=\"18\" height=\"12\" fill=\"url(#{})\"/>\
                 <text class=\"pale\" x=\"{}\" y=\"14\">{words}</text>",
                filled.class(),
                filled.name,
                x + 24
            );
            x += room;
        }
        rows.push(row);
        rows
    }
}

/// Hundredths of a pixel, in pixels.
fn pixels(hundredths: u64) -> String {
    crate::table::decimal(hundredths.into(), 100)
}

/// Text that stands for itself.
fn text(text: &str) -> String {
    let mut escaped = String::new();
    for letter in text.chars() {
        match letter {
            '&' => escaped += "&amp;",
            '<' => escaped += "&lt;",
            '>' => escaped += "&gt;",
            // Neither these nor what Unicode has no letters for may stand in XML at all.
            letter if letter.is_control() || matches!(letter, '\u{fffe}' | '\u{ffff}') => {
                escaped.push('\u{fffd}');
            }
            letter => escaped.push(letter),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_never_markup() {
        assert_eq!(text("a<b> & \u{7}"), "a&lt;b&gt; &amp; \u{fffd}");
    }
}
