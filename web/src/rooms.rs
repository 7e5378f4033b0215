//! Rooms of the page, which are fetched when they are entered, so that time can be played after a short download.
//!
//! The frame of the page, the timeline and the transport are always there. Everything around them is in a room,
//! and a room is in a wing: a file of WebAssembly of its own, which `main.rs` cuts off. To add a room, add it to the
//! enumeration and to the function of its wing, and show it as `<Entrance room={…} key={…} />`. What only a wing
//! mentions is in its file; what others mention too stays with the page. `cargo xtask dist` says what each weighs.

use std::cell::RefCell;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::i18n::{shell as text, use_lang};
use crate::shell::{columns, panels, sheets};
use crate::timeline;

/// A room, by the wing that it is in. Each finds what it shows in the store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Room {
    /// What stands around the timeline at first.
    Desk(Desk),
    /// What looks at memory; only scenarios that have any lead there.
    Vault(Vault),
    /// What looks closer at the run, or runs the scenario in other ways.
    Study(Study),
    /// What lies in front of the page.
    Lobby(Lobby),
}

/// See [`Room::Desk`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Desk {
    /// The scenario with its editor, and the step of the lesson.
    Scenario,
    /// What just happened, and the chosen task.
    Now,
    /// The ready queues.
    Queues,
    /// The list of events.
    Events,
}

/// See [`Room::Study`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Study {
    /// The tasks and their figures.
    Tasks,
    /// The figures of the run.
    Metrics,
    /// The entry into the kernel.
    Kernel,
    /// The rules.
    Rules,
    /// The timeline as a table.
    Table,
    /// Several runs side by side.
    Compare,
    /// One parameter against a figure.
    Sweep,
}

/// See [`Room::Vault`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Vault {
    /// Page table, TLBs and frames.
    Memory,
    /// The path of an access.
    Access,
    /// The accesses in a row.
    References,
    /// Swap and free frames.
    Swap,
}

/// See [`Room::Lobby`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lobby {
    /// All lessons.
    Lessons,
    /// The keys.
    Keys,
    /// Everything by which work leaves the page.
    Share,
}

/// What is in a room.
pub type View = fn() -> Html;

/// What is in a room of the desk.
pub fn desk(room: Desk) -> View {
    match room {
        Desk::Scenario => columns::scenario,
        Desk::Now => columns::now,
        Desk::Queues => panels::queues,
        Desk::Events => panels::events,
    }
}

/// What is in a room of the study.
pub fn study(room: Study) -> View {
    match room {
        Study::Tasks => panels::tasks,
        Study::Metrics => panels::metrics,
        Study::Kernel => panels::kernel,
        Study::Rules => panels::rules,
        Study::Table => timeline::table_room,
        Study::Compare => panels::compare,
        Study::Sweep => panels::sweep,
    }
}

/// What is in a room of the vault.
pub fn vault(room: Vault) -> View {
    match room {
        Vault::Memory => panels::memory,
        Vault::Access => panels::access,
        Vault::References => panels::references,
        Vault::Swap => panels::swap,
    }
}

/// What is in a room of the lobby.
pub fn lobby(room: Lobby) -> View {
    match room {
        Lobby::Lessons => sheets::lessons,
        Lobby::Keys => sheets::keys,
        Lobby::Share => sheets::sharing,
    }
}

/// How a room is fetched; nothing comes where there is no connection.
pub type Fetch = fn(Room) -> Pin<Box<dyn Future<Output = Option<View>>>>;

/// What the page knows of its rooms.
#[derive(Clone)]
pub(crate) struct Rooms {
    fetch: Fetch,
    /// Those that have been entered open without a moment of waiting.
    open: Rc<RefCell<Vec<(Room, View)>>>,
}

impl PartialEq for Rooms {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.open, &other.open)
    }
}

impl Rooms {
    pub(crate) fn new(fetch: Fetch) -> Rooms {
        Rooms { fetch, open: Rc::default() }
    }

    fn open(&self, room: Room) -> Option<View> {
        self.open.borrow().iter().find(|(known, _)| *known == room).map(|(_, view)| *view)
    }

    async fn enter(&self, room: Room) -> Option<View> {
        let view = (self.fetch)(room).await?;
        self.open.borrow_mut().push((room, view));
        Some(view)
    }
}

/// See [`Entrance`].
#[derive(Clone, PartialEq, Properties)]
pub struct EntranceProps {
    /// The room behind it.
    pub room: Room,
}

#[derive(Clone, Copy)]
enum Door {
    Opening,
    Open(View),
    Stuck,
}

/// A room, fetched if need be. Give it the room as its key.
///
/// # Panics
/// Outside of the app, which provides the rooms.
#[component]
pub fn Entrance(props: &EntranceProps) -> Html {
    let lang = use_lang();
    let rooms = use_context::<Rooms>().expect("the app provides the rooms");
    let room = props.room;
    let door = use_state(|| rooms.open(room).map_or(Door::Opening, Door::Open));
    use_effect_with(matches!(*door, Door::Opening), {
        let door = door.setter();
        move |opening| {
            if *opening {
                spawn_local(async move {
                    door.set(rooms.enter(room).await.map_or(Door::Stuck, Door::Open));
                });
            }
        }
    });
    match *door {
        Door::Open(view) => view(),
        Door::Opening => html! { <p class="entrance" aria-busy="true">{ text::fetching(lang) }</p> },
        Door::Stuck => {
            let again = move |_: MouseEvent| door.set(Door::Opening);
            html! {
                <p class="entrance is-stuck" role="alert">
                    { text::not_fetched(lang) }{ " " }
                    <button type="button" onclick={again}>{ text::fetch_again(lang) }</button>
                </p>
            }
        }
    }
}
