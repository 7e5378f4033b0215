//! What a source says of a run, in its own few figures. Times count in the scenario's unit; a fraction is a text, `"310/3"`.
//!
//! | field | what |
//! |---|---|
//! | `cpu0` to `cpu3`, `cpu0_begins` | the schedule of a CPU, or how it begins |
//! | `runs` | of each task named: from when to when it runs |
//! | `completions`, `turnarounds`, `cpu` | of each task named; `cpu` from one instant to another if `cpu_between` says so |
//! | `mean_turnaround`, `mean_response`, `mean_waiting` | over all tasks |
//! | `strip`, `tlb` | of each task named: the marks of its references; see [`memory`](super::memory) |
//! | `mapped` | of a task: when the pages that it faulted on were there |
//! | `daemon_sleeps` | when the page daemon has done its work, and how many frames are free then |
//! | `memory` | what was counted, by its name |
//! | `reference_time` | all references together; suffixed, for they are short |
//! | `faults_by` | of policies of replacement: the faults with each number of frames in `frames` |
//! | `end`, `user`, `switching`, `context_switches` | of the whole run |

use kernelscope_share::{file, params};
use kernelscope_sim::mem::Counts;
use kernelscope_sim::time::format;
use serde_json::{Map, Value};

use super::render::{lane, span};
use super::{Run, memory};

/// Checks every figure of a book.
pub(crate) fn check(case: &str, run: &Run, book: &str) {
    let book: Map<String, Value> = serde_json::from_str(book).expect("the book is JSON");
    assert!(!book.is_empty(), "{case}: the source says nothing");
    let totals = run.machine.totals();
    let window = match book.get("cpu_between") {
        Some(window) => (fraction(run, &window[0]).0, fraction(run, &window[1]).0),
        None => (0, run.trace.end.into()),
    };
    for (field, figure) in &book {
        let mean = |sum: u64| assert_mean(case, field, run, sum, figure);
        match field.as_str() {
            "cpu_between" => {}
            "cpu0" | "cpu1" | "cpu2" | "cpu3" => {
                let cpu = field[3..].parse().expect("the number of a CPU");
                assert_eq!(figure, &Value::from(lane(run, cpu)), "{case}");
            }
            "cpu0_begins" => {
                let begins = figure.as_str().is_some_and(|begin| lane(run, 0).starts_with(begin));
                assert!(begins, "{case}: {}", lane(run, 0));
            }
            "mean_turnaround" => mean(totals.turnaround_sum),
            "mean_response" => mean(totals.response_sum),
            "mean_waiting" => mean(totals.waiting_sum),
            "end" => assert_time(case, field, run, run.machine.now().0, figure),
            "user" => assert_time(case, field, run, totals.user.0, figure),
            "switching" => assert_time(case, field, run, totals.switching.0, figure),
            "context_switches" => assert_eq!(figure, &Value::from(totals.context_switches), "{case}"),
            "strip" => each(run, figure, |task, strip| {
                assert_eq!(
                    strip,
                    &Value::from(memory::references(run)[task as usize].strip.as_str()),
                    "{case}"
                );
            }),
            "tlb" => each(run, figure, |task, looks| {
                assert_eq!(
                    looks,
                    &Value::from(memory::references(run)[task as usize].looks.as_str()),
                    "{case}"
                );
            }),
            "mapped" => each(run, figure, |task, instants| {
                let instants = instants.as_array().expect("a list of instants");
                let mapped = &memory::references(run)[task as usize].mapped;
                assert_eq!(instants.len(), mapped.len(), "{case}: {mapped:?}");
                instants.iter().zip(mapped).for_each(|(at, nanos)| assert_time(case, field, run, *nanos, at));
            }),
            "daemon_sleeps" => {
                let expected = figure.as_array().expect("a list of pairs");
                let sleeps = memory::sleeps(run);
                assert_eq!(expected.len(), sleeps.len(), "{case}: {sleeps:?}");
                for (expected, (at, free)) in expected.iter().zip(sleeps) {
                    assert_time(case, field, run, at, &expected[0]);
                    assert_eq!(expected[1], free, "{case}");
                }
            }
            "memory" => {
                let counts = serde_json::to_value(counts(run)).expect("plain numbers");
                for (name, count) in figure.as_object().expect("counts by their names") {
                    assert_eq!(counts.get(name), Some(count), "{case}: {name}");
                }
            }
            "reference_time" => {
                let text = figure.as_str().expect("a time with its unit");
                assert_eq!(format::suffixed(counts(run).time), text, "{case}");
            }
            "frames" => {}
            "faults_by" => faults_by(case, run, &book["frames"], figure),
            "runs" => each(run, figure, |task, spans| {
                let own = run.trace.runs().into_iter().filter(|it| it.task == Some(task));
                let actual: Vec<String> = own.map(|segment| span(run, &segment)).collect();
                assert_eq!(spans, &Value::from(actual.join(" ")), "{case}");
            }),
            "completions" => each(run, figure, |task, at| {
                let completion = run.trace.tasks[task as usize].completion.expect("it is complete");
                assert_time(case, field, run, completion, at);
            }),
            "turnarounds" => each(run, figure, |task, length| {
                let times = run.trace.tasks[task as usize];
                let turnaround = times.completion.zip(times.arrival).map(|(end, start)| end - start);
                assert_time(case, field, run, turnaround.expect("it is complete"), length);
            }),
            "cpu" => each(run, figure, |task, length| {
                let (from, to) = (window.0 as u64, window.1 as u64);
                assert_time(case, field, run, run.trace.cpu_between(task, from, to), length);
            }),
            other => panic!("{case}: no figure is called {other}"),
        }
    }
}

