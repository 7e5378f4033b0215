//! The text of a file.

use std::fmt;

use kernelscope_sim::diagnostic::{Allowed, Code, Diagnostic};
use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

use crate::limits::FILE_BYTES;

/// The document in a file's text. A field that stands twice in one object is refused, because every JSON reader
/// would keep another one of the two.
pub fn from_text(text: &str) -> Result<Value, Diagnostic> {
    if text.len() > FILE_BYTES {
        let most = Allowed::AtMost(FILE_BYTES as u64);
        return Err(Diagnostic::new("", Code::TooLong).found(text.len()).allowed(most));
    }
    strict(text).map_err(|error| {
        let start = offset(text, error.line(), error.column());
        let rest = text.get(start..).unwrap_or("");
        let found = rest.split_whitespace().next().unwrap_or("");
        match error.is_data() {
            // The only thing that a JSON value can be wrong about as data.
            true => Diagnostic::new("", Code::Duplicate).found(duplicate(&error)).span(start, start),
            false => Diagnostic::new("", Code::NotJson).found(found).span(start, start + found.len().min(1)),
        }
    })
}

/// The value in a text that some program wrote. Not for people: it does not say what is wrong.
///
/// Everything that is JSON is read through this one function, and compiled once.
pub fn value(text: &str) -> Option<Value> {
    strict(text).ok()
}

fn strict(text: &str) -> serde_json::Result<Value> {
    serde_json::from_str(text).map(|Strict(value)| value)
}

/// The bytes before a column of a line, both counted from 1; the parser counts columns in bytes.
fn offset(text: &str, line: usize, column: usize) -> usize {
    let before: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let mut at = (before + column.saturating_sub(1)).min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn duplicate(error: &serde_json::Error) -> String {
    let message = error.to_string();
    let name = message.split_once(DUPLICATE).map_or(message.as_str(), |(_, rest)| rest);
    name.rsplit_once(" at line ").map_or(name, |(name, _)| name).to_owned()
}

const DUPLICATE: &str = "duplicate field ";

/// A JSON value in which no object has a field twice.
struct Strict(Value);

impl<'de> Deserialize<'de> for Strict {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Strict, D::Error> {
        deserializer.deserialize_any(StrictVisitor).map(Strict)
    }
}

struct StrictVisitor;

impl<'de> Visitor<'de> for StrictVisitor {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Value, E> {
        Ok(flag.into())
    }

    fn visit_i64<E>(self, number: i64) -> Result<Value, E> {
        Ok(number.into())
    }

    fn visit_u64<E>(self, number: u64) -> Result<Value, E> {
        Ok(number.into())
    }

    fn visit_f64<E>(self, number: f64) -> Result<Value, E> {
        Ok(number.into())
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(text.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Value, A::Error> {
        let mut elements = Vec::new();
        while let Some(Strict(element)) = list.next_element()? {
            elements.push(element);
        }
        Ok(elements.into())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut fields = Map::new();
        while let Some((name, Strict(value))) = entries.next_entry::<String, _>()? {
            if fields.contains_key(&name) {
                return Err(A::Error::custom(format_args!("{DUPLICATE}{name}")));
            }
            fields.insert(name, value);
        }
        Ok(fields.into())
    }
}

/// The text of a document as a person would write it: what fits on a line stands on one.
pub fn to_text(document: &Value) -> String {
    let mut text = String::new();
    write(&mut text, document, 0);
    text.push('\n');
    text
}

/// The width that lines are kept to.
const LINE: usize = 100;

fn write(text: &mut String, value: &Value, depth: usize) {
    let flat = flat(value);
    let is_document = depth == 0 && value.as_object().is_some_and(|fields| fields.len() > 1);
    if !is_document && depth * 2 + flat.len() <= LINE {
        text.push_str(&flat);
        return;
    }
    match value {
        Value::Object(fields) => block(text, ['{', '}'], depth, fields.iter(), |text, (name, value)| {
            text.push_str(&Value::from(name.as_str()).to_string());
            text.push_str(": ");
            write(text, value, depth + 1);
        }),
        Value::Array(list) => {
            block(text, ['[', ']'], depth, list.iter(), |text, value| write(text, value, depth + 1));
        }
        _ => text.push_str(&flat),
    }
}

fn block<I>(
    text: &mut String,
    [open, close]: [char; 2],
    depth: usize,
    items: impl Iterator<Item = I>,
    each: impl Fn(&mut String, I),
) {
    text.push(open);
    for (index, item) in items.enumerate() {
        text.push_str(if index == 0 { "\n" } else { ",\n" });
        text.push_str(&"  ".repeat(depth + 1));
        each(text, item);
    }
    text.push('\n');
    text.push_str(&"  ".repeat(depth));
    text.push(close);
}

/// All on one line, with room to breathe.
fn flat(value: &Value) -> String {
    let joined = |parts: Vec<String>| parts.join(", ");
    match value {
        Value::Object(fields) if fields.is_empty() => "{}".to_owned(),
        Value::Object(fields) => {
            let field =
                |(name, value): (&String, &Value)| format!("{}: {}", Value::from(name.as_str()), flat(value));
            format!("{{ {} }}", joined(fields.iter().map(field).collect()))
        }
        Value::Array(list) => format!("[{}]", joined(list.iter().map(flat).collect())),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_field_that_stands_twice_is_refused_by_name() {
        let problem = from_text("{\"seed\": 1,\n \"seed\": 2}").unwrap_err();
        assert_eq!((problem.code, problem.found.as_str()), (Code::Duplicate, "seed"));
    }

    #[test]
    fn what_is_not_json_is_refused_at_the_place_where_it_stops_being_json() {
        let problem = from_text("{\"version\": 1,\n \"seed\": oops}").unwrap_err();
        assert_eq!((problem.code, problem.found.as_str()), (Code::NotJson, "oops}"));
        assert_eq!(problem.span, Some((24, 25)));
    }

    #[test]
    fn written_text_reads_back() {
        let document =
            json!({"version": 1, "processes": [{"name": "a\"b", "program": "x".repeat(200)}, {}], "n": []});
        assert_eq!(from_text(&to_text(&document)), Ok(document));
    }
}
