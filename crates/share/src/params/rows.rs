//! The rows of the table, object by object.
//!
//! To add a field: one row here. Decoding, encoding, forms, `--set`, sweeps and inputs follow.

use kernelscope_sim::conventions::{
    BoostGather, BoostRunning, Conventions, ExitWithChildren, ForkOrder, IoReturn, IoReturnPreemptsEqual,
    MlfqRule4, OptTie, Orphans, PriorityBest, Profile, RefOnLoad, SjfLength, StcfTie, SwitchChargedTo, Tie,
    WaitingCounts, WakeupPreempts,
};
use kernelscope_sim::costs::{Costs, Preset};
use kernelscope_sim::mem::spec::{MemoryCosts, MemoryLimits};
use kernelscope_sim::program::Program;
use kernelscope_sim::scenario::{DeviceSpec, ForkCosts, Limits, Param, ProcessSpec, TaskKind};
use kernelscope_sim::time::{Nanos, Time};
use kernelscope_sim::validate::bounds;

use crate::file::Decoded;
use crate::lens::{Lens, Live, Row, Suffix};
use crate::limits::{LARGEST_INTEGER, TITLE_CHARS};

/// A whole number field of a smaller type. Reading keeps to the range, so the conversion cannot fail.
macro_rules! number {
    ($range:expr, $type:ty, $on:ident => $place:expr) => {
        Lens::Number {
            least: $range.0 as i64,
            most: $range.1 as i64,
            get: |$on| $place as i64,
            set: |$on, number| $place = <$type>::try_from(number).unwrap_or_default(),
        }
    };
}

/// A field that is true or false.
macro_rules! flag {
    ($on:ident => $place:expr) => {
        Lens::Flag { get: |$on| $place, set: |$on, flag| $place = flag }
    };
}

/// A duration in the scenario's unit, or an instant.
macro_rules! duration {
    ($on:ident => $place:expr) => {
        Lens::Duration {
            least: Nanos::ZERO,
            suffix: Suffix::Optional,
            get: |$on| Nanos($place.0),
            set: |$on, time| $place.0 = time.0,
        }
    };
}

pub(super) use {duration, flag, number};

/// The fields of the document itself. Its unit, its version and its objects are read apart.
pub(crate) static DOCUMENT: &[Row<Decoded>] = &[
    Row::<Decoded>::new(
        "title",
        "title",
        Lens::Text { most: TITLE_CHARS, get: |it| &it.title, set: |it, title| it.title = title },
    ),
    Row::<Decoded>::new("seed", "seed", number!((0, LARGEST_INTEGER), u64, it => it.scenario.seed)),
    Row::<Decoded>::new(
        "profile",
        "profile",
        Lens::Choice {
            words: || Profile::ALL.iter().map(|(word, _)| *word).collect(),
            get: |it| it.profile.name(),
            set: |it, word| it.profile = Profile::from_name(word).unwrap_or_default(),
        },
    ),
];

/// The fields of `machine`. The objects in it are read apart.
pub(crate) static MACHINE: &[Row<Decoded>] = &[
    Row::<Decoded>::new(
        "preset",
        "preset",
        Lens::Choice {
            words: || Preset::ALL.iter().map(|(word, _)| *word).collect(),
            get: |it| preset_name(it.preset),
            set: |it, word| it.preset = preset(word),
        },
    ),
    Row::<Decoded>::new("cpus", "cpu", number!((1, bounds::CPUS), u16, it => it.scenario.machine.cpus))
        .sweep(),
    Row::<Decoded>::new(
        "timer",
        "timer",
        Lens::Timer {
            get: |it| it.scenario.machine.timer,
            set: |it, timer| it.scenario.machine.timer = timer,
        },
    )
    .sweep(),
    Row::<Decoded>::new("overlap", "overlap", flag!(it => it.scenario.machine.overlap)),
    Row::<Decoded>::new("nested_interrupts", "interrupt", flag!(it => it.scenario.machine.nested_interrupts)),
    Row::<Decoded>::new("reap_after", "zombie", duration!(it => it.scenario.machine.reap_after)),
    Row::<Decoded>::new(
        "first_pid",
        "pid",
        number!(bounds::FIRST_PID, u32, it => it.scenario.machine.first_pid),
    ),
    Row::<Decoded>::new(
        "max_processes",
        "process_limit",
        number!((1, bounds::PROCESSES), u32, it => it.scenario.machine.fork.max_processes),
    ),
    Row::<Decoded>::new(
        "copy_on_write",
        "copy_on_write",
        flag!(it => it.scenario.machine.fork.copy_on_write),
    ),
];

