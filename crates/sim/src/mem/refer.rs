//! A reference, from the virtual address to the frame: what the hardware does (OSTEP 18.4, 19.1, 21.3).
//!
//! 1. Split the address. Look the page up in the TLB.
//! 2. A hit: check the protection; the first store to a clean page sets the dirty bit. Done.
//! 3. A miss: walk the page table. If the page is present, set the accessed bit, enter the translation, and look
//!    again: now it is a hit. If not, or if it may not be used so, the kernel has to see to it.
//!
//! The three cases of the textbook are the three ends: valid and present, valid and not present, not valid. Where
//! the kernel refills the TLB, a miss is a trap of its own, and the kernel walks.
//!
//! What happens is told with the task whose page it is about, if that is not the task that refers.

use super::pte::Pte;
use super::replace::NextUse;
use super::spec::{Mmu, Refill};
use super::{Memory, Pending};
use crate::event::MemoryEvent;
use crate::ids::{FrameId, PageId, TaskId};
use crate::program::memory::Access;
use crate::time::{Nanos, Time};

/// How an attempt at a reference ends, and the time that it took.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Attempt {
    /// The reference is done.
    Done(Nanos),
    /// The kernel has to refill the TLB.
    Miss(Nanos),
    /// The kernel has to handle a fault.
    Fault(Nanos),
    /// The reference is over, and may not be.
    Violation(Nanos),
}

impl Memory {
    /// The pending reference of a task is attempted on a CPU.
    pub(crate) fn attempt(
        &mut self,
        cpu: usize,
        task: TaskId,
        now: Time,
        tell: &mut impl FnMut(Option<TaskId>, MemoryEvent),
    ) -> Attempt {
        let thread = &self.threads[task.index()];
        let (Some(mut pending), Some(space)) = (thread.pending, thread.space) else {
            unreachable!("nothing to refer to")
        };
        let page = self.page(space, pending.va);
        if self.spec.mmu != Mmu::Paged {
            return self.translate(task, page, &mut pending, now, tell);
        }
        let attempt = if page.vpn.0 >= self.spec.address.pages() {
            self.count_first(page, &mut pending, false);
            Attempt::Fault(Nanos::ZERO)
        } else if self.store.tlbs.is_empty() {
            self.count_first(page, &mut pending, false);
            self.walk(page, &pending, None, tell)
        } else {
            self.look_up(cpu, page, &mut pending, tell)
        };
        self.threads[task.index()].pending = Some(pending);
        if let Attempt::Done(cost) = attempt {
            self.finish(task, page, &pending, now + cost, tell);
        }
        attempt
    }

    /// H2 and H3: the TLB first.
    fn look_up(
        &mut self,
        cpu: usize,
        page: PageId,
        pending: &mut Pending,
        tell: &mut impl FnMut(Option<TaskId>, MemoryEvent),
    ) -> Attempt {
        let costs = self.spec.costs;
        self.enter_space(cpu, page, tell);
        if pending.loaded && self.spec.fault_fills_tlb {
            self.fill(cpu, page, pending.access, tell);
        }
        let found = self.store.tlbs[cpu].look_up(page.vpn);
        self.count(page.space, |counts| counts.lookups += 1);
        self.count_first(page, pending, found.is_some());
        tell(None, MemoryEvent::Lookup { vpn: page.vpn, hit: found.is_some() });
        let Some((place, entry)) = found else {
            return match self.store.tlbs[cpu].spec().refill {
                Refill::Hardware => self.walk(page, pending, Some(cpu), tell),
                Refill::Software => Attempt::Miss(costs.tlb),
            };
        };
        if !entry.prot.allows(pending.access) {
            return Attempt::Fault(costs.tlb);
        }
        let mut cost = costs.tlb + costs.access;
        if pending.access == Access::Write && !entry.dirty {
            self.store.tlbs[cpu].set_dirty(place);
            let pte = self.store.entry(&self.spec, page);
            self.use_entry(page, pte, false, true);
            self.count(page.space, |counts| counts.dirtied += 1);
            tell(None, MemoryEvent::Dirtied { vpn: page.vpn });
            cost += costs.access;
        }
        Attempt::Done(cost)
    }

    /// H4: the hardware walks the page table. With a TLB on this CPU the translation is entered and looked up again.
    fn walk(
        &mut self,
        page: PageId,
        pending: &Pending,
        cpu: Option<usize>,
        tell: &mut impl FnMut(Option<TaskId>, MemoryEvent),
    ) -> Attempt {
        let costs = self.spec.costs;
        let looked = if cpu.is_some() { costs.tlb } else { Nanos::ZERO };
        let walked = looked + self.walk_cost();
        let pte = self.read_entry(page, tell);
        if pte.frame().is_none() || !pte.prot().allows(pending.access) {
            return Attempt::Fault(walked);
        }
        // The access that completes a load leaves no trace of use behind, where the machine is told so.
        let silent = pending.loaded && self.loads_unreferenced;
        self.use_entry(page, pte, !silent, pending.access == Access::Write);
        match cpu.filter(|_| !silent) {
            Some(cpu) => {
                self.enter_translation(cpu, page, tell);
                self.store.tlbs[cpu].look_up(page.vpn);
                self.count(page.space, |counts| counts.lookups += 1);
                tell(None, MemoryEvent::Lookup { vpn: page.vpn, hit: true });
                Attempt::Done(walked + costs.tlb + costs.access)
            }
            None => Attempt::Done(walked + costs.access),
        }
    }

