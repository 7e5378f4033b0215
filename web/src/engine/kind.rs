//! The two engines: one source, built twice. The lean one can do everything but memory, for half of the download, and is
//! fetched first. The full one takes over as soon as a scenario has memory, and stays: it can do everything.

use kernelscope_sim::scenario::Scenario;

/// Which engine. One that is greater can do whatever a smaller one can.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// It refuses machines with memory.
    #[default]
    Lean,
    /// It has everything.
    Full,
}

impl Kind {
    /// The engine that a scenario takes.
    pub fn of(scenario: &Scenario) -> Kind {
        if scenario.machine.memory.is_some() { Kind::Full } else { Kind::Lean }
    }

    /// The name of its program, as `Cargo.toml` has it.
    pub(super) fn program(self) -> &'static str {
        match self {
            Kind::Lean => "worker",
            Kind::Full => "worker_full",
        }
    }
}
