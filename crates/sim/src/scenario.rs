//! Everything that determines a run: the same scenario gives the same trace for ever, on every target.
//!
//! This is the domain form: whole nanoseconds, every field present, plain derives. How scenarios are written in
//! files and links, with units and defaults left out, is the business of another crate.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::conventions::Conventions;
use crate::costs::Costs;
use crate::ids::TaskId;
use crate::mem::region::RegionSpec;
use crate::mem::spec::{MemoryLimits, MemorySpec};
use crate::program::Program;
use crate::time::{Nanos, Time};

/// Everything that determines a run.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Scenario {
    /// Where all pseudo-random numbers of the run come from.
    pub seed: u64,
    /// The hardware and the kernel's policies.
    pub machine: MachineSpec,
    /// Which of the textbooks' rules it plays by.
    pub rules: Conventions,
    /// Who does what. A task's id is its place in this list.
    pub processes: Vec<ProcessSpec>,
    /// What is done to the machine from outside, in the order of time.
    pub inputs: Vec<Input>,
    /// Where the run ends at the latest.
    pub limits: Limits,
}

/// The hardware and the kernel's policies.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct MachineSpec {
    /// Processors, at least 1.
    pub cpus: u16,
    /// When the kernel gets the CPU back.
    pub timer: Timer,
    /// What the kernel's own work costs.
    pub costs: Costs,
    /// Who runs next.
    pub policy: PolicySpec,
    /// Devices that tasks share. A request that names none has a device of its own.
    pub devices: Vec<DeviceSpec>,
    /// Its memory; without any, programs compute and wait but refer to nothing.
    pub memory: Option<Arc<MemorySpec>>,
    /// Whether another task runs while one waits for I/O. If not, the CPU waits with it.
    pub overlap: bool,
    /// Whether an interrupt may arrive while a handler is at work. If not, it waits for the handler's end.
    pub nested_interrupts: bool,
    /// How long after an exit init reaps the zombie.
    pub reap_after: Nanos,
    /// The pid of the first user process.
    pub first_pid: u32,
    /// How processes are made.
    pub fork: ForkSpec,
}

impl Default for MachineSpec {
    fn default() -> Self {
        MachineSpec {
            cpus: 1,
            timer: Timer::Exact,
            costs: Costs::default(),
            policy: PolicySpec::Fifo,
            devices: Vec::new(),
            memory: None,
            overlap: true,
            nested_interrupts: false,
            reap_after: Nanos::ZERO,
            first_pid: 100,
            fork: ForkSpec::default(),
        }
    }
}

/// How processes are made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ForkSpec {
    /// The most user processes at one time, zombies included. One more cannot be forked.
    pub max_processes: u32,
    /// Whether parent and child share their pages until one of them writes. Otherwise every page is copied at once.
    pub copy_on_write: bool,
    /// What it costs.
    pub costs: ForkCosts,
}

/// What it costs to make a process.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ForkCosts {
    /// The process structure and the kernel stack.
    pub task: Nanos,
    /// One table of the page table.
    pub table: Nanos,
    /// One entry of a page that is present.
    pub entry: Nanos,
    /// Emptying the parent's TLB.
    pub flush: Nanos,
    /// Copying one page.
    pub copy: Nanos,
}

impl Default for ForkSpec {
    fn default() -> Self {
        ForkSpec { max_processes: 4096, copy_on_write: true, costs: ForkCosts::default() }
    }
}

/// When the timer interrupts (OSTEP 6.3, "A Non-Cooperative Approach").
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Timer {
    /// Just when a slice ends; there are no ticks.
    #[default]
    Exact,
    /// At every multiple of a period while the CPU is busy. A slice ends at the first tick at or after its end.
    Every(Nanos),
    /// Never: the kernel runs only when a task calls it, and an endless loop keeps the CPU.
    Off,
}

/// A device that serves requests in the order they come.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct DeviceSpec {
    /// How programs name it.
    pub name: String,
    /// How many requests it works on at a time.
    pub servers: u16,
}

/// Who runs next: a policy and its parameters.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum PolicySpec {
    /// First in, first out.
    #[default]
    Fifo,
    /// Shortest job first.
    Sjf {
        /// Guess the length instead of knowing it.
        estimate: Option<Estimate>,
    },
    /// Shortest time to completion first, also called preemptive SJF or shortest remaining time first.
    Stcf {
        /// Guess the length instead of knowing it.
        estimate: Option<Estimate>,
    },
    /// Round robin.
    Rr {
        /// The longest time on the CPU in one go.
        quantum: Nanos,
    },
    /// Static priorities.
    Priority {
        /// Whether a better task takes the CPU from a worse one.
        preemptive: bool,
        /// Round robin among equals, with this quantum.
        quantum: Option<Nanos>,
        /// Whether waiting improves the priority.
        aging: Option<Aging>,
    },
    /// A multi-level feedback queue.
    Mlfq(MlfqSpec),
    /// The policy of the textbook's `process-run.py`: the next ready task by number after the last one run.
    NextInRing {
        /// What the CPU does when its task starts I/O.
        on_io: OnIo,
        /// When a task runs whose I/O is done.
        on_io_done: OnIoDone,
    },
}

