//! `cargo xtask bench`: every budget that has a measurement, each beside its target.
//!
//! A benchmark is a plain program, `crates/*/benches/*.rs` with `harness = false`. It prints one line a
//! budget, three columns with tabs between them: what was measured, the measurement, the target. Whatever
//! else it prints is passed over. A target is something to compare with, not a test: machines differ. What only a
//! browser can tell, `web/tests/measure.mjs` prints in the same form, of the site built as it ships: that is `page`.

use crate::shell::{Outcome, command, output, root, run_watched};
use crate::web::{self, Finish};
use crate::{dist, tools};
use std::fs;
use std::path::Path;

/// The name of what is measured of the finished site.
const PAGE: &str = "page";

pub(crate) fn bench(names: &[&str]) -> Outcome {
    let mut rows = Vec::new();
    for (package, bench) in benches()? {
        if names.is_empty() || names.contains(&bench.as_str()) {
            println!("measuring {package} {bench} …");
            let mut cargo = command("cargo");
            cargo.args(["bench", "--quiet", "--package", &package, "--bench", &bench]);
            let printed = output(cargo.stdin(std::process::Stdio::null())).ok_or_else(|| {
                format!("the benchmark failed; run `cargo bench -p {package} --bench {bench}`")
            })?;
            rows.extend(printed.lines().filter_map(Row::parse));
        }
    }
    if names.is_empty() || names.contains(&PAGE) {
        println!("building the site, and measuring the {PAGE} in a browser …");
        rows.extend(page()?);
    }
    if rows.is_empty() {
        return Err(format!("no benchmark is called {}", names.join(" or ")));
    }
    print_table(&rows);
    Ok(())
}

/// What the finished site weighs, and how quick it is in a browser.
fn page() -> Outcome<Vec<Row>> {
    tools::ensure(tools::ALL)?;
    web::build(Finish::Shipped)?;
    let kilobytes = |bytes: usize| format!("{:.0} KB", bytes as f64 / 1000.0);
    let mut rows = vec![Row {
        what: "download, gzipped: app, worker, styles".into(),
        measured: kilobytes(dist::weight()?),
        target: format!("≤ {}", kilobytes(dist::BUDGET)),
    }];
    let mut node = command("node");
    node.current_dir(root().join("web/tests")).arg("measure.mjs");
    run_watched(&mut node, |line| rows.extend(Row::parse(line)))?;
    Ok(rows)
}

struct Row {
    what: String,
    measured: String,
    target: String,
}

impl Row {
    fn parse(line: &str) -> Option<Row> {
        let mut columns = line.split('\t').map(|column| column.trim().to_owned());
        let row = Row { what: columns.next()?, measured: columns.next()?, target: columns.next()? };
        columns.next().is_none().then_some(row)
    }
}

fn print_table(rows: &[Row]) {
    let widest =
        |column: fn(&Row) -> &str| rows.iter().map(|row| column(row).chars().count()).max().unwrap_or(0);
    let (what, measured) = (widest(|row| &row.what), widest(|row| &row.measured));
    println!();
    for row in rows {
        println!("{:what$}  {:>measured$}  {}", row.what, row.measured, row.target);
    }
}

/// Every benchmark, as its package's and its own name.
fn benches() -> Outcome<Vec<(String, String)>> {
    let list = |folder: &Path| -> Vec<_> {
        let entries = fs::read_dir(folder).into_iter().flatten().flatten();
        let mut paths: Vec<_> = entries.map(|entry| entry.path()).collect();
        paths.sort();
        paths
    };
    let mut found = Vec::new();
    for package in list(&root().join("crates")).into_iter().chain([root().join("web")]) {
        for bench in list(&package.join("benches")) {
            let name = |path: &Path| path.file_stem().map(|stem| stem.to_string_lossy().into_owned());
            if let (Some(package), Some(bench)) = (name(&package), name(&bench)) {
                found.push((format!("kernelscope-{package}"), bench));
            }
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_budget_is_a_line_of_exactly_three_columns() {
        let row = Row::parse("events, 10 tasks\t12.1 M/s\t≥ 10 M/s").expect("three columns");
        assert_eq!(
            (row.what.as_str(), row.measured.as_str(), row.target.as_str()),
            ("events, 10 tasks", "12.1 M/s", "≥ 10 M/s")
        );
        assert!(Row::parse("warming up").is_none());
        assert!(Row::parse("a\tb\tc\td").is_none());
    }
}
