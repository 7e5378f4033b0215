//! The one who tells: turns a [`Narration`] into text in a language, with the scenario's unit and names.
//!
//! A told sentence is a list of [`Piece`]s, so that a panel can draw a task as its chip and a screen reader still
//! hears its name.

use kernelscope_session::view::{StateView, TaskName};
use kernelscope_sim::event::{Place, Wait, Why, syscall};
use kernelscope_sim::ids::{CpuId, DeviceId, TaskId};
use kernelscope_sim::program::Privileged;
use kernelscope_sim::reason::KeyKind;
use kernelscope_sim::scenario::{DeviceSpec, Param, PolicySpec};
use kernelscope_sim::time::{Nanos, Time};

use super::narrate::{Narration, Value};
use super::words;
use super::{Lang, amount, josa, rules};
use crate::ruler::Ruler;
use crate::state::Run;

/// How a run is spoken of.
#[derive(Clone, Copy, Debug)]
pub struct Voice<'a> {
    /// In which language.
    pub lang: Lang,
    /// How durations are written.
    pub ruler: Ruler,
    /// What the tasks are called, in the order of their ids.
    pub tasks: &'a [TaskName],
    /// What the shared devices are called, in the order of their ids.
    pub devices: &'a [DeviceSpec],
    /// Whether ready queues have levels; if not, there is just "the ready queue".
    pub levels: bool,
}

/// A part of a told sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Words.
    Text(String),
    /// A task, to be drawn as its chip.
    Task(TaskId),
}

impl<'a> Voice<'a> {
    /// How this run is spoken of.
    pub fn of(run: &'a Run, lang: Lang) -> Self {
        Voice {
            lang,
            ruler: run.ruler,
            tasks: &run.overview.tasks,
            devices: &run.scenario.machine.devices,
            levels: matches!(run.scenario.machine.policy, PolicySpec::Mlfq(_)),
        }
    }

    /// The sentence in pieces.
    pub fn pieces(&self, narration: &Narration) -> Vec<Piece> {
        let mut pieces = Vec::new();
        let mut text = String::new();
        let mut rest = narration.sentence.template(self.lang);
        while let Some((before, gap, after)) = next_gap(rest) {
            text.push_str(before);
            let (name, particle) = gap.split_once(':').unwrap_or((gap, ""));
            let value = narration.args.iter().find(|(arg, _)| *arg == name).map(|(_, value)| *value);
            let word = value.map_or_else(String::new, |value| self.word(value));
            if let Some(Value::Task(task)) = value {
                if !text.is_empty() {
                    pieces.push(Piece::Text(std::mem::take(&mut text)));
                }
                pieces.push(Piece::Task(task));
            } else {
                text.push_str(&word);
            }
            text.push_str(josa::after(&word, particle).unwrap_or_default());
            rest = after;
        }
        text.push_str(rest);
        if !text.is_empty() {
            pieces.push(Piece::Text(text));
        }
        pieces
    }

    /// The sentence as plain text.
    pub fn text(&self, narration: &Narration) -> String {
        self.pieces(narration)
            .into_iter()
            .map(|piece| match piece {
                Piece::Text(text) => text,
                Piece::Task(task) => self.task(task).to_owned(),
            })
            .collect()
    }

    /// A task's name.
    pub fn task(&self, task: TaskId) -> &str {
        self.tasks.get(task.index()).map_or("?", |named| named.name.as_str())
    }

    /// A processor's name.
    pub fn cpu(&self, cpu: CpuId) -> String {
        format!("CPU {}", cpu.get())
    }

    /// A device's name.
    pub fn device(&self, device: Option<DeviceId>) -> String {
        match device {
            Some(device) => {
                self.devices.get(device.index()).map_or("?", |spec| spec.name.as_str()).to_owned()
            }
            None => words::own_device(self.lang).into(),
        }
    }

    /// A length of time in the scenario's unit.
    pub fn span(&self, length: Nanos) -> String {
        amount::duration(length, self.ruler)
    }

    /// An instant in the scenario's unit; a dash where there is none.
    pub fn instant(&self, at: Time) -> String {
        if at == Time::NEVER { "–".into() } else { self.span(Nanos(at.0)) }
    }

    /// A ready queue's name.
    pub fn queue(&self, level: u8) -> String {
        if self.levels { format!("Q{level}") } else { words::ready_queue(self.lang).into() }
    }

