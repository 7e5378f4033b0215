//! The policies as a scenario names them, each with its parameters.

use serde::{Deserialize, Serialize};

/// A replacement policy and its parameters.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ReplacementSpec {
    /// First in, first out.
    Fifo,
    /// Least recently used.
    #[default]
    Lru,
    /// Most recently used.
    Mru,
}
