//! Local scope: each process takes from itself what it needs.

use std::collections::BTreeMap;

use kernelscope_sim::ids::{FrameId, PageId, SpaceId, Vpn};
use kernelscope_sim::mem::replace::{Draws, NextUse, Replacement, ReplacementSpec, Setting, next_uses};
use kernelscope_sim::rng::SplitMix64;
use proptest::prelude::*;

use crate::laws::POLICIES;
use crate::pager::{Frames, Held, Pager, Setup};

/// Processes with quotas on common frames, of which the lowest free one is always taken.
struct Machine {
    replacement: Replacement,
    frames: Frames,
    places: BTreeMap<PageId, FrameId>,
    quotas: Vec<u32>,
    left: Vec<PageId>,
    ref_on_load: bool,
}

fn setting(frames: u32) -> Setting {
    let Setup { opt_tie, .. } = Setup::of(frames);
    Setting { frames, opt_tie, draws: Draws::Stream(SplitMix64::new(42)) }
}

fn space(number: usize) -> SpaceId {
    SpaceId::from_index(number)
}

impl Machine {
    fn new(spec: &ReplacementSpec, quotas: &[u32]) -> Machine {
        let mut replacement = Replacement::local(spec);
        for (number, quota) in quotas.iter().enumerate() {
            replacement.admit(space(number), setting(*quota));
        }
        Machine {
            replacement,
            frames: Frames::default(),
            places: BTreeMap::new(),
            quotas: quotas.to_vec(),
            left: Vec::new(),
            ref_on_load: !spec.loads_unreferenced(),
        }
    }

    fn reference(&mut self, page: PageId, next: NextUse) {
        let due = if let Some(frame) = self.places.get(&page) {
            if let Some(held) = &mut self.frames.held[frame.index()] {
                held.accessed = true;
            }
            self.replacement.touched(*frame, next)
        } else {
            self.replacement.missed(page);
            let own = self.places.keys().filter(|other| other.space == page.space).count();
            if own == self.quotas[page.space.index()] as usize {
                let ranked = self.replacement.rank(Some(page.space), &self.frames);
                let choice = self.replacement.victim(Some(page.space), &mut self.frames);
                let victim = choice.expect("one of its pages can leave").frame;
                assert_eq!(ranked.first().map(|first| first.frame), Some(victim));
                self.evict(victim);
            }
            let free = self.frames.held.iter().position(Option::is_none);
            let place = free.unwrap_or(self.frames.held.len());
            self.frames.held.resize(self.frames.held.len().max(place + 1), None);
            let accessed = self.ref_on_load;
            self.frames.held[place] =
                Some(Held { page: page.vpn.0, accessed, dirty: false, in_transit: false });
            self.places.insert(page, FrameId::from_index(place));
            self.replacement.loaded(FrameId::from_index(place), page, next)
        };
        while due && let Some(choice) = self.replacement.periodic(&mut self.frames) {
            self.evict(choice.frame);
        }
    }

    fn evict(&mut self, frame: FrameId) {
        let page = self.places.iter().find(|(_, place)| **place == frame).map(|(page, _)| *page);
        let page = page.expect("a page is in the frame of the victim");
        self.frames.held[frame.index()] = None;
        self.places.remove(&page);
        self.left.push(page);
        self.replacement.evicted(frame, page);
    }
}

proptest! {
    #[test]
    fn a_process_with_a_quota_does_as_it_would_alone_on_so_many_frames(
        string in prop::collection::vec((0..3usize, 0..9u64), 1..150),
        quotas in prop::collection::vec(1..6u32, 3),
    ) {
        for spec in POLICIES {
            let mut machine = Machine::new(spec, &quotas);
            let own = |number| {
                let pages = string.iter().filter(move |(of, _)| *of == number);
                pages.map(|(_, page)| *page).collect::<Vec<u64>>()
            };
            let mut next = [0, 1, 2].map(|number| next_uses(own(number)).into_iter());
            for (number, page) in &string {
                let next = next[*number].next().expect("each reference has a next use");
                machine.reference(PageId { space: space(*number), vpn: Vpn(*page) }, next);
            }
            for (number, quota) in quotas.iter().enumerate() {
                let mut alone = Pager::new(spec, &Setup::of(*quota));
                alone.read(&own(number));
                let alone: Vec<u64> = alone.left.iter().map(|(page, _)| *page).collect();
                let of = machine.left.iter().filter(|page| page.space == space(number));
                prop_assert_eq!(of.map(|page| page.vpn.0).collect::<Vec<_>>(), alone, "{:?}", spec);
            }
        }
    }
}

#[test]
fn without_a_process_in_need_the_one_nearest_to_its_quota_gives() {
    let mut machine = Machine::new(&ReplacementSpec::Lru, &[4, 2]);
    for (number, page) in [(0, 1), (1, 2), (0, 3), (1, 4)] {
        machine.reference(PageId { space: space(number), vpn: Vpn(page) }, NextUse::NEVER);
    }
    let choice = machine.replacement.victim(None, &mut machine.frames).expect("a page can leave");
    assert_eq!(choice.frame, FrameId::new(1), "the second process has used up its quota");
    assert_eq!(choice.reason.runner_up, Some(FrameId::new(3)));
    machine.replacement.freed(FrameId::new(1));
    machine.replacement.freed(FrameId::new(3));
    machine.replacement.forget(space(1));
    let choice = machine.replacement.victim(None, &mut machine.frames).expect("a page can leave");
    assert_eq!(choice.frame, FrameId::new(0));
}
