//! One field of an object, as a place in a Rust value: what may stand in it, and how it gets in and out.
//!
//! A row's type says which functions it needs, so a field that holds a duration cannot be given a number. Reading
//! collects problems and goes on; a field that is wrong leaves what was there before.

mod hex;
mod read;

use kernelscope_sim::conventions::{InstantOrder, Phase};
use kernelscope_sim::program::{Names, Program, print};
use kernelscope_sim::scenario::{Param, Timer};
use kernelscope_sim::time::{Nanos, format};
use serde_json::{Map, Value};

pub(crate) use read::{Reader, choice, duration, read_object, wrong_type};

/// A field of a `T`.
pub(crate) struct Row<T: 'static> {
    /// Its name in files.
    pub(crate) name: &'static str,
    /// The term of the glossary that explains it.
    pub(crate) glossary: &'static str,
    /// What may stand in it, and where it goes.
    pub(crate) lens: Lens<T>,
    /// The parameter of the running machine that it is, if it is one.
    pub(crate) live: Option<Live>,
    /// Whether a sweep may run through its values.
    pub(crate) sweep: bool,
    /// The policies that it means something to; none for all.
    pub(crate) policies: &'static [&'static str],
    /// Whether it means something only to a machine with memory.
    pub(crate) of_memory: bool,
}

impl<T> Row<T> {
    pub(crate) const fn new(name: &'static str, glossary: &'static str, lens: Lens<T>) -> Row<T> {
        Row { name, glossary, lens, live: None, sweep: false, policies: &[], of_memory: false }
    }

    pub(crate) const fn live(mut self, live: Live) -> Row<T> {
        self.live = Some(live);
        self
    }

    pub(crate) const fn sweep(mut self) -> Row<T> {
        self.sweep = true;
        self
    }

    pub(crate) const fn of_memory(mut self) -> Row<T> {
        self.of_memory = true;
        self
    }

    pub(crate) const fn only(mut self, policies: &'static [&'static str]) -> Row<T> {
        self.policies = policies;
        self
    }
}

/// Which parameter of the running machine a field is.
#[derive(Clone, Copy)]
pub(crate) enum Live {
    One(Param),
    EachLevel(fn(u8) -> Param),
    EachTask,
}

/// What may stand in a field of a `T`, and how it gets in and out.
pub(crate) enum Lens<T: 'static> {
    /// A length of time, or an instant as the time since the start.
    Duration { least: Nanos, suffix: Suffix, get: fn(&T) -> Nanos, set: fn(&mut T, Nanos) },
    /// A length of time, or `"off"`.
    Switchable { get: fn(&T) -> Option<Nanos>, set: fn(&mut T, Option<Nanos>) },
    /// One length of time for all levels, or a list with one for each.
    PerLevel { get: fn(&T) -> Option<&PerLevel>, set: fn(&mut T, PerLevel) },
    /// `"exact"`, `"off"` or a period.
    Timer { get: fn(&T) -> Timer, set: fn(&mut T, Timer) },
    /// A whole number. One below `least` stands for a field that is left out.
    Number { least: i64, most: i64, get: fn(&T) -> i64, set: fn(&mut T, i64) },
    /// A number from 0 to 1 with at most two decimals, kept in hundredths.
    Hundredths { get: fn(&T) -> u8, set: fn(&mut T, u8) },
    /// True or false.
    Flag { get: fn(&T) -> bool, set: fn(&mut T, bool) },
    /// One of these words. `set` gets none but them.
    Choice { words: fn() -> Vec<&'static str>, get: fn(&T) -> &'static str, set: fn(&mut T, &str) },
    /// The order inside an instant: a word, or a list of all phases.
    Order { get: fn(&T) -> InstantOrder, set: fn(&mut T, InstantOrder) },
    /// Free text.
    Text { most: usize, get: fn(&T) -> &str, set: fn(&mut T, String) },
    /// A program.
    Program { get: fn(&T) -> &Program, set: fn(&mut T, Program) },
    /// Whole numbers in a row, or one alone; none for a field that is left out.
    Numbers { least: u8, most: u8, get: fn(&T) -> &[u8], set: fn(&mut T, Vec<u8>) },
    /// Frames in a row, -1 for none; a number alone is a row of one.
    Frames { get: fn(&T) -> &[Option<u32>], set: fn(&mut T, Vec<Option<u32>>) },
    /// At most so many bytes, as hexadecimal digits.
    Bytes { most: usize, get: fn(&T) -> &[u8], set: fn(&mut T, Vec<u8>) },
    /// A power of two, kept as its exponent.
    PowerOfTwo { most: u8, get: fn(&T) -> u8, set: fn(&mut T, u8) },
    /// An object that is there or not, its fields counted from the same `T`. `true` is one of which nothing is said,
    /// and `false` none, where there is one if nothing is said.
    Group { rows: &'static [Row<T>], is_on: fn(&T) -> bool, switch: fn(&mut T, bool) },
}

