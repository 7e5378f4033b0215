//! Numbers as people read them: durations in the scenario's unit, percentages, means.
//!
//! The machine and the session speak in whole nanoseconds and pairs; rounding happens here and nowhere else.

use kernelscope_sim::time::Nanos;

use crate::ruler::Ruler;

/// The units with a suffix, from the longest.
const SUFFIXES: [(u64, &str); 4] = [(1_000_000_000, "s"), (1_000_000, "ms"), (1_000, "µs"), (1, "ns")];

/// A duration: in the scenario's unit where that has at most three decimals, else in a smaller one.
pub fn duration(length: Nanos, ruler: Ruler) -> String {
    if ruler.tick {
        return decimal(length.0, ruler.unit.0.max(1));
    }
    let own = SUFFIXES.iter().position(|(size, _)| *size <= ruler.unit.0).unwrap_or(SUFFIXES.len() - 1);
    let thousandths = length.0.saturating_mul(1000);
    let exact = |(size, _): &&(u64, &str)| {
        length.0.is_multiple_of(*size) || (length.0 >= *size && thousandths.is_multiple_of(*size))
    };
    let (size, suffix) = SUFFIXES[own..].iter().find(exact).unwrap_or(&SUFFIXES[SUFFIXES.len() - 1]);
    format!("{}\u{a0}{suffix}", decimal(length.0, *size))
}

/// A mean of durations: their sum over their number, in the scenario's unit, to three decimals.
pub fn mean_duration(sum: u64, count: u64, ruler: Ruler) -> Option<String> {
    let number = decimal_of(u128::from(sum), u128::from(count) * u128::from(own_size(ruler)))?;
    Some(with_suffix(number, ruler))
}

/// A share in per cent, to one decimal.
pub fn percent((part, whole): (u64, u64)) -> Option<String> {
    let permille = rounded(u128::from(part) * 1000, u128::from(whole))?;
    Some(format!("{}.{}\u{a0}%", permille / 10, permille % 10))
}

/// A ratio, to three decimals.
pub fn ratio((part, whole): (u64, u64)) -> Option<String> {
    decimal_of(u128::from(part), u128::from(whole))
}

/// How many a unit of time: per second, or per hundred ticks where the unit has no name.
pub fn rate(count: u64, time: u64, ruler: Ruler) -> String {
    let (size, name) = if ruler.tick { (own_size(ruler) * 100, "/ 100") } else { (1_000_000_000, "/s") };
    let number =
        decimal_of(u128::from(count) * u128::from(size), u128::from(time)).unwrap_or_else(|| "–".into());
    format!("{number}\u{a0}{name}")
}

/// The number of scenario units in a mean of durations: what a chart draws.
pub fn in_units(sum: u64, count: u64, ruler: Ruler) -> Option<f64> {
    (count > 0).then(|| sum as f64 / count as f64 / own_size(ruler) as f64)
}

/// The suffix of a scenario's unit; empty if it has none.
pub fn suffix(ruler: Ruler) -> &'static str {
    if ruler.tick { "" } else { own(ruler).1 }
}

fn own(ruler: Ruler) -> (u64, &'static str) {
    *SUFFIXES.iter().find(|(size, _)| *size <= ruler.unit.0).unwrap_or(&SUFFIXES[SUFFIXES.len() - 1])
}

fn own_size(ruler: Ruler) -> u64 {
    if ruler.tick { ruler.unit.0.max(1) } else { own(ruler).0 }
}

fn with_suffix(number: String, ruler: Ruler) -> String {
    match suffix(ruler) {
        "" => number,
        suffix => format!("{number}\u{a0}{suffix}"),
    }
}

fn decimal(value: u64, size: u64) -> String {
    decimal_of(u128::from(value), u128::from(size)).unwrap_or_default()
}

/// A quotient with at most three decimals and no trailing zeros; none if the divisor is 0.
fn decimal_of(value: u128, size: u128) -> Option<String> {
    let thousandths = rounded(value * 1000, size)?;
    let (whole, rest) = (thousandths / 1000, thousandths % 1000);
    let text = format!("{whole}.{rest:03}");
    Some(text.trim_end_matches('0').trim_end_matches('.').to_owned())
}

fn rounded(value: u128, size: u128) -> Option<u128> {
    (size > 0).then(|| (value + size / 2) / size)
}

#[cfg(test)]
mod tests {
    use super::*;

    const MILLIS: Ruler = Ruler { unit: Nanos::from_millis(1), tick: false };
    const TICK: Ruler = Ruler { unit: Nanos::from_millis(1), tick: true };

    #[track_caller]
    fn check(nanos: u64, ruler: Ruler, expected: &str) {
        assert_eq!(duration(Nanos(nanos), ruler).replace('\u{a0}', " "), expected);
    }

    #[test]
    fn durations_stand_in_the_unit_of_the_scenario() {
        check(215_000_000, MILLIS, "215 ms");
        check(2_500_000, MILLIS, "2.5 ms");
        check(0, MILLIS, "0 ms");
        check(30_000_000, TICK, "30");
        check(1_500_000, TICK, "1.5");
    }

    #[test]
    fn what_would_vanish_in_the_unit_stands_in_a_smaller_one() {
        check(100, MILLIS, "100 ns");
        check(2_000, MILLIS, "2 µs");
        check(1_000_100, MILLIS, "1000.1 µs");
    }

    #[test]
    fn means_and_shares_are_rounded_once() {
        let mean = mean_duration(310_000_000, 3, MILLIS).expect("three tasks");
        assert_eq!(mean.replace('\u{a0}', " "), "103.333 ms");
        assert_eq!(mean_duration(1, 0, MILLIS), None);
        assert_eq!(percent((5, 7)).expect("a share").replace('\u{a0}', " "), "71.4 %");
        assert_eq!(percent((0, 0)), None);
        assert_eq!(ratio((2, 3)).as_deref(), Some("0.667"));
        assert_eq!(in_units(100_000_000, 4, TICK), Some(25.0));
    }
}
