//! What can be asked for.

use clap::{Parser, Subcommand, ValueEnum};

/// Run, check, compare and share scenarios of an operating-system kernel.
#[derive(Debug, Parser)]
#[command(name = "kernelscope", version)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Run a scenario: its schedule as a chart, and the figures of every task
    Run(Run),
    /// Say everything that is wrong with scenarios
    Check(Check),
    /// Make a link of a scenario, or a scenario of a link
    Link(Link),
    /// Run the same workload under several policies or rules
    Compare(Compare),
    /// Run a scenario over and over with other values of one field
    Sweep(Sweep),
    /// Tell what happens, event by event
    Trace(Trace),
}

/// A scenario, and how to change it before use.
#[derive(Debug, clap::Args)]
pub(crate) struct Scenario {
    /// A scenario file, a link, or - for standard input
    pub(crate) source: String,
    /// Play by the conventions of another profile: textbook, ostep or linux
    #[arg(long, value_name = "NAME")]
    pub(crate) profile: Option<String>,
    /// Put a value into a field: machine.policy.rr.quantum=5 (may be repeated)
    #[arg(long, value_name = "PATH=VALUE")]
    pub(crate) set: Vec<String>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Run {
    #[command(flatten)]
    pub(crate) scenario: Scenario,
    /// Write JSON: the figures and the schedule as [start, length, cpu, task]
    #[arg(long, conflicts_with = "csv")]
    pub(crate) json: bool,
    /// Write the figures of the tasks as comma-separated values
    #[arg(long)]
    pub(crate) csv: bool,
    /// Write the chart as an SVG picture that needs nothing beside it
    #[arg(long, conflicts_with_all = ["json", "csv"])]
    pub(crate) svg: bool,
    /// Columns of the chart; in a picture each is 12 pixels wide
    #[arg(long, value_name = "COLUMNS", default_value_t = 72, value_parser = clap::value_parser!(u32).range(1..=8192))]
    pub(crate) width: u32,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Check {
    /// Scenario files, links, or - for standard input
    #[arg(required = true)]
    pub(crate) sources: Vec<String>,
    /// Write JSON: of every source, a list of its problems
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Link {
    #[command(flatten)]
    pub(crate) scenario: Scenario,
    /// Write the scenario that a link carries, as a file
    #[arg(long)]
    pub(crate) decode: bool,
    /// Put this address before the link
    #[arg(long, value_name = "ADDRESS", default_value = "", conflicts_with = "decode")]
    pub(crate) base: String,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Compare {
    #[command(flatten)]
    pub(crate) scenario: Scenario,
    /// What to compare: policies, by name or as in files, {"rr": {"quantum": 5}}, or other fields, PATH=VALUE. Without
    /// any, what the link compares, or else all policies
    #[arg(value_name = "POLICY|PATH=VALUE")]
    pub(crate) runs: Vec<String>,
    /// Write JSON
    #[arg(long, conflicts_with = "csv")]
    pub(crate) json: bool,
    /// Write comma-separated values
    #[arg(long)]
    pub(crate) csv: bool,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Sweep {
    #[command(flatten)]
    pub(crate) scenario: Scenario,
    /// The field, and its values: machine.policy.rr.quantum=1,2,5,10 or =1..20 or =10..100/10
    #[arg(long, value_name = "PATH=VALUES")]
    pub(crate) over: String,
    /// Do so under this policy, a name or as in files; a curve for each (may be repeated)
    #[arg(long, value_name = "POLICY")]
    pub(crate) policy: Vec<String>,
    /// Do so under this policy of page replacement, a name or as in files; a curve for each (may be repeated)
    #[arg(long, value_name = "POLICY", conflicts_with = "policy")]
    pub(crate) replacement: Vec<String>,
    /// What to measure
    #[arg(long, value_enum, value_delimiter = ',', default_values = ["turnaround", "response"])]
    pub(crate) metric: Vec<Metric>,
    /// Write JSON
    #[arg(long, conflicts_with = "csv")]
    pub(crate) json: bool,
    /// Write comma-separated values
    #[arg(long)]
    pub(crate) csv: bool,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Trace {
    #[command(flatten)]
    pub(crate) scenario: Scenario,
    /// Tell every stage of every trap and switch
    #[arg(long)]
    pub(crate) all: bool,
    /// Only what is about this task
    #[arg(long, value_name = "NAME")]
    pub(crate) task: Option<String>,
}

/// A figure of a whole run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Metric {
    /// Mean turnaround time
    Turnaround,
    /// Mean response time
    Response,
    /// Mean waiting time
    Waiting,
    /// From the first arrival to the last completion
    Makespan,
    /// User time over all time
    Utilisation,
    /// Kernel and switch time over busy time
    Overhead,
    /// Switches from one task to another
    Switches,
    /// Entries into the kernel
    Entries,
    /// The longest time from ready to running
    Latency,
    /// Jain's index over the tasks' CPU time
    Fairness,
    /// Page faults, minor and major
    Faults,
    /// Page faults that read the disk
    MajorFaults,
    /// References to pages that are in memory, over all
    HitRate,
    /// References whose translation is in the TLB, over all
    TlbHitRate,
    /// Pages that left memory
    Evictions,
    /// Pages read from swap and written to it
    Swap,
    /// Average memory access time: the mean time of a reference, faults included
    Amat,
}
