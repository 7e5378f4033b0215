//! Which event begins and ends what on which lane.
//!
//! | event | its CPU's lane | its task's lane | other lanes |
//! |---|---|---|---|
//! | `Arrive` | | ready | |
//! | `Dispatch`, `ContextSwitch` | switch, of the task | switch | |
//! | `Run` | user (a kernel thread: kernel) | the same | |
//! | `KernelEntry` | kernel, of the interrupted task if there is one | kernel | |
//! | `Preempt`, `SliceEnd`, `Yield` | idle | ready | |
//! | `Block` | idle | blocked on I/O, in a device's queue, or asleep | own devices: one more |
//! | `IoStart` | | blocked on I/O | the device: one more |
//! | `Wake` | | ready | the device, or own devices: one less |
//! | `Hold` | waits for I/O, of the task | | |
//! | `Idle` | idle | | |
//! | `Exit`, `Killed` | idle, if it had a CPU | zombie | its request to a device: gone |
//! | `SwapOut` | idle, if it had one | swapped out | |
//! | `Enqueue` of one that comes back | | ready | |
//! | `Reap` | | nothing | |
//!
//! What the kernel interrupts, `Run`, `Hold` or `Idle` resumes. What begins and ends in one instant leaves no stretch, so a switch that costs nothing is not drawn and a CPU that
//! goes from one task to the next is never idle between. A level's lane shows who of that level has a CPU, or else
//! who has been ready there longest; `Enqueue`, `Demote` and `BoostTask` say who belongs to which level. A lane with
//! several things at once (a level, a device with several servers, the tasks' own devices) shows the first of them.

mod tracks;

use std::collections::BTreeSet;

use kernelscope_sim::event::{Event, EventKind, MemoryEvent, ProcessEvent, Wait, Why};
use kernelscope_sim::ids::{CpuId, DeviceId, TaskId};
use kernelscope_sim::scenario::{InputAction, PolicySpec, Scenario, TaskKind};
use kernelscope_sim::time::{Nanos, Time};

use self::tracks::Tracks;
use crate::timeline::{Coarsening, LaneTrack, Track, What};
use crate::view::{Activity, Lane};

/// The lanes of a run while they are being recorded.
#[derive(Clone, Debug)]
pub struct Lanes {
    kinds: Vec<TaskKind>,
    cpus: Vec<OnCpu>,
    tasks: Vec<OfTask>,
    levels: Vec<Queue>,
    devices: Vec<Queue>,
    own_devices: Queue,
    /// Counts what tasks do, so that the first of several is known.
    stamp: u64,
    tracks: Tracks,
    /// The longest lane, while its fine detail is being dropped.
    coarsening: Option<Coarsening>,
}

/// Tasks in the order in which they came.
type Queue = BTreeSet<(u64, TaskId)>;

/// What is known of a CPU.
#[derive(Clone, Copy, Debug)]
struct OnCpu {
    task: Option<TaskId>,
    /// What goes on apart from interruptions.
    doing: Activity,
    /// The interrupted task, while the kernel is at work on its own account.
    in_kernel: Option<Option<TaskId>>,
}

/// What is known of a task.
#[derive(Clone, Copy, Debug, Default)]
struct OfTask {
    /// What it does apart from interruptions.
    doing: Option<Activity>,
    in_kernel: bool,
    level: u8,
    /// The stamp of its place among the ready tasks of its level.
    ready: Option<u64>,
    /// The shared device that works for it, or its own, and the stamp of its place there.
    request: Option<(Option<DeviceId>, u64)>,
    cpu: Option<CpuId>,
}

impl Lanes {
    /// The lanes of a machine that has not taken a step.
    pub fn new(scenario: &Scenario) -> Lanes {
        let added = scenario.inputs.iter().filter_map(|input| match &input.action {
            InputAction::Add(process) => Some(process),
            InputAction::Kill(_) | InputAction::Set { .. } => None,
        });
        let levels = match &scenario.machine.policy {
            PolicySpec::Mlfq(spec) => spec.levels.len(),
            _ => 0,
        };
        let cpus = usize::from(scenario.machine.cpus);
        let devices = scenario.machine.devices.len();
        let mut lanes = Lanes {
            kinds: scenario.processes.iter().chain(added).map(|process| process.kind).collect(),
            cpus: vec![OnCpu { task: None, doing: Activity::Idle, in_kernel: None }; cpus],
            tasks: vec![OfTask::default(); scenario.processes.len()],
            levels: vec![Queue::new(); levels],
            devices: vec![Queue::new(); devices],
            own_devices: Queue::new(),
            stamp: 0,
            tracks: Tracks {
                cpus: vec![Track::default(); cpus],
                levels: vec![Track::default(); levels],
                tasks: vec![Track::default(); scenario.processes.len()],
                devices: vec![Track::default(); devices],
                own_devices: Track::default(),
            },
            coarsening: None,
        };
        for cpu in 0..cpus {
            lanes.draw_cpu(Time::ZERO, CpuId::from_index(cpu));
        }
        lanes
    }

