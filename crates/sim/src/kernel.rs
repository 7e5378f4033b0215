//! The kernel: what happens in an instant, and in which order.
//!
//! An instant is a sequence of rounds. A round asks, in a fixed order, who has something due:
//!
//! | turn | what |
//! |---|---|
//! | CPUs | operations and kernel paths that end; a task goes on at once with what takes no time |
//! | four phases | completions, arrivals, slice ends, periodic work, in the order of the convention `instant_order` |
//! | decisions | free CPUs take a task; a better task takes a CPU; the chosen run what takes no time |
//!
//! Every item handled is one step. When a round has found nothing, init reaps, inputs from outside are applied, and
//! then the clock moves to the next thing due. Idle time costs nothing: there are no empty ticks.
//!
//! Where to find what: [`decide`] picks and preempts, [`execute`] carries out programs, [`entry`] enters and leaves
//! the kernel, [`life`] admits, blocks, wakes and buries tasks, [`process`] forks and waits, [`input`] does what comes
//! from outside. Memory:
//! [`reference`](mod@reference) has programs refer to it, [`hits`] does so quickly, [`fault`] handles what is not there, [`reclaim`] makes room, [`load`] lets processes in.

mod decide;
mod entry;
mod execute;
mod fault;
mod hits;
mod input;
mod life;
mod load;
mod process;
mod reclaim;
mod reference;

pub(crate) use reference::Plan;

use crate::conventions::Phase;
use crate::cpu::{Doing, Stage};
use crate::event::{BootStage, Detail, EndReason, Event, EventKind};
use crate::ids::{CpuId, TaskId};
use crate::machine::Machine;
use crate::scenario::{InputAction, TaskKind, Timer};
use crate::sink::Sink;
use crate::task::State;
use crate::time::{Nanos, Time};

/// Where in its round the machine is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Agenda {
    turn: Turn,
    /// Whether this round has found something.
    busy: bool,
}

/// The turns of a round.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
enum Turn {
    #[default]
    TrapTable,
    StartTimer,
    Cpus,
    Phase(u8),
    Decide,
    /// The round is over.
    Over,
}

impl Machine {
    /// Takes one step, unless the run is over or the next step lies behind the horizon. Says whether it did.
    #[inline]
    pub(crate) fn advance(&mut self, horizon: Time, sink: &mut impl Sink) -> bool {
        if self.state.ended.is_some() {
            return false;
        }
        let limits = self.fixed.scenario.limits;
        if self.state.steps + 1 >= limits.steps {
            self.end(EndReason::StepLimit, sink);
            return true;
        }
        let mut agenda = self.state.agenda;
        let mut quiet = agenda;
        // When the next thing is due, once that has been looked for: until something is found, nothing changes.
        let mut due = None;
        loop {
            if self.take_turn(&mut agenda, sink) {
                self.state.agenda = Agenda { busy: true, ..agenda };
                self.state.steps += 1;
                return true;
            }
            agenda = match agenda.turn {
                Turn::TrapTable => Agenda { turn: Turn::StartTimer, ..agenda },
                Turn::Cpus => Agenda { turn: Turn::Phase(0), ..agenda },
                Turn::Phase(_) => Agenda { turn: Turn::Decide, ..agenda },
                // Another round would find nothing if nothing is due: the decisions were the last turn of this one.
                Turn::Decide if !agenda.busy => Agenda::OVER,
                Turn::Decide if *due.get_or_insert_with(|| self.next_due()) > self.state.clock => {
                    Agenda::OVER
                }
                Turn::StartTimer | Turn::Decide => Agenda::ROUND,
                Turn::Over if agenda.busy => Agenda::ROUND,
                Turn::Over => {
                    let (next, ending) = self.what_next(due.take());
                    if next > horizon {
                        self.state.agenda = quiet;
                        return false;
                    }
                    self.pass_time(next);
                    if let Some(reason) = ending {
                        self.state.agenda = agenda;
                        self.end(reason, sink);
                        return true;
                    }
                    quiet = Agenda::ROUND;
                    Agenda::ROUND
                }
            };
        }
    }

