//! What most machines leave as it is.

use std::hash::{Hash, Hasher};

use serde::{Deserialize, Serialize};

/// Settings that are rarely changed. Where none is, they add nothing to a machine's fingerprint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extras {
    /// How much memory may be promised.
    pub overcommit: Overcommit,
    /// The hundredths of the frames that count under [`Overcommit::Strict`].
    pub overcommit_ratio: u8,
    /// The state that random replacement draws from, as textbooks give it; the scenario's seed decides if none is said.
    pub random_stream: Option<u32>,
}

/// How much memory `mmap` may promise (Linux's `vm.overcommit_memory`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Overcommit {
    /// No more at a time than there are frames and swap slots: mode 0.
    Heuristic,
    /// As much as anybody asks for: mode 1.
    #[default]
    Always,
    /// No more in all than the swap slots and a part of the frames: mode 2.
    Strict,
}

impl Default for Extras {
    fn default() -> Self {
        Extras { overcommit: Overcommit::Always, overcommit_ratio: 50, random_stream: None }
    }
}

impl Hash for Extras {
    fn hash<H: Hasher>(&self, state: &mut H) {
        if *self != Extras::default() {
            let Extras { overcommit, overcommit_ratio, random_stream } = self;
            (overcommit, overcommit_ratio, random_stream).hash(state);
        }
    }
}
