//! One field of an object, as a place in a Rust value: what may stand in it, and how it gets in and out.
//!
//! A row's type says which functions it needs, so a field that holds a duration cannot be given a number. Reading
//! collects problems and goes on; a field that is wrong leaves what was there before.

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
}

impl<T> Row<T> {
    pub(crate) const fn new(name: &'static str, glossary: &'static str, lens: Lens<T>) -> Row<T> {
        Row { name, glossary, lens, live: None, sweep: false, policies: &[] }
    }

    pub(crate) const fn live(mut self, live: Live) -> Row<T> {
        self.live = Some(live);
        self
    }

    pub(crate) const fn sweep(mut self) -> Row<T> {
        self.sweep = true;
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
    /// An object that may be left out as a whole; its fields count from the same `T`.
    Group { rows: &'static [Row<T>], is_on: fn(&T) -> bool, turn_on: fn(&mut T) },
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
    /// What to write for this field; null for nothing.
    pub(crate) fn write(&self, from: &T, default: &T, context: Context<'_>) -> Value {
        match self {
            Lens::Duration { suffix, get, .. } => written(get(from), *suffix, context.unit),
            Lens::Switchable { get, .. } => {
                get(from).map_or_else(|| "off".into(), |time| span(time, context))
            }
            Lens::PerLevel { get, .. } => match get(from) {
                None => Value::Null,
                Some(PerLevel::All(time)) => span(*time, context),
                Some(PerLevel::Each(times)) => times.iter().map(|time| span(*time, context)).collect(),
            },
            Lens::Timer { get, .. } => match get(from) {
                Timer::Exact => "exact".into(),
                Timer::Off => "off".into(),
                Timer::Every(period) => span(period, context),
            },
            Lens::Number { least, get, .. } => Some(get(from)).filter(|number| number >= least).into(),
            Lens::Hundredths { get, .. } => hundredths(get(from)),
            Lens::Flag { get, .. } => get(from).into(),
            Lens::Choice { get, .. } => get(from).into(),
            Lens::Order { get, .. } => order(get(from)),
            Lens::Text { get, .. } => get(from).into(),
            Lens::Program { get, .. } => print::print(get(from), &context.names()).into(),
            Lens::Group { rows, is_on, .. } => match is_on(from) {
                true => Value::Object(write_object(rows, from, default, context)),
                false => Value::Null,
            },
        }
    }

    /// What the running machine calls the field's value.
    pub(crate) fn number(&self, from: &T) -> Option<u64> {
        match self {
            Lens::Duration { get, .. } => Some(get(from).0),
            Lens::Switchable { get, .. } => Some(get(from).unwrap_or(Nanos::ZERO).0),
            Lens::PerLevel { get, .. } => get(from).map(|times| times.at(0).0),
            Lens::Number { get, .. } => get(from).try_into().ok(),
            _ => None,
        }
    }

    /// Puts in what the running machine calls the value.
    pub(crate) fn set_number(&self, into: &mut T, number: u64) {
        match self {
            Lens::Duration { set, .. } => set(into, Nanos(number)),
            Lens::Switchable { set, .. } => set(into, Some(Nanos(number)).filter(|time| !time.is_zero())),
            Lens::PerLevel { set, .. } => set(into, PerLevel::All(Nanos(number))),
            Lens::Number { set, .. } => set(into, i64::try_from(number).unwrap_or(i64::MAX)),
            _ => {}
        }
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
