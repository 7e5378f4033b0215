//! Replacement inside the machine: the policies that know the future, those that clean ahead, and local scope.

use std::collections::BTreeSet;

use kernelscope_sim::event::{Event, MemoryEvent};
use kernelscope_sim::mem::replace::ReplacementSpec;
use kernelscope_sim::mem::spec::{MemoryCosts, MemoryLimits, MemorySpec, Reclaim, Scope, Watermarks};
use kernelscope_sim::scenario::ProcessSpec;
use kernelscope_sim::time::Nanos;
use proptest::prelude::*;

use crate::common::{MS, daemon, memory, process, run, scenario, told};

fn faults(replacement: ReplacementSpec, frames: u32, text: &str) -> u64 {
    let memory = MemorySpec { replacement, ..memory(frames) };
    let (machine, _) = run(scenario(memory, vec![process("A", text)]));
    let counts = machine.memory().expect("it has memory").counts();
    counts.minor_faults + counts.major_faults
}

const S1: &str = "refs 0 1 2 0 1 3 0 3 1 2 1";
const S2: &str = "refs 1 2 3 4 1 2 5 1 2 3 4 5";
const S3: &str = "refs 7 0 1 2 0 3 0 4 2 3 0 3 2 1 2 0 1 7 0 1";

#[test]
fn opt_and_its_opposite_fault_as_often_in_the_machine_as_in_the_books() {
    let (opt, unopt) = (ReplacementSpec::Opt, ReplacementSpec::Unopt);
    for (text, frames, least, most) in
        [(S1, 3, 5, 9), (S2, 3, 7, 12), (S2, 4, 6, 10), (S3, 3, 9, 20), (S3, 4, 8, 19)]
    {
        assert_eq!(faults(opt.clone(), frames, text), least, "{text}");
        assert_eq!(faults(unopt.clone(), frames, text), most, "{text}");
    }
}

/// The pages of a run, as they were referred to.
fn string(events: &[Event]) -> Vec<u64> {
    told(events)
        .filter_map(|(_, event)| match event {
            MemoryEvent::Reference { va, .. } => Some(va >> 12),
            _ => None,
        })
        .collect()
}

/// OPT's faults on a string, by looking.
fn optimum(string: &[u64], frames: usize) -> u64 {
    let mut resident = BTreeSet::new();
    let mut faults = 0;
    for (at, page) in string.iter().enumerate() {
        if resident.contains(page) {
            continue;
        }
        faults += 1;
        if resident.len() == frames {
            let next = |page: &u64| string[at..].iter().position(|it| it == page).unwrap_or(usize::MAX);
            let victim = *resident.iter().max_by_key(|page| next(page)).expect("frames are full");
            resident.remove(&victim);
        }
        resident.insert(*page);
    }
    faults
}

