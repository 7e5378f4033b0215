//! `mlfq.py`: a multi-level feedback queue whose allotments count in slices.
//!
//! A job that issues I/O after every `f` ticks is `repeat k { cpu f; io i }; cpu rest`; none is issued on its last tick.

use std::collections::BTreeMap;

use kernelscope_sim::conventions::{Conventions, IoReturn, IoReturnPreemptsEqual, MlfqRule4, Profile};
use kernelscope_sim::event::{Event, EventKind};
use kernelscope_sim::program::Op;
use kernelscope_sim::scenario::{LevelSpec, MlfqSpec, PolicySpec};
use serde::Deserialize;

use super::{Case, TICK, cases, cpu, io, is_printed, process, tasks, ticks};
use crate::trace::Trace;
use crate::watch;

#[derive(Deserialize)]
struct Input {
    quantum_high_to_low: Vec<u64>,
    allotment_high_to_low: Vec<u64>,
    boost: u64,
    io_time: u64,
    stay_after_io: bool,
    io_bump: bool,
    jobs: Vec<Job>,
}

#[derive(Deserialize)]
struct Job {
    start: u64,
    run: u64,
    io_freq: u64,
}

#[derive(Deserialize)]
struct Expected {
    schedule: Vec<(u64, u64, i64, i64)>,
    events: Vec<(u64, String, i64)>,
    per_job: Vec<PerJob>,
    average: Average,
}

#[derive(Debug, PartialEq, Eq, Deserialize)]
struct PerJob {
    response: u64,
    turnaround: u64,
    finish: u64,
}

#[derive(Deserialize)]
struct Average {
    response: f64,
    turnaround: f64,
}

/// The program's own order inside an instant and its own boost; `-S` is rules 4a and 4b, `-I` puts a job that returns from I/O
/// before the others of its queue, the running one included.
fn rules(input: &Input) -> Conventions {
    let rules = Profile::Ostep.conventions(true);
    let (io_return, io_return_preempts_equal) = match input.io_bump {
        true => (IoReturn::Head, IoReturnPreemptsEqual::Yes),
        false => (IoReturn::Tail, IoReturnPreemptsEqual::No),
    };
    let mlfq_rule4 = if input.stay_after_io { MlfqRule4::PerSlice } else { MlfqRule4::Accounting };
    Conventions { io_return, io_return_preempts_equal, mlfq_rule4, ..rules }
}

#[test]
fn every_recorded_run_of_mlfq_py_comes_out() {
    let cases = cases::<Input, Expected>(include_str!("mlfq.json"));
    assert_eq!(cases.len(), 44);
    for case in cases {
        check(&case);
    }
}

fn program(job: &Job, io_time: u64) -> Vec<Op> {
    let before_the_last_tick = job.run - 1;
    let Some(requests) = before_the_last_tick.checked_div(job.io_freq) else { return vec![cpu(job.run)] };
    let mut program: Vec<Op> = (0..requests).flat_map(|_| [cpu(job.io_freq), io(io_time)]).collect();
    program.push(cpu(job.run - requests * job.io_freq));
    program
}

fn check(Case { id, input, expected }: &Case<Input, Expected>) {
    let jobs = input.jobs.iter().enumerate();
    let mut scenario =
        tasks(jobs.map(|(number, job)| process(number, job.start, program(job, input.io_time))).collect());
    scenario.rules = rules(input);
    let levels = input.quantum_high_to_low.iter().zip(&input.allotment_high_to_low);
    scenario.machine.policy = PolicySpec::Mlfq(MlfqSpec {
        levels: levels
            .map(|(quantum, slices)| LevelSpec {
                quantum: ticks(*quantum),
                allotment: ticks(quantum * slices),
            })
            .collect(),
        boost: Some(ticks(input.boost)).filter(|every| !every.is_zero()),
        preempt_on_higher: true,
        reserved_top: 0,
        nice_advice: false,
    });
    let trace = watch(&scenario);

    assert_eq!(schedule(&trace, input.quantum_high_to_low.len()), expected.schedule, "{id}");
    let recorded =
        expected.events.iter().map(|(at, what, job)| (*at, what.as_str(), u32::try_from(*job).ok()));
    // The program stops with the last job; the machine still boosts nobody at that instant.
    let over = trace.tasks.iter().filter_map(|times| times.completion).max().unwrap_or(0) / TICK;
    let told = told(&trace).filter(|(at, what, _)| *what != "boost" || *at < over);
    assert_eq!(by_instant(told), by_instant(recorded), "{id}");
    let per_job: Vec<PerJob> = trace
        .tasks
        .iter()
        .zip(&input.jobs)
        .map(|(times, job)| {
            let at = |instant: Option<u64>| instant.expect("it ran to its end") / TICK;
            let finish = at(times.completion);
            PerJob { response: at(times.first_run) - job.start, turnaround: finish - job.start, finish }
        })
        .collect();
    assert_eq!(per_job, expected.per_job, "{id}");
    let sum = |of: fn(&PerJob) -> u64| per_job.iter().map(of).sum();
    let Average { response, turnaround } = expected.average;
    assert!(is_printed(sum(|it| it.response), per_job.len(), response), "{id}");
    assert!(is_printed(sum(|it| it.turnaround), per_job.len(), turnaround), "{id}");
}

/// Start, length, job and priority; the program numbers its queues upwards and shows idle time as job −1.
fn schedule(trace: &Trace, levels: usize) -> Vec<(u64, u64, i64, i64)> {
    let mut schedule = Vec::new();
    let mut clock = 0;
    for run in trace.runs() {
        let (start, length) = (run.start / TICK, run.length / TICK);
        if start > clock {
            schedule.push((clock, start - clock, -1, -1));
        }
        schedule.push((
            start,
            length,
            run.task.map_or(-1, i64::from),
            levels as i64 - 1 - i64::from(run.level),
        ));
        clock = start + length;
    }
    schedule
}

/// The events that the program prints, in its words.
fn told(trace: &Trace) -> impl Iterator<Item = (u64, &'static str, Option<u32>)> + '_ {
    let word = |event: &Event| match event.kind {
        EventKind::Arrive => Some("arrive"),
        EventKind::Block { .. } => Some("io_start"),
        EventKind::Wake { .. } => Some("io_done"),
        EventKind::Exit { .. } => Some("finish"),
        EventKind::Boost { .. } => Some("boost"),
        _ => None,
    };
    trace
        .events
        .iter()
        .filter_map(move |event| Some((event.at.0 / TICK, word(event)?, event.task.map(|task| task.get()))))
}

/// What happened at each instant. Inside an instant the program prints by its own loop: what ends a tick is printed before what the
/// next instant brings, where the machine tells it in the order of its phases.
fn by_instant<'a>(
    events: impl Iterator<Item = (u64, &'a str, Option<u32>)>,
) -> BTreeMap<u64, Vec<(&'a str, Option<u32>)>> {
    let mut instants: BTreeMap<u64, Vec<(&str, Option<u32>)>> = BTreeMap::new();
    for (at, what, job) in events {
        instants.entry(at).or_default().push((what, job));
    }
    instants.values_mut().for_each(|events| events.sort_unstable());
    instants
}
