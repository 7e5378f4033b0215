//! The timeline: what every CPU, task, queue level and device did, and where the cursor is.

use kernelscope_sim::time::Time;
use yew::prelude::*;

use crate::i18n::{timeline as text, use_lang};
use crate::state::{Action, Run, Selection, Shared};

/// See [`Timeline`].
#[derive(Clone, PartialEq, Properties)]
pub struct TimelineProps {
    /// The runs, one below the other on one axis; empty before the first.
    pub runs: Vec<Shared<Run>>,
    /// What is chosen.
    pub selection: Selection,
    /// The stretch that is shown; all of it if none.
    pub window: Option<(Time, Time)>,
    /// Whether it is shown as a table.
    pub table: bool,
    /// Whether time runs by itself.
    pub playing: bool,
    /// Whether it leaves the wheel to the page around it.
    pub embedded: bool,
    /// What tells the page that something happened.
    pub act: Callback<Action>,
}

/// The timeline.
#[component]
pub fn Timeline(props: &TimelineProps) -> Html {
    let lang = use_lang();
    let end = props.runs.first().map(|run| run.ruler.time(run.overview.end));
    html! { <p>{ text::title(lang) }{ " " }{ end }</p> }
}
