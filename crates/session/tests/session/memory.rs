//! What is shown of memory is what the machine has, with the figures of the worked examples.

use std::sync::Arc;

use kernelscope_session::engine::Engine;
use kernelscope_session::protocol::{Generation, Jump, JumpKind, Reply, Request, RunId, Target};
use kernelscope_session::query::parse;
use kernelscope_session::view::{
    FrameStateView, Look, MemoryView, Outcome, Overview, PageOf, PlaceView, TableView, Window,
};
use kernelscope_sim::event::FaultKind;
use kernelscope_sim::ids::{FrameId, TaskId, Vpn};
use kernelscope_sim::mem::replace::ReplacementSpec;
use kernelscope_sim::mem::spec::{
    AddressSpec, MemoryCosts, MemorySpec, Mmu, OnViolation, Reclaim, Segment, TlbSpec, Watermarks,
};
use kernelscope_sim::program::{self, Names};
use kernelscope_sim::scenario::{DeviceSpec, MachineSpec, ProcessSpec, Scenario, TaskKind};
use kernelscope_sim::time::Nanos;

use crate::common::{load, seek, settle};

pub(crate) const MS: u64 = 1_000_000;

pub(crate) fn memory(frames: u32, replacement: ReplacementSpec) -> MemorySpec {
    MemorySpec { frames, tlb: None, replacement, ..MemorySpec::default() }
}

pub(crate) fn process(name: &str, text: &str) -> ProcessSpec {
    let names = Names { unit: Nanos(MS), devices: &["disk".to_owned()] };
    let program = program::parse::parse(text, &names).expect("a program that reads");
    ProcessSpec { name: name.to_owned(), program, ..ProcessSpec::default() }
}

pub(crate) fn scenario(memory: MemorySpec, processes: Vec<ProcessSpec>) -> Arc<Scenario> {
    let disk = DeviceSpec { name: "disk".to_owned(), servers: 1 };
    let machine =
        MachineSpec { devices: vec![disk], memory: Some(Arc::new(memory)), ..MachineSpec::default() };
    Arc::new(Scenario { machine, processes, ..Scenario::default() })
}

pub(crate) fn opened(scenario: &Arc<Scenario>, at: Target) -> (Engine, Overview) {
    let mut engine = Engine::new();
    let (mut overviews, _) = load(&mut engine, &[Arc::clone(scenario)], at);
    (engine, overviews.remove(0))
}

/// Everything, of a machine that is small.
const ALL: Window = Window { from: 0, count: 64 };
const LOOK: Look = Look { task: None, entries: ALL, every: false, frames: ALL, slots: ALL, accesses: 32 };

fn look(engine: &mut Engine, look: Look) -> MemoryView {
    engine.ask(Request::Memory { generation: Generation(1), run: RunId(0), look });
    match settle(engine, 50).pop() {
        Some(Reply::Memory { view, .. }) => *view,
        other => panic!("nothing is seen: {other:?}"),
    }
}

/// The accesses as a textbook writes them: a fault, the page that left for it, a point where nothing was missing.
fn string(view: &MemoryView) -> String {
    let word = |it: &kernelscope_session::view::AccessView| match (it.outcome, it.victims.first()) {
        (Outcome::Fault(_), Some(victim)) => format!("F-{}", victim.vpn.0),
        (Outcome::Fault(_), None) => "F".to_owned(),
        _ => ".".to_owned(),
    };
    view.accesses.iter().map(word).collect::<Vec<_>>().join(" ")
}

