//! Everything that can happen to the page.

use kernelscope_session::protocol::{Generation, JumpKind, Request, RunId, Target};
use kernelscope_session::topic::Choice;
use kernelscope_session::view::Look;
use kernelscope_share::params::Overrides;
use kernelscope_sim::time::Time;
use serde_json::Value;

use super::{
    CharacterKeys, Column, LessonPlace, Notice, Overlay, Panel, Selection, Shared, Start, System, ThemeChoice,
};
use crate::engine::Report;
use crate::i18n::Lang;
use crate::lessons::model::Lesson;
use crate::sharing::Saved;
use crate::sweep::plan::Prepared;

/// Something that happened.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// The document is changed.
    Edit(Edit),
    /// The last change of the document is taken back …
    Undo,
    /// … or made again.
    Redo,
    /// Another document is opened.
    Open(Origin, Box<Saved>),
    /// A link or file turned out not to be one.
    OpenFailed(Origin, kernelscope_sim::diagnostic::Diagnostic),
    /// An earlier piece of work is opened again.
    Restore(usize),
    /// A document is run beside the first one for each of these, with the overrides set in it.
    Compare(Vec<Overrides>),

    /// The engine says something.
    Engine(Report),
    /// The cursor is to go somewhere, as seen from one of the runs.
    Seek(RunId, Target),
    /// A view is wanted of the current run.
    Want(Want),
    /// A sweep is to begin.
    Sweep(Shared<Prepared>),
    /// The sweep is to end.
    StopSweep,

    /// Something is chosen.
    Select(Selection),
    /// Time begins to run by itself, or stops.
    Play(bool),
    /// Time runs faster or slower, in per cent.
    Speed(u16),
    /// The jump buttons look for something else.
    Jump(JumpKind),
    /// The timeline shows another stretch; all of it if none. Sent when a gesture ends.
    Window(Option<(Time, Time)>),
    /// The timeline is shown as a table, or not.
    Table(bool),
    /// A panel comes to the front.
    Show(Panel),
    /// A panel is put beside the first one, or away.
    Beside(Option<Panel>),
    /// A step of the lesson is shown.
    Lesson(Option<LessonPlace>),
    /// A lesson is opened at its first step, as soon as it is here.
    OpenLesson(&'static str, Start),
    /// A lesson arrived, or will not.
    Delivered(&'static str, Option<Shared<Lesson>>),
    /// What did not arrive is asked for again.
    FetchAgain,

    /// The language is changed.
    Speak(Lang),
    /// The theme is changed.
    Theme(ThemeChoice),
    /// The surroundings prefer something else.
    System(System),
    /// A column is folded away, or back.
    Fold(Column),
    /// Lecture-hall size, or not.
    Projector(bool),
    /// Keys that write a character act, or not.
    CharacterKeys(CharacterKeys),
    /// Something is opened in front of the page, or closed.
    Overlay(Option<Overlay>),
    /// Something has to be said.
    Notify(Notice),
    /// Something has been read.
    Dismiss(usize),
    /// A screen reader is to say this.
    Announce(String),

    /// The moment is to be copied as a link.
    CopyLink,
    /// A text is to be copied.
    Copy(String),
    /// The scenario is to be saved as a file.
    SaveFile,
    /// A file is to be chosen.
    PickFile,
}

/// A change of the document. Fields are named by their path in it: `processes[2].program`.
#[derive(Clone, Debug, PartialEq)]
pub enum Edit {
    /// A field gets a value; without one it is removed, and its default holds.
    Set(String, Option<Value>),
    /// An entry comes into a list, at the end.
    Push(String, Value),
    /// An entry of a list is written a second time, under another name.
    Duplicate(String, usize),
    /// An entry leaves a list.
    Remove(String, usize),
    /// An entry of a list goes to another place.
    Move {
        /// The list.
        list: String,
        /// From this place …
        from: usize,
        /// … to this.
        to: usize,
    },
    /// Several fields at once, as one change.
    All(Vec<Edit>),
    /// The whole document.
    Replace(Value),
}

/// Where a document comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The address of the page.
    Link,
    /// A file, by its name.
    File(String),
    /// A lesson, by its id.
    Lesson(String),
    /// The last visit.
    Storage,
    /// An empty sheet.
    New,
}

/// A view that is not part of every snapshot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Want {
    /// A piece of the timeline.
    Tile {
        /// Of which run.
        run: RunId,
        /// From when to when.
        window: (Time, Time),
        /// In how many columns.
        px: u32,
    },
    /// A page of events.
    Events {
        /// Of which run.
        run: RunId,
        /// The step in the middle.
        around: u64,
        /// How many.
        count: u32,
        /// Which.
        choice: Choice,
    },
    /// Memory at the cursor.
    Memory {
        /// Of which run.
        run: RunId,
        /// What of it.
        look: Look,
    },
}

impl Want {
    /// The question, about this load.
    pub(super) fn request(self, generation: Generation) -> Request {
        match self {
            Want::Tile { run, window, px } => Request::Tile { generation, run, window, px },
            Want::Events { run, around, count, choice } => {
                Request::Events { generation, run, around, count, choice }
            }
            Want::Memory { run, look } => Request::Memory { generation, run, look },
        }
    }
}
