//! The page's side of the wire: starts the engine, sends requests, hears answers, and starts another engine when
//! one dies. What to load into the new one is the business of the state.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo::timers::callback::{Interval, Timeout};
use js_sys::Uint8Array;
use kernelscope_session::protocol::Request;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::{ErrorEvent, Event, MessageEvent, Worker, WorkerOptions, WorkerType};
use yew::Callback;

use super::inline::Inline;
use super::wire::to_bytes;
use super::{BUILD, FromEngine, Report};

/// An engine that owes an answer speaks at least this often, in milliseconds: a slice of work takes a few.
const SILENCE: f64 = 6_000.0;
/// How often its silence is measured, in milliseconds.
const PULSE: u32 = 1_000;

/// The page's side of the wire.
#[derive(Clone)]
pub struct Client(Rc<Inner>);

struct Inner {
    place: RefCell<Place>,
    report: Callback<Report>,
    /// Whether it owes an answer.
    owes: Cell<bool>,
    /// When it was last heard.
    heard: Cell<f64>,
    watch: RefCell<Option<Interval>>,
}

/// Where the engine runs.
enum Place {
    Nowhere,
    Worker { worker: Worker, ready: bool, _listeners: Listeners },
    Page(Inline),
}

type Listeners = (Closure<dyn FnMut(MessageEvent)>, Closure<dyn FnMut(Event)>);

impl Client {
    /// Starts the engine. `report` hears everything from then on.
    pub fn start(report: Callback<Report>) -> Client {
        let client = Client(Rc::new(Inner {
            place: RefCell::new(Place::Nowhere),
            report,
            owes: Cell::new(false),
            heard: Cell::new(0.0),
            watch: RefCell::new(None),
        }));
        let weak = Rc::downgrade(&client.0);
        *client.0.watch.borrow_mut() = Some(Interval::new(PULSE, move || {
            if let Some(inner) = weak.upgrade() {
                Client(inner).check_pulse();
            }
        }));
        client.start_worker();
        client
    }

    /// Sends requests in one message. Before the engine is ready there is nobody to send it to; the state sends it then.
    pub fn ask(&self, requests: &[Request]) {
        let bytes = to_bytes(requests);
        self.0.heard.set(now());
        self.0.owes.set(true);
        let failed = match &*self.0.place.borrow() {
            Place::Worker { worker, ready: true, .. } => {
                worker.post_message(&Uint8Array::from(bytes.as_slice())).err()
            }
            Place::Page(inline) => inline.ask(&bytes).err(),
            Place::Worker { .. } | Place::Nowhere => None,
        };
        if let Some(error) = failed {
            self.died(&text_of(&error));
        } else if let Place::Page(inline) = &*self.0.place.borrow() {
            self.work_on_page(inline.clone());
        }
    }

    fn start_worker(&self) {
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        let Ok(worker) = Worker::new_with_options(&format!("./worker_boot.js?v={BUILD}"), &options) else {
            self.start_on_page();
            return;
        };
        let on_message = {
            let client = self.clone();
            Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
                client.receive(&Uint8Array::new(&event.data()).to_vec());
            })
        };
        let on_error = {
            let client = self.clone();
            Closure::<dyn FnMut(Event)>::new(move |event: Event| {
                event.prevent_default();
                let reason = event.dyn_ref::<ErrorEvent>().map(ErrorEvent::message).unwrap_or_default();
                client.worker_failed(&reason);
            })
        };
        worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        worker.set_onmessageerror(Some(on_error.as_ref().unchecked_ref()));
        *self.0.place.borrow_mut() =
            Place::Worker { worker, ready: false, _listeners: (on_message, on_error) };
    }

    /// A worker that never became ready cannot start here, so the page does its work; one that was ready died.
    fn worker_failed(&self, reason: &str) {
        match *self.0.place.borrow() {
            Place::Worker { ready: true, .. } => self.died_later(reason.to_owned()),
            _ => {
                let client = self.clone();
                Timeout::new(0, move || client.start_on_page()).forget();
            }
        }
    }

    fn start_on_page(&self) {
        self.end();
        let client = self.clone();
        spawn_local(async move {
            match Inline::start().await {
                Ok(inline) => {
                    *client.0.place.borrow_mut() = Place::Page(inline);
                    client.0.report.emit(Report::Ready);
                }
                Err(error) => client.0.report.emit(Report::Died(text_of(&error))),
            }
        });
    }

    fn receive(&self, bytes: &[u8]) {
        self.0.heard.set(now());
        match postcard::from_bytes(bytes) {
            Ok(FromEngine::Ready { build, protocol }) if FromEngine::is_ours(&build, protocol) => {
                if let Place::Worker { ready, .. } = &mut *self.0.place.borrow_mut() {
                    *ready = true;
                }
                self.0.owes.set(false);
                self.0.report.emit(Report::Ready);
            }
            Ok(FromEngine::Ready { .. }) | Err(_) => self.0.report.emit(Report::OtherBuild),
            Ok(FromEngine::Slice { busy, replies }) => self.slice(busy, replies),
        }
    }

    fn slice(&self, busy: bool, replies: Vec<kernelscope_session::protocol::Reply>) {
        self.0.owes.set(busy);
        for reply in replies {
            self.0.report.emit(Report::Reply(Box::new(reply)));
        }
    }

    /// Does the engine's work between the page's own, a slice a turn.
    fn work_on_page(&self, inline: Inline) {
        let client = self.clone();
        Timeout::new(0, move || match inline.work() {
            Ok(FromEngine::Slice { busy, replies }) => {
                client.slice(busy, replies);
                if busy {
                    client.work_on_page(inline);
                }
            }
            Ok(FromEngine::Ready { .. }) => {}
            Err(error) => client.died(&text_of(&error)),
        })
        .forget();
    }

    fn check_pulse(&self) {
        let in_worker = matches!(*self.0.place.borrow(), Place::Worker { ready: true, .. });
        if in_worker && self.0.owes.get() && now() - self.0.heard.get() > SILENCE {
            self.died("no answer");
        }
    }

    /// As [`Client::died`], when the worker's own listener has returned: ending a worker drops its listeners.
    fn died_later(&self, reason: String) {
        let client = self.clone();
        Timeout::new(0, move || client.died(&reason)).forget();
    }

    fn died(&self, reason: &str) {
        self.end();
        self.0.report.emit(Report::Died(reason.to_owned()));
        self.start_worker();
    }

    fn end(&self) {
        self.0.owes.set(false);
        if let Place::Worker { worker, .. } = self.0.place.replace(Place::Nowhere) {
            worker.set_onmessage(None);
            worker.set_onerror(None);
            worker.set_onmessageerror(None);
            worker.terminate();
        }
    }
}

fn now() -> f64 {
    js_sys::Date::now()
}

fn text_of(error: &JsValue) -> String {
    error.dyn_ref::<js_sys::Error>().map_or_else(|| format!("{error:?}"), |error| error.message().into())
}
