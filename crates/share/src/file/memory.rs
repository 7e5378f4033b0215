//! A machine's memory in a document, and what comes with it unsaid: a disk, and the thread of a page daemon.

use std::sync::Arc;

use kernelscope_sim::costs::Preset;
use kernelscope_sim::diagnostic::{Allowed, Code, Diagnostic};
use kernelscope_sim::ids::DeviceId;
use kernelscope_sim::mem::region::RegionSpec;
use kernelscope_sim::mem::replace::ReplacementSpec;
use kernelscope_sim::mem::spec::{MemoryCosts, Mmu, Reclaim};
use kernelscope_sim::program::{Op, Program};
use kernelscope_sim::scenario::{DeviceSpec, MachineSpec, ProcessSpec, Scenario, TaskKind};
use serde_json::{Map, Value};

use crate::lens::{Context, Reader, read_object, write_object};
use crate::params::memory::{DISK, MEMORY, MemoryForm, REGION, region_at};
use crate::params::mmu::{MODES, mode};
use crate::params::replacement::{self, REPLACEMENTS};
use crate::params::rows::default_device;
use crate::path::At;
use crate::variant;

/// The name of the page daemon that a document need not spell out.
const DAEMON: &str = "kswapd";

/// Reads `machine.memory` into a machine whose devices are known.
pub(super) fn read(
    reader: &mut Reader<'_>,
    value: &Value,
    at: At<'_>,
    (preset, costs): (Preset, MemoryCosts),
    machine: &mut MachineSpec,
) {
    let mut form = MemoryForm::new(preset);
    read_object(reader, MEMORY, &["mmu", "replacement"], value, at, &mut form);
    if let Some(mode) = value.get("mmu") {
        form.mmu = variant::read(reader, MODES, mode, at.field("mmu")).unwrap_or_default();
    }
    if let Some(policy) = value.get("replacement") {
        let policy = variant::read(reader, REPLACEMENTS, policy, at.field("replacement"));
        form.replacement = policy.unwrap_or_default();
    }
    let position = machine.devices.iter().position(|device| device.name == form.disk);
    let disk = position.unwrap_or_else(|| {
        if form.disk == DISK {
            machine.devices.push(default_device(DISK));
            return machine.devices.len() - 1;
        }
        let known = || machine.devices.iter().map(|device| device.name.as_str());
        let problem = Diagnostic::new("", Code::UnknownName).found(&form.disk).near(known());
        let allowed = Allowed::OneOf(known().map(str::to_owned).collect());
        reader.refuse(at.field("disk"), problem.allowed(allowed));
        0
    });
    machine.memory = Some(Arc::new(form.into_spec(DeviceId::from_index(disk), costs)));
}

/// Writes `machine.memory`; nothing for a machine without.
pub(super) fn write(
    machine: &MachineSpec,
    preset: Preset,
    context: Context<'_>,
) -> Option<Map<String, Value>> {
    let spec = machine.memory.as_ref()?;
    let disk = machine.devices.get(spec.disk.index()).map_or("", |device| device.name.as_str());
    let form = MemoryForm::of(spec, disk, preset);
    let mut fields = write_object(MEMORY, &form, &MemoryForm::new(preset), context);
    if form.mmu != Mmu::Paged {
        fields.insert("mmu".to_owned(), mode(&form.mmu).write(&form.mmu, context));
    }
    if form.replacement != ReplacementSpec::default() {
        fields.insert("replacement".to_owned(), replacement(&form.replacement, context));
    }
    Some(fields)
}

/// A policy of replacement: its name, with its parameters if there is something to say about them.
pub(crate) fn replacement(spec: &ReplacementSpec, context: Context<'_>) -> Value {
    replacement::replacement(spec).write(spec, context)
}

/// The devices that a document has to declare: all but the disk that comes with memory.
pub(super) fn declared(machine: &MachineSpec) -> &[DeviceSpec] {
    match (&machine.memory, machine.devices.split_last()) {
        (Some(memory), Some((last, others)))
            if memory.disk.index() == others.len() && *last == default_device(DISK) =>
        {
            others
        }
        _ => &machine.devices,
    }
}

/// The tasks that a document has to spell out: all but the page daemon that comes with the watermarks.
pub(super) fn spelled_out(scenario: &Scenario) -> &[ProcessSpec] {
    match scenario.processes.split_last() {
        Some((last, others))
            if *last == daemon() && wants_daemon(scenario) && !others.iter().any(is_daemon) =>
        {
            others
        }
        _ => &scenario.processes,
    }
}

/// Adds the page daemon, where there has to be one and the document spells out none.
pub(super) fn add_daemon(scenario: &mut Scenario) {
    if wants_daemon(scenario) && !scenario.processes.iter().any(is_daemon) {
        scenario.processes.push(daemon());
    }
}

fn wants_daemon(scenario: &Scenario) -> bool {
    scenario.machine.memory.as_ref().is_some_and(|memory| memory.reclaim != Reclaim::Direct)
}

fn is_daemon(task: &ProcessSpec) -> bool {
    task.program.0.first() == Some(&Op::Reclaim)
}

fn daemon() -> ProcessSpec {
    ProcessSpec {
        name: DAEMON.to_owned(),
        kind: TaskKind::KernelThread,
        program: Program(vec![Op::Reclaim]),
        ..ProcessSpec::default()
    }
}

/// Reads the regions of a process. One that does not say where it begins lies behind the one before it.
pub(super) fn read_regions(reader: &mut Reader<'_>, value: &Value, at: At<'_>) -> Vec<RegionSpec> {
    let mut regions: Vec<RegionSpec> = Vec::new();
    for (place, value) in reader.list(value, at).into_iter().flatten().enumerate() {
        let at = at.element(place);
        let mut region = region_at(behind(regions.last()));
        read_object(reader, REGION, &[], value, at, &mut region);
        if value.is_object() && value.get("name").is_none() {
            reader.refuse(at.field("name"), Diagnostic::new("", Code::Missing));
        }
        regions.push(region);
    }
    regions
}

/// Writes the regions of a process.
pub(super) fn write_regions(regions: &[RegionSpec], context: Context<'_>) -> Vec<Value> {
    let before = std::iter::once(None).chain(regions.iter().map(Some));
    let write = |(region, before)| write_object(REGION, region, &region_at(behind(before)), context).into();
    regions.iter().zip(before).map(write).collect()
}

fn behind(region: Option<&RegionSpec>) -> u64 {
    region.map_or(0, |region| region.start.saturating_add(region.pages.into()))
}
