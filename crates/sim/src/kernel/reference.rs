//! References of programs to memory, and the regions that they map.
//!
//! A reference is one step. It takes its time in user mode and is indivisible: whatever becomes due meanwhile is
//! honoured when it ends.

use super::execute::SEGV;
use crate::cpu::{Doing, Stage};
use crate::event::{Cause, Event, EventKind, MemoryEvent};
use crate::family::Family;
use crate::ids::{CpuId, TaskId};
use crate::machine::{Fixed, Machine};
use crate::mem::promise::Refusal;
use crate::mem::refer::Attempt;
use crate::mem::replace::NextUse;
use crate::mem::spec::OnViolation;
use crate::mem::store::base;
use crate::mem::{Memory, Pending, Thread};
use crate::program::Op;
use crate::program::code::{Code, Cursor};
use crate::program::memory::{Access, Grain, Mapping, References, Stretch};
use crate::rng::{SplitMix64, Use, Zipf};
use crate::sink::Sink;
use crate::task::Ending;
use crate::time::{Nanos, Time};

impl Machine {
    /// Whether the task of a CPU is in the middle of an operation that refers to memory.
    pub(super) fn is_referring(&self, cpu: usize) -> bool {
        let (Some(memory), Some(task)) = (self.state.memory.as_ref(), self.state.cpus[cpu].task) else {
            return false;
        };
        memory.threads[task.index()].done.is_some()
    }

    /// Whether it goes on referring before the interrupts of this instant: not if its slice is over, and not if it
    /// takes time, since nothing could interrupt it then.
    pub(super) fn refers_at_once(&self, cpu: usize) -> bool {
        let (it, now) = (&self.state.cpus[cpu], self.state.clock);
        let memory = self.state.memory.as_ref();
        if memory.zip(it.task).is_some_and(|(memory, task)| memory.is_overloaded(task)) {
            return false;
        }
        let costs = self.state.memory.as_ref().map_or_else(Default::default, |memory| memory.spec.costs);
        it.slice_end > now && it.next_tick > now && (costs.access + costs.tlb).is_zero()
    }

