//! A policy at work: one for all frames, or one for each address space.

use super::local::Local;
use super::{Bits, Candidate, Choice, NextUse, Policy, ReplacementSpec, Replacer, Setting};
use crate::ids::{FrameId, PageId, SpaceId};

/// The books about the pages in frames.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Replacement(Scope);

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Scope {
    Global(Policy),
    Local(Local),
}

macro_rules! scope {
    ($scope:expr, $inner:ident => $answer:expr) => {
        match $scope {
            Scope::Global($inner) => $answer,
            Scope::Local($inner) => $answer,
        }
    };
}

impl Replacement {
    /// Empty books under one policy for all frames: whoever needs one may take another's.
    pub fn new(spec: &ReplacementSpec, setting: Setting) -> Replacement {
        Replacement(Scope::Global(Policy::new(spec, setting)))
    }

    /// Empty books under a policy for each address space, which takes from itself what it needs; see
    /// [`admit`](Replacement::admit).
    pub fn local(spec: &ReplacementSpec) -> Replacement {
        Replacement(Scope::Local(Local::new(spec)))
    }

    /// Gives a new address space its quota of frames, under local scope. That it keeps to it is the kernel's doing.
    pub fn admit(&mut self, space: SpaceId, setting: Setting) {
        if let Scope::Local(local) = &mut self.0 {
            local.admit(space, setting);
        }
    }

    /// The policy with its state, for views: under local scope that of an address space.
    pub fn policy(&self, of: SpaceId) -> Option<&Policy> {
        match &self.0 {
            Scope::Global(policy) => Some(policy),
            Scope::Local(local) => local.policy(of),
        }
    }

    /// A page is wanted that is in no frame.
    pub fn missed(&mut self, page: PageId) {
        scope!(&mut self.0, inner => inner.missed(page));
    }

    /// A page has come into a frame, because somebody wants it now. Says whether something is due.
    ///
    /// # Panics
    /// When the frame holds a page already; under local scope, when its address space has no quota.
    #[must_use = "periodic() does what is due"]
    pub fn loaded(&mut self, frame: FrameId, page: PageId, next: NextUse) -> bool {
        scope!(&mut self.0, inner => inner.loaded(frame, page, next))
    }

    /// A page is used. Says whether something is due.
    #[must_use = "periodic() does what is due"]
    pub fn touched(&mut self, frame: FrameId, next: NextUse) -> bool {
        scope!(&mut self.0, inner => inner.touched(frame, next))
    }

    /// Does what is due by the number of references, and names a page that is to leave although nobody needs its
    /// frame. To be asked again when that page is on its way, until there is none.
    pub fn periodic(&mut self, bits: &mut impl Bits) -> Option<Choice> {
        scope!(&mut self.0, inner => inner.periodic(bits))
    }

    /// The page that is to leave, and why; nothing if none can. Under local scope it is one of that address space;
    /// without one, of the space that is nearest to its quota or most beyond it.
    pub fn victim(&mut self, of: Option<SpaceId>, bits: &mut impl Bits) -> Option<Choice> {
        match &mut self.0 {
            Scope::Global(policy) => policy.victim(bits),
            Scope::Local(local) => local.victim(of, bits),
        }
    }

    /// Every page that could leave with its key, in the order in which they stand now; under local scope those of
    /// one address space, or one space after the other.
    pub fn rank(&self, of: Option<SpaceId>, bits: &impl Bits) -> Vec<Candidate> {
        match &self.0 {
            Scope::Global(policy) => policy.rank(bits),
            Scope::Local(local) => local.rank(of, bits),
        }
    }

    /// A page has left its frame to make room and may come back.
    pub fn evicted(&mut self, frame: FrameId, page: PageId) {
        scope!(&mut self.0, inner => inner.evicted(frame, page));
    }

    /// A page has left its frame for good. Nothing happens if there was none.
    pub fn freed(&mut self, frame: FrameId) {
        scope!(&mut self.0, inner => inner.freed(frame));
    }

    /// An address space is gone, and its frames have been freed: none of its pages will come back.
    pub fn forget(&mut self, space: SpaceId) {
        scope!(&mut self.0, inner => inner.forget(space));
    }

    /// Roughly the memory it takes, in bytes.
    pub fn footprint(&self) -> usize {
        scope!(&self.0, inner => inner.footprint())
    }
}
