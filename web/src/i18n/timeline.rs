//! The texts of the timeline.

use crate::messages;

messages! {
    /// Name of the timeline.
    title: "Timeline", "타임라인";
}
