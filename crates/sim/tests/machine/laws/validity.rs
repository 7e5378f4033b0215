//! No scenario is too strange: either it is told what is wrong, or it runs within its bounds.

use std::sync::Arc;

use kernelscope_sim::ids::{DeviceId, TaskId};
use kernelscope_sim::machine::{Machine, Progress, Stop};
use kernelscope_sim::program::{Op, Program};
use kernelscope_sim::scenario::{
    Aging, Estimate, Input, InputAction, LevelSpec, Param, PolicySpec, ProcessSpec, Scenario, Timer,
};
use kernelscope_sim::sink::Micro;
use kernelscope_sim::time::{Nanos, Time};
use proptest::prelude::*;
use proptest::sample::select;

use crate::random;

/// Numbers at the edges of everything.
fn edges() -> impl Strategy<Value = u64> {
    let edges = [0, 1, 2, 1 << 32, (1 << 53) - 1, 1 << 53, (1 << 53) + 1, u64::MAX - 1, u64::MAX];
    prop_oneof![select(edges.to_vec()), any::<u64>()]
}

/// Something that a person would not write.
#[derive(Clone, Debug)]
enum Oddity {
    Cpus(u16),
    Timer(u64),
    Costs(u64),
    Quantum(u64),
    Levels(Vec<(u64, u64)>),
    Boost(u64),
    Estimate(u64, u8),
    Aging(u64, u32),
    NoDevices,
    Servers(u16),
    Names(String),
    Arrival(u64),
    Priority(u32),
    Nice(i8),
    FirstPid(u32),
    ReapAfter(u64),
    Op(u64),
    Device(u16),
    Nest(usize),
    Empty,
    Nobody,
    Input(u64, u32, u64),
    Until(u64),
    Steps(u64),
    ZeroTimeOps(u32),
}

fn oddity() -> impl Strategy<Value = Oddity> {
    prop_oneof![
        any::<u16>().prop_map(Oddity::Cpus),
        edges().prop_map(Oddity::Timer),
        edges().prop_map(Oddity::Costs),
        edges().prop_map(Oddity::Quantum),
        proptest::collection::vec((edges(), edges()), 0..40).prop_map(Oddity::Levels),
        edges().prop_map(Oddity::Boost),
        (edges(), any::<u8>()).prop_map(|(initial, alpha)| Oddity::Estimate(initial, alpha)),
        (edges(), any::<u32>()).prop_map(|(every, step)| Oddity::Aging(every, step)),
        Just(Oddity::NoDevices),
        any::<u16>().prop_map(Oddity::Servers),
        "\\PC{0,30}|disk0|T1".prop_map(Oddity::Names),
        edges().prop_map(Oddity::Arrival),
        any::<u32>().prop_map(Oddity::Priority),
        any::<i8>().prop_map(Oddity::Nice),
        any::<u32>().prop_map(Oddity::FirstPid),
        edges().prop_map(Oddity::ReapAfter),
        edges().prop_map(Oddity::Op),
        any::<u16>().prop_map(|device| Oddity::Device(device.min(u16::MAX - 1))),
        (0..20usize).prop_map(Oddity::Nest),
        Just(Oddity::Empty),
        Just(Oddity::Nobody),
        (edges(), any::<u32>(), edges()).prop_map(|(at, task, value)| Oddity::Input(
            at,
            task.min(u32::MAX - 1),
            value
        )),
        edges().prop_map(Oddity::Until),
        prop_oneof![0..=100u64, edges()].prop_map(Oddity::Steps),
        any::<u32>().prop_map(Oddity::ZeroTimeOps),
    ]
}

