//! The transport: play, step, back, jump.

use yew::prelude::*;

use crate::i18n::{transport as text, use_lang};
use crate::sharing::address::Controls;
use crate::state::{Action, Playback, Run, Shared};

/// See [`Transport`].
#[derive(Clone, PartialEq, Properties)]
pub struct TransportProps {
    /// The run that the buttons are about; none before the first.
    pub run: Option<Shared<Run>>,
    /// What is chosen: jumps can be about one task.
    pub selection: crate::state::Selection,
    /// Whether time runs by itself.
    pub playback: Playback,
    /// Whether the last jump found nothing.
    pub nothing_found: bool,
    /// Which buttons there are.
    pub controls: Controls,
    /// What tells the page that something happened.
    pub act: Callback<Action>,
}

/// The transport.
#[component]
pub fn Transport(props: &TransportProps) -> Html {
    let lang = use_lang();
    let playing = props.playback.playing;
    let toggle = props.act.reform(move |_| Action::Play(!playing));
    html! {
        <button type="button" onclick={toggle}>{ if playing { text::pause(lang) } else { text::play(lang) } }</button>
    }
}
