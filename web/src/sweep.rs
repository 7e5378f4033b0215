//! One parameter against one or two figures, for the chosen policies; or all policies as points in the plane of
//! response and turnaround.

pub mod belady;
pub mod chart;
mod form;
mod parameter;
pub mod plan;

use kernelscope_session::sweep::SweepPoint;
use kernelscope_sim::diagnostic::Diagnostic;
use serde_json::Value;
use yew::prelude::*;

use crate::i18n::{Lang, metrics, sweep as t, use_lang, words};
use crate::panels::figures::Figure;
use crate::state::{Action, Edit, Panel, Shared, SweepState};
use chart::{Chart, Curve, Legend, Point};
use form::Form;
use plan::{Plan, Prepared};

/// See [`Sweep`].
#[derive(Clone, PartialEq, Properties)]
pub struct SweepProps {
    /// The document whose parameters are swept.
    pub document: Shared<Value>,
    /// The points that are there.
    pub sweep: SweepState,
    /// What tells the page that something happened.
    pub act: Callback<Action>,
}

/// The sweep and its chart.
#[component]
pub fn Sweep(SweepProps { document, sweep, act }: &SweepProps) -> Html {
    let lang = use_lang();
    let plan = use_state_eq(|| {
        sweep.prepared.as_ref().map_or_else(|| Plan::suggest(document), |prepared| prepared.plan.clone())
    });
    let refused = use_state_eq(Vec::<Diagnostic>::new);
    let change = {
        let plan = plan.clone();
        Callback::from(move |changed: Plan| plan.set(changed))
    };
    let start = {
        let (plan, refused, document, act) = (plan.clone(), refused.clone(), document.clone(), act.clone());
        Callback::from(move |()| match plan.prepare(&document) {
            Ok(prepared) => {
                refused.set(Vec::new());
                act.emit(Action::Sweep(Shared::new(prepared)));
            }
            Err(problems) => refused.set(problems),
        })
    };
    html! {
        <section class="sweep" data-testid="sweep">
            <h2 class="panel-title">{ t::title(lang) }</h2>
            <Form
                document={document.clone()}
                plan={(*plan).clone()}
                running={sweep.running}
                {change}
                {start}
                stop={act.reform(|()| Action::StopSweep)}
            />
            if let Some(problem) = refused.first() {
                <p class="sweep-refused" role="alert">{ t::refused(lang, &problem.path) }</p>
            }
            { progress(sweep, lang) }
            if let Some(prepared) = &sweep.prepared {
                <Outcome prepared={prepared.clone()} points={sweep.points.clone()} act={act.clone()} />
            } else {
                <p class="empty">{ t::beginning(lang) }</p>
            }
        </section>
    }
}

fn progress(sweep: &SweepState, lang: Lang) -> Html {
    let done = sweep.points.len();
    if !sweep.running {
        return Html::default();
    }
    html! {
        <p class="sweep-progress" role="status">
            <progress max={sweep.total.to_string()} value={done.to_string()} aria-label={t::progress(lang)}></progress>
            { t::done_of(lang, done, sweep.total) }
        </p>
    }
}

#[derive(Properties, PartialEq)]
struct OutcomeProps {
    prepared: Shared<Prepared>,
    points: Shared<Vec<SweepPoint>>,
    act: Callback<Action>,
}

/// What came out: charts and the table that says the same.
#[component]
fn Outcome(OutcomeProps { prepared, points, act }: &OutcomeProps) -> Html {
    let lang = use_lang();
    let open = {
        let (prepared, act) = (prepared.clone(), act.clone());
        Callback::from(move |(curve, point): (usize, usize)| {
            if let Some(document) = prepared.document_of(curve, point) {
                act.emit(Action::Edit(Edit::Replace(document)));
                act.emit(Action::Show(Panel::Metrics));
            }
        })
    };
    let figures = prepared.plan.drawn();
    let names: Vec<String> = prepared.curves.iter().map(|curve| curve_name(curve, lang).to_owned()).collect();
    let anomalies = belady::anomalies(prepared, points);
    let charts = match (&prepared.plan.parameter, figures.as_slice()) {
        (None, [across, up, ..]) => scatter(prepared, points, (*across, *up), &names, lang, &open),
        (None, _) => Html::default(),
        (Some(path), figures) => {
            figures.iter().map(|figure| lines(prepared, points, *figure, path, &names, lang, &open)).collect()
        }
    };
    html! {
        <>
            <Legend names={names.clone()} />
            <div class="charts" data-testid="charts">{ charts }</div>
            if !anomalies.is_empty() {
                <ul class="sweep-anomalies" data-testid="belady">
                    { for anomalies.iter().map(|it| html! {
                        <li key={format!("{}-{}", it.curve, it.point)}>
                            { t::belady(lang, &names[it.curve], it.frames.0, it.faults.0, it.frames.1, it.faults.1) }
                        </li>
                    }) }
                </ul>
            }
            { table(prepared, points, &figures, &names, lang, &open) }
        </>
    }
}

