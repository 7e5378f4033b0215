//! What a scenario must be for a machine to run it.
//!
//! The types already exclude most nonsense; this is the rest: ranges, names, references and what has to go
//! together. Everything that is wrong is reported at once, at the paths of the scenario file, in terms of the
//! scenario's own lists (`processes[2]` is the third task).

mod extent;
mod memory;

use std::collections::BTreeSet;

use crate::diagnostic::{Allowed, Code, Diagnostic};
use crate::family::forks;
use crate::mem::spec::{Mmu, Scope};
use crate::program::limits::{NESTING, OPERATIONS};
use crate::program::{Program, parse};
use crate::scenario::{
    Aging, DeviceSpec, Estimate, Input, InputAction, MachineSpec, MlfqSpec, Param, PolicySpec, ProcessSpec,
    Scenario, TaskKind, Timer,
};
use crate::time::{Nanos, Time};
use extent::Extent;

/// The bounds of what a scenario may hold. Ranges include both ends.
pub mod bounds {
    pub use super::memory::bounds as memory;

    /// Processors.
    pub const CPUS: u16 = 64;
    /// Shared devices.
    pub const DEVICES: usize = 64;
    /// Requests that a device works on at a time.
    pub const SERVERS: u16 = 64;
    /// Tasks of a scenario file, without those that inputs add. The machine itself has no limit.
    pub const TASKS: u32 = 10_000;
    /// User processes at one time, those included that others have forked.
    pub const PROCESSES: u32 = 100_000;
    /// Inputs.
    pub const INPUTS: usize = 10_000;
    /// Characters in a name.
    pub const NAME: usize = 24;
    /// The pid of the first user process.
    pub const FIRST_PID: (u32, u32) = (3, 1_000_000);
    /// How far a task stands back for others.
    pub const NICE: (i8, i8) = (-20, 19);
    /// The largest priority number.
    pub const PRIORITY: u32 = 9_999;
    /// Levels of a multi-level feedback queue.
    pub const LEVELS: u8 = 32;
    /// Steps of a run.
    pub const STEPS: u64 = 100_000_000;
    /// Operations of one task in one instant.
    pub const ZERO_TIME_OPS: u32 = 1_000_000;
}

/// Everything that keeps a scenario from being run; nothing if a machine can be made of it.
pub fn validate(scenario: &Scenario) -> Vec<Diagnostic> {
    let mut problems = Problems(Vec::new());
    problems.machine(&scenario.machine);
    problems.memory(scenario);
    problems.processes(scenario);
    problems.inputs(scenario);
    let limits = &scenario.limits;
    problems.range("limits.steps", limits.steps, 1u64, bounds::STEPS);
    problems.range("limits.zero_time_ops", limits.zero_time_ops, 1u32, bounds::ZERO_TIME_OPS);
    problems.instant("limits.until", limits.until.unwrap_or_default());
    problems.0
}

struct Problems(Vec<Diagnostic>);

impl Problems {
    fn add(&mut self, problem: Diagnostic) {
        self.0.push(problem);
    }

    fn range(&mut self, path: &str, number: impl Into<u64>, least: impl Into<u64>, most: impl Into<u64>) {
        let (number, least, most): (u64, u64, u64) = (number.into(), least.into(), most.into());
        if !(least..=most).contains(&number) {
            let signed = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
            let allowed = Allowed::Range(signed(least), signed(most));
            self.add(Diagnostic::new(path, Code::OutOfRange).found(number).allowed(allowed));
        }
    }

    fn duration(&mut self, path: &str, time: Nanos, least: Nanos) {
        if time < least || time > Nanos::MAX {
            let allowed = Allowed::Duration(least.0, Nanos::MAX.0);
            self.add(Diagnostic::new(path, Code::OutOfRange).found(in_nanos(time)).allowed(allowed));
        }
    }

    fn instant(&mut self, path: &str, at: Time) {
        self.duration(path, Nanos(at.0), Nanos::ZERO);
    }

    fn at_most(&mut self, path: &str, count: usize, most: usize) {
        if count > most {
            let allowed = Allowed::AtMost(most as u64);
            self.add(Diagnostic::new(path, Code::TooMany).found(count).allowed(allowed));
        }
    }

