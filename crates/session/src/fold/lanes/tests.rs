use kernelscope_sim::event::{Cause, Place, Why};
use kernelscope_sim::ids::CpuId;
use kernelscope_sim::rules::RuleId;
use kernelscope_sim::scenario::{DeviceSpec, LevelSpec, MlfqSpec, ProcessSpec};
use kernelscope_sim::time::Nanos;

use super::*;
use crate::timeline::tile;

const A: u32 = 0;
const B: u32 = 1;

fn scenario(policy: PolicySpec, tasks: usize) -> Scenario {
    let process = |n: usize| ProcessSpec {
        regions: Vec::new(),
        memory: Default::default(),
        name: n.to_string(),
        at: Time::ZERO,
        nice: 0,
        priority: 0,
        kind: TaskKind::User,
        program: Default::default(),
    };
    let mut scenario = Scenario { processes: (0..tasks).map(process).collect(), ..Scenario::default() };
    scenario.machine.policy = policy;
    scenario.machine.devices.push(DeviceSpec { name: "disk".to_owned(), servers: 1 });
    scenario
}

fn dispatch() -> EventKind {
    EventKind::Dispatch { rule: RuleId::OnlyOne, runner_up: None, key: 0, other: 0 }
}

fn slice_end() -> EventKind {
    EventKind::SliceEnd { rule: RuleId::RrSlice, slice: Nanos(1) }
}

fn enqueue(level: u8) -> EventKind {
    EventKind::Enqueue { level, place: Place::Tail, why: Why::Arrived }
}

/// Folds events about tasks on the first CPU, and shows one lane as `start activity task`.
fn lane(scenario: &Scenario, events: &[(u64, u32, EventKind)], end: u64, wanted: Lane) -> Vec<String> {
    let mut lanes = Lanes::new(scenario);
    for (at, task, kind) in events {
        let (task, cpu) = (Some(TaskId::new(*task)), Some(CpuId::new(0)));
        lanes.event(&Event { at: Time(*at), kind: *kind, task, cpu });
    }
    let tracks = lanes.finish(Time(end));
    let of_lane = tracks.iter().filter(|(lane, _)| *lane == wanted).map(|(_, track)| track);
    let shown = tile(of_lane, (Time::ZERO, Time(end)), 100);
    let name = |task: TaskId| ["A", "B", "C"][task.index()];
    shown
        .lanes
        .concat()
        .iter()
        .map(|run| {
            let end = run.start + run.length;
            format!("{}-{} {:?} {}", run.start.0, end.0, run.activity, run.task.map_or("", name))
                .trim()
                .to_owned()
        })
        .collect()
}

#[test]
fn a_switch_that_costs_nothing_is_not_drawn_and_one_that_costs_is() {
    let switch = |cost| EventKind::ContextSwitch { from: None, cost: Nanos(cost) };
    let scenario = scenario(PolicySpec::Fifo, 2);
    let events = [
        (0, A, EventKind::Arrive),
        (0, B, EventKind::Arrive),
        (0, A, dispatch()),
        (0, A, switch(0)),
        (0, A, EventKind::Run),
        (5, A, slice_end()),
        (5, B, dispatch()),
        (5, B, switch(2)),
        (7, B, EventKind::Run),
        (9, B, EventKind::Exit { status: 0 }),
        (9, A, dispatch()),
        (9, A, switch(0)),
        (9, A, EventKind::Run),
        (10, B, EventKind::Reap { status: 0 }),
    ];
    let lane = |wanted| lane(&scenario, &events, 12, wanted);
    assert_eq!(lane(Lane::Cpu(CpuId::new(0))), ["0-5 User A", "5-7 Switch B", "7-9 User B", "9-12 User A"]);
    assert_eq!(lane(Lane::Task(TaskId::new(A))), ["0-5 User A", "5-9 Ready A", "9-12 User A"]);
    assert_eq!(
        lane(Lane::Task(TaskId::new(B))),
        ["0-5 Ready B", "5-7 Switch B", "7-9 User B", "9-10 Zombie B"]
    );
}

#[test]
fn a_task_whose_slice_ends_alone_goes_on_in_one_stretch() {
    let scenario = scenario(PolicySpec::Rr { quantum: Nanos(5) }, 1);
    let events = [
        (0, A, EventKind::Arrive),
        (0, A, dispatch()),
        (0, A, EventKind::Run),
        (5, A, slice_end()),
        (5, A, enqueue(0)),
        (5, A, dispatch()),
        (5, A, EventKind::Run),
    ];
    for wanted in [Lane::Cpu(CpuId::new(0)), Lane::Task(TaskId::new(A))] {
        assert_eq!(lane(&scenario, &events, 8, wanted), ["0-8 User A"]);
    }
}

