//! The replacement policies that a machine can serve, and what each wants beside it.

use super::{Problems, bounds};
use crate::diagnostic::{Allowed, Code, Diagnostic};
use crate::mem::replace::ReplacementSpec;
use crate::mem::spec::{MemorySpec, Reclaim, Scope};
use crate::program::Op;
use crate::scenario::{InputAction, ProcessSpec, Scenario, TaskKind};

const PATH: &str = "machine.memory.replacement";

impl Problems {
    pub(super) fn replacement(&mut self, memory: &MemorySpec, scenario: &Scenario) {
        let added = scenario.inputs.iter().filter_map(|input| match &input.action {
            InputAction::Add(process) => Some(process),
            InputAction::Kill(_) | InputAction::Set { .. } => None,
        });
        let listed = scenario.processes.iter().chain(added);
        let processes: Vec<&ProcessSpec> = listed.filter(|process| process.kind == TaskKind::User).collect();
        if memory.scope == Scope::Local {
            self.quotas(memory, &processes);
        } else if memory.replacement == ReplacementSpec::PseudoLru && !memory.frames.is_power_of_two() {
            self.unlike(PATH, "pseudo_lru", memory.frames.to_string());
        }
        if memory.replacement.looks_ahead() {
            self.future(memory, scenario, &processes);
        }
        let cleans = match memory.replacement {
            ReplacementSpec::WsClock { .. } => Some("ws_clock"),
            ReplacementSpec::EnhancedClock { start_clean: true } => Some("start_clean"),
            _ => None,
        };
        // The writes of pages that stay are the daemon's: no fault waits for them.
        if let Some(name) = cleans.filter(|_| memory.reclaim == Reclaim::Direct) {
            self.unlike(PATH, name, "machine.memory.daemon".to_owned());
        }
    }

    /// Every process has a frame at least, and all of them together no more than there are.
    fn quotas(&mut self, memory: &MemorySpec, processes: &[&ProcessSpec]) {
        let quotas: Vec<u32> = processes
            .iter()
            .map(|process| process.memory.quota_of(memory.frames, processes.len() as u32))
            .collect();
        let sum: u64 = quotas.iter().map(|quota| u64::from(*quota)).sum();
        let is_tree = memory.replacement == ReplacementSpec::PseudoLru;
        let fits = |quota: &u32| *quota > 0 && (!is_tree || quota.is_power_of_two());
        if sum > memory.frames.into() {
            self.unlike("machine.memory.scope", &sum.to_string(), memory.frames.to_string());
        } else if let Some(quota) = quotas.iter().find(|quota| !fits(quota)) {
            self.unlike("machine.memory.scope", &quota.to_string(), memory.frames.to_string());
        }
    }

    /// A policy that looks ahead knows the string of each task by itself, not how the strings of several mix.
    fn future(&mut self, memory: &MemorySpec, scenario: &Scenario, processes: &[&ProcessSpec]) {
        let counts = processes.iter().map(|process| references(&process.program.0));
        let referring = counts.clone().filter(|count| *count > 0).count();
        if memory.scope == Scope::Global && referring > 1 {
            let ways = ["machine.memory.scope: local", "1 process"].map(str::to_owned).to_vec();
            let problem = Diagnostic::new(PATH, Code::Conflict).found(format_args!("{referring} processes"));
            self.add(problem.allowed(Allowed::OneOf(ways)));
        }
        let most = counts.map(|count| count.min(scenario.limits.steps)).max().unwrap_or(0);
        self.at_most(PATH, usize::try_from(most).unwrap_or(usize::MAX), bounds::FUTURE);
    }

    fn unlike(&mut self, path: &str, found: &str, with: String) {
        self.add(Diagnostic::new(path, Code::Conflict).found(found).allowed(Allowed::With(with)));
    }
}

/// How many references a body makes, at most.
fn references(body: &[Op]) -> u64 {
    let of = |op: &Op| match op {
        Op::Repeat { times, body } => {
            references(body).saturating_mul(times.map_or(u64::MAX, |times| times.get().into()))
        }
        op => op.references(),
    };
    body.iter().map(of).fold(0, u64::saturating_add)
}
