//! The multi-level feedback queue (Corbató 1962; OSTEP 8; OSC 5.3.6).
//!
//! | rule | what |
//! |---|---|
//! | 1 | the better level runs |
//! | 2 | equals take turns, with their level's quantum |
//! | 3 | a new task enters the top level |
//! | 4 | a task that has used up its allotment at a level falls to the next |
//! | 5 | every `boost`, everybody returns to the top |
//!
//! Rule 4 comes in two forms (convention `mlfq_rule4`). *Accounting* (the book's third attempt) adds up all CPU time
//! at the level, in however many pieces. *Per slice* (rules 4a and 4b, its first two attempts) charges whole
//! slices only, and giving the CPU up early refills slice and allotment: the hole through which a task games the
//! scheduler.
//!
//! A task preempted by a better level keeps its place and the rest of its slice.
//!
//! Options of OSTEP 8.5: `reserved_top` closes the top levels to user tasks; with `nice_advice` a nice task starts as
//! many levels down as its niceness is far along the scale of 0 to 20 (this model's choice; the book leaves it
//! open).

use super::queue::Lists;
use super::{Booked, Candidate, Choice, Ctx, Demotion, Discipline, Periodic};
use crate::conventions::{
    BoostGather, Conventions, IoReturn, IoReturnPreemptsEqual, MlfqRule4, WakeupPreempts,
};
use crate::event::{Place, Wait, Why};
use crate::ids::{Seq, TaskId};
use crate::reason::Reason;
use crate::rules::RuleId;
use crate::scenario::{LevelSpec, MlfqSpec, Param};
use crate::time::{Nanos, Time};

/// One list a level.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Mlfq {
    ready: Lists,
    books: Vec<Book>,
    spec: MlfqSpec,
    rule4: MlfqRule4,
    next_boost: Time,
}

/// What is known of one task.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Book {
    /// Its level, 0 being the top.
    pub level: u8,
    /// CPU time at this level since it came here (per slice: in this slice).
    pub used: Nanos,
    /// Per slice: how many slices of its allotment are left, this one included.
    pub slices_left: u64,
    /// When it was put before the others of its level.
    returned_at: Time,
}

impl Mlfq {
    pub(super) fn new(spec: &MlfqSpec, rules: &Conventions) -> Mlfq {
        let levels = u8::try_from(spec.levels.len()).unwrap_or(u8::MAX);
        Mlfq {
            ready: Lists::new(levels),
            books: Vec::new(),
            next_boost: spec.boost.map_or(Time::NEVER, |every| Time::ZERO + every),
            spec: spec.clone(),
            rule4: rules.mlfq_rule4,
        }
    }

    /// What is known of a task that has arrived.
    pub fn book(&self, task: TaskId) -> Option<&Book> {
        self.books.get(task.index())
    }

    /// The levels from the best to the worst.
    pub fn levels(&self) -> &[LevelSpec] {
        &self.spec.levels
    }

