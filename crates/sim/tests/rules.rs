//! Every rule of the registry, shown to hold by a case that bears its name. A convention's case differs under its
//! options.

mod common;

use common::{MS, SJF, STCF, THREE, mlfq, rr, run, scenario, schedule};
use kernelscope_sim::conventions::{
    BoostGather, BoostRunning, InstantOrder, IoReturn, IoReturnPreemptsEqual, MlfqRule4, PriorityBest,
    SjfLength, StcfTie, SwitchChargedTo, Tie, WaitingCounts, WakeupPreempts,
};
use kernelscope_sim::costs::Costs;
use kernelscope_sim::event::{Cause, EndReason, Event, EventKind, Wait};
use kernelscope_sim::ids::TaskId;
use kernelscope_sim::machine::{Machine, Progress, Stop};
use kernelscope_sim::rules::{RULES, RuleId};
use kernelscope_sim::scenario::{
    Aging, Estimate, Limits, MlfqSpec, OnIo, OnIoDone, PolicySpec, Scenario, TaskKind, Timer,
};
use kernelscope_sim::sink::Micro;
use kernelscope_sim::time::{Nanos, Time};
use std::sync::Arc;

const CASES: &[(RuleId, fn())] = &[
    (RuleId::InstantOrder, instant_order),
    (RuleId::Tie, tie),
    (RuleId::WaitingCounts, waiting_counts),
    (RuleId::SwitchChargedTo, switch_charged_to),
    (RuleId::PriorityBest, priority_best),
    (RuleId::WakeupPreempts, wakeup_preempts),
    (RuleId::IoReturn, io_return),
    (RuleId::IoReturnPreemptsEqual, io_return_preempts_equal),
    (RuleId::MlfqAccounting, mlfq_accounting),
    (RuleId::MlfqPerSlice, mlfq_per_slice),
    (RuleId::BoostGather, boost_gather),
    (RuleId::BoostRunning, boost_running),
    (RuleId::StcfTie, stcf_tie),
    (RuleId::SjfLength, sjf_length),
    (RuleId::OnlyOne, only_one),
    (RuleId::KernelFirst, kernel_first),
    (RuleId::IdleFirst, idle_first),
    (RuleId::FifoOrder, fifo_order),
    (RuleId::SjfShortest, sjf_shortest),
    (RuleId::StcfShortest, stcf_shortest),
    (RuleId::EstimateAverage, estimate_average),
    (RuleId::RrOrder, rr_order),
    (RuleId::RrSlice, rr_slice),
    (RuleId::PriorityOrder, priority_order),
    (RuleId::PriorityAging, priority_aging),
    (RuleId::MlfqLevel, mlfq_level),
    (RuleId::MlfqTurns, mlfq_turns),
    (RuleId::MlfqNew, mlfq_new),
    (RuleId::MlfqBoost, mlfq_boost),
    (RuleId::RingOrder, ring_order),
    (RuleId::RingNow, ring_now),
    (RuleId::Held, held),
    (RuleId::TimerInterrupt, timer_interrupt),
    (RuleId::Cooperative, cooperative),
    (RuleId::Privileged, privileged),
    (RuleId::SyscallNumber, syscall_number),
    (RuleId::TwoSaves, two_saves),
    (RuleId::NoNesting, no_nesting),
    (RuleId::Zombie, zombie),
    (RuleId::NoCaches, no_caches),
    (RuleId::FirstCpuInterrupts, first_cpu_interrupts),
    (RuleId::NoPickCost, no_pick_cost),
];

#[test]
fn every_rule_has_a_case_that_bears_its_name_and_holds() {
    for rule in RULES {
        let (_, holds) =
            CASES.iter().find(|(id, _)| *id == rule.id).unwrap_or_else(|| panic!("{}", rule.name));
        holds();
    }
}

fn with(mut it: Scenario, change: impl FnOnce(&mut Scenario)) -> Scenario {
    change(&mut it);
    it
}

fn until(it: Scenario, ms: u64) -> Scenario {
    with(it, |it| it.limits = Limits { until: Some(Time(ms * MS)), ..Limits::default() })
}

/// The rule, runner-up and keys of the dispatch of a task at an instant.
fn dispatch(it: Scenario, task: u32, at: u64) -> (RuleId, Option<TaskId>, u64, u64) {
    let (_, events) = run(it);
    let found = events.iter().find_map(|event| match event.kind {
        EventKind::Dispatch { rule, runner_up, key, other }
            if event.task == Some(TaskId::new(task)) && event.at == Time(at * MS) =>
        {
            Some((rule, runner_up, key, other))
        }
        _ => None,
    });
    found.expect("such a dispatch")
}

