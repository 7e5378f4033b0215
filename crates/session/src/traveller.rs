//! A machine on its way through a run: a clone of this is a checkpoint.

use kernelscope_sim::event::Event;
use kernelscope_sim::machine::{Machine, Progress};
use kernelscope_sim::sink::{Micro, Sink, Totals};

/// A machine, and where in its instant it is.
#[derive(Clone, Debug)]
pub(crate) struct Traveller {
    machine: Machine,
    /// How many steps had been taken when the present instant began.
    before_instant: u64,
}

/// The events of one step, of full detail; one buffer serves for all steps.
#[derive(Default)]
pub(crate) struct Step(Micro);

impl Traveller {
    /// At the start of a run.
    pub(crate) fn new(machine: Machine) -> Traveller {
        Traveller { machine, before_instant: 0 }
    }

    /// Takes one step, if there is one, and leaves its events in `step`.
    pub(crate) fn step(&mut self, step: &mut Step) -> Progress {
        step.0.0.clear();
        self.advance(&mut step.0)
    }

    /// Takes one step, if there is one, of which nobody wants to be told.
    pub(crate) fn pass(&mut self) {
        self.advance(&mut Totals);
    }

    fn advance(&mut self, sink: &mut impl Sink) -> Progress {
        let (before, at) = (self.machine.steps(), self.machine.now());
        let progress = self.machine.step(sink);
        if self.machine.now() > at {
            self.before_instant = before;
        }
        progress
    }

    /// The machine.
    pub(crate) fn machine(&self) -> &Machine {
        &self.machine
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
        (size_of::<Traveller>() - size_of::<Machine>() + self.machine.footprint()) as u64
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
