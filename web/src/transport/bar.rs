//! The buttons.

use kernelscope_session::protocol::{Jump, RunId, Target};
use kernelscope_sim::time::Nanos;
use yew::prelude::*;

use super::find_box::FindBox;
use super::kinds::{JUMPS, jump_name, jump_of, jump_value, needs_memory};
use super::pace::{SPEEDS, usual};
use super::playing::use_playing;
use crate::i18n::{transport as text, use_lang};
use crate::keys::Command;
use crate::sharing::address::Controls;
use crate::state::{Action, Playback, Run, Selection, Shared};

/// See [`Transport`].
#[derive(Clone, PartialEq, Properties)]
pub struct TransportProps {
    /// The run that the buttons are about; none before the first.
    pub run: Option<Shared<Run>>,
    /// What is chosen: jumps can be about one task.
    pub selection: Selection,
    /// Whether time runs by itself.
    pub playback: Playback,
    /// Whether the last jump found nothing.
    pub nothing_found: bool,
    /// Which buttons there are.
    pub controls: Controls,
    /// What tells the page that something happened.
    pub act: Callback<Action>,
}

/// The transport.
#[component]
pub fn Transport(props: &TransportProps) -> Html {
    use_playing();
    let lang = use_lang();
    let run = RunId(props.selection.run);
    let (step, steps) = props.run.as_ref().map_or((0, 0), |run| (run.snapshot.step, run.overview.steps));
    let has_memory = props.run.as_ref().is_some_and(|run| run.scenario.machine.memory.is_some());
    let seek = |to: Target| {
        let act = props.act.clone();
        Callback::from(move |_: MouseEvent| {
            act.emit(Action::Play(false));
            act.emit(Action::Seek(run, to.clone()));
        })
    };
    let (at_start, at_end) = (step == 0, step >= steps);
    let playing = props.playback.playing;
    let play = props.act.reform(move |_: MouseEvent| Action::Play(!playing));
    let jump = |back| seek(Target::Next(Jump { kind: props.playback.jump, task: None, back }));
    let all = props.controls == Controls::All;
    html! {
        <>
            <div class="transport-main">
                if all { { button(Icon::Start, text::to_start(lang), Command::Start, at_start, seek(Target::Start)) } }
                { button(Icon::Back, text::step_back(lang), Command::Back, at_start, seek(Target::Step(step.saturating_sub(1)))) }
                <button class="primary transport-play" type="button" disabled={steps == 0} onclick={play} title={title(if playing { text::pause(lang) } else { text::play(lang) }, Command::Play)}>
                    { icon(if playing { Icon::Pause } else { Icon::Play }) }
                    // Both words take their room, so that nothing moves when one takes the other's place.
                    <span class="transport-words">
                        <span class={classes!(playing.then_some("is-away"))} aria-hidden={playing.to_string()}>{ text::play(lang) }</span>
                        <span class={classes!((!playing).then_some("is-away"))} aria-hidden={(!playing).to_string()}>{ text::pause(lang) }</span>
                    </span>
                </button>
                { button(Icon::Forward, text::step_forward(lang), Command::Forward, at_end, seek(Target::Step(step + 1))) }
                if all { { button(Icon::End, text::to_end(lang), Command::End, at_end, seek(Target::End)) } }
            </div>
            if all {
                <Speed run={props.run.clone()} speed={props.playback.speed} act={props.act.clone()} />
                <div class="transport-jump">
                    { button(Icon::Previous, text::jump_back(lang), Command::JumpBack, at_start, jump(true)) }
                    <label class="transport-kind">
                        <span class="soft" aria-hidden="true">{ text::next_kind(lang) }</span>
                        <select aria-label={text::next_kind(lang)} onchange={chosen(&props.act, |value| jump_of(value).map(Action::Jump))}>
                            { for JUMPS.into_iter().filter(|kind| has_memory || !needs_memory(*kind)).map(|kind| html! {
                                <option key={jump_value(kind)} value={jump_value(kind)} selected={kind == props.playback.jump}>{ jump_name(kind, lang) }</option>
                            }) }
                        </select>
                    </label>
                    { button(Icon::Next, text::jump_forward(lang), Command::JumpForward, at_end, jump(false)) }
                </div>
                <FindBox run={props.run.clone()} selection={props.selection} act={props.act.clone()} />
            }
            <p class="transport-count">
                if props.nothing_found { <span class="transport-none">{ text::nothing_there(lang) }</span> }
                { counter(step, steps, lang) }
            </p>
        </>
    }
}

