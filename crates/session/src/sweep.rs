//! One parameter against one or two figures, for several policies.

use std::sync::Arc;

use kernelscope_sim::machine::{Machine, Progress, Stop};
use kernelscope_sim::scenario::Scenario;
use kernelscope_sim::sink::Totals;
use serde::{Deserialize, Serialize};

use crate::summary;
use crate::view::RunMetrics;

/// What to run: a curve a policy, a scenario a point. Whoever asks has set the parameter in each of them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SweepSpec {
    /// The curves, each with its points.
    pub curves: Vec<Vec<Arc<Scenario>>>,
}

/// One point, when it is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SweepPoint {
    /// Of which curve.
    pub curve: u16,
    /// Which of its points.
    pub point: u16,
    /// What came out; none if the scenario cannot run.
    pub metrics: Option<RunMetrics>,
}

/// A sweep at work. Nothing is recorded: the machine's own counters give the figures.
pub(crate) struct Sweeper {
    /// What is still to be run, the next last.
    left: Vec<(u16, u16, Arc<Scenario>)>,
    machine: Option<Machine>,
}

impl Sweeper {
    /// Before the first point.
    pub(crate) fn new(spec: &SweepSpec) -> Sweeper {
        let curves = (0_u16..).zip(&spec.curves);
        let points = curves.flat_map(|(curve, points)| {
            (0_u16..).zip(points).map(move |(point, scenario)| (curve, point, Arc::clone(scenario)))
        });
        let mut left: Vec<_> = points.collect();
        left.reverse();
        Sweeper { left, machine: None }
    }

    /// Whether every point is done.
    pub(crate) fn is_done(&self) -> bool {
        self.left.is_empty()
    }

    /// Takes at most about `budget` steps, and takes them off it. Gives a point when it is done.
    pub(crate) fn work(&mut self, budget: &mut u64) -> Option<SweepPoint> {
        let (curve, point, scenario) = self.left.last()?;
        let (curve, point) = (*curve, *point);
        if self.machine.is_none() {
            self.machine = Machine::new(Arc::clone(scenario)).ok();
        }
        let metrics = match &mut self.machine {
            // A point that cannot run is work as well, or a sweep of nothing else would be one slice.
            None => {
                *budget = budget.saturating_sub(1);
                None
            }
            Some(machine) => {
                let before = machine.steps();
                let progress = machine.run(Stop::Step(before.saturating_add(*budget)), &mut Totals);
                *budget -= machine.steps() - before;
                if progress == Progress::Going {
                    return None;
                }
                Some(summary::of_run(machine, None))
            }
        };
        self.left.pop();
        self.machine = None;
        Some(SweepPoint { curve, point, metrics })
    }
}
