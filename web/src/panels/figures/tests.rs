use kernelscope_sim::mem::Counts;
use kernelscope_sim::time::Nanos;

use super::*;

fn metrics() -> RunMetrics {
    RunMetrics {
        finished: 3,
        turnaround_sum: 310_000_000,
        started: 3,
        response_sum: 190_000_000,
        waiting_sum: 190_000_000,
        makespan: Nanos::from_millis(120),
        utilisation: (120, 120),
        busy: (120, 120),
        overhead: (0, 120),
        context_switches: 2,
        voluntary: 2,
        involuntary: 0,
        mode_switches: 3,
        syscalls: 3,
        interrupts: 0,
        exceptions: 0,
        slices: 3,
        latency_mean: (190_000_000, 3),
        latency_p95: None,
        latency_max: Nanos::from_millis(100),
        fairness: (1, 2),
        memory: None,
    }
}

#[track_caller]
fn check(figure: Figure, expected: &str) {
    let text = figure.of(&metrics()).map(|amount| amount.text(Ruler::default()).replace('\u{a0}', " "));
    assert_eq!(text.as_deref(), Some(expected), "{figure:?}");
}

#[test]
fn figures_are_written_as_their_measure_asks() {
    check(Figure::Turnaround, "103.333 ms");
    check(Figure::Response, "63.333 ms");
    check(Figure::Utilisation, "100.0 %");
    check(Figure::ContextSwitches, "2");
    check(Figure::Fairness, "0.5");
    check(Figure::Throughput, "25 /s");
}

#[test]
fn what_cannot_be_known_has_no_value() {
    let nobody = RunMetrics { finished: 0, makespan: Nanos::ZERO, ..metrics() };
    for figure in [Figure::Turnaround, Figure::Waiting, Figure::Makespan, Figure::Throughput] {
        assert_eq!(figure.of(&nobody), None, "{figure:?}");
    }
    assert_eq!(Figure::LatencyP95.of(&metrics()), None);
}

#[test]
fn memory_has_figures_where_there_is_memory() {
    let counts = Counts { references: 10, tlb_hits: 7, tlb_misses: 3, minor_faults: 2, ..Counts::default() };
    let counts = Counts { time: Nanos(1_600_000), swap_ins: 1, swap_outs: 4, ..counts };
    let run = RunMetrics { memory: Some(counts), ..metrics() };
    let written = |figure| {
        let amount = Figure::Memory(figure).of(&run)?;
        Some(amount.text(Ruler::default()).replace('\u{a0}', " "))
    };
    assert_eq!(written(MemoryFigure::TlbHitRate).as_deref(), Some("70.0 %"));
    assert_eq!(written(MemoryFigure::FaultRate).as_deref(), Some("20.0 %"));
    assert_eq!(written(MemoryFigure::AccessTime).as_deref(), Some("0.16 ms"));
    assert_eq!(written(MemoryFigure::SwapTraffic).as_deref(), Some("5"));
    assert_eq!(Figure::Memory(MemoryFigure::FaultRate).of(&metrics()), None);
    assert_eq!(Figure::all(false).count() + MemoryFigure::ALL.len(), Figure::all(true).count());
}

#[test]
fn the_best_and_the_worst_are_found_without_rounding() {
    let value = |sum, over| Some(Amount { sum, over, measure: Measure::Duration });
    let values = [value(10, 3), value(20, 6), None, value(3, 1), value(4, 1)];
    assert_eq!(best_and_worst(&values, Better::Lower), (vec![3], vec![4]));
    assert_eq!(best_and_worst(&values, Better::Higher), (vec![4], vec![3]));
    assert_eq!(best_and_worst(&values, Better::Neither), (vec![], vec![]));
    assert_eq!(best_and_worst(&values[..2], Better::Lower), (vec![], vec![]), "equal values");
}

#[test]
fn a_figure_is_found_by_its_name() {
    for figure in Figure::all(true) {
        assert_eq!(Figure::from_name(figure.name()), Some(figure));
    }
}
