//! The figures of a run, added up from its events and from nothing else.
//!
//! The machine counts the same things for itself, and what is shown are the machine's counters; the tests hold the two
//! against each other. Definitions (OSTEP 7.2, 7.6; OSC 5.2): turnaround is completion less arrival,
//! response is first run less arrival, waiting is what the scenario's convention says, latency is the time between
//! becoming ready and being chosen.

use kernelscope_sim::conventions::{SwitchChargedTo, WaitingCounts};
use kernelscope_sim::event::{Cause, Event, EventKind};
use kernelscope_sim::ids::{CpuId, TaskId};
use kernelscope_sim::scenario::{InputAction, Scenario, TaskKind};
use kernelscope_sim::task::{Account, Departure};
use kernelscope_sim::time::{Nanos, Time};
use kernelscope_sim::totals::Totals;

/// The figures so far.
#[derive(Clone, Debug)]
pub(crate) struct Figures {
    now: Time,
    waiting_counts: WaitingCounts,
    switch_charged_to: SwitchChargedTo,
    cpus: Vec<OnCpu>,
    tasks: Vec<OfTask>,
    totals: Totals,
}

/// What is known of a CPU.
#[derive(Clone, Copy, Debug, Default)]
struct OnCpu {
    task: Option<TaskId>,
    last: Option<(TaskId, Departure)>,
    /// Whether the kernel is at work.
    in_kernel: bool,
    held: Option<TaskId>,
    /// When the last switch is over.
    switched_at: Time,
}

/// What is known of a task.
#[derive(Clone, Debug, Default)]
pub(crate) struct OfTask {
    /// What is counted of it.
    pub(crate) account: Account,
    /// The time that devices and clocks needed for it, queues not included: what it would wait alone.
    pub(crate) served: Nanos,
    /// Whether it is ready, and since when.
    pub(crate) ready_since: Option<Time>,
    /// Whether it is blocked, and since when.
    pub(crate) blocked_since: Option<Time>,
    kind: TaskKind,
    switching_since: Option<Time>,
    cpu: Option<CpuId>,
    /// Whether it waits in the queue of a device.
    queued: bool,
    /// Whether a signal is about to end it.
    signalled: bool,
}

impl Figures {
    /// The figures of a machine that has not taken a step.
    pub(crate) fn new(scenario: &Scenario) -> Figures {
        let added = scenario.inputs.iter().filter_map(|input| match &input.action {
            InputAction::Add(process) => Some(process),
            InputAction::Kill(_) | InputAction::Set { .. } => None,
        });
        let task = |kind| OfTask { kind, ..OfTask::default() };
        Figures {
            now: Time::ZERO,
            waiting_counts: scenario.rules.waiting_counts,
            switch_charged_to: scenario.rules.switch_charged_to,
            cpus: vec![OnCpu::default(); usize::from(scenario.machine.cpus)],
            tasks: scenario.processes.iter().chain(added).map(|process| task(process.kind)).collect(),
            totals: Totals::default(),
        }
    }

    /// The counters of the run.
    pub(crate) fn totals(&self) -> &Totals {
        &self.totals
    }

    /// The tasks, by id; those that inputs have yet to add included.
    pub(crate) fn tasks(&self) -> &[OfTask] {
        &self.tasks
    }

