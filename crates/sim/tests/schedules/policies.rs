//! Who runs next.

use crate::common::{MS, SJF, STCF, THREE, mlfq, rr, run, scenario, schedule};
use crate::setting::{dispatch, micro, prioritised, priority, task, until, with};
use kernelscope_sim::conventions::MlfqRule4;
use kernelscope_sim::event::EventKind;
use kernelscope_sim::rules::RuleId;
use kernelscope_sim::scenario::{Aging, Estimate, MlfqSpec, OnIo, OnIoDone, PolicySpec, TaskKind, Timer};
use kernelscope_sim::time::{Nanos, Time};

pub(crate) fn only_one() {
    let (rule, runner_up, ..) = dispatch(scenario(PolicySpec::Fifo, &[("A", 0, "cpu 1")]), 0, 0);
    assert_eq!((rule, runner_up), (RuleId::OnlyOne, None));
}

pub(crate) fn kernel_first() {
    let it = with(scenario(SJF, &[("A", 0, "cpu 5"), ("K", 2, "cpu 9"), ("B", 2, "cpu 1")]), |it| {
        it.processes[1].kind = TaskKind::KernelThread;
    });
    assert_eq!(schedule(it), "A0-2 K2-11 B11-12 A12-15");
}

pub(crate) fn idle_first() {
    // The second CPU is idle when B arrives: A, though longer, keeps the first.
    let it = with(scenario(STCF, &[("A", 0, "cpu 10"), ("B", 2, "cpu 1")]), |it| it.machine.cpus = 2);
    let (machine, events) = run(it);
    assert!(!events.iter().any(|event| matches!(event.kind, EventKind::Preempt { .. })));
    assert_eq!(machine.tasks()[1].last_cpu.map(|cpu| cpu.get()), Some(1));
}

pub(crate) fn fifo_order() {
    let it = scenario(PolicySpec::Fifo, &[("A", 0, "cpu 3"), ("B", 2, "cpu 1"), ("C", 1, "cpu 1")]);
    let (rule, runner_up, key, other) = dispatch(it, 2, 3);
    assert_eq!((rule, runner_up), (RuleId::FifoOrder, task(1)));
    assert!(key < other);
}

pub(crate) fn sjf_shortest() {
    let it = scenario(SJF, &[("A", 0, "cpu 3"), ("B", 1, "cpu 2"), ("C", 2, "cpu 1")]);
    assert_eq!(dispatch(it, 2, 3), (RuleId::SjfShortest, task(1), MS, 2 * MS));
}

pub(crate) fn stcf_shortest() {
    let (_, events) = run(scenario(STCF, &[("A", 0, "cpu 10"), ("B", 2, "cpu 3")]));
    let preemption = events.iter().find_map(|event| match event.kind {
        EventKind::Preempt { rule, by, key, other } => Some((event.at, rule, by, key, other)),
        _ => None,
    });
    assert_eq!(preemption, Some((Time(2 * MS), RuleId::StcfShortest, task(1), 3 * MS, 8 * MS)));
}

pub(crate) fn estimate_average() {
    let estimate = Some(Estimate { initial: Nanos(10 * MS), alpha_percent: 50 });
    let jobs = [("A", 0, "cpu 4; io 1; cpu 6; io 1; cpu 13; io 1; cpu 1")];
    let (_, events) = run(scenario(PolicySpec::Sjf { estimate }, &jobs));
    let guesses: Vec<u64> = events
        .iter()
        .filter_map(|event| match event.kind {
            EventKind::Estimate { next, .. } => Some(next.0),
            _ => None,
        })
        .collect();
    assert_eq!(guesses, [7 * MS, 6_500_000, 9_750_000]);
}

pub(crate) fn rr_order() {
    let it = scenario(rr(1), &[("A", 0, "cpu 2"), ("B", 0, "cpu 1"), ("C", 0, "cpu 1")]);
    let (rule, runner_up, ..) = dispatch(it, 1, 1);
    assert_eq!((rule, runner_up), (RuleId::RrOrder, task(2)));
}

pub(crate) fn rr_slice() {
    let ticking = with(scenario(rr(4), &[("A", 0, "cpu 1"), ("B", 0, "cpu 9"), ("C", 0, "cpu 2")]), |it| {
        it.machine.timer = Timer::Every(Nanos(2 * MS));
    });
    // B begins at 1, so its slice is over at 5 and ends at the tick of 6.
    assert_eq!(schedule(ticking), "A0-1 B1-6 C6-8 B8-12");
}

pub(crate) fn priority_order() {
    let it = prioritised(priority(true), &[("A", 0, "cpu 5"), ("B", 2, "cpu 1")], &[5, 3]);
    assert_eq!(schedule(it.clone()), "A0-2 B2-3 A3-6");
    let (_, events) = run(it);
    let preempted = events.iter().any(|event| {
        matches!(event.kind, EventKind::Preempt { rule: RuleId::PriorityOrder, key: 3, other: 5, .. })
    });
    assert!(preempted);
}

