//! The list of events with their reasons: it follows the cursor, and every row leads there.
//!
//! The engine makes a page of the list at a time; older and newer pages are asked for when they are wanted.

use kernelscope_session::protocol::{RunId, Target};
use kernelscope_session::view::{EventPage, EventRow, RunMetrics};
use kernelscope_sim::event::{Cause, Event, EventKind};
use web_sys::HtmlElement;
use yew::prelude::*;

use super::PanelProps;
use super::told::Told;
use crate::i18n::narrate::{because, narrate, rule_behind};
use crate::i18n::voice::Voice;
use crate::i18n::{Lang, event_list as t, rules, use_lang};
use crate::state::{Action, Run, Selection, Shared, Want};

/// How many events a page has; more where only some of them are shown.
const PAGE: u32 = 120;
const SPARSE_PAGE: u32 = 600;
/// How many rows stay visible on both sides of the cursor.
const MARGIN: usize = 20;

/// Which events are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Filter {
    /// All.
    All,
    /// Who gets the CPU, and who loses it.
    Decisions,
    /// Blocking and waking.
    Waiting,
    /// Arrivals and ends.
    Lives,
    /// Changes of level, priority or estimate.
    Levels,
    /// System calls.
    Syscalls,
    /// Interrupts by timer and devices.
    Interrupts,
    /// Exceptions.
    Exceptions,
}

impl Filter {
    const ALL: [Filter; 8] = [
        Filter::All,
        Filter::Decisions,
        Filter::Waiting,
        Filter::Lives,
        Filter::Levels,
        Filter::Syscalls,
        Filter::Interrupts,
        Filter::Exceptions,
    ];

    fn name(self, lang: Lang) -> &'static str {
        match self {
            Filter::All => t::all(lang),
            Filter::Decisions => t::decisions(lang),
            Filter::Waiting => t::waiting(lang),
            Filter::Lives => t::lives(lang),
            Filter::Levels => t::levels(lang),
            Filter::Syscalls => t::syscalls(lang),
            Filter::Interrupts => t::interrupts(lang),
            Filter::Exceptions => t::exceptions(lang),
        }
    }

    /// How many there are so far, where the machine counts them.
    fn count(self, run: &RunMetrics) -> Option<u64> {
        match self {
            Filter::Syscalls => Some(run.syscalls),
            Filter::Interrupts => Some(run.interrupts),
            Filter::Exceptions => Some(run.exceptions),
            Filter::Decisions => Some(run.context_switches),
            Filter::All | Filter::Waiting | Filter::Lives | Filter::Levels => None,
        }
    }

    /// Whether it lets an event through.
    pub(super) fn shows(self, kind: &EventKind) -> bool {
        match self {
            Filter::All => true,
            Filter::Decisions => matches!(
                kind,
                EventKind::Dispatch { .. }
                    | EventKind::Preempt { .. }
                    | EventKind::SliceEnd { .. }
                    | EventKind::Yield
                    | EventKind::ContextSwitch { .. }
                    | EventKind::Idle
                    | EventKind::Hold
            ),
            Filter::Waiting => {
                matches!(kind, EventKind::Block { .. } | EventKind::IoStart { .. } | EventKind::Wake { .. })
            }
            Filter::Lives => matches!(
                kind,
                EventKind::Arrive
                    | EventKind::Exit { .. }
                    | EventKind::Killed { .. }
                    | EventKind::Reap { .. }
                    | EventKind::Signal { .. }
                    | EventKind::End(_)
            ),
            Filter::Levels => matches!(
                kind,
                EventKind::Demote { .. }
                    | EventKind::Boost { .. }
                    | EventKind::BoostTask { .. }
                    | EventKind::Age { .. }
                    | EventKind::Estimate { .. }
            ),
            Filter::Syscalls => matches!(
                kind,
                EventKind::KernelEntry { cause: Cause::Syscall(_), .. }
                    | EventKind::SyscallDispatch { .. }
                    | EventKind::SyscallError { .. }
            ),
            Filter::Interrupts => {
                matches!(
                    kind,
                    EventKind::KernelEntry { cause: Cause::Timer | Cause::Device(_) | Cause::Reschedule, .. }
                )
            }
            Filter::Exceptions => matches!(
                kind,
                EventKind::KernelEntry { cause: Cause::Exception, .. }
                    | EventKind::Violation { .. }
                    | EventKind::Killed { .. }
            ),
        }
    }
}

