//! The worker: the engine behind messages.

use wasm_bindgen::prelude::*;
use web_sys::DedicatedWorkerGlobalScope;

/// Which build this is: the page and its worker must come from the same one.
const BUILD: &str = match option_env!("KERNELSCOPE_BUILD") {
    Some(build) => build,
    None => "dev",
};

/// Says that the engine is ready. `worker_boot.js` calls it once everything is loaded.
#[wasm_bindgen]
pub fn serve() -> Result<(), JsValue> {
    let scope: DedicatedWorkerGlobalScope = js_sys::global().dyn_into()?;
    scope.post_message(&BUILD.into())
}

fn main() {}
