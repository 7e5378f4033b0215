//! The texts of the scenario editor.

use crate::messages;

messages! {
    /// Title of the task table.
    tasks: "Tasks", "태스크";
    /// Title of the policy.
    scheduler: "Scheduler", "스케줄러";
}
