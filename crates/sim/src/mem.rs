//! Memory: address spaces, what translates them, what they are kept in, and who leaves when frames run out.
//!
//! | file | is |
//! |---|---|
//! | [`spec`] | what memory a machine has and what it costs |
//! | `fitted` | its place in a machine |
//! | [`address`] | how addresses are split |
//! | [`pte`], [`table`] | page-table entries and the tables that they stand in |
//! | [`tlb`] | recent translations |
//! | [`region`] | which pages are valid |
//! | [`frames`], [`swap`] | physical memory and the slots on the disk |
//! | `clean` | writing to swap |
//! | [`shares`] | fork: frames with several mappings, and copy-on-write |
//! | [`store`] | a page in exactly one of those: how it comes and goes |
//! | `promise` | how much may be mapped |
//! | [`refer`] | a reference, from the address to the frame |
//! | `translate` | a reference where there is no paging |
//! | [`replace`] | which page leaves |
//! | `foresee` | what only OPT knows |
//! | [`admission`] | which processes are let in |
//! | [`working_set`] | which pages a process uses lately |
//!
//! Nothing here knows the clock, the scheduler or the disk's queue. The kernel carries out what takes time or blocks:
//! `kernel/fault.rs` and its neighbours.
//!
//! Simplified on purpose: page tables and the kernel have memory of their own beside the frames; caches do not exist.

pub mod address;
pub mod admission;
mod clean;
mod fitted;
mod foresee;
pub mod frames;
mod life;
pub mod plru;
pub(crate) mod promise;
pub mod pte;
pub mod refer;
pub mod region;
pub mod replace;
pub mod shares;
pub mod spec;
pub mod store;
pub mod swap;
pub mod table;
pub mod tlb;
mod translate;
pub mod working_set;

use std::collections::VecDeque;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::ids::{FrameId, PageId, SpaceId, TaskId, Vpn};
use crate::program::memory::Access;
use crate::rng::{SplitMix64, Use};
use crate::rules::RuleId;
use crate::scenario::{ProcessSpec, Scenario, TaskKind};
use crate::time::{Nanos, Time};
pub(crate) use clean::Cleaning;
pub(crate) use fitted::Fitted;
pub(crate) use foresee::next_uses_of;
use region::Region;
use replace::{Candidate, Draws, NextUse, Replacement, Setting};
use spec::{MemoryLimits, MemorySpec, Scope};
use store::{Store, View};

/// All of a machine's memory.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Memory {
    pub(crate) spec: Arc<MemorySpec>,
    pub(crate) store: Store,
    pub(crate) replacement: Replacement,
    /// What the tasks are in the middle of, by id.
    pub(crate) threads: Vec<Thread>,
    /// Tasks that wait for a free frame, the first to ask first.
    pub(crate) waiting: VecDeque<TaskId>,
    /// The thread of the kernel that keeps frames free.
    pub(crate) daemon: Option<TaskId>,
    /// Whether it has spent the CPU time of the pages that it is about to select.
    pub(crate) computed: bool,
    /// Whether the access that completes a fault leaves no trace of use behind.
    pub(crate) loads_unreferenced: bool,
    pub(crate) counts: Counts,
    pub(crate) admission: admission::Control,
}

/// The address space of a process.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Space {
    /// The task that it belongs to.
    pub owner: TaskId,
    /// Its top page table; none once the process has ended, or where the kernel keeps none.
    pub root: Option<table::Root>,
    /// Its regions, in the order of their addresses.
    pub regions: Vec<Region>,
    /// Where regions that are gone began: what a program still holds of them.
    pub(crate) gone: Vec<(String, u64)>,
    /// The most frames that it may have, where each process takes from its own.
    pub quota: Option<u32>,
    /// How likely it is to be ended when no frame can be had.
    pub limits: MemoryLimits,
    /// What is counted for it.
    pub counts: Counts,
}

/// What a task is in the middle of.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Thread {
    pub(crate) space: Option<SpaceId>,
    /// References of its operation that are done; none if the operation makes none.
    pub(crate) done: Option<u64>,
    /// References that it has begun since it arrived.
    pub(crate) made: u32,
    /// The reference that it is making.
    pub(crate) pending: Option<Pending>,
    /// The streams of its random patterns, by the operation's place.
    pub(crate) streams: Vec<(u32, SplitMix64)>,
    /// What it asked of the disk.
    pub(crate) transit: Option<Transit>,
}

