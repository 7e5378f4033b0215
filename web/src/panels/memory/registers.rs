//! What translates addresses where nothing but translation happens: base and bounds (OSTEP 15), two segments (OSTEP 16),
//! or tables that are given with the machine (OSTEP 18, 20), with what the current access reads of them lit.

use kernelscope_session::view::MemoryView;
use kernelscope_sim::event::{EventKind, MemoryEvent};
use kernelscope_sim::mem::spec::{Given, MemorySpec, Mmu, Segment};
use yew::prelude::*;

use crate::i18n::{Lang, memory as t, use_lang};
use crate::state::{Run, Shared};

/// Given memory shows no more bytes than this, a listed table no more entries.
const MOST: usize = 4096;

/// See [`Registers`].
#[derive(Properties, PartialEq)]
pub(super) struct RegistersProps {
    pub(super) run: Shared<Run>,
    pub(super) view: Shared<MemoryView>,
}

/// What translates.
#[component]
pub(super) fn Registers(RegistersProps { run, view }: &RegistersProps) -> Html {
    let lang = use_lang();
    let Some(memory) = &run.scenario.machine.memory else { return Html::default() };
    let shown = match &memory.mmu {
        Mmu::Paged => Html::default(),
        Mmu::BaseBounds { segment, physical } => {
            segments(&[(t::grows_up(lang), *segment, false)], *physical, view, lang)
        }
        Mmu::Segments { up, down, physical } => segments(
            &[(t::grows_up(lang), *up, false), (t::grows_down(lang), *down, true)],
            *physical,
            view,
            lang,
        ),
        Mmu::Given(Given::List(frames)) => listed(frames, view, lang),
        Mmu::Given(Given::Image { bytes, pdbr, .. }) => image(memory, bytes, *pdbr, view, lang),
    };
    html! {
        <section class="registers" aria-labelledby="registers-title" data-testid="registers">
            <h2 id="registers-title" class="panel-title">{ t::translation(lang) }</h2>
            <p class="aside">{ t::only_translates(lang) }</p>
            { shown }
        </section>
    }
}

/// The physical address that the current access came to, once it has.
fn physical(view: &MemoryView) -> Option<u64> {
    let access = view.accesses.get(view.current? as usize)?;
    access.physical.filter(|_| access.steps.1 <= view.step)
}

