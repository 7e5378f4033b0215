//! How durations are written: the shortest exact form, which [`super::parse`] reads back.

use super::Nanos;
use super::parse::SUFFIXES;

/// Writes a duration: bare when it is a whole number of units, else the shortest of all exact forms.
///
/// ```
/// use kernelscope_sim::time::{Nanos, format::duration};
/// let unit = Nanos::from_millis(1);
/// assert_eq!(duration(Nanos::from_millis(30), unit), "30");
/// assert_eq!(duration(Nanos::from_micros(1500), unit), "1.5");
/// assert_eq!(duration(Nanos(100), unit), "100ns");
/// ```
pub fn duration(nanos: Nanos, unit: Nanos) -> String {
    match decimal(nanos, unit) {
        Some(bare) if !bare.contains('.') => bare,
        Some(bare) => simpler(bare, suffixed(nanos)),
        None => suffixed(nanos),
    }
}

/// Writes a duration with its suffix, whatever the unit of those around it. Zero needs none.
pub fn suffixed(nanos: Nanos) -> String {
    if nanos.is_zero() {
        return "0".to_owned();
    }
    let forms = SUFFIXES.iter().rev().filter_map(|(suffix, scale)| Some(decimal(nanos, *scale)? + suffix));
    // Whole nanoseconds are always a form.
    forms.reduce(simpler).unwrap_or_default()
}

/// The shorter of two; of two equally long ones the one without a point, else the first.
fn simpler(first: String, second: String) -> String {
    let effort = |form: &String| (form.len(), form.contains('.'));
    if effort(&second) < effort(&first) { second } else { first }
}

/// The exact decimal number of scales in it, if there is one of reasonable length.
fn decimal(nanos: Nanos, scale: Nanos) -> Option<String> {
    const DECIMALS: usize = 22;
    let whole = nanos.0.checked_div(scale.0)?;
    let mut rest = nanos.0 % scale.0;
    let mut text = whole.to_string();
    if rest > 0 {
        text.push('.');
    }
    let longest = text.len() + DECIMALS;
    while rest > 0 {
        if text.len() == longest {
            return None;
        }
        let tenfold = u128::from(rest) * 10;
        text.push(char::from(b'0' + (tenfold / u128::from(scale.0)) as u8));
        rest = (tenfold % u128::from(scale.0)) as u64;
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::time::parse;

    #[test]
    fn the_shortest_exact_form_is_chosen() {
        let ms = Nanos::from_millis(1);
        for (nanos, text) in [
            (0, "0"),
            (1, "1ns"),
            (100, "100ns"),
            (1_000, "1us"),
            (1_500, "1.5us"),
            (250_000, "0.25"),
            (1_000_000, "1"),
            (60_000_000_000, "60000"),
            (1 << 53, "9007199254.740992"),
        ] {
            assert_eq!(duration(Nanos(nanos), ms), text);
        }
        assert_eq!(duration(ms, Nanos(3_000_000)), "1ms");
        assert_eq!(duration(ms, Nanos::ZERO), "1ms");
        assert_eq!(suffixed(Nanos(2_000_000_000)), "2s");
    }

    fn unit() -> impl Strategy<Value = Nanos> {
        prop_oneof![
            proptest::sample::select(SUFFIXES.to_vec()).prop_map(|(_, length)| length),
            (1..=Nanos::MAX.0).prop_map(Nanos),
            (0..=53u32).prop_map(|power| Nanos(1 << power)),
        ]
    }

    fn nanos() -> impl Strategy<Value = Nanos> {
        prop_oneof![0..=Nanos::MAX.0, 0..=2_000_000u64, (0..=9_000_000u64).prop_map(|n| n * 1_000_000)]
            .prop_map(Nanos)
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back_the_same(nanos in nanos(), unit in unit()) {
            prop_assert_eq!(parse::duration(&duration(nanos, unit), unit), Ok(nanos));
            prop_assert_eq!(parse::suffixed(&suffixed(nanos)), Ok(nanos));
        }

        #[test]
        fn no_text_is_too_strange_to_read(text in "[-0-9. a-zµ]{0,40}|\\PC{0,20}", unit in unit()) {
            if let Ok(nanos) = parse::duration(&text, unit) {
                prop_assert!(nanos <= Nanos::MAX);
                prop_assert_eq!(parse::duration(&duration(nanos, unit), unit), Ok(nanos));
            }
        }
    }
}
