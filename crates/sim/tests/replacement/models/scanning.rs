//! Policies that go over the frames and change bits on their way, step by step as the books tell them.

use std::collections::VecDeque;

use kernelscope_sim::rng::SplitMix64;

use super::Model;
use super::keyed::Entry;

/// Frames and a hand.
pub(super) struct Scanning {
    size: usize,
    frames: Vec<Entry>,
    hand: usize,
    now: u64,
    ref_on_load: bool,
    choose: fn(&mut Scanning) -> usize,
    /// τ, or the cap of the counters.
    pub(super) bound: u64,
    random: SplitMix64,
}

impl Scanning {
    pub(super) fn new(size: u32, choose: fn(&mut Scanning) -> usize) -> Scanning {
        Scanning {
            size: size as usize,
            frames: Vec::new(),
            hand: 0,
            now: 0,
            ref_on_load: true,
            choose,
            bound: 0,
            random: SplitMix64::new(42),
        }
    }

    pub(super) fn bounded(self, bound: u64) -> Scanning {
        Scanning { bound, ..self }
    }

    pub(super) fn clear_on_load(self) -> Scanning {
        Scanning { ref_on_load: false, ..self }
    }

    fn advance(&mut self) -> usize {
        let here = self.hand;
        self.hand = (self.hand + 1) % self.frames.len();
        here
    }
}

impl Model for Scanning {
    fn reference(&mut self, page: u64, write: bool) -> Option<Vec<u64>> {
        self.now += 1;
        if let Some(entry) = self.frames.iter_mut().find(|entry| entry.page == page) {
            entry.accessed = true;
            entry.dirty |= write;
            entry.count = (entry.count + 1).min(self.bound);
            return None;
        }
        let mut entry = Entry { page, loaded: self.now, last: self.now, count: 1, ..Entry::default() };
        (entry.accessed, entry.dirty) = (self.ref_on_load, write);
        if self.frames.len() < self.size {
            self.frames.push(entry);
            return Some(vec![]);
        }
        // The miss happens before the reference counts.
        self.now -= 1;
        let victim = (self.choose)(self);
        self.now += 1;
        Some(vec![std::mem::replace(&mut self.frames[victim], entry).page])
    }
}

pub(super) fn clock(all: &mut Scanning) -> usize {
    loop {
        let here = all.advance();
        if !std::mem::take(&mut all.frames[here].accessed) {
            return here;
        }
    }
}

pub(super) fn enhanced_clock(all: &mut Scanning) -> usize {
    loop {
        for _ in 0..all.frames.len() {
            let here = all.advance();
            if !all.frames[here].accessed && !all.frames[here].dirty {
                return here;
            }
        }
        for _ in 0..all.frames.len() {
            let here = all.advance();
            if !all.frames[here].accessed && all.frames[here].dirty {
                return here;
            }
            all.frames[here].accessed = false;
        }
    }
}

/// A write that the hand begins is over when the scan is; until then the page stays out of it.
pub(super) fn enhanced_clock_that_cleans(all: &mut Scanning) -> usize {
    loop {
        let mut written = vec![false; all.frames.len()];
        let mut found = None;
        for round in 0..4 {
            for _ in 0..all.frames.len() {
                let here = all.advance();
                let entry = &mut all.frames[here];
                if written[here] {
                    continue;
                }
                match (round % 2, entry.accessed, entry.dirty) {
                    (0, false, false) => found = found.or(Some(here)),
                    (1, true, _) => entry.accessed = false,
                    (1, false, true) => written[here] = true,
                    _ => {}
                }
                if found.is_some() {
                    break;
                }
            }
            if found.is_some() {
                break;
            }
        }
        for (entry, written) in all.frames.iter_mut().zip(written) {
            entry.dirty &= !written;
        }
        if let Some(here) = found {
            return here;
        }
    }
}