/// The registers, and where the segments lie in physical memory.
fn segments(all: &[(&'static str, Segment, bool)], size: u32, view: &MemoryView, lang: Lang) -> Html {
    const WIDTH: f64 = 480.0;
    let x = |address: u64| address as f64 / f64::from(size.max(1)) * WIDTH;
    let place = |segment: &Segment, down: bool| {
        let base = u64::from(segment.base);
        let from = if down { base.saturating_sub(segment.limit.into()) } else { base };
        (from, u64::from(segment.limit))
    };
    let chosen =
        view.path.iter().filter(|stage| stage.step <= view.step).find_map(|stage| match stage.event.kind {
            EventKind::Memory(MemoryEvent::Segment { number }) => Some(usize::from(number)),
            _ => None,
        });
    html! {
        <>
            <table class="grid" data-testid="segment-table">
                <thead>
                    <tr>
                        <th scope="col">{ t::segment(lang) }</th>
                        <th scope="col" class="number">{ t::base(lang) }</th>
                        <th scope="col" class="number">{ t::bounds(lang) }</th>
                        <th scope="col">{ t::grows(lang) }</th>
                    </tr>
                </thead>
                <tbody>
                    { for all.iter().enumerate().map(|(number, (grows, segment, _))| html! {
                        <tr key={number} class={classes!((chosen == Some(number)).then_some("lit"))}>
                            <th scope="row" class="figures">{ number }</th>
                            <td class="number">{ segment.base }</td>
                            <td class="number">{ segment.limit }</td>
                            <td>{ *grows }</td>
                        </tr>
                    }) }
                </tbody>
            </table>
            <svg class="chart" viewBox="0 0 480 74" role="img" aria-label={t::physical_memory(lang, size)}>
                <rect class="memory-ground" x="0" y="20" width="480" height="30" />
                { for all.iter().enumerate().map(|(number, (_, segment, down))| {
                    let (from, length) = place(segment, *down);
                    let (left, width) = (x(from), x(length).max(2.0));
                    html! {
                        <g key={number}>
                            <rect class="memory-segment" x={format!("{left:.1}")} y="20" width={format!("{width:.1}")} height="30" />
                            <text x={format!("{:.1}", left + width / 2.0)} y="40" text-anchor="middle">{ number }</text>
                        </g>
                    }
                }) }
                <text x="0" y="66">{ "0" }</text>
                <text x="480" y="66" text-anchor="end">{ size }</text>
                if let Some(at) = physical(view) {
                    <path class="memory-at" d={format!("M{:.1} 16V54", x(at))} />
                    <text class="chart-name" x={format!("{:.1}", x(at).clamp(24.0, WIDTH - 24.0))} y="12" text-anchor="middle">{ at }</text>
                }
            </svg>
        </>
    }
}

/// Which entries of a given table the current access has read: index and address.
fn read(view: &MemoryView) -> Vec<(u16, u32)> {
    let passed = view.path.iter().filter(|stage| stage.step <= view.step);
    let entry = |kind| match kind {
        EventKind::Memory(MemoryEvent::Entry { index, at, .. }) => Some((index, at)),
        _ => None,
    };
    passed.filter_map(|stage| entry(stage.event.kind)).collect()
}

/// One table, a row a page.
fn listed(frames: &[Option<u32>], view: &MemoryView, lang: Lang) -> Html {
    let read = read(view);
    html! {
        <div class="entries" tabindex="0" role="region" aria-label={t::translation(lang)}>
            <table class="grid" data-testid="listed-table">
                <thead>
                    <tr>
                        <th scope="col" class="number">{ t::page(lang) }</th>
                        <th scope="col">{ t::bits(lang) }</th>
                        <th scope="col" class="number">{ t::frame(lang) }</th>
                    </tr>
                </thead>
                <tbody>
                    { for frames.iter().take(MOST).enumerate().map(|(page, frame)| {
                        let lit = read.iter().any(|(index, _)| usize::from(*index) == page);
                        html! {
                            <tr key={page} class={classes!(lit.then_some("lit"))}>
                                <th scope="row" class="number">{ page }</th>
                                <td>{ if frame.is_some() { t::valid(lang) } else { t::not_valid(lang) } }</td>
                                <td class="number">{ frame.map_or_else(|| "–".to_owned(), |frame| frame.to_string()) }</td>
                            </tr>
                        }
                    }) }
                </tbody>
            </table>
        </div>
    }
}

/// All of physical memory, a row a frame; what the access has read is lit, the top table marked.
fn image(memory: &MemorySpec, bytes: &[u8], pdbr: u32, view: &MemoryView, lang: Lang) -> Html {
    let page = 1_usize << memory.address.page_shift.min(12);
    let read = read(view);
    let at = physical(view);
    let is_read = |address: usize| {
        read.iter().any(|(_, entry)| *entry as usize == address) || at.is_some_and(|at| at == address as u64)
    };
    html! {
        <div class="entries" tabindex="0" role="region" aria-label={t::translation(lang)}>
            <table class="image" data-testid="image">
                <tbody>
                    { for bytes[..bytes.len().min(MOST)].chunks(page).enumerate().map(|(frame, row)| html! {
                        <tr key={frame} class={classes!((frame == pdbr as usize).then_some("is-root"))}>
                            <th scope="row" class="figures">
                                { frame }
                                if frame == pdbr as usize { <small>{ " " }{ t::top_table(lang) }</small> }
                            </th>
                            { for row.iter().enumerate().map(|(place, byte)| {
                                let lit = is_read(frame * page + place);
                                html! { <td key={place}>if lit { <mark>{ format!("{byte:02x}") }</mark> } else { { format!("{byte:02x}") } }</td> }
                            }) }
                        </tr>
                    }) }
                </tbody>
            </table>
        </div>
    }
}
