//! Whether a machine thrashes (OSTEP 22.11; OSC 10.6), and how that shows.
//!
//! Two signs, each told by itself: over a window of time somebody waits for a major fault more than half of it while
//! the CPUs compute less than half of it; or the working sets together are larger than memory.
//!
//! Simplified on purpose: the windows lie one behind the other, they do not slide. The last one ends with the run; to
//! count, the waiting in it must be more than half of a whole window all the same.

use kernelscope_sim::event::{Event, EventKind, MemoryEvent, Wait};
use kernelscope_sim::ids::TaskId;
use kernelscope_sim::machine::Machine;
use kernelscope_sim::mem::Memory;
use kernelscope_sim::mem::address::Va;
use kernelscope_sim::mem::working_set::WorkingSet;
use kernelscope_sim::time::{Nanos, Time};

use crate::view::{MOST_THRASHING, Thrashing, ThrashingSign};

/// What is watched.
#[derive(Default)]
pub(super) struct Detector {
    /// The working set of each task that refers to memory, by id.
    sets: Vec<Option<WorkingSet>>,
    /// The pages of all of them.
    wanted: u32,
    /// Since when they are larger than memory, and the most that they were.
    too_large: Option<(Time, u32)>,
    /// Tasks whose major fault is not over, and whether they wait.
    faults: Vec<(TaskId, bool)>,
    /// How many of those wait.
    waiting: usize,
    window: Window,
    /// What is known up to now.
    now: Time,
    user: Nanos,
    found: Vec<Thrashing>,
}

/// A window of time so far.
#[derive(Clone, Copy, Default)]
struct Window {
    from: Time,
    waiting: Nanos,
    computing: Nanos,
}

impl Detector {
    /// The size of a task's working set.
    pub(super) fn size(&self, task: TaskId) -> u32 {
        self.sets.get(task.index()).and_then(Option::as_ref).map_or(0, WorkingSet::size)
    }

    /// The pages of all working sets together.
    pub(super) fn wanted(&self) -> u32 {
        self.wanted
    }

    /// Takes the time that has passed since the last step.
    pub(super) fn pass(&mut self, machine: &Machine, memory: &Memory) {
        let (now, user) = (machine.now(), machine.totals().user);
        let passed = now.since(self.now);
        if passed.is_zero() {
            return;
        }
        // Between two steps every CPU computes all of the time or none of it.
        let computing = user.saturating_sub(self.user).0 / passed.0;
        let (length, cpus) = (memory.spec().load.window, machine.cpus().len() as u64);
        while self.now < now {
            let end = self.window.from + length;
            let part = now.min(end).since(self.now);
            self.window.computing += part.saturating_mul(computing);
            self.window.waiting += if self.waiting > 0 { part } else { Nanos::ZERO };
            self.now = self.now + part;
            if self.now == end {
                self.judge(length, cpus);
                self.skip(now, length, (computing, cpus));
            }
        }
        self.user = user;
    }

    /// Windows in which nothing changes are all like the first of them.
    fn skip(&mut self, now: Time, length: Nanos, (computing, cpus): (u64, u64)) {
        let whole = now.since(self.now).0 / length.0.max(1);
        if whole < 2 {
            return;
        }
        let span = length.saturating_mul(whole - 1);
        if self.waiting > 0 && computing * 2 < cpus {
            let (from, to) = (self.now, self.now + span);
            let sign = ThrashingSign::Waiting { waiting: span, computing: span.saturating_mul(computing) };
            self.add(Thrashing { from, to, sign });
        }
        self.now = self.now + span;
        self.window.from = self.now;
    }

    /// A window is over.
    fn judge(&mut self, length: Nanos, cpus: u64) {
        let (to, Window { from, waiting, computing }) = (self.now, self.window);
        self.window = Window { from: to, ..Window::default() };
        let capacity = to.since(from).saturating_mul(cpus);
        if waiting.saturating_mul(2) > length && computing.saturating_mul(2) < capacity {
            self.add(Thrashing { from, to, sign: ThrashingSign::Waiting { waiting, computing } });
        }
    }

