//! The middle of the screen: the timeline, which is always there, the transport, and the panels.

use yew::prelude::*;

use super::header::EmbedTitle;
use super::panels::Panels;
use crate::i18n::{
    lessons as lesson_text, shell as text, timeline as timeline_text, transport as transport_text, use_lang,
};
use crate::sharing::address::Controls;
use crate::state::{Phase, State};
use crate::store::{use_dispatch, use_select};
use crate::timeline::Timeline;
use crate::transport::Transport;

/// The middle of the screen.
#[component]
pub(super) fn Stage() -> Html {
    let lang = use_lang();
    let act = use_dispatch();
    let runs = use_select(|state| state.runs.clone());
    let pages = use_select(|state| state.pages.clone());
    let selection = use_select(|state| state.selection);
    let view = use_select(|state| (state.view.window, state.view.table));
    let playback = use_select(|state| state.playback);
    let nothing_found = use_select(|state| state.engine.nothing_found);
    let embed = use_select(|state| state.embed.clone());
    let controls = (*embed).as_ref().map_or(Controls::All, |embed| embed.controls);
    let run = runs.get(usize::from(selection.run)).cloned();
    html! {
        <main class="stage" id="stage" tabindex="-1">
            if embed.is_some() { <EmbedTitle /> }
            <section class="hero" aria-label={timeline_text::title(lang)}>
                <Loading />
                if !runs.is_empty() {
                    <Timeline
                        runs={(*runs).clone()}
                        pages={(*pages).clone()}
                        selection={*selection}
                        window={view.0}
                        table={view.1}
                        playing={playback.playing}
                        embedded={embed.is_some()}
                        act={act.clone()}
                    />
                }
            </section>
            if controls != Controls::Off {
                <section class="transport" aria-label={transport_text::title(lang)}>
                    <Transport
                        {run}
                        selection={*selection}
                        playback={*playback}
                        nothing_found={*nothing_found}
                        {controls}
                        act={act}
                    />
                </section>
            }
            <Panels />
        </main>
    }
}

/// How far the engine is. It appears only when that takes long enough to be noticed.
#[component]
fn Loading() -> Html {
    let lang = use_lang();
    let part = use_select(|State { engine, runs, opening, .. }| {
        // Until the engine says how far it is, the way is short.
        let on_long_way = |permille: &u16| *permille > 0 || runs.is_empty();
        let (loading, seeking) = (engine.loading.filter(on_long_way), engine.seeking.filter(on_long_way));
        (engine.phase, loading, seeking, runs.is_empty(), opening.is_some())
    });
    let (phase, loading, seeking, first, fetching) = *part;
    let (words, permille) = match (phase, loading, seeking) {
        (Phase::Ready, None, _) if fetching => (lesson_text::fetching(lang).to_owned(), None),
        (Phase::Starting, _, _) => (text::starting(lang).to_owned(), None),
        (Phase::Ready, Some(permille), _) => (text::loading(lang, permille / 10), Some(permille)),
        (Phase::Ready, None, Some(permille)) => (text::seeking(lang, permille / 10), Some(permille)),
        (Phase::Ready, None, None) | (Phase::Failed, _, _) => return Html::default(),
    };
    html! {
        <div class={classes!("loading", first.then_some("is-first"))}>
            <progress max="1000" value={permille.map(|permille| permille.to_string())} aria-label={words.clone()} />
            if first { <p>{ words }</p> }
        </div>
    }
}