fn preset_name(preset: Preset) -> &'static str {
    Preset::ALL.iter().find(|(_, known)| *known == preset).map_or("free", |(name, _)| name)
}

fn preset(name: &str) -> Preset {
    Preset::ALL.iter().find(|(known, _)| *known == name).map_or(Preset::Free, |(_, preset)| *preset)
}

/// Everything that costs time: what the kernel does, and what the use of memory does where there is any.
#[derive(Clone, Debug)]
pub(crate) struct CostsForm {
    pub(crate) kernel: Costs,
    pub(crate) memory: MemoryCosts,
    pub(crate) fork: ForkCosts,
}

impl CostsForm {
    /// The costs of a machine that is known by a name.
    pub(crate) fn of(preset: Preset) -> CostsForm {
        CostsForm { kernel: preset.costs(), memory: preset.memory_costs(), fork: preset.fork_costs() }
    }
}

macro_rules! cost {
    ($name:literal, $glossary:literal, $costs:ident => $place:expr) => {
        Row::<CostsForm>::new(
            $name,
            $glossary,
            Lens::Duration {
                least: Nanos::ZERO,
                suffix: Suffix::Needed,
                get: |$costs| $place,
                set: |$costs, cost| $place = cost,
            },
        )
        .sweep()
    };
}

/// The fields of `machine.costs`.
pub(crate) static COSTS: &[Row<CostsForm>] = &[
    cost!("mode_switch", "mode_switch", it => it.kernel.mode_switch).live(Live::One(Param::ModeSwitch)),
    cost!("timer_handler", "timer_interrupt", it => it.kernel.timer_handler)
        .live(Live::One(Param::TimerHandler)),
    cost!("process_switch", "context_switch", it => it.kernel.process_switch)
        .live(Live::One(Param::ProcessSwitch)),
    cost!("thread_switch", "context_switch", it => it.kernel.thread_switch)
        .live(Live::One(Param::ThreadSwitch)),
    cost!("memory", "memory_access", it => it.memory.access).of_memory(),
    cost!("tlb", "tlb", it => it.memory.tlb).of_memory(),
    cost!("fault", "page_fault", it => it.memory.trap).of_memory(),
    cost!("zero", "zero_fill", it => it.memory.zero).of_memory(),
    cost!("shootdown", "shootdown", it => it.memory.shootdown).of_memory(),
    cost!("seek", "seek", it => it.memory.seek).of_memory(),
    cost!("transfer", "transfer", it => it.memory.transfer).of_memory(),
    cost!("fork", "fork", it => it.fork.task),
    cost!("fork_table", "page_table", it => it.fork.table).of_memory(),
    cost!("fork_entry", "page_table", it => it.fork.entry).of_memory(),
    cost!("fork_flush", "tlb", it => it.fork.flush).of_memory(),
    cost!("copy", "copy_on_write", it => it.fork.copy).of_memory(),
];

/// The fields of one of `machine.devices`.
pub(crate) static DEVICE: &[Row<DeviceSpec>] = &[Row::<DeviceSpec>::new(
    "servers",
    "device",
    number!((1, bounds::SERVERS), u16, device => device.servers),
)
.sweep()];

/// A device about which nothing is said but its name.
pub(crate) fn default_device(name: &str) -> DeviceSpec {
    DeviceSpec { name: name.to_owned(), servers: 1 }
}

macro_rules! convention {
    ($field:ident, $options:ident) => {
        Row::<Conventions>::new(
            stringify!($field),
            stringify!($field),
            Lens::Choice {
                words: || $options::ALL.iter().map(|(word, _)| *word).collect(),
                get: |rules| rules.$field.name(),
                set: |rules, word| rules.$field = $options::from_name(word).unwrap_or_default(),
            },
        )
    };
}

