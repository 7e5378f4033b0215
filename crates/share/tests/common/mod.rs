//! Scenarios of every sort, for the laws.

mod memory;

use std::num::NonZeroU32;

use kernelscope_share::file::{Decoded, Unit};
use kernelscope_sim::conventions::{
    BoostGather, BoostRunning, Conventions, ExitWithChildren, ForkOrder, InstantOrder, IoReturn,
    IoReturnPreemptsEqual, MlfqRule4, OptTie, Orphans, Phase, PriorityBest, Profile, RefOnLoad, SjfLength,
    StcfTie, SwitchChargedTo, Tie, WaitingCounts, WakeupPreempts,
};
use kernelscope_sim::costs::{Costs, Preset};
use kernelscope_sim::ids::{DeviceId, TaskId};
use kernelscope_sim::program::process::{Relative, SIGNALS};
use kernelscope_sim::program::{Op, Privileged, Program};
use kernelscope_sim::scenario::{
    Aging, DeviceSpec, Estimate, ForkCosts, ForkSpec, Input, InputAction, LevelSpec, Limits, MachineSpec,
    MlfqSpec, OnIo, OnIoDone, Param, PolicySpec, ProcessSpec, Scenario, TaskKind, Timer,
};
use kernelscope_sim::time::{Nanos, Time};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

/// Any scenario that can be run, with what a file says beside it.
pub(crate) fn decoded() -> impl Strategy<Value = Decoded> {
    let heading = ("[ -~가-힣]{0,40}", unit(), pick(Profile::ALL), pick(&Preset::ALL));
    heading.prop_flat_map(|(title, unit, profile, preset)| {
        scenario().prop_map(move |scenario| Decoded { scenario, title: title.clone(), unit, profile, preset })
    })
}

fn unit() -> impl Strategy<Value = Unit> {
    prop_oneof![
        Just(Unit::default()),
        Just(Unit::Tick),
        prop::sample::select(vec![1, 7, 1_000, 10_000_000, 1_000_000_000])
            .prop_map(|unit| Unit::Time(Nanos(unit))),
    ]
}

/// One of the named options.
fn pick<T: Copy + std::fmt::Debug + 'static>(
    options: &'static [(&'static str, T)],
) -> impl Strategy<Value = T> {
    prop::sample::select(options).prop_map(|(_, option)| option)
}

/// A time that a person would write, or any other, but none of which a few repetitions come to more than 104 days.
fn nanos(least: u64) -> impl Strategy<Value = Nanos> {
    prop_oneof![
        4 => (least..200).prop_map(|millis| Nanos(millis * 1_000_000)),
        1 => (least..1 << 30).prop_map(Nanos),
    ]
}

fn time() -> impl Strategy<Value = Time> {
    nanos(0).prop_map(|time| Time(time.0))
}

fn scenario() -> BoxedStrategy<Scenario> {
    let parts = (0..1u64 << 53, rules(), vec("[a-z]{1,8}", 0..3), limits());
    parts
        .prop_flat_map(|(seed, rules, devices, limits)| {
            let devices: Vec<DeviceSpec> = (devices.into_iter().enumerate())
                .map(|(place, name)| DeviceSpec { name: format!("{name}{place}"), servers: place as u16 + 1 })
                .collect();
            let tasks = (series(devices.len()), vec(task("T", devices.len()), 0..4));
            let added = vec((time(), task("added", devices.len())), 0..3);
            (machine(devices), tasks, added, vec((time(), action()), 0..4), memory::part(), forks()).prop_map(
                move |(mut machine, (mut processes, more), added, others, memory, forks)| {
                    processes.extend(more);
                    memory.fit(rules.ref_on_load, &mut machine, &mut processes);
                    if machine.memory.is_none() {
                        let users = processes.iter_mut().filter(|task| task.kind == TaskKind::User);
                        users.for_each(|task| task.program.0.extend(forks.clone()));
                    }
                    for (place, task) in processes.iter_mut().enumerate() {
                        if task.name == "T" {
                            task.name = format!("{}{place}", task.name);
                        }
                    }
                    let add = added.into_iter().enumerate().map(|(place, (at, task))| {
                        let name = format!("{}{place}", task.name);
                        Input { at, action: InputAction::Add(ProcessSpec { name, at: Time::ZERO, ..task }) }
                    });
                    let others = others.into_iter().map(|(at, action)| Input { at, action });
                    let mut inputs: Vec<Input> = add.chain(others).collect();
                    inputs.sort_by_key(|input| input.at);
                    Scenario { seed, machine, rules, processes, inputs, limits }
                },
            )
        })
        .boxed()
}