fn micro(it: Scenario) -> (Machine, Vec<Event>) {
    let mut machine = Machine::new(Arc::new(it)).expect("a scenario that runs");
    let mut events = Micro::default();
    machine.run(Stop::End, &mut events);
    (machine, events.0)
}

fn task(n: u32) -> Option<TaskId> {
    Some(TaskId::new(n))
}

fn priority(preemptive: bool) -> PolicySpec {
    PolicySpec::Priority { preemptive, quantum: None, aging: None }
}

fn prioritised(policy: PolicySpec, jobs: &[(&str, u64, &str)], priorities: &[u32]) -> Scenario {
    with(scenario(policy, jobs), |it| {
        for (process, priority) in it.processes.iter_mut().zip(priorities) {
            process.priority = *priority;
        }
    })
}

fn instant_order() {
    let jobs = [("A", 0, "cpu 4"), ("B", 2, "cpu 2")];
    assert_eq!(schedule(scenario(rr(2), &jobs)), "A0-2 B2-4 A4-6");
    let other = with(scenario(rr(2), &jobs), |it| it.rules.instant_order = InstantOrder::PREEMPTED_FIRST);
    assert_eq!(schedule(other), "A0-4 B4-6");
}

fn tie() {
    // C and B become ready at 1 and 2, with equal bursts; A holds the CPU until 5.
    let jobs = [("A", 0, "cpu 5"), ("B", 2, "cpu 3"), ("C", 1, "cpu 3")];
    let under = |tie| schedule(with(scenario(SJF, &jobs), |it| it.rules.tie = tie));
    assert_eq!(under(Tie::Seq), "A0-5 C5-8 B8-11");
    assert_eq!(under(Tie::List), "A0-5 B5-8 C8-11");
    let renamed = with(scenario(SJF, &jobs), |it| {
        it.rules.tie = Tie::Name;
        it.processes[1].name = "Z".to_owned();
    });
    assert_eq!(schedule(renamed), "A0-5 C5-8 Z8-11");
    assert_eq!(dispatch(scenario(SJF, &jobs), 2, 5), (RuleId::Tie, task(1), 3 * MS, 3 * MS));
}

fn waiting_counts() {
    let jobs = [("A", 0, "cpu 1; io 4; cpu 1")];
    let sum = |counts| {
        run(with(scenario(PolicySpec::Fifo, &jobs), |it| it.rules.waiting_counts = counts))
            .0
            .totals()
            .waiting_sum
    };
    assert_eq!((sum(WaitingCounts::Ready), sum(WaitingCounts::NotRunning)), (0, 4 * MS));
}

fn switch_charged_to() {
    let paid = |who| {
        let it = with(scenario(rr(2), &[("A", 0, "cpu 2"), ("B", 0, "cpu 2")]), |it| {
            it.machine.costs = Costs { process_switch: Nanos(MS), ..Costs::default() };
            it.rules.switch_charged_to = who;
        });
        run(it).0.tasks().iter().map(|task| task.account.kernel.0 / MS).collect::<Vec<_>>()
    };
    assert_eq!(paid(SwitchChargedTo::Incoming), [0, 1]);
    assert_eq!(paid(SwitchChargedTo::Outgoing), [1, 0]);
    assert_eq!(paid(SwitchChargedTo::Nobody), [0, 0]);
}

fn priority_best() {
    let jobs = [("A", 0, "cpu 1"), ("B", 0, "cpu 1")];
    let under = |best| {
        schedule(with(prioritised(priority(false), &jobs, &[1, 2]), |it| it.rules.priority_best = best))
    };
    assert_eq!(under(PriorityBest::Lowest), "A0-1 B1-2");
    assert_eq!(under(PriorityBest::Highest), "B0-1 A1-2");
}

fn wakeup_preempts() {
    let jobs = [("A", 0, "cpu 10"), ("B", 2, "cpu 1")];
    let under =
        |policy, preempts| schedule(with(scenario(policy, &jobs), |it| it.rules.wakeup_preempts = preempts));
    assert_eq!(under(STCF, WakeupPreempts::Policy), "A0-2 B2-3 A3-11");
    assert_eq!(under(STCF, WakeupPreempts::Never), "A0-10 B10-11");
    assert_eq!(under(SJF, WakeupPreempts::Policy), "A0-10 B10-11");
    assert_eq!(under(SJF, WakeupPreempts::AlwaysChecks), "A0-2 B2-3 A3-11");
}

