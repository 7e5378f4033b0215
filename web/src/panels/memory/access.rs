//! One access from its first look into the TLB to its end: the address in its parts, the control flow with the path lit
//! up to the cursor, its stages with the way to each, and the ways from a fault to its cause, its completion and the next.

use kernelscope_session::protocol::{Jump, JumpKind, RunId, Target};
use kernelscope_session::view::{AccessView, EventRow, MemoryView, Outcome};
use kernelscope_sim::event::Event;
use kernelscope_sim::mem::spec::Mmu;
use kernelscope_sim::program::memory::Access as Kind;
use yew::prelude::*;

use super::super::PanelProps;
use super::super::told::{chip, told};
use super::address::{Address, Split};
use super::flow::{Flow, passed, place};
use super::strip::{look, page_of};
use super::{PageButton, nothing, use_look};
use crate::i18n::narrate::narrate;
use crate::i18n::{Lang, memory as t, translation, use_lang};
use crate::state::Action;

/// The access at the cursor.
#[component]
pub fn Access(props: &PanelProps) -> Html {
    let lang = use_lang();
    let Some(view) = use_look(props, |_| {}) else { return nothing(lang, None) };
    let current = view.current.and_then(|at| view.accesses.get(at as usize));
    let Some((access, memory)) = current.zip(props.run.scenario.machine.memory.as_ref()) else {
        return html! { <p class="empty" data-testid="access">{ t::no_access(lang) }</p> };
    };
    let (past, to_come): (Vec<&EventRow>, Vec<&EventRow>) =
        view.path.iter().partition(|stage| stage.step <= view.step);
    let events = |stages: &[&EventRow]| stages.iter().map(|stage| stage.event).collect::<Vec<Event>>();
    let (past, to_come) = (events(&past), events(&to_come));
    let is_over = view.step >= access.steps.1;
    let now = past.iter().rev().find_map(place).filter(|_| view.step <= access.steps.1);
    html! {
        <section class="access" data-testid="access">
            { title(props, access, &memory.mmu, lang) }
            if memory.mmu == Mmu::Paged { <div class="access-flow">
                <h3>{ t::flow(lang) }</h3>
                <Flow
                    passed={passed(&past)}
                    {now}
                    to_come={passed(&to_come)}
                    counts={props.run.snapshot.metrics.memory.unwrap_or_default()}
                    has_tlb={memory.tlb.is_some()}
                />
            </div> }
            <div class="access-address">
                <h3>{ t::split(lang) }</h3>
                <Address
                    split={memory.address.clone()}
                    va={access.va}
                    by={Split::of(&memory.mmu)}
                    physical={access.physical.filter(|_| is_over)}
                />
                if let Some(value) = access.value.filter(|_| is_over) {
                    <p>{ translation::byte_there(lang, &format!("{value:#04x}")) }</p>
                }
            </div>
            <div class="access-stages">
                <h3>{ t::stages(lang) }</h3>
                { stages(props, &view, lang) }
            </div>
        </section>
    }
}

/// Who refers to what and how it went, and the ways from here to other faults.
fn title(props: &PanelProps, access: &AccessView, mmu: &Mmu, lang: Lang) -> Html {
    let PanelProps { run, selection, act } = props;
    let kind = match access.access {
        Kind::Read => t::reads(lang),
        Kind::Write => t::writes(lang),
        Kind::Fetch => t::fetches(lang),
    };
    let case = match access.outcome {
        Outcome::Invalid if *mmu != Mmu::Paged => translation::violates(lang),
        _ if *mmu != Mmu::Paged => translation::went_well(lang),
        Outcome::Hit => t::case_hit(lang),
        Outcome::Walk => t::case_present(lang),
        Outcome::Fault(_) => t::case_absent(lang),
        Outcome::Invalid | Outcome::Forbidden => t::case_invalid(lang),
    };
    let of = RunId(selection.run);
    let go = |to: Target, name: &'static str, id: &'static str| {
        let onclick = act.reform(move |_: MouseEvent| Action::Seek(of, to.clone()));
        html! { <button type="button" {onclick} data-testid={id}>{ name }</button> }
    };
    let fault = |back| Target::Next(Jump { kind: JumpKind::Fault, task: None, back });
    html! {
        <header class="access-head">
            <h2 class="access-what">
                { chip(run, access.task) }{ " " }{ kind }{ " " }
                if mmu.has_pages() {
                    <PageButton run={run.clone()} page={page_of(run, access)} selection={*selection} act={act.clone()} />
                } else {
                    <code>{ format!("{:#x}", access.va) }</code>
                }
                <span class={classes!("access-case", look(access.outcome))} data-testid="access-case">{ case }</span>
            </h2>
            <div class="access-ways">
                { go(Target::Step(access.steps.0), t::to_cause(lang), "to-cause") }
                { go(Target::Step(access.steps.1), t::to_completion(lang), "to-completion") }
                if *mmu == Mmu::Paged {
                    { go(fault(true), t::to_previous_fault(lang), "to-previous-fault") }
                    { go(fault(false), t::to_next_fault(lang), "to-next-fault") }
                }
            </div>
        </header>
    }
}

/// The stages in order, each a way to its step.
fn stages(props: &PanelProps, view: &MemoryView, lang: Lang) -> Html {
    let PanelProps { run, selection, act } = props;
    let of = RunId(selection.run);
    html! {
        <ol class="stage-list" data-testid="stages">
            { for view.path.iter().enumerate().map(|(key, EventRow { step, event })| {
                let step = *step;
                let (looks, says) = match step.cmp(&view.step) {
                    std::cmp::Ordering::Less => ("past", t::stage_past(lang)),
                    std::cmp::Ordering::Equal => ("now", t::stage_now(lang)),
                    std::cmp::Ordering::Greater => ("to-come", t::stage_to_come(lang)),
                };
                let onclick = act.reform(move |_: MouseEvent| Action::Seek(of, Target::Step(step)));
                html! {
                    <li {key} class={looks} aria-current={(looks == "now").then_some("step")}>
                        <button type="button" class="bare" {onclick}>
                            <span class="event-time figures">{ run.ruler.time(event.at) }</span>
                            <span>{ told(run, lang, &narrate(event)) }<span class="sr-only">{ " (" }{ says }{ ")" }</span></span>
                        </button>
                    </li>
                }
            }) }
        </ol>
    }
}
