//! How much of memory is wanted at a time, and when that is too much (OSTEP 22.11; OSC 10.6).

use std::hash::{Hash, Hasher};

use serde::{Deserialize, Serialize};

use super::super::replace::ReplacementSpec;
use crate::time::Nanos;

/// By what the load on memory is judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LoadSpec {
    /// A working set is the pages of so many last references of a process.
    pub tau: u32,
    /// Whether the machine thrashes is judged over so long a time.
    pub window: Nanos,
    /// Whether a process is swapped out while the working sets together are larger than memory.
    pub admission: bool,
}

impl LoadSpec {
    /// How long it is watched whether a machine thrashes, unless said.
    pub const WINDOW: Nanos = Nanos(1_000_000_000);
}

impl Default for LoadSpec {
    fn default() -> Self {
        LoadSpec { tau: ReplacementSpec::TAU, window: LoadSpec::WINDOW, admission: false }
    }
}

/// Whoever only watches changes nothing: that is no part of a machine's fingerprint.
impl Hash for LoadSpec {
    fn hash<H: Hasher>(&self, state: &mut H) {
        if self.admission {
            self.tau.hash(state);
        }
    }
}
