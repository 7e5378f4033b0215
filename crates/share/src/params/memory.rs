//! The fields of `machine.memory` and of a process's regions.
//!
//! What goes without saying: pages of 4 KiB in an address space of 16 bits, a linear table (tables as large as a page
//! where that would be too wide), eight frames, LRU, a TLB of four translations, faults that make room for
//! themselves, and a disk called `disk` that need not be declared.

use kernelscope_sim::costs::Preset;
use kernelscope_sim::ids::DeviceId;
use kernelscope_sim::mem::region::RegionSpec;
use kernelscope_sim::mem::replace::ReplacementSpec;
use kernelscope_sim::mem::spec::{
    AddressSpec, Extras, LoadSpec, MemoryCosts, MemorySpec, Mmu, OnViolation, Overcommit, Reclaim, Refill,
    Scope, TlbPolicy, TlbSpec,
};
use kernelscope_sim::program::memory::Prot;
use kernelscope_sim::time::Nanos;
use kernelscope_sim::validate::bounds;
use kernelscope_sim::validate::bounds::memory::{
    ADDRESS_BITS, ASID_BITS, FRAMES, LEVEL, TAU, TLB as TLB_ENTRIES,
};

use super::daemon::{DAEMON, DaemonForm};
use super::mmu;
use super::rows::{flag, number};
use crate::lens::{Lens, Row, Suffix};
use crate::limits::LARGEST_INTEGER;

/// The device that pages are swapped to, unless another one is named.
pub(crate) const DISK: &str = "disk";

/// A machine's memory as files have it.
#[derive(Clone, Debug)]
pub(crate) struct MemoryForm {
    frames: u32,
    address_bits: u8,
    page_shift: u8,
    /// None for a split that the sizes give.
    levels: Vec<u8>,
    /// What translates addresses.
    pub(crate) mmu: Mmu,
    on_violation: OnViolation,
    pte_size: u8,
    swap_slots: u32,
    /// The name of the disk.
    pub(crate) disk: String,
    has_tlb: bool,
    /// 0 ways for as many as entries.
    tlb: TlbSpec,
    pub(super) daemon: Option<DaemonForm>,
    /// Who leaves when frames run out.
    pub(crate) replacement: ReplacementSpec,
    scope: Scope,
    fault_fills_tlb: bool,
    lazy_a: bool,
    keep_slot: bool,
    next_fit: bool,
    lazy_tables: bool,
    free_empty_pt: bool,
    load: LoadSpec,
    extras: Extras,
}

/// The fields of `machine.memory` but for the policy of replacement and the mode of translation, which are read apart.
pub(crate) static MEMORY: &[Row<MemoryForm>] = &[
    Row::<MemoryForm>::new("frames", "frame", number!((1, FRAMES), u32, it => it.frames)).sweep(),
    Row::<MemoryForm>::new(
        "address_bits",
        "virtual_address",
        number!(ADDRESS_BITS, u8, it => it.address_bits),
    ),
    Row::<MemoryForm>::new(
        "page_size",
        "page",
        Lens::PowerOfTwo {
            most: ADDRESS_BITS.1 - 1,
            get: |it| it.page_shift,
            set: |it, shift| it.page_shift = shift,
        },
    ),
    Row::<MemoryForm>::new(
        "levels",
        "multi_level_table",
        Lens::Numbers { least: 1, most: LEVEL, get: |it| &it.levels, set: |it, levels| it.levels = levels },
    ),
    Row::<MemoryForm>::new(
        "on_violation",
        "segmentation_violation",
        Lens::Choice {
            words: || ON_VIOLATION.iter().map(|(word, _)| *word).collect(),
            get: |it| name_of(ON_VIOLATION, &it.on_violation),
            set: |it, word| it.on_violation = named(ON_VIOLATION, word),
        },
    ),
    Row::<MemoryForm>::new("pte_size", "pte", number!((4, 8), u8, it => it.pte_size)),
    Row::<MemoryForm>::new("swap_slots", "swap", number!((0, FRAMES), u32, it => it.swap_slots)).sweep(),
    Row::<MemoryForm>::new(
        "disk",
        "swap",
        Lens::Text { most: bounds::NAME, get: |it| &it.disk, set: |it, name| it.disk = name },
    ),
    Row::<MemoryForm>::new(
        "tlb",
        "tlb",
        Lens::Group { rows: TLB, is_on: |it| it.has_tlb, switch: |it, on| it.has_tlb = on },
    ),
    Row::<MemoryForm>::new(
        "daemon",
        "page_daemon",
        Lens::Group {
            rows: DAEMON,
            is_on: |it| it.daemon.is_some(),
            switch: |it, on| it.daemon = on.then(DaemonForm::default),
        },
    ),
    Row::<MemoryForm>::new(
        "scope",
        "scope",
        Lens::Choice {
            words: || SCOPES.iter().map(|(word, _)| *word).collect(),
            get: |it| name_of(SCOPES, &it.scope),
            set: |it, word| it.scope = named(SCOPES, word),
        },
    ),
    Row::<MemoryForm>::new("fault_fills_tlb", "tlb", flag!(it => it.fault_fills_tlb)),
    Row::<MemoryForm>::new("lazy_a", "accessed_bit", flag!(it => it.lazy_a)),
    Row::<MemoryForm>::new("keep_slot", "swap_cache", flag!(it => it.keep_slot)),
    Row::<MemoryForm>::new("next_fit", "swap", flag!(it => it.next_fit)),
    Row::<MemoryForm>::new("lazy_tables", "pte", flag!(it => it.lazy_tables)),
    Row::<MemoryForm>::new("free_empty_pt", "multi_level_table", flag!(it => it.free_empty_pt)),
    Row::<MemoryForm>::new(
        "overcommit",
        "overcommit",
        Lens::Choice {
            words: || OVERCOMMITS.iter().map(|(word, _)| *word).collect(),
            get: |it| name_of(OVERCOMMITS, &it.extras.overcommit),
            set: |it, word| it.extras.overcommit = named(OVERCOMMITS, word),
        },
    ),
    Row::<MemoryForm>::new(
        "overcommit_ratio",
        "overcommit",
        number!((0, 100), u8, it => it.extras.overcommit_ratio),
    )
    .sweep(),
    Row::<MemoryForm>::new(
        "random_stream",
        "replacement",
        Lens::Number {
            least: 0,
            most: u32::MAX as i64,
            get: |it| it.extras.random_stream.map_or(-1, i64::from),
            set: |it, number| it.extras.random_stream = u32::try_from(number).ok(),
        },
    ),
    Row::<MemoryForm>::new("tau", "working_set", number!((1, TAU), u32, it => it.load.tau)).sweep(),
    Row::<MemoryForm>::new("admission_control", "admission_control", flag!(it => it.load.admission)),
    Row::<MemoryForm>::new(
        "thrashing_window",
        "thrashing",
        Lens::Duration {
            least: Nanos(1),
            suffix: Suffix::Optional,
            get: |it| it.load.window,
            set: |it, window| it.load.window = window,
        },
    ),
];

