//! The page-fault handler (OSTEP 21.3 to 21.6): what is wrong, a frame for the page, the page into the frame.
//!
//! ```text
//! trap ─► classify ─┬─► not valid, not allowed: the task is ended
//!                   ├─► on its way out: it stays where it is (minor)
//!                   ├─► zeroes: a frame ──────────────────────────────► mapped, the reference is tried again (minor)
//!                   └─► in swap or in a file: a frame ─► the disk reads ─► mapped, tried again (major)
//! ```
//!
//! Where no frame is free, the handler evicts a page itself, or waits until the page daemon has made room.

use super::reference::tell;
use crate::cpu::{Doing, Stage};
use crate::event::{EventKind, FaultKind, MemoryEvent, Wait};
use crate::ids::{FrameId, PageId, TaskId};
use crate::machine::Machine;
use crate::mem::frames::FrameState;
use crate::mem::pte::Backing;
use crate::mem::replace::NextUse;
use crate::mem::shares::Broken;
use crate::mem::{Memory, Pending, Transit};
use crate::sink::Sink;
use crate::task::State;
use crate::time::{Nanos, Time};

impl Machine {
    /// F1 and F2: what sort of fault it is.
    pub(super) fn classify_fault(&mut self, cpu: usize, sink: &mut impl Sink) {
        let Some(task) = self.state.cpus[cpu].task else { unreachable!("nobody's fault") };
        let memory = self.state.memory.get();
        let (page, Pending { va, access, faulted, .. }) = memory.wanted(task);
        let Some(region) = memory.store.region(page) else {
            return self.violate(cpu, MemoryEvent::Invalid { va, access }, sink);
        };
        if !region.prot.allows(access) {
            return self.violate(cpu, MemoryEvent::Forbidden { va, access }, sink);
        }
        let broken = memory.breaks(task);
        let backing = memory.store.backing(&memory.spec, page);
        let leaving = match backing {
            Backing::Swap(_) => memory.store.leaving(page),
            Backing::Zero | Backing::File => None,
        };
        let kind = match backing {
            _ if broken.is_some() => FaultKind::Shared,
            _ if leaving.is_some() => FaultKind::Leaving,
            Backing::Zero => FaultKind::Zero,
            Backing::Swap(_) => FaultKind::Swap,
            Backing::File => FaultKind::File,
        };
        if faulted {
            self.tell_memory(MemoryEvent::FaultAgain { va }, Some(task), Some(cpu), sink);
        } else {
            memory.count(page.space, |counts| match kind.is_major() {
                true => counts.major_faults += 1,
                false => counts.minor_faults += 1,
            });
            memory.replacement.missed(page);
            if let Some(pending) = &mut memory.threads[task.index()].pending {
                pending.faulted = true;
            }
            self.tell_memory(MemoryEvent::Fault { va, access, kind }, Some(task), Some(cpu), sink);
        }
        if let Some(Broken::Reuse(_)) = broken {
            return self.reuse_page(task, Some(cpu), sink);
        }
        if let Some(frame) = leaving {
            self.state.memory.get().threads[task.index()].transit = Some(Transit::Rescue(frame));
            self.block(cpu, Wait::PageOut, Time::NEVER, sink);
            return;
        }
        // A page of zeroes is paid for before its frame is found, so that a fault which has to wait has paid too.
        let cost = match kind {
            FaultKind::Zero => self.state.memory.get().spec.costs.zero,
            FaultKind::Shared => self.fixed.scenario.machine.fork.costs.copy,
            FaultKind::Swap | FaultKind::File | FaultKind::Leaving => Nanos::ZERO,
        };
        self.state.cpus[cpu].doing = Doing::Kernel { until: self.state.clock + cost, then: Stage::Allocate };
    }

    /// A1: a frame for the page; then the page into it.
    pub(super) fn handle_fault(&mut self, cpu: usize, sink: &mut impl Sink) {
        let Some(task) = self.state.cpus[cpu].task else { unreachable!("nobody's fault") };
        if let Some(Broken::Reuse(_)) = self.state.memory.get().breaks(task) {
            // While this fault waited for a frame the others have gone.
            return self.reuse_page(task, Some(cpu), sink);
        }
        match self.obtain_frame(task, Some(cpu), sink) {
            Obtained::Frame => self.fill_frame(task, Some(cpu), sink),
            Obtained::Writing(until) => {
                self.block_on_disk(cpu, Wait::PageOut, until, sink);
            }
            Obtained::Waiting => {
                self.state.memory.get().waiting.push_back(task);
                self.block(cpu, Wait::Frame, Time::NEVER, sink);
            }
            Obtained::Nothing => self.run_out_of_memory(Some(cpu), sink),
        }
    }

