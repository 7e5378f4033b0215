//! Working sets over time, and by what thrashing is known.

use kernelscope_session::protocol::{Generation, Reply, Request, RunId, Target};
use kernelscope_session::view::{Activity, Lane, Overview, ThrashingSign};
use kernelscope_sim::ids::TaskId;
use kernelscope_sim::mem::replace::ReplacementSpec;
use kernelscope_sim::mem::spec::{LoadSpec, MemoryCosts, MemorySpec};
use kernelscope_sim::time::{Nanos, Time};

use crate::common::settle;
use crate::memory::{MS, memory, opened, process, scenario};

/// The working sets of one process at every sample.
fn working_sets(overview: &Overview, task: usize) -> Vec<u32> {
    let samples = &overview.memory.as_ref().expect("it has memory").samples;
    samples.iter().map(|sample| sample.working[task]).collect()
}

#[test]
fn the_working_set_is_the_pages_of_the_last_references() {
    let sizes = |tau, refs: &str| {
        let spec =
            MemorySpec { load: LoadSpec { tau, ..LoadSpec::default() }, ..memory(8, ReplacementSpec::Lru) };
        let refs: Vec<String> = refs.split(' ').map(|page| format!("read p{page}; cpu 1")).collect();
        let (_, overview) = opened(&scenario(spec, vec![process("A", &refs.join("; "))]), Target::Start);
        let mut sizes = working_sets(&overview, 0);
        assert_eq!(sizes.pop(), Some(0), "who has ended needs nothing");
        sizes.dedup();
        sizes
    };
    // The last references of this string are 1, 2, 5, 6 and 7, each once or more.
    assert_eq!(sizes(10, "2 6 1 5 7 7 7 7 5 1"), [1, 2, 3, 4, 5]);
    assert_eq!(sizes(4, "2 6 1 5 7 7 7 7 5 1"), [1, 2, 3, 4, 3, 2, 1, 2, 3], "it shrinks to 7 alone");
}

/// Five processes of four pages in twelve frames: what the lesson on thrashing shows.
#[test]
fn thrashing_is_told_by_the_working_sets_and_by_the_waiting() {
    let load = |processes: usize, frames, window| {
        let spec = MemorySpec {
            costs: MemoryCosts { seek: Nanos(MS), ..MemoryCosts::default() },
            load: LoadSpec { window: Nanos(window), ..LoadSpec::default() },
            ..memory(frames, ReplacementSpec::Lru)
        };
        let text = "write p0..p4; repeat 40 { read p0..p4; cpu 1; sleep 3 }";
        let tasks = (0..processes).map(|n| process(&format!("W{n}"), text)).collect();
        let (_, overview) = opened(&scenario(spec, tasks), Target::Start);
        overview.memory.expect("it has memory")
    };
    assert_eq!(load(3, 12, 100 * MS).thrashing, [], "three fit exactly");
    assert_eq!(load(5, 20, 100 * MS).thrashing, [], "and five in twenty frames");
    let history = load(5, 12, 100 * MS);
    assert_eq!(history.samples.iter().map(|sample| sample.wanted).max(), Some(20));
    let [waiting, too_large] = history.thrashing[..] else { panic!("{:?}", history.thrashing) };
    assert_eq!(too_large.sign, ThrashingSign::TooLarge { wanted: 20, frames: 12 });
    let ThrashingSign::Waiting { waiting: waited, computing } = waiting.sign else { panic!("{waiting:?}") };
    let length = waiting.to.since(waiting.from);
    assert!(waited.0 * 2 > length.0 && computing.0 * 2 < length.0, "{waiting:?}");
    assert_eq!(waiting.from.0, 0, "the first page that comes back comes back early");
    assert_eq!(waiting.to.0 % (100 * MS), 0, "windows lie one behind the other");
    // One window that is longer than the run, and than twice the waiting in it.
    let signs: Vec<_> = load(5, 12, 2_000 * MS).thrashing.iter().map(|it| it.sign).collect();
    assert_eq!(signs, [too_large.sign]);
}

/// A wait of many windows is passed over at once, and is one stretch.
#[test]
fn a_disk_that_takes_for_ever_is_one_stretch_of_thrashing() {
    let spec = MemorySpec {
        costs: MemoryCosts { seek: Nanos(1_000 * MS), ..MemoryCosts::default() },
        load: LoadSpec { window: Nanos(10), ..LoadSpec::default() },
        ..memory(1, ReplacementSpec::Lru)
    };
    let (_, overview) =
        opened(&scenario(spec, vec![process("A", "write p0; write p1; read p0")]), Target::Start);
    let found = overview.memory.expect("it has memory").thrashing;
    let [waiting, too_large] = found[..] else { panic!("{found:?}") };
    assert_eq!(too_large.sign, ThrashingSign::TooLarge { wanted: 2, frames: 1 });
    // The first write makes room for page 1, a minor fault; then page 1 is written and page 0 read.
    assert_eq!((waiting.from.0, waiting.to.0), (1_000 * MS, 3_000 * MS));
}

/// Who is kept out has a look of its own on its lane, from one end of its absence to the other.
#[test]
fn a_process_that_is_swapped_out_is_drawn_so() {
    let spec = MemorySpec {
        costs: MemoryCosts { seek: Nanos(MS), ..MemoryCosts::default() },
        load: LoadSpec { admission: true, ..LoadSpec::default() },
        ..memory(12, ReplacementSpec::Lru)
    };
    let text = "write p0..p4; repeat 40 { read p0..p4; cpu 1; sleep 3 }";
    let tasks = (0..5).map(|n| process(&format!("W{n}"), text)).collect();
    let (mut engine, overview) = opened(&scenario(spec, tasks), Target::Time(Time(50 * MS)));
    let lane =
        overview.lanes.iter().position(|lane| *lane == Lane::Task(TaskId::new(2))).expect("W2 has a lane");
    let window = (Time::ZERO, overview.end);
    engine.ask(Request::Tile { generation: Generation(1), run: RunId(0), window, px: 2000 });
    let Some(Reply::Tile { tile, .. }) = settle(&mut engine, 50).pop() else { panic!("no tile") };
    let away = tile.lanes[lane].iter().filter(|segment| segment.activity == Activity::SwappedOut);
    let away: Vec<(u64, u64)> = away.map(|it| (it.start.0 / MS, (it.start + it.length).0 / MS)).collect();
    assert_eq!(away, [(6, 172)]);
}
