//! The page table of a process beside the TLBs and the frames: the same page in all three, at a glance.

use kernelscope_sim::mem::spec::Mmu;
use yew::prelude::*;

use super::super::PanelProps;
use super::frames::Frames;
use super::page_table::{PageTable, Shown};
use super::registers::Registers;
use super::tlb::Tlbs;
use super::{nothing, use_look};
use crate::i18n::use_lang;

/// Address spaces of so many pages are listed page by page unless somebody wants only what has been entered.
const SMALL: u64 = 1 << 10;

/// The page table, the TLBs and the frames.
#[component]
pub fn Overall(props: &PanelProps) -> Html {
    let lang = use_lang();
    let pages = props.run.scenario.machine.memory.as_ref().map_or(0, |memory| memory.address.pages());
    let levels = props.run.scenario.machine.memory.as_ref().map_or(1, |memory| memory.address.depth());
    let shown = use_state_eq(|| Shown { every: levels == 1 && pages <= SMALL, from: 0 });
    let Some(view) = use_look(props, |look| (look.every, look.entries.from) = (shown.every, shown.from))
    else {
        return nothing(lang, None);
    };
    if props.run.scenario.machine.memory.as_ref().is_some_and(|memory| memory.mmu != Mmu::Paged) {
        return html! { <Registers run={props.run.clone()} {view} /> };
    }
    let scrolled = {
        let shown = shown.setter();
        Callback::from(move |to| shown.set(to))
    };
    html! {
        <div class="memory" data-testid="memory">
            <PageTable
                run={props.run.clone()}
                view={view.clone()}
                selection={props.selection}
                act={props.act.clone()}
                shown={*shown}
                {scrolled}
            />
            <div class="memory-side">
                <Tlbs run={props.run.clone()} view={view.clone()} selection={props.selection} act={props.act.clone()} />
                <Frames run={props.run.clone()} {view} selection={props.selection} act={props.act.clone()} />
            </div>
        </div>
    }
}
