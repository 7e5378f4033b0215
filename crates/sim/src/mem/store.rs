//! Where pages are: in a frame, in a swap slot, in their file, nowhere yet. A page is in exactly one place.
//!
//! | a page … | its entry | its frame | its slot |
//! |---|---|---|---|
//! | not touched yet | none, or absent: zeroes or file | – | – |
//! | in use, changed | present, D or the frame's flag | in use | – |
//! | in use, the same as its copy in swap | present | in use, linked | held by the link |
//! | on its way out | absent: the slot | write-back, linked | held by entry and link |
//! | swapped out | absent: the slot | – | held by the entry |
//! | on its way in | absent: the slot | read-in, linked | held by entry and link |

use super::frames::{FrameState, Frames};
use super::pte::{Backing, Pte};
use super::region::Region;
use super::replace::Bits;
use super::shares::Shares;
use super::spec::{MemoryLimits, MemorySpec, Mmu};
use super::swap::Swap;
use super::table::Tables;
use super::tlb::Tlb;
use super::{Counts, Space};
use crate::ids::{FrameId, PageId, SpaceId, TaskId, Vpn};
use crate::program::memory::Prot;
use crate::rng::{SplitMix64, Use};

/// Everything that holds pages or knows where they are.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Store {
    /// Page tables.
    pub tables: Tables,
    /// Physical memory.
    pub frames: Frames,
    /// The swap area.
    pub swap: Swap,
    /// The TLB of each CPU; none if the machine has no TLBs.
    pub tlbs: Vec<Tlb>,
    pub(super) spaces: Vec<Space>,
    pub(super) shares: Shares,
    /// Frames whose pages a scan wants written without their leaving, the first first.
    pub(super) marked: Vec<FrameId>,
}

/// What a replacement policy sees of it.
pub(crate) struct View<'a> {
    pub(super) store: &'a mut Store,
    pub(super) spec: &'a MemorySpec,
    /// Whether only pages that need no write may leave.
    pub(super) clean_only: bool,
    /// Whose pages may leave; anybody's if nobody's.
    pub(super) only: &'a [SpaceId],
}

/// What becomes of a page that leaves its frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Leaving {
    /// Whose it was.
    pub(crate) page: PageId,
    /// The slot that it has to be written to; none if its frame is free already.
    pub(crate) slot: Option<u32>,
    /// A frame whose copy in that slot was given up for it.
    pub(crate) given_up: Option<FrameId>,
    /// How many other CPUs had to be told.
    pub(crate) told: u32,
}

impl Store {
    pub(super) fn new(spec: &MemorySpec, cpus: u16, seed: u64) -> Store {
        let tlb = |cpu: u16| {
            let tlb = spec.tlb.filter(|_| spec.mmu == Mmu::Paged);
            tlb.map(|tlb| Tlb::new(tlb, SplitMix64::stream(seed, Use::TlbRandom, u64::from(cpu))))
        };
        Store {
            tables: Tables::default(),
            frames: Frames::new(spec.frames),
            swap: Swap::new(spec.swap_slots),
            tlbs: (0..cpus).filter_map(tlb).collect(),
            spaces: Vec::new(),
            shares: Shares::default(),
            marked: Vec::new(),
        }
    }

    /// Makes an address space, and the entries of its pages where they are made with their region.
    pub(super) fn create(&mut self, spec: &MemorySpec, owner: TaskId, regions: Vec<Region>) -> SpaceId {
        let entered: Vec<Region> = if spec.lazy_tables { Vec::new() } else { regions.clone() };
        let space = self.create_like(spec, owner, regions);
        entered.iter().for_each(|region| self.enter(spec, space, region));
        space
    }

    /// Makes an address space without any entries.
    pub(super) fn create_like(&mut self, spec: &MemorySpec, owner: TaskId, regions: Vec<Region>) -> SpaceId {
        let root = (spec.mmu == Mmu::Paged).then(|| self.tables.root(&spec.address));
        self.spaces.push(Space {
            owner,
            root,
            regions,
            gone: Vec::new(),
            quota: None,
            limits: MemoryLimits::default(),
            counts: Counts::default(),
        });
        SpaceId::from_index(self.spaces.len() - 1)
    }

    /// Makes the entries of a region's pages before anybody touches them.
    pub(super) fn enter(&mut self, spec: &MemorySpec, space: SpaceId, region: &Region) {
        for vpn in (region.start..region.end).map(Vpn) {
            self.set_entry(spec, PageId { space, vpn }, Pte::absent(region.prot, region.backing()));
        }
    }

