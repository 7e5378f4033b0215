//! The arrangement of the screen: header, scenario on the left, timeline and panels in the middle, "Now" on the
//! right; on a phone one of them at a time.

pub(crate) mod columns;
mod drop;
mod header;
mod notices;
pub(crate) mod panels;
pub(crate) mod sheets;
mod stage;

use yew::prelude::*;

use crate::i18n::{shell as text, use_lang};
use crate::rooms::{Desk, Entrance, Lobby, Room};
use crate::state::{Overlay, Run, Shared, State};
use crate::store::use_select;
use drop::DropZone;
use header::{EmbedBar, Header};
use notices::Notices;
use stage::Stage;

pub(crate) use panels::title as panel_title;

/// The whole screen.
#[component]
pub fn Shell() -> Html {
    let lang = use_lang();
    let layout = use_select(|state| Layout {
        state: if state.settled() { "ready" } else { "working" },
        scenario: !state.prefs.scenario_folded && !state.prefs.projector && state.embed.is_none(),
        now: !state.prefs.now_folded && !state.prefs.projector && state.embed.is_none(),
        narrow: state.system.narrow,
        projector: state.prefs.projector,
        embedded: state.embed.is_some(),
    });
    let classes = classes!(
        "page",
        layout.projector.then_some("is-projector"),
        layout.embedded.then_some("is-embed"),
        (!layout.scenario).then_some("no-scenario"),
        (!layout.now).then_some("no-now"),
    );
    html! {
        <DropZone class={classes} state={layout.state}>
            if !layout.embedded {
                <a class="skip" href="#stage">{ text::skip(lang) }</a>
                <Header />
            }
            <Notices />
            <div class="bench">
                if layout.scenario && !layout.narrow {
                    <aside class="column column-scenario" aria-label={text::scenario(lang)}><Entrance room={Room::Desk(Desk::Scenario)} /></aside>
                }
                <Stage />
                if layout.now && !layout.narrow {
                    <aside class="column column-now" aria-label={text::now(lang)}><Entrance room={Room::Desk(Desk::Now)} /></aside>
                }
            </div>
            if layout.embedded { <EmbedBar /> }
            <InFront />
            <Announcer />
        </DropZone>
    }
}

#[derive(PartialEq)]
struct Layout {
    state: &'static str,
    scenario: bool,
    now: bool,
    narrow: bool,
    projector: bool,
    embedded: bool,
}

/// The run that the panels show.
fn current_run(state: &State) -> Option<Shared<Run>> {
    state.runs.get(usize::from(state.selection.run)).cloned()
}

/// What lies in front of the page.
#[component]
fn InFront() -> Html {
    let overlay = use_select(|state| state.overlay);
    let room = match *overlay {
        Some(Overlay::Lessons) => Room::Lobby(Lobby::Lessons),
        Some(Overlay::Help) => Room::Lobby(Lobby::Keys),
        Some(Overlay::Share) => Room::Lobby(Lobby::Share),
        None => return Html::default(),
    };
    html! { <Entrance {room} key={format!("{room:?}")} /> }
}

/// What a screen reader says: politely, and the same text twice if it happens twice.
#[component]
fn Announcer() -> Html {
    let announcement = use_select(|state| state.announcement.clone());
    html! {
        <p class="sr-only" role="status" aria-live="polite" key={announcement.0.to_string()}>{ &announcement.1 }</p>
    }
}