/// The fields of `rules`.
pub(crate) static RULES: &[Row<Conventions>] = &[
    Row::<Conventions>::new(
        "instant_order",
        "instant_order",
        Lens::Order { get: |rules| rules.instant_order, set: |rules, order| rules.instant_order = order },
    ),
    convention!(tie, Tie),
    convention!(waiting_counts, WaitingCounts),
    convention!(switch_charged_to, SwitchChargedTo),
    convention!(priority_best, PriorityBest).only(&["priority"]),
    convention!(wakeup_preempts, WakeupPreempts),
    convention!(io_return, IoReturn).only(&["mlfq"]),
    Row::<Conventions>::new(
        "io_return_preempts_equal",
        "io_return_preempts_equal",
        Lens::Flag {
            get: |rules| rules.io_return_preempts_equal == IoReturnPreemptsEqual::Yes,
            set: |rules, yes| {
                rules.io_return_preempts_equal =
                    if yes { IoReturnPreemptsEqual::Yes } else { IoReturnPreemptsEqual::No };
            },
        },
    )
    .only(&["mlfq"]),
    convention!(mlfq_rule4, MlfqRule4).only(&["mlfq"]),
    convention!(boost_gather, BoostGather).only(&["mlfq"]),
    convention!(boost_running, BoostRunning).only(&["mlfq"]),
    convention!(stcf_tie, StcfTie).only(&["stcf"]),
    convention!(sjf_length, SjfLength).only(&["sjf", "stcf"]),
    convention!(ref_on_load, RefOnLoad).of_memory(),
    convention!(opt_tie, OptTie).of_memory(),
    convention!(orphans, Orphans),
    convention!(exit_with_children, ExitWithChildren),
    convention!(fork_order, ForkOrder),
];

/// One of `processes`, or several that arrive one after the other.
#[derive(Clone, Debug)]
pub(crate) struct ProcessForm {
    pub(crate) spec: ProcessSpec,
    /// How many; 0 where that is not said: one, with just the name.
    pub(crate) count: u32,
    pub(crate) every: Nanos,
}

impl Default for ProcessForm {
    fn default() -> Self {
        let spec = ProcessSpec {
            regions: Vec::new(),
            memory: Default::default(),
            name: String::new(),
            at: Time::ZERO,
            nice: 0,
            priority: 0,
            kind: TaskKind::User,
            program: Program::default(),
        };
        ProcessForm { spec, count: 0, every: Nanos::ZERO }
    }
}

/// The fields of one of `processes`.
pub(crate) static PROCESS: &[Row<ProcessForm>] = &[
    Row::<ProcessForm>::new(
        "name",
        "task",
        Lens::Text { most: bounds::NAME, get: |it| &it.spec.name, set: |it, name| it.spec.name = name },
    ),
    Row::<ProcessForm>::new("count", "task", number!((1, bounds::TASKS), u32, it => it.count)).sweep(),
    Row::<ProcessForm>::new("at", "arrival", duration!(it => it.spec.at)).sweep(),
    Row::<ProcessForm>::new("every", "arrival", duration!(it => it.every)).sweep(),
    Row::<ProcessForm>::new("nice", "nice", number!(bounds::NICE, i8, it => it.spec.nice))
        .sweep()
        .only(&["mlfq"]),
    Row::<ProcessForm>::new(
        "priority",
        "priority",
        number!((0, bounds::PRIORITY), u32, it => it.spec.priority),
    )
    .live(Live::EachTask)
    .sweep()
    .only(&["priority"]),
    Row::<ProcessForm>::new(
        "kind",
        "kernel_thread",
        Lens::Choice {
            words: || vec!["user", "kernel_thread"],
            get: |it| match it.spec.kind {
                TaskKind::User => "user",
                TaskKind::KernelThread => "kernel_thread",
            },
            set: |it, word| {
                it.spec.kind = if word == "user" { TaskKind::User } else { TaskKind::KernelThread };
            },
        },
    ),
    Row::<ProcessForm>::new(
        "quota",
        "quota",
        Lens::Number {
            least: 1,
            most: bounds::memory::FRAMES as i64,
            get: |it| it.spec.memory.quota.map_or(0, i64::from),
            set: |it, frames| it.spec.memory.quota = u32::try_from(frames).ok(),
        },
    )
    .sweep()
    .of_memory(),
    Row::<ProcessForm>::new(
        "oom_score_adj",
        "out_of_memory",
        number!((MemoryLimits::EXEMPT, -MemoryLimits::EXEMPT), i16, it => it.spec.memory.oom_score_adj),
    )
    .of_memory(),
    Row::<ProcessForm>::new(
        "program",
        "program",
        Lens::Program { get: |it| &it.spec.program, set: |it, program| it.spec.program = program },
    ),
];

/// The fields of `limits`.
pub(crate) static LIMITS: &[Row<Limits>] = &[
    Row::<Limits>::new(
        "until",
        "limits",
        Lens::Switchable {
            get: |limits| limits.until.map(|until| Nanos(until.0)),
            set: |limits, until| limits.until = until.map(|until| Time(until.0)),
        },
    ),
    Row::<Limits>::new("steps", "limits", number!((1, bounds::STEPS), u64, limits => limits.steps)),
    Row::<Limits>::new(
        "zero_time_ops",
        "livelock",
        number!((1, bounds::ZERO_TIME_OPS), u32, limits => limits.zero_time_ops),
    ),
];
