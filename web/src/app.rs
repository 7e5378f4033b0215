//! The page as a whole: the store, its effects, and what every component may ask for: language and theme.

use yew::prelude::*;

use crate::engine::Client;
use crate::i18n::Lang;
use crate::shell::Shell;
use crate::state::{Action, Effect, State, Theme};
use crate::store::{Store, use_select};

/// Starts the page in the place that `index.html` has for it.
///
/// # Panics
/// If `index.html` has no such place.
pub fn start() {
    let place = gloo::utils::document().get_element_by_id("app").expect("index.html has a place for the app");
    let store = Store::new(State::default());
    let client = Client::start({
        let store = store.clone();
        Callback::from(move |report| store.dispatch(Action::Engine(report)))
    });
    store.carry_out_with(move |effect| {
        if let Effect::Ask(request) = effect {
            client.ask(&request);
        }
    });
    yew::Renderer::<App>::with_root_and_props(place, AppProps { store }).render();
}

/// See [`App`].
#[derive(Clone, PartialEq, Properties)]
pub struct AppProps {
    /// The store.
    pub store: Store,
}

/// The page.
#[component]
pub fn App(props: &AppProps) -> Html {
    html! {
        <ContextProvider<Store> context={props.store.clone()}>
            <Dressed />
        </ContextProvider<Store>>
    }
}

/// The page in its language and its theme.
#[component]
fn Dressed() -> Html {
    let dress = use_select(|state| (state.lang(), state.theme()));
    html! {
        <ContextProvider<Lang> context={dress.0}>
            <ContextProvider<Theme> context={dress.1}>
                <Shell />
            </ContextProvider<Theme>>
        </ContextProvider<Lang>>
    }
}

/// The theme that the page is in.
#[hook]
pub fn use_theme() -> Theme {
    use_context().unwrap_or_default()
}
