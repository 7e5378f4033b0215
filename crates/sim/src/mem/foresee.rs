//! What only OPT knows: the pages that a task will refer to, and when each is used next.
//!
//! A task's references are a function of the scenario alone, whatever the policy and whoever runs beside it. So its
//! program is carried out here with nothing but its regions: no frames, no time, no other tasks. The table is
//! exact as long as one task's string is all that a choice depends on: one process refers to memory, or each takes from
//! its own frames. Validation refuses the rest.

use std::sync::Arc;

use super::replace::{NextUse, next_uses};
use super::spec::MemorySpec;
use super::{Memory, Thread};
use crate::event::syscall;
use crate::ids::TaskId;
use crate::kernel::Plan;
use crate::program::Op;
use crate::program::code::{Code, Cursor};
use crate::scenario::{ProcessSpec, Scenario};
use crate::time::Time;

/// For each reference of a task, when its page is used next. The steps of the run bound it, and with it the table:
/// an operation is a step at least.
pub(crate) fn next_uses_of(
    spec: &Arc<MemorySpec>,
    scenario: &Scenario,
    process: &ProcessSpec,
    task: TaskId,
    code: &Code,
) -> Vec<NextUse> {
    let (seed, owner, steps) = (scenario.seed, u64::from(task.get()), scenario.limits.steps);
    let mut memory = Memory::new(Arc::clone(spec), scenario, 0);
    memory.threads = vec![Thread::default(); task.index()];
    memory.admit(process, code.maps(), 1, scenario);
    let mut pages = Vec::new();
    let mut cursor = Cursor::START;
    for _ in 0..steps {
        match code.next(&mut cursor) {
            Some(Op::Mmap(mapping)) => {
                memory.map_region(task, mapping);
            }
            Some(Op::Munmap(region)) => {
                memory.unmap_region(task, region);
            }
            Some(op @ (Op::Access(_) | Op::Refs(_))) => {
                memory.threads[task.index()].done = Some(0);
                for _ in 0..op.references() {
                    memory.begin(Plan { task, code, cursor, future: &[], seed, owner }, Time::ZERO);
                    let (page, pending) = memory.wanted(task);
                    let allowed = memory.store.region(page).is_some_and(|it| it.prot.allows(pending.access));
                    if !allowed || pages.len() as u64 >= steps {
                        return next_uses(pages);
                    }
                    pages.push(page);
                    let thread = &mut memory.threads[task.index()];
                    thread.done = thread.done.map(|done| done + 1);
                }
            }
            None | Some(Op::Exit(_) | Op::Syscall(syscall::EXIT) | Op::Privileged(_)) => break,
            Some(_) => {}
        }
    }
    next_uses(pages)
}
