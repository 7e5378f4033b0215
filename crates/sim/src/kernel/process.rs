//! Processes make processes, wait for them, and are adopted (OSTEP 5; fork(2), wait(2), kill(2)).
//!
//! The child of a fork is ready in the same instant, with a pid of its own; it returns from the same call. Who ends leaves
//! a zombie until its parent has read the status with `wait`; its own children become init's, or whose the convention
//! `orphans` says. A parent that waits is woken by the end of a child and looks for it when it has a CPU again.

use std::num::NonZeroU32;

use crate::conventions::{ExitWithChildren, ForkOrder, Orphans};
use crate::cpu::{Doing, Stage};
use crate::event::{Errno, EventKind, MemoryEvent, ProcessEvent, Wait, Why};
use crate::ids::{Pid, TaskId};
use crate::machine::Machine;
use crate::program::Op;
use crate::program::process::Relative;
use crate::reason::Reason;
use crate::rules::RuleId;
use crate::scenario::TaskKind;
use crate::sched::Choice;
use crate::sink::Sink;
use crate::task::{Account, State, Task};
use crate::time::{Nanos, Time};

use super::entry::syscall_number;

impl Machine {
    /// `fork`: whether there is room for a child, and the time that it takes to make one.
    pub(super) fn begin_fork(&mut self, cpu: usize, sink: &mut impl Sink) {
        let spec = self.fixed.scenario.machine.fork;
        let is_there =
            |task: &&Task| task.kind == TaskKind::User && !matches!(task.state, State::New | State::Reaped);
        if self.state.tasks.iter().filter(is_there).count() >= spec.max_processes as usize {
            return self.fail(cpu, Errno::Eagain, sink);
        }
        let Some(parent) = self.state.cpus[cpu].task else { unreachable!("nobody forks") };
        let mut cost = spec.costs.task;
        if let Some(memory) = self.state.memory.as_ref() {
            if !spec.copy_on_write && !memory.can_copy(parent) {
                return self.fail(cpu, Errno::Enomem, sink);
            }
            let (tables, entries) = memory.to_copy(parent);
            cost += spec.costs.table.saturating_mul(tables) + spec.costs.entry.saturating_mul(entries);
            cost += spec.costs.flush;
            if !spec.copy_on_write {
                cost += spec.costs.copy.saturating_mul(entries);
            }
        }
        let until = self.state.clock + cost;
        self.state.cpus[cpu].doing = Doing::Kernel { until, then: Stage::Fork };
        if until == self.state.clock {
            self.fork(cpu, sink);
        }
    }

    /// `fork`: there is a child.
    pub(super) fn fork(&mut self, cpu: usize, sink: &mut impl Sink) {
        let Some(parent) = self.state.cpus[cpu].task else { unreachable!("nobody forks") };
        let on_write = self.fixed.scenario.machine.fork.copy_on_write;
        if self.state.memory.as_ref().is_some_and(|memory| !on_write && !memory.can_copy(parent)) {
            // Others have taken the frames in the meantime.
            return self.fail(cpu, Errno::Enomem, sink);
        }
        let child = self.beget(parent);
        self.tell_process(ProcessEvent::Fork { child }, Some(parent), Some(cpu), sink);
        if let Some(memory) = self.state.memory.as_mut() {
            let pages = memory.fork(parent, child, on_write) as u32;
            self.tell_memory(MemoryEvent::Inherited { pages }, Some(child), None, sink);
            if !on_write {
                self.watch_the_low_mark(sink);
            }
        }
        self.state.cpus[cpu].doing = Doing::Kernel { until: self.state.clock, then: Stage::Return };
        self.arrive(child, sink);
        if self.fixed.scenario.rules.fork_order == ForkOrder::ChildFirst {
            let reason = Reason { rule: RuleId::ForkOrder, runner_up: Some(parent), key: 0, other: 0 };
            self.state.sched.take(child);
            self.emit(sink, EventKind::preempt(child, reason), Some(parent), Some(self.state.cpus[cpu].id));
            self.deschedule(cpu, Why::Preempted, sink);
            self.dispatch(cpu, Choice { task: child, reason }, sink);
        }
    }

    /// A copy of a task enters the table as its child. What belongs to the one alone begins anew.
    fn beget(&mut self, parent: TaskId) -> TaskId {
        let id = TaskId::from_index(self.state.tasks.len());
        let it = &self.state.tasks[parent.index()];
        let code = self.code(parent);
        let cursor = code.child(it.cursor);
        let child = Task {
            id,
            pid: Pid(self.state.next_user_pid),
            parent: it.pid,
            state: State::New,
            since: self.state.clock,
            cursor,
            op_left: Nanos::ZERO,
            burst_left: code.burst_from(cursor),
            burst_run: Nanos::ZERO,
            cpu_left: code.cpu_from(cursor),
            last_cpu: None,
            user_registers_saved: false,
            kernel_registers_saved: false,
            ending: None,
            operations: 0,
            operations_at: Time::ZERO,
            account: Account::default(),
            ..*it
        };
        self.state.next_user_pid += 1;
        self.state.remaining += 1;
        self.state.tasks.push(child);
        self.state.family.fork(parent, id);
        self.state.devices.admit(id);
        id
    }

