//! How things stand with the engine, and how the page follows it: one load at a time, one seek under way, the
//! others waiting, a fuller engine where a scenario takes one, and a restart where the engine died.

use std::collections::VecDeque;
use std::sync::Arc;

use kernelscope_session::protocol::{Generation, Reply, Request, RunId, Target};
use kernelscope_session::view::{Overview, Snapshot};
use kernelscope_share::params::Overrides;
use kernelscope_sim::scenario::Scenario;

use super::{Effect, Notice, Pages, Run, Shared, State, Want};
use crate::engine::{Kind, Report};
use crate::lessons::library;
use crate::ruler::Ruler;

/// How many jumps may wait. A key held down for long must not be felt after it is let go.
const WAITING: usize = 8;
/// How often in a row the engine is started again after it died without finishing a load.
const RESTARTS: u8 = 3;

/// How things stand with the engine.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct EngineState {
    /// Whether it can be asked anything.
    pub phase: Phase,
    /// The engine that there is, or is being started.
    pub kind: Kind,
    /// The fuller one that is to take over, while it is on its way.
    awaited: Option<Kind>,
    /// The number of the last load that was asked for.
    pub generation: Generation,
    /// How far that load is, in thousandths; none once it is there.
    pub loading: Option<u16>,
    /// How far the seek that is under way is, in thousandths; none if there is none.
    pub seeking: Option<u16>,
    /// Whether the last jump found nothing.
    pub nothing_found: bool,
    /// What to load, as soon as the engine is ready: also what to load again if it dies.
    pub(super) wanted: Option<Wanted>,
    /// What is on the screen, to go back to if the engine refuses what is wanted.
    pub(super) good: Option<Wanted>,
    /// The page of events that was asked for last.
    listed: Option<Want>,
    /// Seeks that wait for the one under way.
    pub(super) waiting: VecDeque<(RunId, Target)>,
    /// Deaths since the last load that was finished.
    pub(super) deaths: u8,
    /// Whether the engine died and nobody has been told yet that it is back.
    pub(super) restarted: bool,
}

/// Whether the engine can be asked anything.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Phase {
    /// It is being started.
    #[default]
    Starting,
    /// It listens.
    Ready,
    /// It cannot be started, or died too often.
    Failed,
}

/// Scenarios to be run, with how they depart from the document.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Wanted {
    pub(super) runs: Vec<(Shared<Arc<Scenario>>, Overrides)>,
    pub(super) ruler: Ruler,
    pub(super) at: Target,
}

impl Wanted {
    fn kind(&self) -> Kind {
        self.runs.iter().map(|(scenario, _)| Kind::of(scenario)).max().unwrap_or_default()
    }
}

impl EngineState {
    /// Whether an engine of that kind must be waited for.
    fn lacks(&self, kind: Kind) -> bool {
        kind > self.kind
    }

    /// Asks for it, once.
    fn await_kind(&mut self, kind: Kind, effects: &mut Vec<Effect>) {
        if self.awaited.replace(kind) != Some(kind) {
            effects.push(Effect::FetchEngine(kind));
        }
    }
}

impl State {
    /// Whether everything on the screen is up to date.
    pub fn settled(&self) -> bool {
        let engine = &self.engine;
        let still = engine.loading.is_none() && engine.seeking.is_none() && self.opening.is_none();
        still && engine.phase != Phase::Starting
    }

    /// Wants these scenarios run. An older load that is still under way is forgotten.
    pub(super) fn load(&mut self, wanted: Wanted, effects: &mut Vec<Effect>) {
        self.engine.wanted = Some(wanted);
        self.notices.retain(|notice| *notice != Notice::MemoryMissing);
        self.ask_to_load(effects);
    }

    pub(super) fn ask_to_load(&mut self, effects: &mut Vec<Effect>) {
        if self.opening.is_some() {
            // What a lesson is about to replace need not be run.
            return;
        }
        let engine = &mut self.engine;
        let (Phase::Ready, Some(wanted)) = (engine.phase, engine.wanted.as_ref()) else {
            return;
        };
        engine.generation.0 += 1;
        engine.loading = Some(0);
        engine.seeking = None;
        let kind = wanted.kind();
        if engine.lacks(kind) {
            return engine.await_kind(kind, effects);
        }
        let load = Request::Load {
            generation: engine.generation,
            runs: wanted.runs.iter().map(|(scenario, _)| Arc::clone(scenario)).collect(),
            at: wanted.at.clone(),
        };
        // The list on the screen is wanted of the new runs too: it comes with them.
        let listed = engine.listed.map(|want| want.request(engine.generation));
        effects.push(Effect::Ask(std::iter::once(load).chain(listed).collect()));
    }

