//! Programs: fetch the next operation, carry it out.
//!
//! An operation that takes no time is a step of its own; so is the beginning of one that does. To add an
//! operation: an arm in [`fetch`](Machine::fetch) if user mode can do it alone, else one in
//! [`serve`](Machine::serve), and its system-call number in [`entry`](super::entry).

use super::entry::syscall_number;
use crate::cpu::{Doing, Stage};
use crate::event::{Cause, EndReason, EventKind, Wait};
use crate::machine::Machine;
use crate::program::code::Instruction;
use crate::scenario::TaskKind;
use crate::sink::Sink;
use crate::task::Ending;
use crate::time::Time;

/// The signal of a process that did what it may not: SIGSEGV, as x86 Linux answers a general protection fault.
const SEGV: u8 = 11;

impl Machine {
    /// The task of this CPU goes on to its next operation; past the last one it exits.
    pub(super) fn fetch(&mut self, cpu: usize, sink: &mut impl Sink) {
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
        let next = self.fixed.codes[task.index()].next(&mut it.cursor);
        let (kind, position) = (it.kind, it.cursor.position());
        self.emit(sink, EventKind::Operation { position }, Some(task), id);
        match (next.unwrap_or(Instruction::Exit(0)), kind) {
            (Instruction::Cpu(time), _) => self.state.tasks[task.index()].op_left = time,
            (Instruction::Privileged(instruction), TaskKind::User) => {
                self.emit(sink, EventKind::Violation { instruction }, Some(task), id);
                self.trap(cpu, Cause::Exception, Stage::Fault, sink);
            }
            // The kernel's own threads may do it, and nothing in this machine depends on it.
            (Instruction::Privileged(_), TaskKind::KernelThread) => {}
            (call, TaskKind::User) => {
                let cause = Cause::Syscall(syscall_number(call));
                self.trap(cpu, cause, Stage::Lookup(call), sink);
            }
            // A thread of the kernel calls it directly: no trap, no change of mode.
            (call, TaskKind::KernelThread) => {
                let then = match call {
                    Instruction::Syscall(_) => Stage::Lookup(call),
                    _ => Stage::Serve(call),
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
            Stage::Lookup(call) => self.look_up(cpu, call, sink),
            Stage::Serve(call) => self.serve(cpu, call, sink),
            Stage::Slice => self.end_slice(cpu, sink),
            Stage::Fault => self.exit(cpu, Ending::Killed(SEGV), sink),
            Stage::Idle => self.resume_idle(cpu, sink),
        }
    }

    /// Carries out a system call.
    fn serve(&mut self, cpu: usize, call: Instruction, sink: &mut impl Sink) {
        let now = self.state.clock;
        match call {
            Instruction::Io { device, time } => self.block_on_io(cpu, device, time, sink),
            Instruction::Sleep(time) => self.sleep(cpu, now + time, sink),
            Instruction::SleepUntil(at) => self.sleep(cpu, at.max(now), sink),
            Instruction::Yield => self.yield_cpu(cpu, sink),
            Instruction::Exit(status) => self.exit(cpu, Ending::Exited(status), sink),
            Instruction::Cpu(_) | Instruction::Syscall(_) | Instruction::Privileged(_) => {
                unreachable!("user mode and the handler's table see to these")
            }
        }
    }

    fn sleep(&mut self, cpu: usize, until: Time, sink: &mut impl Sink) {
        let task = self.block(cpu, Wait::Sleep, until, sink);
        self.state.alarms.push(task, (until.0, 0));
    }
}
