//! The parameters that a document has and a sweep can run through.

use kernelscope_share::params::{self, Field, Kind};
use serde_json::Value;

/// A parameter that a document has and a sweep can run through.
#[derive(Clone, Debug)]
pub(super) struct Parameter {
    /// Its path in this document.
    pub(super) path: String,
    /// The task or device that it belongs to, if to one.
    pub(super) owner: Option<String>,
}

/// The parameters of a document that a sweep can run through: those of its policy, of the machine, and of its tasks
/// and devices.
pub(super) fn parameters(document: &Value) -> Vec<Parameter> {
    let is_number = |kind: &Kind| match kind {
        Kind::Duration { .. } | Kind::PerLevel | Kind::Timer | Kind::Number(..) | Kind::Hundredths => true,
        Kind::Unit
        | Kind::Flag
        | Kind::Choice(_)
        | Kind::Order(..)
        | Kind::Text(_)
        | Kind::Program
        | Kind::Numbers(..)
        | Kind::Frames
        | Kind::Bytes(_)
        | Kind::PowerOfTwo(_)
        | Kind::Group => false,
    };
    let sweepable = params::TABLE.iter().filter(|field| field.sweep && is_number(&field.kind));
    sweepable.flat_map(|field| places(document, field)).collect()
}

/// Where in the document a field stands: once, or once for each task or device.
fn places(document: &Value, field: &'static Field) -> Vec<Parameter> {
    if let Some(rest) = field.pattern.strip_prefix("processes[].") {
        let tasks = document.get("processes").and_then(Value::as_array).into_iter().flatten();
        let name = |task: &Value| task.get("name").and_then(Value::as_str).map(str::to_owned);
        let parameter =
            |(index, task)| Parameter { path: format!("processes[{index}].{rest}"), owner: name(task) };
        return tasks.enumerate().map(parameter).collect();
    }
    if let Some(rest) = field.pattern.strip_prefix("machine.devices.*.") {
        let devices = params::get(document, "machine.devices").and_then(Value::as_object);
        let names = devices.into_iter().flat_map(|devices| devices.keys());
        let parameter = |name: &String| Parameter {
            path: format!("machine.devices.{name}.{rest}"),
            owner: Some(name.clone()),
        };
        return names.map(parameter).collect();
    }
    if field.of_memory && !has_memory(document) {
        return Vec::new();
    }
    if let Some(rest) = field.pattern.strip_prefix("machine.memory.replacement.") {
        let own = replacement_of(document);
        let belongs = rest.split_once('.').is_some_and(|(policy, _)| policy == own);
        return belongs.then(|| Parameter { path: field.pattern.clone(), owner: None }).into_iter().collect();
    }
    let own = match params::get(document, "machine.policy") {
        Some(Value::Object(policy)) => policy.keys().next().map(String::as_str),
        Some(policy) => policy.as_str(),
        None => None,
    };
    let belongs = field.policies.is_empty() || own.is_some_and(|own| field.policies.contains(&own));
    if belongs { vec![Parameter { path: field.pattern.clone(), owner: None }] } else { Vec::new() }
}

/// Whether the machine of a document has memory.
pub(super) fn has_memory(document: &Value) -> bool {
    params::get(document, "machine.memory").is_some()
}

/// The policy of replacement that a document names, or its default.
fn replacement_of(document: &Value) -> String {
    match params::value(document, "machine.memory.replacement") {
        Some(Value::Object(policy)) => policy.keys().next().cloned().unwrap_or_default(),
        Some(Value::String(name)) => name,
        _ => String::new(),
    }
}
