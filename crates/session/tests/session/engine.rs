//! Whatever is asked in whatever order: nothing panics, nothing stale is told, and the last wish comes true.

use std::sync::Arc;

use kernelscope_session::Room;
use kernelscope_session::engine::{Engine, MOST_RUNS};
use kernelscope_session::protocol::{Generation, Reply, Request, RunId, Target};
use kernelscope_session::sweep::SweepSpec;
use kernelscope_session::topic::{Choice, Topic};
use kernelscope_session::view::Look;
use kernelscope_sim::diagnostic::Code;
use kernelscope_sim::ids::TaskId;
use kernelscope_sim::scenario::{PolicySpec, Scenario};
use kernelscope_sim::time::{Nanos, Time};
use proptest::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::common::{cases, load, scenarios, seek, settle, two_endless};

/// A request, or a slice of work. Loads are numbered as they come; the others are about the last load, or, if
/// `stale`, about the one before.
#[derive(Clone, Debug)]
enum Act {
    Load(Vec<Arc<Scenario>>, Target),
    Seek { run: u8, to: Target, stale: bool },
    Tile { run: u8, window: (u64, u64), px: u32, stale: bool },
    Events { run: u8, around: u64, count: u32, choice: Choice, stale: bool },
    Memory { run: u8, look: Look, stale: bool },
    Sweep(Vec<Arc<Scenario>>),
    Cancel { stale: bool },
    Work(u64),
}

fn runs() -> impl Strategy<Value = Vec<Arc<Scenario>>> {
    let wrong = Scenario {
        machine: kernelscope_sim::scenario::MachineSpec {
            policy: PolicySpec::Rr { quantum: Nanos::ZERO },
            ..Default::default()
        },
        ..two_endless(100)
    };
    prop_oneof![
        8 => prop::collection::vec(scenarios(), 1..=3),
        1 => Just(vec![Arc::new(wrong)]),
        1 => Just(Vec::new()),
    ]
}

fn acts() -> impl Strategy<Value = Act> {
    let target = prop_oneof![
        Just(Target::Start),
        Just(Target::End),
        (0_u64..500).prop_map(Target::Step),
        (0_u64..200).prop_map(|at| Target::Time(Time(at))),
    ];
    let stale = || prop::bool::weighted(0.2);
    prop_oneof![
        2 => (runs(), target.clone()).prop_map(|(runs, at)| Act::Load(runs, at)),
        4 => (0_u8..4, target, stale()).prop_map(|(run, to, stale)| Act::Seek { run, to, stale }),
        2 => (0_u8..4, (0_u64..100, 0_u64..300), 0_u32..50, stale())
            .prop_map(|(run, window, px, stale)| Act::Tile { run, window, px, stale }),
        2 => (0_u8..4, 0_u64..500, 0_u32..40, choice(), stale())
            .prop_map(|(run, around, count, choice, stale)| Act::Events { run, around, count, choice, stale }),
        2 => (0_u8..4, 0_u32..40, stale())
            .prop_map(|(run, accesses, stale)| Act::Memory { run, look: Look { accesses, ..Look::default() }, stale }),
        1 => prop::collection::vec(scenarios(), 0..3).prop_map(Act::Sweep),
        1 => stale().prop_map(|stale| Act::Cancel { stale }),
        8 => (0_u64..400).prop_map(Act::Work),
    ]
}

fn choice() -> impl Strategy<Value = Choice> {
    let topic = prop::option::of(prop::sample::select(&Topic::ALL[..]));
    (topic, any::<bool>()).prop_map(|(topic, micro)| Choice { topic, micro, task: None })
}

fn survives<T: Serialize + DeserializeOwned + PartialEq + std::fmt::Debug>(message: &T) {
    let bytes = postcard::to_stdvec(message).expect("it is written");
    assert_eq!(postcard::from_bytes::<T>(&bytes).as_ref(), Ok(message));
}

/// The load that an answer is about, unless it is about a sweep or the end of work.
fn about(reply: &Reply) -> Option<Generation> {
    match reply {
        Reply::Loaded { generation, .. }
        | Reply::Moved { generation, .. }
        | Reply::Tile { generation, .. }
        | Reply::Events { generation, .. }
        | Reply::Memory { generation, .. }
        | Reply::Progress { generation, .. }
        | Reply::Moving { generation, .. } => Some(*generation),
        Reply::Refused { .. } | Reply::Swept { .. } | Reply::Cancelled { .. } => None,
    }
}

