//! The bar at the top: what this is, and the way to everything else.

use web_sys::HtmlAnchorElement;
use yew::prelude::*;

use crate::i18n::{sharing as share_text, shell as text, use_lang};
use crate::platform;
use crate::sharing;
use crate::state::{Action, Column, Overlay, Panel, ThemeChoice};
use crate::store::{use_dispatch, use_select, use_store};

/// The bar at the top.
#[component]
pub(super) fn Header() -> Html {
    let lang = use_lang();
    let act = use_dispatch();
    let title = use_select(|state| state.work.title().to_owned());
    let theme = use_select(|state| state.prefs.theme);
    let theme_name = match *theme {
        ThemeChoice::System => text::theme_system(lang),
        ThemeChoice::Light => text::theme_light(lang),
        ThemeChoice::Dark => text::theme_dark(lang),
    };
    let prefs = use_select(|state| {
        let prefs = &state.prefs;
        (prefs.projector, prefs.folded(Column::Scenario), prefs.folded(Column::Now))
    });
    let narrow = *use_select(|state| state.system.narrow);
    let projector_name = if prefs.0 { text::projector_off(lang) } else { text::projector(lang) };
    let scenario_name = if prefs.1 { text::unfold_scenario(lang) } else { text::fold_scenario(lang) };
    let now_name = if prefs.2 { text::unfold_now(lang) } else { text::fold_now(lang) };
    let on = |action: Action| act.reform(move |_: MouseEvent| action.clone());
    html! {
        <header class="bar">
            <h1 class="brand">{ "Kernelscope" }</h1>
            <p class="bar-title">
                { if title.is_empty() { text::untitled(lang).to_owned() } else { (*title).clone() } }
            </p>
            <nav class="bar-actions">
                <button type="button" class="quiet" onclick={on(Action::Overlay(Some(Overlay::Lessons)))}>
                    { text::lessons(lang) }
                </button>
                <button type="button" class="quiet" onclick={on(Action::Show(Panel::Compare))}>
                    { text::compare(lang) }
                </button>
                <button type="button" class="primary" onclick={on(Action::Overlay(Some(Overlay::Share)))}>
                    { text::share(lang) }
                </button>
                <button
                    type="button"
                    class="quiet"
                    lang={lang.other().tag()}
                    onclick={on(Action::Speak(lang.other()))}
                >
                    { lang.pick("한국어", "English") }
                </button>
                { icon(theme_name, "◐", on(Action::Theme(theme.next())), None) }
                if !narrow {
                    { icon(projector_name, "⛶", on(Action::Projector(!prefs.0)), Some(prefs.0)) }
                    { icon(scenario_name, "◧", on(Action::Fold(Column::Scenario)), Some(!prefs.1)) }
                    { icon(now_name, "◨", on(Action::Fold(Column::Now)), Some(!prefs.2)) }
                }
                { icon(text::help(lang), "?", on(Action::Overlay(Some(Overlay::Help))), None) }
            </nav>
        </header>
    }
}

/// A button whose name is heard, and seen when the pointer rests on it.
fn icon(
    name: &'static str,
    sign: &'static str,
    onclick: Callback<MouseEvent>,
    pressed: Option<bool>,
) -> Html {
    let pressed = pressed.map(|on| if on { "true" } else { "false" });
    html! {
        <button type="button" class="quiet icon" aria-label={name} aria-pressed={pressed} title={name} {onclick}>
            { sign }
        </button>
    }
}

/// What is left of the bar in a frame: what this is, and the way to the whole page with exactly this state.
#[component]
pub(super) fn EmbedBar() -> Html {
    let lang = use_lang();
    let store = use_store();
    let title = use_select(|state| state.work.title().to_owned());
    // The address is made at the last moment, so that it carries the moment that is on the screen.
    let onclick = Callback::from(move |event: MouseEvent| {
        let link = sharing::link(&platform::home(), &store.state().saved());
        event.target_unchecked_into::<HtmlAnchorElement>().set_href(&link);
    });
    html! {
        <footer class="embed-bar">
            <span class="soft">{ (*title).clone() }</span>
            <a href={platform::home()} target="_blank" rel="noopener" {onclick}>{ share_text::full_size(lang) }{ " ↗" }</a>
        </footer>
    }
}