pub(crate) fn priority_aging() {
    let aging = Some(Aging { every: Nanos(2 * MS), step: 2 });
    let policy = PolicySpec::Priority { preemptive: true, quantum: None, aging };
    let it = prioritised(policy, &[("A", 0, "cpu 20"), ("B", 0, "cpu 1")], &[1, 5]);
    // B is at 0, better than A, after three periods, and keeps that while it runs.
    assert_eq!(schedule(it), "A0-6 B6-7 A7-21");
}

pub(crate) fn mlfq_level() {
    let it = scenario(mlfq(&THREE, None), &[("A", 0, "cpu 30"), ("B", 15, "cpu 5")]);
    let (_, events) = run(it);
    let preempted = events.iter().any(|event| {
        matches!(event.kind, EventKind::Preempt { rule: RuleId::MlfqLevel, key: 0, other: 1, .. })
    });
    assert!(preempted);
}

pub(crate) fn mlfq_turns() {
    let (rule, runner_up, ..) =
        dispatch(scenario(mlfq(&THREE, None), &[("A", 0, "cpu 30"), ("B", 0, "cpu 30")]), 0, 0);
    assert_eq!((rule, runner_up), (RuleId::MlfqTurns, task(1)));
}

pub(crate) fn mlfq_new() {
    let spec = |reserved_top, nice_advice| {
        let PolicySpec::Mlfq(spec) = mlfq(&[(10, 10); 4], None) else { unreachable!() };
        PolicySpec::Mlfq(MlfqSpec { reserved_top, nice_advice, ..spec })
    };
    let starts_at = |policy, nice| {
        let it = with(scenario(policy, &[("A", 0, "cpu 1")]), |it| it.processes[0].nice = nice);
        micro(it).1.iter().find_map(|event| match event.kind {
            EventKind::Enqueue { level, .. } => Some(level),
            _ => None,
        })
    };
    assert_eq!(starts_at(spec(0, false), 19), Some(0));
    assert_eq!(starts_at(spec(2, false), 0), Some(2));
    assert_eq!(starts_at(spec(0, true), 10), Some(2));
    assert_eq!(starts_at(spec(0, true), -20), Some(0));
}

pub(crate) fn mlfq_boost() {
    let jobs =
        [("L", 0, "cpu 1000"), ("I", 100, "repeat { cpu 5; io 5 }"), ("J", 100, "repeat { cpu 5; io 5 }")];
    let it = with(scenario(mlfq(&THREE, Some(50)), &jobs), |it| it.rules.mlfq_rule4 = MlfqRule4::PerSlice);
    let (_, events) = run(until(it, 300));
    let boosts: Vec<u64> = events
        .iter()
        .filter(|event| matches!(event.kind, EventKind::Boost { .. }))
        .map(|event| event.at.0 / MS)
        .collect();
    assert_eq!(boosts, [50, 100, 150, 200, 250, 300]);
}

pub(crate) fn ring_order() {
    let policy = PolicySpec::NextInRing { on_io: OnIo::Switch, on_io_done: OnIoDone::Later };
    let jobs = [("A", 0, "cpu 1; io 1; cpu 1"), ("B", 0, "cpu 3"), ("C", 0, "cpu 1")];
    assert_eq!(schedule(scenario(policy, &jobs)), "A0-1 B1-4 C4-5 A5-6");
}

pub(crate) fn ring_now() {
    let policy = PolicySpec::NextInRing { on_io: OnIo::Switch, on_io_done: OnIoDone::Now };
    let jobs = [("A", 0, "cpu 1; io 1; cpu 1"), ("B", 0, "cpu 3"), ("C", 0, "cpu 1")];
    assert_eq!(schedule(scenario(policy, &jobs)), "A0-1 B1-2 A2-3 B3-5 C5-6");
}

pub(crate) fn held() {
    let jobs = [("A", 0, "cpu 1; io 3; cpu 1"), ("B", 0, "cpu 1")];
    let it = with(scenario(PolicySpec::Fifo, &jobs), |it| it.machine.overlap = false);
    assert_eq!(schedule(it.clone()), "A0-1 A4-5 B5-6");
    assert_eq!(dispatch(it.clone(), 0, 4).0, RuleId::Held);
    assert_eq!(run(it).0.totals().iowait, Nanos(3 * MS));
}

#[test]
fn one_queue_feeds_four_cpus_as_the_lecture_draws_it() {
    let jobs = ["A", "B", "C", "D", "E"].map(|name| (name, 0, "cpu 4"));
    let it = with(until(scenario(rr(1), &jobs), 5), |it| it.machine.cpus = 4);
    let (_, events) = run(it);
    let on_cpu = |cpu: u16| -> String {
        let dispatched = events.iter().filter(|event| {
            matches!(event.kind, EventKind::Dispatch { .. })
                && event.cpu.is_some_and(|id| id.get() == cpu)
                && event.at < Time(5 * MS)
        });
        dispatched.filter_map(|event| event.task).map(|task| char::from(b'A' + task.get() as u8)).collect()
    };
    assert_eq!([0, 1, 2, 3].map(on_cpu), ["AEDCB", "BAEDC", "CBAED", "DCBAE"]);
}