    /// Handles the next item of this turn that is due; says whether there was one.
    fn take_turn(&mut self, agenda: &mut Agenda, sink: &mut impl Sink) -> bool {
        match agenda.turn {
            Turn::TrapTable => {
                agenda.turn = Turn::StartTimer;
                self.emit(sink, EventKind::Boot(BootStage::TrapTable), None, None);
                true
            }
            Turn::StartTimer => {
                *agenda = Agenda::ROUND;
                let timer = self.fixed.scenario.machine.timer != Timer::Off;
                if timer {
                    self.emit(sink, EventKind::Boot(BootStage::StartTimer), None, None);
                }
                timer
            }
            Turn::Cpus => self.next_on_cpus(sink),
            Turn::Phase(first) => (first..4).any(|phase| {
                agenda.turn = Turn::Phase(phase);
                self.take_phase(phase, sink)
            }),
            Turn::Decide => self.decide(sink),
            Turn::Over => !agenda.busy && (self.reap(sink) || self.apply_input(sink)),
        }
    }

    /// Handles the next item of one of the four phases.
    fn take_phase(&mut self, phase: u8, sink: &mut impl Sink) -> bool {
        match self.fixed.scenario.rules.instant_order.0[usize::from(phase)] {
            Phase::Completions => self.complete_request(sink),
            Phase::Arrivals => self.ring_alarm(sink),
            Phase::Expiries => self.expire_slice(sink),
            Phase::Periodic => self.periodic(sink),
        }
    }

    /// When the next thing is due, `due` if that is known, and whether the run ends there.
    fn what_next(&self, due: Option<Time>) -> (Time, Option<EndReason>) {
        let added = self.fixed.scenario.inputs[self.state.inputs_done..]
            .iter()
            .any(|input| matches!(input.action, InputAction::Add(_)));
        if self.state.remaining == 0 && !added {
            return (self.state.clock, Some(EndReason::Done));
        }
        let next = due.unwrap_or_else(|| self.next_due());
        match self.fixed.scenario.limits.until {
            Some(until) if next > until => (until, Some(EndReason::TimeLimit)),
            _ if next == Time::NEVER => (self.state.clock, Some(EndReason::Stuck)),
            _ => (next, None),
        }
    }

    /// When the next thing is due.
    fn next_due(&self) -> Time {
        let state = &self.state;
        let now = state.clock;
        let ticking = self.fixed.scenario.machine.timer != Timer::Off;
        let on_cpus = state.cpus.iter().map(|cpu| match (cpu.doing, cpu.task) {
            (Doing::User, Some(task)) => {
                let done = now + state.tasks[task.index()].op_left;
                if ticking { done.min(cpu.slice_end).min(cpu.next_tick) } else { done }
            }
            (Doing::Kernel { until, .. } | Doing::Reference { until }, _) => until,
            _ => Time::NEVER,
        });
        let listening = self.interruptible_at();
        let input = self.fixed.scenario.inputs.get(state.inputs_done).map_or(Time::NEVER, |input| input.at);
        let reap = state.reaps.first().map_or(Time::NEVER, |(_, (at, _))| Time(at));
        let alarm = state.alarms.first().map_or(Time::NEVER, |(task, (at, _))| {
            let sleeps = state.tasks[task.index()].state != State::New;
            if sleeps { Time(at).max(listening) } else { Time(at) }
        });
        let completion = state.devices.next_completion().max(listening);
        let first = completion.min(alarm).min(state.sched.next_periodic()).min(input).min(reap);
        on_cpus.fold(first, Time::min)
    }

    /// Lets the clock run to an instant and books the time that passes.
    fn pass_time(&mut self, to: Time) {
        let passed = to.since(self.state.clock);
        self.state.clock = to;
        if passed.is_zero() {
            return;
        }
        for cpu in 0..self.state.cpus.len() {
            self.book(cpu, passed);
            let doing = &mut self.state.cpus[cpu].doing;
            if matches!(doing, Doing::Reference { until } if *until <= to) {
                *doing = Doing::User;
            }
        }
    }

