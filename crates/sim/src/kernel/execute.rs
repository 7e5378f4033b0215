//! Programs: fetch the next operation, carry it out.
//!
//! An operation that takes no time is a step of its own; so is the beginning of one that does. To add an
//! operation: an arm in [`fetch`](Machine::fetch) if user mode can do it alone, else one in
//! [`serve`](Machine::serve), and its system-call number in [`entry`](super::entry).

use super::entry::syscall_number;
use crate::cpu::{Doing, Stage};
use crate::event::{Cause, EndReason, Errno, EventKind, Wait, syscall};
use crate::machine::Machine;
use crate::program::Op;
use crate::scenario::TaskKind;
use crate::sink::Sink;
use crate::task::Ending;
use crate::time::Time;

/// The signal of a process that did what it may not: SIGSEGV, as x86 Linux answers a general protection fault.
pub(super) const SEGV: u8 = 11;

/// What follows the last operation.
const END: Op = Op::Exit(0);

impl Machine {
    /// The task of this CPU goes on: with its next reference or round of reclaim, or else with its next operation.
    pub(super) fn go_on(&mut self, cpu: usize, sink: &mut impl Sink) {
        let task = self.state.cpus[cpu].task;
        if self.is_referring(cpu) {
            self.refer(cpu, sink);
        } else if task.is_some() && self.state.memory.as_ref().is_some_and(|memory| memory.daemon == task) {
            self.begin_reclaim(cpu, sink);
        } else {
            self.fetch(cpu, sink);
        }
    }

    /// The task of this CPU goes on to its next operation; past the last one it exits.
    fn fetch(&mut self, cpu: usize, sink: &mut impl Sink) {
        let Some(task) = self.state.cpus[cpu].task else { unreachable!("nobody's operation") };
        let id = Some(self.state.cpus[cpu].id);
        let now = self.state.clock;
        let it = &mut self.state.tasks[task.index()];
        if it.operations_at != now {
            (it.operations, it.operations_at) = (0, now);
        }
        it.operations += 1;
        if it.operations > self.fixed.scenario.limits.zero_time_ops {
            let operations = it.operations;
            self.emit(sink, EventKind::Livelock { operations }, Some(task), id);
            self.state.ended = Some(EndReason::Livelock);
            self.emit(sink, EventKind::End(EndReason::Livelock), None, None);
            return;
        }
        let code = &self.fixed.codes[self.state.family.program(task) as usize];
        let next = code.next(&mut it.cursor).unwrap_or(&END);
        let (kind, position) = (it.kind, it.cursor.position());
        self.emit(sink, EventKind::Operation { position }, Some(task), id);
        match (next, kind) {
            (Op::Cpu(time), _) => self.state.tasks[task.index()].op_left = *time,
            (Op::Access(_) | Op::Refs(_), _) => {
                self.state.memory.get().threads[task.index()].done = Some(0);
            }
            (Op::Reclaim, _) => self.begin_reclaim(cpu, sink),
            (&Op::Privileged(instruction), TaskKind::User) => {
                self.emit(sink, EventKind::Violation { instruction }, Some(task), id);
                self.trap(cpu, Cause::Exception, Stage::Fault, sink);
            }
            // The kernel's own threads may do it, and nothing in this machine depends on it.
            (Op::Privileged(_), TaskKind::KernelThread) => {}
            (call, TaskKind::User) => {
                let cause = Cause::Syscall(syscall_number(call));
                self.trap(cpu, cause, Stage::Lookup, sink);
            }
            // A thread of the kernel calls it directly: no trap, no change of mode.
            (call, TaskKind::KernelThread) => {
                let then = match call {
                    Op::Syscall(_) => Stage::Lookup,
                    _ => Stage::Serve,
                };
                self.state.cpus[cpu].doing = Doing::Kernel { until: now, then };
            }
        }
    }

    /// Carries out what a stage of a kernel path says.
    pub(super) fn take_stage(&mut self, cpu: usize, stage: Stage, sink: &mut impl Sink) {
        match stage {
            Stage::Switch => self.context_switch(cpu, sink),
            Stage::Return | Stage::Resume => self.return_from_trap(cpu, sink),
            Stage::Lookup => self.look_up(cpu, sink),
            Stage::Serve => self.serve(cpu, sink),
            Stage::Slice => self.end_slice(cpu, sink),
            Stage::Fault => self.exit(cpu, Ending::Killed(SEGV), sink),
            Stage::Idle => self.resume_idle(cpu, sink),
            Stage::Refill => self.refill(cpu, sink),
            Stage::PageFault => self.classify_fault(cpu, sink),
            Stage::Allocate => self.handle_fault(cpu, sink),
            Stage::Fork => self.fork(cpu, sink),
        }
    }

    /// Carries out the system call that the task's operation makes.
    pub(super) fn serve(&mut self, cpu: usize, sink: &mut impl Sink) {
        let now = self.state.clock;
        match *self.operation(cpu) {
            Op::Mmap(ref mapping) => {
                let mapping = mapping.clone();
                self.map_region(cpu, &mapping, sink);
            }
            Op::Munmap(ref region) => {
                let region = region.clone();
                self.unmap_region(cpu, &region, sink);
            }
            Op::Io { device, time } => self.block_on_io(cpu, device, time, sink),
            Op::Sleep(time) => self.sleep(cpu, now + time, sink),
            Op::SleepUntil(at) => self.sleep(cpu, at.max(now), sink),
            Op::Yield | Op::Syscall(syscall::YIELD) => self.yield_cpu(cpu, sink),
            Op::Fork(_) => self.begin_fork(cpu, sink),
            Op::Wait(child) => self.wait_for_child(cpu, child, sink),
            Op::Kill { whom, signal } => self.send_signal(cpu, whom, signal, sink),
            Op::Exit(status) if self.may_exit(cpu) => self.exit(cpu, Ending::Exited(status), sink),
            Op::Exit(_) => self.fail(cpu, Errno::Ebusy, sink),
            Op::Syscall(syscall::EXIT) => self.exit(cpu, Ending::Exited(0), sink),
            Op::Cpu(_)
            | Op::Syscall(_)
            | Op::Privileged(_)
            | Op::Repeat { .. }
            | Op::Access(_)
            | Op::Refs(_)
            | Op::Reclaim => {
                unreachable!("user mode and the handler's table see to these")
            }
        }
    }

    /// The operation that the task of a CPU is carrying out.
    pub(super) fn operation(&self, cpu: usize) -> &Op {
        let Some(task) = self.state.cpus[cpu].task else { unreachable!("nobody's operation") };
        self.code(task).at(self.state.tasks[task.index()].cursor).unwrap_or(&END)
    }

    fn sleep(&mut self, cpu: usize, until: Time, sink: &mut impl Sink) {
        let task = self.block(cpu, Wait::Sleep, until, sink);
        self.state.alarms.push(task, (until.0, 0));
    }
}
