//! What the list of events can be about: a few topics, each with the kinds of events that belong to it.
//!
//! A choice of events is answered over a whole run, and a topic has a bit in the table of contents of the run, so that
//! what has nothing to do with it is passed over unseen.
//!
//! To add a topic: a variant, its place in [`Topic::ALL`], and its kinds in [`Topic::of`].

use kernelscope_sim::event::{Cause, Detail, Event, EventKind, ProcessEvent, Wait};
use kernelscope_sim::ids::TaskId;
use serde::{Deserialize, Serialize};

use crate::protocol::JumpKind;
use crate::query::{Kinds, QueryKind};

/// What events can be about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Topic {
    /// Who gets the CPU, and who loses it.
    Decisions,
    /// Blocking and waking.
    Waiting,
    /// Arrivals and ends.
    Lives,
    /// Changes of level, priority or estimate.
    Levels,
    /// System calls.
    Syscalls,
    /// Interrupts by timer and devices.
    Interrupts,
    /// Exceptions.
    Exceptions,
    /// References to memory, and whatever changes what is in its frames.
    Memory,
}

impl Topic {
    /// All of them.
    pub const ALL: [Topic; 8] = [
        Topic::Decisions,
        Topic::Waiting,
        Topic::Lives,
        Topic::Levels,
        Topic::Syscalls,
        Topic::Interrupts,
        Topic::Exceptions,
        Topic::Memory,
    ];

    /// The topics that an event of this kind belongs to.
    pub fn of(kind: &EventKind) -> &'static [Topic] {
        use EventKind as E;
        match kind {
            E::Dispatch { .. }
            | E::Preempt { .. }
            | E::SliceEnd { .. }
            | E::Yield
            | E::ContextSwitch { .. }
            | E::Idle
            | E::Hold => &[Topic::Decisions],
            E::Block { on: wait, .. } | E::Wake { from: wait, .. } => match wait {
                Wait::PageIn | Wait::PageOut | Wait::Frame => &[Topic::Waiting, Topic::Memory],
                Wait::Child => &[Topic::Waiting, Topic::Lives],
                Wait::Io(_) | Wait::Sleep | Wait::Work => &[Topic::Waiting],
            },
            E::IoStart { .. } => &[Topic::Waiting],
            E::Memory(_) | E::KernelEntry { cause: Cause::PageFault | Cause::TlbMiss, .. } => {
                &[Topic::Memory]
            }
            // Whoever ends gives its memory back.
            E::Killed { .. } => &[Topic::Lives, Topic::Exceptions, Topic::Memory],
            E::Exit { .. } => &[Topic::Lives, Topic::Memory],
            E::Process(ProcessEvent::Failed { .. }) => &[Topic::Lives, Topic::Syscalls],
            E::Process(_) | E::Arrive | E::Reap { .. } | E::Signal { .. } | E::End(_) => &[Topic::Lives],
            E::Demote { .. } | E::Boost { .. } | E::BoostTask { .. } | E::Age { .. } | E::Estimate { .. } => {
                &[Topic::Levels]
            }
            E::KernelEntry { cause: Cause::Syscall(_), .. }
            | E::SyscallDispatch { .. }
            | E::SyscallError { .. } => &[Topic::Syscalls],
            E::KernelEntry { cause: Cause::Timer | Cause::Device(_) | Cause::Reschedule, .. } => {
                &[Topic::Interrupts]
            }
            E::KernelEntry { cause: Cause::Exception, .. } | E::Violation { .. } => &[Topic::Exceptions],
            _ => &[],
        }
    }
}

/// Which events are wanted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// About this only; everything if none is said.
    pub topic: Option<Topic>,
    /// Every stage of every trap, or just the story.
    pub micro: bool,
    /// About this task only.
    pub task: Option<TaskId>,
}

impl Choice {
    /// Whether an event is wanted.
    pub fn takes(&self, event: &Event) -> bool {
        (self.micro || event.kind.detail() <= Detail::Story)
            && self.task.is_none_or(|task| event.task == Some(task))
            && self.topic.is_none_or(|topic| Topic::of(&event.kind).contains(&topic))
    }

    /// Kinds of which each event that is wanted has one.
    pub(crate) fn kinds(&self) -> Kinds {
        match (self.topic, self.micro) {
            (Some(topic), _) => topic.into(),
            (None, true) => QueryKind::Jump(JumpKind::Stage).into(),
            (None, false) => QueryKind::Jump(JumpKind::Any).into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use kernelscope_sim::time::Nanos;

    use super::*;

    #[test]
    fn each_cause_of_an_entry_belongs_to_exactly_one_topic() {
        let causes = [
            Cause::Timer,
            Cause::Device(None),
            Cause::Reschedule,
            Cause::Syscall(39),
            Cause::Exception,
            Cause::PageFault,
            Cause::TlbMiss,
        ];
        for cause in causes {
            assert_eq!(Topic::of(&EventKind::KernelEntry { cause, cost: Nanos::ZERO }).len(), 1, "{cause:?}");
        }
    }
}
