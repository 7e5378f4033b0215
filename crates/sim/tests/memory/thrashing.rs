//! The degree of multiprogramming (OSC 10.6): more processes keep the CPU busy while one waits for its device, up to
//! the point where their working sets do not fit. One more, and everybody waits for the disk.

use kernelscope_sim::mem::replace::ReplacementSpec;
use kernelscope_sim::mem::spec::{MemoryCosts, MemorySpec, Scope};
use kernelscope_sim::time::Nanos;

use crate::common::{MS, memory, process, run, scenario};

/// A process that uses any of its four pages, computes, and waits for a device of its own.
const QUIET: &str = "repeat 40 { write p0..p4 uniform 2; cpu 1; write p0..p4 uniform 2; cpu 1; io 6 }";

fn disk(frames: u32) -> MemorySpec {
    let costs = MemoryCosts { seek: Nanos(5 * MS), ..MemoryCosts::default() };
    MemorySpec { costs, replacement: ReplacementSpec::Fifo, ..memory(frames) }
}

/// Per cent of the time that the CPU computes for so many processes, and their major faults.
fn busy(processes: usize) -> (u64, u64) {
    let tasks = (0..processes).map(|n| process(&format!("T{n}"), QUIET)).collect();
    let (machine, _) = run(scenario(disk(16), tasks));
    let counts = machine.memory().expect("it has memory").counts();
    (machine.totals().user.0 * 100 / machine.now().0, counts.major_faults)
}

#[test]
fn utilisation_climbs_with_the_processes_and_collapses_when_they_do_not_fit() {
    let (busy, faults): (Vec<u64>, Vec<u64>) = (1..=8).map(busy).unzip();
    assert!(busy[..4].is_sorted_by(|one, more| one < more) && busy[3] > 95, "{busy:?}");
    assert_eq!(faults[..4], [0; 4], "four working sets of four pages fit");
    assert!(busy[3..].is_sorted_by(|one, more| one > more), "{busy:?}");
    assert!(faults[3..].is_sorted_by(|one, more| one < more), "{faults:?}");
    assert!(busy[7] < busy[0] / 2, "eight do less than one alone: {busy:?}");
}

/// What local scope is for: a process that has too little thrashes alone.
#[test]
fn with_quotas_the_one_that_does_not_fit_leaves_the_others_in_peace() {
    let greedy = "repeat 40 { write p0..p12 uniform 4; cpu 1 }";
    let majors = |scope| {
        let tasks = vec![process("A", QUIET), process("B", QUIET), process("C", greedy)];
        let (machine, _) = run(scenario(MemorySpec { scope, ..disk(15) }, tasks));
        let spaces = machine.memory().expect("it has memory").spaces();
        [0, 1, 2].map(|place| spaces[place].counts.major_faults)
    };
    let [a, b, c] = majors(Scope::Local);
    assert_eq!((a, b), (0, 0));
    assert!(c > 50, "{c}");
    let [a, b, _] = majors(Scope::Global);
    assert!(a > 5 && b > 5, "{a} and {b}");
}
