//! What a run looks like from outside: segments and times, made of its events alone.

use kernelscope_sim::event::{Event, EventKind};
use kernelscope_sim::scenario::Scenario;

/// A run that was watched to its end.
pub(crate) struct Trace {
    /// Everything that happened.
    pub(crate) events: Vec<Event>,
    /// What each CPU did, in the order in which it ended.
    pub(crate) segments: Vec<Segment>,
    /// What became of each task.
    pub(crate) tasks: Vec<Times>,
    /// When it was over.
    pub(crate) end: u64,
}

/// A CPU does one thing for a while.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Segment {
    pub(crate) start: u64,
    pub(crate) length: u64,
    pub(crate) cpu: u16,
    pub(crate) doing: Doing,
    /// For whom.
    pub(crate) task: Option<u32>,
    /// The level of a multi-level feedback queue at which the task runs.
    pub(crate) level: u8,
}

/// What a CPU can be doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Doing {
    Idle,
    /// It waits with a task that waits for I/O.
    Hold,
    Switch,
    Kernel,
    Run,
}

/// The instants of a task's life.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Times {
    pub(crate) arrival: Option<u64>,
    pub(crate) first_run: Option<u64>,
    pub(crate) completion: Option<u64>,
}

impl Trace {
    /// Folds the events of a run that ended at an instant.
    pub(crate) fn fold(scenario: &Scenario, events: Vec<Event>, end: u64) -> Trace {
        let lanes = (0..scenario.machine.cpus).map(Lane::idle).collect();
        let mut fold = Fold { lanes, levels: Vec::new(), segments: Vec::new(), tasks: Vec::new() };
        for event in &events {
            fold.event(event);
        }
        for cpu in 0..fold.lanes.len() {
            fold.turn(cpu, end, Doing::Idle, None);
        }
        let Fold { segments, tasks, .. } = fold;
        Trace { events, segments, tasks, end }
    }

    /// The segments in which tasks run, by start.
    pub(crate) fn runs(&self) -> Vec<Segment> {
        let mut runs: Vec<Segment> =
            self.segments.iter().filter(|segment| segment.doing == Doing::Run).copied().collect();
        runs.sort_by_key(|segment| (segment.start, segment.cpu));
        runs
    }

    /// How long a task ran from one instant to another.
    pub(crate) fn cpu_between(&self, task: u32, from: u64, to: u64) -> u64 {
        let overlap = |it: &Segment| (it.start + it.length).min(to).saturating_sub(it.start.max(from));
        self.runs().iter().filter(|it| it.task == Some(task)).map(overlap).sum()
    }
}

struct Fold {
    lanes: Vec<Lane>,
    levels: Vec<u8>,
    segments: Vec<Segment>,
    tasks: Vec<Times>,
}

/// What a CPU has been doing since when.
#[derive(Clone, Copy)]
struct Lane {
    cpu: u16,
    doing: Doing,
    task: Option<u32>,
    since: u64,
}

impl Lane {
    fn idle(cpu: u16) -> Lane {
        Lane { cpu, doing: Doing::Idle, task: None, since: 0 }
    }
}

impl Fold {
    fn event(&mut self, event: &Event) {
        let at = event.at.0;
        let task = event.task.map(|task| task.get());
        if let Some(task) = task {
            self.grow(task);
            self.life(task, at, &event.kind);
        }
        let turn = match event.kind {
            EventKind::ContextSwitch { cost, .. } if !cost.is_zero() => Some((Doing::Switch, task)),
            EventKind::KernelEntry { cost, .. } if !cost.is_zero() => Some((Doing::Kernel, task)),
            EventKind::Run | EventKind::ReturnFromTrap => Some((Doing::Run, task)),
            EventKind::Hold => Some((Doing::Hold, task)),
            EventKind::Idle
            | EventKind::Preempt { .. }
            | EventKind::SliceEnd { .. }
            | EventKind::Yield
            | EventKind::Block { .. }
            | EventKind::Exit { .. }
            | EventKind::Killed { .. } => Some((Doing::Idle, None)),
            _ => None,
        };
        if let (Some((doing, task)), Some(cpu)) = (turn, event.cpu) {
            self.turn(cpu.index(), at, doing, task);
        }
        let level = match event.kind {
            EventKind::Enqueue { level: to, .. }
            | EventKind::Demote { to, .. }
            | EventKind::BoostTask { to, .. } => to,
            _ => return,
        };
        if let Some(task) = task {
            self.change_level(task, at, level);
        }
    }

    fn grow(&mut self, task: u32) {
        let count = self.tasks.len().max(task as usize + 1);
        self.tasks.resize(count, Times::default());
        self.levels.resize(count, 0);
    }

    fn life(&mut self, task: u32, at: u64, kind: &EventKind) {
        let times = &mut self.tasks[task as usize];
        match kind {
            EventKind::Arrive => times.arrival = Some(at),
            EventKind::Run => times.first_run = times.first_run.or(Some(at)),
            EventKind::Exit { .. } | EventKind::Killed { .. } => times.completion = Some(at),
            _ => {}
        }
    }

    /// From now on a CPU does something else.
    fn turn(&mut self, cpu: usize, at: u64, doing: Doing, task: Option<u32>) {
        let lane = self.lanes[cpu];
        self.close(lane, at);
        self.lanes[cpu] = Lane { doing, task, since: at, ..lane };
    }

    /// A segment is over; it is the same as the one before if nothing came between them. Every switch is one of its own.
    fn close(&mut self, lane: Lane, at: u64) {
        let Lane { cpu, doing, task, since } = lane;
        if since == at {
            return;
        }
        let level = task.filter(|_| doing == Doing::Run).map_or(0, |task| self.levels[task as usize]);
        let segment = Segment { start: since, length: at - since, cpu, doing, task, level };
        let before = self.segments.iter_mut().rfind(|before| before.cpu == cpu);
        match before.filter(|before| Segment { start: since, length: at - since, ..**before } == segment) {
            Some(before) if before.start + before.length == since && doing != Doing::Switch => {
                before.length += segment.length;
            }
            _ => self.segments.push(segment),
        }
    }

    fn change_level(&mut self, task: u32, at: u64, to: u8) {
        if let Some(cpu) =
            self.lanes.iter().position(|lane| lane.doing == Doing::Run && lane.task == Some(task))
        {
            let Lane { doing, task, .. } = self.lanes[cpu];
            self.turn(cpu, at, doing, task);
        }
        self.levels[task as usize] = to;
    }
}
