//! Where the random policies take their choices from.

use std::sync::Arc;

use crate::rng::SplitMix64;

/// A source of choices among so many: a stream of pseudo-random numbers, or the choices themselves, as somebody
/// wrote them down.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Draws {
    /// Drawn, evenly.
    Stream(SplitMix64),
    /// Given.
    Given {
        /// The choices, each counted from 0.
        values: Arc<[u32]>,
        /// How many have been used.
        used: u32,
    },
}

impl Draws {
    /// These choices, and no more.
    pub fn given(values: &[u32]) -> Draws {
        Draws::Given { values: values.into(), used: 0 }
    }

    /// One of `n`; nothing when the given choices are used up. A given choice past the last means the last.
    pub fn draw(&mut self, n: u32) -> Option<u32> {
        match self {
            Draws::Stream(stream) => u32::try_from(stream.bounded(u64::from(n))).ok(),
            Draws::Given { values, used } => {
                let value = *values.get(*used as usize)?;
                *used += 1;
                Some(value.min(n.saturating_sub(1)))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn given_choices_come_one_after_the_other_and_end() {
        let mut draws = Draws::given(&[1, 9]);
        assert_eq!([draws.draw(3), draws.draw(3), draws.draw(3)], [Some(1), Some(2), None]);
    }

    #[test]
    fn a_stream_draws_below_the_bound_and_never_ends() {
        let mut draws = Draws::Stream(SplitMix64::new(42));
        let drawn: Vec<_> = (0..12).filter_map(|_| draws.draw(3)).collect();
        assert_eq!(drawn, [2, 0, 0, 1, 0, 2, 0, 2, 1, 1, 0, 1]);
    }
}
