//! The timeline as a component: it lays out the elements, hands the [`Stage`](super::stage::Stage) what is to be
//! shown and passes on what hands do.

use std::cell::RefCell;
use std::rc::Rc;

use gloo::events::{EventListener, EventListenerOptions};
use gloo::timers::callback::Timeout;
use kernelscope_sim::time::Time;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{HtmlCanvasElement, HtmlElement, PointerEvent, ResizeObserver, WheelEvent};
use yew::prelude::*;

use super::labels::labels;
use super::lanes::{Layout, slots};
use super::legend::Legend;
use super::stage::{Canvas, Elements, Phase, Shown, Stage};
use super::words;
use crate::app::use_theme;
use crate::i18n::{timeline as text, use_lang};
use crate::keys;
use crate::rooms::{Entrance, Room, Study};
use crate::state::{Action, Pages, Run, Selection, Shared};
use crate::store::use_select;
use crate::transport::playhead::use_playhead;

/// How long the cursor rests before a screen reader is told where, in milliseconds.
const REST: u32 = 400;

/// See [`Timeline`].
#[derive(Clone, PartialEq, Properties)]
pub struct TimelineProps {
    /// The runs, one below the other on one axis; empty before the first.
    pub runs: Vec<Shared<Run>>,
    /// What was asked for of each of them.
    pub pages: Vec<Pages>,
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
                <Entrance room={Room::Study(Study::Table)} />
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
        pages: props.pages.clone(),
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
        let (scrolled, embedded, playhead) = (scrolled.setter(), props.embedded, playhead);
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
    let announcement = use_announcement(props);

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
            *announcement.borrow_mut() = None;
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
                    onpointercancel={hand(|stage, event| stage.minimap(event, Phase::Release))}
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

/// Tells a screen reader, politely and only when the cursor rests, what it has reached. What it is about to tell is
/// handed out, for those who have something newer to say.
#[hook]
fn use_announcement(props: &TimelineProps) -> Rc<RefCell<Option<Timeout>>> {
    let lang = use_lang();
    let run = props.runs.get(usize::from(props.selection.run)).cloned();
    let at = run.as_ref().map(|run| (run.snapshot.step, run.overview.clone()));
    let first = use_mut_ref(|| true);
    let pending = use_mut_ref(|| None);
    let (act, playing) = (props.act.clone(), props.playing);
    use_effect_with((at, playing), {
        let pending = Rc::clone(&pending);
        move |_| {
            // What stands there when the page opens is read anyway.
            let opening = std::mem::replace(&mut *first.borrow_mut(), false);
            *pending.borrow_mut() = run.filter(|_| !playing && !opening).map(|run| {
                Timeout::new(REST, move || act.emit(Action::Announce(words::reached(&run, lang))))
            });
            move || *pending.borrow_mut() = None
        }
    });
    pending
}
