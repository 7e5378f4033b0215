//! From counters to the figures that are shown. Ratios stay pairs of whole numbers; the page makes percentages.

use std::collections::BTreeMap;

use kernelscope_sim::conventions::WaitingCounts;
use kernelscope_sim::machine::Machine;
use kernelscope_sim::task::{Account, State, Task};
use kernelscope_sim::time::{Nanos, Time};
use kernelscope_sim::totals::Totals;

use crate::view::{RunMetrics, TaskMetrics};

/// The figures of a run, from the machine's own counters. The percentile is not among them.
pub(crate) fn of_run(machine: &Machine, latency_p95: Option<Nanos>) -> RunMetrics {
    let tasks = machine.tasks().iter().map(|task| (&task.account, ready_since(task)));
    let metrics = summary(machine.totals(), machine.cpus().len() as u64, machine.now(), tasks);
    let memory = machine.memory().map(|memory| *memory.counts());
    RunMetrics { latency_p95, memory, ..metrics }
}

/// The figures of every task that has arrived or will, so far. `slowdown` is asked of those that have ended.
pub(crate) fn of_tasks(
    machine: &Machine,
    slowdown: impl Fn(&Task) -> Option<(u64, u64)>,
) -> Vec<TaskMetrics> {
    let waiting = machine.scenario().rules.waiting_counts;
    let of_task = |task: &Task| {
        let metrics = of_task(task, machine.now(), waiting);
        TaskMetrics { slowdown: metrics.turnaround.and_then(|_| slowdown(task)), ..metrics }
    };
    machine.tasks().iter().map(of_task).collect()
}

/// By how much longer than alone a task took, if it has ended and was served by devices and clocks for so long.
pub(crate) fn slowdown(task: &Task, served: Nanos) -> Option<(u64, u64)> {
    let turnaround = task.account.completion?.since(task.account.arrival?);
    let alone = task.account.cpu + served;
    (!alone.is_zero()).then_some((turnaround.0, alone.0))
}

/// How often each latency occurred, for their percentile.
#[derive(Default)]
pub(crate) struct Latencies {
    counts: BTreeMap<Nanos, u64>,
    all: u64,
    too_many: bool,
}

impl Latencies {
    /// More different values than this are not kept, and then there is no percentile.
    const MOST: usize = 1 << 18;

    /// Adds one.
    pub(crate) fn add(&mut self, latency: Nanos) {
        self.too_many |= self.counts.len() > Self::MOST;
        if !self.too_many {
            self.all += 1;
            *self.counts.entry(latency).or_default() += 1;
        }
    }

    /// The 95th percentile by nearest rank: the smallest value that at least 95 of a hundred do not exceed.
    pub(crate) fn p95(&self) -> Option<Nanos> {
        let rank = (self.all * 95).div_ceil(100);
        let mut seen = 0;
        let reaches = |(_, count): &(&Nanos, &u64)| {
            seen += **count;
            seen >= rank
        };
        self.counts.iter().find(reaches).map(|(latency, _)| *latency).filter(|_| !self.too_many)
    }
}

fn of_task(task: &Task, now: Time, waiting: WaitingCounts) -> TaskMetrics {
    let account = &task.account;
    let since = |instant: Option<Time>| instant.map_or(Nanos::ZERO, |instant| now.since(instant));
    let after_arrival = |instant: Option<Time>| Some(instant?.since(account.arrival?));
    let turnaround = after_arrival(account.completion);
    let blocked_since = Some(task.since).filter(|_| matches!(task.state, State::Blocked(_)));
    let ready_now = since(ready_since(task));
    let ready = account.ready + ready_now;
    let so_far = turnaround.unwrap_or(since(account.arrival));
    TaskMetrics {
        task: task.id,
        arrival: account.arrival,
        first_run: account.first_run,
        completion: account.completion,
        turnaround,
        response: after_arrival(account.first_run),
        waiting: match waiting {
            WaitingCounts::Ready => ready,
            WaitingCounts::NotRunning => so_far.saturating_sub(account.cpu),
        },
        cpu: account.cpu,
        blocked: account.blocked + since(blocked_since),
        kernel: account.kernel,
        slices: account.slices,
        longest_ready: account.longest_ready.max(ready_now),
        voluntary: account.voluntary,
        involuntary: account.involuntary,
        slowdown: None,
    }
}

/// Since when a task is ready, if it is.
fn ready_since(task: &Task) -> Option<Time> {
    Some(task.since).filter(|_| task.state == State::Ready)
}

