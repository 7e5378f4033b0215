//! The textbook's worked examples as schedules, one line each: who has the CPU, from when to when.

use crate::common::{MS, SJF, STCF, THREE, check, mlfq, rr, run, scenario};
use kernelscope_sim::conventions::{Conventions, InstantOrder, MlfqRule4, SjfLength, StcfTie};
use kernelscope_sim::costs::Costs;
use kernelscope_sim::scenario::{Limits, OnIo, OnIoDone, PolicySpec};
use kernelscope_sim::time::{Nanos, Time};

#[test]
fn a_long_job_at_the_head_holds_up_the_short_ones_under_fifo() {
    let jobs = [("A", 0, "cpu 100"), ("B", 0, "cpu 10"), ("C", 0, "cpu 10")];
    check(scenario(PolicySpec::Fifo, &jobs), "A0-100 B100-110 C110-120");
    check(scenario(SJF, &jobs), "B0-10 C10-20 A20-120");
}

#[test]
fn shortest_time_to_completion_preempts_for_late_short_jobs() {
    let jobs = [("A", 0, "cpu 100"), ("B", 10, "cpu 10"), ("C", 10, "cpu 10")];
    check(scenario(SJF, &jobs), "A0-100 B100-110 C110-120");
    check(scenario(STCF, &jobs), "A0-10 B10-20 C20-30 A30-120");
}

#[test]
fn a_switch_cost_makes_a_gap_before_each_turn_of_another_task() {
    let mut costly = scenario(rr(10), &[("A", 0, "cpu 20"), ("B", 0, "cpu 20")]);
    costly.machine.costs = Costs { process_switch: Nanos(MS), ..Costs::default() };
    check(costly.clone(), "A0-10 B11-21 A22-32 B33-43");
    let (machine, _) = run(costly);
    let totals = machine.totals();
    assert_eq!((totals.context_switches, totals.switching, totals.response_sum), (3, Nanos(3 * MS), 11 * MS));
}

#[test]
fn the_order_inside_an_instant_decides_who_queues_first() {
    let jobs = [("A", 0, "cpu 5"), ("B", 2, "cpu 4"), ("C", 4, "cpu 2")];
    check(scenario(rr(2), &jobs), "A0-2 B2-4 A4-6 C6-8 B8-10 A10-11");
    let mut preempted = scenario(rr(2), &jobs);
    preempted.rules.instant_order = InstantOrder::PREEMPTED_FIRST;
    check(preempted, "A0-4 B4-6 A6-7 C7-9 B9-11");
}

#[test]
fn priorities_run_from_the_best_to_the_worst() {
    let policy = PolicySpec::Priority { preemptive: false, quantum: None, aging: None };
    let jobs =
        [("P1", 0, "cpu 10"), ("P2", 0, "cpu 1"), ("P3", 0, "cpu 2"), ("P4", 0, "cpu 1"), ("P5", 0, "cpu 5")];
    let mut it = scenario(policy, &jobs);
    for (process, priority) in it.processes.iter_mut().zip([3, 1, 4, 5, 2]) {
        process.priority = priority;
    }
    check(it, "P20-1 P51-6 P16-16 P316-18 P418-19");
}

#[test]
fn a_cpu_that_waits_with_its_task_wastes_the_time_of_the_io() {
    let jobs = [("A", 0, "repeat 4 { cpu 10; io 10 }; cpu 10"), ("B", 0, "cpu 50")];
    let mut held = scenario(PolicySpec::Fifo, &jobs);
    held.machine.overlap = false;
    check(held, "A0-10 A20-30 A40-50 A60-70 A80-90 B90-140");
    check(scenario(STCF, &jobs), "A0-10 B10-20 A20-30 B30-40 A40-50 B50-60 A60-70 B70-90 A90-100");
    let mut newcomer = scenario(STCF, &jobs);
    newcomer.rules.stcf_tie = StcfTie::Newcomer;
    check(newcomer, "A0-10 B10-20 A20-30 B30-40 A40-50 B50-60 A60-70 B70-80 A80-90 B90-100");
    let mut whole = scenario(STCF, &jobs);
    whole.rules.sjf_length = SjfLength::Job;
    // At 20 both need 40 more, and the running one keeps the CPU.
    check(whole, "A0-10 B10-60 A60-70 A80-90 A100-110 A120-130");
}

#[test]
fn an_interactive_task_stays_at_the_top_beside_a_long_one() {
    let jobs = [("A", 0, "cpu 100"), ("B", 50, "repeat 5 { cpu 1; io 9 }; cpu 1")];
    check(
        scenario(mlfq(&THREE, None), &jobs),
        "A0-50 B50-51 A51-60 B60-61 A61-70 B70-71 A71-80 B80-81 A81-90 B90-91 A91-100 B100-101 A101-106",
    );
}

#[test]
fn lower_levels_may_have_longer_quanta() {
    let policy = mlfq(&[(10, 20), (20, 40), (40, 80)], None);
    check(
        scenario(policy, &[("A", 0, "cpu 140"), ("B", 0, "cpu 140")]),
        "A0-10 B10-20 A20-30 B30-40 A40-60 B60-80 A80-100 B100-120 A120-160 B160-200 A200-240 B240-280",
    );
}

#[test]
fn the_better_accounting_ends_the_gaming_of_rule_4() {
    let shares = |rule4, boost| {
        let jobs = [("G", 0, "repeat { cpu 9; io 1 }"), ("V", 0, "cpu 1000")];
        let mut it = scenario(mlfq(&THREE, boost), &jobs);
        it.rules = Conventions { mlfq_rule4: rule4, ..Conventions::default() };
        it.limits = Limits { until: Some(Time(400 * MS)), ..Limits::default() };
        let (machine, _) = run(it);
        machine.tasks().iter().map(|task| task.account.cpu.0 / MS).collect::<Vec<_>>()
    };
    assert_eq!(shares(MlfqRule4::PerSlice, None), [352, 48]);
    assert_eq!(shares(MlfqRule4::PerSlice, Some(50)), [296, 104]);
    assert_eq!(shares(MlfqRule4::Accounting, None), [140, 260]);
    assert_eq!(shares(MlfqRule4::Accounting, Some(100)), [160, 240]);
}

#[test]
fn the_ring_holds_or_switches_as_the_textbooks_program_does() {
    let jobs = [("A", 0, "cpu 1; io 5; cpu 1"), ("B", 0, "cpu 4")];
    let ring = |on_io, on_io_done| PolicySpec::NextInRing { on_io, on_io_done };
    check(scenario(ring(OnIo::Switch, OnIoDone::Later), &jobs), "A0-1 B1-5 A6-7");
    check(scenario(ring(OnIo::Hold, OnIoDone::Later), &jobs), "A0-1 A6-7 B7-11");
    let both = [("A", 0, "cpu 1; io 2; cpu 1"), ("B", 0, "cpu 4"), ("C", 0, "cpu 4")];
    check(scenario(ring(OnIo::Switch, OnIoDone::Now), &both), "A0-1 B1-3 A3-4 B4-6 C6-10");
}