/// The list of events.
#[component]
pub fn Events(PanelProps { run, selection, act }: &PanelProps) -> Html {
    let lang = use_lang();
    let filter = use_state_eq(|| Filter::All);
    let micro = use_state_eq(|| false);
    let only_chosen = use_state_eq(|| false);
    // Where the person paged to; it follows the cursor again as soon as that moves.
    let paged_to = use_state_eq(|| None::<(u64, u64)>);
    let step = run.snapshot.step;
    // The middle of the page that is asked for: another one only when the cursor comes near an end of it.
    let middle = use_state_eq(|| step);
    use_effect_with((step, run.events.clone()), {
        let middle = middle.clone();
        move |(step, page)| {
            if page.as_ref().is_none_or(|page| !covers(page, *step)) {
                middle.set(*step);
            }
        }
    });
    let around = paged_to.filter(|(at, _)| *at == step).map_or(*middle, |(_, around)| around);
    let task = selection.task.filter(|_| *only_chosen);
    let count = if *filter == Filter::All { PAGE } else { SPARSE_PAGE };
    let want = Want::Events { run: RunId(selection.run), around, count, micro: *micro, task };
    use_effect_with((want, run.overview.clone()), {
        let act = act.clone();
        move |(want, _)| act.emit(Action::Want(*want))
    });
    let rows: Vec<EventRow> = run.events.as_ref().map_or_else(Vec::new, |page| {
        page.rows.iter().filter(|row| filter.shows(&row.event.kind)).copied().collect()
    });
    let current = current(&rows, step);
    let list = use_node_ref();
    use_effect_with((step, run.events.clone(), *filter), {
        let list = list.clone();
        move |_| show_current(&list)
    });
    let page = |towards: Option<u64>| {
        let paged_to = paged_to.clone();
        Callback::from(move |_: MouseEvent| paged_to.set(towards.map(|around| (step, around))))
    };
    let edge = |first: bool| {
        run.events.as_ref().and_then(|page| if first { page.rows.first() } else { page.rows.last() })
    };
    html! {
        <section class="events" data-testid="events">
            <h2 class="panel-title">{ t::events(lang) }</h2>
            <div class="filters" role="group" aria-label={t::filter(lang)}>
                { for Filter::ALL.iter().map(|choice| {
                    let onclick = { let (filter, choice) = (filter.clone(), *choice); Callback::from(move |_: MouseEvent| filter.set(choice)) };
                    html! {
                        <button key={choice.name(Lang::En)} type="button" class="filter" aria-pressed={(*filter == *choice).to_string()} {onclick}>
                            { choice.name(lang) }
                            if let Some(count) = choice.count(&run.snapshot.metrics) { <span class="count figures">{ count }</span> }
                        </button>
                    }
                }) }
                <Toggle on={*micro} name={t::stages(lang)} toggled={let micro = micro.clone(); Callback::from(move |on| micro.set(on))} />
                if let Some(task) = selection.task {
                    <Toggle on={*only_chosen} name={t::only(lang, run.name(task))} toggled={let only = only_chosen.clone(); Callback::from(move |on| only.set(on))} />
                }
            </div>
            <div class="event-list" ref={list} tabindex="0" role="region" aria-label={t::list(lang)}>
                if run.events.as_ref().is_some_and(|page| page.more_before) {
                    <button type="button" class="more" onclick={page(edge(true).map(|row| row.step))}>{ t::earlier(lang) }</button>
                }
                if rows.is_empty() && run.events.is_some() { <p class="empty">{ t::none_here(lang) }</p> }
                <ol>
                    { for rows.iter().enumerate().map(|(place, row)| html! {
                        <Row key={format!("{}.{place}", row.step)} run={run.clone()} row={*row} current={Some(row.step) == current} selection={*selection} act={act.clone()} />
                    }) }
                </ol>
                if run.events.as_ref().is_some_and(|page| page.more_after) {
                    <button type="button" class="more" onclick={page(edge(false).map(|row| row.step))}>{ t::later(lang) }</button>
                }
            </div>
        </section>
    }
}

/// The step whose events are the cursor's: its own, or the last before it that the list shows.
fn current(rows: &[EventRow], step: u64) -> Option<u64> {
    rows.iter().map(|row| row.step).filter(|shown| *shown <= step).max()
}

/// Whether a page shows a step with enough before and after it.
fn covers(page: &EventPage, step: u64) -> bool {
    let before = page.rows.iter().filter(|row| row.step < step).count();
    let after = page.rows.iter().filter(|row| row.step > step).count();
    (before >= MARGIN || !page.more_before) && (after >= MARGIN || !page.more_after)
}

