//! Which runs stand side by side: the scenario as it is, and the same with another policy or convention.

use kernelscope_share::params::{self, Kind, Overrides};
use kernelscope_sim::rules::RuleId;
use serde_json::{Value, json};
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use super::{MOST, beside, label};
use crate::i18n::{Lang, compare as t, rules, sweep, use_lang, words};
use crate::panels::conventions;
use crate::state::document::typed;
use crate::state::{Action, Run, Selection, Shared};

/// What is chosen.
#[derive(Clone, PartialEq, Properties)]
pub(super) struct SidesProps {
    /// The runs that are there.
    pub(super) runs: Vec<Shared<Run>>,
    /// The document that all are variants of.
    pub(super) document: Shared<Value>,
    /// What differs in each but the first.
    pub(super) compare: Shared<Vec<Overrides>>,
    /// Which of them the other panels show.
    pub(super) selection: Selection,
    /// What tells the page that something happened.
    pub(super) act: Callback<Action>,
}

/// The runs as cards, and buttons that put another beside them.
#[component]
pub(super) fn Sides(props: &SidesProps) -> Html {
    let lang = use_lang();
    html! {
        <>
            <ol class="sides">
                { own(props, lang) }
                { for props.compare.iter().enumerate().map(|(index, side)| card(props, index, side, lang)) }
            </ol>
            if props.compare.len() + 1 < MOST { { add(props, lang) } }
        </>
    }
}

/// The comparison with one side changed, or taken away.
fn with(props: &SidesProps, index: usize, side: Option<Overrides>) -> Action {
    let mut sides = (*props.compare).clone();
    match side {
        Some(side) if index < sides.len() => sides[index] = side,
        Some(side) => sides.push(side),
        None => drop(sides.remove(index)),
    }
    Action::Compare(sides)
}

fn own(props: &SidesProps, lang: Lang) -> Html {
    let label = props.runs.first().map_or_else(String::new, |run| label(run, lang));
    html! {
        <li key="own" class={classes!("side", (props.selection.run == 0).then_some("shown"))}>
            <strong>{ label }</strong>
            <span class="soft">{ t::as_it_stands(lang) }</span>
            { show(props, 0, lang) }
        </li>
    }
}

/// Lets the other panels show this run.
fn show(props: &SidesProps, run: u8, lang: Lang) -> Html {
    let selection = Selection { run, ..props.selection };
    let onclick = props.act.reform(move |_: MouseEvent| Action::Select(selection));
    html! {
        <button type="button" class="filter" aria-pressed={(props.selection.run == run).to_string()} {onclick}>
            { t::show(lang) }
        </button>
    }
}

fn card(props: &SidesProps, index: usize, side: &Overrides, lang: Lang) -> Html {
    let label = props.runs.get(index + 1).map_or_else(|| t::side(lang, index + 2), |run| label(run, lang));
    let remove = {
        let props = props.clone();
        Callback::from(move |_: MouseEvent| props.act.emit(with(&props, index, None)))
    };
    let run = u8::try_from(index + 1).unwrap_or_default();
    html! {
        <li key={index} class={classes!("side", (props.selection.run == run).then_some("shown"))} data-testid={format!("side-{}", index + 1)}>
            <strong>{ &label }</strong>
            { parameters(props, index, side, lang) }
            { show(props, run, lang) }
            <button type="button" class="filter" onclick={remove} aria-label={t::remove(lang, &label)}>{ "✕" }</button>
        </li>
    }
}

/// The parameters of the side's own policy, to be changed in place.
fn parameters(props: &SidesProps, index: usize, side: &Overrides, lang: Lang) -> Html {
    let Some(name) = side.get("machine.policy").and_then(policy_name) else {
        return Html::default();
    };
    let Ok(document) = params::apply(&props.document, side) else {
        return Html::default();
    };
    let prefix = format!("machine.policy.{name}.");
    let fields = params::TABLE.iter().filter(|field| field.pattern.starts_with(&prefix) && field.sweep);
    let fields = fields.filter(|field| matches!(field.kind, Kind::Duration { .. } | Kind::PerLevel));
    html! {
        <>
            { for fields.map(|field| {
                let value = params::value(&document, &field.pattern).unwrap_or_default();
                let onchange = {
                    let (props, side, path) = (props.clone(), side.clone(), field.pattern.clone());
                    Callback::from(move |event: Event| {
                        let text = event.target_unchecked_into::<HtmlInputElement>().value();
                        let mut side = side.clone();
                        side.insert(path.clone(), typed(&text));
                        props.act.emit(with(&props, index, Some(side)));
                    })
                };
                html! {
                    <label key={field.pattern.clone()}>
                        { sweep::parameter_name(&field.pattern, lang) }
                        <input class="side-value" value={written(&value)} {onchange} />
                    </label>
                }
            }) }
        </>
    }
}

fn policy_name(policy: &Value) -> Option<&str> {
    policy.as_str().or_else(|| policy.as_object()?.keys().next().map(String::as_str))
}

/// A value as a person would type it.
fn written(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        Value::Array(list) => list.iter().map(written).collect::<Vec<_>>().join(", "),
        value => value.to_string(),
    }
}

/// Buttons for the policies, and a menu of the conventions.
fn add(props: &SidesProps, lang: Lang) -> Html {
    let policy = |name: &str| match props.runs.first() {
        Some(run) => beside::policy(name, &run.scenario, run.ruler.unit),
        None => json!(name),
    };
    let put = |path: String, value: Value| {
        let props = props.clone();
        let side = Overrides::from_iter([(path, value)]);
        Callback::from(move |_: MouseEvent| props.act.emit(with(&props, MOST, Some(side.clone()))))
    };
    let onchange = {
        let props = props.clone();
        Callback::from(move |event: Event| {
            let select: HtmlSelectElement = event.target_unchecked_into();
            if let Some((field, option)) = select.value().split_once('=') {
                let side = Overrides::from_iter([(format!("rules.{field}"), conventions::written(option))]);
                props.act.emit(with(&props, MOST, Some(side)));
            }
            select.set_value("");
        })
    };
    html! {
        <div class="sides-add" role="group" aria-label={t::add(lang)}>
            <span class="soft">{ t::add(lang) }</span>
            { for params::policies().map(|name| html! {
                <button key={name} type="button" class="filter" data-testid={format!("add-{name}")} onclick={put("machine.policy".into(), policy(name))}>
                    { words::policy(name, lang) }
                </button>
            }) }
            <label>
                <span class="sr-only">{ t::convention(lang) }</span>
                <select {onchange}>
                    <option value="" selected=true>{ t::convention(lang) }</option>
                    { for other_options(props).into_iter().map(|(rule, field, option)| {
                        let text = rules::option(rule, option, lang).unwrap_or(option);
                        let value = format!("{field}={option}");
                        html! { <option key={value.clone()} {value}>{ format!("{}: {text}", rules::text(rule, lang).name) }</option> }
                    }) }
                </select>
            </label>
        </div>
    }
}

/// The options that the scenario did not choose, of conventions that matter to it.
fn other_options(props: &SidesProps) -> Vec<(RuleId, &'static str, &'static str)> {
    let Some(run) = props.runs.first() else {
        return Vec::new();
    };
    let rules = &run.scenario.rules;
    conventions::rows(rules)
        .filter(|(rule, _)| conventions::matters(rule.id, &run.scenario.machine))
        .flat_map(|(rule, field)| {
            let chosen = conventions::chosen(rules, field);
            let others = conventions::options(field).into_iter().filter(move |option| chosen != Some(option));
            others.map(move |option| (rule.id, field, option))
        })
        .collect()
}
