//! `kernelscope run`.

use std::io::Write;
use std::sync::Arc;

use kernelscope_session::view::{RunMetrics, TaskMetrics};
use kernelscope_share::file::{Decoded, Unit, to_text};
use kernelscope_share::params;
use kernelscope_sim::event::EndReason;
use kernelscope_sim::time::format;
use serde_json::{Value, json};

use crate::args::Run;
use crate::metric::{memory_json, memory_lines};
use crate::outcome::{Outcome, schedule};
use crate::table::{self, Style, in_units, json_mean, json_ratio, json_time, percent, unit_name};
use crate::{Failure, gantt, svg};

/// Runs a scenario and writes its chart and figures, or one of the two for another program.
pub(crate) fn run(args: &Run, out: &mut impl Write) -> Result<(), Failure> {
    let source = args.scenario.read()?;
    let decoded = source.decode()?;
    let scenario = Arc::new(decoded.scenario.clone());
    let outcome = Outcome::of(&source, &scenario)?;
    if args.json {
        let schedule = schedule(&scenario);
        let names = names(&outcome);
        let unit = decoded.unit;
        let piece = |piece: &crate::outcome::Piece| {
            let (start, length) = (json_time(piece.start.0, unit), json_time(piece.length.0, unit));
            json!([start, length, piece.cpu.get(), names.get(piece.task.index())])
        };
        let mut json = as_json(&decoded, &outcome);
        json["schedule"] = schedule.iter().map(piece).collect();
        write!(out, "{}", to_text(&json))?;
        return Ok(());
    }
    if args.csv {
        table::write(out, &tasks(&decoded, &outcome), Style::Csv)?;
        return Ok(());
    }
    let title = if decoded.title.is_empty() { &source.name } else { &decoded.title };
    let how = format!("policy {}, times in {}", policy(&decoded), unit_name(decoded.unit));
    if args.svg {
        svg::draw(out, &outcome, decoded.unit, (title, &how), args.width)?;
        return Ok(());
    }
    writeln!(out, "{title}\n{how}\n")?;
    gantt::draw(out, &outcome, decoded.unit, args.width)?;
    writeln!(out)?;
    table::write(out, &tasks(&decoded, &outcome), Style::Columns)?;
    writeln!(out)?;
    let metrics = &outcome.overview.metrics;
    for line in figures(metrics, decoded.unit).into_iter().chain(memory_lines(metrics, decoded.unit)) {
        writeln!(out, "{line}")?;
    }
    writeln!(out, "{}", ending(&outcome, decoded.unit))?;
    Ok(())
}

/// The policy as it is written, but without the quotes.
fn policy(decoded: &Decoded) -> String {
    let policy = params::policy_value(&decoded.scenario.machine.policy, decoded.unit.nanos());
    policy.to_string().replace('"', "").replace(':', ": ").replace(',', ", ")
}

/// The names of the tasks, by id.
fn names(outcome: &Outcome) -> Vec<&str> {
    outcome.overview.tasks.iter().map(|task| task.name.as_str()).collect()
}

/// A row for each task, and their means.
fn tasks(decoded: &Decoded, outcome: &Outcome) -> Vec<Vec<String>> {
    let unit = decoded.unit;
    let heading = ["task", "arrival", "first run", "completion", "turnaround", "response", "waiting", "cpu"];
    let time = |nanos: Option<u64>| nanos.map_or_else(|| "-".to_owned(), |nanos| in_units(nanos, 1, unit));
    let names = names(outcome);
    let row = |task: &TaskMetrics| {
        vec![
            names.get(task.task.index()).copied().unwrap_or_default().to_owned(),
            time(task.arrival.map(|at| at.0)),
            time(task.first_run.map(|at| at.0)),
            time(task.completion.map(|at| at.0)),
            time(task.turnaround.map(|length| length.0)),
            time(task.response.map(|length| length.0)),
            time(Some(task.waiting.0)),
            time(Some(task.cpu.0)),
        ]
    };
    let metrics = &outcome.overview.metrics;
    let blank = String::new;
    let (finished, started) = (u64::from(metrics.finished), u64::from(metrics.started));
    let mean = vec![
        "mean".to_owned(),
        blank(),
        blank(),
        blank(),
        in_units(metrics.turnaround_sum, finished, unit),
        in_units(metrics.response_sum, started, unit),
        in_units(metrics.waiting_sum, finished, unit),
    ];
    let heading = heading.map(str::to_owned).to_vec();
    [heading].into_iter().chain(outcome.overview.tasks_metrics.iter().map(row)).chain([mean]).collect()
}