/// What was counted of memory.
fn counts(run: &Run) -> Counts {
    *run.machine.memory().expect("the machine has memory").counts()
}

/// Runs the case under every policy that is named, with every number of frames.
fn faults_by(case: &str, run: &Run, frames: &Value, figures: &Value) {
    let document = file::encode(&run.decoded);
    for (policy, faults) in figures.as_object().expect("figures for each policy") {
        let policy = serde_json::from_str(policy).unwrap_or_else(|_| Value::from(policy.as_str()));
        let faults = faults.as_array().expect("a figure for each number of frames");
        for (frames, faults) in frames.as_array().expect("numbers of frames").iter().zip(faults) {
            let mut document = document.clone();
            for (field, value) in [("frames", frames), ("replacement", &policy)] {
                let path = format!("machine.memory.{field}");
                params::set(&mut document, &path, value.clone()).expect("it is a field");
            }
            let counts = counts(&Run::of(file::decode(&document).expect("it is a scenario")));
            let counted = counts.minor_faults + counts.major_faults;
            assert_eq!(&Value::from(counted), faults, "{case}: {policy} with {frames} frames");
        }
    }
}

/// Does something with the figure of each task that is named.
fn each(run: &Run, figures: &Value, check: impl Fn(u32, &Value)) {
    let names = run.decoded.task_names();
    for (name, figure) in figures.as_object().expect("a figure for each task") {
        let task = names.iter().position(|known| known == name).expect("the task exists");
        check(u32::try_from(task).expect("few tasks"), figure);
    }
}

fn assert_time(case: &str, field: &str, run: &Run, nanos: u64, figure: &Value) {
    let (over, under) = fraction(run, figure);
    assert_eq!(u128::from(nanos) * under, over, "{case}: {field}");
}

fn assert_mean(case: &str, field: &str, run: &Run, sum: u64, figure: &Value) {
    let (over, under) = fraction(run, figure);
    let count = run.machine.tasks().len() as u128;
    assert_eq!(u128::from(sum) * under, over * count, "{case}: {field}");
}

/// A figure in nanoseconds, as numerator and denominator.
fn fraction(run: &Run, figure: &Value) -> (u128, u128) {
    let text = figure.as_str().map_or_else(|| figure.to_string(), str::to_owned);
    let (over, under) = text.split_once('/').unwrap_or((&text, "1"));
    let number = |text: &str| text.parse::<u128>().expect("a figure is a number or a fraction");
    (number(over) * u128::from(run.decoded.unit.nanos().0), number(under))
}
