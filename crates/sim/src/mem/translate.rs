//! Translation without paging under it: base and bounds (OSTEP 15), two segments (OSTEP 16), and a page table that
//! is given with everything in it (OSTEP 18, 20). Nothing is allocated and no fault is repaired: an address has a
//! place in physical memory, or using it is a violation.
//!
//! | mode | valid if | then the physical address is |
//! |---|---|---|
//! | base and bounds | VA < limit | base + VA |
//! | segment 0: the top bit is 0 | VA < limit | base + VA |
//! | segment 1: the top bit is 1 | size − VA ≤ limit | base − (size − VA), for it grows down from its base |
//! | given tables | every entry on the way is valid | frame of the last entry, then the offset |
//!
//! As in `relocation.py`, `segmentation.py`, `paging-linear-translate.py` and `paging-multilevel-translate.py`, whose
//! runs the tests repeat.

use super::address::Va;
use super::refer::Attempt;
use super::spec::{Given, MemorySpec, Mmu, Segment};
use super::{Memory, Pending};
use crate::event::MemoryEvent;
use crate::ids::{PageId, TaskId};
use crate::time::{Nanos, Time};

/// Where an address leads, or what says that it leads nowhere; and the entries that were read on the way.
struct Translation {
    outcome: Result<Place, MemoryEvent>,
    entries: u64,
}

/// A place in physical memory, with the byte in it where that is given.
struct Place {
    pa: u32,
    value: Option<u8>,
}

impl Memory {
    /// A reference on a machine that translates and does nothing else.
    pub(super) fn translate(
        &mut self,
        task: TaskId,
        page: PageId,
        pending: &mut Pending,
        now: Time,
        tell: &mut impl FnMut(Option<TaskId>, MemoryEvent),
    ) -> Attempt {
        self.count_first(page, pending, false);
        let Translation { outcome, entries } = self.spec.translate(pending, |event| tell(None, event));
        let access = self.spec.costs.access;
        let spent = access.saturating_mul(entries);
        let violates = outcome.is_err();
        let (event, cost) = match outcome {
            Ok(Place { pa, value }) => {
                let Pending { va, access: kind, .. } = *pending;
                (MemoryEvent::Translated { va: va as u32, pa, access: kind, value }, spent + access)
            }
            Err(violation) => (violation, spent),
        };
        tell(None, event);
        let took = (now + cost).since(pending.since);
        self.count(page.space, |counts| {
            counts.walks += u64::from(entries > 0);
            counts.violations += u64::from(violates);
            counts.time += took;
        });
        let thread = &mut self.threads[task.index()];
        thread.pending = None;
        thread.done = thread.done.map(|done| done + 1);
        if violates { Attempt::Violation(cost) } else { Attempt::Done(cost) }
    }
}

impl MemorySpec {
    fn translate(&self, pending: &Pending, mut tell: impl FnMut(MemoryEvent)) -> Translation {
        let va = pending.va as u32;
        let mut entries = 0;
        let outcome = match &self.mmu {
            Mmu::Paged => unreachable!("the page table is the kernel's"),
            Mmu::BaseBounds { segment, .. } => self.place(*segment, va, pending, &mut tell),
            Mmu::Segments { up, down, .. } => {
                let number = u8::from(va >> (self.address.bits - 1) == 1);
                tell(MemoryEvent::Segment { number });
                let segment = if number == 0 { *up } else { *down };
                if number == 0 {
                    self.place(segment, va, pending, &mut tell)
                } else {
                    let below = (1 << self.address.bits) - pending.va;
                    self.bounds(below <= segment.limit.into(), below, segment, pending, &mut tell)
                        .map(|()| Place { pa: segment.base - below as u32, value: None })
                }
            }
            Mmu::Given(given) => self.walk_given(given, pending, &mut entries, &mut tell),
        };
        Translation { outcome, entries }
    }

    /// An address counted from the base of what grows upwards.
    fn place(
        &self,
        segment: Segment,
        va: u32,
        pending: &Pending,
        tell: &mut impl FnMut(MemoryEvent),
    ) -> Result<Place, MemoryEvent> {
        self.bounds(va < segment.limit, va.into(), segment, pending, tell)
            .map(|()| Place { pa: segment.base + va, value: None })
    }

    /// The hardware compares with the bounds register.
    fn bounds(
        &self,
        within: bool,
        distance: u64,
        segment: Segment,
        pending: &Pending,
        tell: &mut impl FnMut(MemoryEvent),
    ) -> Result<(), MemoryEvent> {
        let (distance, limit) = (distance as u32, segment.limit);
        tell(MemoryEvent::Bounds { distance, limit, within });
        let violation = MemoryEvent::OutOfBounds { va: pending.va as u32, access: pending.access, limit };
        if within { Ok(()) } else { Err(violation) }
    }

    /// Walks through tables that are given, from the top.
    fn walk_given(
        &self,
        given: &Given,
        pending: &Pending,
        entries: &mut u64,
        tell: &mut impl FnMut(MemoryEvent),
    ) -> Result<Place, MemoryEvent> {
        let split = &self.address;
        let va = Va(pending.va);
        let vpn = split.vpn(va);
        let mut frame = given.root();
        for level in 0..split.depth() {
            let index = split.index(vpn, level) as u32;
            let (at, value) = given.entry(frame, index, split.page_shift);
            *entries += 1;
            let next = given.leads_to(value);
            let (level, valid) = (level as u8, next.is_some());
            tell(MemoryEvent::Entry { level, index: index as u16, at, value, valid });
            let Some(next) = next else {
                return Err(MemoryEvent::NoEntry { va: pending.va as u32, access: pending.access, level });
            };
            frame = next;
        }
        let pa = (frame << split.page_shift) | split.offset(va) as u32;
        Ok(Place { pa, value: given.byte(pa) })
    }

    /// The time of a reference that misses nothing.
    pub fn reference_cost(&self) -> Nanos {
        match self.mmu {
            Mmu::Paged if self.tlb.is_some() => self.costs.tlb + self.costs.access,
            Mmu::Given(_) => self.costs.access.saturating_mul(self.address.depth() as u64 + 1),
            _ => self.costs.access,
        }
    }
}