    /// A key as its rule measures it.
    pub fn key(&self, kind: KeyKind, key: u64) -> String {
        match kind {
            KeyKind::Duration if key == u64::MAX => "∞".into(),
            KeyKind::Duration => self.span(Nanos(key)),
            KeyKind::Level => format!("Q{key}"),
            KeyKind::Stamp => format!("№ {key}"),
            KeyKind::Priority | KeyKind::Number => key.to_string(),
            KeyKind::Nothing => "–".into(),
        }
    }

    /// A system call by its number.
    pub fn call(&self, number: u32) -> String {
        match syscall::name(number) {
            Some(name) => format!("{name}()"),
            None => words::unknown_call(self.lang, number),
        }
    }

    /// A parameter that can change while the machine runs.
    pub fn param(&self, param: Param) -> String {
        match param {
            Param::Quantum => words::quantum(self.lang).into(),
            Param::LevelQuantum(level) => words::level_quantum(self.lang, level),
            Param::LevelAllotment(level) => words::level_allotment(self.lang, level),
            Param::Boost => words::boost_period(self.lang).into(),
            Param::AgingEvery => words::aging_every(self.lang).into(),
            Param::AgingStep => words::aging_step(self.lang).into(),
            Param::Priority(task) => words::priority_of(self.lang, self.task(task)),
            Param::ModeSwitch => words::mode_switch_cost(self.lang).into(),
            Param::TimerHandler => words::timer_handler_cost(self.lang).into(),
            Param::ProcessSwitch => words::process_switch_cost(self.lang).into(),
            Param::ThreadSwitch => words::thread_switch_cost(self.lang).into(),
        }
    }

    /// A task's state.
    pub fn state(&self, state: StateView) -> String {
        match state {
            StateView::New => words::state_new(self.lang).into(),
            StateView::Ready => words::state_ready(self.lang).into(),
            StateView::Switching => words::state_switching(self.lang).into(),
            StateView::Running => words::state_running(self.lang).into(),
            StateView::Blocked(Wait::Io(device)) => words::state_blocked_on(self.lang, &self.device(device)),
            StateView::Blocked(Wait::Sleep) => words::state_sleeping(self.lang).into(),
            StateView::Zombie => words::state_zombie(self.lang).into(),
            StateView::Reaped => words::state_reaped(self.lang).into(),
        }
    }

    fn setting(&self, param: Param, value: u64) -> String {
        match param {
            Param::Boost if value == 0 => words::never(self.lang).into(),
            Param::AgingStep | Param::Priority(_) => value.to_string(),
            Param::Quantum
            | Param::LevelQuantum(_)
            | Param::LevelAllotment(_)
            | Param::Boost
            | Param::AgingEvery
            | Param::ModeSwitch
            | Param::TimerHandler
            | Param::ProcessSwitch
            | Param::ThreadSwitch => self.span(Nanos(value)),
        }
    }

    fn word(&self, value: Value) -> String {
        match value {
            Value::Task(task) => self.task(task).to_owned(),
            Value::Cpu(cpu) => self.cpu(cpu),
            Value::Device(device) => self.device(device),
            Value::Queue(level) => self.queue(level),
            Value::Place(place) => match place {
                Place::Tail => words::at_tail(self.lang),
                Place::Head => words::at_head(self.lang),
                Place::Sorted => words::by_key(self.lang),
            }
            .into(),
            Value::Why(why) => match why {
                Why::Arrived => words::why_arrived(self.lang),
                Why::Woken(Wait::Io(_)) => words::why_io(self.lang),
                Why::Woken(Wait::Sleep) => words::why_slept(self.lang),
                Why::Expired => words::why_expired(self.lang),
                Why::Preempted => words::why_preempted(self.lang),
                Why::Yielded => words::why_yielded(self.lang),
                Why::Boosted => words::why_boosted(self.lang),
            }
            .into(),
            Value::Span(length) => self.span(length),
            Value::Instant(at) => self.instant(at),
            Value::Number(number) => number.to_string(),
            Value::Key(kind, key) => self.key(kind, key),
            Value::Rule(rule) => rules::text(rule, self.lang).name.into(),
            Value::Call(number) => self.call(number),
            Value::Signal(signal) => signal_name(signal),
            Value::Instruction(instruction) => instruction_name(instruction).into(),
            Value::Param(param) => self.param(param),
            Value::Setting(param, value) => self.setting(param, value),
        }
    }
}

fn next_gap(template: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = template.split_once('{')?;
    let (gap, after) = rest.split_once('}')?;
    Some((before, gap, after))
}

