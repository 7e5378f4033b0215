//! Writing the shortest document.

use kernelscope_sim::scenario::{DeviceSpec, Limits, PolicySpec, ProcessSpec};
use kernelscope_sim::time::Nanos;
use serde_json::{Map, Value};

use super::decode::default_rules;
use super::{Decoded, Unit, VERSION, inputs, memory};
use crate::lens::{Context, Suffix, write_object, written};
use crate::params::policy::PolicyForm;
use crate::params::rows::{self, CostsForm, ProcessForm};

/// The shortest document for a scenario: nothing in it that goes without saying. Decoding gives the same
/// scenario back.
pub fn encode(decoded: &Decoded) -> Value {
    let devices = decoded.device_names();
    let context = decoded.context(&devices);
    let scenario = &decoded.scenario;
    let default = Decoded::default();
    let mut document = Map::new();
    document.insert("version".to_owned(), VERSION.into());
    document.append(&mut write_object(rows::DOCUMENT, decoded, &default, context));
    match decoded.unit {
        unit if unit == Unit::default() => {}
        Unit::Tick => put(&mut document, "unit", "tick".into()),
        Unit::Time(length) => put(&mut document, "unit", written(length, Suffix::Needed, Nanos(1))),
    }
    let rules = write_object(rows::RULES, &scenario.rules, &default_rules(decoded), context);
    put_object(&mut document, "rules", rules);
    put_object(&mut document, "machine", machine(decoded, &default, context));
    put(&mut document, "processes", processes(memory::spelled_out(scenario), context).into());
    let inputs = inputs::write(decoded);
    if !inputs.is_empty() {
        put(&mut document, "inputs", inputs.into());
    }
    let limits = write_object(rows::LIMITS, &scenario.limits, &Limits::default(), context);
    put_object(&mut document, "limits", limits);
    Value::Object(document)
}

fn put(fields: &mut Map<String, Value>, name: &str, value: Value) {
    fields.insert(name.to_owned(), value);
}

fn put_object(fields: &mut Map<String, Value>, name: &str, object: Map<String, Value>) {
    if !object.is_empty() {
        put(fields, name, object.into());
    }
}

fn machine(decoded: &Decoded, default: &Decoded, context: Context<'_>) -> Map<String, Value> {
    let machine = &decoded.scenario.machine;
    let mut fields = write_object(rows::MACHINE, decoded, default, context);
    let usual = CostsForm::of(decoded.preset);
    let of_memory = machine.memory.as_ref().map_or(usual.memory, |memory| memory.costs);
    let costs = CostsForm { kernel: machine.costs, memory: of_memory, fork: machine.fork.costs };
    let costs = write_object(rows::COSTS, &costs, &usual, context);
    put_object(&mut fields, "costs", costs);
    if machine.policy != PolicySpec::default() {
        put(&mut fields, "policy", policy(&machine.policy, context));
    }
    let device = |device: &DeviceSpec| {
        let default = rows::default_device(&device.name);
        (device.name.clone(), Value::Object(write_object(rows::DEVICE, device, &default, context)))
    };
    put_object(&mut fields, "devices", memory::declared(machine).iter().map(device).collect());
    if let Some(memory) = memory::write(machine, decoded.preset, context) {
        // A machine whose memory is as usual in all has memory all the same.
        put(&mut fields, "memory", memory.into());
    }
    fields
}

/// A policy: its name, with its parameters if there is something to say about them.
pub(crate) fn policy(spec: &PolicySpec, context: Context<'_>) -> Value {
    let form = PolicyForm::from_spec(spec, context.unit);
    let policy = form.policy();
    let parameters = write_object(policy.rows, &form, &PolicyForm::new(form.tag, context.unit), context);
    if parameters.is_empty() {
        return policy.name.into();
    }
    Map::from_iter([(policy.name.to_owned(), parameters.into())]).into()
}

/// The tasks, with series of equal ones put together again.
fn processes(tasks: &[ProcessSpec], context: Context<'_>) -> Vec<Value> {
    let mut written = Vec::new();
    let mut rest = tasks;
    while let Some(first) = rest.first() {
        let (count, every) = series(rest);
        written.push(process(first, count, every, context));
        rest = &rest[(count.max(1) as usize).min(rest.len())..];
    }
    written
}

/// How many tasks from the first on are one series `W1`, `W2` …, and how far apart; 0 if the first stands alone.
fn series(tasks: &[ProcessSpec]) -> (u32, Nanos) {
    let [first, second, ..] = tasks else { return (0, Nanos::ZERO) };
    let Some(stem) = first.name.strip_suffix('1').filter(|stem| !stem.is_empty()) else {
        return (0, Nanos::ZERO);
    };
    let Some(every) = second.at.0.checked_sub(first.at.0) else { return (0, Nanos::ZERO) };
    let belongs = |(index, task): &(u64, &ProcessSpec)| {
        task.name == format!("{stem}{}", index + 1)
            && every.checked_mul(*index).and_then(|after| first.at.0.checked_add(after)) == Some(task.at.0)
            && ProcessSpec { name: first.name.clone(), at: first.at, ..(*task).clone() } == *first
    };
    match (0..).zip(tasks).take_while(belongs).count() {
        0 | 1 => (0, Nanos::ZERO),
        count => (u32::try_from(count).unwrap_or(u32::MAX), Nanos(every)),
    }
}

/// One element of `processes`.
pub(super) fn process(spec: &ProcessSpec, count: u32, every: Nanos, context: Context<'_>) -> Value {
    let mut form = ProcessForm { spec: spec.clone(), count, every };
    if count > 0 {
        form.spec.name.pop();
    }
    let mut fields = write_object(rows::PROCESS, &form, &ProcessForm::default(), context);
    if !spec.regions.is_empty() {
        put(&mut fields, "regions", memory::write_regions(&spec.regions, context).into());
    }
    fields.into()
}
