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
//! Simplified on purpose: a page that was read ahead counts as referenced when it comes in; a page with several
//! mappings is one page, used whenever any of them is.
//!
//! To add a policy: a variant of [`ReplacementSpec`], a file here with a type that answers the questions of
//! `Replacer`, a variant of [`Policy`] with a line in `each!`, its rules in [`crate::rules`]. The compiler finds
//! all but the last; the tests in `tests/replacement` want a second, simple-minded model of it.

mod draws;
pub mod fifo;
mod future;
mod list;
pub mod lru;
mod replacer;
mod spec;

use crate::conventions::OptTie;
use crate::ids::{FrameId, PageId, SpaceId};
use crate::reason::Reason;
use crate::rules::RuleId;

pub use draws::Draws;
pub use future::{NextUse, next_uses};
use replacer::Replacer;
pub use spec::ReplacementSpec;

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
    /// The first of two candidates, with the second as the runner-up.
    fn first(first: Candidate, second: Option<Candidate>) -> Choice {
        let (rule, other) = match second {
            None => (RuleId::OnlyCandidate, 0),
            Some(second) => (first.rule, second.key),
        };
        let runner_up = second.map(|second| second.frame);
        Choice { frame: first.frame, reason: Reason { rule, runner_up, key: first.key, other } }
    }

    /// The head of a ranking.
    fn head(mut ranking: impl Iterator<Item = Candidate>) -> Option<Choice> {
        let first = ranking.next()?;
        Some(Choice::first(first, ranking.next()))
    }
}

/// The policies. One line each in `each!`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Policy {
    /// First in, first out.
    Fifo(fifo::Fifo),
    /// Least recently used, and most recently used.
    Lru(lru::Lru),
}

macro_rules! each {
    ($policy:expr, $inner:ident => $answer:expr) => {
        match $policy {
            Policy::Fifo($inner) => $answer,
            Policy::Lru($inner) => $answer,
        }
    };
}

/// A policy at work on the frames of the machine.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Replacement {
    policy: Policy,
}

impl Replacement {
    /// Empty books under a policy.
    pub fn new(spec: &ReplacementSpec, _: &Setting) -> Replacement {
        let policy = match spec {
            ReplacementSpec::Fifo => Policy::Fifo(fifo::Fifo::default()),
            ReplacementSpec::Lru => Policy::Lru(lru::Lru::new(lru::End::Least)),
            ReplacementSpec::Mru => Policy::Lru(lru::Lru::new(lru::End::Most)),
        };
        Replacement { policy }
    }

    /// The policy with its state, for views.
    pub fn policy(&self) -> &Policy {
        &self.policy
    }

    /// A page is wanted that is in no frame.
    pub fn missed(&mut self, page: PageId) {
        each!(&mut self.policy, policy => policy.missed(page));
    }

    /// A page has come into a frame, because somebody wants it now. Says whether something is due.
    ///
    /// # Panics
    /// When the frame holds a page already.
    #[must_use = "periodic() does what is due"]
    pub fn loaded(&mut self, frame: FrameId, page: PageId, next: NextUse) -> bool {
        each!(&mut self.policy, policy => policy.loaded(frame, page, next))
    }

    /// A page is used. Says whether something is due.
    #[must_use = "periodic() does what is due"]
    pub fn touched(&mut self, frame: FrameId, next: NextUse) -> bool {
        each!(&mut self.policy, policy => policy.touched(frame, next))
    }

    /// Does what is due by the number of references, and names a page that is to leave although nobody needs its
    /// frame. To be asked again when that page is on its way, until there is none.
    pub fn periodic(&mut self, bits: &mut impl Bits) -> Option<Choice> {
        each!(&mut self.policy, policy => policy.periodic(bits))
    }

    /// The page that is to leave, and why; nothing if none can. Under local scope it is one of that address
    /// space; without one, of the space that holds the most beyond its quota.
    pub fn victim(&mut self, _: Option<SpaceId>, bits: &mut impl Bits) -> Option<Choice> {
        each!(&mut self.policy, policy => policy.victim(bits))
    }

    /// Every page that could leave with its key, in the order in which they would if nothing else happened.
    pub fn rank(&self, _: Option<SpaceId>, bits: &impl Bits) -> Vec<Candidate> {
        each!(&self.policy, policy => policy.rank(bits))
    }

    /// A page has left its frame to make room and may come back.
    pub fn evicted(&mut self, frame: FrameId, page: PageId) {
        each!(&mut self.policy, policy => policy.evicted(frame, page));
    }

    /// A page has left its frame for good. Nothing happens if there was none.
    pub fn freed(&mut self, frame: FrameId) {
        each!(&mut self.policy, policy => policy.freed(frame));
    }

    /// An address space is gone, and its frames have been freed: none of its pages will come back.
    pub fn forget(&mut self, space: SpaceId) {
        each!(&mut self.policy, policy => policy.forget(space));
    }

    /// Roughly the memory it takes, in bytes.
    pub fn footprint(&self) -> usize {
        each!(&self.policy, policy => policy.footprint())
    }
}
