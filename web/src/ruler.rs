//! How durations and instants are written: in the unit of the scenario.

use kernelscope_sim::time::{Nanos, Time};

/// The unit of a scenario, as a way of writing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ruler {
    /// What a bare number counts.
    pub unit: Nanos,
    /// Whether the unit is a textbook's nameless tick.
    pub tick: bool,
}

impl Default for Ruler {
    fn default() -> Self {
        Ruler { unit: Nanos::from_millis(1), tick: false }
    }
}

impl Ruler {
    /// A number of units without its unit, for columns that have it in their heading: `30`, `0.5`.
    pub fn bare(self, length: Nanos) -> String {
        let unit = self.unit.0.max(1);
        let (whole, rest) = (length.0 / unit, length.0 % unit);
        if rest == 0 {
            return whole.to_string();
        }
        // Nine decimals of a unit are exact for every unit up to a second that is a power of ten.
        let decimals = u128::from(rest) * 1_000_000_000 / u128::from(unit);
        let decimals = format!("{decimals:09}");
        format!("{whole}.{}", decimals.trim_end_matches('0'))
    }

    /// An instant without its unit.
    pub fn instant(self, at: Time) -> String {
        self.bare(Nanos(at.0))
    }

    /// The name of the unit: `ms`; empty for ticks.
    pub fn name(self) -> String {
        if self.tick {
            return String::new();
        }
        let (size, name) = [(1_000_000_000, "s"), (1_000_000, "ms"), (1_000, "µs"), (1, "ns")]
            .into_iter()
            .find(|(size, _)| self.unit.0 >= *size && self.unit.0.is_multiple_of(*size))
            .unwrap_or((1, "ns"));
        match self.unit.0 / size {
            1 => name.to_owned(),
            many => format!("×\u{a0}{many}\u{a0}{name}"),
        }
    }

    /// A length with its unit: `30 ms`; `30` for ticks.
    pub fn length(self, length: Nanos) -> String {
        match self.name() {
            name if name.is_empty() => self.bare(length),
            // A number and its unit stay on one line.
            name => format!("{}\u{a0}{name}", self.bare(length)),
        }
    }

    /// An instant with its unit.
    pub fn time(self, at: Time) -> String {
        self.length(Nanos(at.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_duration_is_written_in_the_unit_of_the_scenario() {
        let milli = Ruler::default();
        assert_eq!(milli.length(Nanos::from_millis(30)), "30\u{a0}ms");
        assert_eq!(milli.length(Nanos::from_micros(1_500)), "1.5\u{a0}ms");
        assert_eq!(milli.bare(Nanos(1)), "0.000001");
        let tick = Ruler { tick: true, ..milli };
        assert_eq!(tick.length(Nanos::from_millis(30)), "30");
        let ten = Ruler { unit: Nanos::from_micros(10), tick: false };
        assert_eq!(ten.length(Nanos::from_micros(25)), "2.5\u{a0}×\u{a0}10\u{a0}µs");
    }
}
