//! Reading a document.

use kernelscope_sim::conventions::Conventions;
use kernelscope_sim::diagnostic::{Allowed, Code, Diagnostic};
use kernelscope_sim::program::Op;
use kernelscope_sim::scenario::{DeviceSpec, PolicySpec, ProcessSpec};
use kernelscope_sim::time::{Nanos, Time};
use kernelscope_sim::validate::{bounds, validate};
use serde_json::Value;

use super::{Decoded, Unit, VERSION, inputs, memory};
use crate::lens::{Context, Reader, Suffix, choice, duration, read_object, wrong_type};
use crate::limits::{OPERATIONS, PROBLEMS};
use crate::params::policy::{POLICIES, PolicyForm};
use crate::params::rows::{self, CostsForm, ProcessForm};
use crate::path::At;

/// The objects and lists of a document, beside the fields of the table.
const SECTIONS: [&str; 7] = ["version", "unit", "rules", "machine", "processes", "inputs", "limits"];

/// The scenario in a document, or everything that is wrong with it.
pub fn decode(document: &Value) -> Result<Decoded, Vec<Diagnostic>> {
    let (decoded, mut problems, rows) = read(document);
    // What is wrong in itself is not said again as something that does not fit; without a version nothing is read.
    let known: Vec<String> = problems.iter().map(|problem| problem.path.clone()).collect();
    let is_new = |path: &str| !known.iter().any(|known| touches(known, path) || known == "version");
    let others = validate(&decoded.scenario).into_iter();
    let others = others.map(|problem| Diagnostic { path: rows.in_document(&problem.path), ..problem });
    problems.extend(others.filter(|problem| is_new(&problem.path)).take(PROBLEMS - known.len()));
    if problems.is_empty() { Ok(decoded) } else { Err(problems) }
}

/// What can be made of a document without its tasks and inputs, with defaults in the place of whatever is wrong.
pub(crate) fn draft(document: &Value) -> Decoded {
    read_frame(document).0
}

/// The position in `processes` of each task of the document, in the order of their ids.
pub fn places(document: &Value) -> Vec<usize> {
    read(document).2.tasks
}

/// What bare numbers count in a document; the default if it does not say, or not rightly.
pub fn unit_of(document: &Value) -> Unit {
    document.get("unit").and_then(|value| unit(value).ok()).unwrap_or_default()
}

/// Whether one path is the other or leads to it.
fn touches(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    long.strip_prefix(short)
        .is_some_and(|rest| short.is_empty() || rest.is_empty() || rest.starts_with(['.', '[']))
}

/// Where the document has what the scenario has in another place.
#[derive(Debug, Default)]
pub(super) struct Rows {
    /// By task: its element of `processes`.
    pub(super) tasks: Vec<usize>,
    /// By input, in the order of time: its element of `inputs`.
    pub(super) inputs: Vec<usize>,
}

impl Rows {
    /// The path in the document of a path in the scenario. The page daemon that nobody spelled out comes with its
    /// watermarks.
    fn in_document(&self, path: &str) -> String {
        let moved =
            |list: &str, places: &[usize]| {
                let (index, rest) = path.strip_prefix(list)?.strip_prefix('[')?.split_once(']')?;
                let place = places.get(index.parse::<usize>().ok()?);
                Some(place.map_or_else(
                    || "machine.memory.daemon".to_owned(),
                    |place| format!("{list}[{place}]{rest}"),
                ))
            };
        let moved = moved("processes", &self.tasks).or_else(|| moved("inputs", &self.inputs));
        moved.unwrap_or_else(|| path.to_owned())
    }
}

fn read(document: &Value) -> (Decoded, Vec<Diagnostic>, Rows) {
    let (mut decoded, problems) = read_frame(document);
    let mut rows = Rows::default();
    if problems.iter().any(|problem| problem.path.is_empty() || problem.path == "version") {
        return (decoded, problems, rows);
    }
    let devices = decoded.device_names();
    let mut reader = Reader { context: decoded.context(&devices), problems };
    read_processes(&mut reader, document, &mut decoded, &mut rows);
    memory::add_daemon(&mut decoded.scenario);
    if let Some(value) = document.get("inputs") {
        inputs::read(&mut reader, value, &mut decoded, &mut rows);
    }
    (decoded, reader.problems, rows)
}

