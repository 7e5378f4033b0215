//! The place of a machine's memory, and the only one that knows whether it can have any.
//!
//! Without the feature `memory` there is nothing that it could hold, so the compiler finds out for every
//! `if let Some(memory)` in the kernel that it never happens, and leaves out what would follow: half of the program.
//! Such a machine is bit for bit the same for every scenario that it can run; the others it refuses.

use std::hash::{Hash, Hasher};
use std::sync::Arc;

use super::Memory;
use super::spec::MemorySpec;
use crate::diagnostic::{Code, Diagnostic};
use crate::scenario::{MachineSpec, Scenario};

/// What is held of the memory of a machine that has some.
#[cfg(feature = "memory")]
type Held = Box<Memory>;

/// There is no such thing.
#[cfg(not(feature = "memory"))]
type Held = std::convert::Infallible;

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
    /// What memory a machine is to have, if it can have any.
    pub(crate) fn wanted(machine: &MachineSpec) -> Option<&Arc<MemorySpec>> {
        machine.memory.as_ref().filter(|_| cfg!(feature = "memory"))
    }

    /// What is wrong where a scenario wants memory and there can be none.
    pub(crate) fn problem(scenario: &Scenario) -> Option<Diagnostic> {
        let is_refused = cfg!(not(feature = "memory")) && scenario.machine.memory.is_some();
        is_refused.then(|| Diagnostic::new("machine.memory", Code::LeftOut))
    }

    /// The memory that a scenario wants.
    #[cfg(feature = "memory")]
    pub(crate) fn new(scenario: &Scenario) -> Fitted {
        let machine = &scenario.machine;
        let memory =
            machine.memory.as_ref().map(|spec| Memory::new(Arc::clone(spec), scenario, machine.cpus));
        Fitted(memory.map(Box::new))
    }

    #[cfg(not(feature = "memory"))]
    pub(crate) fn new(_: &Scenario) -> Fitted {
        Fitted(None)
    }

    /// The memory, if there is any.
    #[cfg(feature = "memory")]
    pub(crate) fn as_ref(&self) -> Option<&Memory> {
        self.0.as_deref()
    }

    #[cfg(not(feature = "memory"))]
    pub(crate) fn as_ref(&self) -> Option<&Memory> {
        self.0.map(|never| match never {})
    }

    /// The same, to be changed.
    #[cfg(feature = "memory")]
    pub(crate) fn as_mut(&mut self) -> Option<&mut Memory> {
        self.0.as_deref_mut()
    }

    #[cfg(not(feature = "memory"))]
    pub(crate) fn as_mut(&mut self) -> Option<&mut Memory> {
        self.0.map(|never| match never {})
    }

    /// The memory that validation has made sure of.
    pub(crate) fn get(&mut self) -> &mut Memory {
        let Some(memory) = self.as_mut() else {
            unreachable!("no program refers to memory that is not there")
        };
        memory
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::machine::Machine;
    use crate::program::{Op, Program};
    use crate::scenario::{DeviceSpec, ProcessSpec};
    use crate::time::Nanos;

    #[test]
    fn memory_is_refused_exactly_where_there_can_be_none() {
        let program = Program(vec![Op::Cpu(Nanos::from_millis(1))]);
        let devices = vec![DeviceSpec { name: "disk".to_owned(), servers: 1 }];
        let machine = MachineSpec { memory: Some(Arc::default()), devices, ..MachineSpec::default() };
        let processes = vec![ProcessSpec { name: "A".to_owned(), program, ..ProcessSpec::default() }];
        let scenario = Scenario { machine, processes, ..Scenario::default() };
        let problem = Diagnostic::new("machine.memory", Code::LeftOut);
        let refused = cfg!(not(feature = "memory")).then(|| vec![problem]);
        assert_eq!(Machine::new(Arc::new(scenario)).err(), refused);
    }
}
