//! The document: a scenario as it is written, right or wrong. The page edits documents, so that a field which is
//! wrong keeps its text while the last good run stays on the screen.
//!
//! Fields are named by paths, as diagnostics name them: `processes[2].program`, `machine.policy.mlfq.boost`.

use serde_json::{Map, Value, json};

use super::Edit;

/// What differs from the document in one of the runs that are compared: values by path.
pub type Overrides = Map<String, Value>;

/// One step of a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step<'a> {
    Field(&'a str),
    Entry(usize),
}

fn steps(path: &str) -> impl Iterator<Item = Step<'_>> {
    path.split('.').filter(|part| !part.is_empty()).flat_map(|part| {
        let (field, entries) = part.split_once('[').unwrap_or((part, ""));
        let entries = entries.split(['[', ']']).filter_map(|entry| entry.parse().ok()).map(Step::Entry);
        (!field.is_empty()).then_some(Step::Field(field)).into_iter().chain(entries)
    })
}

/// The value at a path.
pub fn get<'a>(document: &'a Value, path: &str) -> Option<&'a Value> {
    steps(path).try_fold(document, |value, step| match step {
        Step::Field(name) => value.get(name),
        Step::Entry(index) => value.get(index),
    })
}

/// Sets the value at a path, with the objects that lead there; or removes it, with the objects that it leaves
/// empty. A path through a list entry that is not there changes nothing.
pub fn set(document: &mut Value, path: &str, value: Option<Value>) {
    let steps: Vec<Step<'_>> = steps(path).collect();
    set_at(document, &steps, value);
}

fn set_at(place: &mut Value, steps: &[Step<'_>], value: Option<Value>) {
    let Some((first, rest)) = steps.split_first() else {
        if let Some(value) = value {
            *place = value;
        }
        return;
    };
    match first {
        Step::Entry(index) => {
            if let Some(entry) = place.get_mut(*index) {
                set_at(entry, rest, value);
            }
        }
        Step::Field(name) => set_field(place, name, rest, value),
    }
}

fn set_field(place: &mut Value, name: &str, rest: &[Step<'_>], value: Option<Value>) {
    if !place.is_object() {
        if value.is_none() {
            return;
        }
        *place = json!({});
    }
    let Some(fields) = place.as_object_mut() else {
        return;
    };
    match (rest.is_empty(), value) {
        (true, None) => {
            fields.shift_remove(name);
        }
        (_, Some(value)) => {
            set_at(fields.entry(name).or_insert_with(|| json!({})), rest, Some(value));
        }
        (false, None) => {
            if let Some(inner) = fields.get_mut(name) {
                set_at(inner, rest, None);
                if inner.as_object().is_some_and(Map::is_empty) {
                    fields.shift_remove(name);
                }
            }
        }
    }
}

/// Carries out an edit.
pub fn apply(document: &mut Value, edit: &Edit) {
    match edit {
        Edit::Set(path, value) => set(document, path, value.clone()),
        Edit::Push(path, entry) => match list_mut(document, path) {
            Some(list) => list.push(entry.clone()),
            None => set(document, path, Some(json!([entry]))),
        },
        Edit::Duplicate(path, index) => {
            if let Some(list) = list_mut(document, path)
                && let Some(mut copy) = list.get(*index).cloned()
            {
                if let Some(name) = copy.get("name").and_then(Value::as_str) {
                    let taken: Vec<&str> =
                        list.iter().filter_map(|entry| entry.get("name")?.as_str()).collect();
                    let name = free_name(Some(name), &taken);
                    copy["name"] = Value::String(name);
                }
                list.insert(index + 1, copy);
            }
        }
        Edit::Remove(path, index) => {
            if let Some(list) = list_mut(document, path)
                && *index < list.len()
            {
                list.remove(*index);
            }
        }
        Edit::Move { list, from, to } => {
            if let Some(list) = list_mut(document, list)
                && *from < list.len()
                && *to < list.len()
            {
                let entry = list.remove(*from);
                list.insert(*to, entry);
            }
        }
        Edit::All(edits) => edits.iter().for_each(|edit| apply(document, edit)),
        Edit::Replace(value) => *document = value.clone(),
    }
}

fn list_mut<'a>(document: &'a mut Value, path: &str) -> Option<&'a mut Vec<Value>> {
    let place = steps(path).try_fold(document, |value, step| match step {
        Step::Field(name) => value.get_mut(name),
        Step::Entry(index) => value.get_mut(index),
    })?;
    place.as_array_mut()
}