    fn machine(&mut self, machine: &MachineSpec) {
        self.range("machine.cpus", machine.cpus, 1u16, bounds::CPUS);
        self.range("machine.first_pid", machine.first_pid, bounds::FIRST_PID.0, bounds::FIRST_PID.1);
        self.duration("machine.reap_after", machine.reap_after, Nanos::ZERO);
        self.range("machine.max_processes", machine.fork.max_processes, 1u32, bounds::PROCESSES);
        let fork = &machine.fork.costs;
        self.duration("machine.costs.fork", fork.task, Nanos::ZERO);
        self.duration("machine.costs.fork_table", fork.table, Nanos::ZERO);
        self.duration("machine.costs.fork_entry", fork.entry, Nanos::ZERO);
        self.duration("machine.costs.fork_flush", fork.flush, Nanos::ZERO);
        self.duration("machine.costs.copy", fork.copy, Nanos::ZERO);
        if let Timer::Every(period) = machine.timer {
            self.duration("machine.timer", period, Nanos(1));
        }
        let costs = &machine.costs;
        self.duration("machine.costs.mode_switch", costs.mode_switch, Nanos::ZERO);
        self.duration("machine.costs.timer_handler", costs.timer_handler, Nanos::ZERO);
        self.duration("machine.costs.process_switch", costs.process_switch, Nanos::ZERO);
        self.duration("machine.costs.thread_switch", costs.thread_switch, Nanos::ZERO);
        self.policy(machine);
        self.devices(&machine.devices);
    }

    fn policy(&mut self, machine: &MachineSpec) {
        match &machine.policy {
            PolicySpec::Fifo | PolicySpec::NextInRing { .. } => {}
            PolicySpec::Sjf { estimate } => self.estimate("machine.policy.sjf", estimate.as_ref()),
            PolicySpec::Stcf { estimate } => self.estimate("machine.policy.stcf", estimate.as_ref()),
            PolicySpec::Rr { quantum } => self.quantum("machine.policy.rr.quantum", *quantum, machine.timer),
            PolicySpec::Priority { quantum, aging, preemptive: _ } => {
                if let Some(quantum) = quantum {
                    self.quantum("machine.policy.priority.quantum", *quantum, machine.timer);
                }
                if let Some(Aging { every, step }) = aging {
                    self.duration("machine.policy.priority.age_every", *every, Nanos(1));
                    self.range("machine.policy.priority.age_step", *step, 1u32, bounds::PRIORITY);
                }
            }
            PolicySpec::Mlfq(spec) => self.mlfq(spec, machine.timer),
        }
    }

    fn estimate(&mut self, policy: &str, estimate: Option<&Estimate>) {
        if let Some(Estimate { initial, alpha_percent }) = estimate {
            self.duration(&format!("{policy}.estimate.initial"), *initial, Nanos::ZERO);
            if *alpha_percent > 100 {
                let problem = Diagnostic::new(format!("{policy}.estimate.alpha"), Code::OutOfRange);
                self.add(problem.found(alpha_percent).allowed(Allowed::Range(0, 1)));
            }
        }
    }

    fn mlfq(&mut self, spec: &MlfqSpec, timer: Timer) {
        let levels = spec.levels.len();
        self.range("machine.policy.mlfq.levels", levels as u64, 1u64, bounds::LEVELS);
        for (number, level) in spec.levels.iter().enumerate() {
            self.quantum(&format!("machine.policy.mlfq.quantum[{number}]"), level.quantum, timer);
            let path = format!("machine.policy.mlfq.allotment[{number}]");
            self.multiple(&path, level.allotment, level.quantum);
        }
        if let Some(boost) = spec.boost {
            self.duration("machine.policy.mlfq.boost", boost, Nanos(1));
        }
        if levels > 0 {
            self.range("machine.policy.mlfq.reserved_top", spec.reserved_top, 0u64, levels as u64 - 1);
        }
    }

    /// A quantum ends at a tick, where there are ticks.
    fn quantum(&mut self, path: &str, quantum: Nanos, timer: Timer) {
        match timer {
            Timer::Every(period) if !period.is_zero() => self.multiple(path, quantum, period),
            _ => self.duration(path, quantum, Nanos(1)),
        }
    }