    /// The entry of a page; [`Pte::NONE`] where none has been made.
    pub fn entry(&self, spec: &MemorySpec, page: PageId) -> Pte {
        let root = self.spaces[page.space.index()].root;
        root.map_or(Pte::NONE, |root| self.tables.get(&spec.address, root, page.vpn))
    }

    pub(super) fn set_entry(&mut self, spec: &MemorySpec, page: PageId, pte: Pte) {
        if let Some(root) = self.spaces[page.space.index()].root {
            self.tables.set(&spec.address, root, page.vpn, pte);
        }
    }

    /// The region that a page belongs to.
    pub fn region(&self, page: PageId) -> Option<&Region> {
        self.spaces[page.space.index()].regions.iter().find(|region| region.contains(page.vpn))
    }

    /// Where a page is that is not present: what its entry says, or its region if it has none.
    pub(crate) fn backing(&self, spec: &MemorySpec, page: PageId) -> Backing {
        let pte = self.entry(spec, page);
        match self.region(page) {
            Some(region) if !pte.is_valid() => region.backing(),
            _ => pte.backing(),
        }
    }

    /// The frame from which a page is on its way out.
    pub(crate) fn leaving(&self, page: PageId) -> Option<FrameId> {
        let is_it = |state, owner: Option<PageId>| state == FrameState::WriteBack && owner == Some(page);
        self.frames.touched().find(|(_, frame)| is_it(frame.state, frame.page)).map(|(id, _)| id)
    }

    /// Whether the page in a frame differs from every copy of it.
    pub(crate) fn is_dirty(&self, spec: &MemorySpec, frame: FrameId) -> bool {
        let it = self.frames.get(frame);
        it.dirty || self.any_mapping(spec, frame, Pte::dirty)
    }

    /// A page that has been written is no longer the same as its copy: the frame lets go of the slot.
    pub(super) fn unlink(&mut self, frame: FrameId) {
        if let Some(slot) = self.frames.get_mut(frame).slot.take() {
            self.swap.drop(slot);
        }
    }

    /// A page is present from now on. Its frame keeps the slot it came from, or is dirty without it.
    pub(crate) fn map(&mut self, spec: &MemorySpec, page: PageId, frame: FrameId) {
        let before = self.backing(spec, page);
        let prot = self.region(page).map_or(Prot::ALL, |region| region.prot);
        self.set_entry(spec, page, Pte::present(prot, frame, false, false));
        let it = self.frames.get_mut(frame);
        it.state = FrameState::InUse;
        it.page = Some(page);
        if let Backing::Swap(slot) = before {
            // The entry does not hold the slot any more.
            self.swap.drop(slot);
            if !spec.keep_slot {
                self.unlink(frame);
                self.frames.get_mut(frame).dirty = true;
            }
        }
    }

    /// A page leaves its frame. A clean one is gone at once; a dirty one is on its way to a slot, which
    /// [`Bits::is_candidate`] has made sure of.
    pub(crate) fn evict(&mut self, spec: &MemorySpec, frame: FrameId, on: Option<usize>) -> Leaving {
        let Some(page) = self.frames.get(frame).page else {
            unreachable!("an empty frame has no page to lose")
        };
        let dirty = self.is_dirty(spec, frame);
        let mapped = self.mappings(spec, frame);
        let told = mapped.iter().map(|page| self.shoot_down(*page, on)).sum();
        let mut leaving = Leaving { page, slot: None, given_up: None, told };
        let backing = if dirty {
            let Some((slot, given_up)) = self.find_slot(spec) else {
                unreachable!("a dirty page leaves only where there is a slot for it")
            };
            leaving.given_up = given_up;
            leaving.slot = Some(slot);
            // Beside the entry the frame holds it, until the write is done.
            self.swap.hold(slot);
            let it = self.frames.get_mut(frame);
            it.state = FrameState::WriteBack;
            it.slot = Some(slot);
            it.dirty = false;
            Backing::Swap(slot)
        } else {
            let linked = self.frames.get(frame).slot;
            let origin = self.region(page).map_or(Backing::Zero, Region::backing);
            self.frames.release(frame);
            // The entry takes over what the frame held.
            linked.map_or(origin, Backing::Swap)
        };
        self.part_all(frame);
        for page in mapped {
            let pte = self.entry(spec, page);
            let prot = if pte.cow() { pte.owned().prot() } else { pte.prot() };
            self.set_entry(spec, page, Pte::absent(prot, backing));
            if let Backing::Swap(slot) = backing
                && page != leaving.page
            {
                self.swap.hold(slot);
            }
        }
        leaving
    }

