//! A machine on its way through a run, with what is kept beside it: a clone of this is a checkpoint.

use kernelscope_sim::event::Event;
use kernelscope_sim::machine::{Machine, Progress};
use kernelscope_sim::sink::Micro;
use kernelscope_sim::time::Nanos;

use crate::fold::figures::Figures;

/// A machine, the figures so far, and where in its instant it is.
#[derive(Clone, Debug)]
pub(crate) struct Traveller {
    machine: Machine,
    figures: Figures,
    /// How many steps had been taken when the present instant began.
    before_instant: u64,
}

/// The events of one step, of full detail; one buffer serves for all steps.
#[derive(Default)]
pub(crate) struct Step(Micro);

impl Traveller {
    /// At the start of a run.
    pub(crate) fn new(machine: Machine) -> Traveller {
        let figures = Figures::new(machine.scenario());
        Traveller { machine, figures, before_instant: 0 }
    }

    /// Takes one step, if there is one, and leaves its events in `step`. Tells of every task that was chosen for a CPU
    /// how long it had been ready.
    pub(crate) fn step(&mut self, step: &mut Step, mut chosen: impl FnMut(Nanos)) -> Progress {
        step.0.0.clear();
        let (before, at) = (self.machine.steps(), self.machine.now());
        let progress = self.machine.step(&mut step.0);
        if self.machine.now() > at {
            self.before_instant = before;
        }
        for event in step.events() {
            self.figures.event(event).into_iter().for_each(&mut chosen);
        }
        progress
    }

    /// The machine.
    pub(crate) fn machine(&self) -> &Machine {
        &self.machine
    }

    /// The figures so far.
    pub(crate) fn figures(&self) -> &Figures {
        &self.figures
    }

    /// How many steps have been taken.
    pub(crate) fn steps(&self) -> u64 {
        self.machine.steps()
    }

    /// Which step of its instant was the last, from 1; 0 before the first.
    pub(crate) fn ordinal(&self) -> u32 {
        u32::try_from(self.machine.steps() - self.before_instant).unwrap_or(u32::MAX)
    }

    /// How many bytes a clone takes.
    pub(crate) fn footprint(&self) -> u64 {
        self.machine.footprint() as u64 + self.figures.footprint()
    }
}

impl Step {
    /// The events, in the order in which they happened.
    pub(crate) fn events(&self) -> &[Event] {
        &self.0.0
    }

    /// Takes a step of a machine that nobody travels with.
    pub(crate) fn of(&mut self, machine: &mut Machine) -> &[Event] {
        self.0.0.clear();
        machine.step(&mut self.0);
        self.events()
    }
}
