//! Reading fields, collecting everything that is wrong.

use kernelscope_sim::conventions::{InstantOrder, Phase};
use kernelscope_sim::diagnostic::{Allowed, Code, Diagnostic};
use kernelscope_sim::program::{Program, parse};
use kernelscope_sim::scenario::Timer;
use kernelscope_sim::time::{self, Nanos};
use serde_json::{Map, Value};

use super::{Context, Lens, PerLevel, Row, Suffix};
use crate::limits::{LARGEST_INTEGER, PROBLEMS};
use crate::path::At;

/// What the document's words refer to, and what was wrong so far.
pub(crate) struct Reader<'a> {
    pub(crate) context: Context<'a>,
    pub(crate) problems: Vec<Diagnostic>,
}

/// Reads the rows' fields from `value` into `into`. Fields that no row and no name in `others` knows are refused.
pub(crate) fn read_object<T>(
    reader: &mut Reader<'_>,
    rows: &[Row<T>],
    others: &[&str],
    value: &Value,
    at: At<'_>,
    into: &mut T,
) {
    let Some(fields) = reader.object(value, at) else { return };
    let known = || rows.iter().map(|row| row.name).chain(others.iter().copied());
    reader.refuse_unknown(fields, at, known);
    for row in rows {
        if let Some(value) = fields.get(row.name) {
            row.lens.read(reader, value, at.field(row.name), into);
        }
    }
}

impl Reader<'_> {
    /// Notes a problem at a place, unless there are so many already that nobody reads on.
    pub(crate) fn refuse(&mut self, at: At<'_>, problem: Diagnostic) {
        if self.problems.len() < PROBLEMS {
            self.problems.push(Diagnostic { path: at.to_string(), ..problem });
        }
    }

    /// The fields, if it is an object.
    pub(crate) fn object<'v>(&mut self, value: &'v Value, at: At<'_>) -> Option<&'v Map<String, Value>> {
        let fields = value.as_object();
        if fields.is_none() {
            self.refuse(at, wrong_type(value, "object"));
        }
        fields
    }

    /// The elements, if it is a list.
    pub(crate) fn list<'v>(&mut self, value: &'v Value, at: At<'_>) -> Option<&'v [Value]> {
        let list = value.as_array();
        if list.is_none() {
            self.refuse(at, wrong_type(value, "list"));
        }
        list.map(Vec::as_slice)
    }

    /// Refuses every field that is not among the known ones.
    pub(crate) fn refuse_unknown<'k, K: Iterator<Item = &'k str>>(
        &mut self,
        fields: &Map<String, Value>,
        at: At<'_>,
        known: impl Fn() -> K,
    ) {
        for name in fields.keys().filter(|name| !known().any(|known| known == *name)) {
            let allowed = Allowed::OneOf(known().map(str::to_owned).collect());
            let problem = Diagnostic::new("", Code::UnknownField).found(name).allowed(allowed).near(known());
            self.refuse(at.field(name), problem);
        }
    }

    /// Puts what was read where it goes, or notes what is wrong with it.
    fn store<V>(&mut self, at: At<'_>, read: Result<V, Diagnostic>, set: impl FnOnce(V)) {
        if let Some(value) = self.keep(at, read) {
            set(value);
        }
    }

    /// What was read, unless something is wrong with it, which is noted.
    pub(crate) fn keep<V>(&mut self, at: At<'_>, read: Result<V, Diagnostic>) -> Option<V> {
        read.map_err(|problem| self.refuse(at, problem)).ok()
    }
}

