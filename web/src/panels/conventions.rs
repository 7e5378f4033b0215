//! Which conventions there are to choose, what a scenario chose, and which of them matter under its policy.

use kernelscope_share::params;
use kernelscope_sim::conventions::{
    BoostGather, BoostRunning, Conventions, ExitWithChildren, ForkOrder, InstantOrder, IoReturn,
    IoReturnPreemptsEqual, MlfqRule4, OptTie, Orphans, PriorityBest, RefOnLoad, SjfLength, StcfTie,
    SwitchChargedTo, Tie, WaitingCounts, WakeupPreempts,
};
use kernelscope_sim::rules::{RULES, Rule, RuleId, RuleKind};
use kernelscope_sim::scenario::{MachineSpec, PolicySpec};
use serde_json::{Value, json};

/// The options of a convention by its field in a scenario's `rules`, as files name them, the default first.
pub fn options(field: &str) -> Vec<&'static str> {
    fn names<T>(all: &[(&'static str, T)]) -> Vec<&'static str> {
        all.iter().map(|(name, _)| *name).collect()
    }
    match field {
        "instant_order" => names(&InstantOrder::NAMED),
        "tie" => names(Tie::ALL),
        "waiting_counts" => names(WaitingCounts::ALL),
        "switch_charged_to" => names(SwitchChargedTo::ALL),
        "priority_best" => names(PriorityBest::ALL),
        "wakeup_preempts" => names(WakeupPreempts::ALL),
        "io_return" => names(IoReturn::ALL),
        "io_return_preempts_equal" => names(IoReturnPreemptsEqual::ALL),
        "mlfq_rule4" => names(MlfqRule4::ALL),
        "boost_gather" => names(BoostGather::ALL),
        "boost_running" => names(BoostRunning::ALL),
        "stcf_tie" => names(StcfTie::ALL),
        "sjf_length" => names(SjfLength::ALL),
        "ref_on_load" => names(RefOnLoad::ALL),
        "opt_tie" => names(OptTie::ALL),
        "orphans" => names(Orphans::ALL),
        "exit_with_children" => names(ExitWithChildren::ALL),
        "fork_order" => names(ForkOrder::ALL),
        _ => Vec::new(),
    }
}

/// What a scenario chose, as files name it; none for an order of phases of its own.
pub fn chosen(rules: &Conventions, field: &str) -> Option<&'static str> {
    Some(match field {
        "instant_order" => {
            return InstantOrder::NAMED
                .iter()
                .find(|(_, order)| *order == rules.instant_order)
                .map(|(name, _)| *name);
        }
        "tie" => rules.tie.name(),
        "waiting_counts" => rules.waiting_counts.name(),
        "switch_charged_to" => rules.switch_charged_to.name(),
        "priority_best" => rules.priority_best.name(),
        "wakeup_preempts" => rules.wakeup_preempts.name(),
        "io_return" => rules.io_return.name(),
        "io_return_preempts_equal" => rules.io_return_preempts_equal.name(),
        "mlfq_rule4" => rules.mlfq_rule4.name(),
        "boost_gather" => rules.boost_gather.name(),
        "boost_running" => rules.boost_running.name(),
        "stcf_tie" => rules.stcf_tie.name(),
        "sjf_length" => rules.sjf_length.name(),
        "ref_on_load" => rules.ref_on_load.name(),
        "opt_tie" => rules.opt_tie.name(),
        "orphans" => rules.orphans.name(),
        "exit_with_children" => rules.exit_with_children.name(),
        "fork_order" => rules.fork_order.name(),
        _ => return None,
    })
}

/// An option as documents hold it: yes and no are not words there.
pub fn written(option: &str) -> Value {
    match option {
        "true" => json!(true),
        "false" => json!(false),
        word => json!(word),
    }
}

/// The conventions to show, one row a field: of the rows that share a field, the one in force.
pub fn rows(rules: &Conventions) -> impl Iterator<Item = (&'static Rule, &'static str)> {
    let rule4 = match rules.mlfq_rule4 {
        MlfqRule4::Accounting => RuleId::MlfqPerSlice,
        MlfqRule4::PerSlice => RuleId::MlfqAccounting,
    };
    RULES.iter().filter_map(move |rule| match rule.kind {
        RuleKind::Convention(field) if rule.id != rule4 => Some((rule, field)),
        _ => None,
    })
}

/// Whether a rule can decide anything on this machine.
pub fn matters(rule: RuleId, machine: &MachineSpec) -> bool {
    let policy = &machine.policy;
    let estimates =
        matches!(policy, PolicySpec::Sjf { estimate: Some(_) } | PolicySpec::Stcf { estimate: Some(_) });
    match rule {
        RuleId::PriorityBest | RuleId::PriorityOrder => matches!(policy, PolicySpec::Priority { .. }),
        RuleId::PriorityAging => matches!(policy, PolicySpec::Priority { aging: Some(_), .. }),
        RuleId::IoReturnPreemptsEqual
        | RuleId::MlfqAccounting
        | RuleId::MlfqPerSlice
        | RuleId::MlfqLevel
        | RuleId::MlfqTurns
        | RuleId::MlfqNew => matches!(policy, PolicySpec::Mlfq(_)),
        RuleId::BoostGather | RuleId::BoostRunning | RuleId::MlfqBoost => {
            matches!(policy, PolicySpec::Mlfq(spec) if spec.boost.is_some())
        }
        RuleId::StcfTie | RuleId::StcfShortest => matches!(policy, PolicySpec::Stcf { .. }),
        RuleId::SjfLength => matches!(policy, PolicySpec::Sjf { .. } | PolicySpec::Stcf { .. }) && !estimates,
        RuleId::SjfShortest => matches!(policy, PolicySpec::Sjf { .. }),
        RuleId::EstimateAverage => estimates,
        RuleId::FifoOrder => matches!(policy, PolicySpec::Fifo),
        RuleId::RrOrder => matches!(policy, PolicySpec::Rr { .. }),
        RuleId::RrSlice => {
            matches!(policy, PolicySpec::Rr { .. } | PolicySpec::Priority { quantum: Some(_), .. })
        }
        RuleId::RingOrder | RuleId::RingNow => matches!(policy, PolicySpec::NextInRing { .. }),
        RuleId::WakeupPreempts => !matches!(policy, PolicySpec::NextInRing { .. }),
        _ => !rule.name().starts_with("replace.") || replaces(rule, machine),
    }
}

/// Whether a rule of page replacement can decide anything.
fn replaces(rule: RuleId, machine: &MachineSpec) -> bool {
    let Some(memory) = &machine.memory else { return false };
    let policy = params::replacement_name(&memory.replacement);
    let own = rule.name().trim_start_matches("replace.");
    let general = matches!(own, "only_candidate" | "ref_on_load") || own.starts_with("tie.");
    general || own.strip_prefix(policy).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_convention_has_one_row_and_a_choice_among_its_options() {
        let rules = Conventions::default();
        let fields: Vec<&str> = rows(&rules).map(|(_, field)| field).collect();
        for field in &fields {
            let chosen = chosen(&rules, field).expect("every convention has a default");
            assert_eq!(options(field).first(), Some(&chosen), "{field}");
            assert_eq!(fields.iter().filter(|other| other == &field).count(), 1, "{field}");
        }
        assert_eq!(fields.len(), 18);
    }

    #[test]
    fn the_row_of_rule_4_is_the_form_in_force() {
        let rules = Conventions { mlfq_rule4: MlfqRule4::PerSlice, ..Conventions::default() };
        let shown: Vec<RuleId> = rows(&rules).map(|(rule, _)| rule.id).collect();
        assert!(shown.contains(&RuleId::MlfqPerSlice) && !shown.contains(&RuleId::MlfqAccounting));
    }

    #[test]
    fn a_rule_of_another_policy_does_not_matter() {
        let fifo = MachineSpec::default();
        assert!(!matters(RuleId::MlfqLevel, &fifo));
        assert!(matters(RuleId::FifoOrder, &fifo));
        assert!(!matters(RuleId::SjfLength, &fifo));
    }

    #[test]
    fn the_rules_of_replacement_matter_where_there_is_memory_and_that_policy() {
        let of = |memory: Value| {
            let document =
                json!({"version": 1, "machine": memory, "processes": [{"name": "A", "program": "cpu 1"}]});
            kernelscope_share::file::decode(&document).expect("it is a scenario").scenario.machine
        };
        let (none, lru) = (of(json!({})), of(json!({"memory": {}})));
        assert!(!matters(RuleId::LruLeastRecent, &none) && !matters(RuleId::RefOnLoad, &none));
        assert!(matters(RuleId::LruLeastRecent, &lru) && matters(RuleId::LeastRecentTie, &lru));
        assert!(!matters(RuleId::LfuLeast, &lru));
        let two_q = of(json!({"memory": {"replacement": "two_q"}}));
        assert!(matters(RuleId::TwoQMain, &two_q) && !matters(RuleId::TwoListTail, &two_q));
    }
}