fn limits() -> BoxedStrategy<Limits> {
    (option::of(nanos(1)), 1..10_000_000u64, 1..1_000_000u32)
        .prop_map(|(until, steps, zero_time_ops)| Limits {
            until: until.map(|until| Time(until.0)),
            steps,
            zero_time_ops,
        })
        .boxed()
}

fn rules() -> BoxedStrategy<Conventions> {
    let order = prop_oneof![
        pick(&InstantOrder::NAMED),
        Just(Phase::ALL.map(|(_, phase)| phase)).prop_shuffle().prop_map(InstantOrder),
    ];
    let first = (
        order,
        pick(Tie::ALL),
        pick(WaitingCounts::ALL),
        pick(SwitchChargedTo::ALL),
        pick(PriorityBest::ALL),
    );
    let second = (pick(WakeupPreempts::ALL), pick(IoReturn::ALL), pick(IoReturnPreemptsEqual::ALL));
    let third = (
        pick(MlfqRule4::ALL),
        pick(BoostGather::ALL),
        pick(BoostRunning::ALL),
        pick(StcfTie::ALL),
        pick(SjfLength::ALL),
        pick(RefOnLoad::ALL),
        pick(OptTie::ALL),
    );
    let fourth = (pick(Orphans::ALL), pick(ExitWithChildren::ALL), pick(ForkOrder::ALL));
    (first, second, third, fourth)
        .prop_map(|(first, second, third, fourth)| Conventions {
            instant_order: first.0,
            tie: first.1,
            waiting_counts: first.2,
            switch_charged_to: first.3,
            priority_best: first.4,
            wakeup_preempts: second.0,
            io_return: second.1,
            io_return_preempts_equal: second.2,
            mlfq_rule4: third.0,
            boost_gather: third.1,
            boost_running: third.2,
            stcf_tie: third.3,
            sjf_length: third.4,
            ref_on_load: third.5,
            opt_tie: third.6,
            orphans: fourth.0,
            exit_with_children: fourth.1,
            fork_order: fourth.2,
        })
        .boxed()
}

fn machine(devices: Vec<DeviceSpec>) -> BoxedStrategy<MachineSpec> {
    let timer = prop_oneof![
        Just(Timer::Exact),
        Just(Timer::Off),
        // Every quantum below is a whole number of these.
        prop::sample::select(vec![1, 500, 1_000_000]).prop_map(|period| Timer::Every(Nanos(period))),
    ];
    let costs = (nanos(0), nanos(0), nanos(0), nanos(0)).prop_map(
        |(mode_switch, timer_handler, process_switch, thread_switch)| Costs {
            mode_switch,
            timer_handler,
            process_switch,
            thread_switch,
        },
    );
    let switches = (any::<bool>(), any::<bool>(), nanos(0), 200..9_000u32, fork());
    (1..9u16, timer, costs, policy(), switches)
        .prop_map(move |(cpus, timer, costs, policy, switches)| MachineSpec {
            memory: None,
            cpus,
            timer,
            costs,
            policy,
            devices: devices.clone(),
            overlap: switches.0,
            nested_interrupts: switches.1,
            reap_after: switches.2,
            first_pid: switches.3,
            fork: switches.4,
        })
        .boxed()
}

fn fork() -> BoxedStrategy<ForkSpec> {
    (1..9_000u32, any::<bool>(), nanos(0), nanos(0), nanos(0))
        .prop_map(|(max_processes, copy_on_write, task, table, copy)| ForkSpec {
            max_processes,
            copy_on_write,
            costs: ForkCosts { task, table, entry: copy, flush: table, copy },
        })
        .boxed()
}

fn quantum() -> impl Strategy<Value = Nanos> {
    (1..100u64).prop_map(Nanos::from_millis)
}

fn policy() -> BoxedStrategy<PolicySpec> {
    let estimate = || {
        option::of((nanos(0), 0..=100u8))
            .prop_map(|parts| parts.map(|(initial, alpha_percent)| Estimate { initial, alpha_percent }))
    };
    let aging =
        option::of((nanos(1), 1..9u32)).prop_map(|parts| parts.map(|(every, step)| Aging { every, step }));
    let level = || {
        (quantum(), 1..4u64)
            .prop_map(|(quantum, slices)| LevelSpec { quantum, allotment: quantum.saturating_mul(slices) })
    };
    let levels =
        prop_oneof![vec(level(), 1..6), (level(), 1..6usize).prop_map(|(level, count)| vec![level; count]),];
    let mlfq = (levels, option::of(nanos(1)), any::<bool>(), any::<bool>(), any::<bool>()).prop_map(
        |(levels, boost, preempt_on_higher, reserve, nice_advice)| {
            let reserved_top = u8::from(reserve && levels.len() > 1);
            PolicySpec::Mlfq(MlfqSpec { levels, boost, preempt_on_higher, reserved_top, nice_advice })
        },
    );
    prop_oneof![
        Just(PolicySpec::Fifo),
        estimate().prop_map(|estimate| PolicySpec::Sjf { estimate }),
        estimate().prop_map(|estimate| PolicySpec::Stcf { estimate }),
        quantum().prop_map(|quantum| PolicySpec::Rr { quantum }),
        (any::<bool>(), option::of(quantum()), aging)
            .prop_map(|(preemptive, quantum, aging)| PolicySpec::Priority { preemptive, quantum, aging }),
        mlfq,
        (any::<bool>(), any::<bool>()).prop_map(|(hold, now)| PolicySpec::NextInRing {
            on_io: if hold { OnIo::Hold } else { OnIo::Switch },
            on_io_done: if now { OnIoDone::Now } else { OnIoDone::Later },
        }),
    ]
    .boxed()
}