    /// A positive multiple of `of`, where that is positive itself.
    fn multiple(&mut self, path: &str, time: Nanos, of: Nanos) {
        if time.is_zero() || time > Nanos::MAX || of.is_zero() {
            self.duration(path, time, Nanos(1));
        } else if !time.0.is_multiple_of(of.0) {
            let above = time.0.next_multiple_of(of.0);
            let below = (above - of.0).max(of.0);
            let problem = Diagnostic::new(path, Code::NotMultiple).found(in_nanos(time));
            self.add(problem.allowed(Allowed::Nearest(below, above)));
        }
    }

    fn devices(&mut self, devices: &[DeviceSpec]) {
        self.at_most("machine.devices", devices.len(), bounds::DEVICES);
        let mut names = BTreeSet::new();
        for device in devices {
            let path = format!("machine.devices.{}", device.name);
            let is_word = parse::is_word(&device.name) && device.name.starts_with(char::is_alphabetic);
            if !is_word || device.name == "until" {
                let problem = Diagnostic::new(&path, Code::UnknownValue).found(&device.name);
                self.add(problem.allowed(Allowed::Type("word".to_owned())));
            }
            self.name(&path, &device.name);
            if !names.insert(&device.name) {
                self.add(Diagnostic::new(&path, Code::Duplicate).found(&device.name));
            }
            self.range(&format!("{path}.servers"), device.servers, 1u16, bounds::SERVERS);
        }
    }

    fn processes(&mut self, scenario: &Scenario) {
        let tasks = &scenario.processes;
        if tasks.is_empty() {
            self.add(Diagnostic::new("processes", Code::Empty));
        }
        let kernel_threads = tasks.iter().filter(|task| task.kind == TaskKind::KernelThread).count() as u64;
        let first_pid = u64::from(scenario.machine.first_pid);
        if first_pid < 3 + kernel_threads && kernel_threads > 0 {
            let least = i64::try_from(3 + kernel_threads).unwrap_or(i64::MAX);
            let allowed = Allowed::Range(least, bounds::FIRST_PID.1.into());
            self.add(
                Diagnostic::new("machine.first_pid", Code::OutOfRange).found(first_pid).allowed(allowed),
            );
        }
        let added = scenario.inputs.iter().enumerate().filter_map(|(place, input)| match &input.action {
            InputAction::Add(task) => Some((format!("inputs[{place}].add"), task)),
            _ => None,
        });
        let listed = tasks.iter().enumerate().map(|(place, task)| (format!("processes[{place}]"), task));
        let mut names = BTreeSet::new();
        for (path, task) in listed.chain(added) {
            if !names.insert(task.name.as_str()) {
                self.add(Diagnostic::new(format!("{path}.name"), Code::Duplicate).found(&task.name));
            }
            self.process(&path, task, &scenario.machine);
        }
    }

    fn process(&mut self, path: &str, task: &ProcessSpec, machine: &MachineSpec) {
        self.name(&format!("{path}.name"), &task.name);
        self.instant(&format!("{path}.at"), task.at);
        let (least, most) = bounds::NICE;
        if !(least..=most).contains(&task.nice) {
            let problem = Diagnostic::new(format!("{path}.nice"), Code::OutOfRange).found(task.nice);
            self.add(problem.allowed(Allowed::Range(least.into(), most.into())));
        }
        self.range(&format!("{path}.priority"), task.priority, 0u32, bounds::PRIORITY);
        self.program(&format!("{path}.program"), &task.program, machine.devices.len());
        self.memory_of(path, task, machine);
        self.forks(path, task, machine);
    }

    fn name(&mut self, path: &str, name: &str) {
        let length = name.chars().count();
        if name.trim().is_empty() {
            self.add(Diagnostic::new(path, Code::Empty));
        } else if length > bounds::NAME {
            self.add(
                Diagnostic::new(path, Code::TooLong)
                    .found(name)
                    .allowed(Allowed::AtMost(bounds::NAME as u64)),
            );
        } else if name.trim() != name || name.chars().any(char::is_control) {
            let problem = Diagnostic::new(path, Code::UnknownValue).found(name.escape_debug());
            self.add(problem.allowed(Allowed::Type("visible text".to_owned())));
        }
    }

