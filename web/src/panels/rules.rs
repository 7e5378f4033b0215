//! The rules that the run plays by: the conventions that the scenario chose, with their options, the rules that
//! are always the same, and what the model leaves out.

use kernelscope_sim::conventions::Profile;
use kernelscope_sim::rules::{RULES, Rule, RuleKind};
use kernelscope_sim::scenario::PolicySpec;
use serde_json::json;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

use super::PanelProps;
use super::conventions;
use super::told::headline;
use crate::i18n::narrate::rule_behind;
use crate::i18n::{Lang, rules, rules_panel as t, use_lang};
use crate::state::{Action, Edit, Run, Shared};

/// The rules that the run plays by.
#[component]
pub fn Rules(PanelProps { run, act, .. }: &PanelProps) -> Html {
    let lang = use_lang();
    let chosen = &run.scenario.rules;
    let machine = &run.scenario.machine;
    let behind = headline(&run.snapshot.just).and_then(|event| rule_behind(&event.kind));
    let (in_force, idle): (Vec<_>, Vec<_>) =
        conventions::rows(chosen).partition(|(rule, _)| conventions::matters(rule.id, machine));
    let fixed = |matters: bool| {
        RULES.iter().filter(move |rule| {
            rule.kind == RuleKind::Fixed && conventions::matters(rule.id, machine) == matters
        })
    };
    let convention = |(rule, field): &(&'static Rule, &'static str)| {
        convention(run, rule, field, behind == Some(rule.id), lang, act)
    };
    html! {
        <section class="rules" data-testid="rules">
            <div class="rules-conventions">
                <h2 class="panel-title">{ t::conventions(lang) }</h2>
                { profile(run, lang, act) }
                <ul>{ for in_force.iter().map(convention) }</ul>
                if !idle.is_empty() {
                    <details>
                        <summary>{ t::no_effect(lang, idle.len()) }</summary>
                        <ul>{ for idle.iter().map(convention) }</ul>
                    </details>
                }
            </div>
            <div class="rules-fixed">
                <h2 class="panel-title">{ t::always(lang) }</h2>
                <ul>{ for fixed(true).map(|rule| plain(rule, behind == Some(rule.id), lang)) }</ul>
                <details>
                    <summary>{ t::other_policies(lang) }</summary>
                    <ul>{ for fixed(false).map(|rule| plain(rule, false, lang)) }</ul>
                </details>
                <h2 class="panel-title">{ t::left_out(lang) }</h2>
                <ul>
                    { for RULES.iter().filter(|rule| rule.kind == RuleKind::LeftOut).map(|rule| plain(rule, false, lang)) }
                </ul>
            </div>
        </section>
    }
}

/// The profile whose conventions these are, and the others to choose.
fn profile(run: &Shared<Run>, lang: Lang, act: &Callback<Action>) -> Html {
    let mlfq = matches!(run.scenario.machine.policy, PolicySpec::Mlfq(_));
    let current = Profile::ALL.iter().find(|(_, profile)| profile.conventions(mlfq) == run.scenario.rules);
    let onchange = act.reform(|event: Event| {
        let name = event.target_unchecked_into::<HtmlSelectElement>().value();
        // Choosing a profile is choosing all of it: single choices made before go with it.
        Action::Edit(Edit::All(vec![
            Edit::Set("rules".into(), None),
            Edit::Set("profile".into(), Some(json!(name))),
        ]))
    });
    html! {
        <label class="rule-profile">
            { t::profile(lang) }
            <select {onchange} data-testid="profile">
                if current.is_none() { <option value="" selected=true disabled=true>{ t::own_mix(lang) }</option> }
                { for Profile::ALL.iter().map(|(name, profile)| html! {
                    <option key={*name} value={*name} selected={current.is_some_and(|(known, _)| known == name)}>
                        { t::profile_name(*profile, lang) }
                    </option>
                }) }
            </select>
        </label>
    }
}

fn convention(
    run: &Shared<Run>,
    rule: &'static Rule,
    field: &'static str,
    behind: bool,
    lang: Lang,
    act: &Callback<Action>,
) -> Html {
    let chosen = conventions::chosen(&run.scenario.rules, field);
    let id = format!("rule-{field}");
    let onchange = act.reform(move |event: Event| {
        let name = event.target_unchecked_into::<HtmlSelectElement>().value();
        Action::Edit(Edit::Set(format!("rules.{field}"), Some(conventions::written(&name))))
    });
    html! {
        <li key={rule.name} class={classes!("rule", behind.then_some("lit"))} data-testid={id.clone()}>
            <label class="rule-name" for={id.clone()}>{ rules::text(rule.id, lang).name }</label>
            <select {id} {onchange}>
                if chosen.is_none() { <option value="" selected=true disabled=true>{ t::own_order(lang) }</option> }
                { for conventions::options(field).into_iter().map(|name| html! {
                    <option key={name} value={name} selected={chosen == Some(name)}>
                        { rules::option(rule.id, name, lang).unwrap_or(name) }
                    </option>
                }) }
            </select>
            { says(rule, behind, lang) }
        </li>
    }
}

fn plain(rule: &'static Rule, behind: bool, lang: Lang) -> Html {
    html! {
        <li key={rule.name} class={classes!("rule", behind.then_some("lit"))} data-testid={format!("rule-{}", rule.name)}>
            <span class="rule-name">{ rules::text(rule.id, lang).name }</span>
            { says(rule, behind, lang) }
        </li>
    }
}

fn says(rule: &Rule, behind: bool, lang: Lang) -> Html {
    html! {
        <p>
            if behind { <strong class="rule-just">{ t::just_decided(lang) }</strong>{ " " } }
            { rules::text(rule.id, lang).says }
            { " " }<cite>{ rule.source }</cite>{ " " }<code>{ rule.name }</code>
        </p>
    }
}
