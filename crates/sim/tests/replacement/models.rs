//! Every policy a second time, in vectors and by linear search: they agree on every fault and every victim.

mod keyed;
mod listed;
mod scanning;

use std::collections::VecDeque;

use kernelscope_sim::conventions::OptTie;
use kernelscope_sim::mem::replace::ReplacementSpec::{
    self, Aging, Arc, Clock, EnhancedClock, Fifo, Lfu, Lru, Mru, Nru, Opt, OstepClock, PseudoLru, Random,
    SecondChance, TwoList, TwoQ, Unopt, WorkingSet, WsClock,
};
use kernelscope_sim::mem::replace::{RandomIndex, next_uses};
use kernelscope_sim::rng::SplitMix64;

use crate::pager::{Pager, Setup, Step};
use keyed::Keyed;
use scanning::Scanning;

/// A policy and its frames.
trait Model {
    /// Makes a reference: nothing if the page was there and nobody left, otherwise who left.
    fn reference(&mut self, page: u64, write: bool) -> Option<Vec<u64>>;
}

const REFERENCES: usize = 1_000_000;

type Make = fn(u32, &[u64]) -> Box<dyn Model>;

/// Every policy, how it is set up, and its model on so many frames for a string.
fn table() -> Vec<(ReplacementSpec, Setup, Make)> {
    let plain = Setup::of(0);
    let tie = |opt_tie| Setup { opt_tie, ..Setup::of(0) };
    let by = |index| Random { index };
    let clear = Setup { ref_on_load: false, ..Setup::of(0) };
    let rows: Vec<(ReplacementSpec, &Setup, Make)> = vec![
        (Unopt, &plain, |n, s| Box::new(Keyed::new(n, s, keyed::unopt))),
        (Fifo, &plain, |n, s| Box::new(Keyed::new(n, s, keyed::fifo))),
        (Lru, &plain, |n, s| Box::new(Keyed::new(n, s, keyed::lru))),
        (Mru, &plain, |n, s| Box::new(Keyed::new(n, s, keyed::mru))),
        (by(RandomIndex::FrameOrder), &plain, |n, s| Box::new(Keyed::new(n, s, keyed::random_by_frame))),
        (by(RandomIndex::LoadOrder), &plain, |n, s| Box::new(Keyed::new(n, s, keyed::random_by_load))),
        (Lfu { decay: None }, &plain, |n, s| Box::new(Keyed::new(n, s, keyed::lfu))),
        (Lfu { decay: Some(50) }, &plain, |n, s| {
            Box::new(Keyed::new(n, s, keyed::lfu).every(50, keyed::halve_counts))
        }),
        (Nru { period: 16 }, &plain, |n, s| {
            Box::new(Keyed::new(n, s, keyed::nru).every(16, keyed::clear_bits))
        }),
        (Aging { period: 4 }, &plain, |n, s| Box::new(Keyed::new(n, s, keyed::aging).every(4, keyed::age))),
        (Clock, &plain, |n, _| Box::new(Scanning::new(n, scanning::clock))),
        (Clock, &clear, |n, _| Box::new(Scanning::new(n, scanning::clock).clear_on_load())),
        (SecondChance, &plain, |n, _| {
            Box::new(scanning::SecondChance { size: n as usize, queue: VecDeque::new() })
        }),
        (EnhancedClock { start_clean: false }, &plain, |n, _| {
            Box::new(Scanning::new(n, scanning::enhanced_clock))
        }),
        (EnhancedClock { start_clean: true }, &plain, |n, _| {
            Box::new(Scanning::new(n, scanning::enhanced_clock_that_cleans))
        }),
        (WorkingSet { tau: 20 }, &plain, |n, _| {
            Box::new(keyed::WorkingSet { size: n as usize, tau: 20, now: 0, pages: Vec::new() })
        }),
        (WsClock { tau: 20 }, &plain, |n, _| Box::new(Scanning::new(n, scanning::ws_clock).bounded(20))),
        (OstepClock { cap: 2 }, &plain, |n, _| Box::new(Scanning::new(n, scanning::ostep_clock).bounded(2))),
        (TwoList { ratio: 1, refault: false }, &plain, |n, _| two_list(n, 1, false)),
        (TwoList { ratio: 3, refault: true }, &plain, |n, _| two_list(n, 3, true)),
        (TwoQ { kin: None, kout: None }, &plain, |n, _| {
            Box::new(listed::TwoQ { size: n as usize, ..listed::TwoQ::default() })
        }),
        (Arc, &plain, |n, _| Box::new(listed::Arc { c: n as usize, ..listed::Arc::default() })),
        (PseudoLru, &plain, |n, _| Box::new(scanning::Tree::new(n))),
    ];
    let mut table: Vec<_> = rows.into_iter().map(|(spec, setup, make)| (spec, setup.clone(), make)).collect();
    let ties: [(OptTie, Make); 3] = [
        (OptTie::LastLoaded, |n, s| Box::new(Keyed::new(n, s, keyed::opt_last_loaded))),
        (OptTie::FirstLoaded, |n, s| Box::new(Keyed::new(n, s, keyed::opt_first_loaded))),
        (OptTie::SmallestPage, |n, s| Box::new(Keyed::new(n, s, keyed::opt_smallest_page))),
    ];
    table.extend(ties.map(|(opt_tie, make)| (Opt, tie(opt_tie), make)));
    table
}

fn two_list(frames: u32, ratio: usize, refault: bool) -> Box<dyn Model> {
    let (active, inactive, left) = (Vec::new(), Vec::new(), Vec::new());
    Box::new(listed::TwoList { size: frames as usize, ratio, refault, active, inactive, clock: 0, left })
}

/// The frames and the pages of a run, and how skewed its references are. A tree wants a power of two.
const SHAPES: &[(u32, u64, u32)] = &[(1, 4, 1), (2, 5, 2), (4, 8, 1), (8, 40, 3), (16, 24, 2), (32, 100, 4)];

#[test]
fn every_policy_agrees_with_a_model_of_vectors_on_a_million_references() {
    let table = table();
    let length = REFERENCES / table.len() / SHAPES.len();
    let mut references = 0;
    for (row, (spec, setup, make)) in table.iter().enumerate() {
        for (shape, (frames, pages, skew)) in SHAPES.iter().enumerate() {
            let mut stream = SplitMix64::new((row * SHAPES.len() + shape) as u64);
            let string: Vec<u64> = (0..=length).map(|_| stream.skewed(*pages, *skew)).collect();
            let writes: Vec<bool> = string.iter().map(|_| stream.bounded(3) == 0).collect();
            // The ranking sorts every page at every fault: few of them show as much as many.
            let setup = Setup { frames: *frames, check_ranking: *frames <= 4, ..setup.clone() };
            agree(spec, &setup, *make, &string, &writes);
            references += string.len();
        }
    }
    assert!(references >= REFERENCES);
}

fn agree(spec: &ReplacementSpec, setup: &Setup, make: Make, string: &[u64], writes: &[bool]) {
    let mut pager = Pager::new(spec, setup);
    let mut model = make(setup.frames, string);
    for (at, ((page, write), next)) in string.iter().zip(writes).zip(next_uses(string)).enumerate() {
        let before = pager.left.len();
        let step = pager.reference(*page, *write, next);
        let left: Vec<u64> = pager.left[before..].iter().map(|(page, _)| *page).collect();
        let found = (step != Step::Hit || !left.is_empty()).then_some(left);
        let expected = model.reference(*page, *write);
        assert_eq!(found, expected, "{spec:?} with {} frames at {at} of {string:?}", setup.frames);
    }
}
