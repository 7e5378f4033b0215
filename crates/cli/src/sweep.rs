//! `kernelscope sweep`.

use std::io::Write;
use std::sync::Arc;

use kernelscope_session::engine::Engine;
use kernelscope_session::protocol::{Generation, Reply, Request};
use kernelscope_session::sweep::SweepSpec;
use kernelscope_session::view::RunMetrics;
use kernelscope_share::file::to_text;
use kernelscope_share::params::{self, Overrides};
use kernelscope_sim::scenario::Scenario;
use serde_json::{Value, json};

use crate::Failure;
use crate::args::{Metric, Sweep};
use crate::compare::compared;
use crate::metric::faults_of;
use crate::outcome::answers;
use crate::source::Source;
use crate::table::{self, Style};

/// Values that are tried at most.
const MOST: usize = 1_000;

/// Runs a scenario with one value after the other in a field and writes a row for each.
pub(crate) fn sweep(args: &Sweep, out: &mut impl Write) -> Result<(), Failure> {
    let source = args.scenario.read()?;
    let unit = source.decode()?.unit;
    let Some((path, values)) = args.over.split_once('=') else {
        return Err(Failure::Usage(
            "--over takes a path and values, as in machine.policy.rr.quantum=1..20".to_owned(),
        ));
    };
    if !params::field(path).is_some_and(|field| field.sweep) {
        let fields = params::TABLE.iter().filter(|field| field.sweep);
        let list: Vec<&str> = fields.map(|field| field.pattern.as_str()).collect();
        return Err(Failure::Usage(format!(
            "{path} is nothing to sweep over; these are:\n  {}",
            list.join("\n  ")
        )));
    }
    let belongs = |prefix: &str, asked: &[String]| path.starts_with(prefix) && !asked.is_empty();
    if belongs("machine.policy.", &args.policy) || belongs("machine.memory.replacement.", &args.replacement) {
        return Err(Failure::Usage(format!("{path} belongs to one policy; it cannot be swept under others")));
    }
    let values = expand(values).map_err(Failure::Usage)?;
    let mut names = Vec::new();
    let mut curves = Vec::new();
    for (name, overrides) in curves_of(&source, args)? {
        let mut points = Vec::new();
        for value in &values {
            let mut source = source.clone();
            source.name = format!("{}, {path}={value}", source.name);
            source.put_all(&overrides)?;
            source.set(path, value)?;
            points.push(Arc::new(source.decode()?.scenario));
        }
        names.push(name);
        curves.push(points);
    }
    let results = run(curves, values.len());
    if args.json {
        let point = |(value, metrics): (&String, &Option<RunMetrics>)| {
            let figures = metrics.as_ref().map(|metrics| {
                let figure = |metric: &Metric| (metric.name().to_owned(), metric.json(metrics, unit));
                Value::Object(args.metric.iter().map(figure).collect())
            });
            json!({"value": value, "metrics": figures})
        };
        let curve = |(name, results): (&String, &Vec<Option<RunMetrics>>)| json!({"run": name, "points": values.iter().zip(results).map(point).collect::<Value>()});
        let curves: Value = names.iter().zip(&results).map(curve).collect();
        write!(out, "{}", to_text(&json!({"over": path, "curves": curves})))?;
        return Ok(());
    }
    let heading = |name: &String, metric: &Metric| match args.policy.is_empty() && args.replacement.is_empty()
    {
        true => metric.name().to_owned(),
        false => format!("{name} {}", metric.name()),
    };
    let mut rows = vec![vec![path.rsplit('.').next().unwrap_or(path).to_owned()]];
    rows[0].extend(names.iter().flat_map(|name| args.metric.iter().map(move |metric| heading(name, metric))));
    for (point, value) in values.iter().enumerate() {
        let figure = |results: &Vec<Option<RunMetrics>>, metric: &Metric| {
            results[point].as_ref().map_or_else(String::new, |metrics| metric.text(metrics, unit))
        };
        let cells =
            results.iter().flat_map(|results| args.metric.iter().map(move |metric| figure(results, metric)));
        rows.push([value.clone()].into_iter().chain(cells).collect());
    }
    table::write(out, &rows, Style::of(args.csv))?;
    if !args.csv && path == "machine.memory.frames" {
        for anomaly in anomalies(&names, &values, &results) {
            writeln!(out, "{anomaly}")?;
        }
    }
    Ok(())
}

