//! The lessons: each a scenario and a few steps that say what to look for.
//!
//! - [`model`] is what a lesson is, [`library`] all of them, [`text`] the markup of what they say;
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

use crate::state::State;
pub use card::{Card, CardProps};
pub use gallery::{Gallery, GalleryProps};

/// What the page calls the work on it: a lesson by its name in the page's language, as long as it is the lesson's
/// own scenario.
pub fn title(state: &State) -> String {
    let lesson = state.work.lesson.as_ref().filter(|_| !state.work.edited);
    let named = lesson.and_then(|place| {
        library::with_lesson(&place.id, |lesson| lesson.title.in_lang(state.lang()).to_owned())
    });
    named.unwrap_or_else(|| state.work.title().to_owned())
}
