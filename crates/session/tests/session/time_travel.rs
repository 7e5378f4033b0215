//! Going anywhere from anywhere is the same as starting over and running there.

use std::sync::Arc;

use kernelscope_session::Room;
use kernelscope_session::engine::{Engine, ROOM};
use kernelscope_session::protocol::{Generation, Jump, JumpKind, Reply, Request, RunId, Target};
use kernelscope_session::query::{KINDS, Query, QueryKind};
use kernelscope_session::view::Snapshot;
use kernelscope_sim::event::Event;
use kernelscope_sim::machine::{Machine, Progress};
use kernelscope_sim::scenario::Scenario;
use kernelscope_sim::sink::Micro;
use kernelscope_sim::time::Time;
use proptest::prelude::*;

use crate::common::{load, seek, settle, two_endless};

/// All steps of a run, each with its events.
fn steps(scenario: &Arc<Scenario>) -> Vec<(Time, Vec<Event>)> {
    let mut machine = Machine::new(Arc::clone(scenario)).expect("it runs");
    let mut steps = Vec::new();
    loop {
        let mut events = Micro::default();
        let progress = machine.step(&mut events);
        steps.push((machine.now(), events.0));
        if let Progress::Ended(_) = progress {
            return steps;
        }
    }
}

/// What a new engine without checkpoints shows that goes there from the start.
fn from_the_start(scenario: &Arc<Scenario>, step: u64) -> Snapshot {
    let mut engine = Engine::with_room(Room { checkpoints: 0, index: ROOM.index });
    let (_, mut snapshots) = load(&mut engine, &[Arc::clone(scenario)], Target::Step(step));
    snapshots.remove(0)
}

fn targets() -> impl Strategy<Value = Target> {
    let kind = 0..KINDS.len();
    let jump_kind = prop::sample::select(
        KINDS
            .iter()
            .filter_map(|(kind, _)| match kind {
                QueryKind::Jump(kind) => Some(*kind),
                _ => None,
            })
            .collect::<Vec<JumpKind>>(),
    );
    let task = prop::option::of((0_u32..4).prop_map(kernelscope_sim::ids::TaskId::new));
    prop_oneof![
        Just(Target::Start),
        Just(Target::End),
        (0_u64..4000).prop_map(Target::Step),
        (0_u64..300).prop_map(|at| Target::Time(Time(at))),
        (0_u64..200, 0_u32..12).prop_map(|(at, ordinal)| Target::Moment { at: Time(at), ordinal }),
        (jump_kind, task, any::<bool>()).prop_map(|(kind, task, back)| Target::Next(Jump {
            kind,
            task,
            back
        })),
        (1_u32..4, kind, prop::option::of("T[0-5]"), 0_u64..60).prop_map(|(ordinal, kind, task, from)| {
            Target::Query(Query { ordinal, kind: KINDS[kind].0, task, from: Time(from) })
        }),
    ]
}

/// Where a target leads, found by looking at every step.
fn naive(steps: &[(Time, Vec<Event>)], names: &[String], here: u64, target: &Target) -> Option<u64> {
    let all = steps.len() as u64;
    let until = |at: Time| steps.iter().take_while(|(now, _)| *now <= at).count() as u64;
    let fits = |step: u64, kind: QueryKind, task| {
        steps[step as usize - 1].1.iter().any(|event| kind.fits(task, event))
    };
    match target {
        Target::Start => Some(0),
        Target::End => Some(all),
        Target::Step(step) => Some(all.min(*step)),
        Target::Time(at) => Some(until(*at)),
        Target::Moment { at, ordinal } => {
            let first = steps.iter().take_while(|(now, _)| *now < *at).count() as u64;
            Some((first + u64::from(*ordinal)).min(until(*at)))
        }
        Target::Next(Jump { kind, task, back }) => {
            let kind = QueryKind::Jump(*kind);
            match back {
                false => (here + 1..=all).find(|step| fits(*step, kind, *task)),
                true if kind == QueryKind::Jump(JumpKind::Stage) && task.is_none() => here.checked_sub(1),
                true => (1..here).rev().find(|step| fits(*step, kind, *task)),
            }
        }
        Target::Query(Query { ordinal, kind, task, from }) => {
            let named = |name: &String| names.iter().position(|known| known == name);
            let task = match task {
                Some(name) => Some(kernelscope_sim::ids::TaskId::from_index(named(name)?)),
                None => None,
            };
            let found = (1_u64..)
                .zip(steps)
                .flat_map(|(step, (_, events))| events.iter().map(move |event| (step, event)));
            found
                .filter(|(_, event)| event.at >= *from && kind.fits(task, event))
                .nth(*ordinal as usize - 1)
                .map(|(step, _)| step)
        }
    }
}