fn programs() -> impl Strategy<Value = String> {
    let op = prop_oneof![
        (1u32..40).prop_map(|n| format!("read p0..p16 hot {n}")),
        (1u32..40).prop_map(|n| format!("write p4..p12 uniform {n}")),
        (1u32..40).prop_map(|n| format!("read p0..p16 zipf {n}")),
        (0u32..12, 1u32..5, 1u32..4).prop_map(|(from, n, times)| {
            format!("repeat {times} {{ read p{from}..p{}; cpu 1ns; repeat 2 {{ write p{from} }} }}", from + n)
        }),
        Just("sleep 3ns".to_owned()),
    ];
    let free = prop::collection::vec(op, 1..6).prop_map(|ops| ops.join("; "));
    let maps = (2u32..6).prop_map(|heap| {
        format!(
            "mmap heap {heap}; repeat 3 {{ write heap..heap+p{heap} }}; mmap text 4 at p9; munmap heap; \
             repeat 2 {{ read text..text+p4 }}; mmap heap 7; write heap..heap+p7 uniform 30; read text"
        )
    });
    // What comes behind a violation is never referred to.
    let ill = "mmap heap 4 r; repeat 4 { read heap..heap+p4 }; write heap; read heap+p3".to_owned();
    prop_oneof![6 => free, 2 => maps, 1 => Just(ill)]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn opt_knows_what_the_program_will_do(text in programs(), frames in 1u32..6, seed in any::<u64>()) {
        let of = |replacement| {
            let memory = MemorySpec { replacement, ..memory(frames) };
            let mut scenario = scenario(memory, vec![process("A", &text)]);
            scenario.seed = seed;
            let (machine, events) = run(scenario);
            let counts = *machine.memory().expect("it has memory").counts();
            // A region that is given back takes its pages along, and they come back as others.
            let gone = told(&events).any(|(_, event)| matches!(event, MemoryEvent::Unmapped { .. }));
            (counts.minor_faults + counts.major_faults, string(&events), gone)
        };
        let (least, pages, gone) = of(ReplacementSpec::Opt);
        for other in [ReplacementSpec::Lru, ReplacementSpec::Clock, ReplacementSpec::Unopt] {
            let (faults, same, _) = of(other);
            prop_assert_eq!(&pages, &same);
            prop_assert!(gone || least <= faults);
        }
        prop_assert!(gone || least == optimum(&pages, frames as usize));
    }

    #[test]
    fn with_a_quota_each_process_faults_as_if_it_were_alone(
        texts in prop::collection::vec(programs(), 2..4),
        quotas in prop::collection::vec(1u32..5, 3),
        replacement in prop::sample::select(vec![
            ReplacementSpec::Opt, ReplacementSpec::Lru, ReplacementSpec::Fifo, ReplacementSpec::Clock,
        ]),
        has_daemon in any::<bool>(),
    ) {
        let limited = |place: usize| ProcessSpec {
            memory: MemoryLimits { quota: Some(quotas[place]), ..MemoryLimits::default() },
            ..process(["A", "B", "C"][place], &texts[place])
        };
        let mut processes: Vec<ProcessSpec> = (0..texts.len()).map(limited).collect();
        let frames = quotas.iter().sum::<u32>() + 2;
        // Nobody comes near the watermarks: all quotas together leave two frames free.
        let marks = Watermarks { min: 0, low: 1, high: 2, cluster: 2, cpu: Nanos(0), direct_batch: 1 };
        let reclaim = if has_daemon { Reclaim::Daemon(marks) } else { Reclaim::Direct };
        processes.extend(has_daemon.then(daemon));
        let costs = MemoryCosts { seek: Nanos(7), ..MemoryCosts::default() };
        let base = MemorySpec { replacement, scope: Scope::Local, costs, ..memory(frames) };
        let (together, _) = run(scenario(MemorySpec { reclaim, ..base.clone() }, processes.clone()));
        for place in 0..texts.len() {
            // Its place decides what it draws: the others stand still.
            let mut alone = processes[..texts.len()].to_vec();
            for other in (0..texts.len()).filter(|other| *other != place) {
                alone[other].program = crate::common::program("exit");
            }
            let (alone, _) = run(scenario(base.clone(), alone));
            let of = |machine: &kernelscope_sim::machine::Machine| {
                let counts = machine.memory().expect("it has memory").spaces()[place].counts;
                (counts.references, counts.minor_faults + counts.major_faults, counts.swap_outs)
            };
            prop_assert_eq!(of(&together), of(&alone));
        }
    }
}

/// Five pages in turn, three of them written, under a policy whose scan has dirty pages written ahead.
fn cleaning(replacement: ReplacementSpec) -> (Vec<MemoryEvent>, u64) {
    let marks = Watermarks { min: 0, low: 2, high: 3, cluster: 4, cpu: Nanos::ZERO, direct_batch: 1 };
    let costs = MemoryCosts { seek: Nanos(MS), ..MemoryCosts::default() };
    let memory = MemorySpec { replacement, costs, reclaim: Reclaim::Daemon(marks), ..memory(6) };
    let text =
        "write p0..p3; read p3..p5; cpu 2; repeat 4 { read p4; read p5; cpu 2; read p6; read p7; cpu 2 }";
    let (machine, events) = run(scenario(memory, vec![process("A", text), daemon()]));
    let counts = machine.memory().expect("it has memory").counts();
    let writes = |event: &MemoryEvent| {
        matches!(event, MemoryEvent::Clean { .. } | MemoryEvent::Cleaned { .. } | MemoryEvent::Evict { .. })
    };
    (told(&events).map(|(_, event)| event).filter(writes).collect(), counts.dirty_evictions)
}

#[test]
fn a_scan_that_cleans_ahead_lets_pages_leave_without_a_wait() {
    for replacement in
        [ReplacementSpec::WsClock { tau: 1 }, ReplacementSpec::EnhancedClock { start_clean: true }]
    {
        let (events, dirty) = cleaning(replacement.clone());
        let cleaned = events.iter().filter(|it| matches!(it, MemoryEvent::Cleaned { .. })).count();
        let begun = events.iter().filter(|it| matches!(it, MemoryEvent::Clean { .. })).count();
        assert!(begun > 0 && begun == cleaned, "{replacement:?}: {events:?}");
        assert_eq!(dirty, 0, "{replacement:?}: {events:?}");
        let left = events.iter().any(|it| matches!(it, MemoryEvent::Evict { vpn, .. } if vpn.0 < 3));
        assert!(left, "{replacement:?}: what was written leaves: {events:?}");
    }
    let (events, dirty) = cleaning(ReplacementSpec::EnhancedClock { start_clean: false });
    assert!(dirty > 0 && !events.iter().any(|it| matches!(it, MemoryEvent::Clean { .. })));
}
