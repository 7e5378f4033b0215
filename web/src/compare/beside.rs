//! Another policy for the same scenario, comparable with its own: a slice that its own policy has stays as long, and
//! under a periodic timer no slice is shorter than the period.

use kernelscope_share::params;
use kernelscope_sim::scenario::{PolicySpec, Scenario, Timer};
use kernelscope_sim::time::{Nanos, format};
use serde_json::{Value, json};

/// The policy of that name as a document writes it.
pub fn policy(name: &str, scenario: &Scenario, unit: Nanos) -> Value {
    let sliced = params::field(&format!("machine.policy.{name}.quantum")).is_some() && name != "priority";
    match quantum(scenario).filter(|_| sliced) {
        Some(quantum) => {
            let text = format::duration(quantum, unit);
            let quantum = text.parse::<u64>().map_or_else(|_| json!(text), |number| json!(number));
            json!({ name: { "quantum": quantum } })
        }
        None => json!(name),
    }
}

/// The slice of a scenario: its policy's, or else the timer's period.
fn quantum(scenario: &Scenario) -> Option<Nanos> {
    let own = match &scenario.machine.policy {
        PolicySpec::Rr { quantum } => Some(*quantum),
        PolicySpec::Priority { quantum, .. } => *quantum,
        PolicySpec::Mlfq(spec) => spec.levels.first().map(|level| level.quantum),
        PolicySpec::Fifo
        | PolicySpec::Sjf { .. }
        | PolicySpec::Stcf { .. }
        | PolicySpec::NextInRing { .. } => None,
    };
    own.or(match scenario.machine.timer {
        Timer::Every(period) => Some(period),
        Timer::Exact | Timer::Off => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sharing;

    fn beside(document: &Value, name: &str) -> Value {
        let read = sharing::read(document, None).expect("a document that reads");
        policy(name, &read.scenario, read.ruler.unit)
    }

    fn document(machine: &Value) -> Value {
        json!({ "version": 1, "machine": machine, "processes": [{ "name": "A", "program": "cpu 90" }] })
    }

    #[test]
    fn a_slice_stays_as_long_under_another_policy() {
        let rr = document(&json!({ "policy": { "rr": { "quantum": 4 } } }));
        assert_eq!(beside(&rr, "mlfq"), json!({ "mlfq": { "quantum": 4 } }));
        assert_eq!(beside(&rr, "fifo"), json!("fifo"));
    }

    #[test]
    fn under_a_periodic_timer_every_policy_can_be_put_beside() {
        let ticking = document(&json!({ "timer": "7ms", "policy": "fifo" }));
        for name in params::policies() {
            let overrides =
                params::Overrides::from_iter([("machine.policy".to_owned(), beside(&ticking, name))]);
            assert!(sharing::read(&ticking, Some(&overrides)).is_ok(), "{name}");
        }
    }

    #[test]
    fn without_a_slice_the_default_holds() {
        assert_eq!(beside(&document(&json!({ "policy": "sjf" })), "rr"), json!("rr"));
    }
}
