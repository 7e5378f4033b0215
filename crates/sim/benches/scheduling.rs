//! How many scheduling events a second the machine makes and somebody records, per policy.
//!
//! The programs are endless, so the queues stay as long as they are; the best of several runs counts, since a
//! busy machine can only make it slower.

#![expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]
#![expect(clippy::disallowed_types, reason = "a benchmark measures by the clock on the wall")]

use std::sync::Arc;
use std::time::Instant;

use kernelscope_sim::event::{Detail, Event};
use kernelscope_sim::machine::{Machine, Stop};
use kernelscope_sim::program::{Op, Program};
use kernelscope_sim::scenario::{
    LevelSpec, Limits, MachineSpec, MlfqSpec, PolicySpec, ProcessSpec, Scenario,
};
use kernelscope_sim::sink::Sink;
use kernelscope_sim::time::{Nanos, Time};

const RUNS: u32 = 5;
const STEPS: u64 = 2_000_000;

/// How many events are kept: a power of two, so that finding the next place takes no division.
const ROOM: usize = 1 << 16;

/// Records into a ring, so that the measurement is of making and storing events, not of growing memory.
struct Ring {
    events: Vec<Event>,
    made: usize,
}

impl Sink for Ring {
    const DETAIL: Detail = Detail::Story;
    fn event(&mut self, event: Event) {
        let place = self.made % ROOM;
        self.events[place] = event;
        self.made += 1;
    }
}

fn main() {
    for (tasks, target) in [(10, "≥ 10 M/s"), (100_000, "≥ 3 M/s")] {
        for (name, policy, program) in cases() {
            let best = (0..RUNS).map(|_| rate(&policy, &program, tasks)).fold(0.0, f64::max);
            println!("scheduling events, {name}, {tasks} tasks\t{:.1} M/s\t{target}", best / 1e6);
        }
    }
}

fn cases() -> Vec<(&'static str, PolicySpec, Program)> {
    let ms = Nanos::from_millis;
    // A burst, then an own device for a moment: the shape that makes a policy without slices decide.
    let blocking = Program(vec![Op::Repeat {
        times: None,
        body: vec![Op::Cpu(ms(3)), Op::Io { device: None, time: Nanos(1) }],
    }]);
    let busy = Program(vec![Op::Repeat { times: None, body: vec![Op::Cpu(ms(1_000_000))] }]);
    let level = |quantum| LevelSpec { quantum: ms(quantum), allotment: ms(quantum) };
    let mlfq = MlfqSpec {
        levels: vec![level(10), level(20), level(40)],
        boost: None,
        preempt_on_higher: true,
        reserved_top: 0,
        nice_advice: false,
    };
    vec![
        ("FIFO", PolicySpec::Fifo, blocking.clone()),
        ("SJF", PolicySpec::Sjf { estimate: None }, blocking.clone()),
        ("STCF", PolicySpec::Stcf { estimate: None }, blocking),
        (
            "priority",
            PolicySpec::Priority { preemptive: true, quantum: Some(ms(2)), aging: None },
            busy.clone(),
        ),
        ("RR", PolicySpec::Rr { quantum: ms(10) }, busy.clone()),
        ("MLFQ", PolicySpec::Mlfq(mlfq), busy),
    ]
}

fn rate(policy: &PolicySpec, program: &Program, tasks: u32) -> f64 {
    let process = |n: u32| ProcessSpec {
        name: format!("T{n}"),
        at: Time::ZERO,
        priority: n % 4,
        program: program.clone(),
        ..ProcessSpec::default()
    };
    let arrivals = u64::from(tasks) * 2;
    let scenario = Scenario {
        machine: MachineSpec { policy: policy.clone(), ..MachineSpec::default() },
        processes: (0..tasks).map(process).collect(),
        limits: Limits { steps: arrivals + STEPS, ..Limits::default() },
        ..Scenario::default()
    };
    let mut machine = Machine::new(Arc::new(scenario)).expect("a scenario that runs");
    let blank =
        Event { at: Time::ZERO, kind: kernelscope_sim::event::EventKind::Arrive, task: None, cpu: None };
    let mut ring = Ring { events: vec![blank; ROOM], made: 0 };
    machine.run(Stop::Step(arrivals), &mut ring);
    ring.made = 0;
    let start = Instant::now();
    machine.run(Stop::End, &mut ring);
    ring.made as f64 / start.elapsed().as_secs_f64()
}