/// Tasks that could be written as one with a count, and some that almost could.
fn series(devices: usize) -> BoxedStrategy<Vec<ProcessSpec>> {
    (task("W", devices), 1..5u64, nanos(0), 0..5u64)
        .prop_map(|(first, count, every, odd)| {
            (0..count)
                .map(|place| ProcessSpec {
                    name: format!("W{}", place + 1),
                    at: Time(first.at.0 + every.0 * place + u64::from(place == odd)),
                    ..first.clone()
                })
                .collect()
        })
        .boxed()
}

fn task(stem: &'static str, devices: usize) -> BoxedStrategy<ProcessSpec> {
    (time(), -20..=19i8, 0..9_999u32, any::<bool>(), program(devices))
        .prop_map(move |(at, nice, priority, kernel, program)| ProcessSpec {
            regions: Vec::new(),
            memory: Default::default(),
            name: stem.to_owned(),
            at,
            nice,
            priority,
            kind: if kernel { TaskKind::KernelThread } else { TaskKind::User },
            program,
        })
        .boxed()
}

fn program(devices: usize) -> BoxedStrategy<Program> {
    let device = option::of(0..devices.max(1))
        .prop_map(move |device| device.filter(|device| *device < devices).map(DeviceId::from_index));
    let leaf = prop_oneof![
        3 => nanos(1).prop_map(Op::Cpu),
        2 => (device, nanos(0)).prop_map(|(device, time)| Op::Io { device, time }),
        1 => nanos(0).prop_map(Op::Sleep),
        1 => time().prop_map(Op::SleepUntil),
        1 => Just(Op::Yield),
        1 => any::<u8>().prop_map(Op::Exit),
        1 => (0..500u32).prop_map(Op::Syscall),
        1 => pick(&Privileged::ALL).prop_map(Op::Privileged),
        1 => child().prop_map(Op::Wait),
        1 => (child(), pick(&SIGNALS)).prop_map(|(child, signal)| {
            Op::Kill { whom: child.map_or(Relative::Parent, Relative::Child), signal }
        }),
    ];
    let op = leaf.prop_recursive(3, 12, 4, |inner| {
        let times = option::of((1..20u32).prop_map(|times| NonZeroU32::MIN.saturating_add(times - 1)));
        (times, vec(inner, 1..4)).prop_map(|(times, body)| Op::Repeat { times, body })
    });
    vec(op, 1..6).prop_map(Program).boxed()
}

/// One of the first children, or none.
fn child() -> BoxedStrategy<Option<NonZeroU32>> {
    option::of((1..20u32).prop_map(|child| NonZeroU32::MIN.saturating_add(child - 1))).boxed()
}

/// A fork, if any: with a program for the child or without.
fn forks() -> BoxedStrategy<Option<Op>> {
    option::of(option::of(program(0)).prop_map(|child| Op::Fork(child.map(|program| program.0)))).boxed()
}

/// Something done from outside. There is always a first task.
fn action() -> BoxedStrategy<InputAction> {
    let first = TaskId::new(0);
    let duration = prop::sample::select(vec![
        Param::Quantum,
        Param::LevelQuantum(1),
        Param::LevelAllotment(2),
        Param::Boost,
        Param::AgingEvery,
        Param::ModeSwitch,
        Param::TimerHandler,
        Param::ProcessSwitch,
        Param::ThreadSwitch,
    ]);
    prop_oneof![
        Just(InputAction::Kill(first)),
        (duration, nanos(1)).prop_map(|(param, value)| InputAction::Set { param, value: value.0 }),
        (prop::sample::select(vec![Param::Priority(first), Param::AgingStep]), 1..999u64)
            .prop_map(|(param, value)| InputAction::Set { param, value }),
    ]
    .boxed()
}
