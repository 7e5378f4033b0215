//! The working set of every process over a whole run, all of them together against the frames, and when that was too
//! much: thrashing, with how it shows. A table says the same.

use kernelscope_session::view::{MemoryHistory, MemorySample, Thrashing, ThrashingSign};
use kernelscope_sim::time::Time;
use yew::prelude::*;

use super::super::told::chip;
use super::sheet::{HEIGHT, MOST_ROWS, Sheet, WIDTH};
use crate::i18n::{Lang, amount, memory as m, use_lang, working_sets as t};
use crate::state::{Action, Run, Selection, Shared};

/// See [`WorkingSets`].
#[derive(Properties, PartialEq)]
pub(super) struct WorkingSetsProps {
    pub(super) run: Shared<Run>,
    pub(super) selection: Selection,
    pub(super) act: Callback<Action>,
}

/// Working sets over time.
#[component]
pub(super) fn WorkingSets(WorkingSetsProps { run, selection, act }: &WorkingSetsProps) -> Html {
    let lang = use_lang();
    let sheet_ref = use_node_ref();
    let (Some(history), Some(memory)) = (&run.overview.memory, &run.scenario.machine.memory) else {
        return Html::default();
    };
    let samples = history.samples.as_slice();
    let wanted = samples.iter().map(|sample| sample.wanted).max().unwrap_or(0);
    // Where memory is far larger than what is wanted, its line would press the others to the floor.
    let shows_frames = memory.frames <= wanted.saturating_mul(2);
    let most = if shows_frames { wanted.max(memory.frames) } else { wanted };
    let sheet = Sheet::new(run.overview.end, most);
    let onclick = sheet.seek(&sheet_ref, selection, act);
    let stretches: String = history.thrashing.iter().map(|it| sheet.stretch(it.from, it.to)).collect();
    html! {
        <>
            <svg class="chart free-chart" ref={sheet_ref} viewBox={format!("0 0 {WIDTH} {HEIGHT}")} role="img" aria-label={t::chart(lang, wanted, memory.frames)} {onclick} data-testid="working-sets-chart">
                <path class="thrashing" d={stretches} />
                { sheet.scale(run) }
                if shows_frames { { sheet.mark(memory.frames, t::frames(lang, memory.frames)) } }
                <path class="free-line" d={sheet.steps(samples, |sample| sample.wanted)} />
                { for history.tasks.iter().enumerate().map(|(place, task)| html! {
                    <path key={task.get()} class={format!("curve-line curve-{}", task.index() % 7)} d={sheet.steps(samples, |sample| of(sample, place))} />
                }) }
                { sheet.cursor(run.snapshot.now) }
            </svg>
            { legend(run, history, lang) }
            { told(run, &history.thrashing, lang) }
            <details class="as-table">
                <summary>{ m::as_table(lang) }</summary>
                { table(run, history, lang) }
            </details>
        </>
    }
}

fn of(sample: &MemorySample, place: usize) -> u32 {
    sample.working.get(place).copied().unwrap_or(0)
}

fn legend(run: &Run, history: &MemoryHistory, lang: Lang) -> Html {
    let key = |class: String| html! { <svg viewBox="0 0 28 14" aria-hidden="true"><path {class} d="M0 7H28" /></svg> };
    html! {
        <ul class="curve-legend">
            <li>{ key("free-line".to_owned()) }{ t::together(lang) }</li>
            if !history.thrashing.is_empty() {
                <li><svg viewBox="0 0 28 14" aria-hidden="true"><path class="thrashing" d="M0 0H28V14H0Z" /></svg>{ t::thrashing(lang) }</li>
            }
            { for history.tasks.iter().map(|task| html! {
                <li key={task.get()} title={t::working_set(lang)}>
                    { key(format!("curve-line curve-{}", task.index() % 7)) }
                    { chip(run, *task) }
                </li>
            }) }
        </ul>
    }
}

/// When the machine thrashed, and how that shows.
fn told(run: &Run, thrashing: &[Thrashing], lang: Lang) -> Html {
    if thrashing.is_empty() {
        return html! { <p class="aside" data-testid="thrashing">{ t::none(lang) }</p> };
    }
    let cpus = u64::from(run.scenario.machine.cpus);
    html! {
        <ul class="told-thrashing" data-testid="thrashing">
            { for thrashing.iter().enumerate().map(|(place, it)| html! {
                <li key={place}>
                    <strong>{ t::from_to(lang, &run.ruler.time(it.from), &run.ruler.time(it.to)) }</strong>{ " " }
                    { sign(it, cpus, lang) }
                </li>
            }) }
        </ul>
    }
}

fn sign(thrashing: &Thrashing, cpus: u64, lang: Lang) -> String {
    let length = thrashing.to.since(thrashing.from).0;
    let share = |part: u64, whole: u64| amount::percent((part, whole)).unwrap_or_default();
    match thrashing.sign {
        ThrashingSign::Waiting { waiting, computing } => {
            t::waiting(lang, &share(waiting.0, length), &share(computing.0, length.saturating_mul(cpus)))
        }
        ThrashingSign::TooLarge { wanted, frames } => t::too_large(lang, wanted, frames),
    }
}

fn table(run: &Run, history: &MemoryHistory, lang: Lang) -> Html {
    let every = history.samples.len().div_ceil(MOST_ROWS).max(1);
    html! {
        <div class="scroll" tabindex="0" role="region" aria-label={t::working_sets(lang)}>
            <table class="grid" data-testid="working-sets-table">
                <caption class="sr-only">{ t::working_sets(lang) }</caption>
                <thead>
                    <tr>
                        <th scope="col" class="number">{ m::time(lang) }</th>
                        <th scope="col" class="number">{ t::together(lang) }</th>
                        { for history.tasks.iter().map(|task| html! { <th key={task.get()} scope="col" class="number">{ chip(run, *task) }</th> }) }
                        <th scope="col">{ t::thrashing(lang) }</th>
                    </tr>
                </thead>
                <tbody>
                    { for history.samples.chunks(every).map(|span| row(run, history, span, lang)) }
                </tbody>
            </table>
        </div>
    }
}

fn row(run: &Run, history: &MemoryHistory, span: &[MemorySample], lang: Lang) -> Html {
    let (Some(first), Some(last)) = (span.first(), span.last()) else { return Html::default() };
    let wanted = span.iter().map(|sample| sample.wanted).max().unwrap_or(0);
    let within = |at: Time| history.thrashing.iter().any(|it| it.from <= at && at < it.to);
    html! {
        <tr key={first.at.0}>
            <th scope="row" class="number">{ run.ruler.time(first.at) }</th>
            <td class="number">{ wanted }</td>
            { for (0..history.tasks.len()).map(|place| html! { <td class="number">{ of(last, place) }</td> }) }
            <td>{ if within(first.at) { t::thrashing(lang) } else { "" } }</td>
        </tr>
    }
}
