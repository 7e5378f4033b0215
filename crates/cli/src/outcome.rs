//! A run from its start to its end, by the same engine that the page uses.

use std::sync::Arc;

use kernelscope_session::engine::Engine;
use kernelscope_session::protocol::{Generation, Reply, Request, RunId, Target};
use kernelscope_session::timeline::MOST_COLUMNS;
use kernelscope_session::view::{Overview, Tile};
use kernelscope_sim::event::{Event, EventKind};
use kernelscope_sim::ids::{CpuId, TaskId};
use kernelscope_sim::machine::{Machine, Progress, Stop};
use kernelscope_sim::scenario::Scenario;
use kernelscope_sim::sink::Micro;
use kernelscope_sim::time::{Nanos, Time};

use crate::Failure;
use crate::source::Source;

/// What came out of a run.
pub(crate) struct Outcome {
    pub(crate) overview: Overview,
    /// All of its timeline, as finely as the engine has it.
    pub(crate) tile: Tile,
}

/// Steps between two looks at the engine's answers.
const SLICE: u64 = 1 << 20;

impl Outcome {
    /// Runs a scenario to its end.
    pub(crate) fn of(source: &Source, scenario: &Arc<Scenario>) -> Result<Outcome, Failure> {
        let generation = Generation(1);
        let run = RunId(0);
        let mut engine = Engine::new();
        engine.ask(Request::Load { generation, runs: vec![Arc::clone(scenario)], at: Target::End });
        let mut overview = None;
        loop {
            for reply in answers(&mut engine) {
                match reply {
                    Reply::Loaded { runs, .. } => {
                        overview = runs.into_iter().next();
                        let end = overview.as_ref().map_or(Time::ZERO, |overview| overview.end);
                        let window = (Time::ZERO, end.max(Time(1)));
                        engine.ask(Request::Tile { generation, run, window, px: MOST_COLUMNS });
                    }
                    Reply::Tile { tile, .. } => {
                        if let Some(overview) = overview.take() {
                            return Ok(Outcome { overview, tile });
                        }
                    }
                    Reply::Refused { problems, .. } => {
                        return Err(Failure::Scenario(source.report(&problems)));
                    }
                    _ => {}
                }
            }
            if !engine.busy() {
                return Err(Failure::Usage("the engine gave no answer".to_owned()));
            }
        }
    }
}

/// What the engine says after one slice of work.
pub(crate) fn answers(engine: &mut Engine) -> Vec<Reply> {
    let mut replies = Vec::new();
    engine.work(SLICE, &mut replies);
    replies
}

/// A task running its own operations on a CPU.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Piece {
    pub(crate) start: Time,
    pub(crate) length: Nanos,
    pub(crate) cpu: CpuId,
    pub(crate) task: TaskId,
}

/// Who ran when, in the order of time: kernel work and switches are between the pieces, not in them.
pub(crate) fn schedule(scenario: &Arc<Scenario>) -> Vec<Piece> {
    let Ok(mut machine) = Machine::new(Arc::clone(scenario)) else { return Vec::new() };
    let mut schedule = Schedule::default();
    let mut events = Micro::default();
    while machine.progress() == Progress::Going {
        machine.run(Stop::Step(machine.steps() + SLICE), &mut events);
        events.0.drain(..).for_each(|event| schedule.event(event));
    }
    schedule.finish(machine.now())
}

#[derive(Default)]
struct Schedule {
    /// Who runs on each CPU, and since when.
    running: Vec<Option<(TaskId, Time)>>,
    pieces: Vec<Piece>,
}

impl Schedule {
    fn event(&mut self, event: Event) {
        let Some(cpu) = event.cpu else { return };
        if self.running.len() <= cpu.index() {
            self.running.resize(cpu.index() + 1, None);
        }
        match (event.kind, event.task) {
            (EventKind::Run | EventKind::ReturnFromTrap, Some(task)) => {
                self.running[cpu.index()].get_or_insert((task, event.at));
            }
            (
                EventKind::KernelEntry { .. }
                | EventKind::Preempt { .. }
                | EventKind::SliceEnd { .. }
                | EventKind::Yield
                | EventKind::Block { .. }
                | EventKind::Exit { .. }
                | EventKind::Killed { .. },
                _,
            ) => self.stop(cpu, event.at),
            _ => {}
        }
    }

    fn stop(&mut self, cpu: CpuId, at: Time) {
        let Some((task, start)) = self.running.get_mut(cpu.index()).and_then(Option::take) else { return };
        if start == at {
            return;
        }
        let length = at.since(start);
        let last = self.pieces.iter_mut().rev().find(|piece| piece.cpu == cpu);
        match last.filter(|last| last.task == task && last.start + last.length == start) {
            Some(last) => last.length += length,
            None => self.pieces.push(Piece { start, length, cpu, task }),
        }
    }

    fn finish(mut self, end: Time) -> Vec<Piece> {
        for cpu in 0..self.running.len() {
            self.stop(CpuId::from_index(cpu), end);
        }
        self.pieces.sort_by_key(|piece| (piece.start, piece.cpu));
        self.pieces
    }
}
