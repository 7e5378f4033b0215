//! What SJF and STCF are the best at, by trying everything else.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::ticker::{Burst, Job, Length, Rule, Workload};
use super::{TICK, scenario};
use crate::watch;

fn workload(rule: Rule, jobs: &[(u64, u64)]) -> Workload {
    let job = |&(at, cpu): &(u64, u64)| Job { at, priority: 0, bursts: vec![Burst { cpu, io: 0 }] };
    Workload {
        jobs: jobs.iter().map(job).collect(),
        cpus: 1,
        rule,
        preempted_first: false,
        ties_by_number: false,
        shared_disk: false,
        timer: None,
    }
}

/// The sum of the instants at which jobs are complete; the turnaround times differ from it by a constant.
fn completions(workload: &Workload) -> u64 {
    let ends = watch(&scenario(workload)).tasks.into_iter().filter_map(|times| times.completion);
    ends.map(|end| end / TICK).sum()
}

/// The smallest sum over all orders in which jobs can run one after the other.
fn best_order(left: &mut Vec<u64>, clock: u64) -> u64 {
    let mut best = if left.is_empty() { 0 } else { u64::MAX };
    for chosen in 0..left.len() {
        let length = left.swap_remove(chosen);
        best = best.min(clock + length + best_order(left, clock + length));
        left.push(length);
        let last = left.len() - 1;
        left.swap(chosen, last);
    }
    best
}

/// The smallest sum over all ways to give the CPU to some job in each tick.
fn best_schedule(
    jobs: &[(u64, u64)],
    clock: u64,
    left: &mut Vec<u64>,
    known: &mut BTreeMap<(u64, Vec<u64>), u64>,
) -> u64 {
    if left.iter().all(|left| *left == 0) {
        return 0;
    }
    if let Some(best) = known.get(&(clock, left.clone())) {
        return *best;
    }
    let mut best = None;
    for job in 0..jobs.len() {
        if left[job] > 0 && jobs[job].0 <= clock {
            left[job] -= 1;
            let done = if left[job] == 0 { clock + 1 } else { 0 };
            let sum = done + best_schedule(jobs, clock + 1, left, known);
            left[job] += 1;
            best = Some(best.map_or(sum, |best: u64| best.min(sum)));
        }
    }
    let best = best.unwrap_or_else(|| best_schedule(jobs, clock + 1, left, known));
    known.insert((clock, left.clone()), best);
    best
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn no_order_beats_the_shortest_job_first(mut lengths in proptest::collection::vec(1..=20u64, 1..=7)) {
        let jobs: Vec<(u64, u64)> = lengths.iter().map(|length| (0, *length)).collect();
        let sjf = completions(&workload(Rule::Sjf { length: Length::Burst }, &jobs));
        prop_assert_eq!(sjf, best_order(&mut lengths, 0));
    }

    #[test]
    fn no_schedule_beats_the_shortest_time_to_completion(
        jobs in proptest::collection::vec((0..=6u64, 1..=4u64), 1..=4),
    ) {
        let stcf = completions(&workload(Rule::Stcf { length: Length::Burst, newcomer: false }, &jobs));
        let mut left = jobs.iter().map(|(_, length)| *length).collect();
        prop_assert_eq!(stcf, best_schedule(&jobs, 0, &mut left, &mut BTreeMap::new()));
    }
}