/// Brings the current row into view, and moves nothing but the list.
fn show_current(list: &NodeRef) {
    let Some(list) = list.cast::<HtmlElement>() else { return };
    if let Ok(Some(row)) = list.query_selector("[aria-current]")
        && let Ok(row) = wasm_bindgen::JsCast::dyn_into::<HtmlElement>(row)
    {
        // The list is positioned, so a row's offset is counted from it.
        let (top, height) = (row.offset_top(), list.client_height());
        let seen = list.scroll_top()..list.scroll_top() + height - row.offset_height();
        if !seen.contains(&top) {
            list.set_scroll_top(top - height / 2);
        }
    }
}

#[derive(Properties, PartialEq)]
struct ToggleProps {
    on: bool,
    name: AttrValue,
    toggled: Callback<bool>,
}

#[component]
fn Toggle(ToggleProps { on, name, toggled }: &ToggleProps) -> Html {
    let next = !*on;
    html! {
        <button type="button" class="filter" aria-pressed={on.to_string()} onclick={toggled.reform(move |_: MouseEvent| next)}>{ name.clone() }</button>
    }
}

#[derive(Properties, PartialEq)]
struct RowProps {
    run: Shared<Run>,
    row: EventRow,
    current: bool,
    selection: Selection,
    act: Callback<Action>,
}

#[component]
fn Row(RowProps { run, row, current, selection, act }: &RowProps) -> Html {
    let lang = use_lang();
    let EventRow { step, event } = *row;
    let run_id = RunId(selection.run);
    let onclick = act.reform(move |_: MouseEvent| Action::Seek(run_id, Target::Step(step)));
    let chosen = selection.task.is_some() && selection.task == event.task;
    html! {
        <li class={classes!("event", current.then_some("current"), chosen.then_some("chosen"))} aria-current={current.then_some("step")}>
            <button type="button" class="bare" {onclick}>
                <span class="event-time figures">{ run.ruler.time(event.at) }</span>
                <span class="event-what"><Told run={run.clone()} narration={narrate(&event)} /></span>
                { reason(run, &event, lang) }
            </button>
        </li>
    }
}

/// The name of the rule behind an event, and the reason in words on hovering and for screen readers.
fn reason(run: &Shared<Run>, event: &Event, lang: Lang) -> Html {
    let Some(rule) = rule_behind(&event.kind).filter(|_| event.kind.rule().is_some()) else {
        return Html::default();
    };
    let why = because(event).map(|narration| Voice::of(run, lang).text(&narration));
    html! { <span class="event-rule" title={why}>{ rules::text(rule, lang).name }</span> }
}

#[cfg(test)]
mod tests {
    use kernelscope_sim::time::{Nanos, Time};

    use super::*;

    #[test]
    fn a_page_covers_the_cursor_until_it_comes_near_an_end_that_is_not_the_run_s() {
        let event = Event { at: Time::ZERO, kind: EventKind::Yield, task: None, cpu: None };
        let rows = (0..100).map(|step| EventRow { step, event }).collect();
        let mut page = EventPage { rows, more_before: true, more_after: false };
        assert!(covers(&page, 50) && covers(&page, 99));
        assert!(!covers(&page, 5));
        page.more_before = false;
        assert!(covers(&page, 5));
    }

    #[test]
    fn a_step_that_the_list_does_not_show_leaves_the_mark_on_the_one_before() {
        let event = Event { at: Time::ZERO, kind: EventKind::Yield, task: None, cpu: None };
        let rows = [3, 3, 7].map(|step| EventRow { step, event });
        assert_eq!(
            [2, 3, 5, 7, 9].map(|step| current(&rows, step)),
            [None, Some(3), Some(3), Some(7), Some(7)]
        );
    }

    #[test]
    fn each_cause_of_an_entry_passes_exactly_one_filter_of_its_own() {
        let causes =
            [Cause::Timer, Cause::Device(None), Cause::Reschedule, Cause::Syscall(39), Cause::Exception];
        for cause in causes {
            let entry = EventKind::KernelEntry { cause, cost: Nanos::ZERO };
            let passed = Filter::ALL.iter().filter(|filter| filter.shows(&entry)).count();
            assert_eq!(passed, 2, "{cause:?} passes its own filter, and the one that shows all");
        }
    }
}
