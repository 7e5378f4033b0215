//! The texts of the panels.

use crate::messages;

messages! {
    /// Title of the ready queues.
    queues: "Queues", "큐";
    /// Title of the task table.
    tasks: "Tasks", "태스크";
    /// Title of the event list.
    events: "Events", "이벤트";
    /// Title of the figures.
    metrics: "Metrics", "지표";
    /// Title of the kernel entry panel.
    kernel: "Kernel entry", "커널 진입";
    /// Title of the rules.
    rules: "Rules", "규칙";
    /// Title of what just happened.
    now: "Now", "지금";
    /// Title of the chosen task.
    inspector: "Selected", "선택";
}