    /// Takes one event. Says how long the task had been ready, if it was chosen for a CPU.
    pub(crate) fn event(&mut self, event: &Event) -> Option<Nanos> {
        self.pass_time(event.at);
        let Event { at, kind, task, cpu } = *event;
        match (kind, task, cpu) {
            (EventKind::KernelEntry { cause, cost }, task, Some(cpu)) => {
                self.enter_kernel(at, cpu, task, cause, cost);
            }
            (EventKind::Idle, _, Some(cpu)) => self.cpus[cpu.index()].in_kernel = false,
            (EventKind::Dispatch { .. }, Some(task), Some(cpu)) => return Some(self.dispatch(at, task, cpu)),
            (EventKind::ContextSwitch { cost, .. }, Some(task), Some(cpu)) => {
                self.cpus[cpu.index()].switched_at = at + cost;
                if cost.is_zero() {
                    self.settle(at, task);
                }
            }
            (EventKind::Run, Some(task), Some(cpu)) => self.run(at, task, cpu),
            (EventKind::Hold, Some(task), Some(cpu)) => {
                let it = &mut self.cpus[cpu.index()];
                (it.held, it.in_kernel) = (Some(task), false);
            }
            (EventKind::Arrive, Some(task), _) => self.arrive(at, task),
            (EventKind::Preempt { .. } | EventKind::SliceEnd { .. }, Some(task), _) => {
                self.deschedule(at, task, Departure::Involuntary);
            }
            (EventKind::Yield, Some(task), _) => self.deschedule(at, task, Departure::Voluntary),
            (EventKind::Block { until, .. }, Some(task), _) => self.block(at, task, until),
            (EventKind::IoStart { until, .. }, Some(task), _) => {
                let it = &mut self.tasks[task.index()];
                if std::mem::take(&mut it.queued) {
                    it.served += until.since(at);
                }
            }
            (EventKind::Wake { .. }, Some(task), _) => {
                let it = self.settle(at, task);
                it.account.woken += 1;
                it.ready_since = Some(at);
            }
            (EventKind::Signal { .. }, Some(task), _) => self.tasks[task.index()].signalled = true,
            (EventKind::Exit { .. } | EventKind::Killed { .. }, Some(task), _) => self.end(at, task),
            _ => {}
        }
        None
    }

    /// Books the time that has passed on every CPU.
    fn pass_time(&mut self, to: Time) {
        let passed = to.since(self.now);
        self.now = to;
        if passed.is_zero() {
            return;
        }
        for cpu in &self.cpus {
            let totals = &mut self.totals;
            let Some(id) = cpu.task else {
                match (cpu.in_kernel, cpu.held) {
                    (true, _) => totals.kernel += passed,
                    (false, Some(_)) => totals.iowait += passed,
                    (false, None) => {}
                }
                continue;
            };
            let task = &mut self.tasks[id.index()];
            if task.switching_since.is_some() {
                totals.switching += passed;
                let payer = match self.switch_charged_to {
                    SwitchChargedTo::Incoming => Some(id),
                    SwitchChargedTo::Outgoing => cpu.last.map(|(last, _)| last),
                    SwitchChargedTo::Nobody => None,
                };
                if let Some(payer) = payer {
                    self.tasks[payer.index()].account.kernel += passed;
                }
            } else if cpu.in_kernel {
                totals.kernel += passed;
                task.account.kernel += passed;
            } else {
                task.account.cpu += passed;
                match task.kind {
                    TaskKind::User => totals.user += passed,
                    TaskKind::KernelThread => totals.kernel += passed,
                }
            }
        }
    }

    fn enter_kernel(&mut self, at: Time, cpu: CpuId, task: Option<TaskId>, cause: Cause, cost: Nanos) {
        if let Some(task) = task.filter(|task| self.tasks[task.index()].switching_since.is_some()) {
            // An interrupt makes the switch that it falls into longer; one at its end is no part of it.
            let it = &mut self.cpus[cpu.index()];
            if it.switched_at > at {
                it.switched_at = it.switched_at + cost;
            } else {
                self.settle(at, task);
            }
        }
        let it = &mut self.cpus[cpu.index()];
        let user = task.is_some_and(|task| self.tasks[task.index()].kind == TaskKind::User);
        self.totals.mode_switches += u64::from(user && !it.in_kernel);
        it.in_kernel |= task.is_some() || !cost.is_zero();
        match cause {
            Cause::Syscall(_) => self.totals.syscalls += 1,
            Cause::Exception | Cause::PageFault | Cause::TlbMiss => self.totals.exceptions += 1,
            Cause::Timer | Cause::Device(_) | Cause::Reschedule => self.totals.interrupts += 1,
        }
    }

