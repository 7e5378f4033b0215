//! The table of parameters: one row for every field of a document.
//!
//! Whatever asks "which fields are there, and what may stand in them" asks here: decoding and encoding, the editor's
//! forms, `--set path=value`, sweeps, "change this now", the rules panel. To add a field, add its row in `params/rows.rs`
//! (of memory in `params/memory.rs`, of a policy in `params/policy.rs` or `params/replacement.rs`), and nothing else.
//!
//! ```
//! use kernelscope_share::params;
//! use serde_json::json;
//!
//! let mut document = json!({"version": 1, "machine": {"policy": "fifo"}, "processes": []});
//! params::set(&mut document, "machine.policy.rr.quantum", json!(5)).unwrap();
//! assert_eq!(document["machine"]["policy"], json!({"rr": {"quantum": 5}}));
//! assert_eq!(params::value(&document, "machine.cpus"), Some(json!(1)));
//! ```

mod daemon;
mod edit;
pub(crate) mod live;
pub(crate) mod memory;
pub(crate) mod mmu;
pub(crate) mod policy;
pub(crate) mod replacement;
pub(crate) mod rows;

use std::sync::LazyLock;

use kernelscope_sim::conventions::{InstantOrder, Phase};
use kernelscope_sim::diagnostic::nearest;
use kernelscope_sim::mem::replace::ReplacementSpec;
use kernelscope_sim::scenario::{Limits, PolicySpec};
use kernelscope_sim::time::Nanos;
use serde_json::Value;

use crate::file::{self, Decoded};
use crate::lens::{Context, Form, Lens, Row, Suffix};
use crate::path::{Step, steps};
use crate::variant::Variant;
use memory::{MEMORY, MemoryForm, REGION};
use mmu::MODES;
use policy::{POLICIES, PolicyForm};
use replacement::REPLACEMENTS;
use rows::{COSTS, CostsForm, DEVICE, DOCUMENT, LIMITS, MACHINE, PROCESS, ProcessForm, RULES};

pub use edit::{Overrides, apply, get, set, set_text, typed, unset};
pub use live::{live_param, live_text};

/// A field of documents.
#[derive(Clone, Debug)]
pub struct Field {
    /// Where it stands: `machine.policy.mlfq.boost`, `processes[].at`, `machine.devices.*.servers`.
    pub pattern: String,
    /// What may stand in it.
    pub kind: Kind,
    /// The term of the glossary that explains it.
    pub glossary: &'static str,
    /// The policies that it means something to; none for all.
    pub policies: &'static [&'static str],
    /// Whether it means something only to a machine with memory.
    pub of_memory: bool,
    /// Whether a sweep may run through its values.
    pub sweep: bool,
    /// Whether it can change while the machine runs.
    pub live: bool,
}

/// What may stand in a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A length of time, at least so long.
    Duration {
        /// The shortest.
        least: Nanos,
        /// Whether a bare number is refused.
        needs_suffix: bool,
        /// Whether `"off"` may stand there.
        or_off: bool,
    },
    /// One length of time for all levels, or a list with one for each.
    PerLevel,
    /// `"exact"`, `"off"` or a period.
    Timer,
    /// `"tick"` or a length of time.
    Unit,
    /// A whole number from the first to the second.
    Number(i64, i64),
    /// A number from 0 to 1 with at most two decimals.
    Hundredths,
    /// True or false.
    Flag,
    /// One of these words, the default first.
    Choice(Vec<&'static str>),
    /// One of the first words, or a list of all the second ones.
    Order(Vec<&'static str>, Vec<&'static str>),
    /// Text of at most so many characters.
    Text(usize),
    /// A program.
    Program,
    /// A whole number from the first to the second, or a list of such.
    Numbers(u8, u8),
    /// Frame numbers in a list, -1 for none.
    Frames,
    /// At most so many bytes, as hexadecimal digits.
    Bytes(usize),
    /// A power of two, at most so large.
    PowerOfTwo(u64),
    /// An object, there or not, with fields of its own.
    Group,
}

/// Every field, in the order in which documents are written.
pub static TABLE: LazyLock<Vec<Field>> = LazyLock::new(|| {
    let mut table = Vec::new();
    add(&mut table, "", &[], DOCUMENT);
    let alone = |pattern: &str, kind, glossary| Field {
        pattern: pattern.to_owned(),
        kind,
        glossary,
        policies: &[],
        of_memory: false,
        sweep: false,
        live: false,
    };
    table.push(alone("unit", Kind::Unit, "unit"));
    add(&mut table, "rules.", &[], RULES);
    add(&mut table, "machine.", &[], MACHINE);
    add(&mut table, "machine.costs.", &[], COSTS);
    for policy in POLICIES {
        add(
            &mut table,
            &format!("machine.policy.{}.", policy.name),
            std::slice::from_ref(&policy.name),
            policy.rows,
        );
    }
    add(&mut table, "machine.devices.*.", &[], DEVICE);
    table.push(alone("machine.memory", Kind::Group, "memory"));
    add(&mut table, "machine.memory.", &[], MEMORY);
    for mode in MODES {
        add(&mut table, &format!("machine.memory.mmu.{}.", mode.name), &[], mode.rows);
    }
    for policy in REPLACEMENTS {
        add(&mut table, &format!("machine.memory.replacement.{}.", policy.name), &[], policy.rows);
    }
    add(&mut table, "processes[].", &[], PROCESS);
    add(&mut table, "processes[].regions[].", &[], REGION);
    add(&mut table, "limits.", &[], LIMITS);
    table
});

