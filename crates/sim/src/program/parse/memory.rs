//! The operations on memory: `read`, `write`, `exec`, `refs`, `mmap`, `munmap`.

use std::ops::Range;

use super::{Parser, separators, words};
use crate::diagnostic::{Allowed, Code};
use crate::program::Op;
use crate::program::limits::LISTED;
use crate::program::memory::{Access, Grain, Mapping, Pattern, Prot, References, Stretch};

/// The words that say in which order a range is referred to.
const PATTERNS: [&str; 4] = ["uniform", "zipf", "hot", "phases"];

/// Whether a region can be called so: letters, digits and underscores, a letter first; `p` and a digit is a page.
pub fn is_region(text: &str) -> bool {
    let free = |c: char| c.is_alphanumeric() || c == '_';
    let is_page = text.strip_prefix('p').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    text.starts_with(char::is_alphabetic) && text.chars().all(free) && !is_page
}

/// One place as it is written.
struct Place {
    region: Option<String>,
    grain: Grain,
    at: u64,
}

impl Parser<'_> {
    /// `read A`, `write A..B step n`, `exec A..B uniform n` and so on.
    pub(super) fn references(
        &mut self,
        access: Access,
        word: &Range<usize>,
        arguments: &[Range<usize>],
    ) -> Option<Op> {
        let [place, rest @ ..] = arguments else {
            self.refuse(word.clone(), Code::Missing, a_place());
            return None;
        };
        let mut to = self.stretch(place)?;
        let mut rest = rest;
        if let [step, number, more @ ..] = rest
            && &self.text[step.clone()] == "step"
        {
            to.step = self.number(number, 1, u32::MAX)?.into();
            rest = more;
        }
        let pattern = self.pattern(&to, rest)?;
        Some(Op::Access(References { access, to, pattern }))
    }

    /// `p0`, `0x10..0x20`, `heap+p1..heap+p9`.
    fn stretch(&mut self, span: &Range<usize>) -> Option<Stretch> {
        let Some(dots) = self.text[span.clone()].find("..") else {
            let Place { region, grain, at } = self.place(span)?;
            return Some(Stretch { region, grain, start: at, end: at + 1, step: 1 });
        };
        let end = span.start + dots + 2..span.end;
        let (first, last) = (self.place(&(span.start..span.start + dots))?, self.place(&end)?);
        if first.region != last.region || first.grain != last.grain {
            let like = self.text[span.start..span.start + dots].to_owned();
            self.refuse(end, Code::Conflict, Allowed::With(like));
            return None;
        }
        if last.at <= first.at {
            self.refuse(end, Code::Empty, a_place());
            return None;
        }
        Some(Stretch { region: first.region, grain: first.grain, start: first.at, end: last.at, step: 1 })
    }

    /// `p7`, `0x1f00`, `heap`, `heap+0x10`, `heap+p3`.
    fn place(&mut self, span: &Range<usize>) -> Option<Place> {
        let text = &self.text[span.clone()];
        let (region, offset) = match text.split_once('+') {
            Some((region, offset)) => (Some(region), offset),
            None if is_region(text) => (Some(text), "p0"),
            None => (None, text),
        };
        let (grain, number) = match (offset.strip_prefix("0x"), offset.strip_prefix('p')) {
            (Some(digits), _) => (Grain::Byte, u64::from_str_radix(digits, 16)),
            (_, Some(digits)) => (Grain::Page, digits.parse()),
            (None, None) => (Grain::Byte, "".parse()),
        };
        // The sign that Rust's numbers may bear is none of a place.
        let signed = offset.contains(['+', '-']);
        let known = region.is_none_or(is_region);
        match number.ok().filter(|at| *at < 1 << 52 && !signed && known) {
            Some(at) => Some(Place { region: region.map(str::to_owned), grain, at }),
            None => {
                self.refuse(span.clone(), Code::WrongType, a_place());
                None
            }
        }
    }

    fn pattern(&mut self, to: &Stretch, arguments: &[Range<usize>]) -> Option<Pattern> {
        let [name, rest @ ..] = arguments else { return Some(Pattern::InOrder) };
        let text = &self.text[name.clone()];
        if !PATTERNS.contains(&text) {
            let known: Vec<&str> = ["step"].into_iter().chain(PATTERNS).collect();
            self.misspelt(name.clone(), Code::Syntax, &known);
            return None;
        }
        let [times, rest @ ..] = rest else {
            self.refuse(name.clone(), Code::Missing, Allowed::Type("number".to_owned()));
            return None;
        };
        let times = self.number(times, 1, u32::MAX)?;
        if text == "phases" {
            let places = u32::try_from(to.places()).unwrap_or(u32::MAX);
            let (window, rest) = self.named("window", name, rest, places)?;
            let (stay, rest) = self.named("stay", name, rest, u32::MAX)?;
            self.no_more(rest, separators)?;
            return Some(Pattern::Phases { times, window, stay });
        }
        self.no_more(rest, separators)?;
        Some(match text {
            "uniform" => Pattern::Uniform(times),
            "zipf" => Pattern::Zipf(times),
            _ => Pattern::Hot(times),
        })
    }

    /// A number behind its name.
    fn named<'a>(
        &mut self,
        name: &str,
        of: &Range<usize>,
        arguments: &'a [Range<usize>],
        most: u32,
    ) -> Option<(u32, &'a [Range<usize>])> {
        match arguments {
            [word, number, rest @ ..] if &self.text[word.clone()] == name => {
                Some((self.number(number, 1, most)?, rest))
            }
            _ => {
                self.refuse(of.clone(), Code::Missing, Allowed::OneOf(words(&[name])));
                None
            }
        }
    }

    /// `refs 0 1 2 …`
    pub(super) fn reference_string(&mut self, word: &Range<usize>, pages: &[Range<usize>]) -> Option<Op> {
        if pages.is_empty() {
            self.refuse(word.clone(), Code::Missing, Allowed::Type("number".to_owned()));
            return None;
        }
        if let Some(one_too_many) = pages.get(LISTED) {
            self.refuse(one_too_many.clone(), Code::TooMany, Allowed::AtMost(LISTED as u64));
            return None;
        }
        let read: Vec<Option<u32>> = pages.iter().map(|page| self.number(page, 0, u32::MAX)).collect();
        read.into_iter().collect::<Option<Vec<u32>>>().map(Op::Refs)
    }

    /// `mmap heap 64 rw at p16 file`
    pub(super) fn mapping(&mut self, word: &Range<usize>, arguments: &[Range<usize>]) -> Option<Op> {
        let [name, rest @ ..] = arguments else {
            self.refuse(word.clone(), Code::Missing, Allowed::Type("word".to_owned()));
            return None;
        };
        let region = self.region(name)?;
        let [pages, rest @ ..] = rest else {
            self.refuse(name.clone(), Code::Missing, Allowed::Type("number".to_owned()));
            return None;
        };
        let pages = self.number(pages, 1, u32::MAX)?;
        let mut rest = rest;
        let mut mapping = Mapping { region, pages, prot: Prot::RW, at: None, file: false };
        if let [prot, more @ ..] = rest
            && let Some((_, known)) = Prot::WORDS.iter().find(|(word, _)| *word == &self.text[prot.clone()])
        {
            mapping.prot = *known;
            rest = more;
        }
        if let [at, place, more @ ..] = rest
            && &self.text[at.clone()] == "at"
        {
            match self.place(place)? {
                Place { region: None, grain: Grain::Page, at } => mapping.at = Some(at),
                _ => {
                    self.refuse(place.clone(), Code::WrongType, Allowed::Type("page".to_owned()));
                    return None;
                }
            }
            rest = more;
        }
        if let [file, more @ ..] = rest
            && &self.text[file.clone()] == "file"
        {
            mapping.file = true;
            rest = more;
        }
        let what = || Allowed::OneOf(words(&["r", "rw", "rx", "rwx", "at", "file", ";", "}"]));
        self.no_more(rest, what)?;
        Some(Op::Mmap(mapping))
    }

    /// `munmap heap`
    pub(super) fn unmapping(&mut self, word: &Range<usize>, arguments: &[Range<usize>]) -> Option<Op> {
        let name = self.only(word, arguments, || Allowed::Type("word".to_owned()))?;
        self.region(&name).map(Op::Munmap)
    }

    fn region(&mut self, span: &Range<usize>) -> Option<String> {
        let text = &self.text[span.clone()];
        if is_region(text) {
            return Some(text.to_owned());
        }
        self.refuse(span.clone(), Code::WrongType, Allowed::Type("word".to_owned()));
        None
    }
}

/// What can stand where a place is wanted.
fn a_place() -> Allowed {
    Allowed::OneOf(words(&["p0", "0x0", "p0..p8", "heap+p1"]))
}
