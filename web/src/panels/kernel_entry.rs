//! Entering the kernel, step by step: the mode bit, why, which handler, what was saved where, and the protocol of
//! limited direct execution (OSTEP 6) with the current stage lit.

use kernelscope_session::view::{CpuView, Snapshot, StateView, TaskView};
use kernelscope_sim::event::{Cause, EventKind, syscall};
use yew::prelude::*;

use super::PanelProps;
use super::protocol::{self, Protocol};
use super::told::{chip, told};
use crate::i18n::narrate::narrate;
use crate::i18n::voice::Voice;
use crate::i18n::{Lang, kernel as t, use_lang};
use crate::state::Run;

/// Entering the kernel, step by step.
#[component]
pub fn KernelEntry(PanelProps { run, .. }: &PanelProps) -> Html {
    let lang = use_lang();
    let snapshot = &run.snapshot;
    html! {
        <section class="kernel" data-testid="kernel">
            <div class="kernel-machine">
                { for snapshot.cpus.iter().map(|cpu| processor(run, cpu, lang)) }
                { hardware(run, lang) }
            </div>
            <div class="kernel-protocol">
                <h3>{ t::protocol(lang) }</h3>
                { for snapshot.just.iter().enumerate().map(|(place, event)| html! {
                    <p key={place} class="kernel-stage" data-testid="kernel-stage">
                        { told(run, lang, &narrate(event)) }
                    </p>
                }) }
                <Protocol current={stage(snapshot)} />
            </div>
            <div class="kernel-registers">
                <h3>{ t::where_registers(lang) }</h3>
                { registers(run, lang) }
            </div>
            <div class="kernel-tables">
                { handlers(snapshot, lang) }
                { calls(snapshot, lang) }
            </div>
        </section>
    }
}

/// The stage that the last step carried out.
fn stage(snapshot: &Snapshot) -> Option<(protocol::Part, protocol::Stage)> {
    let cause = snapshot.cpus.first().and_then(|cpu| cpu.cause);
    snapshot.just.iter().rev().find_map(|event| protocol::place(event, cause))
}

fn processor(run: &Run, cpu: &CpuView, lang: Lang) -> Html {
    let voice = Voice::of(run, lang);
    let (mode, name) = if cpu.kernel_mode {
        ("kernel-mode", t::kernel_mode(lang))
    } else {
        ("user-mode", t::user_mode(lang))
    };
    let cause = cpu.cause.map_or_else(|| "–".to_owned(), |cause| cause_text(cause, &voice));
    html! {
        <div class="processor" key={cpu.cpu.get()} data-testid={format!("cpu{}", cpu.cpu.get())}>
            <h3>{ voice.cpu(cpu.cpu) }<span class={classes!("mode", mode)} data-testid="mode">{ name }</span></h3>
            <dl class="fields">
                <div>
                    <dt>{ if cpu.kernel_mode { t::cause(lang) } else { t::last_cause(lang) } }</dt>
                    <dd>{ cause }</dd>
                </div>
                <div>
                    <dt>{ t::live_registers(lang) }</dt>
                    <dd>{ cpu.registers.map_or_else(|| html! { "–" }, |task| chip(run, task)) }</dd>
                </div>
                <div>
                    <dt>{ t::interrupts(lang) }</dt>
                    <dd data-testid="interrupts">
                        { if cpu.interrupts_enabled { t::enabled(lang) } else { t::disabled(lang) } }
                    </dd>
                </div>
                if cpu.need_resched {
                    <div><dt>{ "need_resched" }</dt><dd>{ t::resched_wanted(lang) }</dd></div>
                }
            </dl>
        </div>
    }
}

/// What the boot set up.
fn hardware(run: &Run, lang: Lang) -> Html {
    use kernelscope_sim::scenario::Timer;
    let timer = match run.scenario.machine.timer {
        _ if !run.snapshot.timer_on => t::timer_off(lang).to_owned(),
        Timer::Every(period) => t::timer_every(lang, &run.ruler.length(period)),
        Timer::Exact => t::timer_exact(lang).to_owned(),
        Timer::Off => t::timer_off(lang).to_owned(),
    };
    html! {
        <dl class="fields">
            <div><dt>{ t::timer(lang) }</dt><dd data-testid="timer">{ timer }</dd></div>
            <div>
                <dt>{ t::mode_switches(lang) }</dt>
                <dd class="figures">{ run.snapshot.metrics.mode_switches }</dd>
            </div>
            <div>
                <dt>{ t::process_switches(lang) }</dt>
                <dd class="figures">{ run.snapshot.metrics.context_switches }</dd>
            </div>
        </dl>
    }
}

/// What leads into the kernel, the handler that answers, and which causes it answers to.
type Handler = (&'static str, &'static str, fn(Cause) -> bool);

