//! Numbers and tables as text.

use std::io::{self, Write};

use kernelscope_share::file::Unit;
use kernelscope_sim::time::{Nanos, format};
use serde_json::Value;

/// Decimals that are shown at most.
const DECIMALS: usize = 3;

/// A number of nanoseconds over a number of things, in units, rounded; `-` if there are no such things.
pub(crate) fn in_units(nanos: u64, things: u64, unit: Unit) -> String {
    decimal(u128::from(nanos), u128::from(things) * u128::from(unit.nanos().0))
}

/// A ratio, rounded; `-` if it is over nothing.
pub(crate) fn decimal(numerator: u128, denominator: u128) -> String {
    const SCALE: u128 = 10u128.pow(DECIMALS as u32);
    if denominator == 0 {
        return "-".to_owned();
    }
    let rounded = (numerator * SCALE * 2 + denominator) / (denominator * 2);
    let text = format!("{}.{:0DECIMALS$}", rounded / SCALE, rounded % SCALE);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// A ratio in per cent.
pub(crate) fn percent((numerator, denominator): (u64, u64)) -> String {
    let text = decimal(u128::from(numerator) * 1000, u128::from(denominator) * 10);
    if text == "-" { text } else { format!("{text}%") }
}

/// A mean of times, in the largest unit of which it is at least one; `-` if it is over nothing.
pub(crate) fn mean_time(sum: u64, things: u64) -> String {
    let units = [("s", 1_000_000_000), ("ms", 1_000_000), ("us", 1_000), ("ns", 1)];
    let reaches = |(_, nanos): &&(&str, u128)| u128::from(sum) >= u128::from(things) * nanos;
    let (name, nanos) = units.iter().find(reaches).unwrap_or(&("ns", 1));
    match decimal(sum.into(), u128::from(things) * nanos) {
        text if text == "-" => text,
        text => format!("{text} {name}"),
    }
}

/// A time as JSON: a number of units.
pub(crate) fn json_time(time: u64, unit: Unit) -> Value {
    json_ratio(time, unit.nanos().0)
}

/// A mean of times as JSON: a number of units.
pub(crate) fn json_mean(sum: u64, things: u64, unit: Unit) -> Value {
    things.checked_mul(unit.nanos().0).map_or(Value::Null, |units| json_ratio(sum, units))
}

/// A ratio as JSON, whole if it is whole.
pub(crate) fn json_ratio(numerator: u64, denominator: u64) -> Value {
    match numerator.checked_rem(denominator) {
        None => Value::Null,
        Some(0) => (numerator / denominator).into(),
        Some(_) => (numerator as f64 / denominator as f64).into(),
    }
}

/// What one unit is.
pub(crate) fn unit_name(unit: Unit) -> String {
    match unit {
        Unit::Tick => "ticks".to_owned(),
        Unit::Time(Nanos(1_000_000_000)) => "s".to_owned(),
        Unit::Time(Nanos(1_000_000)) => "ms".to_owned(),
        Unit::Time(Nanos(1_000)) => "us".to_owned(),
        Unit::Time(Nanos(1)) => "ns".to_owned(),
        Unit::Time(length) => format!("units of {}", format::suffixed(length)),
    }
}

/// How a table is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    /// In columns, to be read.
    Columns,
    /// Comma-separated values (RFC 4180), for other programs.
    Csv,
}

impl Style {
    /// The style that was asked for.
    pub(crate) fn of(csv: bool) -> Style {
        if csv { Style::Csv } else { Style::Columns }
    }
}

/// A table whose first column is text and the others numbers.
pub(crate) fn write(out: &mut impl Write, rows: &[Vec<String>], style: Style) -> io::Result<()> {
    match style {
        Style::Columns => write_columns(out, rows),
        Style::Csv => rows.iter().try_for_each(|row| {
            let cells: Vec<String> = row.iter().map(|cell| csv(cell)).collect();
            writeln!(out, "{}", cells.join(","))
        }),
    }
}

fn csv(cell: &str) -> String {
    if cell.contains([',', '"', '\n']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}

fn write_columns(out: &mut impl Write, rows: &[Vec<String>]) -> io::Result<()> {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width =
        |column: usize| rows.iter().filter_map(|row| row.get(column)).map(|cell| columns_of(cell)).max();
    let widths: Vec<usize> = (0..columns).map(|column| width(column).unwrap_or(0)).collect();
    for row in rows {
        let mut line = String::new();
        for (column, cell) in row.iter().enumerate() {
            let pad = " ".repeat(widths[column] - columns_of(cell));
            let (before, after) = if column == 0 { ("", pad.as_str()) } else { (pad.as_str(), "") };
            let gap = if column == 0 { "" } else { "  " };
            line += &format!("{gap}{before}{cell}{after}");
        }
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}

/// How many columns of a terminal a text takes. Hangul and its neighbours are twice as wide as Latin letters.
pub(crate) fn columns_of(text: &str) -> usize {
    let wide = |letter: char| matches!(u32::from(letter), 0x1100..=0x115f | 0x2e80..=0xa4cf | 0xac00..=0xd7a3 | 0xf900..=0xfaff | 0xff00..=0xff60);
    text.chars().map(|letter| if wide(letter) { 2 } else { 1 }).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_rounded_and_say_no_more_than_they_know() {
        assert_eq!(decimal(310, 3), "103.333");
        assert_eq!(decimal(1, 2), "0.5");
        assert_eq!(decimal(20, 10), "2");
        assert_eq!(decimal(1, 0), "-");
        assert_eq!(percent((5, 7)), "71.429%");
        assert_eq!(mean_time(1_400, 10), "140 ns");
        assert_eq!(mean_time(10_001_000, 10), "1 ms");
        assert_eq!([mean_time(0, 3), mean_time(0, 0)], ["0 ns", "-"]);
    }
}
