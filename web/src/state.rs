//! What the page knows, and how it changes: [`update`] takes a state and an action and gives the next state and
//! the effects to carry out. It is pure, so it is tested without a browser.
//!
//! Big values hang behind [`Shared`] and are compared by pointer. What changes sixty times a second (the playhead
//! while it glides, what the pointer hovers over) is not here: it is drawn directly.

mod action;
pub mod document;
mod edit;
mod effect;
mod engine;
pub mod history;
mod lesson;
mod opening;
mod prefs;
#[cfg(test)]
mod proof;
mod run;
mod selection;
mod shared;
mod update;
mod view;
mod work;

pub use action::{Action, Edit, Origin, Want};
pub use effect::{Dress, Effect};
pub use engine::{EngineState, Phase};
pub use opening::Opening;
pub use prefs::{CharacterKeys, Column, Prefs, Theme, ThemeChoice};
pub use run::{Pages, Run};
pub use selection::Selection;
pub use shared::Shared;
pub use update::{Millis, update};
pub use view::{Panel, ViewState};
pub use work::{Kept, LessonPlace, Work};

use kernelscope_session::protocol::JumpKind;
use kernelscope_session::sweep::SweepPoint;

use crate::i18n::Lang;
use crate::lessons::library::Library;
use crate::sharing::address::Embed;
use crate::sweep::plan::Prepared;

/// Everything that the page knows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct State {
    /// What the person works on: a scenario and its history.
    pub work: Work,
    /// The last good run of it, or of each side of a comparison; empty before the first.
    pub runs: Vec<Shared<Run>>,
    /// What was asked for of each of them.
    pub pages: Vec<Pages>,
    /// How things stand with the engine.
    pub engine: EngineState,
    /// What is chosen, in every panel at once.
    pub selection: Selection,
    /// What is shown of it.
    pub view: ViewState,
    /// Whether time runs by itself, and how.
    pub playback: Playback,
    /// The sweep on the screen.
    pub sweep: SweepState,
    /// What the person prefers, whatever the scenario.
    pub prefs: Prefs,
    /// What this page is part of, if it is embedded.
    pub embed: Option<Embed>,
    /// Whether the browser refuses to store anything: said once.
    pub forgetful: bool,
    /// What must be said, the latest last.
    pub notices: Vec<Notice>,
    /// What a screen reader says next, with a number that changes even if the text does not.
    pub announcement: (u32, String),
    /// What is open in front of the page.
    pub overlay: Option<Overlay>,
    /// What the operating system and the browser prefer.
    pub system: System,
    /// The lessons that have been fetched.
    pub library: Library,
    /// The lesson that opens as soon as it is here.
    pub opening: Option<(&'static str, Start)>,
}

/// How a lesson begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Start {
    /// At the moment that its first step is about.
    AtItsMoment,
    /// At the beginning of its run, which plays by itself.
    Playing,
}

/// Whether time runs by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Playback {
    /// Whether it runs.
    pub playing: bool,
    /// Whether it is to run as soon as there is something that can.
    pub due: bool,
    /// How fast, in per cent of the usual speed.
    pub speed: u16,
    /// What the jump buttons look for.
    pub jump: JumpKind,
}

impl Default for Playback {
    fn default() -> Self {
        Playback { playing: false, due: false, speed: 100, jump: JumpKind::Any }
    }
}

/// The points of a sweep as they come.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SweepState {
    /// The number of this sweep.
    pub generation: u32,
    /// What is swept; none before the first sweep.
    pub prepared: Option<Shared<Prepared>>,
    /// How many points there will be.
    pub total: usize,
    /// Those that are there.
    pub points: Shared<Vec<SweepPoint>>,
    /// Whether more are to come.
    pub running: bool,
}

/// What the surroundings prefer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct System {
    /// The theme of the operating system.
    pub dark: bool,
    /// The language of the browser.
    pub lang: Lang,
    /// Whether the screen has room for one column only.
    pub narrow: bool,
    /// Whether nothing is to move that need not.
    pub still: bool,
}

/// Something that lies in front of the page until it is closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Overlay {
    /// All lessons.
    Lessons,
    /// The keys, and how to begin.
    Help,
    /// Link, file, embedding, earlier work.
    Share,
}

/// Something that the page has to say, until it is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// The engine died and was started again; the cursor is where it was.
    EngineRestarted,
    /// The engine cannot be started.
    EngineFailed(String),
    /// The engine that can have memory cannot be fetched; the last good run stays.
    MemoryMissing,
    /// A lesson cannot be fetched.
    LessonLost(&'static str),
    /// A link or file cannot be opened; the work is untouched.
    CannotOpen(Origin, kernelscope_sim::diagnostic::Diagnostic),
    /// A link, file or lesson was opened in place of the person's own work, which is kept.
    Replaced(String),
    /// What the browser refused: this site may not store anything here.
    NothingStored,
    /// Something is on the clipboard.
    Copied,
    /// The clipboard is closed to the page; the text can be copied by hand.
    CopyByHand(String),
}

impl State {
    /// The language that the page is in.
    pub fn lang(&self) -> Lang {
        self.prefs.lang.unwrap_or(self.system.lang)
    }

    /// The theme that the page is in.
    pub fn theme(&self) -> Theme {
        match self.prefs.theme {
            ThemeChoice::Light => Theme::Light,
            ThemeChoice::Dark => Theme::Dark,
            ThemeChoice::System if self.system.dark => Theme::Dark,
            ThemeChoice::System => Theme::Light,
        }
    }

    /// What the whole page looks like.
    pub fn dress(&self) -> Dress {
        Dress {
            lang: self.lang(),
            theme: self.theme(),
            projector: self.prefs.projector && self.embed.is_none(),
            embedded: self.embed.is_some(),
        }
    }

    /// Whether nothing may be edited.
    pub fn read_only(&self) -> bool {
        self.embed.as_ref().is_some_and(|embed| embed.read_only)
    }
}