    /// The page of a fault comes into the frame that was found for it: at once, or from the disk.
    fn fill_frame(&mut self, task: TaskId, cpu: Option<usize>, sink: &mut impl Sink) {
        let now = self.state.clock;
        let memory = self.state.memory.get();
        let (page, _) = memory.wanted(task);
        let (vpn, costs) = (page.vpn, memory.spec.costs);
        let shared = match memory.breaks(task) {
            Some(Broken::Copy(from)) => Some(from),
            Some(Broken::Reuse(_)) => unreachable!("no frame is looked for then"),
            None => None,
        };
        let backing = match shared {
            Some(_) => Backing::Zero,
            None => memory.store.backing(&memory.spec, page),
        };
        let slot = match backing {
            Backing::Swap(slot) => Some(slot),
            Backing::Zero | Backing::File => None,
        };
        let Some(frame) = memory.store.frames.take(FrameState::ReadIn, page, slot) else {
            unreachable!("a frame was found")
        };
        let event = match backing {
            Backing::Zero => {
                match shared {
                    Some(from) => self.copy_page(task, from, frame, cpu, sink),
                    None => self.bring_in(task, page, frame, cpu, sink),
                }
                self.end_fault(task, cpu, sink);
                return self.watch_the_low_mark(sink);
            }
            Backing::Swap(slot) => {
                memory.store.swap.hold(slot);
                memory.count(page.space, |counts| counts.swap_ins += 1);
                MemoryEvent::PageIn { vpn, slot }
            }
            Backing::File => MemoryEvent::ReadFile { vpn },
        };
        memory.threads[task.index()].transit = Some(Transit::Read(frame));
        let disk = memory.spec.disk;
        self.tell_memory(event, Some(task), cpu, sink);
        let until = self.state.devices.request(now, task, Some(disk), costs.disk(1));
        match cpu {
            Some(cpu) => self.block_on_disk(cpu, Wait::PageIn, until, sink),
            None => {
                self.state.tasks[task.index()].enter(State::Blocked(Wait::PageIn), now);
                self.tell_start(task, until, sink);
            }
        }
        self.watch_the_low_mark(sink);
    }

    /// The page of a task's fault is in its frame, and the reference can be tried again.
    pub(super) fn bring_in(
        &mut self,
        task: TaskId,
        page: PageId,
        frame: FrameId,
        cpu: Option<usize>,
        sink: &mut impl Sink,
    ) {
        let now = self.state.clock;
        let memory = self.state.memory.get();
        memory.store.map(&memory.spec, page, frame);
        let mut next = NextUse::NEVER;
        if let Some(pending) = &mut memory.threads[task.index()].pending {
            pending.loaded = true;
            next = pending.next;
        }
        tell(
            sink,
            now,
            task,
            cpu.map(|cpu| self.state.cpus[cpu].id),
            MemoryEvent::Map { vpn: page.vpn, frame },
        );
        memory.loaded(page, frame, next);
    }

    /// The last who maps a page that was shared writes to it where it is.
    fn reuse_page(&mut self, task: TaskId, cpu: Option<usize>, sink: &mut impl Sink) {
        let memory = self.state.memory.get();
        let (page, _) = memory.wanted(task);
        let Some(frame) = memory.store.entry(&memory.spec, page).frame() else {
            unreachable!("the page is there")
        };
        memory.store.reuse(&memory.spec, page);
        self.tell_memory(MemoryEvent::Reused { vpn: page.vpn, frame }, Some(task), cpu, sink);
        self.end_fault(task, cpu, sink);
    }

    /// One of several who map a page gets a copy of its own in the frame that was found for it.
    fn copy_page(
        &mut self,
        task: TaskId,
        from: FrameId,
        frame: FrameId,
        cpu: Option<usize>,
        sink: &mut impl Sink,
    ) {
        let memory = self.state.memory.get();
        let (page, pending) = memory.wanted(task);
        memory.store.copy(&memory.spec, page, from, frame);
        memory.store.frames.get_mut(frame).state = FrameState::InUse;
        if let Some(pending) = &mut memory.threads[task.index()].pending {
            pending.loaded = true;
        }
        memory.loaded(page, frame, pending.next);
        self.tell_memory(MemoryEvent::Copied { from, frame }, Some(task), cpu, sink);
    }

    /// A fault is handled: its task goes back to the reference, at once or when it has a CPU again.
    fn end_fault(&mut self, task: TaskId, cpu: Option<usize>, sink: &mut impl Sink) {
        match cpu {
            Some(cpu) => {
                self.state.cpus[cpu].doing = Doing::Kernel { until: self.state.clock, then: Stage::Return };
            }
            None => self.wake(task, Wait::PageOut, sink),
        }
    }

