//! Listening: one listener on the window, which tells a press to the table and does what comes of it.

use gloo::events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent};
use yew::prelude::*;

use super::{Command, Focus, Press, With, actions, command};
use crate::store::use_store;
use crate::transport::FIND;

/// Listens for keys as long as it is there. Shows nothing.
#[component]
pub fn KeyListener() -> Html {
    let store = use_store();
    use_effect_with(store, |store| {
        let store = store.clone();
        let options = EventListenerOptions::enable_prevent_default();
        let listener =
            EventListener::new_with_options(&gloo::utils::window(), "keydown", options, move |event| {
                let Some(event) = event.dyn_ref::<KeyboardEvent>() else { return };
                if event.default_prevented() {
                    return;
                }
                let state = store.state();
                let Some(command) = command(&press(event), state.prefs.character_keys) else { return };
                // While something lies in front of the page, only what closes it acts.
                if state.overlay.is_some() && command != Command::Help {
                    return;
                }
                event.prevent_default();
                if command == Command::Find {
                    focus(FIND);
                }
                actions(command, &state).into_iter().for_each(|action| store.dispatch(action));
            });
        move || drop(listener)
    });
    Html::default()
}

/// A press, as the table wants it.
fn press(event: &KeyboardEvent) -> Press {
    let control = event.ctrl_key() || event.meta_key();
    let with = match (event.alt_key(), control, event.shift_key()) {
        (true, _, _) => None,
        (false, false, false) => Some(With::Nothing),
        (false, false, true) => Some(With::Shift),
        (false, true, false) => Some(With::Control),
        (false, true, true) => Some(With::ControlShift),
    };
    let focus = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok())
        .map_or(Focus::Page, |element| focused(&element));
    Press { code: event.code(), with, again: event.repeat(), focus }
}

/// What an element that has the focus wants keys for.
fn focused(element: &Element) -> Focus {
    let role = element.get_attribute("role");
    match role.as_deref() {
        Some("tab" | "radio" | "option" | "menuitem" | "treeitem" | "slider" | "gridcell") => {
            return Focus::Walk;
        }
        Some("textbox" | "combobox" | "spinbutton") => return Focus::Field,
        _ => {}
    }
    match element.tag_name().as_str() {
        "INPUT" => match element.get_attribute("type").as_deref() {
            Some("checkbox" | "button" | "submit") => Focus::Button,
            Some("radio" | "range") => Focus::Walk,
            _ => Focus::Field,
        },
        "TEXTAREA" | "SELECT" => Focus::Field,
        "BUTTON" | "SUMMARY" | "A" => Focus::Button,
        _ if element.dyn_ref::<HtmlElement>().is_some_and(HtmlElement::is_content_editable) => Focus::Field,
        _ => Focus::Page,
    }
}

/// Gives the element of that id the focus, if it is there.
fn focus(id: &str) {
    let element = gloo::utils::document()
        .get_element_by_id(id)
        .and_then(|element| element.dyn_into::<HtmlElement>().ok());
    if let Some(element) = element {
        // An element that cannot have the focus keeps it where it is.
        let _ = element.focus();
    }
}
