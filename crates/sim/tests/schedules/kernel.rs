//! Into the kernel and out of it, and what the model leaves out.

use crate::common::{MS, SJF, rr, run, scenario, schedule};
use crate::setting::{micro, task, until, with};
use kernelscope_sim::costs::Costs;
use kernelscope_sim::event::{Cause, EndReason, EventKind, Wait};
use kernelscope_sim::ids::TaskId;
use kernelscope_sim::machine::{Machine, Progress, Stop};
use kernelscope_sim::scenario::{PolicySpec, Timer};
use kernelscope_sim::sink::Totals;
use kernelscope_sim::time::{Nanos, Time};
use std::sync::Arc;

pub(crate) fn timer_interrupt() {
    let (_, events) = run(scenario(rr(2), &[("A", 0, "cpu 3"), ("B", 0, "cpu 1")]));
    let at = |kind: fn(&EventKind) -> bool| events.iter().position(|event| kind(&event.kind));
    let entry = at(|kind| matches!(kind, EventKind::KernelEntry { cause: Cause::Timer, .. }));
    let slice_end = at(|kind| matches!(kind, EventKind::SliceEnd { .. }));
    assert!(entry.is_some() && entry < slice_end, "the slice ends inside the timer's handler");
}

pub(crate) fn cooperative() {
    let jobs = [("A", 0, "repeat { cpu 10 }"), ("B", 0, "cpu 1")];
    let it = with(until(scenario(rr(2), &jobs), 100), |it| it.machine.timer = Timer::Off);
    assert_eq!(schedule(it.clone()), "A0-100");
    assert_eq!(run(it).0.progress(), Progress::Ended(EndReason::TimeLimit));
    let polite = [("A", 0, "cpu 3; yield; cpu 1"), ("B", 0, "cpu 1")];
    let it = with(scenario(rr(2), &polite), |it| it.machine.timer = Timer::Off);
    assert_eq!(schedule(it), "A0-3 B3-4 A4-5");
}

pub(crate) fn privileged() {
    let (machine, events) =
        run(scenario(PolicySpec::Fifo, &[("A", 0, "cpu 1; privileged set_timer; cpu 9")]));
    assert!(events.iter().any(|event| matches!(event.kind, EventKind::Killed { signal: 11 })));
    assert_eq!((machine.now(), machine.totals().exceptions), (Time(MS), 1));
}

pub(crate) fn syscall_number() {
    let (machine, events) = run(scenario(PolicySpec::Fifo, &[("A", 0, "cpu 1; syscall 9999; cpu 2")]));
    let errors = events.iter().filter(|event| matches!(event.kind, EventKind::SyscallError { number: 9999 }));
    assert_eq!(errors.count(), 1);
    assert_eq!(machine.now(), Time(3 * MS), "the task goes on after the error");
}

pub(crate) fn two_saves() {
    let (_, events) = micro(scenario(rr(2), &[("A", 0, "cpu 3"), ("B", 0, "cpu 1")]));
    let from = events.iter().position(|event| matches!(event.kind, EventKind::KernelEntry { .. })).unwrap();
    let stages: Vec<(&str, Option<TaskId>)> = events[from..]
        .iter()
        .filter_map(|event| match event.kind {
            EventKind::KernelEntry { cause: Cause::Timer, .. } => Some(("user registers saved", event.task)),
            EventKind::SaveKernelRegisters => Some(("kernel registers saved", event.task)),
            EventKind::RestoreKernelRegisters => Some(("kernel registers restored", event.task)),
            EventKind::ReturnFromTrap => Some(("user registers restored", event.task)),
            _ => None,
        })
        .take(4)
        .collect();
    let expected = [
        ("user registers saved", task(0)),
        ("kernel registers saved", task(0)),
        ("kernel registers restored", task(1)),
        ("user registers restored", task(1)),
    ];
    assert_eq!(stages, expected);
}

