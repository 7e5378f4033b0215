//! What the tests of the session share: random scenarios, and an engine that is waited for.

use std::sync::Arc;

use kernelscope_session::engine::Engine;
use kernelscope_session::protocol::{Generation, Reply, Request, RunId, Target};
use kernelscope_session::view::{Overview, Snapshot};
use kernelscope_sim::conventions::{
    BoostGather, BoostRunning, Conventions, InstantOrder, IoReturn, MlfqRule4, SwitchChargedTo, Tie,
    WaitingCounts, WakeupPreempts,
};
use kernelscope_sim::costs::Costs;
use kernelscope_sim::ids::{DeviceId, TaskId};
use kernelscope_sim::machine::Machine;
use kernelscope_sim::program::{Op, Privileged, Program};
use kernelscope_sim::scenario::{
    Aging, DeviceSpec, Estimate, Input, InputAction, LevelSpec, Limits, MachineSpec, MlfqSpec, OnIo,
    OnIoDone, Param, PolicySpec, ProcessSpec, Scenario, TaskKind, Timer,
};
use kernelscope_sim::time::{Nanos, Time};
use proptest::prelude::*;

/// Few cases, none written to disk.
pub(crate) fn cases(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

/// Scenarios of every policy, with everything that a machine can do.
pub(crate) fn scenarios() -> impl Strategy<Value = Arc<Scenario>> {
    let tasks = prop::collection::vec(process(), 1..6);
    let inputs = prop::collection::vec(input(), 0..4);
    (machine(), rules(), tasks, inputs, prop::option::of(20_u64..200))
        .prop_map(|(machine, rules, processes, inputs, until)| {
            let processes = processes.into_iter().enumerate();
            let mut scenario = Scenario {
                machine,
                rules,
                processes: processes
                    .map(|(n, process)| ProcessSpec { name: format!("T{n}"), ..process })
                    .collect(),
                inputs,
                limits: Limits { until: until.map(Time), steps: 4000, zero_time_ops: 200 },
                ..Scenario::default()
            };
            scenario.inputs.sort_by_key(|input| input.at);
            let added = scenario.inputs.iter_mut().enumerate();
            added.for_each(|(n, input)| {
                if let InputAction::Add(process) = &mut input.action {
                    process.name = format!("N{n}");
                }
            });
            Arc::new(scenario)
        })
        .prop_filter("one that runs", |scenario| Machine::new(Arc::clone(scenario)).is_ok())
}

fn machine() -> impl Strategy<Value = MachineSpec> {
    let timer = prop_oneof![Just(Timer::Exact), Just(Timer::Every(Nanos(2))), Just(Timer::Off)];
    let costs = (0_u64..3, 0_u64..2, 0_u64..3, 0_u64..2).prop_map(|(mode, timer, process, thread)| Costs {
        mode_switch: Nanos(mode),
        timer_handler: Nanos(timer),
        process_switch: Nanos(process),
        thread_switch: Nanos(thread),
    });
    let costs = prop_oneof![Just(Costs::default()), costs];
    (1_u16..3, timer, costs, policy(), any::<bool>(), any::<bool>(), 0_u64..5).prop_map(
        |(cpus, timer, costs, policy, overlap, nested_interrupts, reap_after)| MachineSpec {
            cpus,
            timer,
            costs,
            policy,
            devices: vec![DeviceSpec { name: "disk".to_owned(), servers: 1 }],
            overlap,
            nested_interrupts,
            reap_after: Nanos(reap_after),
            ..MachineSpec::default()
        },
    )
}

fn policy() -> impl Strategy<Value = PolicySpec> {
    let quantum = || (1_u64..5).prop_map(|n| Nanos(2 * n));
    let estimate = || prop::option::of(Just(Estimate { initial: Nanos(4), alpha_percent: 50 }));
    let aging = prop::option::of(Just(Aging { every: Nanos(6), step: 1 }));
    let level = (1_u64..4, 1_u64..3).prop_map(|(quantum, slices)| LevelSpec {
        quantum: Nanos(2 * quantum),
        allotment: Nanos(2 * quantum * slices),
    });
    let mlfq =
        (prop::collection::vec(level, 1..4), prop::option::of(quantum()), any::<bool>(), any::<bool>());
    prop_oneof![
        Just(PolicySpec::Fifo),
        estimate().prop_map(|estimate| PolicySpec::Sjf { estimate }),
        estimate().prop_map(|estimate| PolicySpec::Stcf { estimate }),
        quantum().prop_map(|quantum| PolicySpec::Rr { quantum }),
        (any::<bool>(), prop::option::of(quantum()), aging)
            .prop_map(|(preemptive, quantum, aging)| { PolicySpec::Priority { preemptive, quantum, aging } }),
        mlfq.prop_map(|(levels, boost, preempt_on_higher, nice_advice)| {
            PolicySpec::Mlfq(MlfqSpec {
                levels,
                boost: boost.map(|boost| Nanos(boost.0 * 5)),
                preempt_on_higher,
                reserved_top: 0,
                nice_advice,
            })
        }),
        Just(PolicySpec::NextInRing { on_io: OnIo::Hold, on_io_done: OnIoDone::Later }),
        Just(PolicySpec::NextInRing { on_io: OnIo::Switch, on_io_done: OnIoDone::Now }),
    ]
}

fn rules() -> impl Strategy<Value = Conventions> {
    let order = prop::sample::select(InstantOrder::NAMED.to_vec()).prop_map(|(_, order)| order);
    let waiting = prop_oneof![Just(WaitingCounts::Ready), Just(WaitingCounts::NotRunning)];
    let charged = prop_oneof![
        Just(SwitchChargedTo::Incoming),
        Just(SwitchChargedTo::Outgoing),
        Just(SwitchChargedTo::Nobody)
    ];
    let tie = prop_oneof![Just(Tie::Seq), Just(Tie::List), Just(Tie::Name)];
    (order, waiting, charged, tie, any::<[bool; 5]>()).prop_map(
        |(instant_order, waiting_counts, switch_charged_to, tie, [io, rule4, gather, running, wake])| {
            let pick = |choice: bool| usize::from(choice);
            Conventions {
                instant_order,
                waiting_counts,
                switch_charged_to,
                tie,
                io_return: [IoReturn::Tail, IoReturn::Head][pick(io)],
                mlfq_rule4: [MlfqRule4::Accounting, MlfqRule4::PerSlice][pick(rule4)],
                boost_gather: [BoostGather::TopDown, BoostGather::BottomUp][pick(gather)],
                boost_running: [BoostRunning::KeepsCpu, BoostRunning::Requeued][pick(running)],
                wakeup_preempts: [WakeupPreempts::Policy, WakeupPreempts::Never][pick(wake)],
                ..Conventions::default()
            }
        },
    )
}

fn process() -> impl Strategy<Value = ProcessSpec> {
    let kind = prop_oneof![6 => Just(TaskKind::User), 1 => Just(TaskKind::KernelThread)];
    (0_u64..30, -5_i8..6, 0_u32..4, kind, program()).prop_map(|(at, nice, priority, kind, program)| {
        ProcessSpec {
            name: String::new(),
            at: Time(at),
            nice,
            priority,
            kind,
            program,
            regions: Vec::new(),
            memory: Default::default(),
        }
    })
}

fn program() -> impl Strategy<Value = Program> {
    let leaf = || {
        let disk = Some(DeviceId::new(0));
        prop_oneof![
            6 => (1_u64..20).prop_map(|time| Op::Cpu(Nanos(time))),
            2 => (0_u64..10).prop_map(|time| Op::Io { device: None, time: Nanos(time) }),
            2 => (0_u64..10).prop_map(move |time| Op::Io { device: disk, time: Nanos(time) }),
            1 => (0_u64..10).prop_map(|time| Op::Sleep(Nanos(time))),
            1 => Just(Op::Yield),
            1 => prop_oneof![Just(39_u32), Just(7777)].prop_map(Op::Syscall),
        ]
    };
    let last = prop_oneof![
        4 => Just(None),
        1 => Just(Some(Op::Exit(3))),
        1 => Just(Some(Op::Privileged(Privileged::Halt))),
        1 => Just(Some(Op::Repeat { times: None, body: vec![Op::Cpu(Nanos(3)), Op::Yield] })),
    ];
    let repeat = (1_u32..4, prop::collection::vec(leaf(), 1..3))
        .prop_map(|(times, body)| Op::Repeat { times: std::num::NonZero::new(times), body });
    (prop::collection::vec(prop_oneof![4 => leaf(), 1 => repeat], 1..5), last)
        .prop_map(|(ops, last)| Program(ops.into_iter().chain(last).collect()))
}

fn input() -> impl Strategy<Value = Input> {
    let action = prop_oneof![
        (0_u32..4).prop_map(|task| InputAction::Kill(TaskId::new(task))),
        (1_u64..5).prop_map(|n| InputAction::Set { param: Param::Quantum, value: 2 * n }),
        (0_u64..3).prop_map(|value| InputAction::Set { param: Param::ProcessSwitch, value }),
        process().prop_map(InputAction::Add),
    ];
    (0_u64..80, action).prop_map(|(at, action)| Input { at: Time(at), action })
}

/// Two tasks that take turns for ever.
pub(crate) fn two_endless(steps: u64) -> Scenario {
    let process = |name: &str| ProcessSpec {
        name: name.to_owned(),
        program: Program(vec![Op::Repeat { times: None, body: vec![Op::Cpu(Nanos(7)), Op::Yield] }]),
        ..ProcessSpec::default()
    };
    let mut scenario = Scenario {
        processes: vec![process("A"), process("B")],
        limits: Limits { steps, ..Limits::default() },
        ..Scenario::default()
    };
    scenario.machine.policy = PolicySpec::Rr { quantum: Nanos(5) };
    scenario
}

/// Lets the engine work until it has nothing to do, so many steps at a time.
pub(crate) fn settle(engine: &mut Engine, slice: u64) -> Vec<Reply> {
    let mut replies = Vec::new();
    while engine.busy() {
        engine.work(slice, &mut replies);
    }
    replies
}

/// Loads runs with the cursor at a place.
pub(crate) fn load(
    engine: &mut Engine,
    runs: &[Arc<Scenario>],
    at: Target,
) -> (Vec<Overview>, Vec<Snapshot>) {
    let generation = Generation(1);
    engine.ask(Request::Load { generation, runs: runs.to_vec(), at });
    match settle(engine, 1 << 20).pop() {
        Some(Reply::Loaded { runs, snapshots, .. }) => (runs, snapshots),
        other => panic!("the runs are not loaded: {other:?}"),
    }
}

/// Moves the cursors; says whether there was such a place.
pub(crate) fn seek(engine: &mut Engine, run: u8, to: Target) -> (bool, Vec<Snapshot>) {
    engine.ask(Request::Seek { generation: Generation(1), run: RunId(run), to });
    match settle(engine, 100).pop() {
        Some(Reply::Moved { found, snapshots, .. }) => (found, snapshots),
        other => panic!("the cursors did not move: {other:?}"),
    }
}
