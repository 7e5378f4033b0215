//! The machine: the whole mutable world of a run, and nothing else.
//!
//! It is made from a scenario and runs forward, one indivisible kernel action at a time. The scenario hangs
//! behind an `Arc`, so a clone is a checkpoint; stepping back is a clone of an earlier one and steps forward.
//!
//! ```
//! use std::sync::Arc;
//! use kernelscope_sim::machine::{Machine, Stop};
//! use kernelscope_sim::program::{Op, Program};
//! use kernelscope_sim::scenario::{ProcessSpec, Scenario};
//! use kernelscope_sim::time::{Nanos, Time};
//!
//! let job = |name: &str| ProcessSpec {
//!     name: name.to_owned(),
//!     program: Program(vec![Op::Cpu(Nanos::from_millis(10))]),
//!     ..ProcessSpec::default()
//! };
//! let scenario = Scenario { processes: vec![job("A"), job("B")], ..Scenario::default() };
//! let mut machine = Machine::new(Arc::new(scenario)).expect("nothing is wrong with it");
//! let mut events = Vec::new();
//! machine.run(Stop::End, &mut events);
//! assert_eq!(machine.now(), Time::ZERO + Nanos::from_millis(20));
//! ```
//!
//! How an instant proceeds is in [`kernel`](crate::kernel).

use std::sync::Arc;

use crate::costs::Costs;
use crate::cpu::Cpu;
use crate::device::Devices;
use crate::diagnostic::Diagnostic;
use crate::event::EndReason;
use crate::family::{Family, forks};
use crate::fingerprint::Fnv;
use crate::ids::{CpuId, Pid, TaskId};
use crate::kernel::Agenda;
use crate::mem::replace::NextUse;
use crate::mem::{Fitted, Memory, next_uses_of};
use crate::program::code::{Code, Cursor};
use crate::scenario::{InputAction, ProcessSpec, Scenario, TaskKind};
use crate::sched::queue::Heap;
use crate::sched::{Ctx, Sched};
use crate::sink::Sink;
use crate::task::{Account, State, Task};
use crate::time::{Nanos, Time};
use crate::totals::Totals;
use crate::validate::validate;

/// The whole mutable world of a run.
#[derive(Clone, Debug)]
pub struct Machine {
    pub(crate) fixed: Arc<Fixed>,
    pub(crate) state: World,
}

/// What never changes during a run.
#[derive(Debug)]
pub(crate) struct Fixed {
    pub(crate) scenario: Arc<Scenario>,
    /// The tasks' programs, those of tasks that inputs add behind the others.
    pub(crate) codes: Vec<Code>,
    /// The same for when the page of each reference is used next, where the replacement policy asks.
    pub(crate) futures: Vec<Vec<NextUse>>,
    /// Whether any of them makes processes.
    forks: bool,
    /// How many processes share the memory.
    sharers: u32,
    /// The same for where their names stand among all names in order.
    name_ranks: Vec<u32>,
}

/// What does.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct World {
    pub(crate) clock: Time,
    pub(crate) steps: u64,
    pub(crate) agenda: Agenda,
    pub(crate) costs: Costs,
    pub(crate) cpus: Vec<Cpu>,
    pub(crate) tasks: Vec<Task>,
    pub(crate) family: Family,
    pub(crate) sched: Sched,
    pub(crate) devices: Devices,
    pub(crate) memory: Fitted,
    /// Arrivals to come and sleepers.
    pub(crate) alarms: Heap,
    /// Zombies that init will reap.
    pub(crate) reaps: Heap,
    /// How many inputs have been applied.
    pub(crate) inputs_done: usize,
    /// Tasks that have not been reaped, those to come included.
    pub(crate) remaining: u32,
    pub(crate) next_user_pid: u32,
    pub(crate) next_kernel_pid: u32,
    pub(crate) totals: Totals,
    pub(crate) ended: Option<EndReason>,
}

/// How far to run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// To the end of the run.
    End,
    /// Until so many steps have been taken since the start.
    Step(u64),
    /// Until everything has happened that happens up to and at this instant.
    Time(Time),
}

/// Whether there is more to come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// There is.
    Going,
    /// The run is over.
    Ended(EndReason),
}

