//! Loading: a run is made once from start to end, and everything that is kept of it is written down on the way.

use std::hash::Hasher;
use std::sync::Arc;

use kernelscope_sim::event::{EndReason, Event, EventKind, ProcessEvent};
use kernelscope_sim::fingerprint::Fnv;
use kernelscope_sim::ids::TaskId;
use kernelscope_sim::machine::{Machine, Progress};
use kernelscope_sim::scenario::Scenario;
use kernelscope_sim::task::Task;
use kernelscope_sim::time::Nanos;

use crate::blocks::Blocks;
use crate::checkpoints::Checkpoints;
use crate::fold::lanes::Lanes;
use crate::fold::service::Service;
use crate::memory::History;
use crate::prepare::{Prepare, STRETCHES_A_STEP};
use crate::run::Run;
use crate::search::permille;
use crate::summary::{self, Latencies};
use crate::traveller::{Step, Traveller};
use crate::view::{Mark, MarkKind, Overview, TaskName};

/// How many bytes a run may keep.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Room {
    /// Of checkpoints.
    pub checkpoints: u64,
    /// Of the index: the lanes of the timeline above all.
    pub index: u64,
}

/// Boosts are marked as long as there are not more of them than this; then every second one.
const MOST_BOOSTS: usize = 2048;

/// How often the size of the index is looked at, in steps.
const LOOK_EVERY: u64 = 1024;

/// A run that is being made.
pub(crate) struct Loading {
    traveller: Traveller,
    step: Step,
    checkpoints: Checkpoints<Traveller>,
    lanes: Lanes,
    /// Whether the index outgrows its room, so that fine detail has to go before the run goes on.
    crowded: bool,
    /// The lanes of the complete run.
    prepare: Option<Prepare>,
    blocks: Blocks,
    marks: Marks,
    /// How memory goes, if there is any.
    history: Option<History>,
    latencies: Latencies,
    service: Service,
    log: Fnv,
    room: Room,
    ended: Option<EndReason>,
}

impl Loading {
    /// Before the first step of a machine.
    pub(crate) fn new(machine: Machine, room: Room) -> Loading {
        let scenario = Arc::clone(machine.scenario());
        let history = machine.memory().map(|_| History::default());
        let traveller = Traveller::new(machine);
        Loading {
            step: Step::default(),
            checkpoints: Checkpoints::new(traveller.clone(), traveller.footprint(), room.checkpoints),
            traveller,
            lanes: Lanes::new(&scenario),
            crowded: false,
            prepare: None,
            blocks: Blocks::default(),
            marks: Marks::new(&scenario),
            history,
            latencies: Latencies::default(),
            service: Service::default(),
            log: Fnv::default(),
            room,
            ended: None,
        }
    }

    /// How many steps have been taken.
    pub(crate) fn steps(&self) -> u64 {
        self.traveller.steps()
    }

    /// How far along it is, in thousandths, as well as the limits of the scenario tell.
    pub(crate) fn permille(&self) -> u16 {
        let limits = self.traveller.machine().scenario().limits;
        let by_steps = permille(self.steps(), limits.steps);
        let now = self.traveller.machine().now().0;
        limits.until.map_or(by_steps, |until| by_steps.max(permille(now, until.0)))
    }

    /// Works for about `budget` steps, and takes them off it. Says whether the run is complete and ready.
    pub(crate) fn work(&mut self, budget: &mut u64) -> bool {
        while *budget > 0 && (self.crowded || self.ended.is_none()) {
            if self.crowded {
                self.crowded = self.drop_detail(budget);
            } else {
                *budget -= 1;
                self.take_step();
            }
        }
        if self.crowded || self.ended.is_none() {
            return false;
        }
        let Loading { lanes, traveller, .. } = self;
        let end = traveller.machine().now();
        self.prepare.get_or_insert_with(|| Prepare::new(lanes.complete(end))).work(budget)
    }

    fn take_step(&mut self) {
        let Loading { traveller, step, .. } = self;
        let before = chosen(traveller.machine());
        if let Progress::Ended(reason) = traveller.step(step) {
            self.ended = Some(reason);
        }
        let now_chosen = chosen(traveller.machine());
        if now_chosen.0 > before.0 {
            self.latencies.add(Nanos(now_chosen.1 - before.1));
        }
        let (steps, now) = (traveller.steps(), traveller.machine().now());
        for event in step.events() {
            self.lanes.event(event);
            self.log.event(event);
            self.marks.event(event, steps);
            self.service.event(event);
        }
        self.blocks.note(steps, now, step.events());
        if let Some(history) = &mut self.history {
            history.note(traveller.machine(), step.events());
        }
        if self.checkpoints.wants(steps) {
            self.checkpoints.keep(steps, traveller, traveller.footprint());
        }
        if steps.is_multiple_of(LOOK_EVERY) {
            self.crowded = self.is_crowded();
        }
    }

