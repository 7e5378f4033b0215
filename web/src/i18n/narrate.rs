//! From an event to a sentence, without a language: which sentence, and what stands in its gaps.
//!
//! [`narrate`] says what happened and [`because`] why. Both are one exhaustive match, so an event without words
//! does not compile. The sentences in both languages stand in [`super::events`]; [`super::voice`] fills them in.

mod memory;
mod process;

use kernelscope_session::view::StateView;
use kernelscope_sim::event::{BootStage, Cause, EndReason, Event, EventKind, MemoryEvent, Place, Wait, Why};
use kernelscope_sim::ids::{CpuId, DeviceId, FrameId, TaskId, Vpn};
use kernelscope_sim::program::Privileged;
use kernelscope_sim::program::memory::Access;
use kernelscope_sim::reason::KeyKind;
use kernelscope_sim::rules::RuleId;
use kernelscope_sim::scenario::Param;
use kernelscope_sim::time::{Nanos, Time};

use super::events::Sentence;

/// A sentence and what stands in its gaps.
#[derive(Clone, Debug, PartialEq)]
pub struct Narration {
    /// Which sentence.
    pub sentence: Sentence,
    /// The values, by the names of the gaps.
    pub args: Vec<(&'static str, Value)>,
}

/// Something a gap can hold; how it is written depends on language, unit and names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value {
    /// A task.
    Task(TaskId),
    /// A processor.
    Cpu(CpuId),
    /// A shared device, or one of the task's own.
    Device(Option<DeviceId>),
    /// A ready queue, by its level.
    Queue(u8),
    /// One end of a queue.
    Place(Place),
    /// What made a task ready.
    Why(Why),
    /// A length of time.
    Span(Nanos),
    /// An instant.
    Instant(Time),
    /// A plain number.
    Number(u64),
    /// A key, as its rule measures it.
    Key(KeyKind, u64),
    /// A task's state.
    State(StateView),
    /// A rule, by its name in the reader's language.
    Rule(RuleId),
    /// A system call, by number.
    Call(u32),
    /// A signal, by number.
    Signal(u8),
    /// An instruction that user mode may not execute.
    Instruction(Privileged),
    /// A page, by its number.
    Page(Vpn),
    /// A frame.
    Frame(FrameId),
    /// A virtual address.
    Address(u64),
    /// What a reference does.
    Access(Access),
    /// A parameter of the machine.
    Param(Param),
    /// The value of a parameter.
    Setting(Param, u64),
}

impl Narration {
    fn of(sentence: Sentence) -> Self {
        Narration { sentence, args: Vec::new() }
    }

    fn with(mut self, gap: &'static str, value: Value) -> Self {
        self.args.push((gap, value));
        self
    }

    fn task(self, task: Option<TaskId>) -> Self {
        self.maybe("task", task.map(Value::Task))
    }

    fn cpu(self, cpu: Option<CpuId>) -> Self {
        self.maybe("cpu", cpu.map(Value::Cpu))
    }

    fn maybe(self, gap: &'static str, value: Option<Value>) -> Self {
        match value {
            Some(value) => self.with(gap, value),
            None => self,
        }
    }
}

