//! The timeline as a component: it lays out the elements, hands the [`Stage`](super::stage::Stage) what is to be
//! shown and passes on what hands do.

use std::cell::RefCell;
use std::rc::Rc;

use gloo::events::{EventListener, EventListenerOptions};
use gloo::timers::callback::Timeout;
use kernelscope_session::view::Lane;
use kernelscope_sim::time::Time;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{HtmlCanvasElement, HtmlElement, PointerEvent, ResizeObserver, WheelEvent};
use yew::prelude::*;

use super::lanes::{HEADING, Layout, Slot, slots};
use super::legend::Legend;
use super::stage::{Canvas, Elements, Phase, Shown, Stage, chosen_lane};
use super::table::Table;
use super::words;
use crate::app::use_theme;
use crate::chip::TaskChip;
use crate::i18n::{timeline as text, use_lang};
use crate::keys;
use crate::state::{Action, Run, Selection, Shared};
use crate::store::use_select;
use crate::transport::playhead::use_playhead;

/// How long the cursor rests before a screen reader is told where, in milliseconds.
const REST: u32 = 400;

/// See [`Timeline`].
#[derive(Clone, PartialEq, Properties)]
pub struct TimelineProps {
    /// The runs, one below the other on one axis; empty before the first.
    pub runs: Vec<Shared<Run>>,
    /// What is chosen.
    pub selection: Selection,
    /// The stretch that is shown; all of it if none.
    pub window: Option<(Time, Time)>,
    /// Whether it is shown as a table.
    pub table: bool,
    /// Whether time runs by itself.
    pub playing: bool,
    /// Whether it leaves the wheel to the page around it.
    pub embedded: bool,
    /// What tells the page that something happened.
    pub act: Callback<Action>,
}

/// The timeline.
#[component]
pub fn Timeline(props: &TimelineProps) -> Html {
    let lang = use_lang();
    let Some(first) = props.runs.first() else {
        return html! { <p class="empty">{ text::empty(lang) }</p> };
    };
    let run = props.runs.get(usize::from(props.selection.run)).unwrap_or(first);
    let toggle = props.act.reform({
        let table = props.table;
        move |_| Action::Table(!table)
    });
    let zoom = |command: keys::Command| {
        let (act, run, window) = (props.act.clone(), run.clone(), props.window);
        Callback::from(move |_: MouseEvent| act.emit(keys::zoom(command, &run, window)))
    };
    html! {
        <div class="timeline">
            if props.table {
                <Table runs={props.runs.clone()} window={props.window} act={props.act.clone()} />
            } else {
                <Picture ..props.clone() />
            }
            <div class="timeline-foot">
                <Legend run={run.clone()} />
                <div class="timeline-tools" role="group" aria-label={text::title(lang)}>
                    if !props.table {
                        <button class="quiet icon" type="button" aria-label={text::zoom_out(lang)} title={text::zoom_out(lang)} onclick={zoom(keys::Command::ZoomOut)}>{ "−" }</button>
                        <button class="quiet icon" type="button" aria-label={text::zoom_in(lang)} title={text::zoom_in(lang)} onclick={zoom(keys::Command::ZoomIn)}>{ "+" }</button>
                        <button class="quiet" type="button" disabled={props.window.is_none()} onclick={zoom(keys::Command::Fit)}>{ text::fit(lang) }</button>
                    }
                    <button class="quiet" type="button" aria-pressed={props.table.to_string()} onclick={toggle}>{ text::show_table(lang) }</button>
                </div>
            </div>
        </div>
    }
}

/// The elements of a picture that is mounted.
#[derive(Clone, Default, PartialEq)]
struct Refs {
    frame: NodeRef,
    scroll: NodeRef,
    lanes: NodeRef,
    axis: NodeRef,
    over: NodeRef,
    minimap: NodeRef,
    tip: NodeRef,
}

impl Refs {
    fn elements(&self) -> Option<Elements> {
        Some(Elements {
            frame: self.frame.cast()?,
            scroll: self.scroll.cast()?,
            lanes: self.lanes.cast::<HtmlCanvasElement>()?,
            axis: self.axis.cast::<HtmlCanvasElement>()?,
            over: self.over.cast::<HtmlCanvasElement>()?,
            minimap: self.minimap.cast::<HtmlCanvasElement>()?,
            tip: self.tip.cast()?,
        })
    }
}

type Mounted = Rc<RefCell<Option<Rc<RefCell<Stage>>>>>;