    /// Whether the index leaves too little room for what is made of it in the end.
    fn is_crowded(&self) -> bool {
        self.lanes.footprint() + self.blocks.footprint() > self.room.index / 4 * 3
    }

    /// Drops fine detail, lane by lane, for about `budget` steps. Says whether there is more of it to drop.
    fn drop_detail(&mut self, budget: &mut u64) -> bool {
        let mut stretches = budget.saturating_mul(STRETCHES_A_STEP);
        let dropped = self.lanes.coarsen(&mut stretches);
        *budget = stretches / STRETCHES_A_STEP;
        dropped.is_none_or(|saved| saved && self.is_crowded())
    }

    /// The complete run, at its start.
    ///
    /// # Panics
    /// When it is not complete and ready.
    pub(crate) fn finish(self) -> Run {
        let (Some(reason), Some(prepare)) = (self.ended, self.prepare) else {
            unreachable!("the run goes on")
        };
        let machine = self.traveller.machine();
        let slowdown = |task: &Task| summary::slowdown(task, self.service.of(task.id));
        let lanes = prepare.finish();
        let overview = Overview {
            steps: machine.steps(),
            end: machine.now(),
            reason,
            tasks: names(machine),
            lanes: lanes.iter().map(|(lane, _)| *lane).collect(),
            tasks_metrics: summary::of_tasks(machine, slowdown),
            metrics: summary::of_run(machine, self.latencies.p95()),
            marks: self.marks.all,
            memory: self.history.map(|history| history.finish(machine)),
            fingerprint: (machine.fingerprint(), self.log.finish()),
        };
        let lanes = lanes.into_iter().map(|(_, track)| track).collect();
        Run::new(overview, lanes, self.blocks, self.checkpoints)
    }
}

/// How often a task has been chosen for a CPU, and how long all of them had been ready. No step chooses two.
fn chosen(machine: &Machine) -> (u64, u64) {
    let totals = machine.totals();
    (totals.dispatches, totals.latency_sum)
}

/// The tasks of a run, those included that inputs added or that others forked.
fn names(machine: &Machine) -> Vec<TaskName> {
    let tasks = machine.tasks().iter();
    tasks
        .map(|task| TaskName { id: task.id, pid: task.pid, name: machine.name_of(task.id), kind: task.kind })
        .collect()
}

/// The moments worth a mark, while they are being collected.
struct Marks {
    all: Vec<Mark>,
    boosts: usize,
    /// Of so many boosts one is marked.
    every: usize,
    inputs: u32,
    /// Tasks that the scenario starts with; those behind them are forked, or added by inputs.
    first_tasks: usize,
    /// The child that has been forked last.
    child: Option<TaskId>,
}

impl Marks {
    fn new(scenario: &Scenario) -> Marks {
        let first_tasks = scenario.processes.len();
        Marks { all: Vec::new(), boosts: 0, every: 1, inputs: 0, first_tasks, child: None }
    }

    fn event(&mut self, event: &Event, step: u64) {
        let kind = match event.kind {
            EventKind::Boost { .. } => {
                self.boosts += 1;
                if !self.boosts.is_multiple_of(self.every) {
                    return;
                }
                MarkKind::Boost
            }
            // Inputs are applied in the order of their list, and each tells so by one of these.
            EventKind::Set { .. } | EventKind::Signal { .. } | EventKind::InputIgnored { .. } => self.input(),
            EventKind::Process(ProcessEvent::Fork { child }) => {
                self.child = Some(child);
                return;
            }
            EventKind::Arrive
                if event.task != self.child
                    && event.task.is_some_and(|task| task.index() >= self.first_tasks) =>
            {
                self.input()
            }
            EventKind::End(EndReason::Done) => return,
            EventKind::End(_) => MarkKind::Stopped,
            _ => return,
        };
        self.all.push(Mark { at: event.at, step, kind });
        if self.boosts / self.every > MOST_BOOSTS {
            self.thin();
        }
    }

    fn input(&mut self) -> MarkKind {
        self.inputs += 1;
        MarkKind::Input(self.inputs - 1)
    }

    fn thin(&mut self) {
        self.every *= 2;
        let mut kept = false;
        self.all.retain(|mark| {
            kept = mark.kind != MarkKind::Boost || !kept;
            kept
        });
    }
}
