//! The engine behind the messages: it is asked, and works in slices that are counted in steps, so that whoever runs
//! it can listen in between. It knows no clock and no thread; it is the same in a worker, on the page and natively.
//!
//! What the reader waits for comes first: moving the cursor, then the timeline, then the list of events, then
//! loading, then a sweep. The runs of the last load stay until those of a new one are complete, so that a scenario
//! that turns out wrong, or a load that is cancelled, loses nothing.

use std::sync::Arc;

use kernelscope_sim::diagnostic::{Allowed, Code, Diagnostic};
use kernelscope_sim::machine::Machine;
use kernelscope_sim::scenario::Scenario;

use crate::load::{Loading, Room};
use crate::protocol::{Generation, Reply, Request, RunId, Target};
use crate::run::Run;
use crate::session::Session;
use crate::sweep::{SweepPoint, Sweeper};

/// How many runs can be loaded side by side.
pub const MOST_RUNS: usize = 4;

/// What all runs together may keep.
pub const ROOM: Room = Room { checkpoints: 64 << 20, index: 64 << 20 };

/// The engine.
pub struct Engine {
    room: Room,
    session: Option<Session>,
    load: Option<Box<Load>>,
    sweep: Option<(Generation, Sweeper)>,
    /// What can be answered at once.
    answers: Vec<Reply>,
}

/// A load at work.
struct Load {
    generation: Generation,
    at: Target,
    /// The machines still to be run, the next last.
    left: Vec<Machine>,
    current: Loading,
    done: Vec<Run>,
    room: Room,
    /// What was asked about it meanwhile.
    asked: Vec<Request>,
}

impl Default for Engine {
    fn default() -> Engine {
        Engine::new()
    }
}

impl Engine {
    /// An engine with nothing loaded.
    pub fn new() -> Engine {
        Engine::with_room(ROOM)
    }

    /// The same with another amount of memory.
    pub fn with_room(room: Room) -> Engine {
        Engine { room, session: None, load: None, sweep: None, answers: Vec::new() }
    }

    /// Takes in a request. What is about another load than the present ones is dropped.
    pub fn ask(&mut self, request: Request) {
        match request {
            Request::Load { generation, runs, at } => self.start_load(generation, runs, at),
            Request::Sweep { generation, spec } => self.sweep = Some((generation, Sweeper::new(&spec))),
            Request::Cancel { generation } => self.cancel(generation),
            Request::Seek { generation, .. }
            | Request::Tile { generation, .. }
            | Request::Events { generation, .. }
            | Request::Memory { generation, .. } => {
                if let Some(load) = self.load.as_mut().filter(|load| load.generation == generation) {
                    load.asked.push(request);
                } else if let Some(session) = self.session.as_mut().filter(|it| it.generation() == generation)
                {
                    session.ask(request);
                }
            }
        }
    }

    /// Whether there is something to do.
    pub fn busy(&self) -> bool {
        let asked = self.session.as_ref().is_some_and(Session::busy);
        asked || self.load.is_some() || self.sweep.is_some() || !self.answers.is_empty()
    }

    /// Works for about so many steps, and adds what there is to say to `replies`.
    pub fn work(&mut self, budget: u64, replies: &mut Vec<Reply>) {
        replies.append(&mut self.answers);
        let mut budget = budget.max(1);
        while budget > 0 {
            if let Some(session) = self.session.as_mut().filter(|session| session.busy()) {
                replies.extend(session.work(&mut budget));
            } else if let Some(load) = self.load.take() {
                match load.work(&mut budget) {
                    Ok(session) => self.session = Some(session),
                    Err(load) => self.load = Some(load),
                }
            } else if let Some((_, sweeper)) = &mut self.sweep {
                let point = sweeper.work(&mut budget);
                self.report_point(point, replies);
            } else {
                return;
            }
        }
        replies.extend(self.session.as_ref().and_then(Session::progress));
        replies.extend(self.load.as_deref().map(Load::progress));
    }

    /// How many bytes the loaded runs keep: of checkpoints, and of their index.
    pub fn footprint(&self) -> (u64, u64) {
        self.session.as_ref().map_or((0, 0), Session::footprint)
    }

