//! Round steps of time for an axis: 1, 2 or 5 times a power of ten of the scenario's unit, and of whole nanoseconds, so
//! that every label is exact.

/// The finest round step.
pub fn finest(unit: u64) -> u64 {
    let mut step = unit;
    while let Some(finer) = finer(step, unit) {
        step = finer;
    }
    step
}

/// The next finer round step, if it is of whole nanoseconds.
fn finer(step: u64, unit: u64) -> Option<u64> {
    let divisor = match lead(step, unit) {
        5 => return step.is_multiple_of(5).then_some(step / 5 * 2),
        _ => 2,
    };
    step.is_multiple_of(divisor).then_some(step / divisor)
}

/// The next coarser round step.
pub fn coarser(step: u64, unit: u64) -> u64 {
    match lead(step, unit) {
        2 => step / 2 * 5,
        _ => step.saturating_mul(2),
    }
}

/// The leading digit of a round step in the unit: 1, 2 or 5.
fn lead(step: u64, unit: u64) -> u64 {
    let (mut above, mut below) = (u128::from(step), u128::from(unit));
    while above >= below * 10 {
        below *= 10;
    }
    while above < below {
        above *= 10;
    }
    (above / below) as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_round_in_the_unit_and_whole_below_it() {
        let steps = |unit: u64, count| {
            std::iter::successors(Some(finest(unit)), |step| Some(coarser(*step, unit)))
                .take(count)
                .collect::<Vec<_>>()
        };
        assert_eq!(steps(1, 6), [1, 2, 5, 10, 20, 50]);
        assert_eq!(steps(1_000_000, 7), [1, 2, 5, 10, 20, 50, 100]);
        assert_eq!(steps(3, 4), [3, 6, 15, 30]);
    }
}
