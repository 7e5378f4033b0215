//! What memory a machine has, and what its use costs (the parameters of every picture in OSTEP 18 to 23).
//!
//! A machine without any refers to nothing: its programs compute and wait. Everything here is hardware or the
//! kernel's choice; who maps what stands with the processes.

mod extras;
mod load;
mod mmu;

use serde::{Deserialize, Serialize};

pub use extras::{Extras, Overcommit};
pub use load::LoadSpec;
pub use mmu::{EntrySpec, Given, Mmu, OnViolation, Segment};

use super::replace::ReplacementSpec;
use crate::conventions::RefOnLoad;
use crate::ids::DeviceId;
use crate::time::Nanos;

/// The memory of a machine.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct MemorySpec {
    /// How an address is split.
    pub address: AddressSpec,
    /// What translates addresses.
    pub mmu: Mmu,
    /// What becomes of a task whose address leads nowhere, where no page fault could repair it.
    pub on_violation: OnViolation,
    /// The bytes of one page-table entry: 4 or 8.
    pub pte_size: u8,
    /// Frames for the pages of processes. Page tables have their own.
    pub frames: u32,
    /// Swap slots of one page each.
    pub swap_slots: u32,
    /// The shared device that pages are swapped to and read from.
    pub disk: DeviceId,
    /// The translation look-aside buffer of each CPU; none walks the page table for every reference.
    pub tlb: Option<TlbSpec>,
    /// What its use costs.
    pub costs: MemoryCosts,
    /// Who leaves when frames run out.
    pub replacement: ReplacementSpec,
    /// Whose pages may leave for whom.
    pub scope: Scope,
    /// Who makes room, and when.
    pub reclaim: Reclaim,
    /// The fault handler enters the new translation into the TLB, so that the retry is a hit.
    pub fault_fills_tlb: bool,
    /// Clearing an accessed bit leaves the TLB's copy alone, as x86 Linux does: a page in constant use may look unused.
    pub lazy_accessed: bool,
    /// A page read from swap keeps its slot while the two are the same, so that it can leave without a write.
    pub keep_slot: bool,
    /// Slots are taken in turn, not always the lowest free one: pages that leave together lie together.
    pub next_fit: bool,
    /// A page's entry is made when the page is first touched. Otherwise all are made with their region, as in the
    /// pictures of linear tables.
    pub lazy_tables: bool,
    /// A table page is freed when its last entry goes.
    pub free_empty_tables: bool,
    /// By what the load on memory is judged.
    pub load: LoadSpec,
    /// What most machines leave as it is.
    pub extras: Extras,
}

impl Default for MemorySpec {
    /// Eight frames behind a small TLB, at no cost.
    fn default() -> Self {
        MemorySpec {
            address: AddressSpec::default(),
            mmu: Mmu::Paged,
            on_violation: OnViolation::Kill,
            pte_size: 4,
            frames: 8,
            swap_slots: 64,
            disk: DeviceId::new(0),
            tlb: Some(TlbSpec::default()),
            costs: MemoryCosts::default(),
            replacement: ReplacementSpec::Lru,
            scope: Scope::Global,
            reclaim: Reclaim::Direct,
            fault_fills_tlb: false,
            lazy_accessed: false,
            keep_slot: true,
            next_fit: true,
            lazy_tables: true,
            free_empty_tables: true,
            load: LoadSpec::default(),
            extras: Extras::default(),
        }
    }
}

impl MemorySpec {
    /// Whether the access that completes a fault leaves no trace of use behind.
    pub fn loads_unreferenced(&self, rule: RefOnLoad) -> bool {
        rule == RefOnLoad::Clear || self.replacement.loads_unreferenced()
    }
}

/// How a virtual address is split into page number and offset, and the page number into the indices of a walk.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct AddressSpec {
    /// The width of a virtual address.
    pub bits: u8,
    /// The width of the offset: a page has 2^`page_shift` bytes.
    pub page_shift: u8,
    /// The widths of the indices, the top level first. One level is a linear table.
    pub levels: Vec<u8>,
}

impl Default for AddressSpec {
    fn default() -> Self {
        AddressSpec { bits: 16, page_shift: 12, levels: vec![4] }
    }
}

/// A translation look-aside buffer (OSTEP 19).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct TlbSpec {
    /// Translations that it holds.
    pub entries: u16,
    /// Places that one translation can take; as many as entries is fully associative.
    pub ways: u16,
    /// Which translation of a full set gives way.
    pub policy: TlbPolicy,
    /// The width of an address-space identifier; without one every process switch empties the TLB.
    pub asid_bits: u8,
    /// Who walks the page table on a miss.
    pub refill: Refill,
}

impl Default for TlbSpec {
    fn default() -> Self {
        TlbSpec { entries: 4, ways: 4, policy: TlbPolicy::Lru, asid_bits: 0, refill: Refill::Hardware }
    }
}

