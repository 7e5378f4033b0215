//! The keys: one table that both handles them and is shown when somebody presses `?`.
//!
//! Keys are told by their place on the keyboard (`KeyboardEvent.code`), not by the letter on them, so they work
//! on every layout and while Korean is being typed. A key belongs first to what has the focus: nothing here acts
//! while somebody writes, a button keeps Space and Enter, a list of tabs keeps its arrows. Keys that write a
//! character can be switched off (WCAG 2.1.4): whoever speaks to the computer would press them without meaning to.
//!
//! To add one: a line of [`TABLE`], a [`Command`], and the compiler leads to [`actions`] and to its text.

mod listen;
mod sheet;

pub use listen::KeyListener;
pub use sheet::KeySheet;

use kernelscope_session::protocol::{Jump, JumpKind, RunId, Target};
use kernelscope_sim::time::Time;

use crate::i18n::{Lang, transport as text};
use crate::state::{Action, CharacterKeys, Overlay, Run, State};
use crate::timeline::window::Window;
use crate::transport::pace;

/// What a key can ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Command {
    /// Time runs, or rests.
    Play,
    /// One step on.
    Forward,
    /// One step back.
    Back,
    /// To the next event of the chosen kind.
    JumpForward,
    /// To the previous one.
    JumpBack,
    /// Before the first step.
    Start,
    /// After the last step.
    End,
    /// To the next event of the chosen task.
    OwnForward,
    /// To the previous one.
    OwnBack,
    /// Time runs faster.
    Faster,
    /// Time runs slower.
    Slower,
    /// A shorter stretch of time.
    ZoomIn,
    /// A longer one.
    ZoomOut,
    /// An earlier stretch.
    PanLeft,
    /// A later one.
    PanRight,
    /// The whole run.
    Fit,
    /// The timeline as a table, or as a picture.
    Table,
    /// Find a task, an event or a time.
    Find,
    /// Take back the last change.
    Undo,
    /// Make it again.
    Redo,
    /// The keys.
    Help,
}

/// The groups of the sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Topic {
    /// Moving the cursor.
    Time,
    /// Moving the view.
    View,
    /// Everything else.
    Page,
}

/// Which other keys are held down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum With {
    /// None.
    Nothing,
    /// Shift.
    Shift,
    /// Control, or Command on a Mac.
    Control,
    /// Both of those.
    ControlShift,
}

/// A key and what it does.
#[derive(Clone, Copy, Debug)]
pub struct Binding {
    /// Where it is.
    pub code: &'static str,
    /// What is held down with it.
    pub with: With,
    /// What is written on it where keyboards are American.
    pub face: &'static str,
    /// What it does.
    pub command: Command,
}

const fn key(code: &'static str, with: With, face: &'static str, command: Command) -> Binding {
    Binding { code, with, face, command }
}

impl Binding {
    /// Whether it writes a letter, a digit or a sign where somebody writes.
    pub fn is_character(&self) -> bool {
        let is_bare = matches!(self.with, With::Nothing | With::Shift);
        let moves = ["Space", "Arrow", "Page", "Home", "End"];
        is_bare && !moves.iter().any(|key| self.code.starts_with(key))
    }
}

/// All keys. Several may do the same; the sheet shows them on one line.
pub const TABLE: &[Binding] = &[
    key("Space", With::Nothing, "Space", Command::Play),
    key("ArrowRight", With::Nothing, "→", Command::Forward),
    key("PageDown", With::Nothing, "Page Down", Command::Forward),
    key("ArrowLeft", With::Nothing, "←", Command::Back),
    key("PageUp", With::Nothing, "Page Up", Command::Back),
    key("ArrowRight", With::Shift, "Shift →", Command::JumpForward),
    key("ArrowLeft", With::Shift, "Shift ←", Command::JumpBack),
    key("BracketRight", With::Nothing, "]", Command::OwnForward),
    key("BracketLeft", With::Nothing, "[", Command::OwnBack),
    key("Home", With::Nothing, "Home", Command::Start),
    key("End", With::Nothing, "End", Command::End),
    key("Period", With::Shift, ">", Command::Faster),
    key("Comma", With::Shift, "<", Command::Slower),
    key("Equal", With::Nothing, "+", Command::ZoomIn),
    key("Equal", With::Shift, "+", Command::ZoomIn),
    key("NumpadAdd", With::Nothing, "+", Command::ZoomIn),
    key("KeyW", With::Nothing, "W", Command::ZoomIn),
    key("Minus", With::Nothing, "-", Command::ZoomOut),
    key("NumpadSubtract", With::Nothing, "-", Command::ZoomOut),
    key("KeyS", With::Nothing, "S", Command::ZoomOut),
    key("KeyA", With::Nothing, "A", Command::PanLeft),
    key("KeyD", With::Nothing, "D", Command::PanRight),
    key("KeyF", With::Nothing, "F", Command::Fit),
    key("KeyT", With::Nothing, "T", Command::Table),
    key("Slash", With::Nothing, "/", Command::Find),
    key("KeyZ", With::Control, "Ctrl Z", Command::Undo),
    key("KeyZ", With::ControlShift, "Ctrl Shift Z", Command::Redo),
    key("KeyY", With::Control, "Ctrl Y", Command::Redo),
    key("Slash", With::Shift, "?", Command::Help),
];

