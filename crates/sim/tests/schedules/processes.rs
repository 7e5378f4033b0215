//! Processes make one another, wait, send signals and are adopted (OSTEP 5; fork(2), wait(2), kill(2)).

use std::sync::Arc;

use kernelscope_sim::conventions::{ExitWithChildren, ForkOrder, Orphans};
use kernelscope_sim::event::{EventKind, ProcessEvent, syscall};
use kernelscope_sim::ids::{Pid, TaskId};
use kernelscope_sim::machine::{Machine, Progress};
use kernelscope_sim::scenario::{Input, InputAction, PolicySpec, Scenario};
use kernelscope_sim::sink::Totals;
use kernelscope_sim::task::State;
use kernelscope_sim::time::{Nanos, Time};

use crate::common::{MS, rr, run, scenario};

/// What happens in the life of a family, by the names of its members: `2 A forks A.1`.
fn story(scenario: Scenario) -> Vec<String> {
    let (machine, events) = run(scenario);
    let name = |task: Option<TaskId>| task.map_or_else(|| "init".to_owned(), |task| machine.name_of(task));
    let tell = |event: &kernelscope_sim::event::Event| {
        let told = match event.kind {
            EventKind::Process(ProcessEvent::Fork { child }) => format!("forks {}", name(Some(child))),
            EventKind::Process(ProcessEvent::Waited { child, status }) => {
                format!("gets {status} of {}", name(Some(child)))
            }
            EventKind::Process(ProcessEvent::Signal { to, signal }) => {
                format!("sends {signal} to {}", name(Some(to)))
            }
            EventKind::Process(ProcessEvent::Adopted { by }) => format!("goes to {}", name(by)),
            EventKind::Process(ProcessEvent::Failed { call, errno }) => {
                format!("{} {}", syscall::name(call).unwrap_or("?"), errno.name())
            }
            EventKind::Exit { .. } => "exits".to_owned(),
            EventKind::Killed { .. } => "is killed".to_owned(),
            EventKind::Reap { .. } => "is gone".to_owned(),
            _ => return None,
        };
        Some(format!("{} {} {told}", event.at.0 / MS, name(event.task)))
    };
    events.iter().filter_map(tell).collect()
}

fn alone(program: &str) -> Scenario {
    scenario(PolicySpec::Fifo, &[("A", 0, program)])
}

#[test]
fn a_parent_that_waits_gets_the_status_of_its_child() {
    assert_eq!(
        story(alone("fork { cpu 5; exit 3 }; cpu 2; wait; cpu 1")),
        ["0 A forks A.1", "7 A.1 exits", "7 A.1 is gone", "7 A gets 3 of A.1", "8 A exits", "8 A is gone"]
    );
}

#[test]
fn a_child_that_ends_first_is_a_zombie_until_its_parent_waits() {
    let told = story(alone("fork { cpu 5 }; sleep 20; wait"));
    assert_eq!(
        told,
        [
            "0 A forks A.1",
            "5 A.1 exits",
            "20 A.1 is gone",
            "20 A gets 0 of A.1",
            "20 A exits",
            "20 A is gone"
        ]
    );
}

#[test]
fn without_a_program_of_its_own_a_child_goes_on_behind_the_fork() {
    let (machine, _) = run(alone("cpu 1; fork; cpu 2; fork; cpu 3"));
    let cpu = |place: usize| machine.tasks()[place].account.cpu.0 / MS;
    assert_eq!((0..machine.tasks().len()).map(cpu).collect::<Vec<_>>(), [6, 5, 3, 3]);
    let names: Vec<String> = machine.tasks().iter().map(|task| machine.name_of(task.id)).collect();
    assert_eq!(names, ["A", "A.1", "A.2", "A.1.1"]);
}