/// Which translation of a full set gives way to a new one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum TlbPolicy {
    /// The least recently used.
    #[default]
    Lru,
    /// The first that came.
    Fifo,
    /// Any.
    Random,
    /// Tree pseudo-LRU: one bit per fork of a binary tree over the ways, a power of two.
    Plru,
}

/// Who walks the page table after a TLB miss (OSTEP 19.3).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Refill {
    /// The hardware.
    #[default]
    Hardware,
    /// The kernel: the miss itself is a trap.
    Software,
}

/// What the use of memory costs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct MemoryCosts {
    /// One access to memory; a walk makes one a level.
    pub access: Nanos,
    /// One look into the TLB.
    pub tlb: Nanos,
    /// The trap of a fault: entry, handler and return together.
    pub trap: Nanos,
    /// Filling a page with zeroes.
    pub zero: Nanos,
    /// Telling another CPU to forget a translation.
    pub shootdown: Nanos,
    /// The disk's time for a request, before the first page …
    pub seek: Nanos,
    /// … and for each page.
    pub transfer: Nanos,
}

impl MemoryCosts {
    /// The disk's time for so many pages that lie together.
    pub const fn disk(&self, pages: u32) -> Nanos {
        self.seek.saturating_add(self.transfer.saturating_mul(pages as u64))
    }
}

/// Whose pages may leave for whom (OSC 10.5.3).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Scope {
    /// Anybody's.
    #[default]
    Global,
    /// A process's own: each has a quota of frames.
    Local,
}

/// What a process may have of memory.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct MemoryLimits {
    /// Its frames under [`Scope::Local`]; an equal share of all unless said.
    pub quota: Option<u32>,
    /// How much likelier it is to be ended when no frame can be had, in thousandths of all frames and slots: from
    /// [`MemoryLimits::EXEMPT`], which is never chosen while there is another, to 1000.
    pub oom_score_adj: i16,
}

impl MemoryLimits {
    /// Linux's lowest `oom_score_adj`.
    pub const EXEMPT: i16 = -1000;

    /// How bad a process of so many pages is on a machine with so many frames and slots; none for one that is
    /// exempt (Linux's `oom_badness`).
    pub fn badness(&self, size: u64, total: u64) -> Option<u64> {
        let adjusted = i128::from(size) + i128::from(total) * i128::from(self.oom_score_adj) / 1000;
        (self.oom_score_adj > MemoryLimits::EXEMPT).then_some(u64::try_from(adjusted).unwrap_or(0))
    }

    /// How many frames it has of so many among so many processes.
    pub fn quota_of(&self, frames: u32, sharers: u32) -> u32 {
        self.quota.unwrap_or(frames / sharers.max(1))
    }
}

/// Who makes room, and when (OSTEP 21.5; Linux's watermarks).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Reclaim {
    /// The fault that finds no free frame evicts one page itself.
    #[default]
    Direct,
    /// A kernel thread whose program is `reclaim` keeps the free frames between two watermarks.
    Daemon(Watermarks),
}

/// When the page daemon wakes and sleeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Watermarks {
    /// Below so many free frames only the kernel may allocate: a fault that would go below reclaims pages itself. 0
    /// lets faults take the last frame and then wait for the daemon.
    pub min: u32,
    /// It wakes when fewer frames than this are free …
    pub low: u32,
    /// … and sleeps when at least so many are.
    pub high: u32,
    /// The most pages that it writes in one request.
    pub cluster: u32,
    /// The CPU time that it needs for a page. Work that takes none is done without a switch to it.
    pub cpu: Nanos,
    /// The pages that a fault below `min` reclaims at a time.
    pub direct_batch: u32,
}

impl Watermarks {
    /// Linux's watermarks for a zone of so many pages: `min_free_kbytes` is the root of sixteen times its size, low
    /// and high lie a quarter of min or a thousandth of the zone above, whichever is more (mm/page_alloc.c).
    pub fn linux(pages: u64, page_size: u64) -> (u64, u64, u64) {
        let kbytes = pages.saturating_mul(page_size) / 1024;
        let min_free = kbytes.saturating_mul(16).isqrt().clamp(128, 262_144);
        let min = min_free * 1024 / page_size.max(1);
        let step = (min / 4).max(pages / 1000);
        (min, min + step, min + 2 * step)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn linux_watermarks_follow_the_table() {
        for (mib, min, low, high) in [
            (64, 256, 320, 384),
            (512, 724, 905, 1086),
            (1024, 1024, 1286, 1548),
            (4096, 2048, 3096, 4144),
            (16384, 4096, 8290, 12484),
        ] {
            assert_eq!(Watermarks::linux(mib * 256, 4096), (min, low, high), "{mib} MiB");
        }
    }
}
