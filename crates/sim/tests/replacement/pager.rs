//! The least kernel that a policy needs: frames, the bits of their pages, and demand paging.

use std::collections::BTreeMap;

use kernelscope_sim::conventions::OptTie;
use kernelscope_sim::ids::{FrameId, PageId, SpaceId, Vpn};
use kernelscope_sim::mem::replace::{
    Bits, Choice, Draws, NextUse, Replacement, ReplacementSpec, Setting, next_uses,
};
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
}

/// A page in a frame.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Held {
    pub(crate) page: u64,
    pub(crate) accessed: bool,
    pub(crate) dirty: bool,
    pub(crate) pinned: bool,
}

impl Frames {
    fn get(&self, frame: FrameId) -> Option<&Held> {
        self.held.get(frame.index())?.as_ref()
    }
}

impl Bits for Frames {
    fn is_candidate(&self, frame: FrameId) -> bool {
        self.get(frame).is_some_and(|held| !held.pinned)
    }

    fn accessed(&self, frame: FrameId) -> bool {
        self.get(frame).is_some_and(|held| held.accessed)
    }

    fn dirty(&self, frame: FrameId) -> bool {
        self.get(frame).is_some_and(|held| held.dirty)
    }

    fn clear_accessed(&mut self, frame: FrameId) {
        self.held[frame.index()].as_mut().expect("a scan looks at pages only").accessed = false;
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
}

impl Setup {
    /// The conventions by default, and the stream that begins in state 42.
    pub(crate) fn of(frames: u32) -> Setup {
        let draws = Draws::Stream(SplitMix64::new(42));
        Setup { frames, opt_tie: OptTie::default(), draws, ref_on_load: true }
    }
}

/// A process on so many frames.
#[derive(Clone, Debug)]
pub(crate) struct Pager {
    pub(crate) replacement: Replacement,
    pub(crate) frames: Frames,
    places: BTreeMap<u64, FrameId>,
    size: usize,
    ref_on_load: bool,
}

impl Pager {
    pub(crate) fn new(spec: &ReplacementSpec, setup: &Setup) -> Pager {
        let setting = Setting { frames: setup.frames, opt_tie: setup.opt_tie, draws: setup.draws.clone() };
        Pager {
            replacement: Replacement::new(spec, &setting),
            frames: Frames::default(),
            places: BTreeMap::new(),
            size: setup.frames as usize,
            ref_on_load: setup.ref_on_load,
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
                self.evict(choice.frame);
            }
        }
        step
    }

    fn fault(&mut self, page: u64, write: bool, next: NextUse) -> (Step, bool) {
        self.replacement.missed(id(page));
        let mut victim = None;
        if self.places.len() == self.size {
            let ranked = self.replacement.rank(None, &self.frames);
            let choice = self.replacement.victim(None, &mut self.frames).expect("a page can leave");
            assert_eq!(ranked.first().map(|first| first.frame), Some(choice.frame), "{ranked:?}");
            assert_eq!(ranked.first().map(|first| first.key), Some(choice.reason.key), "{ranked:?}");
            assert_eq!(ranked.get(1).map(|second| second.frame), choice.reason.runner_up, "{ranked:?}");
            assert_eq!(ranked.get(1).map_or(0, |second| second.key), choice.reason.other, "{ranked:?}");
            victim = Some((self.page(choice.frame), choice));
            self.evict(choice.frame);
        }
        let place = self.frames.held.iter().position(Option::is_none).unwrap_or(self.frames.held.len());
        if place == self.frames.held.len() {
            self.frames.held.push(None);
        }
        let accessed = self.ref_on_load;
        self.frames.held[place] = Some(Held { page, accessed, dirty: write, pinned: false });
        let frame = FrameId::from_index(place);
        self.places.insert(page, frame);
        (Step::Fault(victim), self.replacement.loaded(frame, id(page), next))
    }

    fn evict(&mut self, frame: FrameId) {
        let held = self.frames.held[frame.index()].take().expect("the victim is in its frame");
        self.places.remove(&held.page);
        self.replacement.evicted(frame, id(held.page));
    }
}

fn id(page: u64) -> PageId {
    PageId { space: SpaceId::new(0), vpn: Vpn(page) }
}

/// Reads a string of references from start to end.
pub(crate) fn run(spec: &ReplacementSpec, setup: &Setup, string: &[u64]) -> Vec<Step> {
    let mut pager = Pager::new(spec, setup);
    let next = next_uses(string);
    string.iter().zip(next).map(|(page, next)| pager.reference(*page, false, next)).collect()
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