    /// Books time that has passed on one CPU.
    fn book(&mut self, cpu: usize, passed: Nanos) {
        let state = &mut self.state;
        let cpu = &state.cpus[cpu];
        let totals = &mut state.totals;
        match (cpu.doing, cpu.task) {
            (Doing::Idle, _) => {
                if cpu.held_for.is_some() {
                    totals.iowait += passed;
                }
            }
            (Doing::User | Doing::Reference { .. }, Some(id)) => {
                let task = &mut state.tasks[id.index()];
                task.op_left = task.op_left.saturating_sub(passed);
                task.burst_run += passed;
                task.burst_left = less(task.burst_left, passed);
                task.cpu_left = less(task.cpu_left, passed);
                task.account.cpu += passed;
                state.sched.charge(task, passed);
                match task.kind {
                    TaskKind::User => totals.user += passed,
                    TaskKind::KernelThread => totals.kernel += passed,
                }
            }
            (Doing::Kernel { .. }, Some(id))
                if matches!(state.tasks[id.index()].state, State::Switching(_)) =>
            {
                totals.switching += passed;
                if let Some(payer) = decide::switch_payer(&self.fixed.scenario.rules, cpu) {
                    state.tasks[payer.index()].account.kernel += passed;
                }
            }
            (Doing::Kernel { .. }, task) => {
                totals.kernel += passed;
                if let Some(id) = task {
                    state.tasks[id.index()].account.kernel += passed;
                }
            }
            (Doing::User | Doing::Reference { .. }, None) => unreachable!("a CPU runs nobody's program"),
        }
    }

    /// Ends the run.
    fn end(&mut self, reason: EndReason, sink: &mut impl Sink) {
        self.state.steps += 1;
        self.state.ended = Some(reason);
        self.emit(sink, EventKind::End(reason), None, None);
    }

    /// Tells what happened, if anybody wants to know at that detail.
    #[inline]
    pub(crate) fn emit<S: Sink>(
        &self,
        sink: &mut S,
        kind: EventKind,
        task: Option<TaskId>,
        cpu: Option<CpuId>,
    ) {
        if S::DETAIL != Detail::Totals && kind.detail() <= S::DETAIL {
            sink.event(Event { at: self.state.clock, kind, task, cpu });
        }
    }

    /// The turn of the CPUs: paths and operations that end, and what takes no time after them.
    fn next_on_cpus(&mut self, sink: &mut impl Sink) -> bool {
        let now = self.state.clock;
        for cpu in 0..self.state.cpus.len() {
            let it = &self.state.cpus[cpu];
            match it.doing {
                Doing::User
                    if self.op_is_done(cpu) && (!self.is_referring(cpu) || self.refers_at_once(cpu)) =>
                {
                    self.go_on(cpu, sink);
                    return true;
                }
                Doing::Kernel { until, then } if until <= now && self.goes_on_at_once(cpu, then) => {
                    self.take_stage(cpu, then, sink);
                    return true;
                }
                _ => {}
            }
        }
        false
    }

    /// Whether a stage belongs to the turn of the CPUs. Slices end in their own phase; and user mode resumes
    /// after the decisions, unless a system call took no time at all.
    fn goes_on_at_once(&self, cpu: usize, stage: Stage) -> bool {
        match stage {
            Stage::Slice | Stage::Resume => false,
            Stage::Return => {
                let task = self.state.cpus[cpu].task;
                let running = task
                    .is_some_and(|task| matches!(self.state.tasks[task.index()].state, State::Running(_)));
                running && self.state.costs.mode_switch.is_zero()
            }
            Stage::Switch
            | Stage::Lookup
            | Stage::Serve
            | Stage::Fault
            | Stage::Idle
            | Stage::Refill
            | Stage::PageFault
            | Stage::Allocate
            | Stage::Fork => true,
        }
    }

    /// Whether the task of a CPU in user mode wants its next operation.
    fn op_is_done(&self, cpu: usize) -> bool {
        let task = self.state.cpus[cpu].task;
        task.is_some_and(|task| self.state.tasks[task.index()].op_left.is_zero())
    }
}

impl Agenda {
    /// A round that has not found anything yet.
    const ROUND: Agenda = Agenda { turn: Turn::Cpus, busy: false };
    /// A round that has found the last thing of its instant.
    const OVER: Agenda = Agenda { turn: Turn::Over, busy: false };
}

/// What is left of a length that may be endless.
fn less(left: Nanos, passed: Nanos) -> Nanos {
    if left == Nanos::FOREVER { left } else { left.saturating_sub(passed) }
}
