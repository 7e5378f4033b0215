//! Everything about the machine that is a form: the policy with its parameters, costs, devices, limits; its memory
//! stands beside it. The forms are made from the table of parameters, so a new parameter appears here by itself.

use kernelscope_share::params::{self, TABLE};
use serde_json::{Value, json};
use yew::prelude::*;

use super::{EditorProps, policy_of};
use crate::i18n::{editor as text, fields, rules, use_lang};
use crate::panels::conventions;
use crate::state::document::free_name;
use crate::state::{Action, Edit, Panel};
use kernelscope_sim::rules::{RULES, RuleKind};
use web_sys::HtmlSelectElement;

/// A field of the form.
fn field(props: &EditorProps, path: &str) -> Html {
    props.form().field(path)
}

/// The policy and its parameters.
#[component]
pub(super) fn Scheduler(props: &EditorProps) -> Html {
    let lang = use_lang();
    let policy = policy_of(&props.document);
    let onchange = props.act.reform(|event: Event| {
        let name = event.target_unchecked_into::<HtmlSelectElement>().value();
        Action::Edit(Edit::Set("machine.policy".into(), Some(Value::String(name))))
    });
    let prefix = format!("machine.policy.{policy}.");
    // A field inside a group is there when the group is.
    let applies = |pattern: &str| {
        pattern.rsplit_once('.').is_none_or(|(parent, _)| {
            parent.len() < prefix.len() || params::get(&props.document, parent).is_some_and(Value::is_object)
        })
    };
    let rows = TABLE.iter().filter(|row| row.pattern.starts_with(&prefix) && applies(&row.pattern));
    html! {
        <section class="editor-section" aria-label={text::scheduler(lang)}>
            <h2 class="panel-title">{ text::scheduler(lang) }</h2>
            <select class="policy" aria-label={text::policy(lang)} {onchange} disabled={props.read_only}>
                { for params::policies().map(|name| html! {
                    <option key={name} value={name} selected={name == policy}>{ fields::word(lang, name) }</option>
                }) }
            </select>
            { for rows.map(|row| field(props, &row.pattern)) }
        </section>
    }
}

/// The profile of conventions, and where the scenario departs from it.
#[component]
pub(super) fn RulesSummary(props: &EditorProps) -> Html {
    let lang = use_lang();
    let departs = props.document.get("rules").and_then(Value::as_object);
    let count = departs.map_or(0, serde_json::Map::len);
    let show = props.act.reform(|_: MouseEvent| Action::Show(Panel::Rules));
    html! {
        <section class="editor-section" aria-label={text::rules(lang)}>
            <h2 class="panel-title">{ text::rules(lang) }</h2>
            { field(props, "profile") }
            if count == 0 {
                <p class="soft small">{ text::by_default(lang) }</p>
            } else {
                <p class="soft small">{ text::departs(lang, count) }</p>
                <ul class="departures small">
                    { for departs.into_iter().flatten().map(|(name, value)| html! {
                        <li key={name.clone()}>{ departure(lang, name, value) }</li>
                    }) }
                </ul>
            }
            <button type="button" class="quiet add" onclick={show}>{ text::all_rules(lang) }{ " ›" }</button>
        </section>
    }
}

/// A convention and its option in words; as they stand where nobody knows them.
fn departure(lang: crate::i18n::Lang, name: &str, value: &Value) -> String {
    let chosen = crate::state::document::shown(Some(value));
    let row = RULES.iter().find(|row| matches!(row.kind, RuleKind::Convention(field) if field == name));
    let option = row.and_then(|row| rules::option(row.id, &chosen, lang));
    let known = conventions::options(name).iter().any(|option| *option == chosen);
    let name = row.map_or(name, |row| rules::text(row.id, lang).name);
    format!("{name}: {}", option.filter(|_| known).unwrap_or(&chosen))
}

/// Processors, timer and costs; devices; units and limits. Folded away until asked for or wrong.
#[component]
pub(super) fn Machine(props: &EditorProps) -> Html {
    let lang = use_lang();
    let wrong = |prefix: &str| props.problems.iter().any(|problem| problem.path.starts_with(prefix));
    let of = |prefix: &'static str| {
        TABLE.iter().filter(move |row| {
            let own = row.pattern.strip_prefix(prefix).is_some_and(|rest| !rest.contains(['.', '[']));
            own && !row.of_memory && row.pattern != "machine.memory"
        })
    };
    let devices = params::get(&props.document, "machine.devices").and_then(Value::as_object);
    let machine_wrong = wrong("machine") && !wrong("machine.policy") && !wrong("machine.memory");
    html! {
        <>
            <details class="editor-section" open={machine_wrong}>
                <summary class="panel-title">{ text::machine(lang) }</summary>
                { for of("machine.").map(|row| field(props, &row.pattern)) }
                { for of("machine.costs.").map(|row| field(props, &row.pattern)) }
            </details>
            <details class="editor-section" open={wrong("machine.devices")}>
                <summary class="panel-title">{ text::devices(lang) }</summary>
                { for devices.into_iter().flatten().map(|(name, _)| device(props, name, lang)) }
                if !props.read_only {
                    <button type="button" class="quiet add" onclick={add_device(props)}>{ "+ " }{ text::add_device(lang) }</button>
                }
            </details>
            <details class="editor-section" open={wrong("limits") || wrong("unit") || wrong("seed") || wrong("title")}>
                <summary class="panel-title">{ text::limits(lang) }</summary>
                { for ["title", "unit", "seed"].into_iter().map(|path| field(props, path)) }
                { for of("limits.").map(|row| field(props, &row.pattern)) }
            </details>
        </>
    }
}

fn device(props: &EditorProps, name: &str, lang: crate::i18n::Lang) -> Html {
    let path = format!("machine.devices.{name}");
    let remove = {
        let path = path.clone();
        props.act.reform(move |_: MouseEvent| Action::Edit(Edit::Set(path.clone(), None)))
    };
    html! {
        <div class="device" key={name.to_owned()}>
            <code>{ name }</code>
            { field(props, &format!("{path}.servers")) }
            if !props.read_only {
                <button type="button" class="quiet icon" aria-label={text::remove_that(lang, name)} onclick={remove}>{ "×" }</button>
            }
        </div>
    }
}

fn add_device(props: &EditorProps) -> Callback<MouseEvent> {
    let document = props.document.clone();
    props.act.reform(move |_: MouseEvent| {
        let devices = params::get(&document, "machine.devices").and_then(Value::as_object);
        let taken: Vec<&str> = devices.into_iter().flatten().map(|(name, _)| name.as_str()).collect();
        let name = if taken.contains(&"disk") { free_name(Some("disk"), &taken) } else { "disk".to_owned() };
        Action::Edit(Edit::Set(format!("machine.devices.{name}"), Some(json!({ "servers": 1 }))))
    })
}
