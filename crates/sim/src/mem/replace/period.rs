//! Counting references up to something that is to be done every so many of them.

/// A counter that comes due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Period {
    every: u32,
    passed: u32,
}

impl Period {
    /// Due every so many references; a period of 0 is one of 1.
    pub(super) fn new(every: u32) -> Period {
        Period { every: every.max(1), passed: 0 }
    }

    /// Counts a reference. Says whether the period is over.
    pub(super) fn count(&mut self) -> bool {
        self.passed += 1;
        self.passed >= self.every
    }

    /// Starts the next period if this one is over; says whether it was.
    pub(super) fn over(&mut self) -> bool {
        let over = self.passed >= self.every;
        if over {
            self.passed = 0;
        }
        over
    }
}
