//! The runs of one load, side by side under one cursor, and what was asked about them.

use std::collections::VecDeque;

use kernelscope_sim::time::Time;

use crate::events::{Paging, Wanted};
use crate::memory::Looking;
use crate::protocol::{Generation, Reply, Request, RunId, Target};
use crate::run::{Cursor, Run};
use crate::seek::Seek;
use crate::traveller::Step;
use crate::view::Look;

/// More jumps than this are not remembered; nobody presses a key that often.
const MOST_JUMPS: usize = 64;

/// How many steps are spent on a page of events before the cursor has its turn again.
const PAGE_TURN: u64 = 4096;

/// What answering a piece of the timeline costs, in steps.
const TILE: u64 = 1024;

/// Loaded runs.
pub(crate) struct Session {
    generation: Generation,
    runs: Vec<Run>,
    seeks: VecDeque<(usize, Target)>,
    moving: Option<Moving>,
    tiles: Vec<Option<((Time, Time), u32)>>,
    pages: Vec<Option<Wanted>>,
    paging: Option<(usize, Paging)>,
    looks: Vec<Option<Look>>,
    looking: Option<(usize, Box<Looking>)>,
    page_next: bool,
    step: Step,
}

/// A move of all cursors.
struct Moving {
    /// The run that the target is about.
    first: usize,
    target: Target,
    seek: Seek,
    /// Where the runs will stand: that one, then the others in order.
    arrived: Vec<(usize, Cursor)>,
    /// Whether this is the first move, which ends the load.
    opens: bool,
}

impl Session {
    /// Runs that are complete, with the cursors on their way to `at`.
    pub(crate) fn new(generation: Generation, runs: Vec<Run>, at: &Target) -> Session {
        let count = runs.len();
        let moving = runs.first().map(|run| Moving {
            first: 0,
            target: at.clone(),
            seek: Seek::new(run, at),
            arrived: Vec::new(),
            opens: true,
        });
        Session {
            generation,
            runs,
            seeks: VecDeque::new(),
            moving,
            tiles: vec![None; count],
            pages: vec![None; count],
            paging: None,
            looks: vec![None; count],
            looking: None,
            page_next: false,
            step: Step::default(),
        }
    }

    /// The load that these are the runs of.
    pub(crate) fn generation(&self) -> Generation {
        self.generation
    }

    /// Takes in a request about them. One about a run that there is not is dropped.
    pub(crate) fn ask(&mut self, request: Request) {
        let known = |run: RunId| Some(usize::from(run.0)).filter(|run| *run < self.runs.len());
        match request {
            Request::Seek { run, to, .. } => {
                let Some(run) = known(run) else { return };
                if !matches!(to, Target::Next(_)) {
                    self.seeks.clear();
                }
                if self.seeks.len() < MOST_JUMPS {
                    self.seeks.push_back((run, to));
                }
            }
            Request::Tile { run, window, px, .. } => {
                let Some(run) = known(run) else { return };
                self.tiles[run] = Some((window, px));
            }
            Request::Events { run, around, count, choice, .. } => {
                let Some(run) = known(run) else { return };
                self.pages[run] = Some(Wanted { around, count, choice });
                // A page that a moving cursor has left behind is finished: else a cursor that keeps moving never has one.
                self.paging.take_if(|(of, paging)| *of == run && paging.wanted().choice != choice);
            }
            Request::Memory { run, look, .. } => {
                let Some(run) = known(run) else { return };
                self.looks[run] = Some(look);
            }
            Request::Load { .. } | Request::Sweep { .. } | Request::Cancel { .. } => {}
        }
    }

    /// Whether there is something to answer.
    pub(crate) fn busy(&self) -> bool {
        let moves = self.moving.is_some() || !self.seeks.is_empty();
        moves || self.tiles.iter().any(Option::is_some) || self.reads()
    }

    /// Works on what is most urgent, for about `budget` steps, and takes them off it. Gives an answer when it has one.
    pub(crate) fn work(&mut self, budget: &mut u64) -> Option<Reply> {
        if let Some(tile) = self.answer_tile(budget) {
            return Some(tile);
        }
        let moves = self.moving.is_some() || !self.seeks.is_empty();
        if self.reads() && (self.page_next || !moves) {
            self.page_next = false;
            let mut turn = PAGE_TURN.min(*budget);
            *budget -= turn;
            let answer = self.look(&mut turn).or_else(|| self.page(&mut turn));
            *budget += turn;
            return answer;
        }
        let answer = self.make_moves(budget);
        self.page_next = answer.is_some();
        answer
    }

    /// How far a move of the cursors is, if one is under way that does not end a load.
    pub(crate) fn progress(&self) -> Option<Reply> {
        let moving = self.moving.as_ref().filter(|moving| !moving.opens)?;
        let of_run = usize::from(moving.seek.permille(&self.runs[moving.next_run()]));
        let permille = (moving.arrived.len() * 1000 + of_run) / self.runs.len();
        Some(Reply::Moving { generation: self.generation, permille: permille as u16 })
    }