/// A comes back from I/O at 3 to a level where C waits and B runs.
fn returning(head: IoReturn, displaces: IoReturnPreemptsEqual) -> String {
    let jobs = [("A", 0, "cpu 1; io 2; cpu 1"), ("B", 0, "cpu 4"), ("C", 0, "cpu 4")];
    schedule(with(scenario(mlfq(&THREE, None), &jobs), |it| {
        it.rules.io_return = head;
        it.rules.io_return_preempts_equal = displaces;
    }))
}

fn io_return() {
    assert_eq!(returning(IoReturn::Tail, IoReturnPreemptsEqual::No), "A0-1 B1-5 C5-9 A9-10");
    assert_eq!(returning(IoReturn::Head, IoReturnPreemptsEqual::No), "A0-1 B1-5 A5-6 C6-10");
}

fn io_return_preempts_equal() {
    assert_eq!(returning(IoReturn::Head, IoReturnPreemptsEqual::Yes), "A0-1 B1-3 A3-4 B4-6 C6-10");
}

fn gamed(rule4: MlfqRule4) -> Vec<u64> {
    let jobs = [("G", 0, "repeat { cpu 9; io 1 }"), ("V", 0, "cpu 1000")];
    let it = with(scenario(mlfq(&THREE, None), &jobs), |it| it.rules.mlfq_rule4 = rule4);
    run(until(it, 400)).0.tasks().iter().map(|task| task.account.cpu.0 / MS).collect()
}

fn mlfq_accounting() {
    assert_eq!(gamed(MlfqRule4::Accounting), [140, 260]);
}

fn mlfq_per_slice() {
    assert_eq!(gamed(MlfqRule4::PerSlice), [352, 48]);
}

fn boost_gather() {
    // At the boost C runs at the top, A waits at the second level and B at the third.
    let jobs = [("B", 0, "cpu 60"), ("A", 30, "cpu 60"), ("C", 50, "cpu 60")];
    let under = |gather| {
        let it = scenario(mlfq(&[(10, 10), (10, 20), (10, 10)], Some(55)), &jobs);
        schedule(until(with(it, |it| it.rules.boost_gather = gather), 85))
    };
    assert_eq!(under(BoostGather::TopDown), "B0-30 A30-50 C50-65 A65-75 B75-85");
    assert_eq!(under(BoostGather::BottomUp), "B0-30 A30-50 C50-65 B65-75 A75-85");
}

fn boost_running() {
    // At 55 X is in the middle of its slice, and Y waits at the top.
    let jobs = [("X", 0, "cpu 80"), ("Y", 52, "cpu 10")];
    let it = |running| {
        let it = scenario(mlfq(&[(10, 10), (20, 20)], Some(55)), &jobs);
        run(until(with(it, |it| it.rules.boost_running = running), 60)).1
    };
    let requeued = |events: Vec<Event>| {
        events.iter().any(|event| {
            matches!(event.kind, EventKind::Preempt { rule: RuleId::BoostRunning, by: None, .. })
        })
    };
    assert!(!requeued(it(BoostRunning::KeepsCpu)));
    assert!(requeued(it(BoostRunning::Requeued)));
}

fn stcf_tie() {
    let jobs = [("A", 0, "cpu 6"), ("B", 2, "cpu 4")];
    let under = |tie| schedule(with(scenario(STCF, &jobs), |it| it.rules.stcf_tie = tie));
    assert_eq!(under(StcfTie::Running), "A0-6 B6-10");
    assert_eq!(under(StcfTie::Newcomer), "A0-2 B2-6 A6-10");
}

fn sjf_length() {
    let jobs = [("A", 0, "cpu 2; io 1; cpu 20"), ("B", 0, "cpu 5")];
    let under = |length| schedule(with(scenario(SJF, &jobs), |it| it.rules.sjf_length = length));
    assert_eq!(under(SjfLength::Burst), "A0-2 B2-7 A7-27");
    assert_eq!(under(SjfLength::Job), "B0-5 A5-7 A8-28");
}

fn only_one() {
    let (rule, runner_up, ..) = dispatch(scenario(PolicySpec::Fifo, &[("A", 0, "cpu 1")]), 0, 0);
    assert_eq!((rule, runner_up), (RuleId::OnlyOne, None));
}

fn kernel_first() {
    let it = with(scenario(SJF, &[("A", 0, "cpu 5"), ("K", 2, "cpu 9"), ("B", 2, "cpu 1")]), |it| {
        it.processes[1].kind = TaskKind::KernelThread;
    });
    assert_eq!(schedule(it), "A0-2 K2-11 B11-12 A12-15");
}

