//! References of programs to memory, and the regions that they map.
//!
//! A reference is one step. It takes its time in user mode and is indivisible: whatever becomes due meanwhile is
//! honoured when it ends.

use super::execute::SEGV;
use crate::cpu::{Doing, Stage};
use crate::event::{Cause, Event, EventKind, MemoryEvent};
use crate::ids::{CpuId, TaskId, Vpn};
use crate::machine::Machine;
use crate::mem::refer::Attempt;
use crate::mem::replace::NextUse;
use crate::mem::spec::OnViolation;
use crate::mem::store::base;
use crate::mem::{Memory, Pending};
use crate::program::Op;
use crate::program::code::{Code, Cursor};
use crate::program::memory::{Access, Grain, Mapping};
use crate::rng::{SplitMix64, Use};
use crate::sink::Sink;
use crate::task::Ending;
use crate::time::{Nanos, Time};

impl Machine {
    /// Whether the task of a CPU is in the middle of an operation that refers to memory.
    pub(super) fn is_referring(&self, cpu: usize) -> bool {
        let (Some(memory), Some(task)) = (&self.state.memory.0, self.state.cpus[cpu].task) else {
            return false;
        };
        memory.threads[task.index()].done.is_some()
    }

    /// Whether it goes on referring before the interrupts of this instant: not if its slice is over, and not if it
    /// takes time, since nothing could interrupt it then.
    pub(super) fn refers_at_once(&self, cpu: usize) -> bool {
        let (it, now) = (&self.state.cpus[cpu], self.state.clock);
        let costs = self.state.memory.0.as_ref().map_or_else(Default::default, |memory| memory.spec.costs);
        it.slice_end > now && it.next_tick > now && (costs.access + costs.tlb).is_zero()
    }

    /// The task of a CPU makes its next reference, or tries the one again that did not succeed.
    pub(super) fn refer(&mut self, cpu: usize, sink: &mut impl Sink) {
        let Some(task) = self.state.cpus[cpu].task else { unreachable!("nobody refers") };
        let now = self.state.clock;
        let (seed, code) = (self.fixed.scenario.seed, &self.fixed.codes[task.index()]);
        let future = self.fixed.futures.get(task.index()).map_or(&[][..], Vec::as_slice);
        let cursor = self.state.tasks[task.index()].cursor;
        let id = self.state.cpus[cpu].id;
        let memory = self.state.memory.get();
        if memory.threads[task.index()].pending.is_none() {
            memory.begin(task, code, cursor, future, seed, now);
        }
        let mut tell = |whose: Option<TaskId>, event| tell(sink, now, whose.unwrap_or(task), Some(id), event);
        let attempt = memory.attempt(cpu, task, now, &mut tell);
        let thread = &mut memory.threads[task.index()];
        if thread.pending.is_none() && thread.done == code.at(cursor).map(Op::references) {
            thread.done = None;
        }
        match attempt {
            Attempt::Done(cost) => {
                if !cost.is_zero() {
                    self.state.cpus[cpu].doing = Doing::Reference { until: now + cost };
                }
            }
            Attempt::Violation(cost) => {
                let then = match memory.spec.on_violation {
                    OnViolation::Kill => Stage::Fault,
                    OnViolation::GoOn => Stage::Return,
                };
                self.memory_trap(cpu, Cause::Exception, cost, then, sink);
            }
            Attempt::Miss(cost) => self.memory_trap(cpu, Cause::TlbMiss, cost, Stage::Refill, sink),
            Attempt::Fault(cost) => self.memory_trap(cpu, Cause::PageFault, cost, Stage::PageFault, sink),
        }
    }

    /// The hardware cannot go on with a reference. What it has spent on it so far is charged with the trap.
    fn memory_trap(&mut self, cpu: usize, cause: Cause, spent: Nanos, then: Stage, sink: &mut impl Sink) {
        let cost = spent + self.state.memory.get().spec.costs.trap;
        self.state.totals.exceptions += 1;
        self.enter(cpu, cause, cost, sink);
        self.state.cpus[cpu].doing = Doing::Kernel { until: self.state.clock + cost, then };
    }

    /// The kernel walks the page table and refills the TLB, or goes on to the fault that it finds.
    pub(super) fn refill(&mut self, cpu: usize, sink: &mut impl Sink) {
        let Some(task) = self.state.cpus[cpu].task else { unreachable!("nobody's miss") };
        let (now, id) = (self.state.clock, self.state.cpus[cpu].id);
        let memory = self.state.memory.get();
        let (page, pending) = memory.wanted(task);
        let mut tell = |whose: Option<TaskId>, event| tell(sink, now, whose.unwrap_or(task), Some(id), event);
        let pte = memory.read_entry(page, &mut tell);
        let there = pte.frame().is_some() && pte.prot().allows(pending.access);
        if there {
            memory.fill(cpu, page, pending.access, &mut tell);
        }
        let until = now + memory.walk_cost();
        let then = if there { Stage::Return } else { Stage::PageFault };
        self.state.cpus[cpu].doing = Doing::Kernel { until, then };
    }

    /// A reference that may not be: the task is ended.
    pub(super) fn violate(&mut self, cpu: usize, event: MemoryEvent, sink: &mut impl Sink) {
        let Some(task) = self.state.cpus[cpu].task else { unreachable!("nobody's violation") };
        let memory = self.state.memory.get();
        let (page, _) = memory.wanted(task);
        memory.count(page.space, |counts| counts.violations += 1);
        self.tell_memory(event, Some(task), Some(cpu), sink);
        self.exit(cpu, Ending::Killed(SEGV), sink);
    }