fn summary<'a>(
    totals: &Totals,
    cpus: u64,
    now: Time,
    tasks: impl Iterator<Item = (&'a Account, Option<Time>)> + Clone,
) -> RunMetrics {
    // As long as somebody is there the span goes on; then it ended with the last completion.
    let live = totals.arrived > totals.finished;
    let end = totals.last_completion.filter(|_| !live).unwrap_or(now);
    let makespan = totals.first_arrival.map_or(Nanos::ZERO, |first| end.since(first));
    let capacity = makespan.saturating_mul(cpus).0;
    let overhead = totals.kernel + totals.switching;
    let busy = totals.user + overhead;
    let still_ready = tasks.clone().filter_map(|(_, ready_since)| Some(now.since(ready_since?))).max();
    RunMetrics {
        finished: totals.finished,
        turnaround_sum: totals.turnaround_sum,
        started: totals.started,
        response_sum: totals.response_sum,
        waiting_sum: totals.waiting_sum,
        makespan,
        utilisation: (totals.user.0, capacity),
        busy: (busy.0, capacity),
        overhead: (overhead.0, busy.0),
        context_switches: totals.context_switches,
        voluntary: totals.voluntary,
        involuntary: totals.involuntary,
        mode_switches: totals.mode_switches,
        syscalls: totals.syscalls,
        interrupts: totals.interrupts,
        exceptions: totals.exceptions,
        slices: totals.slices,
        latency_mean: (totals.latency_sum, totals.dispatches),
        latency_p95: None,
        latency_max: totals.latency_max.max(still_ready.unwrap_or_default()),
        fairness: jain(
            tasks.filter(|(account, _)| account.arrival.is_some()).map(|(account, _)| account.cpu),
        ),
        memory: None,
    }
}

/// Jain's index, (Σx)² over n·Σx²: 1 if all are equal, 1/n if one has everything.
fn jain(shares: impl Iterator<Item = Nanos> + Clone) -> (u64, u64) {
    // With at most 40 bits a share, neither square overflows for as many tasks as a scenario can hold.
    const BITS: u32 = 40;
    let longest = shares.clone().max().unwrap_or_default();
    let excess = (u64::BITS - longest.0.leading_zeros()).saturating_sub(BITS);
    let shares = shares.map(|share| u128::from(share.0 >> excess));
    let (count, sum, squares) =
        shares.fold((0, 0, 0), |(count, sum, squares), x| (count + 1_u128, sum + x, squares + x * x));
    reduced(sum * sum, count * squares)
}

/// The same ratio in whole numbers of 64 bits, exact where that is possible.
fn reduced(numerator: u128, denominator: u128) -> (u64, u64) {
    let (mut a, mut b) = (numerator, denominator);
    while b != 0 {
        (a, b) = (b, a % b);
    }
    let (numerator, denominator) = (numerator / a.max(1), denominator / a.max(1));
    let excess = (u128::BITS - numerator.max(denominator).leading_zeros()).saturating_sub(u64::BITS);
    ((numerator >> excess) as u64, (denominator >> excess) as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nanos(values: &[u64]) -> Vec<Nanos> {
        values.iter().copied().map(Nanos).collect()
    }

    #[test]
    fn the_percentile_is_the_nearest_rank() {
        let p95 = |values: std::ops::RangeInclusive<u64>| {
            let mut latencies = Latencies::default();
            values.rev().for_each(|value| latencies.add(Nanos(value)));
            latencies.p95()
        };
        assert_eq!(Latencies::default().p95(), None);
        assert_eq!(p95(7..=7), Some(Nanos(7)));
        assert_eq!(p95(1..=20), Some(Nanos(19)), "19 of 20 are exactly 95 %");
        assert_eq!(p95(1..=101), Some(Nanos(96)));
    }

    #[test]
    fn jains_index_is_one_among_equals_and_a_share_if_one_has_all() {
        let jain = |values: &[u64]| super::jain(nanos(values).into_iter());
        assert_eq!(jain(&[5, 5, 5, 5]), (1, 1));
        assert_eq!(jain(&[8, 0, 0, 0]), (1, 4));
        assert_eq!(jain(&[1, 2, 3]), (6, 7));
        assert_eq!(jain(&[]), (0, 0));
        assert_eq!(
            jain(&[Nanos::MAX.0; 10_000]),
            (1, 1),
            "the longest times of the most tasks do not overflow"
        );
    }

    #[test]
    fn a_ratio_too_exact_for_64_bits_is_rounded() {
        let (numerator, denominator) = reduced((1 << 100) + 1, 1 << 101);
        assert_eq!(denominator / numerator, 2);
    }
}
