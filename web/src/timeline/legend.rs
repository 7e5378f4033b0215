//! What the weaves mean: only those that the run can show.

use kernelscope_session::view::{Lane, MarkKind};
use kernelscope_sim::scenario::{OnIo, PolicySpec};
use yew::prelude::*;

use crate::chip::{own_classes, task_classes};
use crate::i18n::{Lang, timeline as text, use_lang};
use crate::palette::{OWN, Own};
use crate::state::{Run, Shared};

/// See [`Legend`].
#[derive(Clone, PartialEq, Properties)]
pub struct LegendProps {
    /// The run whose weaves are explained.
    pub run: Shared<Run>,
}

/// The legend.
#[component]
pub fn Legend(props: &LegendProps) -> Html {
    let lang = use_lang();
    let run = &props.run;
    let devices = run.overview.lanes.iter().any(|lane| matches!(lane, Lane::Device(_) | Lane::OwnDevices));
    let boosts = run.overview.marks.iter().any(|mark| mark.kind == MarkKind::Boost);
    let inputs = run.overview.marks.iter().any(|mark| matches!(mark.kind, MarkKind::Input(_)));
    html! {
        <ul class="legend" aria-label={text::legend(lang)}>
            { key("running", classes!(task_classes(0)), text::key_user(lang)) }
            { key("ready", classes!(task_classes(0), "is-waiting"), text::key_ready(lang)) }
            if devices { { key("device", classes!(task_classes(0), "is-working"), text::key_device(lang)) } }
            { for OWN.into_iter().filter(|own| possible(*own, run)).map(|own| key(own.class(), own_classes(own), name(own, lang))) }
            if boosts { { sign("boost", "▲", text::key_boost(lang)) } }
            if inputs { { sign("input", "◆", text::key_input(lang)) } }
        </ul>
    }
}

fn key(id: &'static str, look: Classes, name: &'static str) -> Html {
    html! { <li key={id}><span class={classes!("swatch", look)} aria-hidden="true"></span>{ name }</li> }
}

fn sign(id: &'static str, sign: &'static str, name: &'static str) -> Html {
    let class = classes!("sign", format!("sign-{id}"));
    html! { <li key={id}><span {class} aria-hidden="true">{ sign }</span>{ name }</li> }
}

/// What an activity is called in the legend.
fn name(own: Own, lang: Lang) -> &'static str {
    match own {
        Own::Kernel => text::key_kernel(lang),
        Own::Switch => text::key_switch(lang),
        Own::Idle => text::key_idle(lang),
        Own::IoWait => text::key_io_wait(lang),
        Own::BlockedIo => text::key_blocked_io(lang),
        Own::BlockedQueue => text::key_blocked_queue(lang),
        Own::Sleeping => text::key_sleeping(lang),
        Own::Zombie => text::key_zombie(lang),
        Own::SwappedOut => text::key_swapped_out(lang),
    }
}

/// Whether an activity can be seen in a run: kernel time only where it costs something, queues only where there are
/// shared devices.
fn possible(own: Own, run: &Run) -> bool {
    let machine = &run.scenario.machine;
    let lanes = &run.overview.lanes;
    let metrics = &run.overview.metrics;
    let blocks = run.overview.tasks_metrics.iter().any(|task| !task.blocked.is_zero());
    match own {
        Own::Kernel | Own::Switch => metrics.overhead.0 > 0,
        Own::Idle => metrics.busy.0 < metrics.busy.1,
        Own::IoWait => {
            matches!(machine.policy, PolicySpec::NextInRing { on_io: OnIo::Hold, .. }) || !machine.overlap
        }
        Own::BlockedIo => lanes.iter().any(|lane| matches!(lane, Lane::Device(_) | Lane::OwnDevices)),
        Own::BlockedQueue => lanes.iter().any(|lane| matches!(lane, Lane::Device(_))),
        Own::Sleeping => blocks && run.scenario.processes.iter().any(|process| sleeps(&process.program.0)),
        Own::Zombie => !machine.reap_after.is_zero(),
        Own::SwappedOut => machine.memory.as_ref().is_some_and(|memory| memory.load.admission),
    }
}

/// Whether a program sleeps.
fn sleeps(ops: &[kernelscope_sim::program::Op]) -> bool {
    use kernelscope_sim::program::Op;
    ops.iter().any(|op| match op {
        Op::Sleep(_) | Op::SleepUntil(_) => true,
        Op::Repeat { body, .. } => sleeps(body),
        _ => false,
    })
}