fn lines(
    prepared: &Prepared,
    points: &[SweepPoint],
    figure: Figure,
    path: &str,
    names: &[String],
    lang: Lang,
    open: &Callback<(usize, usize)>,
) -> Html {
    let anomalies = belady::anomalies(prepared, points);
    let marked: Vec<(usize, usize)> = anomalies.iter().map(|it| (it.curve, it.point)).collect();
    let curves = names.iter().enumerate().map(|(curve, name)| {
        let points = prepared.values.iter().enumerate().filter_map(|(index, value)| {
            let y = figure.of(prepared.at(points, curve, index)?)?.drawn(prepared.ruler);
            Some(Point { index, x: *value as f64, y })
        });
        Curve { name: name.clone(), points: points.collect() }
    });
    let across = t::parameter_name(path, lang);
    let up = with_unit(figure, prepared, lang);
    html! {
        <Chart
            key={figure.name()}
            label={t::chart(lang, metrics::name(figure, lang), &across)}
            {across}
            {up}
            curves={curves.collect::<Vec<_>>()}
            joined=true
            {marked}
            chosen={open.clone()}
        />
    }
}

/// What a curve is called in the legend.
fn curve_name(curve: &plan::Curve, lang: Lang) -> &str {
    match curve {
        plan::Curve::Policy(name) => words::policy(name, lang),
        plan::Curve::Replacement(name) => words::replacement(name, lang),
    }
}

fn scatter(
    prepared: &Prepared,
    points: &[SweepPoint],
    (across, up): (Figure, Figure),
    names: &[String],
    lang: Lang,
    open: &Callback<(usize, usize)>,
) -> Html {
    let curves = names.iter().enumerate().map(|(curve, name)| {
        let place = prepared.at(points, curve, 0).and_then(|run| {
            let (x, y) = (across.of(run)?.drawn(prepared.ruler), up.of(run)?.drawn(prepared.ruler));
            Some(Point { index: 0, x, y })
        });
        Curve { name: name.clone(), points: place.into_iter().collect() }
    });
    html! {
        <Chart
            label={t::chart(lang, metrics::name(up, lang), metrics::name(across, lang))}
            across={with_unit(across, prepared, lang)}
            up={with_unit(up, prepared, lang)}
            curves={curves.collect::<Vec<_>>()}
            joined=false
            chosen={open.clone()}
        />
    }
}

fn with_unit(figure: Figure, prepared: &Prepared, lang: Lang) -> String {
    use crate::panels::figures::Measure;
    let name = metrics::name(figure, lang);
    match figure.measure() {
        Measure::Duration if !prepared.ruler.tick => format!("{name} ({})", prepared.ruler.name()),
        Measure::Share => format!("{name} (%)"),
        _ => name.to_owned(),
    }
}

/// The same as the charts, to be read and to be reached by keyboard.
fn table(
    prepared: &Prepared,
    points: &[SweepPoint],
    figures: &[Figure],
    names: &[String],
    lang: Lang,
    open: &Callback<(usize, usize)>,
) -> Html {
    let parameter = prepared.plan.parameter.as_deref().map(|path| t::parameter_name(path, lang));
    let cell = |curve: usize, point: usize| {
        let onclick = open.reform(move |_: MouseEvent| (curve, point));
        let figure = |figure: &Figure| {
            let amount = prepared.at(points, curve, point).and_then(|run| figure.of(run));
            amount.map_or_else(|| "–".to_owned(), |amount| amount.text(prepared.ruler))
        };
        let texts: Vec<String> = figures.iter().map(figure).collect();
        html! { <td key={curve} class="number"><button type="button" class="bare" title={t::open(lang)} {onclick}>{ texts.join(" · ") }</button></td> }
    };
    let measured: Vec<&str> = figures.iter().map(|figure| metrics::name(*figure, lang)).collect();
    html! {
        <details class="sweep-table">
            <summary>{ t::as_table(lang) }</summary>
            <div class="scroll" tabindex="0" role="region" aria-label={t::as_table(lang)}>
                <table class="grid" data-testid="sweep-table">
                    <caption>{ measured.join(" · ") }</caption>
                    <thead>
                        <tr>
                            <th scope="col">{ parameter.clone().unwrap_or_default() }</th>
                            { for names.iter().enumerate().map(|(curve, name)| html! { <th key={curve} scope="col" class="number">{ name }</th> }) }
                        </tr>
                    </thead>
                    <tbody>
                        { for prepared.values.iter().enumerate().map(|(point, value)| html! {
                            <tr key={point}>
                                <th scope="row" class="number">{ if parameter.is_some() { value.to_string() } else { t::result(lang).to_owned() } }</th>
                                { for (0..names.len()).map(|curve| cell(curve, point)) }
                            </tr>
                        }) }
                    </tbody>
                </table>
            </div>
        </details>
    }
}
