//! How moments are read.
//!
//! ```text
//! moment  = "start" | "end" | [ "t=" ] time [ "#" number ] | "step" number
//!         | [ ordinal ] kind [ "of" name ] [ ( "from" | "after" ) time ]
//! ordinal = "first" | "second" | "third" | number ( "st" | "nd" | "rd" | "th" )
//! kind    = one of the words in KINDS, in the singular or the plural
//! name    = a word, or any text in double quotes, in which \ stands before a quote and before itself
//! time    = a duration since the start; a bare number counts in the scenario's unit
//! ```
//!
//! Capitals matter in names only. `from` and `after` both mean: not before.

use std::ops::Range;

use kernelscope_sim::diagnostic::{Allowed, Code, Diagnostic};
use kernelscope_sim::time::{Nanos, Time, parse::duration};

use super::{KINDS, Query, QueryKind};
use crate::protocol::Target;

/// Reads a moment. A bare number counts in `unit`.
///
/// ```
/// use kernelscope_session::protocol::Target;
/// use kernelscope_session::query::{Query, QueryKind, parse};
/// use kernelscope_sim::time::{Nanos, Time};
///
/// let ms = Nanos::from_millis(1);
/// let second = Query { ordinal: 2, kind: QueryKind::Demotion, task: Some("A".into()), from: Time::ZERO };
/// assert_eq!(parse("2nd demotion of A", ms), Ok(Target::Query(second)));
/// assert_eq!(parse("t=40 #2", ms), Ok(Target::Moment { at: Time(40_000_000), ordinal: 2 }));
/// ```
///
/// # Errors
/// What does not read as a moment: the place in the text, and what could stand there.
pub fn parse(text: &str, unit: Nanos) -> Result<Target, Diagnostic> {
    let words = words(text)?;
    let reader = Reader { text, unit, words: &words };
    match words.first().map(|word| word.text.to_ascii_lowercase()).as_deref() {
        None => Err(reader.problem(Code::Empty, 0..0)),
        Some("start") if words.len() == 1 => Ok(Target::Start),
        Some("end") if words.len() == 1 => Ok(Target::End),
        Some("step") if words.len() == 2 => Ok(Target::Step(reader.number(&words[1])?)),
        Some(first) if first.starts_with("t=") => reader.moment(2),
        Some(first) if first.starts_with(|c: char| c.is_ascii_digit()) && ordinal(first).is_none() => {
            reader.moment(0)
        }
        Some(_) => reader.query(),
    }
}

/// A word and where it stands.
struct Word {
    text: String,
    at: Range<usize>,
    quoted: bool,
}

/// Splits a text at its blanks; what stands in quotes is one word.
fn words(text: &str) -> Result<Vec<Word>, Diagnostic> {
    let mut words: Vec<Word> = Vec::new();
    let mut chars = text.char_indices().peekable();
    while let Some((start, first)) = chars.next() {
        if first.is_whitespace() {
            continue;
        }
        let mut word = Word { text: String::new(), at: start..text.len(), quoted: first == '"' };
        if !word.quoted {
            word.text.push(first);
        }
        let mut closed = false;
        while let Some((at, c)) = chars.next_if(|(_, c)| word.quoted || !c.is_whitespace()) {
            match c {
                '"' if word.quoted => {
                    word.at.end = at + 1;
                    closed = true;
                    break;
                }
                '\\' if word.quoted => word.text.extend(chars.next().map(|(_, escaped)| escaped)),
                c => word.text.push(c),
            }
        }
        if word.quoted && !closed {
            let open = Diagnostic::new("", Code::Syntax).found(&text[start..]).span(start, text.len());
            return Err(open.allowed(Allowed::OneOf(vec!["\"".to_owned()])));
        }
        if !word.quoted {
            word.at.end = chars.peek().map_or(text.len(), |(at, _)| *at);
        }
        words.push(word);
    }
    Ok(words)
}

