//! Free frames over a whole run against the watermarks, with the daemon's activity behind them and every process's
//! resident pages below; a table says the same.

use kernelscope_session::view::{MemoryHistory, MemorySample};
use kernelscope_sim::mem::spec::{Reclaim, Watermarks};
use kernelscope_sim::time::Time;
use yew::prelude::*;

use super::super::told::chip;
use super::sheet::{HEIGHT, MOST_ROWS, Sheet, WIDTH};
use crate::i18n::{Lang, memory as t, use_lang};
use crate::state::{Action, Run, Selection, Shared};

/// See [`FreeFrames`].
#[derive(Properties, PartialEq)]
pub(super) struct FreeFramesProps {
    pub(super) run: Shared<Run>,
    pub(super) selection: Selection,
    pub(super) act: Callback<Action>,
}

/// Free frames over time.
#[component]
pub(super) fn FreeFrames(FreeFramesProps { run, selection, act }: &FreeFramesProps) -> Html {
    let lang = use_lang();
    let sheet_ref = use_node_ref();
    let (Some(history), Some(memory)) = (&run.overview.memory, &run.scenario.machine.memory) else {
        return Html::default();
    };
    let marks = match memory.reclaim {
        Reclaim::Daemon(marks) => Some(marks),
        Reclaim::Direct => None,
    };
    let samples = history.samples.as_slice();
    let highest = samples.iter().map(|sample| sample.free.1).max().unwrap_or(0);
    let most = highest.max(marks.map_or(0, |marks| marks.high)).max(1);
    let sheet = Sheet::new(run.overview.end, most);
    let now = run.snapshot.now;
    let at_cursor = samples.iter().rev().find(|sample| sample.at <= now).map_or(0, |sample| sample.free.0);
    let least = samples.iter().map(|sample| sample.free.0).min().unwrap_or(0);
    let onclick = sheet.seek(&sheet_ref, selection, act);
    html! {
        <>
            <svg class="chart free-chart" ref={sheet_ref} viewBox={format!("0 0 {WIDTH} {HEIGHT}")} role="img" aria-label={t::free_chart(lang, at_cursor, least)} {onclick} data-testid="free-chart">
                { awake(&sheet, samples) }
                { sheet.scale(run) }
                { for marks.iter().flat_map(|marks| mark_lines(&sheet, marks, lang)) }
                if let Some(span) = span(&sheet, samples) { <path class="free-span" d={span} /> }
                <path class="free-line" d={sheet.steps(samples, |sample| sample.free.0)} />
                { for history.tasks.iter().enumerate().map(|(place, task)| html! {
                    <path key={task.get()} class={format!("curve-line curve-{}", task.index() % 7)} d={sheet.steps(samples, |sample| sample.resident.get(place).copied().unwrap_or(0))} />
                }) }
                { sheet.cursor(now) }
            </svg>
            { legend(run, history, marks.is_some(), lang) }
            <details class="as-table">
                <summary>{ t::as_table(lang) }</summary>
                { table(run, history, lang) }
            </details>
        </>
    }
}

/// The area between the fewest and the most, where several instants had to be joined.
fn span(sheet: &Sheet, samples: &[MemorySample]) -> Option<String> {
    samples.iter().any(|sample| sample.free.0 != sample.free.1).then(|| {
        let ends = samples.iter().skip(1).map(|next| next.at).chain([Time(sheet.end)]);
        let boxes = samples.iter().zip(ends).map(|(sample, end)| {
            let (x, top) = (sheet.x(sample.at), sheet.y(sample.free.1));
            format!("M{x:.1} {top:.1}H{:.1}V{:.1}H{x:.1}Z", sheet.x(end), sheet.y(sample.free.0))
        });
        boxes.collect()
    })
}