fn add<T>(table: &mut Vec<Field>, prefix: &str, policies: &'static [&'static str], rows: &'static [Row<T>]) {
    for row in rows {
        let pattern = format!("{prefix}{}", row.name);
        let policies = if row.policies.is_empty() { policies } else { row.policies };
        table.push(Field {
            pattern: pattern.clone(),
            kind: row.lens.form().map_or(Kind::Group, Kind::of),
            glossary: row.glossary,
            policies,
            of_memory: row.of_memory
                || pattern.starts_with("machine.memory.")
                || prefix == "processes[].regions[].",
            sweep: row.sweep,
            live: row.live.is_some(),
        });
        if let Lens::Group { rows, .. } = row.lens {
            add(table, &format!("{pattern}."), policies, rows);
        }
    }
}

impl Kind {
    fn of(form: Form) -> Kind {
        match form {
            Form::Duration { least, suffix } => {
                Kind::Duration { least, needs_suffix: suffix == Suffix::Needed, or_off: false }
            }
            Form::Switchable => Kind::Duration { least: Nanos(1), needs_suffix: false, or_off: true },
            Form::PerLevel => Kind::PerLevel,
            Form::Timer => Kind::Timer,
            Form::Number { least, most } => Kind::Number(least, most),
            Form::Hundredths => Kind::Hundredths,
            Form::Flag => Kind::Flag,
            Form::Choice(words) => Kind::Choice(words()),
            Form::Order => Kind::Order(
                InstantOrder::NAMED.iter().map(|(name, _)| *name).collect(),
                Phase::ALL.iter().map(|(name, _)| *name).collect(),
            ),
            Form::Text { most } => Kind::Text(most),
            Form::Program => Kind::Program,
            Form::Numbers { least, most } => Kind::Numbers(least, most),
            Form::Frames => Kind::Frames,
            Form::Bytes { most } => Kind::Bytes(most),
            Form::PowerOfTwo { most } => Kind::PowerOfTwo(1 << most),
        }
    }
}

/// The row of the field at a path; a level's `[n]` may follow.
pub fn field(path: &str) -> Option<&'static Field> {
    let pattern = pattern(&steps(path)?);
    TABLE.iter().find(|field| field.pattern == pattern)
}

/// The pattern that a path fits.
fn pattern(steps: &[Step<'_>]) -> String {
    match steps {
        [Step::Field("processes"), _, Step::Field("regions"), Step::Element(_), rest @ ..] => {
            format!("processes[].regions[].{}", dotted(rest))
        }
        [Step::Field("processes"), _, rest @ ..] => format!("processes[].{}", dotted(rest)),
        [Step::Field("machine"), Step::Field("devices"), _, rest @ ..] => {
            format!("machine.devices.*.{}", dotted(rest))
        }
        _ => dotted(steps),
    }
}

fn dotted(steps: &[Step<'_>]) -> String {
    let names: Vec<&str> = steps
        .iter()
        .filter_map(|step| match step {
            Step::Field(name) => Some(*name),
            Step::Element(_) => None,
        })
        .collect();
    names.join(".")
}

/// The names of all policies, in the order of the editor's menu.
pub fn policies() -> impl Iterator<Item = &'static str> {
    POLICIES.iter().map(|policy| policy.name)
}

/// The names of all policies of replacement, in the order of the editor's menu.
pub fn replacements() -> impl Iterator<Item = &'static str> {
    REPLACEMENTS.iter().map(|policy| policy.name)
}

/// The names of all modes of translation, in the order of the editor's menu.
pub fn mmu_modes() -> impl Iterator<Item = &'static str> {
    MODES.iter().map(|mode| mode.name)
}

/// The name of a policy of replacement in files.
pub fn replacement_name(spec: &ReplacementSpec) -> &'static str {
    replacement::replacement(spec).name
}

/// A policy of replacement and its parameters as they stand in a document.
pub fn replacement_value(spec: &ReplacementSpec) -> Value {
    file::replacement(spec, Context { unit: Nanos(1), devices: &[] })
}

/// The name of a policy in files.
pub fn policy_name(spec: &PolicySpec) -> &'static str {
    PolicyForm::from_spec(spec, Nanos(1)).policy().name
}

/// A policy and its parameters as they stand in a document.
pub fn policy_value(spec: &PolicySpec, unit: Nanos) -> Value {
    file::policy(spec, Context { unit, devices: &[] })
}

/// The known field, or object of fields, whose path most resembles this one.
pub fn nearest_field(path: &str) -> Option<&'static str> {
    let fields = TABLE.iter().map(|field| field.pattern.as_str());
    let objects = fields.clone().filter_map(|pattern| pattern.rsplit_once('.').map(|(object, _)| object));
    nearest(
        path,
        objects.chain(fields).chain(["machine.policy", "machine.memory.mmu", "machine.memory.replacement"]),
    )
}

