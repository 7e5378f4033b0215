//! The lessons: each a scenario and a few steps that say what to look for.

use yew::prelude::*;

use crate::i18n::{lessons as text, use_lang};
use crate::state::{Action, LessonPlace, Run, Shared};

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
