//! The strings of references that textbooks print, with the faults and the victims that they find.

use kernelscope_sim::conventions::OptTie;
use kernelscope_sim::mem::replace::RandomIndex;
use kernelscope_sim::mem::replace::ReplacementSpec::{
    self, Arc, Clock, EnhancedClock, Fifo, Lru, Mru, Opt, PseudoLru, SecondChance, Unopt,
};

use crate::pager::{Pager, Setup, faults, run, written};

/// OSTEP 22.
const S1: &[u64] = &[0, 1, 2, 0, 1, 3, 0, 3, 1, 2, 1];
/// Belady's.
const S2: &[u64] = &[1, 2, 3, 4, 1, 2, 5, 1, 2, 3, 4, 5];
/// Silberschatz, Galvin and Gagne's.
const S3: &[u64] = &[7, 0, 1, 2, 0, 3, 0, 4, 2, 3, 0, 3, 2, 1, 2, 0, 1, 7, 0, 1];

const LFU: ReplacementSpec = ReplacementSpec::Lfu { decay: None };
const AGING: ReplacementSpec = ReplacementSpec::Aging { period: 1 };
const TWO_LIST: ReplacementSpec = ReplacementSpec::TwoList { ratio: 1, refault: false };
const TWO_Q: ReplacementSpec = ReplacementSpec::TwoQ { kin: None, kout: None };
const RANDOM: ReplacementSpec = ReplacementSpec::Random { index: RandomIndex::FrameOrder };

fn check(spec: &ReplacementSpec, string: &[u64], frames: u32, expected: usize) {
    let found = faults(spec, &Setup::of(frames), string);
    assert_eq!(found, expected, "{spec:?} with {frames} frames on {string:?}");
}

fn check_trace(spec: &ReplacementSpec, string: &[u64], frames: u32, expected: &str) {
    assert_eq!(written(&run(spec, &Setup::of(frames), string)), expected, "{spec:?} with {frames} frames");
}

/// libCacheSim's clock: a page comes in with its accessed bit clear.
fn check_clear_clock(string: &[u64], frames: u32, expected: usize) {
    let setup = Setup { ref_on_load: false, ..Setup::of(frames) };
    assert_eq!(faults(&Clock, &setup, string), expected);
}

fn around(pages: u64, references: u64) -> Vec<u64> {
    (0..references).map(|at| at % pages).collect()
}

#[test]
fn the_string_of_ostep_faults_as_often_as_its_tables_say() {
    let expected = [
        (Opt, 5),
        (Unopt, 9),
        (Fifo, 7),
        (Lru, 5),
        (Mru, 5),
        (LFU, 5),
        (Clock, 7),
        (AGING, 5),
        (TWO_LIST, 6),
        (TWO_Q, 7),
        (Arc, 5),
        (RANDOM, 5),
    ];
    for (spec, expected) in expected {
        check(&spec, S1, 3, expected);
    }
    check_clear_clock(S1, 3, 5);
    check_trace(&Opt, S1, 3, "F F F . . F-2 . . . F-3 .");
    check_trace(&Fifo, S1, 3, "F F F . . F-0 F-1 . F-2 F-3 .");
    check_trace(&TWO_LIST, S1, 3, "F F F . . F-2 . . . F-1 F-0");
    check_trace(&TWO_Q, S1, 3, "F F F . . F-0 F-1 . F-2 F-0 .");
    check_trace(&LFU, S1, 3, "F F F . . F-2 . . . F-3 .");
}

#[test]
fn opt_breaks_the_tie_of_ostep_as_its_convention_says() {
    let last = |tie| {
        let setup = Setup { opt_tie: tie, ..Setup::of(3) };
        written(&run(&Opt, &setup, S1)).split(' ').nth(9).map(str::to_owned)
    };
    assert_eq!(last(OptTie::LastLoaded).as_deref(), Some("F-3"));
    assert_eq!(last(OptTie::FirstLoaded).as_deref(), Some("F-0"));
    assert_eq!(last(OptTie::SmallestPage).as_deref(), Some("F-0"));
}

