//! The one who tells: turns a [`Narration`] into text in a language, with the scenario's unit and names.
//!
//! A told sentence is a list of [`Piece`]s, so that a panel can draw a task as its chip and a screen reader still
//! hears its name.

use kernelscope_session::view::{StateView, TaskName};
use kernelscope_sim::event::{Place, Wait, Why, syscall};
use kernelscope_sim::ids::{CpuId, DeviceId, TaskId};
use kernelscope_sim::program::Privileged;
use kernelscope_sim::program::memory::Access;
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
            KeyKind::Duration | KeyKind::Reference if key == u64::MAX => "∞".into(),
            KeyKind::Duration => self.span(Nanos(key)),
            KeyKind::Level => format!("Q{key}"),
            KeyKind::Stamp | KeyKind::Reference => format!("№ {key}"),
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
            StateView::Blocked(Wait::Sleep | Wait::Work) => words::state_sleeping(self.lang).into(),
            StateView::Blocked(Wait::PageIn) => words::state_page_in(self.lang).into(),
            StateView::Blocked(Wait::PageOut) => words::state_page_out(self.lang).into(),
            StateView::Blocked(Wait::Frame) => words::state_frame(self.lang).into(),
            StateView::Blocked(Wait::Child) => words::state_child(self.lang).into(),
            StateView::Zombie => words::state_zombie(self.lang).into(),
            StateView::Reaped => words::state_reaped(self.lang).into(),
            StateView::SwappedOut => words::state_swapped_out(self.lang).into(),
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
                Why::Woken(Wait::PageIn) => words::why_page_in(self.lang),
                Why::Woken(Wait::PageOut) => words::why_page_out(self.lang),
                Why::Woken(Wait::Frame) => words::why_frame(self.lang),
                Why::Woken(Wait::Work) => words::why_work(self.lang),
                Why::Woken(Wait::Child) => words::why_child(self.lang),
                Why::Expired => words::why_expired(self.lang),
                Why::Preempted => words::why_preempted(self.lang),
                Why::Yielded => words::why_yielded(self.lang),
                Why::Boosted => words::why_boosted(self.lang),
                Why::Resumed => words::why_resumed(self.lang),
            }
            .into(),
            Value::State(state) => self.state(state),
            Value::Span(length) => self.span(length),
            Value::Instant(at) => self.instant(at),
            Value::Number(number) => number.to_string(),
            Value::Key(kind, key) => self.key(kind, key),
            Value::Rule(rule) => rules::text(rule, self.lang).name.into(),
            Value::Call(number) => self.call(number),
            Value::Signal(signal) => signal_name(signal),
            Value::Instruction(instruction) => instruction_name(instruction).into(),
            Value::Page(vpn) => words::page(self.lang, vpn.0),
            Value::Frame(frame) => words::frame(self.lang, frame.get()),
            Value::Address(va) => format!("{va:#x}"),
            Value::Access(access) => match access {
                Access::Read => words::read(self.lang),
                Access::Write => words::write(self.lang),
                Access::Fetch => words::fetch(self.lang),
            }
            .into(),
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
        1 => "SIGHUP".into(),
        2 => "SIGINT".into(),
        4 => "SIGILL".into(),
        9 => "SIGKILL".into(),
        10 => "SIGUSR1".into(),
        11 => "SIGSEGV".into(),
        12 => "SIGUSR2".into(),
        15 => "SIGTERM".into(),
        _ => format!("signal {signal}"),
    }
}

/// The name that programs use for an instruction.
pub fn instruction_name(instruction: Privileged) -> &'static str {
    Privileged::ALL.iter().find(|(_, known)| *known == instruction).map_or("?", |(name, _)| *name)
}

#[cfg(test)]
mod tests;