fn idle_first() {
    // The second CPU is idle when B arrives: A, though longer, keeps the first.
    let it = with(scenario(STCF, &[("A", 0, "cpu 10"), ("B", 2, "cpu 1")]), |it| it.machine.cpus = 2);
    let (machine, events) = run(it);
    assert!(!events.iter().any(|event| matches!(event.kind, EventKind::Preempt { .. })));
    assert_eq!(machine.tasks()[1].last_cpu.map(|cpu| cpu.get()), Some(1));
}

fn fifo_order() {
    let it = scenario(PolicySpec::Fifo, &[("A", 0, "cpu 3"), ("B", 2, "cpu 1"), ("C", 1, "cpu 1")]);
    let (rule, runner_up, key, other) = dispatch(it, 2, 3);
    assert_eq!((rule, runner_up), (RuleId::FifoOrder, task(1)));
    assert!(key < other);
}

fn sjf_shortest() {
    let it = scenario(SJF, &[("A", 0, "cpu 3"), ("B", 1, "cpu 2"), ("C", 2, "cpu 1")]);
    assert_eq!(dispatch(it, 2, 3), (RuleId::SjfShortest, task(1), MS, 2 * MS));
}

fn stcf_shortest() {
    let (_, events) = run(scenario(STCF, &[("A", 0, "cpu 10"), ("B", 2, "cpu 3")]));
    let preemption = events.iter().find_map(|event| match event.kind {
        EventKind::Preempt { rule, by, key, other } => Some((event.at, rule, by, key, other)),
        _ => None,
    });
    assert_eq!(preemption, Some((Time(2 * MS), RuleId::StcfShortest, task(1), 3 * MS, 8 * MS)));
}

