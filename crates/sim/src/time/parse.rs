//! How durations are read: `10ms`, `1.5`, `250 us`.
//!
//! A number with a suffix means what it says; a bare number counts in the unit that the reader gives. Decimals
//! are welcome as long as they come out whole in nanoseconds: nothing is ever rounded.

use super::Nanos;
use crate::diagnostic::{Allowed, Code};

/// The suffixes with their lengths, the shortest first. A micro sign is read as well as `us`.
pub const SUFFIXES: [(&str, Nanos); 4] =
    [("ns", Nanos(1)), ("us", Nanos(1_000)), ("ms", Nanos(1_000_000)), ("s", Nanos(1_000_000_000))];

/// What is wrong with a text that should be a duration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// It does not begin with a number, or it is nothing at all.
    NotANumber,
    /// There is a number, and then something else than one of the [`SUFFIXES`].
    UnknownSuffix,
    /// A bare number where the unit must be said.
    NeedsSuffix,
    /// It is not a whole number of nanoseconds.
    TooFine,
    /// It is negative or longer than [`Nanos::MAX`].
    OutOfRange,
}

impl Flaw {
    /// The kind of problem.
    pub const fn code(self) -> Code {
        match self {
            Flaw::NotANumber => Code::WrongType,
            Flaw::UnknownSuffix => Code::UnknownValue,
            Flaw::NeedsSuffix => Code::NeedsUnit,
            Flaw::TooFine => Code::TooFine,
            Flaw::OutOfRange => Code::OutOfRange,
        }
    }

    /// What could stand there.
    pub fn allowed(self) -> Allowed {
        match self {
            Flaw::NotANumber => Allowed::Type("duration".to_owned()),
            Flaw::UnknownSuffix | Flaw::NeedsSuffix => {
                Allowed::OneOf(SUFFIXES.iter().map(|(suffix, _)| (*suffix).to_owned()).collect())
            }
            Flaw::TooFine => Allowed::Unsaid,
            Flaw::OutOfRange => Allowed::Duration(0, Nanos::MAX.0),
        }
    }
}

/// Reads a duration. A bare number counts in `unit`.
///
/// ```
/// use kernelscope_sim::time::{Nanos, parse::duration};
/// let unit = Nanos::from_millis(1);
/// assert_eq!(duration("1.5", unit), Ok(Nanos::from_micros(1500)));
/// assert_eq!(duration("20 us", unit), Ok(Nanos::from_micros(20)));
/// ```
///
/// # Errors
/// The first [`Flaw`].
pub fn duration(text: &str, unit: Nanos) -> Result<Nanos, Flaw> {
    measured(text, Some(unit))
}

/// Reads a duration that must say its unit, as the costs of hardware do. Only zero needs none.
///
/// # Errors
/// The first [`Flaw`].
pub fn suffixed(text: &str) -> Result<Nanos, Flaw> {
    measured(text, None)
}

fn measured(text: &str, unit: Option<Nanos>) -> Result<Nanos, Flaw> {
    let text = text.trim();
    let (negative, text) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
    let (number, suffix) = split(text);
    let (whole, decimals) = number.split_once('.').unwrap_or((number, ""));
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if whole.len() + decimals.len() == 0 || !digits(decimals) {
        return Err(Flaw::NotANumber);
    }
    let scale = match (suffix, unit) {
        ("", Some(unit)) => unit,
        ("", None) if number.bytes().all(|byte| byte == b'0') => Nanos::ZERO,
        ("", None) => return Err(Flaw::NeedsSuffix),
        (suffix, _) => length(suffix).ok_or(Flaw::UnknownSuffix)?,
    };
    let nanos = exact(whole, decimals, scale)?;
    if nanos > Nanos::MAX || (negative && !nanos.is_zero()) { Err(Flaw::OutOfRange) } else { Ok(nanos) }
}

/// The number at the beginning and, blanks aside, what follows it.
pub(crate) fn split(text: &str) -> (&str, &str) {
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    let (number, suffix) = text.split_at(end);
    (number, suffix.trim_start())
}

