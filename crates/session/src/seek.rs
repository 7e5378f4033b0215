//! Going somewhere in a run, in slices: find out which step is meant, go to the one before it, take it.

use kernelscope_sim::ids::TaskId;
use kernelscope_sim::machine::Stop;
use kernelscope_sim::sink::Totals;
use kernelscope_sim::time::Time;

use crate::protocol::{Jump, JumpKind, Target};
use crate::query::{Query, QueryKind};
use crate::run::{Cursor, Run};
use crate::search::{Search, permille};
use crate::traveller::{Step, Traveller};

/// A way to somewhere.
pub(crate) struct Seek {
    stage: Stage,
    traveller: Option<Traveller>,
    /// The step from which it is walking.
    from: u64,
}

enum Stage {
    /// Looking for an event.
    Search(Box<Search>),
    /// Looking for a step of an instant; the last one if none is said.
    Instant { at: Time, ordinal: Option<u32> },
    /// Going to this step, if it still belongs to the instant.
    Within { at: Time, step: u64 },
    /// Going to this step.
    Walk(u64),
    /// There is no such place.
    Nowhere,
}

impl Seek {
    /// To the target, seen from where the cursor of the run stands.
    pub(crate) fn new(run: &Run, target: &Target) -> Seek {
        let stage = match target {
            Target::Start => Stage::Walk(0),
            Target::End => Stage::Walk(run.steps()),
            Target::Step(step) => Stage::Walk((*step).min(run.steps())),
            Target::Time(at) => Stage::Instant { at: *at, ordinal: None },
            Target::Moment { at, ordinal } => Stage::Instant { at: *at, ordinal: Some(*ordinal) },
            Target::Next(jump) => jump_from(run, jump),
            Target::Query(query) => ask(run, query),
        };
        Seek { stage, traveller: None, from: 0 }
    }

    /// Takes at most about `budget` steps, and takes them off it. The place, or none if there is none; nothing at all
    /// as long as it is on its way.
    pub(crate) fn work(&mut self, run: &Run, step: &mut Step, budget: &mut u64) -> Option<Option<Cursor>> {
        loop {
            match &mut self.stage {
                Stage::Search(search) => match search.work(run, step, budget)? {
                    Some(found) => self.stage = Stage::Walk(found),
                    None => return Some(None),
                },
                Stage::Instant { at, ordinal } => {
                    let (at, ordinal) = (*at, *ordinal);
                    self.stage = self.step_of(run, at, ordinal, budget)?;
                }
                Stage::Within { at, step: meant } => {
                    let (at, meant) = (*at, *meant);
                    self.walk(run, meant, budget)?;
                    let left = self.traveller.as_ref().is_none_or(|here| here.machine().now() > at);
                    self.stage = if left { Stage::Instant { at, ordinal: None } } else { Stage::Walk(meant) };
                }
                Stage::Walk(0) => return Some(Some(run.start())),
                Stage::Walk(to) => {
                    let before = *to - 1;
                    self.walk(run, before, budget)?;
                    return self.traveller.as_ref().map(|there| Some(run.arrive(there, step)));
                }
                Stage::Nowhere => return Some(None),
            }
        }
    }

    /// How much of its way it has made, in thousandths, as well as that can be known.
    pub(crate) fn permille(&self, run: &Run) -> u16 {
        let here = self.traveller.as_ref().map_or(0, Traveller::steps);
        match &self.stage {
            Stage::Search(search) => search.permille(run),
            Stage::Within { step: to, .. } | Stage::Walk(to) => {
                permille(here.saturating_sub(self.from), to.saturating_sub(self.from))
            }
            Stage::Instant { .. } | Stage::Nowhere => 0,
        }
    }

    /// Brings the traveller to a step. Nothing as long as it is not there.
    fn walk(&mut self, run: &Run, to: u64, budget: &mut u64) -> Option<()> {
        let known = run.nearest(to);
        let here = self.traveller.as_ref().map(Traveller::steps).filter(|steps| *steps <= to);
        if here.is_none_or(|here| here < known.steps()) {
            self.traveller = Some(known.clone());
            self.from = known.steps();
        }
        let traveller = self.traveller.as_mut()?;
        while traveller.steps() < to {
            *budget = budget.checked_sub(1)?;
            traveller.pass();
        }
        Some(())
    }

    /// The step that is meant: the last one up to an instant, or one of the instant's. An instant in which less happens
    /// has its last one meant.
    fn step_of(&mut self, run: &Run, at: Time, ordinal: Option<u32>, budget: &mut u64) -> Option<Stage> {
        let before = match ordinal {
            None => Some(at),
            Some(_) => at.0.checked_sub(1).map(Time),
        };
        let block = before.map_or(0, |before| run.blocks().steps_until(before)).min(run.steps());
        self.walk(run, block, budget)?;
        let last = before.map_or(0, |before| self.last_until(before));
        Some(match ordinal {
            None => Stage::Walk(last),
            Some(ordinal) => {
                Stage::Within { at, step: last.saturating_add(u64::from(ordinal)).min(run.steps()) }
            }
        })
    }

    /// The last step up to an instant that lies in the block at whose start the traveller stands.
    fn last_until(&self, at: Time) -> u64 {
        let mut probe = self.traveller.as_ref().map(|traveller| traveller.machine().clone());
        probe.as_mut().map(|probe| probe.run(Stop::Time(at), &mut Totals));
        probe.map_or(0, |probe| probe.steps())
    }
}

fn jump_from(run: &Run, jump: &Jump) -> Stage {
    let here = run.cursor().snapshot.step;
    let kind = QueryKind::Jump(jump.kind);
    match (jump.kind, jump.task, jump.back) {
        (JumpKind::Stage, None, false) if here < run.steps() => Stage::Walk(here + 1),
        (JumpKind::Stage, None, true) if here > 0 => Stage::Walk(here - 1),
        (_, task, false) => Stage::Search(Box::new(Search::forward(kind, task, Time::ZERO, here, 0))),
        // The start is before everything that can be jumped to.
        (_, _, true) if here == 0 => Stage::Nowhere,
        (_, task, true) => Stage::Search(Box::new(Search::back(kind, task, here))),
    }
}

fn ask(run: &Run, query: &Query) -> Stage {
    let named =
        |name: &String| run.overview().tasks.iter().find(|task| task.name == *name).map(|task| task.id);
    let task: Option<TaskId> = match &query.task {
        Some(name) => match named(name) {
            Some(task) => Some(task),
            None => return Stage::Nowhere,
        },
        None => None,
    };
    match query.ordinal.checked_sub(1) {
        Some(skip) => Stage::Search(Box::new(Search::forward(query.kind, task, query.from, 0, skip))),
        None => Stage::Nowhere,
    }
}
