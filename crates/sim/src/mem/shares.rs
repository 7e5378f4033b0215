//! Frames with several mappings, and the fork that makes them (OSTEP 23.1, copy-on-write; Linux mm/memory.c).
//!
//! A fork copies page tables, not pages: parent and child name the same frames, and neither may write to them. Who
//! writes first faults and gets a copy; the last who maps a frame writes to it in place. So a count of its mappings
//! belongs to every frame. Who the others are need not be written down: after a fork a page has the same number in all
//! address spaces that share it, so each of them is asked what its entry for that page says, as Linux asks the mappings of an
//! `anon_vma`.
//!
//! Simplified on purpose: a shared page that was swapped out comes back to each of its sharers as a page of its own.

use std::collections::BTreeMap;
use std::hash::{Hash, Hasher};

use super::frames::FrameState;
use super::pte::{Backing, Pte};
use super::replace::NextUse;
use super::spec::MemorySpec;
use super::store::Store;
use super::{Memory, Thread};
use crate::ids::{FrameId, PageId, SpaceId, TaskId, Vpn};
use crate::program::memory::{Access, Prot};

/// The mappings of frames beyond their first, by frame, and what became of them. A machine without adds nothing to the
/// fingerprint.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shares {
    more: Vec<u32>,
    copies: u64,
    reuses: u64,
}

impl Hash for Shares {
    fn hash<H: Hasher>(&self, state: &mut H) {
        if !self.more.is_empty() {
            (&self.more, self.copies, self.reuses).hash(state);
        }
    }
}

impl Shares {
    /// How many mappings a frame in use has beyond its first.
    pub fn more(&self, frame: FrameId) -> u32 {
        self.more.get(frame.index()).copied().unwrap_or(0)
    }

    /// Writes to a shared page that copied it.
    pub fn copies(&self) -> u64 {
        self.copies
    }

    /// Writes to a page that had been shared, by the last who maps it.
    pub fn reuses(&self) -> u64 {
        self.reuses
    }

    /// Whether no frame has ever had several.
    pub fn is_empty(&self) -> bool {
        self.more.is_empty()
    }

    fn add(&mut self, frame: FrameId) {
        if self.more.len() <= frame.index() {
            self.more.resize(frame.index() + 1, 0);
        }
        self.more[frame.index()] += 1;
    }

    fn end(&mut self, frame: FrameId) {
        if let Some(more) = self.more.get_mut(frame.index()) {
            *more = 0;
        }
    }

    /// The memory that a clone takes, in bytes.
    pub(super) fn footprint(&self) -> usize {
        size_of_val(self.more.as_slice())
    }
}

/// What becomes of a write to a page that may not be written to yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Broken {
    /// It has to be copied from this frame: others map it.
    Copy(FrameId),
    /// It can be written to where it is: nobody else maps it any more.
    Reuse(FrameId),
}

/// The pages of an address space that are in frames, by how many mappings their frames have.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Resident {
    /// How many pages have frames with so many mappings, the fewest first.
    pub by_mappings: Vec<(u32, u64)>,
}

impl Resident {
    /// Its resident set: every page that it maps, shared or not.
    pub fn rss(&self) -> u64 {
        self.by_mappings.iter().map(|(_, pages)| pages).sum()
    }

    /// Its unique set: the pages that nobody else maps.
    pub fn uss(&self) -> u64 {
        self.by_mappings.first().filter(|(mappings, _)| *mappings == 1).map_or(0, |(_, pages)| *pages)
    }

    /// Its proportional set, each page divided by the number of its mappings, as a fraction.
    pub fn pss(&self) -> (u64, u64) {
        let below = self.by_mappings.iter().fold(1, |below, (mappings, _)| lcm(below, u64::from(*mappings)));
        let above = self.by_mappings.iter().map(|(mappings, pages)| pages * (below / u64::from(*mappings)));
        (above.sum(), below)
    }
}

fn lcm(a: u64, b: u64) -> u64 {
    let (mut x, mut y) = (a, b);
    while y > 0 {
        (x, y) = (y, x % y);
    }
    a / x * b
}

impl Store {
    /// The frames with several mappings.
    pub fn shares(&self) -> &Shares {
        &self.shares
    }

    /// The mappings of a frame in use, the first of them first.
    pub fn mappings(&self, spec: &MemorySpec, frame: FrameId) -> Vec<PageId> {
        let Some(first) = self.frames.get(frame).page else { return Vec::new() };
        let mut all = vec![first];
        if self.shares.more(frame) > 0 {
            let same =
                (0..self.spaces.len()).map(|space| PageId { space: SpaceId::from_index(space), ..first });
            let maps = |page: &PageId| *page != first && self.entry(spec, *page).frame() == Some(frame);
            all.extend(same.filter(maps));
        }
        all
    }

    /// Whether something is true of any mapping of a frame.
    pub(super) fn any_mapping(&self, spec: &MemorySpec, frame: FrameId, is: impl Fn(Pte) -> bool) -> bool {
        if self.shares.more(frame) == 0 {
            return self.frames.get(frame).page.is_some_and(|page| is(self.entry(spec, page)));
        }
        self.mappings(spec, frame).into_iter().any(|page| is(self.entry(spec, page)))
    }

    /// One of several mappings of a frame goes. Says whether there were several; the last is not touched.
    pub(super) fn part(&mut self, spec: &MemorySpec, page: PageId, frame: FrameId) -> bool {
        if self.shares.more(frame) == 0 {
            return false;
        }
        let others = self.mappings(spec, frame).into_iter().find(|other| *other != page);
        let dirty = self.entry(spec, page).dirty();
        self.shares.more[frame.index()] -= 1;
        let it = self.frames.get_mut(frame);
        it.page = others;
        it.dirty |= dirty;
        true
    }