    /// Asks for a piece of a run, unless it is the one that was asked for last and nothing was loaded since.
    pub(super) fn want(&mut self, want: Want, effects: &mut Vec<Effect>) {
        let engine = &mut self.engine;
        if let Want::Events { .. } = want
            && engine.listed.replace(want) == Some(want)
        {
            return;
        }
        effects.push(Effect::Ask(vec![want.request(engine.generation)]));
    }

    /// Moves the cursor, or remembers to. What is absolute replaces everything that waits; a jump from the
    /// cursor joins the queue.
    pub(super) fn seek(&mut self, run: RunId, to: Target, effects: &mut Vec<Effect>) {
        let waiting = &mut self.engine.waiting;
        if !matches!(to, Target::Next(_)) {
            waiting.clear();
        }
        if waiting.len() < WAITING {
            waiting.push_back((run, to));
        }
        self.next_seek(effects);
    }

    fn next_seek(&mut self, effects: &mut Vec<Effect>) {
        let engine = &mut self.engine;
        let engine_is_free =
            engine.phase == Phase::Ready && engine.loading.is_none() && engine.seeking.is_none();
        if !engine_is_free || self.runs.is_empty() {
            return;
        }
        if let Some((run, to)) = engine.waiting.pop_front() {
            engine.seeking = Some(0);
            effects.push(Effect::Ask(vec![Request::Seek { generation: engine.generation, run, to }]));
        }
    }

    /// Follows what the engine says.
    pub(super) fn heard(&mut self, report: Report, effects: &mut Vec<Effect>) {
        match report {
            Report::Ready(kind) => {
                self.keep_place();
                let engine = &mut self.engine;
                engine.phase = Phase::Ready;
                engine.kind = kind;
                engine.awaited = None;
                self.ask_to_load(effects);
                self.ask_to_sweep(effects);
            }
            Report::OtherBuild => effects.push(Effect::Reload),
            Report::Died(reason) => self.engine_died(reason),
            Report::Missing(reason) => self.engine_missing(reason, effects),
            Report::Reply(reply) => self.answered(*reply, effects),
        }
    }

    /// The engine client starts another by itself; this makes it load what was there, at the same moment.
    fn engine_died(&mut self, reason: String) {
        self.keep_place();
        let engine = &mut self.engine;
        engine.deaths += 1;
        engine.restarted = true;
        engine.seeking = None;
        engine.awaited = None;
        engine.loading = engine.wanted.is_some().then_some(0);
        engine.phase = Phase::Starting;
        if engine.deaths > RESTARTS {
            engine.phase = Phase::Failed;
            engine.loading = None;
            self.notices.push(Notice::EngineFailed(reason));
        }
    }

    /// An engine could not be fetched. If there is another one, it goes on with the last good run.
    fn engine_missing(&mut self, reason: String, effects: &mut Vec<Effect>) {
        let engine = &mut self.engine;
        engine.loading = None;
        engine.awaited = None;
        self.sweep.running = false;
        if engine.phase != Phase::Ready {
            engine.phase = Phase::Failed;
            self.notices.push(Notice::EngineFailed(reason));
            return;
        }
        self.notices.push(Notice::MemoryMissing);
        self.go_back(effects);
    }

    /// What is loaded again shows the moment that is on the screen.
    fn keep_place(&mut self) {
        let at = self.runs.first().map(|run| Target::Step(run.snapshot.step));
        let shown = self.engine.good.iter().map(|good| &good.runs);
        let is_shown = |wanted: &&mut Wanted| shown.into_iter().any(|runs| *runs == wanted.runs);
        if let (Some(at), Some(wanted)) = (at, self.engine.wanted.as_mut().filter(is_shown)) {
            wanted.at = at;
        }
    }

    /// The engine to begin with.
    pub(super) fn first_kind(&self) -> Kind {
        let wanted = self.engine.wanted.as_ref().map(Wanted::kind);
        self.opening.map_or(wanted.unwrap_or_default(), |(lesson, _)| library::kind(lesson))
    }

    /// Wants the sweep that is under way run, from its beginning.
    pub(super) fn ask_to_sweep(&mut self, effects: &mut Vec<Effect>) {
        let (Phase::Ready, true, Some(prepared)) =
            (self.engine.phase, self.sweep.running, &self.sweep.prepared)
        else {
            return;
        };
        let kinds = prepared.spec.curves.iter().flatten().map(|scenario| Kind::of(scenario));
        let kind = kinds.max().unwrap_or_default();
        if self.engine.lacks(kind) {
            return self.engine.await_kind(kind, effects);
        }
        self.sweep.points = Shared::default();
        let generation = Generation(self.sweep.generation);
        effects.push(Effect::Ask(vec![Request::Sweep { generation, spec: prepared.spec.clone() }]));
    }

