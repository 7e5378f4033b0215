//! The working set (Denning, 1968; OSC 10.6.2): what a process has used lately is what it needs.
//!
//! A page's age is the number of references that its process has made since the last one to it. A page older than
//! τ is outside of the working set and leaves at once, although nobody needs its frame: the resident size follows
//! the locality. When a frame is needed and every page is young, the oldest leaves. Of equal ages the page of the
//! address space that came first leaves.
//!
//! Exact, as no hardware counts; [`ws_clock`](super::ws_clock) is what can be built.

use std::collections::BTreeSet;

use super::scan::in_order;
use super::{Bits, Candidate, Choice, NextUse, Replacer};
use crate::ids::{FrameId, PageId, SpaceId};
use crate::rules::RuleId;

/// When a page was used last, in the virtual time of its process.
pub(super) type LastUse = (SpaceId, u64);

/// The virtual time of each process, and of each page its last use.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct VirtualTime {
    /// How many references each address space has made.
    clocks: Vec<u64>,
    uses: Vec<Option<LastUse>>,
}

impl VirtualTime {
    /// A page has come into a frame by a reference of its process.
    pub(super) fn load(&mut self, frame: FrameId, space: SpaceId) -> LastUse {
        if self.clocks.len() <= space.index() {
            self.clocks.resize(space.index() + 1, 0);
        }
        if self.uses.len() <= frame.index() {
            self.uses.resize(frame.index() + 1, None);
        }
        self.tick(space);
        self.stamp(frame, space)
    }

    /// A process has made a reference.
    pub(super) fn tick(&mut self, space: SpaceId) {
        self.clocks[space.index()] += 1;
    }

    /// A page has been used just now, as far as anybody can tell.
    pub(super) fn stamp(&mut self, frame: FrameId, space: SpaceId) -> LastUse {
        let now = (space, self.clocks[space.index()]);
        self.uses[frame.index()] = Some(now);
        now
    }

    /// When the page in a frame was used last.
    pub(super) fn last(&self, frame: FrameId) -> Option<LastUse> {
        *self.uses.get(frame.index())?
    }

    /// The address spaces that have made a reference.
    pub(super) fn spaces(&self) -> impl Iterator<Item = SpaceId> + use<> {
        (0..self.clocks.len()).map(SpaceId::from_index)
    }

    /// How old a page is.
    pub(super) fn age(&self, (space, last): LastUse) -> u64 {
        self.clocks[space.index()] - last
    }

    /// The page in a frame is gone.
    pub(super) fn free(&mut self, frame: FrameId) -> Option<LastUse> {
        self.uses.get_mut(frame.index())?.take()
    }

    /// Roughly the memory it takes, in bytes.
    pub(super) fn footprint(&self) -> usize {
        size_of_val(self.clocks.as_slice()) + size_of_val(self.uses.as_slice())
    }
}

/// The pages of each process by their last use.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct WorkingSet {
    tau: u64,
    time: VirtualTime,
    order: BTreeSet<(LastUse, FrameId)>,
}

impl WorkingSet {
    pub(super) fn new(tau: u32) -> WorkingSet {
        WorkingSet { tau: u64::from(tau), time: VirtualTime::default(), order: BTreeSet::new() }
    }

    /// How many pages of an address space were used in its last `window` references.
    pub fn size(&self, space: SpaceId, window: u64) -> usize {
        self.of(space).filter(|(last, _)| self.time.age(*last) < window).count()
    }

    /// The pages of one address space, the oldest first.
    fn of(&self, space: SpaceId) -> impl Iterator<Item = &(LastUse, FrameId)> {
        let first = FrameId::new(0);
        self.order.range(((space, 0), first)..((space, u64::MAX), first))
    }

    /// The oldest of all pages that can leave, so many of each process.
    fn oldest(&self, each: usize, bits: &impl Bits) -> Vec<Candidate> {
        let of = |space| self.of(space).filter(|entry| bits.is_candidate(entry.1)).take(each);
        let all: Vec<Candidate> =
            self.time.spaces().flat_map(of).map(|entry| self.candidate(entry)).collect();
        in_order(&all, |it| !it.key)
    }

    fn candidate(&self, &(last, frame): &(LastUse, FrameId)) -> Candidate {
        let key = self.time.age(last);
        let rule = if key > self.tau { RuleId::WorkingSetAge } else { RuleId::WorkingSetOldest };
        Candidate { frame, rule, key }
    }

    /// Whether the oldest page of an address space has left its working set.
    fn has_expired(&self, space: SpaceId) -> bool {
        self.of(space).next().is_some_and(|(last, _)| self.time.age(*last) > self.tau)
    }
}

impl Replacer for WorkingSet {
    fn loaded(&mut self, frame: FrameId, page: PageId, _: NextUse) -> bool {
        let now = self.time.load(frame, page.space);
        self.order.insert((now, frame));
        self.has_expired(page.space)
    }

    fn touched(&mut self, frame: FrameId, _: NextUse) -> bool {
        let Some(last) = self.time.last(frame) else { return false };
        self.time.tick(last.0);
        let now = self.time.stamp(frame, last.0);
        self.order.remove(&(last, frame));
        self.order.insert((now, frame));
        self.has_expired(last.0)
    }

    fn periodic(&mut self, bits: &mut impl Bits) -> Option<Choice> {
        let choice = Choice::head(self.oldest(2, bits).into_iter(), RuleId::WorkingSetAge)?;
        (choice.reason.key > self.tau).then_some(choice)
    }

    fn victim(&mut self, bits: &mut impl Bits) -> Option<Choice> {
        let oldest = self.oldest(2, bits);
        let tie = oldest.first()?.rule;
        Choice::head(oldest.into_iter(), tie)
    }

    fn rank(&self, bits: &impl Bits) -> Vec<Candidate> {
        self.oldest(usize::MAX, bits)
    }

    fn freed(&mut self, frame: FrameId) {
        if let Some(last) = self.time.free(frame) {
            self.order.remove(&(last, frame));
        }
    }

    fn footprint(&self) -> usize {
        self.time.footprint() + self.order.len() * size_of::<(LastUse, FrameId)>()
    }
}
