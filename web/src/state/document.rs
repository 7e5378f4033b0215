//! The document: a scenario as it is written, right or wrong. The page edits documents, so that a field which is
//! wrong keeps its text while the last good run stays on the screen.
//!
//! Fields are named by paths, as diagnostics name them: `processes[2].program`, `machine.policy.mlfq.boost`.
//! How to get there is [`params`]' business.

use kernelscope_share::params;
use serde_json::{Value, json};

use super::Edit;

/// Carries out an edit.
pub fn apply(document: &mut Value, edit: &Edit) {
    match edit {
        Edit::Set(path, Some(value)) => {
            // A path that leads nowhere, as after an undo under somebody's fingers, changes nothing.
            let _ = params::set(document, path, value.clone());
        }
        Edit::Set(path, None) => params::unset(document, path),
        Edit::Push(path, entry) => match list_mut(document, path) {
            Some(list) => list.push(entry.clone()),
            None => document[path.as_str()] = json!([entry]),
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

/// One of the document's own lists: `processes` or `inputs`.
fn list_mut<'a>(document: &'a mut Value, name: &str) -> Option<&'a mut Vec<Value>> {
    document.get_mut(name)?.as_array_mut()
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
    fn a_field_is_set_and_removed_again() {
        let mut document = sheet();
        apply(&mut document, &Edit::Set("machine.cpus".into(), Some(json!(2))));
        assert_eq!(document["machine"]["cpus"], 2);
        apply(&mut document, &Edit::Set("machine.cpus".into(), None));
        assert_eq!(document, sheet());
    }

    #[test]
    fn a_path_that_leads_nowhere_changes_nothing() {
        let mut document = sheet();
        apply(&mut document, &Edit::Set("processes[7].program".into(), Some(json!("cpu 9"))));
        apply(&mut document, &Edit::Remove("processes".into(), 9));
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
