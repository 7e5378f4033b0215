//! The menu of everything by which work leaves the page and comes back: link, file, frame, earlier work.

use kernelscope_share::params;
use serde_json::Value;
use web_sys::{HtmlDialogElement, HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use super::address::{Controls, Embed};
use super::{Saved, fragment};
use crate::i18n::{Lang, sharing as text, shell as shell_text, use_lang};
use crate::platform;
use crate::shell::panel_title;
use crate::state::{Action, Kept, Panel, Shared, ThemeChoice};

/// See [`ShareMenu`].
#[derive(Clone, PartialEq, Properties)]
pub struct ShareMenuProps {
    /// What a link would carry.
    pub saved: Shared<Saved>,
    /// Earlier work.
    pub shelf: Shared<Vec<Kept>>,
    /// The theme that was chosen.
    pub theme: ThemeChoice,
    /// What tells the page that something happened.
    pub act: Callback<Action>,
}

/// The menu, in front of the page until it is closed.
#[component]
pub fn ShareMenu(props: &ShareMenuProps) -> Html {
    let lang = use_lang();
    let dialog = use_node_ref();
    use_effect_with(dialog.clone(), |dialog| {
        if let Some(dialog) = dialog.cast::<HtmlDialogElement>() {
            // Only a dialog that is not in the page refuses to open.
            let _ = dialog.show_modal();
        }
    });
    let on = |action: Action| props.act.reform(move |_: MouseEvent| action.clone());
    let oncancel = props.act.reform(|_: Event| Action::Overlay(None));
    let link = super::link(&platform::home(), &props.saved);
    html! {
        <dialog ref={dialog} class="sheet" aria-labelledby="share-title" {oncancel}>
            <header>
                <h2 id="share-title">{ text::title(lang) }</h2>
                <button type="button" class="quiet icon" aria-label={shell_text::close(lang)} onclick={on(Action::Overlay(None))}>
                    { "×" }
                </button>
            </header>
            <section>
                <p class="sheet-actions">
                    <button type="button" class="primary" onclick={on(Action::CopyLink)}>{ text::copy_link(lang) }</button>
                    <span class="soft small">{ text::link_length(lang, link.chars().count()) }</span>
                </p>
                <p class="soft small">{ text::link_holds(lang) }</p>
            </section>
            <section>
                <p class="sheet-actions">
                    <button type="button" onclick={on(Action::SaveFile)}>{ text::save(lang) }</button>
                    <button type="button" onclick={on(Action::PickFile)}>{ text::open(lang) }</button>
                    <span class="soft small">{ text::drop_hint(lang) }</span>
                </p>
            </section>
            <Frame ..props.clone() />
            if !props.shelf.is_empty() {
                <section>
                    <h3 class="panel-title">{ text::shelf(lang) }</h3>
                    <p class="soft small">{ text::shelf_hint(lang) }</p>
                    <ul class="shelf">
                        { for props.shelf.iter().enumerate().map(|(index, kept)| html! {
                            <li key={index}>
                                <span>{ if kept.title.is_empty() { shell_text::untitled(lang) } else { &kept.title } }</span>
                                <button type="button" onclick={on(Action::Restore(index))}>{ text::restore(lang) }</button>
                            </li>
                        }) }
                    </ul>
                </section>
            }
        </dialog>
    }
}

/// The form that makes a frame for another page.
#[component]
fn Frame(props: &ShareMenuProps) -> Html {
    let lang = use_lang();
    let embed = use_state(|| Embed { panels: vec![props.saved.view.panel], ..Embed::default() });
    let fixed = use_state(|| false);
    let html_text = frame(&platform::home(), &props.saved, &embed, fixed.then_some((lang, props.theme)));
    let change = |change: fn(&mut Embed, String)| {
        let embed = embed.clone();
        Callback::from(move |value: String| {
            let mut next = (*embed).clone();
            change(&mut next, value);
            embed.set(next);
        })
    };
    let toggle_panel = change(|embed, name| {
        let Some(panel) = Panel::from_name(&name) else { return };
        match embed.panels.iter().position(|known| *known == panel) {
            Some(at) => drop(embed.panels.remove(at)),
            None => embed.panels.push(panel),
        }
    });
    let choose_controls = change(|embed, name| {
        let found = Controls::ALL.into_iter().find(|(known, _)| *known == name);
        embed.controls = found.map_or(Controls::All, |(_, controls)| controls);
    })
    .reform(|event: Event| event.target_unchecked_into::<HtmlSelectElement>().value());
    let read_only = change(|embed, on| embed.read_only = on == "true").reform(|event: Event| checked(&event));
    let fix = {
        let fixed = fixed.clone();
        Callback::from(move |event: Event| {
            fixed.set(event.target_unchecked_into::<HtmlInputElement>().checked());
        })
    };
    let copy = {
        let html_text = html_text.clone();
        props.act.reform(move |_: MouseEvent| Action::Copy(html_text.clone()))
    };
    html! {
        <section>
            <h3 class="panel-title">{ text::embed(lang) }</h3>
            <fieldset class="frame-panels">
                <legend class="small soft">{ text::embed_panels(lang) }</legend>
                { for Panel::tabs(of_memory(&props.saved.document)).into_iter().map(|panel| {
                    let toggle = toggle_panel.reform(move |_: Event| panel.name().to_owned());
                    html! {
                        <label key={panel.name()}>
                            <input type="checkbox" checked={embed.panels.contains(&panel)} onchange={toggle} />
                            { panel_title(panel, lang) }
                        </label>
                    }
                }) }
            </fieldset>
            <p class="sheet-actions">
                <label>
                    { text::embed_controls(lang) }{ " " }
                    <select onchange={choose_controls}>
                        { for Controls::ALL.into_iter().map(|(name, controls)| html! {
                            <option key={name} value={name} selected={embed.controls == controls}>{ controls_name(controls, lang) }</option>
                        }) }
                    </select>
                </label>
                <label><input type="checkbox" checked={embed.read_only} onchange={read_only} />{ text::embed_read_only(lang) }</label>
                <label><input type="checkbox" checked={*fixed} onchange={fix} />{ text::embed_fixed(lang) }</label>
            </p>
            <textarea class="mono" readonly=true rows="3" aria-label={text::frame_html(lang)} value={html_text} />
            <p class="sheet-actions"><button type="button" onclick={copy}>{ text::copy_frame(lang) }</button></p>
        </section>
    }
}

/// The panels about memory that a run of this document fills.
fn of_memory(document: &Value) -> &'static [Panel] {
    match (params::get(document, "machine.memory"), params::get(document, "machine.memory.mmu")) {
        (None, _) => &[],
        (Some(_), Some(mmu)) if mmu != "paged" => &Panel::TRANSLATION,
        (Some(_), _) => &Panel::MEMORY,
    }
}