fn ordinal(word: &str) -> Option<u32> {
    match word.to_ascii_lowercase().as_str() {
        "first" => Some(1),
        "second" => Some(2),
        "third" => Some(3),
        word => {
            let number = ["st", "nd", "rd", "th"].iter().find_map(|suffix| word.strip_suffix(suffix))?;
            number.parse().ok().filter(|number| *number > 0)
        }
    }
}

fn kind(words: &str) -> Option<QueryKind> {
    let singulars = [Some(words), words.strip_suffix('s'), words.strip_suffix("es")];
    let means = |name: &&str| singulars.iter().flatten().any(|word| word == name);
    KINDS.iter().find(|(_, names)| names.iter().any(means)).map(|(kind, _)| *kind)
}

struct Reader<'a> {
    text: &'a str,
    unit: Nanos,
    words: &'a [Word],
}

impl Reader<'_> {
    fn problem(&self, code: Code, at: Range<usize>) -> Diagnostic {
        Diagnostic::new("", code).found(self.text.get(at.clone()).unwrap_or_default()).span(at.start, at.end)
    }

    fn number<N: std::str::FromStr>(&self, word: &Word) -> Result<N, Diagnostic> {
        let wrong =
            || self.problem(Code::WrongType, word.at.clone()).allowed(Allowed::Type("number".to_owned()));
        word.text.trim_start_matches('#').parse().map_err(|_| wrong())
    }

    fn time(&self, at: Range<usize>) -> Result<Time, Diagnostic> {
        match duration(&self.text[at.clone()], self.unit) {
            Ok(since_start) => Ok(Time::ZERO + since_start),
            Err(flaw) => Err(self.problem(flaw.code(), at).allowed(flaw.allowed())),
        }
    }

    /// A time, the first `skipped` bytes of its word left out, and which of its steps.
    fn moment(&self, skipped: usize) -> Result<Target, Diagnostic> {
        let hash = self.words.iter().position(|word| word.text.starts_with('#'));
        let last = hash.unwrap_or(self.words.len());
        let at = self.time(self.words[0].at.start + skipped..self.words[last - 1].at.end)?;
        let Some(hash) = hash else { return Ok(Target::Time(at)) };
        let ordinal = self.number::<u32>(&self.words[hash])?;
        match self.words.get(hash + 1) {
            None => Ok(Target::Moment { at, ordinal }),
            Some(more) => Err(self.problem(Code::Syntax, more.at.start..self.text.len())),
        }
    }

    fn query(&self) -> Result<Target, Diagnostic> {
        let is = |word: &Word, text: &str| !word.quoted && word.text.eq_ignore_ascii_case(text);
        let counted = ordinal(&self.words[0].text);
        let mut rest = &self.words[usize::from(counted.is_some())..];

        let ends = |word: &Word| ["of", "from", "after"].iter().any(|end| is(word, end));
        let (named, after) = rest.split_at(rest.iter().position(ends).unwrap_or(rest.len()));
        let name: Vec<String> = named.iter().map(|word| word.text.to_ascii_lowercase()).collect();
        let name = name.join(" ");
        let kind = kind(&name).ok_or_else(|| {
            let start = named.first().map_or(self.text.len(), |word| word.at.start);
            let end = named.last().map_or(self.text.len(), |word| word.at.end);
            let known = || KINDS.iter().flat_map(|(_, names)| names.first()).copied();
            self.problem(Code::UnknownValue, start..end)
                .allowed(Allowed::OneOf(known().map(str::to_owned).collect()))
                .near(known())
        })?;
        rest = after;

        let mut task = None;
        if let [of, name, more @ ..] = rest
            && is(of, "of")
        {
            task = Some(name.text.clone());
            rest = more;
        }
        let mut from = Time::ZERO;
        if let [word, first, ..] = rest
            && (is(word, "from") || is(word, "after"))
        {
            from = self.time(first.at.start..self.text.trim_end().len())?;
            rest = &[];
        }
        match rest.first() {
            None => Ok(Target::Query(Query { ordinal: counted.unwrap_or(1), kind, task, from })),
            Some(more) => Err(self.problem(Code::Syntax, more.at.start..self.text.len())),
        }
    }
}

#[cfg(test)]
mod tests;