/// A signal by its number, with its name where students meet it.
fn signal_name(signal: u8) -> String {
    match signal {
        2 => "SIGINT".into(),
        4 => "SIGILL".into(),
        9 => "SIGKILL".into(),
        11 => "SIGSEGV".into(),
        15 => "SIGTERM".into(),
        _ => format!("signal {signal}"),
    }
}

/// The name that programs use for an instruction.
pub fn instruction_name(instruction: Privileged) -> &'static str {
    Privileged::ALL.iter().find(|(_, known)| *known == instruction).map_or("?", |(name, _)| *name)
}

#[cfg(test)]
mod tests {
    use kernelscope_sim::event::{BootStage, Cause, EndReason, Event, EventKind};
    use kernelscope_sim::ids::Pid;
    use kernelscope_sim::rules::{RULES, RuleId};
    use kernelscope_sim::scenario::TaskKind;

    use super::*;
    use crate::i18n::events::Sentence;
    use crate::i18n::narrate::{because, narrate, why_not};

    fn names() -> Vec<TaskName> {
        ["A", "셸"]
            .iter()
            .enumerate()
            .map(|(index, name)| TaskName {
                id: TaskId::from_index(index),
                pid: Pid(100 + index as u32),
                name: (*name).into(),
                kind: TaskKind::User,
            })
            .collect()
    }

    fn tell(lang: Lang, narration: &Narration) -> String {
        let (tasks, devices) = (names(), vec![DeviceSpec { name: "disk".into(), servers: 1 }]);
        let ruler = Ruler::default();
        Voice { lang, ruler, tasks: &tasks, devices: &devices, levels: true }
            .text(narration)
            .replace('\u{a0}', " ")
    }

    /// At least one event of every kind, and of every form that has words of its own.
    fn kinds() -> Vec<EventKind> {
        let b = TaskId::new(1);
        let (ms, at) = (Nanos::from_millis, |n: u64| Time(n * 1_000_000));
        let disk = Some(DeviceId::new(0));
        let mut kinds = vec![
            EventKind::Boot(BootStage::TrapTable),
            EventKind::Boot(BootStage::StartTimer),
            EventKind::Arrive,
            EventKind::ContextSwitch { from: Some(b), cost: ms(0) },
            EventKind::ContextSwitch { from: Some(b), cost: ms(1) },
            EventKind::ContextSwitch { from: None, cost: ms(0) },
            EventKind::ContextSwitch { from: None, cost: ms(1) },
            EventKind::SaveKernelRegisters,
            EventKind::RestoreKernelRegisters,
            EventKind::Run,
            EventKind::Yield,
            EventKind::SliceEnd { rule: RuleId::RrSlice, slice: ms(10) },
            EventKind::Operation { position: 2 },
            EventKind::Block { on: Wait::Io(None), until: at(30) },
            EventKind::Block { on: Wait::Io(disk), until: Time::NEVER },
            EventKind::Block { on: Wait::Sleep, until: at(30) },
            EventKind::IoStart { device: DeviceId::new(0), until: at(30) },
            EventKind::Wake { from: Wait::Io(disk), since: at(5) },
            EventKind::Wake { from: Wait::Sleep, since: at(5) },
            EventKind::Idle,
            EventKind::Hold,
            EventKind::Exit { status: 0 },
            EventKind::Killed { signal: 9 },
            EventKind::Reap { status: 3 },
            EventKind::KernelEntry { cause: Cause::Timer, cost: ms(0) },
            EventKind::KernelEntry { cause: Cause::Device(disk), cost: ms(0) },
            EventKind::KernelEntry { cause: Cause::Device(None), cost: ms(0) },
            EventKind::KernelEntry { cause: Cause::Syscall(39), cost: ms(0) },
            EventKind::KernelEntry { cause: Cause::Exception, cost: ms(0) },
            EventKind::KernelEntry { cause: Cause::Reschedule, cost: ms(0) },
            EventKind::SyscallDispatch { number: 39 },
            EventKind::SyscallError { number: 999 },
            EventKind::Violation { instruction: Privileged::Halt },
            EventKind::ReturnFromTrap,
            EventKind::Demote { from: 0, to: 1, rule: RuleId::MlfqAccounting, used: ms(10) },
            EventKind::Demote { from: 0, to: 1, rule: RuleId::MlfqPerSlice, used: ms(10) },
            EventKind::Boost { next: at(100) },
            EventKind::BoostTask { from: 2, to: 0 },
            EventKind::Age { from: 4, to: 3 },
            EventKind::Estimate { burst: ms(6), next: ms(8) },
            EventKind::Set { param: Param::Boost, value: 0 },
            EventKind::Signal { signal: 9 },
            EventKind::InputIgnored { input: 0 },
            EventKind::Livelock { operations: 10_000 },
        ];
        for place in [Place::Tail, Place::Head, Place::Sorted] {
            kinds.push(EventKind::Enqueue { level: 1, place, why: Why::Expired });
        }
        for reason in [
            EndReason::Done,
            EndReason::TimeLimit,
            EndReason::StepLimit,
            EndReason::Livelock,
            EndReason::Stuck,
        ] {
            kinds.push(EventKind::End(reason));
        }
        for rule in RULES {
            for runner_up in [Some(b), None] {
                kinds.push(EventKind::Dispatch { rule: rule.id, runner_up, key: 1, other: 2 });
                kinds.push(EventKind::Preempt { rule: rule.id, by: runner_up, key: 1, other: 2 });
            }
        }
        kinds
    }

