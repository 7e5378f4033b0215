//! Limited direct execution as the textbook draws it (OSTEP 6.3, 6.4): who does what, in columns for the kernel,
//! the hardware and the program, with the stage that was just carried out lit.

use kernelscope_sim::event::{BootStage, Cause, Event, EventKind};
use yew::prelude::*;

use crate::i18n::{Lang, protocol as t, use_lang};

/// Who acts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Actor {
    /// The kernel.
    Kernel,
    /// The hardware.
    Hardware,
    /// The user's program.
    Program,
}

/// A part of the protocol, with a table of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// Before the first process.
    Boot,
    /// A process is started.
    Start,
    /// A process asks the kernel.
    Syscall,
    /// The timer, or a device, takes the CPU back.
    Interrupt,
    /// The kernel gives the CPU to another process.
    Switch,
    /// A process does what it may not.
    Exception,
    /// A process ends.
    Exit,
}

/// What is carried out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    /// The kernel tells the hardware where its handlers are.
    TrapTable,
    /// The timer is started.
    StartTimer,
    /// A process is made and becomes ready.
    Create,
    /// The hardware enters the kernel.
    Entry,
    /// The handler finds out what is wanted, and does it.
    Handle,
    /// The scheduler chooses.
    Choose,
    /// The kernel registers of the outgoing process are saved.
    Save,
    /// The kernel registers of the incoming process are restored.
    Restore,
    /// The hardware returns to user mode.
    Return,
    /// The program executes.
    Run,
    /// The program comes to an instruction that leads into the kernel.
    Trap,
    /// A process ends.
    End,
    /// Its parent reads the status.
    Reap,
}

/// A row of the protocol.
struct Row {
    part: Part,
    stage: Stage,
    actor: Actor,
    says: fn(Lang) -> &'static str,
}

const fn row(part: Part, stage: Stage, actor: Actor, says: fn(Lang) -> &'static str) -> Row {
    Row { part, stage, actor, says }
}

const ROWS: [Row; 31] = [
    row(Part::Boot, Stage::TrapTable, Actor::Kernel, t::init_trap_table),
    row(Part::Boot, Stage::TrapTable, Actor::Hardware, t::remember_handlers),
    row(Part::Boot, Stage::StartTimer, Actor::Kernel, t::start_timer),
    row(Part::Boot, Stage::StartTimer, Actor::Hardware, t::timer_runs),
    row(Part::Start, Stage::Create, Actor::Kernel, t::create_process),
    row(Part::Start, Stage::Choose, Actor::Kernel, t::choose),
    row(Part::Start, Stage::Return, Actor::Kernel, t::return_from_trap),
    row(Part::Start, Stage::Return, Actor::Hardware, t::restore_user),
    row(Part::Start, Stage::Run, Actor::Program, t::run_main),
    row(Part::Syscall, Stage::Trap, Actor::Program, t::call_system_call),
    row(Part::Syscall, Stage::Entry, Actor::Hardware, t::save_user),
    row(Part::Syscall, Stage::Handle, Actor::Kernel, t::look_up_number),
    row(Part::Syscall, Stage::Return, Actor::Kernel, t::return_from_trap),
    row(Part::Syscall, Stage::Return, Actor::Hardware, t::restore_user),
    row(Part::Syscall, Stage::Run, Actor::Program, t::goes_on),
    row(Part::Interrupt, Stage::Entry, Actor::Hardware, t::interrupt),
    row(Part::Interrupt, Stage::Handle, Actor::Kernel, t::handle_interrupt),
    row(Part::Interrupt, Stage::Return, Actor::Kernel, t::return_from_trap),
    row(Part::Interrupt, Stage::Return, Actor::Hardware, t::restore_user),
    row(Part::Switch, Stage::Choose, Actor::Kernel, t::choose),
    row(Part::Switch, Stage::Save, Actor::Kernel, t::save_kernel),
    row(Part::Switch, Stage::Restore, Actor::Kernel, t::restore_kernel),
    row(Part::Switch, Stage::Return, Actor::Hardware, t::restore_user_of_next),
    row(Part::Switch, Stage::Run, Actor::Program, t::next_runs),
    row(Part::Exception, Stage::Trap, Actor::Program, t::forbidden),
    row(Part::Exception, Stage::Entry, Actor::Hardware, t::raise_exception),
    row(Part::Exception, Stage::End, Actor::Kernel, t::end_process),
    row(Part::Exit, Stage::Trap, Actor::Program, t::return_from_main),
    row(Part::Exit, Stage::Entry, Actor::Hardware, t::save_user),
    row(Part::Exit, Stage::End, Actor::Kernel, t::free_memory),
    row(Part::Exit, Stage::Reap, Actor::Kernel, t::remove_from_list),
];

