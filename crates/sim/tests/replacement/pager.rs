//! The least kernel that a policy needs: frames, the bits of their pages, and demand paging.

use std::collections::BTreeMap;

use kernelscope_sim::conventions::OptTie;
use kernelscope_sim::ids::{FrameId, PageId, SpaceId, Vpn};
use kernelscope_sim::mem::replace::{
    Bits, Choice, Draws, NextUse, Policy, Replacement, ReplacementSpec, Setting, next_uses,
};
use kernelscope_sim::reason::Reason;
use kernelscope_sim::rng::SplitMix64;

/// What one reference did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// The page was there.
    Hit,
    /// It was not: whom it displaced, if memory was full.
    Fault(Option<(u64, Choice)>),
}

/// Frames and their bits.
#[derive(Clone, Debug, Default)]
pub(crate) struct Frames {
    pub(crate) held: Vec<Option<Held>>,
    /// A frame whose page may not leave.
    pinned: Option<FrameId>,
}

/// A page in a frame.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Held {
    pub(crate) page: u64,
    pub(crate) accessed: bool,
    pub(crate) dirty: bool,
    pub(crate) in_transit: bool,
}

impl Frames {
    fn get(&self, frame: FrameId) -> Option<&Held> {
        self.held.get(frame.index())?.as_ref()
    }
}

impl Bits for Frames {
    fn is_candidate(&self, frame: FrameId) -> bool {
        self.pinned != Some(frame) && self.get(frame).is_some_and(|held| !held.in_transit)
    }

    fn accessed(&self, frame: FrameId) -> bool {
        self.get(frame).is_some_and(|held| held.accessed)
    }

    fn dirty(&self, frame: FrameId) -> bool {
        self.get(frame).is_some_and(|held| held.dirty)
    }

    fn clear_accessed(&mut self, frame: FrameId) {
        let held = self.held[frame.index()].as_mut().expect("a scan looks at pages only");
        assert!(held.accessed, "only what is set is cleared");
        held.accessed = false;
    }

    fn write(&mut self, frame: FrameId) {
        let held = self.held[frame.index()].as_mut().expect("only a page is written");
        assert!(held.dirty, "only a dirty page is written");
        (held.dirty, held.in_transit) = (false, true);
    }
}

/// What a run is set up with.
#[derive(Clone, Debug)]
pub(crate) struct Setup {
    pub(crate) frames: u32,
    pub(crate) opt_tie: OptTie,
    pub(crate) draws: Draws,
    /// Whether the access that loads a page sets its accessed bit.
    pub(crate) ref_on_load: bool,
    /// Whether the ranking is asked for beforehand, which must say what the victim will be.
    pub(crate) check_ranking: bool,
}

impl Setup {
    /// The conventions by default, and the stream that begins in state 42.
    pub(crate) fn of(frames: u32) -> Setup {
        let draws = Draws::Stream(SplitMix64::new(42));
        Setup { frames, opt_tie: OptTie::default(), draws, ref_on_load: true, check_ranking: true }
    }
}

/// A process on so many frames.
#[derive(Clone, Debug)]
pub(crate) struct Pager {
    pub(crate) replacement: Replacement,
    pub(crate) frames: Frames,
    /// Every page that had to leave, in order.
    pub(crate) left: Vec<(u64, Choice)>,
    places: BTreeMap<u64, FrameId>,
    size: usize,
    ref_on_load: bool,
    check_ranking: bool,
}

impl Pager {
    pub(crate) fn new(spec: &ReplacementSpec, setup: &Setup) -> Pager {
        let Setup { frames, opt_tie, draws, ref_on_load, check_ranking } = setup.clone();
        let setting = Setting { frames, opt_tie, draws };
        Pager {
            replacement: Replacement::new(spec, setting),
            frames: Frames::default(),
            left: Vec::new(),
            places: BTreeMap::new(),
            size: frames as usize,
            ref_on_load: ref_on_load && !spec.loads_unreferenced(),
            check_ranking,
        }
    }

    /// The pages in frames.
    pub(crate) fn resident(&self) -> Vec<u64> {
        self.places.keys().copied().collect()
    }

    /// The page in a frame.
    pub(crate) fn page(&self, frame: FrameId) -> u64 {
        self.frames.get(frame).expect("a page is there").page
    }

    /// Reads a string of references from start to end.
    pub(crate) fn read(&mut self, string: &[u64]) -> Vec<Step> {
        let next = next_uses(string);
        string.iter().zip(next).map(|(page, next)| self.reference(*page, false, next)).collect()
    }

    /// How many pages the last `window` references used.
    pub(crate) fn working_set(&self, window: u64) -> usize {
        match self.replacement.policy(SpaceId::new(0)) {
            Some(Policy::WorkingSet(policy)) => policy.size(SpaceId::new(0), window),
            other => panic!("{other:?} keeps no working set"),
        }
    }

