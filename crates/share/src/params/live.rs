//! The fields that can change while the machine runs, and what the machine calls them.

use kernelscope_sim::diagnostic::{Allowed, Code, Diagnostic};
use kernelscope_sim::ids::TaskId;
use kernelscope_sim::scenario::{Param, PolicySpec};
use kernelscope_sim::time::Nanos;
use serde_json::Value;

use super::policy::{POLICIES, PolicyForm};
use super::rows::{COSTS, PROCESS};
use crate::file::Decoded;
use crate::lens::{Context, Form, Live, Reader, Row, wrong_type};
use crate::path::{At, Step, steps};

/// The parameter of the running machine that the field at a path is, with tasks by number or by name.
///
/// ```
/// use kernelscope_share::{file::Decoded, params::live_param};
/// use kernelscope_sim::scenario::Param;
///
/// let decoded = Decoded::default();
/// assert_eq!(live_param(&decoded, "machine.policy.mlfq.quantum[1]"), Some(Param::LevelQuantum(1)));
/// ```
pub fn live_param(decoded: &Decoded, path: &str) -> Option<Param> {
    match steps(path)?.as_slice() {
        [Step::Field("processes"), task, Step::Field("priority")] => {
            let names = decoded.task_names();
            let index = match task {
                Step::Element(index) => *index,
                Step::Field(name) => names.iter().position(|known| known == name)?,
            };
            (index < names.len()).then(|| Param::Priority(TaskId::from_index(index)))
        }
        _ => param(path),
    }
}

/// Where a parameter stands in the document, and how its value is written there.
pub fn live_text(decoded: &Decoded, param: Param, value: u64) -> (String, Value) {
    let names = decoded.task_names();
    let name = |task: TaskId| names.get(task.index()).copied().unwrap_or_default();
    let context = Context { unit: decoded.unit.nanos(), devices: &[] };
    (path(param, &decoded.scenario.machine.policy, name), write(param, value, context))
}

/// A live field.
struct Slot {
    /// Where it stands, without the number of a level.
    path: String,
    live: Live,
    form: Form,
}

/// Every live field but those of tasks.
fn slots() -> Vec<Slot> {
    let mut slots = Vec::new();
    add(&mut slots, "machine.costs", COSTS);
    for policy in POLICIES {
        add(&mut slots, &format!("machine.policy.{}", policy.name), policy.rows);
    }
    slots
}

fn add<T>(slots: &mut Vec<Slot>, prefix: &str, rows: &'static [Row<T>]) {
    slots.extend(rows.iter().filter_map(|row| {
        Some(Slot { path: format!("{prefix}.{}", row.name), live: row.live?, form: row.lens.form()? })
    }));
}

impl Slot {
    /// The parameter, where a level is named if it needs one.
    fn param(&self, level: Option<u8>) -> Option<Param> {
        match (self.live, level) {
            (Live::One(param), None) => Some(param),
            (Live::EachLevel(param), Some(level)) => Some(param(level)),
            _ => None,
        }
    }

    /// Whether the parameter is this one, and of which level.
    fn fits(&self, param: Param) -> Option<Option<u8>> {
        let level = match param {
            Param::LevelQuantum(level) | Param::LevelAllotment(level) => Some(level),
            _ => None,
        };
        (self.param(level) == Some(param)).then_some(level)
    }
}

/// The parameter at a path, tasks' parameters apart.
pub(crate) fn param(path: &str) -> Option<Param> {
    let (path, level) = match path.strip_suffix(']').and_then(|path| path.rsplit_once('[')) {
        Some((path, level)) => (path, Some(level.parse().ok()?)),
        None => (path, None),
    };
    slots().iter().find(|slot| slot.path == path)?.param(level)
}

/// That there is no such parameter.
pub(crate) fn unknown(path: &str) -> Diagnostic {
    let known: Vec<String> = slots()
        .into_iter()
        .map(|slot| match slot.live {
            Live::EachLevel(_) => format!("{}[0]", slot.path),
            _ => slot.path,
        })
        .chain(["processes.NAME.priority".to_owned()])
        .collect();
    let problem = Diagnostic::new("", Code::UnknownName).found(path).near(known.iter().map(String::as_str));
    problem.allowed(Allowed::OneOf(known))
}

/// Reads a parameter's new value.
pub(crate) fn read(reader: &mut Reader<'_>, param: Param, value: &Value, at: At<'_>) -> Option<u64> {
    if value.is_array() {
        reader.refuse(at, wrong_type(value, "duration"));
        return None;
    }
    reader.content(form(param)?, value, at)?.number()
}

/// Writes a parameter's new value.
pub(crate) fn write(param: Param, number: u64, context: Context<'_>) -> Value {
    let written = form(param).and_then(|form| Some(form.content(number)?.written(form, context)));
    written.unwrap_or_default()
}

/// Where a parameter stands in the document of a machine with this policy.
pub(crate) fn path<'n>(param: Param, policy: &PolicySpec, name: impl Fn(TaskId) -> &'n str) -> String {
    if let Param::Priority(task) = param {
        return format!("processes.{}.priority", name(task));
    }
    let own = PolicyForm::from_spec(policy, Nanos(1)).policy().name;
    slot(param, Some(own)).map_or_else(String::new, |(slot, level)| match level {
        Some(level) => format!("{}[{level}]", slot.path),
        None => slot.path,
    })
}

/// What may stand in the field of a parameter.
fn form(param: Param) -> Option<Form> {
    match param {
        Param::Priority(_) => PROCESS.iter().find(|row| row.live.is_some())?.lens.form(),
        _ => slot(param, None).map(|(slot, _)| slot.form),
    }
}

/// The slot of a parameter; that of the named policy, if several have it.
fn slot(param: Param, policy: Option<&str>) -> Option<(Slot, Option<u8>)> {
    let mut fitting: Vec<(Slot, Option<u8>)> =
        slots().into_iter().filter_map(|slot| slot.fits(param).map(|level| (slot, level))).collect();
    let of_policy = |(slot, _): &(Slot, _)| {
        policy.is_some_and(|name| slot.path.starts_with(&format!("machine.policy.{name}.")))
    };
    let chosen = fitting.iter().position(of_policy).unwrap_or(0);
    (chosen < fitting.len()).then(|| fitting.swap_remove(chosen))
}
