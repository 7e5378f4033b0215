//! Random scenarios: small enough to be read when one fails, and using everything there is.
//!
//! Times are a few nanoseconds, so that things often happen at the same instant.

use std::num::NonZeroU32;

use kernelscope_sim::conventions::{
    BoostGather, BoostRunning, Conventions, InstantOrder, IoReturn, IoReturnPreemptsEqual, MlfqRule4, Phase,
    PriorityBest, SjfLength, StcfTie, SwitchChargedTo, Tie, WaitingCounts, WakeupPreempts,
};
use kernelscope_sim::costs::Costs;
use kernelscope_sim::ids::{DeviceId, TaskId};
use kernelscope_sim::program::process::{Relative, TERM};
use kernelscope_sim::program::{Op, Privileged, Program};
use kernelscope_sim::scenario::{
    Aging, DeviceSpec, Estimate, Input, InputAction, LevelSpec, Limits, MachineSpec, MlfqSpec, OnIo,
    OnIoDone, Param, PolicySpec, ProcessSpec, Scenario, TaskKind, Timer,
};
use kernelscope_sim::time::{Nanos, Time};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{Index, select};

/// Shared devices of every random scenario.
const DEVICES: u16 = 2;

/// Anything that a scenario can say.
pub(crate) fn scenarios() -> impl Strategy<Value = Scenario> {
    (machines(), conventions(), vec(processes(), 1..=5), inputs()).prop_map(assemble)
}

/// One CPU, no inputs and no kernel threads; nothing costs anything and slices end exactly.
pub(crate) fn plain(policy: impl Strategy<Value = PolicySpec>) -> impl Strategy<Value = Scenario> {
    let machines = policy.prop_map(|policy| MachineSpec { policy, ..MachineSpec::default() });
    (machines, conventions(), vec(processes(), 1..=5)).prop_map(|(mut machine, rules, mut processes)| {
        machine.devices = devices();
        processes.iter_mut().for_each(|process| process.kind = TaskKind::User);
        assemble((machine, rules, processes, Vec::new()))
    })
}

fn assemble(
    (machine, rules, mut processes, mut inputs): (MachineSpec, Conventions, Vec<ProcessSpec>, Vec<Input>),
) -> Scenario {
    for (number, process) in processes.iter_mut().enumerate() {
        process.name = format!("T{number}");
    }
    inputs.sort_by_key(|input| input.at);
    let mut count = processes.len();
    for input in &mut inputs {
        if let InputAction::Add(process) = &mut input.action {
            process.name = format!("T{count}");
            count += 1;
        }
    }
    let existing = |task: TaskId| TaskId::from_index(task.index() % count);
    for input in &mut inputs {
        match &mut input.action {
            InputAction::Kill(task) | InputAction::Set { param: Param::Priority(task), .. } => {
                *task = existing(*task);
            }
            _ => {}
        }
    }
    let limits = Limits { until: Some(Time(1_000)), steps: 4_000, zero_time_ops: 40 };
    Scenario { seed: 0, machine, rules, processes, inputs, limits }
}

fn devices() -> Vec<DeviceSpec> {
    (0..DEVICES).map(|number| DeviceSpec { name: format!("disk{number}"), servers: 1 + number }).collect()
}

fn machines() -> impl Strategy<Value = MachineSpec> {
    let timer = prop_oneof![3 => Just(None), 1 => (2..=6u64).prop_map(Some)];
    let timed = timer.prop_flat_map(|period| (Just(period), policies(period.unwrap_or(1))));
    let off = prop::bool::weighted(0.1);
    let costs = prop_oneof![2 => Just(Costs::default()), 1 => costs()];
    let flags = (prop::bool::weighted(0.85), any::<bool>());
    let reap_after = prop_oneof![3 => Just(0u64), 1 => 0..=9u64];
    (timed, off, costs, 1..=3u16, flags, reap_after).prop_map(
        |((period, policy), off, costs, cpus, (overlap, nested_interrupts), reap_after)| MachineSpec {
            cpus,
            timer: match period {
                _ if off => Timer::Off,
                Some(period) => Timer::Every(Nanos(period)),
                None => Timer::Exact,
            },
            costs,
            policy,
            devices: devices(),
            overlap,
            nested_interrupts,
            reap_after: Nanos(reap_after),
            ..MachineSpec::default()
        },
    )
}

