//! How the page begins: from its address, from what the last visit left, and from what the surroundings prefer.

use kernelscope_share::file;

use crate::lessons::library;
use crate::sharing::{self, Saved, address::Address};

use super::history::History;
use super::{Action, Effect, Kept, Origin, Prefs, Shared, Start, State, System, update};

/// What the page finds when it is opened.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Opening {
    /// What the address asks for.
    pub address: Address,
    /// The work of the last visit, as it was stored.
    pub work: Option<String>,
    /// Earlier pieces of work.
    pub shelf: Option<String>,
    /// The preferences.
    pub prefs: Option<String>,
    /// What the surroundings prefer.
    pub system: System,
}

/// The address may ask for the lesson of a first visit without knowing which that is.
const FIRST: &str = "first";

impl Opening {
    /// The state to begin with, and what to do outside. What cannot be read was not stored by this page and is
    /// passed over; a link that cannot be read is told of.
    pub fn begin(self) -> (State, Vec<Effect>) {
        let mut state = State { system: self.system, ..State::default() };
        let stored = |text: &Option<String>| text.as_deref().and_then(file::value).unwrap_or_default();
        state.prefs = Prefs::read(&stored(&self.prefs)).unwrap_or_default();
        state.prefs.lang = self.address.lang.or(state.prefs.lang);
        state.prefs.theme = self.address.theme.unwrap_or(state.prefs.theme);
        state.embed = self.address.embed;
        let work = Saved::read(&stored(&self.work));
        // An embed is a page of its own: it neither reads nor writes what a person works on elsewhere.
        let work = work.filter(|_| state.embed.is_none());
        if state.embed.is_none() {
            state.work.shelf = Shared::new(Kept::read_all(&stored(&self.shelf)).unwrap_or_default());
        }
        let dress = Effect::Dress(state.dress());

        let link = self.address.link.map(|link| sharing::from_link(&link));
        let asked = self.address.lesson.as_deref();
        let lesson = asked.map(|id| if id == FIRST { library::FIRST } else { id }).and_then(library::id);
        let is_first = work.is_none() && lesson.is_none() && link.is_none() && state.embed.is_none();
        let start = if is_first && !state.system.still { Start::Playing } else { Start::AtItsMoment };
        let lesson = lesson.or(work.is_none().then_some(library::FIRST));
        let actions = match link {
            Some(Ok(saved)) => {
                if let Some(work) = &work {
                    state.lay_out(work);
                }
                vec![Action::Open(Origin::Link, Box::new(saved))]
            }
            Some(Err(problem)) => {
                let lesson = work.is_none().then_some(library::FIRST);
                own(work, lesson, start).chain([Action::OpenFailed(Origin::Link, problem)]).collect()
            }
            None => own(work, lesson, start).collect(),
        };
        let mut effects = vec![dress];
        for action in actions {
            let (next, more) = update(state, action, 0);
            state = next;
            effects.extend(more);
        }
        state.engine.kind = state.first_kind();
        (state, effects)
    }
}

/// Opens the work of the last visit, and a lesson over it: the one that was asked for, or that of a first visit.
fn own(work: Option<Saved>, lesson: Option<&'static str>, start: Start) -> impl Iterator<Item = Action> {
    let work = work.map(|saved| Action::Open(Origin::Storage, Box::new(saved)));
    work.into_iter().chain(lesson.map(move |id| Action::OpenLesson(id, start)))
}

