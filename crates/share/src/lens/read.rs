//! Reading fields, collecting everything that is wrong.

use kernelscope_sim::conventions::{InstantOrder, Phase};
use kernelscope_sim::diagnostic::{Allowed, Code, Diagnostic};
use kernelscope_sim::program::{Program, parse};
use kernelscope_sim::scenario::Timer;
use kernelscope_sim::time::{self, Nanos};
use serde_json::{Map, Value};

use super::{Content, Context, Form, Lens, PerLevel, Row, Suffix, hex};
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
    let known: Vec<&str> = rows.iter().map(|row| row.name).chain(others.iter().copied()).collect();
    let Some(fields) = reader.fields(value, at, &known) else { return };
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

    /// The fields, if it is an object; every one that is not known is refused.
    pub(crate) fn fields<'v>(
        &mut self,
        value: &'v Value,
        at: At<'_>,
        known: &[&str],
    ) -> Option<&'v Map<String, Value>> {
        let fields = self.object(value, at)?;
        for name in fields.keys().filter(|name| !known.contains(&name.as_str())) {
            let allowed = Allowed::OneOf(known.iter().map(|known| (*known).to_owned()).collect());
            let problem = Diagnostic::new("", Code::UnknownField).found(name).allowed(allowed);
            self.refuse(at.field(name), problem.near(known.iter().copied()));
        }
        Some(fields)
    }

    /// What was read, unless something is wrong with it, which is noted.
    pub(crate) fn keep<V>(&mut self, at: At<'_>, read: Result<V, Diagnostic>) -> Option<V> {
        read.map_err(|problem| self.refuse(at, problem)).ok()
    }

    /// What stands in a field of this form; what is wrong with it is noted.
    pub(crate) fn content(&mut self, form: Form, value: &Value, at: At<'_>) -> Option<Content> {
        let context = self.context;
        let read = match form {
            Form::Duration { least, suffix } => {
                duration(value, least, suffix, context.unit).map(Content::Duration)
            }
            Form::Switchable if value == "off" => Ok(Content::Switchable(None)),
            Form::Switchable => positive(value, context).map(|time| Content::Switchable(Some(time))),
            Form::PerLevel => match value.as_array() {
                Some(each) => return self.each_level(each, at).map(Content::PerLevel),
                None => positive(value, context).map(|time| Content::PerLevel(PerLevel::All(time))),
            },
            Form::Timer => timer(value, context).map(Content::Timer),
            Form::Number { least, most } => number(value, least, most).map(Content::Number),
            Form::Hundredths => hundredths(value).map(Content::Hundredths),
            Form::Flag => {
                value.as_bool().map(Content::Flag).ok_or_else(|| wrong_type(value, "true or false"))
            }
            Form::Choice(words) => choice(value, &words()).map(Content::Choice),
            Form::Order => order(value).map(Content::Order),
            Form::Text { most } => text(value, most).map(|text| Content::Text(text.to_owned())),
            Form::Program => return program(self, value, at).map(Content::Program),
            Form::Numbers { least, most } => {
                let small = |number: i64| number as u8;
                return self.numbers(value, least.into(), most.into(), at, small).map(Content::Numbers);
            }
            Form::Frames => {
                let frame = |number: i64| u32::try_from(number).ok();
                return self.numbers(value, -1, u32::MAX.into(), at, frame).map(Content::Frames);
            }
            Form::Bytes { most } => {
                let text = value.as_str().ok_or_else(|| wrong_type(value, "text"));
                text.and_then(|text| hex::read(text, most)).map(Content::Bytes)
            }
            Form::PowerOfTwo { most } => power_of_two(value, most).map(Content::PowerOfTwo),
        };
        self.keep(at, read)
    }

    fn each_level(&mut self, each: &[Value], at: At<'_>) -> Option<PerLevel> {
        if each.is_empty() {
            self.refuse(at, Diagnostic::new("", Code::Empty));
        }
        let mut times = Vec::new();
        for (index, value) in each.iter().enumerate() {
            times.extend(self.keep(at.element(index), positive(value, self.context)));
        }
        (!times.is_empty() && times.len() == each.len()).then_some(PerLevel::Each(times))
    }

    /// A list of numbers, or one alone, each as `kept` has it.
    fn numbers<N>(
        &mut self,
        value: &Value,
        least: i64,
        most: i64,
        at: At<'_>,
        kept: fn(i64) -> N,
    ) -> Option<Vec<N>> {
        let small = |value| number(value, least, most).map(kept);
        let Some(list) = value.as_array() else {
            let alone = if value.is_number() { small(value) } else { Err(wrong_type(value, "list")) };
            return self.keep(at, alone).map(|number| vec![number]);
        };
        if list.is_empty() {
            self.refuse(at, Diagnostic::new("", Code::Empty));
        }
        let mut numbers = Vec::new();
        for (index, value) in list.iter().enumerate() {
            numbers.extend(self.keep(at.element(index), small(value)));
        }
        (!numbers.is_empty() && numbers.len() == list.len()).then_some(numbers)
    }
}

impl<T> Lens<T> {
    /// Reads the field into `into`; if it is wrong, that stays as it was.
    pub(crate) fn read(&self, reader: &mut Reader<'_>, value: &Value, at: At<'_>, into: &mut T) {
        if let Lens::Group { rows, switch, .. } = self {
            switch(into, value != &Value::Bool(false));
            if !value.is_boolean() {
                read_object(reader, rows, &[], value, at, into);
            }
        } else if let Some(content) = self.form().and_then(|form| reader.content(form, value, at)) {
            self.put(into, content);
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

/// A power of two, at least 2; the nearest ones are offered for any other number.
fn power_of_two(value: &Value, most: u8) -> Result<u8, Diagnostic> {
    let number = number(value, 2, 1 << most)?.unsigned_abs();
    if number.is_power_of_two() {
        return Ok(number.ilog2() as u8);
    }
    let near = [number.next_power_of_two() / 2, number.next_power_of_two()].map(|near| near.to_string());
    Err(Diagnostic::new("", Code::NotPowerOfTwo).found(number).allowed(Allowed::OneOf(near.to_vec())))
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