    /// All mappings of a frame but the first have gone.
    pub(super) fn part_all(&mut self, frame: FrameId) {
        self.shares.end(frame);
    }

    /// Gives a child the same pages as its parent has: neither may write to them from now on.
    fn share(&mut self, spec: &MemorySpec, parent: SpaceId, child: SpaceId) {
        for (vpn, pte) in self.entries(spec, parent) {
            let (of_parent, of_child) = (PageId { space: parent, vpn }, PageId { space: child, vpn });
            match pte.frame() {
                Some(frame) => {
                    let shared = pte.shared();
                    self.set_entry(spec, of_parent, shared);
                    self.set_entry(spec, of_child, shared.unused());
                    self.shares.add(frame);
                    self.shoot_down(of_parent, None);
                }
                None => {
                    if let Backing::Swap(slot) = pte.backing() {
                        self.swap.hold(slot);
                    }
                    self.set_entry(spec, of_child, pte);
                }
            }
        }
    }

    /// What has become of a page that could not be written to.
    pub(crate) fn broken(&self, spec: &MemorySpec, page: PageId) -> Option<Broken> {
        let pte = self.entry(spec, page);
        let frame = pte.frame().filter(|_| pte.cow())?;
        Some(if self.shares.more(frame) > 0 { Broken::Copy(frame) } else { Broken::Reuse(frame) })
    }

    /// The last who maps a page may write to it.
    pub(crate) fn reuse(&mut self, spec: &MemorySpec, page: PageId) {
        let pte = self.entry(spec, page);
        self.set_entry(spec, page, pte.owned());
        self.shoot_down(page, None);
        self.shares.reuses += 1;
    }

    /// One of several who map a page has a copy of its own from now on, in this frame, which has been taken for it.
    pub(crate) fn copy(&mut self, spec: &MemorySpec, page: PageId, from: FrameId, to: FrameId) {
        self.part(spec, page, from);
        self.shares.copies += 1;
        self.own(spec, page, to);
    }

    /// A page is in this frame as a copy that exists nowhere else.
    fn own(&mut self, spec: &MemorySpec, page: PageId, frame: FrameId) {
        self.shoot_down(page, None);
        let prot = self.region(page).map_or(Prot::ALL, |region| region.prot);
        self.set_entry(spec, page, Pte::present(prot, frame, false, false));
        self.frames.get_mut(frame).dirty = true;
    }

    /// The pages of an address space that have entries.
    fn entries(&self, spec: &MemorySpec, space: SpaceId) -> Vec<(Vpn, Pte)> {
        let root = self.spaces[space.index()].root;
        root.map_or_else(Vec::new, |root| self.tables.pages(&spec.address, root))
    }
}

impl Memory {
    /// What a fork of a task has to copy: tables, and entries of pages that are present.
    pub(crate) fn to_copy(&self, task: TaskId) -> (u64, u64) {
        let Some(space) = self.space_of(task) else { return (0, 0) };
        let Some(root) = self.store.spaces[space.index()].root else { return (0, 0) };
        let tables: u32 = self.store.tables.count(&self.spec.address, root).iter().sum();
        let entries = self.store.entries(&self.spec, space);
        let present = entries.iter().filter(|(_, pte)| pte.frame().is_some()).count();
        (tables.into(), present as u64)
    }

    /// Whether there are frames for a copy of every page of a task.
    pub(crate) fn can_copy(&self, task: TaskId) -> bool {
        self.to_copy(task).1 <= self.store.frames.free().into()
    }

    /// A child gets an address space like its parent's: the same pages, to be copied when somebody writes to them, or
    /// copies of them at once. Says how many are in frames.
    pub(crate) fn fork(&mut self, parent: TaskId, child: TaskId, on_write: bool) -> u64 {
        let Some(from) = self.space_of(parent) else { unreachable!("a thread of the kernel has no pages") };
        let pages = self.to_copy(parent).1;
        let it = &self.store.spaces[from.index()];
        let (regions, gone, limits) = (it.regions.clone(), it.gone.clone(), it.limits);
        let space = self.store.create_like(&self.spec, child, regions);
        let it = &mut self.store.spaces[space.index()];
        (it.gone, it.limits) = (gone, limits);
        self.threads.push(Thread { space: Some(space), ..Thread::default() });
        if on_write {
            self.store.share(&self.spec, from, space);
            return pages;
        }
        for (vpn, pte) in self.store.entries(&self.spec, from) {
            let page = PageId { space, vpn };
            if pte.frame().is_some() {
                let Some(frame) = self.store.frames.take(FrameState::InUse, page, None) else {
                    unreachable!("there are frames for all")
                };
                self.store.own(&self.spec, page, frame);
                self.loaded(page, frame, NextUse::NEVER);
                continue;
            }
            if let Backing::Swap(slot) = pte.backing() {
                self.store.swap.hold(slot);
            }
            self.store.set_entry(&self.spec, page, pte);
        }
        pages
    }

    /// What becomes of a task's pending reference, if it writes to a page that is there and may not be written to yet.
    pub(crate) fn breaks(&self, task: TaskId) -> Option<Broken> {
        let (page, pending) = self.wanted(task);
        let writes = pending.access == Access::Write;
        self.store.broken(&self.spec, page).filter(|_| writes)
    }

    /// The pages of an address space that are in frames.
    pub fn resident(&self, space: SpaceId) -> Resident {
        let mut by_mappings = BTreeMap::new();
        for (_, pte) in self.store.entries(&self.spec, space) {
            if let Some(frame) = pte.frame() {
                *by_mappings.entry(self.store.shares.more(frame) + 1).or_insert(0) += 1;
            }
        }
        Resident { by_mappings: by_mappings.into_iter().collect() }
    }
}
