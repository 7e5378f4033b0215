//! The one store: `dispatch` runs the pure update, then its effects; components select what they
//! show, with [`use_select`], and are rendered again when that part changes and not otherwise.

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

use yew::prelude::*;

use crate::state::{Action, Effect, State, update};

/// A handle of the store. All handles are of the one store and equal.
#[derive(Clone)]
pub struct Store(Rc<Inner>);

type Listener = Rc<dyn Fn()>;

struct Inner {
    state: RefCell<Rc<State>>,
    queue: RefCell<VecDeque<Action>>,
    /// Whether an action of the queue is being worked on.
    busy: Cell<bool>,
    listeners: RefCell<Vec<(u64, Listener)>>,
    /// Carries out effects.
    run: RefCell<Rc<dyn Fn(Effect)>>,
}

impl PartialEq for Store {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Store {
    /// A store with this state, whose effects are carried out by `run`.
    pub fn new(state: State) -> Store {
        Store(Rc::new(Inner {
            state: RefCell::new(Rc::new(state)),
            queue: RefCell::default(),
            busy: Cell::new(false),
            listeners: RefCell::default(),
            run: RefCell::new(Rc::new(|_| {})),
        }))
    }

    /// Effects are carried out by `run` from now on.
    pub fn carry_out_with(&self, run: impl Fn(Effect) + 'static) {
        *self.0.run.borrow_mut() = Rc::new(run);
    }

    /// Carries out these effects.
    pub fn carry_out(&self, effects: Vec<Effect>) {
        let run = Rc::clone(&self.0.run.borrow());
        effects.into_iter().for_each(|effect| run(effect));
    }

    /// The state as it is.
    pub fn state(&self) -> Rc<State> {
        Rc::clone(&self.0.state.borrow())
    }

    /// The state as it was last, even if the store is in the middle of something; for the end of the world.
    pub fn last_state(&self) -> Option<Rc<State>> {
        self.0.state.try_borrow().ok().map(|state| Rc::clone(&state))
    }

    /// Something happened. What an effect dispatches comes after everything that was dispatched before.
    pub fn dispatch(&self, action: Action) {
        self.0.queue.borrow_mut().push_back(action);
        if self.0.busy.replace(true) {
            return;
        }
        while let Some(action) = self.next() {
            let state = State::clone(&self.0.state.borrow());
            let (state, effects) = update(state, action, crate::platform::now());
            *self.0.state.borrow_mut() = Rc::new(state);
            self.carry_out(effects);
        }
        self.0.busy.set(false);
        let listeners: Vec<_> =
            self.0.listeners.borrow().iter().map(|(_, listener)| Rc::clone(listener)).collect();
        listeners.iter().for_each(|listener| listener());
    }

    fn next(&self) -> Option<Action> {
        self.0.queue.borrow_mut().pop_front()
    }

    fn subscribe(&self, listener: impl Fn() + 'static) -> u64 {
        let mut listeners = self.0.listeners.borrow_mut();
        let id = listeners.last().map_or(0, |(id, _)| id + 1);
        listeners.push((id, Rc::new(listener)));
        id
    }

    fn unsubscribe(&self, id: u64) {
        self.0.listeners.borrow_mut().retain(|(other, _)| *other != id);
    }
}

/// The store that this component lives under.
///
/// # Panics
/// Outside of the app, which provides it.
#[hook]
pub fn use_store() -> Store {
    use_context::<Store>().expect("the app provides the store")
}

/// What tells the store that something happened.
#[hook]
pub fn use_dispatch() -> Callback<Action> {
    let store = use_store();
    use_callback(store, |action, store| store.dispatch(action))
}

/// A part of the state. The component is rendered again when the part is no longer equal.
///
/// # Panics
/// If a component does not select the same kind of thing every time, which the order of hooks forbids.
#[hook]
pub fn use_select<T: PartialEq + 'static>(select: fn(&State) -> T) -> Rc<T> {
    let part = use_part(Rc::new(move |state: &State, shown: Option<&dyn Any>| {
        let part = select(state);
        let is_same = shown.and_then(<dyn Any>::downcast_ref) == Some(&part);
        (!is_same).then(|| Rc::new(part) as Part)
    }));
    part.downcast().expect("a component selects the same kind of thing every time")
}

/// A part of the state, of whatever type: so the hook is compiled once and not for every type.
type Part = Rc<dyn Any>;

/// A part, if it is no longer equal to the one that is shown.
type Change = Rc<dyn Fn(&State, Option<&dyn Any>) -> Option<Part>>;

#[hook]
fn use_part(change: Change) -> Part {
    let store = use_store();
    let render = use_force_update();
    let shown = use_mut_ref(|| None::<Part>);
    let before = shown.borrow().clone();
    let part = change(&store.state(), before.as_deref()).or(before);
    shown.borrow_mut().clone_from(&part);
    use_effect_with(store, move |store| {
        let check = {
            let store = store.clone();
            move || {
                if change(&store.state(), shown.borrow().as_deref()).is_some() {
                    render.force_update();
                }
            }
        };
        // It may have changed between the rendering and now.
        check();
        let (store, id) = (store.clone(), store.subscribe(check));
        move || store.unsubscribe(id)
    });
    part.expect("a part that nothing is shown of has changed")
}