/// The parts in the order of a process's life.
const PARTS: [Part; 7] =
    [Part::Boot, Part::Start, Part::Syscall, Part::Interrupt, Part::Switch, Part::Exception, Part::Exit];

/// Which part and stage of the protocol an event carries out, given why the CPU is in the kernel; none for what
/// the protocol does not speak of.
pub(super) fn place(event: &Event, cause: Option<Cause>) -> Option<(Part, Stage)> {
    let by_cause = |stage| match cause {
        Some(Cause::Syscall(_)) => (Part::Syscall, stage),
        Some(Cause::Timer | Cause::Device(_) | Cause::Reschedule) => (Part::Interrupt, stage),
        Some(Cause::Exception) => (Part::Exception, stage),
        // A fault that could be mended goes back the way an interrupt does, to the same instruction.
        Some(Cause::PageFault | Cause::TlbMiss) => (Part::Interrupt, stage),
        None => (Part::Start, stage),
    };
    Some(match event.kind {
        EventKind::Boot(BootStage::TrapTable) => (Part::Boot, Stage::TrapTable),
        EventKind::Boot(BootStage::StartTimer) => (Part::Boot, Stage::StartTimer),
        EventKind::Arrive => (Part::Start, Stage::Create),
        EventKind::KernelEntry { cause: Cause::Syscall(kernelscope_sim::event::syscall::EXIT), .. } => {
            (Part::Exit, Stage::Entry)
        }
        EventKind::KernelEntry { cause: Cause::Syscall(_), .. } => (Part::Syscall, Stage::Entry),
        EventKind::KernelEntry { cause: Cause::Timer | Cause::Device(_) | Cause::Reschedule, .. } => {
            (Part::Interrupt, Stage::Entry)
        }
        EventKind::KernelEntry { cause: Cause::Exception | Cause::PageFault | Cause::TlbMiss, .. } => {
            (Part::Exception, Stage::Entry)
        }
        EventKind::Violation { .. } => (Part::Exception, Stage::Trap),
        EventKind::SyscallDispatch { .. } | EventKind::SyscallError { .. } => (Part::Syscall, Stage::Handle),
        EventKind::SliceEnd { .. } | EventKind::Wake { .. } => (Part::Interrupt, Stage::Handle),
        EventKind::Dispatch { .. } | EventKind::Preempt { .. } => (Part::Switch, Stage::Choose),
        EventKind::SaveKernelRegisters => (Part::Switch, Stage::Save),
        EventKind::RestoreKernelRegisters | EventKind::ContextSwitch { .. } => (Part::Switch, Stage::Restore),
        EventKind::ReturnFromTrap => by_cause(Stage::Return),
        EventKind::Run => by_cause(Stage::Run),
        EventKind::Killed { .. } => (Part::Exception, Stage::End),
        EventKind::Exit { .. } => (Part::Exit, Stage::End),
        EventKind::Reap { .. } => (Part::Exit, Stage::Reap),
        _ => return None,
    })
}

/// What the protocol shows.
#[derive(Properties, PartialEq)]
pub(super) struct ProtocolProps {
    /// The part and stage just carried out.
    pub(super) current: Option<(Part, Stage)>,
}