#[test]
fn the_access_strip_is_the_trace_of_the_textbook() {
    let trace = |refs: &str, frames, replacement| {
        let scenario = scenario(memory(frames, replacement), vec![process("A", &format!("refs {refs}"))]);
        let (mut engine, _) = opened(&scenario, Target::End);
        look(&mut engine, LOOK)
    };
    // OSTEP 22.3 and 22.5.
    let s1 = "0 1 2 0 1 3 0 3 1 2 1";
    assert_eq!(string(&trace(s1, 3, ReplacementSpec::Fifo)), "F F F . . F-0 F-1 . F-2 F-3 .");
    let lru = trace(s1, 3, ReplacementSpec::Lru);
    assert_eq!(string(&lru), "F F F . . F-2 . . . F-0 .");
    // Belady's string.
    let s2 = "1 2 3 4 1 2 5 1 2 3 4 5";
    assert_eq!(string(&trace(s2, 3, ReplacementSpec::Fifo)), "F F F F-1 F-2 F-3 F-4 . . F-1 F-2 .");
    assert_eq!(string(&trace(s2, 4, ReplacementSpec::Fifo)), "F F F F . . F-1 F-2 F-3 F-4 F-5 F-1");
    // What is in the frames after each: the last column of the book's table, as a set.
    let pages = |at: usize| {
        let mut pages: Vec<u64> = lru.accesses[at].frames.iter().flatten().map(|page| page.vpn.0).collect();
        pages.sort_unstable();
        pages
    };
    assert_eq!(
        [pages(0), pages(2), pages(5), pages(9)],
        [vec![0], vec![0, 1, 2], vec![0, 1, 3], vec![1, 2, 3]]
    );
}

#[test]
fn the_strip_is_the_same_from_the_middle_and_in_a_window() {
    let refs: Vec<String> = (0..120).map(|n| (n * n % 7).to_string()).collect();
    let text = format!("refs {}", refs.join(" "));
    let scenario = scenario(memory(3, ReplacementSpec::Lru), vec![process("A", &text)]);
    let (mut engine, overview) = opened(&scenario, Target::End);
    let whole = look(&mut engine, Look { accesses: 400, ..LOOK }).accesses;
    for step in [0, 7, 100, overview.steps / 2, overview.steps - 3] {
        seek(&mut engine, 0, Target::Step(step));
        let part = look(&mut engine, Look { accesses: 5, ..LOOK });
        assert!(part.accesses.len() <= 10);
        for access in &part.accesses {
            assert!(whole.contains(access), "{access:?} at {step}");
        }
        let behind = part.accesses.iter().filter(|access| access.steps.0 <= step).count();
        assert_eq!(part.current, (behind as u32).checked_sub(1));
    }
}

/// T1: an array of ten integers over three pages of 16 bytes.
#[test]
fn an_array_is_seen_in_the_tlb_set_by_set() {
    let spec = MemorySpec {
        address: AddressSpec { bits: 8, page_shift: 4, levels: vec![4] },
        tlb: Some(TlbSpec { entries: 4, ways: 2, ..TlbSpec::default() }),
        ..memory(8, ReplacementSpec::Lru)
    };
    let scenario =
        scenario(spec, vec![process("A", "read 0x64..0x8c step 4; read 0x64..0x8c step 4; sleep 5")]);
    let (mut engine, overview) = opened(&scenario, parse("t=1", Nanos(MS)).expect("a moment"));
    let counts = overview.metrics.memory.expect("it has memory");
    assert_eq!((counts.references, counts.tlb_hits), (20, 17), "7 of 10, then 10 of 10");
    let view = look(&mut engine, LOOK);
    let pages: Vec<Option<u64>> =
        view.tlbs[0].places.iter().map(|place| place.and_then(|it| it.page).map(|page| page.vpn.0)).collect();
    assert_eq!((view.tlbs[0].ways, pages), (2, vec![Some(6), Some(8), Some(7), None]), "sets 0 and 1");
    let ages: Vec<u16> = view.tlbs[0].places.iter().flatten().map(|it| it.age).collect();
    assert_eq!(ages, [1, 0, 0], "page 8 was used after page 6");
    let outcomes: Vec<Outcome> = view.accesses.iter().take(5).map(|it| it.outcome).collect();
    let zero = Outcome::Fault(FaultKind::Zero);
    assert_eq!(outcomes, [zero, Outcome::Hit, Outcome::Hit, zero, Outcome::Hit]);
}