#[test]
fn the_first_task_of_a_cpu_takes_its_kernel_registers_along_without_a_switch() {
    let it = scenario(PolicySpec::Fifo, &[("A", 0, "cpu 1; io 4; cpu 1"), ("B", 9, "cpu 1")]);
    let mut machine = Machine::new(Arc::new(it)).expect("a scenario that runs");
    let mut saved_at = |ms| {
        machine.run(Stop::Time(Time(ms * MS)), &mut Totals);
        assert_eq!(machine.registers(&machine.cpus()[0]), task(0), "in the CPU at {ms}");
        machine.tasks()[0].kernel_registers_saved
    };
    assert!(!saved_at(0), "it was dispatched");
    assert!(!saved_at(2), "the CPU idles, and holds them while A waits for its device");
    assert!(!saved_at(5), "it came back");
}

#[test]
fn a_task_that_comes_back_on_another_cpu_has_its_kernel_registers_saved_there_first() {
    let jobs = [("A", 0, "cpu 1; io 4; cpu 9"), ("B", 0, "cpu 3"), ("C", 4, "cpu 9")];
    let (machine, events) = micro(with(scenario(PolicySpec::Fifo, &jobs), |it| it.machine.cpus = 2));
    let of_a = events.iter().filter(|event| event.task == task(0)).filter_map(|event| match event.kind {
        EventKind::SaveKernelRegisters => Some(("saved", event.cpu?.get(), event.at.0 / MS)),
        EventKind::RestoreKernelRegisters => Some(("restored", event.cpu?.get(), event.at.0 / MS)),
        _ => None,
    });
    assert_eq!(of_a.collect::<Vec<_>>(), [("saved", 0, 4), ("restored", 1, 5)]);
    assert_eq!(machine.totals().migrations, 1);
}

pub(crate) fn no_nesting() {
    // The timer's handler takes 2 from 4 on; A's device is done at 5.
    let jobs = [("A", 0, "cpu 1; io 4; cpu 1"), ("B", 0, "cpu 9"), ("C", 0, "cpu 9")];
    let woken = |nested| {
        let it = with(scenario(rr(3), &jobs), |it| {
            it.machine.costs = Costs { timer_handler: Nanos(2 * MS), ..Costs::default() };
            it.machine.nested_interrupts = nested;
        });
        let (_, events) = run(it);
        let wake =
            events.iter().find(|event| matches!(event.kind, EventKind::Wake { from: Wait::Io(_), .. }));
        wake.map(|event| event.at.0 / MS)
    };
    assert_eq!((woken(false), woken(true)), (Some(6), Some(5)));
}

pub(crate) fn zombie() {
    let it = with(scenario(PolicySpec::Fifo, &[("A", 0, "cpu 1; exit 7")]), |it| {
        it.machine.reap_after = Nanos(2 * MS);
    });
    let (_, events) = run(it);
    let ends: Vec<(u64, EventKind)> = events
        .iter()
        .filter(|event| matches!(event.kind, EventKind::Exit { .. } | EventKind::Reap { .. }))
        .map(|event| (event.at.0 / MS, event.kind))
        .collect();
    assert_eq!(ends, [(1, EventKind::Exit { status: 7 }), (3, EventKind::Reap { status: 7 })]);
}

pub(crate) fn no_caches() {
    // Two tasks that take turns need no longer than one after the other: only the switch itself costs.
    let jobs = [("A", 0, "cpu 10"), ("B", 0, "cpu 10")];
    let end = |policy| run(scenario(policy, &jobs)).0.now();
    assert_eq!(end(rr(1)), end(PolicySpec::Fifo));
}

pub(crate) fn first_cpu_interrupts() {
    let it =
        with(scenario(rr(5), &[("A", 0, "cpu 9"), ("B", 0, "cpu 1; io 1; cpu 1")]), |it| it.machine.cpus = 2);
    let (_, events) = run(it);
    let device = events
        .iter()
        .find(|event| matches!(event.kind, EventKind::KernelEntry { cause: Cause::Device(_), .. }));
    assert_eq!(device.and_then(|event| event.cpu).map(|cpu| cpu.get()), Some(0));
}

pub(crate) fn no_pick_cost() {
    let many: Vec<String> = (0..50).map(|n| format!("T{n}")).collect();
    let jobs: Vec<(&str, u64, &str)> = many.iter().map(|name| (name.as_str(), 0, "cpu 1")).collect();
    assert_eq!(run(scenario(SJF, &jobs)).0.now(), Time(50 * MS));
}
