//! Into the kernel and out of it: limited direct execution (OSTEP 6).
//!
//! The hardware enters the kernel for three causes: an interrupt, an exception or a system call. It saves the user
//! registers on the kernel stack of the running task (the first of two kinds of save; the other is in
//! [`decide`](super::decide)), changes to kernel mode and jumps to the handler that the trap table names. The way
//! back is return-from-trap.
//!
//! Handlers are not interrupted unless the machine nests interrupts: a device that finishes meanwhile waits. All
//! devices interrupt the first CPU.

use crate::cpu::{Doing, Stage};
use crate::event::{Cause, EventKind, syscall};
use crate::ids::TaskId;
use crate::machine::Machine;
use crate::program::Op;
use crate::scenario::{TaskKind, Timer};
use crate::sink::Sink;
use crate::task::State;
use crate::time::{Nanos, Time};

/// The CPU that devices interrupt.
const LISTENER: usize = 0;

impl Machine {
    /// The hardware interrupts a CPU; the handler's work is done when it ends. Then `Resume`, unless something
    /// else is said.
    pub(super) fn interrupt(&mut self, cpu: usize, cause: Cause, sink: &mut impl Sink) {
        let mut cost = self.state.costs.mode_switch;
        if cause == Cause::Timer {
            cost += self.state.costs.timer_handler;
        }
        self.state.totals.interrupts += 1;
        let now = self.state.clock;
        if let (Some(Stage::Return), Some(task)) =
            (self.state.cpus[cpu].due_stage(now), self.switching_to(cpu))
        {
            // The switch to it is over: what follows is no part of that.
            self.start_running(cpu, task);
        }
        self.enter(cpu, cause, cost, sink);
        let it = &mut self.state.cpus[cpu];
        it.doing = match it.doing {
            Doing::Idle if cost.is_zero() => Doing::Idle,
            Doing::Idle => Doing::Kernel { until: now + cost, then: Stage::Idle },
            Doing::User => Doing::Kernel { until: now + cost, then: Stage::Resume },
            Doing::Kernel { until, then } => Doing::Kernel { until: until.max(now) + cost, then },
            Doing::Reference { .. } => unreachable!("a reference is never interrupted"),
        };
    }

    /// The running task asks for something, or did what it may not; the handler goes on with `then`.
    pub(super) fn trap(&mut self, cpu: usize, cause: Cause, then: Stage, sink: &mut impl Sink) {
        let cost = self.state.costs.mode_switch;
        match cause {
            Cause::Syscall(_) => self.state.totals.syscalls += 1,
            _ => self.state.totals.exceptions += 1,
        }
        self.enter(cpu, cause, cost, sink);
        self.state.cpus[cpu].doing = Doing::Kernel { until: self.state.clock + cost, then };
    }

    /// The entry itself.
    pub(super) fn enter(&mut self, cpu: usize, cause: Cause, cost: Nanos, sink: &mut impl Sink) {
        let it = &mut self.state.cpus[cpu];
        it.cause = Some(cause);
        let (id, task) = (it.id, it.task);
        if let (Doing::User, Some(task)) = (it.doing, task) {
            let task = &mut self.state.tasks[task.index()];
            if task.kind == TaskKind::User {
                task.user_registers_saved = true;
                self.state.totals.mode_switches += 1;
            }
        }
        self.emit(sink, EventKind::KernelEntry { cause, cost }, task, Some(id));
    }

    /// Return-from-trap: the task of this CPU goes on in user mode.
    pub(super) fn return_from_trap(&mut self, cpu: usize, sink: &mut impl Sink) {
        let Some(task) = self.state.cpus[cpu].task else { unreachable!("nobody to return to") };
        let id = Some(self.state.cpus[cpu].id);
        if self.is_waiting(task) {
            // It was woken in the middle of the call, which looks again.
            if self.switching_to(cpu).is_some() {
                self.start_running(cpu, task);
            }
            return self.serve(cpu, sink);
        }
        let now = self.state.clock;
        let it = &mut self.state.tasks[task.index()];
        it.user_registers_saved = false;
        if it.account.first_run.is_none() {
            it.account.first_run = Some(now);
            self.state.totals.started += 1;
            self.state.totals.response_sum += now.since(it.account.arrival.unwrap_or(now)).0;
        }
        if it.kind == TaskKind::User {
            self.emit(sink, EventKind::ReturnFromTrap, Some(task), id);
        }
        if self.switching_to(cpu).is_some() {
            self.start_running(cpu, task);
        }
        self.state.cpus[cpu].doing = Doing::User;
        self.emit(sink, EventKind::Run, Some(task), id);
    }