/// What may stand in a field, whatever it is a field of: reading and writing ask for this and are compiled once.
#[derive(Clone, Copy)]
pub(crate) enum Form {
    Duration { least: Nanos, suffix: Suffix },
    Switchable,
    PerLevel,
    Timer,
    Number { least: i64, most: i64 },
    Hundredths,
    Flag,
    Choice(fn() -> Vec<&'static str>),
    Order,
    Text { most: usize },
    Program,
    Numbers { least: u8, most: u8 },
    Frames,
    Bytes { most: usize },
    PowerOfTwo { most: u8 },
}

/// What stands in a field.
pub(crate) enum Content {
    Duration(Nanos),
    Switchable(Option<Nanos>),
    PerLevel(PerLevel),
    Timer(Timer),
    Number(i64),
    Hundredths(u8),
    Flag(bool),
    Choice(&'static str),
    Order(InstantOrder),
    Text(String),
    Program(Program),
    Numbers(Vec<u8>),
    Frames(Vec<Option<u32>>),
    Bytes(Vec<u8>),
    PowerOfTwo(u8),
}

/// A length of time for every level of a queue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum PerLevel {
    All(Nanos),
    Each(Vec<Nanos>),
}

impl PerLevel {
    /// The short form of a list.
    pub(crate) fn shortest(times: impl Iterator<Item = Nanos>) -> PerLevel {
        let times: Vec<Nanos> = times.collect();
        match times.split_first() {
            Some((first, rest)) if rest.iter().all(|time| time == first) => PerLevel::All(*first),
            _ => PerLevel::Each(times),
        }
    }

    /// The length at a level; beyond the list, that of the last.
    pub(crate) fn at(&self, level: usize) -> Nanos {
        match self {
            PerLevel::All(time) => *time,
            PerLevel::Each(times) => times.get(level).or(times.last()).copied().unwrap_or_default(),
        }
    }

    /// How many levels a list has.
    pub(crate) fn listed(&self) -> Option<usize> {
        match self {
            PerLevel::All(_) => None,
            PerLevel::Each(times) => Some(times.len()),
        }
    }
}

/// Whether a duration may be a bare number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Suffix {
    /// It counts the scenario's unit.
    Optional,
    /// A hardware cost is never in the unit of a workload.
    Needed,
}

/// What the words of a document refer to.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Context<'a> {
    pub(crate) unit: Nanos,
    pub(crate) devices: &'a [String],
}

impl<'a> Context<'a> {
    pub(crate) fn names(self) -> Names<'a> {
        Names { unit: self.unit, devices: self.devices }
    }
}

/// The fields of `from` that are not as in `default`.
pub(crate) fn write_object<T>(
    rows: &[Row<T>],
    from: &T,
    default: &T,
    context: Context<'_>,
) -> Map<String, Value> {
    let mut fields = Map::new();
    for row in rows {
        let value = row.lens.write(from, default, context);
        if value != row.lens.write(default, default, context) {
            fields.insert(row.name.to_owned(), value);
        }
    }
    fields
}