    /// What one walk costs: an access to memory a level, also if it ends early.
    pub(crate) fn walk_cost(&self) -> Nanos {
        self.spec.costs.access.saturating_mul(self.spec.address.depth() as u64)
    }

    /// The CPU looks up this page's address space from now on.
    pub(crate) fn enter_space(
        &mut self,
        cpu: usize,
        page: PageId,
        tell: &mut impl FnMut(Option<TaskId>, MemoryEvent),
    ) {
        let entries = self.store.tlbs[cpu].enter(page.space);
        if entries > 0 {
            tell(None, MemoryEvent::Flush { entries });
        }
    }

    /// Enters the translation of a present page as the kernel does: as used, and written if the access is a store.
    pub(crate) fn fill(
        &mut self,
        cpu: usize,
        page: PageId,
        access: Access,
        tell: &mut impl FnMut(Option<TaskId>, MemoryEvent),
    ) {
        let pte = self.store.entry(&self.spec, page);
        if pte.frame().is_some() && pte.prot().allows(access) {
            self.use_entry(page, pte, true, access == Access::Write);
            self.enter_translation(cpu, page, tell);
        }
    }

    /// Walks to the entry of a page and tells what is read.
    pub(crate) fn read_entry(
        &mut self,
        page: PageId,
        tell: &mut impl FnMut(Option<TaskId>, MemoryEvent),
    ) -> Pte {
        self.count(page.space, |counts| counts.walks += 1);
        let Some(root) = self.store.spaces[page.space.index()].root else { return Pte::NONE };
        self.store.tables.walk(&self.spec.address, root, page.vpn, |visit| {
            tell(None, MemoryEvent::Visit { level: visit.level, index: visit.index, valid: visit.valid });
        })
    }

    fn enter_translation(
        &mut self,
        cpu: usize,
        page: PageId,
        tell: &mut impl FnMut(Option<TaskId>, MemoryEvent),
    ) {
        let pte = self.store.entry(&self.spec, page);
        let Some(frame) = pte.frame() else { unreachable!("only what is present is translated") };
        let (place, gone) = self.store.tlbs[cpu].insert(page.vpn, frame, pte.prot(), pte.dirty());
        tell(None, MemoryEvent::Insert { vpn: page.vpn, place: place as u16, displaced: gone.is_some() });
    }

    /// Sets the bits of a present page's entry. The first store makes it differ from its copy.
    fn use_entry(&mut self, page: PageId, pte: Pte, accessed: bool, written: bool) {
        let used = pte.used(accessed, written);
        if used == pte {
            return;
        }
        self.store.set_entry(&self.spec, page, used);
        if written
            && !pte.dirty()
            && let Some(frame) = pte.frame()
        {
            self.store.unlink(frame);
        }
    }

    /// The first look of a reference decides how it is counted.
    pub(super) fn count_first(&mut self, page: PageId, pending: &mut Pending, hit: bool) {
        if pending.first.replace(pending.first.unwrap_or(hit)).is_some() {
            return;
        }
        let has_tlb = !self.store.tlbs.is_empty();
        self.count(page.space, |counts| {
            counts.references += 1;
            counts.tlb_hits += u64::from(hit);
            counts.tlb_misses += u64::from(has_tlb && !hit);
        });
    }

    /// A reference is done.
    fn finish(
        &mut self,
        task: TaskId,
        page: PageId,
        pending: &Pending,
        at: Time,
        tell: &mut impl FnMut(Option<TaskId>, MemoryEvent),
    ) {
        let Some(frame) = self.store.entry(&self.spec, page).frame() else {
            unreachable!("a reference that is done found its page")
        };
        let Pending { va, access, .. } = *pending;
        tell(None, MemoryEvent::Reference { va, access, frame, hit: pending.first == Some(true) });
        let took = at.since(pending.since);
        self.count(page.space, |counts| counts.time += took);
        if let Some(admission) = self.admission.as_mut() {
            admission.refer(page.space, page.vpn);
        }
        let thread = &mut self.threads[task.index()];
        thread.pending = None;
        thread.done = thread.done.map(|done| done + 1);
        // What the load made due waited for the use that goes with it.
        if pending.loaded || self.replacement.touched(frame, pending.next) {
            self.due(tell);
        }
    }

    /// A page has come into a frame. The reference that wanted it is counted, and done when it is retried.
    pub(crate) fn loaded(&mut self, page: PageId, frame: FrameId, next: NextUse) {
        let _due_at_the_retry = self.replacement.loaded(frame, page, next);
    }

    /// The policy does what is due by the number of references. Pages that it lets go without need leave only if
    /// they are clean: nobody waits for them, so nobody asks the disk.
    pub(crate) fn due(&mut self, tell: &mut impl FnMut(Option<TaskId>, MemoryEvent)) {
        loop {
            let (policy, mut view) = self.policy(true);
            let Some(choice) = policy.periodic(&mut view) else { return };
            let mapped = self.store.mappings(&self.spec, choice.frame);
            let leaving = self.store.evict(&self.spec, choice.frame, None);
            self.replacement.evicted(choice.frame, leaving.page);
            self.count(leaving.page.space, |counts| counts.clean_evictions += 1);
            let (vpn, frame, rule) = (leaving.page.vpn, choice.frame, choice.reason.rule);
            for page in mapped {
                let owner = self.store.spaces[page.space.index()].owner;
                tell(Some(owner), MemoryEvent::Evict { vpn, frame, dirty: false, rule });
            }
        }
    }
}