proptest! {
    #![proptest_config(cases(60))]

    #[test]
    fn whatever_is_asked_nothing_stale_is_told(acts in prop::collection::vec(acts(), 1..40)) {
        let mut engine = Engine::new();
        let mut last = Generation(0);
        // The loads that were announced, refused or cancelled.
        let (mut loaded, mut over) = (None, Vec::new());
        let mut replies = Vec::new();
        for act in acts {
            let about_load = |stale: bool| Generation(last.0.saturating_sub(u32::from(stale)));
            let request = match act {
                Act::Load(runs, at) => {
                    last = Generation(last.0 + 1);
                    Request::Load { generation: last, runs, at }
                }
                Act::Seek { run, to, stale } => {
                    Request::Seek { generation: about_load(stale), run: RunId(run), to }
                }
                Act::Tile { run, window: (from, length), px, stale } => {
                    let window = (Time(from), Time(from + length));
                    Request::Tile { generation: about_load(stale), run: RunId(run), window, px }
                }
                Act::Events { run, around, count, choice, stale } => {
                    let (generation, run) = (about_load(stale), RunId(run));
                    Request::Events { generation, run, around, count, choice }
                }
                Act::Memory { run, look, stale } => {
                    Request::Memory { generation: about_load(stale), run: RunId(run), look }
                }
                Act::Sweep(points) => {
                    Request::Sweep { generation: last, spec: SweepSpec { curves: vec![points] } }
                }
                Act::Cancel { stale } => Request::Cancel { generation: about_load(stale) },
                Act::Work(budget) => {
                    engine.work(budget, &mut replies);
                    continue;
                }
            };
            survives(&request);
            engine.ask(request);
        }
        for _ in 0..100_000 {
            if !engine.busy() {
                break;
            }
            engine.work(50, &mut replies);
        }
        prop_assert!(!engine.busy(), "it never comes to an end");
        for reply in &replies {
            survives(reply);
            match reply {
                Reply::Loaded { generation, runs, snapshots } => {
                    prop_assert!(loaded < Some(*generation), "announced twice, or after a later one");
                    prop_assert!(!over.contains(generation));
                    prop_assert_eq!(runs.len(), snapshots.len());
                    loaded = Some(*generation);
                }
                Reply::Refused { generation, problems, .. } => {
                    prop_assert!(!problems.is_empty());
                    over.push(*generation);
                }
                Reply::Progress { generation, permille, .. } => {
                    prop_assert!(loaded < Some(*generation) && *permille <= 1000);
                }
                Reply::Cancelled { .. } | Reply::Swept { .. } => {}
                Reply::Moving { permille, .. } => {
                    prop_assert!(*permille <= 1000);
                    prop_assert_eq!(about(reply), loaded, "on the way in runs that are not the present ones");
                }
                Reply::Moved { .. }
                | Reply::Tile { .. }
                | Reply::Events { .. }
                | Reply::Memory { .. } => {
                    prop_assert_eq!(about(reply), loaded, "told of runs that are not the present ones");
                }
            }
        }
    }

    #[test]
    fn the_last_of_several_seeks_wins_and_every_run_follows(
        runs in prop::collection::vec(scenarios(), 1..=3), run in 0_u8..3, wishes in prop::collection::vec(0_u64..600, 1..6),
        slice in 1_u64..200,
    ) {
        let run = run % runs.len() as u8;
        let mut engine = Engine::new();
        let (overviews, _) = load(&mut engine, &runs, Target::Start);
        for wish in &wishes {
            let generation = Generation(1);
            engine.ask(Request::Seek { generation, run: RunId(run), to: Target::Step(*wish) });
        }
        let mut replies = settle(&mut engine, slice);
        replies.retain(|reply| !matches!(reply, Reply::Moving { .. }));
        prop_assert_eq!(replies.len(), 1, "those that were not begun are not answered");
        let Reply::Moved { found: true, snapshots, .. } = &replies[0] else { panic!("{replies:?}") };
        let meant = wishes[wishes.len() - 1].min(overviews[usize::from(run)].steps);
        let here = &snapshots[usize::from(run)];
        prop_assert_eq!(here.step, meant);
        for (n, (scenario, there)) in runs.iter().zip(snapshots).enumerate() {
            if n == usize::from(run) {
                continue;
            }
            let mut alone = Engine::new();
            let to = if meant == 0 { Target::Start } else { Target::Time(here.now) };
            let (_, expected) = load(&mut alone, &[Arc::clone(scenario)], to);
            prop_assert_eq!(there, &expected[0]);
        }
    }
}

#[test]
fn a_cancelled_load_leaves_the_runs_before_it_as_they_were() {
    let mut engine = Engine::new();
    load(&mut engine, &[Arc::new(two_endless(500))], Target::Step(100));
    let runs = vec![Arc::new(two_endless(1_000_000))];
    engine.ask(Request::Load { generation: Generation(2), runs, at: Target::Start });
    let mut replies = Vec::new();
    engine.work(1000, &mut replies);
    assert!(matches!(replies[..], [Reply::Progress { generation: Generation(2), steps: 1000, permille: 1 }]));
    engine.ask(Request::Cancel { generation: Generation(2) });
    assert_eq!(settle(&mut engine, 1000), [Reply::Cancelled { generation: Generation(2) }]);
    let (found, snapshots) = seek(&mut engine, 0, Target::Step(50));
    assert!(found && snapshots[0].step == 50);
}

