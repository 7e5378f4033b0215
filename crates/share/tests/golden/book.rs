//! What a source says of a run, in its own few figures. Times count in the scenario's unit; a fraction is a text, `"310/3"`.
//!
//! | field | what |
//! |---|---|
//! | `cpu0` to `cpu3`, `cpu0_begins` | the schedule of a CPU, or how it begins |
//! | `runs` | of each task named: from when to when it runs |
//! | `completions`, `turnarounds`, `cpu` | of each task named; `cpu` from one instant to another if `cpu_between` says so |
//! | `mean_turnaround`, `mean_response`, `mean_waiting` | over all tasks |
//! | `end`, `user`, `switching`, `context_switches` | of the whole run |

use serde_json::{Map, Value};

use super::Run;
use super::render::{lane, span};

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
