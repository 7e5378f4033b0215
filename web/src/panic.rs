//! What is left when the page itself has a bug.
//!
//! A panic ends this WebAssembly instance: no listener of it may run again. So the hook stores the work while it
//! still can and puts a card on the screen that needs no program: links to load the page again, with the work or
//! with a lesson, and the scenario as a file where storage is denied.

use std::cell::RefCell;
use std::panic::PanicHookInfo;

use wasm_bindgen::prelude::*;
use web_sys::Element;

use crate::i18n::{Lang, shell as text};
use crate::platform::{self, Drawer};
use crate::state::State;
use crate::store::Store;

thread_local! {
    /// The store that the hook saves from. Hooks may be called on any thread, so this cannot be in the hook.
    static STORE: RefCell<Option<Store>> = const { RefCell::new(None) };
}

/// Sets the hook.
pub(crate) fn guard(store: Store) {
    STORE.set(Some(store));
    // Through Yew, which would put its own in the place of one that it does not know of.
    yew::set_custom_panic_hook(Box::new(|info| {
        let state =
            STORE.with(|store| store.try_borrow().ok().and_then(|store| store.as_ref()?.last_state()));
        // Whatever fails here has failed already.
        let _ = last_words(state.as_deref(), info);
    }));
}

fn last_words(state: Option<&State>, info: &PanicHookInfo<'_>) -> Result<(), JsValue> {
    web_sys::console::error_1(&info.to_string().into());
    let lang = state.map_or(Lang::En, State::lang);
    let mut kept = false;
    let mut scenario = String::new();
    if let Some(state) = state {
        scenario = kernelscope_share::file::to_text(state.work.document());
        kept = state.embed.is_none() && platform::store(Drawer::Work, &state.saved().written().to_string());
    }

    let card = gloo::utils::document().create_element("main")?;
    card.set_class_name("crash");
    add(&card, "h1", "", text::crashed(lang))?;
    add(&card, "p", "", if kept { text::crashed_kept(lang) } else { text::crashed_not_kept(lang) })?;
    let actions = add(&card, "p", "crash-actions", "")?;
    // A link to a fragment of the page that is open would not load it again.
    let here = platform::here();
    let again = here.split_once('#').map_or(here.as_str(), |(page, _)| page);
    link(&actions, "button primary", text::crashed_reload(lang), again)?;
    link(&actions, "button", text::crashed_lesson(lang), &format!("{}?lesson=first", platform::home()))?;
    let data = format!("data:application/json,{}", String::from(js_sys::encode_uri_component(&scenario)));
    link(&actions, "button", text::crashed_save(lang), &data)?.set_attribute("download", "scenario.json")?;
    add(&card, "pre", "", &info.to_string())?;
    if let Some(body) = gloo::utils::document().body() {
        body.replace_children_with_node_1(&card);
    }
    Ok(())
}

fn add(parent: &Element, name: &str, class: &str, content: &str) -> Result<Element, JsValue> {
    let element = gloo::utils::document().create_element(name)?;
    element.set_class_name(class);
    element.set_text_content(Some(content));
    parent.append_with_node_1(&element)?;
    Ok(element)
}

fn link(parent: &Element, class: &str, content: &str, address: &str) -> Result<Element, JsValue> {
    let link = add(parent, "a", class, content)?;
    link.set_attribute("href", address)?;
    Ok(link)
}