/// The timeline as a picture.
#[component]
fn Picture(props: &TimelineProps) -> Html {
    let lang = use_lang();
    let theme = use_theme();
    let playhead = use_playhead();
    let projector = use_select(|state| state.prefs.projector);
    let scale: f64 = if *projector { 2.0 } else { 1.0 };
    let refs = use_memo((), |()| Refs::default());
    let mounted: Mounted = use_mut_ref(|| None);
    let scrolled = use_state_eq(|| 0.0f64);

    let slots =
        use_memo(props.runs.iter().map(|run| run.overview.clone()).collect::<Vec<_>>(), |overviews| {
            slots(overviews.iter().map(|overview| overview.lanes.as_slice()))
        });
    let layout = use_memo((Rc::clone(&slots), scale.to_bits()), |(slots, _)| Layout::new(slots, scale));
    let shown = Shown {
        runs: props.runs.clone(),
        selection: props.selection,
        window: props.window,
        playing: props.playing,
        theme,
        scale,
        lang,
    };

    use_effect_with((), {
        let (refs, mounted, shown, act) =
            (Rc::clone(&refs), Rc::clone(&mounted), shown.clone(), props.act.clone());
        let (scrolled, embedded, playhead) = (scrolled.setter(), props.embedded, playhead.clone());
        move |()| {
            let held = refs.elements().map(|elements| {
                let stage =
                    Stage::new(elements.clone(), shown, act, Callback::from(move |by| scrolled.set(by)));
                stage.borrow_mut().resized();
                *mounted.borrow_mut() = Some(Rc::clone(&stage));
                listen(&elements, &stage, embedded, &playhead)
            });
            move || {
                *mounted.borrow_mut() = None;
                drop(held);
            }
        }
    });
    use_effect_with(shown, {
        let mounted = Rc::clone(&mounted);
        move |shown| {
            if let Some(stage) = mounted.borrow().as_ref() {
                stage.borrow_mut().show(shown.clone());
            }
        }
    });
    use_effect_with(layout.height.to_bits(), {
        let refs = Rc::clone(&refs);
        let height = layout.height;
        move |_| {
            if let Some(frame) = refs.frame.cast::<HtmlElement>() {
                let _ = frame.style().set_property("--lanes-height", &format!("{}px", height + 8.0));
            }
        }
    });
    use_announcement(props);

    let hand = |hand: fn(&mut Stage, &PointerEvent) -> Vec<Action>| {
        let (mounted, act) = (Rc::clone(&mounted), props.act.clone());
        Callback::from(move |event: PointerEvent| {
            let stage = mounted.borrow().clone();
            let actions = stage.map(|stage| hand(&mut stage.borrow_mut(), &event)).unwrap_or_default();
            actions.into_iter().for_each(|action| act.emit(action));
        })
    };
    let fit = props.act.reform(|_: MouseEvent| Action::Window(None));
    let onkeydown = {
        let (mounted, act) = (Rc::clone(&mounted), props.act.clone());
        Callback::from(move |event: KeyboardEvent| {
            let down = match event.key().as_str() {
                "ArrowDown" => true,
                "ArrowUp" => false,
                _ => return,
            };
            event.prevent_default();
            let stage = mounted.borrow().clone();
            let actions = stage.map(|stage| stage.borrow_mut().walk(down)).unwrap_or_default();
            actions.into_iter().for_each(|action| act.emit(action));
        })
    };
    let onscroll = {
        let mounted = Rc::clone(&mounted);
        Callback::from(move |_: Event| {
            if let Some(stage) = mounted.borrow().as_ref() {
                stage.borrow_mut().scroll();
            }
        })
    };
    let end = props.runs.iter().map(|run| run.overview.end).max().unwrap_or_default();
    let ruler = props.runs.first().map(|run| run.ruler).unwrap_or_default();
    html! {
        <div class="timeline-frame" ref={refs.frame.clone()}>
            <div class="timeline-strip">
                <canvas ref={refs.minimap.clone()} class="timeline-minimap" aria-hidden="true"
                    onpointerdown={hand(|stage, event| stage.minimap(event, Phase::Press))}
                    onpointermove={hand(|stage, event| stage.minimap(event, Phase::Move))}
                    onpointerup={hand(|stage, event| stage.minimap(event, Phase::Release))}
                />
            </div>
            <div class="timeline-unit" aria-hidden="true">{ ruler.name() }</div>
            <div class="timeline-axis">
                <canvas ref={refs.axis.clone()} aria-hidden="true"
                    onpointerdown={hand(|stage, event| stage.press(event, Canvas::Axis))}
                    onpointermove={hand(|stage, event| stage.moved(event, Canvas::Axis))}
                    onpointerup={hand(Stage::release)}
                    onpointercancel={hand(|stage, _| { stage.leave(true); Vec::new() })}
                    onpointerleave={hand(|stage, _| { stage.leave(false); Vec::new() })}
                />
            </div>
            <div class="timeline-scroll" ref={refs.scroll.clone()} {onscroll}>
                <ul class="timeline-labels" aria-label={text::title(lang)}>
                    { labels(props, &slots, &layout, *scrolled, scale, lang) }
                </ul>
                <div class="timeline-lanes">
                    <canvas ref={refs.lanes.clone()} class="timeline-canvas" role="application" tabindex="0"
                        aria-roledescription={text::role(lang)}
                        aria-label={text::picture(lang, slots.len(), &ruler.time(end))}
                        {onkeydown}
                        ondblclick={fit}
                        onpointerdown={hand(|stage, event| stage.press(event, Canvas::Lanes))}
                        onpointermove={hand(|stage, event| stage.moved(event, Canvas::Lanes))}
                        onpointerup={hand(Stage::release)}
                        onpointercancel={hand(|stage, _| { stage.leave(true); Vec::new() })}
                        onpointerleave={hand(|stage, _| { stage.leave(false); Vec::new() })}
                    />
                </div>
            </div>
            <div class="timeline-over">
                <canvas ref={refs.over.clone()} aria-hidden="true" />
                <div class="timeline-tip" ref={refs.tip.clone()} hidden=true aria-hidden="true"></div>
            </div>
        </div>
    }
}

