//! Memory at the cursor: four panels over one look at it, and one chosen page that is lit in all of them.
//!
//! | panel | shows |
//! |---|---|
//! | [`Overall`] | the page table of a process, the TLBs, the frames |
//! | [`Access`] | one access: its address in parts, the control flow with its path lit, its stages |
//! | [`References`] | the accesses around the cursor, as a textbook's table of a reference string |
//! | [`Swap`] | free frames against the watermarks and working sets against the frames over time, the page daemon, the swap area |
//!
//! The session is asked for what is on the screen and no more: [`use_look`] asks again when the cursor has moved or
//! something else is looked at.

mod access;
mod address;
mod flow;
mod frames;
mod free_frames;
mod given;
mod overall;
mod page_table;
mod registers;
mod sheet;
mod strip;
mod swap;
mod tlb;
mod tree;
mod working_sets;

pub use access::Access;
pub use overall::Overall;
pub use strip::References;
pub use swap::Swap;

use kernelscope_session::protocol::RunId;
use kernelscope_session::view::{Look, MemoryView, PageOf, Window};
use kernelscope_sim::scenario::TaskKind;
use yew::prelude::*;

use super::PanelProps;
use crate::chip::task_classes;
use crate::i18n::{Lang, memory as t};
use crate::state::{Action, Run, Selection, Shared, State, Want};
use crate::store::use_select;

/// What is looked at before anybody has scrolled.
const FIRST: Look = Look {
    task: None,
    entries: Window { from: 0, count: 128 },
    every: false,
    frames: Window { from: 0, count: 256 },
    slots: Window { from: 0, count: 256 },
    accesses: 24,
};

/// Memory as it was last seen; it is looked at anew when the cursor has moved, or when `change` makes the look another.
#[hook]
pub(super) fn use_look(props: &PanelProps, change: impl Fn(&mut Look)) -> Option<Shared<MemoryView>> {
    let PanelProps { run, selection, act } = props;
    let seen = (*use_select(seen)).clone();
    let mut look = seen.as_ref().map_or(FIRST, |view| view.look);
    let is_process = |kind: TaskKind| kind == TaskKind::User;
    look.task = selection.task.filter(|task| run.task(*task).is_some_and(|named| is_process(named.kind)));
    change(&mut look);
    use_effect_with((run.snapshot.step, look, seen.clone(), run.overview.clone()), {
        let (act, of) = (act.clone(), RunId(selection.run));
        move |(step, look, seen, _)| {
            if seen.as_ref().is_none_or(|seen| seen.step != *step || seen.look != *look) {
                act.emit(Action::Want(Want::Memory { run: of, look: *look }));
            }
        }
    });
    seen
}

/// The last look at the memory of the run that is shown.
fn seen(state: &State) -> Option<Shared<MemoryView>> {
    state.pages.get(usize::from(state.selection.run))?.memory.clone()
}

/// A page as it is written everywhere: whose, and its number.
pub(super) fn label(run: &Run, page: PageOf) -> String {
    format!("{}·{}", run.name(page.task), page.vpn.0)
}

/// What a panel shows while there is nothing to show.
pub(super) fn nothing(lang: Lang, view: Option<&MemoryView>) -> Html {
    html! { <p class="empty">{ if view.is_some() { t::no_process(lang) } else { t::looking(lang) } }</p> }
}

/// A page on the screen.
#[derive(Properties, PartialEq)]
pub(super) struct PageButtonProps {
    /// The run that gives names.
    pub(super) run: Shared<Run>,
    /// Which page.
    pub(super) page: PageOf,
    /// What is chosen.
    pub(super) selection: Selection,
    /// Where actions go.
    pub(super) act: Callback<Action>,
    /// What it says to a screen reader behind the name of the page.
    #[prop_or_default]
    pub(super) says: Option<AttrValue>,
    /// How it differs from a page in its place.
    #[prop_or_default]
    pub(super) class: Classes,
    /// What stands below its name.
    #[prop_or_default]
    pub(super) children: Html,
}

/// A page in the colour and weave of its task. Choosing it lights it up in every panel.
#[component]
pub(super) fn PageButton(props: &PageButtonProps) -> Html {
    let PageButtonProps { run, page, selection, act, says, class, children } = props;
    let chosen = selection.page == Some(*page);
    let next = selection.toggle_page(*page);
    let onclick = act.reform(move |_: MouseEvent| Action::Select(next));
    let looks = classes!(
        "page-button",
        class.clone(),
        chosen.then_some("is-chosen"),
        task_classes(page.task.index())
    );
    html! {
        <button type="button" class={looks} aria-pressed={chosen.to_string()} {onclick}>
            <span class="page-name">{ label(run, *page) }</span>
            if let Some(says) = says { <span class="sr-only">{ ", " }{ says.clone() }</span> }
            <span aria-hidden="true">{ children.clone() }</span>
        </button>
    }
}