    /// How many bytes the runs keep: of checkpoints, and of their index.
    pub(crate) fn footprint(&self) -> (u64, u64) {
        let runs = self.runs.iter();
        runs.fold((0, 0), |(checkpoints, index), run| {
            (checkpoints + run.checkpoint_bytes(), index + run.index_bytes())
        })
    }

    /// Keeps only what is needed to be shown, if slowly.
    pub(crate) fn shed(&mut self) {
        self.runs.iter_mut().for_each(Run::shed);
    }

    /// Whether events are to be made again for a list or for a look at memory.
    fn reads(&self) -> bool {
        let asked = self.pages.iter().any(Option::is_some) || self.looks.iter().any(Option::is_some);
        asked || self.paging.is_some() || self.looking.is_some()
    }

    fn answer_tile(&mut self, budget: &mut u64) -> Option<Reply> {
        // Nothing is told of runs that have not been announced.
        if self.moving.as_ref().is_some_and(|moving| moving.opens) {
            return None;
        }
        let (run, (window, px)) =
            (0..).zip(&mut self.tiles).find_map(|(run, tile)| Some((run, tile.take()?)))?;
        *budget = budget.saturating_sub(TILE);
        let tile = self.runs[run].tile(window, px);
        Some(Reply::Tile { generation: self.generation, run: id(run), tile })
    }

    fn page(&mut self, budget: &mut u64) -> Option<Reply> {
        if self.paging.is_none() {
            let mut asked = self.pages.iter_mut().enumerate();
            let (run, wanted) = asked.find_map(|(run, page)| Some((run, page.take()?)))?;
            self.paging = Some((run, Paging::new(&self.runs[run], wanted)));
        }
        let (run, paging) = self.paging.as_mut()?;
        let run = *run;
        let page = paging.work(&self.runs[run], &mut self.step, budget)?;
        self.paging = None;
        Some(Reply::Events { generation: self.generation, run: id(run), page })
    }

    fn look(&mut self, budget: &mut u64) -> Option<Reply> {
        if self.looking.is_none() {
            let mut asked = self.looks.iter_mut().enumerate();
            let (run, look) = asked.find_map(|(run, look)| Some((run, look.take()?)))?;
            self.looking = Some((run, Box::new(Looking::new(&self.runs[run], look))));
        }
        let (run, looking) = self.looking.as_mut()?;
        let run = *run;
        let view = looking.work(&self.runs[run], &mut self.step, budget)?;
        self.looking = None;
        Some(Reply::Memory { generation: self.generation, run: id(run), view: Box::new(view) })
    }

    fn make_moves(&mut self, budget: &mut u64) -> Option<Reply> {
        let mut moving = match self.moving.take() {
            Some(moving) => moving,
            None => {
                let (first, target) = self.seeks.pop_front()?;
                let seek = Seek::new(&self.runs[first], &target);
                Moving { first, target, seek, arrived: Vec::new(), opens: false }
            }
        };
        loop {
            let run = moving.next_run();
            let Some(arrived) = moving.seek.work(&self.runs[run], &mut self.step, budget) else {
                self.moving = Some(moving);
                return None;
            };
            let Some(cursor) = arrived else {
                return Some(self.report(moving.opens, false));
            };
            moving.arrived.push((run, cursor));
            if moving.arrived.len() == self.runs.len() {
                return Some(self.arrive(moving));
            }
            moving.seek = Seek::new(&self.runs[moving.next_run()], &moving.for_the_others());
        }
    }

    fn arrive(&mut self, moving: Moving) -> Reply {
        for (run, cursor) in moving.arrived {
            self.runs[run].move_to(cursor);
        }
        self.report(moving.opens, true)
    }

    fn report(&self, opens: bool, found: bool) -> Reply {
        let generation = self.generation;
        let snapshots = self.runs.iter().map(|run| run.cursor().snapshot.clone()).collect();
        if opens {
            let runs = self.runs.iter().map(|run| run.overview().clone()).collect();
            return Reply::Loaded { generation, runs, snapshots };
        }
        Reply::Moved { generation, found, snapshots }
    }
}

impl Moving {
    /// The run whose place is looked for: the first, then the others in order.
    fn next_run(&self) -> usize {
        match self.arrived.len() {
            0 => self.first,
            place if place <= self.first => place - 1,
            place => place,
        }
    }

    /// Where the other runs go: to the same time, and with it to the start or the end.
    fn for_the_others(&self) -> Target {
        match &self.target {
            Target::Start | Target::End | Target::Time(_) => self.target.clone(),
            Target::Moment { at, .. } => Target::Time(*at),
            Target::Step(_) | Target::Next(_) | Target::Query(_) => match self.arrived.first() {
                Some((_, cursor)) if cursor.snapshot.step > 0 => Target::Time(cursor.snapshot.now),
                _ => Target::Start,
            },
        }
    }
}

fn id(run: usize) -> RunId {
    RunId(u8::try_from(run).unwrap_or(u8::MAX))
}