    /// The task of a CPU waits for the disk; the CPU waits with it where nothing overlaps.
    fn block_on_disk(&mut self, cpu: usize, on: Wait, until: Option<Time>, sink: &mut impl Sink) {
        let task = self.block(cpu, on, until.unwrap_or(Time::NEVER), sink);
        self.tell_start(task, until, sink);
        if !self.fixed.scenario.machine.overlap {
            self.state.cpus[cpu].held_for = Some(task);
            self.emit(sink, EventKind::Hold, Some(task), Some(self.state.cpus[cpu].id));
        }
    }

    /// Tells that the disk begins with a task's request, unless it has to wait in the queue.
    pub(super) fn tell_start(&mut self, task: TaskId, until: Option<Time>, sink: &mut impl Sink) {
        let device = self.state.memory.get().spec.disk;
        if let Some(until) = until {
            self.emit(sink, EventKind::IoStart { device, until }, Some(task), None);
        }
    }

    /// The disk is done with what a task asked for because of a fault or of reclaim.
    pub(super) fn complete_transit(&mut self, task: TaskId, on: Wait, sink: &mut impl Sink) {
        let lives = self.state.tasks[task.index()].is_live();
        match self.state.memory.get().threads[task.index()].transit.take() {
            Some(Transit::Read(frame)) => {
                let (page, _) = self.state.memory.get().wanted(task);
                self.bring_in(task, page, frame, None, sink);
                self.wake(task, on, sink);
            }
            Some(Transit::Write(left, staying)) => {
                let stayed = !staying.is_empty();
                for frame in left {
                    self.finish_write(frame, sink);
                }
                for frame in staying {
                    let is_gone = self.state.memory.get().store.cleaned(frame);
                    let event = match is_gone {
                        true => MemoryEvent::Written { frame },
                        false => MemoryEvent::Cleaned { frame },
                    };
                    self.tell_memory(event, None, None, sink);
                }
                if stayed {
                    self.wake_waiting(sink);
                }
                let is_daemon = self.state.memory.get().daemon == Some(task);
                match (is_daemon, lives) {
                    (true, _) => self.wake(task, on, sink),
                    (false, true) => self.go_on_with_fault(task, sink),
                    (false, false) => {}
                }
                self.frames_appear(sink);
            }
            Some(Transit::Rescue(_)) | None => unreachable!("the disk was asked for something"),
        }
    }

    /// A page has been written: its frame is free, unless somebody wants the page again.
    fn finish_write(&mut self, frame: FrameId, sink: &mut impl Sink) {
        let memory = self.state.memory.get();
        let wanted = |thread: &crate::mem::Thread| thread.transit == Some(Transit::Rescue(frame));
        let Some(place) = memory.threads.iter().position(wanted) else {
            memory.store.written(frame);
            return self.tell_memory(MemoryEvent::Written { frame }, None, None, sink);
        };
        let task = TaskId::from_index(place);
        memory.threads[place].transit = None;
        let (page, _) = memory.wanted(task);
        self.tell_memory(MemoryEvent::Rescue { vpn: page.vpn, frame }, Some(task), None, sink);
        self.bring_in(task, page, frame, None, sink);
        self.wake(task, Wait::PageOut, sink);
    }

    /// A fault that has evicted a page has its frame now.
    fn go_on_with_fault(&mut self, task: TaskId, sink: &mut impl Sink) {
        if let Some(Broken::Reuse(_)) = self.state.memory.get().breaks(task) {
            // While the page was being written the others have gone.
            return self.reuse_page(task, None, sink);
        }
        match self.obtain_frame(task, None, sink) {
            Obtained::Frame => self.fill_frame(task, None, sink),
            Obtained::Writing(until) => self.tell_start(task, until, sink),
            // It tries again from the start.
            Obtained::Waiting | Obtained::Nothing => self.wake(task, Wait::PageOut, sink),
        }
    }
}

/// How the search for a frame ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Obtained {
    /// One is free.
    Frame,
    /// A page is being written to make room; done then, if the disk has begun.
    Writing(Option<Time>),
    /// The page daemon will make room.
    Waiting,
    /// No page can leave.
    Nothing,
}

impl Memory {
    /// The page that a task's pending reference wants.
    pub(crate) fn wanted(&self, task: TaskId) -> (PageId, Pending) {
        let thread = &self.threads[task.index()];
        let (Some(space), Some(pending)) = (thread.space, thread.pending) else {
            unreachable!("nothing is wanted")
        };
        (self.page(space, pending.va), pending)
    }
}
