//! What happened, in English.

use kernelscope_share::file::{Decoded, Unit};
use kernelscope_share::params;
use kernelscope_sim::event::{
    BootStage, Cause, EndReason, EventKind, Place, ProcessEvent, Wait, Why, syscall,
};
use kernelscope_sim::ids::{DeviceId, TaskId};
use kernelscope_sim::machine::Machine;
use kernelscope_sim::program::Privileged;
use kernelscope_sim::reason::KeyKind;
use kernelscope_sim::rules::RuleId;
use kernelscope_sim::scenario::Param;
use kernelscope_sim::time::{Nanos, Time};

use super::memory;
use crate::table::in_units;

/// The names that a scenario's events refer to.
pub(super) struct Words<'a> {
    tasks: Vec<String>,
    devices: Vec<String>,
    decoded: &'a Decoded,
    unit: Unit,
}

impl<'a> Words<'a> {
    pub(super) fn new(decoded: &'a Decoded) -> Words<'a> {
        Words { tasks: Vec::new(), devices: decoded.device_names(), decoded, unit: decoded.unit }
    }

    /// Takes up the names of the tasks that the machine has by now.
    pub(super) fn learn(&mut self, machine: &Machine) {
        let new = self.tasks.len()..machine.tasks().len();
        self.tasks.extend(new.map(|task| machine.name_of(TaskId::from_index(task))));
    }

    /// A task's name.
    pub(super) fn name(&self, task: TaskId) -> &str {
        self.tasks.get(task.index()).map_or("", String::as_str)
    }

    /// What happened.
    pub(super) fn of(&self, kind: &EventKind) -> String {
        match *kind {
            EventKind::Boot(BootStage::TrapTable) => {
                "boot: the hardware learns where the trap handlers are".to_owned()
            }
            EventKind::Boot(BootStage::StartTimer) => "boot: the interval timer starts".to_owned(),
            EventKind::Arrive => "arrives".to_owned(),
            EventKind::Enqueue { level, place, why } => self.enqueue(level, place, why),
            EventKind::Dispatch { rule, runner_up, key, other } => {
                format!("is chosen {}", self.reason(rule, runner_up, key, other))
            }
            EventKind::ContextSwitch { from, cost } => {
                let from = from.map_or("the idle task", |task| self.name(task));
                format!("context switch from {from}{}", self.cost(cost))
            }
            EventKind::SaveKernelRegisters => "switch() saves the kernel registers".to_owned(),
            EventKind::RestoreKernelRegisters => "switch() restores the kernel registers".to_owned(),
            EventKind::Run => "runs".to_owned(),
            EventKind::Preempt { rule, by, key, other } => match by {
                Some(by) => format!("is preempted by {} {}", self.name(by), self.keys(rule, key, other)),
                None => format!("leaves the CPU ({})", rule.name()),
            },
            EventKind::SliceEnd { slice, .. } => format!("has used up its slice of {}", self.time(slice)),
            EventKind::Yield => "yields".to_owned(),
            EventKind::Block { on, until } => format!("blocks {}{}", self.wait(on), self.until(until)),
            EventKind::IoStart { device, until } => {
                format!("{} begins its request{}", self.device(Some(device)), self.until(until))
            }
            EventKind::Wake { from, since } => {
                format!("wakes up; blocked {} since {}", self.wait(from), self.at(since))
            }
            EventKind::Idle => "the CPU is idle".to_owned(),
            EventKind::Hold => "the CPU is held for it".to_owned(),
            EventKind::Operation { position } => format!("goes on to operation {}", position + 1),
            EventKind::Exit { status } => format!("exits with status {status}"),
            EventKind::Killed { signal } => format!("is killed by signal {signal}"),
            EventKind::Reap { status } => format!("is reaped; its status was {status}"),
            EventKind::KernelEntry { cause, cost } => {
                format!("enters the kernel: {}{}", self.cause(cause), self.cost(cost))
            }
            EventKind::SyscallDispatch { number } => {
                format!(
                    "the handler looks up system call {number} ({})",
                    syscall::name(number).unwrap_or("unknown")
                )
            }
            EventKind::SyscallError { number } => format!("there is no system call {number}"),
            EventKind::Violation { instruction } => {
                format!("may not execute {} in user mode", instruction_name(instruction))
            }
            EventKind::ReturnFromTrap => "returns from the trap to user mode".to_owned(),
            EventKind::Demote { from, to, rule, used } => {
                format!("falls from Q{from} to Q{to} after {} ({})", self.time(used), rule.name())
            }
            EventKind::Boost { next } => {
                format!("boost: everybody returns to Q0; the next is at {}", self.at(next))
            }
            EventKind::BoostTask { from, to } => format!("is boosted from Q{from} to Q{to}"),
            EventKind::Age { from, to } => format!("has waited: its priority goes from {from} to {to}"),
            EventKind::Estimate { burst, next } => {
                format!("ran {}; its next burst is estimated at {}", self.time(burst), self.time(next))
            }
            EventKind::Set { param, value } => format!("from outside: {}", self.set(param, value)),
            EventKind::Signal { signal } => format!("from outside: is sent signal {signal}"),
            EventKind::InputIgnored { input } => {
                format!("from outside: input {} no longer applies", input + 1)
            }
            EventKind::Livelock { operations } => {
                format!("carries out {operations} operations and no time passes")
            }
            EventKind::End(reason) => format!("the run ends: {}", end(reason)),
            EventKind::Memory(event) => memory::of(event),
            EventKind::Process(event) => self.process(event),
        }
    }

    fn process(&self, event: ProcessEvent) -> String {
        match event {
            ProcessEvent::Fork { child } => format!("forks {}", self.name(child)),
            ProcessEvent::Waited { child, status } => {
                format!("wait() returns: {} has ended with status {status}", self.name(child))
            }
            ProcessEvent::Signal { to, signal } => format!("sends signal {signal} to {}", self.name(to)),
            ProcessEvent::Adopted { by } => {
                format!("is adopted by {}", by.map_or("init", |task| self.name(task)))
            }
            ProcessEvent::Failed { call, errno } => {
                format!("{}() fails: {}", syscall::name(call).unwrap_or("unknown"), errno.name())
            }
        }
    }

    fn enqueue(&self, level: u8, place: Place, why: Why) -> String {
        let place = match place {
            Place::Tail => "at the tail",
            Place::Head => "at the head",
            Place::Sorted => "where its key belongs",
        };
        let why = match why {
            Why::Arrived => "it is new".to_owned(),
            Why::Woken(wait) => format!("it was blocked {}", self.wait(wait)),
            Why::Expired => "its slice is over".to_owned(),
            Why::Preempted => "it was preempted".to_owned(),
            Why::Yielded => "it yielded".to_owned(),
            Why::Boosted => "of the boost".to_owned(),
            Why::Resumed => "it fits into memory again".to_owned(),
        };
        format!("queues {place} of Q{level}, because {why}")
    }

    /// Why it was chosen.
    fn reason(&self, rule: RuleId, runner_up: Option<TaskId>, key: u64, other: u64) -> String {
        match runner_up {
            None => format!("({})", rule.name()),
            Some(second) => format!("before {} {}", self.name(second), self.keys(rule, key, other)),
        }
    }

    fn keys(&self, rule: RuleId, key: u64, other: u64) -> String {
        let said = |key: u64| match rule.key() {
            KeyKind::Duration => self.time(Nanos(key)),
            KeyKind::Level => format!("Q{key}"),
            KeyKind::Priority => format!("priority {key}"),
            KeyKind::Number => format!("number {key}"),
            KeyKind::Reference if key == u64::MAX => "never again".to_owned(),
            KeyKind::Reference => format!("reference {key}"),
            KeyKind::Stamp | KeyKind::Nothing => String::new(),
        };
        match (said(key), said(other)) {
            (key, other) if key.is_empty() || other.is_empty() => format!("({})", rule.name()),
            (key, other) => format!("({}: {key} against {other})", rule.name()),
        }
    }

    fn wait(&self, on: Wait) -> String {
        match on {
            Wait::Io(device) => format!("on {}", self.device(device)),
            Wait::Sleep => "asleep".to_owned(),
            Wait::PageIn => "on a page that is read".to_owned(),
            Wait::PageOut => "on pages that are written".to_owned(),
            Wait::Frame => "on a free frame".to_owned(),
            Wait::Work => "asleep until frames run short".to_owned(),
            Wait::Child => "on a child".to_owned(),
        }
    }

    fn device(&self, device: Option<DeviceId>) -> String {
        let name = device.and_then(|device| self.devices.get(device.index()));
        name.map_or_else(|| "its own device".to_owned(), |name| format!("device {name}"))
    }

    fn cause(&self, cause: Cause) -> String {
        match cause {
            Cause::Timer => "timer interrupt".to_owned(),
            Cause::Device(device) => format!("interrupt of {}", self.device(device)),
            Cause::Syscall(number) => {
                format!("system call {number} ({})", syscall::name(number).unwrap_or("unknown"))
            }
            Cause::Exception => "exception".to_owned(),
            Cause::Reschedule => "reschedule".to_owned(),
            Cause::PageFault => "page fault".to_owned(),
            Cause::TlbMiss => "TLB miss".to_owned(),
        }
    }

    fn set(&self, param: Param, value: u64) -> String {
        let (path, value) = params::live_text(self.decoded, param, value);
        format!("{path} becomes {value}")
    }

    fn until(&self, until: Time) -> String {
        if until == Time::NEVER { String::new() } else { format!(" until {}", self.at(until)) }
    }

    fn cost(&self, cost: Nanos) -> String {
        if cost.is_zero() { String::new() } else { format!(", {}", self.time(cost)) }
    }

    fn at(&self, at: Time) -> String {
        in_units(at.0, 1, self.unit)
    }

    fn time(&self, time: Nanos) -> String {
        in_units(time.0, 1, self.unit)
    }
}

fn instruction_name(instruction: Privileged) -> &'static str {
    Privileged::ALL.iter().find(|(_, known)| *known == instruction).map_or("that", |(name, _)| name)
}

fn end(reason: EndReason) -> &'static str {
    match reason {
        EndReason::Done => "every task has ended",
        EndReason::TimeLimit => "the last instant of the scenario is reached",
        EndReason::StepLimit => "the last step of the scenario is taken",
        EndReason::Livelock => "a task works without time passing",
        EndReason::Stuck => "nobody will ever run again",
    }
}
