//! What the last step did and why, what comes next, and why nobody else was chosen.

use kernelscope_session::view::{Ranked, StateView};
use kernelscope_sim::event::Event;
use kernelscope_sim::ids::TaskId;
use yew::prelude::*;

use super::PanelProps;
use super::rule_link::RuleLink;
use super::told::{chip, headline, told};
use crate::i18n::narrate::{Narration, because, narrate, not_ready, rule_behind, why_not};
use crate::i18n::{Lang, panels as t, use_lang};
use crate::state::{Action, Run};

/// How many tasks that were not chosen are explained; the rest are counted.
const EXPLAINED: usize = 7;

/// What the last step did and why.
#[component]
pub fn Now(PanelProps { run, act, .. }: &PanelProps) -> Html {
    let lang = use_lang();
    let snapshot = &run.snapshot;
    html! {
        <section class="now" aria-labelledby="now-title" data-testid="now">
            <header class="panel-head">
                <h2 id="now-title">{ t::now(lang) }</h2>
                <span class="figures">{ run.ruler.time(snapshot.now) }</span>
                <span class="aside figures">{ t::step_of(lang, snapshot.step, run.overview.steps) }</span>
            </header>
            { happened(run, lang, act) }
            { if snapshot.just.len() > 1 { stages(run, lang) } else { Html::default() } }
            { candidates(run, lang) }
            { next(run, lang) }
        </section>
    }
}

fn happened(run: &Run, lang: Lang, act: &Callback<Action>) -> Html {
    let Some(event) = headline(&run.snapshot.just) else {
        return html! { <p class="empty">{ t::beginning(lang) }</p> };
    };
    let why = because(event).map(|narration| {
        html! {
            <p class="now-why" data-testid="now-why">{ told(run, lang, &narration) }</p>
        }
    });
    let rule = rule_behind(&event.kind).map(|rule| html! { <RuleLink {rule} act={act.clone()} /> });
    html! {
        <div class="now-happened">
            <p class="now-what" data-testid="now-what">{ told(run, lang, &narrate(event)) }</p>
            { why }
            { rule }
        </div>
    }
}

/// Everything that the step did, in order.
fn stages(run: &Run, lang: Lang) -> Html {
    html! {
        <ol class="now-stages" data-testid="now-stages">
            { for run.snapshot.just.iter().enumerate().map(|(place, event)| html! {
                <li key={place}>{ told(run, lang, &narrate(event)) }</li>
            }) }
        </ol>
    }
}

fn next(run: &Run, lang: Lang) -> Html {
    let events: Vec<Event> = run.snapshot.next.iter().map(|next| next.event).collect();
    let Some(event) = headline(&events) else {
        return html! { <p class="now-next empty" data-testid="now-next">{ t::nothing_next(lang) }</p> };
    };
    html! {
        <div class="now-next" data-testid="now-next">
            <h3>{ t::next(lang) }<span class="aside figures">{ run.ruler.time(event.at) }</span></h3>
            <p>{ told(run, lang, &narrate(event)) }</p>
        </div>
    }
}

/// Everybody else at a decision, with the reason why not: those who lost by their key, and those who were not ready.
fn candidates(run: &Run, lang: Lang) -> Html {
    let Some((winner, losers)) = run.snapshot.ranking.split_first() else {
        return Html::default();
    };
    let lost = losers.iter().map(|Ranked { task, reason }| {
        (*task, why_not(*task, reason.rule, reason.key, winner.task, winner.reason.key))
    });
    let blocked = run.snapshot.tasks.iter().filter(|task| matches!(task.state, StateView::Blocked(_)));
    let absent = blocked.clone().map(|task| (task.id, not_ready(task.id, task.state, task.since)));
    let count = losers.len() + blocked.clone().count();
    let reasons: Vec<(TaskId, Narration)> = lost.chain(absent).take(EXPLAINED).collect();
    html! {
        <div class="why-not" data-testid="why-not">
            { for reasons.iter().map(|(task, narration)| html! {
                <details key={task.get()}>
                    <summary>{ t::why_not(lang) }{ " " }{ chip(run, *task) }{ "?" }</summary>
                    <p>{ told(run, lang, narration) }</p>
                </details>
            }) }
            if count > EXPLAINED {
                <p class="aside">{ t::and_more(lang, count - EXPLAINED) }</p>
            }
        </div>
    }
}
