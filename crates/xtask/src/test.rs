//! `cargo xtask test`: every check there is, in one order, with one line of totals at the end.
//!
//! A step that fails does not stop the others, unless they need what it makes. Adding a check is one row of
//! [`STEPS`].

use crate::shell::{Outcome, command, run, run_watched};
use crate::tools;
use crate::web::{self, Finish};
use crate::{dist, house, parity};
use std::time::{Duration, Instant};

/// One check of the whole project.
struct Step {
    name: &'static str,
    /// What a person learns when it fails.
    proves: &'static str,
    /// How many single checks passed and failed.
    run: fn() -> Tally,
}

const STEPS: &[Step] = &[
    Step { name: "format", proves: "the code is formatted", run: format },
    Step { name: "clippy", proves: "no lint speaks up", run: clippy },
    Step { name: "clippy-web", proves: "nor for the browser", run: clippy_web },
    Step { name: "test", proves: "unit, property, golden and differential tests", run: cargo_test },
    Step { name: "parity", proves: "WebAssembly runs every scenario as this machine does", run: wasm_parity },
    Step { name: "house", proves: "dependencies point one way, house rules hold", run: house_rules },
    Step { name: "deny", proves: "licences, bans and sources", run: deny },
    Step { name: "build", proves: "the site builds", run: build },
    Step { name: "size", proves: "its download does not grow", run: size },
    Step { name: "browser", proves: "the built site works in a browser", run: browser },
];

pub(crate) fn test(options: &[&str]) -> Outcome {
    let chosen = choose(options)?;
    tools::ensure(tools::ALL)?;
    tools::fetch_crates()?;
    let start = Instant::now();
    let mut results: Vec<(&Step, Tally, Duration)> = Vec::new();
    for step in chosen {
        println!("\n── {}: {}", step.name, step.proves);
        let start = Instant::now();
        let built = !results.iter().any(|(done, tally, _)| done.name == "build" && tally.failed > 0);
        let tally = if step.name == "browser" && !built {
            println!("there is no site to test");
            Tally::one(&Err(String::new()))
        } else {
            (step.run)()
        };
        results.push((step, tally, start.elapsed()));
    }
    report(&results, start.elapsed())
}

fn choose(mut words: &[&str]) -> Outcome<Vec<&'static Step>> {
    let (mut only, mut skip) = (Vec::new(), Vec::new());
    loop {
        let (list, name) = match words {
            [] => break,
            ["--only", name, ..] => (&mut only, *name),
            ["--skip", name, ..] => (&mut skip, *name),
            [other, ..] => {
                return Err(format!("test does not understand {other}; it has --only STEP and --skip STEP"));
            }
        };
        if !STEPS.iter().any(|step| step.name == name) {
            let names: Vec<&str> = STEPS.iter().map(|step| step.name).collect();
            return Err(format!("there is no step {name}; the steps are {}", names.join(", ")));
        }
        list.push(name);
        words = &words[2..];
    }
    Ok(STEPS
        .iter()
        .filter(|step| (only.is_empty() || only.contains(&step.name)) && !skip.contains(&step.name))
        .collect())
}

fn report(results: &[(&Step, Tally, Duration)], took: Duration) -> Outcome {
    println!("\n{:<12} {:>7} {:>7} {:>8}", "step", "passed", "failed", "seconds");
    for (step, tally, took) in results {
        println!("{:<12} {:>7} {:>7} {:>8.1}", step.name, tally.passed, tally.failed, took.as_secs_f64());
    }
    let passed: u32 = results.iter().map(|(_, tally, _)| tally.passed).sum();
    let failed: u32 = results.iter().map(|(_, tally, _)| tally.failed).sum();
    println!("{:<12} {:>7} {:>7} {:>8.1}\n", "in all", passed, failed, took.as_secs_f64());
    println!("{passed} passed, {failed} failed");
    if failed == 0 { Ok(()) } else { Err("the project is not as it should be; the table says where".into()) }
}

