//! Making room: eviction inside a fault, and the page daemon (OSTEP 21.5; Linux's kswapd).
//!
//! The daemon is a thread of the kernel whose program is `reclaim`. It sleeps while enough frames are free. When
//! fewer than the low watermark are, or a fault finds none, it wakes, selects pages until the high watermark would
//! be reached, frees the clean ones at once and writes the dirty ones in one request; it has one such request
//! at a time. Work that takes no CPU time is done without a switch to it.
//!
//! With a `min` watermark faults leave so many frames to the kernel, and below it reclaim pages themselves.

use super::fault::Obtained;
use crate::cpu::Doing;
use crate::event::{EventKind, MemoryEvent, Wait};
use crate::ids::{FrameId, SpaceId, TaskId};
use crate::machine::Machine;
use crate::mem::replace::Choice;
use crate::mem::spec::{Reclaim, Watermarks};
use crate::mem::{Cleaning, Transit};
use crate::sink::Sink;
use crate::task::{Ending, State};
use crate::time::Time;

impl Machine {
    /// Finds a frame for a task's fault, or begins to make room for one.
    pub(super) fn obtain_frame(
        &mut self,
        task: TaskId,
        cpu: Option<usize>,
        sink: &mut impl Sink,
    ) -> Obtained {
        let memory = self.state.memory.get();
        let (page, _) = memory.wanted(task);
        let free = memory.store.frames.free();
        if memory.is_at_quota(page.space) {
            let obtained = self.reclaim_directly(task, 1, cpu, sink);
            if obtained != Obtained::Nothing || !self.state.memory.get().store.is_cleaning() {
                return obtained;
            }
            self.wake_daemon(sink);
            self.tell_memory(MemoryEvent::NoFrame { free }, Some(task), cpu, sink);
            return Obtained::Waiting;
        }
        let marks = match memory.spec.reclaim {
            Reclaim::Daemon(marks) if memory.daemon.is_some() => marks,
            _ if free > 0 => return Obtained::Frame,
            _ => return self.reclaim_directly(task, 1, cpu, sink),
        };
        if free > marks.min {
            return Obtained::Frame;
        }
        self.wake_daemon(sink);
        if marks.min > 0 {
            // The frame of a page that this very fault has written is its own.
            let has_reclaimed = cpu.is_none();
            if has_reclaimed && free > 0 {
                return Obtained::Frame;
            }
            let obtained = self.reclaim_directly(task, marks.direct_batch, cpu, sink);
            if obtained != Obtained::Nothing || !self.state.memory.get().store.is_cleaning() {
                return obtained;
            }
        }
        let memory = self.state.memory.get();
        let comes = memory.store.is_cleaning()
            || memory.threads.iter().any(|thread| matches!(thread.transit, Some(Transit::Write(..))));
        if !comes && !self.can_evict() {
            return Obtained::Nothing;
        }
        self.tell_memory(MemoryEvent::NoFrame { free }, Some(task), cpu, sink);
        Obtained::Waiting
    }

    /// Whether any page could leave.
    fn can_evict(&mut self) -> bool {
        let (_, view) = self.state.memory.get().policy(false);
        view.any_candidate()
    }

    /// A fault evicts pages itself.
    fn reclaim_directly(
        &mut self,
        task: TaskId,
        batch: u32,
        cpu: Option<usize>,
        sink: &mut impl Sink,
    ) -> Obtained {
        let memory = self.state.memory.get();
        let (page, _) = memory.wanted(task);
        let free = memory.store.frames.free();
        let own = memory.is_at_quota(page.space).then_some(page.space);
        let leaving = self.select(batch, own, cpu, sink);
        // What a scan wants written is the daemon's to write, unless it has been killed.
        let alone = self.state.memory.get().daemon.is_none();
        let staying = if alone { self.clean(sink) } else { Vec::new() };
        let memory = self.state.memory.get();
        let writes = !leaving.is_empty() || !staying.is_empty();
        if !writes && memory.store.frames.free() == free {
            return if free > 0 && own.is_none() { Obtained::Frame } else { Obtained::Nothing };
        }
        memory.count(page.space, |counts| counts.direct_reclaims += 1);
        self.tell_memory(MemoryEvent::DirectReclaim { free }, Some(task), cpu, sink);
        if !writes {
            return Obtained::Frame;
        }
        Obtained::Writing(self.write_out(task, leaving, staying, sink))
    }

