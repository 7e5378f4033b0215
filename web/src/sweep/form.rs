//! What to sweep, to be filled in.

use kernelscope_share::params;
use serde_json::Value;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use super::parameter::{has_memory, parameters};
use super::plan::{MOST_POINTS, Plan};
use crate::i18n::{Lang, metrics, sweep as t, use_lang, words};
use crate::panels::figures::Figure;
use crate::state::Shared;

/// What the form shows.
#[derive(Properties, PartialEq)]
pub(super) struct FormProps {
    /// The document whose parameters there are to choose.
    pub(super) document: Shared<Value>,
    /// The plan so far.
    pub(super) plan: Plan,
    /// Whether a sweep is under way.
    pub(super) running: bool,
    /// The plan is another.
    pub(super) change: Callback<Plan>,
    /// The sweep is to begin …
    pub(super) start: Callback<()>,
    /// … or to end.
    pub(super) stop: Callback<()>,
}

/// What to sweep, to be filled in.
#[component]
pub(super) fn Form(FormProps { document, plan, running, change, start, stop }: &FormProps) -> Html {
    let lang = use_lang();
    let onsubmit = start.reform(|event: SubmitEvent| event.prevent_default());
    html! {
        <form class="sweep-form" {onsubmit}>
            { parameter(document, plan, lang, change) }
            if plan.parameter.is_some() {
                { number(t::from(lang), "from", plan.from, plan, change, |plan, value| plan.from = value) }
                { number(t::to(lang), "to", plan.to, plan, change, |plan, value| plan.to = value) }
                { number(t::points(lang), "points", plan.points.into(), plan, change, |plan, value| {
                    plan.points = u32::try_from(value).unwrap_or(MOST_POINTS).clamp(2, MOST_POINTS);
                }) }
            }
            { figure(0, document, plan, lang, change) }
            { figure(1, document, plan, lang, change) }
            { policies(plan, lang, change) }
            if has_memory(document) { { replacements(plan, lang, change) } }
            if *running {
                <button type="button" onclick={stop.reform(|_: MouseEvent| ())}>{ t::stop(lang) }</button>
            } else {
                <button type="submit" class="primary" data-testid="sweep-start">{ t::start(lang) }</button>
            }
        </form>
    }
}

/// What tells of the plan as it is after a change that depends on the text of a field.
fn changing<E>(
    plan: &Plan,
    change: &Callback<Plan>,
    set: impl Fn(&mut Plan, String) + 'static,
) -> Callback<Event>
where
    E: wasm_bindgen::JsCast + AsRef<web_sys::EventTarget> + HasText,
{
    let (plan, change) = (plan.clone(), change.clone());
    Callback::from(move |event: Event| {
        let mut plan = plan.clone();
        set(&mut plan, event.target_unchecked_into::<E>().text());
        change.emit(plan);
    })
}

/// A field that a person fills in.
trait HasText {
    fn text(&self) -> String;
}

impl HasText for HtmlSelectElement {
    fn text(&self) -> String {
        self.value()
    }
}

impl HasText for HtmlInputElement {
    fn text(&self) -> String {
        self.value()
    }
}

fn parameter(document: &Value, plan: &Plan, lang: Lang, change: &Callback<Plan>) -> Html {
    let known = parameters(document);
    let onchange = changing::<HtmlSelectElement>(plan, change, |plan, path| {
        plan.parameter = (!path.is_empty()).then_some(path);
    });
    let elsewhere =
        plan.parameter.as_ref().filter(|path| known.iter().all(|parameter| parameter.path != **path));
    html! {
        <label>
            { t::parameter(lang) }
            <select {onchange} data-testid="sweep-parameter">
                <option value="" selected={plan.parameter.is_none()}>{ t::no_parameter(lang) }</option>
                if let Some(path) = elsewhere {
                    <option value={path.clone()} selected=true>{ t::parameter_name(path, lang) }</option>
                }
                { for known.iter().map(|parameter| {
                    let (path, name) = (parameter.path.clone(), t::parameter_name(&parameter.path, lang));
                    let name = parameter.owner.as_ref().map_or(name.clone(), |owner| format!("{owner}: {name}"));
                    let selected = plan.parameter.as_ref() == Some(&path);
                    html! { <option key={path.clone()} value={path} {selected}>{ name }</option> }
                }) }
            </select>
        </label>
    }
}

fn number(
    label: &'static str,
    name: &'static str,
    value: u64,
    plan: &Plan,
    change: &Callback<Plan>,
    set: fn(&mut Plan, u64),
) -> Html {
    let onchange = changing::<HtmlInputElement>(plan, change, move |plan, text| {
        if let Ok(value) = text.trim().parse() {
            set(plan, value);
        }
    });
    html! {
        <label>
            { label }
            <input type="number" min="0" class="sweep-number" value={value.to_string()} data-testid={format!("sweep-{name}")} {onchange} />
        </label>
    }
}

fn figure(place: usize, document: &Value, plan: &Plan, lang: Lang, change: &Callback<Plan>) -> Html {
    let chosen = plan.figures.get(place).and_then(|name| Figure::from_name(name));
    let onchange = changing::<HtmlSelectElement>(plan, change, move |plan, name| {
        plan.figures.resize(plan.figures.len().max(place + 1), String::new());
        plan.figures[place] = name;
        plan.figures.retain(|name| !name.is_empty());
    });
    html! {
        <label>
            { t::figure(lang, place + 1) }
            <select {onchange}>
                if place > 0 { <option value="" selected={chosen.is_none()}>{ "–" }</option> }
                { for Figure::all(has_memory(document)).map(|figure| html! {
                    <option key={figure.name()} value={figure.name()} selected={chosen == Some(figure)}>
                        { metrics::name(figure, lang) }
                    </option>
                }) }
            </select>
        </label>
    }
}

fn policies(plan: &Plan, lang: Lang, change: &Callback<Plan>) -> Html {
    html! {
        <fieldset class="sweep-policies">
            <legend>{ t::policies(lang) }</legend>
            { for params::policies().map(|name| {
                let checked = plan.policies.iter().any(|chosen| chosen == name);
                let onchange = changing::<HtmlInputElement>(plan, change, move |plan, _| {
                    let was = std::mem::take(&mut plan.policies);
                    let chosen = |policy: &&str| was.iter().any(|chosen| chosen == policy) != (*policy == name);
                    plan.policies = params::policies().filter(chosen).map(String::from).collect();
                });
                html! {
                    <label key={name}><input type="checkbox" {checked} {onchange} />{ words::policy(name, lang) }</label>
                }
            }) }
            <small class="soft">{ t::none_means_own(lang) }</small>
        </fieldset>
    }
}

fn replacements(plan: &Plan, lang: Lang, change: &Callback<Plan>) -> Html {
    html! {
        <fieldset class="sweep-policies" data-testid="sweep-replacements">
            <legend>{ t::replacements(lang) }</legend>
            { for params::replacements().map(|name| {
                let checked = plan.replacements.iter().any(|chosen| chosen == name);
                let onchange = changing::<HtmlInputElement>(plan, change, move |plan, _| {
                    let was = std::mem::take(&mut plan.replacements);
                    let chosen = |policy: &&str| was.iter().any(|chosen| chosen == policy) != (*policy == name);
                    plan.replacements = params::replacements().filter(chosen).map(String::from).collect();
                });
                html! {
                    <label key={name}><input type="checkbox" {checked} {onchange} />{ words::replacement(name, lang) }</label>
                }
            }) }
            <small class="soft">{ t::instead_of_policies(lang) }</small>
        </fieldset>
    }
}
