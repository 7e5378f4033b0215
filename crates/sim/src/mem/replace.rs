//! Page replacement: which page leaves when frames run out (OSTEP 22; OSC 10.4).
//!
//! A policy keeps books about the pages in frames and answers one question: who leaves next. It never reaches
//! into the machine. The kernel tells it what happens, in this order:
//!
//! | the kernel | tells |
//! |---|---|
//! | finds a page in no frame | [`missed`](Replacement::missed), before it looks for a frame |
//! | needs a frame and has none | [`victim`](Replacement::victim); then [`evicted`](Replacement::evicted) when the page has gone |
//! | has brought the page in | [`loaded`](Replacement::loaded), which counts as the page's first reference |
//! | lets a program use a page | [`touched`](Replacement::touched), but not for the access that completes the load |
//! | gives a frame back, since its page is gone for good | [`freed`](Replacement::freed) |
//! | is told that something is due | [`periodic`](Replacement::periodic), until it has nothing more to say |
//! | ends an address space | [`forget`](Replacement::forget) |
//!
//! What the hardware knows, the accessed and the dirty bit, stays where it is: a policy that looks at bits asks
//! the kernel through [`Bits`], and clears them there, so that the kernel sees what a scan did on its way.
//!
//! `victim` changes no books beyond the scan itself (a hand that moved, a page that got a second chance): the
//! kernel may find that a page cannot leave after all. Whom it chooses is always the head of
//! [`rank`](Replacement::rank), with the second of the ranking as the runner-up, so an explanation cannot drift
//! from behaviour.
//!
//! One policy stands over all frames, or one over those of each address space (`scope.rs`, `local.rs`).
//!
//! Simplified on purpose: a page that was read ahead counts as referenced when it comes in; a page with several
//! mappings is one page, used whenever any of them is.
//!
//! To add a policy: a variant of [`ReplacementSpec`], a file here with a type that answers the questions of
//! `Replacer`, a variant of [`Policy`] with a line in `each!`, its rules in [`crate::rules`]. The compiler finds
//! all but the last; the tests in `tests/replacement` want a second, simple-minded model of it.

pub mod aging;
pub mod arc;
pub mod clock;
mod draws;
pub mod enhanced_clock;
pub mod fifo;
mod future;
mod ghosts;
pub mod lfu;
mod list;
mod local;
pub mod lru;
pub mod nru;
pub mod opt;
pub mod ostep_clock;
mod period;
pub mod pseudo_lru;
pub mod random;
mod replacer;
mod scan;
mod scope;
pub mod second_chance;
mod spec;
pub mod two_list;
pub mod two_q;
pub mod working_set;
pub mod ws_clock;

use crate::conventions::OptTie;
use crate::ids::{FrameId, PageId, SpaceId};
use crate::reason::Reason;
use crate::rules::RuleId;

pub use draws::Draws;
pub use future::{NextUse, next_uses};
use replacer::Replacer;
pub use scope::Replacement;
pub use spec::{RandomIndex, ReplacementSpec};

/// What a policy sees of the frames and may do to their bits: the kernel's side of the contract.
pub trait Bits {
    /// Whether a page may leave: its frame is in use, not pinned, not in transit.
    fn is_candidate(&self, frame: FrameId) -> bool;

    /// Whether a page has been used since this was last cleared.
    fn accessed(&self, frame: FrameId) -> bool;

    /// Whether a page has been written since it was last the same as its copy on disk.
    fn dirty(&self, frame: FrameId) -> bool;

    /// Clears the accessed bit.
    fn clear_accessed(&mut self, frame: FrameId);

    /// Begins to write a dirty page that is to leave later. While it is in transit it is no candidate.
    fn write(&mut self, frame: FrameId);

    /// A scan has made a page active, as it had been used.
    fn activated(&mut self, _: FrameId) {}

    /// A scan has made a page inactive, as there were too many active ones.
    fn deactivated(&mut self, _: FrameId) {}
}

/// What a policy is set up with, beside its own parameters.
#[derive(Clone, Debug)]
pub struct Setting {
    /// How many frames it has at its disposal.
    pub frames: u32,
    /// Which of several pages that are never used again leaves under OPT.
    pub opt_tie: OptTie,
    /// Where the random policies draw from.
    pub draws: Draws,
}

/// A page that is to leave, by its frame, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Which.
    pub frame: FrameId,
    /// Why.
    pub reason: Reason<FrameId>,
}

/// A page that could leave, with the key by which it is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Which.
    pub frame: FrameId,
    /// The rule that orders it.
    pub rule: RuleId,
    /// Its key under that rule.
    pub key: u64,
}

impl Choice {
    /// The first of two candidates, with the second as the runner-up. `tie` decided if their keys are equal.
    fn first(first: Candidate, second: Option<Candidate>, tie: RuleId) -> Choice {
        let (rule, other) = match second {
            None => (RuleId::OnlyCandidate, 0),
            Some(second) => (if first.key == second.key { tie } else { first.rule }, second.key),
        };
        let runner_up = second.map(|second| second.frame);
        Choice { frame: first.frame, reason: Reason { rule, runner_up, key: first.key, other } }
    }

    /// The head of a ranking.
    fn head(mut ranking: impl Iterator<Item = Candidate>, tie: RuleId) -> Option<Choice> {
        let first = ranking.next()?;
        Some(Choice::first(first, ranking.next(), tie))
    }
}

