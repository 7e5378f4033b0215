//! What is wrong with a scenario's memory is told at its place, all at once.

use kernelscope_sim::conventions::RefOnLoad;
use kernelscope_sim::diagnostic::Code;
use kernelscope_sim::ids::DeviceId;
use kernelscope_sim::mem::region::RegionSpec;
use kernelscope_sim::mem::replace::ReplacementSpec;
use kernelscope_sim::mem::spec::{
    AddressSpec, MemoryLimits, MemorySpec, Reclaim, Refill, Scope, TlbPolicy, TlbSpec, Watermarks,
};
use kernelscope_sim::program::memory::Prot;
use kernelscope_sim::scenario::{ProcessSpec, Scenario, TaskKind};
use kernelscope_sim::time::Nanos;
use kernelscope_sim::validate::validate;

use crate::common::{daemon, linear, memory, process, scenario};

fn problems(scenario: &Scenario) -> Vec<(String, Code)> {
    validate(scenario).into_iter().map(|problem| (problem.path, problem.code)).collect()
}

fn of_memory(memory: MemorySpec) -> Vec<(String, Code)> {
    problems(&scenario(memory, vec![process("A", "read p0")]))
}

fn of_program(text: &str) -> Vec<(String, Code)> {
    problems(&scenario(memory(4), vec![process("A", text)]))
}

fn one(path: &str, code: Code) -> Vec<(String, Code)> {
    vec![(path.to_owned(), code)]
}

#[test]
fn a_machine_has_frames_addresses_and_a_disk_that_fit_together() {
    assert_eq!(of_memory(memory(4)), []);
    assert_eq!(of_memory(memory(0)), one("machine.memory.frames", Code::OutOfRange));
    let levels =
        |levels| MemorySpec { address: AddressSpec { levels, ..AddressSpec::default() }, ..memory(4) };
    assert_eq!(of_memory(levels(vec![5])), one("machine.memory.levels", Code::Conflict));
    assert_eq!(of_memory(levels(vec![])), one("machine.memory.levels", Code::Empty));
    assert_eq!(of_memory(levels(vec![4, 0])), one("machine.memory.levels[1]", Code::OutOfRange));
    let wide = MemorySpec { address: linear(32, 12), ..memory(4) };
    assert_eq!(of_memory(wide), one("machine.memory.levels[0]", Code::OutOfRange));
    let wider = MemorySpec { address: linear(64, 50), ..memory(4) };
    assert!(of_memory(wider).contains(&("machine.memory.address_bits".to_owned(), Code::OutOfRange)));
    let nowhere = MemorySpec { disk: DeviceId::new(3), ..memory(4) };
    assert_eq!(of_memory(nowhere), one("machine.memory.disk", Code::UnknownName));
    let entries = MemorySpec { pte_size: 3, ..memory(4) };
    assert_eq!(of_memory(entries), one("machine.memory.pte_size", Code::UnknownValue));
}

#[test]
fn a_tlb_has_whole_sets_and_trees_of_two_to_the_n_ways() {
    let of = |entries, ways, policy| {
        let tlb = Some(TlbSpec { entries, ways, policy, ..TlbSpec::default() });
        of_memory(MemorySpec { tlb, ..memory(4) })
    };
    assert_eq!(of(6, 3, TlbPolicy::Lru), []);
    assert_eq!(of(6, 4, TlbPolicy::Lru), one("machine.memory.tlb.ways", Code::Conflict));
    assert_eq!(of(6, 3, TlbPolicy::Plru), one("machine.memory.tlb.ways", Code::Conflict));
    assert_eq!(of(0, 1, TlbPolicy::Lru)[0], ("machine.memory.tlb.entries".to_owned(), Code::OutOfRange));
    let tlb = Some(TlbSpec { refill: Refill::Software, ..TlbSpec::default() });
    let mut silent = scenario(MemorySpec { tlb, ..memory(4) }, vec![process("A", "read p0")]);
    silent.rules.ref_on_load = RefOnLoad::Clear;
    assert_eq!(problems(&silent), one("machine.memory.tlb.refill", Code::Conflict));
}

