//! Fork and copy-on-write: the worked trace, the experiment of the lecture at its full size, and fork against a copy of
//! everything at once.

use std::sync::Arc;

use kernelscope_sim::diagnostic::Code;
use kernelscope_sim::event::{Errno, Event, EventKind, FaultKind, MemoryEvent, ProcessEvent};
use kernelscope_sim::ids::{FrameId, SpaceId};
use kernelscope_sim::machine::{Machine, Stop};
use kernelscope_sim::mem::Memory;
use kernelscope_sim::mem::spec::{AddressSpec, MemorySpec, Scope};
use kernelscope_sim::scenario::{ForkCosts, Scenario};
use kernelscope_sim::sink::Totals;
use kernelscope_sim::time::{Nanos, Time};
use kernelscope_sim::validate::validate;

use crate::common::{MS, memory, process, run, scenario, told};

fn forking(frames: u32, program: &str) -> Scenario {
    scenario(memory(frames), vec![process("A", program)])
}

fn parent() -> SpaceId {
    SpaceId::new(0)
}

fn child() -> SpaceId {
    SpaceId::new(1)
}

/// The resident, proportional and unique sets of a process, in halves of a page.
fn sets(memory: &Memory, space: SpaceId) -> [u64; 3] {
    let it = memory.resident(space);
    let (above, below) = it.pss();
    [it.rss() * 2, above * 2 / below, it.uss() * 2]
}

/// Minor faults of both so far, beyond the parent's first touches, and copies.
fn faults(memory: &Memory) -> (u64, u64, u64) {
    let of = |space: usize| memory.spaces().get(space).map_or(0, |space| space.counts.minor_faults);
    (of(0) - 4, of(1), memory.store().shares().copies())
}

#[test]
fn the_worked_trace_of_copy_on_write_comes_out() {
    // Four pages in frames 0 to 3; the rest happens at 10, 20, …
    let it = forking(
        8,
        "write p0..p4; sleep until 10; fork { sleep until 20; write p1; sleep until 40; read p0; sleep until 50 }; \
         sleep until 30; write p1; sleep until 60; write p2; sleep until 70",
    );
    let mut machine = Machine::new(Arc::new(it)).expect("a scenario that runs");
    let mut at = |instant: u64| {
        machine.run(Stop::Time(Time(instant * MS)), &mut Totals);
        let memory = machine.memory().expect("it has memory");
        let counts: Vec<u32> = (0..5)
            .map(|frame| memory.store().mappings(memory.spec(), FrameId::new(frame)).len() as u32)
            .collect();
        let used = memory.store().frames.total() - memory.store().frames.free();
        let young = if memory.spaces().len() > 1 { sets(memory, child()) } else { [0; 3] };
        (counts, used, sets(memory, parent()), young, faults(memory))
    };
    let none = [0, 0, 0];
    assert_eq!(at(5), (vec![1, 1, 1, 1, 0], 4, [8, 8, 8], none, (0, 0, 0)), "start");
    assert_eq!(at(15), (vec![2, 2, 2, 2, 0], 4, [8, 4, 0], [8, 4, 0], (0, 0, 0)), "fork");
    assert_eq!(at(25), (vec![2, 1, 2, 2, 1], 5, [8, 5, 2], [8, 5, 2], (0, 1, 1)), "child writes p1");
    assert_eq!(at(35), (vec![2, 1, 2, 2, 1], 5, [8, 5, 2], [8, 5, 2], (1, 1, 1)), "parent writes p1");
    assert_eq!(at(45), (vec![2, 1, 2, 2, 1], 5, [8, 5, 2], [8, 5, 2], (1, 1, 1)), "child reads p0");
    assert_eq!(at(55), (vec![1, 1, 1, 1, 0], 4, [8, 8, 8], none, (1, 1, 1)), "child exits");
    assert_eq!(at(65), (vec![1, 1, 1, 1, 0], 4, [8, 8, 8], none, (2, 1, 1)), "parent writes p2");
    assert_eq!(machine.memory().expect("it has memory").store().shares().reuses(), 2);
}

/// 100 MiB of pages of 4 KiB, four levels of tables.
fn hundred_mebibytes() -> MemorySpec {
    let address = AddressSpec { bits: 48, page_shift: 12, levels: vec![9, 9, 9, 9] };
    MemorySpec { address, pte_size: 8, ..memory(60_000) }
}

/// The experiment: the parent writes every page and forks; the child writes every page and ends; so does the parent
/// again.
fn experiment() -> Scenario {
    let program = "mmap heap 25600 at p512; write heap..heap+p25600; sleep until 10; \
                   fork { sleep until 20; write heap..heap+p25600; sleep until 30 }; \
                   sleep until 40; write heap..heap+p25600; sleep until 50; wait";
    scenario(hundred_mebibytes(), vec![process("cow", program)])
}

