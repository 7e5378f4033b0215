//! The lessons: each a scenario and a few steps that say what to look for.

use yew::prelude::*;

use crate::i18n::{lessons as text, use_lang};
use crate::state::{Action, LessonPlace, Run, Shared};

/// The lesson that a first visit opens.
pub const FIRST: &str = "mlfq-starvation";

/// The scenario of a lesson.
pub fn document(id: &str) -> Option<serde_json::Value> {
    let program = "repeat 40 { cpu 5; io 5 }";
    (id == FIRST).then(|| {
        serde_json::json!({ "version": 1, "machine": { "policy": { "mlfq": { "boost": 50 } } },
            "processes": [{ "name": "A", "program": "cpu 400" }, { "name": "B", "at": 100, "program": program },
                { "name": "C", "at": 100, "program": program }] })
    })
}

/// See [`Gallery`].
#[derive(Clone, PartialEq, Properties)]
pub struct GalleryProps {
    /// The lesson that is open.
    pub open: Option<LessonPlace>,
    /// What tells the page that something happened.
    pub act: Callback<Action>,
}

/// All lessons, to choose from. Lies in front of the page until one is chosen or it is closed.
#[component]
pub fn Gallery(props: &GalleryProps) -> Html {
    let lang = use_lang();
    let close = props.act.reform(|_| Action::Overlay(None));
    html! { <button type="button" onclick={close}>{ text::title(lang) }</button> }
}

/// See [`Card`].
#[derive(Clone, PartialEq, Properties)]
pub struct CardProps {
    /// The lesson and its step.
    pub place: LessonPlace,
    /// The run; none before the first.
    pub run: Option<Shared<Run>>,
    /// Whether the lesson's scenario was changed.
    pub edited: bool,
    /// What tells the page that something happened.
    pub act: Callback<Action>,
}

/// The step of the open lesson.
#[component]
pub fn Card(props: &CardProps) -> Html {
    html! { <p>{ &props.place.id }</p> }
}
