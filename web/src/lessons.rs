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

pub use card::{Card, CardProps};
pub use gallery::{Gallery, GalleryProps};