/// How many single checks of a step passed and failed.
#[derive(Clone, Copy, Default)]
struct Tally {
    passed: u32,
    failed: u32,
}

impl Tally {
    /// A step that is one check.
    fn one(outcome: &Outcome) -> Tally {
        match outcome {
            Ok(()) => Tally { passed: 1, failed: 0 },
            Err(reason) => {
                println!("{reason}");
                Tally { passed: 0, failed: 1 }
            }
        }
    }

    /// Both together.
    fn and(self, other: Tally) -> Tally {
        Tally { passed: self.passed + other.passed, failed: self.failed + other.failed }
    }

    /// A step whose program counted for itself; a failure that it did not count still is one.
    fn counted(mut self, outcome: &Outcome) -> Tally {
        if let Err(reason) = outcome {
            println!("{reason}");
            self.failed = self.failed.max(1);
        }
        self
    }
}

fn format() -> Tally {
    Tally::one(&run(command("cargo").args(["fmt", "--all", "--check"])))
}

fn clippy() -> Tally {
    let everything =
        ["clippy", "--offline", "--locked", "--workspace", "--all-targets", "--", "-D", "warnings"];
    Tally::one(&run(command("cargo").args(everything)))
}

/// With memory and without, as the page's two engines are built.
fn clippy_web() -> Tally {
    [&[][..], &["--no-default-features"]].into_iter().map(clippy_web_with).fold(Tally::default(), Tally::and)
}

fn clippy_web_with(features: &[&str]) -> Tally {
    let web = [
        "clippy",
        "--offline",
        "--locked",
        "--package",
        "kernelscope-web",
        "--target",
        "wasm32-unknown-unknown",
    ];
    Tally::one(&run(command("cargo").args(web).args(features).args(["--", "-D", "warnings"])))
}

/// Everything; and what the machine does where it can have no memory.
fn cargo_test() -> Tally {
    let everything = ["--workspace", "--no-fail-fast"];
    let lean = ["--package", "kernelscope-sim", "--no-default-features", "--lib", "fitted"];
    cargo_test_of(&everything).and(cargo_test_of(&lean))
}

fn cargo_test_of(what: &[&str]) -> Tally {
    let mut tally = Tally::default();
    let outcome = run_watched(command("cargo").args(["test", "--offline", "--locked"]).args(what), |line| {
        if let Some(totals) = line.strip_prefix("test result: ") {
            tally.passed += number_before(totals, " passed");
            tally.failed += number_before(totals, " failed");
        }
    });
    tally.counted(&outcome)
}

/// The tests that write what they find when `BLESS` is set, by their files, and how cargo is told to run them.
const BLESSED: &[(&str, &[&str])] = &[
    ("crates/share/tests/golden.rs", &["--package", "kernelscope-share", "--test", "golden"]),
    ("crates/share/tests/corpus.rs", &["--package", "kernelscope-share", "--test", "corpus"]),
    ("crates/cli/tests/golden.rs", &["--package", "kernelscope-cli", "--test", "golden"]),
    ("web/src/palette/tests.rs", &["--package", "kernelscope-web", "--lib", "palette"]),
];

/// Writes down what the golden scenarios, the corpus of links and the commands come to now, and the style sheet of the
/// palette. What their sources say of the scenarios is checked all the same.
pub(crate) fn bless() -> Outcome {
    BLESSED.iter().try_for_each(|(_, which)| {
        run(command("cargo").args(["test", "--offline", "--locked"]).args(*which).env("BLESS", "1"))
    })
}

fn wasm_parity() -> Tally {
    match parity::check() {
        Ok(comparison) => {
            for difference in &comparison.different {
                println!("{difference}");
            }
            Tally {
                passed: comparison.alike,
                failed: u32::try_from(comparison.different.len()).unwrap_or(u32::MAX),
            }
        }
        Err(reason) => Tally::one(&Err(reason)),
    }
}