    pub(crate) fn reference(&mut self, page: u64, write: bool, next: NextUse) -> Step {
        let (step, due) = match self.places.get(&page) {
            Some(&frame) => {
                let held = self.frames.held[frame.index()].as_mut().expect("the page is there");
                held.accessed = true;
                held.dirty |= write;
                (Step::Hit, self.replacement.touched(frame, next))
            }
            None => self.fault(page, write, next),
        };
        if due {
            while let Some(choice) = self.replacement.periodic(&mut self.frames) {
                self.evict(&choice);
            }
        }
        step
    }

    fn fault(&mut self, page: u64, write: bool, next: NextUse) -> (Step, bool) {
        self.replacement.missed(id(page));
        let mut victim = None;
        if self.places.len() == self.size {
            let choice = self.choose();
            victim = Some((self.page(choice.frame), choice));
            self.evict(&choice);
        }
        let place = self.frames.held.iter().position(Option::is_none).unwrap_or(self.frames.held.len());
        if place == self.frames.held.len() {
            self.frames.held.push(None);
        }
        let accessed = self.ref_on_load;
        self.frames.held[place] = Some(Held { page, accessed, dirty: write, in_transit: false });
        let frame = FrameId::from_index(place);
        self.places.insert(page, frame);
        (Step::Fault(victim), self.replacement.loaded(frame, id(page), next))
    }

    /// The victim. Writes that a scan begins are done when it ends.
    fn choose(&mut self) -> Choice {
        loop {
            let choice = if self.check_ranking {
                self.as_ranked()
            } else {
                self.replacement.victim(None, &mut self.frames)
            };
            for held in self.frames.held.iter_mut().flatten() {
                held.in_transit = false;
            }
            if let Some(choice) = choice {
                return choice;
            }
        }
    }

    /// The victim, which is what the ranking says beforehand.
    fn as_ranked(&mut self) -> Option<Choice> {
        let ranked = self.replacement.rank(None, &self.frames);
        let choice = self.replacement.victim(None, &mut self.frames);
        assert_eq!(ranked.first().map(|first| first.frame), choice.map(|choice| choice.frame));
        let Reason { rule, runner_up, key, other } = choice?.reason;
        assert_eq!(ranked.first().map(|first| first.key), Some(key), "{rule:?}: {ranked:?}");
        assert_eq!(ranked.get(1).map(|second| second.frame), runner_up, "{rule:?}: {ranked:?}");
        assert_eq!(ranked.get(1).map_or(0, |second| second.key), other, "{rule:?}: {ranked:?}");
        choice
    }

    /// Keeps the page in this frame, and no other, from leaving.
    pub(crate) fn pin(&mut self, frame: Option<FrameId>) {
        self.frames.pinned = frame;
    }

    /// The page that is kept from leaving.
    pub(crate) fn pinned_page(&self) -> Option<u64> {
        Some(self.frames.get(self.frames.pinned?)?.page)
    }

    /// Whether there is a page in a frame.
    pub(crate) fn holds(&self, frame: FrameId) -> bool {
        self.frames.get(frame).is_some()
    }

    /// Gives a page up for good.
    pub(crate) fn free(&mut self, frame: FrameId) {
        let held = self.frames.held[frame.index()].take().expect("a page is there");
        self.places.remove(&held.page);
        self.replacement.freed(frame);
    }

    fn evict(&mut self, choice: &Choice) {
        let frame = choice.frame;
        let held = self.frames.held[frame.index()].take().expect("the victim is in its frame");
        self.places.remove(&held.page);
        self.left.push((held.page, *choice));
        self.replacement.evicted(frame, id(held.page));
    }
}

fn id(page: u64) -> PageId {
    PageId { space: SpaceId::new(0), vpn: Vpn(page) }
}

/// Reads a string of references on so many frames.
pub(crate) fn run(spec: &ReplacementSpec, setup: &Setup, string: &[u64]) -> Vec<Step> {
    Pager::new(spec, setup).read(string)
}

/// How many references found their page in no frame.
pub(crate) fn faults(spec: &ReplacementSpec, setup: &Setup, string: &[u64]) -> usize {
    run(spec, setup, string).iter().filter(|step| matches!(step, Step::Fault(_))).count()
}

/// A run as the books write it: `F` for a fault into a free frame, `F-x` for one that displaces x, `.` for a hit.
pub(crate) fn written(steps: &[Step]) -> String {
    let words = steps.iter().map(|step| match step {
        Step::Hit => ".".to_owned(),
        Step::Fault(None) => "F".to_owned(),
        Step::Fault(Some((page, _))) => format!("F-{page}"),
    });
    words.collect::<Vec<_>>().join(" ")
}
