//! The figures of a run by their names on the command line, as text and as JSON.

use kernelscope_session::view::RunMetrics;
use kernelscope_share::file::Unit;
use kernelscope_sim::mem::Counts;
use serde_json::{Value, json};

use crate::args::Metric;
use crate::table::{decimal, in_units, json_mean, json_ratio, json_time, mean_time, percent};

impl Metric {
    /// How it is called on the command line.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Metric::Turnaround => "turnaround",
            Metric::Response => "response",
            Metric::Waiting => "waiting",
            Metric::Makespan => "makespan",
            Metric::Utilisation => "utilisation",
            Metric::Overhead => "overhead",
            Metric::Switches => "switches",
            Metric::Entries => "entries",
            Metric::Latency => "latency",
            Metric::Fairness => "fairness",
            Metric::Faults => "faults",
            Metric::MajorFaults => "major-faults",
            Metric::HitRate => "hit-rate",
            Metric::TlbHitRate => "tlb-hit-rate",
            Metric::Evictions => "evictions",
            Metric::Swap => "swap",
            Metric::Amat => "amat",
        }
    }

    /// As text.
    pub(crate) fn text(self, metrics: &RunMetrics, unit: Unit) -> String {
        let (finished, started) = (u64::from(metrics.finished), u64::from(metrics.started));
        match self {
            Metric::Turnaround => in_units(metrics.turnaround_sum, finished, unit),
            Metric::Response => in_units(metrics.response_sum, started, unit),
            Metric::Waiting => in_units(metrics.waiting_sum, finished, unit),
            Metric::Makespan => in_units(metrics.makespan.0, 1, unit),
            Metric::Utilisation => percent(metrics.utilisation),
            Metric::Overhead => percent(metrics.overhead),
            Metric::Switches => metrics.context_switches.to_string(),
            Metric::Entries => metrics.mode_switches.to_string(),
            Metric::Latency => in_units(metrics.latency_max.0, 1, unit),
            Metric::Fairness => decimal(metrics.fairness.0.into(), metrics.fairness.1.into()),
            Metric::Faults | Metric::MajorFaults | Metric::Evictions | Metric::Swap => {
                self.of_memory(metrics).map_or_else(|| "-".to_owned(), |(number, _)| number.to_string())
            }
            Metric::HitRate | Metric::TlbHitRate => percent(self.of_memory(metrics).unwrap_or_default()),
            Metric::Amat => {
                let (time, references) = self.of_memory(metrics).unwrap_or_default();
                mean_time(time, references)
            }
        }
    }

    /// As a number.
    pub(crate) fn json(self, metrics: &RunMetrics, unit: Unit) -> Value {
        let (finished, started) = (u64::from(metrics.finished), u64::from(metrics.started));
        match self {
            Metric::Turnaround => json_mean(metrics.turnaround_sum, finished, unit),
            Metric::Response => json_mean(metrics.response_sum, started, unit),
            Metric::Waiting => json_mean(metrics.waiting_sum, finished, unit),
            Metric::Makespan => json_time(metrics.makespan.0, unit),
            Metric::Utilisation => json_ratio(metrics.utilisation.0, metrics.utilisation.1),
            Metric::Overhead => json_ratio(metrics.overhead.0, metrics.overhead.1),
            Metric::Switches => metrics.context_switches.into(),
            Metric::Entries => metrics.mode_switches.into(),
            Metric::Latency => json_time(metrics.latency_max.0, unit),
            Metric::Fairness => json_ratio(metrics.fairness.0, metrics.fairness.1),
            Metric::Faults
            | Metric::MajorFaults
            | Metric::HitRate
            | Metric::TlbHitRate
            | Metric::Evictions
            | Metric::Swap
            | Metric::Amat => self
                .of_memory(metrics)
                .map_or(Value::Null, |(numerator, denominator)| json_ratio(numerator, denominator)),
        }
    }

    /// A figure of memory as a pair; none without memory, or for a figure of something else.
    fn of_memory(self, metrics: &RunMetrics) -> Option<(u64, u64)> {
        let counts = metrics.memory?;
        Some(match self {
            Metric::Faults => (faults_of(&counts), 1),
            Metric::MajorFaults => (counts.major_faults, 1),
            Metric::HitRate => (counts.references.saturating_sub(faults_of(&counts)), counts.references),
            Metric::TlbHitRate => (counts.tlb_hits, counts.tlb_hits + counts.tlb_misses),
            Metric::Evictions => (counts.clean_evictions + counts.dirty_evictions, 1),
            Metric::Swap => (counts.swap_ins + counts.swap_outs, 1),
            Metric::Amat => (counts.time.0, counts.references),
            _ => return None,
        })
    }
}

/// The page faults of both sorts.
pub(crate) fn faults_of(counts: &Counts) -> u64 {
    counts.minor_faults + counts.major_faults
}

/// What was counted of memory, to be read.
pub(crate) fn memory_lines(metrics: &RunMetrics, unit: Unit) -> Vec<String> {
    let Some(counts) = metrics.memory else { return Vec::new() };
    let figure = |metric: Metric| metric.text(metrics, unit);
    let mut lines = vec![
        format!(
            "references {}   TLB hits {} ({} walks)   AMAT {}",
            counts.references,
            figure(Metric::TlbHitRate),
            counts.walks,
            figure(Metric::Amat),
        ),
        format!(
            "page faults {} ({} minor, {} major)   in memory {}   evictions {} ({} clean, {} dirty)",
            faults_of(&counts),
            counts.minor_faults,
            counts.major_faults,
            figure(Metric::HitRate),
            figure(Metric::Evictions),
            counts.clean_evictions,
            counts.dirty_evictions,
        ),
        format!(
            "swapped in {}   swapped out {} in {} writes   direct reclaims {}   daemon woke {} times",
            counts.swap_ins,
            counts.swap_outs,
            counts.write_requests,
            counts.direct_reclaims,
            counts.daemon_wakes,
        ),
    ];
    if counts.violations + counts.oom_kills > 0 {
        let (violations, kills) = (counts.violations, counts.oom_kills);
        lines.push(format!("segmentation violations {violations}   killed for want of memory {kills}"));
    }
    lines
}

/// What was counted of memory; null without any. The mean access time is in nanoseconds.
pub(crate) fn memory_json(metrics: &RunMetrics, unit: Unit) -> Value {
    let Some(counts) = metrics.memory else { return Value::Null };
    let figure = |metric: Metric| metric.json(metrics, unit);
    json!({
        "references": counts.references,
        "tlb_hits": counts.tlb_hits,
        "tlb_misses": counts.tlb_misses,
        "tlb_hit_rate": figure(Metric::TlbHitRate),
        "walks": counts.walks,
        "minor_faults": counts.minor_faults,
        "major_faults": counts.major_faults,
        "hit_rate": figure(Metric::HitRate),
        "violations": counts.violations,
        "clean_evictions": counts.clean_evictions,
        "dirty_evictions": counts.dirty_evictions,
        "swap_ins": counts.swap_ins,
        "swap_outs": counts.swap_outs,
        "write_requests": counts.write_requests,
        "direct_reclaims": counts.direct_reclaims,
        "daemon_wakes": counts.daemon_wakes,
        "oom_kills": counts.oom_kills,
        "amat_ns": figure(Metric::Amat),
    })
}
