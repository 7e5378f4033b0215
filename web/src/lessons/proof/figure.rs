//! A figure that was measured, exactly, and how a text would show it.

use kernelscope_sim::time::Nanos;

/// What was measured: a pair that nobody has rounded yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Figured {
    /// A length of time in nanoseconds.
    Duration(u64, u64),
    /// A share of a whole.
    Share(u64, u64),
    /// A plain number.
    Count(u64),
}

impl Figured {
    /// The figure with as many decimals and in the same unit as `like`.
    pub(super) fn shown_like(self, like: &str, unit: Nanos) -> String {
        let (number, suffix) = like.split_once(' ').unwrap_or((like, ""));
        let decimals = number.split_once('.').map_or(0, |(_, decimals)| decimals.len());
        let (sum, over) = match self {
            Figured::Duration(sum, over) => {
                (u128::from(sum), u128::from(over) * u128::from(size(suffix, unit).0))
            }
            Figured::Share(sum, over) => (u128::from(sum) * 100, u128::from(over)),
            Figured::Count(count) => (u128::from(count), 1),
        };
        let suffix = match self {
            Figured::Duration(..) => suffix,
            Figured::Share(..) => "%",
            Figured::Count(_) => "",
        };
        if over == 0 {
            return "nothing".to_owned();
        }
        let scale = 10_u128.pow(u32::try_from(decimals).unwrap_or(0));
        let rounded = (sum * scale * 2 + over) / (over * 2);
        let number = match decimals {
            0 => rounded.to_string(),
            _ => format!("{}.{:0decimals$}", rounded / scale, rounded % scale),
        };
        format!("{number} {suffix}").trim_end().to_owned()
    }
}

fn size(suffix: &str, unit: Nanos) -> Nanos {
    match suffix {
        "ns" => Nanos(1),
        "µs" => Nanos::from_micros(1),
        "ms" => Nanos::from_millis(1),
        "s" => Nanos::from_millis(1000),
        _ => unit,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_is_rounded_as_the_text_rounds() {
        let ms = Nanos::from_millis(1);
        let mean = Figured::Duration(310_000_000, 3);
        assert_eq!(mean.shown_like("103.33", ms), "103.33");
        assert_eq!(mean.shown_like("1 ms", ms), "103 ms");
        assert_eq!(Figured::Duration(53_100, 1).shown_like("1.0 µs", ms), "53.1 µs");
        assert_eq!(Figured::Share(100, 140).shown_like("1.0 %", ms), "71.4 %");
        assert_eq!(Figured::Count(3).shown_like("3", ms), "3");
    }
}