/// The policies of the curves, by name and as they change the document: those asked for, or the document's own.
fn curves_of(source: &Source, args: &Sweep) -> Result<Vec<(String, Overrides)>, Failure> {
    if !args.replacement.is_empty() {
        let one = |text: &String| {
            let policy = serde_json::from_str(text).unwrap_or_else(|_| text.as_str().into());
            (text.clone(), Overrides::from_iter([("machine.memory.replacement".to_owned(), policy)]))
        };
        return Ok(args.replacement.iter().map(one).collect());
    }
    match args.policy.as_slice() {
        [] => {
            let machine = source.decode()?.scenario.machine;
            let own = match &machine.memory {
                Some(memory) if args.over.starts_with("machine.memory.") => {
                    params::replacement_name(&memory.replacement)
                }
                _ => params::policy_name(&machine.policy),
            };
            Ok(vec![(own.to_owned(), Overrides::new())])
        }
        asked => compared(source, asked),
    }
}

/// Where more frames gave more faults: Belady's anomaly (OSTEP 22.3), a sentence for each.
fn anomalies(names: &[String], values: &[String], results: &[Vec<Option<RunMetrics>>]) -> Vec<String> {
    let mut told = Vec::new();
    for (name, results) in names.iter().zip(results) {
        let faults = |metrics: &Option<RunMetrics>| Some(faults_of(&metrics.as_ref()?.memory?));
        let points: Vec<(u64, u64)> = values
            .iter()
            .zip(results)
            .filter_map(|(value, metrics)| Some((value.parse().ok()?, faults(metrics)?)))
            .collect();
        let rises = |pair: &&[(u64, u64)]| pair[0].0 < pair[1].0 && pair[0].1 < pair[1].1;
        told.extend(points.windows(2).filter(rises).map(|pair| {
            let [(few, before), (many, after)] = [pair[0], pair[1]];
            format!("Belady's anomaly: {name} faults {before} times with {few} frames and {after} times with {many}")
        }));
    }
    told
}

/// The figures of every point of every curve.
fn run(curves: Vec<Vec<Arc<Scenario>>>, points: usize) -> Vec<Vec<Option<RunMetrics>>> {
    let mut results = vec![vec![None; points]; curves.len()];
    let mut engine = Engine::new();
    engine.ask(Request::Sweep { generation: Generation(1), spec: SweepSpec { curves } });
    while engine.busy() {
        for reply in answers(&mut engine) {
            let Reply::Swept { points, .. } = reply else { continue };
            for point in points {
                results[usize::from(point.curve)][usize::from(point.point)] = point.metrics;
            }
        }
    }
    results
}

/// The values of `1,2,5`, `1..20` or `10ms..100ms/10ms`.
fn expand(text: &str) -> Result<Vec<String>, String> {
    let Some((from, to)) = text.split_once("..") else {
        return Ok(text.split(',').map(|value| value.trim().to_owned()).collect());
    };
    let (to, step) = to.split_once('/').unwrap_or((to, "1"));
    let split = |text: &str| {
        let text = text.trim();
        let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
        let number = text[..end].parse::<u64>().map_err(|_| format!("{text} is not a whole number"))?;
        Ok::<_, String>((number, text[end..].to_owned()))
    };
    let ((from, from_unit), (to, to_unit), (step, step_unit)) = (split(from)?, split(to)?, split(step)?);
    if from_unit != to_unit || !(step_unit.is_empty() || step_unit == to_unit) {
        return Err(format!("{text}: all three numbers need the same unit"));
    }
    if step == 0 || from > to || (to - from) / step >= MOST as u64 {
        return Err(format!("{text}: a sweep goes upwards, in at most {MOST} steps"));
    }
    let step = usize::try_from(step).unwrap_or(usize::MAX);
    Ok((from..=to).step_by(step).map(|number| format!("{number}{to_unit}")).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_listed_or_counted() {
        let values = |text| expand(text).map(|values| values.join(" "));
        assert_eq!(values("1,2, 5ms").as_deref(), Ok("1 2 5ms"));
        assert_eq!(values("1..4").as_deref(), Ok("1 2 3 4"));
        assert_eq!(values("10us..30us/10us").as_deref(), Ok("10us 20us 30us"));
        for wrong in ["4..1", "1..9/0", "1..2ms", "a..b", "0..1000000000"] {
            assert!(values(wrong).is_err(), "{wrong}");
        }
    }
}
