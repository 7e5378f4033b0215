//! What is shown of the machine at the cursor. The machine is shown, with its own counters, and never computed anew;
//! only what a task that has ended would have taken alone was written down while loading.

use kernelscope_sim::cpu::{Cpu, Doing};
use kernelscope_sim::event::{Event, EventKind};
use kernelscope_sim::ids::{DeviceId, TaskId};
use kernelscope_sim::machine::{Machine, Progress};
use kernelscope_sim::reason::Reason;
use kernelscope_sim::scenario::{TaskKind, Timer};
use kernelscope_sim::sched::{Candidate, Policy};
use kernelscope_sim::task::{Ending, State, Task};
use kernelscope_sim::time::{Nanos, Time};

use crate::run::Cursor;
use crate::summary;
use crate::traveller::{Step, Traveller};
use crate::view::{
    Activity, CpuView, DeviceView, Lane, NextEvent, Overview, QueueView, Ranked, Snapshot, StateView,
    TaskView, Transitions,
};

/// The place one step after `before`, or `before` itself at the end of the run. What the step does is told in every
/// detail, and if it decides something, so is who could have been chosen.
pub(crate) fn arrive(before: &Traveller, overview: &Overview, step: &mut Step) -> Cursor {
    let mut traveller = before.clone();
    traveller.step(step);
    let decides =
        |event: &Event| matches!(event.kind, EventKind::Dispatch { .. } | EventKind::Preempt { .. });
    let ranking = if step.events().iter().any(decides) { ranked(before.machine()) } else { Vec::new() };
    let just = step.events().to_vec();
    Cursor { snapshot: snapshot(&traveller, overview, just, ranking), traveller }
}

/// The machine at the cursor, `just` being what its last step did.
pub(crate) fn snapshot(
    traveller: &Traveller,
    overview: &Overview,
    just: Vec<Event>,
    ranking: Vec<Ranked>,
) -> Snapshot {
    let machine = traveller.machine();
    let scenario = machine.scenario();
    let ticks = scenario.machine.timer != Timer::Off;
    Snapshot {
        step: machine.steps(),
        now: machine.now(),
        ordinal: traveller.ordinal(),
        just,
        next: next(machine),
        cpus: machine.cpus().iter().map(|cpu| of_cpu(machine, cpu)).collect(),
        queues: queues(machine),
        devices: devices(machine, &overview.lanes),
        tasks: machine.tasks().iter().map(|task| of_task(machine, task)).collect(),
        tasks_metrics: summary::of_tasks(machine, |task| {
            overview.tasks_metrics.get(task.id.index())?.slowdown
        }),
        metrics: summary::of_run(machine, None),
        // The first two steps of every run.
        trap_table_set: machine.steps() >= 1,
        timer_on: ticks && machine.steps() >= 2,
        next_boost: match machine.sched().policy() {
            Policy::Mlfq(mlfq) => Some(mlfq.next_boost()).filter(|next| *next != Time::NEVER),
            _ => None,
        },
        ranking,
    }
}

/// What the next step will do: a clone takes it.
fn next(machine: &Machine) -> Vec<NextEvent> {
    if let Progress::Ended(_) = machine.progress() {
        return Vec::new();
    }
    Step::default().of(&mut machine.clone()).iter().map(|event| NextEvent { event: *event }).collect()
}

/// Every candidate with its key, best first, each compared with the one behind it.
fn ranked(machine: &Machine) -> Vec<Ranked> {
    let candidates = machine.sched().rank(&machine.ctx());
    let compared = |place: usize, it: &Candidate| {
        let behind = candidates.get(place + 1);
        let (runner_up, other) = (behind.map(|next| next.task), behind.map_or(0, |next| next.key));
        Ranked { task: it.task, reason: Reason { rule: it.rule, runner_up, key: it.key, other } }
    };
    candidates.iter().enumerate().map(|(place, it)| compared(place, it)).collect()
}

fn of_cpu(machine: &Machine, cpu: &Cpu) -> CpuView {
    let kind = cpu.task.map(|task| machine.tasks()[task.index()].kind);
    let switching = |task: TaskId| matches!(machine.tasks()[task.index()].state, State::Switching(_));
    let activity = match (cpu.doing, cpu.task) {
        (Doing::Idle, _) if cpu.held_for.is_some() => Activity::IoWait,
        (Doing::Idle, _) => Activity::Idle,
        (Doing::User | Doing::Reference { .. }, _) if kind == Some(TaskKind::User) => Activity::User,
        (Doing::Kernel { .. }, Some(task)) if switching(task) => Activity::Switch,
        (Doing::User | Doing::Reference { .. } | Doing::Kernel { .. }, _) => Activity::Kernel,
    };
    let handler = matches!(cpu.doing, Doing::Kernel { .. });
    CpuView {
        cpu: cpu.id,
        task: cpu.task.or(cpu.held_for.filter(|_| activity == Activity::IoWait)),
        activity,
        kernel_mode: activity != Activity::User,
        interrupts_enabled: !handler || machine.scenario().machine.nested_interrupts,
        cause: cpu.cause,
        slice_end: Some(cpu.slice_end).filter(|end| *end != Time::NEVER),
        registers: machine.registers(cpu),
        need_resched: machine.need_resched(cpu),
    }
}

