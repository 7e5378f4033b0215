//! What is wrong, in English.

use std::fmt;

use kernelscope_share::params;
use kernelscope_sim::diagnostic::{Allowed, Code, Diagnostic};
use kernelscope_sim::time::{Nanos, format};
use serde_json::{Value, json};

use crate::locate;

/// The problems of one or several sources, ready to be read.
pub(crate) struct Report(Vec<(String, Vec<Told>)>);

/// One problem, in words.
struct Told {
    problem: Diagnostic,
    headline: String,
    place: String,
    /// Line and column of the source's text, counted from 1.
    at: Option<(usize, usize)>,
    /// The text that is wrong, and how much of it.
    excerpt: Option<(String, usize, usize)>,
    help: Vec<String>,
}

impl Report {
    /// The problems, with their places in the source's text.
    pub(crate) fn new(
        source: &str,
        text: Option<&str>,
        document: Option<&Value>,
        problems: &[Diagnostic],
    ) -> Report {
        let told = problems.iter().map(|problem| Told::new(problem, source, text, document)).collect();
        Report(vec![(source.to_owned(), told)])
    }

    /// A source without problems.
    pub(crate) fn none(source: &str) -> Report {
        Report(vec![(source.to_owned(), Vec::new())])
    }

    /// An object for each source, with its problems as data and in words.
    pub(crate) fn as_json(&self) -> Vec<Value> {
        let object = |(source, told): &(String, Vec<Told>)| {
            let problems: Vec<Value> = told.iter().map(Told::as_json).collect();
            json!({ "source": source, "problems": problems })
        };
        self.0.iter().map(object).collect()
    }

    /// Adds those of other sources.
    pub(crate) fn append(&mut self, mut other: Report) {
        self.0.append(&mut other.0);
    }
}

impl Told {
    fn new(problem: &Diagnostic, source: &str, text: Option<&str>, document: Option<&Value>) -> Told {
        let is_in_program = !problem.path.is_empty();
        let offset = text.map(|text| match problem.span {
            Some((start, _)) if !is_in_program => start as usize,
            _ => locate::value(text, &problem.path),
        });
        let at = text.zip(offset).map(|(text, offset)| locate::line_and_column(text, offset));
        let mut place = source.to_owned();
        if let Some((line, column)) = at {
            place += &format!(":{line}:{column}");
        }
        if is_in_program {
            place += &format!(": {}", problem.path);
        }
        let program =
            document.and_then(|document| params::get(document, &problem.path)).and_then(Value::as_str);
        let excerpt = match is_in_program {
            true => program
                .zip(problem.span)
                .map(|(program, (start, end))| line(program, start as usize, end as usize)),
            false => {
                text.zip(problem.span).map(|(text, (start, end))| line(text, start as usize, end as usize))
            }
        };
        let excerpt = excerpt.filter(|(line, ..)| !line.trim().is_empty());
        let help = help(problem).iter().map(|help| visible(help)).collect();
        let (headline, place) = (visible(&headline(problem)), visible(&place));
        Told { problem: problem.clone(), headline, place, at, excerpt, help }
    }

    /// The problem for another program: durations in nanoseconds, `span` in bytes of the program's text. What does not
    /// apply to it is null.
    fn as_json(&self) -> Value {
        let Diagnostic { path, span, code, found, allowed, near } = &self.problem;
        json!({
            "path": path,
            "line": self.at.map(|(line, _)| line),
            "column": self.at.map(|(_, column)| column),
            "span": span.map(|(start, end)| [start, end]),
            "code": in_snake_case(json!(code)),
            "found": found,
            "allowed": Some(allowed).filter(|allowed| **allowed != Allowed::Unsaid).map(|allowed| in_snake_case(json!(allowed))),
            "near": near,
            "message": self.headline,
            "help": self.help,
        })
    }
}

/// The name of a variant, or what it holds under that name, as JSON writes names.
fn in_snake_case(variant: Value) -> Value {
    let snake = |name: &str| {
        let mut snake = String::new();
        for (place, letter) in name.chars().enumerate() {
            if place > 0 && letter.is_uppercase() {
                snake.push('_');
            }
            snake.extend(letter.to_lowercase());
        }
        snake
    };
    match variant {
        Value::String(name) => snake(&name).into(),
        Value::Object(held) => held.into_iter().map(|(name, held)| (snake(&name), held)).collect(),
        other => other,
    }
}

