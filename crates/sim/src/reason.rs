//! Why a policy chose as it did, as data: so that it can be asserted in a test, told in two languages, and asked
//! for in a quiz.

use serde::{Deserialize, Serialize};

use crate::ids::TaskId;
use crate::rules::RuleId;

/// The rule that decided and the keys that it compared.
///
/// What a key means belongs to the rule: nanoseconds for lengths, a number for levels and priorities, a queue
/// stamp for orders. See [`RuleId::key`]. The choice is among tasks, or among frames when a page has to leave.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Reason<Who = TaskId> {
    /// The rule.
    pub rule: RuleId,
    /// The one that came second, if there was another.
    pub runner_up: Option<Who>,
    /// The key of the chosen one.
    pub key: u64,
    /// The key of the second; 0 if there was none.
    pub other: u64,
}

/// What the keys of a rule measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum KeyKind {
    /// The order of entering a queue.
    Stamp,
    /// A length of time in nanoseconds.
    Duration,
    /// A level, 0 being the top.
    Level,
    /// A priority number.
    Priority,
    /// A task's number.
    Number,
    /// A place in the string of references; [`u64::MAX`] is never.
    Reference,
    /// Nothing: there was nothing to compare.
    Nothing,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::FrameId;

    #[test]
    fn a_reason_fits_into_an_event() {
        assert!(size_of::<Reason>() <= 24);
        assert!(size_of::<Reason<FrameId>>() <= 24);
    }
}