static TLB: &[Row<MemoryForm>] = &[
    Row::<MemoryForm>::new("entries", "tlb", number!((1, TLB_ENTRIES), u16, it => it.tlb.entries)).sweep(),
    Row::<MemoryForm>::new("ways", "associativity", number!((1, TLB_ENTRIES), u16, it => it.tlb.ways))
        .sweep(),
    Row::<MemoryForm>::new(
        "policy",
        "tlb",
        Lens::Choice {
            words: || POLICIES.iter().map(|(word, _)| *word).collect(),
            get: |it| name_of(POLICIES, &it.tlb.policy),
            set: |it, word| it.tlb.policy = named(POLICIES, word),
        },
    ),
    Row::<MemoryForm>::new("asid_bits", "asid", number!((0, ASID_BITS), u8, it => it.tlb.asid_bits)).sweep(),
    Row::<MemoryForm>::new(
        "refill",
        "tlb_refill",
        Lens::Choice {
            words: || REFILLS.iter().map(|(word, _)| *word).collect(),
            get: |it| name_of(REFILLS, &it.tlb.refill),
            set: |it, word| it.tlb.refill = named(REFILLS, word),
        },
    ),
];

const POLICIES: &[(&str, TlbPolicy)] = &[
    ("lru", TlbPolicy::Lru),
    ("fifo", TlbPolicy::Fifo),
    ("random", TlbPolicy::Random),
    ("plru", TlbPolicy::Plru),
];

const OVERCOMMITS: &[(&str, Overcommit)] =
    &[("always", Overcommit::Always), ("heuristic", Overcommit::Heuristic), ("strict", Overcommit::Strict)];

const SCOPES: &[(&str, Scope)] = &[("global", Scope::Global), ("local", Scope::Local)];

const REFILLS: &[(&str, Refill)] = &[("hardware", Refill::Hardware), ("software", Refill::Software)];

const ON_VIOLATION: &[(&str, OnViolation)] = &[("kill", OnViolation::Kill), ("go_on", OnViolation::GoOn)];