fn house_rules() -> Tally {
    Tally::one(&house::check())
}

fn deny() -> Tally {
    Tally::one(&run(command("cargo").args([
        "deny",
        "--offline",
        "--locked",
        "check",
        "bans",
        "licenses",
        "sources",
    ])))
}

fn build() -> Tally {
    Tally::one(&web::build(Finish::Shipped).map(|_| ()))
}

fn size() -> Tally {
    Tally::one(&dist::weigh())
}

fn browser() -> Tally {
    let mut tally = Tally::default();
    let mut npx = command("node");
    npx.current_dir(crate::shell::root().join("web/tests"));
    npx.args(["node_modules/@playwright/test/cli.js", "test"]);
    let mut flaky = 0;
    let outcome = run_watched(&mut npx, |line| {
        let line = line.trim();
        if line.ends_with(" failed") || line.ends_with(" flaky") || line.contains(" passed (") {
            tally.passed += number_before(line, " passed");
            tally.failed += number_before(line, " failed");
            flaky += number_before(line, " flaky");
        }
    });
    if flaky > 0 {
        println!("{flaky} passed at the second attempt only: find out why before somebody's first one fails");
        tally.passed += flaky;
    }
    tally.counted(&outcome)
}

/// The number that stands right before `label`, or nothing counted.
fn number_before(text: &str, label: &str) -> u32 {
    let before = text.find(label).map(|at| &text[..at]).unwrap_or_default();
    before
        .rsplit(|letter: char| !letter.is_ascii_digit())
        .next()
        .and_then(|digits| digits.parse().ok())
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn totals_are_read_from_what_the_programs_print() {
        let cargo = "FAILED. 12 passed; 3 failed; 0 ignored; 0 measured";
        assert_eq!((number_before(cargo, " passed"), number_before(cargo, " failed")), (12, 3));
        assert_eq!(number_before("  7 passed (12.3s)", " passed"), 7);
        assert_eq!(number_before("nothing here", " passed"), 0);
    }

    #[test]
    fn a_failure_that_was_not_counted_still_counts() {
        let tally = Tally { passed: 5, failed: 0 }.counted(&Err("it did not start".into()));
        assert_eq!((tally.passed, tally.failed), (5, 1));
    }

    #[test]
    fn every_test_that_can_bless_is_run_by_bless() {
        fn collect(folder: &std::path::Path, found: &mut Vec<std::path::PathBuf>) {
            for entry in std::fs::read_dir(folder).expect("a folder of sources") {
                let path = entry.expect("an entry").path();
                let is_source = path.extension().is_some_and(|extension| extension == "rs");
                if path.is_dir() {
                    collect(&path, found);
                } else if is_source && std::fs::read_to_string(&path).is_ok_and(|text| text.contains(BLESSES))
                {
                    found.push(path);
                }
            }
        }
        // In two parts, so that this file is not found as well.
        const BLESSES: &str = concat!("var_os(\"", "BLESS");
        let root = crate::shell::root();
        let mut found = Vec::new();
        ["crates", "web/src"].iter().for_each(|folder| collect(&root.join(folder), &mut found));
        found.sort();
        let mut listed: Vec<_> = BLESSED.iter().map(|(file, _)| root.join(file)).collect();
        listed.sort();
        assert_eq!(found, listed);
    }

    #[test]
    fn steps_are_chosen_by_name_and_a_misspelt_one_is_refused() {
        let names = |options: &[&str]| -> Vec<&str> {
            choose(options).expect("known steps").iter().map(|step| step.name).collect()
        };
        assert_eq!(names(&["--only", "house", "--only", "format"]), ["format", "house"]);
        assert!(!names(&["--skip", "browser"]).contains(&"browser"));
        assert!(choose(&["--only", "hause"]).is_err());
    }
}