pub(super) fn ws_clock(all: &mut Scanning) -> usize {
    loop {
        let mut written = vec![false; all.frames.len()];
        let start = all.hand;
        let mut found = None;
        for _ in 0..all.frames.len() {
            let here = all.advance();
            let entry = &mut all.frames[here];
            if entry.accessed {
                entry.accessed = false;
                entry.last = all.now;
            } else if all.now - entry.last > all.bound {
                if !entry.dirty {
                    found = Some(here);
                    break;
                }
                written[here] = true;
            }
        }
        let turn = (0..all.frames.len()).map(|step| (start + step) % all.frames.len());
        let left: Vec<usize> = turn.filter(|place| !written[*place]).collect();
        let clean = left.iter().find(|place| !all.frames[**place].dirty);
        let found = found.or(clean.or(left.first()).copied());
        for (entry, written) in all.frames.iter_mut().zip(written) {
            entry.dirty &= !written;
        }
        if let Some(here) = found {
            all.hand = (here + 1) % all.frames.len();
            return here;
        }
    }
}

pub(super) fn ostep_clock(all: &mut Scanning) -> usize {
    let mut order: Vec<usize> = (0..all.frames.len()).collect();
    order.sort_by_key(|place| all.frames[*place].loaded);
    loop {
        let drawn = order[all.random.bounded(order.len() as u64) as usize];
        match &mut all.frames[drawn].count {
            0 => return drawn,
            count => *count -= 1,
        }
    }
}

/// A queue of pages with their bits.
pub(super) struct SecondChance {
    pub(super) size: usize,
    pub(super) queue: VecDeque<(u64, bool)>,
}

impl Model for SecondChance {
    fn reference(&mut self, page: u64, _: bool) -> Option<Vec<u64>> {
        if let Some(held) = self.queue.iter_mut().find(|(held, _)| *held == page) {
            held.1 = true;
            return None;
        }
        let mut left = Vec::new();
        while self.queue.len() == self.size {
            match self.queue.pop_front() {
                Some((page, true)) => self.queue.push_back((page, false)),
                Some((page, false)) => left.push(page),
                None => {}
            }
            if !left.is_empty() {
                break;
            }
        }
        self.queue.push_back((page, true));
        Some(left)
    }
}

/// A tree as nested halves: which half was used less recently, and the pages at the leaves.
pub(super) enum Tree {
    Leaf(Option<u64>),
    Halves { older_is_right: bool, halves: [Box<Tree>; 2] },
}

impl Tree {
    pub(super) fn new(leaves: u32) -> Tree {
        if leaves == 1 {
            return Tree::Leaf(None);
        }
        Tree::Halves { older_is_right: false, halves: [0; 2].map(|_| Box::new(Tree::new(leaves / 2))) }
    }

    /// Uses the leaf that holds a page, if there is one.
    fn touch(&mut self, page: Option<u64>) -> bool {
        match self {
            Tree::Leaf(held) => *held == page,
            Tree::Halves { older_is_right, halves: [left, right] } => {
                let in_left = left.touch(page);
                let found = in_left || right.touch(page);
                if found {
                    *older_is_right = in_left;
                }
                found
            }
        }
    }

    fn oldest(&mut self) -> &mut Option<u64> {
        match self {
            Tree::Leaf(held) => held,
            Tree::Halves { older_is_right, halves } => halves[usize::from(*older_is_right)].oldest(),
        }
    }

    /// The first leaf without a page.
    fn empty(&mut self) -> Option<&mut Option<u64>> {
        match self {
            Tree::Leaf(held) => held.is_none().then_some(held),
            Tree::Halves { halves: [left, right], .. } => left.empty().or_else(|| right.empty()),
        }
    }
}

impl Model for Tree {
    fn reference(&mut self, page: u64, _: bool) -> Option<Vec<u64>> {
        if self.touch(Some(page)) {
            return None;
        }
        let left = match self.empty() {
            Some(leaf) => leaf.replace(page),
            None => self.oldest().replace(page),
        };
        self.touch(Some(page));
        Some(left.into_iter().collect())
    }
}
