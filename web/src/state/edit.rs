//! How the work changes: edits, undo, opening something else.

use std::sync::Arc;

use kernelscope_session::protocol::Target;
use kernelscope_share::params::Overrides;
use kernelscope_sim::ids::TaskId;
use kernelscope_sim::time::Time;
use serde_json::Value;

use super::document;
use super::engine::Wanted;
use super::{Edit, Effect, LessonPlace, Millis, Notice, Origin, Panel, Playback, Shared, State, ViewState};
use crate::sharing::{self, Saved};

/// The parts of the state that are kept from visit to visit, cheap to compare.
#[derive(PartialEq)]
pub(super) struct KeptPart {
    document: Shared<Value>,
    compare: Shared<Vec<Overrides>>,
    lesson: Option<LessonPlace>,
    view: ViewState,
    moment: Option<(Time, u32)>,
}

impl State {
    pub(super) fn kept_part(&self) -> KeptPart {
        KeptPart {
            document: self.work.document().clone(),
            compare: self.work.compare.clone(),
            lesson: self.work.lesson.clone(),
            view: self.view.clone(),
            moment: self.moment(),
        }
    }

    /// Where the cursor stands, in its shareable form.
    pub fn moment(&self) -> Option<(Time, u32)> {
        let shown = self.runs.first().map(|run| (run.snapshot.now, run.snapshot.ordinal));
        shown.or(match self.engine.wanted.as_ref()?.at {
            Target::Moment { at, ordinal } => Some((at, ordinal)),
            _ => None,
        })
    }

    /// Everything that a reload or a link brings back.
    pub fn saved(&self) -> Saved {
        Saved {
            document: (**self.work.document()).clone(),
            moment: self.moment(),
            view: self.view.clone(),
            compare: (*self.work.compare).clone(),
            lesson: self.work.lesson.clone(),
            edited: self.work.edited,
        }
    }

    pub(super) fn edit(&mut self, edit: &Edit, now: Millis, effects: &mut Vec<Effect>) {
        let mut document = (**self.work.document()).clone();
        document::apply(&mut document, edit);
        if document == **self.work.document() {
            return;
        }
        let field = match edit {
            Edit::Set(path, _) => Some(path.as_str()),
            _ => None,
        };
        self.work.history.change(document, field, now);
        self.work.edited = true;
        self.run_again(effects);
    }

    pub(super) fn travel(&mut self, back: bool, effects: &mut Vec<Effect>) {
        let history = &mut self.work.history;
        if if back { history.undo() } else { history.redo() } {
            self.work.edited = true;
            self.run_again(effects);
        }
    }

    pub(super) fn compare(&mut self, overrides: Vec<Overrides>, effects: &mut Vec<Effect>) {
        self.work.compare = Shared::new(overrides);
        self.run_again(effects);
    }

    pub(super) fn open(&mut self, origin: &Origin, saved: Saved, effects: &mut Vec<Effect>) {
        if self.embed.is_none() && self.work.shelve() {
            effects.push(Effect::KeepShelf);
            self.notices.push(Notice::Replaced(self.work.title().to_owned()));
        }
        if matches!(origin, Origin::Link | Origin::Lesson(_)) && self.embed.is_none() {
            effects.push(Effect::ForgetLink);
        }
        let first = self.work.document().is_null();
        if first {
            self.work.history = super::history::History::new(saved.document);
        } else {
            self.work.history.change(saved.document, None, 0);
        }
        self.work.edited = saved.edited;
        self.work.lesson = saved.lesson;
        self.work.compare = Shared::new(saved.compare);
        self.selection =
            super::Selection { task: saved.view.task.map(TaskId::new), ..super::Selection::default() };
        self.view = saved.view;
        if self.system.narrow && matches!(origin, Origin::Lesson(_)) {
            // There is room for one panel: the one that has the lesson's card.
            self.view.panel = Panel::Scenario;
        }
        self.playback = Playback { playing: false, due: false, ..self.playback };
        self.overlay = None;
        self.run_at(saved.moment.map_or(Target::Start, moment), effects);
        if !self.work.problems.is_empty() {
            // There is no good run of this document to leave on the screen.
            self.runs.clear();
        }
    }

    /// Opens an earlier piece of work; the one that is open takes its place on the shelf.
    pub(super) fn restore(&mut self, index: usize, effects: &mut Vec<Effect>) {
        if index >= self.work.shelf.len() {
            return;
        }
        let kept = self.work.shelf.make_mut().remove(index);
        self.work.shelve();
        self.work.edited = false;
        effects.push(Effect::KeepShelf);
        self.open(
            &Origin::Storage,
            Saved { document: kept.document, edited: true, ..Saved::default() },
            effects,
        );
    }

    /// Asks again for what could not be fetched.
    pub(super) fn fetch_again(&mut self, effects: &mut Vec<Effect>) {
        self.library.forget_lost();
        if self.notices.contains(&Notice::MemoryMissing) {
            self.run_again(effects);
        }
    }

    /// Runs the work as it now stands, with the cursor where it was.
    fn run_again(&mut self, effects: &mut Vec<Effect>) {
        self.run_at(self.moment().map_or(Target::Start, moment), effects);
    }

    /// Runs the work, or shows what is wrong with it and leaves the last good run where it is.
    fn run_at(&mut self, at: Target, effects: &mut Vec<Effect>) {
        let document = self.work.document().clone();
        let sides = std::iter::once(None).chain(self.work.compare.iter().map(Some));
        let mut runs = Vec::new();
        let mut ruler = None;
        for overrides in sides {
            match sharing::read(&document, overrides) {
                Ok(read) => {
                    ruler = ruler.or(Some(read.ruler));
                    runs.push((Shared::new(Arc::new(read.scenario)), overrides.cloned().unwrap_or_default()));
                }
                Err(problems) => {
                    self.work.problems = Shared::new(problems);
                    return;
                }
            }
        }
        if !self.work.problems.is_empty() {
            self.work.problems = Shared::default();
        }
        if let Some(ruler) = ruler {
            self.load(Wanted { runs, ruler, at }, effects);
        }
    }
}

/// The target that a cursor's shareable form stands for.
fn moment((at, ordinal): (Time, u32)) -> Target {
    match ordinal {
        0 => Target::Start,
        _ => Target::Moment { at, ordinal },
    }
}
