//! A page table, entry by entry. Only the rows on the screen exist, so that a table of 65,536 entries scrolls like
//! one of sixteen: the session is asked for the entries around them, and the rest is empty space.

use kernelscope_session::view::{EntryView, MemoryView, PageOf, PlaceView, SpaceView, TableView};
use kernelscope_sim::ids::TaskId;
use web_sys::HtmlElement;
use yew::prelude::*;

use super::super::told::chip;
use super::tree::Tree;
use super::{label, nothing};
use crate::i18n::{Lang, memory as t, use_lang};
use crate::state::{Action, Run, Selection, Shared};

/// The height of a row in hundredths of the root's type size; `memory.css` says the same.
const ROW: f64 = 1.75;

/// A window of entries begins at a multiple of this.
const STRIDE: u64 = 32;

/// More pages than this are listed only once they have been entered: no browser scrolls that far.
const MOST_ROWS: u64 = 1 << 19;

/// What of the table is on the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Shown {
    /// Whether every page has a row; else only the entries that have been made.
    pub(super) every: bool,
    /// The first row that is asked for.
    pub(super) from: u64,
}

/// See [`PageTable`].
#[derive(Properties, PartialEq)]
pub(super) struct PageTableProps {
    pub(super) run: Shared<Run>,
    pub(super) view: Shared<MemoryView>,
    pub(super) selection: Selection,
    pub(super) act: Callback<Action>,
    /// What is on the screen …
    pub(super) shown: Shown,
    /// … and what tells that it is to be something else.
    pub(super) scrolled: Callback<Shown>,
}

/// The page table of one process.
#[component]
pub(super) fn PageTable(props: &PageTableProps) -> Html {
    let lang = use_lang();
    let PageTableProps { run, view, selection, shown, .. } = props;
    let list = use_node_ref();
    let table = view.table.as_ref();
    let total = table.map_or(0, |table| table.total);
    // The chosen page comes into view, and nothing moves when it is there already.
    use_effect_with((selection.page, table.and_then(|table| table.task)), {
        let (list, every) = (list.clone(), shown.every);
        move |(page, task)| {
            if let Some(page) = page.filter(|page| every && Some(page.task) == *task) {
                bring_into_view(&list, page.vpn.0);
            }
        }
    });
    let onscroll = {
        let (list, scrolled, shown) = (list.clone(), props.scrolled.clone(), *shown);
        Callback::from(move |_: Event| {
            if let Some(list) = list.cast::<HtmlElement>() {
                let first = f64::from(list.scroll_top()) / row_height();
                let from = (first as u64).saturating_sub(STRIDE) / STRIDE * STRIDE;
                if from != shown.from {
                    scrolled.emit(Shown { from, ..shown });
                }
            }
        })
    };
    let Some((table, task)) = table.and_then(|table| Some((table, table.task?))) else {
        return html! { <section class="page-table">{ nothing(lang, Some(view)) }</section> };
    };
    // What was asked for under another choice of rows does not belong into this one.
    let entries = if view.look.every == shown.every { table.entries.as_slice() } else { &[] };
    let go = {
        let (list, scrolled) = (list.clone(), props.scrolled.clone());
        Callback::from(move |place: u64| {
            scrolled.emit(Shown { every: false, from: place / STRIDE * STRIDE });
            scroll_to(&list, place);
        })
    };
    html! {
        <section class="page-table" aria-labelledby="page-table-title" data-testid="page-table">
            <h2 id="page-table-title" class="panel-title">
                { t::page_table_of(lang) }{ " " }{ chip(run, task) }
            </h2>
            { head(props, table, task, lang) }
            if run.scenario.machine.memory.as_ref().is_some_and(|memory| memory.address.depth() > 1) {
                <Tree run={run.clone()} view={view.clone()} {go} />
            }
            <div class="entries" ref={list} {onscroll} tabindex="0" role="region" aria-label={t::entries(lang)}>
                <div role="table" aria-label={t::page_table(lang, run.name(task))} aria-rowcount={(total + 1).to_string()}>
                    <div role="row" class="entry entry-head" aria-rowindex="1">
                        <span role="columnheader" class="number">{ t::page(lang) }</span>
                        <span role="columnheader">{ t::bits(lang) }</span>
                        <span role="columnheader">{ t::place(lang) }</span>
                    </div>
                    <Rows {total} from={view.look.entries.from}>
                        { for entries.iter().zip(view.look.entries.from..).map(|(entry, place)| html! {
                            <Row key={entry.vpn.0} run={run.clone()} {task} entry={*entry} {place} selection={*selection} act={props.act.clone()} />
                        }) }
                    </Rows>
                </div>
            </div>
            <p class="aside">{ t::bits_legend(lang) }</p>
        </section>
    }
}