impl Machine {
    /// A machine that has just been switched on.
    ///
    /// # Errors
    /// Everything that is wrong with the scenario.
    pub fn new(scenario: Arc<Scenario>) -> Result<Machine, Vec<Diagnostic>> {
        if let Some(problem) = Fitted::problem(&scenario) {
            return Err(vec![problem]);
        }
        let problems = validate(&scenario);
        if !problems.is_empty() {
            return Err(problems);
        }
        let fixed = Fixed::new(scenario);
        let spec = &fixed.scenario.machine;
        let state = World {
            clock: Time::ZERO,
            steps: 0,
            agenda: Agenda::default(),
            costs: spec.costs,
            cpus: (0..spec.cpus).map(|cpu| Cpu::new(CpuId::new(cpu))).collect(),
            tasks: Vec::with_capacity(fixed.scenario.processes.len()),
            family: Family::new(fixed.forks),
            sched: Sched::new(&spec.policy, &fixed.scenario.rules),
            devices: Devices::new(&spec.devices),
            memory: Fitted::new(&fixed.scenario),
            alarms: Heap::default(),
            reaps: Heap::default(),
            inputs_done: 0,
            remaining: 0,
            next_user_pid: spec.first_pid,
            next_kernel_pid: Pid::FIRST_KERNEL_THREAD.0,
            totals: Totals::default(),
            ended: None,
        };
        let mut machine = Machine { fixed: Arc::new(fixed), state };
        let scenario = Arc::clone(machine.scenario());
        for (place, spec) in (0..).zip(&scenario.processes) {
            let task = machine.create(place, spec);
            machine.state.alarms.push(task, (spec.at.0, 0));
        }
        Ok(machine)
    }

    /// Enters a task of the scenario into the table, which has this place among all of them; it has not arrived yet.
    pub(crate) fn create(&mut self, place: u32, spec: &ProcessSpec) -> TaskId {
        let id = TaskId::from_index(self.state.tasks.len());
        let code = &self.fixed.codes[place as usize];
        let (pid, parent) = match spec.kind {
            TaskKind::User => (&mut self.state.next_user_pid, Pid::INIT),
            TaskKind::KernelThread => (&mut self.state.next_kernel_pid, Pid::KTHREADD),
        };
        let task = Task {
            id,
            pid: Pid(*pid),
            parent,
            kind: spec.kind,
            priority: spec.priority,
            nice: spec.nice,
            name_rank: self.fixed.name_ranks[place as usize],
            state: State::New,
            since: Time::ZERO,
            cursor: Cursor::START,
            op_left: Nanos::ZERO,
            burst_left: code.burst_from(Cursor::START),
            burst_run: Nanos::ZERO,
            cpu_left: code.total_cpu(),
            last_cpu: None,
            user_registers_saved: false,
            kernel_registers_saved: false,
            ending: None,
            operations: 0,
            operations_at: Time::ZERO,
            account: Account::default(),
        };
        *pid += 1;
        // A daemon never ends, and nobody waits for it.
        self.state.remaining += u32::from(!code.is_daemon());
        if let Some(memory) = self.state.memory.as_mut() {
            memory.admit(spec, code.maps(), self.fixed.sharers, &self.fixed.scenario);
        }
        self.state.tasks.push(task);
        self.state.family.found(id, place);
        self.state.devices.admit(id);
        id
    }

    /// Runs until `until`, or to the end if that comes first.
    pub fn run(&mut self, until: Stop, sink: &mut impl Sink) -> Progress {
        let (step, horizon) = match until {
            Stop::End => (u64::MAX, Time::NEVER),
            Stop::Step(step) => (step, Time::NEVER),
            Stop::Time(time) => (u64::MAX, time),
        };
        while self.state.steps < step && self.advance(horizon, sink) {
            self.run_hits(step, horizon, sink);
        }
        self.progress()
    }

    /// Takes one step: one indivisible kernel action, with at least one event at full detail.
    pub fn step(&mut self, sink: &mut impl Sink) -> Progress {
        self.run(Stop::Step(self.state.steps + 1), sink)
    }

    /// Whether there is more to come.
    pub fn progress(&self) -> Progress {
        self.state.ended.map_or(Progress::Going, Progress::Ended)
    }

    /// What time it is.
    pub fn now(&self) -> Time {
        self.state.clock
    }

    /// How many steps have been taken.
    pub fn steps(&self) -> u64 {
        self.state.steps
    }

    /// The scenario that determines it all.
    pub fn scenario(&self) -> &Arc<Scenario> {
        &self.fixed.scenario
    }

    /// The process structures, by id.
    pub fn tasks(&self) -> &[Task] {
        &self.state.tasks
    }

    /// Who made whom.
    pub fn family(&self) -> &Family {
        &self.state.family
    }

    /// What a task is called: as the scenario says, or by its parent's name and the ordinal of the fork: `A.1` is the
    /// first child of A.
    pub fn name_of(&self, task: TaskId) -> String {
        let mut path = Vec::new();
        let mut first = task;
        while let Some((parent, ordinal)) = self.state.family.born(first) {
            path.push(ordinal);
            first = parent;
        }
        let mut name = self.process_of(first).map_or_else(String::new, |process| process.name.clone());
        path.iter().rev().for_each(|ordinal| name.push_str(&format!(".{ordinal}")));
        name
    }