fn checked(event: &Event) -> String {
    event.target_dyn_into::<HtmlInputElement>().is_some_and(|input| input.checked()).to_string()
}

fn controls_name(controls: Controls, lang: Lang) -> &'static str {
    match controls {
        Controls::All => text::controls_all(lang),
        Controls::Few => text::controls_few(lang),
        Controls::Off => text::controls_off(lang),
    }
}

/// The HTML of a frame that shows this moment. Nothing in it comes from the scenario but what the link packs.
fn frame(home: &str, saved: &Saved, embed: &Embed, dress: Option<(Lang, ThemeChoice)>) -> String {
    let query = embed.query(dress.map(|(lang, _)| lang), dress.map(|(_, theme)| theme)).replace('&', "&amp;");
    let height = if embed.panels.is_empty() { 320 } else { 560 };
    let link = fragment(saved);
    format!(
        r#"<iframe src="{home}?{query}#{link}" width="100%" height="{height}" loading="lazy" title="Kernelscope" allow="clipboard-write"></iframe>"#
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sharing::{address::Address, blank, from_link};
    use serde_json::json;

    #[test]
    fn a_frame_can_show_the_panels_about_memory_where_there_is_any() {
        let offered = |document: Value| Panel::tabs(of_memory(&document)).len() - Panel::TABS.len();
        assert_eq!(offered(blank()), 0);
        assert_eq!(offered(json!({"machine": {"memory": {}}})), 4);
        assert_eq!(offered(json!({"machine": {"memory": {"mmu": "paged"}}})), 4);
        assert_eq!(offered(json!({"machine": {"memory": {"mmu": {"segments": {"up_limit": 9}}}}})), 2);
        let embed = Embed { panels: Panel::MEMORY.to_vec(), ..Embed::default() };
        let saved = Saved { document: blank(), ..Saved::default() };
        let html = frame("https://example.org/k/", &saved, &embed, None);
        let (query, _) = html.split_once('?').and_then(|(_, rest)| rest.split_once('#')).unwrap();
        let query = query.replace("&amp;", "&");
        let pairs = query.split('&').map(|pair| pair.split_once('=').unwrap_or((pair, "")));
        assert_eq!(Address::read(pairs, "").embed, Some(embed));
    }

    #[test]
    fn a_frame_asks_for_what_was_chosen_and_shows_the_same_moment() {
        let embed = Embed { panels: vec![Panel::Queues], controls: Controls::Few, read_only: true };
        let saved = Saved { document: blank(), ..Saved::default() };
        let html = frame("https://example.org/k/", &saved, &embed, Some((Lang::Ko, ThemeChoice::Dark)));
        let (_, rest) = html.split_once("src=\"https://example.org/k/?").unwrap();
        let (query, rest) = rest.split_once('#').unwrap();
        let (link, _) = rest.split_once('"').unwrap();
        let query = query.replace("&amp;", "&");
        let pairs = query.split('&').map(|pair| pair.split_once('=').unwrap_or((pair, "")));
        let address = Address::read(pairs, link);
        assert_eq!(
            (address.embed, address.lang, address.theme),
            (Some(embed), Some(Lang::Ko), Some(ThemeChoice::Dark))
        );
        assert_eq!(from_link(link), Ok(saved));
    }
}