/// The stretches in which the daemon has work, behind everything.
fn awake(sheet: &Sheet, samples: &[MemorySample]) -> Html {
    let ends = samples.iter().skip(1).map(|next| next.at).chain([Time(sheet.end)]);
    let stretches: String = samples
        .iter()
        .zip(ends)
        .filter(|(sample, _)| sample.daemon)
        .map(|(sample, end)| sheet.stretch(sample.at, end))
        .collect();
    html! {
        <>
            <defs>
                <pattern id="awake" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
                    <rect class="awake-ground" width="6" height="6" />
                    <line class="awake-thread" x1="0" x2="0" y1="0" y2="6" />
                </pattern>
            </defs>
            <path class="awake" d={stretches} fill="url(#awake)" />
        </>
    }
}

fn mark_lines(sheet: &Sheet, marks: &Watermarks, lang: Lang) -> Vec<Html> {
    let line = |frames: u32, name: String| sheet.mark(frames, name);
    let mut lines =
        vec![line(marks.low, t::low_mark(lang, marks.low)), line(marks.high, t::high_mark(lang, marks.high))];
    if marks.min > 0 {
        lines.push(line(marks.min, t::min_mark(lang, marks.min)));
    }
    lines
}

fn legend(run: &Run, history: &MemoryHistory, has_daemon: bool, lang: Lang) -> Html {
    let key = |class: &'static str| html! { <svg viewBox="0 0 28 14" aria-hidden="true"><path {class} d="M0 7H28" /></svg> };
    html! {
        <ul class="curve-legend">
            <li>{ key("free-line") }{ t::free_column(lang) }</li>
            if has_daemon {
                <li><svg viewBox="0 0 28 14" aria-hidden="true"><path class="awake" d="M0 0H28V14H0Z" fill="url(#awake)" /></svg>{ t::daemon_awake(lang) }</li>
            }
            { for history.tasks.iter().map(|task| html! {
                <li key={task.get()} title={t::resident_over_time(lang)}>
                    <svg viewBox="0 0 28 14" aria-hidden="true"><path class={format!("curve-line curve-{}", task.index() % 7)} d="M0 7H28" /></svg>
                    { chip(run, *task) }
                </li>
            }) }
        </ul>
    }
}

fn table(run: &Run, history: &MemoryHistory, lang: Lang) -> Html {
    let every = history.samples.len().div_ceil(MOST_ROWS).max(1);
    html! {
        <div class="scroll" tabindex="0" role="region" aria-label={t::free_frames(lang)}>
            <table class="grid" data-testid="free-table">
                <caption class="sr-only">{ t::free_frames(lang) }</caption>
                <thead>
                    <tr>
                        <th scope="col" class="number">{ t::time(lang) }</th>
                        <th scope="col" class="number">{ t::free_column(lang) }</th>
                        <th scope="col" class="number">{ t::minor_column(lang) }</th>
                        <th scope="col" class="number">{ t::major_column(lang) }</th>
                        <th scope="col">{ t::daemon(lang) }</th>
                        { for history.tasks.iter().map(|task| html! { <th key={task.get()} scope="col" class="number">{ chip(run, *task) }</th> }) }
                    </tr>
                </thead>
                <tbody>
                    { for history.samples.chunks(every).map(|span| row(run, span, lang)) }
                </tbody>
            </table>
        </div>
    }
}

fn row(run: &Run, span: &[MemorySample], lang: Lang) -> Html {
    let (Some(first), Some(last)) = (span.first(), span.last()) else { return Html::default() };
    let least = span.iter().map(|sample| sample.free.0).min().unwrap_or(0);
    let most = span.iter().map(|sample| sample.free.1).max().unwrap_or(0);
    let faults = span.iter().fold((0, 0), |sum, it| (sum.0 + it.faults.0, sum.1 + it.faults.1));
    html! {
        <tr key={first.at.0}>
            <th scope="row" class="number">{ run.ruler.time(first.at) }</th>
            <td class="number">{ if least == most { least.to_string() } else { t::from_to(lang, least, most) } }</td>
            <td class="number">{ faults.0 }</td>
            <td class="number">{ faults.1 }</td>
            <td>{ if span.iter().any(|sample| sample.daemon) { t::awake(lang) } else { t::asleep(lang) } }</td>
            { for last.resident.iter().map(|pages| html! { <td class="number">{ pages }</td> }) }
        </tr>
    }
}
