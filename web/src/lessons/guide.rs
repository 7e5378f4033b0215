//! What a step of a lesson does to the page: it opens its scenario, unless that is there, and moves the cursor,
//! the selection and the panels to what its text is about.

use kernelscope_session::protocol::{RunId, Target};
use kernelscope_session::query;
use kernelscope_share::file;
use kernelscope_share::params::Overrides;
use kernelscope_sim::ids::TaskId;
use serde_json::Value;

use super::model::{Lesson, Step};
use crate::sharing::Saved;
use crate::state::{Action, LessonPlace, Origin, Selection, Shared, ViewState};

/// What the page works on when a step is reached.
#[derive(Clone, Copy, Debug)]
pub struct Scene<'a> {
    /// The document.
    pub document: &'a Value,
    /// What it is compared with.
    pub compare: &'a [Overrides],
    /// Whether a person has changed it.
    pub edited: bool,
    /// Whether there is room for one panel only: then it stays the one with the card.
    pub narrow: bool,
}

impl Lesson {
    /// The lesson as a piece of work, opened at a step.
    pub fn saved(&self, step: usize) -> Option<Saved> {
        let found = self.steps.get(step)?;
        let document = self.document(found.variant.as_deref());
        let task = found.select.as_deref().and_then(|name| place_of(&document, name));
        Some(Saved {
            view: ViewState { panel: found.panel, task, ..ViewState::default() },
            compare: self.beside(found),
            lesson: Some(LessonPlace { id: self.id.clone(), step }),
            document,
            ..Saved::default()
        })
    }

    fn beside(&self, step: &Step) -> Vec<Overrides> {
        let overrides = |to: &String| self.overrides(step.variant.as_deref(), Some(to));
        step.beside.iter().map(overrides).collect()
    }

    /// The moment that a step is about; none if its description cannot be read.
    pub fn target(&self, step: &Step) -> Option<Target> {
        query::parse(&step.at, file::unit_of(&self.document).nanos()).ok()
    }

    /// Whether the page shows another scenario than the step's own.
    pub fn is_elsewhere(&self, step: &Step, scene: Scene<'_>) -> bool {
        *scene.document != self.document(step.variant.as_deref())
    }

    /// Opens the lesson at its first step.
    pub fn open(&self) -> Vec<Action> {
        let nothing = Scene { document: &Value::Null, compare: &[], edited: false, narrow: false };
        let mut actions = vec![Action::Overlay(None)];
        actions.extend(self.arrive(0, 0, nothing));
        actions
    }

    /// Leads to a step: to its moment, unless it asks a question first.
    pub fn arrive(&self, step: usize, from: usize, scene: Scene<'_>) -> Vec<Action> {
        let mut actions = self.go(step, from, scene);
        if self.steps.get(step).is_some_and(|step| step.ask.is_some()) {
            actions.retain(|action| !matches!(action, Action::Seek(..)));
        }
        actions
    }

    /// Leads to what a step is about. A scenario that a person has changed stays as it is, unless the step needs
    /// another one than the step that it was changed in.
    pub fn go(&self, step: usize, from: usize, scene: Scene<'_>) -> Vec<Action> {
        let Some(found) = self.steps.get(step) else {
            return Vec::new();
        };
        let place = LessonPlace { id: self.id.clone(), step };
        let same = self.steps.get(from).is_some_and(|from| from.variant == found.variant);
        let stays = !self.is_elsewhere(found, scene) || (scene.edited && same);
        let mut actions = Vec::new();
        if stays {
            let beside = self.beside(found);
            if beside != scene.compare {
                actions.push(Action::Compare(beside));
            }
            actions.push(Action::Lesson(Some(place)));
            if !scene.narrow {
                actions.push(Action::Show(found.panel));
            }
            let task = found.select.as_deref().and_then(|name| place_of(scene.document, name));
            actions.push(Action::Select(Selection { task: task.map(TaskId::new), ..Selection::default() }));
        } else if let Some(saved) = self.saved(step) {
            actions.push(Action::Open(Origin::Lesson(self.id.clone()), Box::new(saved)));
        }
        if let Some(to) = self.target(found) {
            actions.push(Action::Seek(RunId(0), to));
        }
        let document = self.document(found.variant.as_deref());
        actions.extend(
            found
                .sweep
                .iter()
                .filter_map(|plan| plan.prepare(&document).ok())
                .map(|prepared| Action::Sweep(Shared::new(prepared))),
        );
        actions
    }
}