/// Everything but the tasks and the inputs.
fn read_frame(document: &Value) -> (Decoded, Vec<Diagnostic>) {
    let mut decoded = Decoded { unit: unit_of(document), ..Decoded::default() };
    let context = Context { unit: decoded.unit.nanos(), devices: &[] };
    let mut reader = Reader { context, problems: Vec::new() };
    if !is_readable(&mut reader, document) {
        return (decoded, reader.problems);
    }
    read_object(&mut reader, rows::DOCUMENT, &SECTIONS, document, At::Root, &mut decoded);
    if let Some(value) = document.get("unit") {
        reader.keep(At::Root.field("unit"), unit(value));
    }
    read_machine(&mut reader, document, &mut decoded);
    decoded.scenario.rules = default_rules(&decoded);
    if let Some(value) = document.get("rules") {
        read_object(
            &mut reader,
            rows::RULES,
            &[],
            value,
            At::Root.field("rules"),
            &mut decoded.scenario.rules,
        );
    }
    if let Some(value) = document.get("limits") {
        read_object(
            &mut reader,
            rows::LIMITS,
            &[],
            value,
            At::Root.field("limits"),
            &mut decoded.scenario.limits,
        );
    }
    (decoded, reader.problems)
}

/// The conventions where the document names none itself.
pub(crate) fn default_rules(decoded: &Decoded) -> Conventions {
    decoded.profile.conventions(matches!(decoded.scenario.machine.policy, PolicySpec::Mlfq(_)))
}

/// Whether it is a document of a version that can be read. If not, nothing else in it means anything.
fn is_readable(reader: &mut Reader<'_>, document: &Value) -> bool {
    let Some(fields) = reader.object(document, At::Root) else { return false };
    let at = At::Root.field("version");
    let problem = match fields.get("version") {
        Some(version) if version.as_i64() == Some(VERSION) => return true,
        Some(version) => Diagnostic::new("", Code::Version).found(version),
        None => Diagnostic::new("", Code::Missing),
    };
    reader.refuse(at, problem.allowed(Allowed::Range(1, VERSION)));
    false
}

fn unit(value: &Value) -> Result<Unit, Diagnostic> {
    if value == "tick" {
        return Ok(Unit::Tick);
    }
    // There is no unit yet that a bare number could count.
    duration(value, Nanos(1), Suffix::Needed, Nanos::ZERO).map(Unit::Time)
}

fn read_machine(reader: &mut Reader<'_>, document: &Value, decoded: &mut Decoded) {
    let Some(value) = document.get("machine") else { return };
    let at = At::Root.field("machine");
    read_object(reader, rows::MACHINE, &["costs", "policy", "devices", "memory"], value, at, decoded);
    let mut costs = CostsForm::of(decoded.preset);
    if let Some(value) = value.get("costs") {
        read_object(reader, rows::COSTS, &[], value, at.field("costs"), &mut costs);
    }
    let machine = &mut decoded.scenario.machine;
    machine.costs = costs.kernel;
    machine.fork.costs = costs.fork;
    if let Some(policy) = value.get("policy") {
        let at = at.field("policy");
        match policy_form(reader, policy, at).map(PolicyForm::into_spec) {
            Some(Ok(spec)) => machine.policy = spec,
            Some(Err(problem)) => {
                let name =
                    policy.as_object().and_then(|fields| fields.keys().next()).map_or("", String::as_str);
                let (at, field) = (at.field(name), problem.path.clone());
                reader.refuse(at.field(&field), problem);
            }
            None => {}
        }
    }
    if let Some(devices) = value.get("devices") {
        machine.devices = read_devices(reader, devices, at.field("devices"));
    }
    if let Some(value) = value.get("memory") {
        memory::read(reader, value, at.field("memory"), (decoded.preset, costs.memory), machine);
    }
}

/// A policy with its parameters; none if it is not even clear which.
pub(crate) fn policy_form(reader: &mut Reader<'_>, value: &Value, at: At<'_>) -> Option<PolicyForm> {
    let names: Vec<&str> = POLICIES.iter().map(|policy| policy.name).collect();
    let (place, parameters) = tagged(reader, value, at, &names)?;
    let policy = &POLICIES[place];
    let mut form = PolicyForm::new(policy.tag, reader.context.unit);
    if let Some(parameters) = parameters {
        read_object(reader, policy.rows, &[], parameters, at.field(policy.name), &mut form);
    }
    Some(form)
}

