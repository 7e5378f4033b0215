//! An explanation cannot drift from behaviour: who is chosen stood first in the ranking of the moment before, and the reason tells
//! the second and both keys.

use std::sync::Arc;

use kernelscope_sim::event::{Event, EventKind};
use kernelscope_sim::machine::{Machine, Progress};
use kernelscope_sim::rules::RuleId;
use kernelscope_sim::sched::Candidate;
use kernelscope_sim::sink::Micro;
use proptest::prelude::*;

use crate::random;

fn check(dispatch: &Event, ranking: &[Candidate]) -> Result<(), TestCaseError> {
    let EventKind::Dispatch { rule, runner_up, key, other } = dispatch.kind else { return Ok(()) };
    if rule == RuleId::Held {
        return Ok(());
    }
    prop_assert_eq!(dispatch.task, ranking.first().map(|first| first.task));
    // A thread of the kernel is compared with its like alone.
    let like = |candidate: &&Candidate| rule != RuleId::KernelFirst || candidate.rule == RuleId::KernelFirst;
    let second = ranking.get(1).filter(like);
    prop_assert_eq!(runner_up, second.map(|second| second.task));
    let (first, second) = (ranking.first().map(|first| first.key), second.map(|second| second.key));
    match rule {
        RuleId::OnlyOne => prop_assert_eq!(second, None),
        // Equal under the policy's own rule, and told apart by another: the keys are those of the other.
        RuleId::Tie | RuleId::MlfqTurns => prop_assert_eq!(first, second),
        _ => prop_assert_eq!((Some(key), Some(other)), (first, second.or(Some(0)))),
    }
    Ok(())
}

proptest! {
    #[test]
    fn whoever_is_chosen_stood_first(scenario in random::scenarios()) {
        let mut machine = Machine::new(Arc::new(scenario)).expect("the scenario is valid");
        loop {
            let ranking = machine.sched().rank(&machine.ctx());
            let mut step = Micro::default();
            let progress = machine.step(&mut step);
            let preempts = step.0.iter().any(|event| matches!(event.kind, EventKind::Preempt { .. }));
            for event in &step.0 {
                check(event, &ranking)?;
                if let EventKind::Preempt { by: Some(by), key, other, rule } = event.kind {
                    prop_assert_eq!(ranking.first().map(|first| first.task), Some(by));
                    prop_assert!(key <= other || rule != RuleId::StcfShortest);
                }
            }
            let dispatches = step.0.iter().filter(|event| matches!(event.kind, EventKind::Dispatch { .. })).count();
            prop_assert!(dispatches <= 1 || preempts, "one decision a step");
            if matches!(progress, Progress::Ended(_)) {
                break;
            }
        }
    }
}