/// T2: a loop one page larger than the TLB; pages in frames are missed in the TLB for ever.
#[test]
fn a_loop_larger_than_the_tlb_walks_every_time() {
    let spec = MemorySpec { tlb: Some(TlbSpec::default()), ..memory(8, ReplacementSpec::Lru) };
    let scenario = scenario(spec, vec![process("A", "repeat 3 { read p0..p5 }")]);
    let (mut engine, overview) = opened(&scenario, Target::End);
    let view = look(&mut engine, LOOK);
    assert_eq!(view.accesses.iter().skip(5).filter(|it| it.outcome == Outcome::Walk).count(), 10);
    assert_eq!(overview.metrics.memory.map(|counts| (counts.references, counts.tlb_hits)), Some((15, 0)));
    assert!(view.spaces.is_empty(), "whoever has ended has no address space");
}

const D1: Watermarks = Watermarks { min: 0, low: 3, high: 6, cluster: 8, cpu: Nanos::ZERO, direct_batch: 1 };

fn d1() -> Arc<Scenario> {
    let spec = MemorySpec {
        address: AddressSpec { bits: 17, page_shift: 12, levels: vec![5] },
        costs: MemoryCosts { seek: Nanos(3 * MS), transfer: Nanos(MS / 4), ..MemoryCosts::default() },
        reclaim: Reclaim::Daemon(D1),
        ..memory(16, ReplacementSpec::Fifo)
    };
    let pages: Vec<String> = (1..=20).map(|page| format!("write p{page}; cpu 1")).collect();
    let daemon = ProcessSpec { kind: TaskKind::KernelThread, ..process("pageout", "reclaim") };
    scenario(spec, vec![process("A", &(pages.join("; ") + "; sleep 10")), daemon])
}

#[test]
fn d1_free_frames_fall_to_the_low_mark_and_rise_to_the_high_one() {
    let (_, overview) = opened(&d1(), Target::Start);
    let history = overview.memory.expect("it has memory");
    let at = |ms: f64| {
        let at = (ms * MS as f64) as u64;
        let sample = history.samples.iter().rev().find(|sample| sample.at.0 <= at).expect("a sample");
        (sample.free.0, sample.daemon)
    };
    assert_eq!([at(0.0), at(12.0), at(13.0), at(16.0)], [(15, false), (3, false), (2, true), (0, true)]);
    assert_eq!([at(20.0), at(24.0), at(24.5), at(30.0)], [(0, true), (2, true), (6, false), (6, false)]);
    let faults: u32 = history.samples.iter().map(|sample| sample.faults.0).sum();
    assert_eq!((faults, history.tasks.as_slice()), (20, &[TaskId::new(0)][..]));
}

#[test]
fn d1_while_the_daemon_writes_its_pages_are_in_transit_and_the_fault_waits() {
    let (mut engine, _) = opened(&d1(), parse("t=16.5", Nanos(MS)).expect("a moment"));
    let view = look(&mut engine, LOOK);
    let writing: Vec<u32> = view
        .frames
        .rows
        .iter()
        .filter(|row| row.state == FrameStateView::WriteBack)
        .map(|row| row.frame.get())
        .collect();
    assert_eq!((writing, view.frames.free, view.waiting.len()), (vec![0, 1, 2, 3], 0, 1));
    let table = view.table.expect("a process is there");
    assert_eq!(table.entries[0].vpn, Vpn(1));
    assert!(matches!(table.entries[0].place, PlaceView::Transit(frame, 0) if frame.get() == 0));
    let slots: Vec<u64> = view.swap.rows.iter().filter_map(|row| row.page).map(|page| page.vpn.0).collect();
    assert_eq!((view.swap.used, slots), (4, vec![1, 2, 3, 4]));
    assert_eq!(view.frames.next.map(|next| next.frame.get()), Some(4), "FIFO goes on with page 5");
    // The path of the access that waits goes from its fault to what is still to come.
    let current = &view.accesses[view.current.expect("an access") as usize];
    assert_eq!((current.va >> 12, current.outcome), (17, Outcome::Fault(FaultKind::Zero)));
    let last = view.path.last().expect("a stage");
    assert!(view.path[0].step <= view.step && last.step > view.step);
}