impl Command {
    /// All commands, in the order of the sheet.
    pub const ALL: [Command; 21] = [
        Command::Play,
        Command::Forward,
        Command::Back,
        Command::JumpForward,
        Command::JumpBack,
        Command::OwnForward,
        Command::OwnBack,
        Command::Start,
        Command::End,
        Command::Faster,
        Command::Slower,
        Command::ZoomIn,
        Command::ZoomOut,
        Command::PanLeft,
        Command::PanRight,
        Command::Fit,
        Command::Table,
        Command::Find,
        Command::Undo,
        Command::Redo,
        Command::Help,
    ];

    /// Where it stands on the sheet.
    pub fn topic(self) -> Topic {
        use Command as C;
        match self {
            C::Play | C::Forward | C::Back | C::JumpForward | C::JumpBack | C::OwnForward | C::OwnBack => {
                Topic::Time
            }
            C::Start | C::End | C::Faster | C::Slower => Topic::Time,
            C::ZoomIn | C::ZoomOut | C::PanLeft | C::PanRight | C::Fit | C::Table => Topic::View,
            C::Find | C::Undo | C::Redo | C::Help => Topic::Page,
        }
    }

    /// What it does, in words.
    pub fn text(self, lang: Lang) -> &'static str {
        match self {
            Command::Play => text::key_play(lang),
            Command::Forward => text::key_forward(lang),
            Command::Back => text::key_back(lang),
            Command::JumpForward => text::key_jump_forward(lang),
            Command::JumpBack => text::key_jump_back(lang),
            Command::OwnForward => text::key_own_forward(lang),
            Command::OwnBack => text::key_own_back(lang),
            Command::Start => text::to_start(lang),
            Command::End => text::to_end(lang),
            Command::Faster => text::key_faster(lang),
            Command::Slower => text::key_slower(lang),
            Command::ZoomIn => text::key_zoom_in(lang),
            Command::ZoomOut => text::key_zoom_out(lang),
            Command::PanLeft => text::key_pan_left(lang),
            Command::PanRight => text::key_pan_right(lang),
            Command::Fit => text::key_fit(lang),
            Command::Table => text::key_table(lang),
            Command::Find => text::key_find(lang),
            Command::Undo => text::key_undo(lang),
            Command::Redo => text::key_redo(lang),
            Command::Help => text::key_help(lang),
        }
    }

    /// Its keys, each face once.
    pub fn keys(self) -> Vec<&'static Binding> {
        let mut keys: Vec<&Binding> = Vec::new();
        for binding in TABLE.iter().filter(|binding| binding.command == self) {
            if !keys.iter().any(|known| known.face == binding.face) {
                keys.push(binding);
            }
        }
        keys
    }

    /// Whether it acts again and again while its key is held down.
    pub fn repeats(self) -> bool {
        !matches!(self, Command::Play | Command::Table | Command::Find | Command::Help)
    }
}

/// What has the focus, as far as keys are concerned.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Focus {
    /// Nothing that wants keys.
    #[default]
    Page,
    /// Something to write in, or to choose from.
    Field,
    /// Something to press.
    Button,
    /// Something that is walked through with the arrows: tabs, a list, a grid.
    Walk,
}

/// A key that was pressed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Press {
    /// Where it is.
    pub code: String,
    /// What is held down with it; none if Alt is, which belongs to the browser.
    pub with: Option<With>,
    /// Whether it is held down and comes again by itself.
    pub again: bool,
    /// What has the focus.
    pub focus: Focus,
}

