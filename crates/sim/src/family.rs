//! Who made whom: the tree of processes beyond what a process structure says of itself (OSTEP 5; wait(2)).
//!
//! Init is the parent of every process of the scenario and no task of its own. A process that others forked belongs to
//! the family of one of those: it runs that one's program, or a part of it, and has a name made of that one's.
//!
//! A machine on which nobody forks keeps nothing here, and what is not there adds nothing to the fingerprint.

use std::hash::{Hash, Hasher};

use crate::ids::TaskId;
use crate::program::Op;
use crate::rng::{SplitMix64, Use};

/// What is known of every task's relatives, by id; nothing where nobody forks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Family(Option<Vec<Kin>>);

/// The relatives of one task.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Kin {
    /// The scenario's process that its family begins with, by its place among all programs.
    founder: u32,
    /// The process of the scenario at the root of its family.
    root: TaskId,
    /// Its parent as it is now; none is init.
    parent: Option<TaskId>,
    /// Who forked it, and as which child, counted from 1.
    born: Option<(TaskId, u32)>,
    /// Its children that have not been reaped, in the order in which they came to it.
    children: Vec<TaskId>,
    /// Those that it has forked, in that order.
    forked: Vec<TaskId>,
    /// Whose stream its random patterns are drawn from.
    stream: u64,
    /// Whether it is in the middle of waiting for a child.
    waiting: bool,
}

impl Hash for Family {
    fn hash<H: Hasher>(&self, state: &mut H) {
        if let Some(kin) = &self.0 {
            kin.hash(state);
        }
    }
}

impl Family {
    /// The family of nobody yet, on a machine where somebody may fork.
    pub(crate) fn new(forks: bool) -> Family {
        Family(forks.then(Vec::new))
    }

    /// Whether anybody may fork.
    pub fn is_kept(&self) -> bool {
        self.0.is_some()
    }

    /// A process of the scenario joins, init's child.
    pub(crate) fn found(&mut self, task: TaskId, founder: u32) {
        let stream = founder.into();
        let kin = Kin {
            founder,
            root: task,
            parent: None,
            born: None,
            children: Vec::new(),
            forked: Vec::new(),
            stream,
            waiting: false,
        };
        self.0.iter_mut().for_each(|all| all.push(kin.clone()));
    }

    /// A process is forked. Its stream is its parent's, mixed with the ordinal of the fork.
    pub(crate) fn fork(&mut self, parent: TaskId, child: TaskId) {
        let Some(all) = &mut self.0 else { unreachable!("nobody forks here") };
        let it = &mut all[parent.index()];
        it.children.push(child);
        it.forked.push(child);
        let ordinal = it.forked.len() as u32;
        let mut stream = SplitMix64::stream(it.stream, Use::Workload, ordinal.into());
        let (founder, root) = (it.founder, it.root);
        all.push(Kin {
            founder,
            root,
            parent: Some(parent),
            born: Some((parent, ordinal)),
            children: Vec::new(),
            forked: Vec::new(),
            stream: stream.draw(),
            waiting: false,
        });
    }

    /// The task of the scenario that runs the program at this place, if there is one yet.
    pub(crate) fn listed(&self, program: TaskId) -> Option<TaskId> {
        let Some(all) = &self.0 else { return Some(program) };
        let place = all.iter().position(|kin| kin.born.is_none() && kin.founder == program.get())?;
        Some(TaskId::from_index(place))
    }

    fn kin(&self, task: TaskId) -> Option<&Kin> {
        self.0.as_ref()?.get(task.index())
    }

    /// The place among all programs of the one that a task runs.
    pub(crate) fn program(&self, task: TaskId) -> u32 {
        self.kin(task).map_or(task.get(), |kin| kin.founder)
    }

    /// Whose stream a task's random patterns are drawn from.
    pub(crate) fn stream(&self, task: TaskId) -> u64 {
        self.kin(task).map_or(task.get().into(), |kin| kin.stream)
    }

    /// A task's parent; none is init.
    pub fn parent(&self, task: TaskId) -> Option<TaskId> {
        self.kin(task)?.parent
    }

    /// Who forked a task, and as which of its children, counted from 1; none for a process of the scenario.
    pub fn born(&self, task: TaskId) -> Option<(TaskId, u32)> {
        self.kin(task)?.born
    }

    /// The children of a task that have not been reaped, in the order in which they came to it.
    pub fn children(&self, task: TaskId) -> &[TaskId] {
        self.kin(task).map_or(&[], |kin| &kin.children)
    }

    /// The nth child that a task forked, counted from 1, whatever has become of it.
    pub fn forked(&self, task: TaskId, nth: u32) -> Option<TaskId> {
        self.kin(task)?.forked.get(nth.checked_sub(1)? as usize).copied()
    }

    /// The process of the scenario that a task's family begins with.
    pub(crate) fn root(&self, task: TaskId) -> TaskId {
        self.kin(task).map_or(task, |kin| kin.root)
    }

    /// All descendants of a task, parents before their children.
    pub fn descendants(&self, task: TaskId) -> Vec<TaskId> {
        let mut found = Vec::new();
        let mut open: Vec<TaskId> = self.children(task).iter().rev().copied().collect();
        while let Some(next) = open.pop() {
            found.push(next);
            open.extend(self.children(next).iter().rev());
        }
        found
    }

    /// A task has another parent from now on; none is init.
    pub(crate) fn adopt(&mut self, task: TaskId, by: Option<TaskId>) {
        self.part(task);
        let Some(all) = &mut self.0 else { return };
        all[task.index()].parent = by;
        if let Some(by) = by {
            all[by.index()].children.push(task);
        }
    }

    /// Whether a task is in the middle of waiting for a child.
    pub(crate) fn is_waiting(&self, task: TaskId) -> bool {
        self.kin(task).is_some_and(|kin| kin.waiting)
    }

    /// A task begins to wait for a child, or no longer does.
    pub(crate) fn set_waiting(&mut self, task: TaskId, waiting: bool) {
        if let Some(kin) = self.0.as_mut().and_then(|all| all.get_mut(task.index())) {
            kin.waiting = waiting;
        }
    }

    /// A task is gone for good.
    pub(crate) fn part(&mut self, task: TaskId) {
        let Some(all) = &mut self.0 else { return };
        if let Some(parent) = all[task.index()].parent {
            all[parent.index()].children.retain(|child| *child != task);
        }
    }

    /// The memory that a clone takes, in bytes.
    pub(crate) fn footprint(&self) -> usize {
        let of = |kin: &Kin| (kin.children.len() + kin.forked.len()) * size_of::<TaskId>() + size_of::<Kin>();
        self.0.iter().flatten().map(of).sum()
    }
}

/// Whether a program makes processes.
pub(crate) fn forks(program: &[Op]) -> bool {
    program.iter().any(|op| match op {
        Op::Repeat { body, .. } => forks(body),
        Op::Fork(_) => true,
        _ => false,
    })
}
