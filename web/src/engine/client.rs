//! The page's side of the wire: starts an engine, sends requests, hears answers, and starts another engine when
//! one dies or a fuller one is wanted, which takes over once it listens: until then nothing is lost. What to load into
//! the new one is the business of the state.

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
use super::{BUILD, FromEngine, Kind, Report};

/// An engine that owes an answer speaks at least this often, in milliseconds: a slice of work takes a few.
const SILENCE: f64 = 6_000.0;
/// How often its silence is measured, in milliseconds.
const PULSE: u32 = 1_000;

/// The page's side of the wire.
#[derive(Clone)]
pub struct Client(Rc<Inner>);

struct Inner {
    /// Where the engine runs that answers …
    place: RefCell<Place>,
    /// … which is this one, or is to be.
    kind: Cell<Kind>,
    /// The worker that is being started.
    coming: RefCell<Option<Coming>>,
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
    Worker(Listened),
    Page(Inline),
}

/// A worker that does not listen yet.
struct Coming {
    kind: Kind,
    worker: Listened,
}

/// A worker that is listened to.
struct Listened {
    worker: Worker,
    _on_message: Closure<dyn FnMut(MessageEvent)>,
    _on_error: Closure<dyn FnMut(Event)>,
}

impl Drop for Listened {
    fn drop(&mut self) {
        self.worker.set_onmessage(None);
        self.worker.set_onerror(None);
        self.worker.set_onmessageerror(None);
        self.worker.terminate();
    }
}

impl Client {
    /// Starts an engine. `report` hears everything from then on.
    pub fn start(kind: Kind, report: Callback<Report>) -> Client {
        let client = Client(Rc::new(Inner {
            place: RefCell::new(Place::Nowhere),
            kind: Cell::new(kind),
            coming: RefCell::new(None),
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
        client.fetch(kind);
        client
    }

    /// Sends requests in one message. Before an engine is ready there is nobody to send it to; the state sends it then.
    pub fn ask(&self, requests: &[Request]) {
        let bytes = to_bytes(requests);
        self.0.heard.set(now());
        self.0.owes.set(true);
        let failed = match &*self.0.place.borrow() {
            Place::Worker(it) => it.worker.post_message(&Uint8Array::from(bytes.as_slice())).err(),
            Place::Page(inline) => inline.ask(&bytes).err(),
            Place::Nowhere => None,
        };
        if let Some(error) = failed {
            self.died(&text_of(&error));
        } else if let Place::Page(inline) = &*self.0.place.borrow() {
            self.work_on_page(inline.clone());
        }
    }

    /// Starts an engine, which takes over from the present one once it listens.
    pub fn fetch(&self, kind: Kind) {
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        let address = format!("./worker_boot.js?v={BUILD}#{}", kind.program());
        let Ok(worker) = Worker::new_with_options(&address, &options) else {
            self.start_on_page(kind);
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
                client.worker_failed(&event);
            })
        };
        worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        worker.set_onmessageerror(Some(on_error.as_ref().unchecked_ref()));
        let worker = Listened { worker, _on_message: on_message, _on_error: on_error };
        *self.0.coming.borrow_mut() = Some(Coming { kind, worker });
    }

    /// A worker that never became ready cannot start here, so the page does its work; one that was ready died. Later,
    /// when its listener has returned: ending a worker drops its listeners.
    fn worker_failed(&self, event: &Event) {
        let client = self.clone();
        let reason = event.dyn_ref::<ErrorEvent>().map(ErrorEvent::message).unwrap_or_default();
        let of = event.target();
        Timeout::new(0, move || {
            let is_coming = |coming: &mut Coming| of.as_ref() == Some(coming.worker.worker.as_ref());
            let failed = client.0.coming.borrow_mut().take_if(is_coming);
            match failed {
                Some(coming) => client.start_on_page(coming.kind),
                None => client.died(&reason),
            }
        })
        .forget();
    }

    fn start_on_page(&self, kind: Kind) {
        let client = self.clone();
        spawn_local(async move {
            match Inline::start(kind).await {
                Ok(inline) => client.take_over(kind, Place::Page(inline)),
                Err(error) => client.0.report.emit(Report::Missing(text_of(&error))),
            }
        });
    }

    fn take_over(&self, kind: Kind, place: Place) {
        drop(self.0.place.replace(place));
        self.0.kind.set(kind);
        self.0.owes.set(false);
        self.0.report.emit(Report::Ready(kind));
    }

    fn receive(&self, bytes: &[u8]) {
        self.0.heard.set(now());
        match postcard::from_bytes(bytes) {
            Ok(FromEngine::Ready { build, protocol }) if FromEngine::is_ours(&build, protocol) => {
                let ready = self.0.coming.take();
                if let Some(Coming { kind, worker }) = ready {
                    self.take_over(kind, Place::Worker(worker));
                }
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
        let in_worker = matches!(*self.0.place.borrow(), Place::Worker(_));
        if in_worker && self.0.owes.get() && now() - self.0.heard.get() > SILENCE {
            self.died("no answer");
        }
    }

    fn died(&self, reason: &str) {
        self.0.owes.set(false);
        drop(self.0.place.replace(Place::Nowhere));
        self.0.report.emit(Report::Died(reason.to_owned()));
        self.fetch(self.0.kind.get());
    }
}

fn now() -> f64 {
    js_sys::Date::now()
}

fn text_of(error: &JsValue) -> String {
    error.dyn_ref::<js_sys::Error>().map_or_else(|| format!("{error:?}"), |error| error.message().into())
}
