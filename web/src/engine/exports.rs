//! What an engine offers to JavaScript: the same whichever of the two it is. Part of their programs, not of the library,
//! so that the page does not offer it too.

use std::cell::RefCell;

use kernelscope_web::engine::{self, Host};
use wasm_bindgen::prelude::*;

thread_local! {
    static HOST: RefCell<Host> = RefCell::default();
}

/// Serves the page from inside a worker. `worker_boot.js` calls it once everything is loaded.
#[wasm_bindgen]
pub fn serve() -> Result<(), JsValue> {
    engine::serve()
}

/// Serves the page it was loaded into, where no worker can start: takes in a request, or does a slice of work
/// for an empty message.
#[wasm_bindgen]
pub fn handle(message: &[u8]) -> Vec<u8> {
    HOST.with_borrow_mut(|host| host.handle(message))
}
