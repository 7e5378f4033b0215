//! Decisions: who gets a free CPU, and who takes one from whom.
//!
//! Free CPUs are filled before anybody is preempted. Then, while the best ready task may take the CPU of the worst
//! running one, it does. A CPU in a switch or in a kernel path is left alone until that ends. Only then do the
//! chosen run, beginning with `switch()` if the CPU passes to another task: it saves the kernel registers of the
//! outgoing task in its process structure and restores those of the incoming one (the second of the two kinds
//! of save, OSTEP 6).

use crate::conventions::{Conventions, SwitchChargedTo, WakeupPreempts};
use crate::cpu::{Cpu, Doing, Stage};
use crate::event::{Cause, EventKind, Why};
use crate::ids::TaskId;
use crate::machine::Machine;
use crate::reason::Reason;
use crate::rules::RuleId;
use crate::scenario::{TaskKind, Timer};
use crate::sched::Choice;
use crate::sink::Sink;
use crate::task::{Departure, State};
use crate::time::{Nanos, Time};

impl Machine {
    /// The turn of the decisions.
    pub(super) fn decide(&mut self, sink: &mut impl Sink) -> bool {
        self.serve_daemon(sink)
            || self.balance_load(sink)
            || self.fill_free_cpu(sink)
            || self.preempt(sink)
            || self.start_chosen(sink)
            || self.tell_idle(sink)
    }

    /// A free CPU takes the task that it is held for, or the best ready one. Whoever a CPU waits for comes back to
    /// that CPU, though another may be free as well.
    fn fill_free_cpu(&mut self, sink: &mut impl Sink) -> bool {
        let state = &self.state;
        if !state.cpus.iter().any(Cpu::is_free) {
            return false;
        }
        let comes_back = |task: TaskId| state.tasks[task.index()].state == State::Ready;
        let free = || state.cpus.iter().enumerate().filter(|(_, cpu)| cpu.is_free());
        let held = free().find_map(|(cpu, it)| Some((cpu, it.held_for.filter(|task| comes_back(*task))?)));
        let (cpu, choice) = match held {
            Some((cpu, task)) => {
                let reason = Reason { rule: RuleId::Held, runner_up: None, key: 0, other: 0 };
                (cpu, Choice { task, reason })
            }
            None => {
                let Some((cpu, _)) = free().find(|(_, cpu)| cpu.held_for.is_none()) else { return false };
                let Some(choice) = state.sched.peek(&self.ctx()) else { return false };
                (cpu, choice)
            }
        };
        self.state.sched.take(choice.task);
        self.dispatch(cpu, choice, sink);
        true
    }

    /// The best ready task takes the CPU of the worst running one, if the policy says so.
    fn preempt(&mut self, sink: &mut impl Sink) -> bool {
        if self.fixed.scenario.rules.wakeup_preempts == WakeupPreempts::Never {
            return false;
        }
        let Some(best) = self.state.sched.first() else { return false };
        if !self.state.sched.preempts(&self.ctx(), best) {
            return false;
        }
        let Some((cpu, running)) = self.worst_running() else { return false };
        if matches!(self.state.cpus[cpu].doing, Doing::Kernel { then: Stage::Switch, .. }) {
            // A child of this instant: the CPU first completes the switch to whom it has been given.
            return false;
        }
        let Some(reason) = self.state.sched.should_preempt(&self.ctx(), running, best) else { return false };
        if self.state.cpus[cpu].doing == Doing::User {
            self.interrupt(cpu, Cause::Reschedule, sink);
            return true;
        }
        let Some(choice) = self.state.sched.peek(&self.ctx()) else { return false };
        self.state.sched.take(best);
        let id = Some(self.state.cpus[cpu].id);
        self.emit(sink, EventKind::preempt(best, reason), Some(running), id);
        self.deschedule(cpu, Why::Preempted, sink);
        self.dispatch(cpu, choice, sink);
        true
    }

    /// The running task that would be replaced first, among those that can be.
    fn worst_running(&self) -> Option<(usize, TaskId)> {
        let ctx = self.ctx();
        let replaceable = self.state.cpus.iter().enumerate().filter(|(_, cpu)| !cpu.is_indivisible(ctx.now));
        replaceable
            .filter_map(|(place, cpu)| Some((place, cpu.task?)))
            .filter(|(_, task)| ctx.task(*task).kind == TaskKind::User)
            .reduce(|worst, next| {
                let [worst_key, next_key] =
                    [worst, next].map(|(_, task)| self.state.sched.running_key(&ctx, task));
                if worst_key <= next_key { next } else { worst }
            })
    }

