//! The operations on other processes: `wait`, `kill`. The body of `fork` is read with those of repetitions.

use std::num::NonZeroU32;
use std::ops::Range;

use super::{Parser, separators, words};
use crate::diagnostic::{Allowed, Code};
use crate::program::Op;
use crate::program::process::{PARENT, Relative, SIGNALS, TERM};

impl Parser<'_> {
    /// `wait`, `wait 2`
    pub(super) fn waiting(&mut self, arguments: &[Range<usize>]) -> Option<Op> {
        let [child, rest @ ..] = arguments else { return Some(Op::Wait(None)) };
        self.no_more(rest, separators)?;
        self.child(child).map(|child| Op::Wait(Some(child)))
    }

    /// `kill 1`, `kill parent`, `kill 2 KILL`
    pub(super) fn killing(&mut self, word: &Range<usize>, arguments: &[Range<usize>]) -> Option<Op> {
        let [whom, rest @ ..] = arguments else {
            self.refuse(word.clone(), Code::Missing, Allowed::OneOf(words(&["1", PARENT])));
            return None;
        };
        let whom = match &self.text[whom.clone()] {
            PARENT => Relative::Parent,
            _ => Relative::Child(self.child(whom)?),
        };
        let [name, rest @ ..] = rest else { return Some(Op::Kill { whom, signal: TERM }) };
        self.no_more(rest, separators)?;
        let known = SIGNALS.map(|(name, _)| name);
        let found = SIGNALS.iter().find(|(known, _)| *known == &self.text[name.clone()]);
        if found.is_none() {
            self.misspelt(name.clone(), Code::UnknownValue, &known);
        }
        found.map(|(_, signal)| Op::Kill { whom, signal: *signal })
    }

    /// A child, by the order of the forks.
    fn child(&mut self, span: &Range<usize>) -> Option<NonZeroU32> {
        self.number(span, 1, u32::MAX).and_then(NonZeroU32::new)
    }
}