    /// Lets up to so many pages leave their frames, of one address space or of any. Gives those that have to be
    /// written.
    fn select(
        &mut self,
        most: u32,
        of: Option<SpaceId>,
        cpu: Option<usize>,
        sink: &mut impl Sink,
    ) -> Vec<(FrameId, u32)> {
        let mut dirty = Vec::new();
        for _ in 0..most {
            let Some(choice) = self.state.memory.get().choose(of) else { break };
            dirty.extend(self.evict(choice, cpu, sink).map(|slot| (choice.frame, slot)));
        }
        dirty
    }

    /// A page leaves its frame. Gives the slot that it has to be written to, if it has.
    fn evict(&mut self, choice: Choice, cpu: Option<usize>, sink: &mut impl Sink) -> Option<u32> {
        let (frame, rule) = (choice.frame, choice.reason.rule);
        let memory = self.state.memory.get();
        let mapped = memory.store.mappings(&memory.spec, frame);
        let leaving = memory.store.evict(&memory.spec, frame, cpu);
        memory.replacement.evicted(frame, leaving.page);
        let (space, vpn, dirty) = (leaving.page.space, leaving.page.vpn, leaving.slot.is_some());
        memory.count(space, |counts| {
            counts.clean_evictions += u64::from(!dirty);
            counts.dirty_evictions += u64::from(dirty);
            counts.swap_outs += u64::from(dirty);
        });
        let owner = Some(memory.spaces()[space.index()].owner);
        // Telling the other CPUs prolongs what this one is doing.
        let cost = memory.spec.costs.shootdown.saturating_mul(leaving.told.into());
        self.tell_memory(MemoryEvent::Evict { vpn, frame, dirty, rule }, owner, cpu, sink);
        for other in mapped.into_iter().skip(1) {
            let owner = self.state.memory.get().spaces()[other.space.index()].owner;
            self.tell_memory(MemoryEvent::Evict { vpn, frame, dirty, rule }, Some(owner), cpu, sink);
        }
        if let (Some(frame), Some(slot)) = (leaving.given_up, leaving.slot) {
            self.tell_memory(MemoryEvent::GiveUpSlot { frame, slot }, None, cpu, sink);
        }
        if let Some(slot) = leaving.slot {
            self.tell_memory(MemoryEvent::PageOut { vpn, slot }, owner, cpu, sink);
        }
        if let Some(Doing::Kernel { until, .. }) = cpu.map(|cpu| &mut self.state.cpus[cpu].doing) {
            *until = *until + cost;
        }
        leaving.slot
    }

    /// The pages that scans want written without their leaving begin to be. Gives their frames and slots.
    fn clean(&mut self, sink: &mut impl Sink) -> Vec<(FrameId, u32)> {
        let mut staying = Vec::new();
        loop {
            let memory = self.state.memory.get();
            let Some(Cleaning { page, frame, slot, given_up }) = memory.store.clean_next(&memory.spec) else {
                return staying;
            };
            memory.count(page.space, |counts| counts.swap_outs += 1);
            let owner = Some(memory.spaces()[page.space.index()].owner);
            if let Some(frame) = given_up {
                self.tell_memory(MemoryEvent::GiveUpSlot { frame, slot }, None, None, sink);
            }
            let vpn = page.vpn;
            self.tell_memory(MemoryEvent::Clean { vpn, frame }, owner, None, sink);
            self.tell_memory(MemoryEvent::PageOut { vpn, slot }, owner, None, sink);
            staying.push((frame, slot));
        }
    }

