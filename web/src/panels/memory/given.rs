//! Tables that are given with the machine: a listed one, or all of physical memory as bytes, as in the textbook's
//! exercise. What the current access reads on its way stands above, byte by byte.

use kernelscope_session::view::MemoryView;
use kernelscope_sim::event::{EventKind, MemoryEvent};
use kernelscope_sim::mem::spec::MemorySpec;
use yew::prelude::*;

use super::registers::physical;
use crate::i18n::{Lang, memory as m, translation as t};

/// Given memory shows no more bytes than this, a listed table no more entries.
const MOST: usize = 4096;
/// So many bytes stand around one that is read, at most.
const AROUND: usize = 32;

/// An entry that the current access has read.
struct Read {
    index: u16,
    /// Where it lies.
    at: u32,
    valid: bool,
}

fn read(view: &MemoryView) -> Vec<Read> {
    let passed = view.path.iter().filter(|stage| stage.step <= view.step);
    let entry = |kind| match kind {
        EventKind::Memory(MemoryEvent::Entry { index, at, valid, .. }) => Some(Read { index, at, valid }),
        _ => None,
    };
    passed.filter_map(|stage| entry(stage.event.kind)).collect()
}

/// One table, a row a page.
pub(super) fn listed(frames: &[Option<u32>], view: &MemoryView, lang: Lang) -> Html {
    let read = read(view);
    html! {
        <div class="entries" tabindex="0" role="region" aria-label={t::translation(lang)}>
            <table class="grid" data-testid="listed-table">
                <thead>
                    <tr>
                        <th scope="col" class="number">{ m::page(lang) }</th>
                        <th scope="col">{ m::bits(lang) }</th>
                        <th scope="col" class="number">{ m::frame(lang) }</th>
                    </tr>
                </thead>
                <tbody>
                    { for frames.iter().take(MOST).enumerate().map(|(page, frame)| {
                        let lit = read.iter().any(|read| usize::from(read.index) == page);
                        html! {
                            <tr key={page} class={classes!(lit.then_some("lit"))}>
                                <th scope="row" class="number">{ page }</th>
                                <td>{ if frame.is_some() { m::valid(lang) } else { m::not_valid(lang) } }</td>
                                <td class="number">{ frame.map_or_else(|| "–".to_owned(), |frame| frame.to_string()) }</td>
                            </tr>
                        }
                    }) }
                </tbody>
            </table>
        </div>
    }
}

/// What the access has read, and all of physical memory below.
pub(super) fn image(memory: &MemorySpec, bytes: &[u8], pdbr: u32, view: &MemoryView, lang: Lang) -> Html {
    let shift = memory.address.page_shift.min(31);
    let (read, end) = (read(view), physical(view).and_then(|at| u32::try_from(at).ok()));
    let value = |at: u32| bytes.get(at as usize).map_or_else(|| "–".to_owned(), |byte| format!("{byte:02x}"));
    let frame = |at: u32| at >> shift;
    let entries = read.iter().map(|read| {
        let mut said = t::entry_read(lang, frame(read.at), read.index, &value(read.at));
        if !read.valid {
            said = format!("{said} ({})", t::entry_not_valid(lang));
        }
        (read.at, said)
    });
    let offset = |at: u32| at & ((1 << shift) - 1);
    let byte = end.map(|at| (at, t::byte_read(lang, frame(at), offset(at), &value(at))));
    let way: Vec<(u32, String)> = entries.chain(byte).collect();
    html! {
        <>
            <p>{ t::pdbr(lang, pdbr) }</p>
            <h3>{ t::on_the_way(lang) }</h3>
            if way.is_empty() { <p class="soft">{ t::nothing_read(lang) }</p> }
            <ol class="walk" data-testid="walk">
                { for way.iter().enumerate().map(|(place, (at, said))| html! {
                    <li key={place}><p>{ said }</p>{ around(bytes, *at, 1 << shift) }</li>
                }) }
            </ol>
            <details class="as-table" open=true>
                <summary>{ t::physical_memory(lang, bytes.len() as u32) }</summary>
                { whole(bytes, 1 << shift, pdbr, &way, lang) }
            </details>
        </>
    }
}

/// The bytes around one that is read, which is lit. The line above says the same in words.
fn around(bytes: &[u8], at: u32, page: usize) -> Html {
    let at = at as usize;
    let from = at - at % page.min(AROUND);
    let line = bytes.get(from..bytes.len().min(from + page.min(AROUND))).unwrap_or_default();
    html! {
        <div class="walk-bytes" aria-hidden="true">
            { for line.iter().enumerate().map(|(place, byte)| {
                let byte = format!("{byte:02x}");
                html! { <span key={place}>if from + place == at { <mark>{ byte }</mark> } else { { byte } }</span> }
            }) }
        </div>
    }
}

/// All of physical memory, a row a frame; what was read is lit, the top table marked.
fn whole(bytes: &[u8], page: usize, pdbr: u32, way: &[(u32, String)], lang: Lang) -> Html {
    let is_read = |address: usize| way.iter().any(|(at, _)| *at as usize == address);
    html! {
        <div class="entries" tabindex="0" role="region" aria-label={t::physical_memory(lang, bytes.len() as u32)}>
            <table class="image" data-testid="image">
                <thead>
                    <tr>
                        <th scope="col">{ t::frame_row(lang) }</th>
                        { for (0..page.min(bytes.len())).map(|place| html! { <th key={place} scope="col">{ place }</th> }) }
                    </tr>
                </thead>
                <tbody>
                    { for bytes[..bytes.len().min(MOST)].chunks(page).enumerate().map(|(frame, row)| html! {
                        <tr key={frame} class={classes!((frame == pdbr as usize).then_some("is-root"))}>
                            <th scope="row">{ frame }</th>
                            { for row.iter().enumerate().map(|(place, byte)| {
                                let byte = format!("{byte:02x}");
                                html! { <td key={place}>if is_read(frame * page + place) { <mark>{ byte }</mark> } else { { byte } }</td> }
                            }) }
                        </tr>
                    }) }
                </tbody>
            </table>
        </div>
    }
}
