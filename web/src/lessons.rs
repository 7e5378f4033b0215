//! The lessons: each a scenario and a few steps that say what to look for.
//!
//! - [`model`] is what a lesson is, [`library`] where they come from, [`text`] the markup of what they say;
//! - [`guide`] is what a step does to the page;
//! - [`topics`] is what a course wants to have shown;
//! - the gallery and the card are what a student sees.
//!
//! The tests in `proof` ask the machine about every moment and every figure that a lesson names.

mod card;
mod explained;
mod gallery;
pub mod guide;
pub mod library;
pub mod model;
mod picture;
#[cfg(test)]
mod proof;
pub mod text;
pub mod topics;

use yew::prelude::*;

use crate::i18n::{Lang, lessons as words};
use crate::state::{Action, State};
pub use card::{Card, CardProps};
pub use gallery::{Gallery, GalleryProps};

/// What stands in the place of a lesson that is on its way.
pub fn fetching(lang: Lang) -> Html {
    html! { <p class="lesson-waits soft" aria-busy="true">{ words::fetching(lang) }</p> }
}

/// Says that something did not arrive, and offers to ask for it again.
fn lost(what: &'static str, lang: Lang, act: &Callback<Action>) -> Html {
    html! {
        <p class="lesson-waits" role="alert">
            { what }
            { " " }
            <button type="button" onclick={act.reform(|_: MouseEvent| Action::FetchAgain)}>
                { words::fetch_again(lang) }
            </button>
        </p>
    }
}

/// What the page calls the work on it: a lesson by its name in the page's language, as long as it is the lesson's
/// own scenario.
pub fn title(state: &State) -> String {
    if state.opening.is_some() {
        return words::fetching(state.lang()).to_owned();
    }
    let place = state.work.lesson.as_ref().filter(|_| !state.work.edited);
    let lesson = place.and_then(|place| state.library.lesson(&place.id));
    lesson.map_or_else(|| state.work.title(), |lesson| lesson.title.in_lang(state.lang())).to_owned()
}