/// The protocol, the current part open and the current stage lit.
#[component]
pub(super) fn Protocol(ProtocolProps { current }: &ProtocolProps) -> Html {
    let lang = use_lang();
    html! {
        <div class="protocol" data-testid="protocol">
            { for PARTS.iter().map(|part| {
                let open = current.is_some_and(|(now, _)| now == *part);
                html! {
                    <details key={title(*part, Lang::En)} {open} class={classes!(open.then_some("current"))}>
                        <summary>{ title(*part, lang) }</summary>
                        { table(*part, current.filter(|_| open).map(|(_, stage)| stage), lang) }
                    </details>
                }
            }) }
        </div>
    }
}

fn table(part: Part, current: Option<Stage>, lang: Lang) -> Html {
    let kernel = if part == Part::Boot { t::os_at_boot(lang) } else { t::os_at_run(lang) };
    let columns =
        [(Actor::Kernel, kernel), (Actor::Hardware, t::hardware(lang)), (Actor::Program, t::program(lang))];
    html! {
        <table>
            <caption class="sr-only">{ title(part, lang) }</caption>
            <thead>
                <tr>{ for columns.iter().map(|(_, name)| html! { <th key={*name} scope="col">{ *name }</th> }) }</tr>
            </thead>
            <tbody>
                { for ROWS.iter().filter(|row| row.part == part).enumerate().map(|(place, row)| {
                    let lit = current == Some(row.stage);
                    html! {
                        <tr key={place} class={classes!(lit.then_some("lit"))} aria-current={lit.then_some("step")}>
                            { for columns.iter().map(|(actor, name)| html! {
                                <td key={*name}>{ if *actor == row.actor { (row.says)(lang) } else { "" } }</td>
                            }) }
                        </tr>
                    }
                }) }
            </tbody>
        </table>
    }
}

fn title(part: Part, lang: Lang) -> &'static str {
    match part {
        Part::Boot => t::boot(lang),
        Part::Start => t::start(lang),
        Part::Syscall => t::syscall(lang),
        Part::Interrupt => t::timer_interrupt(lang),
        Part::Switch => t::process_switch(lang),
        Part::Exception => t::exception(lang),
        Part::Exit => t::exit(lang),
    }
}

#[cfg(test)]
mod tests {
    use kernelscope_sim::event::syscall;
    use kernelscope_sim::program::Privileged;
    use kernelscope_sim::rules::RuleId;
    use kernelscope_sim::time::{Nanos, Time};

    use super::*;

    #[test]
    fn every_stage_that_an_event_carries_out_has_a_row_to_light() {
        let entry = |cause| EventKind::KernelEntry { cause, cost: Nanos::ZERO };
        let kinds = [
            EventKind::Boot(BootStage::TrapTable),
            EventKind::Boot(BootStage::StartTimer),
            EventKind::Arrive,
            entry(Cause::Timer),
            entry(Cause::Device(None)),
            entry(Cause::Syscall(syscall::GETPID)),
            entry(Cause::Syscall(syscall::EXIT)),
            entry(Cause::Exception),
            EventKind::Violation { instruction: Privileged::Halt },
            EventKind::SyscallDispatch { number: syscall::GETPID },
            EventKind::SliceEnd { rule: RuleId::RrSlice, slice: Nanos(1) },
            EventKind::Dispatch { rule: RuleId::RrOrder, runner_up: None, key: 0, other: 0 },
            EventKind::SaveKernelRegisters,
            EventKind::RestoreKernelRegisters,
            EventKind::ReturnFromTrap,
            EventKind::Killed { signal: 4 },
            EventKind::Exit { status: 0 },
            EventKind::Reap { status: 0 },
        ];
        for kind in kinds {
            let event = Event { at: Time::ZERO, kind, task: None, cpu: None };
            for cause in [None, Some(Cause::Timer), Some(Cause::Syscall(syscall::GETPID))] {
                let (part, stage) = place(&event, cause).expect("the protocol speaks of it");
                assert!(
                    ROWS.iter().any(|row| row.part == part && row.stage == stage),
                    "{kind:?}: {part:?} {stage:?}"
                );
            }
        }
    }

    #[test]
    fn every_part_has_rows() {
        for part in PARTS {
            assert!(ROWS.iter().any(|row| row.part == part), "{part:?}");
        }
    }
}