#[test]
fn a_refused_load_says_why_and_leaves_the_runs_before_it() {
    let mut engine = Engine::new();
    load(&mut engine, &[Arc::new(two_endless(500))], Target::Start);
    let mut wrong = two_endless(500);
    wrong.machine.policy = PolicySpec::Rr { quantum: Nanos::ZERO };
    let (good, wrong) = (Arc::new(two_endless(500)), Arc::new(wrong));
    engine.ask(Request::Load { generation: Generation(2), runs: vec![good, wrong], at: Target::Start });
    let replies = settle(&mut engine, 1000);
    let [Reply::Refused { generation: Generation(2), run: RunId(1), problems }] = &replies[..] else {
        panic!("{replies:?}")
    };
    assert_eq!(problems[0].path, "machine.policy.rr.quantum");
    assert!(seek(&mut engine, 0, Target::End).0);
}

#[test]
fn a_refused_load_ends_the_one_that_was_at_work() {
    let mut engine = Engine::new();
    load(&mut engine, &[Arc::new(two_endless(500))], Target::Start);
    let long = vec![Arc::new(two_endless(1_000_000))];
    engine.ask(Request::Load { generation: Generation(2), runs: long, at: Target::Start });
    engine.ask(Request::Load { generation: Generation(3), runs: Vec::new(), at: Target::Start });
    let replies = settle(&mut engine, 1000);
    assert!(matches!(replies[..], [Reply::Refused { generation: Generation(3), .. }]), "{replies:?}");
    assert!(seek(&mut engine, 0, Target::End).0, "the runs before both are still there");
}

#[test]
fn the_end_of_a_load_comes_in_slices_like_the_rest_of_it() {
    const STEPS: u64 = 100_000;
    let mut engine = Engine::new();
    let runs = vec![Arc::new(two_endless(STEPS))];
    engine.ask(Request::Load { generation: Generation(1), runs, at: Target::Start });
    let replies = settle(&mut engine, 1000);
    let complete = |reply: &&Reply| matches!(reply, Reply::Progress { steps: STEPS, .. });
    let slices = replies.iter().filter(complete).count();
    assert!(slices >= 10, "three lanes of some ten thousand stretches were got ready in {slices} slices");
}

#[test]
fn more_runs_than_fit_side_by_side_are_refused() {
    let mut engine = Engine::new();
    let runs = (0..=MOST_RUNS).map(|_| Arc::new(two_endless(500))).collect();
    engine.ask(Request::Load { generation: Generation(1), runs, at: Target::Start });
    let replies = settle(&mut engine, 1000);
    let [Reply::Refused { problems, .. }] = &replies[..] else { panic!("{replies:?}") };
    assert_eq!(problems[0].code, Code::TooMany);
}

#[test]
fn jumps_add_up_however_fast_they_come() {
    use kernelscope_session::protocol::{Jump, JumpKind};
    let mut engine = Engine::new();
    load(&mut engine, &[Arc::new(two_endless(500))], Target::Step(20));
    for _ in 0..5 {
        let to = Target::Next(Jump { kind: JumpKind::Stage, task: None, back: true });
        engine.ask(Request::Seek { generation: Generation(1), run: RunId(0), to });
    }
    let replies = settle(&mut engine, 1000);
    let Some(Reply::Moved { snapshots, .. }) = replies.last() else { panic!("{replies:?}") };
    assert_eq!((replies.len(), snapshots[0].step), (5, 15));
}

#[test]
fn memory_stays_within_its_budget_and_time_travel_works_all_the_same() {
    let scenario = Arc::new(two_endless(60_000));
    let room = Room { checkpoints: 100 << 10, index: 100 << 10 };
    let mut tight = Engine::with_room(room);
    let mut roomy = Engine::new();
    let (overviews, _) = load(&mut tight, &[Arc::clone(&scenario)], Target::Start);
    load(&mut roomy, &[scenario], Target::Start);

    let (checkpoints, index) = tight.footprint();
    assert!(checkpoints <= room.checkpoints && index <= room.index, "{checkpoints} {index}");
    let (_, index) = roomy.footprint();
    assert!(index <= 32 * overviews[0].steps, "{index} bytes for {} steps", overviews[0].steps);
    for step in [59_999, 1, 30_000, 12_345] {
        let there = seek(&mut tight, 0, Target::Step(step));
        assert_eq!(there, seek(&mut roomy, 0, Target::Step(step)));
    }
    let task = Some(TaskId::new(0));
    let tile = |engine: &mut Engine| {
        let window = (Time::ZERO, overviews[0].end);
        engine.ask(Request::Tile { generation: Generation(1), run: RunId(0), window, px: 500 });
        match settle(engine, 1000).pop() {
            Some(Reply::Tile { tile, .. }) => tile,
            other => panic!("no piece of the timeline: {other:?}"),
        }
    };
    let (coarse, fine) = (tile(&mut tight), tile(&mut roomy));
    assert_eq!(coarse.lanes.len(), fine.lanes.len());
    for lanes in [coarse.lanes, fine.lanes] {
        assert!(lanes[0].len() <= 500 && lanes[0].iter().any(|run| run.task == task));
    }
}