    /// `mmap`
    pub(super) fn map_region(&mut self, cpu: usize, mapping: &Mapping, sink: &mut impl Sink) {
        let Some(task) = self.state.cpus[cpu].task else { unreachable!("nobody maps") };
        let event = match self.state.memory.get().map_region(task, mapping) {
            Some(vpn) => MemoryEvent::Mapped { vpn, pages: mapping.pages },
            None => MemoryEvent::NotMapped { pages: mapping.pages },
        };
        self.tell_memory(event, Some(task), Some(cpu), sink);
        self.state.cpus[cpu].doing = Doing::Kernel { until: self.state.clock, then: Stage::Return };
    }

    /// `munmap`
    pub(super) fn unmap_region(&mut self, cpu: usize, region: &str, sink: &mut impl Sink) {
        let Some(task) = self.state.cpus[cpu].task else { unreachable!("nobody unmaps") };
        let event = match self.state.memory.get().unmap_region(task, region) {
            Some((vpn, pages)) => MemoryEvent::Unmapped { vpn, pages },
            None => MemoryEvent::NotMapped { pages: 0 },
        };
        self.tell_memory(event, Some(task), Some(cpu), sink);
        self.state.cpus[cpu].doing = Doing::Kernel { until: self.state.clock, then: Stage::Return };
        self.frames_appear(sink);
    }

    /// The time of the references that a task's operation still owes, if they miss nothing.
    pub(super) fn references_left(&self, task: TaskId) -> Nanos {
        let Some(memory) = &self.state.memory.0 else { return Nanos::ZERO };
        let Some(done) = memory.threads[task.index()].done else { return Nanos::ZERO };
        let cursor = self.state.tasks[task.index()].cursor;
        let all = self.fixed.codes[task.index()].at(cursor).map_or(0, Op::references);
        memory.spec.reference_cost().saturating_mul(all.saturating_sub(done))
    }

    /// What has ended gives its memory back.
    pub(super) fn release_memory(&mut self, task: TaskId, sink: &mut impl Sink) {
        if self.state.memory.0.is_some() {
            self.state.memory.get().release(task);
            self.frames_appear(sink);
        }
    }

    /// Tells what happened to memory.
    pub(super) fn tell_memory(
        &self,
        event: MemoryEvent,
        task: Option<TaskId>,
        cpu: Option<usize>,
        sink: &mut impl Sink,
    ) {
        self.emit(sink, EventKind::Memory(event), task, cpu.map(|cpu| self.state.cpus[cpu].id));
    }
}

/// Tells it while the machine is at work on its memory.
pub(super) fn tell<S: Sink>(sink: &mut S, at: Time, task: TaskId, cpu: Option<CpuId>, event: MemoryEvent) {
    if event.detail() <= S::DETAIL {
        sink.event(Event { at, kind: EventKind::Memory(event), task: Some(task), cpu });
    }
}

impl Memory {
    /// The next reference of a task's operation. `future` says of each of its references when the page is used
    /// again, where the policy asks.
    pub(crate) fn begin(
        &mut self,
        task: TaskId,
        code: &Code,
        cursor: Cursor,
        future: &[NextUse],
        seed: u64,
        now: Time,
    ) {
        let shift = self.spec.address.page_shift;
        let position = cursor.position();
        let thread = &mut self.threads[task.index()];
        let (Some(done), Some(space)) = (thread.done, thread.space) else {
            unreachable!("no references to make")
        };
        let (access, va) = match code.at(cursor) {
            Some(Op::Refs(pages)) => {
                let page = pages.get(done as usize).copied().unwrap_or_default();
                (Access::Read, u64::from(page) << shift)
            }
            Some(Op::Access(references)) => {
                let at = thread.streams.iter().position(|(at, _)| *at == position).unwrap_or_else(|| {
                    thread.streams.push((position, stream(seed, task, position)));
                    thread.streams.len() - 1
                });
                let place = references.place(done, &mut thread.streams[at].1, code.law(position));
                let shift = if references.to.grain == Grain::Page { shift } else { 0 };
                // A region that was never mapped lies at 0, as a pointer that was never set.
                let base = |name| base(&self.spaces()[space.index()], name).unwrap_or(Vpn(0));
                let start = references.to.region.as_deref().map_or(Vpn(0), base);
                let start = start.0 << self.spec.address.page_shift;
                (references.access, start.saturating_add(place.saturating_mul(1 << shift)))
            }
            _ => unreachable!("an operation that refers to nothing"),
        };
        let thread = &mut self.threads[task.index()];
        let next = future.get(thread.made as usize).copied().unwrap_or(NextUse::NEVER);
        thread.made = thread.made.wrapping_add(1);
        let first = None;
        thread.pending = Some(Pending { va, access, since: now, first, faulted: false, loaded: false, next });
    }
}

/// The stream of one operation's random pattern: a function of the scenario alone, whatever else happens.
pub(crate) fn stream(seed: u64, task: TaskId, position: u32) -> SplitMix64 {
    let mut of_task = SplitMix64::stream(seed, Use::Workload, u64::from(task.get()));
    SplitMix64::stream(of_task.draw(), Use::Workload, u64::from(position))
}
