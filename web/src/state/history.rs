//! Undo for everything that a person edits: a history of whole documents.
//!
//! Documents share nothing with each other but are small; two hundred of them are kept. Changes of one field
//! within a second are one change, so that undo takes back a word and not a letter.

use serde_json::Value;

use super::{Millis, Shared};

/// How many earlier documents are kept.
const DEPTH: usize = 200;
/// Changes of one field that follow each other within this time are one change.
const TOGETHER: Millis = 1_000;

/// A document with what it was and what it will be again.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct History {
    past: Vec<Shared<Value>>,
    present: Shared<Value>,
    future: Vec<Shared<Value>>,
    /// The field that was changed last, and when.
    last: Option<(String, Millis)>,
}

impl History {
    /// A history that begins.
    pub fn new(document: Value) -> History {
        History { present: Shared::new(document), ..History::default() }
    }

    /// The document as it is.
    pub fn present(&self) -> &Shared<Value> {
        &self.present
    }

    /// Whether there is something to take back.
    pub fn can_undo(&self) -> bool {
        !self.past.is_empty()
    }

    /// Whether there is something to make again.
    pub fn can_redo(&self) -> bool {
        !self.future.is_empty()
    }

    /// The document becomes another. `field` names what changed, if it is one field that may go on changing.
    pub fn change(&mut self, document: Value, field: Option<&str>, now: Millis) {
        let goes_on = match (&self.last, field) {
            (Some((last, at)), Some(field)) => last == field && now.saturating_sub(*at) <= TOGETHER,
            _ => false,
        };
        let before = std::mem::replace(&mut self.present, Shared::new(document));
        if !(goes_on && self.can_undo()) {
            self.past.push(before);
            if self.past.len() > DEPTH {
                self.past.remove(0);
            }
        }
        self.future.clear();
        self.last = field.map(|field| (field.to_owned(), now));
    }

    /// Takes the last change back.
    pub fn undo(&mut self) -> bool {
        let Some(before) = self.past.pop() else {
            return false;
        };
        self.future.push(std::mem::replace(&mut self.present, before));
        self.last = None;
        true
    }

    /// Makes the change again that was taken back last.
    pub fn redo(&mut self) -> bool {
        let Some(after) = self.future.pop() else {
            return false;
        };
        self.past.push(std::mem::replace(&mut self.present, after));
        self.last = None;
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn undo_and_redo_walk_the_same_way() {
        let mut history = History::new(json!(0));
        for n in 1..=3 {
            history.change(json!(n), None, 0);
        }
        assert!(history.undo() && history.undo());
        assert_eq!(**history.present(), json!(1));
        assert!(history.redo());
        assert_eq!(**history.present(), json!(2));
        history.change(json!(9), None, 0);
        assert!(!history.redo(), "a new change ends what could be made again");
        assert!(history.undo());
        assert_eq!(**history.present(), json!(2));
    }

    #[test]
    fn typing_in_one_field_is_one_change_until_a_pause() {
        let mut history = History::new(json!("c"));
        history.change(json!("cp"), Some("program"), 0);
        history.change(json!("cpu"), Some("program"), 900);
        history.change(json!("cpu 3"), Some("program"), 1_800);
        history.change(json!("cpu 30"), Some("program"), 5_000);
        history.change(json!("name"), Some("name"), 5_100);
        assert!(history.undo());
        assert_eq!(**history.present(), json!("cpu 30"));
        assert!(history.undo());
        assert_eq!(**history.present(), json!("cpu 3"));
        assert!(history.undo());
        assert_eq!(**history.present(), json!("c"));
        assert!(!history.undo());
    }

    #[test]
    fn typing_after_an_undo_is_a_change_of_its_own() {
        let mut history = History::new(json!(0));
        history.change(json!(1), Some("a"), 0);
        history.change(json!(2), Some("b"), 10);
        history.undo();
        history.change(json!(3), Some("a"), 20);
        history.undo();
        assert_eq!(**history.present(), json!(1));
    }

    #[test]
    fn the_oldest_of_many_changes_are_forgotten() {
        let mut history = History::new(json!(0));
        for n in 1..=250 {
            history.change(json!(n), None, 0);
        }
        while history.undo() {}
        assert_eq!(**history.present(), json!(50));
    }
}