fn name_of<T: PartialEq>(names: &[(&'static str, T)], value: &T) -> &'static str {
    names.iter().find(|(_, known)| known == value).map_or("", |(name, _)| *name)
}

fn named<T: Copy + Default>(names: &[(&'static str, T)], name: &str) -> T {
    names.iter().find(|(known, _)| *known == name).map_or_else(T::default, |(_, value)| *value)
}

impl MemoryForm {
    /// Memory about which nothing is said, in a machine whose costs are known by a name.
    pub(crate) fn new(preset: Preset) -> MemoryForm {
        let entries = if preset == Preset::Modern { 64 } else { 4 };
        MemoryForm {
            frames: 8,
            address_bits: 16,
            page_shift: 12,
            levels: Vec::new(),
            mmu: Mmu::Paged,
            on_violation: OnViolation::Kill,
            pte_size: 4,
            swap_slots: 64,
            disk: DISK.to_owned(),
            has_tlb: true,
            tlb: TlbSpec { entries, ways: 0, ..TlbSpec::default() },
            daemon: None,
            replacement: ReplacementSpec::default(),
            scope: Scope::Global,
            fault_fills_tlb: false,
            lazy_a: false,
            keep_slot: true,
            next_fit: true,
            lazy_tables: true,
            free_empty_pt: true,
            load: LoadSpec::default(),
            extras: Extras::default(),
        }
    }

    /// The memory, with its disk and its costs.
    pub(crate) fn into_spec(self, disk: DeviceId, costs: MemoryCosts) -> MemorySpec {
        let ways = if self.tlb.ways == 0 { self.tlb.entries } else { self.tlb.ways };
        let watermarks = self.daemon.as_ref().map(|daemon| daemon.watermarks(self.frames, self.page_shift));
        let levels = if self.levels.is_empty() { self.usual_levels() } else { self.levels };
        let address = AddressSpec { bits: self.address_bits, page_shift: self.page_shift, levels };
        MemorySpec {
            mmu: mmu::filled(self.mmu, &address),
            address,
            on_violation: self.on_violation,
            pte_size: self.pte_size,
            frames: self.frames,
            swap_slots: self.swap_slots,
            disk,
            tlb: self.has_tlb.then_some(TlbSpec { ways, ..self.tlb }),
            costs,
            replacement: self.replacement,
            scope: self.scope,
            reclaim: watermarks.map_or(Reclaim::Direct, Reclaim::Daemon),
            fault_fills_tlb: self.fault_fills_tlb,
            lazy_accessed: self.lazy_a,
            keep_slot: self.keep_slot,
            next_fit: self.next_fit,
            lazy_tables: self.lazy_tables,
            free_empty_tables: self.free_empty_pt,
            load: self.load,
            extras: self.extras,
        }
    }

    /// The form of a machine's memory, its disk being called so.
    pub(crate) fn of(spec: &MemorySpec, disk: &str, preset: Preset) -> MemoryForm {
        let new = MemoryForm::new(preset);
        let short =
            |tlb: TlbSpec| TlbSpec { ways: if tlb.ways == tlb.entries { 0 } else { tlb.ways }, ..tlb };
        let form = MemoryForm {
            frames: spec.frames,
            address_bits: spec.address.bits,
            page_shift: spec.address.page_shift,
            levels: Vec::new(),
            mmu: mmu::shortened(&spec.mmu),
            on_violation: spec.on_violation,
            pte_size: spec.pte_size,
            swap_slots: spec.swap_slots,
            disk: disk.to_owned(),
            has_tlb: spec.tlb.is_some(),
            tlb: spec.tlb.map_or(new.tlb, short),
            daemon: match &spec.reclaim {
                Reclaim::Direct => None,
                Reclaim::Daemon(marks) => Some(DaemonForm::of(marks, spec)),
            },
            replacement: spec.replacement.clone(),
            scope: spec.scope,
            fault_fills_tlb: spec.fault_fills_tlb,
            lazy_a: spec.lazy_accessed,
            keep_slot: spec.keep_slot,
            next_fit: spec.next_fit,
            lazy_tables: spec.lazy_tables,
            free_empty_pt: spec.free_empty_tables,
            load: spec.load,
            extras: spec.extras,
        };
        let levels =
            if form.usual_levels() == spec.address.levels { Vec::new() } else { spec.address.levels.clone() };
        MemoryForm { levels, ..form }
    }

    /// One table if its index is not too wide, else tables of one page each, the top one as wide as is left.
    fn usual_levels(&self) -> Vec<u8> {
        let bits = self.address_bits.saturating_sub(self.page_shift);
        let page = self.page_shift.saturating_sub(if self.pte_size == 8 { 3 } else { 2 }).clamp(1, LEVEL);
        if bits <= LEVEL {
            return vec![bits.max(1)];
        }
        let top = (bits - 1) % page + 1;
        let below = usize::from((bits - top) / page);
        std::iter::once(top).chain(std::iter::repeat_n(page, below)).collect()
    }
}

/// The fields of one of a process's `regions`.
pub(crate) static REGION: &[Row<RegionSpec>] = &[
    Row::<RegionSpec>::new(
        "name",
        "region",
        Lens::Text { most: bounds::NAME, get: |it| &it.name, set: |it, name| it.name = name },
    ),
    Row::<RegionSpec>::new("start", "region", number!((0, LARGEST_INTEGER), u64, it => it.start)),
    Row::<RegionSpec>::new("pages", "region", number!((1, u32::MAX), u32, it => it.pages)),
    Row::<RegionSpec>::new(
        "prot",
        "protection",
        Lens::Choice {
            words: || Prot::WORDS.iter().map(|(word, _)| *word).collect(),
            get: |it| name_of(&Prot::WORDS, &it.prot),
            set: |it, word| {
                let known = Prot::WORDS.iter().find(|(known, _)| *known == word);
                it.prot = known.map_or(Prot::RW, |(_, prot)| *prot);
            },
        },
    ),
    Row::<RegionSpec>::new("file", "file_mapping", flag!(it => it.file)),
];

/// A region about which nothing is said, behind the one before it.
pub(crate) fn region_at(start: u64) -> RegionSpec {
    RegionSpec { name: String::new(), start, pages: 1, prot: Prot::RW, file: false }
}
