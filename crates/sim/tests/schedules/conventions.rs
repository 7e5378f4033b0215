//! The rules that a scenario chooses.

use crate::common::{MS, SJF, STCF, THREE, mlfq, rr, run, scenario, schedule};
use crate::setting::{dispatch, prioritised, priority, task, until, with};
use kernelscope_sim::conventions::{
    BoostGather, BoostRunning, InstantOrder, IoReturn, IoReturnPreemptsEqual, MlfqRule4, PriorityBest,
    SjfLength, StcfTie, SwitchChargedTo, Tie, WaitingCounts, WakeupPreempts,
};
use kernelscope_sim::costs::Costs;
use kernelscope_sim::event::{Event, EventKind};
use kernelscope_sim::rules::RuleId;
use kernelscope_sim::scenario::PolicySpec;
use kernelscope_sim::time::Nanos;

pub(crate) fn instant_order() {
    let jobs = [("A", 0, "cpu 4"), ("B", 2, "cpu 2")];
    assert_eq!(schedule(scenario(rr(2), &jobs)), "A0-2 B2-4 A4-6");
    let other = with(scenario(rr(2), &jobs), |it| it.rules.instant_order = InstantOrder::PREEMPTED_FIRST);
    assert_eq!(schedule(other), "A0-4 B4-6");
}

pub(crate) fn tie() {
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

pub(crate) fn waiting_counts() {
    let jobs = [("A", 0, "cpu 1; io 4; cpu 1")];
    let sum = |counts| {
        run(with(scenario(PolicySpec::Fifo, &jobs), |it| it.rules.waiting_counts = counts))
            .0
            .totals()
            .waiting_sum
    };
    assert_eq!((sum(WaitingCounts::Ready), sum(WaitingCounts::NotRunning)), (0, 4 * MS));
}

pub(crate) fn switch_charged_to() {
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

pub(crate) fn priority_best() {
    let jobs = [("A", 0, "cpu 1"), ("B", 0, "cpu 1")];
    let under = |best| {
        schedule(with(prioritised(priority(false), &jobs, &[1, 2]), |it| it.rules.priority_best = best))
    };
    assert_eq!(under(PriorityBest::Lowest), "A0-1 B1-2");
    assert_eq!(under(PriorityBest::Highest), "B0-1 A1-2");
}

pub(crate) fn wakeup_preempts() {
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

pub(crate) fn io_return() {
    assert_eq!(returning(IoReturn::Tail, IoReturnPreemptsEqual::No), "A0-1 B1-5 C5-9 A9-10");
    assert_eq!(returning(IoReturn::Head, IoReturnPreemptsEqual::No), "A0-1 B1-5 A5-6 C6-10");
}

pub(crate) fn io_return_preempts_equal() {
    assert_eq!(returning(IoReturn::Head, IoReturnPreemptsEqual::Yes), "A0-1 B1-3 A3-4 B4-6 C6-10");
}

fn gamed(rule4: MlfqRule4) -> Vec<u64> {
    let jobs = [("G", 0, "repeat { cpu 9; io 1 }"), ("V", 0, "cpu 1000")];
    let it = with(scenario(mlfq(&THREE, None), &jobs), |it| it.rules.mlfq_rule4 = rule4);
    run(until(it, 400)).0.tasks().iter().map(|task| task.account.cpu.0 / MS).collect()
}

pub(crate) fn mlfq_accounting() {
    assert_eq!(gamed(MlfqRule4::Accounting), [140, 260]);
}

pub(crate) fn mlfq_per_slice() {
    assert_eq!(gamed(MlfqRule4::PerSlice), [352, 48]);
}

pub(crate) fn boost_gather() {
    // At the boost C runs at the top, A waits at the second level and B at the third.
    let jobs = [("B", 0, "cpu 60"), ("A", 30, "cpu 60"), ("C", 50, "cpu 60")];
    let under = |gather| {
        let it = scenario(mlfq(&[(10, 10), (10, 20), (10, 10)], Some(55)), &jobs);
        schedule(until(with(it, |it| it.rules.boost_gather = gather), 85))
    };
    assert_eq!(under(BoostGather::TopDown), "B0-30 A30-50 C50-65 A65-75 B75-85");
    assert_eq!(under(BoostGather::BottomUp), "B0-30 A30-50 C50-65 B65-75 A75-85");
}

pub(crate) fn boost_running() {
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

pub(crate) fn stcf_tie() {
    let jobs = [("A", 0, "cpu 6"), ("B", 2, "cpu 4")];
    let under = |tie| schedule(with(scenario(STCF, &jobs), |it| it.rules.stcf_tie = tie));
    assert_eq!(under(StcfTie::Running), "A0-6 B6-10");
    assert_eq!(under(StcfTie::Newcomer), "A0-2 B2-6 A6-10");
}

pub(crate) fn sjf_length() {
    let jobs = [("A", 0, "cpu 2; io 1; cpu 20"), ("B", 0, "cpu 5")];
    let under = |length| schedule(with(scenario(SJF, &jobs), |it| it.rules.sjf_length = length));
    assert_eq!(under(SjfLength::Burst), "A0-2 B2-7 A7-27");
    assert_eq!(under(SjfLength::Job), "B0-5 A5-7 A8-28");
}