/// What happened.
pub fn narrate(event: &Event) -> Narration {
    use Value::{Call, Device, Instant, Instruction, Number, Queue, Setting, Signal, Span, Task};
    let say = |sentence| Narration::of(sentence).task(event.task).cpu(event.cpu);
    match event.kind {
        EventKind::Boot(BootStage::TrapTable) => say(Sentence::BootTrapTable),
        EventKind::Boot(BootStage::StartTimer) => say(Sentence::BootStartTimer),
        EventKind::Arrive => say(Sentence::Arrive),
        EventKind::Enqueue { level, place, why } => say(Sentence::Enqueue)
            .with("queue", Queue(level))
            .with("place", Value::Place(place))
            .with("why", Value::Why(why)),
        EventKind::Dispatch { .. } => say(Sentence::Dispatch),
        EventKind::ContextSwitch { from, cost } => {
            let sentence = match (from.is_some(), cost.is_zero()) {
                (true, true) => Sentence::Switch,
                (true, false) => Sentence::SwitchCosts,
                (false, true) => Sentence::SwitchFromIdle,
                (false, false) => Sentence::SwitchFromIdleCosts,
            };
            say(sentence).maybe("from", from.map(Task)).with("cost", Span(cost))
        }
        EventKind::SaveKernelRegisters => say(Sentence::SaveKernelRegisters),
        EventKind::RestoreKernelRegisters => say(Sentence::RestoreKernelRegisters),
        EventKind::Run => say(Sentence::Run),
        EventKind::Preempt { by: Some(by), .. } => say(Sentence::Preempt).with("by", Task(by)),
        EventKind::Preempt { by: None, .. } => say(Sentence::Requeued),
        EventKind::SliceEnd { slice, .. } => say(Sentence::SliceEnd).with("slice", Span(slice)),
        EventKind::Yield => say(Sentence::Yield),
        EventKind::Block { on, until } => match (on, until) {
            (Wait::Io(device), Time::NEVER) => say(Sentence::BlockQueued).with("device", Device(device)),
            (Wait::Io(device), _) => {
                say(Sentence::BlockIo).with("device", Device(device)).with("until", Instant(until))
            }
            (Wait::Sleep, _) => say(Sentence::Sleep).with("until", Instant(until)),
            _ => say(memory::block(on, until)).with("until", Instant(until)),
        },
        EventKind::IoStart { device, until } => {
            say(Sentence::IoStart).with("device", Device(Some(device))).with("until", Instant(until))
        }
        EventKind::Wake { from, since } => {
            let waited = Span(Nanos(event.at.0.saturating_sub(since.0)));
            match from {
                Wait::Io(device) => say(Sentence::WakeIo).with("device", Device(device)),
                Wait::Sleep => say(Sentence::WakeSleep),
                _ => say(memory::wake(from)),
            }
            .with("waited", waited)
        }
        EventKind::Idle => say(Sentence::Idle),
        EventKind::Hold => say(Sentence::Hold),
        EventKind::Operation { position } => {
            say(Sentence::Operation).with("number", Number(u64::from(position) + 1))
        }
        EventKind::Exit { status } => say(Sentence::Exit).with("status", Number(status.into())),
        EventKind::Killed { signal } => say(Sentence::Killed).with("signal", Signal(signal)),
        EventKind::Reap { status } => say(Sentence::Reap).with("status", Number(status.into())),
        EventKind::KernelEntry { cause, .. } => match (cause, event.task.is_some()) {
            (Cause::Timer, true) => say(Sentence::EntryTimer),
            (Cause::Timer, false) => say(Sentence::EntryTimerIdle),
            (Cause::Device(None), true) => say(Sentence::EntryOwnDevice),
            (Cause::Device(None), false) => say(Sentence::EntryOwnDeviceIdle),
            (Cause::Device(device), true) => say(Sentence::EntryDevice).with("device", Device(device)),
            (Cause::Device(device), false) => say(Sentence::EntryDeviceIdle).with("device", Device(device)),
            (Cause::Syscall(number), _) => say(Sentence::EntrySyscall).with("call", Call(number)),
            (Cause::Exception, _) => say(Sentence::EntryException),
            (Cause::PageFault, _) => say(Sentence::EntryPageFault),
            (Cause::TlbMiss, _) => say(Sentence::EntryTlbMiss),
            (Cause::Reschedule, true) => say(Sentence::EntryReschedule),
            (Cause::Reschedule, false) => say(Sentence::EntryRescheduleIdle),
        },
        EventKind::SyscallDispatch { number } => {
            say(Sentence::SyscallDispatch).with("number", Number(number.into())).with("call", Call(number))
        }
        EventKind::SyscallError { number } => {
            say(Sentence::SyscallError).with("number", Number(number.into()))
        }
        EventKind::Violation { instruction } => {
            say(Sentence::Violation).with("instruction", Instruction(instruction))
        }
        EventKind::ReturnFromTrap if event.task.is_some() => say(Sentence::ReturnFromTrap),
        EventKind::ReturnFromTrap => say(Sentence::ReturnFromTrapIdle),
        EventKind::Demote { from, to, .. } => {
            say(Sentence::Demote).with("from", Queue(from)).with("to", Queue(to))
        }
        EventKind::Boost { next } => say(Sentence::Boost).with("to", Queue(0)).with("next", Instant(next)),
        EventKind::BoostTask { from, to } => {
            say(Sentence::BoostTask).with("from", Queue(from)).with("to", Queue(to))
        }
        EventKind::Age { from, to } => {
            say(Sentence::Age).with("from", Number(from.into())).with("to", Number(to.into()))
        }
        EventKind::Estimate { burst, next } => {
            say(Sentence::Estimate).with("burst", Span(burst)).with("next", Span(next))
        }
        EventKind::Set { param, value } => {
            say(Sentence::Set).with("param", Value::Param(param)).with("value", Setting(param, value))
        }
        EventKind::Signal { signal } => say(Sentence::Signal).with("signal", Signal(signal)),
        EventKind::InputIgnored { input } => {
            say(Sentence::InputIgnored).with("number", Number(u64::from(input) + 1))
        }
        EventKind::Livelock { operations } => {
            say(Sentence::Livelock).with("number", Number(operations.into()))
        }
        EventKind::End(reason) => say(match reason {
            EndReason::Done => Sentence::EndDone,
            EndReason::TimeLimit => Sentence::EndTime,
            EndReason::StepLimit => Sentence::EndSteps,
            EndReason::Livelock => Sentence::EndLivelock,
            EndReason::Stuck => Sentence::EndStuck,
        }),
        EventKind::Memory(memory) => memory::narrate(event, memory),
        EventKind::Process(process) => process::narrate(event, process),
    }
}