    /// Whether a better task waits for this CPU to leave a kernel path.
    pub fn need_resched(&self, cpu: &Cpu) -> bool {
        let ctx = self.ctx();
        let Some(running) = cpu.task.filter(|_| cpu.is_indivisible(ctx.now)) else { return false };
        let sched = &self.state.sched;
        let Some(best) = sched.first().filter(|best| sched.preempts(&ctx, *best)) else { return false };
        sched.should_preempt(&ctx, running, best).is_some()
    }

    /// A task gets a CPU.
    pub(super) fn dispatch(&mut self, cpu: usize, choice: Choice, sink: &mut impl Sink) {
        let now = self.state.clock;
        let task = choice.task;
        let it = &mut self.state.cpus[cpu];
        let id = it.id;
        it.task = Some(task);
        it.idle_told = false;
        let other = it.last.filter(|(last, _)| *last != task);
        let then = if other.is_some() { Stage::Switch } else { Stage::Return };
        it.doing = Doing::Kernel { until: now, then };
        // The CPU that was held for it may be another one.
        for cpu in &mut self.state.cpus {
            cpu.held_for = cpu.held_for.filter(|held| *held != task);
        }

        let incoming = &mut self.state.tasks[task.index()];
        let waited = now.since(incoming.since);
        incoming.account.dispatched += 1;
        incoming.account.slices += 1;
        let elsewhere = incoming.last_cpu.filter(|last| *last != id);
        let migrates = elsewhere.is_some();
        // A CPU that has been idle since it ran there still holds its kernel registers: they are saved first.
        let kept_by = elsewhere.filter(|_| !incoming.kernel_registers_saved);
        // Where there is nobody to switch from, it goes on with them at once.
        incoming.kernel_registers_saved = other.is_some();
        incoming.account.migrations += u64::from(migrates);
        incoming.last_cpu = Some(id);
        incoming.enter(State::Switching(id), now);
        let totals = &mut self.state.totals;
        totals.dispatches += 1;
        totals.slices += 1;
        totals.migrations += u64::from(migrates);
        totals.latency_sum += waited.0;
        totals.latency_max = totals.latency_max.max(waited);
        self.emit(sink, EventKind::dispatch(choice.reason), Some(task), Some(id));
        if kept_by.is_some() {
            self.emit(sink, EventKind::SaveKernelRegisters, Some(task), kept_by);
        }
        if other.is_none() || self.switch_cost(task).is_zero() {
            self.start_running(cpu, task);
        }
    }

    /// What it costs to switch to a task.
    fn switch_cost(&self, to: TaskId) -> Nanos {
        match self.state.tasks[to.index()].kind {
            TaskKind::User => self.state.costs.process_switch,
            TaskKind::KernelThread => self.state.costs.thread_switch,
        }
    }

    /// The task has the CPU from now on: its slice begins.
    pub(super) fn start_running(&mut self, cpu: usize, task: TaskId) {
        let now = self.state.clock;
        let it = &mut self.state.cpus[cpu];
        let running = &mut self.state.tasks[task.index()];
        running.enter(State::Running(it.id), now);
        it.slice = self.state.sched.slice(running);
        let end = now + it.slice;
        (it.slice_end, it.next_tick) = match self.fixed.scenario.machine.timer {
            Timer::Every(period) => {
                let end = if end == Time::NEVER { end } else { end.next_multiple_of(period) };
                (end, Time(now.0 + 1).next_multiple_of(period))
            }
            Timer::Exact => (end, Time::NEVER),
            Timer::Off => (Time::NEVER, Time::NEVER),
        };
    }

    /// Whose registers are in a CPU: until `switch()` has done its work, and while it idles, those of the last task.
    /// What has ended has none, and one that has gone to another CPU has them there.
    pub fn registers(&self, cpu: &Cpu) -> Option<TaskId> {
        let before_switch = matches!(cpu.doing, Doing::Kernel { then: Stage::Switch, .. });
        let in_it = |task: &TaskId| {
            let task = &self.state.tasks[task.index()];
            task.ending.is_none() && task.last_cpu == Some(cpu.id)
        };
        let last = cpu.last.map(|(last, _)| last);
        if before_switch { last } else { cpu.task.or(last) }.filter(in_it)
    }

    /// A switch counts when it happens: whom it was meant for may have been killed before.
    fn count_switch(&mut self, outgoing: TaskId, departure: Departure) {
        let (totals, account) = (&mut self.state.totals, &mut self.state.tasks[outgoing.index()].account);
        let (counted, of_task) = match departure {
            Departure::Voluntary => (&mut totals.voluntary, &mut account.voluntary),
            Departure::Involuntary => (&mut totals.involuntary, &mut account.involuntary),
        };
        totals.context_switches += 1;
        *counted += 1;
        *of_task += 1;
    }

