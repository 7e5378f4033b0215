//! The names of the lanes: real elements beside the canvas, only those in sight and a few more.

use kernelscope_session::view::Lane;
use web_sys::HtmlElement;
use yew::prelude::*;

use super::lanes::{HEADING, Layout, Slot};
use super::stage::chosen_lane;
use super::view::TimelineProps;
use super::words;
use crate::chip::task_chip;
use crate::compare;
use crate::i18n::Lang;
use crate::state::{Action, Selection};

/// The names of the lanes in sight, as elements beside the canvas; those of tasks choose their task.
pub(super) fn labels(
    props: &TimelineProps,
    slots: &[Slot],
    layout: &Layout,
    scrolled: f64,
    scale: f64,
    lang: Lang,
) -> Html {
    // Some more than are in sight, so that scrolling shows none late.
    const AHEAD: f64 = 400.0;
    const SIGHT: f64 = 1_200.0;
    let visible = layout.visible((scrolled - AHEAD).max(0.0), SIGHT);
    let mut last_run = visible.start.checked_sub(1).and_then(|at| slots.get(at)).map(|slot| slot.run);
    let compared = props.runs.len() > 1;
    let rows = visible.filter_map(|at| {
        let (slot, row) = (slots.get(at)?, layout.row(at)?);
        let run = props.runs.get(slot.run)?;
        let first = last_run.replace(slot.run) != Some(slot.run);
        let heading = (first && compared).then(|| {
            html! {
                <Placed key={format!("run-{}", slot.run)} class="timeline-heading" top={row.top - HEADING * scale} height={HEADING * scale}>
                    { compare::label(run, lang) }
                </Placed>
            }
        });
        let chosen = props.selection;
        let here = usize::from(chosen.run) == slot.run;
        let name = words::lane(slot.lane, run, lang);
        let body = match slot.lane {
            Lane::Task(task) => {
                let pressed = here && chosen.task == Some(task);
                let onclick = props.act.reform({
                    let next = chosen.toggle_task(task);
                    let run = slot.run as u8;
                    move |_: MouseEvent| Action::Select(Selection { run, ..next })
                });
                html! {
                    <button class="quiet lane-label" type="button" aria-pressed={pressed.to_string()} {onclick}>
                        { task_chip(task.index(), name.into()) }
                    </button>
                }
            }
            lane => {
                let onclick = props.act.reform({
                    let (run, before) = (slot.run, chosen);
                    move |_: MouseEvent| Action::Select(chosen_lane(before, run, lane))
                });
                let pressed = here && chosen.lane == Some(lane);
                html! {
                    <button class="quiet lane-label" type="button" aria-pressed={pressed.to_string()} {onclick}>{ name }</button>
                }
            }
        };
        let label = html! { <Placed key={at} class="timeline-label" top={row.top} height={row.height}>{ body }</Placed> };
        Some(heading.into_iter().chain([label]).collect::<Vec<_>>())
    });
    rows.flatten().collect()
}

/// See [`Placed`].
#[derive(Clone, PartialEq, Properties)]
struct PlacedProps {
    class: &'static str,
    top: f64,
    height: f64,
    children: Html,
}

/// An item at its place. Places are set from code, because the page's policy allows no styles in its markup.
#[component]
fn Placed(props: &PlacedProps) -> Html {
    let item = use_node_ref();
    use_effect_with((item.clone(), props.top, props.height), |(item, top, height)| {
        if let Some(item) = item.cast::<HtmlElement>() {
            let _ = item.style().set_property("top", &format!("{top}px"));
            let _ = item.style().set_property("height", &format!("{height}px"));
        }
    });
    html! { <li class={props.class} ref={item}>{ props.children.clone() }</li> }
}
