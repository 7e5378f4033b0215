//! The texts of the comparison.

use crate::messages;

messages! {
    /// Title.
    title: "Compare", "비교";
}
