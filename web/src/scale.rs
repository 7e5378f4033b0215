//! A linear scale with round ticks: from figures to places on an axis.

/// A linear scale from a range of values to `0.0 ..= 1.0`.
#[derive(Clone, Debug, PartialEq)]
pub struct Scale {
    from: f64,
    to: f64,
    /// The round values that get a label, ascending.
    pub ticks: Vec<f64>,
}

impl Scale {
    /// The scale that holds all values and 0, with about `wanted` ticks at multiples of 1, 2 or 5 times a power
    /// of ten. Without a value it spans 0 to 1.
    pub fn from_zero(values: impl IntoIterator<Item = f64>, wanted: usize) -> Scale {
        let most = values.into_iter().filter(|value| value.is_finite()).fold(0.0, f64::max);
        Scale::rounded(0.0, if most > 0.0 { most } else { 1.0 }, wanted)
    }

    /// The scale from 0 to at least this number, its ticks whole numbers: for what is counted.
    pub fn counted(most: u32, wanted: usize) -> Scale {
        let wanted = wanted.min(most.max(1) as usize);
        Scale::rounded(0.0, f64::from(most.max(1)), wanted)
    }

    /// The scale that holds all values, for an axis that need not begin at 0.
    pub fn around(values: impl IntoIterator<Item = f64>, wanted: usize) -> Scale {
        let finite = values.into_iter().filter(|value| value.is_finite());
        let (least, most) = finite.fold((f64::INFINITY, f64::NEG_INFINITY), |(least, most), value| {
            (least.min(value), most.max(value))
        });
        if least > most {
            return Scale::rounded(0.0, 1.0, wanted);
        }
        if least == most {
            return Scale::rounded(least.min(0.0), if most > 0.0 { most } else { 1.0 }, wanted);
        }
        Scale::rounded(least, most, wanted)
    }

    fn rounded(least: f64, most: f64, wanted: usize) -> Scale {
        let step = round_step((most - least) / wanted.max(1) as f64);
        let (first, last) = ((least / step).floor(), (most / step).ceil());
        let ticks = (0..=(last - first) as u32).map(|place| (first + f64::from(place)) * step).collect();
        Scale { from: first * step, to: last * step, ticks }
    }

    /// Where a value stands between the ends.
    pub fn place(&self, value: f64) -> f64 {
        (value - self.from) / (self.to - self.from)
    }
}

/// The smallest of 1, 2, 5, 10 … that is at least `least`.
fn round_step(least: f64) -> f64 {
    let power = 10f64.powf(least.log10().floor());
    [1.0, 2.0, 5.0]
        .into_iter()
        .map(|digit| digit * power)
        .find(|step| *step >= least * 0.999)
        .unwrap_or(power * 10.0)
}

/// A tick as it is written: no more decimals than the step has.
pub fn tick(value: f64) -> String {
    let text = format!("{value:.3}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_hold_every_value() {
        let scale = Scale::from_zero([3.0, 103.3], 5);
        assert_eq!(scale.ticks, [0.0, 50.0, 100.0, 150.0]);
        assert_eq!(scale.place(75.0), 0.5);
        let scale = Scale::around([10.0, 40.0], 3);
        assert_eq!(scale.ticks, [10.0, 20.0, 30.0, 40.0]);
    }

    #[test]
    fn a_chart_without_a_range_still_has_an_axis() {
        for scale in
            [Scale::from_zero([], 4), Scale::around([], 4), Scale::around([7.0], 4), Scale::around([0.0], 4)]
        {
            assert!(scale.ticks.len() >= 2, "{scale:?}");
            assert!(scale.place(0.0).is_finite());
        }
        assert_eq!(Scale::from_zero([f64::NAN], 4).ticks.first(), Some(&0.0));
    }

    #[test]
    fn what_is_counted_has_whole_ticks() {
        for most in 0..40 {
            let scale = Scale::counted(most, 4);
            assert!(scale.ticks.iter().all(|tick| tick.fract() == 0.0), "{scale:?}");
            assert!((0.0..=1.0).contains(&scale.place(most.into())));
        }
    }

    #[test]
    fn small_values_keep_their_decimals() {
        let scale = Scale::from_zero([0.009], 3);
        assert_eq!(scale.ticks.iter().map(|value| tick(*value)).collect::<Vec<_>>(), ["0", "0.005", "0.01"]);
    }
}
