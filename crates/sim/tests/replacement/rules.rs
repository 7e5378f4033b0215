//! Every rule of replacement, in a case in which it decides.

use kernelscope_sim::mem::replace::ReplacementSpec;
use kernelscope_sim::rules::{RULES, RuleId};

use crate::pager::{Setup, Step, run};

/// A policy on so many frames and a string whose last reference displaces a page, by which rule, with the keys
/// that were compared.
struct Case {
    spec: ReplacementSpec,
    frames: u32,
    string: &'static [u64],
    victim: u64,
    rule: RuleId,
    keys: [u64; 2],
}

const CASES: &[Case] = &[
    Case {
        spec: ReplacementSpec::Lru,
        frames: 1,
        string: &[7, 8],
        victim: 7,
        rule: RuleId::OnlyCandidate,
        keys: [0, 0],
    },
    Case {
        spec: ReplacementSpec::Fifo,
        frames: 3,
        string: &[5, 6, 7, 5, 8],
        victim: 5,
        rule: RuleId::FifoOldest,
        keys: [0, 1],
    },
    Case {
        spec: ReplacementSpec::Lru,
        frames: 3,
        string: &[5, 6, 7, 5, 8],
        victim: 6,
        rule: RuleId::LruLeastRecent,
        keys: [1, 2],
    },
    Case {
        spec: ReplacementSpec::Mru,
        frames: 3,
        string: &[5, 6, 7, 5, 8],
        victim: 5,
        rule: RuleId::MruMostRecent,
        keys: [3, 2],
    },
];

#[test]
fn every_rule_of_replacement_decides_somewhere() {
    for rule in RULES.iter().filter(|rule| rule.name.starts_with("replace.")) {
        assert!(CASES.iter().any(|case| case.rule == rule.id), "{}", rule.name);
    }
    for case in CASES {
        let steps = run(&case.spec, &Setup::of(case.frames), case.string);
        let Some(Step::Fault(Some((victim, choice)))) = steps.last() else { panic!("{:?}", case.rule) };
        let decided = (*victim, choice.reason.rule, [choice.reason.key, choice.reason.other]);
        assert_eq!(decided, (case.victim, case.rule, case.keys), "{:?}", case.spec);
    }
}