    /// The place in the scenario of the process whose program a task runs, those that inputs add behind the others.
    pub fn program_of(&self, task: TaskId) -> u32 {
        self.state.family.program(task)
    }

    /// What the scenario says of the process whose program a task runs.
    pub fn process_of(&self, task: TaskId) -> Option<&ProcessSpec> {
        listed(self.scenario()).nth(self.state.family.program(task) as usize)
    }

    /// The processors, by id.
    pub fn cpus(&self) -> &[Cpu] {
        &self.state.cpus
    }

    /// The ready queues and the policy.
    pub fn sched(&self) -> &Sched {
        &self.state.sched
    }

    /// The devices.
    pub fn devices(&self) -> &Devices {
        &self.state.devices
    }

    /// The memory, if the machine has any.
    pub fn memory(&self) -> Option<&Memory> {
        self.state.memory.as_ref()
    }

    /// The counters.
    pub fn totals(&self) -> &Totals {
        &self.state.totals
    }

    /// What the kernel's own work costs now.
    pub fn costs(&self) -> &Costs {
        &self.state.costs
    }

    /// The program of a task, ready to be stepped through.
    pub(crate) fn code(&self, task: TaskId) -> &Code {
        &self.fixed.codes[self.state.family.program(task) as usize]
    }

    /// What a policy may look at.
    pub fn ctx(&self) -> Ctx<'_> {
        Ctx { now: self.state.clock, tasks: &self.state.tasks, rules: &self.fixed.scenario.rules }
    }

    /// The ready queues, and what their policy may look at.
    pub(crate) fn policy(&mut self) -> (&mut Sched, Ctx<'_>) {
        let Machine { fixed, state } = self;
        let ctx = Ctx { now: state.clock, tasks: &state.tasks, rules: &fixed.scenario.rules };
        (&mut state.sched, ctx)
    }

    /// When something will happen to a task that sleeps or has not arrived.
    pub fn alarm(&self, task: TaskId) -> Option<Time> {
        self.state.alarms.key(task).map(|(at, _)| Time(at))
    }

    /// A number that is equal exactly when the state is, on every target.
    pub fn fingerprint(&self) -> u64 {
        Fnv::of(&self.state)
    }

    /// The memory that a clone takes, in bytes.
    pub fn footprint(&self) -> usize {
        let state = &self.state;
        size_of::<Machine>()
            + state.tasks.len() * size_of::<Task>()
            + state.family.footprint()
            + state.cpus.len() * size_of::<Cpu>()
            + state.sched.footprint()
            + state.devices.footprint()
            + state.memory.as_ref().map_or(0, |memory| memory.footprint())
            + state.alarms.footprint()
            + state.reaps.footprint()
    }
}

/// The processes of a scenario, those that inputs add behind the others.
fn listed(scenario: &Scenario) -> impl Iterator<Item = &ProcessSpec> {
    let added = scenario.inputs.iter().filter_map(|input| match &input.action {
        InputAction::Add(process) => Some(process),
        InputAction::Kill(_) | InputAction::Set { .. } => None,
    });
    scenario.processes.iter().chain(added)
}

impl Fixed {
    fn new(scenario: Arc<Scenario>) -> Fixed {
        let all: Vec<&ProcessSpec> = listed(&scenario).collect();
        let memory = Fitted::wanted(&scenario.machine);
        let reference = memory.map_or(Nanos::ZERO, |memory| memory.reference_cost());
        let codes: Vec<Code> = all.iter().map(|process| Code::compile(&process.program, reference)).collect();
        let future = |memory, (place, process): (usize, &&ProcessSpec)| {
            next_uses_of(memory, &scenario, process, TaskId::from_index(place), &codes[place])
        };
        let futures = match memory.filter(|memory| memory.replacement.looks_ahead()) {
            Some(memory) => all.iter().enumerate().map(|process| future(memory, process)).collect(),
            None => Vec::new(),
        };
        let sharers = all.iter().filter(|process| process.kind == TaskKind::User).count() as u32;
        let mut order: Vec<usize> = (0..all.len()).collect();
        order.sort_unstable_by_key(|&place| (&all[place].name, place));
        let mut name_ranks = vec![0; all.len()];
        for (rank, place) in (0..).zip(order) {
            name_ranks[place] = rank;
        }
        let forks = all.iter().any(|process| forks(&process.program.0));
        Fixed { scenario, codes, futures, forks, sharers, name_ranks }
    }
}