impl<T> Lens<T> {
    /// Reads the field into `into`; if it is wrong, that stays as it was.
    pub(crate) fn read(&self, reader: &mut Reader<'_>, value: &Value, at: At<'_>, into: &mut T) {
        let context = reader.context;
        match self {
            Lens::Duration { least, suffix, set, .. } => {
                let read = duration(value, *least, *suffix, context.unit);
                reader.store(at, read, |time| set(into, time));
            }
            Lens::Switchable { set, .. } => {
                let read = if value == "off" { Ok(None) } else { positive(value, context).map(Some) };
                reader.store(at, read, |time| set(into, time));
            }
            Lens::PerLevel { set, .. } => {
                let Some(each) = value.as_array() else {
                    let read = positive(value, context);
                    reader.store(at, read, |time| set(into, PerLevel::All(time)));
                    return;
                };
                if each.is_empty() {
                    reader.refuse(at, Diagnostic::new("", Code::Empty));
                }
                let times: Vec<Nanos> = (each.iter().enumerate())
                    .filter_map(|(index, value)| reader.keep(at.element(index), positive(value, context)))
                    .collect();
                if !times.is_empty() && times.len() == each.len() {
                    set(into, PerLevel::Each(times));
                }
            }
            Lens::Timer { set, .. } => {
                reader.store(at, timer(value, context), |timer| set(into, timer));
            }
            Lens::Number { least, most, set, .. } => {
                reader.store(at, number(value, *least, *most), |number| set(into, number));
            }
            Lens::Hundredths { set, .. } => {
                reader.store(at, hundredths(value), |number| set(into, number));
            }
            Lens::Flag { set, .. } => {
                let read = value.as_bool().ok_or_else(|| wrong_type(value, "true or false"));
                reader.store(at, read, |flag| set(into, flag));
            }
            Lens::Choice { words, set, .. } => {
                reader.store(at, choice(value, &words()), |word| set(into, word));
            }
            Lens::Order { set, .. } => {
                reader.store(at, order(value), |order| set(into, order));
            }
            Lens::Text { most, set, .. } => {
                reader.store(at, text(value, *most), |text| set(into, text.to_owned()));
            }
            Lens::Program { set, .. } => {
                if let Some(program) = program(reader, value, at) {
                    set(into, program);
                }
            }
            Lens::Group { rows, turn_on, .. } => {
                turn_on(into);
                read_object(reader, rows, &[], value, at, into);
            }
        }
    }
}

/// A value of another type than wanted.
pub(crate) fn wrong_type(value: &Value, wanted: &str) -> Diagnostic {
    Diagnostic::new("", Code::WrongType).found(value).allowed(Allowed::Type(wanted.to_owned()))
}

/// One of the words.
pub(crate) fn choice<'w>(value: &Value, words: &[&'w str]) -> Result<&'w str, Diagnostic> {
    let Some(found) = value.as_str() else { return Err(wrong_type(value, "text")) };
    words.iter().find(|word| **word == found).copied().ok_or_else(|| {
        Diagnostic::new("", Code::UnknownValue)
            .found(found)
            .allowed(Allowed::OneOf(words.iter().map(|word| (*word).to_owned()).collect()))
            .near(words.iter().copied())
    })
}

/// A whole number.
pub(crate) fn number(value: &Value, least: i64, most: i64) -> Result<i64, Diagnostic> {
    let out_of_range =
        || Diagnostic::new("", Code::OutOfRange).found(value).allowed(Allowed::Range(least, most));
    match value.as_i64() {
        Some(number) if (least..=most).contains(&number) => Ok(number),
        Some(_) => Err(out_of_range()),
        None if is_larger_than_any(value) => Err(out_of_range()),
        None => Err(wrong_type(value, "whole number")),
    }
}

/// Whether it is a number beyond those that are kept exactly.
fn is_larger_than_any(value: &Value) -> bool {
    value.as_f64().is_some_and(|number| number.abs() > LARGEST_INTEGER as f64)
}

fn hundredths(value: &Value) -> Result<u8, Diagnostic> {
    let Some(number) = value.as_f64() else { return Err(wrong_type(value, "number")) };
    if !(0.0..=1.0).contains(&number) {
        return Err(Diagnostic::new("", Code::OutOfRange).found(value).allowed(Allowed::Range(0, 1)));
    }
    // The decimals as they are written, not as a binary fraction comes near them.
    let written = value.to_string();
    let (whole, decimals) = written.split_once('.').unwrap_or((&written, ""));
    let digits = decimals.trim_end_matches('0');
    match format!("{whole}{digits:0<2}").parse() {
        Ok(hundredths) if digits.len() <= 2 => Ok(hundredths),
        _ => Err(Diagnostic::new("", Code::TooFine).found(value).allowed(Allowed::Type("0.01".to_owned()))),
    }
}

