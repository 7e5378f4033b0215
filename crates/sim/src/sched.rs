//! Who runs next: the ready queues and the policies that order them.
//!
//! A policy owns its per-task state and answers questions; it never reaches into the machine. The kernel tells
//! it what happens (a task becomes ready, runs for a time, blocks, uses up its slice) and carries out what it
//! decides. `peek` is the head of `rank`, which tells every candidate with its key, so an explanation cannot
//! drift from behaviour.
//!
//! Threads of the kernel form a class above every policy, first in first out among themselves.
//!
//! To add a policy: a variant of [`PolicySpec`], a file here with a type that answers the questions
//! of `Discipline`, a variant of [`Policy`] with a line in `each!`, its rules in [`crate::rules`], and its row in the
//! parameter table of the files. The compiler finds all but the last two.

mod discipline;
mod estimate;
pub mod fifo_rr;
pub mod mlfq;
pub mod priority;
pub mod queue;
pub mod ring;
pub mod sjf;

use crate::conventions::{Conventions, Tie};
use crate::event::{Place, Why};
use crate::ids::{Seq, TaskId};
use crate::reason::Reason;
use crate::rules::RuleId;
use crate::scenario::{Param, PolicySpec, TaskKind};
use crate::task::Task;
use crate::time::{Nanos, Time};

pub(crate) use discipline::Discipline;
use queue::Lists;

/// What a policy may look at when it decides. Read-only.
#[derive(Clone, Copy, Debug)]
pub struct Ctx<'a> {
    /// What time it is.
    pub now: Time,
    /// The process structures.
    pub tasks: &'a [Task],
    /// The rules that the scenario plays by.
    pub rules: &'a Conventions,
}

impl Ctx<'_> {
    /// One task's process structure.
    pub fn task(&self, task: TaskId) -> &Task {
        &self.tasks[task.index()]
    }

    /// What decides between equal keys, before the lower id does.
    pub fn tie(&self, task: TaskId, stamp: Seq) -> u64 {
        match self.rules.tie {
            Tie::Seq => stamp.0,
            Tie::List => 0,
            Tie::Name => u64::from(self.task(task).name_rank),
        }
    }
}

/// A task that was chosen, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Who.
    pub task: TaskId,
    /// Why.
    pub reason: Reason,
}

/// A candidate with the key by which it is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Who.
    pub task: TaskId,
    /// The rule that orders it.
    pub rule: RuleId,
    /// Its key under that rule.
    pub key: u64,
}

impl Choice {
    /// The first of these, with the second as the runner-up. `tie` decided if their keys are equal.
    fn first(order: impl IntoIterator<Item = Candidate>, tie: RuleId) -> Option<Choice> {
        let mut order = order.into_iter();
        let first = order.next()?;
        let reason = match order.next() {
            None => Reason { rule: RuleId::OnlyOne, runner_up: None, key: first.key, other: 0 },
            Some(second) => Reason {
                rule: if first.key == second.key { tie } else { first.rule },
                runner_up: Some(second.task),
                key: first.key,
                other: second.key,
            },
        };
        Some(Choice { task: first.task, reason })
    }
}

/// A fall to a lower level.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Demotion {
    /// From this level …
    pub from: u8,
    /// … to this.
    pub to: u8,
    /// The form of rule 4 that decided.
    pub rule: RuleId,
    /// The CPU time that counted.
    pub used: Nanos,
}

/// A new estimate of the next burst.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Estimated {
    /// How long the burst was.
    pub burst: Nanos,
    /// The new estimate.
    pub next: Nanos,
}

/// What the end of a burst or of a slice changes in a policy's books.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Booked {
    /// The task fell to a lower level.
    pub demotion: Option<Demotion>,
    /// Its estimate changed.
    pub estimate: Option<Estimated>,
}

/// Work that a policy does by the clock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Periodic {
    /// Everybody returns to the top level.
    Boost {
        /// Who was not there: from which level, to which.
        lifted: Vec<(TaskId, u8, u8)>,
        /// The next one.
        next: Time,
    },
    /// Waiting improved a task's priority.
    Age {
        /// Whose.
        task: TaskId,
        /// From this …
        from: u32,
        /// … to this.
        to: u32,
    },
}