fn figures(metrics: &RunMetrics, unit: Unit) -> [String; 3] {
    let latency_max = in_units(metrics.latency_max.0, 1, unit);
    [
        format!(
            "makespan {}   CPU utilisation {}   overhead {}   fairness {}",
            in_units(metrics.makespan.0, 1, unit),
            percent(metrics.utilisation),
            percent(metrics.overhead),
            table::decimal(metrics.fairness.0.into(), metrics.fairness.1.into()),
        ),
        format!(
            "context switches {} ({} voluntary, {} involuntary)   mode switches {}   longest ready {latency_max}",
            metrics.context_switches, metrics.voluntary, metrics.involuntary, metrics.mode_switches,
        ),
        format!(
            "system calls {}   interrupts {}   exceptions {}   slices {}",
            metrics.syscalls, metrics.interrupts, metrics.exceptions, metrics.slices,
        ),
    ]
}

/// Where the run stopped, and why.
fn ending(outcome: &Outcome, unit: Unit) -> String {
    let at = in_units(outcome.overview.end.0, 1, unit);
    let why = match outcome.overview.reason {
        EndReason::Done => "every task has ended",
        EndReason::TimeLimit => "the scenario's last instant (limits.until)",
        EndReason::StepLimit => "the scenario's last step (limits.steps)",
        EndReason::Livelock => "a task works without time passing (limits.zero_time_ops)",
        EndReason::Stuck => "tasks are left, and none of them will ever run again",
    };
    format!("ended at {at} after {} steps: {why}", outcome.overview.steps)
}

/// A name for the end of a run.
fn end_name(reason: EndReason) -> &'static str {
    match reason {
        EndReason::Done => "done",
        EndReason::TimeLimit => "time_limit",
        EndReason::StepLimit => "step_limit",
        EndReason::Livelock => "livelock",
        EndReason::Stuck => "stuck",
    }
}

/// All but the schedule. Times are numbers of units; what is not known is null.
fn as_json(decoded: &Decoded, outcome: &Outcome) -> Value {
    let unit = decoded.unit;
    let names = names(outcome);
    let time = |nanos: Option<u64>| nanos.map_or(Value::Null, |nanos| json_time(nanos, unit));
    let task = |task: &TaskMetrics| {
        json!({
            "name": names.get(task.task.index()),
            "arrival": time(task.arrival.map(|at| at.0)),
            "first_run": time(task.first_run.map(|at| at.0)),
            "completion": time(task.completion.map(|at| at.0)),
            "turnaround": time(task.turnaround.map(|length| length.0)),
            "response": time(task.response.map(|length| length.0)),
            "waiting": time(Some(task.waiting.0)),
            "cpu": time(Some(task.cpu.0)),
            "blocked": time(Some(task.blocked.0)),
        })
    };
    let overview = &outcome.overview;
    let unit_text = match unit {
        Unit::Tick => "tick".to_owned(),
        Unit::Time(length) => format::suffixed(length),
    };
    json!({
        "title": decoded.title,
        "policy": params::policy_value(&decoded.scenario.machine.policy, unit.nanos()),
        "unit": unit_text,
        "end": json_time(overview.end.0, unit),
        "ended": end_name(overview.reason),
        "steps": overview.steps,
        "fingerprint": {
            "state": format!("{:016x}", overview.fingerprint.0),
            "log": format!("{:016x}", overview.fingerprint.1),
        },
        "tasks": overview.tasks_metrics.iter().map(task).collect::<Vec<_>>(),
        "metrics": metrics_json(&overview.metrics, unit),
    })
}

/// The figures of a run.
pub(crate) fn metrics_json(metrics: &RunMetrics, unit: Unit) -> Value {
    let (finished, started) = (u64::from(metrics.finished), u64::from(metrics.started));
    let ratio = |(numerator, denominator)| json_ratio(numerator, denominator);
    let mut figures = json!({
        "finished": finished,
        "turnaround_mean": json_mean(metrics.turnaround_sum, finished, unit),
        "response_mean": json_mean(metrics.response_sum, started, unit),
        "waiting_mean": json_mean(metrics.waiting_sum, finished, unit),
        "makespan": json_time(metrics.makespan.0, unit),
        "utilisation": ratio(metrics.utilisation),
        "overhead": ratio(metrics.overhead),
        "fairness": ratio(metrics.fairness),
        "context_switches": metrics.context_switches,
        "voluntary": metrics.voluntary,
        "involuntary": metrics.involuntary,
        "mode_switches": metrics.mode_switches,
        "syscalls": metrics.syscalls,
        "interrupts": metrics.interrupts,
        "exceptions": metrics.exceptions,
        "slices": metrics.slices,
        "latency_p95": metrics.latency_p95.map_or(Value::Null, |latency| json_time(latency.0, unit)),
        "latency_max": json_time(metrics.latency_max.0, unit),
    });
    if metrics.memory.is_some() {
        figures["memory"] = memory_json(metrics, unit);
    }
    figures
}
