//! What is wrong with a scenario: where, what was found, what is allowed. Plain data; the prose is made where
//! it is shown, in the reader's language.

use serde::{Deserialize, Serialize};

/// One thing that is wrong, with its place and the way to mend it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// Where: `processes[2].program`, in the terms of the scenario file.
    pub path: String,
    /// Where inside a program's text: a range of bytes.
    pub span: Option<(u32, u32)>,
    /// What kind of problem.
    pub code: Code,
    /// What stands there, shortened if it is long.
    pub found: String,
    /// What could stand there.
    pub allowed: Allowed,
    /// The known name that a misspelt one most resembles.
    pub near: Option<String>,
}

/// The kinds of problems.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Code {
    /// The text is not JSON at all.
    NotJson,
    /// A required field is missing.
    Missing,
    /// There is no field of this name here.
    UnknownField,
    /// None of the values that this field knows.
    UnknownValue,
    /// A value of another type.
    WrongType,
    /// A number outside its range.
    OutOfRange,
    /// A name that stands there twice.
    Duplicate,
    /// A name that nothing has.
    UnknownName,
    /// Nothing stands there and something has to.
    Empty,
    /// More of something than a scenario may hold.
    TooMany,
    /// A text longer than it may be.
    TooLong,
    /// A duration that must be a multiple of another.
    NotMultiple,
    /// A number that must be a power of two.
    NotPowerOfTwo,
    /// Finer than a nanosecond.
    TooFine,
    /// A hardware cost without its unit.
    NeedsUnit,
    /// A program's text that does not read as one.
    Syntax,
    /// Two things that do not go together.
    Conflict,
    /// A scenario or link of a version that this one does not know.
    Version,
    /// A link or file that was damaged on its way.
    Damaged,
    /// Something that this build of the machine leaves out.
    LeftOut,
}

/// What could stand in the place of what was found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Allowed {
    /// The code says it all.
    #[default]
    Unsaid,
    /// One of these words.
    OneOf(Vec<String>),
    /// A number from the first to the second.
    Range(i64, i64),
    /// A duration from the first to the second, in nanoseconds.
    Duration(u64, u64),
    /// A value of this type: `number`, `text`, `list`, `object`, `duration`, `true or false`.
    Type(String),
    /// At most so many.
    AtMost(u64),
    /// A multiple of a duration; the nearest below and above, in nanoseconds.
    Nearest(u64, u64),
    /// What the other thing is that it has to go with.
    With(String),
}

impl Diagnostic {
    /// A problem of this kind at this place.
    pub fn new(path: impl Into<String>, code: Code) -> Diagnostic {
        Diagnostic {
            path: path.into(),
            span: None,
            code,
            found: String::new(),
            allowed: Allowed::Unsaid,
            near: None,
        }
    }

    /// With what was found there, cut to a length that fits a line.
    #[must_use]
    #[expect(
        clippy::needless_pass_by_value,
        reason = "callers write a number or a text, whichever they hold"
    )]
    pub fn found(mut self, found: impl ToString) -> Diagnostic {
        const LONGEST: usize = 60;
        let found = found.to_string();
        self.found = match found.char_indices().nth(LONGEST) {
            Some((cut, _)) => format!("{}…", &found[..cut]),
            None => found,
        };
        self
    }

    /// With what is allowed there.
    #[must_use]
    pub fn allowed(mut self, allowed: Allowed) -> Diagnostic {
        self.allowed = allowed;
        self
    }

    /// With the nearest of the `known` names, if one is near enough to be what was meant.
    #[must_use]
    pub fn near<'a>(mut self, known: impl IntoIterator<Item = &'a str>) -> Diagnostic {
        self.near = nearest(&self.found, known).map(str::to_owned);
        self
    }

    /// With the place inside a program's text.
    #[must_use]
    pub fn span(mut self, start: usize, end: usize) -> Diagnostic {
        let clamp = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        self.span = Some((clamp(start), clamp(end)));
        self
    }
}

/// The known name with the smallest edit distance to `word`, if at most a third of the word would change, and not
/// all of it.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let length = word.chars().count();
    let close_enough = length.div_ceil(3).min(length.saturating_sub(1));
    known
        .into_iter()
        .map(|name| (edit_distance(word, name), name))
        .filter(|(distance, _)| *distance <= close_enough)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}

/// Insertions, deletions, substitutions and swaps of neighbours that lead from one word to the other.
fn edit_distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut rows = vec![(0..=b.len()).collect::<Vec<usize>>()];
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let substitute = rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut best = substitute.min(rows[i - 1][j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                best = best.min(rows[i - 2][j - 2] + 1);
            }
            row.push(best);
        }
        rows.push(row);
    }
    rows[a.len()][b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misspelt_name_finds_the_one_that_was_meant() {
        let known = ["quantum", "boost", "levels"];
        assert_eq!(nearest("quantom", known), Some("quantum"));
        assert_eq!(nearest("bosot", known), Some("boost"));
        assert_eq!(nearest("zebra", known), None);
        assert_eq!(nearest("B", ["A", ""]), None);
    }

    #[test]
    fn a_long_finding_is_cut_between_characters() {
        let long = "가".repeat(100);
        assert_eq!(Diagnostic::new("", Code::Syntax).found(long).found.chars().count(), 61);
    }
}
