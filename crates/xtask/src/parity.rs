//! The same scenarios give the same runs natively and in WebAssembly, bit for bit.
//!
//! `web/examples/parity.rs` is built for both, the second time with the profile that ships; each prints the
//! fingerprints of the machine's state and of its log for every golden scenario and every lesson.

use crate::shell::{Outcome, command, output, root, run, run_quietly};
use std::process::Command;

/// Which scenarios ran alike, and what the others did.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Comparison {
    pub(crate) alike: u32,
    pub(crate) different: Vec<String>,
}

pub(crate) fn check() -> Outcome<Comparison> {
    let paths = scenarios()?;
    let native = lines(command("cargo").args(NATIVE).args(&paths))?;
    run(command("cargo").args(BROWSER))?;
    run(command("wasm-bindgen").args(BIND))?;
    let module = root().join("target/parity/parity.js");
    let browser = lines(command("node").arg("web/tests/parity.mjs").arg(&module).args(&paths))?;
    Ok(compare(&paths, &native, &browser))
}

const NATIVE: &[&str] =
    &["run", "--quiet", "--offline", "--locked", "--package", "kernelscope-web", "--example", "parity", "--"];
const BROWSER: &[&str] = &[
    "build",
    "--offline",
    "--locked",
    "--package",
    "kernelscope-web",
    "--example",
    "parity",
    "--profile",
    "web",
    "--target",
    "wasm32-unknown-unknown",
];
const BIND: &[&str] = &[
    "--target",
    "nodejs",
    "--no-typescript",
    "--out-dir",
    "target/parity",
    "target/wasm32-unknown-unknown/web/examples/parity.wasm",
];

/// Every scenario that is kept in the project, as paths from its root.
fn scenarios() -> Outcome<Vec<String>> {
    let mut listing = command("git");
    listing.args(["ls-files", "--cached", "--others", "--exclude-standard"]);
    listing.args(["crates/*/tests/golden/*/scenario.json", "web/lessons/*.json"]);
    let listed = output(&mut listing).ok_or("git cannot list the scenarios")?;
    let paths: Vec<String> =
        listed.lines().filter(|path| root().join(path).is_file()).map(str::to_owned).collect();
    if paths.is_empty() { Err("there is no scenario to compare".into()) } else { Ok(paths) }
}

/// What a command prints; what it complains about goes to the terminal.
fn lines(command: &mut Command) -> Outcome<Vec<String>> {
    let mut lines = Vec::new();
    run_quietly(command, |line| lines.push(line.to_owned()))?;
    Ok(lines)
}

/// A line begins with the path of its scenario.
fn compare(paths: &[String], native: &[String], browser: &[String]) -> Comparison {
    let mut comparison = Comparison::default();
    for path in paths {
        let own = |line: &&String| line.split(' ').next() == Some(path);
        let (here, there): (Vec<_>, Vec<_>) =
            (native.iter().filter(own).collect(), browser.iter().filter(own).collect());
        if !here.is_empty() && here == there {
            comparison.alike += 1;
        } else {
            let place = here.iter().zip(&there).position(|(here, there)| here != there).unwrap_or(0);
            let told =
                |lines: &[&String]| lines.get(place).map_or("nothing".to_owned(), |line| (*line).clone());
            comparison.different.push(format!("native:  {}\nbrowser: {}", told(&here), told(&there)));
        }
    }
    comparison
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strings(lines: &[&str]) -> Vec<String> {
        lines.iter().map(|line| (*line).to_owned()).collect()
    }

    #[test]
    fn equal_lines_are_alike_and_the_first_different_one_is_told() {
        let native = strings(&["a 10 f0", "a 20 f1", "b 10 f2"]);
        assert_eq!(compare(&strings(&["a", "b"]), &native, &native).alike, 2);
        let browser = strings(&["a 10 f0", "a 20 ff", "b 10 f2"]);
        let comparison = compare(&strings(&["a", "b"]), &native, &browser);
        assert_eq!(comparison.alike, 1);
        assert_eq!(comparison.different, ["native:  a 20 f1\nbrowser: a 20 ff"]);
    }

    #[test]
    fn a_scenario_that_says_nothing_is_not_alike() {
        assert_eq!(compare(&strings(&["a"]), &[], &[]).different.len(), 1);
    }
}