    /// The ready tasks of a level, the next to run first, with their stamps.
    pub fn ready(&self, level: u8) -> impl Iterator<Item = (TaskId, u64)> + '_ {
        self.ready.iter(level).map(|task| (task, self.ready.stamp(task).0))
    }

    /// When everybody next returns to the top.
    pub fn next_boost(&self) -> Time {
        self.next_boost
    }

    fn level_of(&self, level: u8) -> LevelSpec {
        self.spec.levels[usize::from(level)]
    }

    /// A task at the beginning of its time at a level.
    fn fresh(&self, level: u8) -> Book {
        let spec = self.level_of(level);
        let slices_left = spec.allotment.0 / spec.quantum.0;
        Book { level, used: Nanos::ZERO, slices_left, returned_at: Time::NEVER }
    }

    /// The level at which a new task starts (rule 3).
    fn first_level(&self, nice: i8) -> u8 {
        let top = self.spec.reserved_top;
        let open = self.spec.levels.len() as u64 - u64::from(top);
        match u64::try_from(nice) {
            Ok(nice) if self.spec.nice_advice => top + (nice * open / 20) as u8,
            _ => top,
        }
    }

    /// Rule 4: falls to the next level, or starts afresh at the bottom.
    fn fall(&mut self, task: TaskId, rule: RuleId, used: Nanos) -> Option<Demotion> {
        let from = self.books[task.index()].level;
        let bottom = self.spec.levels.len() - 1;
        let to = if usize::from(from) < bottom { from + 1 } else { from };
        self.books[task.index()] = self.fresh(to);
        (from != to).then_some(Demotion { from, to, rule, used })
    }

    /// Rule 4 in the form of accounting: falls if its allotment is used up.
    fn account(&mut self, task: TaskId) -> Option<Demotion> {
        let book = self.books[task.index()];
        let over = book.used >= self.level_of(book.level).allotment;
        over.then(|| self.fall(task, RuleId::MlfqAccounting, book.used)).flatten()
    }

    /// Rule 4a: a whole slice is charged.
    fn charge_slice(&mut self, task: TaskId) -> Option<Demotion> {
        let book = &mut self.books[task.index()];
        let used = book.used;
        book.used = Nanos::ZERO;
        book.slices_left = book.slices_left.saturating_sub(1);
        let over = book.slices_left == 0;
        over.then(|| self.fall(task, RuleId::MlfqPerSlice, used)).flatten()
    }

    fn candidate(&self, task: TaskId) -> Candidate {
        let level = self.books[task.index()].level;
        Candidate { task, rule: RuleId::MlfqLevel, key: u64::from(level) }
    }

    /// All ready tasks, the next to run first.
    fn in_order(&self) -> impl Iterator<Item = TaskId> + '_ {
        (0..self.spec.levels.len() as u8).flat_map(|level| self.ready.iter(level))
    }

    fn checks_higher(&self, ctx: &Ctx<'_>) -> bool {
        self.spec.preempt_on_higher || ctx.rules.wakeup_preempts == WakeupPreempts::AlwaysChecks
    }

    fn displaces_equal(ctx: &Ctx<'_>) -> bool {
        ctx.rules.io_return_preempts_equal == IoReturnPreemptsEqual::Yes
    }
}

impl Discipline for Mlfq {
    fn admit(&mut self, ctx: &Ctx<'_>, task: TaskId) {
        self.ready.admit(task);
        let book = self.fresh(self.first_level(ctx.task(task).nice));
        if self.books.len() <= task.index() {
            self.books.resize(task.index() + 1, book);
        }
        self.books[task.index()] = book;
    }

    fn enqueue(&mut self, ctx: &Ctx<'_>, task: TaskId, why: Why, stamp: Seq) -> (u8, Place) {
        let level = self.books[task.index()].level;
        match why {
            Why::Woken(Wait::Io(_)) if ctx.rules.io_return == IoReturn::Head => {
                self.books[task.index()].returned_at = ctx.now;
                self.ready.push_front(level, task, stamp);
                (level, Place::Head)
            }
            Why::Preempted if Mlfq::displaces_equal(ctx) => {
                // Those who came back at this instant stand before the one they displace.
                let behind =
                    self.ready.iter(level).find(|other| self.books[other.index()].returned_at != ctx.now);
                self.ready.insert(level, task, stamp, behind);
                (level, Place::Head)
            }
            Why::Preempted | Why::Boosted => {
                self.ready.push_front(level, task, stamp);
                (level, Place::Head)
            }
            Why::Arrived | Why::Woken(_) | Why::Expired | Why::Yielded | Why::Resumed => {
                self.ready.push_back(level, task, stamp);
                (level, Place::Tail)
            }
        }
    }

    fn dequeue(&mut self, task: TaskId) {
        self.ready.remove(task);
    }

    fn first(&self) -> Option<TaskId> {
        self.in_order().next()
    }

    fn peek(&self, _: &Ctx<'_>) -> Option<Choice> {
        let order = self.in_order().map(|task| self.candidate(task));
        let mut choice = Choice::first(order, RuleId::MlfqTurns)?;
        if choice.reason.rule == RuleId::MlfqTurns {
            // Equals take turns in the order of the queue: its stamps say more than their level.
            choice.reason.key = self.ready.stamp(choice.task).0;
            choice.reason.other = choice.reason.runner_up.map_or(0, |second| self.ready.stamp(second).0);
        }
        Some(choice)
    }

    fn rank(&self, _: &Ctx<'_>) -> Vec<Candidate> {
        self.in_order().map(|task| self.candidate(task)).collect()
    }

    fn slice_rule(&self) -> RuleId {
        RuleId::MlfqTurns
    }

    fn footprint(&self) -> usize {
        self.ready.footprint() + size_of_val(self.books.as_slice())
    }

    fn preempts(&self, ctx: &Ctx<'_>) -> bool {
        self.checks_higher(ctx) || Mlfq::displaces_equal(ctx)
    }

