//! The figures of a run and of a task: one catalogue for the metrics panel, comparisons and sweeps.
//!
//! A figure knows what it measures, which end of it is the better one, and by which rule it is counted. To add
//! one: one variant, and the compiler leads to its name, its formula and its value.

mod memory;

use kernelscope_session::view::{RunMetrics, TaskMetrics};
use kernelscope_sim::rules::RuleId;

use crate::i18n::amount;
use crate::ruler::Ruler;

pub use self::memory::MemoryFigure;

/// A figure of a whole run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Figure {
    /// Mean of completion less arrival.
    Turnaround,
    /// Mean of first run less arrival.
    Response,
    /// Mean waiting time.
    Waiting,
    /// Tasks ended per makespan.
    Throughput,
    /// Last completion less first arrival.
    Makespan,
    /// User time over all CPU time.
    Utilisation,
    /// User, kernel and switch time over all CPU time.
    Busy,
    /// Kernel and switch time over busy time.
    Overhead,
    /// Switches from one process to another.
    ContextSwitches,
    /// Entries into the kernel.
    ModeSwitches,
    /// Slices granted.
    Slices,
    /// Mean time between becoming ready and running.
    Latency,
    /// 95th percentile of the same.
    LatencyP95,
    /// The longest anybody was ready without running.
    Starvation,
    /// Jain's index over the CPU time of the tasks.
    Fairness,
    /// One of its memory.
    Memory(MemoryFigure),
}

/// How a figure is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// A duration.
    Duration,
    /// A share, in per cent.
    Share,
    /// A plain number.
    Count,
    /// A number between 0 and 1.
    Index,
    /// A number per unit of time.
    Rate,
}

/// Which end of a figure is the better one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Better {
    /// Small.
    Lower,
    /// Large.
    Higher,
    /// Neither: it only describes.
    Neither,
}

/// A figure's value: a pair that nobody has rounded yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Amount {
    /// The numerator.
    pub sum: u64,
    /// The denominator, never 0.
    pub over: u64,
    /// How it is written.
    pub measure: Measure,
}

impl Figure {
    /// Every figure of any run, in the order in which they are shown.
    pub const ALL: [Figure; 15] = [
        Figure::Turnaround,
        Figure::Response,
        Figure::Waiting,
        Figure::Makespan,
        Figure::Throughput,
        Figure::Utilisation,
        Figure::Busy,
        Figure::Overhead,
        Figure::ContextSwitches,
        Figure::ModeSwitches,
        Figure::Slices,
        Figure::Latency,
        Figure::LatencyP95,
        Figure::Starvation,
        Figure::Fairness,
    ];

    /// Every figure of a run that has memory or has not, in the order in which they are shown.
    pub fn all(has_memory: bool) -> impl Iterator<Item = Figure> {
        let of_memory = MemoryFigure::ALL.into_iter().filter(move |_| has_memory);
        Figure::ALL.into_iter().chain(of_memory.map(Figure::Memory))
    }

    /// How it is written.
    pub const fn measure(self) -> Measure {
        match self {
            Figure::Turnaround
            | Figure::Response
            | Figure::Waiting
            | Figure::Makespan
            | Figure::Latency
            | Figure::LatencyP95
            | Figure::Starvation => Measure::Duration,
            Figure::Utilisation | Figure::Busy | Figure::Overhead => Measure::Share,
            Figure::ContextSwitches | Figure::ModeSwitches | Figure::Slices => Measure::Count,
            Figure::Fairness => Measure::Index,
            Figure::Throughput => Measure::Rate,
            Figure::Memory(figure) => figure.measure(),
        }
    }

    /// Which end of it is the better one.
    pub const fn better(self) -> Better {
        match self {
            Figure::Turnaround
            | Figure::Response
            | Figure::Waiting
            | Figure::Makespan
            | Figure::Overhead
            | Figure::ContextSwitches
            | Figure::ModeSwitches
            | Figure::Latency
            | Figure::LatencyP95
            | Figure::Starvation => Better::Lower,
            Figure::Throughput | Figure::Utilisation | Figure::Fairness => Better::Higher,
            Figure::Busy | Figure::Slices => Better::Neither,
            Figure::Memory(figure) => figure.better(),
        }
    }

