//! The ways of a reference, event for event: the three cases of the textbook and what surrounds them.

use kernelscope_sim::event::{Cause, Event, EventKind, FaultKind, MemoryEvent};
use kernelscope_sim::mem::replace::ReplacementSpec;
use kernelscope_sim::mem::spec::{
    AddressSpec, MemoryCosts, MemorySpec, Reclaim, Refill, TlbSpec, Watermarks,
};
use kernelscope_sim::task::Ending;
use kernelscope_sim::time::Nanos;

use crate::common::{MS, daemon, memory, process, run, scenario, told};

/// What one program does to memory, a word an event.
fn story(memory: MemorySpec, text: &str) -> Vec<String> {
    let (_, events) = run(scenario(memory, vec![process("A", text)]));
    told(&events).map(|(_, event)| word(event)).collect()
}

fn word(event: MemoryEvent) -> String {
    match event {
        MemoryEvent::Lookup { hit: true, .. } => "hit".to_owned(),
        MemoryEvent::Lookup { hit: false, .. } => "miss".to_owned(),
        MemoryEvent::Visit { level, valid, .. } => format!("level{level}{}", if valid { "" } else { "-" }),
        MemoryEvent::Insert { displaced, .. } => if displaced { "replace" } else { "insert" }.to_owned(),
        MemoryEvent::Dirtied { .. } => "dirty".to_owned(),
        MemoryEvent::Reference { va, .. } => format!("done({va:#x})"),
        MemoryEvent::Fault { kind, .. } => format!("fault({kind:?})"),
        MemoryEvent::Map { frame, .. } => format!("map({})", frame.get()),
        MemoryEvent::Evict { vpn, dirty, .. } => {
            format!("{}({})", if dirty { "dirty-out" } else { "clean-out" }, vpn.0)
        }
        MemoryEvent::PageOut { slot, .. } => format!("slot({slot})"),
        MemoryEvent::PageIn { slot, .. } => format!("read({slot})"),
        other => format!("{other:?}").split([' ', '{']).next().unwrap_or_default().to_owned(),
    }
}

fn two_levels() -> MemorySpec {
    MemorySpec { address: AddressSpec { levels: vec![2, 2], ..AddressSpec::default() }, ..memory(4) }
}

/// Valid and present; valid and not present, which is tried again; not valid.
#[test]
fn the_three_cases_of_a_reference_are_told_stage_by_stage() {
    let all = story(two_levels(), "mmap heap 2; read heap; read heap; read p9");
    let expected = "Mapped miss level0- fault(Zero) map(0) miss level0 level1 insert hit done(0x0) \
                    hit done(0x0) miss level0- Invalid";
    assert_eq!(all.join(" "), expected);
}

#[test]
fn a_violation_ends_the_task_and_nobody_else() {
    for (text, forbidden) in [("read p9", false), ("write heap", true)] {
        let ill = process("A", &format!("mmap heap 2 r; {text}; cpu 5"));
        let (machine, events) = run(scenario(two_levels(), vec![ill, process("B", "cpu 3")]));
        assert_eq!(machine.tasks()[0].ending, Some(Ending::Killed(11)));
        assert_eq!(machine.tasks()[1].ending, Some(Ending::Exited(0)));
        let violation = told(&events).find_map(|(_, event)| match event {
            MemoryEvent::Invalid { .. } => Some(false),
            MemoryEvent::Forbidden { .. } => Some(true),
            _ => None,
        });
        assert_eq!(violation, Some(forbidden));
    }
}

/// A store on a TLB hit sets the dirty bit once; the page then leaves by way of a swap slot and comes back.
#[test]
fn a_dirty_page_leaves_through_a_slot_and_comes_back_from_it() {
    let memory = MemorySpec { tlb: None, ..memory(1) };
    let all = story(memory, "write p0; read p1; read p0; read p1");
    let expected = "level0- fault(Zero) map(0) level0 done(0x0) \
                    level0- fault(Zero) dirty-out(0) slot(0) DirectReclaim WriteRequest Written map(0) level0 \
                    done(0x1000) \
                    level0 fault(Swap) clean-out(1) DirectReclaim read(0) map(0) level0 done(0x0) \
                    level0 fault(Zero) clean-out(0) DirectReclaim map(0) level0 done(0x1000)";
    assert_eq!(all.join(" "), expected);
    let store = story(memory_with_tlb(), "read p0; write p0; write p0");
    assert_eq!(
        store.join(" "),
        "miss level0- fault(Zero) map(0) miss level0 insert hit done(0x0) hit dirty done(0x0) hit done(0x0)"
    );
}

fn memory_with_tlb() -> MemorySpec {
    memory(4)
}

/// Where the kernel refills the TLB a miss is a trap of its own, to the same instruction.
#[test]
fn a_software_managed_tlb_traps_on_every_miss() {
    let tlb = Some(TlbSpec { refill: Refill::Software, ..TlbSpec::default() });
    let costs = MemoryCosts { access: Nanos(100), trap: Nanos(1_000), ..MemoryCosts::default() };
    let (machine, events) =
        run(scenario(MemorySpec { tlb, costs, ..memory(4) }, vec![process("A", "refs 0 0")]));
    let traps: Vec<Cause> = events
        .iter()
        .filter_map(|event| match event.kind {
            EventKind::KernelEntry { cause: cause @ (Cause::TlbMiss | Cause::PageFault), .. } => Some(cause),
            _ => None,
        })
        .collect();
    assert_eq!(traps, [Cause::TlbMiss, Cause::TlbMiss], "the first finds a fault, the second a page");
    assert_eq!(machine.now().0, 2 * (1_000 + 100) + 2 * 100);
}