/// Whose table it is, what it costs, and which rows it has.
fn head(props: &PageTableProps, table: &TableView, task: TaskId, lang: Lang) -> Html {
    let PageTableProps { run, view, selection, act, shown, scrolled } = props;
    let Some(memory) = run.scenario.machine.memory.as_ref() else { return Html::default() };
    let space = view.spaces.iter().find(|space| space.task == task);
    let pages = memory.address.pages();
    let choose = |every: bool| {
        let onclick = scrolled.reform(move |_: MouseEvent| Shown { every, from: 0 });
        let name = if every { t::every_page(lang) } else { t::made_only(lang) };
        html! { <button type="button" class="filter" aria-pressed={(shown.every == every).to_string()} {onclick}>{ name }</button> }
    };
    let linear = pages.checked_mul(u64::from(memory.pte_size));
    let processes = |space: &SpaceView| {
        let id = space.task;
        let chosen = Selection { task: Some(id), page: None, lane: None, step: None, run: selection.run };
        let onclick = act.reform(move |_: MouseEvent| Action::Select(chosen));
        html! {
            <button key={id.get()} type="button" class="filter" aria-pressed={(id == task).to_string()} {onclick}>
                { chip(run, id) }
            </button>
        }
    };
    html! {
        <div class="page-table-head">
            if view.spaces.len() > 1 {
                <div class="filters" role="group" aria-label={t::process(lang)}>{ for view.spaces.iter().map(processes) }</div>
            }
            if pages <= MOST_ROWS {
                <div class="filters" role="group" aria-label={t::which_entries(lang)}>{ choose(true) }{ choose(false) }</div>
            }
            if let Some(space) = space {
                <p class="aside" data-testid="table-cost">
                    { t::sizes(lang, space.resident, space.swapped) }{ " · " }
                    { t::table_cost(lang, &t::bytes(space.table_bytes), made(table, pages)) }
                    if table.levels.len() > 1 {
                        if let Some(linear) = linear { { "; " }{ t::linear_cost(lang, &t::bytes(linear)) } }
                    }
                </p>
            }
        </div>
    }
}

/// How many entries have been made, as the tables of the last level say.
fn made(table: &TableView, pages: u64) -> u64 {
    let last = table.levels.len().saturating_sub(1);
    let leaves = table.tables.iter().filter(|it| usize::from(it.level) == last);
    leaves.map(|it| u64::from(it.used)).sum::<u64>().min(pages)
}

/// See [`Rows`].
#[derive(Properties, PartialEq)]
struct RowsProps {
    total: u64,
    from: u64,
    children: Html,
}

/// The rows that exist, as far down as they belong, in a space as high as all of them would be.
#[component]
fn Rows(RowsProps { total, from, children }: &RowsProps) -> Html {
    let (space, rows) = (use_node_ref(), use_node_ref());
    use_effect_with((*total, *from), {
        let (space, rows) = (space.clone(), rows.clone());
        move |(total, from)| {
            // The page's policy forbids style attributes; a browser that refuses a property shows fewer rows.
            if let Some(space) = space.cast::<HtmlElement>() {
                let _ = space.style().set_property("block-size", &format!("{}rem", *total as f64 * ROW));
            }
            if let Some(rows) = rows.cast::<HtmlElement>() {
                let _ = rows.style().set_property("inset-block-start", &format!("{}rem", *from as f64 * ROW));
            }
        }
    });
    html! {
        <div role="rowgroup" class="entry-space" ref={space}>
            <div role="presentation" class="entry-rows" ref={rows}>{ children.clone() }</div>
        </div>
    }
}

/// See [`Row`].
#[derive(Properties, PartialEq)]
struct RowProps {
    run: Shared<Run>,
    task: TaskId,
    entry: EntryView,
    place: u64,
    selection: Selection,
    act: Callback<Action>,
}

