//! `process-run.py`: which state each process is in, tick by tick.
//!
//! An `i` of its programs is `cpu 1; io L` and the `d` that follows is one more `cpu 1`: issuing a request and handling its
//! completion each take a tick.

use kernelscope_sim::conventions::{Conventions, Profile};
use kernelscope_sim::event::EventKind;
use kernelscope_sim::program::Op;
use kernelscope_sim::scenario::{OnIo, OnIoDone, PolicySpec};
use serde::Deserialize;

use super::{Case, TICK, cases, cpu, io, process, tasks};
use crate::trace::Trace;
use crate::watch;

#[derive(Deserialize)]
struct Input {
    switch: String,
    io_done: String,
    io_length: u64,
    programs: Vec<String>,
}

#[derive(Deserialize)]
struct Expected {
    states: Vec<String>,
    io_done_ticks: Vec<u64>,
    cpu_busy_ticks: String,
    ios_in_flight: Vec<(u64, u64, usize)>,
    total_time: u64,
    cpu_busy: usize,
    io_busy: u64,
}

fn rules() -> Conventions {
    Profile::Ostep.conventions(false)
}

#[test]
fn every_recorded_run_of_process_run_py_comes_out() {
    let cases = cases::<Input, Expected>(include_str!("process-run.json"));
    assert_eq!(cases.len(), 29);
    for case in cases {
        check(&case);
    }
}

fn program(letters: &str, io_length: u64) -> Vec<Op> {
    let operations = |letter| match letter {
        'i' => vec![cpu(1), io(io_length)],
        _ => vec![cpu(1)],
    };
    letters.chars().flat_map(operations).collect()
}

fn check(Case { id, input, expected }: &Case<Input, Expected>) {
    let programs = input.programs.iter().enumerate();
    let mut scenario = tasks(
        programs.map(|(number, letters)| process(number, 0, program(letters, input.io_length))).collect(),
    );
    scenario.rules = rules();
    scenario.machine.policy = PolicySpec::NextInRing {
        on_io: if input.switch == "SWITCH_ON_END" { OnIo::Hold } else { OnIo::Switch },
        on_io_done: if input.io_done == "IO_RUN_IMMEDIATE" { OnIoDone::Now } else { OnIoDone::Later },
    };
    let trace = watch(&scenario);
    let total = trace.end / TICK;
    assert_eq!(total, expected.total_time, "{id}");

    let states = states(&trace, &input.programs, total);
    assert_eq!(states, expected.states, "{id}");
    let busy: String = (0..total as usize)
        .map(|tick| {
            if states.iter().any(|line| {
                line.as_bytes()[tick].is_ascii_lowercase() && !b"rb".contains(&line.as_bytes()[tick])
            }) {
                '1'
            } else {
                '0'
            }
        })
        .collect();
    assert_eq!(busy, expected.cpu_busy_ticks, "{id}");
    assert_eq!(busy.matches('1').count(), expected.cpu_busy, "{id}");

    // The program numbers its ticks from 1, and reports a completion in the tick that begins with it.
    let mut done: Vec<u64> = (trace.events.iter())
        .filter(|event| matches!(event.kind, EventKind::Wake { .. }))
        .map(|event| event.at.0 / TICK + 1)
        .collect();
    done.dedup();
    let mut recorded = expected.io_done_ticks.clone();
    recorded.dedup();
    assert_eq!(done, recorded, "{id}");
    let in_flight = |tick: usize| states.iter().filter(|line| line.as_bytes()[tick] == b'b').count();
    let io_busy = (0..total as usize).filter(|tick| in_flight(*tick) > 0).count() as u64;
    assert_eq!(io_busy, expected.io_busy, "{id}");
    for (from, length, requests) in &expected.ios_in_flight {
        for tick in *from..from + length {
            assert_eq!(in_flight(tick as usize - 1), *requests, "{id} tick {tick}");
        }
    }
}

/// A line for each process, a letter for each tick.
fn states(trace: &Trace, programs: &[String], total: u64) -> Vec<String> {
    let mut lines: Vec<Vec<char>> = vec![vec!['r'; total as usize]; programs.len()];
    let mut blocked_since = vec![0; programs.len()];
    for event in &trace.events {
        let (Some(task), tick) = (event.task, event.at.0 / TICK) else { continue };
        let line = &mut lines[task.index()];
        match event.kind {
            EventKind::Block { .. } => blocked_since[task.index()] = tick,
            EventKind::Wake { .. } => fill(line, blocked_since[task.index()], tick, 'b'),
            EventKind::Exit { .. } => fill(line, tick, total, '.'),
            _ => {}
        }
    }
    let mut letters: Vec<_> = programs.iter().map(|program| program.chars()).collect();
    for run in trace.runs() {
        let task = run.task.expect("somebody runs") as usize;
        for tick in run.start / TICK..(run.start + run.length) / TICK {
            lines[task][tick as usize] = letters[task].next().expect("no more ticks than letters");
        }
    }
    lines.into_iter().map(String::from_iter).collect()
}

fn fill(line: &mut [char], from: u64, to: u64, letter: char) {
    line[from as usize..to as usize].fill(letter);
}
