//! What textbooks promise of the classic policies.

use kernelscope_sim::conventions::Conventions;
use kernelscope_sim::program::{Op, Program};
use kernelscope_sim::scenario::{MachineSpec, PolicySpec, ProcessSpec, Scenario};
use kernelscope_sim::time::{Nanos, Time};
use proptest::collection::vec;
use proptest::prelude::*;

use crate::random;
use crate::watch;

/// Tasks that only compute.
fn computing(policy: PolicySpec, rules: Conventions, jobs: &[(u64, u64)]) -> Scenario {
    let process = |(number, &(at, cpu)): (usize, &(u64, u64))| ProcessSpec {
        name: format!("J{number}"),
        at: Time(at),
        program: Program(vec![Op::Cpu(Nanos(cpu))]),
        ..ProcessSpec::default()
    };
    Scenario {
        machine: MachineSpec { policy, ..MachineSpec::default() },
        rules,
        processes: jobs.iter().enumerate().map(process).collect(),
        ..Scenario::default()
    }
}

fn jobs() -> impl Strategy<Value = Vec<(u64, u64)>> {
    vec((0..=20u64, 1..=12u64), 1..=6)
}

const PRIORITY: PolicySpec = PolicySpec::Priority { preemptive: true, quantum: None, aging: None };

proptest! {
    #[test]
    fn first_in_first_out(jobs in jobs(), rules in random::conventions()) {
        let trace = watch(&computing(PolicySpec::Fifo, rules, &jobs));
        let mut order: Vec<usize> = (0..jobs.len()).collect();
        order.sort_by_key(|job| (jobs[*job].0, *job));
        let ends: Vec<_> = order.iter().map(|job| trace.tasks[*job].completion).collect();
        prop_assert!(ends.is_sorted(), "{:?}", ends);
    }

    #[test]
    fn in_round_robin_everybody_starts_soon_and_nobody_gets_ahead(
        lengths in vec(1..=40u64, 1..=6),
        quantum in 1..=9u64,
        rules in random::conventions(),
    ) {
        let jobs: Vec<(u64, u64)> = lengths.iter().map(|length| (0, *length)).collect();
        let trace = watch(&computing(PolicySpec::Rr { quantum: Nanos(quantum) }, rules, &jobs));
        let soon = (jobs.len() as u64 - 1) * quantum;
        for times in &trace.tasks {
            prop_assert!(times.first_run.is_some_and(|first| first <= soon));
        }
        let first_end = trace.tasks.iter().filter_map(|times| times.completion).min().unwrap_or(0);
        for instant in 0..=first_end {
            let cpu = (0..jobs.len() as u32).map(|task| trace.cpu_between(task, 0, instant));
            let (least, most) = cpu.fold((u64::MAX, 0), |(least, most), cpu| (least.min(cpu), most.max(cpu)));
            prop_assert!(most - least <= quantum, "{} and {} at {}", least, most, instant);
        }
    }

    #[test]
    fn round_robin_with_a_quantum_that_nobody_needs_is_first_in_first_out(
        jobs in jobs(),
        rules in random::conventions(),
    ) {
        let rr = watch(&computing(PolicySpec::Rr { quantum: Nanos(12) }, rules, &jobs));
        let fifo = watch(&computing(PolicySpec::Fifo, rules, &jobs));
        prop_assert_eq!(rr.segments, fifo.segments);
    }

    #[test]
    fn equal_priorities_are_none(jobs in jobs(), rules in random::conventions()) {
        let rules = Conventions { tie: kernelscope_sim::conventions::Tie::Seq, ..rules };
        let priority = watch(&computing(PRIORITY, rules, &jobs));
        let fifo = watch(&computing(PolicySpec::Fifo, rules, &jobs));
        prop_assert_eq!(priority.segments, fifo.segments);
    }
}