/// What a press asks for, if it asks for anything here and now.
pub fn command(press: &Press, characters: CharacterKeys) -> Option<Command> {
    let with = press.with?;
    let kept = match press.focus {
        Focus::Page => false,
        Focus::Field => true,
        Focus::Button => press.code == "Space",
        Focus::Walk => matches!(
            press.code.as_str(),
            "Space" | "ArrowLeft" | "ArrowRight" | "Home" | "End" | "PageUp" | "PageDown"
        ),
    };
    if kept {
        return None;
    }
    let binding = TABLE.iter().find(|binding| binding.code == press.code && binding.with == with)?;
    let is_off = binding.is_character() && characters == CharacterKeys::Off;
    (!is_off && (!press.again || binding.command.repeats())).then_some(binding.command)
}

/// What a command does to the page as it is. [`Command::Find`] only moves the focus, which is not in the state.
pub fn actions(command: Command, state: &State) -> Vec<Action> {
    let Some(run) = state.runs.get(usize::from(state.selection.run)).or(state.runs.first()) else {
        return without_a_run(command, state);
    };
    let id = RunId(state.selection.run);
    let seek = |to| vec![Action::Play(false), Action::Seek(id, to)];
    let jump = |kind, task, back| seek(Target::Next(Jump { kind, task, back }));
    let step = run.snapshot.step;
    match command {
        Command::Play => vec![Action::Play(!state.playback.playing)],
        Command::Forward if step < run.overview.steps => seek(Target::Step(step + 1)),
        Command::Back if step > 0 => seek(Target::Step(step - 1)),
        Command::Forward | Command::Back => Vec::new(),
        Command::JumpForward => jump(state.playback.jump, None, false),
        Command::JumpBack => jump(state.playback.jump, None, true),
        Command::OwnForward => jump(JumpKind::Any, state.selection.task, false),
        Command::OwnBack => jump(JumpKind::Any, state.selection.task, true),
        Command::Start => seek(Target::Start),
        Command::End => seek(Target::End),
        Command::Faster => vec![Action::Speed(pace::faster(state.playback.speed))],
        Command::Slower => vec![Action::Speed(pace::slower(state.playback.speed))],
        Command::ZoomIn | Command::ZoomOut | Command::PanLeft | Command::PanRight | Command::Fit => {
            vec![zoom(command, run, state.view.window)]
        }
        Command::Table => vec![Action::Table(!state.view.table)],
        Command::Find | Command::Undo | Command::Redo | Command::Help => without_a_run(command, state),
    }
}

/// How a command of the view moves the window: zooming keeps the cursor where it is, if it is in sight.
pub fn zoom(command: Command, run: &Run, window: Option<(Time, Time)>) -> Action {
    let end = run.overview.end;
    let shown = window.map_or(Window::whole(end), |(from, to)| Window {
        from: from.0 as f64,
        span: to.0.saturating_sub(from.0) as f64,
    });
    let now = run.snapshot.now.0 as f64;
    let about = if (shown.from..=shown.to()).contains(&now) { now } else { shown.from + shown.span / 2.0 };
    let moved = match command {
        Command::ZoomIn => shown.zoomed(0.5, about, end),
        Command::ZoomOut => shown.zoomed(2.0, about, end),
        Command::PanLeft => shown.panned(-shown.span / 4.0, end),
        Command::PanRight => shown.panned(shown.span / 4.0, end),
        _ => Window::whole(end),
    };
    self::window(moved, end)
}

/// What a command does whether there is a run or not.
fn without_a_run(command: Command, state: &State) -> Vec<Action> {
    match command {
        Command::Undo => vec![Action::Undo],
        Command::Redo => vec![Action::Redo],
        Command::Help => {
            let open = state.overlay == Some(Overlay::Help);
            vec![Action::Overlay((!open).then_some(Overlay::Help))]
        }
        _ => Vec::new(),
    }
}

/// The action that shows a window; one that shows the whole run says so, and then stays whole when the run grows.
pub fn window(window: Window, end: Time) -> Action {
    if window == Window::whole(end) {
        return Action::Window(None);
    }
    let from = window.from.floor() as u64;
    Action::Window(Some((Time(from), Time((window.to().ceil() as u64).max(from + 1)))))
}

#[cfg(test)]
mod tests;
