//! Admission control (OSTEP 22.11; OSC 10.6): when the working sets do not fit into memory together, some process is
//! swapped out as a whole until they do.
//!
//! What is kept here is the working set of every process, the sum of those that are let in, and who is kept out. Who
//! that is, and when, the kernel decides (`kernel/load.rs`).

use std::collections::VecDeque;
use std::hash::{Hash, Hasher};

use super::Memory;
use super::replace::Choice;
use super::working_set::WorkingSet;
use crate::ids::{SpaceId, TaskId, Vpn};
use crate::rules::RuleId;

/// The admission control of a machine, if it has one. What is not there adds nothing to the fingerprint.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Control(Option<Box<Admission>>);

impl Hash for Control {
    fn hash<H: Hasher>(&self, state: &mut H) {
        if let Some(admission) = &self.0 {
            admission.hash(state);
        }
    }
}

/// Who is let in, and with how much.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Admission {
    tau: u32,
    /// The working sets, by address space.
    sets: Vec<Option<WorkingSet>>,
    /// Who is kept out, the first first, and whose pages those are.
    suspended: VecDeque<(TaskId, SpaceId)>,
    /// The pages of all working sets but those of who is kept out.
    wanted: u32,
}

impl Control {
    pub(super) fn new(tau: Option<u32>) -> Control {
        let admission = |tau| Admission { tau, sets: Vec::new(), suspended: VecDeque::new(), wanted: 0 };
        Control(tau.map(|tau| Box::new(admission(tau))))
    }

    pub(crate) fn as_ref(&self) -> Option<&Admission> {
        self.0.as_deref()
    }

    pub(crate) fn as_mut(&mut self) -> Option<&mut Admission> {
        self.0.as_deref_mut()
    }
}

impl Admission {
    /// The size of the working set of an address space.
    pub fn size(&self, space: SpaceId) -> u32 {
        self.sets.get(space.index()).and_then(Option::as_ref).map_or(0, WorkingSet::size)
    }

    /// The pages of all working sets but those of who is kept out.
    pub fn wanted(&self) -> u32 {
        self.wanted
    }

    /// Who is kept out, the first first.
    pub fn suspended(&self) -> impl Iterator<Item = TaskId> + '_ {
        self.suspended.iter().map(|(task, _)| *task)
    }

    /// Whether a task is kept out.
    pub fn is_suspended(&self, task: TaskId) -> bool {
        self.suspended().any(|it| it == task)
    }

    /// The address spaces that are let in and want pages.
    pub(crate) fn active(&self) -> impl Iterator<Item = SpaceId> + '_ {
        let is_out = |space: &SpaceId| self.suspended.iter().any(|(_, out)| out == space);
        let all = (0..self.sets.len()).map(SpaceId::from_index);
        all.filter(move |space| self.size(*space) > 0 && !is_out(space))
    }

    /// The one that has been kept out longest, and the size of its working set.
    pub(crate) fn first(&self) -> Option<(TaskId, u32)> {
        self.suspended.front().map(|(task, space)| (*task, self.size(*space)))
    }

    /// A process refers to a page.
    pub(super) fn refer(&mut self, space: SpaceId, page: Vpn) {
        if self.sets.len() <= space.index() {
            self.sets.resize(space.index() + 1, None);
        }
        let tau = self.tau;
        let set = self.sets[space.index()].get_or_insert_with(|| WorkingSet::new(tau));
        let before = set.size();
        set.refer(page);
        let after = set.size();
        // One that is to be swapped out makes the references that are under way.
        if !self.suspended.iter().any(|(_, out)| *out == space) {
            self.wanted = self.wanted - before + after;
        }
    }

    /// A process is kept out from now on.
    pub(crate) fn suspend(&mut self, task: TaskId, space: SpaceId) {
        self.wanted -= self.size(space);
        self.suspended.push_back((task, space));
    }

    /// The one that has been kept out longest is let in.
    pub(crate) fn resume(&mut self) {
        if let Some((_, space)) = self.suspended.pop_front() {
            self.wanted += self.size(space);
        }
    }

    /// A process has ended.
    pub(super) fn forget(&mut self, space: SpaceId) {
        let before = self.suspended.len();
        self.suspended.retain(|(_, out)| *out != space);
        if self.suspended.len() == before {
            self.wanted -= self.size(space);
        }
        if let Some(set) = self.sets.get_mut(space.index()) {
            *set = None;
        }
    }

    /// The memory that a clone takes, in bytes.
    pub(super) fn footprint(&self) -> usize {
        let sets = self.sets.iter().flatten().map(WorkingSet::footprint).sum::<usize>();
        sets + self.sets.len() * size_of::<Option<WorkingSet>>()
            + self.suspended.len() * size_of::<(TaskId, SpaceId)>()
            + size_of::<Admission>()
    }
}

impl Memory {
    /// Its admission control, if it has one.
    pub fn admission(&self) -> Option<&Admission> {
        self.admission.as_ref()
    }

    /// Whether somebody has to make room: too much is wanted, or this task is to be swapped out.
    pub(crate) fn is_overloaded(&self, task: TaskId) -> bool {
        self.admission().is_some_and(|it| it.wanted > self.spec.frames || it.is_suspended(task))
    }

    /// Which page leaves its frame: one of a process that is kept out, if there is any, and else whichever the policy
    /// says; of one address space, or of any.
    pub(crate) fn choose(&mut self, of: Option<SpaceId>) -> Option<Choice> {
        let out = self.kept_out();
        let (policy, mut view) = self.policy(false);
        if of.is_none() && !out.is_empty() {
            view.only = &out;
            if view.any_candidate()
                && let Some(mut choice) = policy.victim(None, &mut view)
            {
                choice.reason.rule = RuleId::SuspendedFirst;
                return Some(choice);
            }
            view.only = &[];
        }
        policy.victim(of, &mut view)
    }

    /// The address spaces of who is kept out.
    pub(super) fn kept_out(&self) -> Vec<SpaceId> {
        self.admission().map_or(Vec::new(), |it| it.suspended.iter().map(|(_, space)| *space).collect())
    }
}
