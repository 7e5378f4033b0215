//! States kept along a run, so that any moment of it can be reached by running on from a near one.
//!
//! One is kept every so many steps. When they take more than their budget, every second one is dropped and the
//! distance doubles: whatever the length of a run and the size of its states, the budget holds and the distances
//! stay even. The first is never dropped.

/// The distance at first.
pub(crate) const FIRST_STRIDE: u64 = 256;

/// States along a run, by the number of steps.
#[derive(Clone, Debug)]
pub(crate) struct Checkpoints<T> {
    kept: Vec<Checkpoint<T>>,
    stride: u64,
    bytes: u64,
    budget: u64,
}

/// One of them.
#[derive(Clone, Debug)]
struct Checkpoint<T> {
    step: u64,
    state: T,
    bytes: u64,
}

impl<T: Clone> Checkpoints<T> {
    /// The first state of a run, with room for `budget` bytes.
    pub(crate) fn new(state: T, bytes: u64, budget: u64) -> Checkpoints<T> {
        Checkpoints { kept: vec![Checkpoint { step: 0, state, bytes }], stride: FIRST_STRIDE, bytes, budget }
    }

    /// Whether the state after so many steps should be kept.
    pub(crate) fn wants(&self, step: u64) -> bool {
        step.is_multiple_of(self.stride) && self.kept.last().is_none_or(|last| last.step < step)
    }

    /// Keeps a state that was [wanted](Self::wants), and makes room if there is too little.
    pub(crate) fn keep(&mut self, step: u64, state: &T, bytes: u64) {
        self.kept.push(Checkpoint { step, state: state.clone(), bytes });
        self.bytes += bytes;
        while self.bytes > self.budget && self.kept.len() > 1 {
            self.stride *= 2;
            let stride = self.stride;
            self.kept.retain(|checkpoint| checkpoint.step.is_multiple_of(stride));
            self.bytes = self.kept.iter().map(|checkpoint| checkpoint.bytes).sum();
        }
    }

    /// The last state that is not later than `step`, and its step.
    pub(crate) fn nearest(&self, step: u64) -> (u64, &T) {
        let later = self.kept.partition_point(|checkpoint| checkpoint.step <= step);
        let checkpoint = &self.kept[later.saturating_sub(1)];
        (checkpoint.step, &checkpoint.state)
    }

    /// The step of the last state that lies before `step`; the start has none before it.
    pub(crate) fn before(&self, step: u64) -> Option<u64> {
        let later = self.kept.partition_point(|checkpoint| checkpoint.step < step);
        later.checked_sub(1).map(|place| self.kept[place].step)
    }

    /// How many bytes they take.
    pub(crate) fn footprint(&self) -> u64 {
        self.bytes
    }

    /// Drops all but the first.
    pub(crate) fn shed(&mut self) {
        self.kept.truncate(1);
        self.bytes = self.kept.iter().map(|checkpoint| checkpoint.bytes).sum();
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Checkpoints of a run whose state is its step.
    fn along(steps: u64, bytes: u64, budget: u64) -> Checkpoints<u64> {
        let mut checkpoints = Checkpoints::new(0, bytes, budget);
        for step in 1..=steps {
            if checkpoints.wants(step) {
                checkpoints.keep(step, &step, bytes);
            }
        }
        checkpoints
    }

    #[test]
    fn a_run_that_fits_is_kept_at_the_first_distance() {
        let checkpoints = along(10 * FIRST_STRIDE, 100, 100_000);
        assert_eq!(checkpoints.kept.len(), 11);
        assert_eq!(checkpoints.nearest(FIRST_STRIDE + 7), (FIRST_STRIDE, &FIRST_STRIDE));
        assert_eq!(checkpoints.before(FIRST_STRIDE), Some(0));
        assert_eq!(checkpoints.before(0), None);
    }

    #[test]
    fn a_state_larger_than_the_budget_leaves_the_first_alone() {
        let checkpoints = along(5 * FIRST_STRIDE, 1000, 10);
        assert_eq!(checkpoints.nearest(u64::MAX), (0, &0));
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn the_budget_holds_and_the_distances_stay_even(
            steps in 0_u64..60_000, bytes in 1_u64..50, room in 1_u64..100, to in 0_u64..70_000,
        ) {
            let budget = bytes * room;
            let checkpoints = along(steps, bytes, budget);
            prop_assert!(checkpoints.footprint() <= budget);
            prop_assert_eq!(checkpoints.footprint(), bytes * checkpoints.kept.len() as u64);
            for pair in checkpoints.kept.windows(2) {
                prop_assert_eq!(pair[1].step - pair[0].step, checkpoints.stride);
            }
            let (step, state) = checkpoints.nearest(to);
            prop_assert!(step == *state && step <= to);
            prop_assert!(to.min(steps) - step < checkpoints.stride, "no nearer one was thrown away");
        }
    }
}
