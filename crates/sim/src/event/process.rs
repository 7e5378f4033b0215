//! What happens between processes: they make one another, wait, send signals, and are adopted.

use serde::{Deserialize, Serialize};

use crate::ids::TaskId;
use crate::rules::RuleId;

/// Something that happens between processes. Unless said otherwise the event's task is the one that calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ProcessEvent {
    /// `fork` has made a child: it returns 0 there, and the child's pid here.
    Fork {
        /// The child.
        child: TaskId,
    },
    /// `wait` returns: a child that has ended is gone for good.
    Waited {
        /// The child.
        child: TaskId,
        /// Its status.
        status: u8,
    },
    /// A signal is sent.
    Signal {
        /// To whom.
        to: TaskId,
        /// Its number.
        signal: u8,
    },
    /// The event's task has another parent from now on: its own has ended.
    Adopted {
        /// Who; none is init.
        by: Option<TaskId>,
    },
    /// A system call fails and changes nothing.
    Failed {
        /// The number of the call.
        call: u32,
        /// Why.
        errno: Errno,
    },
}

/// Why a system call fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Errno {
    /// There is nobody to send it to.
    Esrch,
    /// There is no child to wait for.
    Echild,
    /// The process table is full.
    Eagain,
    /// Memory is short.
    Enomem,
    /// It has children, and the machine does not let a process with children end.
    Ebusy,
}

impl Errno {
    /// Every one with its name.
    pub const ALL: [(&'static str, Errno); 5] = [
        ("ESRCH", Errno::Esrch),
        ("ECHILD", Errno::Echild),
        ("EAGAIN", Errno::Eagain),
        ("ENOMEM", Errno::Enomem),
        ("EBUSY", Errno::Ebusy),
    ];

    /// Its name.
    pub const fn name(self) -> &'static str {
        Errno::ALL[self as usize].0
    }
}

impl ProcessEvent {
    /// The rule that decided, where one did.
    pub const fn rule(&self) -> Option<RuleId> {
        match self {
            ProcessEvent::Adopted { .. } => Some(RuleId::Orphans),
            ProcessEvent::Waited { .. } => Some(RuleId::WaitLowest),
            ProcessEvent::Failed { errno: Errno::Ebusy, .. } => Some(RuleId::ExitWithChildren),
            ProcessEvent::Fork { .. } | ProcessEvent::Signal { .. } | ProcessEvent::Failed { .. } => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_error_has_its_own_name() {
        for (name, errno) in Errno::ALL {
            assert_eq!(errno.name(), name);
        }
    }
}
