//! What is true of replacement on every string of references.

use std::collections::BTreeSet;

use kernelscope_sim::conventions::OptTie;
use kernelscope_sim::ids::{FrameId, SpaceId};
use kernelscope_sim::mem::replace::ReplacementSpec::{
    self, Aging, Arc, Clock, EnhancedClock, Fifo, Lfu, Lru, Mru, Nru, Opt, OstepClock, PseudoLru, Random,
    SecondChance, TwoList, TwoQ, Unopt, WsClock,
};
use kernelscope_sim::mem::replace::{Policy, RandomIndex, next_uses};
use proptest::prelude::*;

use crate::pager::{Pager, Setup, Step, faults};

/// Those that let a page go only when its frame is needed.
pub(crate) const POLICIES: &[ReplacementSpec] = &[
    Opt,
    Unopt,
    Fifo,
    Lru,
    Mru,
    Random { index: RandomIndex::FrameOrder },
    Random { index: RandomIndex::LoadOrder },
    Clock,
    SecondChance,
    EnhancedClock { start_clean: false },
    EnhancedClock { start_clean: true },
    Nru { period: 5 },
    Lfu { decay: None },
    Lfu { decay: Some(7) },
    Aging { period: 3 },
    WsClock { tau: 4 },
    TwoList { ratio: 1, refault: true },
    TwoQ { kin: None, kout: None },
    Arc,
    OstepClock { cap: 2 },
    PseudoLru,
];

fn string() -> impl Strategy<Value = Vec<u64>> {
    (2..14u64).prop_flat_map(|pages| prop::collection::vec(0..pages, 1..120))
}

/// The pages in frames after each reference.
fn residents(spec: &ReplacementSpec, setup: &Setup, string: &[u64]) -> Vec<BTreeSet<u64>> {
    let mut pager = Pager::new(spec, setup);
    let next = next_uses(string);
    let after = string.iter().zip(next).map(|(page, next)| {
        pager.reference(*page, false, next);
        pager.resident().into_iter().collect()
    });
    after.collect()
}

fn victims(spec: &ReplacementSpec, setup: &Setup, string: &[u64]) -> Vec<u64> {
    let mut pager = Pager::new(spec, setup);
    pager.read(string);
    pager.left.iter().map(|(page, _)| *page).collect()
}

proptest! {
    #[test]
    fn more_frames_never_hold_fewer_pages_under_lru_and_under_opt_by_the_smallest_page(
        string in string(), frames in 1..8u32,
    ) {
        for spec in [Lru, Opt] {
            let setup = |frames| Setup { opt_tie: OptTie::SmallestPage, ..Setup::of(frames) };
            let few = residents(&spec, &setup(frames), &string);
            let more = residents(&spec, &setup(frames + 1), &string);
            for (few, more) in few.iter().zip(&more) {
                prop_assert!(few.is_subset(more), "{:?} with {} frames: {:?} {:?}", spec, frames, few, more);
            }
        }
    }

    #[test]
    fn no_policy_faults_less_than_opt_whatever_breaks_its_ties(string in string(), frames in 1..9u32) {
        let best = faults(&Opt, &Setup::of(frames), &string);
        for (_, opt_tie) in OptTie::ALL {
            prop_assert_eq!(faults(&Opt, &Setup { opt_tie: *opt_tie, ..Setup::of(frames) }, &string), best);
        }
        for spec in POLICIES {
            prop_assert!(faults(spec, &Setup::of(frames), &string) >= best, "{:?}", spec);
        }
    }

    #[test]
    fn every_page_faults_once_and_no_more_if_all_of_them_fit(string in string(), frames in 1..9u32) {
        let distinct = string.iter().collect::<BTreeSet<_>>().len();
        for spec in POLICIES {
            prop_assert!(faults(spec, &Setup::of(frames), &string) >= distinct, "{:?}", spec);
            let room = Setup::of(16);
            prop_assert_eq!(faults(spec, &room, &string), distinct, "{:?}", spec);
        }
    }

    #[test]
    fn the_clock_and_the_second_chance_choose_alike(
        string in string(), frames in 1..9u32, ref_on_load: bool,
    ) {
        let setup = Setup { ref_on_load, ..Setup::of(frames) };
        prop_assert_eq!(victims(&Clock, &setup, &string), victims(&SecondChance, &setup, &string));
    }

    #[test]
    fn two_ways_of_a_tree_are_lru(string in string()) {
        prop_assert_eq!(victims(&PseudoLru, &Setup::of(2), &string), victims(&Lru, &Setup::of(2), &string));
    }

    #[test]
    fn arc_keeps_its_lists_within_their_bounds(string in string(), frames in 1..9u32) {
        let mut pager = Pager::new(&Arc, &Setup::of(frames));
        for page in string {
            pager.read(&[page]);
            let Some(Policy::Arc(arc)) = pager.replacement.policy(SpaceId::new(0)) else { panic!("it is ARC") };
            let ([t1, t2], [b1, b2]) = (arc.pages().map(|it| it.len()), arc.ghosts().map(|it| it.len()));
            let c = frames as usize;
            prop_assert!(t1 + t2 <= c && t1 + b1 <= c && t1 + t2 + b1 + b2 <= 2 * c);
            prop_assert!(arc.target() <= u64::from(frames) << 32);
        }
    }

    #[test]
    fn a_pinned_page_never_leaves_and_freed_frames_are_forgotten(
        string in string(), moves in prop::collection::vec((0..6u32, any::<bool>()), 1..60),
    ) {
        for spec in POLICIES {
            let mut pager = Pager::new(spec, &Setup::of(6));
            for (page, (frame, free)) in string.iter().zip(moves.iter().cycle()) {
                if free & pager.holds(FrameId::new(*frame)) {
                    pager.free(FrameId::new(*frame));
                }
                pager.pin((!free).then_some(FrameId::new(*frame)));
                let pinned = pager.pinned_page();
                let step = pager.read(&[*page]).remove(0);
                if let Step::Fault(Some((victim, _))) = step {
                    prop_assert_ne!(Some(victim), pinned, "{:?}", spec);
                }
            }
        }
    }

    #[test]
    fn a_clone_goes_on_as_the_original_does(string in string(), cut in 0..100usize) {
        for spec in POLICIES {
            let mut pager = Pager::new(spec, &Setup::of(4));
            let (before, after) = string.split_at(cut.min(string.len()));
            pager.read(before);
            let mut clone = pager.clone();
            prop_assert_eq!(clone.read(after), pager.read(after));
            prop_assert_eq!(&clone.replacement, &pager.replacement);
        }
    }
}

#[test]
fn with_every_page_pinned_nobody_leaves() {
    for spec in POLICIES {
        let mut pager = Pager::new(spec, &Setup::of(1));
        pager.read(&[1]);
        pager.pin(Some(FrameId::new(0)));
        let Pager { replacement, frames, .. } = &mut pager;
        assert_eq!(replacement.victim(None, frames), None, "{spec:?}");
        assert_eq!(replacement.rank(None, frames), [], "{spec:?}");
    }
}