impl<T> Lens<T> {
    /// What may stand in the field; nothing for a group, which has fields of its own.
    pub(crate) fn form(&self) -> Option<Form> {
        Some(match *self {
            Lens::Duration { least, suffix, .. } => Form::Duration { least, suffix },
            Lens::Switchable { .. } => Form::Switchable,
            Lens::PerLevel { .. } => Form::PerLevel,
            Lens::Timer { .. } => Form::Timer,
            Lens::Number { least, most, .. } => Form::Number { least, most },
            Lens::Hundredths { .. } => Form::Hundredths,
            Lens::Flag { .. } => Form::Flag,
            Lens::Choice { words, .. } => Form::Choice(words),
            Lens::Order { .. } => Form::Order,
            Lens::Text { most, .. } => Form::Text { most },
            Lens::Program { .. } => Form::Program,
            Lens::Numbers { least, most, .. } => Form::Numbers { least, most },
            Lens::Frames { .. } => Form::Frames,
            Lens::Bytes { most, .. } => Form::Bytes { most },
            Lens::PowerOfTwo { most, .. } => Form::PowerOfTwo { most },
            Lens::Group { .. } => return None,
        })
    }

    /// What stands in the field.
    fn take(&self, from: &T) -> Option<Content> {
        Some(match self {
            Lens::Duration { get, .. } => Content::Duration(get(from)),
            Lens::Switchable { get, .. } => Content::Switchable(get(from)),
            Lens::PerLevel { get, .. } => Content::PerLevel(get(from)?.clone()),
            Lens::Timer { get, .. } => Content::Timer(get(from)),
            Lens::Number { get, .. } => Content::Number(get(from)),
            Lens::Hundredths { get, .. } => Content::Hundredths(get(from)),
            Lens::Flag { get, .. } => Content::Flag(get(from)),
            Lens::Choice { get, .. } => Content::Choice(get(from)),
            Lens::Order { get, .. } => Content::Order(get(from)),
            Lens::Text { get, .. } => Content::Text(get(from).to_owned()),
            Lens::Program { get, .. } => Content::Program(get(from).clone()),
            Lens::Numbers { get, .. } => Content::Numbers(get(from).to_vec()),
            Lens::Frames { get, .. } => Content::Frames(get(from).to_vec()),
            Lens::Bytes { get, .. } => Content::Bytes(get(from).to_vec()),
            Lens::PowerOfTwo { get, .. } => Content::PowerOfTwo(get(from)),
            Lens::Group { .. } => return None,
        })
    }

    /// Puts something of the field's own form into it.
    fn put(&self, into: &mut T, content: Content) {
        match (self, content) {
            (Lens::Duration { set, .. }, Content::Duration(time)) => set(into, time),
            (Lens::Switchable { set, .. }, Content::Switchable(time)) => set(into, time),
            (Lens::PerLevel { set, .. }, Content::PerLevel(times)) => set(into, times),
            (Lens::Timer { set, .. }, Content::Timer(timer)) => set(into, timer),
            (Lens::Number { set, .. }, Content::Number(number)) => set(into, number),
            (Lens::Hundredths { set, .. }, Content::Hundredths(number)) => set(into, number),
            (Lens::Flag { set, .. }, Content::Flag(flag)) => set(into, flag),
            (Lens::Choice { set, .. }, Content::Choice(word)) => set(into, word),
            (Lens::Order { set, .. }, Content::Order(order)) => set(into, order),
            (Lens::Text { set, .. }, Content::Text(text)) => set(into, text),
            (Lens::Program { set, .. }, Content::Program(program)) => set(into, program),
            (Lens::Numbers { set, .. }, Content::Numbers(numbers)) => set(into, numbers),
            (Lens::Frames { set, .. }, Content::Frames(frames)) => set(into, frames),
            (Lens::Bytes { set, .. }, Content::Bytes(bytes)) => set(into, bytes),
            (Lens::PowerOfTwo { set, .. }, Content::PowerOfTwo(exponent)) => set(into, exponent),
            _ => {}
        }
    }

    /// What to write for this field; null for nothing.
    pub(crate) fn write(&self, from: &T, default: &T, context: Context<'_>) -> Value {
        match self {
            Lens::Group { rows, is_on, .. } if is_on(from) => {
                Value::Object(write_object(rows, from, default, context))
            }
            Lens::Group { is_on, .. } if is_on(default) => false.into(),
            _ => match (self.form(), self.take(from)) {
                (Some(form), Some(content)) => content.written(form, context),
                _ => Value::Null,
            },
        }
    }
}