    /// `wait`: reads the status of a child that has ended, the one with the lowest pid of several, or waits for one.
    pub(super) fn wait_for_child(&mut self, cpu: usize, which: Option<NonZeroU32>, sink: &mut impl Sink) {
        let Some(task) = self.state.cpus[cpu].task else { unreachable!("nobody waits") };
        let children = self.awaited(task, which);
        let ended = |child: &TaskId| self.state.tasks[child.index()].state == State::Zombie;
        match children.iter().copied().filter(ended).min_by_key(|child| self.state.tasks[child.index()].pid) {
            Some(child) => {
                let status = self.lay_to_rest(child, sink);
                self.tell_process(ProcessEvent::Waited { child, status }, Some(task), Some(cpu), sink);
                self.state.cpus[cpu].doing = Doing::Kernel { until: self.state.clock, then: Stage::Return };
                self.state.family.set_waiting(task, false);
            }
            None if children.is_empty() => self.fail(cpu, Errno::Echild, sink),
            None => {
                self.state.family.set_waiting(task, true);
                self.block(cpu, Wait::Child, Time::NEVER, sink);
            }
        }
    }

    /// The children that a task waits for: all, or one of those that it forked.
    fn awaited(&self, task: TaskId, which: Option<NonZeroU32>) -> Vec<TaskId> {
        let children = self.state.family.children(task);
        match which {
            None => children.to_vec(),
            Some(nth) => {
                let child = self.state.family.forked(task, nth.get());
                child.into_iter().filter(|child| children.contains(child)).collect()
            }
        }
    }

    /// Whether a task is in the middle of `wait`.
    pub(super) fn is_waiting(&self, task: TaskId) -> bool {
        self.state.family.is_waiting(task)
    }

    /// `kill`
    pub(super) fn send_signal(&mut self, cpu: usize, whom: Relative, signal: u8, sink: &mut impl Sink) {
        let Some(task) = self.state.cpus[cpu].task else { unreachable!("nobody sends") };
        let to = match whom {
            Relative::Parent => self.state.family.parent(task),
            Relative::Child(nth) => self.state.family.forked(task, nth.get()),
        };
        // A zombie can still be sent a signal, which does nothing.
        let Some(to) = to.filter(|to| self.state.tasks[to.index()].state != State::Reaped) else {
            return self.fail(cpu, Errno::Esrch, sink);
        };
        self.tell_process(ProcessEvent::Signal { to, signal }, Some(task), Some(cpu), sink);
        self.state.cpus[cpu].doing = Doing::Kernel { until: self.state.clock, then: Stage::Return };
        if self.state.tasks[to.index()].is_live() {
            self.end_by_force(to, signal, sink);
        }
    }

    /// Whether the task of a CPU may end: everybody may, unless the machine keeps those that have children.
    pub(super) fn may_exit(&self, cpu: usize) -> bool {
        let Some(task) = self.state.cpus[cpu].task else { unreachable!("nobody exits") };
        let lives = |child: &TaskId| self.state.tasks[child.index()].is_live();
        self.fixed.scenario.rules.exit_with_children == ExitWithChildren::Orphans
            || !self.state.family.children(task).iter().any(lives)
    }

    /// The system call of a CPU's task changes nothing and says why.
    pub(super) fn fail(&mut self, cpu: usize, errno: Errno, sink: &mut impl Sink) {
        let call = syscall_number(self.operation(cpu));
        let task = self.state.cpus[cpu].task;
        self.tell_process(ProcessEvent::Failed { call, errno }, task, Some(cpu), sink);
        self.state.cpus[cpu].doing = Doing::Kernel { until: self.state.clock, then: Stage::Return };
    }

    /// Who has ended leaves children to others, and its status to its parent.
    pub(super) fn leave_family(&mut self, task: TaskId, sink: &mut impl Sink) {
        self.state.family.set_waiting(task, false);
        let family = &self.state.family;
        let (orphans, by) = match self.fixed.scenario.rules.orphans {
            Orphans::ToInit => (family.children(task).to_vec(), None),
            Orphans::ToGrandparent => (family.children(task).to_vec(), family.parent(task)),
            Orphans::FlattenToRoot => (family.descendants(task), Some(family.root(task))),
        };
        let by = by.filter(|by| self.state.tasks[by.index()].is_live());
        for orphan in orphans {
            self.state.family.adopt(orphan, by);
            self.state.tasks[orphan.index()].parent =
                by.map_or(Pid::INIT, |by| self.state.tasks[by.index()].pid);
            self.tell_process(ProcessEvent::Adopted { by }, Some(orphan), None, sink);
            if self.state.tasks[orphan.index()].state == State::Zombie {
                self.call_reaper(orphan, sink);
            }
        }
        self.call_reaper(task, sink);
    }

    /// The parent of a zombie learns of it: init reaps it in time, a task that waits for it wakes up.
    fn call_reaper(&mut self, zombie: TaskId, sink: &mut impl Sink) {
        let Some(parent) = self.state.family.parent(zombie) else {
            let at = self.state.clock + self.fixed.scenario.machine.reap_after;
            return self.state.reaps.push(zombie, (at.0, 0));
        };
        let it = &self.state.tasks[parent.index()];
        let which = match self.code(parent).at(it.cursor) {
            Some(Op::Wait(which)) => *which,
            _ => None,
        };
        if it.state == State::Blocked(Wait::Child) && self.awaited(parent, which).contains(&zombie) {
            self.wake(parent, Wait::Child, sink);
        }
    }

    /// Tells what happened between processes.
    fn tell_process(
        &self,
        event: ProcessEvent,
        task: Option<TaskId>,
        cpu: Option<usize>,
        sink: &mut impl Sink,
    ) {
        self.emit(sink, EventKind::Process(event), task, cpu.map(|cpu| self.state.cpus[cpu].id));
    }
}