/// The line on which a range of bytes begins, and the characters before it and in it.
fn line(text: &str, start: usize, end: usize) -> (String, usize, usize) {
    const LONGEST: usize = 90;
    let start = start.min(text.len());
    let from = text[..start].rfind('\n').map_or(0, |newline| newline + 1);
    let to = text[start..].find('\n').map_or(text.len(), |newline| start + newline);
    let before = text[from..start].chars().count();
    let wrong = text[start..end.clamp(start, to)].chars().count();
    // Of a long line, what is around the place.
    let skip = (before + wrong.min(LONGEST / 2)).saturating_sub(LONGEST);
    let excerpt: String = text[from..to].chars().skip(skip).take(LONGEST + LONGEST / 2).collect();
    (visible(&excerpt), before - skip, wrong.max(1))
}

/// The text without anything that a terminal would obey.
fn visible(text: &str) -> String {
    text.chars().map(|letter| if letter.is_control() { '\u{fffd}' } else { letter }).collect()
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (source, problems) in &self.0 {
            for problem in problems {
                writeln!(f, "{problem}")?;
            }
            let plural = if problems.len() == 1 { "" } else { "s" };
            writeln!(f, "{source}: {} problem{plural}", problems.len())?;
        }
        Ok(())
    }
}

impl fmt::Display for Told {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "error: {}\n  --> {}", self.headline, self.place)?;
        if let Some((line, before, wrong)) = &self.excerpt {
            writeln!(f, "   |\n   | {line}\n   | {}{}", " ".repeat(*before), "^".repeat(*wrong))?;
        }
        self.help.iter().try_for_each(|help| writeln!(f, "   = {help}"))
    }
}

/// What is wrong, in a line.
fn headline(problem: &Diagnostic) -> String {
    let Diagnostic { path, code, found, allowed, .. } = problem;
    let field = path.rsplit('.').next().unwrap_or_default();
    match (code, allowed) {
        (Code::NotJson, _) if found.is_empty() => "the text ends in the middle of the JSON".to_owned(),
        (Code::NotJson, _) => format!("this is not JSON, from `{found}` on"),
        (Code::Missing, _) if path == "version" => "the file does not say which version it has".to_owned(),
        (Code::Missing, Allowed::Type(wanted)) if problem.span.is_some() => {
            format!("{} is missing here", with_article(wanted))
        }
        (Code::Missing, _) if problem.span.is_some() => "something is missing here".to_owned(),
        (Code::Missing, Allowed::OneOf(words)) => format!("{} is missing", either(words)),
        (Code::Missing, _) => format!("`{field}` is missing"),
        (Code::UnknownField, _) => format!("there is no field `{found}` here"),
        (Code::UnknownValue, Allowed::Type(wanted)) => format!("`{found}` is not {}", with_article(wanted)),
        (Code::UnknownValue, _) => format!("`{found}` means nothing here"),
        (Code::WrongType, Allowed::Type(wanted)) => format!("`{found}` is not {}", with_article(wanted)),
        (Code::WrongType, _) => format!("`{found}` cannot stand here"),
        (Code::OutOfRange, _) if found.is_empty() => "it takes longer than any run lasts".to_owned(),
        (Code::OutOfRange, _) => format!("`{found}` is out of range"),
        (Code::Duplicate, _) => format!("`{found}` stands here twice"),
        (Code::UnknownName, _) => format!("nothing is called `{found}`"),
        (Code::Empty, _) if path == "processes" => "there are no tasks".to_owned(),
        (Code::Empty, _) if field == "program" => "the program is empty".to_owned(),
        (Code::Empty, _) if path.is_empty() => "the link is empty".to_owned(),
        (Code::Empty, _) => format!("`{field}` is empty"),
        (Code::TooMany, _) => format!("too many: {found}"),
        (Code::TooLong, _) => "this is too long".to_owned(),
        (Code::NotMultiple, _) => {
            format!("`{found}` is not a whole number of {}", what_it_divides_into(path))
        }
        (Code::NotPowerOfTwo, _) => format!("{found} is not a power of two"),
        (Code::TooFine, Allowed::Type(_)) => format!("`{found}` has too many decimals"),
        (Code::TooFine, _) => format!("`{found}` is finer than a nanosecond"),
        (Code::NeedsUnit, _) => format!("`{found}` does not say its unit"),
        (Code::Syntax, Allowed::OneOf(words)) if *words == ["}"] => format!("`{found}` is not closed"),
        (Code::Syntax, _) if found.is_empty() => "something is missing here".to_owned(),
        (Code::Syntax, _) => format!("`{found}` cannot stand here"),
        (Code::Conflict, Allowed::With(other)) if found.is_empty() => format!("`{field}` needs `{other}`"),
        (Code::Conflict, _) => format!("`{field}` ({found}) does not go with the rest"),
        (Code::Version, _) => format!("this was made by a newer version ({found})"),
        (Code::Damaged, _) => {
            "the link is damaged: part of it is missing or was changed on the way".to_owned()
        }
        (Code::LeftOut, _) => format!("this program was built without `{field}`"),
    }
}