/// A reference that is not done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Pending {
    pub(crate) va: u64,
    pub(crate) access: Access,
    /// Since when.
    pub(crate) since: Time,
    /// How its first look into the TLB ended.
    pub(crate) first: Option<bool>,
    /// Whether its fault has been counted.
    pub(crate) faulted: bool,
    /// Whether it completes the fault that brought its page in.
    pub(crate) loaded: bool,
    /// When its page will be used again, where the policy asks.
    pub(crate) next: NextUse,
}

/// What a task asked of the disk.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Transit {
    /// A page.
    Read(FrameId),
    /// To write the pages in these, which leave, and in those, which stay.
    Write(Vec<FrameId>, Vec<FrameId>),
    /// Nothing: it waits for a write that somebody else asked for.
    Rescue(FrameId),
}

/// What is counted, for the machine and for each process.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Counts {
    /// References that are done or have been looked up once.
    pub references: u64,
    /// References whose first look into the TLB was a hit …
    pub tlb_hits: u64,
    /// … or a miss.
    pub tlb_misses: u64,
    /// Looks into the TLB, retries included.
    pub lookups: u64,
    /// Walks through the page table.
    pub walks: u64,
    /// Dirty bits that were set on a TLB hit.
    pub dirtied: u64,
    /// Faults that need no read of the disk.
    pub minor_faults: u64,
    /// Faults that do.
    pub major_faults: u64,
    /// References to no region, or not as the region allows.
    pub violations: u64,
    /// Pages that left without being written.
    pub clean_evictions: u64,
    /// Pages that had to be written first.
    pub dirty_evictions: u64,
    /// Pages read from swap.
    pub swap_ins: u64,
    /// Pages written to swap.
    pub swap_outs: u64,
    /// Requests that wrote them.
    pub write_requests: u64,
    /// Faults that reclaimed pages themselves.
    pub direct_reclaims: u64,
    /// How often the page daemon woke.
    pub daemon_wakes: u64,
    /// Processes ended because no frame could be had.
    pub oom_kills: u64,
    /// The time that references took from their first lookup to their end, waiting included.
    pub time: Nanos,
}

impl Memory {
    /// Memory as it is before the first process.
    pub(crate) fn new(spec: Arc<MemorySpec>, scenario: &Scenario, cpus: u16) -> Memory {
        let rules = &scenario.rules;
        let replacement = match spec.scope {
            Scope::Global => Replacement::new(&spec.replacement, setting(scenario, spec.frames, 0)),
            Scope::Local => Replacement::local(&spec.replacement),
        };
        Memory {
            store: Store::new(&spec, cpus, scenario.seed),
            replacement,
            threads: Vec::new(),
            waiting: VecDeque::new(),
            daemon: None,
            computed: false,
            loads_unreferenced: spec.loads_unreferenced(rules.ref_on_load),
            counts: Counts::default(),
            admission: admission::Control::new(spec.load.admission.then_some(spec.load.tau)),
            spec,
        }
    }

    /// Makes room for a task; a process gets an address space of its own, and one of so many equal shares of the
    /// frames unless it says how many it wants.
    pub(crate) fn admit(&mut self, process: &ProcessSpec, maps: bool, sharers: u32, scenario: &Scenario) {
        let space = (process.kind == TaskKind::User).then(|| {
            let mut regions: Vec<Region> = process.regions.iter().map(Region::of).collect();
            if regions.is_empty() && !maps {
                regions.push(Region::whole(self.spec.address.pages()));
            }
            regions.sort_unstable_by_key(|region| region.start);
            let space = self.store.create(&self.spec, TaskId::from_index(self.threads.len()), regions);
            self.store.spaces[space.index()].limits = process.memory;
            if self.spec.scope == Scope::Local {
                let quota = process.memory.quota_of(self.spec.frames, sharers);
                self.store.spaces[space.index()].quota = Some(quota);
                self.replacement.admit(space, setting(scenario, quota, space.get()));
            }
            space
        });
        self.threads.push(Thread { space, ..Thread::default() });
    }

    /// What it is.
    pub fn spec(&self) -> &MemorySpec {
        &self.spec
    }

    /// The address spaces, by id.
    pub fn spaces(&self) -> &[Space] {
        &self.store.spaces
    }

    /// The address space of a task; a thread of the kernel has none.
    pub fn space_of(&self, task: TaskId) -> Option<SpaceId> {
        self.threads.get(task.index()).and_then(|thread| thread.space)
    }

