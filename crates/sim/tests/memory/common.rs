//! Short scenarios with memory.

use std::sync::Arc;

use kernelscope_sim::event::{Event, EventKind, MemoryEvent};
use kernelscope_sim::machine::{Machine, Stop};
use kernelscope_sim::mem::spec::{AddressSpec, MemorySpec};
use kernelscope_sim::program::{Names, Program, parse};
use kernelscope_sim::scenario::{DeviceSpec, MachineSpec, ProcessSpec, Scenario, TaskKind};
use kernelscope_sim::sink::Micro;
use kernelscope_sim::time::{Nanos, Time};

pub(crate) const MS: u64 = 1_000_000;

/// Memory that costs nothing: pages of 4 KiB, 16 of them in an address space, a linear table.
pub(crate) fn memory(frames: u32) -> MemorySpec {
    MemorySpec { frames, ..MemorySpec::default() }
}

/// An address space of so many bits with pages of 2^`shift` bytes, in one table.
pub(crate) fn linear(bits: u8, shift: u8) -> AddressSpec {
    AddressSpec { bits, page_shift: shift, levels: vec![bits - shift] }
}

pub(crate) fn program(text: &str) -> Program {
    parse::parse(text, &Names { unit: Nanos(MS), devices: &["disk".to_owned()] })
        .expect("a program that reads")
}

pub(crate) fn process(name: &str, text: &str) -> ProcessSpec {
    ProcessSpec { name: name.to_owned(), program: program(text), ..ProcessSpec::default() }
}

pub(crate) fn daemon() -> ProcessSpec {
    ProcessSpec { kind: TaskKind::KernelThread, ..process("pageout", "reclaim") }
}

pub(crate) fn scenario(memory: MemorySpec, processes: Vec<ProcessSpec>) -> Scenario {
    let disk = DeviceSpec { name: "disk".to_owned(), servers: 1 };
    let machine =
        MachineSpec { devices: vec![disk], memory: Some(Arc::new(memory)), ..MachineSpec::default() };
    Scenario { machine, processes, ..Scenario::default() }
}

/// A run to its end, with all that was told at full detail.
pub(crate) fn run(scenario: Scenario) -> (Machine, Vec<Event>) {
    let mut machine = Machine::new(Arc::new(scenario)).expect("a scenario that runs");
    let mut sink = Micro::default();
    machine.run(Stop::End, &mut sink);
    (machine, sink.0)
}

/// What happened to memory, and when.
pub(crate) fn told(events: &[Event]) -> impl Iterator<Item = (Time, MemoryEvent)> + '_ {
    events.iter().filter_map(|event| match event.kind {
        EventKind::Memory(memory) => Some((event.at, memory)),
        _ => None,
    })
}

/// When the task in this place of the scenario ended, in milliseconds.
pub(crate) fn end_of(machine: &Machine, task: usize) -> f64 {
    machine.tasks()[task].account.completion.expect("it has ended").0 as f64 / MS as f64
}
