//! The same scenario gives the same run: again, from a checkpoint, in any portions, and later on the clock.

use std::sync::Arc;

use kernelscope_sim::event::{Event, EventKind};
use kernelscope_sim::machine::{Machine, Progress, Stop};
use kernelscope_sim::program::Op;
use kernelscope_sim::scenario::{InputAction, PolicySpec, ProcessSpec, Scenario, Timer};
use kernelscope_sim::sink::{Micro, Totals};
use kernelscope_sim::time::{Nanos, Time};
use proptest::prelude::*;

use crate::random;

fn machine(scenario: &Scenario) -> Machine {
    Machine::new(Arc::new(scenario.clone())).expect("the scenario is valid")
}

fn events(mut machine: Machine) -> (Vec<Event>, u64) {
    let mut sink = Micro::default();
    machine.run(Stop::End, &mut sink);
    (sink.0, machine.fingerprint())
}

proptest! {
    #[test]
    fn a_run_can_be_repeated_and_taken_in_any_portions(
        scenario in random::scenarios(),
        portions in proptest::collection::vec((any::<bool>(), 1..=50u64), 0..20),
    ) {
        let whole = events(machine(&scenario));
        prop_assert_eq!(&events(machine(&scenario)), &whole);

        let mut machine = machine(&scenario);
        let mut sink = Micro::default();
        for (by_time, portion) in portions {
            let stop = match by_time {
                true => Stop::Time(Time(machine.now().0 + portion)),
                false => Stop::Step(machine.steps() + portion),
            };
            machine.run(stop, &mut sink);
            let reached = match stop {
                Stop::Time(time) => machine.now() <= time,
                Stop::Step(step) => machine.steps() == step || machine.progress() != Progress::Going,
                Stop::End => true,
            };
            prop_assert!(reached);
        }
        machine.run(Stop::End, &mut sink);
        prop_assert_eq!((sink.0, machine.fingerprint()), whole);
    }

    #[test]
    fn a_clone_is_a_checkpoint(scenario in random::scenarios(), steps in 0..300u64) {
        let mut original = machine(&scenario);
        original.run(Stop::Step(steps), &mut Totals);
        let checkpoint = original.clone();
        prop_assert_eq!(checkpoint.fingerprint(), original.fingerprint());
        let rest = events(original);
        prop_assert_eq!(events(checkpoint), rest);
    }

    #[test]
    fn what_is_told_changes_nothing(scenario in random::scenarios()) {
        let (_, fingerprint) = events(machine(&scenario));
        let mut silent = machine(&scenario);
        silent.run(Stop::End, &mut Totals);
        prop_assert_eq!(silent.fingerprint(), fingerprint);
        let mut story: Vec<Event> = Vec::new();
        let mut narrated = machine(&scenario);
        narrated.run(Stop::End, &mut story);
        prop_assert_eq!(narrated.fingerprint(), fingerprint);
    }

    #[test]
    fn a_scenario_that_starts_later_runs_the_same_later(scenario in random::scenarios(), shift in 1..=1_000u64) {
        let Some(scenario) = without_a_grid(scenario) else { return Ok(()) };
        let now = told(&later(&scenario, Nanos(1)));
        let then = told(&later(&scenario, Nanos(1 + shift)));
        let moved: Vec<Event> = now.into_iter().map(|event| postpone(event, Nanos(shift))).collect();
        prop_assert_eq!(then, moved);
    }
}

/// The scenario, unless something in it goes by multiples of a period from zero on.
fn without_a_grid(scenario: Scenario) -> Option<Scenario> {
    let boosts = matches!(&scenario.machine.policy, PolicySpec::Mlfq(spec) if spec.boost.is_some());
    let ticks = matches!(scenario.machine.timer, Timer::Every(_));
    let sets = scenario.inputs.iter().any(|input| matches!(input.action, InputAction::Set { .. }));
    (!boosts && !ticks && !sets).then_some(scenario)
}

fn later(scenario: &Scenario, shift: Nanos) -> Scenario {
    let mut scenario = scenario.clone();
    scenario.limits.until = scenario.limits.until.map(|until| until + shift);
    for process in &mut scenario.processes {
        process.at = process.at + shift;
        put_off(&mut process.program.0, shift);
    }
    for input in &mut scenario.inputs {
        input.at = input.at + shift;
        if let InputAction::Add(ProcessSpec { program, .. }) = &mut input.action {
            put_off(&mut program.0, shift);
        }
    }
    scenario
}

fn put_off(ops: &mut [Op], shift: Nanos) {
    for op in ops {
        match op {
            Op::SleepUntil(at) => *at = *at + shift,
            Op::Repeat { body, .. } | Op::Fork(Some(body)) => put_off(body, shift),
            _ => {}
        }
    }
}

/// Everything that happens, apart from switching the machine on and finding nothing to do yet.
fn told(scenario: &Scenario) -> Vec<Event> {
    let is_start = |event: &Event| event.at == Time::ZERO;
    events(machine(scenario)).0.into_iter().filter(|event| !is_start(event)).collect()
}

fn postpone(event: Event, shift: Nanos) -> Event {
    let kind = match event.kind {
        EventKind::Block { on, until } => EventKind::Block { on, until: until + shift },
        EventKind::IoStart { device, until } => EventKind::IoStart { device, until: until + shift },
        EventKind::Wake { from, since } => EventKind::Wake { from, since: since + shift },
        other => other,
    };
    Event { at: event.at + shift, kind, ..event }
}