/// The place of a task in a document, counting those that one entry stands for.
pub fn place_of(document: &Value, name: &str) -> Option<u32> {
    let decoded = file::decode(document).ok()?;
    let place = decoded.task_names().iter().position(|known| *known == name)?;
    u32::try_from(place).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lessons::library::with_lesson;

    fn actions(id: &str, step: usize, from: usize, scene: Scene<'_>) -> Vec<Action> {
        with_lesson(id, |lesson| lesson.arrive(step, from, scene)).unwrap()
    }

    fn document(id: &str, variant: Option<&str>) -> Value {
        with_lesson(id, |lesson| lesson.document(variant)).unwrap()
    }

    fn opens(actions: &[Action]) -> bool {
        actions.iter().any(|action| matches!(action, Action::Open(..)))
    }

    fn seeks(actions: &[Action]) -> bool {
        actions.iter().any(|action| matches!(action, Action::Seek(..)))
    }

    #[test]
    fn a_step_in_the_same_scenario_only_moves_the_cursor() {
        let document = document("mlfq-long-job", None);
        let scene = Scene { document: &document, compare: &[], edited: false, narrow: false };
        let actions = actions("mlfq-long-job", 1, 0, scene);
        assert!(seeks(&actions) && !opens(&actions), "{actions:?}");
    }

    #[test]
    fn a_step_in_another_scenario_opens_it() {
        let document = document("mlfq-gaming", None);
        let scene = Scene { document: &document, compare: &[], edited: false, narrow: false };
        let actions = actions("mlfq-gaming", 2, 1, scene);
        assert!(seeks(&actions) && opens(&actions), "{actions:?}");
    }

    #[test]
    fn a_changed_scenario_stays_until_a_step_needs_another() {
        let mut mine = document("mlfq-gaming", None);
        mine["title"] = "Mine".into();
        let scene = Scene { document: &mine, compare: &[], edited: true, narrow: false };
        assert!(!opens(&actions("mlfq-gaming", 1, 0, scene)));
        assert!(opens(&actions("mlfq-gaming", 2, 1, scene)));
    }

    #[test]
    fn on_a_narrow_screen_the_card_stays_in_front() {
        let document = document("mlfq-long-job", None);
        let scene = |narrow| Scene { document: &document, compare: &[], edited: false, narrow };
        let shows = |actions: Vec<Action>| actions.iter().any(|action| matches!(action, Action::Show(_)));
        assert!(shows(actions("mlfq-long-job", 1, 0, scene(false))));
        assert!(!shows(actions("mlfq-long-job", 1, 0, scene(true))));
    }

    #[test]
    fn a_question_is_asked_before_its_moment_is_shown() {
        let document = document("mlfq-gaming", None);
        let scene = Scene { document: &document, compare: &[], edited: false, narrow: false };
        assert!(!seeks(&actions("mlfq-gaming", 1, 0, scene)));
        assert!(with_lesson("mlfq-gaming", |lesson| seeks(&lesson.go(1, 1, scene))).unwrap());
    }

    #[test]
    fn a_lesson_opens_over_whatever_was_there() {
        let actions = with_lesson("convoy", Lesson::open).unwrap();
        assert!(opens(&actions) && actions.contains(&Action::Overlay(None)), "{actions:?}");
    }
}