    /// Takes one event.
    pub fn event(&mut self, event: &Event) {
        let at = event.at;
        match event.kind {
            EventKind::Process(ProcessEvent::Fork { child }) => {
                // Those that inputs add are known beforehand and come behind it.
                let place = child.index().min(self.kinds.len());
                self.kinds.insert(place, TaskKind::User);
            }
            EventKind::Arrive | EventKind::Enqueue { why: Why::Resumed, .. } => {
                self.on(event.task, |lanes, task| lanes.enter(at, task, Activity::Ready));
            }
            EventKind::Enqueue { level, .. }
            | EventKind::Demote { to: level, .. }
            | EventKind::BoostTask { to: level, .. } => {
                self.on(event.task, |lanes, task| lanes.move_to(at, task, level));
            }
            EventKind::Dispatch { .. } | EventKind::ContextSwitch { .. } => {
                self.have(event, Activity::Switch);
            }
            EventKind::Run => {
                let kind = event.task.map_or(TaskKind::User, |task| self.kind(task));
                let doing = match kind {
                    TaskKind::User => Activity::User,
                    TaskKind::KernelThread => Activity::Kernel,
                };
                self.have(event, doing);
            }
            EventKind::KernelEntry { cost, .. } => self.enter_kernel(event, cost),
            EventKind::Preempt { .. } | EventKind::SliceEnd { .. } | EventKind::Yield => {
                self.on(event.task, |lanes, task| lanes.leave(at, task, Some(Activity::Ready)));
            }
            EventKind::Block { on, until } => {
                self.on(event.task, |lanes, task| lanes.block(at, task, on, until));
            }
            EventKind::IoStart { device, .. } => self.on(event.task, |lanes, task| {
                lanes.enter(at, task, Activity::BlockedIo);
                lanes.serve(at, Some(device), task);
            }),
            EventKind::Wake { .. } => self.on(event.task, |lanes, task| {
                lanes.end_request(at, task);
                lanes.enter(at, task, Activity::Ready);
            }),
            EventKind::Hold => self.hold(event),
            EventKind::Idle => self.idle(event),
            EventKind::Exit { .. } | EventKind::Killed { .. } => self.on(event.task, |lanes, task| {
                lanes.end_request(at, task);
                lanes.release(at, task);
                lanes.leave(at, task, Some(Activity::Zombie));
            }),
            EventKind::Memory(MemoryEvent::SwapOut) => self.on(event.task, |lanes, task| {
                lanes.release(at, task);
                lanes.leave(at, task, Some(Activity::SwappedOut));
            }),
            EventKind::Reap { .. } => self.on(event.task, |lanes, task| lanes.leave(at, task, None)),
            _ => {}
        }
    }

    /// How many bytes the recorded stretches take.
    pub fn footprint(&self) -> u64 {
        self.tracks.all().map(Track::footprint).sum()
    }

    /// Drops the fine detail of the longest lane, as far as it was recorded: at most about `budget` stretches at a time,
    /// which are taken off it. Says whether that saved anything once it is done; until then nothing may be recorded.
    pub fn coarsen(&mut self, budget: &mut u64) -> Option<bool> {
        let Some(track) = self.tracks.longest() else { return Some(false) };
        let mut coarsening = match self.coarsening.take().or_else(|| Coarsening::of(track)) {
            Some(coarsening) => coarsening,
            None => return Some(false),
        };
        if !coarsening.work(track, budget) {
            self.coarsening = Some(coarsening);
            return None;
        }
        let coarse = coarsening.finish(track);
        let saved = coarse.is_some();
        coarse.into_iter().for_each(|coarse| *track = coarse);
        Some(saved)
    }