proptest! {
    #![proptest_config(crate::common::cases(50))]

    #[test]
    fn going_anywhere_from_anywhere_is_the_same_as_starting_over(
        scenario in crate::common::scenarios(), ways in prop::collection::vec(targets(), 1..12),
    ) {
        let steps = steps(&scenario);
        let mut engine = Engine::new();
        let (runs, mut snapshots) = load(&mut engine, &[Arc::clone(&scenario)], Target::Start);
        prop_assert_eq!(runs[0].steps, steps.len() as u64);
        let names: Vec<String> = runs[0].tasks.iter().map(|task| task.name.clone()).collect();
        for target in ways {
            let here = snapshots[0].step;
            let (found, there) = seek(&mut engine, 0, target.clone());
            let expected = naive(&steps, &names, here, &target);
            prop_assert_eq!(found.then_some(there[0].step), expected, "{:?} from {}", target, here);
            prop_assert_eq!(&there[0], &from_the_start(&scenario, expected.unwrap_or(here)));
            snapshots = there;
        }
    }

    #[test]
    fn a_snapshot_tells_what_the_steps_beside_it_do(scenario in crate::common::scenarios(), place in 0_u64..4000) {
        let steps = steps(&scenario);
        let place = place % (steps.len() as u64 + 1);
        let shown = from_the_start(&scenario, place);
        let of = |step: Option<u64>| {
            let step = step.and_then(|step| steps.get(usize::try_from(step).ok()?));
            step.map_or(Vec::new(), |(_, events)| events.clone())
        };
        prop_assert_eq!(shown.just, of(place.checked_sub(1)));
        prop_assert_eq!(shown.next.iter().map(|next| next.event).collect::<Vec<_>>(), of(Some(place)));
        let now = place.checked_sub(1).map_or(Time::ZERO, |last| steps[last as usize].0);
        prop_assert_eq!(shown.now, now);
        let of_instant = steps[..place as usize].iter().rev().take_while(|(at, _)| *at == now).count();
        prop_assert_eq!(shown.ordinal as usize, of_instant);
    }
}

#[test]
fn a_long_way_tells_how_far_it_is_and_a_short_one_does_not() {
    // No checkpoint but the first has room, so the way is as long as the run.
    let mut engine = Engine::with_room(Room { checkpoints: 1, index: 1 << 20 });
    load(&mut engine, &[Arc::new(two_endless(50_000))], Target::Start);
    let mut go = |to| {
        engine.ask(Request::Seek { generation: Generation(1), run: RunId(0), to: Target::Step(to) });
        settle(&mut engine, 10_000)
    };
    let told = |reply: &Reply| match reply {
        Reply::Moving { permille, .. } => Some(*permille),
        _ => None,
    };
    let replies = go(40_001);
    let (arrived, way) = replies.split_last().expect("an answer");
    assert!(matches!(arrived, Reply::Moved { found: true, .. }));
    assert_eq!(way.iter().map(told).collect::<Vec<_>>(), [249, 499, 749].map(Some));
    assert_eq!(go(40_100).len(), 1);
}
