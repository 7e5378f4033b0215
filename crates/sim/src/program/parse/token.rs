//! The pieces that a program's text is made of: words, ends of operations, braces.

use std::ops::Range;

/// A piece of the text.
#[derive(Clone, Debug)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) span: Range<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Word,
    Newline,
    Semicolon,
    Open,
    Close,
}

/// Whether a character belongs to words: neither blank nor one that structures a program.
pub(super) fn in_word(c: char) -> bool {
    !c.is_whitespace() && !matches!(c, ';' | '{' | '}' | '#')
}

/// The pieces of a text, without blanks and comments.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let rest = &text[at..];
        let until = |stop: fn(char) -> bool| at + rest.find(stop).unwrap_or(rest.len());
        let (kind, end) = match c {
            '\n' => (Some(Kind::Newline), at + 1),
            ';' => (Some(Kind::Semicolon), at + 1),
            '{' => (Some(Kind::Open), at + 1),
            '}' => (Some(Kind::Close), at + 1),
            '#' => (None, until(|c| c == '\n')),
            c if in_word(c) => (Some(Kind::Word), until(|c| !in_word(c))),
            blank => (None, at + blank.len_utf8()),
        };
        tokens.extend(kind.map(|kind| Token { kind, span: at..end }));
        at = end;
    }
    tokens
}