/// The rule that stands behind an event: the one that decided, or the one that a reader would look up.
pub fn rule_behind(kind: &EventKind) -> Option<RuleId> {
    kind.rule().or(match kind {
        EventKind::KernelEntry { cause: Cause::Timer, .. } | EventKind::Boot(BootStage::StartTimer) => {
            Some(RuleId::TimerInterrupt)
        }
        EventKind::KernelEntry { cause: Cause::Syscall(_), .. }
        | EventKind::SyscallDispatch { .. }
        | EventKind::SyscallError { .. } => Some(RuleId::SyscallNumber),
        EventKind::KernelEntry { cause: Cause::Exception, .. }
        | EventKind::Violation { .. }
        | EventKind::Boot(BootStage::TrapTable) => Some(RuleId::Privileged),
        EventKind::ContextSwitch { .. }
        | EventKind::SaveKernelRegisters
        | EventKind::RestoreKernelRegisters
        | EventKind::ReturnFromTrap => Some(RuleId::TwoSaves),
        EventKind::KernelEntry { cause: Cause::Device(_) | Cause::Reschedule, .. } => Some(RuleId::NoNesting),
        EventKind::Hold => Some(RuleId::Held),
        EventKind::Exit { .. } | EventKind::Reap { .. } => Some(RuleId::Zombie),
        EventKind::Arrive => Some(RuleId::InstantOrder),
        EventKind::Wake { .. } => Some(RuleId::IoReturn),
        _ => None,
    })
}

/// Why it happened, where the machine chose: the keys that were compared, in words.
pub fn because(event: &Event) -> Option<Narration> {
    match event.kind {
        EventKind::Dispatch { rule, runner_up, key, other } => Some(
            chosen(rule, runner_up.is_some())
                .task(event.task)
                .maybe("other", runner_up.map(Value::Task))
                .with("rule", Value::Rule(rule))
                .with("key", Value::Key(rule.key(), key))
                .with("other_key", Value::Key(rule.key(), other)),
        ),
        EventKind::Preempt { rule, by, key, other } => Some(
            Narration::of(displaced(rule, by.is_some()))
                .task(event.task)
                .maybe("by", by.map(Value::Task))
                .with("rule", Value::Rule(rule))
                .with("key", Value::Key(rule.key(), key))
                .with("other_key", Value::Key(rule.key(), other)),
        ),
        EventKind::SliceEnd { slice, .. } => {
            Some(Narration::of(Sentence::WhySliceEnd).with("slice", Value::Span(slice)))
        }
        EventKind::Demote { from, rule, used, .. } => {
            let sentence = match rule {
                RuleId::MlfqPerSlice => Sentence::WhyDemotePerSlice,
                _ => Sentence::WhyDemoteAccounting,
            };
            Some(
                Narration::of(sentence)
                    .task(event.task)
                    .with("from", Value::Queue(from))
                    .with("used", Value::Span(used)),
            )
        }
        EventKind::Boost { .. } | EventKind::BoostTask { .. } => Some(Narration::of(Sentence::WhyBoost)),
        EventKind::Age { .. } => Some(Narration::of(Sentence::WhyAge)),
        EventKind::Estimate { .. } => Some(Narration::of(Sentence::WhyEstimate)),
        EventKind::KernelEntry { cause, .. } => Some(Narration::of(match cause {
            Cause::Timer => Sentence::WhyTimer,
            Cause::Device(_) => Sentence::WhyDevice,
            Cause::Syscall(_) => Sentence::WhySyscall,
            Cause::Exception => Sentence::WhyException,
            Cause::PageFault => Sentence::WhyPageFault,
            Cause::TlbMiss => Sentence::WhyTlbMiss,
            Cause::Reschedule => Sentence::WhyReschedule,
        })),
        EventKind::SyscallError { .. } => Some(Narration::of(Sentence::WhySyscallNumber)),
        EventKind::Violation { .. } => Some(Narration::of(Sentence::WhyViolation)),
        EventKind::Exit { .. } => Some(Narration::of(Sentence::WhyZombie)),
        EventKind::Hold => Some(Narration::of(Sentence::WhyHold)),
        EventKind::Memory(MemoryEvent::Evict { rule, .. }) => {
            Some(Narration::of(Sentence::WhyEvict).with("rule", Value::Rule(rule)))
        }
        _ => None,
    }
}

