//! Programs from text: `cpu 30; io disk 10; repeat 3 { cpu 5; io 5 }`.
//!
//! A newline is as good as `;`, and `#` begins a comment that ends with its line. The reader does not stop at the
//! first mistake: it reports each with the bytes that are wrong and what could stand there, and goes on with the
//! next operation. It keeps its own stack, so that no text, however deep, makes it run out of room.
//!
//! To read another operation: its word in [`OPERATIONS`] and an arm in `operation`.

mod memory;
mod process;
#[cfg(test)]
mod tests;
mod token;
mod values;

use std::num::NonZeroU32;
use std::ops::Range;

use token::{Kind, Token, in_word, tokens};

pub use memory::is_region;

use super::limits::{NESTING, OPERATIONS as MOST_OPERATIONS};
use super::memory::Access;
use super::{Names, Op, Privileged, Program};
use crate::diagnostic::{Allowed, Code, Diagnostic, nearest};
use crate::time::Time;

/// The words that begin an operation.
pub const OPERATIONS: [&str; 18] = [
    "cpu",
    "io",
    "sleep",
    "yield",
    "exit",
    "repeat",
    "syscall",
    "privileged",
    "read",
    "write",
    "exec",
    "refs",
    "mmap",
    "munmap",
    "reclaim",
    "fork",
    "wait",
    "kill",
];

/// Mistakes that are told of one text; after so many, more would not help.
const MOST_ERRORS: usize = 20;

/// A mistake in a program's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxError {
    /// The bytes that are wrong.
    pub span: Range<usize>,
    /// What kind of mistake.
    pub code: Code,
    /// What stands there.
    pub found: String,
    /// What could stand there.
    pub allowed: Allowed,
    /// The known word that a misspelt one most resembles.
    pub near: Option<String>,
}

impl SyntaxError {
    /// The same as a diagnostic of the field at `path`.
    pub fn at(&self, path: impl Into<String>) -> Diagnostic {
        let mut diagnostic = Diagnostic::new(path, self.code)
            .found(&self.found)
            .allowed(self.allowed.clone())
            .span(self.span.start, self.span.end);
        diagnostic.near.clone_from(&self.near);
        diagnostic
    }
}

/// Whether a program can name a device so: one word, without the signs that structure a program.
pub fn is_word(text: &str) -> bool {
    !text.is_empty() && text.chars().all(in_word)
}

/// Reads a program. An empty text is a program that ends at once.
///
/// # Errors
/// Every mistake, in the order of the text, up to a number beyond which nobody reads on.
pub fn parse(text: &str, names: &Names<'_>) -> Result<Program, Vec<SyntaxError>> {
    let mut parser = Parser { text, names, tokens: tokens(text), next: 0, operations: 0, errors: Vec::new() };
    let program = parser.program();
    if parser.errors.is_empty() { Ok(program) } else { Err(parser.errors) }
}

struct Parser<'a> {
    text: &'a str,
    names: &'a Names<'a>,
    tokens: Vec<Token>,
    next: usize,
    operations: usize,
    errors: Vec<SyntaxError>,
}

/// A brace that is open, and what stands in it so far.
struct Block {
    /// Whose body it is; none if it belongs to something that cannot have one.
    of: Option<Opener>,
    /// The word and the brace that opened it.
    opened: Range<usize>,
    body: Vec<Op>,
    /// Whether anything stood there, right or wrong.
    empty: bool,
}

/// What has a body.
#[derive(Clone, Copy)]
enum Opener {
    /// `repeat`, for ever.
    Forever,
    /// `repeat` with a number.
    Times(NonZeroU32),
    /// `fork`, the body being the child's.
    Fork,
}