/// The exponential average of a task's past bursts stands for the length of its next one (OSC 5.3.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Estimate {
    /// The estimate before the first burst.
    pub initial: Nanos,
    /// The weight of the last burst, in per cent; the rest is the weight of the history.
    pub alpha_percent: u8,
}

/// Waiting improves the effective priority.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Aging {
    /// After every so much uninterrupted time in the ready queue …
    pub every: Nanos,
    /// … the effective priority improves by this.
    pub step: u32,
}

/// A multi-level feedback queue (OSTEP 8).
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct MlfqSpec {
    /// From the best level to the worst.
    pub levels: Vec<LevelSpec>,
    /// How often everybody returns to the top.
    pub boost: Option<Nanos>,
    /// Whether a task of a better level takes the CPU at once.
    pub preempt_on_higher: bool,
    /// How many of the top levels are closed to user tasks.
    pub reserved_top: u8,
    /// Whether a nice task starts on a lower level.
    pub nice_advice: bool,
}

/// One level of a multi-level feedback queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct LevelSpec {
    /// The longest time on the CPU in one go.
    pub quantum: Nanos,
    /// The CPU time after which a task falls to the next level; a multiple of the quantum.
    pub allotment: Nanos,
}

/// What the CPU does when its task starts I/O, under [`PolicySpec::NextInRing`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum OnIo {
    /// It runs another task.
    #[default]
    Switch,
    /// It waits with the task.
    Hold,
}

/// When a task runs whose I/O is done, under [`PolicySpec::NextInRing`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum OnIoDone {
    /// When its turn comes.
    #[default]
    Later,
    /// At once.
    Now,
}

/// A task and what it does.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ProcessSpec {
    /// Its name, unique in the scenario.
    pub name: String,
    /// When it arrives.
    pub at: Time,
    /// How far it stands back for others: -20 (not at all) to 19.
    pub nice: i8,
    /// Its static priority, at most [`bounds::PRIORITY`](crate::validate::bounds::PRIORITY); which end is the best is a convention.
    pub priority: u32,
    /// Whether it is a user process or a thread of the kernel.
    pub kind: TaskKind,
    /// The regions that its address space has from the start. A process that has none and maps none has the whole
    /// address space.
    pub regions: Vec<RegionSpec>,
    /// What it may have of memory.
    pub memory: MemoryLimits,
    /// What it does.
    pub program: Program,
}

/// Whose code a task runs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum TaskKind {
    /// A user process with an address space of its own.
    #[default]
    User,
    /// A thread of the kernel: no user address space, and a class above every user policy.
    KernelThread,
}

/// Something done to the machine from outside, after everything else of its instant.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Input {
    /// When.
    pub at: Time,
    /// What.
    pub action: InputAction,
}

/// What can be done to a running machine. One that no longer applies is an event, not an error.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum InputAction {
    /// End a task as signal 9 does.
    Kill(TaskId),
    /// Change a parameter from now on.
    Set {
        /// Which.
        param: Param,
        /// Its new value: nanoseconds or a plain number, as the parameter has it.
        value: u64,
    },
    /// Start another task, now (its own arrival time is not looked at). Its id is the next free one.
    Add(ProcessSpec),
}

/// A parameter that can change while the machine runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Param {
    /// The quantum of round robin, or of round robin among equal priorities.
    Quantum,
    /// The quantum of one level of a multi-level feedback queue.
    LevelQuantum(u8),
    /// The allotment of one level of a multi-level feedback queue.
    LevelAllotment(u8),
    /// The period of the boost; 0 for none.
    Boost,
    /// The waiting time that improves a priority.
    AgingEvery,
    /// By how much it improves.
    AgingStep,
    /// The static priority of a task.
    Priority(TaskId),
    /// The cost of a change of mode.
    ModeSwitch,
    /// The cost of the timer's handler.
    TimerHandler,
    /// The cost of a switch between processes.
    ProcessSwitch,
    /// The cost of a switch within a process, or to a kernel thread.
    ThreadSwitch,
}

/// Where a run ends at the latest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Limits {
    /// The last instant; without it the run ends with the last task.
    pub until: Option<Time>,
    /// Steps, at most.
    pub steps: u64,
    /// Operations that a task may carry out in one instant before the run is stopped as a livelock.
    pub zero_time_ops: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Limits { until: None, steps: 1_000_000, zero_time_ops: 10_000 }
    }
}
