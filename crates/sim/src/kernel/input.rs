//! What is done to the machine from outside: kill a task, change a parameter, add a task.
//!
//! Inputs are part of the scenario, so a run with them is as reproducible as one without. One that no longer
//! applies is an event, not an error. A change of a parameter writes the machine's own copy, never the scenario.

use std::sync::Arc;

use crate::cpu::Doing;
use crate::event::{EventKind, Wait};
use crate::ids::{CpuId, TaskId};
use crate::machine::Machine;
use crate::scenario::{Input, InputAction, Param};
use crate::sink::Sink;
use crate::task::{Departure, Ending, State};
use crate::time::Nanos;
use crate::validate::bounds;

/// The signal that nobody survives: SIGKILL.
pub(super) const KILL: u8 = 9;

impl Machine {
    /// Applies the next input that is due.
    pub(super) fn apply_input(&mut self, sink: &mut impl Sink) -> bool {
        let place = self.state.inputs_done;
        if self.fixed.scenario.inputs.get(place).is_none_or(|input| input.at > self.state.clock) {
            return false;
        }
        let scenario = Arc::clone(&self.fixed.scenario);
        let input = &scenario.inputs[place];
        self.state.inputs_done += 1;
        let applied = match &input.action {
            InputAction::Kill(task) => self.kill(*task, sink),
            InputAction::Set { param, value } => self.set(*param, *value, sink),
            InputAction::Add(process) => {
                let is_add = |input: &&Input| matches!(input.action, InputAction::Add(_));
                let before = scenario.inputs[..place].iter().filter(is_add).count();
                let task = self.create((scenario.processes.len() + before) as u32, process);
                self.arrive(task, sink);
                true
            }
        };
        if !applied {
            let input = u32::try_from(place).unwrap_or(u32::MAX);
            self.emit(sink, EventKind::InputIgnored { input }, None, None);
        }
        true
    }

    /// Ends a task wherever it is. Simplified: it takes no CPU time and does not wait for the task's return to
    /// user mode.
    fn kill(&mut self, task: TaskId, sink: &mut impl Sink) -> bool {
        let Some(task) = self.live(task) else { return false };
        self.emit(sink, EventKind::Signal { signal: KILL }, Some(task), None);
        self.end_by_force(task, KILL, sink);
        true
    }

    /// The task that an input means, if it lives: of those of the scenario, which have their ids by their places.
    fn live(&self, listed: TaskId) -> Option<TaskId> {
        let task = self.state.family.listed(listed)?;
        self.state.tasks.get(task.index()).filter(|task| task.is_live()).map(|task| task.id)
    }

    /// Ends a task that has arrived and not ended, wherever it is.
    pub(super) fn end_by_force(&mut self, task: TaskId, signal: u8, sink: &mut impl Sink) {
        let state = self.state.tasks[task.index()].state;
        match state {
            State::Ready => self.state.sched.dequeue(task),
            State::Switching(cpu) | State::Running(cpu) => {
                self.leave_cpu(cpu.index(), Departure::Involuntary);
            }
            State::Blocked(_) => {
                self.state.alarms.remove(task);
                // What is being written belongs to others: the disk goes on with that.
                if state != State::Blocked(Wait::PageOut) {
                    let freed = self.state.devices.cancel(task);
                    self.serve_next(freed, sink);
                }
            }
            State::SwappedOut => {}
            State::New | State::Zombie | State::Reaped => unreachable!("not live"),
        }
        self.emit(sink, EventKind::Killed { signal }, Some(task), cpu_of(state));
        self.bury(task, Ending::Killed(signal), sink);
        self.release_held(task, sink);
    }

    /// No CPU is held for a task any more.
    pub(super) fn release_held(&mut self, task: TaskId, sink: &mut impl Sink) {
        for cpu in 0..self.state.cpus.len() {
            if self.state.cpus[cpu].held_for == Some(task) {
                self.state.cpus[cpu].held_for = None;
                if self.state.cpus[cpu].doing == Doing::Idle {
                    self.resume_idle(cpu, sink);
                }
            }
        }
    }

    fn set(&mut self, param: Param, value: u64, sink: &mut impl Sink) -> bool {
        let costs = &mut self.state.costs;
        let applied = match param {
            Param::ModeSwitch => assign(&mut costs.mode_switch, value),
            Param::TimerHandler => assign(&mut costs.timer_handler, value),
            Param::ProcessSwitch => assign(&mut costs.process_switch, value),
            Param::ThreadSwitch => assign(&mut costs.thread_switch, value),
            Param::Priority(task) => {
                let Some(task) = self.live(task) else { return false };
                let Ok(priority @ 0..=bounds::PRIORITY) = u32::try_from(value) else { return false };
                self.state.tasks[task.index()].priority = priority;
                self.set_policy(Param::Priority(task), value)
            }
            _ => self.set_policy(param, value),
        };
        if applied {
            self.emit(sink, EventKind::Set { param, value }, None, None);
        }
        applied
    }

    fn set_policy(&mut self, param: Param, value: u64) -> bool {
        let (sched, ctx) = self.policy();
        sched.set(&ctx, param, value)
    }
}

fn assign(cost: &mut Nanos, value: u64) -> bool {
    let fits = value <= Nanos::MAX.0;
    if fits {
        *cost = Nanos(value);
    }
    fits
}

fn cpu_of(state: State) -> Option<CpuId> {
    match state {
        State::Switching(cpu) | State::Running(cpu) => Some(cpu),
        _ => None,
    }
}
