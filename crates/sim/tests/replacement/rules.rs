//! Every rule of replacement, in a case in which it decides.

use kernelscope_sim::mem::replace::ReplacementSpec::{
    self, Arc, Clock, EnhancedClock, Fifo, Lru, Mru, Nru, Opt, OstepClock, PseudoLru, SecondChance, Unopt,
    WorkingSet, WsClock,
};
use kernelscope_sim::mem::replace::{Choice, Draws, NextUse, RandomIndex, next_uses};
use kernelscope_sim::rules::{RULES, RuleId};

use crate::pager::{Pager, Setup};

const LFU: ReplacementSpec = ReplacementSpec::Lfu { decay: None };
const AGING: ReplacementSpec = ReplacementSpec::Aging { period: 2 };
const TWO_LIST: ReplacementSpec = ReplacementSpec::TwoList { ratio: 1, refault: false };
const TWO_Q: ReplacementSpec = ReplacementSpec::TwoQ { kin: None, kout: None };
const RANDOM: ReplacementSpec = ReplacementSpec::Random { index: RandomIndex::FrameOrder };

const NEVER: u64 = u64::MAX;

/// A policy on so many frames, and a string whose last reference displaces a page: which, by which rule, and the
/// keys of the page and of the runner-up. References to the page 9 and those above write.
type Case = (ReplacementSpec, u32, &'static [u64], u64, RuleId, [u64; 2]);

const CASES: &[Case] = &[
    (Lru, 1, &[7, 8], 7, RuleId::OnlyCandidate, [0, 0]),
    (Fifo, 3, &[5, 6, 7, 5, 8], 5, RuleId::FifoOldest, [0, 1]),
    (Lru, 3, &[5, 6, 7, 5, 8], 6, RuleId::LruLeastRecent, [1, 2]),
    (Mru, 3, &[5, 6, 7, 5, 8], 5, RuleId::MruMostRecent, [3, 2]),
    (RANDOM, 3, &[5, 6, 7, 8], 7, RuleId::RandomDraw, [2, 0]),
    // All three have been used since the hand was there, so it comes round to the first.
    (Clock, 3, &[5, 6, 7, 8], 5, RuleId::ClockHand, [1, 1]),
    // Then it stands at 6, which has been used again; 7 has not.
    (Clock, 3, &[5, 6, 7, 8, 6, 4], 7, RuleId::ClockHand, [0, 1]),
    (SecondChance, 3, &[5, 6, 7, 8, 6, 4], 7, RuleId::SecondChance, [0, 1]),
    // Clean and dirty, all of them used.
    (EnhancedClock { start_clean: false }, 3, &[9, 10, 7, 8], 7, RuleId::EnhancedClass, [2, 3]),
    // The bits were cleared at the fourth reference; 9 is dirty, 5 has been used again.
    (Nru { period: 4 }, 3, &[9, 5, 6, 5, 5, 7], 6, RuleId::NruClass, [0, 1]),
    (Nru { period: 4 }, 3, &[5, 6, 7, 8], 5, RuleId::LowestFrameTie, [2, 2]),
    (LFU, 3, &[5, 6, 7, 5, 6, 8], 7, RuleId::LfuLeast, [1, 2]),
    (LFU, 3, &[5, 6, 7, 5, 8], 6, RuleId::LeastRecentTie, [1, 1]),
    // Two periods: 5 and 6 were used in the first, 7 and 5 in the second.
    (AGING, 3, &[5, 6, 7, 5, 8], 6, RuleId::AgingLeast, [0b0100_0000, 0b1000_0000]),
    (WorkingSet { tau: 2 }, 3, &[5, 6, 6, 6], 5, RuleId::WorkingSetAge, [3, 0]),
    (WorkingSet { tau: 2 }, 2, &[5, 6, 7], 5, RuleId::WorkingSetOldest, [1, 0]),
    // The first turn found everybody used and stamped them; three references later they are old.
    (WsClock { tau: 2 }, 3, &[5, 6, 7, 8, 8, 8, 4], 6, RuleId::WsClockOld, [3, 3]),
    (WsClock { tau: 2 }, 3, &[9, 6, 7, 8], 6, RuleId::WsClockClean, [0, 0]),
    (WsClock { tau: 2 }, 3, &[9, 10, 11, 8], 9, RuleId::WsClockHand, [0, 0]),
    // 5 and 6 become active; then that list is too long, and 5 comes back behind 7.
    (TWO_LIST, 3, &[5, 6, 7, 5, 6, 8], 7, RuleId::TwoListTail, [2, 5]),
    (TWO_Q, 4, &[1, 2, 3, 4, 5], 1, RuleId::TwoQNew, [0, 1]),
    // 1 and 3 were missed again soon after they had left; one newcomer is not too many.
    (TWO_Q, 3, &[1, 2, 3, 4, 1, 5, 3, 6], 1, RuleId::TwoQMain, [4, 6]),
    (Arc, 3, &[5, 6, 7, 8], 5, RuleId::ArcOnce, [0, 1]),
    (Arc, 2, &[5, 5, 6, 6, 7], 5, RuleId::ArcAgain, [1, 3]),
    // Draws 2 0 0: 7 and 5 lose their one, then 5 has nothing left.
    (OstepClock { cap: 2 }, 3, &[5, 6, 7, 8], 5, RuleId::OstepClock, [0, 0]),
    (PseudoLru, 4, &[0, 1, 2, 3, 0, 4], 2, RuleId::PlruBits, [0, 1]),
];

/// The same, with what is referenced afterwards.
type FutureCase = (ReplacementSpec, &'static [u64], &'static [u64], u64, RuleId, [u64; 2]);

const FUTURE_CASES: &[FutureCase] = &[
    (Opt, &[5, 6, 7, 8], &[6, 5, 7], 7, RuleId::OptFarthest, [6, 5]),
    (Opt, &[5, 6, 7, 8], &[5], 7, RuleId::OptTie, [NEVER, NEVER]),
    (Unopt, &[5, 6, 7, 8], &[7, 5], 7, RuleId::UnoptNearest, [4, 5]),
    (Unopt, &[5, 6, 7, 8], &[], 5, RuleId::FirstLoadedTie, [NEVER, NEVER]),
];

#[test]
fn every_rule_of_replacement_decides_somewhere() {
    // How a load counts decides nothing by itself: what it changes is shown below.
    let mut decided = vec![RuleId::RandomUsedUp, RuleId::RefOnLoad];
    for (spec, frames, string, victim, rule, keys) in CASES {
        check(spec, &Setup::of(*frames), string, &[], (*victim, *rule, *keys));
        decided.push(*rule);
    }
    for (spec, string, future, victim, rule, keys) in FUTURE_CASES {
        check(spec, &Setup::of(3), string, future, (*victim, *rule, *keys));
        decided.push(*rule);
    }
    let no_draws = Setup { draws: Draws::given(&[]), ..Setup::of(3) };
    check(&RANDOM, &no_draws, &[5, 6, 7, 8], &[], (5, RuleId::RandomUsedUp, [0, 1]));
    for rule in RULES.iter().filter(|rule| rule.name.starts_with("replace.")) {
        assert!(decided.contains(&rule.id), "{}", rule.name);
    }
}

/// 6 is used again, 7 was only loaded.
#[test]
fn under_a_clock_it_matters_whether_loading_a_page_is_a_use() {
    let victim = |ref_on_load| {
        let mut pager = Pager::new(&Clock, &Setup { ref_on_load, ..Setup::of(3) });
        for page in [5, 6, 7, 5, 6, 8] {
            pager.reference(page, false, NextUse::NEVER);
        }
        pager.left.last().map(|(page, _)| *page)
    };
    assert_eq!([true, false].map(victim), [Some(5), Some(7)]);
}

fn check(
    spec: &ReplacementSpec,
    setup: &Setup,
    string: &[u64],
    future: &[u64],
    expected: (u64, RuleId, [u64; 2]),
) {
    let mut pager = Pager::new(spec, setup);
    let next = next_uses(string.iter().chain(future));
    for (page, next) in string.iter().zip(next) {
        pager.reference(*page, *page >= 9, next);
    }
    let (page, Choice { reason, .. }) = pager.left.last().expect("a page has left");
    let decided = (*page, reason.rule, [reason.key, reason.other]);
    assert_eq!(decided, expected, "{spec:?} on {string:?}");
}
