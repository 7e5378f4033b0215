//! How long a reader waits: for a seek anywhere in a run of a million steps, for a piece of a timeline of a million
//! segments, and for everything after an edit of a scenario the size of a lesson's.
//!
//! The worst place of many is shown where a wait is felt. Everything is tried several times and the best counts, since a
//! busy machine can only make it slower.

#![expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]
#![expect(clippy::disallowed_types, reason = "a benchmark measures by the clock on the wall")]

use std::sync::Arc;
use std::time::{Duration, Instant};

use kernelscope_session::engine::Engine;
use kernelscope_session::protocol::{Generation, Reply, Request, RunId, Target};
use kernelscope_session::timeline::{LaneTrack, Track, What, tile};
use kernelscope_session::view::Activity;
use kernelscope_sim::ids::TaskId;
use kernelscope_sim::program::{Op, Program};
use kernelscope_sim::scenario::{LevelSpec, Limits, MlfqSpec, PolicySpec, ProcessSpec, Scenario};
use kernelscope_sim::time::{Nanos, Time};

const STEPS: u64 = 1_000_000;
const SEGMENTS: u64 = 1_000_000;
const SEEKS: u64 = 200;
const TRIES: usize = 3;

fn main() {
    load_and_seek("3 tasks", 3, STEPS, "≤ 16 ms");
    load_and_seek("5,000 tasks", 5_000, STEPS, "≤ 100 ms");
    tiles();
    edit();
}

fn line(name: &str, measured: Duration, target: &str) {
    println!("{name}\t{:.2} ms\t{target}", measured.as_secs_f64() * 1e3);
}

fn settle(engine: &mut Engine) -> Reply {
    let mut replies = Vec::new();
    while engine.busy() {
        engine.work(20_000, &mut replies);
    }
    replies.pop().expect("an answer")
}

/// Tasks that compute and block for ever under a multi-level feedback queue.
fn scenario(tasks: usize, steps: u64) -> Arc<Scenario> {
    let ms = Nanos::from_millis;
    let body = |n: usize| vec![Op::Cpu(ms(3 + n as u64 % 20)), Op::Io { device: None, time: ms(5) }];
    let process = |n: usize| ProcessSpec {
        name: format!("T{n}"),
        program: Program(vec![Op::Repeat { times: None, body: body(n) }]),
        ..ProcessSpec::default()
    };
    let level = |quantum| LevelSpec { quantum: ms(quantum), allotment: ms(quantum) };
    let mut scenario = Scenario {
        processes: (0..tasks).map(process).collect(),
        limits: Limits { steps, ..Limits::default() },
        ..Scenario::default()
    };
    scenario.machine.policy = PolicySpec::Mlfq(MlfqSpec {
        levels: vec![level(10), level(20), level(40)],
        boost: Some(ms(1000)),
        preempt_on_higher: true,
        reserved_top: 0,
        nice_advice: false,
    });
    Arc::new(scenario)
}

fn load(engine: &mut Engine, scenario: Arc<Scenario>) -> Duration {
    let began = Instant::now();
    engine.ask(Request::Load { generation: Generation(1), runs: vec![scenario], at: Target::Start });
    settle(engine);
    began.elapsed()
}

fn load_and_seek(name: &str, tasks: usize, steps: u64, target: &str) {
    let mut engine = Engine::new();
    line(&format!("load 1,000,000 steps, {name}"), load(&mut engine, scenario(tasks, steps)), "–");
    let mut seek = |to| {
        let began = Instant::now();
        engine.ask(Request::Seek { generation: Generation(1), run: RunId(0), to });
        settle(&mut engine);
        began.elapsed()
    };
    let mut worst = Duration::ZERO;
    for n in 0..SEEKS {
        // Neither order nor chance: far apart, and never the same remainder between two checkpoints.
        let to = n * 7_654_321 % steps;
        // From the start each time: from the place itself there would be no way to go.
        let tries = (0..TRIES).map(|_| (seek(Target::Start), seek(Target::Step(to))).1);
        worst = worst.max(tries.min().unwrap_or_default());
    }
    line(&format!("seek in 1,000,000 steps, {name}, worst of {SEEKS} places"), worst, target);
    let (checkpoints, index) = engine.footprint();
    println!("checkpoints, {name}\t{:.1} MiB\t≤ 64 MiB", checkpoints as f64 / f64::from(1 << 20));
    println!("index, {name}\t{:.1} bytes a step\t≤ 32", index as f64 / steps as f64);
}

fn tiles() {
    let mut track = Track::default();
    let mut at = Time::ZERO;
    for n in 0..SEGMENTS {
        let task = Some(TaskId::new((n % 7) as u32));
        track.change(at, Some(What { activity: Activity::User, task }));
        at = at + Nanos(1 + n * n % 1000);
    }
    track.finish(at);
    let began = Instant::now();
    let lane = LaneTrack::new(track);
    line("prepare a lane of 1,000,000 segments, in slices", began.elapsed(), "–");
    let mut worst = Duration::ZERO;
    for zoom in 0..20_u64 {
        let window = (Time(at.0 / 3), Time(at.0 / 3 + (at.0 >> zoom).max(1)));
        let tries = (0..TRIES).map(|_| {
            let began = Instant::now();
            let tile = tile(std::iter::once(&lane), window, 3 * 1280);
            assert!(!tile.lanes[0].is_empty());
            began.elapsed()
        });
        worst = worst.max(tries.min().unwrap_or_default());
    }
    line("tile of 1,000,000 segments, worst zoom", worst, "≤ 16 ms");
}

fn edit() {
    let mut engine = Engine::new();
    let best = (0..50).map(|_| load(&mut engine, scenario(5, 2_000))).min().unwrap_or_default();
    line("edit of a lesson-sized scenario, worker's part", best, "≤ 16 ms");
}