/// `step 61 of 94`, as wide as it ever gets.
fn counter(step: u64, steps: u64, lang: crate::i18n::Lang) -> Html {
    let widest = text::step_of(lang, steps, steps);
    html! {
        <span class="transport-counter">
            <span class="is-away" aria-hidden="true">{ widest }</span>
            <span>{ text::step_of(lang, step, steps) }</span>
        </span>
    }
}

/// See [`Speed`].
#[derive(Clone, PartialEq, Properties)]
struct SpeedProps {
    run: Option<Shared<Run>>,
    speed: u16,
    act: Callback<Action>,
}

/// How fast time runs, with what that means.
#[component]
fn Speed(props: &SpeedProps) -> Html {
    let lang = use_lang();
    let onchange = chosen(&props.act, |value| value.parse().ok().map(Action::Speed));
    // The short form stands on the button, which has no room for what it means.
    let means = |speed: u16| {
        let share = f64::from(speed) / 100.0;
        let run = props.run.as_ref()?;
        let usual = usual(run.overview.end, run.ruler.unit).0;
        let amount = Nanos((u128::from(usual) * u128::from(speed) / 100) as u64);
        Some(text::speed_means(lang, &share.to_string(), &run.ruler.length(amount)))
    };
    let short = |speed: u16| format!("×{}", f64::from(speed) / 100.0);
    html! {
        <label class="transport-speed">
            <span class="sr-only">{ text::speed(lang) }</span>
            <select {onchange} title={means(props.speed)}>
                { for SPEEDS.into_iter().map(|speed| html! {
                    <option key={speed} value={speed.to_string()} selected={speed == props.speed} title={means(speed)}>{ short(speed) }</option>
                }) }
            </select>
        </label>
    }
}

/// What happens when a choice is made.
fn chosen(act: &Callback<Action>, action: fn(&str) -> Option<Action>) -> Callback<Event> {
    let act = act.clone();
    Callback::from(move |event: Event| {
        let value = event.target_unchecked_into::<web_sys::HtmlSelectElement>().value();
        if let Some(action) = action(&value) {
            act.emit(action);
        }
    })
}

/// A button with a picture, whose name says what it does and by which key.
fn button(
    picture: Icon,
    name: &str,
    command: Command,
    disabled: bool,
    onclick: Callback<MouseEvent>,
) -> Html {
    html! {
        <button class="icon" type="button" aria-label={name.to_owned()} title={title(name, command)} {disabled} {onclick}>
            { icon(picture) }
        </button>
    }
}

/// A name with its first key.
fn title(name: &str, command: Command) -> String {
    match command.keys().first() {
        Some(key) => format!("{name} ({})", key.face),
        None => name.to_owned(),
    }
}

#[derive(Clone, Copy)]
enum Icon {
    Start,
    Back,
    Play,
    Pause,
    Forward,
    End,
    Previous,
    Next,
}

fn icon(icon: Icon) -> Html {
    let path = match icon {
        Icon::Start => "M3 3h2v10H3zM13 3v10L6 8z",
        Icon::Back => "M11 3v10L4 8z",
        Icon::Play => "M4 2.5v11L13.5 8z",
        Icon::Pause => "M4 3h3v10H4zM9 3h3v10H9z",
        Icon::Forward => "M5 3v10l7-5z",
        Icon::End => "M11 3h2v10h-2zM3 3v10l7-5z",
        Icon::Previous => "M8 3v10L1.500 8zM14.500 3v10L8 8z",
        Icon::Next => "M1.500 3v10L8 8zM8 3v10l6.500-5z",
    };
    html! {
        <svg viewBox="0 0 16 16" aria-hidden="true" focusable="false"><path d={path} fill="currentColor" /></svg>
    }
}
