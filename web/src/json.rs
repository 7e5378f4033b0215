//! Reading and writing what the page keeps and what lessons are made of, as JSON.
//!
//! By hand: a field is a line here, where a derived decoder of all these types is a tenth of what a first visit
//! downloads. What is missing, or of another kind than it should be, reads as nothing.

use serde_json::{Map, Value};

/// The fields of an object, to be read one by one.
pub(crate) struct Fields<'v> {
    all: &'v Map<String, Value>,
    read: usize,
}

impl<'v> Fields<'v> {
    /// The fields, if it is an object.
    pub(crate) fn of(value: &'v Value) -> Option<Fields<'v>> {
        Some(Fields { all: value.as_object()?, read: 0 })
    }

    /// A field's value. Each field may be asked for once.
    pub(crate) fn get(&mut self, name: &str) -> Option<&'v Value> {
        let found = self.all.get(name);
        self.read += usize::from(found.is_some());
        found
    }

    /// A field that holds text.
    pub(crate) fn text(&mut self, name: &str) -> Option<String> {
        text(self.get(name)?)
    }

    /// A field that holds a whole number.
    pub(crate) fn number<N: TryFrom<u64>>(&mut self, name: &str) -> Option<N> {
        number(self.get(name)?)
    }

    /// Whether a field holds `true`.
    pub(crate) fn flag(&mut self, name: &str) -> bool {
        self.get(name).and_then(Value::as_bool).unwrap_or(false)
    }

    /// A field that may be left out, read by `read`. Nothing if it is there and cannot be read.
    pub(crate) fn maybe<T>(&mut self, name: &str, read: fn(&Value) -> Option<T>) -> Option<Option<T>> {
        match self.get(name) {
            None | Some(Value::Null) => Some(None),
            Some(value) => read(value).map(Some),
        }
    }

    /// A field that holds a list, empty if it is left out, of what `read` reads.
    pub(crate) fn list<T>(&mut self, name: &str, read: fn(&Value) -> Option<T>) -> Option<Vec<T>> {
        match self.get(name) {
            None => Some(Vec::new()),
            Some(list) => list.as_array()?.iter().map(read).collect(),
        }
    }

    /// Whether every field that is there was asked for: a misspelt one was not.
    pub(crate) fn are_known(&self) -> bool {
        self.read == self.all.len()
    }
}

/// A text.
pub(crate) fn text(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}

/// A whole number.
pub(crate) fn number<N: TryFrom<u64>>(value: &Value) -> Option<N> {
    value.as_u64()?.try_into().ok()
}

/// An object.
pub(crate) fn object(value: &Value) -> Option<Map<String, Value>> {
    value.as_object().cloned()
}

/// Two whole numbers.
pub(crate) fn pair<A: TryFrom<u64>, B: TryFrom<u64>>(value: &Value) -> Option<(A, B)> {
    match value.as_array()?.as_slice() {
        [a, b] => Some((number(a)?, number(b)?)),
        _ => None,
    }
}

/// An object of these fields.
pub(crate) fn written<const N: usize>(fields: [(&str, Value); N]) -> Value {
    Value::Object(fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn fields_are_read_and_those_that_nobody_asked_for_are_noticed() {
        let value = json!({ "name": "A", "steps": [1, 2], "window": [3, 4], "nothing": null });
        let mut fields = Fields::of(&value).unwrap();
        assert_eq!(fields.text("name").as_deref(), Some("A"));
        assert_eq!(fields.list("steps", number::<u8>), Some(vec![1, 2]));
        assert_eq!(fields.list("absent", text), Some(Vec::new()));
        assert!(!fields.are_known());
        assert_eq!(fields.maybe("window", pair::<u64, u32>), Some(Some((3, 4))));
        assert_eq!(fields.maybe("nothing", text), Some(None));
        assert!(fields.are_known());
    }

    #[test]
    fn what_is_of_another_kind_reads_as_nothing() {
        assert_eq!(number::<u8>(&json!(256)), None);
        assert_eq!(pair::<u64, u64>(&json!([1, 2, 3])), None);
        let value = json!({ "steps": [1, "x"], "name": 7 });
        let mut fields = Fields::of(&value).unwrap();
        assert_eq!((fields.list("steps", number::<u8>), fields.maybe("name", text)), (None, None));
    }
}
