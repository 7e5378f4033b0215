//! Scenarios in one line, and what the cases look for in a run.

use crate::common::{MS, run, scenario};
use kernelscope_sim::event::{Event, EventKind};
use kernelscope_sim::ids::TaskId;
use kernelscope_sim::machine::{Machine, Stop};
use kernelscope_sim::rules::RuleId;
use kernelscope_sim::scenario::{Limits, PolicySpec, Scenario};
use kernelscope_sim::sink::Micro;
use kernelscope_sim::time::Time;
use std::sync::Arc;

pub(crate) fn with(mut it: Scenario, change: impl FnOnce(&mut Scenario)) -> Scenario {
    change(&mut it);
    it
}

pub(crate) fn until(it: Scenario, ms: u64) -> Scenario {
    with(it, |it| it.limits = Limits { until: Some(Time(ms * MS)), ..Limits::default() })
}

/// The rule, runner-up and keys of the dispatch of a task at an instant.
pub(crate) fn dispatch(it: Scenario, task: u32, at: u64) -> (RuleId, Option<TaskId>, u64, u64) {
    let (_, events) = run(it);
    let found = events.iter().find_map(|event| match event.kind {
        EventKind::Dispatch { rule, runner_up, key, other }
            if event.task == Some(TaskId::new(task)) && event.at == Time(at * MS) =>
        {
            Some((rule, runner_up, key, other))
        }
        _ => None,
    });
    found.expect("such a dispatch")
}

pub(crate) fn micro(it: Scenario) -> (Machine, Vec<Event>) {
    let mut machine = Machine::new(Arc::new(it)).expect("a scenario that runs");
    let mut events = Micro::default();
    machine.run(Stop::End, &mut events);
    (machine, events.0)
}

pub(crate) fn task(n: u32) -> Option<TaskId> {
    Some(TaskId::new(n))
}

pub(crate) fn priority(preemptive: bool) -> PolicySpec {
    PolicySpec::Priority { preemptive, quantum: None, aging: None }
}

pub(crate) fn prioritised(policy: PolicySpec, jobs: &[(&str, u64, &str)], priorities: &[u32]) -> Scenario {
    with(scenario(policy, jobs), |it| {
        for (process, priority) in it.processes.iter_mut().zip(priorities) {
            process.priority = *priority;
        }
    })
}