    fn dispatch(&mut self, at: Time, task: TaskId, cpu: CpuId) -> Nanos {
        let it = &mut self.tasks[task.index()];
        let waited = at.since(it.ready_since.unwrap_or(at));
        let migrates = it.cpu.is_some_and(|last| last != cpu);
        it.account.dispatched += 1;
        it.account.slices += 1;
        it.account.migrations += u64::from(migrates);
        it.cpu = Some(cpu);
        self.settle(at, task).switching_since = Some(at);

        let totals = &mut self.totals;
        totals.dispatches += 1;
        totals.slices += 1;
        totals.migrations += u64::from(migrates);
        totals.latency_sum += waited.0;
        totals.latency_max = totals.latency_max.max(waited);
        self.release(task);
        let (on_cpu, totals) = (&mut self.cpus[cpu.index()], &mut self.totals);
        (on_cpu.task, on_cpu.in_kernel) = (Some(task), true);
        let other = on_cpu.last.filter(|(last, _)| *last != task);
        if let Some((outgoing, departure)) = other {
            let account = &mut self.tasks[outgoing.index()].account;
            let (of_run, of_task) = match departure {
                Departure::Voluntary => (&mut totals.voluntary, &mut account.voluntary),
                Departure::Involuntary => (&mut totals.involuntary, &mut account.involuntary),
            };
            totals.context_switches += 1;
            *of_run += 1;
            *of_task += 1;
        } else {
            self.settle(at, task);
        }
        waited
    }

    fn run(&mut self, at: Time, task: TaskId, cpu: CpuId) {
        self.cpus[cpu.index()].in_kernel = false;
        let account = &mut self.settle(at, task).account;
        if account.first_run.is_none() {
            account.first_run = Some(at);
            let arrival = account.arrival.unwrap_or(at);
            self.totals.started += 1;
            self.totals.response_sum += at.since(arrival).0;
        }
    }

    fn arrive(&mut self, at: Time, task: TaskId) {
        let it = &mut self.tasks[task.index()];
        it.account.arrival = Some(at);
        it.account.admitted += 1;
        it.ready_since = Some(at);
        self.totals.arrived += 1;
        self.totals.first_arrival = self.totals.first_arrival.or(Some(at));
    }

    fn deschedule(&mut self, at: Time, task: TaskId, departure: Departure) {
        self.leave_cpu(task, departure);
        let it = self.settle(at, task);
        it.account.descheduled += 1;
        it.ready_since = Some(at);
    }

    fn block(&mut self, at: Time, task: TaskId, until: Time) {
        self.leave_cpu(task, Departure::Voluntary);
        let it = self.settle(at, task);
        it.account.went_blocked += 1;
        it.blocked_since = Some(at);
        it.queued = until == Time::NEVER;
        if !it.queued {
            it.served += until.since(at);
        }
    }

    fn end(&mut self, at: Time, task: TaskId) {
        let signalled = self.tasks[task.index()].signalled;
        self.leave_cpu(task, if signalled { Departure::Involuntary } else { Departure::Voluntary });
        self.release(task);
        let waiting_counts = self.waiting_counts;
        let account = &mut self.settle(at, task).account;
        account.completion = Some(at);
        let turnaround = at.since(account.arrival.unwrap_or(at));
        let waiting = match waiting_counts {
            WaitingCounts::Ready => account.ready,
            WaitingCounts::NotRunning => turnaround.saturating_sub(account.cpu),
        };
        self.totals.finished += 1;
        self.totals.last_completion = Some(at);
        self.totals.turnaround_sum += turnaround.0;
        self.totals.waiting_sum += waiting.0;
    }

    /// The task gives up its CPU, if it has one.
    fn leave_cpu(&mut self, task: TaskId, departure: Departure) {
        if let Some(cpu) = self.cpus.iter_mut().find(|cpu| cpu.task == Some(task)) {
            *cpu = OnCpu { last: Some((task, departure)), ..OnCpu::default() };
        }
    }

    /// No CPU is held for the task any more.
    fn release(&mut self, task: TaskId) {
        for cpu in &mut self.cpus {
            cpu.held = cpu.held.filter(|held| *held != task);
        }
    }

    /// Books the time in the state that the task leaves.
    fn settle(&mut self, at: Time, task: TaskId) -> &mut OfTask {
        let it = &mut self.tasks[task.index()];
        if let Some(since) = it.ready_since.take() {
            let passed = at.since(since);
            it.account.ready += passed;
            it.account.longest_ready = it.account.longest_ready.max(passed);
        }
        if let Some(since) = it.blocked_since.take() {
            it.account.blocked += at.since(since);
        }
        if let Some(since) = it.switching_since.take() {
            it.account.switching += at.since(since);
        }
        it
    }
}
