//! How moments are written: shortest, and so that they are read back as they were.

use kernelscope_sim::time::{Nanos, Time, format::duration};

use super::{KINDS, Query, QueryKind};
use crate::protocol::Target;

/// Writes a moment, times in `unit`. None for a jump, which is no moment of its own.
pub fn print(target: &Target, unit: Nanos) -> Option<String> {
    let time = |at: &Time| duration(Nanos(at.0), unit);
    match target {
        Target::Start => Some("start".to_owned()),
        Target::End => Some("end".to_owned()),
        Target::Step(step) => Some(format!("step {step}")),
        Target::Time(at) => Some(format!("t={}", time(at))),
        Target::Moment { at, ordinal } => Some(format!("t={} #{ordinal}", time(at))),
        Target::Next(_) => None,
        Target::Query(Query { ordinal, kind, task, from }) => {
            let mut text = format!("{ordinal}{} {}", suffix(*ordinal), word(*kind));
            if let Some(task) = task {
                text += " of ";
                text += &name(task);
            }
            if *from > Time::ZERO {
                text += " after ";
                text += &time(from);
            }
            Some(text)
        }
    }
}

fn word(kind: QueryKind) -> &'static str {
    let row = KINDS.iter().find(|(known, _)| *known == kind);
    row.and_then(|(_, names)| names.first()).copied().unwrap_or_default()
}

fn suffix(ordinal: u32) -> &'static str {
    match (ordinal % 100, ordinal % 10) {
        (11..=13, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    }
}

/// A task's name, in quotes if it would not be read as one word.
fn name(name: &str) -> String {
    if !name.is_empty() && !name.starts_with('"') && !name.contains(char::is_whitespace) {
        return name.to_owned();
    }
    format!("\"{}\"", name.replace('\\', "\\\\").replace('"', "\\\""))
}
