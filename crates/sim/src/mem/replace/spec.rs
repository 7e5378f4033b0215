//! The policies as a scenario names them, each with its parameters.

use serde::{Deserialize, Serialize};

/// A replacement policy and its parameters. Periods and windows count references.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ReplacementSpec {
    /// The page whose next use is farthest away leaves.
    Opt,
    /// The page that is used soonest leaves.
    Unopt,
    /// First in, first out.
    Fifo,
    /// Least recently used.
    #[default]
    Lru,
    /// Most recently used.
    Mru,
    /// Any.
    Random {
        /// What a draw counts.
        index: RandomIndex,
    },
    /// A hand and one bit a page.
    Clock,
    /// The same as a queue.
    SecondChance,
    /// A hand, the accessed bit and the dirty bit.
    EnhancedClock {
        /// Whether a dirty page is written and passed by instead of chosen.
        start_clean: bool,
    },
    /// Not recently used.
    Nru {
        /// How often the accessed bits are cleared.
        period: u32,
    },
    /// Least frequently used.
    Lfu {
        /// How often the counts are halved, if ever.
        decay: Option<u32>,
    },
    /// A record of the last eight periods a page.
    Aging {
        /// How long a period is.
        period: u32,
    },
    /// What its process has not used lately leaves, needed or not.
    WorkingSet {
        /// How long "lately" is, in references of that process.
        tau: u32,
    },
    /// The working set by way of a clock.
    WsClock {
        /// As for [`ReplacementSpec::WorkingSet`].
        tau: u32,
    },
    /// An active and an inactive list, as in Linux.
    TwoList {
        /// How many times as long as the inactive list the active one may be.
        ratio: u32,
        /// Whether a page that is missed soon after it left becomes active at once.
        refault: bool,
    },
    /// A queue of newcomers before an LRU list.
    TwoQ {
        /// Above how many newcomers one of them leaves; a quarter of the frames unless said.
        kin: Option<u32>,
        /// How many that left are remembered; half as many as there are frames unless said.
        kout: Option<u32>,
    },
    /// The adaptive replacement cache.
    Arc,
    /// What OSTEP's `paging-policy.py` calls CLOCK.
    OstepClock {
        /// The largest value of a counter.
        cap: u32,
    },
    /// A tree of bits, over a number of frames that is a power of two.
    PseudoLru,
}

/// What a random draw counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum RandomIndex {
    /// The pages by the numbers of their frames.
    #[default]
    FrameOrder,
    /// The pages in the order of their loading, as `paging-policy.py` does.
    LoadOrder,
}

impl ReplacementSpec {
    /// How often not recently used clears the accessed bits, unless said.
    pub const NRU_PERIOD: u32 = 16;
    /// How long a period of aging is, unless said.
    pub const AGING_PERIOD: u32 = 16;
    /// How far back a working set reaches, unless said.
    pub const TAU: u32 = 1000;
    /// How many times as long as the inactive list the active one may be, unless said.
    pub const RATIO: u32 = 1;
    /// The largest value of a counter of OSTEP's clock, unless said.
    pub const OSTEP_CLOCK_CAP: u32 = 2;

    /// Whether every reference must say when its page is used next.
    pub const fn looks_ahead(&self) -> bool {
        matches!(self, ReplacementSpec::Opt | ReplacementSpec::Unopt)
    }

    /// Whether what leaves depends on the references of each process apart: on those to come, or the latest.
    pub const fn follows_processes(&self) -> bool {
        self.looks_ahead()
            || matches!(self, ReplacementSpec::WorkingSet { .. } | ReplacementSpec::WsClock { .. })
    }

    /// Whether the access that loads a page leaves its accessed bit clear whatever the convention says.
    pub const fn loads_unreferenced(&self) -> bool {
        matches!(self, ReplacementSpec::TwoList { .. })
    }

    /// The ratio of the lists that Linux takes for so much memory, the square root of ten times the gibibytes: 1
    /// below one, 3 at one, 10 at ten.
    pub fn linux_ratio(bytes: u64) -> u32 {
        let gibibytes = bytes >> 30;
        (gibibytes.saturating_mul(10).isqrt() as u32).max(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_of_linux_are_balanced_by_the_size_of_memory() {
        let gib = |n: u64| ReplacementSpec::linux_ratio(n << 30);
        assert_eq!([gib(0), gib(1), gib(10), gib(100), gib(1024)], [1, 3, 10, 31, 101]);
    }
}
