//! The page as a whole: the store, its effects, and what every component may ask for: language and theme.

use yew::prelude::*;

use crate::engine::Client;
use crate::i18n::Lang;
use crate::keys::KeyListener;
use crate::platform::{self, Drawer};
use crate::rooms::{Fetch, Rooms};
use crate::sharing::{
    self,
    address::{Address, link_in},
};
use crate::shell::Shell;
use crate::state::{Action, Opening, Origin, Theme};
use crate::store::{Store, use_select};
use crate::transport::playhead::Playhead;
use crate::{effects, panic};

/// Starts the page in the place that `index.html` has for it; `fetch` brings its rooms.
///
/// # Panics
/// If `index.html` has no such place.
pub fn start(fetch: Fetch) {
    let place = gloo::utils::document().get_element_by_id("app").expect("index.html has a place for the app");
    let (query, fragment) = platform::address();
    let opening = Opening {
        address: Address::read(query.iter().map(|(name, value)| (name.as_str(), value.as_str())), &fragment),
        work: platform::stored(Drawer::Work),
        shelf: platform::stored(Drawer::Shelf),
        prefs: platform::stored(Drawer::Prefs),
        system: platform::system(),
    };
    let (state, first) = opening.begin();
    let store = Store::new(state);
    panic::guard(store.clone());
    let client = Client::start(store.state().engine.kind, {
        let store = store.clone();
        Callback::from(move |report| store.dispatch(Action::Engine(report)))
    });
    effects::carry_out(&store, client);
    store.carry_out(first);
    platform::watch_system({
        let store = store.clone();
        move |system| store.dispatch(Action::System(system))
    });
    platform::watch_fragment({
        let store = store.clone();
        move || {
            let (_, fragment) = platform::address();
            if let Some(link) = link_in(&fragment) {
                store.dispatch(match sharing::from_link(link) {
                    Ok(saved) => Action::Open(Origin::Link, Box::new(saved)),
                    Err(problem) => Action::OpenFailed(Origin::Link, problem),
                });
            }
        }
    });
    yew::Renderer::<App>::with_root_and_props(place, AppProps { store, rooms: Rooms::new(fetch) }).render();
}

/// See [`App`].
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct AppProps {
    /// The store.
    pub(crate) store: Store,
    /// The rooms.
    pub(crate) rooms: Rooms,
}

/// The page.
#[component]
pub(crate) fn App(props: &AppProps) -> Html {
    let playhead = use_memo((), |()| Playhead::default());
    html! {
        <ContextProvider<Store> context={props.store.clone()}>
            <ContextProvider<Rooms> context={props.rooms.clone()}>
                <ContextProvider<Playhead> context={(*playhead).clone()}>
                    <Dressed />
                    <KeyListener />
                </ContextProvider<Playhead>>
            </ContextProvider<Rooms>>
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
