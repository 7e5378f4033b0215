//! What the tests of the machine share: short scenarios, and schedules as one line of text.

use std::sync::Arc;

use kernelscope_sim::event::{Event, EventKind};
use kernelscope_sim::machine::{Machine, Stop};
use kernelscope_sim::program::{Names, parse};
use kernelscope_sim::scenario::{LevelSpec, MachineSpec, MlfqSpec, PolicySpec, ProcessSpec, Scenario};
use kernelscope_sim::time::{Nanos, Time};

pub(crate) const MS: u64 = 1_000_000;

pub(crate) fn scenario(policy: PolicySpec, jobs: &[(&str, u64, &str)]) -> Scenario {
    let names = Names { unit: Nanos(MS), devices: &[] };
    let process = |(name, at, program): &(&str, u64, &str)| ProcessSpec {
        name: (*name).to_owned(),
        at: Time(at * MS),
        program: parse::parse(program, &names).expect("a program that reads"),
        ..ProcessSpec::default()
    };
    Scenario {
        machine: MachineSpec { policy, ..MachineSpec::default() },
        processes: jobs.iter().map(process).collect(),
        ..Scenario::default()
    }
}

pub(crate) fn run(scenario: Scenario) -> (Machine, Vec<Event>) {
    let mut machine = Machine::new(Arc::new(scenario)).expect("a scenario that runs");
    let mut events = Vec::new();
    machine.run(Stop::End, &mut events);
    (machine, events)
}

/// The schedule of the first CPU: `A0-10 B10-20`, adjacent segments of one task merged.
pub(crate) fn schedule(scenario: Scenario) -> String {
    let names: Vec<String> = scenario.processes.iter().map(|process| process.name.clone()).collect();
    let (machine, events) = run(scenario);
    let mut segments: Vec<(usize, u64, u64)> = Vec::new();
    let mut running: Option<(usize, u64)> = None;
    let mut close = |running: &mut Option<(usize, u64)>, at: u64| {
        let Some((task, start)) = running.take().filter(|(_, start)| *start < at) else { return };
        match segments.last_mut() {
            Some(last) if last.0 == task && last.2 == start => last.2 = at,
            _ => segments.push((task, start, at)),
        }
    };
    for event in &events {
        let (at, task) = (event.at.0, event.task.map(|task| task.index()));
        match event.kind {
            EventKind::Dispatch { .. } => running = task.map(|task| (task, at)),
            EventKind::ContextSwitch { cost, .. } => running = task.map(|task| (task, at + cost.0)),
            EventKind::SliceEnd { .. }
            | EventKind::Preempt { .. }
            | EventKind::Block { .. }
            | EventKind::Yield
            | EventKind::Exit { .. } => close(&mut running, at),
            _ => {}
        }
    }
    close(&mut running, machine.now().0);
    let show = |at: u64| if at.is_multiple_of(MS) { format!("{}", at / MS) } else { format!("{at}ns") };
    let line: Vec<String> = segments
        .iter()
        .map(|(task, from, to)| format!("{}{}-{}", names[*task], show(*from), show(*to)))
        .collect();
    line.join(" ")
}

pub(crate) fn check(scenario: Scenario, expected: &str) {
    assert_eq!(schedule(scenario), expected);
}

pub(crate) fn rr(quantum: u64) -> PolicySpec {
    PolicySpec::Rr { quantum: Nanos(quantum * MS) }
}

pub(crate) fn mlfq(levels: &[(u64, u64)], boost: Option<u64>) -> PolicySpec {
    let level = |(quantum, allotment): &(u64, u64)| LevelSpec {
        quantum: Nanos(quantum * MS),
        allotment: Nanos(allotment * MS),
    };
    PolicySpec::Mlfq(MlfqSpec {
        levels: levels.iter().map(level).collect(),
        boost: boost.map(|every| Nanos(every * MS)),
        preempt_on_higher: true,
        reserved_top: 0,
        nice_advice: false,
    })
}

pub(crate) const THREE: [(u64, u64); 3] = [(10, 10); 3];
pub(crate) const STCF: PolicySpec = PolicySpec::Stcf { estimate: None };
pub(crate) const SJF: PolicySpec = PolicySpec::Sjf { estimate: None };
