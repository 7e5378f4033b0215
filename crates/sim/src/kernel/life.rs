//! The life of a task: it arrives, becomes ready, blocks, wakes, ends, and is reaped.
//!
//! The parent of a task is init, or kthreadd for a thread of the kernel, or whoever forked it
//! ([`process`](super::process)). Init is no task of its own here: it reaps a zombie so long after its exit as the machine
//! says, in a round of its own, so that a zombie is seen for at least one step.

use crate::conventions::{BoostRunning, WaitingCounts};
use crate::cpu::{Doing, Stage};
use crate::event::{Cause, EventKind, Wait, Why};
use crate::ids::{DeviceId, TaskId};
use crate::machine::Machine;
use crate::rules::RuleId;
use crate::scenario::{OnIo, PolicySpec, TaskKind, Timer};
use crate::sched::{Booked, Periodic, Policy};
use crate::sink::Sink;
use crate::task::{Departure, Ending, State};
use crate::time::{Nanos, Time};

impl Machine {
    /// The phase of arrivals: new tasks come, sleepers wake.
    pub(super) fn ring_alarm(&mut self, sink: &mut impl Sink) -> bool {
        let now = self.state.clock;
        let Some((task, _)) = self.state.alarms.first().filter(|(_, (at, _))| *at <= now.0) else {
            return false;
        };
        if self.state.tasks[task.index()].state == State::New {
            self.state.alarms.pop();
            self.arrive(task, sink);
            return true;
        }
        // Without an interval timer the clock is a device like others.
        let off = self.fixed.scenario.machine.timer == Timer::Off;
        let cause = if off { Cause::Device(None) } else { Cause::Timer };
        if !self.interrupt_listener(cause, sink) {
            return false;
        }
        self.state.alarms.pop();
        self.wake(task, Wait::Sleep, sink);
        true
    }

    /// A task is admitted.
    pub(super) fn arrive(&mut self, task: TaskId, sink: &mut impl Sink) {
        let now = self.state.clock;
        let it = &mut self.state.tasks[task.index()];
        it.enter(State::Ready, now);
        it.account.arrival = Some(now);
        it.account.admitted += 1;
        // Whoever makes a task leaves it as if it had been interrupted before its first instruction.
        it.user_registers_saved = it.kind == TaskKind::User;
        it.kernel_registers_saved = true;
        let totals = &mut self.state.totals;
        totals.arrived += 1;
        totals.first_arrival = totals.first_arrival.or(Some(now));
        self.emit(sink, EventKind::Arrive, Some(task), None);
        let (sched, ctx) = self.policy();
        sched.admit(&ctx, task);
        self.enqueue(task, Why::Arrived, sink);
    }

    /// A ready task joins its queue.
    pub(super) fn enqueue(&mut self, task: TaskId, why: Why, sink: &mut impl Sink) {
        let (sched, ctx) = self.policy();
        let (level, place) = sched.enqueue(&ctx, task, why);
        self.emit(sink, EventKind::Enqueue { level, place, why }, Some(task), None);
    }

    /// The task of a CPU begins to wait.
    pub(super) fn block(&mut self, cpu: usize, on: Wait, until: Time, sink: &mut impl Sink) -> TaskId {
        let id = self.state.cpus[cpu].id;
        let task = self.leave_cpu(cpu, Departure::Voluntary);
        let it = &mut self.state.tasks[task.index()];
        it.enter(State::Blocked(on), self.state.clock);
        it.account.went_blocked += 1;
        self.emit(sink, EventKind::Block { on, until }, Some(task), Some(id));
        // A fault ends the burst as the scheduler sees it, not as the program does.
        let faults = matches!(on, Wait::PageIn | Wait::PageOut | Wait::Frame);
        let booked = self.give_up(task, !faults);
        self.tell_booked(task, booked, sink);
        let owed = self.references_left(task);
        let burst = self.code(task).burst_from(self.state.tasks[task.index()].cursor);
        let it = &mut self.state.tasks[task.index()];
        it.burst_left = owed.saturating_add(burst);
        if !faults {
            it.burst_run = Nanos::ZERO;
        }
        task
    }

    /// The policy books the end of a burst, or of a turn.
    fn give_up(&mut self, task: TaskId, blocks: bool) -> Booked {
        let (sched, ctx) = self.policy();
        sched.give_up(&ctx, task, blocks)
    }