    /// The rule that says how it is counted, where books differ.
    pub const fn rule(self) -> Option<RuleId> {
        match self {
            Figure::Waiting => Some(RuleId::WaitingCounts),
            Figure::Overhead | Figure::ContextSwitches | Figure::Busy => Some(RuleId::SwitchChargedTo),
            Figure::ModeSwitches => Some(RuleId::TwoSaves),
            Figure::Slices => Some(RuleId::RrSlice),
            _ => None,
        }
    }

    /// Its value in a run; none where there is nothing to divide by.
    pub fn of(self, run: &RunMetrics) -> Option<Amount> {
        let finished = u64::from(run.finished);
        let (sum, over) = match self {
            Figure::Turnaround => (run.turnaround_sum, finished),
            Figure::Response => (run.response_sum, u64::from(run.started)),
            Figure::Waiting => (run.waiting_sum, finished),
            Figure::Makespan => (run.makespan.0, u64::from(finished > 0)),
            Figure::Throughput => (finished, run.makespan.0),
            Figure::Utilisation => run.utilisation,
            Figure::Busy => run.busy,
            Figure::Overhead => run.overhead,
            Figure::ContextSwitches => (run.context_switches, 1),
            Figure::ModeSwitches => (run.mode_switches, 1),
            Figure::Slices => (run.slices, 1),
            Figure::Latency => run.latency_mean,
            Figure::LatencyP95 => (run.latency_p95?.0, 1),
            Figure::Starvation => (run.latency_max.0, 1),
            Figure::Fairness => run.fairness,
            Figure::Memory(figure) => figure.of(&run.memory?),
        };
        (over > 0).then_some(Amount { sum, over, measure: self.measure() })
    }

    /// Its stable name, in ids and links.
    pub const fn name(self) -> &'static str {
        match self {
            Figure::Turnaround => "turnaround",
            Figure::Response => "response",
            Figure::Waiting => "waiting",
            Figure::Throughput => "throughput",
            Figure::Makespan => "makespan",
            Figure::Utilisation => "utilisation",
            Figure::Busy => "busy",
            Figure::Overhead => "overhead",
            Figure::ContextSwitches => "context-switches",
            Figure::ModeSwitches => "mode-switches",
            Figure::Slices => "slices",
            Figure::Latency => "latency",
            Figure::LatencyP95 => "latency-p95",
            Figure::Starvation => "starvation",
            Figure::Fairness => "fairness",
            Figure::Memory(figure) => figure.name(),
        }
    }

    /// The figure of that name.
    pub fn from_name(name: &str) -> Option<Figure> {
        Figure::all(true).find(|figure| figure.name() == name)
    }
}

impl Amount {
    /// As it is written, in the scenario's unit.
    pub fn text(self, ruler: Ruler) -> String {
        let Amount { sum, over, measure } = self;
        let text = match measure {
            Measure::Duration => amount::mean_duration(sum, over, ruler),
            Measure::Share => amount::percent((sum, over)),
            Measure::Count | Measure::Index => amount::ratio((sum, over)),
            Measure::Rate => Some(amount::rate(sum, over, ruler)),
        };
        text.unwrap_or_else(|| "–".into())
    }

    /// As a chart draws it: units of time, per cent or plain numbers.
    pub fn drawn(self, ruler: Ruler) -> f64 {
        let Amount { sum, over, measure } = self;
        match measure {
            Measure::Duration => amount::in_units(sum, over, ruler).unwrap_or_default(),
            Measure::Share => sum as f64 / over as f64 * 100.0,
            Measure::Count | Measure::Index => sum as f64 / over as f64,
            Measure::Rate => sum as f64 / amount::in_units(over, 1, ruler).unwrap_or(1.0),
        }
    }

