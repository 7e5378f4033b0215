//! Lessons are fetched when they are needed: the one that is open or about to be, the next one when its end is near,
//! and all of them for the gallery. What cannot be fetched costs nobody the scenario on the page.

use super::{Action, Effect, Millis, Notice, Origin, Overlay, Shared, Start, State};
use crate::lessons::library::{self, Delivery};
use crate::lessons::model::Lesson;
use crate::sharing::{self, Saved};

/// So many steps before the end of a lesson the next one is fetched.
const NEAR_THE_END: usize = 2;

impl State {
    /// Opens a lesson now if it is here, else when it arrives.
    pub(super) fn open_lesson(
        &mut self,
        id: &'static str,
        start: Start,
        now: Millis,
        effects: &mut Vec<Effect>,
    ) {
        self.notices.retain(|notice| !matches!(notice, Notice::LessonLost(_)));
        self.library.forget_lost();
        self.overlay = None;
        let Some(lesson) = self.library.lesson(id).cloned() else {
            self.opening = Some((id, start));
            return;
        };
        let plays = start == Start::Playing;
        let opens = lesson.open().into_iter().filter(|action| !plays || !matches!(action, Action::Seek(..)));
        for action in opens.chain(plays.then_some(Action::Play(true))) {
            self.act(action, now, effects);
        }
    }

    /// A lesson arrived, or will not.
    pub(super) fn delivered(
        &mut self,
        id: &'static str,
        lesson: Option<Shared<Lesson>>,
        now: Millis,
        effects: &mut Vec<Effect>,
    ) {
        let arrived = lesson.is_some();
        self.library.note(id, lesson.map_or(Delivery::Lost, Delivery::Here));
        let Some((_, start)) = self.opening.take_if(|(opening, _)| *opening == id) else {
            return;
        };
        if arrived {
            return self.open_lesson(id, start, now, effects);
        }
        self.notices.push(Notice::LessonLost(id));
        if self.work.document().is_null() {
            // A first visit has nothing else to show.
            let saved = Saved { document: sharing::blank(), ..Saved::default() };
            self.open(&Origin::New, saved, effects);
        } else {
            self.ask_to_load(effects);
        }
    }

    /// Asks for the lessons that are needed and that nobody has asked for.
    pub(super) fn fetch_lessons(&mut self, effects: &mut Vec<Effect>) {
        let gallery = self.overlay == Some(Overlay::Lessons);
        let open = self.work.lesson.as_ref().map(|place| place.id.as_str());
        let opening = self.opening.map(|(id, _)| id);
        let next = self.next_lesson();
        let wanted = |id: &str| gallery || [opening, open, next].contains(&Some(id));
        let missing: Vec<_> =
            library::IDS.iter().filter(|id| wanted(id) && self.library.get(id).is_none()).collect();
        for id in missing {
            self.library.note(id, Delivery::Awaited);
            effects.push(Effect::Fetch(id));
        }
    }

    /// The lesson after the one that is open, if that one's end is near.
    fn next_lesson(&self) -> Option<&'static str> {
        let place = self.work.lesson.as_ref()?;
        let lesson = self.library.lesson(&place.id)?;
        library::after(&place.id).filter(|_| place.step + NEAR_THE_END >= lesson.steps.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lessons::library::{delivery, with_lesson};
    use crate::state::{LessonPlace, update};

    fn after(state: State, action: Action) -> (State, Vec<&'static str>) {
        let (state, effects) = update(state, action, 0);
        let fetched = effects.into_iter().filter_map(|effect| match effect {
            Effect::Fetch(id) => Some(id),
            _ => None,
        });
        (state, fetched.collect())
    }

    fn open_convoy() -> Action {
        Action::OpenLesson("convoy", Start::AtItsMoment)
    }

    fn at(id: &str, step: usize) -> Action {
        let lesson = Some(LessonPlace { id: id.into(), step });
        let saved = Saved { document: sharing::blank(), lesson, ..Saved::default() };
        Action::Open(Origin::Link, Box::new(saved))
    }

    #[test]
    fn a_lesson_opens_when_it_arrives() {
        let (state, fetched) = after(State::default(), open_convoy());
        assert_eq!(fetched, ["convoy"]);
        assert!(!state.settled() && state.work.document().is_null());
        let (state, _) = after(state, delivery("convoy"));
        assert_eq!(state.work.lesson, Some(LessonPlace { id: "convoy".into(), step: 0 }));
        assert_eq!(state.opening, None);
        let (_, fetched) = after(state, open_convoy());
        assert!(fetched.is_empty(), "it is here");
    }

    #[test]
    fn a_lesson_that_is_lost_leaves_a_sheet_and_can_be_asked_for_again() {
        let (state, _) = after(State::default(), open_convoy());
        let (state, _) = after(state, Action::Delivered("convoy", None));
        assert_eq!(state.notices, [Notice::LessonLost("convoy")]);
        assert_eq!(**state.work.document(), sharing::blank());
        let (state, fetched) = after(state, open_convoy());
        assert_eq!((fetched, state.notices.as_slice()), (vec!["convoy"], [].as_slice()));
    }

    #[test]
    fn a_link_into_a_lesson_shows_its_scenario_before_the_text_is_here() {
        let (state, fetched) = after(State::default(), at("convoy", 0));
        assert_eq!((fetched, state.opening), (vec!["convoy"], None));
        assert_eq!(**state.work.document(), sharing::blank());
        let (state, _) = after(state, Action::Delivered("convoy", None));
        assert!(state.notices.is_empty(), "the card says so");
        let (_, fetched) = after(state, Action::FetchAgain);
        assert_eq!(fetched, ["convoy"]);
    }

    #[test]
    fn what_is_opened_meanwhile_stays() {
        let (state, _) = after(State::default(), open_convoy());
        let (state, _) = after(state, at("sjf", 0));
        let (state, _) = after(state, delivery("convoy"));
        assert_eq!(state.work.lesson.map(|place| place.id).as_deref(), Some("sjf"));
    }

    #[test]
    fn the_next_lesson_is_fetched_when_the_end_is_near_and_all_of_them_for_the_gallery() {
        let steps = with_lesson("convoy", |lesson| lesson.steps.len()).unwrap();
        let (state, _) = after(State::default(), at("convoy", 0));
        let (state, fetched) = after(state, delivery("convoy"));
        assert!(fetched.is_empty());
        let last = Action::Lesson(Some(LessonPlace { id: "convoy".into(), step: steps - 1 }));
        let (state, fetched) = after(state, last);
        assert_eq!(fetched, ["sjf"]);
        let (_, fetched) = after(state, Action::Overlay(Some(Overlay::Lessons)));
        assert_eq!(fetched.len(), library::IDS.len() - 2);
    }
}