/// The policies. One line each in `each!`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Policy {
    /// First in, first out, and round robin.
    InTurn(fifo_rr::InTurn),
    /// Shortest job first, and shortest time to completion first.
    Sjf(sjf::Sjf),
    /// Static priorities.
    Priority(priority::Priority),
    /// A multi-level feedback queue.
    Mlfq(mlfq::Mlfq),
    /// The next by number.
    Ring(ring::Ring),
}

macro_rules! each {
    ($policy:expr, $inner:ident => $answer:expr) => {
        match $policy {
            Policy::InTurn($inner) => $answer,
            Policy::Sjf($inner) => $answer,
            Policy::Priority($inner) => $answer,
            Policy::Mlfq($inner) => $answer,
            Policy::Ring($inner) => $answer,
        }
    };
}

/// The ready queues of the machine: the kernel's own threads, and everybody else under the policy.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Sched {
    kernel: Lists,
    policy: Policy,
    next_stamp: Seq,
}

impl Sched {
    /// Empty queues under a policy.
    pub(crate) fn new(spec: &PolicySpec, rules: &Conventions) -> Sched {
        let policy = match spec {
            PolicySpec::Fifo => Policy::InTurn(fifo_rr::InTurn::new(None)),
            PolicySpec::Sjf { estimate } => Policy::Sjf(sjf::Sjf::new(false, *estimate)),
            PolicySpec::Stcf { estimate } => Policy::Sjf(sjf::Sjf::new(true, *estimate)),
            PolicySpec::Rr { quantum } => Policy::InTurn(fifo_rr::InTurn::new(Some(*quantum))),
            PolicySpec::Priority { preemptive, quantum, aging } => {
                Policy::Priority(priority::Priority::new(*preemptive, *quantum, *aging))
            }
            PolicySpec::Mlfq(spec) => Policy::Mlfq(mlfq::Mlfq::new(spec, rules)),
            PolicySpec::NextInRing { on_io_done, .. } => Policy::Ring(ring::Ring::new(*on_io_done)),
        };
        Sched { kernel: Lists::new(1), policy, next_stamp: Seq::default() }
    }

    /// The policy with its state, for views.
    pub fn policy(&self) -> &Policy {
        &self.policy
    }