    /// The finished lanes from top to bottom: processors, levels, tasks, and the devices that somebody used. After that
    /// nothing more can be recorded.
    pub fn complete(&mut self, end: Time) -> Vec<(Lane, Track)> {
        std::mem::take(&mut self.tracks).finish(end)
    }

    /// The same, ready to answer.
    pub fn finish(mut self, end: Time) -> Vec<(Lane, LaneTrack)> {
        self.complete(end).into_iter().map(|(lane, track)| (lane, LaneTrack::new(track))).collect()
    }

    fn on(&mut self, task: Option<TaskId>, change: impl FnOnce(&mut Lanes, TaskId)) {
        let Some(task) = task else { return };
        if self.tasks.len() <= task.index() {
            self.tasks.resize(task.index() + 1, OfTask::default());
            self.tracks.tasks.resize(task.index() + 1, Track::default());
        }
        change(self, task);
    }

    fn kind(&self, task: TaskId) -> TaskKind {
        self.kinds.get(task.index()).copied().unwrap_or_default()
    }

    /// The event's task has the event's CPU.
    fn have(&mut self, event: &Event, doing: Activity) {
        let (Some(cpu), Some(task)) = (event.cpu, event.task) else { return };
        self.release(event.at, task);
        self.cpus[cpu.index()] = OnCpu { task: Some(task), doing, in_kernel: None };
        self.on(event.task, |lanes, task| {
            lanes.tasks[task.index()].cpu = Some(cpu);
            lanes.enter(event.at, task, doing);
        });
        self.draw_cpu(event.at, cpu);
    }

    fn enter_kernel(&mut self, event: &Event, cost: Nanos) {
        // Nothing tells the end of an interrupt that finds the CPU idle and costs nothing.
        let Some(cpu) = event.cpu.filter(|_| event.task.is_some() || !cost.is_zero()) else { return };
        self.cpus[cpu.index()].in_kernel = Some(event.task);
        self.draw_cpu(event.at, cpu);
        self.on(event.task, |lanes, task| {
            lanes.tasks[task.index()].in_kernel = true;
            lanes.draw_task(event.at, task);
        });
    }

    fn hold(&mut self, event: &Event) {
        let Some(cpu) = event.cpu else { return };
        self.cpus[cpu.index()] = OnCpu { task: event.task, doing: Activity::IoWait, in_kernel: None };
        self.draw_cpu(event.at, cpu);
    }

    fn idle(&mut self, event: &Event) {
        let Some(cpu) = event.cpu else { return };
        self.cpus[cpu.index()] = OnCpu { task: None, doing: Activity::Idle, in_kernel: None };
        self.draw_cpu(event.at, cpu);
    }

    /// A CPU that was held for a task, which runs elsewhere or is no more, is free.
    fn release(&mut self, at: Time, task: TaskId) {
        let held = |cpu: &OnCpu| cpu.doing == Activity::IoWait && cpu.task == Some(task);
        if let Some(cpu) = self.cpus.iter().position(held) {
            (self.cpus[cpu].task, self.cpus[cpu].doing) = (None, Activity::Idle);
            self.draw_cpu(at, CpuId::from_index(cpu));
        }
    }

    /// The task does something else.
    fn enter(&mut self, at: Time, task: TaskId, doing: Activity) {
        let state = &mut self.tasks[task.index()];
        state.doing = Some(doing);
        state.in_kernel = false;
        let (level, was) = (state.level, state.ready);
        self.stamp += 1;
        let ready = (doing == Activity::Ready).then_some(self.stamp);
        self.tasks[task.index()].ready = ready;
        if self.kind(task) == TaskKind::User
            && let Some(waiting) = self.levels.get_mut(usize::from(level))
        {
            was.map(|stamp| waiting.remove(&(stamp, task)));
            ready.map(|stamp| waiting.insert((stamp, task)));
        }
        self.draw_task(at, task);
    }

    /// The task gives up its CPU, if it has one, and does something else.
    fn leave(&mut self, at: Time, task: TaskId, doing: Option<Activity>) {
        if let Some(cpu) = self.tasks[task.index()].cpu.take() {
            self.cpus[cpu.index()] = OnCpu { task: None, doing: Activity::Idle, in_kernel: None };
            self.draw_cpu(at, cpu);
        }
        match doing {
            Some(doing) => self.enter(at, task, doing),
            None => {
                self.tasks[task.index()].doing = None;
                self.draw_task(at, task);
            }
        }
    }