/// A page is where its entry, its frame, its slot and the TLB say that it is, and nowhere else.
fn hangs_together(view: &MemoryView) {
    let (frames, slots) = (&view.frames.rows, &view.swap.rows);
    let in_use = || frames.iter().filter(|row| row.state == FrameStateView::InUse);
    let free = frames.iter().filter(|row| row.state == FrameStateView::Free).count();
    assert_eq!(free, view.frames.free as usize);
    let resident: u32 = view.spaces.iter().map(|space| space.resident).sum();
    assert_eq!(resident as usize, in_use().count());
    if let Some(TableView { task: Some(task), entries, .. }) = &view.table {
        for entry in entries {
            let page = Some(PageOf { task: *task, vpn: entry.vpn });
            match entry.place {
                PlaceView::Frame(frame) => {
                    let row = &frames[frame.index()];
                    assert_eq!((row.page, row.state), (page, FrameStateView::InUse));
                    assert_eq!((row.accessed, row.dirty || !entry.dirty), (entry.accessed, true));
                }
                PlaceView::Transit(frame, slot) => {
                    assert_eq!((frames[frame.index()].page, slots[slot as usize].page), (page, page));
                }
                PlaceView::Swap(slot) => assert_eq!(slots[slot as usize].page, page),
                PlaceView::File | PlaceView::Zero | PlaceView::None => {
                    assert!(frames.iter().all(|row| row.page != page), "{entry:?}");
                }
            }
        }
    }
    for entry in view.tlbs.iter().flat_map(|tlb| &tlb.places).flatten() {
        assert_eq!(frames[entry.frame.index()].page, entry.page, "the TLB knows what is present");
    }
    let first = frames.iter().find(|row| row.turn.is_some_and(|(turn, _)| turn == 0));
    assert_eq!(first.map(|row| row.frame), view.frames.next.map(|next| next.frame));
}

#[test]
fn at_every_step_entries_frames_slots_and_the_tlb_agree() {
    let spec = MemorySpec {
        tlb: Some(TlbSpec::default()),
        costs: MemoryCosts { seek: Nanos(MS), ..MemoryCosts::default() },
        ..memory(3, ReplacementSpec::Clock)
    };
    let two = vec![
        process("A", "repeat 2 { write p0..p3; cpu 1 }"),
        process("B", "repeat 2 { read p0..p3; cpu 1 }"),
    ];
    for scenario in [d1(), scenario(spec, two)] {
        let (mut engine, overview) = opened(&scenario, Target::Start);
        for step in 0..=overview.steps {
            seek(&mut engine, 0, Target::Step(step));
            hangs_together(&look(&mut engine, LOOK));
        }
    }
}

/// OSTEP 20.3: three tables instead of sixteen pages of a linear one.
#[test]
fn a_page_table_of_two_levels_is_listed_as_a_tree() {
    let spec = MemorySpec {
        address: AddressSpec { bits: 14, page_shift: 6, levels: vec![4, 4] },
        ..memory(16, ReplacementSpec::Lru)
    };
    let text = "write p0..p2; write p4..p6; write p254..p256";
    let (mut engine, _) = opened(
        &scenario(spec, vec![process("A", &format!("{text}; sleep 5"))]),
        parse("t=1", Nanos(MS)).expect("a moment"),
    );
    let view = look(&mut engine, LOOK);
    let table = view.table.as_ref().expect("a process is there");
    assert_eq!((table.levels.as_slice(), view.spaces[0].table_bytes), (&[1, 2][..], 3 * 64));
    let tree: Vec<(u8, u64, u32, u64)> =
        table.tables.iter().map(|it| (it.level, it.first.0, it.used, it.place)).collect();
    assert_eq!(tree, [(0, 0, 2, 0), (1, 0, 4, 0), (1, 240, 2, 4)]);
    // Counted by page number, the entries that nobody made are there as well.
    let every = look(&mut engine, Look { every: true, entries: Window { from: 252, count: 9 }, ..LOOK });
    let table = every.table.expect("a process is there");
    let seen: Vec<(u64, bool, bool)> = table.entries.iter().map(|it| (it.vpn.0, it.valid, it.made)).collect();
    assert_eq!(
        (table.total, seen),
        (256, vec![(252, true, false), (253, true, false), (254, true, true), (255, true, true)])
    );
    assert_eq!(table.entries[2].place, PlaceView::Frame(FrameId::new(4)));
}