    fn start_load(&mut self, generation: Generation, runs: Vec<Arc<Scenario>>, at: Target) {
        // Nobody waits for an older load any more, not even if this one is refused.
        self.load = None;
        let mut refuse = |run: usize, problems: Vec<Diagnostic>| {
            let run = RunId(u8::try_from(run).unwrap_or(u8::MAX));
            self.answers.push(Reply::Refused { generation, run, problems });
        };
        if runs.is_empty() {
            return refuse(0, vec![Diagnostic::new("runs", Code::Empty)]);
        }
        if runs.len() > MOST_RUNS {
            let problem = Diagnostic::new("runs", Code::TooMany).found(runs.len());
            return refuse(MOST_RUNS, vec![problem.allowed(Allowed::AtMost(MOST_RUNS as u64))]);
        }
        let mut machines = Vec::with_capacity(runs.len());
        for (place, scenario) in runs.into_iter().enumerate() {
            match Machine::new(scenario) {
                Ok(machine) => machines.push(machine),
                Err(problems) => refuse(place, problems),
            }
        }
        if !self.answers.iter().any(|answer| refuses(answer, generation)) {
            self.load = Load::new(generation, machines, at, self.room_beside_session());
        }
    }

    /// The room for new runs. The old ones keep what they have if it is at most half; else their checkpoints go, and
    /// if their index is too large, they go themselves.
    fn room_beside_session(&mut self) -> Room {
        let half = Room { checkpoints: self.room.checkpoints / 2, index: self.room.index / 2 };
        if self.footprint().1 > half.index {
            self.session = None;
        }
        if let Some(session) = self.session.as_mut().filter(|it| it.footprint().0 > half.checkpoints) {
            session.shed();
        }
        let (checkpoints, index) = self.footprint();
        Room {
            checkpoints: self.room.checkpoints.saturating_sub(checkpoints),
            index: self.room.index - index,
        }
    }

    fn cancel(&mut self, generation: Generation) {
        let sweep = self.sweep.take_if(|(sweep, _)| *sweep == generation).is_some();
        if sweep || self.load.take_if(|load| load.generation == generation).is_some() {
            self.answers.push(Reply::Cancelled { generation });
        }
    }

    fn report_point(&mut self, point: Option<SweepPoint>, replies: &mut Vec<Reply>) {
        let Some((generation, sweeper)) = &self.sweep else { return };
        let (now, over) = (*generation, sweeper.is_done());
        match replies.last_mut() {
            Some(Reply::Swept { generation, points, done }) if *generation == now => {
                points.extend(point);
                *done = over;
            }
            _ if point.is_some() || over => {
                let points = point.into_iter().collect();
                replies.push(Reply::Swept { generation: now, points, done: over });
            }
            _ => {}
        }
        if over {
            self.sweep = None;
        }
    }
}

impl Load {
    /// Before the first step of the first machine; none if there is no machine.
    fn new(generation: Generation, machines: Vec<Machine>, at: Target, room: Room) -> Option<Box<Load>> {
        let count = machines.len() as u64;
        let room = Room { checkpoints: room.checkpoints / count.max(1), index: room.index / count.max(1) };
        let mut left = machines;
        left.reverse();
        let current = Loading::new(left.pop()?, room);
        Some(Box::new(Load { generation, at, left, current, done: Vec::new(), room, asked: Vec::new() }))
    }

    /// Works on. The runs with what was asked about them, once they are complete; before that, the rest of the work.
    fn work(mut self: Box<Load>, budget: &mut u64) -> Result<Session, Box<Load>> {
        if !self.current.work(budget) {
            return Err(self);
        }
        if let Some(next) = self.left.pop() {
            let complete = std::mem::replace(&mut self.current, Loading::new(next, self.room));
            self.done.push(complete.finish());
            return Err(self);
        }
        let Load { generation, at, current, mut done, asked, .. } = *self;
        done.push(current.finish());
        let mut session = Session::new(generation, done, &at);
        asked.into_iter().for_each(|request| session.ask(request));
        Ok(session)
    }

    fn progress(&self) -> Reply {
        let done: u64 = self.done.iter().map(Run::steps).sum();
        let runs = self.done.len() + 1 + self.left.len();
        let permille = (self.done.len() * 1000 + usize::from(self.current.permille())) / runs;
        Reply::Progress {
            generation: self.generation,
            steps: done + self.current.steps(),
            permille: permille as u16,
        }
    }
}

fn refuses(answer: &Reply, load: Generation) -> bool {
    matches!(answer, Reply::Refused { generation, .. } if *generation == load)
}
