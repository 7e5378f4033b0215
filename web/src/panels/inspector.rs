//! A task's process control block at the cursor: every field that the kernel keeps of it, and its place
//! in its program.

use kernelscope_session::view::{StateView, TaskView};
use kernelscope_sim::ids::Pid;
use kernelscope_sim::program::{Names, print};
use kernelscope_sim::scenario::{InputAction, ProcessSpec};
use yew::prelude::*;

use super::PanelProps;
use super::told::chip;
use crate::i18n::voice::Voice;
use crate::i18n::{Lang, panels as t, use_lang};
use crate::state::Run;

/// The process control block of the chosen task.
#[component]
pub fn Inspector(PanelProps { run, selection, .. }: &PanelProps) -> Html {
    let lang = use_lang();
    let Some(task) = selection.task.and_then(|task| run.snapshot.tasks.get(task.index())) else {
        return html! { <p class="inspector empty">{ t::choose_task(lang) }</p> };
    };
    html! {
        <section class="inspector" aria-labelledby="inspector-title" data-testid="inspector">
            <h2 id="inspector-title" class="panel-title">{ t::pcb_of(lang) }{ " " }{ chip(run, task.id) }</h2>
            { program(run, task, lang) }
            <dl class="fields">
                { for fields(run, task, lang).into_iter().map(|(name, value)| html! {
                    <div key={name}><dt>{ name }</dt><dd class="figures">{ value }</dd></div>
                }) }
            </dl>
        </section>
    }
}

/// The fields, those that mean nothing under the run's policy left out.
fn fields(run: &Run, task: &TaskView, lang: Lang) -> Vec<(&'static str, String)> {
    let voice = Voice::of(run, lang);
    // What is in a CPU has been restored from there, whatever the place still holds.
    let live = run.snapshot.cpus.iter().any(|cpu| cpu.registers == Some(task.id));
    let place = |saved: bool, place: &'static str| match (saved, live) {
        (true, _) => place,
        (false, true) => t::in_cpu(lang),
        (false, false) => t::not_saved(lang),
    };
    let parent = match task.parent {
        Pid::INIT => t::init(lang).to_owned(),
        Pid(number) => number.to_string(),
    };
    let mut fields = vec![
        (t::pid(lang), task.pid.0.to_string()),
        (t::parent(lang), parent),
        (t::state(lang), t::state_since(lang, &voice.state(task.state), &run.ruler.time(task.since))),
    ];
    let mut put = |name, value: Option<String>| fields.extend(value.map(|value| (name, value)));
    put(t::cpu(lang), task.cpu.map(|cpu| voice.cpu(cpu)));
    put(t::priority(lang), Some(priority(task, lang)));
    put(t::nice(lang), (task.nice != 0).then(|| task.nice.to_string()));
    put(t::level(lang), task.level.filter(|_| voice.levels).map(|level| voice.queue(level)));
    put(t::level_used(lang), task.level_used.map(|used| voice.span(used)));
    put(t::slice_left(lang), task.slice_left.map(|left| voice.span(left)));
    put(t::estimate(lang), task.estimate.map(|estimate| voice.span(estimate)));
    put(t::burst_left(lang), Some(voice.span(task.burst_left)));
    put(t::cpu_left(lang), Some(task.cpu_left.map_or_else(|| "∞".to_owned(), |left| voice.span(left))));
    put(t::program_counter(lang), Some(task.pc.to_string()));
    put(t::user_registers(lang), Some(place(task.user_registers_saved, t::on_kernel_stack(lang)).to_owned()));
    let in_structure = place(task.kernel_registers_saved, t::in_process_structure(lang));
    put(t::kernel_registers(lang), Some(in_structure.to_owned()));
    put(t::exit_status(lang), task.status.map(|status| status.to_string()));
    put(t::signal(lang), task.signal.map(|signal| signal.to_string()));
    fields
}

fn priority(task: &TaskView, lang: Lang) -> String {
    match task.effective_priority {
        Some(effective) if effective != task.priority => t::priority_aged(lang, task.priority, effective),
        _ => task.priority.to_string(),
    }
}

/// The program's text with the current operation marked.
fn program(run: &Run, task: &TaskView, lang: Lang) -> Html {
    let Some(spec) = spec(run, task) else {
        return Html::default();
    };
    let devices: Vec<String> =
        run.scenario.machine.devices.iter().map(|device| device.name.clone()).collect();
    let names = Names { unit: run.ruler.unit, devices: &devices };
    let (text, operations) = print::spans(&spec.program, &names);
    let over = matches!(task.state, StateView::Zombie | StateView::Reaped);
    let operation = operations.get(task.pc as usize).filter(|_| !over);
    let (from, to) = operation.map_or((0, 0), |range| (range.start as usize, range.end as usize));
    let (Some(before), Some(now), Some(after)) = (text.get(..from), text.get(from..to), text.get(to..))
    else {
        return html! { <pre class="program">{ text }</pre> };
    };
    html! {
        <pre class="program" tabindex="0" aria-label={t::program(lang)} data-testid="program">
            <span>{ before }</span>
            if !now.is_empty() { <mark>{ now }</mark> }
            <span>{ after }</span>
        </pre>
    }
}

/// What the scenario says of the process whose program a task runs; those that inputs added follow those of the list.
fn spec<'a>(run: &'a Run, task: &TaskView) -> Option<&'a ProcessSpec> {
    let added = run.scenario.inputs.iter().filter_map(|input| match &input.action {
        InputAction::Add(spec) => Some(spec),
        _ => None,
    });
    run.scenario.processes.iter().chain(added).nth(task.program as usize)
}