    fn answered(&mut self, reply: Reply, effects: &mut Vec<Effect>) {
        let current = self.engine.generation;
        match reply {
            Reply::Swept { generation, points, done } if generation.0 == self.sweep.generation => {
                self.sweep.points.make_mut().extend(points);
                self.sweep.running &= !done;
            }
            Reply::Cancelled { generation } if generation.0 == self.sweep.generation => {
                self.sweep.running = false;
            }
            Reply::Progress { generation, permille, .. } if generation == current => {
                self.engine.loading = Some(permille);
            }
            Reply::Refused { generation, run, problems } if generation == current => {
                self.refused(run, problems, effects);
            }
            Reply::Loaded { generation, runs, snapshots } if generation == current => {
                self.loaded(runs, snapshots, effects);
            }
            Reply::Moving { generation, permille } if generation == current => {
                self.engine.seeking = self.engine.seeking.map(|_| permille);
            }
            Reply::Moved { generation, found, snapshots } if generation == current => {
                self.engine.seeking = None;
                self.engine.nothing_found = !found;
                if !found {
                    self.engine.waiting.clear();
                    self.playback.playing = false;
                }
                self.show(snapshots);
                self.next_seek(effects);
            }
            Reply::Tile { generation, run, tile } if generation == current => {
                self.change_pages(run, |pages| pages.tile = Some(Shared::new(tile)));
            }
            Reply::Events { generation, run, page } if generation == current => {
                self.change_pages(run, |pages| pages.events = Some(Shared::new(page)));
            }
            Reply::Memory { generation, run, view } if generation == current => {
                self.change_pages(run, |pages| pages.memory = Some(Shared::new(*view)));
            }
            // An answer to an older question.
            _ => {}
        }
    }

    fn loaded(&mut self, overviews: Vec<Overview>, snapshots: Vec<Snapshot>, effects: &mut Vec<Effect>) {
        let Some(wanted) = self.engine.wanted.clone() else {
            return;
        };
        let rows = wanted.runs.iter().zip(overviews).zip(snapshots);
        self.runs = rows
            .map(|(((scenario, overrides), overview), snapshot)| {
                Shared::new(Run {
                    scenario: scenario.clone(),
                    overrides: overrides.clone(),
                    ruler: wanted.ruler,
                    overview: Shared::new(overview),
                    snapshot: Shared::new(snapshot),
                })
            })
            .collect();
        self.pages = vec![Pages::default(); self.runs.len()];
        let engine = &mut self.engine;
        engine.loading = None;
        engine.deaths = 0;
        engine.good = Some(wanted);
        if std::mem::take(&mut engine.restarted) {
            self.notices.push(Notice::EngineRestarted);
        }
        self.playback.playing |= std::mem::take(&mut self.playback.due);
        let tasks = self.runs.first().map_or(0, |run| run.overview.tasks.len());
        self.selection.task = self.selection.task.filter(|task| task.index() < tasks);
        self.selection.step = None;
        self.selection.run =
            self.selection.run.min(u8::try_from(self.runs.len().saturating_sub(1)).unwrap_or(0));
        self.next_seek(effects);
    }

    /// What the page found right, the machine finds wrong: the problems are shown, and the last good run is
    /// loaded again, because the engine has let go of it.
    fn refused(
        &mut self,
        run: RunId,
        problems: Vec<kernelscope_sim::diagnostic::Diagnostic>,
        effects: &mut Vec<Effect>,
    ) {
        self.engine.loading = None;
        if run.0 == 0 {
            self.work.problems = Shared::new(problems);
        }
        self.go_back(effects);
    }

    /// Loads the last good run again, unless that is what just failed.
    fn go_back(&mut self, effects: &mut Vec<Effect>) {
        let failed = std::mem::replace(&mut self.engine.wanted, self.engine.good.clone());
        if failed != self.engine.wanted {
            self.keep_place();
            self.ask_to_load(effects);
        }
    }

    fn show(&mut self, snapshots: Vec<Snapshot>) {
        for (run, snapshot) in self.runs.iter_mut().zip(snapshots) {
            run.make_mut().snapshot = Shared::new(snapshot);
        }
    }

    fn change_pages(&mut self, run: RunId, change: impl FnOnce(&mut Pages)) {
        if let Some(pages) = self.pages.get_mut(usize::from(run.0)) {
            change(pages);
        }
    }
}
