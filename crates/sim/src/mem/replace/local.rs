//! Local scope (OSC 10.5.3): every address space has a quota of frames, and what it needs it takes from itself.
//!
//! Each has a policy of its own, which knows the frames of that address space by numbers of their own: the lowest
//! that is free, from 0. So the policy of a process with a quota of n frames does exactly what it would do if the
//! process had a machine of n frames to itself, in whichever frames of the real one its pages happen to be.

use std::collections::BTreeSet;

use super::scan::Overlay;
use super::{Bits, Candidate, Choice, NextUse, Policy, ReplacementSpec, Replacer, Setting};
use crate::ids::{FrameId, PageId, SpaceId};

/// The policies of all address spaces.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Local {
    spec: ReplacementSpec,
    /// By address space; none before it is admitted and after it is gone.
    pools: Vec<Option<Pool>>,
    /// Of each frame that holds a page, whose it is and the number by which its policy knows it.
    homes: Vec<Option<(SpaceId, FrameId)>>,
}

/// One address space.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Pool {
    policy: Policy,
    quota: u32,
    /// The real frames by their own numbers; what stands at a free number means nothing.
    frames: Vec<FrameId>,
    free: BTreeSet<FrameId>,
}

impl Pool {
    fn held(&self) -> u32 {
        (self.frames.len() - self.free.len()) as u32
    }

    fn victim(&mut self, bits: &mut impl Bits) -> Option<Choice> {
        let own = &mut Own { bits, frames: &self.frames, free: &self.free };
        let choice = self.policy.victim(own);
        choice.map(|choice| self.real(choice))
    }

    fn rank(&self, bits: &impl Bits) -> Vec<Candidate> {
        let own = Own { bits: &mut Overlay::new(bits), frames: &self.frames, free: &self.free };
        let ranking = self.policy.rank(&own).into_iter();
        ranking.map(|it| Candidate { frame: self.frames[it.frame.index()], ..it }).collect()
    }

    /// A choice among its own numbers as one among frames.
    fn real(&self, mut choice: Choice) -> Choice {
        choice.frame = self.frames[choice.frame.index()];
        choice.reason.runner_up = choice.reason.runner_up.map(|own| self.frames[own.index()]);
        choice
    }
}

impl Local {
    pub(super) fn new(spec: &ReplacementSpec) -> Local {
        Local { spec: spec.clone(), pools: Vec::new(), homes: Vec::new() }
    }

    /// Gives an address space its quota.
    pub(super) fn admit(&mut self, space: SpaceId, setting: Setting) {
        if self.pools.len() <= space.index() {
            self.pools.resize(space.index() + 1, None);
        }
        self.pools[space.index()] = Some(Pool {
            quota: setting.frames,
            policy: Policy::new(&self.spec, setting),
            frames: Vec::new(),
            free: BTreeSet::new(),
        });
    }

    /// The policy of an address space.
    pub(super) fn policy(&self, space: SpaceId) -> Option<&Policy> {
        self.pool(space).map(|pool| &pool.policy)
    }

    pub(super) fn missed(&mut self, page: PageId) {
        if let Some(pool) = self.pool_mut(page.space) {
            pool.policy.missed(page);
        }
    }

    pub(super) fn loaded(&mut self, frame: FrameId, page: PageId, next: NextUse) -> bool {
        let Some(pool) = self.pool_mut(page.space) else {
            panic!("{:?} has a page and no quota", page.space)
        };
        let own = pool.free.pop_first().unwrap_or_else(|| {
            pool.frames.push(frame);
            FrameId::from_index(pool.frames.len() - 1)
        });
        pool.frames[own.index()] = frame;
        let due = pool.policy.loaded(own, page, next);
        if self.homes.len() <= frame.index() {
            self.homes.resize(frame.index() + 1, None);
        }
        self.homes[frame.index()] = Some((page.space, own));
        due
    }

    pub(super) fn touched(&mut self, frame: FrameId, next: NextUse) -> bool {
        let Some(Some((space, own))) = self.homes.get(frame.index()).copied() else { return false };
        self.pool_mut(space).is_some_and(|pool| pool.policy.touched(own, next))
    }