    /// One request writes these pages on behalf of a task. Says when it will be done, if the disk begins at once.
    fn write_out(
        &mut self,
        task: TaskId,
        leaving: Vec<(FrameId, u32)>,
        staying: Vec<(FrameId, u32)>,
        sink: &mut impl Sink,
    ) -> Option<Time> {
        let memory = self.state.memory.get();
        let pages = (leaving.len() + staying.len()) as u32;
        let slot = leaving.iter().chain(&staying).map(|(_, slot)| *slot).min().unwrap_or_default();
        memory.counts.write_requests += 1;
        let frames = |pages: Vec<(FrameId, u32)>| pages.into_iter().map(|(frame, _)| frame).collect();
        memory.threads[task.index()].transit = Some(Transit::Write(frames(leaving), frames(staying)));
        let (disk, time) = (memory.spec.disk, memory.spec.costs.disk(pages));
        self.tell_memory(MemoryEvent::WriteRequest { pages, slot }, Some(task), None, sink);
        self.state.devices.request(self.state.clock, task, Some(disk), time)
    }

    /// After an allocation: the daemon wakes if too few frames are left.
    pub(super) fn watch_the_low_mark(&mut self, sink: &mut impl Sink) {
        let memory = self.state.memory.get();
        if let Reclaim::Daemon(marks) = memory.spec.reclaim
            && memory.store.frames.free() < marks.low
        {
            self.wake_daemon(sink);
        }
    }

    fn wake_daemon(&mut self, sink: &mut impl Sink) {
        let memory = self.state.memory.get();
        let (Some(daemon), Reclaim::Daemon(marks)) = (memory.daemon, memory.spec.reclaim) else { return };
        if self.state.tasks[daemon.index()].state != State::Blocked(Wait::Work) {
            return;
        }
        let memory = self.state.memory.get();
        memory.counts.daemon_wakes += 1;
        let (free, low) = (memory.store.frames.free(), marks.low);
        self.tell_memory(MemoryEvent::DaemonWakes { free, low }, Some(daemon), None, sink);
        self.wake(daemon, Wait::Work, sink);
    }

    /// In the turn of the decisions, before anybody gets a CPU: a daemon whose work takes no CPU time does it.
    pub(super) fn serve_daemon(&mut self, sink: &mut impl Sink) -> bool {
        let Some(memory) = self.state.memory.as_ref() else { return false };
        let (Some(daemon), Reclaim::Daemon(marks)) = (memory.daemon, memory.spec.reclaim) else {
            return false;
        };
        let started = self.state.tasks[daemon.index()].account.first_run.is_some();
        if !marks.cpu.is_zero() || !started || self.state.tasks[daemon.index()].state != State::Ready {
            return false;
        }
        self.state.sched.take(daemon);
        let Some((on, until)) = self.keep_frames_free(daemon, marks, None, sink) else {
            unreachable!("work that takes no time is done at once")
        };
        let it = &mut self.state.tasks[daemon.index()];
        it.enter(State::Blocked(on), self.state.clock);
        it.account.went_blocked += 1;
        self.emit(sink, EventKind::Block { on, until: until.unwrap_or(Time::NEVER) }, Some(daemon), None);
        if on == Wait::PageOut {
            self.tell_start(daemon, until, sink);
        }
        true
    }

    /// The operation `reclaim` on a CPU: the daemon computes for the pages that it will select, or blocks.
    pub(super) fn begin_reclaim(&mut self, cpu: usize, sink: &mut impl Sink) {
        let Some(daemon) = self.state.cpus[cpu].task else { unreachable!("nobody reclaims") };
        let memory = self.state.memory.get();
        memory.daemon = Some(daemon);
        let Reclaim::Daemon(marks) = memory.spec.reclaim else {
            unreachable!("no daemon without watermarks")
        };
        let need = marks.high.saturating_sub(memory.store.frames.free()).min(marks.cluster);
        let cost = marks.cpu.saturating_mul(need.into());
        if !cost.is_zero() && !memory.computed {
            memory.computed = true;
            self.state.tasks[daemon.index()].op_left = cost;
            return self.tell_memory(MemoryEvent::DaemonScans { pages: need }, Some(daemon), Some(cpu), sink);
        }
        memory.computed = false;
        let Some((on, until)) = self.keep_frames_free(daemon, marks, Some(cpu), sink) else { return };
        self.block(cpu, on, until.unwrap_or(Time::NEVER), sink);
        if on == Wait::PageOut {
            self.tell_start(daemon, until, sink);
        }
    }

