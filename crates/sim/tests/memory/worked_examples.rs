//! Worked examples, to the nanosecond.

use std::sync::Arc;

use kernelscope_sim::event::{EventKind, MemoryEvent};
use kernelscope_sim::machine::{Machine, Stop};
use kernelscope_sim::mem::replace::ReplacementSpec;
use kernelscope_sim::mem::spec::{
    AddressSpec, MemoryCosts, MemorySpec, Reclaim, TlbPolicy, TlbSpec, Watermarks,
};
use kernelscope_sim::sink::Totals;
use kernelscope_sim::time::{Nanos, Time};

use crate::common::{MS, daemon, end_of, linear, memory, process, run, scenario, told};

/// The first look into the TLB of each reference.
fn looks(memory: MemorySpec, text: &str) -> String {
    let (_, events) = run(scenario(memory, vec![process("A", text)]));
    told(&events)
        .filter_map(|(_, event)| match event {
            MemoryEvent::Reference { hit, .. } => Some(if hit { 'h' } else { 'm' }),
            _ => None,
        })
        .collect()
}

/// OSTEP 19.2: ten integers from address 100 on, 16-byte pages.
#[test]
fn t1_seven_of_ten_array_elements_hit_the_tlb() {
    let array = "read 0x64..0x8c step 4";
    let of = |shift| MemorySpec { address: linear(8, shift), ..memory(16) };
    assert_eq!(looks(of(4), array), "mhhmhhhmhh");
    assert_eq!(looks(of(4), &format!("repeat 2 {{ {array} }}")), "mhhmhhhmhhhhhhhhhhhh");
    assert_eq!(looks(of(5), array), "mhhhhhhmhh", "larger pages miss less");
}

#[test]
fn t2_a_loop_over_five_pages_never_hits_a_tlb_of_four_under_lru() {
    let of = |policy| {
        let tlb = Some(TlbSpec { policy, ..TlbSpec::default() });
        looks(MemorySpec { tlb, ..memory(16) }, "repeat 100 { read p0..p5 }")
    };
    assert_eq!(of(TlbPolicy::Lru), "m".repeat(500));
    assert!(of(TlbPolicy::Random).contains('h'));
}

/// Two processes use the same page number: what one left in the TLB must never serve the other.
#[test]
fn t2_a_switch_flushes_the_tlb_unless_translations_carry_identifiers() {
    let hits = |asid_bits| {
        let tlb = Some(TlbSpec { asid_bits, ..TlbSpec::default() });
        let turn = "repeat 3 { read p10; yield }";
        let both = vec![process("A", turn), process("B", turn)];
        let (machine, _) = run(scenario(MemorySpec { tlb, ..memory(16) }, both));
        machine.memory().expect("it has memory").counts().tlb_hits
    };
    assert_eq!((hits(0), hits(4)), (0, 4));
}

/// The full formula of the effective access time, on ten reads of one page of zeroes, four levels, 100 ns.
#[test]
fn the_measured_access_time_is_what_the_formula_says() {
    let address = AddressSpec { bits: 48, page_shift: 12, levels: vec![9, 9, 9, 9] };
    let costs =
        MemoryCosts { access: Nanos(100), trap: Nanos(1_000), zero: Nanos(200), ..MemoryCosts::default() };
    let took = |fault_fills_tlb| {
        let memory = MemorySpec { address: address.clone(), costs, fault_fills_tlb, ..memory(4) };
        let (machine, _) = run(scenario(memory, vec![process("A", "repeat 10 { read p7 }")]));
        let counts = *machine.memory().expect("it has memory").counts();
        assert_eq!((counts.references, counts.tlb_misses, counts.minor_faults), (10, 1, 1));
        assert_eq!(counts.lookups, if fault_fills_tlb { 11 } else { 12 });
        assert_eq!(counts.time.0, machine.now().0, "nothing else took time");
        machine.now().0
    };
    let minor = 1_000 + 200;
    assert_eq!(took(false), 10 * 100 + 2 * 4 * 100 + minor);
    assert_eq!(took(true), 10 * 100 + 4 * 100 + minor);
}

fn disk(seek: u64, transfer: u64) -> MemoryCosts {
    MemoryCosts { seek: Nanos(seek), transfer: Nanos(transfer), ..MemoryCosts::default() }
}

/// A page fault blocks its task, and another computes meanwhile.
#[test]
fn overlap_a_fault_costs_nothing_while_another_runs() {
    let ends = |overlap| {
        let memory = MemorySpec { costs: disk(10 * MS, 0), ..memory(8) };
        let faults = process("P1", "mmap text 4 r file; cpu 2; read text; cpu 3");
        let mut scenario = scenario(memory, vec![faults, process("P2", "cpu 8")]);
        scenario.machine.overlap = overlap;
        let (machine, events) = run(scenario);
        let counts = *machine.memory().expect("it has memory").counts();
        assert_eq!((counts.minor_faults, counts.major_faults), (0, 1));
        let idle = events.iter().find(|event| event.kind == EventKind::Idle).map(|event| event.at.0 / MS);
        ([end_of(&machine, 0), end_of(&machine, 1)], idle)
    };
    assert_eq!(ends(true), ([15.0, 10.0], Some(10)));
    assert_eq!(ends(false), ([15.0, 23.0], None));
}