    /// Notes one event. Says whether a working set has changed its size.
    pub(super) fn event(&mut self, event: &Event, memory: &Memory) -> bool {
        let Some(task) = event.task else { return false };
        match event.kind {
            EventKind::Memory(MemoryEvent::Reference { va, .. }) => return self.refer(task, va, memory),
            EventKind::Memory(MemoryEvent::Fault { kind, .. }) if kind.is_major() => {
                self.faults.push((task, false));
            }
            EventKind::Memory(MemoryEvent::Map { .. }) => self.faults.retain(|(it, _)| *it != task),
            EventKind::Block { on: Wait::PageIn | Wait::PageOut | Wait::Frame, .. } => self.wait(task, true),
            EventKind::Wake { from: Wait::PageIn | Wait::PageOut | Wait::Frame, .. } => {
                self.wait(task, false);
            }
            EventKind::Exit { .. } | EventKind::Killed { .. } => {
                self.faults.retain(|(it, _)| *it != task);
                let set = self.sets.get_mut(task.index()).and_then(Option::take);
                let size = set.map_or(0, |set| set.size());
                self.wanted -= size;
                self.compare(event.at, memory);
                self.waiting = self.faults.iter().filter(|(_, waits)| *waits).count();
                return size > 0;
            }
            _ => return false,
        }
        self.waiting = self.faults.iter().filter(|(_, waits)| *waits).count();
        false
    }

    fn refer(&mut self, task: TaskId, va: u64, memory: &Memory) -> bool {
        if self.sets.len() <= task.index() {
            self.sets.resize(task.index() + 1, None);
        }
        let spec = memory.spec();
        let set = self.sets[task.index()].get_or_insert_with(|| WorkingSet::new(spec.load.tau));
        let before = set.size();
        if !set.refer(spec.address.vpn(Va(va))) {
            return false;
        }
        self.wanted = self.wanted - before + set.size();
        true
    }

    fn wait(&mut self, task: TaskId, waits: bool) {
        self.faults.iter_mut().filter(|(it, _)| *it == task).for_each(|(_, it)| *it = waits);
    }

    /// Compares what is wanted with what there is.
    pub(super) fn compare(&mut self, at: Time, memory: &Memory) {
        let frames = memory.spec().frames;
        match (&mut self.too_large, self.wanted > frames) {
            (Some((_, most)), true) => *most = self.wanted.max(*most),
            (None, true) => self.too_large = Some((at, self.wanted)),
            (Some((from, wanted)), false) => {
                let sign = ThrashingSign::TooLarge { wanted: *wanted, frames };
                let thrashing = Thrashing { from: *from, to: at, sign };
                self.too_large = None;
                self.add(thrashing);
            }
            (None, false) => {}
        }
    }

    /// A stretch that goes on where one of its sort ended is one with it. What does not last is none.
    fn add(&mut self, next: Thrashing) {
        let before = self.found.iter_mut().filter(|before| before.to == next.from);
        for before in before {
            if let Some(sign) = joined(before.sign, next.sign) {
                (before.to, before.sign) = (next.to, sign);
                return;
            }
        }
        if next.from < next.to && self.found.len() < MOST_THRASHING {
            self.found.push(next);
        }
    }

    /// What has been found by the end of the run, in the order of its beginnings.
    pub(super) fn finish(mut self, machine: &Machine, memory: &Memory) -> Vec<Thrashing> {
        self.pass(machine, memory);
        self.judge(memory.spec().load.window, machine.cpus().len() as u64);
        if self.too_large.is_some() {
            self.wanted = 0;
            self.compare(machine.now(), memory);
        }
        self.found.sort_by_key(|it| it.from);
        self.found
    }
}

/// What two stretches show together, if they are of one sort.
fn joined(first: ThrashingSign, second: ThrashingSign) -> Option<ThrashingSign> {
    use ThrashingSign::{TooLarge, Waiting};
    match (first, second) {
        (Waiting { waiting, computing }, Waiting { waiting: longer, computing: also }) => {
            Some(Waiting { waiting: waiting + longer, computing: computing + also })
        }
        (TooLarge { wanted, frames }, TooLarge { wanted: other, .. }) => {
            Some(TooLarge { wanted: wanted.max(other), frames })
        }
        _ => None,
    }
}