/// One entry.
#[component]
fn Row(RowProps { run, task, entry, place, selection, act }: &RowProps) -> Html {
    let lang = use_lang();
    let page = PageOf { task: *task, vpn: entry.vpn };
    let chosen = selection.page == Some(page);
    let next = selection.toggle_page(page);
    let onclick = act.reform(move |_: MouseEvent| Action::Select(next));
    let is_unmade = entry.valid && !entry.made;
    let looks = classes!(
        "entry",
        chosen.then_some("is-chosen"),
        (!entry.valid).then_some("is-invalid"),
        is_unmade.then_some("is-unmade"),
    );
    html! {
        <div role="row" class={looks} aria-rowindex={(place + 2).to_string()} data-testid={format!("entry-{}", entry.vpn.0)}>
            <span role="rowheader" class="number">
                <button type="button" class="bare figures" aria-pressed={chosen.to_string()} aria-label={label(run, page)} {onclick}>{ entry.vpn.0 }</button>
            </span>
            <span role="cell"><Bits entry={*entry} /></span>
            <span role="cell" class="entry-place">
                { place_of(entry.place, lang) }
                if is_unmade { <span class="sr-only">{ ", " }{ t::not_made(lang) }</span> }
            </span>
        </div>
    }
}

/// Where a page is, in words.
pub(super) fn place_of(place: PlaceView, lang: Lang) -> String {
    match place {
        PlaceView::Frame(frame) => t::in_frame(lang, frame.get()),
        PlaceView::Transit(frame, slot) => t::in_transit(lang, frame.get(), slot),
        PlaceView::Swap(slot) => t::in_slot(lang, slot),
        PlaceView::File => t::in_file(lang).to_owned(),
        PlaceView::Zero => t::zero_fill(lang).to_owned(),
        PlaceView::None => t::nowhere(lang).to_owned(),
    }
}

#[derive(Properties, PartialEq)]
struct BitsProps {
    entry: EntryView,
}

/// The bits of an entry as letters; those that are set are spoken.
#[component]
fn Bits(BitsProps { entry }: &BitsProps) -> Html {
    let lang = use_lang();
    let present = matches!(entry.place, PlaceView::Frame(_));
    let bits = [
        ("V", entry.valid, t::valid(lang)),
        ("P", present, t::present(lang)),
        ("R", entry.prot.read, t::readable(lang)),
        ("W", entry.prot.write, t::writable(lang)),
        ("X", entry.prot.fetch, t::executable(lang)),
        ("A", entry.accessed, t::accessed(lang)),
        ("D", entry.dirty, t::dirty(lang)),
    ];
    let mut told: Vec<&str> = bits.iter().filter(|bit| bit.1).map(|bit| bit.2).collect();
    match (entry.valid, present) {
        (false, _) => told.push(t::not_valid(lang)),
        (true, false) => told.push(t::not_present(lang)),
        (true, true) => {}
    }
    html! {
        <>
            <span class="bits" aria-hidden="true">
                { for bits.iter().map(|(letter, on, _)| html! { <i key={*letter} class={classes!(on.then_some("on"))}>{ *letter }</i> }) }
            </span>
            <span class="sr-only">{ told.join(", ") }</span>
        </>
    }
}

fn row_height() -> f64 {
    let root = gloo::utils::document().document_element();
    let size = root.and_then(|root| gloo::utils::window().get_computed_style(&root).ok().flatten());
    let size = size.and_then(|style| style.get_property_value("font-size").ok());
    let pixels = size.and_then(|size| size.trim_end_matches("px").parse::<f64>().ok());
    pixels.unwrap_or(16.0) * ROW
}

fn scroll_to(list: &NodeRef, place: u64) {
    if let Some(list) = list.cast::<HtmlElement>() {
        #[expect(clippy::cast_possible_truncation, reason = "no list is higher than a browser can scroll")]
        list.set_scroll_top((place as f64 * row_height()) as i32);
    }
}

fn bring_into_view(list: &NodeRef, place: u64) {
    let Some(element) = list.cast::<HtmlElement>() else { return };
    let top = place as f64 * row_height();
    let seen = f64::from(element.scroll_top())
        ..f64::from(element.scroll_top() + element.client_height()) - 2.0 * row_height();
    if !seen.contains(&top) {
        scroll_to(list, place.saturating_sub(3));
    }
}
