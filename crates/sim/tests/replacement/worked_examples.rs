//! The strings of references that textbooks print, with the faults and the victims that they find.

use kernelscope_sim::mem::replace::ReplacementSpec::{self, Fifo, Lru, Mru};

use crate::pager::{Setup, faults, run, written};

/// OSTEP 22.
const S1: &[u64] = &[0, 1, 2, 0, 1, 3, 0, 3, 1, 2, 1];
/// Belady's.
const S2: &[u64] = &[1, 2, 3, 4, 1, 2, 5, 1, 2, 3, 4, 5];
/// Silberschatz, Galvin and Gagne's.
const S3: &[u64] = &[7, 0, 1, 2, 0, 3, 0, 4, 2, 3, 0, 3, 2, 1, 2, 0, 1, 7, 0, 1];

fn check(spec: &ReplacementSpec, string: &[u64], frames: u32, expected: usize) {
    let found = faults(spec, &Setup::of(frames), string);
    assert_eq!(found, expected, "{spec:?} with {frames} frames on {string:?}");
}

fn check_trace(spec: &ReplacementSpec, string: &[u64], frames: u32, expected: &str) {
    assert_eq!(written(&run(spec, &Setup::of(frames), string)), expected, "{spec:?} with {frames} frames");
}

#[test]
fn the_string_of_ostep_faults_as_often_as_its_tables_say() {
    for (spec, expected) in [(Fifo, 7), (Lru, 5), (Mru, 5)] {
        check(&spec, S1, 3, expected);
    }
    check_trace(&Fifo, S1, 3, "F F F . . F-0 F-1 . F-2 F-3 .");
}

#[test]
fn beladys_string_faults_more_often_with_more_frames_under_fifo() {
    for (spec, three, four) in [(Fifo, 9, 10), (Lru, 10, 8), (Mru, 7, 6)] {
        check(&spec, S2, 3, three);
        check(&spec, S2, 4, four);
    }
    check_trace(&Fifo, S2, 3, "F F F F-1 F-2 F-3 F-4 . . F-1 F-2 .");
    check_trace(&Fifo, S2, 4, "F F F F . . F-1 F-2 F-3 F-4 F-5 F-1");
}

#[test]
fn silberschatzs_string_faults_as_often_as_his_figures_say() {
    for (spec, three, four) in [(Fifo, 15, 10), (Lru, 12, 8), (Mru, 16, 12)] {
        check(&spec, S3, 3, three);
        check(&spec, S3, 4, four);
    }
}

#[test]
fn a_loop_over_one_page_too_many_defeats_lru_and_suits_mru() {
    let string: Vec<u64> = (0..10_000).map(|at| at % 50).collect();
    for (spec, with_49) in [(Fifo, 10_000), (Lru, 10_000), (Mru, 253)] {
        check(&spec, &string, 49, with_49);
        check(&spec, &string, 50, 50);
    }
    check(&Mru, &string, 40, 2080);
}
