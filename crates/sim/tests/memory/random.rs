//! Random scenarios with memory: every policy that the kernel serves, every kind of TLB, with and without a daemon.

use kernelscope_sim::conventions::RefOnLoad;
use kernelscope_sim::ids::TaskId;
use kernelscope_sim::mem::replace::{RandomIndex, ReplacementSpec};
use kernelscope_sim::mem::spec::{
    AddressSpec, Extras, LoadSpec, MemoryCosts, MemorySpec, Overcommit, Reclaim, Refill, Scope, TlbPolicy,
    TlbSpec, Watermarks,
};
use kernelscope_sim::scenario::{
    Aging, Input, InputAction, LevelSpec, MlfqSpec, PolicySpec, Scenario, TaskKind, Timer,
};
use kernelscope_sim::time::{Nanos, Time};
use proptest::prelude::*;

use crate::common::{daemon, memory, process, scenario};

fn policies() -> impl Strategy<Value = ReplacementSpec> {
    prop::sample::select(vec![
        ReplacementSpec::Fifo,
        ReplacementSpec::Lru,
        ReplacementSpec::Mru,
        ReplacementSpec::Random { index: RandomIndex::FrameOrder },
        ReplacementSpec::Clock,
        ReplacementSpec::SecondChance,
        ReplacementSpec::EnhancedClock { start_clean: false },
        ReplacementSpec::Nru { period: 5 },
        ReplacementSpec::Lfu { decay: None },
        ReplacementSpec::Aging { period: 3 },
        ReplacementSpec::WorkingSet { tau: 4 },
        ReplacementSpec::TwoList { ratio: 1, refault: false },
        ReplacementSpec::TwoQ { kin: None, kout: None },
        ReplacementSpec::Arc,
        ReplacementSpec::WsClock { tau: 3 },
        ReplacementSpec::EnhancedClock { start_clean: true },
    ])
}

/// What a policy becomes where nobody writes pages that stay.
fn served(replacement: ReplacementSpec, reclaim: Reclaim) -> ReplacementSpec {
    match (replacement, reclaim) {
        (ReplacementSpec::WsClock { tau }, Reclaim::Direct) => ReplacementSpec::WorkingSet { tau },
        (ReplacementSpec::EnhancedClock { .. }, Reclaim::Direct) => {
            ReplacementSpec::EnhancedClock { start_clean: false }
        }
        (replacement, _) => replacement,
    }
}

fn tlbs() -> impl Strategy<Value = Option<TlbSpec>> {
    let policy =
        prop::sample::select(vec![TlbPolicy::Lru, TlbPolicy::Fifo, TlbPolicy::Random, TlbPolicy::Plru]);
    let tlb = (prop::sample::select(vec![(1, 1), (2, 2), (4, 4), (4, 2), (8, 1)]), policy, 0u8..2);
    prop::option::weighted(
        0.8,
        tlb.prop_map(|((entries, ways), policy, asid_bits)| TlbSpec {
            entries,
            ways,
            policy,
            asid_bits,
            refill: Refill::Hardware,
        }),
    )
}

fn memories() -> impl Strategy<Value = MemorySpec> {
    let costs = (0u64..3, 0u64..3, 0u64..4, 0u64..3, 0u64..30, 0u64..5).prop_map(
        |(access, tlb, trap, zero, seek, transfer)| MemoryCosts {
            access: Nanos(access),
            tlb: Nanos(tlb),
            trap: Nanos(trap),
            zero: Nanos(zero),
            shootdown: Nanos(1),
            seek: Nanos(seek),
            transfer: Nanos(transfer),
        },
    );
    let levels = prop::sample::select(vec![vec![4], vec![2, 2], vec![1, 2, 1]]);
    let marks = (0u32..2, 1u32..3, 0u32..3, 1u32..4, 0u64..3).prop_map(|(min, low, above, cluster, cpu)| {
        let low = low.max(min);
        Watermarks { min, low, high: low + above, cluster, cpu: Nanos(cpu), direct_batch: 1 }
    });
    let reclaim = prop::option::of(marks).prop_map(|marks| marks.map_or(Reclaim::Direct, Reclaim::Daemon));
    let switches = (any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>(), prop::bool::weighted(0.3));
    let load = (prop::bool::weighted(0.3), 1u32..20).prop_map(|(admission, tau)| LoadSpec {
        admission,
        tau,
        ..LoadSpec::default()
    });
    let overcommit =
        prop::sample::select(vec![Overcommit::Always, Overcommit::Heuristic, Overcommit::Strict]);
    let extras = (overcommit, 0u8..=100).prop_map(|(overcommit, overcommit_ratio)| Extras {
        overcommit,
        overcommit_ratio,
        ..Extras::default()
    });
    let sizes = (3u32..8, 0u32..24, load, extras);
    (sizes, costs, levels, reclaim, switches, policies(), tlbs()).prop_map(
        |((frames, swap_slots, load, extras), costs, levels, reclaim, switches, replacement, tlb)| {
            let (keep_slot, next_fit, fault_fills_tlb, free_empty_tables, is_local) = switches;
            let frames = match reclaim {
                Reclaim::Daemon(marks) => frames.max(marks.high + 1),
                Reclaim::Direct => frames,
            };
            MemorySpec {
                address: AddressSpec { levels, ..AddressSpec::default() },
                swap_slots,
                load,
                extras,
                costs,
                reclaim,
                keep_slot,
                next_fit,
                fault_fills_tlb,
                free_empty_tables,
                replacement: served(replacement, reclaim),
                lazy_tables: !free_empty_tables,
                scope: if is_local { Scope::Local } else { Scope::Global },
                tlb,
                ..memory(frames)
            }
        },
    )
}

