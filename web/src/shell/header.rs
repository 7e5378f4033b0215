//! The bar at the top: what this is, and the way to everything else.

use yew::prelude::*;

use crate::i18n::{shell as text, use_lang};
use crate::state::{Action, Overlay, Panel, ThemeChoice};
use crate::store::{use_dispatch, use_select};

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
                <button
                    type="button"
                    class="quiet icon"
                    aria-label={theme_name}
                    title={theme_name}
                    onclick={on(Action::Theme(theme.next()))}
                >
                    { "◐" }
                </button>
                <button
                    type="button"
                    class="quiet icon"
                    aria-label={text::help(lang)}
                    title={text::help(lang)}
                    onclick={on(Action::Overlay(Some(Overlay::Help)))}
                >
                    { "?" }
                </button>
            </nav>
        </header>
    }
}