    fn tell_booked(&mut self, task: TaskId, booked: Booked, sink: &mut impl Sink) {
        if let Some(fall) = booked.demotion {
            let kind = EventKind::Demote { from: fall.from, to: fall.to, rule: fall.rule, used: fall.used };
            self.emit(sink, kind, Some(task), None);
        }
        if let Some(guess) = booked.estimate {
            self.emit(sink, EventKind::Estimate { burst: guess.burst, next: guess.next }, Some(task), None);
        }
    }

    /// The task of a CPU asks a device for something.
    pub(super) fn block_on_io(
        &mut self,
        cpu: usize,
        device: Option<DeviceId>,
        time: Nanos,
        sink: &mut impl Sink,
    ) {
        let spec = &self.fixed.scenario.machine;
        let holds = matches!(spec.policy, PolicySpec::NextInRing { on_io: OnIo::Hold, .. });
        let held = !spec.overlap || holds;
        let Some(task) = self.state.cpus[cpu].task else { unreachable!("nobody asks") };
        let until = self.state.devices.request(self.state.clock, task, device, time);
        self.block(cpu, Wait::Io(device), until.unwrap_or(Time::NEVER), sink);
        if let (Some(device), Some(until)) = (device, until) {
            self.emit(sink, EventKind::IoStart { device, until }, Some(task), None);
        }
        if held {
            self.state.cpus[cpu].held_for = Some(task);
            self.emit(sink, EventKind::Hold, Some(task), Some(self.state.cpus[cpu].id));
        }
    }

    /// The phase of completions: a device is done with a request.
    pub(super) fn complete_request(&mut self, sink: &mut impl Sink) -> bool {
        let now = self.state.clock;
        if self.state.devices.next_completion() > now || self.interruptible_at() > now {
            return false;
        }
        let Some((task, device)) = self.state.devices.complete(now) else { return false };
        self.interrupt_listener(Cause::Device(device), sink);
        let swaps =
            self.state.memory.as_ref().is_some_and(|memory| memory.threads[task.index()].transit.is_some());
        match self.state.tasks[task.index()].state {
            State::Blocked(on) if swaps => self.complete_transit(task, on, sink),
            // Whoever asked for the write has been killed since.
            _ if swaps => self.complete_transit(task, Wait::PageOut, sink),
            _ => self.wake(task, Wait::Io(device), sink),
        }
        self.serve_next(device, sink);
        true
    }

    /// A shared device takes its next request.
    pub(super) fn serve_next(&mut self, device: Option<DeviceId>, sink: &mut impl Sink) {
        let Some(device) = device else { return };
        if let Some(started) = self.state.devices.release(self.state.clock, device) {
            self.emit(sink, EventKind::IoStart { device, until: started.until }, Some(started.task), None);
        }
    }

    /// What a task waited for has come.
    pub(super) fn wake(&mut self, task: TaskId, from: Wait, sink: &mut impl Sink) {
        let it = &mut self.state.tasks[task.index()];
        let since = it.since;
        it.enter(State::Ready, self.state.clock);
        it.account.woken += 1;
        self.emit(sink, EventKind::Wake { from, since }, Some(task), None);
        self.enqueue(task, Why::Woken(from), sink);
    }

    /// The task of a CPU offers it to the others.
    pub(super) fn yield_cpu(&mut self, cpu: usize, sink: &mut impl Sink) {
        let (Some(task), id) = (self.state.cpus[cpu].task, self.state.cpus[cpu].id) else {
            unreachable!("nobody yields")
        };
        self.emit(sink, EventKind::Yield, Some(task), Some(id));
        let booked = self.give_up(task, false);
        self.tell_booked(task, booked, sink);
        self.deschedule(cpu, Why::Yielded, sink);
    }

    /// The slice of a CPU's task is used up.
    pub(super) fn end_slice(&mut self, cpu: usize, sink: &mut impl Sink) {
        let it = &self.state.cpus[cpu];
        let (Some(task), id, slice) = (it.task, it.id, it.slice) else { unreachable!("nobody's slice") };
        let rule = self.state.sched.slice_rule();
        self.emit(sink, EventKind::SliceEnd { rule, slice }, Some(task), Some(id));
        let (sched, ctx) = self.policy();
        let booked = sched.slice_over(&ctx, task);
        self.tell_booked(task, booked, sink);
        self.deschedule(cpu, Why::Expired, sink);
    }

    /// The task of a CPU ends.
    pub(super) fn exit(&mut self, cpu: usize, ending: Ending, sink: &mut impl Sink) {
        let id = self.state.cpus[cpu].id;
        let task = self.leave_cpu(cpu, Departure::Voluntary);
        let kind = match ending {
            Ending::Exited(status) => EventKind::Exit { status },
            Ending::Killed(signal) => EventKind::Killed { signal },
        };
        self.emit(sink, kind, Some(task), Some(id));
        self.bury(task, ending, sink);
    }

