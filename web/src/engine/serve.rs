//! The worker's side of the wire: messages in, slices of work between them, answers out.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::Uint8Array;
use wasm_bindgen::prelude::*;
use web_sys::{DedicatedWorkerGlobalScope, MessageChannel, MessageEvent};

use super::{FromEngine, Host};

/// Serves the page from inside a worker: says that it listens, then answers.
///
/// A message is only taken in; the work is done in turns of its own, asked for through a message channel. So
/// whatever the page sent meanwhile is known before the next slice, and the latest seek wins.
pub fn serve() -> Result<(), JsValue> {
    let scope: DedicatedWorkerGlobalScope = js_sys::global().dyn_into()?;
    let host = Rc::new(RefCell::new(Host::default()));
    let turns = Rc::new(MessageChannel::new()?);
    let waiting = Rc::new(Cell::new(false));
    let ask_for_turn = {
        let (turns, waiting) = (Rc::clone(&turns), Rc::clone(&waiting));
        move || {
            if !waiting.replace(true)
                && let Err(error) = turns.port2().post_message(&JsValue::NULL)
            {
                wasm_bindgen::throw_val(error);
            }
        }
    };

    let on_turn = {
        let (host, scope, ask_for_turn) = (Rc::clone(&host), scope.clone(), ask_for_turn.clone());
        Closure::<dyn FnMut(MessageEvent)>::new(move |_| {
            waiting.set(false);
            let slice = host.borrow_mut().work();
            let busy = matches!(slice, FromEngine::Slice { busy: true, .. });
            send(&scope, &slice);
            if busy {
                ask_for_turn();
            }
        })
    };
    turns.port1().set_onmessage(Some(on_turn.as_ref().unchecked_ref()));
    on_turn.forget();

    let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        host.borrow_mut().ask(&Uint8Array::new(&event.data()).to_vec());
        ask_for_turn();
    });
    scope.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    on_message.forget();

    send(&scope, &FromEngine::ready());
    Ok(())
}

fn send(scope: &DedicatedWorkerGlobalScope, message: &FromEngine) {
    let bytes = Uint8Array::from(message.to_bytes().as_slice());
    if let Err(error) = scope.post_message(&bytes) {
        wasm_bindgen::throw_val(error);
    }
}
