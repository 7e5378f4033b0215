//! The texts around the lessons; the lessons' own stand in their files.

use crate::messages;

messages! {
    /// Title of the gallery.
    title: "Lessons", "수업";
}
