//! The house rules that neither rustc nor clippy can check, as tests of the source itself.
//!
//! Two kinds: which package may depend on which ([`arrows`]), and what a source file may contain
//! ([`sources`]). Each violation names its place and the rule.

mod arrows;
mod sources;

use crate::shell::Outcome;

/// Checks every rule and reports every violation at once.
pub(crate) fn check() -> Outcome {
    let violations: Vec<String> = arrows::violations()?.into_iter().chain(sources::violations()?).collect();
    for violation in &violations {
        println!("{violation}");
    }
    match violations.len() {
        0 => Ok(()),
        count => Err(format!("{count} house rules are broken")),
    }
}