    /// One round of the daemon: it frees and writes what is missing. Says what it waits for next; nothing if it has
    /// to compute for more pages first.
    fn keep_frames_free(
        &mut self,
        daemon: TaskId,
        marks: Watermarks,
        cpu: Option<usize>,
        sink: &mut impl Sink,
    ) -> Option<(Wait, Option<Time>)> {
        loop {
            let free = self.state.memory.get().store.frames.free();
            let need = marks.high.saturating_sub(free).min(marks.cluster);
            let leaving = self.select(need, None, cpu, sink);
            let staying = self.clean(sink);
            if !leaving.is_empty() || !staying.is_empty() {
                self.frames_appear(sink);
                return Some((Wait::PageOut, self.write_out(daemon, leaving, staying, sink)));
            }
            let now_free = self.state.memory.get().store.frames.free();
            if now_free >= marks.high || now_free == free {
                let event = MemoryEvent::DaemonSleeps { free: now_free, high: marks.high };
                self.tell_memory(event, Some(daemon), cpu, sink);
                self.frames_appear(sink);
                return Some((Wait::Work, None));
            }
            if !marks.cpu.is_zero() {
                return None;
            }
        }
    }

    /// Whoever waits for a frame tries again, now that some are free; in the order in which they asked.
    pub(super) fn frames_appear(&mut self, sink: &mut impl Sink) {
        let Some(memory) = self.state.memory.as_ref() else { return };
        let reserve = match memory.spec.reclaim {
            Reclaim::Daemon(marks) if memory.daemon.is_some() => marks.min,
            _ => 0,
        };
        if memory.store.frames.free() > reserve {
            self.wake_waiting(sink);
        }
    }

    /// Whoever waits for a frame tries again: frames are free, or pages can leave that could not.
    pub(super) fn wake_waiting(&mut self, sink: &mut impl Sink) {
        while let Some(task) = self.state.memory.get().waiting.pop_front() {
            self.wake(task, Wait::Frame, sink);
        }
    }

    /// No page can leave and no frame is free: the process with the most pages, as adjusted, is ended, the latest of
    /// several. Whoever asked tries again. Where everybody is exempt, nobody is.
    pub(super) fn run_out_of_memory(&mut self, cpu: Option<usize>, sink: &mut impl Sink) {
        let memory = self.state.memory.get();
        let total = u64::from(memory.spec.frames) + u64::from(memory.spec.swap_slots);
        let scored: Vec<(Option<u64>, TaskId)> = (0..memory.spaces().len())
            .map(SpaceId::from_index)
            .map(|id| (id, &memory.spaces()[id.index()]))
            .filter(|(_, space)| space.root.is_some())
            .map(|(id, space)| (space.limits.badness(memory.size(id), total), space.owner))
            .collect();
        let arrived = |task: &TaskId| self.state.tasks[task.index()].is_live();
        let Some((score, victim)) = scored.into_iter().filter(|(_, task)| arrived(task)).max() else {
            unreachable!("whoever asked for a frame is alive")
        };
        let score = score.unwrap_or(0);
        self.state.memory.get().counts.oom_kills += 1;
        self.tell_memory(MemoryEvent::OutOfMemory { score }, Some(victim), None, sink);
        let asks = cpu.filter(|cpu| self.state.cpus[*cpu].task == Some(victim));
        if let Some(cpu) = asks {
            return self.exit(cpu, Ending::Killed(super::input::KILL), sink);
        }
        self.end_by_force(victim, super::input::KILL, sink);
        if let Some(Doing::Kernel { until, .. }) = cpu.map(|cpu| &mut self.state.cpus[cpu].doing) {
            // The stage that asked is taken again.
            *until = self.state.clock;
        }
    }
}
