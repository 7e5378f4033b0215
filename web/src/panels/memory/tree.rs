//! The tables of a page table with several levels, as a tree that folds (OSTEP 20.3): what is there, how full it is,
//! and, by what is missing, what it saves.

use kernelscope_session::view::{MOST_TABLES, MemoryView, TablePage};
use kernelscope_sim::mem::spec::AddressSpec;
use yew::prelude::*;

use crate::i18n::{Lang, memory as t, use_lang};
use crate::state::{Run, Shared};

/// See [`Tree`].
#[derive(Properties, PartialEq)]
pub(super) struct TreeProps {
    pub(super) run: Shared<Run>,
    pub(super) view: Shared<MemoryView>,
    /// Brings the entries of a table of the last level to the top, by the place of the first.
    pub(super) go: Callback<u64>,
}

/// The tables, each inside the one that leads to it.
#[component]
pub(super) fn Tree(TreeProps { run, view, go }: &TreeProps) -> Html {
    let lang = use_lang();
    let (Some(memory), Some(table)) = (&run.scenario.machine.memory, &view.table) else {
        return Html::default();
    };
    let all: u32 = table.levels.iter().sum();
    let listed = table.tables.len();
    html! {
        <div class="tree" data-testid="tree">
            <h3>{ t::tables(lang) }<span class="title-aside figures">{ all }</span></h3>
            { branches(&table.tables, &memory.address, go, lang) }
            if listed == MOST_TABLES && all > listed as u32 {
                <p class="aside">{ t::more_tables(lang, all - listed as u32) }</p>
            }
        </div>
    }
}

/// Tables in order, each before those below it.
fn branches(tables: &[TablePage], split: &AddressSpec, go: &Callback<u64>, lang: Lang) -> Html {
    let Some(first) = tables.first() else { return Html::default() };
    let starts = tables.iter().enumerate().filter(|(_, table)| table.level == first.level);
    let starts: Vec<usize> = starts.map(|(place, _)| place).collect();
    let ends = starts.iter().skip(1).copied().chain([tables.len()]);
    html! {
        <ul>
            { for starts.iter().zip(ends).map(|(start, end)| {
                let table = tables[*start];
                let below = &tables[*start + 1..end];
                html! { <li key={table.first.0}>{ branch(table, below, split, go, lang) }</li> }
            }) }
        </ul>
    }
}

fn branch(
    table: TablePage,
    below: &[TablePage],
    split: &AddressSpec,
    go: &Callback<u64>,
    lang: Lang,
) -> Html {
    let level = usize::from(table.level);
    let name = match table.level {
        0 => t::directory(lang).to_owned(),
        level => t::table_of_level(lang, level),
    };
    let entries = 1_u64 << split.levels[level];
    let figures = html! {
        <>
            <strong>{ name }</strong>
            <span class="aside">
                { " " }{ t::from_page(lang, table.first.0) }{ " · " }{ t::used_entries(lang, table.used, entries) }
            </span>
        </>
    };
    if level + 1 == split.depth() {
        let place = table.place;
        let onclick = go.reform(move |_: MouseEvent| place);
        return html! { <button type="button" class="bare" {onclick}>{ figures }</button> };
    }
    html! {
        <details open=true>
            <summary>{ figures }</summary>
            { branches(below, split, go, lang) }
        </details>
    }
}
