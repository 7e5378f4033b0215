//! The find box: a field with a list of what may be meant, walked with the arrows.

use kernelscope_session::protocol::RunId;
use yew::prelude::*;

use super::find::{Found, Place, find};
use crate::i18n::{transport as text, use_lang};
use crate::state::{Action, Run, Selection, Shared};

/// The id of the field, for the key that goes there.
pub const FIND: &str = "find";
const LIST: &str = "found";

/// See [`FindBox`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct FindBoxProps {
    /// The run in which it is looked for.
    pub(super) run: Option<Shared<Run>>,
    /// What is chosen.
    pub(super) selection: Selection,
    /// What tells the page that something happened.
    pub(super) act: Callback<Action>,
}

/// The find box.
#[component]
pub(super) fn FindBox(props: &FindBoxProps) -> Html {
    let lang = use_lang();
    let asked = use_state_eq(String::new);
    let at = use_state_eq(|| 0usize);
    let open = use_state_eq(|| false);
    let field = use_node_ref();
    let found: Vec<Found> = props.run.as_ref().map_or_else(Vec::new, |run| {
        let place = Place { tasks: &run.overview.tasks, now: run.snapshot.now, ruler: run.ruler, lang };
        find(&asked, place)
    });
    let go = {
        let (act, open, selection) = (props.act.clone(), open.setter(), props.selection);
        Callback::from(move |found: Found| {
            open.set(false);
            act.emit(Action::Play(false));
            if found.task.is_some() {
                act.emit(Action::Select(Selection { task: found.task, lane: None, ..selection }));
            }
            act.emit(Action::Seek(RunId(selection.run), found.target));
        })
    };
    let oninput = {
        let (asked, at, open) = (asked.setter(), at.setter(), open.setter());
        Callback::from(move |event: InputEvent| {
            asked.set(event.target_unchecked_into::<web_sys::HtmlInputElement>().value());
            at.set(0);
            open.set(true);
        })
    };
    let onkeydown = {
        let (found, go, at, open, asked) =
            (found.clone(), go.clone(), at.clone(), open.clone(), asked.setter());
        Callback::from(move |event: KeyboardEvent| {
            let count = found.len().max(1);
            // Enter that ends a Korean syllable is not meant for the list.
            match event.key().as_str() {
                _ if event.is_composing() => return,
                "ArrowDown" => at.set((*at + 1) % count),
                "ArrowUp" => at.set((*at + count - 1) % count),
                "Enter" => {
                    if let Some(found) = found.get(*at) {
                        go.emit(found.clone());
                    }
                }
                "Escape" if *open => open.set(false),
                "Escape" => {
                    asked.set(String::new());
                    // Leaving a field that is gone does nothing.
                    let _ = event.target_unchecked_into::<web_sys::HtmlElement>().blur();
                }
                _ => return,
            }
            event.prevent_default();
        })
    };
    let shown = *open && !asked.trim().is_empty();
    let close = {
        let open = open.setter();
        Callback::from(move |_: FocusEvent| open.set(false))
    };
    let said = match (shown, found.len()) {
        (false, _) => String::new(),
        (true, 0) => text::find_none(lang).to_owned(),
        (true, count) => text::found_count(lang, count),
    };
    html! {
        <div class="find" onfocusout={close}>
            <input
                ref={&field}
                id={FIND}
                type="text"
                role="combobox"
                autocomplete="off"
                spellcheck="false"
                placeholder={text::find_hint(lang)}
                aria-label={text::find(lang)}
                aria-expanded={(shown && !found.is_empty()).to_string()}
                aria-controls={LIST}
                aria-autocomplete="list"
                aria-activedescendant={(shown && !found.is_empty()).then(|| format!("{LIST}-{}", *at))}
                value={(*asked).clone()}
                {oninput}
                {onkeydown}
            />
            <ul id={LIST} class="found" role="listbox" aria-label={text::find(lang)} hidden={!shown || found.is_empty()}>
                { for found.iter().enumerate().map(|(index, found)| {
                    let choose = {
                        let (go, found, field) = (go.clone(), found.clone(), field.clone());
                        // Before the field loses the focus, which would close the list. Then it does lose it: a
                        // finger wants the buttons back that the field covers on a phone.
                        Callback::from(move |event: PointerEvent| {
                            event.prevent_default();
                            go.emit(found.clone());
                            if let Some(field) = field.cast::<web_sys::HtmlElement>() {
                                // Leaving a field that is gone does nothing.
                                let _ = field.blur();
                            }
                        })
                    };
                    html! {
                        <li key={index} id={format!("{LIST}-{index}")} role="option" aria-selected={(index == *at).to_string()} onpointerdown={choose}>
                            { &found.label }
                        </li>
                    }
                }) }
            </ul>
            <p class={classes!("find-none", (!(shown && found.is_empty())).then_some("sr-only"))} role="status">{ said }</p>
        </div>
    }
}
