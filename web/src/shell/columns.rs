//! What stands left and right of the timeline, or in a tab of its own where there is no room for columns.

use yew::prelude::*;

use super::current_run;
use crate::editor::Editor;
use crate::i18n::use_lang;
use crate::lessons::{self, Card};
use crate::panels::{Inspector, Now};
use crate::state::State;
use crate::store::{use_dispatch, use_select};

pub(crate) fn scenario() -> Html {
    html! { <Scenario /> }
}

pub(crate) fn now() -> Html {
    html! { <NowColumn /> }
}

/// The scenario with its editor, and the step of the lesson.
#[component]
fn Scenario() -> Html {
    let lang = use_lang();
    let act = use_dispatch();
    let part = use_select(|state| {
        let work = &state.work;
        let history = (work.history.can_undo(), work.history.can_redo());
        let lesson = (work.lesson.clone(), work.compare.clone(), work.edited, state.library.clone());
        (work.document().clone(), work.problems.clone(), lesson, history)
    });
    let (document, problems, (lesson, compare, edited, library), history) = &*part;
    let selection = use_select(|state| state.selection);
    let run = use_select(current_run);
    let read_only = use_select(State::read_only);
    let narrow = use_select(|state| state.system.narrow);
    if *use_select(|state| state.opening.is_some()) {
        return lessons::fetching(lang);
    }
    html! {
        <>
            if let Some(place) = lesson {
                <Card
                    place={place.clone()}
                    run={(*run).clone()}
                    document={document.clone()}
                    compare={compare.clone()}
                    edited={*edited}
                    library={library.clone()}
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
fn NowColumn() -> Html {
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