    /// The kernel threads that are ready, the next to run first.
    pub fn kernel_threads(&self) -> impl Iterator<Item = TaskId> + '_ {
        self.kernel.iter(0)
    }

    /// Makes room for a task that arrives.
    pub(crate) fn admit(&mut self, ctx: &Ctx<'_>, task: TaskId) {
        self.kernel.admit(task);
        each!(&mut self.policy, policy => policy.admit(ctx, task));
    }

    /// Puts a ready task into its queue. Says which queue and which end.
    pub(crate) fn enqueue(&mut self, ctx: &Ctx<'_>, task: TaskId, why: Why) -> (u8, Place) {
        let stamp = self.next_stamp.take();
        if ctx.task(task).kind == TaskKind::KernelThread {
            self.kernel.push_back(0, task, stamp);
            return (0, Place::Tail);
        }
        each!(&mut self.policy, policy => policy.enqueue(ctx, task, why, stamp))
    }

    /// Takes a ready task out of its queue, because it has been killed.
    pub(crate) fn dequeue(&mut self, task: TaskId) {
        if self.kernel.remove(task).is_none() {
            each!(&mut self.policy, policy => policy.dequeue(task));
        }
    }

    /// Takes a ready task out of its queue, because it is to run.
    pub(crate) fn take(&mut self, task: TaskId) {
        if self.kernel.remove(task).is_none() {
            each!(&mut self.policy, policy => policy.take(task));
        }
    }

    /// The best ready task, and why it is.
    pub fn peek(&self, ctx: &Ctx<'_>) -> Option<Choice> {
        if let Some(mut choice) = Choice::first(self.threads(), RuleId::KernelFirst) {
            choice.reason.rule = RuleId::KernelFirst;
            return Some(choice);
        }
        each!(&self.policy, policy => policy.peek(ctx))
    }

    /// Every ready task with its key, best first.
    pub fn rank(&self, ctx: &Ctx<'_>) -> Vec<Candidate> {
        let mut all: Vec<Candidate> = self.threads().collect();
        all.extend(each!(&self.policy, policy => policy.rank(ctx)));
        all
    }

    fn threads(&self) -> impl Iterator<Item = Candidate> + '_ {
        let rule = RuleId::KernelFirst;
        self.kernel.iter(0).map(move |task| Candidate { task, rule, key: self.kernel.stamp(task).0 })
    }

    /// The best ready task.
    pub fn first(&self) -> Option<TaskId> {
        self.kernel.first(0).or_else(|| each!(&self.policy, policy => policy.first()))
    }

    /// Whether the best ready task can ever take the CPU from a running one.
    pub(crate) fn preempts(&self, ctx: &Ctx<'_>, best: TaskId) -> bool {
        ctx.task(best).kind == TaskKind::KernelThread || each!(&self.policy, policy => policy.preempts(ctx))
    }

    /// Whether the best ready task takes the CPU from a running one, and why.
    pub(crate) fn should_preempt(&self, ctx: &Ctx<'_>, running: TaskId, best: TaskId) -> Option<Reason> {
        let kernel = |task| ctx.task(task).kind == TaskKind::KernelThread;
        match (kernel(running), kernel(best)) {
            (true, _) => None,
            (false, true) => {
                Some(Reason { rule: RuleId::KernelFirst, runner_up: Some(running), key: 0, other: 0 })
            }
            (false, false) => each!(&self.policy, policy => policy.should_preempt(ctx, running, best)),
        }
    }

    /// How far behind the others a running task stands: the largest is replaced first.
    pub(crate) fn running_key(&self, ctx: &Ctx<'_>, task: TaskId) -> u64 {
        each!(&self.policy, policy => policy.running_key(ctx, task))
    }

    /// How long a task may keep the CPU from now on.
    pub fn slice(&self, task: &Task) -> Nanos {
        match task.kind {
            TaskKind::KernelThread => Nanos::FOREVER,
            TaskKind::User => each!(&self.policy, policy => policy.slice(task.id)),
        }
    }

    /// The rule that ends slices.
    pub(crate) fn slice_rule(&self) -> RuleId {
        each!(&self.policy, policy => policy.slice_rule())
    }

    /// A task has run for a time.
    pub(crate) fn charge(&mut self, task: &Task, passed: Nanos) {
        if task.kind == TaskKind::User {
            each!(&mut self.policy, policy => policy.charge(task.id, passed));
        }
    }

    /// A task's slice is used up.
    pub(crate) fn slice_over(&mut self, ctx: &Ctx<'_>, task: TaskId) -> Booked {
        each!(&mut self.policy, policy => policy.slice_over(ctx, task))
    }

    /// A task gives up the CPU of its own will; `blocks` if it is also the end of its burst.
    pub(crate) fn give_up(&mut self, ctx: &Ctx<'_>, task: TaskId, blocks: bool) -> Booked {
        match ctx.task(task).kind {
            TaskKind::KernelThread => Booked::default(),
            TaskKind::User => each!(&mut self.policy, policy => policy.give_up(ctx, task, blocks)),
        }
    }

    /// Roughly the memory it takes, in bytes.
    pub(crate) fn footprint(&self) -> usize {
        self.kernel.footprint() + each!(&self.policy, policy => policy.footprint())
    }

    /// When the policy has work to do by the clock.
    pub fn next_periodic(&self) -> Time {
        each!(&self.policy, policy => policy.next_periodic())
    }

    /// Does one piece of the work that is due.
    pub(crate) fn periodic(&mut self, ctx: &Ctx<'_>) -> Option<Periodic> {
        each!(&mut self.policy, policy => policy.periodic(ctx))
    }

    /// Changes a parameter; says whether the policy has it and the value fits.
    pub(crate) fn set(&mut self, ctx: &Ctx<'_>, param: Param, value: u64) -> bool {
        each!(&mut self.policy, policy => policy.set(ctx, param, value))
    }
}