    /// The handler looks the number up: a bad one is an error, never an address that the user chose.
    pub(super) fn look_up(&mut self, cpu: usize, sink: &mut impl Sink) {
        let (id, task) = (self.state.cpus[cpu].id, self.state.cpus[cpu].task);
        let call = self.operation(cpu);
        let number = syscall_number(call);
        self.emit(sink, EventKind::SyscallDispatch { number }, task, Some(id));
        let then = match call {
            Op::Syscall(syscall::EXIT | syscall::YIELD) => Stage::Serve,
            Op::Syscall(number) => {
                if syscall::name(*number).is_none() {
                    self.emit(sink, EventKind::SyscallError { number: *number }, task, Some(id));
                }
                Stage::Return
            }
            _ => Stage::Serve,
        };
        self.state.cpus[cpu].doing = Doing::Kernel { until: self.state.clock, then };
    }

    /// The phase of slice ends, and of ticks: the timer interrupts, then its handler decides.
    pub(super) fn expire_slice(&mut self, sink: &mut impl Sink) -> bool {
        let timer = self.fixed.scenario.machine.timer;
        if timer == Timer::Off {
            return false;
        }
        let now = self.state.clock;
        for cpu in 0..self.state.cpus.len() {
            let it = &self.state.cpus[cpu];
            if let Some(Stage::Slice) = it.due_stage(now) {
                self.end_slice(cpu, sink);
                return true;
            }
            let (slice_over, tick) = (it.slice_end <= now, it.next_tick <= now);
            // The handler of another interrupt of this instant has not led back to user mode yet.
            let interruptible = it.doing == Doing::User || it.due_stage(now) == Some(Stage::Resume);
            if interruptible && (slice_over || tick) {
                self.interrupt(cpu, Cause::Timer, sink);
                let it = &mut self.state.cpus[cpu];
                if let Timer::Every(period) = timer {
                    it.next_tick = Time(now.0 + 1).next_multiple_of(period);
                }
                if let Doing::Kernel { then, .. } = &mut it.doing
                    && slice_over
                {
                    *then = Stage::Slice;
                }
                return true;
            }
        }
        false
    }

    /// When devices will next be listened to. A switch is never interrupted.
    pub(super) fn interruptible_at(&self) -> Time {
        let nests = self.fixed.scenario.machine.nested_interrupts && self.switching_to(LISTENER).is_none();
        match self.state.cpus[LISTENER].doing {
            Doing::Kernel { until, .. } if !nests => until,
            Doing::Reference { until } => until,
            _ => self.state.clock,
        }
    }

    /// The task that a CPU is being switched to.
    fn switching_to(&self, cpu: usize) -> Option<TaskId> {
        let task = self.state.cpus[cpu].task?;
        matches!(self.state.tasks[task.index()].state, State::Switching(_)).then_some(task)
    }

    /// A device, or the clock, wants the kernel: interrupts the CPU that listens. Says whether it does now.
    pub(super) fn interrupt_listener(&mut self, cause: Cause, sink: &mut impl Sink) -> bool {
        let listens = self.interruptible_at() <= self.state.clock;
        if listens {
            self.interrupt(LISTENER, cause, sink);
        }
        listens
    }
}

/// The number under which the kernel knows what an operation asks for.
pub(super) fn syscall_number(call: &Op) -> u32 {
    match call {
        Op::Io { .. } => syscall::READ,
        Op::Sleep(_) | Op::SleepUntil(_) => syscall::SLEEP,
        Op::Yield => syscall::YIELD,
        Op::Exit(_) => syscall::EXIT,
        Op::Syscall(number) => *number,
        Op::Mmap(_) => syscall::MMAP,
        Op::Munmap(_) => syscall::MUNMAP,
        Op::Fork(_) => syscall::FORK,
        Op::Wait(_) => syscall::WAIT,
        Op::Kill { .. } => syscall::KILL,
        Op::Cpu(_) | Op::Privileged(_) | Op::Repeat { .. } | Op::Access(_) | Op::Refs(_) | Op::Reclaim => {
            unreachable!("not a system call")
        }
    }
}
