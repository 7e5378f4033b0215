//! Where a task is, and where its kernel registers are: in exactly one place; and it goes from one to the other only as
//! the states allow.

use std::collections::BTreeMap;
use std::sync::Arc;

use kernelscope_sim::event::Wait;
use kernelscope_sim::ids::{DeviceId, TaskId};
use kernelscope_sim::machine::{Machine, Progress, Stop};
use kernelscope_sim::sink::{Micro, Totals};
use kernelscope_sim::task::State;
use kernelscope_sim::time::Time;
use proptest::prelude::*;

use crate::random;

/// Everywhere that a task can be found, by what is kept there.
fn found(machine: &Machine) -> BTreeMap<TaskId, Vec<&'static str>> {
    let mut places: BTreeMap<TaskId, Vec<&'static str>> = BTreeMap::new();
    let mut add = |task, place| places.entry(task).or_default().push(place);
    machine.cpus().iter().filter_map(|cpu| cpu.task).for_each(|task| add(task, "on a CPU"));
    machine.sched().rank(&machine.ctx()).iter().for_each(|candidate| add(candidate.task, "in a queue"));
    machine.devices().serving().for_each(|(task, ..)| add(task, "at a device"));
    for device in 0..machine.scenario().machine.devices.len() {
        let waiting = machine.devices().waiting(DeviceId::from_index(device));
        waiting.for_each(|request| add(request.task, "at a device"));
    }
    for task in machine.tasks() {
        if machine.alarm(task.id).is_some() {
            add(task.id, "by the clock");
        }
    }
    places
}

/// Where a task in this state has to be.
fn belongs(state: State) -> &'static [&'static str] {
    match state {
        State::Ready => &["in a queue"],
        State::Switching(_) | State::Running(_) => &["on a CPU"],
        State::Blocked(Wait::Io(_)) => &["at a device"],
        State::Blocked(Wait::Sleep) | State::New => &["by the clock"],
        State::Blocked(Wait::Child) => &[],
        State::Blocked(_) => unreachable!("these machines have no memory"),
        State::Zombie | State::Reaped | State::SwappedOut => &[],
    }
}

fn may_become(from: State, to: State) -> bool {
    use State::{Blocked, New, Ready, Reaped, Running, Switching, Zombie};
    matches!(
        (from, to),
        (New, Ready)
            | (Ready, Switching(_) | Running(_) | Zombie)
            | (Switching(_), Running(_) | Ready | Zombie)
            | (Running(_), Ready | Blocked(_) | Zombie)
            | (Blocked(_), Ready | Zombie)
            | (Zombie, Reaped)
    )
}

proptest! {
    #[test]
    fn a_task_is_in_one_place_and_moves_as_its_states_allow(scenario in random::scenarios()) {
        let mut machine = Machine::new(Arc::new(scenario)).expect("the scenario is valid");
        let mut states: Vec<State> = machine.tasks().iter().map(|task| task.state).collect();
        let mut clock = Time::ZERO;
        loop {
            let mut step = Micro::default();
            let progress = machine.step(&mut step);
            prop_assert!(!step.0.is_empty(), "a step tells something");
            prop_assert!(machine.now() >= clock, "the clock runs back");
            clock = machine.now();
            prop_assert!(step.0.iter().all(|event| event.at == clock), "an event tells its own time");

            let found = found(&machine);
            for task in machine.tasks() {
                let places = found.get(&task.id).map_or(&[][..], Vec::as_slice);
                prop_assert_eq!(places, belongs(task.state), "{:?} is {:?}", task.id, task.state);
                if let Some(cpu) = task.cpu() {
                    prop_assert_eq!(machine.cpus()[cpu.index()].task, Some(task.id));
                }
                if task.id.index() >= states.len() {
                    states.push(State::New);
                }
                let before = &mut states[task.id.index()];
                // A task that enters and leaves a place in one step has passed through it all the same.
                let through_ready = may_become(*before, State::Ready) && may_become(State::Ready, task.state);
                prop_assert!(
                    *before == task.state || may_become(*before, task.state) || through_ready,
                    "{:?} goes from {:?} to {:?}", task.id, before, task.state
                );
                *before = task.state;
            }
            if matches!(progress, Progress::Ended(_)) {
                break;
            }
        }
    }

    #[test]
    fn kernel_registers_are_in_a_cpu_or_in_the_process_structure_and_never_in_both(scenario in random::scenarios()) {
        let mut machine = Machine::new(Arc::new(scenario)).expect("the scenario is valid");
        while machine.step(&mut Totals) == Progress::Going {
            for task in machine.tasks().iter().filter(|task| task.is_live()) {
                let holders = machine.cpus().iter().filter(|cpu| machine.registers(cpu) == Some(task.id)).count();
                let copies = holders + usize::from(task.kernel_registers_saved);
                prop_assert_eq!(copies, 1, "{:?} is {:?} in step {}", task.id, task.state, machine.steps());
            }
        }
    }

    #[test]
    fn no_cpu_is_free_while_a_task_is_ready(scenario in random::scenarios()) {
        let mut machine = Machine::new(Arc::new(scenario)).expect("the scenario is valid");
        for instant in 0..=1_000 {
            let progress = machine.run(Stop::Time(Time(instant)), &mut Micro::default());
            if matches!(progress, Progress::Ended(_)) {
                break;
            }
            let idle = machine.cpus().iter().any(|cpu| cpu.is_free() && cpu.held_for.is_none());
            prop_assert!(!idle || machine.sched().rank(&machine.ctx()).is_empty(), "idle at {}", instant);
        }
    }
}
