//! A scenario file can be dropped anywhere on the page.

use web_sys::DragEvent;
use yew::prelude::*;

use crate::effects::opened;
use crate::i18n::{sharing as text, use_lang};
use crate::platform;
use crate::store::use_dispatch;

/// See [`DropZone`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct DropZoneProps {
    /// The classes of the page.
    pub(super) class: Classes,
    /// Whether everything on the screen is up to date, for whoever waits for it.
    pub(super) state: &'static str,
    /// The page.
    pub(super) children: Html,
}

/// The page, onto which files can be dropped.
#[component]
pub(super) fn DropZone(props: &DropZoneProps) -> Html {
    let lang = use_lang();
    let act = use_dispatch();
    let over = use_state(|| false);
    let carries_files = |event: &DragEvent| {
        event.data_transfer().is_some_and(|carried| carried.types().iter().any(|kind| kind == "Files"))
    };
    let ondragover = {
        let over = over.clone();
        Callback::from(move |event: DragEvent| {
            if carries_files(&event) {
                event.prevent_default();
                over.set(true);
            }
        })
    };
    let ondragleave = {
        let over = over.clone();
        Callback::from(move |event: DragEvent| {
            // Leaving one part of the page for another is not leaving it.
            if event.related_target().is_none() {
                over.set(false);
            }
        })
    };
    let ondrop = {
        let over = over.clone();
        Callback::from(move |event: DragEvent| {
            over.set(false);
            let file =
                event.data_transfer().and_then(|carried| carried.files()).and_then(|files| files.get(0));
            if let Some(file) = file {
                event.prevent_default();
                let act = act.clone();
                platform::read_file(file, move |chosen| act.emit(opened(chosen)));
            }
        })
    };
    html! {
        <div class={props.class.clone()} data-state={props.state} {ondragover} {ondragleave} {ondrop}>
            { props.children.clone() }
            if *over { <div class="drop-here">{ text::drop_here(lang) }</div> }
        </div>
    }
}
