//! The translation look-aside buffer: recent translations, so that most references need no walk (OSTEP 19).
//!
//! Entries stand in sets; a page number belongs to the set of its lowest bits, and within the set it may take any
//! way. One set is fully associative. When the set is full the policy chooses who gives way. An invalid entry
//! of the TLB means nothing but an empty place: that is not the valid bit of a page-table entry.
//!
//! Without address-space identifiers every process switch must empty the TLB, or a page of one process would be
//! found under the same number by the next. With them, an entry counts for its own process only; when the
//! identifiers run out everything is flushed and numbering starts again.

use super::plru::Tree;
use super::spec::{TlbPolicy, TlbSpec};
use crate::ids::{FrameId, SpaceId, Vpn};
use crate::program::memory::Prot;
use crate::rng::SplitMix64;

/// The TLB of one CPU.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Tlb {
    spec: TlbSpec,
    places: Vec<Option<Translation>>,
    /// The tree of each set, for pseudo-LRU; the other policies never turn its bits.
    trees: Vec<Tree>,
    /// Uses and loads so far.
    clock: u64,
    /// Where random replacement draws from.
    stream: SplitMix64,
    /// Whose translations are looked up, and under which identifier.
    current: Option<(SpaceId, u32)>,
    /// Identifiers given out, by number.
    asids: Vec<SpaceId>,
}

/// One translation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Translation {
    /// Under which address-space identifier; 0 where there are none.
    pub asid: u32,
    /// The page.
    pub vpn: Vpn,
    /// Its frame.
    pub frame: FrameId,
    /// What may be done with it.
    pub prot: Prot,
    /// Whether the page-table entry is known to say that it has been written.
    pub dirty: bool,
    /// When it was last used, in uses and loads of this TLB.
    pub used: u64,
    /// When it came.
    pub loaded: u64,
}

impl Tlb {
    /// An empty one.
    pub(crate) fn new(spec: TlbSpec, stream: SplitMix64) -> Tlb {
        let sets = usize::from(spec.entries / spec.ways.max(1));
        Tlb {
            spec,
            places: vec![None; usize::from(spec.entries)],
            trees: vec![Tree::new(u32::from(spec.ways)); sets],
            clock: 0,
            stream,
            current: None,
            asids: Vec::new(),
        }
    }

    /// How it is built.
    pub fn spec(&self) -> &TlbSpec {
        &self.spec
    }

    /// Every place: set after set, in each the ways.
    pub fn places(&self) -> &[Option<Translation>] {
        &self.places
    }

    /// The address space whose translations are looked up now.
    pub fn space(&self) -> Option<SpaceId> {
        self.current.map(|(space, _)| space)
    }

    /// The address space of an identifier that is in use.
    pub fn owner(&self, asid: u32) -> Option<SpaceId> {
        if self.spec.asid_bits == 0 { self.space() } else { self.asids.get(asid as usize).copied() }
    }

    /// The CPU passes to another address space. Says how many translations are lost by it.
    pub(crate) fn enter(&mut self, space: SpaceId) -> u32 {
        if self.current.is_some_and(|(current, _)| current == space) {
            return 0;
        }
        if self.spec.asid_bits == 0 {
            let lost = self.flush();
            self.current = Some((space, 0));
            return lost;
        }
        let known = self.asids.iter().position(|owner| *owner == space);
        let mut lost = 0;
        let asid = known.unwrap_or_else(|| {
            if self.asids.len() >> self.spec.asid_bits > 0 {
                lost = self.flush();
                self.asids.clear();
            }
            self.asids.push(space);
            self.asids.len() - 1
        });
        self.current = Some((space, asid as u32));
        lost
    }

    /// Where the translation of a page of the current address space stands.
    pub(crate) fn place(&self, vpn: Vpn) -> Option<usize> {
        self.find(self.current?.1, vpn)
    }