#[test]
fn watermarks_rise_and_have_one_daemon() {
    let marks = |min, low, high| Watermarks { min, low, high, cluster: 8, cpu: Nanos::ZERO, direct_batch: 1 };
    let of = |marks| {
        let memory = MemorySpec { reclaim: Reclaim::Daemon(marks), ..memory(8) };
        problems(&scenario(memory, vec![process("A", "read p0"), daemon()]))
    };
    assert_eq!(of(marks(0, 2, 4)), []);
    assert_eq!(of(marks(0, 5, 4)), one("machine.memory.daemon.low", Code::OutOfRange));
    assert_eq!(of(marks(3, 2, 4)), one("machine.memory.daemon.min", Code::OutOfRange));
    assert_eq!(of(marks(0, 2, 9)), one("machine.memory.daemon.high", Code::OutOfRange));
    let alone = MemorySpec { reclaim: Reclaim::Daemon(marks(0, 2, 4)), ..memory(8) };
    assert_eq!(of_memory(alone), one("machine.memory.daemon", Code::Conflict));
    let idle = scenario(memory(8), vec![process("A", "read p0"), daemon()]);
    assert_eq!(problems(&idle), one("machine.memory.daemon", Code::Conflict));
}

#[test]
fn a_program_refers_to_what_there_is() {
    assert_eq!(of_program("read p15; refs 15; read 0xffff; write p0..p16"), []);
    for text in ["read p16", "refs 0 16", "read 0x10000", "write p0..p17", "mmap heap 2 at p16"] {
        assert_eq!(of_program(text), one("processes[0].program", Code::OutOfRange), "{text}");
    }
    assert_eq!(of_program("read heap"), one("processes[0].program", Code::UnknownName));
    assert_eq!(of_program("munmap heap"), one("processes[0].program", Code::UnknownName));
    assert_eq!(of_program("repeat 2 { read heap; mmap heap 2 }"), []);
    assert_eq!(of_program("reclaim")[0], ("machine.memory.daemon".to_owned(), Code::Conflict));
    let thread = ProcessSpec { kind: TaskKind::KernelThread, ..process("K", "read p0") };
    assert_eq!(problems(&scenario(memory(4), vec![thread])), one("processes[0].program", Code::Conflict));
    let mut bare = scenario(memory(4), vec![process("A", "read p0")]);
    bare.machine.memory = None;
    assert_eq!(problems(&bare), one("processes[0].program", Code::Conflict));
}

#[test]
fn regions_lie_apart_and_within_the_address_space() {
    let region = |name: &str, start, pages| RegionSpec {
        name: name.to_owned(),
        start,
        pages,
        prot: Prot::RW,
        file: false,
    };
    let of = |regions| {
        let process = ProcessSpec { regions, ..process("A", "cpu 1") };
        problems(&scenario(memory(4), vec![process]))
    };
    assert_eq!(of(vec![region("code", 0, 4), region("heap", 4, 12)]), []);
    let path = |place: usize, field: &str| format!("processes[0].regions[{place}].{field}");
    assert_eq!(of(vec![region("code", 0, 4), region("heap", 3, 2)]), one(&path(1, "start"), Code::Conflict));
    assert_eq!(of(vec![region("code", 0, 17)]), one(&path(0, "pages"), Code::OutOfRange));
    assert_eq!(of(vec![region("code", 16, 1)]), one(&path(0, "start"), Code::OutOfRange));
    assert_eq!(of(vec![region("code", 0, 1), region("code", 1, 1)]), one(&path(1, "name"), Code::Duplicate));
    assert_eq!(of(vec![region("p3", 0, 1)]), one(&path(0, "name"), Code::UnknownValue));
}