#[test]
fn the_experiment_of_the_lecture_has_the_figures_of_a_real_linux() {
    const PAGES: u64 = 25_600;
    let mut machine = Machine::new(Arc::new(experiment())).expect("a scenario that runs");
    let minor = |memory: &Memory, space: usize| memory.spaces()[space].counts.minor_faults;
    let used = |memory: &Memory| u64::from(memory.store().frames.total() - memory.store().frames.free());
    let mut at = |instant: u64| {
        machine.run(Stop::Time(Time(instant * MS)), &mut Totals);
        machine.memory().expect("it has memory").clone()
    };

    let before = at(5);
    assert_eq!((minor(&before, 0), used(&before)), (PAGES, PAGES));
    assert_eq!(before.resident(parent()).pss(), (PAGES, 1));

    let forked = at(15);
    assert_eq!((minor(&forked, 0), minor(&forked, 1), used(&forked)), (PAGES, 0, PAGES));
    for space in [parent(), child()] {
        let it = forked.resident(space);
        assert_eq!((it.rss(), it.pss(), it.uss()), (PAGES, (PAGES, 2), 0), "the proportional set is halved");
        let root = forked.spaces()[space.index()].root.expect("it lives");
        assert_eq!(forked.store().tables.count(&forked.spec().address, root), [1, 1, 1, 50], "53 tables");
    }

    let written = at(25);
    assert_eq!((minor(&written, 1), written.store().shares().copies()), (PAGES, PAGES));
    assert_eq!(used(&written), 2 * PAGES);
    for space in [parent(), child()] {
        let it = written.resident(space);
        assert_eq!((it.rss(), it.pss(), it.uss()), (PAGES, (PAGES, 1), PAGES));
    }

    let alone = at(35);
    assert_eq!((used(&alone), minor(&alone, 0)), (PAGES, PAGES));

    let again = at(45);
    assert_eq!(minor(&again, 0), 2 * PAGES, "every page faults once more");
    assert_eq!((again.store().shares().copies(), again.store().shares().reuses()), (PAGES, PAGES));
    assert_eq!(used(&again), PAGES);
    assert_eq!(again.counts().major_faults, 0);
}

#[test]
fn a_fork_costs_its_tables_and_entries_and_an_eager_one_its_pages() {
    let fork = |copy_on_write: bool| {
        let mut it = experiment();
        let costs = ForkCosts {
            task: Nanos(50_000),
            table: Nanos(500),
            entry: Nanos(5),
            flush: Nanos(1_000),
            copy: Nanos(500),
        };
        it.machine.fork.costs = costs;
        it.machine.fork.copy_on_write = copy_on_write;
        it.limits.until = Some(Time(25 * MS));
        let mut machine = Machine::new(Arc::new(it)).expect("a scenario that runs");
        machine.run(Stop::Time(Time(19 * MS)), &mut Totals);
        machine.run(Stop::Time(Time(24 * MS)), &mut Totals);
        let made = machine.tasks()[1].account.arrival.expect("there is a child");
        (made.0 - 10 * MS, machine.tasks().len())
    };
    assert_eq!(fork(true), (205_500, 2));
    assert_eq!(fork(false), (205_500 + 12_800_000, 2));
}

#[test]
fn an_eager_fork_takes_a_frame_a_page_and_no_write_faults() {
    let mut it = forking(8, "write p0..p3; fork { write p0..p3 }; write p0..p3; wait");
    it.machine.fork.copy_on_write = false;
    let (machine, events) = run(it);
    let shared = told(&events).filter(|(_, event)| {
        matches!(event, MemoryEvent::Fault { kind: FaultKind::Shared, .. } | MemoryEvent::Copied { .. })
    });
    assert_eq!(shared.count(), 0);
    assert_eq!(machine.memory().expect("it has memory").counts().minor_faults, 3);
}

#[test]
fn an_eager_fork_without_frames_fails_and_leaves_nothing_behind() {
    let mut it = forking(5, "write p0..p3; fork { write p0 }; cpu 1");
    it.machine.fork.copy_on_write = false;
    let (machine, events) = run(it);
    let failed = |event: &Event| {
        matches!(event.kind, EventKind::Process(ProcessEvent::Failed { errno: Errno::Enomem, .. }))
    };
    assert!(events.iter().any(failed));
    let memory = machine.memory().expect("it has memory");
    assert_eq!((machine.tasks().len(), memory.spaces().len(), memory.store().frames.free()), (1, 1, 5));
}

#[test]
fn two_writers_on_every_page_make_two_faults_and_one_copy_a_page() {
    for children in 1..=3u64 {
        let program = format!(
            "write p0..p4; repeat {children} {{ fork {{ write p0..p4; sleep until 50 }} }}; sleep until 10; write p0..p4; \
             sleep until 60"
        );
        let (machine, _) = run(forking(20, &program));
        let memory = machine.memory().expect("it has memory");
        assert_eq!(memory.counts().minor_faults - 4, (children + 1) * 4);
        assert_eq!(memory.store().shares().copies(), children * 4);
    }
}

#[test]
fn a_shared_frame_leaves_all_its_mappings_and_comes_back_to_each() {
    // Two pages shared by two, then others need all three frames.
    let mut it = forking(
        3,
        "write p0..p2; fork { sleep until 20; read p0..p2; sleep until 40 }; sleep until 10; write p4..p7; \
         sleep until 30; read p0..p2; sleep until 50",
    );
    let spec = MemorySpec { swap_slots: 16, ..memory(3) };
    it.machine.memory = Some(Arc::new(spec));
    let (machine, events) = run(it);
    let evicted = told(&events).filter(|(_, event)| matches!(event, MemoryEvent::Evict { .. })).count();
    assert!(evicted > 4, "both of them lose both pages: {evicted}");
    let memory = machine.memory().expect("it has memory");
    assert_eq!((memory.store().frames.free(), memory.store().swap.used()), (3, 0), "nothing is leaked");
}

#[test]
fn what_cannot_go_with_a_fork_is_refused() {
    let refused = |spec: MemorySpec| {
        let it = scenario(spec, vec![process("A", "fork { cpu 1 }")]);
        validate(&it).iter().any(|problem| problem.code == Code::Conflict && problem.found == "fork")
    };
    use kernelscope_sim::mem::replace::ReplacementSpec as R;
    for replacement in [R::Opt, R::Unopt, R::WorkingSet { tau: 5 }, R::WsClock { tau: 5 }] {
        assert!(refused(MemorySpec { replacement, ..memory(4) }));
    }
    assert!(refused(MemorySpec { scope: Scope::Local, ..memory(4) }));
    assert!(!refused(memory(4)));
}
