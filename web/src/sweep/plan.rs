//! What to sweep: a parameter, its values, the policies that make the curves, and the figures to draw. A plan is
//! plain data, so that a lesson can bring one; [`prepare`](Plan::prepare) turns it into scenarios.

use std::sync::Arc;

use kernelscope_session::sweep::{SweepPoint, SweepSpec};
use kernelscope_session::view::RunMetrics;
use kernelscope_share::params::{self, Field, Kind, Overrides};
use kernelscope_sim::diagnostic::Diagnostic;
use kernelscope_sim::scenario::{Scenario, Timer};
use serde_json::Value;

use super::parameter::{has_memory, parameters};
use crate::compare::beside;
use crate::json::{self, Fields};
use crate::panels::figures::{Figure, MemoryFigure};
use crate::ruler::Ruler;
use crate::sharing;

/// How many values a sweep goes through at most.
pub const MOST_POINTS: u32 = 60;
/// The number of frames of a document's memory.
pub const FRAMES: &str = "machine.memory.frames";
/// The policies that are drawn beside each other where nobody chose any.
const USUAL: [&str; 5] = ["fifo", "sjf", "stcf", "rr", "mlfq"];

/// What to sweep.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// The parameter that changes, by its path; without one each policy is a single point.
    pub parameter: Option<String>,
    /// Its first value: in units of the scenario, or a plain number.
    pub from: u64,
    /// Its last value.
    pub to: u64,
    /// How many values at most, both ends included.
    pub points: u32,
    /// The policies by their names in files, a curve each; without any, the scenario's own.
    pub policies: Vec<String>,
    /// The policies of page replacement by their names in files: a curve each, in the place of those of scheduling.
    pub replacements: Vec<String>,
    /// The figures by their names ([`Figure::name`]), one or two.
    pub figures: Vec<String>,
}

/// What a curve stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Curve {
    /// A scheduling policy, by its name in files.
    Policy(String),
    /// A policy of page replacement, by its name in files.
    Replacement(String),
}

/// A plan as scenarios to run.
#[derive(Clone, Debug, PartialEq)]
pub struct Prepared {
    /// The plan.
    pub plan: Plan,
    /// The document that it was made for.
    pub document: Value,
    /// What that document says.
    own: Arc<Scenario>,
    /// How its durations are written.
    pub ruler: Ruler,
    /// What each curve stands for.
    pub curves: Vec<Curve>,
    /// The values of the points.
    pub values: Vec<u64>,
    /// What to run.
    pub spec: SweepSpec,
}

impl Plan {
    /// The plan in a value.
    pub fn read(value: &Value) -> Option<Plan> {
        let mut fields = Fields::of(value)?;
        let plan = Plan {
            parameter: fields.maybe("parameter", json::text)?,
            from: fields.number("from")?,
            to: fields.number("to")?,
            points: fields.number("points")?,
            policies: fields.list("policies", json::text)?,
            replacements: fields.list("replacements", json::text)?,
            figures: fields.list("figures", json::text)?,
        };
        fields.are_known().then_some(plan)
    }

    /// A plan that fits a document: the miss-ratio curve of its memory if it has any, its quantum against response and
    /// turnaround if it has one, else the policies as points.
    pub fn suggest(document: &Value) -> Plan {
        if let Some(frames) = params::value(document, FRAMES).filter(|_| has_memory(document)) {
            return Plan::miss_ratio(document, frames.as_u64().unwrap_or(1));
        }
        let is_quantum = |path: &str| path.starts_with("machine.policy.") && path.ends_with(".quantum");
        let quantum = parameters(document).into_iter().find(|parameter| is_quantum(&parameter.path));
        let policies = match quantum {
            Some(_) => Vec::new(),
            None => USUAL.map(String::from).to_vec(),
        };
        let figures = [Figure::Response, Figure::Turnaround].map(|figure| figure.name().to_owned()).to_vec();
        let parameter = quantum.map(|parameter| parameter.path);
        let (from, to, points) = match ticks(document) {
            Some(period) => (period, 10 * period, 10),
            None => (1, 20, 20),
        };
        Plan { parameter, from, to, points, policies, replacements: Vec::new(), figures }
    }

    /// The rate of faults against the number of frames, which is so many in the document.
    fn miss_ratio(document: &Value, frames: u64) -> Plan {
        // What comes next is only known where one process refers to memory.
        let tasks = document.get("processes").and_then(Value::as_array).map_or(0, Vec::len);
        let usual = ["fifo", "lru", "clock", "opt"].into_iter().filter(|name| *name != "opt" || tasks == 1);
        let to = (2 * frames).clamp(6, 10_000);
        Plan {
            parameter: Some(FRAMES.to_owned()),
            from: 1,
            to,
            points: u32::try_from(to).unwrap_or(MOST_POINTS).min(MOST_POINTS / 2),
            policies: Vec::new(),
            replacements: usual.map(String::from).collect(),
            figures: vec![Figure::Memory(MemoryFigure::FaultRate).name().to_owned()],
        }
    }

