//! The engine on the page itself, where no worker can start: a worker's own module, called directly.

use js_sys::{Function, Uint8Array};
use wasm_bindgen::prelude::*;

use super::{FromEngine, Kind};

#[wasm_bindgen(module = "/src/engine/inline.js")]
extern "C" {
    #[wasm_bindgen(js_name = loadEngine, catch)]
    async fn load_engine(name: &str, version: &str) -> Result<JsValue, JsValue>;
}

/// A worker's module, loaded into the page.
#[derive(Clone)]
pub(super) struct Inline(Function);

impl Inline {
    pub(super) async fn start(kind: Kind) -> Result<Inline, JsValue> {
        Ok(Inline(load_engine(kind.program(), super::BUILD).await?.dyn_into()?))
    }

    /// Takes in a request.
    pub(super) fn ask(&self, request: &[u8]) -> Result<(), JsValue> {
        self.0.call1(&JsValue::NULL, &Uint8Array::from(request)).map(drop)
    }

    /// Does a slice of what there is to do.
    pub(super) fn work(&self) -> Result<FromEngine, JsValue> {
        let bytes = self.0.call1(&JsValue::NULL, &Uint8Array::new_with_length(0))?;
        postcard::from_bytes(&Uint8Array::new(&bytes).to_vec()).map_err(|error| error.to_string().into())
    }
}