    pub(super) fn periodic(&mut self, bits: &mut impl Bits) -> Option<Choice> {
        self.pools.iter_mut().flatten().find_map(|pool| {
            let own = &mut Own { bits, frames: &pool.frames, free: &pool.free };
            let choice = pool.policy.periodic(own)?;
            Some(pool.real(choice))
        })
    }

    /// A page of an address space; without one, of the space that is nearest to its quota, or most beyond it, and
    /// has a page that can leave.
    pub(super) fn victim(&mut self, of: Option<SpaceId>, bits: &mut impl Bits) -> Option<Choice> {
        self.order(of).into_iter().find_map(|space| self.pool_mut(space)?.victim(bits))
    }

    pub(super) fn rank(&self, of: Option<SpaceId>, bits: &impl Bits) -> Vec<Candidate> {
        let order = self.order(of).into_iter();
        order.filter_map(|space| self.pool(space)).flat_map(|pool| pool.rank(bits)).collect()
    }

    pub(super) fn evicted(&mut self, frame: FrameId, page: PageId) {
        self.leave(frame, |policy, own| policy.evicted(own, page));
    }

    pub(super) fn freed(&mut self, frame: FrameId) {
        self.leave(frame, Replacer::freed);
    }

    pub(super) fn forget(&mut self, space: SpaceId) {
        if let Some(pool) = self.pools.get_mut(space.index()) {
            *pool = None;
        }
    }

    pub(super) fn footprint(&self) -> usize {
        let of = |pool: &Pool| {
            let numbers = pool.frames.len() + pool.free.len();
            size_of::<Pool>() + numbers * size_of::<FrameId>() + pool.policy.footprint()
        };
        size_of_val(self.homes.as_slice()) + self.pools.iter().flatten().map(of).sum::<usize>()
    }

    fn pool(&self, space: SpaceId) -> Option<&Pool> {
        self.pools.get(space.index())?.as_ref()
    }

    fn pool_mut(&mut self, space: SpaceId) -> Option<&mut Pool> {
        self.pools.get_mut(space.index())?.as_mut()
    }

    /// Whose pages are considered, one after the other.
    fn order(&self, of: Option<SpaceId>) -> Vec<SpaceId> {
        if let Some(space) = of {
            return vec![space];
        }
        let spaces = (0..self.pools.len()).map(SpaceId::from_index);
        let mut order: Vec<(i64, SpaceId)> = spaces
            .filter_map(|space| {
                let pool = self.pool(space)?;
                Some((i64::from(pool.quota) - i64::from(pool.held()), space))
            })
            .collect();
        order.sort_unstable();
        order.into_iter().map(|(_, space)| space).collect()
    }

    fn leave(&mut self, frame: FrameId, tell: impl FnOnce(&mut Policy, FrameId)) {
        let Some((space, own)) = self.homes.get_mut(frame.index()).and_then(Option::take) else { return };
        if let Some(pool) = self.pool_mut(space) {
            tell(&mut pool.policy, own);
            pool.free.insert(own);
        }
    }
}

/// The bits of one address space's frames by their own numbers.
struct Own<'a, B> {
    bits: &'a mut B,
    frames: &'a [FrameId],
    free: &'a BTreeSet<FrameId>,
}

impl<B: Bits> Bits for Own<'_, B> {
    fn is_candidate(&self, own: FrameId) -> bool {
        let real = self.frames.get(own.index());
        !self.free.contains(&own) && real.is_some_and(|frame| self.bits.is_candidate(*frame))
    }

    fn accessed(&self, own: FrameId) -> bool {
        !self.free.contains(&own) && self.bits.accessed(self.frames[own.index()])
    }

    fn dirty(&self, own: FrameId) -> bool {
        !self.free.contains(&own) && self.bits.dirty(self.frames[own.index()])
    }

    fn clear_accessed(&mut self, own: FrameId) {
        self.bits.clear_accessed(self.frames[own.index()]);
    }

    fn write(&mut self, own: FrameId) {
        self.bits.write(self.frames[own.index()]);
    }

    fn activated(&mut self, own: FrameId) {
        self.bits.activated(self.frames[own.index()]);
    }

    fn deactivated(&mut self, own: FrameId) {
        self.bits.deactivated(self.frames[own.index()]);
    }
}
