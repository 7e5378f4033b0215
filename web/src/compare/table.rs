//! Every figure of every run, with bars; the best and the worst are marked by a sign and a word, not by colour
//! alone.

use yew::prelude::*;

use crate::chip::task_chip;
use crate::i18n::{Lang, compare as t, metrics, use_lang};
use crate::panels::bar::Bar;
use crate::panels::figures::{Amount, Better, Figure, TaskFigure, best_and_worst};
use crate::state::{Run, Shared};

/// The figures that are told of each task.
const OF_TASKS: [TaskFigure; 3] = [TaskFigure::Turnaround, TaskFigure::Response, TaskFigure::Waiting];

/// What the table shows.
#[derive(Clone, PartialEq, Properties)]
pub(super) struct TableProps {
    /// The runs.
    pub(super) runs: Vec<Shared<Run>>,
    /// Their figures at the end, or at the cursor.
    pub(super) at_end: bool,
}

/// Every figure of every run.
#[component]
pub(super) fn Table(TableProps { runs, at_end }: &TableProps) -> Html {
    let lang = use_lang();
    let has_memory = runs.iter().any(|run| run.scenario.machine.memory.is_some());
    html! {
        <>
            <div class="scroll" tabindex="0" role="region" aria-label={t::figures(lang)}>
                <table class="grid compared" data-testid="compared">
                    <caption class="sr-only">{ t::figures(lang) }</caption>
                    { heads(runs, metrics::figure(lang), lang) }
                    <tbody>
                        { for Figure::all(has_memory).map(|figure| {
                            let values: Vec<Option<Amount>> = runs.iter().map(|run| {
                                figure.of(if *at_end { &run.overview.metrics } else { &run.snapshot.metrics })
                            }).collect();
                            let name = html! { <>{ metrics::name(figure, lang) }<small>{ metrics::formula(figure, lang) }</small></> };
                            row(figure.name(), &name, runs, &values, figure.better(), lang)
                        }) }
                    </tbody>
                </table>
            </div>
            { for OF_TASKS.iter().map(|figure| of_tasks(runs, *figure, *at_end, lang)) }
        </>
    }
}

fn heads(runs: &[Shared<Run>], first: &'static str, lang: Lang) -> Html {
    html! {
        <thead>
            <tr>
                <th scope="col">{ first }</th>
                { for runs.iter().enumerate().map(|(index, run)| html! { <th key={index} scope="col">{ super::label(run, lang) }</th> }) }
            </tr>
        </thead>
    }
}

fn of_tasks(runs: &[Shared<Run>], figure: TaskFigure, at_end: bool, lang: Lang) -> Html {
    let Some(first) = runs.first() else {
        return Html::default();
    };
    let name = metrics::task_name(figure, lang);
    html! {
        <details key={name} class="compared-tasks">
            <summary>{ t::of_each_task(lang, name) }</summary>
            <div class="scroll" tabindex="0" role="region" aria-label={name}>
                <table class="grid compared">
                    <caption class="sr-only">{ name }</caption>
                    { heads(runs, name, lang) }
                    <tbody>
                        { for first.overview.tasks.iter().map(|task| {
                            let values: Vec<Option<Amount>> = runs.iter().map(|run| {
                                let tasks = if at_end { &run.overview.tasks_metrics } else { &run.snapshot.tasks_metrics };
                                figure.of(tasks.get(task.id.index())?)
                            }).collect();
                            let chip = task_chip(task.id.index(), task.name.clone().into());
                            row(&task.name, &chip, runs, &values, Better::Lower, lang)
                        }) }
                    </tbody>
                </table>
            </div>
        </details>
    }
}

fn row(
    key: &str,
    name: &Html,
    runs: &[Shared<Run>],
    values: &[Option<Amount>],
    better: Better,
    lang: Lang,
) -> Html {
    let (best, worst) = best_and_worst(values, better);
    let drawn = |place: usize, value: &Option<Amount>| {
        value.zip(runs.get(place)).map_or(0.0, |(value, run)| value.drawn(run.ruler))
    };
    let most = values.iter().enumerate().map(|(place, value)| drawn(place, value)).fold(0.0, f64::max);
    html! {
        <tr key={key.to_owned()} data-testid={format!("compared-{key}")}>
            <th scope="row">{ name.clone() }</th>
            { for values.iter().enumerate().map(|(place, value)| {
                let text = value.zip(runs.get(place)).map_or_else(|| "–".to_owned(), |(value, run)| value.text(run.ruler));
                let (class, mark) = if best.contains(&place) {
                    (Some("best"), Some(("★", metrics::best(lang))))
                } else if worst.contains(&place) {
                    (Some("worst"), Some(("▽", metrics::worst(lang))))
                } else {
                    (None, None)
                };
                let share = if most > 0.0 { drawn(place, value) / most } else { 0.0 };
                html! {
                    <td key={place} class={classes!(class)}>
                        <span class="figures">{ text }</span>
                        if let Some((sign, word)) = mark {
                            <span class="compared-mark"><span aria-hidden="true">{ sign }</span><span class="compared-word">{ " " }{ word }</span></span>
                        }
                        <Bar {share} fill={classes!("run-bar", format!("run-{place}"))} />
                    </td>
                }
            }) }
        </tr>
    }
}
