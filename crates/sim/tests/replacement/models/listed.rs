//! Policies of several lists, told as their papers tell them, with vectors of pages, the oldest first.

use super::Model;

fn take(list: &mut Vec<u64>, page: u64) -> bool {
    let place = list.iter().position(|other| *other == page);
    place.map(|place| list.remove(place)).is_some()
}

/// Linux's two lists: pages with their referenced bits.
pub(super) struct TwoList {
    pub(super) size: usize,
    pub(super) ratio: usize,
    pub(super) refault: bool,
    pub(super) active: Vec<(u64, bool)>,
    pub(super) inactive: Vec<(u64, bool)>,
    pub(super) clock: usize,
    /// Every page that ever left with the clock of that moment.
    pub(super) left: Vec<(u64, usize)>,
}

impl TwoList {
    fn reclaim(&mut self) -> u64 {
        loop {
            while self.active.len() > self.inactive.len() * self.ratio {
                let (page, _) = self.active.remove(0);
                self.inactive.push((page, false));
            }
            let (page, referenced) = self.inactive.remove(0);
            self.clock += 1;
            if !referenced {
                self.left.push((page, self.clock - 1));
                return page;
            }
            self.active.push((page, false));
        }
    }
}

impl Model for TwoList {
    fn reference(&mut self, page: u64, _: bool) -> Option<Vec<u64>> {
        let mut held = self.active.iter_mut().chain(&mut self.inactive);
        if let Some(entry) = held.find(|entry| entry.0 == page) {
            entry.1 = true;
            return None;
        }
        let full = self.active.len() + self.inactive.len() == self.size;
        let left = full.then(|| self.reclaim());
        let shadow = self.left.iter().rev().find(|(other, _)| *other == page);
        match shadow {
            Some((_, shadow)) if self.refault && self.clock - shadow <= self.active.len() => {
                self.active.push((page, false));
            }
            _ => self.inactive.push((page, false)),
        }
        Some(left.into_iter().collect())
    }
}

/// 2Q in full.
#[derive(Default)]
pub(super) struct TwoQ {
    pub(super) size: usize,
    pub(super) new: Vec<u64>,
    pub(super) out: Vec<u64>,
    pub(super) main: Vec<u64>,
}

impl Model for TwoQ {
    fn reference(&mut self, page: u64, _: bool) -> Option<Vec<u64>> {
        if take(&mut self.main, page) {
            self.main.push(page);
            return None;
        }
        if self.new.contains(&page) {
            return None;
        }
        let (kin, kout) = ((self.size / 4).max(1), (self.size / 2).max(1));
        let came_back = take(&mut self.out, page);
        let mut left = Vec::new();
        if self.new.len() + self.main.len() == self.size {
            if self.new.len() > kin || self.main.is_empty() {
                let oldest = self.new.remove(0);
                self.out.push(oldest);
                if self.out.len() > kout {
                    self.out.remove(0);
                }
                left.push(oldest);
            } else {
                left.push(self.main.remove(0));
            }
        }
        if came_back {
            self.main.push(page);
        } else {
            self.new.push(page);
        }
        Some(left)
    }
}

/// ARC as in figure 4 of the paper, its cases in their order.
#[derive(Default)]
pub(super) struct Arc {
    pub(super) c: usize,
    /// The target, with 32 binary places.
    pub(super) p: u64,
    pub(super) t1: Vec<u64>,
    pub(super) t2: Vec<u64>,
    pub(super) b1: Vec<u64>,
    pub(super) b2: Vec<u64>,
}

impl Arc {
    fn replace(&mut self, in_b2: bool) -> u64 {
        let long = (self.t1.len() as u64) << 32;
        if !self.t1.is_empty() && (long > self.p || (in_b2 && long == self.p)) {
            let page = self.t1.remove(0);
            self.b1.push(page);
            page
        } else {
            let page = self.t2.remove(0);
            self.b2.push(page);
            page
        }
    }

    fn invariants_hold(&self) {
        let [t1, t2, b1, b2] = [&self.t1, &self.t2, &self.b1, &self.b2].map(Vec::len);
        assert!(t1 + t2 <= self.c && t1 + b1 <= self.c && t1 + t2 + b1 + b2 <= 2 * self.c);
        assert!(self.p <= (self.c as u64) << 32);
    }
}

impl Model for Arc {
    fn reference(&mut self, page: u64, _: bool) -> Option<Vec<u64>> {
        self.invariants_hold();
        const ONE: u64 = 1 << 32;
        if take(&mut self.t1, page) || take(&mut self.t2, page) {
            self.t2.push(page);
            return None;
        }
        let [b1, b2] = [self.b1.len() as u64, self.b2.len() as u64];
        if self.b1.contains(&page) {
            self.p = (self.p + ONE.max(b2 * ONE / b1)).min(self.c as u64 * ONE);
            let left = self.replace(false);
            take(&mut self.b1, page);
            self.t2.push(page);
            return Some(vec![left]);
        }
        if self.b2.contains(&page) {
            self.p = self.p.saturating_sub(ONE.max(b1 * ONE / b2));
            let left = self.replace(true);
            take(&mut self.b2, page);
            self.t2.push(page);
            return Some(vec![left]);
        }
        let mut left = Vec::new();
        if self.t1.len() + self.b1.len() == self.c {
            if self.t1.len() < self.c {
                self.b1.remove(0);
                left.push(self.replace(false));
            } else {
                left.push(self.t1.remove(0));
            }
        } else {
            let total = self.t1.len() + self.t2.len() + self.b1.len() + self.b2.len();
            if total >= self.c {
                if total == 2 * self.c {
                    self.b2.remove(0);
                }
                left.push(self.replace(false));
            }
        }
        self.t1.push(page);
        Some(left)
    }
}
