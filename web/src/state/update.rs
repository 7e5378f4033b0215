//! The one function that changes the state.

use kernelscope_session::protocol::{Generation, Request};
use kernelscope_sim::ids::TaskId;

use super::{Action, Effect, Notice, Panel, Shared, State, SweepState};

/// What the clock says, in milliseconds; for telling apart what belongs to one change.
pub type Millis = u64;

/// The state after an action, and what to do outside.
pub fn update(mut state: State, action: Action, now: Millis) -> (State, Vec<Effect>) {
    let mut effects = Vec::new();
    let before = state.kept_part();
    state.act(action, now, &mut effects);
    state.fetch_lessons(&mut effects);
    if state.embed.is_none() && state.kept_part() != before {
        effects.push(Effect::Keep);
    }
    (state, effects)
}

impl State {
    pub(super) fn act(&mut self, action: Action, now: Millis, effects: &mut Vec<Effect>) {
        if matches!(
            action,
            Action::Edit(_) | Action::Seek(..) | Action::Select(_) | Action::Show(_) | Action::Open(..)
        ) {
            // Whoever goes on working has read it.
            self.notices.retain(|notice| *notice != Notice::Copied);
        }
        match action {
            Action::Edit(_) | Action::Undo | Action::Redo if self.read_only() => {}
            Action::Edit(edit) => self.edit(&edit, now, effects),
            Action::Undo => self.travel(true, effects),
            Action::Redo => self.travel(false, effects),
            Action::Open(origin, saved) => {
                self.opening = None;
                self.open(&origin, *saved, effects);
                self.note_progress(effects);
            }
            Action::OpenFailed(origin, problem) => self.notices.push(Notice::CannotOpen(origin, problem)),
            Action::Restore(index) => self.restore(index, effects),
            Action::Compare(overrides) => self.compare(overrides, effects),

            Action::Engine(report) => self.heard(report, effects),
            Action::Seek(run, target) => self.seek(run, target, effects),
            Action::Want(want) => self.want(want, effects),
            Action::Sweep(prepared) => {
                let total = prepared.spec.curves.iter().map(Vec::len).sum();
                let generation = self.sweep.generation + 1;
                let points = Shared::default();
                self.sweep =
                    SweepState { generation, prepared: Some(prepared), total, points, running: true };
                self.ask_to_sweep(effects);
            }
            Action::StopSweep => {
                self.sweep.running = false;
                let generation = Generation(self.sweep.generation);
                effects.push(Effect::Ask(vec![Request::Cancel { generation }]));
            }

            Action::Select(selection) => {
                self.selection = selection;
                self.view.task = selection.task.map(TaskId::get);
            }
            Action::Play(playing) => {
                self.playback.playing = playing && !self.runs.is_empty();
                self.playback.due = playing && self.runs.is_empty();
            }
            Action::Speed(speed) => self.playback.speed = speed,
            Action::Jump(kind) => self.playback.jump = kind,
            Action::Window(window) => self.view.window = window,
            Action::Table(table) => self.view.table = table,
            Action::Show(panel) => self.show_panel(panel),
            Action::Beside(panel) => self.view.beside = panel.filter(|panel| *panel != self.view.panel),
            Action::Lesson(place) => {
                self.work.lesson = place;
                self.note_progress(effects);
            }
            Action::OpenLesson(id, start) => self.open_lesson(id, start, now, effects),
            Action::Delivered(id, lesson) => self.delivered(id, lesson, now, effects),
            Action::FetchAgain => self.fetch_again(effects),

            Action::Speak(_)
            | Action::Theme(_)
            | Action::System(_)
            | Action::Fold(_)
            | Action::Projector(_)
            | Action::CharacterKeys(_) => {
                self.prefer(&action, effects);
            }
            Action::Overlay(overlay) => {
                self.overlay = overlay;
                self.library.forget_lost();
            }
            Action::Notify(Notice::NothingStored) if std::mem::replace(&mut self.forgetful, true) => {}
            Action::Notify(notice) => {
                if matches!(notice, Notice::Copied | Notice::CopyByHand(_)) {
                    // What lies in front of the page would hide it, from ears as well.
                    self.overlay = None;
                }
                self.notices.retain(|other| *other != notice);
                self.notices.push(notice);
            }
            Action::Dismiss(index) => {
                if index < self.notices.len() {
                    self.notices.remove(index);
                }
            }
            Action::Announce(text) => self.announcement = (self.announcement.0.wrapping_add(1), text),

            Action::CopyLink => effects.push(Effect::CopyLink),
            Action::Copy(text) => effects.push(Effect::Copy(text)),
            Action::SaveFile => effects.push(Effect::Download),
            Action::PickFile => effects.push(Effect::PickFile),
        }
    }

    fn prefer(&mut self, action: &Action, effects: &mut Vec<Effect>) {
        match action {
            Action::Speak(lang) => self.prefs.lang = Some(*lang),
            Action::Theme(choice) => self.prefs.theme = *choice,
            Action::System(system) => self.system = *system,
            Action::Fold(column) => self.prefs.toggle(*column),
            Action::Projector(on) => self.prefs.projector = *on,
            Action::CharacterKeys(keys) => self.prefs.character_keys = *keys,
            _ => return,
        }
        effects.push(Effect::Dress(self.dress()));
        if self.embed.is_none() {
            effects.push(Effect::KeepPrefs(self.prefs.clone()));
        }
    }

    /// Remembers how far the open lesson has come.
    fn note_progress(&mut self, effects: &mut Vec<Effect>) {
        if let Some(place) = &self.work.lesson
            && self.embed.is_none()
            && self.prefs.reach(place)
        {
            effects.push(Effect::KeepPrefs(self.prefs.clone()));
        }
    }

    /// Brings a panel to the front. The one beside it changes places with it rather than being shown twice.
    fn show_panel(&mut self, panel: Panel) {
        if self.view.beside == Some(panel) {
            self.view.beside = Some(self.view.panel);
        }
        self.view.panel = panel;
    }
}
