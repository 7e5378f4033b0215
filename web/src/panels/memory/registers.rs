//! What translates addresses where nothing but translation happens: base and bounds (OSTEP 15), two segments (OSTEP 16),
//! or tables that are given with the machine (OSTEP 18, 20), with what the current access makes of them.

use kernelscope_session::view::{AccessView, MemoryView, Outcome};
use kernelscope_sim::event::{EventKind, MemoryEvent};
use kernelscope_sim::mem::spec::{Given, MemorySpec, Mmu, Segment};
use yew::prelude::*;

use super::given::{image, listed};
use crate::i18n::{Lang, translation as t, use_lang};
use crate::state::{Run, Shared};

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
            segments(&[(*segment, false)], *physical, memory, view, lang)
        }
        Mmu::Segments { up, down, physical } => {
            segments(&[(*up, false), (*down, true)], *physical, memory, view, lang)
        }
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

/// The access at the cursor, once it is over.
fn ended(view: &MemoryView) -> Option<&AccessView> {
    let access = view.accesses.get(view.current? as usize)?;
    (access.steps.1 <= view.step).then_some(access)
}

/// The physical address that the current access came to, once it has.
pub(super) fn physical(view: &MemoryView) -> Option<u64> {
    ended(view)?.physical
}

/// The registers, and where what they say lies in the address space and in physical memory. Of a segment with its
/// direction: `true` grows down.
fn segments(
    all: &[(Segment, bool)],
    physical_size: u32,
    memory: &MemorySpec,
    view: &MemoryView,
    lang: Lang,
) -> Html {
    let space = 1u64 << memory.address.bits.min(63);
    let chosen =
        view.path.iter().filter(|stage| stage.step <= view.step).find_map(|stage| match stage.event.kind {
            EventKind::Memory(MemoryEvent::Segment { number }) => Some(usize::from(number)),
            EventKind::Memory(MemoryEvent::Bounds { .. }) => Some(0),
            _ => None,
        });
    let in_space = all.iter().map(|(segment, down)| {
        let length = u64::from(segment.limit).min(space);
        (if *down { space - length } else { 0 }, length)
    });
    let in_memory = all.iter().map(|(segment, down)| {
        let (base, length) = (u64::from(segment.base), u64::from(segment.limit));
        (if *down { base.saturating_sub(length) } else { base }, length)
    });
    let access = ended(view);
    let wrong = access.is_some_and(|access| access.outcome == Outcome::Invalid);
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
                    { for all.iter().enumerate().map(|(number, (segment, down))| html! {
                        <tr key={number} class={classes!((chosen == Some(number)).then_some("lit"))}>
                            <th scope="row" class="figures">{ number }</th>
                            <td class="number">{ both(segment.base.into()) }</td>
                            <td class="number">{ both(segment.limit.into()) }</td>
                            <td>{ if *down { t::grows_down(lang) } else { t::grows_up(lang) } }</td>
                        </tr>
                    }) }
                </tbody>
            </table>
            { bar(t::address_space(lang, space), space, in_space, access.map(|access| access.va), wrong, lang) }
            { bar(t::physical_memory(lang, physical_size), physical_size.into(), in_memory, physical(view), false, lang) }
        </>
    }
}

/// A number as both textbooks and programs write it.
fn both(number: u64) -> Html {
    html! { <>{ number }{ " " }<small class="soft">{ format!("{number:#x}") }</small></> }
}

/// A memory from its first byte to its last, the segments in it, and an address.
fn bar(
    name: String,
    size: u64,
    stretches: impl Iterator<Item = (u64, u64)>,
    at: Option<u64>,
    wrong: bool,
    lang: Lang,
) -> Html {
    const WIDTH: f64 = 480.0;
    // A number is not legible in less.
    const LEGIBLE: f64 = 14.0;
    let x = |address: u64| address as f64 / size.max(1) as f64 * WIDTH;
    let label = match at {
        Some(at) => format!("{name}, {}", t::marked(lang, at)),
        None => name.clone(),
    };
    html! {
        <figure class="memory-bar">
            <figcaption class="soft small">{ name }</figcaption>
            <svg class="chart" viewBox="0 0 480 68" role="img" aria-label={label}>
                <rect class="memory-ground" x="0" y="22" width="480" height="28" />
                { for stretches.enumerate().map(|(number, (from, length))| {
                    let (left, width) = (x(from), x(length).max(2.0));
                    html! {
                        <g key={number}>
                            <rect class="memory-segment" x={format!("{left:.1}")} y="22" width={format!("{width:.1}")} height="28" />
                            if width >= LEGIBLE {
                                <text x={format!("{:.1}", left + width / 2.0)} y="40" text-anchor="middle">{ number }</text>
                            }
                        </g>
                    }
                }) }
                <text x="0" y="64">{ "0" }</text>
                <text x="480" y="64" text-anchor="end">{ size }</text>
                if let Some(at) = at {
                    <g class={classes!("memory-at", wrong.then_some("is-wrong"))}>
                        <path d={format!("M{:.1} 22l-5 -8h10z", x(at))} />
                        <text x={format!("{:.1}", x(at).clamp(24.0, WIDTH - 24.0))} y="10" text-anchor="middle">
                            { at }{ if wrong { " ✕" } else { "" } }
                        </text>
                    </g>
                }
            </svg>
        </figure>
    }
}
