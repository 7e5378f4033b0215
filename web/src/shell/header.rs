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
    let title = use_select(crate::lessons::title);
    let theme = use_select(|state| state.prefs.theme);
    use_effect_with(title.clone(), |title| {
        let name = "Kernelscope";
        let text = if title.is_empty() { name.to_owned() } else { format!("{title} · {name}") };
        gloo::utils::document().set_title(&text);
    });
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
            <h1 class="brand">{ Sign::Brand.draw() }<span>{ "Kernelscope" }</span></h1>
            <p class="bar-title">
                { if title.is_empty() { text::untitled(lang).to_owned() } else { (*title).clone() } }
            </p>
            <nav class="bar-actions">
                <button type="button" class="quiet" onclick={on(Action::Overlay(Some(Overlay::Lessons)))}>
                    { text::lessons(lang) }
                </button>
                <button type="button" class="quiet bar-compare" onclick={on(Action::Show(Panel::Compare))}>
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
                    { text::other_language(lang) }
                </button>
                { icon(theme_name, Sign::Theme, on(Action::Theme(theme.next())), None) }
                if !narrow {
                    { icon(projector_name, Sign::Hall, on(Action::Projector(!prefs.0)), Some(prefs.0)) }
                    { icon(scenario_name, Sign::Left, on(Action::Fold(Column::Scenario)), Some(!prefs.1)) }
                    { icon(now_name, Sign::Right, on(Action::Fold(Column::Now)), Some(!prefs.2)) }
                }
                { icon(text::help(lang), Sign::Help, on(Action::Overlay(Some(Overlay::Help))), None) }
            </nav>
        </header>
    }
}

/// The signs of the bar, drawn rather than taken from a font that may not have them.
#[derive(Clone, Copy)]
enum Sign {
    Brand,
    Theme,
    Hall,
    Left,
    Right,
    Help,
}

impl Sign {
    fn draw(self) -> Html {
        let (outline, filled) = match self {
            Sign::Brand => ("", "M1 3h6v3H1zM5 7h5v3H5zM9 11h6v3H9zM11 1h1v14h-1z"),
            Sign::Theme => ("M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2z", "M8 2a6 6 0 0 1 0 12z"),
            Sign::Hall => ("M2 3h12v8H2zM8 11v2M5 14l3-2 3 2", ""),
            Sign::Left => ("M2 3h12v10H2z", "M2 3h4v10H2z"),
            Sign::Right => ("M2 3h12v10H2z", "M10 3h4v10h-4z"),
            Sign::Help => ("M5.5 6a2.5 2.5 0 1 1 3.6 2.2C8.3 8.7 8 9.2 8 10.3", "M7.2 12h1.6v1.6H7.2z"),
        };
        html! {
            <svg viewBox="0 0 16 16" class="sign" aria-hidden="true">
                <path class="sign-outline" d={outline} /><path class="sign-filled" d={filled} />
            </svg>
        }
    }
}

/// A button whose name is heard, and seen when the pointer rests on it.
fn icon(name: &'static str, sign: Sign, onclick: Callback<MouseEvent>, pressed: Option<bool>) -> Html {
    let pressed = pressed.map(|on| if on { "true" } else { "false" });
    html! {
        <button type="button" class="quiet icon" aria-label={name} aria-pressed={pressed} title={name} {onclick}>
            { sign.draw() }
        </button>
    }
}

/// What a frame is called, for those who do not see it.
#[component]
pub(super) fn EmbedTitle() -> Html {
    let title = use_select(crate::lessons::title);
    html! { <h1 class="sr-only">{ "Kernelscope " }{ (*title).clone() }</h1> }
}

/// What is left of the bar in a frame: what this is, and the way to the whole page with exactly this state.
#[component]
pub(super) fn EmbedBar() -> Html {
    let lang = use_lang();
    let store = use_store();
    let title = use_select(crate::lessons::title);
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