#[test]
fn beladys_string_faults_more_often_with_more_frames_under_fifo_and_the_clock() {
    let expected = [
        (Opt, 7, 6),
        (Unopt, 12, 10),
        (Fifo, 9, 10),
        (Lru, 10, 8),
        (Mru, 7, 6),
        (Clock, 9, 10),
        (LFU, 10, 8),
        (TWO_Q, 11, 9),
        (Arc, 10, 7),
        (TWO_LIST, 10, 8),
    ];
    for (spec, three, four) in expected {
        check(&spec, S2, 3, three);
        check(&spec, S2, 4, four);
    }
    check_clear_clock(S2, 3, 10);
    check_clear_clock(S2, 4, 8);
    check_trace(&TWO_Q, S2, 3, "F F F F-1 F-2 F-3 F-1 F-4 . F-5 F-1 F-3");
    check_trace(&Fifo, S2, 3, "F F F F-1 F-2 F-3 F-4 . . F-1 F-2 .");
    check_trace(&Fifo, S2, 4, "F F F F . . F-1 F-2 F-3 F-4 F-5 F-1");
}

#[test]
fn silberschatzs_string_faults_as_often_as_his_figures_say() {
    for (spec, expected) in [(AGING, 12), (TWO_LIST, 14), (RANDOM, 14)] {
        check(&spec, S3, 3, expected);
    }
    let expected = [
        (Opt, 9, 8),
        (Unopt, 20, 19),
        (Lru, 12, 8),
        (Mru, 16, 12),
        (Fifo, 15, 10),
        (Clock, 14, 9),
        (LFU, 11, 9),
        (Arc, 13, 9),
        (TWO_Q, 14, 10),
    ];
    for (spec, three, four) in expected {
        check(&spec, S3, 3, three);
        check(&spec, S3, 4, four);
    }
    check_clear_clock(S3, 3, 11);
    check_clear_clock(S3, 4, 8);
}

#[test]
fn a_loop_over_one_page_too_many_defeats_lru_and_suits_mru() {
    let string = around(50, 10_000);
    let expected = [(Fifo, 10_000), (Lru, 10_000), (Clock, 10_000), (Opt, 253), (Mru, 253), (RANDOM, 442)];
    for (spec, with_49) in expected {
        check(&spec, &string, 49, with_49);
        check(&spec, &string, 50, 50);
    }
    for (spec, with_40) in [(Opt, 2080), (Mru, 2080), (RANDOM, 3701)] {
        check(&spec, &string, 40, with_40);
    }
}

#[test]
fn without_writes_the_enhanced_clock_is_not_the_clock() {
    let string = [4, 5, 1, 3, 5, 4, 1, 5, 2];
    check(&Clock, &string, 3, 8);
    check(&SecondChance, &string, 3, 8);
    check(&EnhancedClock { start_clean: false }, &string, 3, 7);
}

#[test]
fn four_frames_under_a_tree_of_bits_displace_another_page_than_lru() {
    let string = [0, 1, 2, 3, 0, 4, 1];
    check_trace(&PseudoLru, &string, 4, "F F F F . F-2 .");
    check_trace(&Lru, &string, 4, "F F F F . F-1 F-2");
}

#[test]
fn two_ties_of_opt_can_hold_less_with_more_frames() {
    let held = |tie, frames, string: &[u64]| {
        let mut pager = Pager::new(&Opt, &Setup { opt_tie: tie, ..Setup::of(frames) });
        pager.read(string);
        pager.resident()
    };
    let string = [0, 4, 3, 0, 3, 4, 3, 2];
    assert_eq!(held(OptTie::LastLoaded, 2, &string), [2, 3]);
    assert_eq!(held(OptTie::LastLoaded, 3, &string), [0, 2, 4]);
    let string = [3, 0, 5, 2, 1, 2, 3, 4];
    assert_eq!(held(OptTie::FirstLoaded, 2, &string), [3, 4]);
    assert_eq!(held(OptTie::FirstLoaded, 3, &string), [1, 2, 4]);
}

#[test]
fn a_working_set_is_what_the_last_references_used() {
    let spec = ReplacementSpec::WorkingSet { tau: 10 };
    let mut pager = Pager::new(&spec, &Setup::of(8));
    pager.read(&[2, 6, 1, 5, 7, 7, 7, 7, 5, 1]);
    assert_eq!(pager.resident(), [1, 2, 5, 6, 7]);
    assert_eq!(pager.working_set(10), 5);
    pager.read(&[1]);
    assert_eq!((pager.working_set(10), pager.resident().len()), (4, 5), "a page leaves when it is older");
    pager.read(&[1]);
    assert_eq!(pager.resident(), [1, 5, 6, 7]);
}
