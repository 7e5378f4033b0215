//! The figures of the run and of its tasks, so far and at the end, each with how it is counted.

use kernelscope_session::view::TaskMetrics;
use kernelscope_sim::ids::TaskId;
use kernelscope_sim::rules::RuleId;
use kernelscope_sim::time::Nanos;
use yew::prelude::*;

use super::PanelProps;
use super::bar::Bar;
use super::conventions;
use super::figures::{Figure, TaskFigure};
use super::told::chip;
use crate::chip::task_classes;
use crate::i18n::{Lang, amount, metrics as t, panels as panel_text, rules, use_lang};
use crate::state::{Run, Shared};

/// How many tasks have a bar of their own; the rest are counted.
const MOST: usize = 200;

/// The figures of the run and of its tasks.
#[component]
pub fn Metrics(PanelProps { run, .. }: &PanelProps) -> Html {
    let lang = use_lang();
    let at_end = use_state_eq(|| false);
    let tasks = if *at_end { &run.overview.tasks_metrics } else { &run.snapshot.tasks_metrics };
    let choose = |end: bool| {
        let at_end = at_end.clone();
        Callback::from(move |_: MouseEvent| at_end.set(end))
    };
    html! {
        <section class="metrics" data-testid="metrics">
            <div class="metrics-run">
                <h2 class="panel-title">{ t::run(lang) }</h2>
                { overall(run, lang) }
            </div>
            <div class="metrics-side">
                <h2 class="panel-title">{ t::shares(lang) }</h2>
                { shares(run, lang) }
                <h2 class="panel-title">{ t::two_switches(lang) }</h2>
                { switches(run, lang) }
            </div>
            <div class="metrics-tasks">
                <h2 class="panel-title">
                    { t::tasks(lang) }
                    <span class="filters" role="group" aria-label={t::tasks(lang)}>
                        <button type="button" class="filter" aria-pressed={(!*at_end).to_string()} onclick={choose(false)}>{ t::so_far(lang) }</button>
                        <button type="button" class="filter" aria-pressed={at_end.to_string()} onclick={choose(true)}>{ t::at_end(lang) }</button>
                    </span>
                </h2>
                { per_task(run, tasks, lang) }
            </div>
        </section>
    }
}

fn overall(run: &Shared<Run>, lang: Lang) -> Html {
    html! {
        <table class="grid figures-table" data-testid="run-metrics">
            <caption class="sr-only">{ t::run(lang) }</caption>
            <thead>
                <tr>
                    <th scope="col">{ t::figure(lang) }</th>
                    <th scope="col" class="number">{ t::so_far(lang) }</th>
                    <th scope="col" class="number">{ t::at_end(lang) }</th>
                </tr>
            </thead>
            <tbody>
                { for Figure::all(run.scenario.machine.memory.is_some()).map(|figure| {
                    let text = |metrics| figure.of(metrics).map_or_else(|| "–".to_owned(), |amount| amount.text(run.ruler));
                    html! {
                        <tr key={figure.name()} data-testid={format!("figure-{}", figure.name())}>
                            <th scope="row">
                                { t::name(figure, lang) }
                                <small>{ t::formula(figure, lang) }{ convention(run, figure.rule(), lang) }</small>
                            </th>
                            <td class="number">{ text(&run.snapshot.metrics) }</td>
                            <td class="number">{ text(&run.overview.metrics) }</td>
                        </tr>
                    }
                }) }
            </tbody>
        </table>
    }
}

/// The convention by which a figure is counted, in the words of its chosen option.
fn convention(run: &Run, rule: Option<RuleId>, lang: Lang) -> Html {
    use kernelscope_sim::rules::RuleKind;
    let chosen = rule.and_then(|rule| match rule.rule().kind {
        RuleKind::Convention(field) => {
            rules::option(rule, conventions::chosen(&run.scenario.rules, field)?, lang)
                .map(|option| (rule, option))
        }
        RuleKind::Fixed | RuleKind::LeftOut => None,
    });
    chosen.map_or_else(Html::default, |(rule, option)| {
        html! {
            <span class="convention">{ format!(" · {}: {option}", rules::text(rule, lang).name) }</span>
        }
    })
}