    /// The figures to draw.
    pub fn drawn(&self) -> Vec<Figure> {
        self.figures.iter().filter_map(|name| Figure::from_name(name)).collect()
    }

    /// The values that the parameter takes, evenly spread and each only once.
    pub fn values(&self) -> Vec<u64> {
        if self.parameter.is_none() {
            return vec![0];
        }
        let (from, to) = (self.from.min(self.to), self.from.max(self.to));
        let last = u64::from(self.points.clamp(2, MOST_POINTS) - 1);
        let wide = u128::from(to - from);
        let offset = |place: u64| (wide * u128::from(place) + u128::from(last) / 2) / u128::from(last);
        // An offset is at most the width, which is a `u64`.
        let mut values: Vec<u64> = (0..=last).map(|place| from + offset(place) as u64).collect();
        values.dedup();
        values
    }

    /// The scenarios of all points.
    ///
    /// # Errors
    /// What is wrong with the first point that cannot be made: the range leaves what the parameter allows.
    pub fn prepare(&self, document: &Value) -> Result<Prepared, Vec<Diagnostic>> {
        let own = sharing::read(document, None)?;
        let (ruler, own) = (own.ruler, Arc::new(own.scenario));
        let curves: Vec<Curve> = match (self.replacements.as_slice(), self.policies.as_slice()) {
            ([], []) => vec![Curve::Policy(params::policy_name(&own.machine.policy).to_owned())],
            ([], policies) => policies.iter().cloned().map(Curve::Policy).collect(),
            (replacements, _) => replacements.iter().cloned().map(Curve::Replacement).collect(),
        };
        let values = self.values();
        let mut spec = SweepSpec { curves: Vec::new() };
        for curve in &curves {
            let scenario = |value: &u64| -> Result<Arc<Scenario>, Vec<Diagnostic>> {
                let overrides = self.overrides(curve, &own, *value, ruler);
                Ok(Arc::new(sharing::read(document, Some(&overrides))?.scenario))
            };
            spec.curves.push(values.iter().map(scenario).collect::<Result<_, _>>()?);
        }
        Ok(Prepared { plan: self.clone(), document: document.clone(), own, ruler, curves, values, spec })
    }

    /// What a point differs in from the document.
    fn overrides(&self, curve: &Curve, own: &Scenario, value: u64, ruler: Ruler) -> Overrides {
        let mut overrides = Overrides::new();
        let own_policy = params::policy_name(&own.machine.policy);
        let policy = match curve {
            Curve::Policy(policy) => policy.as_str(),
            Curve::Replacement(_) => own_policy,
        };
        if policy != own_policy {
            overrides.insert("machine.policy".into(), beside::policy(policy, own, ruler.unit));
        }
        let own_replacement =
            own.machine.memory.as_ref().map(|memory| params::replacement_name(&memory.replacement));
        match curve {
            Curve::Replacement(name) if own_replacement != Some(name) => {
                overrides.insert("machine.memory.replacement".into(), name.as_str().into());
            }
            _ => {}
        }
        if let Some(path) = &self.parameter
            && let Some(field) = params::field(path)
            // A parameter of another policy changes nothing here: its curve is level.
            && (field.policies.is_empty() || field.policies.contains(&policy))
        {
            overrides.insert(path.clone(), as_written(field, value, ruler));
        }
        overrides
    }
}

impl Prepared {
    /// The document of a point.
    pub fn document_of(&self, curve: usize, point: usize) -> Option<Value> {
        let (curve, value) = (self.curves.get(curve)?, self.values.get(point)?);
        let overrides = self.plan.overrides(curve, &self.own, *value, self.ruler);
        params::apply(&self.document, &overrides).ok()
    }

    /// What came out at a point, if it is there.
    pub fn at<'a>(&self, points: &'a [SweepPoint], curve: usize, point: usize) -> Option<&'a RunMetrics> {
        let is_it = |it: &&SweepPoint| usize::from(it.curve) == curve && usize::from(it.point) == point;
        points.iter().find(is_it)?.metrics.as_ref()
    }
}

/// The period of a document's timer in its units: a quantum must be a multiple of it.
fn ticks(document: &Value) -> Option<u64> {
    let read = sharing::read(document, None).ok()?;
    match read.scenario.machine.timer {
        Timer::Every(period) if period.0.is_multiple_of(read.ruler.unit.0) => {
            Some(period.0 / read.ruler.unit.0)
        }
        Timer::Every(_) | Timer::Exact | Timer::Off => None,
    }
}

