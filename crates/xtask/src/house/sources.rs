//! What a source file may contain, by where it stands.

use crate::shell::{Outcome, command, output, root};
use std::fs;

/// Lines a file may have: what one can hold in one's head.
const LONGEST: usize = 400;

/// Something a Rust file must not contain, up to its tests.
struct Rule {
    /// The files it holds for.
    applies: fn(path: &str) -> bool,
    /// What breaks it, in a line of code (comments are not code).
    broken_by: fn(line: &str) -> bool,
    /// What the author should know.
    because: &'static str,
}

const RULES: &[Rule] = &[
    Rule {
        applies: |path| path.starts_with("crates/sim/src/"),
        broken_by: |line| has_word(line, &["HashMap", "HashSet", "RandomState"]),
        because: "the machine iterates in a fixed order: BTreeMap, Vec or an arena",
    },
    Rule {
        applies: |path| path.starts_with("crates/sim/src/"),
        broken_by: |line| has_word(line, &["f32", "f64"]),
        because: "the machine has no floats: a ratio is a pair, a percentage is made where it is shown",
    },
    Rule {
        applies: |path| path.starts_with("crates/sim/src/") || path.starts_with("crates/session/src/"),
        broken_by: |line| {
            ["std::time", "std::fs", "std::net", "std::env", "std::thread"]
                .iter()
                .any(|path| line.contains(path))
        },
        because: "the machine and its session are pure: no clock, no files, no threads",
    },
    Rule {
        applies: |path| !may_speak_korean(path),
        broken_by: |line| line.chars().any(|letter| ('가'..='힣').contains(&letter)),
        because: "texts for people live in web/src/i18n and the lessons, both languages side by side",
    },
    Rule {
        applies: |path| {
            path.starts_with("web/src/")
                && !["web/src/engine", "web/src/bin/worker"].iter().any(|at| path.starts_with(at))
        },
        broken_by: |line| line.contains("post_message"),
        because: "only the engine client and the worker know how messages travel",
    },
    Rule {
        applies: |path| !path.starts_with("crates/xtask/src/house/"),
        broken_by: |line| {
            has_word(line, &["TODO", "FIXME", "XXX"]) || line.contains("#[ignore") || line.contains("todo!(")
        },
        because: "main holds what is finished",
    },
];

fn may_speak_korean(path: &str) -> bool {
    ["web/src/i18n", "web/src/lessons", "crates/xtask/src/house/"]
        .iter()
        .any(|folder| path.starts_with(folder))
        || path.contains("/tests/")
        || path.ends_with("tests.rs")
}

pub(super) fn violations() -> Outcome<Vec<String>> {
    let listed =
        output(command("git").args(["ls-files", "--cached", "--others", "--exclude-standard", "*.rs"]))
            .ok_or("git cannot list the sources")?;
    let mut violations = Vec::new();
    for path in listed.lines() {
        // A file that is deleted but not yet committed is listed and not there.
        if let Ok(text) = fs::read_to_string(root().join(path)) {
            violations.extend(violations_in(path, &text));
        }
    }
    Ok(violations)
}

fn violations_in(path: &str, text: &str) -> Vec<String> {
    let mut violations = Vec::new();
    let length = text.lines().count();
    if length > LONGEST {
        violations
            .push(format!("{path}: {length} lines; a file has one concept and at most {LONGEST} lines"));
    }
    if !path.ends_with(".rs") {
        return violations;
    }
    for (number, line) in code_outside_tests(path, text).lines().enumerate() {
        for rule in RULES.iter().filter(|rule| (rule.applies)(path)) {
            if (rule.broken_by)(code_of(line)) {
                violations.push(format!("{path}:{}: {}", number + 1, rule.because));
            }
        }
    }
    violations
}

/// What comes before the tests of a file; of a file of tests nothing.
fn code_outside_tests<'a>(path: &str, text: &'a str) -> &'a str {
    if path.ends_with("/tests.rs") {
        return "";
    }
    text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default()
}

/// A line without its comment.
fn code_of(line: &str) -> &str {
    // `https://` inside a string is no comment.
    let comment = line.match_indices("//").find(|(at, _)| !line[..*at].ends_with(':'));
    comment.map_or(line, |(at, _)| &line[..at])
}

fn has_word(line: &str, words: &[&str]) -> bool {
    line.split(|letter: char| !letter.is_alphanumeric() && letter != '_').any(|word| words.contains(&word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_machine_may_not_hash_or_divide_into_floats() {
        assert_eq!(violations_in("crates/sim/src/a.rs", "use std::collections::HashMap;\n").len(), 1);
        assert_eq!(violations_in("crates/sim/src/a.rs", "let share = x as f64;\n").len(), 1);
        assert!(violations_in("crates/sim/src/a.rs", "// a HashMap would not do\n").is_empty());
        assert!(violations_in("crates/cli/src/a.rs", "let share = x as f64;\n").is_empty());
    }

    #[test]
    fn korean_stands_in_the_catalogue_only() {
        assert_eq!(violations_in("web/src/timeline.rs", "let name = \"과제\";\n").len(), 1);
        assert!(violations_in("web/src/i18n/texts.rs", "let name = \"과제\";\n").is_empty());
        let tested = "#[cfg(test)]\nmod tests {\nlet name = \"과제\";\n}\n";
        assert!(violations_in("web/src/timeline.rs", tested).is_empty());
        assert!(violations_in("web/src/timeline/tests.rs", "let name = \"과제\";\n").is_empty());
        let apart = "#[cfg(test)]\nmod tests;\nlet name = \"과제\";\n";
        assert_eq!(violations_in("web/src/timeline.rs", apart).len(), 1);
    }

    #[test]
    fn a_file_of_more_than_four_hundred_lines_is_too_long() {
        assert_eq!(violations_in("a.rs", &"x();\n".repeat(400)).len(), 0);
        assert_eq!(violations_in("a.css", &"a {}\n".repeat(401)).len(), 1);
    }

    #[test]
    fn an_address_in_a_string_is_not_a_comment() {
        assert_eq!(code_of("let a = \"https://b\"; // c"), "let a = \"https://b\"; ");
    }
}
