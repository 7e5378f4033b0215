//! One parameter against one or two figures, for several policies.

use std::sync::Arc;

use kernelscope_sim::scenario::Scenario;
use serde::{Deserialize, Serialize};

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