    fn every_narration() -> Vec<Narration> {
        let (a, b) = (TaskId::new(0), TaskId::new(1));
        let mut told = Vec::new();
        for kind in kinds() {
            for task in [Some(a), None] {
                let event = Event { at: Time(40_000_000), kind, task, cpu: Some(CpuId::new(0)) };
                let needs_task = narrate(&event).sentence.template(Lang::En).contains("{task}");
                if task.is_some() || !needs_task {
                    told.push(narrate(&event));
                }
                if task.is_some() {
                    told.extend(because(&event));
                }
            }
        }
        for rule in RULES {
            told.push(why_not(b, rule.id, 2, a, 1));
            told.push(why_not(b, rule.id, 1, a, 1));
        }
        told
    }

    #[test]
    fn every_gap_of_every_sentence_is_filled_in_both_languages() {
        let told = every_narration();
        for narration in &told {
            for lang in [Lang::En, Lang::Ko] {
                let mut rest = narration.sentence.template(lang);
                while let Some((_, gap, after)) = next_gap(rest) {
                    let name = gap.split(':').next();
                    let filled = narration.args.iter().any(|(arg, _)| Some(*arg) == name);
                    assert!(filled, "{:?} in {lang:?} leaves {gap} empty", narration.sentence);
                    rest = after;
                }
                assert!(!tell(lang, narration).contains(['{', '}', '?']), "{}", tell(lang, narration));
            }
        }
        for sentence in Sentence::ALL {
            assert!(
                told.iter().any(|narration| narration.sentence == *sentence),
                "{sentence:?} is never said"
            );
        }
    }

    #[test]
    fn every_korean_particle_is_one_that_exists() {
        for sentence in Sentence::ALL {
            let mut rest = sentence.template(Lang::Ko);
            while let Some((_, gap, after)) = next_gap(rest) {
                if let Some((_, particle)) = gap.split_once(':') {
                    assert!(josa::after("A", particle).is_some(), "{sentence:?}: {particle}");
                }
                rest = after;
            }
        }
    }

    #[test]
    fn a_dispatch_tells_whose_key_was_compared() {
        let event = Event {
            at: Time(0),
            kind: EventKind::Dispatch {
                rule: RuleId::SjfShortest,
                runner_up: Some(TaskId::new(1)),
                key: 10_000_000,
                other: 100_000_000,
            },
            task: Some(TaskId::new(0)),
            cpu: Some(CpuId::new(0)),
        };
        assert_eq!(tell(Lang::En, &narrate(&event)), "A gets CPU 0");
        assert_eq!(tell(Lang::Ko, &narrate(&event)), "A가 CPU 0을 받는다");
        let why = because(&event).expect("a dispatch has a reason");
        assert_eq!(tell(Lang::En, &why), "It needs 10 ms, the shortest; 셸 needs 100 ms.");
        assert_eq!(tell(Lang::Ko, &why), "필요한 시간이 10 ms로 가장 짧다. 셸은 100 ms가 필요하다.");
    }

    #[test]
    fn a_task_in_a_sentence_is_a_piece_of_its_own() {
        let (tasks, devices) = (names(), Vec::new());
        let voice =
            Voice { lang: Lang::Ko, ruler: Ruler::default(), tasks: &tasks, devices: &devices, levels: true };
        let event = Event {
            at: Time(0),
            kind: EventKind::Demote { from: 0, to: 1, rule: RuleId::MlfqAccounting, used: Nanos(0) },
            task: Some(TaskId::new(1)),
            cpu: None,
        };
        let pieces = voice.pieces(&narrate(&event));
        assert_eq!(pieces, [Piece::Task(TaskId::new(1)), Piece::Text("이 Q0에서 Q1로 내려간다".into())]);
    }
}
