//! A task as it looks everywhere: its letter on its colour and weave.

use yew::prelude::*;

/// Which task.
#[derive(Properties, PartialEq)]
pub struct TaskChipProps {
    /// Its place in the list of tasks.
    pub index: usize,
    /// Its name.
    pub name: AttrValue,
}

/// A task's name on its colour and weave.
#[component]
pub fn TaskChip(TaskChipProps { index, name }: &TaskChipProps) -> Html {
    html! { <span class={classes!("chip", task_classes(*index))}>{ name.clone() }</span> }
}

/// The classes that give a surface a task's colour and weave.
pub fn task_classes(index: usize) -> Classes {
    const WEAVES: [&str; 8] = ["plain", "rising", "dots", "falling", "bars", "rows", "grid", "lattice"];
    classes!("woven", format!("task-{}", index % 8), format!("weave-{}", WEAVES[(index + index / 8) % 8]))
}
