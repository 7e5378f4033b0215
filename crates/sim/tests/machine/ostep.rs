//! The textbook's programs: `scheduler.py`, `mlfq.py`, `process-run.py`, `fork.py`.
//!
//! Every recorded run is told to the machine as a scenario and must come out to the tick. A tick is a millisecond.
//! What the programs do differently from the textbook's rules is chosen by name: see `rules` in each module.

mod fork;
mod mlfq;
mod process_run;
mod scheduler;

use kernelscope_sim::program::{Op, Program};
use kernelscope_sim::scenario::{ProcessSpec, Scenario};
use kernelscope_sim::time::{Nanos, Time};
use serde::Deserialize;

const TICK: u64 = 1_000_000;

/// A recorded run.
#[derive(Deserialize)]
struct Case<I, E> {
    id: String,
    input: I,
    expected: E,
}

fn cases<I: for<'de> Deserialize<'de>, E: for<'de> Deserialize<'de>>(text: &str) -> Vec<Case<I, E>> {
    serde_json::from_str(text).expect("the recorded runs are well-formed")
}

fn ticks(n: u64) -> Nanos {
    Nanos(n * TICK)
}

fn cpu(n: u64) -> Op {
    Op::Cpu(ticks(n))
}

fn io(n: u64) -> Op {
    Op::Io { device: None, time: ticks(n) }
}

fn process(number: usize, at: u64, program: Vec<Op>) -> ProcessSpec {
    ProcessSpec {
        name: format!("J{number}"),
        at: Time::ZERO + ticks(at),
        program: Program(program),
        ..ProcessSpec::default()
    }
}

/// A scenario of tasks, the rest of it to be filled in.
fn tasks(processes: Vec<ProcessSpec>) -> Scenario {
    Scenario { processes, ..Scenario::default() }
}

/// An average as the programs print it.
fn is_printed(sum: u64, count: usize, printed: f64) -> bool {
    (sum as f64 / count as f64 - printed).abs() <= 0.005 + 1e-9
}