/// A name that nobody has: the next letter of the alphabet, or the old name with the next free number.
pub fn free_name(like: Option<&str>, taken: &[&str]) -> String {
    let letters = ('A'..='Z').map(String::from);
    let stem = like
        .map(|name| name.trim_end_matches(|last: char| last.is_ascii_digit()))
        .filter(|stem| stem.chars().count() > 1);
    let numbered = (2..).map(|number| format!("{}{number}", stem.unwrap_or("T")));
    let letters = letters.filter(|_| stem.is_none());
    letters.chain(numbered).find(|name| !taken.contains(&name.as_str())).unwrap_or_default()
}

/// What a person typed into a field for a number or a duration: a number where it is one, else the text.
pub fn typed(text: &str) -> Value {
    let text = text.trim();
    match text.parse::<u64>() {
        Ok(number) if number.to_string() == text => Value::from(number),
        _ => match text.parse::<i64>() {
            Ok(number) if number.to_string() == text => Value::from(number),
            _ => Value::from(text),
        },
    }
}

/// How a field shows a value: the text that [`typed`] gives back.
pub fn shown(value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet() -> Value {
        json!({ "processes": [{ "name": "A", "program": "cpu 5" }, { "name": "B", "program": "cpu 3" }] })
    }

    #[test]
    fn a_path_leads_to_a_field_and_makes_the_way_there() {
        let mut document = sheet();
        set(&mut document, "processes[1].program", Some(json!("cpu 9")));
        set(&mut document, "machine.policy.rr.quantum", Some(json!(4)));
        assert_eq!(get(&document, "processes[1].program"), Some(&json!("cpu 9")));
        assert_eq!(get(&document, "machine.policy"), Some(&json!({ "rr": { "quantum": 4 } })));
    }

    #[test]
    fn what_a_removal_leaves_empty_goes_with_it() {
        let mut document = sheet();
        set(&mut document, "machine.policy.rr.quantum", Some(json!(4)));
        set(&mut document, "machine.policy.rr.quantum", None);
        assert_eq!(document, sheet());
        set(&mut document, "machine.timer", None);
        assert_eq!(document, sheet());
    }

    #[test]
    fn a_list_entry_that_is_not_there_changes_nothing() {
        let mut document = sheet();
        set(&mut document, "processes[7].program", Some(json!("cpu 9")));
        assert_eq!(document, sheet());
    }

    #[test]
    fn a_duplicate_gets_a_name_of_its_own() {
        let mut document = sheet();
        apply(&mut document, &Edit::Duplicate("processes".into(), 0));
        let names: Vec<&str> = document["processes"]
            .as_array()
            .unwrap()
            .iter()
            .map(|task| task["name"].as_str().unwrap())
            .collect();
        assert_eq!(names, ["A", "C", "B"]);
        assert_eq!(free_name(Some("shell"), &["shell", "shell2"]), "shell3");
    }

    #[test]
    fn a_move_keeps_every_entry() {
        let mut document = sheet();
        apply(&mut document, &Edit::Move { list: "processes".into(), from: 0, to: 1 });
        assert_eq!(document["processes"][0]["name"], "B");
        assert_eq!(document["processes"][1]["name"], "A");
    }

    #[test]
    fn numbers_are_numbers_and_everything_else_keeps_its_text() {
        assert_eq!(typed("12"), json!(12));
        assert_eq!(typed("-3"), json!(-3));
        assert_eq!(typed("10ms"), json!("10ms"));
        assert_eq!(typed("012"), json!("012"));
        for text in ["12", "-3", "1.5", "10ms", "012", "x"] {
            assert_eq!(shown(Some(&typed(text))), text);
        }
    }
}