fn programs() -> impl Strategy<Value = String> {
    let page = 0u32..16;
    let op = prop_oneof![
        4 => page.clone().prop_map(|page| format!("read p{page}")),
        4 => page.clone().prop_map(|page| format!("write p{page}")),
        2 => (page, 1u32..9).prop_map(|(from, n)| format!("write p{from}..p{}", (from + n).min(16))),
        1 => (1u32..30).prop_map(|n| format!("read p0..p16 hot {n}")),
        1 => (1u32..30).prop_map(|n| format!("write p0..p16 uniform {n}")),
        1 => prop::collection::vec(0u32..16, 1..9).prop_map(|pages| {
            format!("refs {}", pages.iter().map(u32::to_string).collect::<Vec<_>>().join(" "))
        }),
        2 => (1u32..20).prop_map(|n| format!("cpu {n}ns")),
        1 => (1u32..20).prop_map(|n| format!("io disk {n}ns")),
        1 => Just("yield".to_owned()),
        1 => (1u32..40).prop_map(|n| format!("sleep {n}ns")),
    ];
    let free = prop::collection::vec(op, 1..12).prop_map(|ops| ops.join("; "));
    // One that maps regions of its own has nothing else.
    let maps = (1u32..6, 1u32..6, 0u32..8).prop_map(|(heap, text, past)| {
        format!(
            "mmap heap {heap}; write heap..heap+p{heap}; mmap text {text} rx file; exec text..text+p{text}; \
             read heap..heap+p{heap}; munmap heap; mmap heap {heap} at p3; write heap; read text uniform 5; \
             read text+p{past}"
        )
    });
    let ill = "mmap text 3 r file; read text; write text".to_owned();
    prop_oneof![8 => free, 2 => maps, 1 => Just(ill)]
}

prop_compose! {
    pub(crate) fn scenarios()(
        memory in memories(),
        programs in prop::collection::vec(programs(), 1..4),
        cpus in 1u16..3,
        quantum in prop::option::of(1u64..15),
        (seed, ref_on_load) in (any::<u64>(), prop::sample::select(vec![RefOnLoad::Set, RefOnLoad::Clear])),
        kills in prop::collection::vec((0u64..200, 0u32..4), 0..3),
    ) -> Scenario {
        let has_daemon = matches!(memory.reclaim, Reclaim::Daemon(_));
        let names = ["A", "B", "C"];
        let mut processes: Vec<_> =
            names.iter().zip(&programs).map(|(name, text)| process(name, text)).collect();
        processes.extend(has_daemon.then(daemon));
        let tasks = processes.len() as u32;
        let mut scenario = scenario(memory, processes);
        (scenario.seed, scenario.rules.ref_on_load) = (seed, ref_on_load);
        scenario.machine.cpus = cpus;
        scenario.machine.policy =
            quantum.map_or(PolicySpec::Fifo, |quantum| PolicySpec::Rr { quantum: Nanos(quantum) });
        scenario.inputs = kills
            .into_iter()
            .map(|(at, task)| Input { at: Time(at), action: InputAction::Kill(TaskId::new(task % tasks)) })
            .collect();
        scenario.inputs.sort_by_key(|input| input.at);
        scenario.limits.steps = 2_000;
        scenario
    }
}

/// One CPU, and programs that stay on few pages for long, under every kind of policy and timer.
pub(crate) fn quick_scenarios() -> impl Strategy<Value = Scenario> {
    let policy = prop_oneof![
        Just(PolicySpec::Fifo),
        (1u64..20).prop_map(|quantum| PolicySpec::Rr { quantum: Nanos(quantum) }),
        Just(PolicySpec::Stcf { estimate: None }),
        (1u64..20, 5u64..60).prop_map(|(quantum, boost)| {
            let level = LevelSpec { quantum: Nanos(quantum), allotment: Nanos(2 * quantum) };
            PolicySpec::Mlfq(MlfqSpec {
                levels: vec![level; 3],
                boost: Some(Nanos(boost)),
                preempt_on_higher: true,
                reserved_top: 0,
                nice_advice: false,
            })
        }),
        (1u32..3).prop_map(|step| PolicySpec::Priority {
            preemptive: true,
            quantum: None,
            aging: Some(Aging { every: Nanos(13), step }),
        }),
    ];
    let timer = prop_oneof![3 => Just(Timer::Exact), 1 => Just(Timer::Off)];
    let stays = (0u32..12, 1u32..5, 1u32..60).prop_map(|(page, n, times)| {
        let end = (page + n).min(16);
        format!("write p{page}; repeat 3 {{ read p{page}..p{end} uniform {times} }}; write p{page}..p{end} hot {times}")
    });
    let programs = prop::collection::vec(stays, 1..3).prop_map(|texts| texts.join("; "));
    let until = prop::option::of(0u64..500);
    (scenarios(), policy, timer, prop::collection::vec(programs, 3), until).prop_map(
        |(mut scenario, policy, timer, texts, until)| {
            (scenario.machine.cpus, scenario.machine.policy, scenario.machine.timer) = (1, policy, timer);
            scenario.limits.until = until.map(Time);
            for (place, (process, text)) in scenario.processes.iter_mut().zip(texts).enumerate() {
                if process.kind == TaskKind::User {
                    process.program = crate::common::program(&text);
                    (process.at, process.priority) = (Time(place as u64 * 37), place as u32);
                }
            }
            scenario
        },
    )
}