/// What a field of the document is: what stands there, or else its default. None if there is no such field, or it
/// is one that has to be there and is not.
pub fn value(document: &Value, path: &str) -> Option<Value> {
    get(document, path).cloned().or_else(|| default_value(document, path))
}

/// What a field of the document is when nothing stands there, which depends on the rest: on the unit, the profile, the
/// preset. Null if that is nothing.
pub fn default_value(document: &Value, path: &str) -> Option<Value> {
    let draft = file::draft(document);
    let context = Context { unit: draft.unit.nanos(), devices: &[] };
    let steps = steps(path)?;
    match steps.as_slice() {
        [Step::Field("rules"), rest @ ..] => of(RULES, &file::default_rules(&draft), rest, context),
        [Step::Field("machine"), Step::Field("costs"), rest @ ..] => {
            of(COSTS, &CostsForm::of(draft.preset), rest, context)
        }
        [Step::Field("machine"), Step::Field("policy"), Step::Field(name), rest @ ..] => {
            let policy = POLICIES.iter().find(|policy| policy.name == *name)?;
            of(policy.rows, &PolicyForm::new(policy.tag, context.unit), rest, context)
        }
        [Step::Field("machine"), Step::Field("policy")] => {
            Some(file::policy(&PolicySpec::default(), context))
        }
        [Step::Field("machine"), Step::Field("memory"), Step::Field("mmu"), rest @ ..] => {
            of_variant(MODES, rest, context)
        }
        [Step::Field("machine"), Step::Field("memory"), Step::Field("replacement"), rest @ ..] => {
            of_variant(REPLACEMENTS, rest, context)
        }
        [Step::Field("machine"), Step::Field("memory"), rest @ ..] => {
            of(MEMORY, &MemoryForm::new(draft.preset), rest, context)
        }
        [Step::Field("machine"), Step::Field("devices"), _, rest @ ..] => {
            of(DEVICE, &rows::default_device(""), rest, context)
        }
        [Step::Field("machine"), rest @ ..] => of(MACHINE, &Decoded::default(), rest, context),
        [Step::Field("processes"), _, Step::Field("regions"), Step::Element(_), rest @ ..] => {
            of(REGION, &memory::region_at(0), rest, context)
        }
        [Step::Field("processes"), _, rest @ ..] => of(PROCESS, &ProcessForm::default(), rest, context),
        [Step::Field("limits"), rest @ ..] => of(LIMITS, &Limits::default(), rest, context),
        [Step::Field("unit")] => Some("1ms".into()),
        steps => of(DOCUMENT, &Decoded::default(), steps, context),
    }
}

/// What stands where there is one of several variants, the first of which goes without saying.
fn of_variant<T>(variants: &[Variant<T>], steps: &[Step<'_>], context: Context<'_>) -> Option<Value> {
    match steps {
        [] => variants.first().map(|variant| variant.name.into()),
        [Step::Field(name), rest @ ..] => {
            let variant = variants.iter().find(|variant| variant.name == *name)?;
            of(variant.rows, &variant.usual, rest, context)
        }
        [Step::Element(_), ..] => None,
    }
}

/// What a field of the value is.
fn of<T>(rows: &[Row<T>], value: &T, steps: &[Step<'_>], context: Context<'_>) -> Option<Value> {
    let (Step::Field(name), rest) = steps.split_first()? else { return None };
    let row = rows.iter().find(|row| row.name == *name)?;
    match (&row.lens, rest) {
        (Lens::Group { rows, .. }, [_, ..]) => of(rows, value, rest, context),
        (lens, _) => Some(lens.write(value, value, context)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;
    use std::collections::BTreeSet;

    #[test]
    fn every_field_stands_in_the_table_once() {
        let patterns: BTreeSet<&str> = TABLE.iter().map(|field| field.pattern.as_str()).collect();
        assert_eq!(patterns.len(), TABLE.len());
    }

    #[test]
    fn a_path_finds_its_row() {
        for path in ["processes[3].at", "processes.A.at"] {
            assert_eq!(field(path).map(|field| field.pattern.as_str()), Some("processes[].at"));
        }
        assert_eq!(
            field("machine.policy.mlfq.quantum[1]").map(|field| field.kind.clone()),
            Some(Kind::PerLevel)
        );
        assert!(field("machine.policy.rr.boost").is_none());
    }

    #[test]
    fn the_default_of_a_field_follows_the_rest_of_the_document() {
        let document = json!({"version": 1, "unit": "10us", "profile": "ostep",
            "machine": {"preset": "modern", "policy": "mlfq"}, "processes": []});
        let default = |path| default_value(&document, path);
        assert_eq!(default("machine.policy.rr.quantum"), Some(json!(10)));
        assert_eq!(default("machine.costs.process_switch"), Some(json!("2us")));
        assert_eq!(default("rules.instant_order"), Some(json!("ostep_mlfq")));
        assert_eq!(default("processes[0].nice"), Some(json!(0)));
        assert_eq!(default("processes[0].shoe_size"), None);
    }
}