fn what_it_divides_into(path: &str) -> &'static str {
    if path.contains("allotment") { "quanta" } else { "timer periods" }
}

fn with_article(wanted: &str) -> String {
    match wanted {
        "text" | "visible text" | "true or false" => wanted.to_owned(),
        "object" => "an object".to_owned(),
        "word" => "a word that a program can use".to_owned(),
        _ => format!("a {wanted}"),
    }
}

/// How to mend it.
fn help(problem: &Diagnostic) -> Vec<String> {
    let near = problem.near.iter().map(|near| format!("did you mean `{near}`?"));
    near.chain(allowed(problem)).collect()
}

/// What could stand there.
fn allowed(problem: &Diagnostic) -> Option<String> {
    let Diagnostic { path, code, allowed, .. } = problem;
    let exact = |nanos: u64| format::suffixed(Nanos(nanos));
    Some(match (code, allowed) {
        (Code::Missing, _) if path == "version" => "add \"version\": 1".to_owned(),
        (Code::Missing, _) => return None,
        (Code::Version, _) => "this program reads versions up to 1; a newer one can read it".to_owned(),
        (Code::Damaged, _) => "copy the whole link again, up to its last letter".to_owned(),
        (_, Allowed::Unsaid) => return None,
        (Code::UnknownField, Allowed::OneOf(words)) if words.is_empty() => {
            "there are no fields here".to_owned()
        }
        (Code::UnknownField, Allowed::OneOf(words)) => format!("the fields here are {}", list(words)),
        (Code::NeedsUnit, Allowed::OneOf(words)) => format!("write one of {} behind it", list(words)),
        (_, Allowed::OneOf(words)) if words.is_empty() => "there are none".to_owned(),
        (_, Allowed::OneOf(words)) => format!("it can be {}", either(words)),
        (_, Allowed::Range(least, most)) => format!("it goes from {least} to {most}"),
        (_, Allowed::Duration(least, most)) if *most >= Nanos::MAX.0 => {
            format!("it goes from {} to {} (104 days)", exact(*least), exact(*most))
        }
        (_, Allowed::Duration(least, most)) => format!("it goes from {} to {}", exact(*least), exact(*most)),
        (Code::TooFine, Allowed::Type(step)) => format!("the smallest step is {step}"),
        (_, Allowed::Type(_)) => return None,
        (_, Allowed::AtMost(most)) => format!("at most {most}"),
        (_, Allowed::Nearest(below, above)) if below == above => format!("the nearest is {}", exact(*below)),
        (_, Allowed::Nearest(below, above)) => {
            format!("the nearest are {} and {}", exact(*below), exact(*above))
        }
        (_, Allowed::With(other)) => format!("it has to go with {other}"),
    })
}

fn list(words: &[String]) -> String {
    words.join(", ")
}

fn either(words: &[String]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    match quoted.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} or {last}", rest.join(", ")),
        None => String::new(),
    }
}
