//! A page of the list of events is what a list of all events would show.

use std::sync::Arc;

use kernelscope_session::Room;
use kernelscope_session::engine::Engine;
use kernelscope_session::protocol::{Generation, Reply, Request, RunId, Target};
use kernelscope_session::sweep::SweepSpec;
use kernelscope_session::topic::{Choice, Topic};
use kernelscope_session::view::{EventPage, EventRow};
use kernelscope_sim::event::{Detail, EventKind};
use kernelscope_sim::ids::TaskId;
use kernelscope_sim::machine::{Machine, Progress};
use kernelscope_sim::program::{Op, Privileged, Program};
use kernelscope_sim::scenario::Scenario;
use kernelscope_sim::sink::Micro;
use kernelscope_sim::time::Nanos;
use proptest::prelude::*;

use crate::common::{cases, load, scenarios, settle, two_endless};

fn all(scenario: &Arc<Scenario>) -> Vec<EventRow> {
    let mut machine = Machine::new(Arc::clone(scenario)).expect("it runs");
    let mut rows = Vec::new();
    loop {
        let mut events = Micro::default();
        let progress = machine.step(&mut events);
        rows.extend(events.0.into_iter().map(|event| EventRow { step: machine.steps(), event }));
        if let Progress::Ended(_) = progress {
            return rows;
        }
    }
}

fn page(engine: &mut Engine, around: u64, count: u32, choice: Choice) -> EventPage {
    let (generation, run) = (Generation(1), RunId(0));
    engine.ask(Request::Events { generation, run, around, count, choice });
    match settle(engine, 37).pop() {
        Some(Reply::Events { page, .. }) => page,
        other => panic!("no page: {other:?}"),
    }
}

proptest! {
    #![proptest_config(cases(60))]

    #[test]
    fn a_page_is_cut_from_the_list_of_all_events(
        scenario in scenarios(), around in 0_u64..900, count in 1_u32..80, micro in any::<bool>(),
        task in prop::option::of((0_u32..4).prop_map(TaskId::new)),
        topic in prop::option::of(prop::sample::select(&Topic::ALL[..])),
    ) {
        let mut rows = all(&scenario);
        let last = rows.last().map_or(0, |row| row.step);
        rows.retain(|row| micro || row.event.kind.detail() <= Detail::Story);
        rows.retain(|row| task.is_none_or(|task| row.event.task == Some(task)));
        rows.retain(|row| topic.is_none_or(|topic| Topic::of(&row.event.kind).contains(&topic)));
        let middle = rows.partition_point(|row| row.step <= around.min(last));
        let first = middle.saturating_sub(count.div_ceil(2) as usize);
        let expected = &rows[first..rows.len().min(first + count as usize)];

        let mut engine = Engine::new();
        load(&mut engine, &[Arc::clone(&scenario)], Target::End);
        let choice = Choice { topic, micro, task };
        let shown = page(&mut engine, around, count, choice);
        prop_assert_eq!(shown.choice, choice);
        prop_assert_eq!(&shown.rows[..], expected);
        prop_assert_eq!(shown.more_before, first > 0);
        prop_assert_eq!(shown.more_after, first + shown.rows.len() < rows.len());
    }

    #[test]
    fn a_sweep_tells_of_every_point_what_a_load_tells(points in prop::collection::vec(scenarios(), 1..4), slice in prop_oneof![Just(1_u64), 2_u64..500]) {
        let mut engine = Engine::new();
        let spec = SweepSpec { curves: vec![points.clone(), points.clone()] };
        engine.ask(Request::Sweep { generation: Generation(7), spec });
        let mut swept = Vec::new();
        let mut ended = 0;
        for reply in settle(&mut engine, slice) {
            let Reply::Swept { generation: Generation(7), points, done } = reply else { panic!("{reply:?}") };
            swept.extend(points);
            ended += u32::from(done);
        }
        prop_assert_eq!(ended, 1, "the end is told once");
        prop_assert_eq!(swept.len(), 2 * points.len());
        for point in swept {
            let mut engine = Engine::new();
            let scenario = Arc::clone(&points[usize::from(point.point)]);
            let (overviews, _) = load(&mut engine, &[scenario], Target::Start);
            let mut expected = overviews[0].metrics;
            expected.latency_p95 = None;
            prop_assert_eq!(point.metrics, Some(expected));
        }
    }
}

/// Two endless tasks, of which the second dies early of an instruction that it may not execute.
fn one_exception(steps: u64) -> Arc<Scenario> {
    let mut scenario = two_endless(steps);
    scenario.processes[1].program = Program(vec![Op::Cpu(Nanos(9)), Op::Privileged(Privileged::Halt)]);
    Arc::new(scenario)
}

#[test]
fn what_is_rare_is_found_from_the_other_end_of_a_run_and_there_is_nothing_beyond_it() {
    let mut engine = Engine::new();
    load(&mut engine, &[one_exception(50_000)], Target::End);
    let choice = Choice { topic: Some(Topic::Exceptions), ..Choice::default() };
    let shown = page(&mut engine, 50_000, 120, choice);
    assert!(shown.rows.iter().any(|row| matches!(row.event.kind, EventKind::Killed { .. })), "{shown:?}");
    assert!(shown.rows.iter().all(|row| row.step < 100));
    assert!(!shown.more_before && !shown.more_after);
}

#[test]
fn a_list_of_other_events_is_given_up_and_one_that_the_cursor_left_behind_is_not() {
    let told = |second: Choice| {
        let mut engine = Engine::with_room(Room { checkpoints: 1, index: 1 << 20 });
        load(&mut engine, &[one_exception(50_000)], Target::End);
        let first = Choice { task: Some(TaskId::new(1)), ..Choice::default() };
        let mut replies = Vec::new();
        for (around, choice) in [(49_000, first), (48_000, second)] {
            let (generation, run) = (Generation(1), RunId(0));
            engine.ask(Request::Events { generation, run, around, count: 9, choice });
            engine.work(1000, &mut replies);
        }
        replies.extend(settle(&mut engine, 1000));
        let choices = replies.into_iter().map(|reply| match reply {
            Reply::Events { page, .. } => page.choice == first,
            other => panic!("{other:?}"),
        });
        choices.collect::<Vec<bool>>()
    };
    let other = Choice { topic: Some(Topic::Lives), ..Choice::default() };
    assert_eq!(told(other), [false]);
    assert_eq!(told(Choice { task: Some(TaskId::new(1)), ..Choice::default() }), [true, true]);
}