    /// The task of a CPU makes its next reference, or tries the one again that did not succeed.
    pub(super) fn refer(&mut self, cpu: usize, sink: &mut impl Sink) {
        let Some(task) = self.state.cpus[cpu].task else { unreachable!("nobody refers") };
        let now = self.state.clock;
        let plan = plan(&self.fixed, &self.state.family, task, self.state.tasks[task.index()].cursor);
        let id = self.state.cpus[cpu].id;
        let memory = self.state.memory.get();
        if memory.threads[task.index()].pending.is_none() {
            memory.begin(plan, now);
        }
        let mut tell = |whose: Option<TaskId>, event| tell(sink, now, whose.unwrap_or(task), Some(id), event);
        let attempt = memory.attempt(cpu, task, now, &mut tell);
        let thread = &mut memory.threads[task.index()];
        if thread.pending.is_none() && thread.done == plan.code.at(plan.cursor).map(Op::references) {
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
        let memory = self.state.memory.get();
        let pages = mapping.pages;
        let event = match memory.refusal(mapping) {
            Some(Refusal { promised, limit }) => MemoryEvent::Refused { pages, promised, limit },
            None => match memory.map_region(task, mapping) {
                Some(vpn) => MemoryEvent::Mapped { vpn, pages },
                None => MemoryEvent::NotMapped { pages },
            },
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
        let Some(memory) = self.state.memory.as_ref() else { return Nanos::ZERO };
        let Some(done) = memory.threads[task.index()].done else { return Nanos::ZERO };
        let cursor = self.state.tasks[task.index()].cursor;
        let all = self.code(task).at(cursor).map_or(0, Op::references);
        memory.spec.reference_cost().saturating_mul(all.saturating_sub(done))
    }

    /// What has ended gives its memory back.
    pub(super) fn release_memory(&mut self, task: TaskId, sink: &mut impl Sink) {
        if self.state.memory.as_ref().is_some() {
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

/// Where a task is in its program.
pub(super) fn plan<'a>(fixed: &'a Fixed, family: &Family, task: TaskId, cursor: Cursor) -> Plan<'a> {
    let program = family.program(task) as usize;
    let future = fixed.futures.get(program).map_or(&[][..], Vec::as_slice);
    let (seed, owner) = (fixed.scenario.seed, family.stream(task));
    Plan { task, code: &fixed.codes[program], cursor, future, seed, owner }
}

/// Tells it while the machine is at work on its memory.
pub(super) fn tell<S: Sink>(sink: &mut S, at: Time, task: TaskId, cpu: Option<CpuId>, event: MemoryEvent) {
    if event.detail() <= S::DETAIL {
        sink.event(Event { at, kind: EventKind::Memory(event), task: Some(task), cpu });
    }
}

/// The operation that a task is at, as far as it decides what is referred to next.
#[derive(Clone, Copy)]
pub(crate) struct Plan<'a> {
    pub(crate) task: TaskId,
    pub(crate) code: &'a Code,
    pub(crate) cursor: Cursor,
    /// Of each of the task's references when its page is used again, where the policy asks.
    pub(crate) future: &'a [NextUse],
    pub(crate) seed: u64,
    /// Whose stream its random patterns are drawn from.
    pub(crate) owner: u64,
}

impl Memory {
    /// The next reference of a task's operation.
    pub(crate) fn begin(&mut self, plan: Plan<'_>, now: Time) {
        let Plan { task, code, cursor, future, seed, owner } = plan;
        let position = cursor.position();
        let (Some(op), thread) = (code.at(cursor), &mut self.threads[task.index()]) else {
            unreachable!("no operation")
        };
        let Some(done) = thread.done else { unreachable!("no references to make") };
        let own = thread.stream_of(op, position, || stream(seed, owner, position));
        let mut drawn = own.map_or(SplitMix64::new(0), |own| thread.streams[own].1);
        let start = self.start_of(task, op);
        let (access, va) = self.address(op, start, done, &mut drawn, code.law(position));
        if let Some(own) = own {
            self.threads[task.index()].streams[own].1 = drawn;
        }
        let thread = &mut self.threads[task.index()];
        let next = future.get(thread.made as usize).copied().unwrap_or(NextUse::NEVER);
        thread.made = thread.made.wrapping_add(1);
        let first = None;
        thread.pending = Some(Pending { va, access, since: now, first, faulted: false, loaded: false, next });
    }

    /// The address that the places of an operation are counted from. A region that was never mapped lies at 0, as a
    /// pointer that was never set.
    pub(super) fn start_of(&self, task: TaskId, op: &Op) -> u64 {
        let (Op::Access(References { to: Stretch { region: Some(name), .. }, .. }), Some(space)) =
            (op, self.threads[task.index()].space)
        else {
            return 0;
        };
        base(&self.spaces()[space.index()], name).map_or(0, |vpn| self.spec.address.start(vpn).0)
    }

    /// What the nth reference of an operation does, and to which address; patterns draw.
    pub(super) fn address(
        &self,
        op: &Op,
        start: u64,
        nth: u64,
        drawn: &mut SplitMix64,
        law: Option<&Zipf>,
    ) -> (Access, u64) {
        let shift = self.spec.address.page_shift;
        match op {
            Op::Refs(pages) => {
                (Access::Read, u64::from(pages.get(nth as usize).copied().unwrap_or_default()) << shift)
            }
            Op::Access(references) => {
                let place = references.place(nth, drawn, law);
                let shift = if references.to.grain == Grain::Page { shift } else { 0 };
                (references.access, start.saturating_add(place.saturating_mul(1 << shift)))
            }
            _ => unreachable!("an operation that refers to nothing"),
        }
    }
}

impl Thread {
    /// Where the stream of an operation's pattern stands among the task's own, if it can have one; begun when it is
    /// first asked for.
    pub(super) fn stream_of(
        &mut self,
        op: &Op,
        position: u32,
        begun: impl FnOnce() -> SplitMix64,
    ) -> Option<usize> {
        matches!(op, Op::Access(_)).then(|| {
            self.streams.iter().position(|(at, _)| *at == position).unwrap_or_else(|| {
                self.streams.push((position, begun()));
                self.streams.len() - 1
            })
        })
    }
}

/// The stream of one operation's random pattern: a function of the scenario alone, whatever else happens.
pub(crate) fn stream(seed: u64, owner: u64, position: u32) -> SplitMix64 {
    let mut of_task = SplitMix64::stream(seed, Use::Workload, owner);
    SplitMix64::stream(of_task.draw(), Use::Workload, u64::from(position))
}