fn costs() -> impl Strategy<Value = Costs> {
    [0..=3u64, 0..=2, 0..=4, 0..=3].prop_map(|[mode_switch, timer_handler, process_switch, thread_switch]| {
        Costs {
            mode_switch: Nanos(mode_switch),
            timer_handler: Nanos(timer_handler),
            process_switch: Nanos(process_switch),
            thread_switch: Nanos(thread_switch),
        }
    })
}

/// Any policy whose quanta are multiples of a period.
pub(crate) fn policies(period: u64) -> impl Strategy<Value = PolicySpec> {
    let estimate = || {
        option::of((0..=20u64, 0..=100u8)).prop_map(|guess| {
            guess.map(|(initial, alpha_percent)| Estimate { initial: Nanos(initial), alpha_percent })
        })
    };
    let quantum = move || (1..=6u64).prop_map(move |n| Nanos(n * period));
    let aging = option::of((1..=9u64, 1..=2u32))
        .prop_map(|aging| aging.map(|(every, step)| Aging { every: Nanos(every), step }));
    prop_oneof![
        Just(PolicySpec::Fifo),
        estimate().prop_map(|estimate| PolicySpec::Sjf { estimate }),
        estimate().prop_map(|estimate| PolicySpec::Stcf { estimate }),
        quantum().prop_map(|quantum| PolicySpec::Rr { quantum }),
        (any::<bool>(), option::of(quantum()), aging)
            .prop_map(|(preemptive, quantum, aging)| PolicySpec::Priority { preemptive, quantum, aging }),
        mlfqs(period).prop_map(PolicySpec::Mlfq),
        (any::<bool>(), any::<bool>()).prop_map(|(hold, now)| PolicySpec::NextInRing {
            on_io: if hold { OnIo::Hold } else { OnIo::Switch },
            on_io_done: if now { OnIoDone::Now } else { OnIoDone::Later },
        }),
    ]
}

/// Any multi-level feedback queue whose quanta are multiples of a period.
pub(crate) fn mlfqs(period: u64) -> impl Strategy<Value = MlfqSpec> {
    let level = (1..=5u64, 1..=3u64).prop_map(move |(n, slices)| LevelSpec {
        quantum: Nanos(n * period),
        allotment: Nanos(n * period * slices),
    });
    (
        vec(level, 1..=4),
        option::of(1..=60u64),
        prop::bool::weighted(0.8),
        any::<prop::sample::Index>(),
        any::<bool>(),
    )
        .prop_map(|(levels, boost, preempt_on_higher, reserved, nice_advice)| MlfqSpec {
            reserved_top: reserved.index(levels.len()) as u8 / 2,
            levels,
            boost: boost.map(Nanos),
            preempt_on_higher,
            nice_advice,
        })
}

/// Every combination of conventions.
pub(crate) fn conventions() -> impl Strategy<Value = Conventions> {
    fn any_of<T: Copy + std::fmt::Debug + 'static>(
        all: &'static [(&'static str, T)],
    ) -> impl Strategy<Value = T> {
        select(all).prop_map(|(_, option)| option)
    }
    let phases = [Phase::Completions, Phase::Arrivals, Phase::Expiries, Phase::Periodic];
    let order = Just(phases).prop_shuffle().prop_map(InstantOrder);
    let queues = (
        any_of(Tie::ALL),
        any_of(IoReturn::ALL),
        any_of(IoReturnPreemptsEqual::ALL),
        any_of(WakeupPreempts::ALL),
    );
    let books = (any_of(WaitingCounts::ALL), any_of(SwitchChargedTo::ALL), any_of(PriorityBest::ALL));
    let levels = (any_of(MlfqRule4::ALL), any_of(BoostGather::ALL), any_of(BoostRunning::ALL));
    let lengths = (any_of(StcfTie::ALL), any_of(SjfLength::ALL));
    (order, queues, books, levels, lengths).prop_map(
        |(
            instant_order,
            queues,
            books,
            (mlfq_rule4, boost_gather, boost_running),
            (stcf_tie, sjf_length),
        )| {
            let (tie, io_return, io_return_preempts_equal, wakeup_preempts) = queues;
            let (waiting_counts, switch_charged_to, priority_best) = books;
            Conventions {
                instant_order,
                tie,
                waiting_counts,
                switch_charged_to,
                priority_best,
                wakeup_preempts,
                io_return,
                io_return_preempts_equal,
                mlfq_rule4,
                boost_gather,
                boost_running,
                stcf_tie,
                sjf_length,
                // The rules of memory are drawn where there is memory: tests/memory.
                ..Conventions::default()
            }
        },
    )
}

