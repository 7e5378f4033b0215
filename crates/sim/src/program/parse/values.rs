//! The values that operations take: lengths of time, devices, numbers.

use std::ops::Range;

use super::{Parser, separators};
use crate::diagnostic::{Allowed, Code};
use crate::ids::DeviceId;
use crate::time::Nanos;
use crate::time::parse::{Flaw, SUFFIXES, duration, length, split};

impl Parser<'_> {
    /// The one duration that an operation takes, at least `least` nanoseconds. Its suffix may stand apart.
    pub(super) fn timed(
        &mut self,
        word: &Range<usize>,
        arguments: &[Range<usize>],
        least: u64,
    ) -> Option<Nanos> {
        let [time, rest @ ..] = arguments else {
            self.refuse(word.clone(), Code::Missing, Allowed::Type("duration".to_owned()));
            return None;
        };
        let bare = split(&self.text[time.clone()]).1.is_empty();
        let (time, rest) = match rest {
            [suffix, rest @ ..] if bare && length(&self.text[suffix.clone()]).is_some() => {
                (time.start..suffix.end, rest)
            }
            _ => (time.clone(), rest),
        };
        self.no_more(rest, separators)?;
        let text = &self.text[time.clone()];
        match duration(text, self.names.unit) {
            Ok(nanos) if nanos.0 >= least => Some(nanos),
            Ok(_) => {
                self.refuse(time, Code::OutOfRange, Allowed::Duration(least, Nanos::MAX.0));
                None
            }
            Err(Flaw::UnknownSuffix) => {
                let suffix = time.end - split(text.trim_start_matches('-')).1.len();
                self.misspelt(suffix..time.end, Code::UnknownValue, &SUFFIXES.map(|(suffix, _)| suffix));
                None
            }
            Err(flaw) => {
                self.refuse(time, flaw.code(), flaw.allowed());
                None
            }
        }
    }

    /// Whether this word before `rest` stands for a device: it is no number, or a device has it for a name and a
    /// time follows.
    pub(super) fn is_device(&self, word: &Range<usize>, rest: &[Range<usize>]) -> bool {
        let text = &self.text[word.clone()];
        let is_number = !split(text.trim_start_matches('-')).0.is_empty();
        let time_follows = rest.first().is_some_and(|next| length(&self.text[next.clone()]).is_none());
        !is_number || (time_follows && self.names.devices.iter().any(|name| name == text))
    }

    /// The shared device of that name.
    pub(super) fn device(&mut self, word: &Range<usize>) -> Option<DeviceId> {
        let names = self.names.devices;
        let found = names.iter().position(|name| name == &self.text[word.clone()]);
        if found.is_none() {
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            self.misspelt(word.clone(), Code::UnknownName, &names);
        }
        found.map(DeviceId::from_index)
    }

    /// A whole number.
    pub(super) fn number(&mut self, word: &Range<usize>, least: u32, most: u32) -> Option<u32> {
        let text = &self.text[word.clone()];
        let digits = text.strip_prefix('-').unwrap_or(text);
        let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
        let number = text.parse().ok().filter(|number| is_number && (least..=most).contains(number));
        if number.is_none() {
            let code = if is_number { Code::OutOfRange } else { Code::WrongType };
            self.refuse(word.clone(), code, Allowed::Range(least.into(), most.into()));
        }
        number
    }
}
