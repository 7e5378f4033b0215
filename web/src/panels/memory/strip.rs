//! The accesses around the cursor as a textbook's table of a reference string (OSTEP 22.3; OSC 10.4): a column an
//! access, below it how it went, who left for it, and what is in the frames afterwards.

use kernelscope_session::protocol::{RunId, Target};
use kernelscope_session::view::{AccessView, MemoryView, Outcome, PageOf};
use kernelscope_sim::ids::Vpn;
use kernelscope_sim::program::memory::Access as Kind;
use web_sys::HtmlElement;
use yew::prelude::*;

use super::super::PanelProps;
use super::{label, nothing, use_look};
use crate::chip::task_classes;
use crate::i18n::{Lang, memory as t, use_lang, words};
use crate::state::{Action, Run};

/// The accesses around the cursor.
#[component]
pub fn References(props: &PanelProps) -> Html {
    let lang = use_lang();
    let scroll = use_node_ref();
    let seen = use_look(props, |_| {});
    use_effect_with(seen.as_ref().map(|view| (view.step, view.current)), {
        let scroll = scroll.clone();
        move |_| show_current(&scroll)
    });
    let Some(view) = seen else { return nothing(lang, None) };
    let counts = props.run.snapshot.metrics.memory.unwrap_or_default();
    let faults = counts.minor_faults + counts.major_faults;
    html! {
        <section class="strip" aria-labelledby="strip-title" data-testid="references">
            <h2 id="strip-title" class="panel-title">
                { t::references(lang) }
                <span class="title-aside">{ t::strip_legend(lang, counts.references.saturating_sub(faults), faults) }</span>
            </h2>
            if view.accesses.is_empty() {
                <p class="empty">{ t::no_access(lang) }</p>
            } else {
                <div class="scroll" ref={scroll} tabindex="0" role="region" aria-label={t::strip(lang)}>
                    { table(props, &view, lang) }
                </div>
            }
        </section>
    }
}

fn table(props: &PanelProps, view: &MemoryView, lang: Lang) -> Html {
    let frames = view.accesses.iter().map(|access| access.frames.len()).max().unwrap_or(0);
    let columns = || {
        view.accesses.iter().enumerate().map(|(place, access)| (Some(place as u32) == view.current, access))
    };
    let class = |now: bool, access: &AccessView| {
        classes!(now.then_some("now"), (access.steps.0 > view.step).then_some("to-come"))
    };
    let words = |name: &'static str, of: &dyn Fn(&AccessView) -> (Classes, String)| {
        html! {
            <tr>
                <th scope="row">{ name }</th>
                { for columns().map(|(now, access)| {
                    let (looks, text) = of(access);
                    html! { <td key={access.steps.0} class={classes!(class(now, access), looks)}>{ text }</td> }
                }) }
            </tr>
        }
    };
    html! {
        <table class="strip-table" data-testid="strip">
            <thead>
                <tr>
                    <th scope="col">{ t::wanted(lang) }</th>
                    { for columns().map(|(now, access)| html! {
                        <th key={access.steps.0} scope="col" class={class(now, access)} aria-current={now.then_some("step")}>{ head(props, access, lang) }</th>
                    }) }
                </tr>
            </thead>
            <tbody>
                { words(t::outcome(lang), &|access| (classes!(look(access.outcome)), t::went(access.outcome, lang).to_owned())) }
                { words(t::victim(lang), &|access| (Classes::new(), victims(&props.run, access))) }
                { for (0..frames).map(|frame| html! {
                    <tr key={frame} class="strip-frame">
                        <th scope="row">{ t::frame_row(lang, frame) }</th>
                        { for columns().enumerate().map(|(place, (now, access))| {
                            let here = access.frames.get(frame).copied().flatten();
                            let before = place.checked_sub(1).and_then(|before| view.accesses[before].frames.get(frame)).copied().flatten();
                            let chosen = here.is_some() && here == props.selection.page;
                            let looks = classes!(
                                class(now, access),
                                here.map(|page| task_classes(page.task.index())),
                                (here.is_some() && here != before).then_some("changed"),
                                chosen.then_some("is-chosen"),
                            );
                            html! { <td key={access.steps.0} class={looks}>{ here.map(|page| number(&props.run, page)).unwrap_or_default() }</td> }
                        }) }
                    </tr>
                }) }
            </tbody>
        </table>
    }
}

/// The page of an access, which is the way to it.
fn head(props: &PanelProps, access: &AccessView, lang: Lang) -> Html {
    let PanelProps { run, selection, act } = props;
    let page = page_of(run, access);
    let (of, step, next) = (RunId(selection.run), access.steps.1, selection.page != Some(page));
    let chosen = if next { selection.toggle_page(page) } else { *selection };
    let act = act.clone();
    let onclick = move |_: MouseEvent| {
        act.emit(Action::Select(chosen));
        act.emit(Action::Seek(of, Target::Step(step)));
    };
    let kind = match access.access {
        Kind::Read => words::read(lang),
        Kind::Write => words::write(lang),
        Kind::Fetch => words::fetch(lang),
    };
    let letter = match access.access {
        Kind::Read => "R",
        Kind::Write => "W",
        Kind::Fetch => "X",
    };
    html! {
        <button type="button" class={classes!("page-button", task_classes(page.task.index()), (!next).then_some("is-chosen"))} {onclick}>
            { number(run, page) }<small aria-hidden="true">{ letter }</small>
            <span class="sr-only">{ ", " }{ kind }{ ", " }{ t::went(access.outcome, lang) }</span>
        </button>
    }
}

/// The page that an access is to.
pub(super) fn page_of(run: &Run, access: &AccessView) -> PageOf {
    let shift = run.scenario.machine.memory.as_ref().map_or(0, |memory| memory.address.page_shift);
    PageOf { task: access.task, vpn: Vpn(access.va >> shift) }
}

/// A page's number, with its task where there are several that use memory.
fn number(run: &Run, page: PageOf) -> String {
    let users =
        run.overview.tasks.iter().filter(|task| task.kind == kernelscope_sim::scenario::TaskKind::User);
    if users.count() > 1 { label(run, page) } else { page.vpn.0.to_string() }
}

fn victims(run: &Run, access: &AccessView) -> String {
    access.victims.iter().map(|page| number(run, *page)).collect::<Vec<_>>().join(", ")
}

/// How a result looks; the word says the same.
pub(super) fn look(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Hit | Outcome::Walk => "went-well",
        Outcome::Fault(kind) if kind.is_major() => "went-major",
        Outcome::Fault(_) => "went-minor",
        Outcome::Invalid | Outcome::Forbidden => "went-wrong",
    }
}

/// Brings the current column into view, and moves nothing but the strip.
fn show_current(scroll: &NodeRef) {
    let Some(scroll) = scroll.cast::<HtmlElement>() else { return };
    if let Ok(Some(column)) = scroll.query_selector("[aria-current]")
        && let Ok(column) = wasm_bindgen::JsCast::dyn_into::<HtmlElement>(column)
    {
        let (left, width) = (column.offset_left(), scroll.client_width());
        let seen = scroll.scroll_left() + width / 4..scroll.scroll_left() + width - 2 * column.offset_width();
        if !seen.contains(&left) {
            scroll.set_scroll_left(left - width / 2);
        }
    }
}
