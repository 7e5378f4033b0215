//! `kernelscope compare`.

use std::io::Write;
use std::sync::Arc;

use kernelscope_session::view::RunMetrics;
use kernelscope_share::file::{Decoded, to_text};
use kernelscope_share::params::{self, Overrides};
use serde_json::{Value, json};

use crate::Failure;
use crate::args::{Compare, Metric};
use crate::outcome::Outcome;
use crate::run::metrics_json;
use crate::source::Source;
use crate::table::{self, Style};

/// The figures that are compared.
const COLUMNS: [(Metric, &str); 7] = [
    (Metric::Turnaround, "turnaround"),
    (Metric::Response, "response"),
    (Metric::Waiting, "waiting"),
    (Metric::Makespan, "makespan"),
    (Metric::Utilisation, "CPU"),
    (Metric::Switches, "switches"),
    (Metric::Latency, "longest ready"),
];

/// Runs the same workload under several policies or rules and writes a row for each.
pub(crate) fn compare(args: &Compare, out: &mut impl Write) -> Result<(), Failure> {
    let source = args.scenario.read()?;
    let mut runs: Vec<(String, Decoded, RunMetrics)> = Vec::new();
    for (name, overrides) in compared(&source, &args.runs)? {
        let mut source = Source { name: format!("{}, {name}", source.name), ..source.clone() };
        source.put_all(&overrides)?;
        let decoded = source.decode()?;
        let outcome = Outcome::of(&source, &Arc::new(decoded.scenario.clone()))?;
        runs.push((name, decoded, outcome.overview.metrics));
    }
    if args.json {
        let run = |(name, decoded, metrics): &(String, Decoded, RunMetrics)| {
            let policy = params::policy_value(&decoded.scenario.machine.policy, decoded.unit.nanos());
            json!({"run": name, "policy": policy, "metrics": metrics_json(metrics, decoded.unit)})
        };
        write!(out, "{}", to_text(&runs.iter().map(run).collect()))?;
        return Ok(());
    }
    let mut rows = vec![vec!["run".to_owned()]];
    rows[0].extend(COLUMNS.iter().map(|(_, heading)| (*heading).to_owned()));
    for (name, decoded, metrics) in &runs {
        let cells = COLUMNS.iter().map(|(metric, _)| metric.text(metrics, decoded.unit));
        rows.push([name.clone()].into_iter().chain(cells).collect());
    }
    table::write(out, &rows, Style::of(args.csv))?;
    Ok(())
}

/// What is asked for: how each run is called, and how it departs from the document. The document's own parameters stay
/// with its own policy.
pub(crate) fn compared(source: &Source, asked: &[String]) -> Result<Vec<(String, Overrides)>, Failure> {
    let decoded = source.decode()?;
    let policy = &decoded.scenario.machine.policy;
    let own = params::policy_name(policy);
    let one = |path: &str, value: Value| Overrides::from_iter([(path.to_owned(), value)]);
    let read = |text: String| match (text.split_once('='), serde_json::from_str(&text)) {
        (_, Ok(value)) => (text, one("machine.policy", value)),
        (Some((path, value)), _) => {
            let overrides = one(path.trim(), params::typed(path.trim(), value.trim()));
            (text, overrides)
        }
        _ if text == own => (text, one("machine.policy", params::policy_value(policy, decoded.unit.nanos()))),
        _ => (text.clone(), one("machine.policy", text.into())),
    };
    let compare = &source.payload.compare;
    Ok(match asked {
        [] if compare.is_empty() => params::policies().map(|name| read(name.to_owned())).collect(),
        [] => compare.iter().map(|overrides| (name(overrides), overrides.clone())).collect(),
        asked => asked.iter().cloned().map(read).collect(),
    })
}

/// A name for a run, from how it departs from the document.
fn name(overrides: &Overrides) -> String {
    let part = |(path, value): (&String, &Value)| match (path.as_str(), value) {
        ("machine.policy", Value::String(name)) => name.clone(),
        ("machine.policy", value) => value.to_string(),
        (path, Value::String(text)) => format!("{path}={text}"),
        (path, value) => format!("{path}={value}"),
    };
    match overrides.is_empty() {
        true => "as it is".to_owned(),
        false => overrides.iter().map(part).collect::<Vec<_>>().join(", "),
    }
}