/// The sentence that tells why a task was chosen before the runner-up.
fn chosen(rule: RuleId, compared: bool) -> Narration {
    Narration::of(match rule {
        RuleId::OnlyOne => Sentence::ChosenOnly,
        _ if !compared => Sentence::ChosenAlone,
        RuleId::KernelFirst => Sentence::ChosenKernel,
        RuleId::FifoOrder | RuleId::RrOrder => Sentence::ChosenFirst,
        RuleId::SjfShortest => Sentence::ChosenShortest,
        RuleId::StcfShortest => Sentence::ChosenLeast,
        RuleId::PriorityOrder => Sentence::ChosenPriority,
        RuleId::MlfqLevel => Sentence::ChosenLevel,
        RuleId::MlfqTurns => Sentence::ChosenTurn,
        RuleId::Tie => Sentence::ChosenTie,
        RuleId::StcfTie => Sentence::ChosenNewcomer,
        RuleId::RingOrder => Sentence::ChosenRing,
        RuleId::RingNow => Sentence::ChosenNow,
        RuleId::Held => Sentence::ChosenHeld,
        rule if rule.key() == KeyKind::Nothing => Sentence::ChosenBy,
        _ => Sentence::ChosenByKeys,
    })
}

/// The sentence that tells why a task lost the CPU to another.
fn displaced(rule: RuleId, known: bool) -> Sentence {
    match rule {
        RuleId::BoostRunning | RuleId::MlfqBoost => Sentence::DisplacedBoost,
        _ if !known => Sentence::DisplacedBy,
        RuleId::KernelFirst => Sentence::DisplacedKernel,
        RuleId::StcfShortest | RuleId::SjfShortest => Sentence::DisplacedLess,
        RuleId::StcfTie => Sentence::DisplacedNewcomer,
        RuleId::PriorityOrder => Sentence::DisplacedPriority,
        RuleId::MlfqLevel => Sentence::DisplacedLevel,
        RuleId::IoReturnPreemptsEqual => Sentence::DisplacedEqual,
        RuleId::RingNow => Sentence::DisplacedNow,
        _ => Sentence::DisplacedBy,
    }
}

/// Why a task was no candidate.
pub fn not_ready(task: TaskId, state: StateView, since: Time) -> Narration {
    Narration::of(Sentence::NotReady)
        .with("task", Value::Task(task))
        .with("state", Value::State(state))
        .with("since", Value::Instant(since))
}

/// Why a candidate was not chosen: its key beside the winner's.
pub fn why_not(task: TaskId, rule: RuleId, key: u64, winner: TaskId, winner_key: u64) -> Narration {
    let kind = rule.key();
    let equal = key == winner_key;
    let sentence = match kind {
        KeyKind::Nothing => Sentence::NotByRule,
        KeyKind::Stamp => Sentence::NotLater,
        KeyKind::Duration if equal => Sentence::NotEqual,
        KeyKind::Duration => Sentence::NotLonger,
        KeyKind::Level if equal => Sentence::NotLater,
        KeyKind::Level => Sentence::NotLower,
        KeyKind::Priority if equal => Sentence::NotEqual,
        KeyKind::Priority => Sentence::NotWorse,
        KeyKind::Number | KeyKind::Reference => Sentence::NotNumber,
    };
    Narration::of(sentence)
        .with("task", Value::Task(task))
        .with("winner", Value::Task(winner))
        .with("rule", Value::Rule(rule))
        .with("key", Value::Key(kind, key))
        .with("winner_key", Value::Key(kind, winner_key))
}
