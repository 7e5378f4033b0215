//! The kinds of events that one can go to, and what they are called.

use kernelscope_session::protocol::JumpKind;
use kernelscope_session::query::QueryKind;

use crate::i18n::{Lang, transport as text};

/// The kinds of the jump buttons, in the order of their list.
pub const JUMPS: [JumpKind; 13] = [
    JumpKind::Any,
    JumpKind::Dispatch,
    JumpKind::Preemption,
    JumpKind::Block,
    JumpKind::Wake,
    JumpKind::Arrival,
    JumpKind::Exit,
    JumpKind::Level,
    JumpKind::KernelEntry,
    JumpKind::ContextSwitch,
    JumpKind::Fault,
    JumpKind::Eviction,
    JumpKind::Stage,
];

/// Further kinds that the find box knows.
pub const FINER: [QueryKind; 21] = [
    QueryKind::Demotion,
    QueryKind::Boost,
    QueryKind::SliceEnd,
    QueryKind::Idle,
    QueryKind::Aging,
    QueryKind::Kill,
    QueryKind::TimerInterrupt,
    QueryKind::Syscall,
    QueryKind::Exception,
    QueryKind::Reap,
    QueryKind::Estimate,
    QueryKind::Preemption,
    QueryKind::Yield,
    QueryKind::Return,
    QueryKind::Access,
    QueryKind::TlbMiss,
    QueryKind::MajorFault,
    QueryKind::PageArrival,
    QueryKind::DaemonWake,
    QueryKind::DaemonSleep,
    QueryKind::Violation,
];

/// Whether there are such events without memory.
pub const fn needs_memory(kind: JumpKind) -> bool {
    matches!(kind, JumpKind::Fault | JumpKind::Eviction)
}

/// What a kind is called.
pub fn jump_name(kind: JumpKind, lang: Lang) -> &'static str {
    match kind {
        JumpKind::Stage => text::kind_stage(lang),
        JumpKind::Any => text::kind_any(lang),
        JumpKind::Dispatch => text::kind_dispatch(lang),
        JumpKind::Preemption => text::kind_preemption(lang),
        JumpKind::Block => text::kind_block(lang),
        JumpKind::Wake => text::kind_wake(lang),
        JumpKind::Arrival => text::kind_arrival(lang),
        JumpKind::Exit => text::kind_exit(lang),
        JumpKind::Level => text::kind_level(lang),
        JumpKind::KernelEntry => text::kind_kernel_entry(lang),
        JumpKind::ContextSwitch => text::kind_context_switch(lang),
        JumpKind::Fault => text::kind_fault(lang),
        JumpKind::Eviction => text::kind_eviction(lang),
    }
}

/// What a finer kind is called.
pub fn query_name(kind: QueryKind, lang: Lang) -> &'static str {
    match kind {
        QueryKind::Jump(kind) => jump_name(kind, lang),
        QueryKind::Demotion => text::kind_demotion(lang),
        QueryKind::Boost => text::kind_boost(lang),
        QueryKind::SliceEnd => text::kind_slice_end(lang),
        QueryKind::Preemption => text::kind_preempted(lang),
        QueryKind::Idle => text::kind_idle(lang),
        QueryKind::Aging => text::kind_aging(lang),
        QueryKind::Kill => text::kind_kill(lang),
        QueryKind::TimerInterrupt => text::kind_timer(lang),
        QueryKind::Syscall => text::kind_syscall(lang),
        QueryKind::Exception => text::kind_exception(lang),
        QueryKind::Reap => text::kind_reap(lang),
        QueryKind::Estimate => text::kind_estimate(lang),
        QueryKind::Yield => text::kind_yield(lang),
        QueryKind::Return => text::kind_return(lang),
        QueryKind::Access => text::kind_access(lang),
        QueryKind::TlbMiss => text::kind_tlb_miss(lang),
        QueryKind::MajorFault => text::kind_major_fault(lang),
        QueryKind::PageArrival => text::kind_page_arrival(lang),
        QueryKind::DaemonWake => text::kind_daemon_wake(lang),
        QueryKind::DaemonSleep => text::kind_daemon_sleep(lang),
        QueryKind::Violation => text::kind_violation(lang),
    }
}

/// The name of a kind of the jump buttons as the value of a choice.
pub fn jump_value(kind: JumpKind) -> &'static str {
    match kind {
        JumpKind::Stage => "stage",
        JumpKind::Any => "any",
        JumpKind::Dispatch => "dispatch",
        JumpKind::Preemption => "preemption",
        JumpKind::Block => "block",
        JumpKind::Wake => "wake",
        JumpKind::Arrival => "arrival",
        JumpKind::Exit => "exit",
        JumpKind::Level => "level",
        JumpKind::KernelEntry => "kernel_entry",
        JumpKind::ContextSwitch => "context_switch",
        JumpKind::Fault => "fault",
        JumpKind::Eviction => "eviction",
    }
}

/// The kind of that value.
pub fn jump_of(value: &str) -> Option<JumpKind> {
    JUMPS.into_iter().find(|&kind| jump_value(kind) == value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_choice_is_found_by_its_value() {
        for kind in JUMPS {
            assert_eq!(jump_of(jump_value(kind)), Some(kind));
        }
        assert_eq!(jump_of("tea"), None);
    }

    #[test]
    fn no_two_kinds_are_called_the_same() {
        for lang in [Lang::En, Lang::Ko] {
            let jumps = JUMPS.map(|kind| jump_name(kind, lang));
            let mut names: Vec<_> =
                jumps.into_iter().chain(FINER.map(|kind| query_name(kind, lang))).collect();
            let all = names.len();
            names.sort_unstable();
            names.dedup();
            assert_eq!(names.len(), all, "in {lang:?}");
        }
    }
}
