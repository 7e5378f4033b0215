//! The textbook's `paging-policy.py`, run by run and victim by victim.

use kernelscope_sim::mem::replace::{Draws, ReplacementSpec, next_uses};
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
}

#[derive(Deserialize)]
struct Expected {
    hits: usize,
    misses: usize,
    accesses: Vec<(u64, String, Option<u64>, Vec<u64>)>,
}

fn spec(input: &Input) -> Option<ReplacementSpec> {
    Some(match input.policy.as_str() {
        "FIFO" => ReplacementSpec::Fifo,
        "LRU" => ReplacementSpec::Lru,
        "MRU" => ReplacementSpec::Mru,
        _ => return None,
    })
}

#[test]
fn every_recorded_run_of_paging_policy_py_comes_out() {
    let cases: Vec<Case> =
        serde_json::from_str(include_str!("paging-policy.json")).expect("the recorded runs are well-formed");
    let known = cases.iter().filter_map(|case| Some((case, spec(&case.input)?)));
    assert_eq!(known.map(|(case, spec)| check(case, &spec)).count(), 24);
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
