//! The list of events with their reasons: it follows the cursor, and every row leads there.
//!
//! The engine makes a page of the list at a time, of the events that are chosen, wherever in the run they are; older and
//! newer pages are asked for when they are wanted.

use kernelscope_session::protocol::{RunId, Target};
use kernelscope_session::topic::{Choice, Topic};
use kernelscope_session::view::{EventPage, EventRow, RunMetrics};
use kernelscope_sim::event::Event;
use web_sys::HtmlElement;
use yew::prelude::*;

use super::PanelProps;
use super::told::told;
use crate::i18n::narrate::{because, narrate, rule_behind};
use crate::i18n::voice::Voice;
use crate::i18n::{Lang, event_list as t, rules, use_lang};
use crate::state::{Action, Run, Shared, State, Want};
use crate::store::use_select;

/// How many events a page has.
const PAGE: u32 = 120;
/// How many rows stay visible on both sides of the cursor.
const MARGIN: usize = 20;

fn name(topic: Topic, lang: Lang) -> &'static str {
    match topic {
        Topic::Decisions => t::decisions(lang),
        Topic::Waiting => t::waiting(lang),
        Topic::Lives => t::lives(lang),
        Topic::Levels => t::levels(lang),
        Topic::Syscalls => t::syscalls(lang),
        Topic::Interrupts => t::interrupts(lang),
        Topic::Exceptions => t::exceptions(lang),
        Topic::Memory => t::memory(lang),
    }
}

/// How many there are so far, where the machine counts them.
fn count(topic: Topic, run: &RunMetrics) -> Option<u64> {
    match topic {
        Topic::Syscalls => Some(run.syscalls),
        Topic::Interrupts => Some(run.interrupts),
        Topic::Exceptions => Some(run.exceptions),
        Topic::Decisions => Some(run.context_switches),
        Topic::Waiting | Topic::Lives | Topic::Levels | Topic::Memory => None,
    }
}

/// The list of events.
#[component]
pub fn Events(PanelProps { run, selection, act }: &PanelProps) -> Html {
    let lang = use_lang();
    let topic = use_state_eq(|| None::<Topic>);
    let micro = use_state_eq(|| false);
    let only_chosen = use_state_eq(|| false);
    // Where the person paged to; it follows the cursor again as soon as that moves.
    let paged_to = use_state_eq(|| None::<(u64, u64)>);
    let step = run.snapshot.step;
    let page = use_select(listed);
    // The middle of the page that is asked for: another one only when the cursor comes near an end of it.
    let middle = use_state_eq(|| step);
    use_effect_with((step, (*page).clone()), {
        let middle = middle.clone();
        move |(step, page)| {
            if page.as_ref().is_none_or(|page| !covers(page, *step)) {
                middle.set(*step);
            }
        }
    });
    let around = paged_to.filter(|(at, _)| *at == step).map_or(*middle, |(_, around)| around);
    let choice = Choice { topic: *topic, micro: *micro, task: selection.task.filter(|_| *only_chosen) };
    let want = Want::Events { run: RunId(selection.run), around, count: PAGE, choice };
    use_effect_with(want, {
        let act = act.clone();
        move |want| act.emit(Action::Want(*want))
    });
    // Until the engine has looked through the run, what is wanted of the page that is there.
    let listed = page.as_ref().as_ref().map_or(&[][..], |page| &page.rows);
    let rows: Vec<EventRow> = listed.iter().filter(|row| choice.takes(&row.event)).copied().collect();
    let current = current(&rows, step);
    let list = use_node_ref();
    use_effect_with((step, (*page).clone(), choice), {
        let list = list.clone();
        move |_| show_current(&list)
    });
    let page = page.as_ref().as_ref().filter(|page| page.choice == choice);
    let turn_to = |towards: Option<u64>| {
        let paged_to = paged_to.clone();
        Callback::from(move |_: MouseEvent| paged_to.set(towards.map(|around| (step, around))))
    };
    let has_memory = run.scenario.machine.memory.is_some();
    let there = Topic::ALL.into_iter().filter(|topic| has_memory || *topic != Topic::Memory);
    let topics = std::iter::once(None).chain(there.map(Some));
    html! {
        <section class="events" data-testid="events">
            <h2 class="panel-title">{ t::events(lang) }</h2>
            <div class="filters" role="group" aria-label={t::filter(lang)}>
                { for topics.map(|about| {
                    let onclick = { let topic = topic.clone(); Callback::from(move |_: MouseEvent| topic.set(about)) };
                    let name = |lang| about.map_or(t::all(lang), |about| name(about, lang));
                    html! {
                        <button key={name(Lang::En)} type="button" class="filter" aria-pressed={(*topic == about).to_string()} {onclick}>
                            { name(lang) }
                            if let Some(count) = about.and_then(|about| count(about, &run.snapshot.metrics)) { <span class="count figures">{ count }</span> }
                        </button>
                    }
                }) }
                { toggle(&micro, t::stages(lang)) }
                if let Some(task) = selection.task {
                    { toggle(&only_chosen, &t::only(lang, run.name(task))) }
                }
            </div>
            <div class="event-list" ref={list} tabindex="0" role="region" aria-label={t::list(lang)} aria-busy={page.is_none().to_string()}>
                if page.is_some_and(|page| page.more_before) {
                    <button type="button" class="more" onclick={turn_to(earlier(&rows, around))}>{ t::earlier(lang) }</button>
                }
                if rows.is_empty() && page.is_some() { <p class="empty">{ t::none_at_all(lang) }</p> }
                <ol>
                    { for rows.iter().enumerate().map(|(place, row)| html! {
                        <Row key={format!("{}.{}", row.step, place - first_of(&rows, row.step))} run={Spoken(run.clone())} row={*row} of={RunId(selection.run)} current={Some(row.step) == current}
                            chosen={selection.task.is_some() && selection.task == row.event.task} act={act.clone()} />
                    }) }
                </ol>
                if page.is_some_and(|page| page.more_after) {
                    <button type="button" class="more" onclick={turn_to(rows.last().map(|row| row.step))}>{ t::later(lang) }</button>
                }
            </div>
        </section>
    }
}