pub(crate) fn wait_lowest() {
    let children = "fork { cpu 3; exit 1 }; fork { cpu 1; exit 2 }; sleep 9;";
    let gets = |rest: &str| -> Vec<String> {
        let told = story(alone(&format!("{children} {rest}")));
        told.into_iter().filter(|line| line.contains(" gets ") || line.contains("wait4")).collect()
    };
    assert_eq!(gets("wait; wait; wait"), ["9 A gets 1 of A.1", "9 A gets 2 of A.2", "9 A wait4 ECHILD"]);
    assert_eq!(
        gets("wait 2; wait 2; wait 1"),
        ["9 A gets 2 of A.2", "9 A wait4 ECHILD", "9 A gets 1 of A.1"]
    );
}

#[test]
fn a_parent_that_waits_for_one_child_sleeps_through_the_end_of_another() {
    let told = story(alone("fork { cpu 2 }; fork { cpu 5 }; wait 2; wait 1"));
    assert!(told.contains(&"7 A gets 0 of A.2".to_owned()) && told.contains(&"7 A gets 0 of A.1".to_owned()));
}

pub(crate) fn orphans() {
    let adoptions = |orphans: Orphans| -> Vec<String> {
        let mut it = alone("fork { fork { fork { sleep 9 }; sleep 9 }; sleep 1 }; sleep 20");
        it.rules.orphans = orphans;
        story(it).into_iter().filter(|line| line.contains(" goes to ")).collect()
    };
    assert_eq!(adoptions(Orphans::ToInit)[0], "1 A.1.1 goes to init");
    assert_eq!(adoptions(Orphans::ToGrandparent)[0], "1 A.1.1 goes to A");
    assert_eq!(
        adoptions(Orphans::FlattenToRoot)[..2],
        ["1 A.1.1 goes to A", "1 A.1.1.1 goes to A"].map(str::to_owned)
    );
}

#[test]
fn after_a_double_fork_init_reaps_the_grandchild() {
    let told = story(alone("fork { fork { sleep 5 }; exit }; wait; sleep 20"));
    assert_eq!(
        told[..7],
        [
            "0 A forks A.1",
            "0 A.1 forks A.1.1",
            "0 A.1 exits",
            "0 A.1.1 goes to init",
            "0 A.1 is gone",
            "0 A gets 0 of A.1",
            "5 A.1.1 exits",
        ]
    );
    assert_eq!(told[7], "5 A.1.1 is gone", "while A still sleeps");
}

#[test]
fn a_zombie_whose_parent_dies_is_reaped_by_init() {
    assert_eq!(
        story(alone("fork { exit 7 }; sleep 5"))[1..],
        ["0 A.1 exits", "5 A exits", "5 A.1 goes to init", "5 A is gone", "5 A.1 is gone"]
    );
}

#[test]
fn a_full_process_table_refuses_a_fork_and_counts_zombies() {
    let mut it = alone("fork { exit }; fork { exit }; sleep 5; fork { exit }; wait; fork { exit }");
    it.machine.fork.max_processes = 3;
    let forks: Vec<String> = story(it).into_iter().filter(|line| line.contains("fork")).collect();
    assert_eq!(forks, ["0 A forks A.1", "0 A forks A.2", "5 A fork EAGAIN", "5 A forks A.3"]);
}

#[test]
fn a_fork_bomb_fills_the_table_and_no_more() {
    let mut it = scenario(rr(1), &[("A", 0, "repeat { fork; cpu 1 }")]);
    it.machine.fork.max_processes = 50;
    it.limits.until = Some(Time(200 * MS));
    let (machine, _) = run(it);
    assert_eq!(machine.tasks().len(), 50);
    assert!(machine.tasks().iter().all(|task| task.is_live()));
}

#[test]
fn a_signal_ends_a_child_and_its_number_is_the_status() {
    let told = story(alone("fork { sleep 50 }; sleep 3; kill 1; wait; kill 1; kill parent"));
    assert_eq!(
        told[1..],
        [
            "3 A sends 15 to A.1",
            "3 A.1 is killed",
            "3 A.1 is gone",
            "3 A gets 143 of A.1",
            "3 A kill ESRCH",
            "3 A kill ESRCH",
            "3 A exits",
            "3 A is gone",
        ]
    );
}