impl Content {
    /// As it stands in a document.
    pub(crate) fn written(self, form: Form, context: Context<'_>) -> Value {
        match self {
            Content::Duration(time) => {
                let suffix = if let Form::Duration { suffix, .. } = form { suffix } else { Suffix::Optional };
                written(time, suffix, context.unit)
            }
            Content::Switchable(time) => time.map_or_else(|| "off".into(), |time| span(time, context)),
            Content::PerLevel(PerLevel::All(time)) => span(time, context),
            Content::PerLevel(PerLevel::Each(times)) => {
                Value::Array(times.into_iter().map(|time| span(time, context)).collect())
            }
            Content::Timer(Timer::Exact) => "exact".into(),
            Content::Timer(Timer::Off) => "off".into(),
            Content::Timer(Timer::Every(period)) => span(period, context),
            Content::Number(number) => match form {
                Form::Number { least, .. } if number < least => Value::Null,
                _ => number.into(),
            },
            Content::Hundredths(number) => hundredths(number),
            Content::Flag(flag) => flag.into(),
            Content::Choice(word) => word.into(),
            Content::Order(instant) => order(instant),
            Content::Text(text) => text.into(),
            Content::Program(program) => print::print(&program, &context.names()).into(),
            Content::Numbers(numbers) if numbers.is_empty() => Value::Null,
            Content::Numbers(numbers) => numbers.into(),
            Content::Frames(frames) if frames.is_empty() => Value::Null,
            Content::Frames(frames) => frames.into_iter().map(|frame| frame.map_or(-1, i64::from)).collect(),
            Content::Bytes(bytes) if bytes.is_empty() => Value::Null,
            Content::Bytes(bytes) => hex::written(&bytes).into(),
            Content::PowerOfTwo(exponent) => (1u64 << exponent.min(63)).into(),
        }
    }

    /// What the running machine calls it.
    pub(crate) fn number(&self) -> Option<u64> {
        match self {
            Content::Duration(time) => Some(time.0),
            Content::Switchable(time) => Some(time.unwrap_or(Nanos::ZERO).0),
            Content::PerLevel(times) => Some(times.at(0).0),
            Content::Number(number) => (*number).try_into().ok(),
            _ => None,
        }
    }
}

impl Form {
    /// The content that the running machine calls by this number.
    pub(crate) fn content(self, number: u64) -> Option<Content> {
        Some(match self {
            Form::Duration { .. } => Content::Duration(Nanos(number)),
            Form::Switchable => Content::Switchable(Some(Nanos(number)).filter(|time| !time.is_zero())),
            Form::PerLevel => Content::PerLevel(PerLevel::All(Nanos(number))),
            Form::Number { .. } => Content::Number(i64::try_from(number).unwrap_or(i64::MAX)),
            _ => return None,
        })
    }
}

fn span(time: Nanos, context: Context<'_>) -> Value {
    written(time, Suffix::Optional, context.unit)
}

/// A duration in its shortest form: a number where the unit can be left out.
pub(crate) fn written(time: Nanos, suffix: Suffix, unit: Nanos) -> Value {
    let text = match suffix {
        Suffix::Optional => format::duration(time, unit),
        Suffix::Needed if time.is_zero() => "0".to_owned(),
        Suffix::Needed => format::suffixed(time),
    };
    text.parse::<u64>().map_or(Value::String(text), Value::from)
}

fn hundredths(number: u8) -> Value {
    match number % 100 {
        0 => (number / 100).into(),
        _ => (f64::from(number) / 100.0).into(),
    }
}

fn order(order: InstantOrder) -> Value {
    let named = InstantOrder::NAMED.iter().find(|(_, known)| *known == order);
    let word = |phase| Phase::ALL.iter().find(|(_, known)| *known == phase).map(|(word, _)| *word);
    named.map_or_else(|| order.0.into_iter().map(word).collect(), |(name, _)| (*name).into())
}
