//! Policies that compare a number of each page: every page in a vector by frame, every victim by linear search.

use kernelscope_sim::rng::SplitMix64;

use super::Model;

#[derive(Clone, Debug, Default)]
pub(super) struct Entry {
    pub(super) page: u64,
    pub(super) loaded: u64,
    pub(super) last: u64,
    pub(super) count: u64,
    pub(super) counter: u32,
    pub(super) accessed: bool,
    pub(super) dirty: bool,
}

/// What the victim is: given the frames, the time and what is still to come, its place.
type Choose = fn(&mut Keyed) -> usize;
/// What is done after a reference.
type After = fn(&mut Keyed);

/// Frames in order, and what a policy may want to know.
pub(super) struct Keyed {
    size: usize,
    frames: Vec<Entry>,
    now: u64,
    string: Vec<u64>,
    random: SplitMix64,
    every: u64,
    choose: Choose,
    after: After,
}

impl Keyed {
    pub(super) fn new(size: u32, string: &[u64], choose: Choose) -> Keyed {
        Keyed {
            size: size as usize,
            frames: Vec::new(),
            now: 0,
            string: string.to_vec(),
            random: SplitMix64::new(42),
            every: 0,
            choose,
            after: |_| {},
        }
    }

    pub(super) fn every(self, every: u64, after: After) -> Keyed {
        Keyed { every, after, ..self }
    }

    /// The place of the page with the least key, the lower frame first.
    fn least<K: Ord>(&self, key: impl Fn(&Self, &Entry) -> K) -> usize {
        let keys: Vec<K> = self.frames.iter().map(|entry| key(self, entry)).collect();
        (0..keys.len()).min_by(|a, b| keys[*a].cmp(&keys[*b])).expect("there are pages")
    }

    /// How many references from now a page is used; the length of the string if never.
    fn distance(&self, entry: &Entry) -> usize {
        let rest = &self.string[self.now as usize + 1..];
        rest.iter().position(|page| *page == entry.page).unwrap_or(self.string.len())
    }
}

impl Model for Keyed {
    fn reference(&mut self, page: u64, write: bool) -> Option<Vec<u64>> {
        let held = self.frames.iter().position(|entry| entry.page == page);
        let fault = match held {
            Some(place) => {
                let entry = &mut self.frames[place];
                entry.last = self.now;
                entry.count += 1;
                entry.accessed = true;
                entry.dirty |= write;
                None
            }
            None => {
                let (last, loaded) = (self.now, self.now);
                let entry = Entry { page, loaded, last, count: 1, counter: 0, accessed: true, dirty: write };
                if self.frames.len() < self.size {
                    self.frames.push(entry);
                    Some(vec![])
                } else {
                    let victim = (self.choose)(self);
                    Some(vec![std::mem::replace(&mut self.frames[victim], entry).page])
                }
            }
        };
        self.now += 1;
        if self.every > 0 && self.now.is_multiple_of(self.every) {
            (self.after)(self);
        }
        fault
    }
}

pub(super) fn fifo(all: &mut Keyed) -> usize {
    all.least(|_, entry| entry.loaded)
}

pub(super) fn lru(all: &mut Keyed) -> usize {
    all.least(|_, entry| entry.last)
}

pub(super) fn mru(all: &mut Keyed) -> usize {
    all.least(|_, entry| u64::MAX - entry.last)
}

pub(super) fn lfu(all: &mut Keyed) -> usize {
    all.least(|_, entry| (entry.count, entry.last))
}

pub(super) fn nru(all: &mut Keyed) -> usize {
    all.least(|_, entry| (entry.accessed, entry.dirty))
}

pub(super) fn aging(all: &mut Keyed) -> usize {
    all.least(|_, entry| entry.counter)
}

pub(super) fn opt_last_loaded(all: &mut Keyed) -> usize {
    all.least(|all, entry| (usize::MAX - all.distance(entry), u64::MAX - entry.loaded))
}

pub(super) fn opt_first_loaded(all: &mut Keyed) -> usize {
    all.least(|all, entry| (usize::MAX - all.distance(entry), entry.loaded))
}

pub(super) fn opt_smallest_page(all: &mut Keyed) -> usize {
    all.least(|all, entry| (usize::MAX - all.distance(entry), entry.page))
}

pub(super) fn unopt(all: &mut Keyed) -> usize {
    all.least(|all, entry| (all.distance(entry), entry.loaded))
}

pub(super) fn random_by_frame(all: &mut Keyed) -> usize {
    all.random.bounded(all.frames.len() as u64) as usize
}

pub(super) fn random_by_load(all: &mut Keyed) -> usize {
    let drawn = all.random.bounded(all.frames.len() as u64) as usize;
    let mut order: Vec<usize> = (0..all.frames.len()).collect();
    order.sort_by_key(|place| all.frames[*place].loaded);
    order[drawn]
}

pub(super) fn clear_bits(all: &mut Keyed) {
    all.frames.iter_mut().for_each(|entry| entry.accessed = false);
}

pub(super) fn halve_counts(all: &mut Keyed) {
    all.frames.iter_mut().for_each(|entry| entry.count /= 2);
}

pub(super) fn age(all: &mut Keyed) {
    for entry in &mut all.frames {
        entry.counter = (entry.counter + if entry.accessed { 256 } else { 0 }) / 2;
        entry.accessed = false;
    }
}

/// The working set: the frames are a set, since pages leave of themselves.
pub(super) struct WorkingSet {
    pub(super) size: usize,
    pub(super) tau: u64,
    pub(super) now: u64,
    /// Each page with its last use.
    pub(super) pages: Vec<(u64, u64)>,
}

impl Model for WorkingSet {
    fn reference(&mut self, page: u64, _: bool) -> Option<Vec<u64>> {
        let mut left = Vec::new();
        let held = self.pages.iter().position(|(held, _)| *held == page);
        match held {
            Some(place) => {
                self.pages.remove(place);
            }
            None if self.pages.len() == self.size => left.push(self.pages.remove(0).0),
            None => {}
        }
        self.now += 1;
        self.pages.push((page, self.now));
        while self.now - self.pages[0].1 > self.tau {
            left.push(self.pages.remove(0).0);
        }
        (held.is_none() || !left.is_empty()).then_some(left)
    }
}
