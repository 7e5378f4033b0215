//! What lies in front of the page: the lessons, the keys, the share menu.

use yew::prelude::*;

use crate::keys::KeySheet;
use crate::lessons::Gallery;
use crate::sharing::ShareMenu;
use crate::state::Shared;
use crate::store::{use_dispatch, use_select, use_store};

pub(crate) fn lessons() -> Html {
    html! { <Lessons /> }
}

pub(crate) fn keys() -> Html {
    html! { <Keys /> }
}

pub(crate) fn sharing() -> Html {
    html! { <Sharing /> }
}

#[component]
fn Lessons() -> Html {
    let act = use_dispatch();
    let part =
        use_select(|state| (state.work.lesson.clone(), state.prefs.reached.clone(), state.library.clone()));
    let (open, reached, library) = (*part).clone();
    html! { <Gallery {open} {reached} {library} {act} /> }
}

#[component]
fn Keys() -> Html {
    let act = use_dispatch();
    let characters = *use_select(|state| state.prefs.character_keys);
    html! { <KeySheet {characters} {act} /> }
}

/// The share menu. What it shares is what there was when it was opened.
#[component]
fn Sharing() -> Html {
    let act = use_dispatch();
    let store = use_store();
    let saved = use_memo((), |()| Shared::new(store.state().saved()));
    let part = use_select(|state| (state.work.shelf.clone(), state.prefs.theme));
    html! { <ShareMenu saved={(*saved).clone()} shelf={part.0.clone()} theme={part.1} {act} /> }
}
