//! The small markup of lesson texts.
//!
//! - `[convoy effect](convoy)`: words that the glossary explains;
//! - `{110 = mean turnaround}`: a figure, and what it claims to be. The page shows the figure; a test asks the
//!   machine whether it is true, so that no figure in a lesson is ever typed by guess;
//! - `*user*`: emphasis.

/// A piece of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Span<'a> {
    /// Words.
    Words(&'a str),
    /// Emphasised words.
    Strong(&'a str),
    /// Words that the glossary explains under an id.
    Term(&'a str, &'a str),
    /// A figure and what it claims to be.
    Figure(&'a str, &'a str),
}

/// The pieces of a text. What is not markup is words; a bracket that nobody closes stands for itself.
pub fn spans(text: &str) -> Vec<Span<'_>> {
    let mut found = Vec::new();
    let mut rest = text;
    let mut from = 0;
    while let Some(at) = rest[from..].find(['[', '{', '*']).map(|at| at + from) {
        match markup(&rest[at..]) {
            Some((span, length)) => {
                if at > 0 {
                    found.push(Span::Words(&rest[..at]));
                }
                found.push(span);
                rest = &rest[at + length..];
                from = 0;
            }
            None => from = at + 1,
        }
    }
    if !rest.is_empty() {
        found.push(Span::Words(rest));
    }
    found
}

/// The piece at the start of a text that begins with a bracket or a star, and its length.
fn markup(text: &str) -> Option<(Span<'_>, usize)> {
    let inner = &text[1..];
    match text.as_bytes()[0] {
        b'[' => {
            let (words, after) = inner.split_once("](")?;
            let (id, _) = after.split_once(')')?;
            Some((Span::Term(words, id), words.len() + id.len() + "[]()".len()))
        }
        b'{' => {
            let (figure, _) = inner.split_once('}')?;
            let (shown, claim) = figure.split_once(" = ")?;
            Some((Span::Figure(shown, claim), figure.len() + "{}".len()))
        }
        _ => {
            let (words, _) = inner.split_once('*')?;
            Some((Span::Strong(words), words.len() + "**".len()))
        }
    }
}

/// The text without its markup, as a search or a screen reader takes it.
pub fn plain(text: &str) -> String {
    spans(text)
        .into_iter()
        .map(|span| match span {
            Span::Words(words) | Span::Strong(words) | Span::Term(words, _) | Span::Figure(words, _) => words,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_is_told_from_words() {
        let text = "The *first* [boost](boost) is at {50 ms = time of 1st boost}.";
        assert_eq!(
            spans(text),
            [
                Span::Words("The "),
                Span::Strong("first"),
                Span::Words(" "),
                Span::Term("boost", "boost"),
                Span::Words(" is at "),
                Span::Figure("50 ms", "time of 1st boost"),
                Span::Words("."),
            ]
        );
        assert_eq!(plain(text), "The first boost is at 50 ms.");
    }

    #[test]
    fn what_nobody_closes_stands_for_itself() {
        for text in ["[a", "[a] (b)", "{a}", "{a = b", "5 * 3", ""] {
            assert_eq!(plain(text), text);
        }
    }
}