    /// Looks a page of the current address space up. A hit counts as a use.
    pub(crate) fn look_up(&mut self, vpn: Vpn) -> Option<(usize, Translation)> {
        let (_, asid) = self.current?;
        let place = self.find(asid, vpn)?;
        self.use_place(place);
        self.places[place].map(|entry| (place, entry))
    }

    /// Notes that the page-table entry of this place's page says that it has been written.
    pub(crate) fn set_dirty(&mut self, place: usize) {
        if let Some(entry) = &mut self.places[place] {
            entry.dirty = true;
        }
    }

    /// Takes a translation of the current address space up. Says where, and which page gave way.
    pub(crate) fn insert(
        &mut self,
        vpn: Vpn,
        frame: FrameId,
        prot: Prot,
        dirty: bool,
    ) -> (usize, Option<Vpn>) {
        let Some((_, asid)) = self.current else { unreachable!("a translation of nobody's") };
        let places = self.set(vpn);
        let empty = places.clone().find(|place| self.places[*place].is_none());
        let place = self.find(asid, vpn).or(empty).unwrap_or_else(|| self.victim(places));
        let gone = self.places[place].map(|entry| entry.vpn).filter(|gone| *gone != vpn);
        let loaded = self.clock;
        self.places[place] = Some(Translation { asid, vpn, frame, prot, dirty, used: loaded, loaded });
        self.use_place(place);
        (place, gone)
    }

    /// Forgets a page of an address space. Says whether it was there.
    pub(crate) fn forget(&mut self, space: SpaceId, vpn: Vpn) -> bool {
        let asid = match self.spec.asid_bits {
            0 => self.current.filter(|(current, _)| *current == space).map(|(_, asid)| asid),
            _ => self.asids.iter().position(|owner| *owner == space).map(|asid| asid as u32),
        };
        let place = asid.and_then(|asid| self.find(asid, vpn));
        place.is_some_and(|place| self.places[place].take().is_some())
    }

    fn flush(&mut self) -> u32 {
        let lost = self.places.iter_mut().filter_map(Option::take).count();
        self.trees.fill(Tree::new(u32::from(self.spec.ways)));
        lost as u32
    }

    fn find(&self, asid: u32, vpn: Vpn) -> Option<usize> {
        let is_it = |place: &usize| {
            self.places[*place].as_ref().is_some_and(|entry| entry.vpn == vpn && entry.asid == asid)
        };
        self.set(vpn).find(is_it)
    }

    /// The places that a page can take.
    fn set(&self, vpn: Vpn) -> std::ops::Range<usize> {
        let ways = usize::from(self.spec.ways);
        let set = (vpn.0 % self.trees.len() as u64) as usize;
        set * ways..(set + 1) * ways
    }

    /// Who gives way in a full set.
    fn victim(&mut self, places: std::ops::Range<usize>) -> usize {
        let stamp = |place: &usize| {
            self.places[*place].map(|entry| match self.spec.policy {
                TlbPolicy::Fifo => entry.loaded,
                _ => entry.used,
            })
        };
        match self.spec.policy {
            TlbPolicy::Lru | TlbPolicy::Fifo => places.min_by_key(stamp).unwrap_or_default(),
            TlbPolicy::Random => places.start + self.stream.bounded(places.len() as u64) as usize,
            TlbPolicy::Plru => places.start + self.trees[places.start / places.len()].victim() as usize,
        }
    }

    /// A translation is used.
    pub(crate) fn use_place(&mut self, place: usize) {
        self.clock += 1;
        if let Some(entry) = &mut self.places[place] {
            entry.used = self.clock;
        }
        if self.spec.policy == TlbPolicy::Plru {
            let ways = usize::from(self.spec.ways);
            self.trees[place / ways].touch((place % ways) as u32);
        }
    }

