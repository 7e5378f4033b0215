//! What is shown at the cursor hangs together, wherever the cursor stands.

use std::sync::Arc;

use kernelscope_session::engine::Engine;
use kernelscope_session::protocol::Target;
use kernelscope_session::view::{Activity, Snapshot, StateView};
use kernelscope_sim::event::{EventKind, Wait};
use kernelscope_sim::ids::TaskId;
use kernelscope_sim::rules::RuleId;
use kernelscope_sim::scenario::Scenario;
use proptest::prelude::*;

use crate::common::{cases, load, scenarios, seek};

/// How often a task stands in a list.
fn count(tasks: impl Iterator<Item = TaskId>, task: TaskId) -> usize {
    tasks.filter(|it| *it == task).count()
}

fn hangs_together(scenario: &Scenario, shown: &Snapshot) {
    for task in &shown.tasks {
        let on_cpus =
            shown.cpus.iter().filter(|cpu| cpu.task == Some(task.id) && cpu.activity != Activity::IoWait);
        let expected = matches!(task.state, StateView::Running | StateView::Switching);
        assert_eq!(on_cpus.count(), usize::from(expected), "{task:?} on a CPU");

        let in_queues = shown.queues.iter().flat_map(|queue| &queue.tasks).map(|(task, _)| *task);
        assert_eq!(
            count(in_queues, task.id),
            usize::from(task.state == StateView::Ready),
            "{task:?} in a queue"
        );

        let at_devices = shown.devices.iter().flat_map(|device| {
            device.serving.iter().map(|(task, _)| *task).chain(device.waiting.iter().copied())
        });
        let waits = matches!(task.state, StateView::Blocked(Wait::Io(_)));
        assert_eq!(count(at_devices, task.id), usize::from(waits), "{task:?} at a device");
        assert_eq!(task.status.is_some(), matches!(task.state, StateView::Zombie | StateView::Reaped));
    }
    for queue in shown.queues.iter().filter(|queue| !queue.kernel) {
        for (task, _) in &queue.tasks {
            let level = shown.tasks[task.index()].level;
            assert!(level.is_none_or(|level| level == queue.level), "{task:?} in the queue of another level");
        }
    }
    for cpu in &shown.cpus {
        assert_eq!(cpu.kernel_mode, cpu.activity != Activity::User);
    }
    for device in &shown.devices {
        let servers = device.device.map(|id| usize::from(scenario.machine.devices[id.index()].servers));
        assert!(servers.is_none_or(|servers| device.serving.len() <= servers));
    }
}

/// The candidates of a decision are told in the order of the decision.
fn explains(shown: &Snapshot) {
    for event in &shown.just {
        if let EventKind::Dispatch { rule, runner_up, .. } = event.kind
            && rule != RuleId::Held
        {
            let told: Vec<TaskId> = shown.ranking.iter().map(|it| it.task).collect();
            assert_eq!(told.first().copied(), event.task, "{event:?}");
            // A thread of the kernel is compared with its own kind only.
            assert!(runner_up.is_none_or(|second| told.get(1) == Some(&second)), "{event:?}");
        }
    }
}

proptest! {
    #![proptest_config(cases(80))]

    #[test]
    fn a_snapshot_hangs_together_and_explains_its_decision(
        scenario in scenarios(), places in prop::collection::vec(0_u64..600, 1..20),
    ) {
        let mut engine = Engine::new();
        let (overviews, snapshots) = load(&mut engine, &[Arc::clone(&scenario)], Target::End);
        hangs_together(&scenario, &snapshots[0]);
        let mut metrics = overviews[0].metrics;
        metrics.latency_p95 = None;
        prop_assert_eq!(snapshots[0].metrics, metrics);
        prop_assert_eq!(&snapshots[0].tasks_metrics, &overviews[0].tasks_metrics);
        for place in places {
            let (_, snapshots) = seek(&mut engine, 0, Target::Step(place));
            hangs_together(&scenario, &snapshots[0]);
            explains(&snapshots[0]);
        }
    }
}