#[test]
fn policies_have_what_they_need_or_are_refused() {
    let path = "machine.memory.replacement";
    let of = |replacement, frames| of_memory(MemorySpec { replacement, ..memory(frames) });
    for replacement in
        [ReplacementSpec::WsClock { tau: 9 }, ReplacementSpec::EnhancedClock { start_clean: true }]
    {
        assert_eq!(of(replacement, 4), one(path, Code::Conflict), "nobody writes for them");
    }
    assert_eq!(of(ReplacementSpec::PseudoLru, 3), one(path, Code::Conflict));
    assert_eq!(of(ReplacementSpec::PseudoLru, 4), []);
}

/// Who looks ahead knows each task's own string; how several mix is known when they have run.
#[test]
fn the_future_is_known_of_one_process_or_of_each_in_its_own_frames() {
    let of = |scope, texts: &[&str], steps| {
        let memory = MemorySpec { replacement: ReplacementSpec::Opt, scope, ..memory(4) };
        let processes = ["A", "B"].iter().zip(texts).map(|(name, text)| process(name, text)).collect();
        let mut scenario = scenario(memory, processes);
        scenario.limits.steps = steps;
        problems(&scenario)
    };
    let path = "machine.memory.replacement";
    assert_eq!(of(Scope::Global, &["refs 0 1 2", "cpu 1"], 1_000), []);
    assert_eq!(of(Scope::Global, &["refs 0 1 2", "read p0"], 1_000), one(path, Code::Conflict));
    assert_eq!(of(Scope::Local, &["refs 0 1 2", "read p0"], 1_000), []);
    let endless = "repeat { repeat 4000000000 { read p0..p4 } }";
    assert_eq!(of(Scope::Global, &[endless], 10_000_000), []);
    assert_eq!(of(Scope::Global, &[endless], 10_000_001), one(path, Code::TooMany));
}

#[test]
fn tables_are_made_at_once_where_they_are_small_and_adjustments_stay_in_their_range() {
    let of = |address| of_memory(MemorySpec { address, lazy_tables: false, ..memory(4) });
    assert_eq!(of(AddressSpec::default()), []);
    let four = AddressSpec { bits: 48, page_shift: 12, levels: vec![9, 9, 9, 9] };
    assert_eq!(of(four), one("machine.memory.lazy_tables", Code::Conflict));
    let adjusted = |oom_score_adj| {
        let limits = MemoryLimits { oom_score_adj, ..MemoryLimits::default() };
        problems(&scenario(memory(4), vec![ProcessSpec { memory: limits, ..process("A", "read p0") }]))
    };
    assert_eq!(adjusted(-1000), []);
    assert_eq!(adjusted(1001), one("processes[0].oom_score_adj", Code::OutOfRange));
}

#[test]
fn quotas_leave_everybody_a_frame_and_nobody_more_than_there_are() {
    let of = |replacement, quotas: [Option<u32>; 2]| {
        let memory = MemorySpec { replacement, scope: Scope::Local, ..memory(6) };
        let limited = |name, quota| {
            let memory = MemoryLimits { quota, ..MemoryLimits::default() };
            ProcessSpec { memory, ..process(name, "read p0") }
        };
        problems(&scenario(memory, vec![limited("A", quotas[0]), limited("B", quotas[1])]))
    };
    let path = "machine.memory.scope";
    assert_eq!(of(ReplacementSpec::Lru, [None, None]), []);
    assert_eq!(of(ReplacementSpec::Lru, [Some(5), Some(1)]), []);
    assert_eq!(of(ReplacementSpec::Lru, [Some(4), None]), one(path, Code::Conflict));
    assert_eq!(of(ReplacementSpec::Lru, [Some(0), None]), one(path, Code::Conflict));
    assert_eq!(of(ReplacementSpec::PseudoLru, [None, None]), one(path, Code::Conflict));
    assert_eq!(of(ReplacementSpec::PseudoLru, [Some(4), Some(2)]), []);
}
