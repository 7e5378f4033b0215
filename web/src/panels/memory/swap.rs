//! Where pages go when they leave, and when: free frames against the watermarks over time, the page daemon, who waits
//! for a frame, the working sets that want them, and the swap area slot by slot.

use kernelscope_session::view::StateView;
use kernelscope_session::view::{MemoryView, SlotView};
use kernelscope_sim::event::Wait;
use kernelscope_sim::mem::spec::{Mmu, Reclaim};
use yew::prelude::*;

use super::super::PanelProps;
use super::super::told::chip;
use super::free_frames::FreeFrames;
use super::working_sets::WorkingSets;
use super::{PageButton, nothing, use_look};
use crate::i18n::voice::Voice;
use crate::i18n::{Lang, memory as t, use_lang, working_sets};

/// Swap and free frames.
#[component]
pub fn Swap(props: &PanelProps) -> Html {
    let lang = use_lang();
    let Some(view) = use_look(props, |_| {}) else { return nothing(lang, None) };
    html! {
        <div class="swap" data-testid="swap">
            <section aria-labelledby="free-title">
                <h2 id="free-title" class="panel-title">
                    { t::free_frames(lang) }<span class="title-aside">{ t::free_of(lang, view.frames.free, view.frames.total) }</span>
                </h2>
                <FreeFrames run={props.run.clone()} selection={props.selection} act={props.act.clone()} />
                { daemon(props, &view, lang) }
            </section>
            if let Some(memory) = props.run.scenario.machine.memory.as_ref().filter(|memory| memory.mmu == Mmu::Paged) {
                <section aria-labelledby="working-title">
                    <h2 id="working-title" class="panel-title">
                        { working_sets::working_sets(lang) }<span class="title-aside">{ working_sets::tau(lang, memory.load.tau) }</span>
                    </h2>
                    <WorkingSets run={props.run.clone()} selection={props.selection} act={props.act.clone()} />
                </section>
            }
            <section aria-labelledby="swap-title">
                <h2 id="swap-title" class="panel-title">
                    { t::swap_area(lang) }<span class="title-aside">{ t::slots_used(lang, view.swap.used, view.swap.total) }</span>
                </h2>
                <ul class="slot-grid" data-testid="slots">
                    { for view.swap.rows.iter().map(|slot| html! { <li key={slot.slot}>{ tile(props, slot, lang) }</li> }) }
                </ul>
                if view.swap.total as usize > view.swap.rows.len() {
                    <p class="aside">{ t::more_slots(lang, view.swap.total - view.swap.rows.len() as u32) }</p>
                }
            </section>
        </div>
    }
}

/// What the daemon does, and who waits for it.
fn daemon(props: &PanelProps, view: &MemoryView, lang: Lang) -> Html {
    let run = &props.run;
    let has_daemon =
        run.scenario.machine.memory.as_ref().is_some_and(|it| matches!(it.reclaim, Reclaim::Daemon(_)));
    // The thread that waits for work, or writes: no user task blocks for work.
    let threads = run
        .overview
        .tasks
        .iter()
        .filter(|task| task.kind == kernelscope_sim::scenario::TaskKind::KernelThread);
    let states = threads.filter_map(|task| run.snapshot.tasks.get(task.id.index()));
    html! {
        <>
        if !has_daemon { <p class="aside">{ t::no_daemon(lang) }</p> }
        <dl class="fields">
            if has_daemon {
                { for states.map(|task| {
                    let asleep = task.state == StateView::Blocked(Wait::Work);
                    html! {
                        <div key={task.id.get()}>
                            <dt>{ t::daemon(lang) }{ " " }{ chip(run, task.id) }</dt>
                            <dd>
                                if asleep { { t::asleep(lang) } } else { { t::awake(lang) }{ " · " }{ Voice::of(run, lang).state(task.state) } }
                            </dd>
                        </div>
                    }
                }) }
            }
            <div>
                <dt>{ t::waits_for_frame(lang) }</dt>
                <dd data-testid="waiting-for-frames">
                    if view.waiting.is_empty() { { t::nobody_waits(lang) } }
                    { for view.waiting.iter().map(|task| html! { <span key={task.get()} class="told-task">{ chip(run, *task) }</span> }) }
                </dd>
            </div>
        </dl>
        </>
    }
}

fn tile(props: &PanelProps, slot: &SlotView, lang: Lang) -> Html {
    let number = html! { <span class="frame-number">{ slot.slot }</span> };
    let Some(page) = slot.page else {
        return html! { <span class="frame-tile is-free">{ number }<span class="sr-only">{ t::free_slot(lang) }</span></span> };
    };
    let mut says = t::in_slot(lang, slot.slot);
    if let Some(frame) = slot.frame {
        says += &format!(", {}", t::same_as_frame(lang, frame.get()));
    }
    html! {
        <PageButton
            run={props.run.clone()}
            {page}
            selection={props.selection}
            act={props.act.clone()}
            {says}
            class={classes!("frame-tile", slot.frame.map(|_| "is-copy"))}
        >
            { number }
            if let Some(frame) = slot.frame { <span class="frame-bits">{ format!("={}", frame.get()) }</span> }
        </PageButton>
    }
}