/// What a picture listens to for as long as it is there. Dropping it ends all of it.
struct Held {
    _listeners: Vec<EventListener>,
    observer: ResizeObserver,
    _observing: Closure<dyn Fn()>,
    playhead: crate::transport::playhead::Playhead,
    watch: u64,
}

impl Drop for Held {
    fn drop(&mut self) {
        self.observer.disconnect();
        self.playhead.leave(self.watch);
    }
}

fn listen(
    elements: &Elements,
    stage: &Rc<RefCell<Stage>>,
    embedded: bool,
    playhead: &crate::transport::playhead::Playhead,
) -> Option<Held> {
    let observing = Closure::<dyn Fn()>::new({
        let stage = Rc::downgrade(stage);
        move || {
            if let Some(stage) = stage.upgrade() {
                stage.borrow_mut().resized();
            }
        }
    });
    let observer = ResizeObserver::new(observing.as_ref().unchecked_ref()).ok()?;
    observer.observe(&elements.scroll);
    let mut listeners = Vec::new();
    // The wheel belongs to the page around an embedded one.
    if !embedded {
        let stage = Rc::downgrade(stage);
        let options = EventListenerOptions::enable_prevent_default();
        listeners.push(EventListener::new_with_options(&elements.frame, "wheel", options, move |event| {
            let (Some(stage), Some(event)) = (stage.upgrade(), event.dyn_ref::<WheelEvent>()) else { return };
            if !(event.ctrl_key() || event.meta_key()) {
                return;
            }
            event.prevent_default();
            stage.borrow_mut().wheel(event);
        }));
    }
    let watch = playhead.watch({
        let (stage, playhead) = (Rc::downgrade(stage), playhead.clone());
        move || {
            if let Some(stage) = stage.upgrade() {
                stage.borrow_mut().glide(playhead.at());
            }
        }
    });
    Some(Held { _listeners: listeners, observer, _observing: observing, playhead: playhead.clone(), watch })
}

/// The names of the lanes in sight, as elements beside the canvas; those of tasks choose their task.
fn labels(
    props: &TimelineProps,
    slots: &[Slot],
    layout: &Layout,
    scrolled: f64,
    scale: f64,
    lang: crate::i18n::Lang,
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
        let first = std::mem::replace(&mut last_run, Some(slot.run)) != Some(slot.run);
        let heading = (first && compared).then(|| {
            html! {
                <Placed key={format!("run-{}", slot.run)} class="timeline-heading" top={row.top - HEADING * scale} height={HEADING * scale}>
                    { &run.label }
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
                        <TaskChip index={task.index()} {name} />
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

/// Tells a screen reader, politely and only when the cursor rests, what it has reached.
#[hook]
fn use_announcement(props: &TimelineProps) {
    let lang = use_lang();
    let run = props.runs.get(usize::from(props.selection.run)).cloned();
    let at = run.as_ref().map(|run| (run.snapshot.step, run.overview.clone()));
    let first = use_mut_ref(|| true);
    let (act, playing) = (props.act.clone(), props.playing);
    use_effect_with((at, playing), move |_| {
        // What stands there when the page opens is read anyway.
        let opening = std::mem::replace(&mut *first.borrow_mut(), false);
        let timeout = run
            .filter(|_| !playing && !opening)
            .map(|run| Timeout::new(REST, move || act.emit(Action::Announce(words::reached(&run, lang)))));
        move || drop(timeout)
    });
}