    fn block(&mut self, at: Time, task: TaskId, on: Wait, until: Time) {
        let doing = match on {
            Wait::Sleep | Wait::Work | Wait::Child => Activity::Sleeping,
            Wait::Frame => Activity::BlockedQueue,
            Wait::Io(Some(_)) | Wait::PageIn | Wait::PageOut if until == Time::NEVER => {
                Activity::BlockedQueue
            }
            Wait::Io(_) | Wait::PageIn | Wait::PageOut => Activity::BlockedIo,
        };
        self.leave(at, task, Some(doing));
        if on == Wait::Io(None) {
            self.serve(at, None, task);
        }
    }

    /// A device, shared or the task's own, begins to work for the task.
    fn serve(&mut self, at: Time, device: Option<DeviceId>, task: TaskId) {
        self.end_request(at, task);
        self.stamp += 1;
        self.tasks[task.index()].request = Some((device, self.stamp));
        let place = (self.stamp, task);
        self.queue(device).insert(place);
        self.draw_device(at, device);
    }

    fn end_request(&mut self, at: Time, task: TaskId) {
        if let Some((device, stamp)) = self.tasks[task.index()].request.take() {
            self.queue(device).remove(&(stamp, task));
            self.draw_device(at, device);
        }
    }

    fn queue(&mut self, device: Option<DeviceId>) -> &mut Queue {
        match device {
            Some(device) => &mut self.devices[device.index()],
            None => &mut self.own_devices,
        }
    }

    fn move_to(&mut self, at: Time, task: TaskId, level: u8) {
        let state = &mut self.tasks[task.index()];
        let from = std::mem::replace(&mut state.level, level);
        let ready = state.ready;
        if from == level || self.kind(task) != TaskKind::User {
            return;
        }
        if let Some(stamp) = ready {
            self.levels.get_mut(usize::from(from)).map(|waiting| waiting.remove(&(stamp, task)));
            self.levels.get_mut(usize::from(level)).map(|waiting| waiting.insert((stamp, task)));
        }
        self.draw_level(at, from);
        self.draw_level(at, level);
    }

    fn draw_cpu(&mut self, at: Time, cpu: CpuId) {
        let OnCpu { task, doing, in_kernel } = self.cpus[cpu.index()];
        let what = match in_kernel {
            Some(interrupted) => What { activity: Activity::Kernel, task: interrupted },
            None => What { activity: doing, task },
        };
        self.tracks.cpus[cpu.index()].change(at, Some(what));
    }

    fn draw_task(&mut self, at: Time, task: TaskId) {
        let state = self.tasks[task.index()];
        let what = self.shown(task).map(|activity| What { activity, task: Some(task) });
        self.tracks.tasks[task.index()].change(at, what);
        if self.kind(task) == TaskKind::User {
            self.draw_level(at, state.level);
        }
    }

    fn shown(&self, task: TaskId) -> Option<Activity> {
        let state = self.tasks[task.index()];
        if state.in_kernel { Some(Activity::Kernel) } else { state.doing }
    }

    fn draw_level(&mut self, at: Time, level: u8) {
        let Some(waiting) = self.levels.get(usize::from(level)) else { return };
        let has_level =
            |task: &TaskId| self.tasks[task.index()].level == level && self.kind(*task) == TaskKind::User;
        let at_work = |cpu: &&OnCpu| cpu.doing != Activity::IoWait;
        let on_cpu = self.cpus.iter().filter(at_work).filter_map(|cpu| cpu.task).find(has_level);
        let running = on_cpu.and_then(|task| Some(What { activity: self.shown(task)?, task: Some(task) }));
        let ready = || waiting.first().map(|(_, task)| What { activity: Activity::Ready, task: Some(*task) });
        self.tracks.levels[usize::from(level)].change(at, running.or_else(ready));
    }

    fn draw_device(&mut self, at: Time, device: Option<DeviceId>) {
        let first = self.queue(device).first();
        let what = first.map(|(_, task)| What { activity: Activity::Device, task: Some(*task) });
        let track = match device {
            Some(device) => &mut self.tracks.devices[device.index()],
            None => &mut self.tracks.own_devices,
        };
        track.change(at, what);
    }
}

#[cfg(test)]
mod tests;