    fn program(&mut self, path: &str, program: &Program, devices: usize) {
        if program.0.is_empty() {
            self.add(Diagnostic::new(path, Code::Empty));
            return;
        }
        let extent = Extent::of(&program.0);
        self.at_most(path, extent.operations, OPERATIONS);
        self.at_most(path, extent.nesting, NESTING);
        if let Some(device) = extent.device.filter(|device| *device >= devices) {
            self.add(Diagnostic::new(path, Code::UnknownName).found(device));
        }
        if extent.has_nothing_to_compute {
            self.duration(path, Nanos::ZERO, Nanos(1));
        }
        if extent.longest > Nanos::MAX {
            self.duration(path, extent.longest, Nanos::ZERO);
        } else if extent.total.is_some_and(|total| total > Nanos::MAX) {
            // It would end after the last instant that there is.
            self.duration(path, extent.total.unwrap_or_default(), Nanos::ZERO);
        }
    }

    /// A process can be forked, a thread of the kernel cannot.
    fn forks(&mut self, path: &str, task: &ProcessSpec, machine: &MachineSpec) {
        let with = match (task.kind, &machine.memory) {
            (TaskKind::KernelThread, _) => format!("{path}.kind"),
            (TaskKind::User, Some(memory)) if memory.scope == Scope::Local => {
                "machine.memory.scope".to_owned()
            }
            (TaskKind::User, Some(memory)) if memory.load.admission => {
                "machine.memory.admission_control".to_owned()
            }
            (TaskKind::User, Some(memory)) if memory.mmu != Mmu::Paged => "machine.memory.mmu".to_owned(),
            // These follow each process's own references, and a shared page is in several processes' at a time.
            (TaskKind::User, Some(memory)) if memory.replacement.follows_processes() => {
                "machine.memory.replacement".to_owned()
            }
            (TaskKind::User, _) => return,
        };
        if forks(&task.program.0) {
            let problem = Diagnostic::new(format!("{path}.program"), Code::Conflict).found("fork");
            self.add(problem.allowed(Allowed::With(with)));
        }
    }

    fn inputs(&mut self, scenario: &Scenario) {
        self.at_most("inputs", scenario.inputs.len(), bounds::INPUTS);
        let is_add = |input: &&Input| matches!(input.action, InputAction::Add(_));
        let tasks = scenario.processes.len() + scenario.inputs.iter().filter(is_add).count();
        let mut last = Time::ZERO;
        for (place, input) in scenario.inputs.iter().enumerate() {
            let path = format!("inputs[{place}]");
            self.instant(&format!("{path}.at"), input.at);
            if input.at < last {
                let problem =
                    Diagnostic::new(format!("{path}.at"), Code::Conflict).found(in_nanos(Nanos(input.at.0)));
                self.add(problem.allowed(Allowed::With(in_nanos(Nanos(last.0)))));
            }
            last = input.at;
            match input.action {
                InputAction::Kill(task) if task.index() >= tasks => {
                    self.add(Diagnostic::new(format!("{path}.kill"), Code::UnknownName).found(task.get()));
                }
                InputAction::Set { param: Param::Priority(task), .. } if task.index() >= tasks => {
                    self.add(Diagnostic::new(format!("{path}.set"), Code::UnknownName).found(task.get()));
                }
                InputAction::Set { param, value } => self.parameter(&format!("{path}.to"), param, value),
                InputAction::Kill(_) | InputAction::Add(_) => {}
            }
        }
    }

    fn parameter(&mut self, path: &str, param: Param, value: u64) {
        match param {
            Param::Quantum | Param::LevelQuantum(_) | Param::LevelAllotment(_) => {
                self.duration(path, Nanos(value), Nanos(1));
            }
            Param::AgingStep => self.range(path, value, 1u32, bounds::PRIORITY),
            Param::Priority(_) => self.range(path, value, 0u32, bounds::PRIORITY),
            Param::Boost
            | Param::AgingEvery
            | Param::ModeSwitch
            | Param::TimerHandler
            | Param::ProcessSwitch
            | Param::ThreadSwitch => self.duration(path, Nanos(value), Nanos::ZERO),
        }
    }
}

/// A time as it is found; nothing where it was too long to be added up.
fn in_nanos(time: Nanos) -> String {
    if time == Nanos::FOREVER { String::new() } else { crate::time::format::suffixed(time) }
}