impl Parser<'_> {
    fn program(&mut self) -> Program {
        let mut blocks: Vec<Block> = Vec::new();
        let mut top = Vec::new();
        while let Some(token) = self.take() {
            if self.errors.len() >= MOST_ERRORS {
                break;
            }
            let finished = match token.kind {
                Kind::Newline | Kind::Semicolon => None,
                Kind::Open => {
                    self.refuse(token.span.clone(), Code::Syntax, Allowed::OneOf(words(&["repeat", "fork"])));
                    blocks.push(Block::new(None, token.span));
                    None
                }
                Kind::Close => match blocks.pop() {
                    Some(block) => self.close(block, blocks.len()),
                    None => {
                        self.refuse(token.span, Code::Syntax, Allowed::OneOf(words(&OPERATIONS)));
                        None
                    }
                },
                Kind::Word => {
                    if let Some(block) = blocks.last_mut() {
                        block.empty = false;
                    }
                    if !self.count(&token.span) {
                        break;
                    }
                    self.statement(&token.span, &mut blocks)
                }
            };
            let body = blocks.last_mut().map_or(&mut top, |block| &mut block.body);
            body.extend(finished);
        }
        if self.next >= self.tokens.len() {
            for block in blocks {
                self.refuse(block.opened, Code::Syntax, Allowed::OneOf(vec!["}".to_owned()]));
            }
        }
        Program(top)
    }

    /// Counts an operation that begins here. False, and told, if it is one too many.
    fn count(&mut self, span: &Range<usize>) -> bool {
        self.operations += 1;
        let fits = self.operations <= MOST_OPERATIONS;
        if !fits {
            self.refuse(span.clone(), Code::TooMany, Allowed::AtMost(MOST_OPERATIONS as u64));
        }
        fits
    }

    /// Reads the statement that begins with this word; a repetition or a child's program only opens its block.
    fn statement(&mut self, word: &Range<usize>, blocks: &mut Vec<Block>) -> Option<Op> {
        let mut arguments = Vec::new();
        while let Some(argument) = self.take_if(Kind::Word) {
            arguments.push(argument.span);
        }
        let end = arguments.last().map_or(word.end, |last| last.end);
        if &self.text[word.clone()] == "repeat" {
            let times = self.times(&arguments);
            match self.brace() {
                Some(brace) => self.open(times, word.start..end, &brace, blocks),
                None => self.refuse(word.start..end, Code::Syntax, Allowed::OneOf(vec!["{".to_owned()])),
            }
            return None;
        }
        if &self.text[word.clone()] == "fork"
            && let Some(brace) = self.brace()
        {
            let known = self.no_more(&arguments, || Allowed::OneOf(vec!["{".to_owned()]));
            self.open(known.map(|()| Opener::Fork), word.start..end, &brace, blocks);
            return None;
        }
        let op = self.operation(word, &arguments);
        if let Some(brace) = self.take_if(Kind::Open) {
            // The body of a word that is not known is not a mistake of its own.
            if OPERATIONS.contains(&&self.text[word.clone()]) {
                self.refuse(brace.span.clone(), Code::Syntax, separators());
            }
            blocks.push(Block::new(None, brace.span));
        }
        op
    }

    /// The body begins that belongs to the statement which stands at `opened`.
    fn open(&mut self, of: Option<Opener>, opened: Range<usize>, brace: &Token, blocks: &mut Vec<Block>) {
        let start = opened.start;
        if blocks.len() == NESTING {
            self.refuse(opened, Code::TooMany, Allowed::AtMost(NESTING as u64));
        }
        blocks.push(Block::new(of, start..brace.span.end));
    }

    /// The brace that opens a body, perhaps on a line of its own.
    fn brace(&mut self) -> Option<Token> {
        let lines = self.tokens[self.next..].iter().take_while(|token| token.kind == Kind::Newline).count();
        let here = self.next;
        self.next += lines;
        let brace = self.take_if(Kind::Open);
        if brace.is_none() {
            self.next = here;
        }
        brace
    }

    /// The operation whose brace has just been closed, with `around` others around it.
    fn close(&mut self, block: Block, around: usize) -> Option<Op> {
        let of = block.of?;
        if block.empty {
            self.refuse(block.opened, Code::Empty, Allowed::OneOf(words(&OPERATIONS)));
        }
        // Deeper ones have been refused already and must not be built: taking them apart again would recurse.
        (around < NESTING).then_some(match of {
            Opener::Forever => Op::Repeat { times: None, body: block.body },
            Opener::Times(times) => Op::Repeat { times: Some(times), body: block.body },
            Opener::Fork => Op::Fork(Some(block.body)),
        })
    }

    /// How often a repetition runs. None, and told, if it does not say so properly.
    fn times(&mut self, arguments: &[Range<usize>]) -> Option<Opener> {
        let [times, rest @ ..] = arguments else { return Some(Opener::Forever) };
        self.no_more(rest, || Allowed::OneOf(vec!["{".to_owned()]))?;
        let number = self.number(times, 1, u32::MAX)?;
        NonZeroU32::new(number).map(Opener::Times)
    }

    /// Reads an operation without a body. None, and told, if it is not one.
    fn operation(&mut self, word: &Range<usize>, arguments: &[Range<usize>]) -> Option<Op> {
        match &self.text[word.clone()] {
            "cpu" => self.timed(word, arguments, 1).map(Op::Cpu),
            "io" => match arguments {
                [device, time @ ..] if self.is_device(device, time) => {
                    let device = self.device(device);
                    let time = self.timed(word, time, 0);
                    Some(Op::Io { device: Some(device?), time: time? })
                }
                own => self.timed(word, own, 0).map(|time| Op::Io { device: None, time }),
            },
            "sleep" => match arguments {
                [until, time @ ..] if &self.text[until.clone()] == "until" => {
                    self.timed(&(word.start..until.end), time, 0).map(|time| Op::SleepUntil(Time(time.0)))
                }
                time => self.timed(word, time, 0).map(Op::Sleep),
            },
            "yield" => self.no_more(arguments, separators).map(|()| Op::Yield),
            "exit" => match arguments {
                [] => Some(Op::Exit(0)),
                [status, rest @ ..] => {
                    self.no_more(rest, separators)?;
                    self.number(status, 0, u8::MAX.into())
                        .and_then(|status| status.try_into().ok())
                        .map(Op::Exit)
                }
            },
            "syscall" => {
                let number = self.only(word, arguments, || Allowed::Type("number".to_owned()))?;
                self.number(&number, 0, u32::MAX).map(Op::Syscall)
            }
            "privileged" => {
                let known = Privileged::ALL.map(|(name, _)| name);
                let name = self.only(word, arguments, || Allowed::OneOf(words(&known)))?;
                let found = known.iter().position(|known| *known == &self.text[name.clone()]);
                if found.is_none() {
                    self.misspelt(name, Code::UnknownValue, &known);
                }
                found.map(|place| Op::Privileged(Privileged::ALL[place].1))
            }
            "refs" => self.reference_string(word, arguments),
            "mmap" => self.mapping(word, arguments),
            "munmap" => self.unmapping(word, arguments),
            "reclaim" => self.no_more(arguments, separators).map(|()| Op::Reclaim),
            "fork" => {
                let brace = || Allowed::OneOf(words(&["{", ";", "}"]));
                self.no_more(arguments, brace).map(|()| Op::Fork(None))
            }
            "wait" => self.waiting(arguments),
            "kill" => self.killing(word, arguments),
            other => match Access::ALL.iter().find(|(known, _)| *known == other) {
                Some((_, access)) => self.references(*access, word, arguments),
                None => {
                    self.misspelt(word.clone(), Code::UnknownValue, &OPERATIONS);
                    None
                }
            },
        }
    }

    /// The single argument of an operation.
    fn only(
        &mut self,
        word: &Range<usize>,
        arguments: &[Range<usize>],
        what: impl FnOnce() -> Allowed,
    ) -> Option<Range<usize>> {
        let [argument, rest @ ..] = arguments else {
            self.refuse(word.clone(), Code::Missing, what());
            return None;
        };
        self.no_more(rest, separators).map(|()| argument.clone())
    }

    /// That nothing else belongs to the operation.
    fn no_more(&mut self, rest: &[Range<usize>], instead: impl FnOnce() -> Allowed) -> Option<()> {
        let Some(first) = rest.first() else { return Some(()) };
        self.refuse(first.clone(), Code::Syntax, instead());
        None
    }

    /// Tells that these bytes are none of the `known` words.
    fn misspelt(&mut self, span: Range<usize>, code: Code, known: &[&str]) {
        let near =
            nearest(&self.text[span.clone()].to_ascii_lowercase(), known.iter().copied()).map(str::to_owned);
        self.note(span, code, Allowed::OneOf(words(known)), near);
    }

    fn refuse(&mut self, span: Range<usize>, code: Code, allowed: Allowed) {
        self.note(span, code, allowed, None);
    }

    /// Notes a mistake where it belongs in the order of the text.
    fn note(&mut self, span: Range<usize>, code: Code, allowed: Allowed, near: Option<String>) {
        let found = self.text[span.clone()].to_owned();
        let ends = |span: &Range<usize>| (span.start, span.end);
        let place = self.errors.partition_point(|error| ends(&error.span) <= ends(&span));
        self.errors.insert(place, SyntaxError { span, code, found, allowed, near });
    }

    fn take(&mut self) -> Option<Token> {
        let token = self.tokens.get(self.next).cloned();
        self.next += usize::from(token.is_some());
        token
    }

    fn take_if(&mut self, kind: Kind) -> Option<Token> {
        self.tokens.get(self.next).filter(|token| token.kind == kind)?;
        self.take()
    }
}

impl Block {
    fn new(of: Option<Opener>, opened: Range<usize>) -> Block {
        Block { of, opened, body: Vec::new(), empty: true }
    }
}

fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

/// What may follow a finished operation.
fn separators() -> Allowed {
    Allowed::OneOf(words(&[";", "}"]))
}
