//! Which package may depend on which: `sim ← session ← web`, `sim ← share ← {cli, web}`, `session ← cli`.
//!
//! Cargo itself is asked what each package depends on, so a renamed or platform-specific dependency counts.

use crate::shell::{Outcome, command, output};

/// A package, the packages of this project it may use, and whether it may use anybody else's.
struct Rule {
    package: &'static str,
    ours: &'static [&'static str],
    theirs: Theirs,
}

enum Theirs {
    Only(&'static [&'static str]),
    AnyBut(&'static [&'static str]),
}

/// What only the page may use: nothing below it knows that there is a browser.
const WEB: &[&str] = &["gloo", "js-sys", "wasm-bindgen", "web-sys", "yew"];

const RULES: &[Rule] = &[
    Rule { package: "kernelscope-sim", ours: &[], theirs: Theirs::Only(&["serde"]) },
    Rule {
        package: "kernelscope-session",
        ours: &["kernelscope-sim"],
        theirs: Theirs::Only(&["postcard", "serde"]),
    },
    Rule { package: "kernelscope-share", ours: &["kernelscope-sim"], theirs: Theirs::AnyBut(WEB) },
    Rule {
        package: "kernelscope-cli",
        ours: &["kernelscope-sim", "kernelscope-session", "kernelscope-share"],
        theirs: Theirs::AnyBut(WEB),
    },
    Rule {
        package: "kernelscope-web",
        ours: &["kernelscope-sim", "kernelscope-session", "kernelscope-share"],
        theirs: Theirs::AnyBut(&[]),
    },
    Rule { package: "xtask", ours: &[], theirs: Theirs::AnyBut(WEB) },
];

pub(super) fn violations() -> Outcome<Vec<String>> {
    let mut violations = Vec::new();
    for rule in RULES {
        for dependency in dependencies(rule.package)? {
            if !permits(rule, &dependency) {
                violations.push(format!("{} must not depend on {dependency}", rule.package));
            }
        }
    }
    Ok(violations)
}

fn permits(rule: &Rule, dependency: &str) -> bool {
    if dependency.starts_with("kernelscope-") || dependency == "xtask" {
        return rule.ours.contains(&dependency);
    }
    match rule.theirs {
        Theirs::Only(allowed) => allowed.contains(&dependency),
        Theirs::AnyBut(forbidden) => !forbidden.contains(&dependency),
    }
}

/// What a package is built from, tests and benchmarks apart.
fn dependencies(package: &str) -> Outcome<Vec<String>> {
    let mut cargo = command("cargo");
    cargo.args(["tree", "--offline", "--locked", "--package", package, "--edges", "normal,build"]);
    cargo.args(["--depth", "1", "--prefix", "none", "--target", "all", "--format", "{p}"]);
    let tree = output(&mut cargo).ok_or_else(|| format!("cargo cannot say what {package} depends on"))?;
    Ok(tree.lines().skip(1).filter_map(|line| line.split(' ').next()).map(str::to_owned).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(package: &str) -> &'static Rule {
        RULES.iter().find(|rule| rule.package == package).expect("the package has a rule")
    }

    #[test]
    fn the_machine_may_use_serde_and_nothing_else() {
        assert!(permits(rule("kernelscope-sim"), "serde"));
        for dependency in ["serde_json", "kernelscope-session", "kernelscope-share", "rand"] {
            assert!(!permits(rule("kernelscope-sim"), dependency), "{dependency}");
        }
    }

    #[test]
    fn the_session_does_not_know_the_file_format_and_neither_knows_the_browser() {
        assert!(!permits(rule("kernelscope-session"), "kernelscope-share"));
        assert!(!permits(rule("kernelscope-share"), "kernelscope-session"));
        assert!(!permits(rule("kernelscope-session"), "web-sys"));
        assert!(!permits(rule("kernelscope-share"), "wasm-bindgen"));
    }

    #[test]
    fn every_package_has_a_rule() {
        let folders = std::fs::read_dir(crate::shell::root().join("crates")).expect("crates/ exists");
        for folder in folders.flatten() {
            let name = folder.file_name().into_string().expect("a plain name");
            let package = if name == "xtask" { name } else { format!("kernelscope-{name}") };
            assert!(RULES.iter().any(|rule| rule.package == package), "{package}");
        }
    }
}