impl Oddity {
    fn spoil(self, scenario: &mut Scenario) {
        let Scenario { machine, processes, inputs, limits, .. } = scenario;
        match self {
            Oddity::Cpus(cpus) => machine.cpus = cpus,
            Oddity::Timer(period) => machine.timer = Timer::Every(Nanos(period)),
            Oddity::Costs(cost) => {
                (machine.costs.mode_switch, machine.costs.process_switch) = (Nanos(cost), Nanos(cost));
                (machine.costs.timer_handler, machine.costs.thread_switch) = (Nanos(cost), Nanos(cost));
            }
            Oddity::Quantum(quantum) => machine.policy = PolicySpec::Rr { quantum: Nanos(quantum) },
            Oddity::Levels(levels) => {
                let level =
                    |(quantum, allotment)| LevelSpec { quantum: Nanos(quantum), allotment: Nanos(allotment) };
                if let PolicySpec::Mlfq(spec) = &mut machine.policy {
                    spec.levels = levels.into_iter().map(level).collect();
                }
            }
            Oddity::Boost(every) => {
                if let PolicySpec::Mlfq(spec) = &mut machine.policy {
                    spec.boost = Some(Nanos(every));
                }
            }
            Oddity::Estimate(initial, alpha_percent) => {
                let estimate = Some(Estimate { initial: Nanos(initial), alpha_percent });
                machine.policy = PolicySpec::Stcf { estimate };
            }
            Oddity::Aging(every, step) => {
                let aging = Some(Aging { every: Nanos(every), step });
                machine.policy = PolicySpec::Priority { preemptive: true, quantum: Some(Nanos(1)), aging };
            }
            Oddity::NoDevices => machine.devices.clear(),
            Oddity::Servers(servers) => {
                machine.devices.iter_mut().for_each(|device| device.servers = servers);
            }
            Oddity::Names(name) => {
                machine.devices.iter_mut().for_each(|device| device.name.clone_from(&name));
                processes.iter_mut().for_each(|process| process.name.clone_from(&name));
            }
            Oddity::Arrival(at) => processes.iter_mut().for_each(|process| process.at = Time(at)),
            Oddity::Priority(priority) => {
                processes.iter_mut().for_each(|process| process.priority = priority);
            }
            Oddity::Nice(nice) => processes.iter_mut().for_each(|process| process.nice = nice),
            Oddity::FirstPid(pid) => machine.first_pid = pid,
            Oddity::ReapAfter(time) => machine.reap_after = Nanos(time),
            Oddity::Op(time) => {
                add(processes, [Op::Cpu(Nanos(time)), Op::Sleep(Nanos(time)), Op::SleepUntil(Time(time))]);
            }
            Oddity::Device(device) => {
                add(processes, [Op::Io { device: Some(DeviceId::new(device)), time: Nanos(1) }]);
            }
            Oddity::Nest(depth) => {
                let nest = |inner, _| Op::Repeat { times: 2.try_into().ok(), body: vec![inner] };
                add(processes, [(0..depth).fold(Op::Yield, nest)]);
            }
            Oddity::Empty => add(processes, [Op::Repeat { times: None, body: Vec::new() }]),
            Oddity::Nobody => processes.clear(),
            Oddity::Input(at, task, value) => {
                let task = TaskId::new(task);
                let actions = [
                    InputAction::Kill(task),
                    InputAction::Set { param: Param::Priority(task), value },
                    InputAction::Set { param: Param::LevelQuantum(value as u8), value },
                    InputAction::Set { param: Param::LevelAllotment(0), value },
                    InputAction::Set { param: Param::Boost, value },
                    InputAction::Set { param: Param::Quantum, value },
                    InputAction::Set { param: Param::AgingEvery, value },
                    InputAction::Set { param: Param::AgingStep, value },
                    InputAction::Set { param: Param::ModeSwitch, value },
                    InputAction::Set { param: Param::TimerHandler, value },
                    InputAction::Set { param: Param::ProcessSwitch, value },
                    InputAction::Set { param: Param::ThreadSwitch, value },
                ];
                inputs.extend(actions.map(|action| Input { at: Time(at), action }));
            }
            Oddity::Until(until) => limits.until = Some(Time(until)).filter(|_| until != 0),
            Oddity::Steps(steps) => limits.steps = steps,
            Oddity::ZeroTimeOps(operations) => limits.zero_time_ops = operations,
        }
    }
}

fn add<const N: usize>(processes: &mut [ProcessSpec], ops: [Op; N]) {
    if let Some(ProcessSpec { program: Program(program), .. }) = processes.first_mut() {
        program.extend(ops);
    }
}

proptest! {
    #[test]
    fn a_scenario_is_refused_or_runs(
        mut scenario in random::scenarios(),
        oddities in proptest::collection::vec(oddity(), 1..=3),
    ) {
        for oddity in oddities {
            oddity.spoil(&mut scenario);
        }
        match Machine::new(Arc::new(scenario)) {
            Err(problems) => {
                prop_assert!(!problems.is_empty());
                prop_assert!(problems.iter().all(|problem| !problem.path.is_empty()));
            }
            Ok(mut machine) => {
                let progress = machine.run(Stop::Step(1_500), &mut Micro::default());
                prop_assert!(machine.steps() == 1_500 || progress != Progress::Going);
            }
        }
    }
}