/// The trap table: for each cause the handler, the current one lit.
fn handlers(snapshot: &Snapshot, lang: Lang) -> Html {
    let current = snapshot.cpus.iter().find(|cpu| cpu.kernel_mode).and_then(|cpu| cpu.cause);
    let rows: [Handler; 5] = [
        (t::by_timer(lang), "timer_handler", |cause| cause == Cause::Timer),
        (t::by_device(lang), "device_handler", |cause| matches!(cause, Cause::Device(_))),
        (t::by_syscall(lang), "syscall_handler", |cause| matches!(cause, Cause::Syscall(_))),
        (t::by_exception(lang), "fault_handler", |cause| {
            matches!(cause, Cause::Exception | Cause::PageFault | Cause::TlbMiss)
        }),
        (t::by_reschedule(lang), "reschedule_handler", |cause| cause == Cause::Reschedule),
    ];
    html! {
        <table class="grid traps" data-testid="trap-table">
            <caption>{ t::trap_table(lang) }</caption>
            <thead>
                <tr><th scope="col">{ t::cause(lang) }</th><th scope="col">{ t::handler(lang) }</th></tr>
            </thead>
            <tbody>
                { for rows.iter().map(|(cause, handler, is)| {
                    let lit = current.is_some_and(is);
                    html! {
                        <tr key={*handler} class={classes!(lit.then_some("lit"))} aria-current={lit.then_some("true")}>
                            <th scope="row">{ *cause }</th>
                            <td>
                                if snapshot.trap_table_set { <code>{ *handler }</code> } else { <span class="soft">{ t::not_set(lang) }</span> }
                            </td>
                        </tr>
                    }
                }) }
            </tbody>
        </table>
    }
}

/// The table of system calls, the current one lit.
fn calls(snapshot: &Snapshot, lang: Lang) -> Html {
    let current = snapshot.just.iter().find_map(|event| match event.kind {
        EventKind::KernelEntry { cause: Cause::Syscall(number), .. }
        | EventKind::SyscallDispatch { number }
        | EventKind::SyscallError { number } => Some(number),
        _ => None,
    });
    let unknown = current.filter(|number| syscall::name(*number).is_none());
    html! {
        <table class="grid traps" data-testid="syscalls">
            <caption>{ t::syscall_table(lang) }</caption>
            <thead>
                <tr><th scope="col" class="number">{ t::number(lang) }</th><th scope="col">{ t::handler(lang) }</th></tr>
            </thead>
            <tbody>
                { for syscall::TABLE.iter().map(|(number, name)| {
                    let lit = current == Some(*number);
                    html! {
                        <tr key={*number} class={classes!(lit.then_some("lit"))} aria-current={lit.then_some("true")}>
                            <th scope="row" class="number">{ *number }</th>
                            <td><code>{ format!("sys_{name}") }</code></td>
                        </tr>
                    }
                }) }
                if let Some(number) = unknown {
                    <tr key="unknown" class="lit refused" aria-current="true">
                        <th scope="row" class="number">{ number }</th>
                        <td>{ t::no_such_call(lang) }</td>
                    </tr>
                }
            </tbody>
        </table>
    }
}

/// Where each task's registers are: in the CPU, on its kernel stack, in its process structure.
fn registers(run: &Run, lang: Lang) -> Html {
    let snapshot = &run.snapshot;
    let live = |task: &TaskView| snapshot.cpus.iter().any(|cpu| cpu.registers == Some(task.id));
    let there = |task: &&TaskView| !matches!(task.state, StateView::New | StateView::Reaped);
    html! {
        <div class="scroll" tabindex="0" role="region" aria-label={t::where_registers(lang)}>
            <table class="grid" data-testid="registers">
                <caption class="sr-only">{ t::where_registers(lang) }</caption>
                <thead>
                    <tr>
                        <th scope="col">{ t::task(lang) }</th>
                        <th scope="col">{ t::in_cpu(lang) }</th>
                        <th scope="col">{ t::kernel_stack(lang) }</th>
                        <th scope="col">{ t::process_structure(lang) }</th>
                    </tr>
                </thead>
                <tbody>
                    { for snapshot.tasks.iter().filter(there).map(|task| html! {
                        <tr key={task.id.get()}>
                            <th scope="row">{ chip(run, task.id) }</th>
                            <td>{ held(live(task), t::live(lang)) }</td>
                            <td>{ held(task.user_registers_saved, t::user_frame(lang)) }</td>
                            <td>{ held(task.kernel_registers_saved, t::kernel_context(lang)) }</td>
                        </tr>
                    }) }
                </tbody>
            </table>
        </div>
    }
}

/// A place that holds registers, or is empty.
fn held(holds: bool, what: &'static str) -> Html {
    if holds {
        html! { <span class="frame">{ what }</span> }
    } else {
        html! { <span class="soft">{ "–" }</span> }
    }
}

fn cause_text(cause: Cause, voice: &Voice<'_>) -> String {
    let lang = voice.lang;
    match cause {
        Cause::Timer => t::by_timer(lang).into(),
        Cause::Device(None) => t::by_device(lang).into(),
        Cause::Device(device) => t::by_this_device(lang, &voice.device(device)),
        Cause::Syscall(number) => t::by_this_syscall(lang, number, &voice.call(number)),
        Cause::Exception => t::by_exception(lang).into(),
        Cause::PageFault => t::by_page_fault(lang).into(),
        Cause::TlbMiss => t::by_tlb_miss(lang).into(),
        Cause::Reschedule => t::by_reschedule(lang).into(),
    }
}