fn queues(machine: &Machine) -> Vec<QueueView> {
    let (sched, ctx) = (machine.sched(), machine.ctx());
    let is_kernel = |task: TaskId| ctx.task(task).kind == TaskKind::KernelThread;
    let (threads, users): (Vec<Candidate>, Vec<Candidate>) =
        sched.rank(&ctx).into_iter().partition(|it| is_kernel(it.task));
    let with_keys = |all: Vec<Candidate>| all.into_iter().map(|it| (it.task, it.key)).collect();
    let single = |quantum: Option<Nanos>, tasks: Vec<(TaskId, u64)>| {
        vec![QueueView { level: 0, kernel: false, quantum, allotment: None, tasks }]
    };

    let mut queues = Vec::new();
    if machine.tasks().iter().any(|task| task.kind == TaskKind::KernelThread) {
        let tasks = with_keys(threads);
        queues.push(QueueView { level: 0, kernel: true, quantum: None, allotment: None, tasks });
    }
    queues.extend(match sched.policy() {
        Policy::Mlfq(mlfq) => (0_u8..)
            .zip(mlfq.levels())
            .map(|(level, spec)| QueueView {
                level,
                kernel: false,
                quantum: Some(spec.quantum),
                allotment: Some(spec.allotment),
                tasks: mlfq.ready(level).collect(),
            })
            .collect(),
        Policy::InTurn(turns) => single(turns.quantum(), with_keys(users)),
        Policy::Priority(priority) => single(priority.quantum(), with_keys(users)),
        Policy::Sjf(_) | Policy::Ring(_) => single(None, with_keys(users)),
    });
    queues
}

/// The shared devices, and the tasks' own if anybody uses one now or has a lane for it in this run.
fn devices(machine: &Machine, lanes: &[Lane]) -> Vec<DeviceView> {
    let serving: Vec<(TaskId, Option<DeviceId>, Time)> = machine.devices().serving().collect();
    let view = |device: Option<DeviceId>, name: &str| DeviceView {
        device,
        name: name.to_owned(),
        serving: serving.iter().filter(|it| it.1 == device).map(|(task, _, until)| (*task, *until)).collect(),
        waiting: device.map_or(Vec::new(), |device| {
            machine.devices().waiting(device).map(|request| request.task).collect()
        }),
    };
    let shared = machine.scenario().machine.devices.iter().enumerate();
    let mut devices: Vec<DeviceView> =
        shared.map(|(place, spec)| view(Some(DeviceId::from_index(place)), &spec.name)).collect();
    if lanes.contains(&Lane::OwnDevices) || serving.iter().any(|(_, device, _)| device.is_none()) {
        devices.push(view(None, ""));
    }
    devices
}

fn of_task(machine: &Machine, task: &Task) -> TaskView {
    let policy = machine.sched().policy();
    let here = task.is_live().then_some(task.id);
    let book = match policy {
        Policy::Mlfq(mlfq) if task.kind == TaskKind::User => here.and_then(|id| mlfq.book(id)),
        _ => None,
    };
    let slice_left = match task.state {
        State::Running(cpu) => {
            let end = machine.cpus()[cpu.index()].slice_end;
            (end != Time::NEVER).then(|| Nanos(end.0.saturating_sub(machine.now().0)))
        }
        State::Ready => Some(machine.sched().slice(task)).filter(|slice| *slice != Nanos::FOREVER),
        _ => None,
    };
    let account = &task.account;
    TaskView {
        id: task.id,
        pid: task.pid,
        parent: task.parent,
        state: state(task.state),
        since: task.since,
        cpu: task.cpu().or(task.last_cpu),
        priority: task.priority,
        effective_priority: match policy {
            Policy::Priority(priority) => here.and_then(|id| priority.effective(id)),
            _ => None,
        },
        nice: task.nice,
        level: book.map(|book| book.level),
        level_used: book.map(|book| book.used),
        slice_left,
        estimate: match policy {
            Policy::Sjf(sjf) => here.and_then(|id| sjf.estimate(id)),
            _ => None,
        },
        burst_left: task.burst_left,
        cpu_left: Some(task.cpu_left).filter(|left| *left != Nanos::FOREVER),
        program: machine.program_of(task.id),
        pc: task.cursor.position(),
        user_registers_saved: task.user_registers_saved,
        kernel_registers_saved: task.kernel_registers_saved,
        status: task.ending.map(Ending::status),
        signal: match task.ending {
            Some(Ending::Killed(signal)) => Some(signal),
            Some(Ending::Exited(_)) | None => None,
        },
        transitions: Transitions {
            admitted: account.admitted,
            dispatched: account.dispatched,
            descheduled: account.descheduled,
            blocked: account.went_blocked,
            woken: account.woken,
            exited: u64::from(task.ending.is_some()),
        },
    }
}

fn state(state: State) -> StateView {
    match state {
        State::New => StateView::New,
        State::Ready => StateView::Ready,
        State::Switching(_) => StateView::Switching,
        State::Running(_) => StateView::Running,
        State::Blocked(wait) => StateView::Blocked(wait),
        State::Zombie => StateView::Zombie,
        State::Reaped => StateView::Reaped,
        State::SwappedOut => StateView::SwappedOut,
    }
}