    /// A task becomes a zombie: only its process structure remains, for whoever is its parent.
    pub(super) fn bury(&mut self, task: TaskId, ending: Ending, sink: &mut impl Sink) {
        let now = self.state.clock;
        let it = &mut self.state.tasks[task.index()];
        it.enter(State::Zombie, now);
        it.ending = Some(ending);
        it.account.completion = Some(now);
        it.op_left = Nanos::ZERO;
        let turnaround = now.since(it.account.arrival.unwrap_or(now));
        let waiting = match self.fixed.scenario.rules.waiting_counts {
            WaitingCounts::Ready => it.account.ready,
            WaitingCounts::NotRunning => turnaround.saturating_sub(it.account.cpu),
        };
        let totals = &mut self.state.totals;
        totals.finished += 1;
        totals.last_completion = Some(now);
        totals.turnaround_sum += turnaround.0;
        totals.waiting_sum += waiting.0;
        self.release_memory(task, sink);
        self.leave_family(task, sink);
    }

    /// Init reads the status of a zombie.
    pub(super) fn reap(&mut self, sink: &mut impl Sink) -> bool {
        let now = self.state.clock;
        let Some((task, _)) = self.state.reaps.first().filter(|(_, (at, _))| *at <= now.0) else {
            return false;
        };
        self.state.reaps.pop();
        self.lay_to_rest(task, sink);
        true
    }

    /// The status of a zombie has been read: its process structure is free. Gives the status.
    pub(super) fn lay_to_rest(&mut self, task: TaskId, sink: &mut impl Sink) -> u8 {
        self.state.remaining -= u32::from(!self.code(task).is_daemon());
        self.state.family.part(task);
        let it = &mut self.state.tasks[task.index()];
        it.enter(State::Reaped, self.state.clock);
        let status = it.ending.map_or(0, Ending::status);
        self.emit(sink, EventKind::Reap { status }, Some(task), None);
        status
    }

    /// The phase of periodic work: a boost, or one task's aging.
    pub(super) fn periodic(&mut self, sink: &mut impl Sink) -> bool {
        let now = self.state.clock;
        if self.state.sched.next_periodic() > now {
            return false;
        }
        let boosts = matches!(self.state.sched.policy(), Policy::Mlfq(_));
        let requeues = self.fixed.scenario.rules.boost_running == BoostRunning::Requeued;
        if boosts && requeues && self.requeue_running(sink) {
            return true;
        }
        let (sched, ctx) = self.policy();
        match sched.periodic(&ctx) {
            None => return false,
            Some(Periodic::Age { task, from, to }) => {
                self.emit(sink, EventKind::Age { from, to }, Some(task), None);
            }
            Some(Periodic::Boost { lifted, next }) => {
                self.emit(sink, EventKind::Boost { next }, None, None);
                for (task, from, to) in lifted {
                    self.emit(sink, EventKind::BoostTask { from, to }, Some(task), None);
                }
                self.renew_slices();
            }
        }
        true
    }

    /// Before a boost that gathers them too, the running tasks go back to their queues, one a step.
    fn requeue_running(&mut self, sink: &mut impl Sink) -> bool {
        let now = self.state.clock;
        for cpu in 0..self.state.cpus.len() {
            let it = &self.state.cpus[cpu];
            let Some(task) = it.task.filter(|task| self.state.tasks[task.index()].kind == TaskKind::User)
            else {
                continue;
            };
            if it.is_indivisible(now) || matches!(it.due_stage(now), Some(Stage::Slice)) {
                continue;
            }
            if it.doing == Doing::User {
                self.interrupt(cpu, Cause::Timer, sink);
                return true;
            }
            let kind = EventKind::Preempt { rule: RuleId::BoostRunning, by: None, key: 0, other: 0 };
            self.emit(sink, kind, Some(task), Some(self.state.cpus[cpu].id));
            self.deschedule(cpu, Why::Boosted, sink);
            return true;
        }
        false
    }

    /// After a boost the running tasks have a fresh slice.
    fn renew_slices(&mut self) {
        for cpu in 0..self.state.cpus.len() {
            let Some(task) = self.state.cpus[cpu].task else { continue };
            if matches!(self.state.tasks[task.index()].state, State::Running(_)) {
                self.start_running(cpu, task);
            }
        }
    }
}
