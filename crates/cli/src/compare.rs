//! `kernelscope compare`.

use std::io::Write;
use std::sync::Arc;

use kernelscope_session::view::RunMetrics;
use kernelscope_share::file::{Decoded, to_text};
use kernelscope_share::params;
use serde_json::{Value, json};

use crate::args::{Compare, Metric};
use crate::outcome::Outcome;
use crate::run::metrics_json;
use crate::source::Source;
use crate::{Failure, table};

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

/// Runs the same workload under several policies and writes a row for each.
pub(crate) fn compare(args: &Compare, out: &mut impl Write) -> Result<(), Failure> {
    let source = args.scenario.read()?;
    let mut runs: Vec<(String, Decoded, RunMetrics)> = Vec::new();
    for (name, policy) in policies(&source, &args.policies)? {
        let mut source = Source { name: format!("{}, {name}", source.name), ..source.clone() };
        source.set("machine.policy", &policy.to_string())?;
        let decoded = source.decode()?;
        let outcome = Outcome::of(&source, &Arc::new(decoded.scenario.clone()))?;
        runs.push((name, decoded, outcome.overview.metrics));
    }
    if args.json {
        let run = |(_, decoded, metrics): &(String, Decoded, RunMetrics)| {
            let policy = params::policy_value(&decoded.scenario.machine.policy, decoded.unit.nanos());
            json!({"policy": policy, "metrics": metrics_json(metrics, decoded.unit)})
        };
        write!(out, "{}", to_text(&runs.iter().map(run).collect()))?;
        return Ok(());
    }
    let mut rows = vec![vec!["policy".to_owned()]];
    rows[0].extend(COLUMNS.iter().map(|(_, heading)| (*heading).to_owned()));
    for (name, decoded, metrics) in &runs {
        let cells = COLUMNS.iter().map(|(metric, _)| metric.text(metrics, decoded.unit));
        rows.push([name.clone()].into_iter().chain(cells).collect());
    }
    table::write(out, &rows)?;
    Ok(())
}

/// The policies that are asked for, by name and with their parameters. The document's own parameters stay with its own policy.
fn policies(source: &Source, asked: &[String]) -> Result<Vec<(String, Value)>, Failure> {
    let decoded = source.decode()?;
    let policy = &decoded.scenario.machine.policy;
    let own = params::policy_name(policy);
    let read = |text: String| match serde_json::from_str(&text) {
        _ if text == own => (text, params::policy_value(policy, decoded.unit.nanos())),
        Ok(value) => (text, value),
        Err(_) => (text.clone(), Value::from(text)),
    };
    Ok(match asked {
        [] => params::policies().map(|name| read(name.to_owned())).collect(),
        asked => asked.iter().cloned().map(read).collect(),
    })
}
