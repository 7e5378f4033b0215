//! Short scenarios and their schedules: the textbooks' worked examples, and every rule of the registry, shown to
//! hold by a case that bears its name. A convention's case differs under its options.

mod common;
mod conventions;
mod held_cpu;
mod kernel;
mod policies;
mod processes;
mod setting;
mod worked_examples;

use kernelscope_sim::rules::{RULES, RuleId};

const CASES: &[(RuleId, fn())] = &[
    (RuleId::InstantOrder, conventions::instant_order),
    (RuleId::Tie, conventions::tie),
    (RuleId::WaitingCounts, conventions::waiting_counts),
    (RuleId::SwitchChargedTo, conventions::switch_charged_to),
    (RuleId::PriorityBest, conventions::priority_best),
    (RuleId::WakeupPreempts, conventions::wakeup_preempts),
    (RuleId::IoReturn, conventions::io_return),
    (RuleId::IoReturnPreemptsEqual, conventions::io_return_preempts_equal),
    (RuleId::MlfqAccounting, conventions::mlfq_accounting),
    (RuleId::MlfqPerSlice, conventions::mlfq_per_slice),
    (RuleId::BoostGather, conventions::boost_gather),
    (RuleId::BoostRunning, conventions::boost_running),
    (RuleId::StcfTie, conventions::stcf_tie),
    (RuleId::SjfLength, conventions::sjf_length),
    (RuleId::OnlyOne, policies::only_one),
    (RuleId::KernelFirst, policies::kernel_first),
    (RuleId::IdleFirst, policies::idle_first),
    (RuleId::FifoOrder, policies::fifo_order),
    (RuleId::SjfShortest, policies::sjf_shortest),
    (RuleId::StcfShortest, policies::stcf_shortest),
    (RuleId::EstimateAverage, policies::estimate_average),
    (RuleId::RrOrder, policies::rr_order),
    (RuleId::RrSlice, policies::rr_slice),
    (RuleId::PriorityOrder, policies::priority_order),
    (RuleId::PriorityAging, policies::priority_aging),
    (RuleId::MlfqLevel, policies::mlfq_level),
    (RuleId::MlfqTurns, policies::mlfq_turns),
    (RuleId::MlfqNew, policies::mlfq_new),
    (RuleId::MlfqBoost, policies::mlfq_boost),
    (RuleId::RingOrder, policies::ring_order),
    (RuleId::RingNow, policies::ring_now),
    (RuleId::Held, policies::held),
    (RuleId::TimerInterrupt, kernel::timer_interrupt),
    (RuleId::Cooperative, kernel::cooperative),
    (RuleId::Privileged, kernel::privileged),
    (RuleId::SyscallNumber, kernel::syscall_number),
    (RuleId::TwoSaves, kernel::two_saves),
    (RuleId::NoNesting, kernel::no_nesting),
    (RuleId::Zombie, kernel::zombie),
    (RuleId::NoCaches, kernel::no_caches),
    (RuleId::FirstCpuInterrupts, kernel::first_cpu_interrupts),
    (RuleId::NoPickCost, kernel::no_pick_cost),
    (RuleId::Orphans, processes::orphans),
    (RuleId::ExitWithChildren, processes::exit_with_children),
    (RuleId::ForkOrder, processes::fork_order),
    (RuleId::WaitLowest, processes::wait_lowest),
];

#[test]
fn every_rule_has_a_case_that_bears_its_name_and_holds() {
    // Those of page replacement have theirs in `tests/replacement`, those of memory in `tests/memory`.
    let elsewhere = |name: &str| name.starts_with("replace.") || name.starts_with("memory.");
    for rule in RULES.iter().filter(|rule| !elsewhere(rule.name)) {
        let (_, holds) =
            CASES.iter().find(|(id, _)| *id == rule.id).unwrap_or_else(|| panic!("{}", rule.name));
        holds();
    }
}