#[test]
fn an_interruption_is_drawn_on_the_task_that_it_interrupts() {
    let scenario = scenario(PolicySpec::Fifo, 1);
    let entry = EventKind::KernelEntry { cause: Cause::Timer, cost: Nanos(1) };
    let events = [
        (0, A, EventKind::Arrive),
        (0, A, dispatch()),
        (0, A, EventKind::Run),
        (4, A, entry),
        (5, A, EventKind::ReturnFromTrap),
        (5, A, EventKind::Run),
    ];
    for wanted in [Lane::Cpu(CpuId::new(0)), Lane::Task(TaskId::new(A))] {
        assert_eq!(lane(&scenario, &events, 8, wanted), ["0-4 User A", "4-5 Kernel A", "5-8 User A"]);
    }
}

#[test]
fn a_request_waits_in_the_queue_of_a_busy_device() {
    let scenario = scenario(PolicySpec::Fifo, 2);
    let disk = DeviceId::new(0);
    let wait = Wait::Io(Some(disk));
    let block = EventKind::Block { on: wait, until: Time::NEVER };
    let start = |until| EventKind::IoStart { device: disk, until: Time(until) };
    let wake = EventKind::Wake { from: wait, since: Time(0) };
    let events = [
        (0, A, EventKind::Arrive),
        (0, B, EventKind::Arrive),
        (0, A, block),
        (0, A, start(4)),
        (1, B, block),
        (4, A, wake),
        (4, B, start(8)),
        (8, B, wake),
    ];
    let lane = |wanted| lane(&scenario, &events, 9, wanted);
    assert_eq!(lane(Lane::Device(disk)), ["0-4 Device A", "4-8 Device B"]);
    assert_eq!(
        lane(Lane::Task(TaskId::new(B))),
        ["0-1 Ready B", "1-4 BlockedQueue B", "4-8 BlockedIo B", "8-9 Ready B"]
    );
    assert_eq!(lane(Lane::OwnDevices), Vec::<String>::new(), "nobody uses a device of their own");
}

#[test]
fn a_held_cpu_waits_for_the_io_of_its_task() {
    let scenario = scenario(PolicySpec::Fifo, 1);
    let wait = Wait::Io(None);
    let events = [
        (0, A, EventKind::Arrive),
        (0, A, dispatch()),
        (0, A, EventKind::Run),
        (2, A, EventKind::Block { on: wait, until: Time(5) }),
        (2, A, EventKind::Hold),
        (5, A, EventKind::Wake { from: wait, since: Time(2) }),
        (5, A, dispatch()),
        (5, A, EventKind::Run),
    ];
    let lane = |wanted| lane(&scenario, &events, 6, wanted);
    assert_eq!(lane(Lane::Cpu(CpuId::new(0))), ["0-2 User A", "2-5 IoWait A", "5-6 User A"]);
    assert_eq!(lane(Lane::OwnDevices), ["2-5 Device A"]);
}

#[test]
fn a_level_shows_who_runs_there_and_else_who_has_waited_longest() {
    let level = LevelSpec { quantum: Nanos(5), allotment: Nanos(5) };
    let spec = MlfqSpec {
        levels: vec![level; 2],
        boost: None,
        preempt_on_higher: true,
        reserved_top: 0,
        nice_advice: false,
    };
    let scenario = scenario(PolicySpec::Mlfq(spec), 2);
    let demote = EventKind::Demote { from: 0, to: 1, rule: RuleId::MlfqAccounting, used: Nanos(5) };
    let events = [
        (0, A, EventKind::Arrive),
        (0, A, enqueue(0)),
        (0, B, EventKind::Arrive),
        (0, B, enqueue(0)),
        (0, A, dispatch()),
        (0, A, EventKind::Run),
        (5, A, demote),
        (5, A, slice_end()),
        (5, A, enqueue(1)),
        (5, B, dispatch()),
        (5, B, EventKind::Run),
        (8, B, EventKind::Exit { status: 0 }),
        (8, A, dispatch()),
        (8, A, EventKind::Run),
    ];
    assert_eq!(lane(&scenario, &events, 9, Lane::Level(0)), ["0-5 User A", "5-8 User B"]);
    assert_eq!(lane(&scenario, &events, 9, Lane::Level(1)), ["5-8 Ready A", "8-9 User A"]);
}
