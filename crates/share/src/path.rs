//! Places in a document: `machine.policy.rr.quantum`, `processes[2].at`, `processes.A.at`.
//!
//! A step is a field of an object or `[n]`, an element of a list. Where a list's elements have names, the name may
//! stand in the place of the number.

use std::fmt;

use serde_json::{Map, Value};

/// A place, as the way from the root to it. Made while reading, written out only when something is wrong there.
#[derive(Clone, Copy, Debug)]
pub(crate) enum At<'a> {
    /// The whole document.
    Root,
    /// A field of the object at a place.
    Field(&'a At<'a>, &'a str),
    /// An element of the list at a place.
    Element(&'a At<'a>, usize),
}

impl<'a> At<'a> {
    pub(crate) fn field(&'a self, name: &'a str) -> At<'a> {
        At::Field(self, name)
    }

    pub(crate) fn element(&'a self, index: usize) -> At<'a> {
        At::Element(self, index)
    }
}

impl fmt::Display for At<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            At::Root => Ok(()),
            At::Field(At::Root, name) => f.write_str(name),
            At::Field(parent, name) => write!(f, "{parent}.{name}"),
            At::Element(parent, index) => write!(f, "{parent}[{index}]"),
        }
    }
}

impl From<At<'_>> for String {
    fn from(at: At<'_>) -> String {
        at.to_string()
    }
}

/// One step of a way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step<'a> {
    Field(&'a str),
    Element(usize),
}

/// The steps of a written path; none if it is not one.
pub(crate) fn steps(path: &str) -> Option<Vec<Step<'_>>> {
    let mut steps = Vec::new();
    for part in path.split('.') {
        let (name, mut brackets) = part.split_at(part.find('[').unwrap_or(part.len()));
        if !name.is_empty() {
            steps.push(Step::Field(name));
        } else if brackets.is_empty() || !steps.is_empty() {
            return None;
        }
        while !brackets.is_empty() {
            let (index, rest) = brackets.strip_prefix('[')?.split_once(']')?;
            steps.push(Step::Element(index.parse().ok()?));
            brackets = rest;
        }
    }
    Some(steps)
}

/// What stands at a place.
pub(crate) fn get<'v>(root: &'v Value, steps: &[Step<'_>]) -> Option<&'v Value> {
    steps.iter().try_fold(root, |value, step| match (step, value) {
        (Step::Field(name), Value::Object(fields)) => fields.get(*name),
        (Step::Field(name), Value::Array(list)) => list.iter().find(|element| is_named(element, name)),
        (Step::Element(index), Value::Array(list)) => list.get(*index),
        _ => None,
    })
}

/// What stands at a place, to be changed. Objects that are missing on the way are made, also where only `true` or
/// `false` says whether there is one; none if something else is in the way, or a list is too short.
pub(crate) fn reach<'v>(root: &'v mut Value, steps: &[Step<'_>]) -> Option<&'v mut Value> {
    steps.iter().try_fold(root, |value, step| {
        if (value.is_null() || value.is_boolean()) && matches!(step, Step::Field(_)) {
            *value = Value::Object(Map::new());
        }
        match (step, value) {
            (Step::Field(name), Value::Object(fields)) => Some(fields.entry(*name).or_insert(Value::Null)),
            (Step::Field(name), Value::Array(list)) => {
                list.iter_mut().find(|element| is_named(element, name))
            }
            (Step::Element(index), Value::Array(list)) => list.get_mut(*index),
            _ => None,
        }
    })
}

fn is_named(element: &Value, name: &str) -> bool {
    element.get("name").and_then(Value::as_str) == Some(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_path_reads_as_the_steps_it_names() {
        assert_eq!(
            steps("processes[2].at"),
            Some(vec![Step::Field("processes"), Step::Element(2), Step::Field("at")])
        );
        for broken in ["", ".", "a..b", "a[", "a[x]", "a[1", "a.[0]"] {
            assert_eq!(steps(broken), None, "{broken}");
        }
    }

    #[test]
    fn a_place_writes_the_path_that_reads_back() {
        let processes = At::Root.field("processes");
        let second = processes.element(1);
        assert_eq!(second.field("at").to_string(), "processes[1].at");
    }

    #[test]
    fn an_element_is_reached_by_number_and_by_name() {
        let document = json!({"processes": [{"name": "A", "at": 3}, {"name": "B", "at": 4}]});
        for path in ["processes[1].at", "processes.B.at"] {
            assert_eq!(
                steps(path).and_then(|steps| get(&document, &steps).cloned()),
                Some(json!(4)),
                "{path}"
            );
        }
    }
}