/// One of these names, alone or as the one field of an object of parameters: its place among them, and those.
pub(crate) fn tagged<'v>(
    reader: &mut Reader<'_>,
    value: &'v Value,
    at: At<'_>,
    names: &[&str],
) -> Option<(usize, Option<&'v Value>)> {
    let (name, parameters) = match value {
        Value::String(name) => (name, None),
        Value::Object(fields) if fields.len() == 1 => {
            fields.iter().next().map(|(name, parameters)| (name, Some(parameters)))?
        }
        Value::Object(fields) if fields.len() > 1 => {
            let found: Vec<&str> = fields.keys().map(String::as_str).collect();
            reader.refuse(
                at,
                Diagnostic::new("", Code::TooMany).found(found.join(", ")).allowed(Allowed::AtMost(1)),
            );
            return None;
        }
        _ => {
            let allowed = Allowed::OneOf(names.iter().map(|name| (*name).to_owned()).collect());
            reader.refuse(at, wrong_type(value, "text").allowed(allowed));
            return None;
        }
    };
    let name = reader.keep(at, choice(&name.as_str().into(), names))?;
    Some((names.iter().position(|known| *known == name)?, parameters))
}

fn read_devices(reader: &mut Reader<'_>, value: &Value, at: At<'_>) -> Vec<DeviceSpec> {
    let Some(fields) = reader.object(value, at) else { return Vec::new() };
    let device = |(name, value): (&String, &Value)| {
        let mut device = rows::default_device(name);
        read_object(reader, rows::DEVICE, &[], value, at.field(name), &mut device);
        device
    };
    fields.iter().map(device).collect()
}

fn read_processes(reader: &mut Reader<'_>, document: &Value, decoded: &mut Decoded, rows: &mut Rows) {
    let at = At::Root.field("processes");
    let Some(value) = document.get("processes") else {
        reader.refuse(at, Diagnostic::new("", Code::Missing));
        return;
    };
    let Some(list) = reader.list(value, at) else { return };
    let mut operations = 0;
    for (row, value) in list.iter().enumerate() {
        let form = read_process(reader, value, at.element(row));
        let count = form.count.max(1) as usize;
        operations += count.saturating_mul(length(&form.spec.program.0));
        let tasks = decoded.scenario.processes.len() + count;
        if tasks > bounds::TASKS as usize {
            let most = Allowed::AtMost(bounds::TASKS.into());
            reader.refuse(at, Diagnostic::new("", Code::TooMany).found(tasks).allowed(most));
            return;
        }
        if operations > OPERATIONS {
            let most = Allowed::AtMost(OPERATIONS as u64);
            reader.refuse(
                at.element(row).field("program"),
                Diagnostic::new("", Code::TooMany).found(operations).allowed(most),
            );
            return;
        }
        decoded.scenario.processes.extend(form.expand());
        rows.tasks.resize(tasks, row);
    }
}

/// One element of `processes`, or of the process that an input adds.
pub(super) fn read_process(reader: &mut Reader<'_>, value: &Value, at: At<'_>) -> ProcessForm {
    let mut form = ProcessForm::default();
    read_object(reader, rows::PROCESS, &["regions"], value, at, &mut form);
    if let Some(regions) = value.get("regions") {
        form.spec.regions = memory::read_regions(reader, regions, at.field("regions"));
    }
    for field in ["name", "program"] {
        if value.is_object() && value.get(field).is_none() {
            reader.refuse(at.field(field), Diagnostic::new("", Code::Missing));
        }
    }
    if form.count == 0 && !form.every.is_zero() {
        let problem = Diagnostic::new("", Code::Conflict).allowed(Allowed::With("count".to_owned()));
        reader.refuse(at.field("every"), problem);
    }
    form
}

/// Operations written down, at any depth.
fn length(ops: &[Op]) -> usize {
    let one = |op: &Op| match op {
        Op::Repeat { body, .. } | Op::Fork(Some(body)) => 1 + length(body),
        _ => 1,
    };
    ops.iter().map(one).sum()
}

impl ProcessForm {
    /// The tasks that it stands for: one with its name, or `count` numbered from 1.
    fn expand(self) -> impl Iterator<Item = ProcessSpec> {
        let ProcessForm { spec, count, every } = self;
        (1..=count.max(1)).map(move |number| ProcessSpec {
            name: if count == 0 { spec.name.clone() } else { format!("{}{number}", spec.name) },
            at: Time(spec.at.0.saturating_add(every.saturating_mul(u64::from(number) - 1).0)),
            ..spec.clone()
        })
    }
}
