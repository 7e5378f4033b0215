//! The textbook's `paging-policy.py`, run by run and victim by victim.

use kernelscope_sim::mem::replace::{Draws, RandomIndex, ReplacementSpec, next_uses};
use serde::Deserialize;

use crate::pager::{Pager, Setup, Step};

#[derive(Deserialize)]
struct Case {
    id: String,
    input: Input,
    expected: Expected,
}

#[derive(Deserialize)]
struct Input {
    policy: String,
    cache_size: u32,
    refs: Vec<u64>,
    #[serde(default)]
    draws: Vec<u32>,
    clockbits: Option<u32>,
}

#[derive(Deserialize)]
struct Expected {
    hits: usize,
    misses: usize,
    accesses: Vec<(u64, String, Option<u64>, Vec<u64>)>,
}

fn spec(input: &Input) -> ReplacementSpec {
    match input.policy.as_str() {
        "OPT" => ReplacementSpec::Opt,
        "UNOPT" => ReplacementSpec::Unopt,
        "FIFO" => ReplacementSpec::Fifo,
        "LRU" => ReplacementSpec::Lru,
        "MRU" => ReplacementSpec::Mru,
        "RAND" => ReplacementSpec::Random { index: RandomIndex::LoadOrder },
        "CLOCK" => ReplacementSpec::OstepClock { cap: input.clockbits.expect("its counters have a cap") },
        other => panic!("no policy {other}"),
    }
}

#[test]
fn every_recorded_run_of_paging_policy_py_comes_out() {
    let cases: Vec<Case> =
        serde_json::from_str(include_str!("paging-policy.json")).expect("the recorded runs are well-formed");
    assert_eq!(cases.len(), 40);
    for case in &cases {
        check(case, &spec(&case.input));
    }
}

fn check(Case { id, input, expected }: &Case, spec: &ReplacementSpec) {
    let setup = Setup { draws: Draws::given(&input.draws), ..Setup::of(input.cache_size) };
    let mut pager = Pager::new(spec, &setup);
    let (mut hits, mut misses) = (0, 0);
    let next = next_uses(&input.refs);
    for ((page, next), (expected_page, outcome, displaced, resident)) in
        input.refs.iter().zip(next).zip(&expected.accesses)
    {
        assert_eq!(page, expected_page, "{id}");
        let (letter, victim) = match pager.reference(*page, false, next) {
            Step::Hit => {
                hits += 1;
                ("H", None)
            }
            Step::Fault(victim) => {
                misses += 1;
                ("M", victim.map(|(page, _)| page))
            }
        };
        assert_eq!((letter, victim), (outcome.as_str(), *displaced), "{id}");
        let mut resident = resident.clone();
        resident.sort_unstable();
        assert_eq!(pager.resident(), resident, "{id}");
    }
    assert_eq!((hits, misses), (expected.hits, expected.misses), "{id}");
}