    /// `switch()`: the CPU passes from one task to another.
    pub(super) fn context_switch(&mut self, cpu: usize, sink: &mut impl Sink) {
        let it = &self.state.cpus[cpu];
        let (Some(task), id) = (it.task, it.id) else { unreachable!("nobody to switch to") };
        let last = it.last;
        if let Some((outgoing, departure)) = last {
            self.count_switch(outgoing, departure);
        }
        let from = last.map(|(last, _)| last);
        let it = &self.state.cpus[cpu];
        let cost = self.switch_cost(task);
        self.emit(sink, EventKind::ContextSwitch { from, cost }, Some(task), Some(id));
        if let Some(from) = self.registers(it) {
            self.state.tasks[from.index()].kernel_registers_saved = true;
            self.emit(sink, EventKind::SaveKernelRegisters, Some(from), Some(id));
        }
        self.state.tasks[task.index()].kernel_registers_saved = false;
        self.emit(sink, EventKind::RestoreKernelRegisters, Some(task), Some(id));
        self.state.cpus[cpu].doing = Doing::Kernel { until: self.state.clock + cost, then: Stage::Return };
    }

    /// The chosen, and whoever was interrupted for nothing, go on with what takes no time.
    fn start_chosen(&mut self, sink: &mut impl Sink) -> bool {
        let now = self.state.clock;
        for cpu in 0..self.state.cpus.len() {
            match self.state.cpus[cpu].doing {
                Doing::Kernel { until, then } if until <= now && then != Stage::Slice => {
                    self.take_stage(cpu, then, sink);
                }
                Doing::User if self.op_is_done(cpu) => self.go_on(cpu, sink),
                _ => continue,
            }
            return true;
        }
        false
    }

    /// A CPU that finds nothing to do says so, once, while there is somebody to wait for.
    fn tell_idle(&mut self, sink: &mut impl Sink) -> bool {
        // The page daemon never ends, and nobody waits for it.
        let daemons = u32::from(self.state.memory.as_ref().is_some_and(|memory| memory.daemon.is_some()));
        let waiting = self.state.totals.finished + daemons < self.state.tasks.len() as u32;
        let quiet = |cpu: &Cpu| cpu.is_free() && cpu.held_for.is_none() && !cpu.idle_told;
        let Some(cpu) = self.state.cpus.iter_mut().find(|cpu| waiting && quiet(cpu)) else { return false };
        cpu.idle_told = true;
        let id = cpu.id;
        self.emit(sink, EventKind::Idle, None, Some(id));
        true
    }

    /// The handler of an interrupt that found this CPU idle, or waiting with its task, is done.
    pub(super) fn resume_idle(&mut self, cpu: usize, sink: &mut impl Sink) {
        let it = &mut self.state.cpus[cpu];
        it.doing = Doing::Idle;
        let (id, held_for) = (it.id, it.held_for);
        match held_for {
            Some(_) => self.emit(sink, EventKind::Hold, held_for, Some(id)),
            None => {
                it.idle_told = true;
                self.emit(sink, EventKind::Idle, None, Some(id));
            }
        }
    }

    /// The task of a CPU goes back to its queue.
    pub(super) fn deschedule(&mut self, cpu: usize, why: Why, sink: &mut impl Sink) {
        let departure = match why {
            Why::Yielded => Departure::Voluntary,
            _ => Departure::Involuntary,
        };
        let task = self.leave_cpu(cpu, departure);
        let it = &mut self.state.tasks[task.index()];
        it.enter(State::Ready, self.state.clock);
        it.account.descheduled += 1;
        self.enqueue(task, why, sink);
    }

    /// The task of a CPU is no longer there.
    pub(super) fn leave_cpu(&mut self, cpu: usize, departure: Departure) -> TaskId {
        let it = &mut self.state.cpus[cpu];
        let Some(task) = it.task.take() else { unreachable!("nobody leaves") };
        // Whoever has been chosen and not switched to leaves the registers of the one before where they are.
        if !matches!(it.doing, Doing::Kernel { then: Stage::Switch, .. }) {
            it.last = Some((task, departure));
        }
        it.doing = Doing::Idle;
        it.slice_end = Time::NEVER;
        it.next_tick = Time::NEVER;
        task
    }
}

/// Who pays for the switch that a CPU is in.
pub(super) fn switch_payer(rules: &Conventions, cpu: &Cpu) -> Option<TaskId> {
    match rules.switch_charged_to {
        SwitchChargedTo::Incoming => cpu.task,
        SwitchChargedTo::Outgoing => cpu.last.map(|(task, _)| task),
        SwitchChargedTo::Nobody => None,
    }
}
