//! The place of a machine's memory, and the only one that knows whether it can have any.

use std::hash::{Hash, Hasher};

use super::Memory;

/// What is held of the memory of a machine that has some.
type Held = Box<Memory>;

/// The memory of a machine, if it has any. A machine without is the same machine as before anybody thought of
/// memory: what is not there adds nothing to the fingerprint.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Fitted(Option<Held>);

impl Hash for Fitted {
    fn hash<H: Hasher>(&self, state: &mut H) {
        if let Some(memory) = self.as_ref() {
            memory.hash(state);
        }
    }
}

impl Fitted {
    /// With what is made here, if anything is.
    pub(crate) fn with(memory: Option<Memory>) -> Fitted {
        Fitted(memory.map(Box::new))
    }

    /// The memory, if there is any.
    pub(crate) fn as_ref(&self) -> Option<&Memory> {
        self.0.as_deref()
    }

    /// The same, to be changed.
    pub(crate) fn as_mut(&mut self) -> Option<&mut Memory> {
        self.0.as_deref_mut()
    }

    /// The memory that validation has made sure of.
    pub(crate) fn get(&mut self) -> &mut Memory {
        let Some(memory) = self.as_mut() else {
            unreachable!("no program refers to memory that is not there")
        };
        memory
    }
}
