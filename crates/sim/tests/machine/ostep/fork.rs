//! `fork.py`: processes fork and exit, one action after the other, and the tree is drawn after each.
//!
//! The kth action happens at instant k: the program of its process sleeps until then. The root of the tree is a
//! process of the scenario, which never ends before the others.

use std::collections::BTreeMap;

use kernelscope_sim::conventions::{Conventions, ExitWithChildren, Orphans};
use kernelscope_sim::event::{EventKind, ProcessEvent};
use kernelscope_sim::ids::TaskId;
use kernelscope_sim::machine::{Machine, Stop};
use kernelscope_sim::program::{Op, Program};
use kernelscope_sim::scenario::{ProcessSpec, Scenario};
use kernelscope_sim::time::Time;
use serde::Deserialize;
use std::sync::Arc;

use super::{Case, cases, ticks};

#[derive(Deserialize)]
struct Input {
    root: String,
    leaf_only: bool,
    local_reparent: bool,
    actions: Vec<String>,
}

#[derive(Deserialize)]
struct Expected {
    initial: String,
    /// What was asked, what was printed, and the tree after it.
    steps: Vec<(String, String, String)>,
    final_tree: String,
    final_parent: BTreeMap<String, String>,
    live: Vec<String>,
}

/// One action: at which instant, and whom its process forks; nobody, where it exits.
type Action<'a> = (u64, Option<&'a str>);

#[test]
fn every_recorded_run_of_fork_py_comes_out() {
    let cases = cases::<Input, Expected>(include_str!("fork.json"));
    assert_eq!(cases.len(), 27);
    for case in cases {
        check(&case);
    }
}

fn check(Case { id, input, expected }: &Case<Input, Expected>) {
    let mut actions: BTreeMap<&str, Vec<Action<'_>>> = BTreeMap::new();
    for (at, action) in (1..).zip(&input.actions) {
        let (who, whom) = match action.split_once('+') {
            Some((who, whom)) => (who, Some(whom)),
            None => (action.trim_end_matches('-'), None),
        };
        actions.entry(who).or_default().push((at, whom));
    }
    let end = input.actions.len() as u64 + 1;
    let root = ProcessSpec {
        name: input.root.clone(),
        program: Program(program(&input.root, &actions, end)),
        ..ProcessSpec::default()
    };
    let rules = Conventions {
        orphans: if input.local_reparent { Orphans::ToGrandparent } else { Orphans::FlattenToRoot },
        exit_with_children: match input.leaf_only {
            true => ExitWithChildren::Refused,
            false => ExitWithChildren::Orphans,
        },
        ..Conventions::default()
    };
    let scenario = Scenario { rules, processes: vec![root], ..Scenario::default() };
    let mut machine = Machine::new(Arc::new(scenario)).expect("the scenario is valid");
    let mut names = vec![input.root.clone()];
    let mut events = Vec::new();
    machine.run(Stop::Time(Time::ZERO), &mut events);
    assert_eq!(tree(&machine, &names, TaskId::new(0)), expected.initial, "{id}");
    for (at, (action, printed, after)) in (1..).zip(&expected.steps) {
        events.clear();
        machine.run(Stop::Time(Time::ZERO + ticks(at)), &mut events);
        names.extend(action.split_once('+').map(|(_, whom)| whom.to_owned()));
        assert_eq!(tree(&machine, &names, TaskId::new(0)), *after, "{id}: {action}");
        let told = events.iter().any(|event| match event.kind {
            EventKind::Process(ProcessEvent::Fork { .. }) => printed.contains("forks"),
            EventKind::Exit { .. } => printed.ends_with("EXITS"),
            EventKind::Process(ProcessEvent::Failed { .. }) => printed.contains("failed"),
            _ => false,
        });
        assert!(told, "{id}: {printed}");
    }
    assert_eq!(tree(&machine, &names, TaskId::new(0)), expected.final_tree, "{id}");
    let living: Vec<TaskId> = machine.tasks().iter().filter(|it| it.is_live()).map(|it| it.id).collect();
    let name = |task: TaskId| names[task.index()].clone();
    assert_eq!(living.iter().map(|task| name(*task)).collect::<Vec<_>>(), expected.live, "{id}");
    let parents: BTreeMap<String, String> =
        living.iter().filter_map(|task| Some((name(*task), name(machine.family().parent(*task)?)))).collect();
    assert_eq!(parents, expected.final_parent, "{id}");
}

/// What a process does: its actions at their instants, and then nothing to the end.
fn program(who: &str, actions: &BTreeMap<&str, Vec<Action<'_>>>, end: u64) -> Vec<Op> {
    let until = |at: u64| Op::SleepUntil(Time::ZERO + ticks(at));
    let own = actions.get(who).into_iter().flatten();
    let act = |(at, whom): &Action<'_>| {
        let action = whom.map_or(Op::Exit(0), |whom| Op::Fork(Some(program(whom, actions, end))));
        [until(*at), action]
    };
    own.flat_map(act).chain([until(end)]).collect()
}

/// The living of a family, as the program draws them: `a(b(d),c)`.
fn tree(machine: &Machine, names: &[String], root: TaskId) -> String {
    let children = machine.family().children(root).iter();
    let living = children.filter(|child| machine.tasks()[child.index()].is_live());
    let below: Vec<String> = living.map(|child| tree(machine, names, *child)).collect();
    let name = &names[root.index()];
    if below.is_empty() { name.clone() } else { format!("{name}({})", below.join(",")) }
}
