//! The one clock: whole nanoseconds from 0.
//!
//! [`Time`] is an instant and [`Nanos`] a length; only sensible sums of the two compile. Nothing a scenario can
//! say exceeds [`Nanos::MAX`] (2^53, 104 days), so that times also survive a trip through JavaScript numbers,
//! and sums of two never overflow. How durations are written is in [`parse`] and [`format`].

pub mod format;
pub mod parse;

use std::ops::{Add, AddAssign, Sub, SubAssign};

use serde::{Deserialize, Serialize};

/// A length of time in whole nanoseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Nanos(pub u64);

/// An instant: nanoseconds since the machine was started.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Time(pub u64);

impl Nanos {
    /// No time at all.
    pub const ZERO: Nanos = Nanos(0);
    /// The longest duration, and the latest instant, that a scenario may name.
    pub const MAX: Nanos = Nanos(1 << 53);
    /// Longer than anything that ends.
    pub const FOREVER: Nanos = Nanos(u64::MAX);

    /// `n` milliseconds.
    pub const fn from_millis(n: u64) -> Nanos {
        Nanos(n * 1_000_000)
    }

    /// `n` microseconds.
    pub const fn from_micros(n: u64) -> Nanos {
        Nanos(n * 1_000)
    }

    /// Whether there is no time in it.
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// The sum, or [`Nanos::FOREVER`] when it would not fit.
    #[must_use]
    pub const fn saturating_add(self, other: Nanos) -> Nanos {
        Nanos(self.0.saturating_add(other.0))
    }

    /// The difference, or zero.
    #[must_use]
    pub const fn saturating_sub(self, other: Nanos) -> Nanos {
        Nanos(self.0.saturating_sub(other.0))
    }

    /// `n` times this, or [`Nanos::FOREVER`] when it would not fit.
    #[must_use]
    pub const fn saturating_mul(self, n: u64) -> Nanos {
        Nanos(self.0.saturating_mul(n))
    }
}

impl Time {
    /// When the machine is started.
    pub const ZERO: Time = Time(0);
    /// Later than anything that happens.
    pub const NEVER: Time = Time(u64::MAX);

    /// The time that has passed since `earlier`.
    ///
    /// # Panics
    /// When `earlier` is later: the clock never runs back.
    pub fn since(self, earlier: Time) -> Nanos {
        let Some(passed) = self.0.checked_sub(earlier.0) else {
            panic!("the clock ran back from {earlier:?} to {self:?}")
        };
        Nanos(passed)
    }

    /// The first multiple of `period` at or after this instant (the grid starts at 0).
    #[must_use]
    pub const fn next_multiple_of(self, period: Nanos) -> Time {
        Time(self.0.next_multiple_of(period.0))
    }
}

impl Add<Nanos> for Time {
    type Output = Time;
    /// An endless duration leads to [`Time::NEVER`].
    fn add(self, length: Nanos) -> Time {
        Time(self.0.saturating_add(length.0))
    }
}

impl Add for Nanos {
    type Output = Nanos;
    fn add(self, other: Nanos) -> Nanos {
        Nanos(self.0 + other.0)
    }
}

impl AddAssign for Nanos {
    fn add_assign(&mut self, other: Nanos) {
        self.0 += other.0;
    }
}

impl Sub for Nanos {
    type Output = Nanos;
    fn sub(self, other: Nanos) -> Nanos {
        Nanos(self.0 - other.0)
    }
}

impl SubAssign for Nanos {
    fn sub_assign(&mut self, other: Nanos) {
        self.0 -= other.0;
    }
}
