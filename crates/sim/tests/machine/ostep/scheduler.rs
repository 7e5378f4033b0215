//! `scheduler.py`: FIFO, SJF and RR over jobs that are all there from the start.

use kernelscope_sim::conventions::{Conventions, Profile};
use kernelscope_sim::event::EventKind;
use kernelscope_sim::scenario::PolicySpec;
use serde::Deserialize;

use super::{Case, TICK, cases, cpu, is_printed, process, tasks, ticks};
use crate::watch;

#[derive(Deserialize)]
struct Input {
    policy: String,
    quantum: Option<u64>,
    jobs: Vec<Job>,
}

#[derive(Deserialize)]
struct Job {
    arrival: u64,
    run: u64,
}

#[derive(Deserialize)]
struct Expected {
    schedule: Vec<(u64, u64, u32)>,
    slices: usize,
    finish_order: Vec<(u32, u64)>,
    per_job: Vec<PerJob>,
    average: Average,
    sum: PerJob,
}

#[derive(Debug, Default, PartialEq, Eq, Deserialize)]
struct PerJob {
    response: u64,
    turnaround: u64,
    wait: u64,
}

#[derive(Deserialize)]
struct Average {
    response: f64,
    turnaround: f64,
    wait: f64,
}

/// Ties go by the number of the job; everything else is as in most textbooks.
fn rules() -> Conventions {
    Profile::Ostep.conventions(false)
}

#[test]
fn every_recorded_run_of_scheduler_py_comes_out() {
    let cases = cases::<Input, Expected>(include_str!("scheduler.json"));
    assert_eq!(cases.len(), 30);
    for case in cases {
        check(&case);
    }
}

fn check(Case { id, input, expected }: &Case<Input, Expected>) {
    let jobs = input.jobs.iter().enumerate();
    let mut scenario =
        tasks(jobs.map(|(number, job)| process(number, job.arrival, vec![cpu(job.run)])).collect());
    scenario.rules = rules();
    scenario.machine.policy = match input.policy.as_str() {
        "FIFO" => PolicySpec::Fifo,
        "SJF" => PolicySpec::Sjf { estimate: None },
        "RR" => PolicySpec::Rr { quantum: ticks(input.quantum.expect("round robin has a quantum")) },
        other => panic!("{id}: no policy {other}"),
    };
    let trace = watch(&scenario);

    let schedule: Vec<(u64, u64, u32)> = trace
        .runs()
        .iter()
        .map(|run| (run.start / TICK, run.length / TICK, run.task.unwrap_or(u32::MAX)))
        .collect();
    assert_eq!(schedule, expected.schedule, "{id}");
    let turns = trace.events.iter().filter(|event| matches!(event.kind, EventKind::Dispatch { .. })).count();
    assert_eq!(turns, expected.slices, "{id}");
    let finish_order: Vec<(u32, u64)> = (trace.events.iter())
        .filter(|event| matches!(event.kind, EventKind::Exit { .. }))
        .filter_map(|event| Some((event.task?.get(), event.at.0 / TICK)))
        .collect();
    assert_eq!(finish_order, expected.finish_order, "{id}");
    let per_job: Vec<PerJob> = trace
        .tasks
        .iter()
        .zip(&input.jobs)
        .map(|(times, job)| {
            let since = |instant: Option<u64>| instant.expect("it ran to its end") / TICK - job.arrival;
            let turnaround = since(times.completion);
            PerJob { response: since(times.first_run), turnaround, wait: turnaround - job.run }
        })
        .collect();
    assert_eq!(per_job, expected.per_job, "{id}");
    let sum = |of: fn(&PerJob) -> u64| per_job.iter().map(of).sum::<u64>();
    let sums = PerJob {
        response: sum(|it| it.response),
        turnaround: sum(|it| it.turnaround),
        wait: sum(|it| it.wait),
    };
    assert_eq!(sums, expected.sum, "{id}");
    let Average { response, turnaround, wait } = expected.average;
    for (sum, printed) in [(sums.response, response), (sums.turnaround, turnaround), (sums.wait, wait)] {
        assert!(is_printed(sum, per_job.len(), printed), "{id}: {sum} {printed}");
    }
}