#[test]
fn a_child_can_end_its_parent_and_is_an_orphan_then() {
    assert_eq!(
        story(alone("fork { sleep 2; kill parent KILL; cpu 1 }; sleep 9"))[1..4],
        ["2 A.1 sends 9 to A", "2 A is killed", "2 A.1 goes to init"].map(str::to_owned)
    );
}

pub(crate) fn exit_with_children() {
    let mut it = alone("fork { cpu 5 }; exit; cpu 2; wait; exit");
    it.rules.exit_with_children = ExitWithChildren::Refused;
    let told = story(it);
    assert!(told.contains(&"0 A exit EBUSY".to_owned()), "{told:?}");
    assert!(told.contains(&"7 A exits".to_owned()), "{told:?}");
}

pub(crate) fn fork_order() {
    let first = |order: ForkOrder| {
        let mut it = scenario(PolicySpec::Fifo, &[("A", 0, "fork { cpu 1 }; cpu 1"), ("B", 0, "cpu 1")]);
        it.rules.fork_order = order;
        let told = story(it);
        told.iter().filter(|line| line.contains(" exits")).cloned().collect::<Vec<_>>()
    };
    assert_eq!(first(ForkOrder::ParentFirst), ["1 A exits", "2 B exits", "3 A.1 exits"]);
    assert_eq!(first(ForkOrder::ChildFirst), ["1 A.1 exits", "2 B exits", "3 A exits"]);
}

#[test]
fn a_fork_takes_its_time_before_there_is_a_child() {
    let mut it = alone("fork { cpu 1 }; cpu 1");
    it.machine.fork.costs.task = Nanos(4 * MS);
    let (machine, events) = run(it);
    let made = events.iter().find(|event| matches!(event.kind, EventKind::Process(_))).map(|event| event.at);
    assert_eq!(made, Some(Time(4 * MS)));
    assert_eq!(machine.tasks()[1].account.arrival, Some(Time(4 * MS)));
    assert_eq!(machine.tasks()[0].account.kernel, Nanos(4 * MS));
}

#[test]
fn inputs_mean_the_tasks_of_the_scenario_whatever_has_been_forked() {
    let mut it = alone("fork { sleep 40 }; fork { sleep 40 }; sleep 50");
    let added = alone("sleep 50").processes.remove(0);
    let added = kernelscope_sim::scenario::ProcessSpec { name: "B".to_owned(), ..added };
    let kill = |task| InputAction::Kill(TaskId::new(task));
    it.inputs = vec![
        Input { at: Time(5 * MS), action: kill(1) },
        Input { at: Time(6 * MS), action: InputAction::Add(added) },
        Input { at: Time(7 * MS), action: kill(1) },
    ];
    let (machine, events) = run(it);
    let ignored = events.iter().filter(|event| matches!(event.kind, EventKind::InputIgnored { .. })).count();
    assert_eq!((ignored, machine.name_of(TaskId::new(3))), (1, "B".to_owned()));
    let killed = |event: &&kernelscope_sim::event::Event| matches!(event.kind, EventKind::Killed { .. });
    assert_eq!(events.iter().find(killed).and_then(|event| event.task), Some(TaskId::new(3)));
}

#[test]
fn the_living_and_the_zombies_are_a_tree_below_init_at_every_step() {
    let it = alone("repeat 3 { fork { fork; cpu 2 }; cpu 1 }; wait; cpu 1");
    let mut machine = Machine::new(Arc::new(it)).expect("a scenario that runs");
    while machine.step(&mut Totals) == Progress::Going {
        let family = machine.family();
        for task in machine.tasks().iter().filter(|task| task.state != State::Reaped) {
            match family.parent(task.id) {
                None => assert_eq!(task.parent, Pid::INIT),
                Some(parent) => {
                    assert_eq!(machine.tasks()[parent.index()].pid, task.parent);
                    assert!(machine.tasks()[parent.index()].is_live());
                    assert_eq!(family.children(parent).iter().filter(|child| **child == task.id).count(), 1);
                }
            }
        }
    }
    assert_eq!(machine.tasks().len(), 7);
    assert!(machine.tasks().iter().all(|task| task.state == State::Reaped));
}
