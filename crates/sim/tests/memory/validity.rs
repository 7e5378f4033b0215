//! What is wrong with a scenario's memory is told at its place, all at once.

use kernelscope_sim::conventions::RefOnLoad;
use kernelscope_sim::diagnostic::Code;
use kernelscope_sim::ids::DeviceId;
use kernelscope_sim::mem::region::RegionSpec;
use kernelscope_sim::mem::replace::ReplacementSpec;
use kernelscope_sim::mem::spec::{AddressSpec, MemorySpec, Reclaim, Refill, TlbPolicy, TlbSpec, Watermarks};
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
fn policies_that_this_kernel_cannot_serve_are_refused() {
    for replacement in [
        ReplacementSpec::Opt,
        ReplacementSpec::Unopt,
        ReplacementSpec::WsClock { tau: 9 },
        ReplacementSpec::EnhancedClock { start_clean: true },
    ] {
        let memory = MemorySpec { replacement, ..memory(4) };
        assert_eq!(of_memory(memory), one("machine.memory.replacement", Code::UnknownValue));
    }
    let tree = MemorySpec { replacement: ReplacementSpec::PseudoLru, ..memory(3) };
    assert_eq!(of_memory(tree), one("machine.memory.replacement", Code::Conflict));
}
