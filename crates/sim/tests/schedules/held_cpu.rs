//! A task comes back to the CPU that waits for it, even where another CPU is free.
//!
//! Found by the law that every nanosecond of every CPU is booked once: the other CPU took the task, and the first
//! went on waiting in the events.

use crate::common::{MS, run, scenario};
use kernelscope_sim::event::EventKind;
use kernelscope_sim::scenario::PolicySpec;
use kernelscope_sim::time::Nanos;

#[test]
fn a_held_cpu_gets_its_task_back_though_another_is_free() {
    let mut it = scenario(PolicySpec::Fifo, &[("A", 0, "cpu 1; sleep 0; io 3; cpu 1")]);
    it.machine.cpus = 2;
    it.machine.overlap = false;
    // The handler that wakes A keeps the first CPU, so A goes on, and waits, on the second.
    it.machine.costs.timer_handler = Nanos(2 * MS);
    let (machine, events) = run(it);
    let cpus: Vec<u16> = events
        .iter()
        .filter(|event| matches!(event.kind, EventKind::Dispatch { .. }))
        .filter_map(|event| event.cpu.map(|cpu| cpu.get()))
        .collect();
    assert_eq!(cpus, [0, 1, 1]);
    assert_eq!(machine.totals().iowait, Nanos(3 * MS));
}