fn processes() -> impl Strategy<Value = ProcessSpec> {
    let kind = prop_oneof![9 => Just(TaskKind::User), 1 => Just(TaskKind::KernelThread)];
    (0..=30u64, -20..=19i8, 0..=4u32, kind, programs()).prop_map(|(at, nice, priority, kind, program)| {
        ProcessSpec {
            name: String::new(),
            at: Time(at),
            nice,
            priority,
            // A thread of the kernel has no child.
            kind: if program.0.iter().any(|op| matches!(op, Op::Fork(_))) { TaskKind::User } else { kind },
            program,
            regions: Vec::new(),
            memory: Default::default(),
        }
    })
}

fn programs() -> impl Strategy<Value = Program> {
    let leaf = prop_oneof![
        8 => (1..=20u64).prop_map(|time| Op::Cpu(Nanos(time))),
        4 => (option::of((0..DEVICES).prop_map(DeviceId::new)), 0..=15u64)
            .prop_map(|(device, time)| Op::Io { device, time: Nanos(time) }),
        1 => (0..=15u64).prop_map(|time| Op::Sleep(Nanos(time))),
        1 => (0..=80u64).prop_map(|time| Op::SleepUntil(Time(time))),
        1 => Just(Op::Yield),
        1 => select(vec![0, 24, 39, 60, 7_000]).prop_map(Op::Syscall),
        1 => child().prop_map(Op::Wait),
        1 => child().prop_map(|child| {
            Op::Kill { whom: child.map_or(Relative::Parent, Relative::Child), signal: TERM }
        }),
    ];
    let ending = prop_oneof![
        8 => Just(None),
        1 => any::<u8>().prop_map(|status| Some(Op::Exit(status))),
        1 => Just(Some(Op::Privileged(Privileged::Halt))),
    ];
    let op = leaf.prop_recursive(2, 8, 3, |inner| {
        let times = option::weighted(0.9, (1..=4u32).prop_map(|times| times.try_into().expect("not zero")));
        (times, vec(inner, 1..=3)).prop_map(|(times, body)| Op::Repeat { times, body })
    });
    let child = vec(op.clone(), 1..=2).prop_map(Some);
    let fork = prop_oneof![Just(None), child].prop_map(Op::Fork);
    (vec(op, 1..=4), option::weighted(0.3, (any::<Index>(), fork)), ending).prop_map(
        |(mut ops, fork, ending)| {
            if let Some((place, fork)) = fork {
                ops.insert(place.index(ops.len() + 1), fork);
            }
            ops.extend(ending);
            Program(ops)
        },
    )
}

fn child() -> impl Strategy<Value = Option<NonZeroU32>> {
    option::of((1..3u32).prop_map(|child| NonZeroU32::MIN.saturating_add(child - 1)))
}

fn inputs() -> impl Strategy<Value = Vec<Input>> {
    let task = || (0..8u32).prop_map(TaskId::new);
    let set = prop_oneof![
        (1..=9u64).prop_map(|value| (Param::Quantum, value)),
        (0..4u8, 1..=9u64).prop_map(|(level, value)| (Param::LevelQuantum(level), value)),
        (0..4u8, 1..=9u64).prop_map(|(level, value)| (Param::LevelAllotment(level), value)),
        (0..=40u64).prop_map(|value| (Param::Boost, value)),
        (0..=9u64).prop_map(|value| (Param::AgingEvery, value)),
        (1..=3u64).prop_map(|value| (Param::AgingStep, value)),
        (task(), 0..=4u64).prop_map(|(task, value)| (Param::Priority(task), value)),
        (0..=4u64).prop_map(|value| (Param::ModeSwitch, value)),
        (0..=4u64).prop_map(|value| (Param::TimerHandler, value)),
        (0..=4u64).prop_map(|value| (Param::ProcessSwitch, value)),
        (0..=4u64).prop_map(|value| (Param::ThreadSwitch, value)),
    ];
    let action = prop_oneof![
        2 => task().prop_map(InputAction::Kill),
        3 => set.prop_map(|(param, value)| InputAction::Set { param, value }),
        1 => processes().prop_map(InputAction::Add),
    ];
    let input = (0..=120u64, action).prop_map(|(at, action)| Input { at: Time(at), action });
    prop_oneof![3 => Just(Vec::new()), 1 => vec(input, 1..=4)]
}