fn text(value: &Value, most: usize) -> Result<&str, Diagnostic> {
    let Some(text) = value.as_str() else { return Err(wrong_type(value, "text")) };
    if text.chars().count() > most {
        return Err(Diagnostic::new("", Code::TooLong).found(text).allowed(Allowed::AtMost(most as u64)));
    }
    if text.chars().any(char::is_control) {
        let visible = Allowed::Type("visible text".to_owned());
        return Err(Diagnostic::new("", Code::UnknownValue).found(text.escape_debug()).allowed(visible));
    }
    Ok(text)
}

fn timer(value: &Value, context: Context<'_>) -> Result<Timer, Diagnostic> {
    match value.as_str() {
        Some("exact") => Ok(Timer::Exact),
        Some("off") => Ok(Timer::Off),
        Some(word) if word.chars().all(char::is_alphabetic) => {
            choice(value, &["exact", "off"]).map(|_| Timer::Off)
        }
        _ => positive(value, context).map(Timer::Every),
    }
}

fn order(value: &Value) -> Result<InstantOrder, Diagnostic> {
    let Some(list) = value.as_array() else {
        let names: Vec<&str> = InstantOrder::NAMED.iter().map(|(name, _)| *name).collect();
        let name = choice(value, &names)?;
        let named = InstantOrder::NAMED.iter().find(|(known, _)| *known == name);
        return Ok(named.map_or_else(InstantOrder::default, |(_, order)| *order));
    };
    let words = Phase::ALL.map(|(word, _)| word);
    let mut order = Vec::new();
    for value in list {
        let word = choice(value, &words)?;
        let (_, phase) = Phase::ALL[words.iter().position(|known| *known == word).unwrap_or(0)];
        if order.contains(&phase) {
            return Err(Diagnostic::new("", Code::Duplicate).found(word));
        }
        order.push(phase);
    }
    let missing = |word: &&str| !list.iter().any(|value| value == word);
    <[Phase; 4]>::try_from(order).map(InstantOrder).map_err(|_| {
        let missing = words.iter().filter(|word| missing(word)).map(|word| (*word).to_owned());
        Diagnostic::new("", Code::Missing).allowed(Allowed::OneOf(missing.collect()))
    })
}

fn positive(value: &Value, context: Context<'_>) -> Result<Nanos, Diagnostic> {
    duration(value, Nanos(1), Suffix::Optional, context.unit)
}

/// A duration: a number of units, or text with a suffix.
pub(crate) fn duration(
    value: &Value,
    least: Nanos,
    suffix: Suffix,
    unit: Nanos,
) -> Result<Nanos, Diagnostic> {
    let written = match value {
        Value::Number(number) => number.to_string(),
        Value::String(text) => text.trim().to_owned(),
        _ => return Err(wrong_type(value, "duration")),
    };
    let read = match suffix {
        Suffix::Optional => time::parse::duration(&written, unit),
        Suffix::Needed if written == "0" => Ok(Nanos::ZERO),
        Suffix::Needed => time::parse::suffixed(&written),
    };
    let refused = |code, allowed| Err(Diagnostic::new("", code).found(&written).allowed(allowed));
    match read {
        Ok(time) if time < least => refused(Code::OutOfRange, Allowed::Duration(least.0, Nanos::MAX.0)),
        Ok(time) => Ok(time),
        Err(flaw) => refused(flaw.code(), flaw.allowed()),
    }
}

/// A program, or everything that is wrong with its text.
fn program(reader: &mut Reader<'_>, value: &Value, at: At<'_>) -> Option<Program> {
    let Some(text) = value.as_str() else {
        reader.refuse(at, wrong_type(value, "text"));
        return None;
    };
    match parse::parse(text, &reader.context.names()) {
        Ok(program) => Some(program),
        Err(errors) => {
            errors.iter().for_each(|error| reader.refuse(at, error.at("")));
            None
        }
    }
}
