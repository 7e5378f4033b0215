//! Every rule of memory has a case in which it decides; those of replacement have theirs in `tests/replacement`.

use kernelscope_sim::event::{EventKind, MemoryEvent};
use kernelscope_sim::mem::spec::{
    AddressSpec, Extras, MemoryLimits, MemorySpec, Overcommit, Reclaim, Watermarks,
};
use kernelscope_sim::rules::{RULES, RuleId};
use kernelscope_sim::scenario::ProcessSpec;
use kernelscope_sim::task::Ending;
use kernelscope_sim::time::Nanos;

use crate::common::{daemon, memory, process, run, scenario, told};

const CASES: &[(RuleId, fn())] = &[
    (RuleId::PagePresent, page_present),
    (RuleId::PageAbsent, page_absent),
    (RuleId::PageInvalid, page_invalid),
    (RuleId::DaemonMarks, daemon_marks),
    (RuleId::OomLargest, oom_largest),
    (RuleId::Overcommit, overcommit),
    (RuleId::AdmissionControl, crate::admission::it_says_how_much_is_wanted),
    (RuleId::SuspendedFirst, crate::admission::the_pages_of_who_is_kept_out_leave_first),
];

#[test]
fn every_rule_of_memory_has_a_case_that_bears_its_name_and_holds() {
    for rule in RULES.iter().filter(|rule| rule.name.starts_with("memory.")) {
        let (_, holds) =
            CASES.iter().find(|(id, _)| *id == rule.id).unwrap_or_else(|| panic!("{}", rule.name));
        holds();
    }
}

/// What happened under a rule in a run of one program.
fn under(rule: RuleId, text: &str) -> Vec<MemoryEvent> {
    let (_, events) = run(scenario(memory(4), vec![process("A", text)]));
    let by_it = |event: &MemoryEvent| EventKind::Memory(*event).rule() == Some(rule);
    told(&events).map(|(_, event)| event).filter(by_it).collect()
}

fn page_present() {
    // The first read is tried again after its fault; the second hits and needs no page table.
    let done = under(RuleId::PagePresent, "read p0; read p0");
    assert!(matches!(done[..], [MemoryEvent::Reference { va: 0, hit: false, .. }]), "{done:?}");
}

fn page_absent() {
    let faults = under(RuleId::PageAbsent, "read p0; read p1; read p0");
    assert!(
        matches!(faults[..], [MemoryEvent::Fault { va: 0, .. }, MemoryEvent::Fault { va: 0x1000, .. }]),
        "{faults:?}"
    );
}

fn page_invalid() {
    let violations = under(RuleId::PageInvalid, "mmap a 1 r; read a; write a; read a");
    assert!(matches!(violations[..], [MemoryEvent::Forbidden { va: 0, .. }]), "{violations:?}");
}

fn daemon_marks() {
    let marks = Watermarks { min: 0, low: 2, high: 3, cluster: 4, cpu: Nanos::ZERO, direct_batch: 1 };
    let memory = MemorySpec { reclaim: Reclaim::Daemon(marks), ..memory(4) };
    let (_, events) = run(scenario(memory, vec![process("A", "read p0..p3; cpu 1"), daemon()]));
    let marks: Vec<MemoryEvent> = told(&events)
        .map(|(_, event)| event)
        .filter(|event| EventKind::Memory(*event).rule() == Some(RuleId::DaemonMarks))
        .collect();
    let [.., MemoryEvent::DaemonWakes { free: 1, low: 2 }, MemoryEvent::DaemonSleeps { free: 3, high: 3 }] =
        marks[..]
    else {
        panic!("{marks:?}")
    };
}

/// Who is ended when three pages of the one and two of the other fill all there is, by what each is told to be worth.
fn ended(adjustments: [i16; 2]) -> [bool; 2] {
    let limited = |name, text, oom_score_adj| ProcessSpec {
        memory: MemoryLimits { oom_score_adj, ..MemoryLimits::default() },
        ..process(name, text)
    };
    let memory = MemorySpec { swap_slots: 0, ..memory(5) };
    let large = limited("large", "write p0..p3; sleep 10", adjustments[0]);
    let small = limited("small", "sleep 1; write p0..p3", adjustments[1]);
    let (machine, events) = run(scenario(memory, vec![large, small]));
    let rules = told(&events).filter_map(|(_, event)| EventKind::Memory(event).rule());
    assert_eq!(rules.filter(|rule| *rule == RuleId::OomLargest).count(), 1);
    [0, 1].map(|task| machine.tasks()[task].ending == Some(Ending::Killed(9)))
}

fn oom_largest() {
    assert_eq!(ended([0, 0]), [true, false], "the largest");
    assert_eq!(ended([-400, 0]), [false, true], "two fifths of five pages make up for the difference");
    assert_eq!(ended([0, 200]), [false, true], "equal: the later one");
    assert_eq!(ended([MemoryLimits::EXEMPT, 0]), [false, true], "exempt");
    assert_eq!(ended([MemoryLimits::EXEMPT; 2]), [false, true], "somebody has to go");
}

/// What becomes of three mappings of 30, 30 and 90 pages on a machine of 16 frames and 64 slots.
fn mapped(overcommit: Overcommit, overcommit_ratio: u8) -> Vec<Result<u32, (u32, u32)>> {
    let extras = Extras { overcommit, overcommit_ratio, ..Extras::default() };
    let address = AddressSpec { bits: 20, page_shift: 12, levels: vec![8] };
    let memory = MemorySpec { extras, address, ..memory(16) };
    let maps = process("A", "mmap a 30; mmap text 40 rx file; mmap b 30; mmap c 90; munmap a; mmap d 30");
    let (_, events) = run(scenario(memory, vec![maps]));
    let of = |(_, event)| match event {
        MemoryEvent::Mapped { pages, .. } => Some(Ok(pages)),
        MemoryEvent::Refused { promised, limit, .. } => Some(Err((promised, limit))),
        _ => None,
    };
    told(&events).filter_map(of).collect()
}

/// The three modes of Linux: code does not count, what is unmapped counts no more.
fn overcommit() {
    use Overcommit::{Always, Heuristic, Strict};
    assert_eq!(mapped(Always, 50), [Ok(30), Ok(40), Ok(30), Ok(90), Ok(30)]);
    let no_more_than_all = Err((90, 80));
    assert_eq!(mapped(Heuristic, 50), [Ok(30), Ok(40), Ok(30), no_more_than_all, Ok(30)]);
    assert_eq!(
        mapped(Strict, 50),
        [Ok(30), Ok(40), Ok(30), Err((150, 72)), Ok(30)],
        "64 slots and half of 16 frames"
    );
    assert_eq!(mapped(Strict, 0), [Ok(30), Ok(40), Ok(30), Err((150, 64)), Ok(30)]);
}