    /// Where everything is.
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// Who leaves next.
    pub fn replacement(&self) -> &Replacement {
        &self.replacement
    }

    /// The pages that could leave their frames, in the order in which they would if frames were wanted now.
    pub fn leaving_order(&self) -> Vec<Candidate> {
        let (out, mut tried) = (self.kept_out(), self.clone());
        let (policy, mut view) = tried.policy(false);
        let all = policy.rank(None, &view);
        if out.is_empty() {
            return all;
        }
        view.only = &out;
        let mut order = policy.rank(None, &view);
        order.iter_mut().for_each(|first| first.rule = RuleId::SuspendedFirst);
        let behind: Vec<Candidate> =
            all.into_iter().filter(|it| order.iter().all(|first| first.frame != it.frame)).collect();
        order.extend(behind);
        order
    }

    /// What has been counted for the machine as a whole.
    pub fn counts(&self) -> &Counts {
        &self.counts
    }

    /// The tasks that wait for a free frame, the first to ask first.
    pub fn waiting(&self) -> impl Iterator<Item = TaskId> + '_ {
        self.waiting.iter().copied()
    }

    /// The thread of the kernel that keeps frames free, while there is one.
    pub fn daemon(&self) -> Option<TaskId> {
        self.daemon
    }

    /// Counts something for the machine and for a process.
    pub(crate) fn count(&mut self, space: SpaceId, one: impl Fn(&mut Counts)) {
        one(&mut self.counts);
        one(&mut self.store.spaces[space.index()].counts);
    }

    /// The policy, and what it may look at.
    pub(crate) fn policy(&mut self, clean_only: bool) -> (&mut Replacement, View<'_>) {
        let Memory { replacement, store, spec, .. } = self;
        (replacement, View { store, spec, clean_only, only: &[] })
    }

    /// Pages of an address space in frames, in swap and in page tables: what an end of it would give back.
    pub fn size(&self, space: SpaceId) -> u64 {
        let Some(root) = self.store.spaces[space.index()].root else { return 0 };
        let split = &self.spec.address;
        let is_held =
            |pte: &pte::Pte| pte.frame().is_some() || matches!(pte.backing(), pte::Backing::Swap(_));
        let held = self.store.tables.pages(split, root).iter().filter(|(_, pte)| is_held(pte)).count() as u64;
        let tables = self.store.tables.bytes(split, root, self.spec.pte_size);
        held + tables.div_ceil(1 << split.page_shift)
    }

    /// The page that an address lies in.
    pub(crate) fn page(&self, space: SpaceId, va: u64) -> PageId {
        PageId { space, vpn: Vpn(va >> self.spec.address.page_shift) }
    }

    /// Whether a process has as many frames as it may.
    pub(crate) fn is_at_quota(&self, space: SpaceId) -> bool {
        let quota = self.store.spaces[space.index()].quota;
        quota.is_some_and(|quota| self.store.frames.held(space) >= quota)
    }

    /// The memory that a clone takes, in bytes.
    pub(crate) fn footprint(&self) -> usize {
        let streams: usize = self.threads.iter().map(|thread| thread.streams.len()).sum();
        let written = |thread: &Thread| match &thread.transit {
            Some(Transit::Write(leaving, staying)) => leaving.len() + staying.len(),
            Some(Transit::Read(_) | Transit::Rescue(_)) | None => 0,
        };
        size_of::<Memory>()
            + self.threads.iter().map(written).sum::<usize>() * size_of::<FrameId>()
            + self.store.footprint()
            + self.replacement.footprint()
            + self.threads.len() * size_of::<Thread>()
            + streams * size_of::<(u32, SplitMix64)>()
            + self.waiting.len() * size_of::<TaskId>()
            + self.admission().map_or(0, admission::Admission::footprint)
    }
}

/// What a policy over so many frames is set up with; `owner` draws from a stream of its own.
fn setting(scenario: &Scenario, frames: u32, owner: u32) -> Setting {
    let given = scenario.machine.memory.as_ref().and_then(|memory| memory.extras.random_stream);
    let stream = match given {
        Some(state) => SplitMix64::new(state.into()),
        None => SplitMix64::stream(scenario.seed, Use::PageRandom, owner.into()),
    };
    Setting { frames, opt_tie: scenario.rules.opt_tie, draws: Draws::Stream(stream) }
}
