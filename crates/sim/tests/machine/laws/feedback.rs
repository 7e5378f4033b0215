//! What the rules of a multi-level feedback queue promise.

use std::sync::Arc;

use kernelscope_sim::conventions::{Conventions, IoReturn, MlfqRule4, WakeupPreempts};
use kernelscope_sim::event::{Event, EventKind};
use kernelscope_sim::ids::TaskId;
use kernelscope_sim::machine::{Machine, Progress, Stop};
use kernelscope_sim::program::Op;
use kernelscope_sim::scenario::{MlfqSpec, PolicySpec, Scenario, Timer};
use kernelscope_sim::sched::Policy;
use kernelscope_sim::sink::{Micro, Totals};
use kernelscope_sim::task::State;
use kernelscope_sim::time::{Nanos, Time};
use proptest::prelude::*;

use crate::random;
use crate::trace::Doing;
use crate::watch;

fn scenarios() -> impl Strategy<Value = Scenario> {
    random::plain(random::mlfqs(1).prop_map(PolicySpec::Mlfq))
}

fn spec(scenario: &Scenario) -> &MlfqSpec {
    match &scenario.machine.policy {
        PolicySpec::Mlfq(spec) => spec,
        other => panic!("{other:?} is no feedback queue"),
    }
}

fn machine(scenario: &Scenario) -> Machine {
    Machine::new(Arc::new(scenario.clone())).expect("the scenario is valid")
}

/// The level of a task that has arrived.
fn level(machine: &Machine, task: TaskId) -> Option<u8> {
    let Policy::Mlfq(mlfq) = machine.sched().policy() else { panic!("the policy is a feedback queue") };
    mlfq.book(task).map(|book| book.level)
}

/// What rules 4 and 5 say became of a task's level.
fn told(event: &Event) -> Option<(TaskId, u8, u8)> {
    match event.kind {
        EventKind::Demote { from, to, .. } | EventKind::BoostTask { from, to } => {
            Some((event.task?, from, to))
        }
        _ => None,
    }
}

proptest! {
    #[test]
    fn a_level_changes_by_rule_4_or_rule_5_alone(scenario in scenarios()) {
        let mut machine = machine(&scenario);
        let mut levels: Vec<Option<u8>> = vec![None; machine.tasks().len()];
        loop {
            let mut step = Micro::default();
            let progress = machine.step(&mut step);
            for (task, from, to) in step.0.iter().filter_map(told) {
                prop_assert_eq!(levels[task.index()], Some(from));
                levels[task.index()] = Some(to);
            }
            levels.resize(machine.tasks().len(), None);
            for task in machine.tasks().iter().filter(|task| task.state != State::New) {
                let known = &mut levels[task.id.index()];
                let now = level(&machine, task.id);
                prop_assert_eq!(known.or(now), now, "{:?}", task.id);
                *known = now;
            }
            if matches!(progress, Progress::Ended(_)) {
                break;
            }
        }
    }

    #[test]
    fn accounting_lets_nobody_exceed_the_allotment(mut scenario in scenarios()) {
        scenario.rules.mlfq_rule4 = MlfqRule4::Accounting;
        let levels = spec(&scenario).levels.clone();
        let trace = watch(&scenario);
        let bottom = levels.len() - 1;
        for task in 0..trace.tasks.len() as u32 {
            let boosts = trace.events.iter().filter(|event| matches!(event.kind, EventKind::Boost { .. }));
            let falls = trace.events.iter().filter(|event| event.task.is_some_and(|it| it.get() == task)).filter(|event| told(event).is_some());
            let mut visits: Vec<u64> = boosts.chain(falls).map(|event| event.at.0).chain([0, trace.end]).collect();
            visits.sort_unstable();
            for visit in visits.windows(2) {
                let own = |it: &&crate::trace::Segment| it.doing == Doing::Run && it.task == Some(task);
                let level = trace.segments.iter().filter(own).find(|it| it.start + it.length > visit[0]).map_or(0, |it| usize::from(it.level));
                if level < bottom {
                    let used = trace.cpu_between(task, visit[0], visit[1]);
                    prop_assert!(used <= levels[level].allotment.0, "task {} used {} at level {}", task, used, level);
                }
            }
        }
    }

    #[test]
    fn a_boost_leaves_nobody_below_the_top(scenario in scenarios()) {
        let top = spec(&scenario).reserved_top;
        let mut machine = machine(&scenario);
        loop {
            let mut step = Micro::default();
            let progress = machine.step(&mut step);
            if step.0.iter().any(|event| matches!(event.kind, EventKind::Boost { .. })) {
                for task in machine.tasks().iter().filter(|task| task.is_live()) {
                    prop_assert_eq!(level(&machine, task.id), Some(top));
                }
            }
            if matches!(progress, Progress::Ended(_)) {
                break;
            }
        }
    }

    #[test]
    fn the_best_level_that_anybody_is_at_runs(mut scenario in scenarios()) {
        scenario.rules.wakeup_preempts = WakeupPreempts::Policy;
        scenario.machine.timer = Timer::Exact;
        let PolicySpec::Mlfq(spec) = &mut scenario.machine.policy else { panic!("the policy is a feedback queue") };
        spec.preempt_on_higher = true;
        let mut machine = machine(&scenario);
        for instant in 0..=1_000 {
            if matches!(machine.run(Stop::Time(Time(instant)), &mut Totals), Progress::Ended(_)) {
                break;
            }
            let Some(running) = machine.cpus()[0].task else { continue };
            let best = machine.sched().rank(&machine.ctx()).first().and_then(|best| level(&machine, best.task));
            prop_assert!(best.is_none_or(|best| level(&machine, running) <= Some(best)), "at {}", instant);
        }
    }

    #[test]
    fn with_a_boost_nobody_starves(mut scenario in scenarios(), slack in 0..=20u64) {
        // A child is one more to wait for.
        for process in &mut scenario.processes {
            process.program.0.retain(|op| !matches!(op, Op::Fork(_)));
            process.program.0.push(Op::Cpu(Nanos(1)));
        }
        let tasks = scenario.processes.len() as u64;
        scenario.rules = Conventions { io_return: IoReturn::Tail, ..scenario.rules };
        let PolicySpec::Mlfq(spec) = &mut scenario.machine.policy else { panic!("the policy is a feedback queue") };
        spec.reserved_top = 0;
        let turn = (tasks - 1) * spec.levels[0].quantum.0;
        let every = tasks * spec.levels[0].quantum.0 + slack;
        spec.boost = Some(Nanos(every));
        let mut machine = machine(&scenario);
        machine.run(Stop::End, &mut Totals);
        for task in machine.tasks() {
            let longest = task.account.longest_ready.0;
            prop_assert!(longest <= every + turn, "{:?} waited {} of {}", task.id, longest, every + turn);
        }
    }
}