    /// Which of two is the larger, exactly.
    pub fn compare(self, other: Amount) -> std::cmp::Ordering {
        let left = u128::from(self.sum) * u128::from(other.over);
        left.cmp(&(u128::from(other.sum) * u128::from(self.over)))
    }
}

/// The places of the best and of the worst values; none where all are equal or nothing is better.
pub fn best_and_worst(values: &[Option<Amount>], better: Better) -> (Vec<usize>, Vec<usize>) {
    let known: Vec<(usize, Amount)> =
        values.iter().enumerate().filter_map(|(place, value)| Some((place, (*value)?))).collect();
    let least = known.iter().map(|(_, value)| *value).min_by(|a, b| a.compare(*b));
    let most = known.iter().map(|(_, value)| *value).max_by(|a, b| a.compare(*b));
    let (Some(least), Some(most)) = (least, most) else {
        return Default::default();
    };
    if least.compare(most).is_eq() {
        return Default::default();
    }
    let places = |wanted: Amount| {
        known.iter().filter(|(_, value)| value.compare(wanted).is_eq()).map(|(place, _)| *place).collect()
    };
    match better {
        Better::Lower => (places(least), places(most)),
        Better::Higher => (places(most), places(least)),
        Better::Neither => Default::default(),
    }
}

/// A figure of one task.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TaskFigure {
    /// When it arrived.
    Arrival,
    /// When it first ran.
    FirstRun,
    /// When it ended.
    Completion,
    /// Completion less arrival.
    Turnaround,
    /// First run less arrival.
    Response,
    /// The time that it waited, by the convention.
    Waiting,
    /// The time that it ran in user mode.
    Cpu,
    /// The time that it was blocked.
    Blocked,
    /// The kernel's time on its account.
    Kernel,
    /// Slices granted.
    Slices,
    /// The longest time that it was ready without a break.
    LongestReady,
    /// Switches away that it caused itself.
    Voluntary,
    /// Switches away that it suffered.
    Involuntary,
    /// Turnaround over the time that it would take alone.
    Slowdown,
}

impl TaskFigure {
    /// Every figure, in the order of the columns.
    pub const ALL: [TaskFigure; 14] = [
        TaskFigure::Arrival,
        TaskFigure::FirstRun,
        TaskFigure::Completion,
        TaskFigure::Turnaround,
        TaskFigure::Response,
        TaskFigure::Waiting,
        TaskFigure::Cpu,
        TaskFigure::Blocked,
        TaskFigure::Kernel,
        TaskFigure::Slices,
        TaskFigure::LongestReady,
        TaskFigure::Voluntary,
        TaskFigure::Involuntary,
        TaskFigure::Slowdown,
    ];

    /// Its value; none where it is not known yet.
    pub fn of(self, task: &TaskMetrics) -> Option<Amount> {
        let duration = |nanos: u64| Some(Amount { sum: nanos, over: 1, measure: Measure::Duration });
        let count = |sum: u64| Some(Amount { sum, over: 1, measure: Measure::Count });
        match self {
            TaskFigure::Arrival => duration(task.arrival?.0),
            TaskFigure::FirstRun => duration(task.first_run?.0),
            TaskFigure::Completion => duration(task.completion?.0),
            TaskFigure::Turnaround => duration(task.turnaround?.0),
            TaskFigure::Response => duration(task.response?.0),
            TaskFigure::Waiting => duration(task.waiting.0),
            TaskFigure::Cpu => duration(task.cpu.0),
            TaskFigure::Blocked => duration(task.blocked.0),
            TaskFigure::Kernel => duration(task.kernel.0),
            TaskFigure::Slices => count(task.slices),
            TaskFigure::LongestReady => duration(task.longest_ready.0),
            TaskFigure::Voluntary => count(task.voluntary),
            TaskFigure::Involuntary => count(task.involuntary),
            TaskFigure::Slowdown => {
                let (sum, over) = task.slowdown?;
                (over > 0).then_some(Amount { sum, over, measure: Measure::Index })
            }
        }
    }
}

#[cfg(test)]
mod tests;