/// The policies. One line each in `each!`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Policy {
    /// The two that know the future.
    Opt(opt::Opt),
    /// First in, first out.
    Fifo(fifo::Fifo),
    /// Least recently used, and most recently used.
    Lru(lru::Lru),
    /// Any.
    Random(random::Random),
    /// A hand and one bit.
    Clock(clock::Clock),
    /// The same as a queue.
    SecondChance(second_chance::SecondChance),
    /// A hand and two bits.
    EnhancedClock(enhanced_clock::EnhancedClock),
    /// Not recently used.
    Nru(nru::Nru),
    /// Least frequently used.
    Lfu(lfu::Lfu),
    /// A record of eight periods.
    Aging(aging::Aging),
    /// The working set.
    WorkingSet(working_set::WorkingSet),
    /// The working set by way of a clock.
    WsClock(ws_clock::WsClock),
    /// An active and an inactive list.
    TwoList(two_list::TwoList),
    /// Newcomers before an LRU list.
    TwoQ(two_q::TwoQ),
    /// The adaptive replacement cache.
    Arc(arc::Arc),
    /// OSTEP's clock, which is none.
    OstepClock(ostep_clock::OstepClock),
    /// A tree of bits.
    PseudoLru(pseudo_lru::PseudoLru),
}

macro_rules! each {
    ($policy:expr, $inner:ident => $answer:expr) => {
        match $policy {
            Policy::Opt($inner) => $answer,
            Policy::Fifo($inner) => $answer,
            Policy::Lru($inner) => $answer,
            Policy::Random($inner) => $answer,
            Policy::Clock($inner) => $answer,
            Policy::SecondChance($inner) => $answer,
            Policy::EnhancedClock($inner) => $answer,
            Policy::Nru($inner) => $answer,
            Policy::Lfu($inner) => $answer,
            Policy::Aging($inner) => $answer,
            Policy::WorkingSet($inner) => $answer,
            Policy::WsClock($inner) => $answer,
            Policy::TwoList($inner) => $answer,
            Policy::TwoQ($inner) => $answer,
            Policy::Arc($inner) => $answer,
            Policy::OstepClock($inner) => $answer,
            Policy::PseudoLru($inner) => $answer,
        }
    };
}

impl Policy {
    /// Empty books.
    fn new(spec: &ReplacementSpec, Setting { frames, opt_tie, draws }: Setting) -> Policy {
        match *spec {
            ReplacementSpec::Opt => Policy::Opt(opt::Opt::new(opt::Aim::Farthest(opt_tie))),
            ReplacementSpec::Unopt => Policy::Opt(opt::Opt::new(opt::Aim::Nearest)),
            ReplacementSpec::Fifo => Policy::Fifo(fifo::Fifo::default()),
            ReplacementSpec::Lru => Policy::Lru(lru::Lru::new(lru::End::Least)),
            ReplacementSpec::Mru => Policy::Lru(lru::Lru::new(lru::End::Most)),
            ReplacementSpec::Random { index } => Policy::Random(random::Random::new(index, draws)),
            ReplacementSpec::Clock => Policy::Clock(clock::Clock::default()),
            ReplacementSpec::SecondChance => Policy::SecondChance(second_chance::SecondChance::default()),
            ReplacementSpec::EnhancedClock { start_clean } => {
                Policy::EnhancedClock(enhanced_clock::EnhancedClock::new(start_clean))
            }
            ReplacementSpec::Nru { period } => Policy::Nru(nru::Nru::new(period)),
            ReplacementSpec::Lfu { decay } => Policy::Lfu(lfu::Lfu::new(decay)),
            ReplacementSpec::Aging { period } => Policy::Aging(aging::Aging::new(period)),
            ReplacementSpec::WorkingSet { tau } => Policy::WorkingSet(working_set::WorkingSet::new(tau)),
            ReplacementSpec::WsClock { tau } => Policy::WsClock(ws_clock::WsClock::new(tau)),
            ReplacementSpec::TwoList { ratio, refault } => {
                Policy::TwoList(two_list::TwoList::new(ratio, refault, frames))
            }
            ReplacementSpec::TwoQ { kin, kout } => Policy::TwoQ(two_q::TwoQ::new(kin, kout, frames)),
            ReplacementSpec::Arc => Policy::Arc(arc::Arc::new(frames)),
            ReplacementSpec::OstepClock { cap } => {
                Policy::OstepClock(ostep_clock::OstepClock::new(cap, draws))
            }
            ReplacementSpec::PseudoLru => Policy::PseudoLru(pseudo_lru::PseudoLru::new(frames)),
        }
    }
}

impl Replacer for Policy {
    fn missed(&mut self, page: PageId) {
        each!(self, policy => policy.missed(page));
    }

    fn loaded(&mut self, frame: FrameId, page: PageId, next: NextUse) -> bool {
        each!(self, policy => policy.loaded(frame, page, next))
    }

    fn touched(&mut self, frame: FrameId, next: NextUse) -> bool {
        each!(self, policy => policy.touched(frame, next))
    }

    fn periodic(&mut self, bits: &mut impl Bits) -> Option<Choice> {
        each!(self, policy => policy.periodic(bits))
    }

    fn victim(&mut self, bits: &mut impl Bits) -> Option<Choice> {
        each!(self, policy => policy.victim(bits))
    }

    fn rank(&self, bits: &impl Bits) -> Vec<Candidate> {
        each!(self, policy => policy.rank(bits))
    }

    fn evicted(&mut self, frame: FrameId, page: PageId) {
        each!(self, policy => policy.evicted(frame, page));
    }

    fn freed(&mut self, frame: FrameId) {
        each!(self, policy => policy.freed(frame));
    }

    fn forget(&mut self, space: SpaceId) {
        each!(self, policy => policy.forget(space));
    }

    fn footprint(&self) -> usize {
        each!(self, policy => policy.footprint())
    }
}
