//! Carries out what an update asks for.

use std::cell::RefCell;
use std::rc::Rc;

use gloo::timers::callback::Timeout;
use kernelscope_share::file;
use serde_json::Value;
use wasm_bindgen_futures::spawn_local;

use crate::engine::{BUILD, Client};
use crate::lessons::model::Lesson;
use crate::platform::{self, Chosen, Drawer};
use crate::sharing;
use crate::state::{Action, Effect, Kept, Notice, Origin, Shared};
use crate::store::Store;

/// Work is stored at the latest after this many milliseconds; a cursor that moves asks for it at every step.
const SOON: u32 = 250;

/// Carries out the effects of a store, for as long as the page lives.
pub(crate) fn carry_out(store: &Store, client: Client) {
    let keeper = Rc::new(Keeper { store: store.clone(), timer: RefCell::default() });
    platform::before_leaving({
        let keeper = Rc::clone(&keeper);
        move || keeper.keep_now()
    });
    let effects_of = store.clone();
    store.carry_out_with(move |effect| {
        let store = &effects_of;
        match effect {
            Effect::Ask(requests) => client.ask(&requests),
            Effect::FetchEngine(kind) => client.fetch(kind),
            Effect::Keep => keeper.keep_soon(),
            Effect::KeepShelf => keep(store, Drawer::Shelf, &Kept::written_all(&store.state().work.shelf)),
            Effect::KeepPrefs(prefs) => keep(store, Drawer::Prefs, &prefs.written()),
            Effect::Copy(text) => copy(store, text),
            Effect::CopyLink => copy(store, sharing::link(&platform::home(), &store.state().saved())),
            Effect::Download => download(store),
            Effect::PickFile => {
                let store = store.clone();
                platform::pick_file(move |chosen| store.dispatch(opened(chosen)));
            }
            Effect::Dress(dress) => platform::dress(dress),
            Effect::ForgetLink => platform::forget_link(),
            Effect::Fetch(id) => fetch(store, id),
            Effect::Reload => reload_once(store),
        }
    });
}

/// Stores the work, not at every step of a cursor that moves.
struct Keeper {
    store: Store,
    timer: RefCell<Option<Timeout>>,
}

impl Keeper {
    fn keep_soon(self: &Rc<Self>) {
        let mut timer = self.timer.borrow_mut();
        if timer.is_none() {
            let keeper = Rc::clone(self);
            *timer = Some(Timeout::new(SOON, move || keeper.keep_now()));
        }
    }

    fn keep_now(&self) {
        if self.timer.borrow_mut().take().is_some() {
            keep(&self.store, Drawer::Work, &self.store.state().saved().written());
        }
    }
}

fn keep(store: &Store, drawer: Drawer, value: &Value) {
    if !platform::store(drawer, &value.to_string()) {
        store.dispatch(Action::Notify(Notice::NothingStored));
    }
}

fn copy(store: &Store, text: String) {
    let store = store.clone();
    spawn_local(async move {
        let notice = if platform::copy(&text).await { Notice::Copied } else { Notice::CopyByHand(text) };
        store.dispatch(Action::Notify(notice));
    });
}

/// Fetches a lesson of this build, whatever a cache has of an older one.
fn fetch(store: &Store, id: &'static str) {
    let store = store.clone();
    spawn_local(async move {
        let text = platform::fetch(&format!("./lessons/{id}.json?v={BUILD}")).await;
        let lesson = text.and_then(|text| Lesson::read(&file::value(&text)?));
        store.dispatch(Action::Delivered(id, lesson.map(Shared::new)));
    });
}

fn download(store: &Store) {
    let state = store.state();
    let name = sharing::file_name(state.work.title());
    platform::download(&name, &file::to_text(state.work.document()));
}

/// What opening a file that was chosen or dropped comes to.
pub(crate) fn opened((name, text): Chosen) -> Action {
    let read = match text {
        Ok(text) => sharing::from_file(&text),
        Err(too_large) => Err(sharing::too_large(too_large.0)),
    };
    match read {
        Ok(saved) => Action::Open(Origin::File(name), Box::new(saved)),
        Err(problem) => Action::OpenFailed(Origin::File(name), problem),
    }
}

/// The page met the engine of another build: a new one was put on the server between the two. Once is enough; if
/// it still does not fit, the server is at fault and the page says so.
fn reload_once(store: &Store) {
    let again = platform::stored(Drawer::Reloaded).as_deref() == Some(BUILD);
    if !again && platform::store(Drawer::Reloaded, BUILD) {
        platform::reload();
    } else {
        store.dispatch(Action::Notify(Notice::EngineFailed(BUILD.to_owned())));
    }
}
