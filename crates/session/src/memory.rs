//! Memory as it is shown: at the cursor, around it, and over a whole run.
//!
//! | file | is |
//! |---|---|
//! | `state` | page table, TLBs, frames and swap of the machine at the cursor, as far as they are looked at |
//! | `accesses` | references put together from their events: how each went, and who left for it |
//! | `history` | free frames, faults, resident pages and working sets over time, at a bounded number of instants |
//! | `thrashing` | when the working sets were too much for it, and how that showed |
//!
//! Nothing of this is part of a snapshot: a run without memory, or a page that shows none, pays nothing for it.

mod accesses;
mod history;
mod state;
mod thrashing;

use kernelscope_sim::machine::Machine;

use crate::events::{Paging, Wanted};
use crate::run::Run;
use crate::topic::{Choice, Topic};
use crate::traveller::Step;
use crate::view::{Look, MemoryView};

pub(crate) use self::history::History;

/// No access has more events than this, but for one that has to wait.
const EVENTS_AN_ACCESS: u32 = 12;

/// A look at memory that is being taken.
pub(crate) struct Looking {
    look: Look,
    machine: Machine,
    paging: Paging,
}

impl Looking {
    /// Where the cursor of a run stands.
    pub(crate) fn new(run: &Run, look: Look) -> Looking {
        let machine = run.cursor().traveller.machine().clone();
        let choice = Choice { topic: Some(Topic::Memory), micro: true, task: None };
        // Even where no access is wanted, the last one tells whose memory it is about.
        let count = look.accesses.max(1).saturating_mul(2 * EVENTS_AN_ACCESS);
        let wanted = Wanted { around: machine.steps(), count, choice };
        Looking { look, paging: Paging::new(run, wanted), machine }
    }

    /// Takes at most about `budget` steps, and takes them off it. What is seen, once all of it is.
    pub(crate) fn work(&mut self, run: &Run, step: &mut Step, budget: &mut u64) -> Option<MemoryView> {
        let page = self.paging.work(run, step, budget)?;
        let Looking { look, machine, .. } = self;
        let Some(memory) = machine.memory() else { return Some(MemoryView::default()) };
        let mut view = MemoryView { look: *look, step: machine.steps(), ..MemoryView::default() };
        accesses::put_together(memory, &page, &mut view);
        state::show(memory, &mut view);
        Some(view)
    }
}
