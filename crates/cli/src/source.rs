//! Where scenarios come from.

use std::fs;
use std::io::{self, Read};

use kernelscope_share::file::{self, Decoded};
use kernelscope_share::limits::FILE_BYTES;
use kernelscope_share::link::{self, Payload};
use kernelscope_share::params::{self, Overrides};
use kernelscope_sim::diagnostic::Diagnostic;
use serde_json::Value;

use crate::Failure;
use crate::args::Scenario;
use crate::prose::Report;

/// What was read, and from where.
#[derive(Clone)]
pub(crate) struct Source {
    /// How to call it in messages.
    pub(crate) name: String,
    /// The text, if it is a file's.
    pub(crate) text: Option<String>,
    /// What it says. Of a file, the document alone.
    pub(crate) payload: Payload,
}

impl Source {
    /// Reads a file, a link, or whichever of the two comes from standard input.
    pub(crate) fn read(from: &str) -> Result<Source, Failure> {
        if is_link(from) {
            return Source::from_link("the link", from);
        }
        let (name, text) = match from {
            "-" => ("standard input", read_text(io::stdin().lock())),
            path => (path, fs::File::open(path).and_then(read_text)),
        };
        let text = text.map_err(|error| Failure::Usage(format!("{name}: {}", reason(&error))))?;
        if is_link(text.trim()) {
            return Source::from_link(name, &text);
        }
        match file::from_text(&text) {
            Ok(document) => {
                Ok(Source { name: name.to_owned(), text: Some(text), payload: Payload::new(document) })
            }
            Err(problem) => Err(Failure::Scenario(Report::new(name, Some(&text), None, &[problem]))),
        }
    }

    fn from_link(name: &str, text: &str) -> Result<Source, Failure> {
        match link::decode(text) {
            Ok(payload) => Ok(Source { name: name.to_owned(), text: None, payload }),
            Err(problem) => Err(Failure::Scenario(Report::new(name, None, None, &[problem]))),
        }
    }

    /// The scenario in it.
    pub(crate) fn decode(&self) -> Result<Decoded, Failure> {
        file::decode(&self.payload.document).map_err(|problems| Failure::Scenario(self.report(&problems)))
    }

    /// What is wrong with it, with the places in its text.
    pub(crate) fn report(&self, problems: &[Diagnostic]) -> Report {
        Report::new(&self.name, self.text.as_deref(), Some(&self.payload.document), problems)
    }

    /// Puts a value into a field, as it is typed.
    pub(crate) fn set(&mut self, path: &str, text: &str) -> Result<(), Failure> {
        self.put(path, params::typed(path, text))
    }

    /// Puts values into fields.
    pub(crate) fn put_all(&mut self, overrides: &Overrides) -> Result<(), Failure> {
        overrides.iter().try_for_each(|(path, value)| self.put(path, value.clone()))
    }

    /// Puts a value into a field.
    fn put(&mut self, path: &str, value: Value) -> Result<(), Failure> {
        // The text no longer says what the document does, so no place in it would be right.
        self.text = None;
        params::set(&mut self.payload.document, path, value).map_err(|problem| {
            let near = problem.near.map_or_else(String::new, |near| format!("; did you mean {near}?"));
            Failure::Usage(format!("there is no field {path}{near}"))
        })
    }
}

impl Scenario {
    /// Reads the scenario and changes it as asked.
    pub(crate) fn read(&self) -> Result<Source, Failure> {
        let mut source = Source::read(&self.source)?;
        if let Some(profile) = &self.profile {
            source.set("profile", profile)?;
        }
        for setting in &self.set {
            let Some((path, value)) = setting.split_once('=') else {
                return Err(Failure::Usage(format!(
                    "--set {setting}: a path and a value are written PATH=VALUE"
                )));
            };
            source.set(path.trim(), value.trim())?;
        }
        Ok(source)
    }
}

/// Whether it is the fragment of a link, or an address with one.
fn is_link(text: &str) -> bool {
    let is_fragment = |text: &str| {
        text.split_once('.').is_some_and(|(packing, rest)| {
            !packing.is_empty()
                && packing.bytes().all(|byte| byte.is_ascii_digit())
                && !rest.is_empty()
                && rest.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
        })
    };
    is_fragment(text.trim_start_matches('#')) || text.starts_with("http://") || text.starts_with("https://")
}

/// All the text there is, but not much more than a scenario may have.
fn read_text(from: impl Read) -> io::Result<String> {
    let mut text = String::new();
    from.take(FILE_BYTES as u64 + 1).read_to_string(&mut text)?;
    Ok(text)
}

/// Without the number that the standard library adds.
fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "no such file".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        io::ErrorKind::IsADirectory => "is a directory".to_owned(),
        io::ErrorKind::InvalidData => "is not UTF-8 text".to_owned(),
        _ => error.to_string(),
    }
}
