//! What is done to the machine from outside: `{"at": 40, "kill": "A"}`,
//! `{"at": 40, "set": "machine.policy.rr.quantum", "to": 5}`, `{"at": 40, "add": {"name": "C", "program": …}}`.

use kernelscope_sim::diagnostic::{Allowed, Code, Diagnostic};
use kernelscope_sim::ids::TaskId;
use kernelscope_sim::scenario::{Input, InputAction, Param, ProcessSpec};
use kernelscope_sim::time::{Nanos, Time};
use kernelscope_sim::validate::bounds;
use serde_json::{Map, Value};

use super::Decoded;
use super::decode::{Rows, read_process};
use super::encode::process;
use crate::lens::{Reader, Suffix, duration, written, wrong_type};
use crate::limits::{NAMES_COMPARED, PROBLEMS};
use crate::params::live;
use crate::path::At;

/// What an input can do.
const ACTIONS: [&str; 3] = ["kill", "set", "add"];
/// Every field of an input.
const FIELDS: [&str; 5] = ["at", "kill", "set", "to", "add"];

/// Reads all inputs into the order of time. Tasks are named, so this comes after the tasks.
pub(super) fn read(reader: &mut Reader<'_>, value: &Value, decoded: &mut Decoded, rows: &mut Rows) {
    let at = At::Root.field("inputs");
    let Some(list) = reader.list(value, at) else { return };
    if list.len() > bounds::INPUTS {
        let most = Allowed::AtMost(bounds::INPUTS as u64);
        reader.refuse(at, Diagnostic::new("", Code::TooMany).found(list.len()).allowed(most));
        return;
    }
    let mut drafts: Vec<(Time, usize, Draft<'_>)> = Vec::new();
    for (row, value) in list.iter().enumerate() {
        if let Some((time, draft)) = read_one(reader, value, at.element(row)) {
            // Most lists are in order already, and then this is the end.
            let place = drafts.partition_point(|(earlier, ..)| *earlier <= time);
            drafts.insert(place, (time, row, draft));
        }
    }
    let added = drafts.iter().filter_map(|(_, _, draft)| match draft {
        Draft::Add(process) => Some(process.name.clone()),
        _ => None,
    });
    let tasks: Vec<String> =
        decoded.scenario.processes.iter().map(|process| process.name.clone()).chain(added).collect();
    for (time, row, draft) in drafts {
        if reader.problems.len() >= PROBLEMS {
            break;
        }
        if let Some(action) = draft.resolve(reader, &tasks, at.element(row)) {
            decoded.scenario.inputs.push(Input { at: time, action });
            rows.inputs.push(row);
        }
    }
}

/// An input whose tasks are still names.
enum Draft<'v> {
    Kill(&'v str),
    Set { path: &'v str, to: &'v Value },
    Add(ProcessSpec),
}

fn read_one<'v>(reader: &mut Reader<'_>, value: &'v Value, at: At<'_>) -> Option<(Time, Draft<'v>)> {
    let fields = reader.fields(value, at, &FIELDS)?;
    let time = match fields.get("at") {
        Some(time) => {
            let time = duration(time, Nanos::ZERO, Suffix::Optional, reader.context.unit);
            reader.keep(at.field("at"), time)
        }
        None => {
            reader.refuse(at.field("at"), Diagnostic::new("", Code::Missing));
            None
        }
    };
    let draft = read_action(reader, fields, at);
    Some((Time(time?.0), draft?))
}

fn read_action<'v>(reader: &mut Reader<'_>, fields: &'v Map<String, Value>, at: At<'_>) -> Option<Draft<'v>> {
    let mut said = ACTIONS.iter().filter_map(|action| Some((*action, fields.get(*action)?)));
    let one_of = || Allowed::OneOf(ACTIONS.iter().map(|action| (*action).to_owned()).collect());
    let Some((action, value)) = said.next() else {
        reader.refuse(at, Diagnostic::new("", Code::Missing).allowed(one_of()));
        return None;
    };
    if let Some((other, _)) = said.next() {
        let problem =
            Diagnostic::new("", Code::Conflict).found(other).allowed(Allowed::With(action.to_owned()));
        reader.refuse(at.field(other), problem);
        return None;
    }
    if action == "add" {
        return read_added(reader, value, at.field("add"));
    }
    let Some(name) = value.as_str() else {
        reader.refuse(at.field(action), wrong_type(value, "text"));
        return None;
    };
    if action == "kill" {
        return Some(Draft::Kill(name));
    }
    let to = fields.get("to");
    if to.is_none() {
        reader.refuse(at.field("to"), Diagnostic::new("", Code::Missing));
    }
    Some(Draft::Set { path: name, to: to? })
}

fn read_added(reader: &mut Reader<'_>, value: &Value, at: At<'_>) -> Option<Draft<'static>> {
    let before = reader.problems.len();
    let form = read_process(reader, value, at);
    for (field, is_said) in [("count", form.count > 0), ("at", form.spec.at > Time::ZERO)] {
        if is_said {
            // It is added once, at the time of the input.
            reader.refuse(at.field(field), Diagnostic::new("", Code::UnknownField).found(field));
        }
    }
    (reader.problems.len() == before).then_some(Draft::Add(form.spec))
}

impl Draft<'_> {
    fn resolve(self, reader: &mut Reader<'_>, tasks: &[String], at: At<'_>) -> Option<InputAction> {
        let names = || tasks.iter().take(NAMES_COMPARED).map(String::as_str);
        let unknown = |name: &str| Diagnostic::new("", Code::UnknownName).found(name).near(names());
        match self {
            Draft::Add(process) => Some(InputAction::Add(process)),
            Draft::Kill(name) => {
                let task = task(tasks, name).ok_or_else(|| unknown(name));
                reader.keep(at.field("kill"), task).map(InputAction::Kill)
            }
            Draft::Set { path, to } => {
                let param =
                    match path.strip_prefix("processes.").and_then(|rest| rest.strip_suffix(".priority")) {
                        Some(name) => task(tasks, name).map(Param::Priority).ok_or_else(|| unknown(name)),
                        None => live::param(path).ok_or_else(|| live::unknown(path)),
                    };
                let param = reader.keep(at.field("set"), param)?;
                let value = live::read(reader, param, to, at.field("to"))?;
                Some(InputAction::Set { param, value })
            }
        }
    }
}

fn task(tasks: &[String], name: &str) -> Option<TaskId> {
    tasks.iter().position(|task| task == name).map(TaskId::from_index)
}

/// Writes all inputs.
pub(super) fn write(decoded: &Decoded) -> Vec<Value> {
    let devices = decoded.device_names();
    let context = decoded.context(&devices);
    let names = decoded.task_names();
    let name = |task: TaskId| names.get(task.index()).copied().unwrap_or_default();
    let write = |input: &Input| {
        let mut fields = Map::new();
        let mut put = |field: &str, value: Value| fields.insert(field.to_owned(), value);
        put("at", written(Nanos(input.at.0), Suffix::Optional, context.unit));
        match &input.action {
            InputAction::Kill(task) => {
                put("kill", name(*task).into());
            }
            InputAction::Set { param, value } => {
                put("set", live::path(*param, &decoded.scenario.machine.policy, name).into());
                put("to", live::write(*param, *value, context));
            }
            InputAction::Add(spec) => {
                put("add", process(spec, 0, Nanos::ZERO, context));
            }
        }
        Value::Object(fields)
    };
    decoded.scenario.inputs.iter().map(write).collect()
}