/// A value of a parameter as documents write it.
fn as_written(field: &Field, value: u64, ruler: Ruler) -> Value {
    match field.kind {
        Kind::Duration { needs_suffix: true, .. } => {
            format!("{}ns", value.saturating_mul(ruler.unit.0)).into()
        }
        Kind::Hundredths => (value as f64 / 100.0).into(),
        _ => value.into(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn document() -> Value {
        json!({
            "version": 1,
            "machine": { "policy": { "rr": { "quantum": 4 } } },
            "processes": [{ "name": "A", "program": "cpu 5" }, { "name": "B", "program": "cpu 5" }]
        })
    }

    #[test]
    fn a_round_robin_suggests_its_quantum_and_others_their_policies() {
        let plan = Plan::suggest(&document());
        assert_eq!(plan.parameter.as_deref(), Some("machine.policy.rr.quantum"));
        let plan = Plan::suggest(&json!({ "version": 1, "processes": [] }));
        assert_eq!((plan.parameter, plan.policies.len()), (None, 5));
    }

    #[test]
    fn a_machine_with_memory_suggests_the_faults_of_the_usual_policies_against_its_frames() {
        let belady = json!({
            "version": 1,
            "machine": { "memory": { "frames": 3, "replacement": "fifo" } },
            "processes": [{ "name": "A", "program": "refs 1 2 3 4 1 2 5 1 2 3 4 5" }]
        });
        let prepared = Plan::suggest(&belady).prepare(&belady).expect("a suggestion can be run");
        assert_eq!(prepared.values, [1, 2, 3, 4, 5, 6]);
        assert_eq!(prepared.curves.len(), 4);
        assert_eq!(
            prepared.document_of(0, 3).expect("a point")["machine"]["memory"],
            json!({ "frames": 4, "replacement": "fifo" })
        );
        assert_eq!(
            prepared.document_of(1, 3).expect("a point")["machine"]["memory"],
            json!({ "frames": 4, "replacement": "lru" })
        );
        let offered = |document: &Value| {
            parameters(document).into_iter().any(|parameter| parameter.path.starts_with("machine.memory"))
        };
        assert!(offered(&belady) && !offered(&document()), "memory is swept where there is some");
    }

    #[test]
    fn under_a_periodic_timer_the_suggested_quanta_are_multiples_of_the_period() {
        let mut ticking = document();
        ticking["machine"]["timer"] = json!("4ms");
        let plan = Plan::suggest(&ticking);
        assert_eq!(plan.values(), [4, 8, 12, 16, 20, 24, 28, 32, 36, 40]);
        assert!(plan.prepare(&ticking).is_ok(), "a suggestion can be run");
    }

    #[test]
    fn values_are_spread_evenly_and_never_twice() {
        let plan = |from, to, points| Plan { from, to, points, ..Plan::suggest(&document()) };
        assert_eq!(plan(1, 5, 5).values(), [1, 2, 3, 4, 5]);
        assert_eq!(plan(1, 3, 9).values(), [1, 2, 3]);
        assert_eq!(plan(100, 0, 3).values(), [0, 50, 100]);
        assert_eq!(plan(1, 1_000, 1_000).values().len(), MOST_POINTS as usize);
    }

    #[test]
    fn each_point_is_its_own_scenario_and_opens_as_its_own_document() {
        let policies = vec!["rr".into(), "fifo".into()];
        let plan = Plan { policies, from: 1, to: 3, points: 3, ..Plan::suggest(&document()) };
        let prepared = plan.prepare(&document()).expect("a plan that can be run");
        assert_eq!(prepared.values, [1, 2, 3]);
        let [rr, fifo] = prepared.spec.curves.as_slice() else { panic!("two curves") };
        assert!(rr[0] != rr[1] && fifo[0] == fifo[1], "a quantum means nothing to FIFO");
        let opened = prepared.document_of(0, 1).expect("a point of the first curve");
        assert_eq!(opened["machine"]["policy"], json!({ "rr": { "quantum": 2 } }));
        let opened = prepared.document_of(1, 0).expect("a point of the second");
        assert_eq!(opened["machine"]["policy"], json!("fifo"));
    }

    #[test]
    fn a_value_out_of_range_is_refused_with_its_place() {
        let plan = Plan { from: 0, to: 3, points: 4, ..Plan::suggest(&document()) };
        let problems = plan.prepare(&document()).expect_err("a quantum of 0");
        assert!(problems[0].path.contains("quantum"), "{problems:?}");
    }

    #[test]
    fn costs_are_swept_in_units_of_the_scenario() {
        let parameter = Some("machine.costs.process_switch".into());
        let plan = Plan { parameter, from: 0, to: 2, points: 3, ..Plan::suggest(&document()) };
        let prepared = plan.prepare(&document()).expect("costs can be swept");
        let cost = |point: usize| prepared.spec.curves[0][point].machine.costs.process_switch.0;
        assert_eq!((cost(0), cost(1), cost(2)), (0, 1_000_000, 2_000_000));
    }

    #[test]
    fn every_task_offers_its_own_parameters_and_other_policies_offer_none() {
        let paths: Vec<String> =
            parameters(&document()).into_iter().map(|parameter| parameter.path).collect();
        assert!(paths.contains(&"processes[1].at".to_owned()), "{paths:?}");
        assert!(!paths.iter().any(|path| path.contains("mlfq")), "{paths:?}");
    }
}