fn estimate_average() {
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

fn rr_order() {
    let it = scenario(rr(1), &[("A", 0, "cpu 2"), ("B", 0, "cpu 1"), ("C", 0, "cpu 1")]);
    let (rule, runner_up, ..) = dispatch(it, 1, 1);
    assert_eq!((rule, runner_up), (RuleId::RrOrder, task(2)));
}

fn rr_slice() {
    let ticking = with(scenario(rr(4), &[("A", 0, "cpu 1"), ("B", 0, "cpu 9"), ("C", 0, "cpu 2")]), |it| {
        it.machine.timer = Timer::Every(Nanos(2 * MS));
    });
    // B begins at 1, so its slice is over at 5 and ends at the tick of 6.
    assert_eq!(schedule(ticking), "A0-1 B1-6 C6-8 B8-12");
}

fn priority_order() {
    let it = prioritised(priority(true), &[("A", 0, "cpu 5"), ("B", 2, "cpu 1")], &[5, 3]);
    assert_eq!(schedule(it.clone()), "A0-2 B2-3 A3-6");
    let (_, events) = run(it);
    let preempted = events.iter().any(|event| {
        matches!(event.kind, EventKind::Preempt { rule: RuleId::PriorityOrder, key: 3, other: 5, .. })
    });
    assert!(preempted);
}

fn priority_aging() {
    let aging = Some(Aging { every: Nanos(2 * MS), step: 2 });
    let policy = PolicySpec::Priority { preemptive: true, quantum: None, aging };
    let it = prioritised(policy, &[("A", 0, "cpu 20"), ("B", 0, "cpu 1")], &[1, 5]);
    // B is at 0, better than A, after three periods, and keeps that while it runs.
    assert_eq!(schedule(it), "A0-6 B6-7 A7-21");
}

fn mlfq_level() {
    let it = scenario(mlfq(&THREE, None), &[("A", 0, "cpu 30"), ("B", 15, "cpu 5")]);
    let (_, events) = run(it);
    let preempted = events.iter().any(|event| {
        matches!(event.kind, EventKind::Preempt { rule: RuleId::MlfqLevel, key: 0, other: 1, .. })
    });
    assert!(preempted);
}

fn mlfq_turns() {
    let (rule, runner_up, ..) =
        dispatch(scenario(mlfq(&THREE, None), &[("A", 0, "cpu 30"), ("B", 0, "cpu 30")]), 0, 0);
    assert_eq!((rule, runner_up), (RuleId::MlfqTurns, task(1)));
}

fn mlfq_new() {
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

fn mlfq_boost() {
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

fn ring_order() {
    let policy = PolicySpec::NextInRing { on_io: OnIo::Switch, on_io_done: OnIoDone::Later };
    let jobs = [("A", 0, "cpu 1; io 1; cpu 1"), ("B", 0, "cpu 3"), ("C", 0, "cpu 1")];
    assert_eq!(schedule(scenario(policy, &jobs)), "A0-1 B1-4 C4-5 A5-6");
}

fn ring_now() {
    let policy = PolicySpec::NextInRing { on_io: OnIo::Switch, on_io_done: OnIoDone::Now };
    let jobs = [("A", 0, "cpu 1; io 1; cpu 1"), ("B", 0, "cpu 3"), ("C", 0, "cpu 1")];
    assert_eq!(schedule(scenario(policy, &jobs)), "A0-1 B1-2 A2-3 B3-5 C5-6");
}

fn held() {
    let jobs = [("A", 0, "cpu 1; io 3; cpu 1"), ("B", 0, "cpu 1")];
    let it = with(scenario(PolicySpec::Fifo, &jobs), |it| it.machine.overlap = false);
    assert_eq!(schedule(it.clone()), "A0-1 A4-5 B5-6");
    assert_eq!(dispatch(it.clone(), 0, 4).0, RuleId::Held);
    assert_eq!(run(it).0.totals().iowait, Nanos(3 * MS));
}

fn timer_interrupt() {
    let (_, events) = run(scenario(rr(2), &[("A", 0, "cpu 3"), ("B", 0, "cpu 1")]));
    let at = |kind: fn(&EventKind) -> bool| events.iter().position(|event| kind(&event.kind));
    let entry = at(|kind| matches!(kind, EventKind::KernelEntry { cause: Cause::Timer, .. }));
    let slice_end = at(|kind| matches!(kind, EventKind::SliceEnd { .. }));
    assert!(entry.is_some() && entry < slice_end, "the slice ends inside the timer's handler");
}

fn cooperative() {
    let jobs = [("A", 0, "repeat { cpu 10 }"), ("B", 0, "cpu 1")];
    let it = with(until(scenario(rr(2), &jobs), 100), |it| it.machine.timer = Timer::Off);
    assert_eq!(schedule(it.clone()), "A0-100");
    assert_eq!(run(it).0.progress(), Progress::Ended(EndReason::TimeLimit));
    let polite = [("A", 0, "cpu 3; yield; cpu 1"), ("B", 0, "cpu 1")];
    let it = with(scenario(rr(2), &polite), |it| it.machine.timer = Timer::Off);
    assert_eq!(schedule(it), "A0-3 B3-4 A4-5");
}

fn privileged() {
    let (machine, events) =
        run(scenario(PolicySpec::Fifo, &[("A", 0, "cpu 1; privileged set_timer; cpu 9")]));
    assert!(events.iter().any(|event| matches!(event.kind, EventKind::Killed { signal: 11 })));
    assert_eq!((machine.now(), machine.totals().exceptions), (Time(MS), 1));
}

fn syscall_number() {
    let (machine, events) = run(scenario(PolicySpec::Fifo, &[("A", 0, "cpu 1; syscall 9999; cpu 2")]));
    let errors = events.iter().filter(|event| matches!(event.kind, EventKind::SyscallError { number: 9999 }));
    assert_eq!(errors.count(), 1);
    assert_eq!(machine.now(), Time(3 * MS), "the task goes on after the error");
}

fn two_saves() {
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

fn no_nesting() {
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

fn zombie() {
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

fn no_caches() {
    // Two tasks that take turns need no longer than one after the other: only the switch itself costs.
    let jobs = [("A", 0, "cpu 10"), ("B", 0, "cpu 10")];
    let end = |policy| run(scenario(policy, &jobs)).0.now();
    assert_eq!(end(rr(1)), end(PolicySpec::Fifo));
}

fn first_cpu_interrupts() {
    let it =
        with(scenario(rr(5), &[("A", 0, "cpu 9"), ("B", 0, "cpu 1; io 1; cpu 1")]), |it| it.machine.cpus = 2);
    let (_, events) = run(it);
    let device = events
        .iter()
        .find(|event| matches!(event.kind, EventKind::KernelEntry { cause: Cause::Device(_), .. }));
    assert_eq!(device.and_then(|event| event.cpu).map(|cpu| cpu.get()), Some(0));
}

fn no_pick_cost() {
    let many: Vec<String> = (0..50).map(|n| format!("T{n}")).collect();
    let jobs: Vec<(&str, u64, &str)> = many.iter().map(|name| (name.as_str(), 0, "cpu 1")).collect();
    assert_eq!(run(scenario(SJF, &jobs)).0.now(), Time(50 * MS));
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