/// Zero-fills twenty pages, a millisecond of CPU each, then sleeps.
fn twenty_pages(reclaim: Reclaim, frames: u32) -> (MemorySpec, String) {
    let memory = MemorySpec {
        address: linear(17, 12),
        costs: disk(3 * MS, MS / 4),
        replacement: ReplacementSpec::Fifo,
        reclaim,
        ..memory(frames)
    };
    let pages: Vec<String> = (1..=20).map(|page| format!("write p{page}; cpu 1")).collect();
    (memory, pages.join("; ") + "; sleep 10")
}

const D1: Watermarks = Watermarks { min: 0, low: 3, high: 6, cluster: 8, cpu: Nanos::ZERO, direct_batch: 1 };

#[test]
fn d1_the_daemon_writes_in_clusters_while_the_process_runs() {
    let (memory, text) = twenty_pages(Reclaim::Daemon(D1), 16);
    let (machine, events) = run(scenario(memory, vec![process("A", &text), daemon()]));
    let ms = |at: u64| at as f64 / MS as f64;
    let mapped: Vec<f64> = told(&events)
        .filter(|(_, event)| matches!(event, MemoryEvent::Map { .. }))
        .map(|(at, _)| ms(at.0))
        .collect();
    let expected: Vec<f64> = (0..16).chain(17..21).map(f64::from).collect();
    assert_eq!(mapped, expected);
    let requests: Vec<(f64, u32)> = told(&events)
        .filter_map(|(at, event)| match event {
            MemoryEvent::WriteRequest { pages, .. } => Some((ms(at.0), pages)),
            _ => None,
        })
        .collect();
    assert_eq!(requests, [(13.0, 4), (17.0, 2), (20.5, 4)]);
    let victims: Vec<u64> = told(&events)
        .filter_map(|(_, event)| match event {
            MemoryEvent::Evict { vpn, dirty: true, .. } => Some(vpn.0),
            _ => None,
        })
        .collect();
    assert_eq!(victims, (1..=10).collect::<Vec<u64>>());
    let sleeps: Vec<(f64, u32)> = told(&events)
        .filter_map(|(at, event)| match event {
            MemoryEvent::DaemonSleeps { free, .. } if at.0 > 0 => Some((ms(at.0), free)),
            _ => None,
        })
        .collect();
    assert_eq!(sleeps, [(24.5, 6)]);
    assert_eq!(end_of(&machine, 0), 31.0, "21 and its sleep");
    let memory = machine.memory().expect("it has memory");
    assert_eq!(memory.counts().write_requests, 3);
}

#[test]
fn d1_without_a_daemon_every_fault_beyond_memory_writes_for_itself() {
    let (memory, text) = twenty_pages(Reclaim::Direct, 16);
    let (machine, _) = run(scenario(memory, vec![process("A", &text)]));
    assert_eq!(end_of(&machine, 0), 43.0, "33 and its sleep");
    let counts = machine.memory().expect("it has memory").counts();
    assert_eq!((counts.write_requests, counts.swap_outs, counts.direct_reclaims), (4, 4, 4));
}

/// OSTEP 20.1: a linear table has an entry for every page, used or not; with the entries made at once, so do two levels.
#[test]
fn entries_are_made_when_pages_are_touched_or_with_their_region() {
    let tables = |levels, lazy_tables, text| {
        let address = AddressSpec { bits: 14, page_shift: 6, levels };
        let memory = MemorySpec { address, lazy_tables, ..memory(16) };
        let mut machine =
            Machine::new(Arc::new(scenario(memory, vec![process("A", text)]))).expect("it runs");
        machine.run(Stop::Time(Time(0)), &mut Totals);
        let memory = machine.memory().expect("it has memory");
        let split = memory.spec();
        let root = memory.spaces()[0].root.expect("it lives");
        let entries = memory.store().tables.pages(&split.address, root).len();
        (entries, memory.store().tables.bytes(&split.address, root, 4) / 64)
    };
    assert_eq!(tables(vec![8], true, "write p0; cpu 1"), (1, 16));
    assert_eq!(tables(vec![4, 4], true, "write p0; cpu 1"), (1, 2));
    assert_eq!(tables(vec![4, 4], false, "write p0; cpu 1"), (256, 17), "the whole address space");
    let maps = "mmap code 2 rx at p0; mmap heap 2 at p4; mmap stack 2 at p254; cpu 1";
    assert_eq!(tables(vec![4, 4], true, maps), (0, 1));
    assert_eq!(tables(vec![4, 4], false, maps), (6, 3), "the directory and two pages of the table");
    let gives_back = "mmap code 2 rx at p0; mmap stack 2 at p254; munmap stack; cpu 1";
    assert_eq!(tables(vec![4, 4], false, gives_back), (2, 2));
}

/// OSTEP 22.4's table: the policies of this machine on the textbook's string.
#[test]
fn the_textbooks_reference_string_faults_as_often_as_its_tables_say() {
    let faults = |replacement, refs: &str, frames| {
        let memory = MemorySpec { replacement, ..memory(frames) };
        let (machine, _) = run(scenario(memory, vec![process("A", &format!("refs {refs}"))]));
        machine.memory().expect("it has memory").counts().minor_faults
    };
    let textbook = "0 1 2 0 1 3 0 3 1 2 1";
    assert_eq!(faults(ReplacementSpec::Fifo, textbook, 3), 7);
    assert_eq!(faults(ReplacementSpec::Lru, textbook, 3), 5);
    let belady = "1 2 3 4 1 2 5 1 2 3 4 5";
    assert_eq!([3, 4].map(|frames| faults(ReplacementSpec::Fifo, belady, frames)), [9, 10]);
    assert_eq!([3, 4].map(|frames| faults(ReplacementSpec::Lru, belady, frames)), [10, 8]);
}
