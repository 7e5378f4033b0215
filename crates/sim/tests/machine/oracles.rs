//! The policies a second time: written from their rules alone, slow and obvious, one tick after the other.
//!
//! Nothing here shares code or ideas with the machine: no clock that jumps, no heaps, no lists by level, just a loop
//! that asks in every tick who should run where. On random workloads, one to three CPUs, both must choose the same
//! tasks in every tick.

mod optimum;
mod ticker;

use kernelscope_sim::conventions::{Conventions, InstantOrder, MlfqRule4, SjfLength, StcfTie, Tie};
use kernelscope_sim::ids::DeviceId;
use kernelscope_sim::program::{Op, Program};
use kernelscope_sim::scenario::{
    Aging, DeviceSpec, Estimate, LevelSpec, MachineSpec, MlfqSpec, PolicySpec, ProcessSpec, Scenario, Timer,
};
use kernelscope_sim::time::{Nanos, Time};
use proptest::prelude::*;

use crate::watch;
use ticker::{Burst, Job, Length, Rule, Schedule, Workload};

const TICK: u64 = 1_000_000;

fn ticks(n: u64) -> Nanos {
    Nanos(n * TICK)
}

fn estimate(length: Length) -> Option<Estimate> {
    match length {
        Length::Guess { initial, alpha } => Some(Estimate {
            initial: ticks(initial),
            alpha_percent: u8::try_from(alpha).expect("a percentage"),
        }),
        Length::Burst | Length::Job => None,
    }
}

/// The same workload as a scenario.
fn scenario(workload: &Workload) -> Scenario {
    let device = workload.shared_disk.then(|| DeviceId::new(0));
    let processes = workload.jobs.iter().enumerate().map(|(number, job)| {
        let bursts = job
            .bursts
            .iter()
            .flat_map(|burst| [Op::Cpu(ticks(burst.cpu)), Op::Io { device, time: ticks(burst.io) }]);
        let mut program: Vec<Op> = bursts.collect();
        program.pop();
        ProcessSpec {
            name: format!("J{number}"),
            at: Time::ZERO + ticks(job.at),
            priority: job.priority,
            program: Program(program),
            ..ProcessSpec::default()
        }
    });
    let policy = match &workload.rule {
        Rule::Fifo => PolicySpec::Fifo,
        Rule::Sjf { length } => PolicySpec::Sjf { estimate: estimate(*length) },
        Rule::Stcf { length, .. } => PolicySpec::Stcf { estimate: estimate(*length) },
        Rule::Rr { quantum } => PolicySpec::Rr { quantum: ticks(*quantum) },
        Rule::Priority { preemptive, quantum, aging } => PolicySpec::Priority {
            preemptive: *preemptive,
            quantum: quantum.map(ticks),
            aging: aging.map(|(every, step)| Aging { every: ticks(every), step }),
        },
        Rule::Mlfq { levels, boost, .. } => PolicySpec::Mlfq(MlfqSpec {
            levels: levels
                .iter()
                .map(|(quantum, slices)| LevelSpec {
                    quantum: ticks(*quantum),
                    allotment: ticks(quantum * slices),
                })
                .collect(),
            boost: boost.map(ticks),
            preempt_on_higher: true,
            reserved_top: 0,
            nice_advice: false,
        }),
    };
    let per_slice = matches!(workload.rule, Rule::Mlfq { per_slice: true, .. });
    let whole_job =
        matches!(workload.rule, Rule::Sjf { length: Length::Job } | Rule::Stcf { length: Length::Job, .. });
    let newcomer = matches!(workload.rule, Rule::Stcf { newcomer: true, .. });
    Scenario {
        machine: MachineSpec {
            cpus: u16::try_from(workload.cpus).expect("few CPUs"),
            policy,
            devices: vec![DeviceSpec { name: "disk".to_owned(), servers: 1 }],
            timer: workload.timer.map_or(Timer::Exact, |every| Timer::Every(ticks(every))),
            ..MachineSpec::default()
        },
        rules: Conventions {
            instant_order: if workload.preempted_first {
                InstantOrder::PREEMPTED_FIRST
            } else {
                InstantOrder::ARRIVALS_FIRST
            },
            tie: if workload.ties_by_number { Tie::List } else { Tie::Seq },
            mlfq_rule4: if per_slice { MlfqRule4::PerSlice } else { MlfqRule4::Accounting },
            sjf_length: if whole_job { SjfLength::Job } else { SjfLength::Burst },
            stcf_tie: if newcomer { StcfTie::Newcomer } else { StcfTie::Running },
            ..Conventions::default()
        },
        processes: processes.collect(),
        ..Scenario::default()
    }
}