/// A page that is wanted while it is being written stays in its frame.
#[test]
fn a_page_on_its_way_out_is_rescued() {
    let marks = Watermarks { min: 0, low: 2, high: 2, cluster: 1, cpu: Nanos::ZERO, direct_batch: 1 };
    let costs = MemoryCosts { seek: Nanos(5 * MS), ..MemoryCosts::default() };
    let memory = MemorySpec {
        costs,
        replacement: ReplacementSpec::Fifo,
        reclaim: Reclaim::Daemon(marks),
        ..memory(3)
    };
    let (machine, events) =
        run(scenario(memory, vec![process("A", "write p0; write p1; cpu 1; read p0"), daemon()]));
    let rescued = told(&events).find_map(|(at, event)| match event {
        MemoryEvent::Rescue { vpn, .. } => Some((at.0 / MS, vpn.0)),
        _ => None,
    });
    assert_eq!(rescued, Some((5, 0)));
    assert!(told(&events).any(|(_, it)| matches!(it, MemoryEvent::Fault { kind: FaultKind::Leaving, .. })));
    let counts = machine.memory().expect("it has memory").counts();
    assert_eq!((counts.minor_faults, counts.major_faults, counts.swap_ins), (3, 0, 0));
}

/// A daemon that needs CPU time is dispatched like any thread of the kernel, before every user task.
#[test]
fn a_daemon_that_computes_takes_the_cpu_from_the_process() {
    let marks = Watermarks { min: 0, low: 2, high: 3, cluster: 8, cpu: Nanos(MS), direct_batch: 1 };
    let memory = MemorySpec { reclaim: Reclaim::Daemon(marks), ..memory(4) };
    let (machine, _) = run(scenario(memory, vec![process("A", "write p0..p3; cpu 5"), daemon()]));
    let [process, daemon] = machine.tasks() else { panic!("two tasks") };
    assert_eq!((process.account.cpu, daemon.account.cpu), (Nanos(5 * MS), Nanos(2 * MS)));
    assert_eq!(process.account.completion.map(|at| at.0), Some(7 * MS));
}

/// Linux's third watermark: below it a fault reclaims for itself.
#[test]
fn below_the_lowest_watermark_a_fault_reclaims_directly() {
    let marks = Watermarks { min: 1, low: 2, high: 3, cluster: 8, cpu: Nanos::ZERO, direct_batch: 2 };
    let costs = MemoryCosts { seek: Nanos(MS), ..MemoryCosts::default() };
    let memory = MemorySpec { reclaim: Reclaim::Daemon(marks), costs, ..memory(4) };
    let (machine, events) = run(scenario(memory, vec![process("A", "write p0..p8"), daemon()]));
    let counts = machine.memory().expect("it has memory").counts();
    assert!(counts.direct_reclaims > 0 && counts.daemon_wakes > 0);
    let waits = told(&events).any(|(_, event)| matches!(event, MemoryEvent::NoFrame { .. }));
    assert!(!waits, "nobody waits for the daemon");
}

/// More dirty pages than frames and slots together: the largest process is ended, and the other goes on.
#[test]
fn out_of_memory_ends_the_largest_process() {
    let memory = MemorySpec { swap_slots: 2, ..memory(4) };
    let large = process("A", "write p0..p6; sleep 9; write p6..p9; cpu 1");
    let small = process("B", "sleep 5; write p0..p2; cpu 3");
    let (machine, events) = run(scenario(memory, vec![large, small]));
    assert_eq!(machine.tasks()[0].ending, Some(Ending::Killed(9)));
    assert_eq!(machine.tasks()[1].ending, Some(Ending::Exited(0)));
    assert!(events.iter().any(|event: &Event| {
        matches!(event.kind, EventKind::Memory(MemoryEvent::OutOfMemory { .. }))
            && event.task.is_some_and(|task| task.index() == 0)
    }));
    assert_eq!(machine.memory().expect("it has memory").counts().oom_kills, 1);
}

/// Frames and slots together hold as many pages as both have room for. To exchange pages beyond that, one place
/// has to be free: clean copies give theirs up.
#[test]
fn resident_and_swapped_pages_fill_frames_and_slots_to_the_last() {
    let of = |text| {
        let (machine, events) =
            run(scenario(MemorySpec { swap_slots: 4, ..memory(4) }, vec![process("A", text)]));
        let gives_up = told(&events).any(|(_, event)| matches!(event, MemoryEvent::GiveUpSlot { .. }));
        (machine.tasks()[0].ending, gives_up)
    };
    assert_eq!(of("write p0..p8"), (Some(Ending::Exited(0)), false));
    assert_eq!(of("write p0..p8; read p0"), (Some(Ending::Killed(9)), false));
    assert_eq!(of("write p0..p7; read p0..p7; read p0..p7"), (Some(Ending::Exited(0)), true));
}