/// Each task's part of the time that was spent so far in user mode.
fn shares(run: &Shared<Run>, lang: Lang) -> Html {
    let whole: u64 = run.snapshot.tasks_metrics.iter().map(|task| task.cpu.0).sum();
    html! {
        <ul class="shares" data-testid="shares">
            { for run.snapshot.tasks_metrics.iter().take(MOST).map(|task| {
                let share = amount::percent((task.cpu.0, whole)).unwrap_or_else(|| "–".into());
                let part = if whole == 0 { 0.0 } else { task.cpu.0 as f64 / whole as f64 };
                html! {
                    <li key={task.task.get()}>
                        { chip(run, task.task) }
                        <Bar share={part} fill={task_classes(task.task.index())} />
                        <span class="figures">
                            { format!("{} · {share}", run.ruler.length(task.cpu)) }
                        </span>
                    </li>
                }
            }) }
            if run.snapshot.tasks_metrics.len() > MOST {
                <li key="more" class="soft">{ panel_text::and_more(lang, run.snapshot.tasks_metrics.len() - MOST) }</li>
            }
        </ul>
    }
}

/// Mode switches beside process switches: how many, and what they cost.
fn switches(run: &Shared<Run>, lang: Lang) -> Html {
    let (metrics, costs) = (&run.snapshot.metrics, &run.scenario.machine.costs);
    let rows = [
        (t::mode_switches(lang), metrics.mode_switches, costs.mode_switch, "kernel"),
        (t::process_switches(lang), metrics.context_switches, costs.process_switch, "switch"),
    ];
    let most_often = rows.iter().map(|row| row.1).max().unwrap_or(0).max(1);
    let dearest = rows.iter().map(|row| row.2.saturating_mul(row.1).0).max().unwrap_or(0).max(1);
    let length = |length: Nanos| amount::duration(length, run.ruler);
    html! {
        <>
            <table class="grid" data-testid="switches">
                <caption class="sr-only">{ t::two_switches(lang) }</caption>
                <thead>
                    <tr>
                        <td></td>
                        <th scope="col" colspan="2">{ t::count(lang) }</th>
                        <th scope="col" class="number">{ t::each(lang) }</th>
                        <th scope="col" colspan="2">{ t::together(lang) }</th>
                    </tr>
                </thead>
                <tbody>
                    { for rows.iter().map(|(name, times, each, fill)| {
                        let together = each.saturating_mul(*times);
                        let fill = classes!("woven", format!("own-{fill}"));
                        html! {
                            <tr key={*name}>
                                <th scope="row">{ *name }</th>
                                <td class="number">{ times }</td>
                                <td class="bar-cell"><Bar share={*times as f64 / most_often as f64} fill={fill.clone()} /></td>
                                <td class="number">{ length(*each) }</td>
                                <td class="number">{ length(together) }</td>
                                <td class="bar-cell"><Bar share={together.0 as f64 / dearest as f64} {fill} /></td>
                            </tr>
                        }
                    }) }
                </tbody>
            </table>
            <p class="aside">{ if costs.mode_switch.is_zero() && costs.process_switch.is_zero() { t::free(lang) } else { t::two_switches_why(lang) } }</p>
        </>
    }
}

fn per_task(run: &Shared<Run>, tasks: &[TaskMetrics], lang: Lang) -> Html {
    let waiting = conventions::chosen(&run.scenario.rules, "waiting_counts")
        .and_then(|option| rules::option(RuleId::WaitingCounts, option, lang))
        .unwrap_or_default();
    let formula = |figure: TaskFigure| match figure {
        TaskFigure::Waiting => waiting,
        _ => t::task_formula(figure, lang),
    };
    html! {
        <div class="scroll" tabindex="0" role="region" aria-label={t::task_table(lang)}>
            <table class="grid" data-testid="task-metrics">
                <caption class="sr-only">{ t::tasks(lang) }</caption>
                <thead>
                    <tr>
                        <th scope="col">{ panel_text::task(lang) }</th>
                        { for TaskFigure::ALL.iter().map(|figure| html! {
                            <th key={t::task_name(*figure, Lang::En)} scope="col" class="number" title={formula(*figure)}>
                                { t::task_name(*figure, lang) }
                                <small>{ formula(*figure) }</small>
                            </th>
                        }) }
                    </tr>
                </thead>
                <tbody>
                    { for tasks.iter().map(|task| row(run, task)) }
                </tbody>
            </table>
        </div>
    }
}

fn row(run: &Shared<Run>, task: &TaskMetrics) -> Html {
    let id: TaskId = task.task;
    html! {
        <tr key={id.get()}>
            <th scope="row">{ chip(run, id) }</th>
            { for TaskFigure::ALL.iter().enumerate().map(|(place, figure)| html! {
                <td key={place} class="number">
                    { figure.of(task).map_or_else(|| "–".to_owned(), |amount| amount.text(run.ruler)) }
                </td>
            }) }
        </tr>
    }
}