/// Who ran in each tick on each CPU, and at which level.
fn schedule(scenario: &Scenario) -> Schedule {
    let trace = watch(scenario);
    let mut schedule = vec![vec![None; scenario.machine.cpus.into()]; (trace.end / TICK) as usize];
    for run in trace.runs() {
        for tick in run.start / TICK..(run.start + run.length) / TICK {
            schedule[tick as usize][usize::from(run.cpu)] = run.task.map(|task| (task, run.level));
        }
    }
    schedule
}

fn jobs() -> impl Strategy<Value = Vec<Job>> {
    let burst = (1..=6u64, 0..=5u64).prop_map(|(cpu, io)| Burst { cpu, io });
    let job = (0..=12u64, 0..=4u32, proptest::collection::vec(burst, 1..=3));
    let job = job.prop_map(|(at, priority, bursts)| Job { at, priority, bursts });
    proptest::collection::vec(job, 1..=5)
}

fn workload(rule: impl Strategy<Value = Rule>) -> impl Strategy<Value = Workload> {
    (jobs(), 1..=3usize, rule, any::<[bool; 3]>()).prop_map(|(mut jobs, cpus, rule, flags)| {
        let [preempted_first, ties_by_number, shared_disk] = flags;
        // Where the queue is its own order, a tie by number would make it none.
        let ties_by_number = ties_by_number && matches!(rule, Rule::Sjf { .. } | Rule::Stcf { .. });
        if shared_disk {
            // Requests that take no time make a queue of their own inside the instant.
            jobs.iter_mut().flat_map(|job| &mut job.bursts).for_each(|burst| burst.io = burst.io.max(1));
        }
        Workload { jobs, cpus, rule, preempted_first, ties_by_number, shared_disk, timer: None }
    })
}

fn mlfq() -> impl Strategy<Value = Rule> {
    let levels = proptest::collection::vec((1..=5u64, 1..=3u64), 1..=4);
    (levels, proptest::option::of(1..=20u64), any::<bool>())
        .prop_map(|(levels, boost, per_slice)| Rule::Mlfq { levels, boost, per_slice })
}

fn priority() -> impl Strategy<Value = Rule> {
    let aging = proptest::option::of((1..=6u64, 1..=2u32));
    (any::<bool>(), proptest::option::of(1..=4u64), aging)
        .prop_map(|(preemptive, quantum, aging)| Rule::Priority { preemptive, quantum, aging })
}

fn length() -> impl Strategy<Value = Length> {
    let guess = (0..=6u64, 0..=100u64).prop_map(|(initial, alpha)| Length::Guess { initial, alpha });
    prop_oneof![Just(Length::Burst), Just(Length::Job), guess]
}

fn sjf() -> impl Strategy<Value = Rule> {
    length().prop_map(|length| Rule::Sjf { length })
}

fn stcf() -> impl Strategy<Value = Rule> {
    (length(), any::<bool>()).prop_map(|(length, newcomer)| Rule::Stcf { length, newcomer })
}

fn agree(workload: &Workload) -> Result<(), TestCaseError> {
    prop_assert_eq!(schedule(&scenario(workload)), ticker::run(workload));
    Ok(())
}

proptest! {
    #[test]
    fn fifo_agrees(workload in workload(Just(Rule::Fifo))) {
        agree(&workload)?;
    }

    #[test]
    fn sjf_agrees(workload in workload(sjf())) {
        agree(&workload)?;
    }

    #[test]
    fn stcf_agrees(workload in workload(stcf())) {
        agree(&workload)?;
    }

    #[test]
    fn rr_agrees(workload in workload((1..=5u64).prop_map(|quantum| Rule::Rr { quantum }))) {
        agree(&workload)?;
    }

    #[test]
    fn priority_agrees(workload in workload(priority())) {
        agree(&workload)?;
    }

    #[test]
    fn mlfq_agrees(workload in workload(mlfq())) {
        agree(&workload)?;
    }

    #[test]
    fn a_timer_that_ticks_often_enough_and_costs_nothing_changes_nothing(
        workload in workload(prop_oneof![mlfq(), priority(), (1..=5u64).prop_map(|quantum| Rule::Rr { quantum })]),
    ) {
        agree(&Workload { timer: Some(1), ..workload })?;
    }
}