impl State {
    /// Lays the work of the last visit on the desk, from where whatever is opened now puts it on the shelf.
    fn lay_out(&mut self, work: &Saved) {
        self.work.history = History::new(work.document.clone());
        self.work.edited = work.edited;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Lang;
    use crate::state::{Notice, ThemeChoice};
    use serde_json::json;

    fn mine() -> Saved {
        let document =
            json!({ "version": 1, "title": "Mine", "processes": [{ "name": "M", "program": "cpu 1" }] });
        Saved { document, edited: true, ..Saved::default() }
    }

    fn opening(query: &[(&str, &str)], fragment: &str) -> Opening {
        Opening {
            address: Address::read(query.iter().copied(), fragment),
            work: Some(mine().written().to_string()),
            ..Opening::default()
        }
    }

    #[test]
    fn a_reload_brings_the_work_back() {
        let (state, effects) = opening(&[], "").begin();
        assert_eq!(**state.work.document(), mine().document);
        assert!(state.work.edited && state.notices.is_empty());
        assert!(!effects.contains(&Effect::ForgetLink));
    }

    #[test]
    fn a_first_visit_plays_its_lesson_from_the_beginning() {
        let (state, effects) = Opening::default().begin();
        assert_eq!(state.opening, Some((library::FIRST, Start::Playing)));
        assert_eq!(effects.iter().filter(|effect| matches!(effect, Effect::Fetch(_))).count(), 1);
        let (state, effects) = update(state, library::delivery(library::FIRST), 0);
        assert!(state.playback.due);
        assert_eq!(state.work.lesson.as_ref().map(|place| &*place.id), Some(library::FIRST));
        assert!(!effects.iter().any(|effect| matches!(effect, Effect::Ask(_))), "there is no engine yet");
        assert_eq!(state.engine.waiting, [], "it begins at the start of the run");
    }

    #[test]
    fn nothing_plays_unasked_on_a_later_visit_from_a_link_in_a_frame_or_where_nothing_is_to_move() {
        let link = sharing::fragment(&mine());
        let again = opening(&[], "");
        let still = Opening { system: System { still: true, ..System::default() }, ..Opening::default() };
        let by = |query: &[(&str, &str)], fragment: &str| Opening { work: None, ..opening(query, fragment) };
        let others =
            [by(&[], &link), by(&[], "1.AAAA"), by(&[("lesson", "convoy")], ""), by(&[("embed", "")], "")];
        for opening in [again, still].into_iter().chain(others) {
            let (mut state, _) = opening.clone().begin();
            if let Some((id, _)) = state.opening {
                (state, _) = update(state, library::delivery(id), 0);
            }
            assert!(!state.playback.due && !state.playback.playing, "{opening:?}");
        }
    }

    #[test]
    fn a_link_puts_the_work_on_the_shelf() {
        let other = Saved { document: sharing::blank(), ..Saved::default() };
        let (state, effects) = opening(&[], &sharing::fragment(&other)).begin();
        assert_eq!(**state.work.document(), other.document);
        assert_eq!(state.work.shelf[0].document, mine().document);
        assert!(effects.contains(&Effect::KeepShelf) && effects.contains(&Effect::ForgetLink));
        assert_eq!(state.notices, [Notice::Replaced("Mine".into())]);
    }

    #[test]
    fn a_damaged_link_leaves_the_work_where_it_is() {
        let (state, effects) = opening(&[], "1.AAAA").begin();
        assert_eq!(**state.work.document(), mine().document);
        assert!(matches!(state.notices.as_slice(), [Notice::CannotOpen(Origin::Link, _)]));
        assert!(!effects.contains(&Effect::ForgetLink));
    }

    #[test]
    fn an_embed_neither_reads_nor_writes_what_is_stored() {
        let other = Saved { document: sharing::blank(), ..Saved::default() };
        let (state, effects) = opening(&[("embed", "")], &sharing::fragment(&other)).begin();
        assert_eq!(**state.work.document(), other.document);
        assert!(state.work.shelf.is_empty());
        let writes = |effect: &Effect| {
            matches!(effect, Effect::Keep | Effect::KeepShelf | Effect::KeepPrefs(_) | Effect::ForgetLink)
        };
        assert!(!effects.iter().any(writes));
    }

    #[test]
    fn a_lesson_of_the_address_opens_over_the_work_of_the_last_visit() {
        let (state, effects) = opening(&[("lesson", "convoy")], "").begin();
        assert_eq!(state.opening, Some(("convoy", Start::AtItsMoment)));
        assert_eq!(**state.work.document(), mine().document);
        assert!(effects.contains(&Effect::Fetch("convoy")));
        let (state, _) = opening(&[("lesson", "no-such")], "").begin();
        assert_eq!(state.opening, None);
    }

    #[test]
    fn the_address_has_its_say_before_the_preferences() {
        let mut opening = opening(&[("lang", "ko"), ("theme", "dark")], "");
        opening.prefs = Some(r#"{"lang": "en", "theme": "light", "now_folded": true}"#.into());
        let (state, _) = opening.begin();
        assert_eq!((state.lang(), state.prefs.theme), (Lang::Ko, ThemeChoice::Dark));
        assert!(state.prefs.now_folded);
    }

    #[test]
    fn what_another_program_stored_is_passed_over() {
        let mut opening = opening(&[], "");
        opening.work = Some("{".into());
        opening.shelf = Some("[1]".into());
        opening.prefs = Some("null".into());
        let (state, _) = opening.begin();
        assert!(state.work.document().is_null() && !state.work.edited);
        assert_eq!(state.opening, Some((library::FIRST, Start::Playing)), "a first visit");
    }
}