    /// The memory that a clone takes, in bytes.
    pub(crate) fn footprint(&self) -> usize {
        self.places.len() * size_of::<Option<Translation>>()
            + self.trees.iter().map(|tree| size_of::<Tree>() + tree.footprint()).sum::<usize>()
            + self.asids.len() * size_of::<SpaceId>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tlb(entries: u16, ways: u16, policy: TlbPolicy, asid_bits: u8) -> Tlb {
        let spec = TlbSpec { entries, ways, policy, asid_bits, ..TlbSpec::default() };
        let mut tlb = Tlb::new(spec, SplitMix64::new(42));
        tlb.enter(SpaceId::new(0));
        tlb
    }

    fn frame(vpn: u64) -> FrameId {
        FrameId::new(vpn as u32)
    }

    /// A string of pages: `.` for a hit, `F` for a miss that finds room, the number of the page that gives way.
    fn trace(tlb: &mut Tlb, pages: &[u64]) -> String {
        let one = |vpn: &u64| {
            if tlb.look_up(Vpn(*vpn)).is_some() {
                return ".".to_owned();
            }
            let (_, gone) = tlb.insert(Vpn(*vpn), frame(*vpn), Prot::RW, false);
            gone.map_or("F".to_owned(), |gone| gone.0.to_string())
        };
        pages.iter().map(one).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn four_ways_of_tree_pseudo_lru_give_way_as_in_the_table() {
        let pages = [0, 1, 2, 3, 0, 4, 1];
        assert_eq!(trace(&mut tlb(4, 4, TlbPolicy::Plru, 0), &pages), "F F F F . 2 .");
        assert_eq!(trace(&mut tlb(4, 4, TlbPolicy::Lru, 0), &pages), "F F F F . 1 2");
        assert_eq!(trace(&mut tlb(4, 4, TlbPolicy::Fifo, 0), &pages), "F F F F . 0 .");
    }

    #[test]
    fn two_ways_of_tree_pseudo_lru_are_exactly_lru() {
        let mut stream = SplitMix64::new(1);
        let pages: Vec<u64> = (0..2_000).map(|_| stream.bounded(9)).collect();
        let of = |policy| trace(&mut tlb(4, 2, policy, 0), &pages);
        assert_eq!(of(TlbPolicy::Plru), of(TlbPolicy::Lru));
    }

    #[test]
    fn a_loop_one_larger_than_an_lru_tlb_never_hits() {
        let pages: Vec<u64> = (0..500).map(|n| n % 5).collect();
        assert!(!trace(&mut tlb(4, 4, TlbPolicy::Lru, 0), &pages).contains('.'));
        assert!(trace(&mut tlb(4, 4, TlbPolicy::Random, 0), &pages).contains('.'));
    }

    #[test]
    fn pages_of_one_set_compete_with_each_other_alone() {
        assert_eq!(trace(&mut tlb(4, 1, TlbPolicy::Lru, 0), &[0, 4, 0, 1, 2, 3, 1]), "F 0 4 F F F .");
    }

    #[test]
    fn without_identifiers_a_switch_empties_it_and_with_them_it_does_not() {
        let (a, b) = (SpaceId::new(0), SpaceId::new(1));
        let mut bare = tlb(4, 4, TlbPolicy::Lru, 0);
        bare.insert(Vpn(10), frame(1), Prot::RW, false);
        assert_eq!(bare.enter(b), 1);
        assert!(bare.look_up(Vpn(10)).is_none());
        let mut tagged = tlb(4, 4, TlbPolicy::Lru, 1);
        tagged.insert(Vpn(10), frame(1), Prot::RW, false);
        assert_eq!(tagged.enter(b), 0);
        assert!(tagged.look_up(Vpn(10)).is_none(), "the page of another process");
        tagged.insert(Vpn(10), frame(2), Prot::RW, false);
        assert_eq!(tagged.enter(a), 0);
        assert_eq!(tagged.look_up(Vpn(10)).map(|(_, entry)| entry.frame), Some(frame(1)));
        assert_eq!(tagged.enter(SpaceId::new(2)), 2, "the identifiers have run out");
        assert!(!tagged.forget(a, Vpn(10)));
    }
}