    fn should_preempt(&self, ctx: &Ctx<'_>, running: TaskId, best: TaskId) -> Option<Reason> {
        let [loses, takes] = [running, best].map(|task| self.books[task.index()]);
        let returned = Mlfq::displaces_equal(ctx) && takes.returned_at == ctx.now;
        let fresh = ctx.task(running).since == ctx.now;
        let rule = if takes.level < loses.level && self.checks_higher(ctx) {
            RuleId::MlfqLevel
        } else if takes.level == loses.level && returned && !fresh {
            RuleId::IoReturnPreemptsEqual
        } else {
            return None;
        };
        let [key, other] = [takes, loses].map(|book| u64::from(book.level));
        Some(Reason { rule, runner_up: Some(running), key, other })
    }

    fn running_key(&self, _: &Ctx<'_>, task: TaskId) -> u64 {
        u64::from(self.books[task.index()].level)
    }

    fn slice(&self, task: TaskId) -> Nanos {
        let book = self.books[task.index()];
        let quantum = self.level_of(book.level).quantum;
        Nanos(quantum.0 - book.used.0 % quantum.0)
    }

    fn charge(&mut self, task: TaskId, passed: Nanos) {
        self.books[task.index()].used += passed;
    }

    fn slice_over(&mut self, _: &Ctx<'_>, task: TaskId) -> Booked {
        let demotion = match self.rule4 {
            MlfqRule4::Accounting => self.account(task),
            MlfqRule4::PerSlice => self.charge_slice(task),
        };
        Booked { demotion, estimate: None }
    }

    fn give_up(&mut self, _: &Ctx<'_>, task: TaskId, _: bool) -> Booked {
        let demotion = match self.rule4 {
            MlfqRule4::Accounting => self.account(task),
            MlfqRule4::PerSlice => {
                let book = self.books[task.index()];
                let whole_slice = book.used >= self.level_of(book.level).quantum;
                self.books[task.index()] = Book { used: book.used, ..self.fresh(book.level) };
                if whole_slice {
                    self.charge_slice(task)
                } else {
                    self.books[task.index()].used = Nanos::ZERO;
                    None
                }
            }
        };
        Booked { demotion, estimate: None }
    }

    fn next_periodic(&self) -> Time {
        self.next_boost
    }

    fn periodic(&mut self, ctx: &Ctx<'_>) -> Option<Periodic> {
        let every = self.spec.boost.filter(|_| self.next_boost <= ctx.now)?;
        self.next_boost = self.next_boost + every;
        let top = self.spec.reserved_top;
        let mut levels: Vec<u8> = (top + 1..self.spec.levels.len() as u8).collect();
        if ctx.rules.boost_gather == BoostGather::BottomUp {
            levels.reverse();
        }
        for level in levels {
            while let Some(task) = self.ready.first(level) {
                let stamp = self.ready.stamp(task);
                self.ready.remove(task);
                self.ready.push_back(top, task, stamp);
            }
        }
        let mut lifted = Vec::new();
        for task in ctx.tasks.iter().filter(|task| task.is_live()).map(|task| task.id) {
            let from = self.books[task.index()].level;
            self.books[task.index()] = self.fresh(top);
            if from != top {
                lifted.push((task, from, top));
            }
        }
        Some(Periodic::Boost { lifted, next: self.next_boost })
    }

    fn set(&mut self, ctx: &Ctx<'_>, param: Param, value: u64) -> bool {
        let levels = &mut self.spec.levels;
        match param {
            Param::LevelQuantum(level) if value > 0 && usize::from(level) < levels.len() => {
                let spec = &mut levels[usize::from(level)];
                let slices = spec.allotment.0 / spec.quantum.0;
                *spec = LevelSpec { quantum: Nanos(value), allotment: Nanos(value).saturating_mul(slices) };
            }
            Param::LevelAllotment(level) if value > 0 && usize::from(level) < levels.len() => {
                let spec = &mut levels[usize::from(level)];
                if !value.is_multiple_of(spec.quantum.0) {
                    return false;
                }
                spec.allotment = Nanos(value);
            }
            Param::Boost if value == 0 => (self.spec.boost, self.next_boost) = (None, Time::NEVER),
            Param::Boost => {
                let next = Time(ctx.now.0 + 1).next_multiple_of(Nanos(value));
                (self.spec.boost, self.next_boost) = (Some(Nanos(value)), next);
            }
            _ => return false,
        }
        true
    }
}
