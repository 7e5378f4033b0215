//! The arrangement of the screen: header, scenario on the left, timeline and panels in the middle, "Now" on the
//! right; on a phone one of them at a time.

mod drop;
mod header;
mod notices;
mod panels;
mod stage;

use yew::prelude::*;

use crate::editor::Editor;
use crate::i18n::{shell as text, use_lang};
use crate::keys::KeySheet;
use crate::lessons::{Card, Gallery};
use crate::panels::{Inspector, Now};
use crate::sharing::ShareMenu;
use crate::state::{Overlay, Run, Shared, State};
use crate::store::{use_dispatch, use_select, use_store};
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
                    <aside class="column column-scenario" aria-label={text::scenario(lang)}><Scenario /></aside>
                }
                <Stage />
                if layout.now && !layout.narrow {
                    <aside class="column column-now" aria-label={text::now(lang)}><NowColumn /></aside>
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

/// The scenario with its editor, and the step of the lesson.
#[component]
pub(crate) fn Scenario() -> Html {
    let act = use_dispatch();
    let part = use_select(|state| {
        let work = &state.work;
        let history = (work.history.can_undo(), work.history.can_redo());
        let lesson = (work.lesson.clone(), work.compare.clone(), work.edited);
        (work.document().clone(), work.problems.clone(), lesson, history)
    });
    let (document, problems, (lesson, compare, edited), history) = &*part;
    let selection = use_select(|state| state.selection);
    let run = use_select(current_run);
    let read_only = use_select(State::read_only);
    let narrow = use_select(|state| state.system.narrow);
    html! {
        <>
            if let Some(place) = lesson {
                <Card
                    place={place.clone()}
                    run={(*run).clone()}
                    document={document.clone()}
                    compare={compare.clone()}
                    edited={*edited}
                    narrow={*narrow}
                    act={act.clone()}
                />
            }
            <Editor
                document={document.clone()}
                problems={problems.clone()}
                run={(*run).clone()}
                selection={*selection}
                read_only={*read_only}
                history={*history}
                {act}
            />
        </>
    }
}

/// What just happened, and the chosen task.
#[component]
pub(crate) fn NowColumn() -> Html {
    let act = use_dispatch();
    let selection = use_select(|state| state.selection);
    let run = use_select(current_run);
    let Some(run) = (*run).clone() else {
        return Html::default();
    };
    html! {
        <>
            <Now run={run.clone()} selection={*selection} act={act.clone()} />
            <Inspector run={run} selection={*selection} act={act} />
        </>
    }
}

/// The run that the panels show.
fn current_run(state: &State) -> Option<Shared<Run>> {
    state.runs.get(usize::from(state.selection.run)).cloned()
}

/// What lies in front of the page.
#[component]
fn InFront() -> Html {
    let act = use_dispatch();
    let part = use_select(|state| (state.overlay, state.work.lesson.clone(), state.prefs.reached.clone()));
    let characters = *use_select(|state| state.prefs.character_keys);
    match part.0 {
        Some(Overlay::Lessons) => html! { <Gallery open={part.1.clone()} reached={part.2.clone()} {act} /> },
        Some(Overlay::Help) => html! { <KeySheet {characters} {act} /> },
        Some(Overlay::Share) => html! { <Sharing /> },
        None => Html::default(),
    }
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

/// What a screen reader says: politely, and the same text twice if it happens twice.
#[component]
fn Announcer() -> Html {
    let announcement = use_select(|state| state.announcement.clone());
    html! {
        <p class="sr-only" role="status" aria-live="polite" key={announcement.0.to_string()}>{ &announcement.1 }</p>
    }
}