    /// Every CPU forgets a translation. Says how many others than `on` had it.
    pub(super) fn shoot_down(&mut self, page: PageId, on: Option<usize>) -> u32 {
        let mut told = 0;
        for (cpu, tlb) in self.tlbs.iter_mut().enumerate() {
            told += u32::from(tlb.forget(page.space, page.vpn) && on != Some(cpu));
        }
        told
    }

    /// Takes a page away for good. Says which frame was its.
    pub(super) fn discard(&mut self, spec: &MemorySpec, page: PageId) -> Option<FrameId> {
        let pte = self.entry(spec, page);
        self.shoot_down(page, None);
        let freed = pte.frame();
        let freed = freed.filter(|frame| !self.part(spec, page, *frame));
        if let Some(frame) = freed {
            self.marked.retain(|marked| *marked != frame);
            self.unlink(frame);
            if self.frames.get(frame).cleaning.is_some() {
                let it = self.frames.get_mut(frame);
                (it.state, it.page, it.dirty) = (FrameState::WriteBack, None, false);
            } else {
                self.frames.release(frame);
            }
        } else if let (None, Backing::Swap(slot)) = (pte.frame(), pte.backing()) {
            self.swap.drop(slot);
            if let Some(frame) = self.leaving(page) {
                // The write goes on; nobody will want the frame's page.
                self.frames.get_mut(frame).page = None;
            }
        }
        if let Some(root) = self.spaces[page.space.index()].root {
            self.tables.clear(&spec.address, root, page.vpn, spec.free_empty_tables);
        }
        freed
    }

    /// The memory that a clone takes, in bytes.
    pub(super) fn footprint(&self) -> usize {
        let regions = |space: &Space| {
            let names: usize = space.regions.iter().map(|region| region.name.len()).sum();
            let gone: usize = space.gone.iter().map(|(name, _)| name.len()).sum();
            names
                + gone
                + space.regions.len() * size_of::<Region>()
                + space.gone.len() * size_of::<(String, u64)>()
        };
        self.tables.footprint()
            + self.frames.footprint()
            + self.swap.footprint()
            + self.shares.footprint()
            + self.marked.len() * size_of::<FrameId>()
            + self.tlbs.iter().map(|tlb| size_of::<Tlb>() + tlb.footprint()).sum::<usize>()
            + self.spaces.iter().map(|space| size_of::<Space>() + regions(space)).sum::<usize>()
    }
}

impl View<'_> {
    /// Whether any page could leave its frame.
    pub(crate) fn any_candidate(&self) -> bool {
        self.store.frames.touched().any(|(frame, _)| self.is_candidate(frame))
    }
}

impl Bits for View<'_> {
    fn is_candidate(&self, frame: FrameId) -> bool {
        let it = self.store.frames.get(frame);
        let can_leave = || {
            !self.store.is_dirty(self.spec, frame) || {
                let room =
                    self.store.swap.used() < self.store.swap.total() || self.store.idle_link().is_some();
                !self.clean_only && room
            }
        };
        let stays = it.cleaning.is_some() || self.store.marked.contains(&frame);
        let is_meant = || self.only.is_empty() || it.page.is_some_and(|page| self.only.contains(&page.space));
        it.state == FrameState::InUse && !stays && is_meant() && can_leave()
    }

    fn accessed(&self, frame: FrameId) -> bool {
        self.store.any_mapping(self.spec, frame, Pte::accessed)
    }

    fn dirty(&self, frame: FrameId) -> bool {
        self.store.is_dirty(self.spec, frame)
    }

    fn clear_accessed(&mut self, frame: FrameId) {
        for page in self.store.mappings(self.spec, frame) {
            let pte = self.store.entry(self.spec, page);
            self.store.set_entry(self.spec, page, pte.unused());
            if !self.spec.lazy_accessed {
                self.store.shoot_down(page, None);
            }
        }
    }

    fn write(&mut self, frame: FrameId) {
        self.store.marked.push(frame);
    }
}

/// The first page of a space that a name stands for: of the region, or of where it was.
pub(crate) fn base(space: &Space, name: &str) -> Option<Vpn> {
    let there = space.regions.iter().find(|region| region.name == name).map(|region| region.start);
    let was = || space.gone.iter().rev().find(|(gone, _)| gone == name).map(|(_, start)| *start);
    there.or_else(was).map(Vpn)
}