/// What a suffix means.
pub(crate) fn length(suffix: &str) -> Option<Nanos> {
    // The micro sign, and the Greek letter that it looks like.
    let suffix = if matches!(suffix, "\u{b5}s" | "\u{3bc}s") { "us" } else { suffix };
    SUFFIXES.iter().find(|(known, _)| *known == suffix).map(|(_, length)| *length)
}

/// `whole.decimals` times `scale`, if that is a whole number of nanoseconds.
fn exact(whole: &str, decimals: &str, scale: Nanos) -> Result<Nanos, Flaw> {
    // With more decimals than this, a number in lowest terms times a scale below 2^54 is no whole number unless
    // the scale is a large power of two.
    const DECIMALS: usize = 22;
    let decimals = decimals.trim_end_matches('0');
    if decimals.len() > DECIMALS {
        return Err(Flaw::TooFine);
    }
    let fraction = number(decimals).unwrap_or(0) * u128::from(scale.0.min(Nanos::MAX.0));
    let denominator = decimals.bytes().fold(1u128, |power, _| power * 10);
    if !fraction.is_multiple_of(denominator) {
        return Err(Flaw::TooFine);
    }
    number(whole)
        .and_then(|whole| whole.checked_mul(u128::from(scale.0)))
        .and_then(|nanos| nanos.checked_add(fraction / denominator))
        .and_then(|nanos| u64::try_from(nanos).ok())
        .map(Nanos)
        .ok_or(Flaw::OutOfRange)
}

/// The value of a text of digits (of none: 0), unless it is enormous.
fn number(digits: &str) -> Option<u128> {
    digits
        .bytes()
        .try_fold(0u128, |value, digit| value.checked_mul(10)?.checked_add(u128::from(digit - b'0')))
}

#[cfg(test)]
mod tests {
    use super::*;

    const MS: Nanos = Nanos::from_millis(1);

    #[test]
    fn a_suffix_wins_over_the_unit() {
        for (text, nanos) in [
            ("7", 7_000_000),
            ("0", 0),
            ("1.5", 1_500_000),
            (".25", 250_000),
            ("3.", 3_000_000),
            ("100ns", 100),
            ("20us", 20_000),
            ("20µs", 20_000),
            ("20μs", 20_000),
            (" 20 ms ", 20_000_000),
            ("0.000000001s", 1),
            ("007s", 7_000_000_000),
            ("1.500000000000000000000000000000", 1_500_000),
            ("9007199254740992ns", 1 << 53),
            ("-0", 0),
        ] {
            assert_eq!(duration(text, MS), Ok(Nanos(nanos)), "{text}");
        }
    }

    #[test]
    fn what_cannot_be_exact_or_fit_is_refused_for_its_own_reason() {
        for (text, flaw) in [
            ("", Flaw::NotANumber),
            (" ", Flaw::NotANumber),
            (".", Flaw::NotANumber),
            ("ms", Flaw::NotANumber),
            ("1.2.3", Flaw::NotANumber),
            ("--1", Flaw::NotANumber),
            ("10 sm", Flaw::UnknownSuffix),
            ("10e3", Flaw::UnknownSuffix),
            ("1,5", Flaw::UnknownSuffix),
            ("0.5ns", Flaw::TooFine),
            ("0.00000000000000000000000000000000000001", Flaw::TooFine),
            ("-3", Flaw::OutOfRange),
            ("9007199254740993ns", Flaw::OutOfRange),
            ("9007199254740992.5ms", Flaw::OutOfRange),
            ("99999999999999999999999999999999999999999999s", Flaw::OutOfRange),
        ] {
            assert_eq!(duration(text, MS), Err(flaw), "{text}");
        }
    }

    #[test]
    fn a_hardware_cost_says_its_unit() {
        assert_eq!(suffixed("2us"), Ok(Nanos(2_000)));
        assert_eq!(suffixed("0"), Ok(Nanos::ZERO));
        assert_eq!(suffixed("2"), Err(Flaw::NeedsSuffix));
    }
}
