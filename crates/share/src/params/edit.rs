//! Reading and changing single fields of a document by their paths.

use kernelscope_sim::diagnostic::{Code, Diagnostic};
use kernelscope_sim::scenario::PolicySpec;
use serde_json::{Map, Value};

use super::{Kind, TABLE, field, nearest_field, pattern};
use crate::file;
use crate::lens::{Suffix, written};
use crate::path::{self, Step, steps};

/// What differs from a document: values by the paths where they go.
pub type Overrides = Map<String, Value>;

/// What stands in a document at a path; none if nothing does, or the path leads nowhere.
pub fn get<'d>(document: &'d Value, path: &str) -> Option<&'d Value> {
    path::get(document, &steps(path)?)
}

/// Puts a value into a document, whether or not it is a right one there. Choosing a parameter of another policy chooses that
/// policy; choosing one level's value spells out those of the others.
pub fn set(document: &mut Value, path: &str, value: Value) -> Result<(), Diagnostic> {
    let unknown = || Diagnostic::new(path, Code::UnknownField).found(path).near(nearest_field(path));
    let steps = steps(path).ok_or_else(unknown)?;
    if !is_known(&steps) {
        return Err(unknown());
    }
    if let Some((policy, name)) = parameter_of(&steps) {
        choose_policy(document, policy, name);
    }
    if let ([list @ .., Step::Element(_)], Some(Kind::PerLevel)) =
        (steps.as_slice(), field(path).map(|field| &field.kind))
    {
        spell_out(document, list);
    }
    let place = path::reach(document, &steps);
    *place.ok_or_else(|| Diagnostic::new(path, Code::UnknownName).found(path))? = value;
    Ok(())
}

/// Puts a value into a document as it is typed.
pub fn set_text(document: &mut Value, path: &str, text: &str) -> Result<(), Diagnostic> {
    set(document, path, typed(path, text))
}

/// The value that is meant when a text is typed for a field: `5`, `10ms`, `off`, `10,20,40`, `{"rr": {}}`,
/// `cpu 30; io 10`.
pub fn typed(path: &str, text: &str) -> Value {
    let element = |text: &str| {
        let number = text.parse::<u64>().map(Value::from).or_else(|_| text.parse::<i64>().map(Value::from));
        number.unwrap_or_else(|_| text.into())
    };
    match field(path).map(|field| &field.kind) {
        Some(Kind::Text(_) | Kind::Program | Kind::Choice(_) | Kind::Bytes(_)) => text.into(),
        Some(Kind::PerLevel | Kind::Order(..) | Kind::Numbers(..) | Kind::Frames)
            if text.contains(',') && !text.starts_with('[') =>
        {
            text.split(',').map(|part| element(part.trim())).collect()
        }
        _ => file::value(text).unwrap_or_else(|| text.into()),
    }
}

/// Takes a field out of a document, and the objects that are empty without it, unless it says something that they are
/// there. A policy that loses its last parameter goes on as its name.
pub fn unset(document: &mut Value, path: &str) {
    let Some(steps) = steps(path) else { return };
    let policy = parameter_of(&steps);
    let policy = policy.filter(|(at, name)| path::get(document, at).is_some_and(|it| it.get(name).is_some()));
    remove(document, &steps, 0);
    if let Some((at, name)) = policy
        && path::get(document, at).is_none()
        && let Some(place) = path::reach(document, at)
    {
        *place = name.into();
    }
}

/// Where the policy stands that a parameter belongs to, and what it is called; none if it is a parameter of none.
fn parameter_of<'s, 'p>(steps: &'s [Step<'p>]) -> Option<(&'s [Step<'p>], &'p str)> {
    let at = match steps {
        [Step::Field("machine"), Step::Field("policy"), Step::Field(_), _, ..] => 2,
        [
            Step::Field("machine"),
            Step::Field("memory"),
            Step::Field("mmu" | "replacement"),
            Step::Field(_),
            _,
            ..,
        ] => 3,
        _ => return None,
    };
    match steps[at] {
        Step::Field(name) => Some((&steps[..at], name)),
        Step::Element(_) => None,
    }
}

/// Takes out what is at the end of the way, of which `value` is so far along. Says whether the value is an object now
/// that says nothing.
fn remove(value: &mut Value, way: &[Step<'_>], along: usize) -> bool {
    let Some(step) = way.get(along) else { return false };
    if path::get(value, &[*step]).is_none() {
        return false;
    }
    let is_last = along + 1 == way.len();
    let inner = if is_last { None } else { path::reach(value, &[*step]) };
    if inner.is_none_or(|inner| remove(inner, way, along + 1)) {
        match (step, &mut *value) {
            (Step::Field(name), Value::Object(fields)) => drop(fields.shift_remove(*name)),
            (Step::Element(index), Value::Array(list)) if is_last => drop(list.remove(*index)),
            _ => {}
        }
    }
    let pattern = pattern(&way[..along]);
    let is_group = || TABLE.iter().any(|field| field.kind == Kind::Group && field.pattern == pattern);
    value.as_object().is_some_and(Map::is_empty) && !is_group()
}

/// Puts all the values into a copy of a document.
pub fn apply(document: &Value, overrides: &Overrides) -> Result<Value, Diagnostic> {
    let mut document = document.clone();
    for (path, value) in overrides {
        set(&mut document, path, value.clone())?;
    }
    Ok(document)
}

/// Whether it is a field, or an object or list of fields.
fn is_known(steps: &[Step<'_>]) -> bool {
    let pattern = pattern(steps);
    let pattern = pattern.trim_end_matches('.');
    let leads_there = |known: &str| {
        known.strip_prefix(pattern).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
    };
    let is_policy = || {
        super::policies().any(|name| pattern == format!("machine.policy.{name}"))
            || ["machine.memory.mmu", "machine.memory.replacement"].contains(&pattern)
            || super::mmu_modes().any(|name| pattern == format!("machine.memory.mmu.{name}"))
            || super::replacements().any(|name| pattern == format!("machine.memory.replacement.{name}"))
    };
    pattern == "version"
        || pattern.split(['.', '[']).next() == Some("inputs")
        || is_policy()
        || TABLE.iter().any(|field| leads_there(&field.pattern))
}

/// Makes a policy the document's, with default parameters unless it is that already.
fn choose_policy(document: &mut Value, at: &[Step<'_>], name: &str) {
    let Some(policy) = path::reach(document, at) else { return };
    if !policy.get(name).is_some_and(Value::is_object) {
        *policy = Map::from_iter([(name.to_owned(), Value::Object(Map::new()))]).into();
    }
}

/// Replaces one length of time for all levels by a list.
fn spell_out(document: &mut Value, steps: &[Step<'_>]) {
    if path::get(document, steps).is_some_and(Value::is_array) {
        return;
    }
    let draft = file::draft(document);
    let PolicySpec::Mlfq(mlfq) = &draft.scenario.machine.policy else { return };
    let is_quantum = matches!(steps.last(), Some(Step::Field("quantum")));
    let times = mlfq.levels.iter().map(|level| if is_quantum { level.quantum } else { level.allotment });
    let unit = draft.unit.nanos();
    let times: Vec<Value> = times.map(|time| written(time, Suffix::Optional, unit)).collect();
    if let Some(place) = path::reach(document, steps) {
        *place = times.into();
    }
}