/// Where the rows of a step begin.
fn first_of(rows: &[EventRow], step: u64) -> usize {
    rows.partition_point(|row| row.step < step)
}

/// The page of the run that is shown.
fn listed(state: &State) -> Option<Shared<EventPage>> {
    state.pages.get(usize::from(state.selection.run))?.events.clone()
}

/// The step whose events are the cursor's: its own, or the last before it that the list shows.
fn current(rows: &[EventRow], step: u64) -> Option<u64> {
    rows.iter().map(|row| row.step).filter(|shown| *shown <= step).max()
}

/// The middle of the page before these rows. A step with more events than half a page is left behind as a whole.
fn earlier(rows: &[EventRow], around: u64) -> Option<u64> {
    rows.first().map(|row| row.step.min(around.saturating_sub(1)))
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

/// A button that turns something on and off.
fn toggle(switch: &UseStateHandle<bool>, name: &str) -> Html {
    let (on, switch) = (**switch, switch.setter());
    let onclick = Callback::from(move |_: MouseEvent| switch.set(!on));
    html! { <button type="button" class="filter" aria-pressed={on.to_string()} {onclick}>{ name }</button> }
}

#[derive(Properties, PartialEq)]
struct RowProps {
    run: Spoken,
    of: RunId,
    row: EventRow,
    current: bool,
    chosen: bool,
    act: Callback<Action>,
}

/// A run to speak of: the same as another as long as what it is called and measured in is, wherever its cursor stands.
#[derive(Clone)]
struct Spoken(Shared<Run>);

impl PartialEq for Spoken {
    fn eq(&self, other: &Self) -> bool {
        let (one, two) = (&self.0, &other.0);
        // A cursor that moves leaves both as they are, and there may be thousands of names.
        let same_run = one.overview == two.overview && one.scenario == two.scenario;
        let alike = || {
            one.overview.tasks == two.overview.tasks
                && one.scenario.machine.policy == two.scenario.machine.policy
                && one.scenario.machine.devices == two.scenario.machine.devices
        };
        one.ruler == two.ruler && (same_run || alike())
    }
}

#[component]
fn Row(RowProps { run: Spoken(run), of, row, current, chosen, act }: &RowProps) -> Html {
    let lang = use_lang();
    let EventRow { step, event } = *row;
    let of = *of;
    let onclick = act.reform(move |_: MouseEvent| Action::Seek(of, Target::Step(step)));
    html! {
        <li class={classes!("event", current.then_some("current"), chosen.then_some("chosen"))} aria-current={current.then_some("step")}>
            <button type="button" class="bare" {onclick}>
                <span class="event-time figures">{ run.ruler.time(event.at) }</span>
                <span class="event-what">{ told(run, lang, &narrate(&event)) }</span>
                { reason(run, &event, lang) }
            </button>
        </li>
    }
}

/// The name of the rule behind an event, and the reason in words on hovering and for screen readers.
fn reason(run: &Run, event: &Event, lang: Lang) -> Html {
    let Some(rule) = rule_behind(&event.kind).filter(|_| event.kind.rule().is_some()) else {
        return Html::default();
    };
    let why = because(event).map(|narration| Voice::of(run, lang).text(&narration));
    html! { <span class="event-rule" title={why}>{ rules::text(rule, lang).name }</span> }
}

#[cfg(test)]
mod tests {
    use kernelscope_sim::event::EventKind;
    use kernelscope_sim::time::Time;

    use super::*;

    #[test]
    fn a_page_covers_the_cursor_until_it_comes_near_an_end_that_is_not_the_run_s() {
        let event = Event { at: Time::ZERO, kind: EventKind::Yield, task: None, cpu: None };
        let rows = (0..100).map(|step| EventRow { step, event }).collect();
        let mut page = EventPage { rows, more_before: true, ..EventPage::default() };
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
    fn going_back_gets_on_even_where_one_step_fills_a_page() {
        let event = Event { at: Time::ZERO, kind: EventKind::Yield, task: None, cpu: None };
        let page = |steps: [u64; 3]| steps.map(|step| EventRow { step, event });
        assert_eq!(earlier(&page([4, 5, 9]), 7), Some(4));
        assert_eq!(earlier(&page([7, 7, 8]), 7), Some(6));
        assert_eq!(earlier(&[], 7), None);
    }
}
