//! A task as it looks everywhere: its name on its colour and weave.

use kernelscope_session::view::Activity;
use yew::prelude::*;

use crate::palette::{Look, Own, TASKS, look, task_weave};

/// The name of a task, by its place in the list of tasks, on its colour and weave.
pub fn task_chip(index: usize, name: AttrValue) -> Html {
    html! { <span class={classes!("chip", task_classes(index))}>{ name }</span> }
}

/// The classes that give a surface a task's colour and weave.
pub fn task_classes(index: usize) -> Classes {
    classes!("woven", format!("task-{}", index % TASKS.len()), format!("weave-{}", task_weave(index).class()))
}

/// The classes that give a surface the look of an activity of a task.
pub fn activity_classes(activity: Activity, task: Option<usize>) -> Classes {
    match (look(activity, task), task) {
        (Look::Task(..), Some(task)) => task_classes(task),
        (Look::Waiting(..), Some(task)) => classes!(task_classes(task), "is-waiting"),
        (Look::Working(..), Some(task)) => classes!(task_classes(task), "is-working"),
        (Look::Own(own), _) => own_classes(own),
        (_, None) => own_classes(Own::Idle),
    }
}

/// The classes that give a surface the look of an activity with a look of its own.
pub fn own_classes(own: Own) -> Classes {
    classes!("woven", format!("own-{}", own.class()))
}
