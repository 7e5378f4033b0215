//! The TLB of each CPU: its sets, their ways, and what is in them.

use kernelscope_session::view::{MemoryView, TlbView, TranslationView};
use yew::prelude::*;

use super::super::told::chip;
use super::PageButton;
use crate::i18n::{Lang, memory as t, use_lang};
use crate::state::{Action, Run, Selection, Shared};

/// More places than this are not listed.
const MOST_PLACES: usize = 128;

/// See [`Tlbs`].
#[derive(Properties, PartialEq)]
pub(super) struct TlbsProps {
    pub(super) run: Shared<Run>,
    pub(super) view: Shared<MemoryView>,
    pub(super) selection: Selection,
    pub(super) act: Callback<Action>,
}

/// The TLB of each CPU.
#[component]
pub(super) fn Tlbs(props: &TlbsProps) -> Html {
    let lang = use_lang();
    if props.view.tlbs.is_empty() {
        return html! {
            <section class="tlb" data-testid="tlb">
                <h2 class="panel-title">{ t::tlb(lang) }</h2>
                <p class="aside">{ t::no_tlb(lang) }</p>
            </section>
        };
    }
    html! { <>{ for props.view.tlbs.iter().map(|tlb| one(props, tlb, lang)) }</> }
}

fn one(props: &TlbsProps, tlb: &TlbView, lang: Lang) -> Html {
    let run = &props.run;
    let ways = usize::from(tlb.ways).max(1);
    let name = format!("{} · CPU {}", t::tlb(lang), tlb.cpu.get());
    let used = tlb.places.iter().flatten().count();
    let tagged =
        run.scenario.machine.memory.as_ref().and_then(|memory| memory.tlb).is_some_and(|it| it.asid_bits > 0);
    let has_sets = tlb.places.len() > ways;
    html! {
        <section key={tlb.cpu.get()} class="tlb" data-testid="tlb">
            <h2 class="panel-title">
                { name.clone() }<span class="title-aside">{ t::filled(lang, used, tlb.places.len()) }</span>
                if let Some(task) = tlb.task {
                    <span class="title-aside">{ t::tlb_of(lang) }{ " " }{ chip(run, task) }</span>
                }
            </h2>
            <div class="scroll" tabindex="0" role="region" aria-label={name}>
                <table class="grid">
                    <thead>
                        <tr>
                            if has_sets { <th scope="col" class="number">{ t::set(lang) }</th> }
                            <th scope="col" class="number">{ t::way(lang) }</th>
                            <th scope="col">{ t::page(lang) }</th>
                            <th scope="col" class="number">{ t::frame(lang) }</th>
                            <th scope="col">{ t::bits(lang) }</th>
                            if tagged { <th scope="col" class="number">{ t::asid(lang) }</th> }
                            <th scope="col">{ t::last_use(lang) }</th>
                        </tr>
                    </thead>
                    <tbody>
                        { for tlb.places.iter().take(MOST_PLACES).enumerate().map(|(place, entry)| html! {
                            <tr key={place} class={classes!(begins(place, ways, has_sets))}>
                                if has_sets { <td class="number soft">{ if place.is_multiple_of(ways) { (place / ways).to_string() } else { String::new() } }</td> }
                                <td class="number soft">{ place % ways }</td>
                                { translation(props, entry.as_ref(), tagged, lang) }
                            </tr>
                        }) }
                    </tbody>
                </table>
            </div>
            if tlb.places.len() > MOST_PLACES {
                <p class="aside">{ t::more_places(lang, tlb.places.len() - MOST_PLACES) }</p>
            }
        </section>
    }
}

fn begins(place: usize, ways: usize, has_sets: bool) -> Option<&'static str> {
    (has_sets && place > 0 && place.is_multiple_of(ways)).then_some("set-begins")
}

fn translation(props: &TlbsProps, entry: Option<&TranslationView>, tagged: bool, lang: Lang) -> Html {
    let TlbsProps { run, selection, act, .. } = props;
    let Some(entry) = entry else {
        return html! { <td class="soft" colspan={if tagged { "5" } else { "4" }}>{ t::empty_place(lang) }</td> };
    };
    let letters =
        [("R", entry.prot.read), ("W", entry.prot.write), ("X", entry.prot.fetch), ("D", entry.dirty)];
    html! {
        <>
            <td>
                if let Some(page) = entry.page {
                    <PageButton run={run.clone()} {page} selection={*selection} act={act.clone()} />
                }
            </td>
            <td class="number">{ entry.frame.get() }</td>
            <td>
                <span class="bits">
                    { for letters.iter().map(|(letter, on)| html! { <i key={*letter} class={classes!(on.then_some("on"))} aria-hidden={(!on).to_string()}>{ *letter }</i> }) }
                </span>
            </td>
            if tagged { <td class="number">{ entry.asid }</td> }
            <td>{ if entry.age == 0 { t::latest(lang).to_owned() } else { t::uses_ago(lang, entry.age) } }</td>
        </>
    }
}
