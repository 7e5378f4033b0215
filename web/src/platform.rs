//! What the browser gives and may refuse: a clock, storage, the clipboard, the address. Every function here works,
//! and does nothing, where it is refused.

use wasm_bindgen::JsCast;

use crate::state::Millis;

/// Milliseconds of the clock on the wall.
pub fn now() -> Millis {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a clock after 1970 is a positive number"
    )]
    let now = js_sys::Date::now() as Millis;
    now
}

/// Moves the keyboard's focus.
pub fn focus(element: &web_sys::Element) {
    if let Some(element) = element.dyn_ref::<web_sys::HtmlElement>() {
        // Refused for what cannot have it.
        let _ = element.focus();
    }
}