#[test]
fn from_a_fault_one_goes_to_its_completion_and_to_the_next() {
    let spec = MemorySpec {
        costs: MemoryCosts { seek: Nanos(5 * MS), ..MemoryCosts::default() },
        ..memory(1, ReplacementSpec::Fifo)
    };
    let scenario =
        scenario(spec, vec![process("A", "write p0; read p1; cpu 1; read p0"), process("B", "cpu 20")]);
    let (mut engine, _) = opened(&scenario, parse("1st major fault", Nanos(MS)).expect("a moment"));
    let a = TaskId::new(0);
    let view = look(&mut engine, LOOK);
    let current = &view.accesses[view.current.expect("the fault") as usize];
    assert_eq!((current.task, current.va, current.outcome), (a, 0, Outcome::Fault(FaultKind::Swap)));
    assert_eq!(current.victims, [PageOf { task: a, vpn: Vpn(1) }]);
    // Its last stage is its completion, on the other side of the disk.
    let (found, there) = seek(&mut engine, 0, Target::Step(current.steps.1));
    assert!(found && there[0].now > current.at);
    let back = |kind| Target::Next(Jump { kind, task: Some(a), back: true });
    let (_, there) = seek(&mut engine, 0, back(JumpKind::Fault));
    assert_eq!(there[0].step, view.step, "and back to the fault");
    let (found, _) =
        seek(&mut engine, 0, Target::Next(Jump { kind: JumpKind::Fault, task: Some(a), back: false }));
    assert!(!found, "it is the last");
}

/// OSTEP 15: base 1000, bounds 300.
#[test]
fn a_machine_that_only_translates_shows_where_each_address_leads() {
    let spec = MemorySpec {
        mmu: Mmu::BaseBounds { segment: Segment { base: 1000, limit: 300 }, physical: 4096 },
        on_violation: OnViolation::GoOn,
        ..memory(8, ReplacementSpec::Lru)
    };
    let scenario = scenario(spec, vec![process("A", "read 0x12b; read 0x12c; sleep 5")]);
    let (mut engine, _) = opened(&scenario, Target::End);
    let view = look(&mut engine, LOOK);
    let told: Vec<_> = view.accesses.iter().map(|it| (it.va, it.physical, it.outcome)).collect();
    assert_eq!(told, [(299, Some(1299), Outcome::Walk), (300, None, Outcome::Invalid)]);
}

#[test]
fn a_run_without_memory_shows_none() {
    let scenario = Arc::new(Scenario { processes: vec![process("A", "cpu 5")], ..Scenario::default() });
    let (mut engine, overview) = opened(&scenario, Target::End);
    assert_eq!((overview.memory, overview.metrics.memory), (None, None));
    assert_eq!(look(&mut engine, LOOK), MemoryView::default());
}

#[test]
fn a_long_run_has_a_short_history_that_loses_no_fault() {
    let scenario =
        scenario(memory(3, ReplacementSpec::Fifo), vec![process("A", "repeat 3000 { read p0..p5; cpu 1 }")]);
    let (_, overview) = opened(&scenario, Target::Start);
    let history = overview.memory.expect("it has memory");
    assert!((256..=1025).contains(&history.samples.len()), "{}", history.samples.len());
    let faults: u32 = history.samples.iter().map(|sample| sample.faults.0 + sample.faults.1).sum();
    let counts = overview.metrics.memory.expect("it has memory");
    assert_eq!(u64::from(faults), counts.minor_faults + counts.major_faults);
    assert!(history.samples.windows(2).all(|pair| pair[0].at < pair[1].at));
}
