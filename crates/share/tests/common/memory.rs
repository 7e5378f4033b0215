//! Memory of every sort, fitted into machines of every sort.

use std::sync::Arc;

use kernelscope_sim::conventions::RefOnLoad;
use kernelscope_sim::ids::DeviceId;
use kernelscope_sim::mem::region::RegionSpec;
use kernelscope_sim::mem::replace::{RandomIndex, ReplacementSpec as Spec};
use kernelscope_sim::mem::spec::{
    AddressSpec, EntrySpec, Extras, Given, LoadSpec, MemoryCosts, MemoryLimits, MemorySpec, Mmu, OnViolation,
    Overcommit, Reclaim, Refill, Scope, Segment, TlbPolicy, TlbSpec, Watermarks,
};
use kernelscope_sim::program::memory::{Access, Grain, Pattern, Prot, References, Stretch};
use kernelscope_sim::program::{Op, Program};
use kernelscope_sim::scenario::{DeviceSpec, MachineSpec, ProcessSpec, TaskKind};
use kernelscope_sim::time::Nanos;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

/// Memory that is not yet in a machine.
#[derive(Clone, Debug)]
pub(super) struct Part {
    /// None for a machine without.
    spec: Option<MemorySpec>,
    disk: Disk,
    daemon: Daemon,
    /// Frames of that process alone.
    quota: Option<u32>,
    /// How gladly that process is ended when no frame can be had.
    oom_score_adj: i16,
    /// A process that uses it.
    user: (Vec<RegionSpec>, Vec<Op>),
}

/// Where pages are swapped to.
#[derive(Clone, Copy, Debug)]
enum Disk {
    /// The first device that there is, if there is one.
    First,
    /// One that is called as if it were implied, with so many servers, before or behind the others.
    Called { servers: u16, first: bool },
}

/// How the scenario has its page daemon.
#[derive(Clone, Copy, Debug)]
enum Daemon {
    AsImplied,
    First,
    Called,
}

impl Part {
    /// Puts it into a machine, with what has to come with it.
    pub(super) fn fit(
        self,
        ref_on_load: RefOnLoad,
        machine: &mut MachineSpec,
        processes: &mut Vec<ProcessSpec>,
    ) {
        let Some(mut spec) = self.spec else { return };
        let position = match self.disk {
            Disk::First if !machine.devices.is_empty() => 0,
            Disk::Called { servers, first: true } => {
                machine.devices.insert(0, DeviceSpec { name: "disk".to_owned(), servers });
                0
            }
            Disk::First => {
                machine.devices.push(DeviceSpec { name: "disk".to_owned(), servers: 1 });
                0
            }
            Disk::Called { servers, first: false } => {
                machine.devices.push(DeviceSpec { name: "disk".to_owned(), servers });
                machine.devices.len() - 1
            }
        };
        spec.disk = DeviceId::from_index(position);
        if let Some(tlb) = &mut spec.tlb
            && (ref_on_load == RefOnLoad::Clear || spec.replacement.loads_unreferenced())
        {
            tlb.refill = Refill::Hardware;
        }
        // Every process, and the few that inputs add, has a frame at least.
        let is_local = spec.scope == Scope::Local && spec.frames >= 16 && spec.replacement != Spec::PseudoLru;
        spec.scope = if is_local { Scope::Local } else { Scope::Global };
        let (mut regions, mut ops) = self.user;
        if spec.mmu != Mmu::Paged {
            regions.clear();
            ops = vec![Op::Access(References {
                access: Access::Read,
                to: Stretch { region: None, grain: Grain::Byte, start: 0, end: 9, step: 4 },
                pattern: Pattern::InOrder,
            })];
        }
        processes.push(ProcessSpec {
            name: "user".to_owned(),
            regions,
            memory: MemoryLimits {
                quota: self.quota.filter(|_| is_local),
                oom_score_adj: self.oom_score_adj,
            },
            program: Program(ops),
            ..ProcessSpec::default()
        });
        if spec.reclaim != Reclaim::Direct {
            let name = if matches!(self.daemon, Daemon::Called) { "pageout" } else { "kswapd" };
            let daemon = ProcessSpec {
                name: name.to_owned(),
                kind: TaskKind::KernelThread,
                program: Program(vec![Op::Reclaim]),
                ..ProcessSpec::default()
            };
            let place = if matches!(self.daemon, Daemon::First) { 0 } else { processes.len() };
            processes.insert(place, daemon);
        }
        machine.memory = Some(Arc::new(spec));
    }
}

/// Memory, or none.
pub(super) fn part() -> BoxedStrategy<Part> {
    let disk = prop_oneof![
        Just(Disk::First),
        (1..3u16, any::<bool>()).prop_map(|(servers, first)| Disk::Called { servers, first }),
    ];
    let daemon = prop::sample::select(vec![Daemon::AsImplied, Daemon::First, Daemon::Called]);
    let spec = prop_oneof![3 => memory(), 1 => translation()];
    let limits = (option::of(Just(1)), prop_oneof![Just(0), -1000..=1000i16]);
    (option::of(spec), disk, daemon, limits, user())
        .prop_map(|(spec, disk, daemon, (quota, oom_score_adj), user)| Part {
            spec,
            disk,
            daemon,
            quota,
            oom_score_adj,
            user,
        })
        .boxed()
}

/// Pages of an address space: every one below has as many.
const PAGES: u32 = 16;

fn memory() -> impl Strategy<Value = MemorySpec> {
    let address = prop_oneof![
        (1..40u8).prop_map(|shift| AddressSpec { bits: shift + 4, page_shift: shift, levels: vec![4] }),
        Just(AddressSpec { bits: 16, page_shift: 12, levels: vec![1, 3] }),
        Just(AddressSpec { bits: 48, page_shift: 12, levels: vec![9, 9, 9, 9] }),
        Just(AddressSpec { bits: 32, page_shift: 12, levels: vec![10, 10] }),
    ];
    let cost = || prop_oneof![Just(Nanos::ZERO), (0..1u64 << 24).prop_map(Nanos)];
    let costs = (cost(), cost(), cost(), cost(), cost(), cost(), cost()).prop_map(
        |(access, tlb, trap, zero, shootdown, seek, transfer)| MemoryCosts {
            access,
            tlb,
            trap,
            zero,
            shootdown,
            seek,
            transfer,
        },
    );
    let sizes = (prop::sample::select(vec![4u8, 8]), prop_oneof![2..80u32, Just(1 << 14)], 0..200u32);
    let switches = any::<[bool; 8]>();
    (
        address,
        sizes,
        costs,
        option::of(tlb()),
        (replacement(), option::of(marks())),
        (switches, load(), extras()),
    )
        .prop_map(
            |(
                address,
                (pte_size, frames, swap_slots),
                costs,
                tlb,
                (replacement, marks),
                (switches, load, extras),
            )| {
                let looks_ahead = replacement.looks_ahead();
                let overcommit = if looks_ahead { Overcommit::Always } else { extras.overcommit };
                let extras = Extras { overcommit, ..extras };
                let address_is_wide = address.pages() > 1 << 16;
                let frames = if replacement == Spec::PseudoLru { frames.next_power_of_two() } else { frames };
                let reclaim = marks.map_or(Reclaim::Direct, |marks| Reclaim::Daemon(marks.of(frames)));
                MemorySpec {
                    address,
                    pte_size,
                    frames,
                    swap_slots,
                    disk: DeviceId::new(0),
                    tlb,
                    costs,
                    replacement,
                    reclaim,
                    fault_fills_tlb: switches[0],
                    lazy_accessed: switches[1],
                    keep_slot: switches[2],
                    next_fit: switches[3],
                    free_empty_tables: switches[4],
                    load,
                    extras,
                    scope: if switches[5] { Scope::Local } else { Scope::Global },
                    // Every entry is made with its region only where there are few.
                    lazy_tables: switches[6] || address_is_wide,
                    on_violation: if switches[7] { OnViolation::GoOn } else { OnViolation::Kill },
                    mmu: Mmu::Paged,
                }
            },
        )
}

/// Memory that translates addresses and does nothing else, with fields said and unsaid.
fn translation() -> impl Strategy<Value = MemorySpec> {
    const PHYSICAL: u32 = 64 << 10;
    let segment = || {
        prop_oneof![Just((32 << 10, 16 << 10)), Just((32 << 10, 4 << 10)), (0..PHYSICAL / 2, 0..PHYSICAL / 2)]
            .prop_map(|(base, limit)| Segment { base, limit })
    };
    let physical = || prop_oneof![Just(PHYSICAL), PHYSICAL..1 << 20];
    let down = prop_oneof![Just((28 << 10, 2 << 10)), (0..PHYSICAL, 0..=100u32)]
        .prop_map(|(base, limit)| Segment { base, limit: limit.min(base) });
    let entry = prop_oneof![
        Just(EntrySpec::OSTEP),
        (prop::sample::select(vec![1u8, 2, 4]), 1..8u32).prop_map(|(size, bits)| EntrySpec {
            size,
            valid: 1 << bits,
            frame: (1 << bits) - 1,
        }),
    ];
    let unpaged = AddressSpec { bits: 14, page_shift: 12, levels: vec![2] };
    let listed = AddressSpec { bits: 14, page_shift: 10, levels: vec![4] };
    let given = AddressSpec { bits: 15, page_shift: 5, levels: vec![5, 5] };
    let list = vec(option::of(0..1u32 << 12), PAGES as usize);
    let bytes = vec(any::<u8>(), 32..200);
    prop_oneof![
        (segment(), physical()).prop_map({
            let address = unpaged.clone();
            move |(segment, physical)| (address.clone(), Mmu::BaseBounds { segment, physical })
        }),
        (segment(), down, physical())
            .prop_map(move |(up, down, physical)| (unpaged.clone(), Mmu::Segments { up, down, physical })),
        list.prop_map(move |frames| (listed.clone(), Mmu::Given(Given::List(frames)))),
        (bytes, 0..200u32, entry).prop_map(move |(bytes, frame, entry)| {
            let pdbr = frame % (bytes.len() as u32 / 32);
            (given.clone(), Mmu::Given(Given::Image { bytes, pdbr, entry }))
        }),
    ]
    .prop_flat_map(|(address, mmu)| {
        prop::sample::select(vec![OnViolation::Kill, OnViolation::GoOn]).prop_map(move |on_violation| {
            let (address, mmu) = (address.clone(), mmu.clone());
            MemorySpec { address, mmu, on_violation, ..MemorySpec::default() }
        })
    })
}

fn extras() -> impl Strategy<Value = Extras> {
    let overcommit =
        prop::sample::select(vec![Overcommit::Always, Overcommit::Heuristic, Overcommit::Strict]);
    let extras = (overcommit, 0..=100u8, option::of(any::<u32>()));
    let extras = extras.prop_map(|(overcommit, overcommit_ratio, random_stream)| Extras {
        overcommit,
        overcommit_ratio,
        random_stream,
    });
    prop_oneof![Just(Extras::default()), extras]
}

fn load() -> impl Strategy<Value = LoadSpec> {
    let load = (1..1u32 << 20, 1..1u64 << 40, any::<bool>());
    let load = load.prop_map(|(tau, window, admission)| LoadSpec { tau, window: Nanos(window), admission });
    prop_oneof![Just(LoadSpec::default()), load]
}

fn tlb() -> impl Strategy<Value = TlbSpec> {
    let shape = prop::sample::select(vec![(4, 4), (8, 2), (16, 1), (64, 64), (4, 1)]);
    let policy =
        prop::sample::select(vec![TlbPolicy::Lru, TlbPolicy::Fifo, TlbPolicy::Random, TlbPolicy::Plru]);
    let refill = prop::sample::select(vec![Refill::Hardware, Refill::Software]);
    (shape, policy, 0..=16u8, refill).prop_map(|((entries, ways), policy, asid_bits, refill)| TlbSpec {
        entries,
        ways,
        policy,
        asid_bits,
        refill,
    })
}

/// Marks as parts of the frames, and what goes with them.
#[derive(Clone, Debug)]
struct Marks {
    linux: bool,
    min: u32,
    low: u32,
    high: u32,
    cluster: u32,
    cpu: Nanos,
    direct_batch: u32,
}

impl Marks {
    fn of(&self, frames: u32) -> Watermarks {
        let &Marks { linux, min, low, high, cluster, cpu, direct_batch } = self;
        let own = (frames * min / 100, (frames * low / 100).max(1), (frames * high / 100).max(1));
        let (min, low, high) = match Watermarks::linux(frames.into(), 4096) {
            (min, low, high) if linux && high <= frames.into() => (min as u32, low as u32, high as u32),
            _ => own,
        };
        Watermarks { min, low, high, cluster, cpu, direct_batch }
    }
}

fn marks() -> impl Strategy<Value = Marks> {
    let usual = |usual: u32| prop_oneof![Just(usual), 1..40u32];
    let rising = (0..30u32, 0..30u32, 0..40u32).prop_map(|(a, b, c)| (a, a + b, a + b + c));
    let others = (usual(8), 0..1u64 << 20, usual(1));
    (any::<bool>(), rising, others).prop_map(|(linux, (min, low, high), (cluster, cpu, direct_batch))| {
        Marks { linux, min, low, high, cluster, cpu: Nanos(cpu), direct_batch }
    })
}

/// Every policy that the kernel serves, with parameters said and unsaid.
fn replacement() -> impl Strategy<Value = Spec> {
    let number = || 1..3_000u32;
    prop_oneof![
        2 => prop::sample::select(vec![
            Spec::Lru,
            Spec::Fifo,
            Spec::Mru,
            Spec::Clock,
            Spec::SecondChance,
            Spec::EnhancedClock { start_clean: false },
            Spec::Arc,
            Spec::PseudoLru,
            Spec::Random { index: RandomIndex::FrameOrder },
            Spec::Random { index: RandomIndex::LoadOrder },
            Spec::Nru { period: Spec::NRU_PERIOD },
            Spec::TwoList { ratio: Spec::RATIO, refault: true },
        ]),
        1 => number().prop_map(|period| Spec::Nru { period }),
        1 => number().prop_map(|period| Spec::Aging { period }),
        1 => option::of(number()).prop_map(|decay| Spec::Lfu { decay }),
        1 => number().prop_map(|tau| Spec::WorkingSet { tau }),
        1 => (number(), any::<bool>()).prop_map(|(ratio, refault)| Spec::TwoList { ratio, refault }),
        1 => (option::of(number()), option::of(number())).prop_map(|(kin, kout)| Spec::TwoQ { kin, kout }),
        1 => number().prop_map(|cap| Spec::OstepClock { cap }),
    ]
}

/// Regions that lie apart, some of them close together, and references.
fn user() -> impl Strategy<Value = (Vec<RegionSpec>, Vec<Op>)> {
    let region = (0..3u64, 1..3u32, prop::sample::select(Prot::WORDS.to_vec()), any::<bool>());
    let regions = vec(region, 0..4).prop_map(|regions| {
        let mut end = 0;
        let mut lay = |(place, (gap, pages, (_, prot), file)): (usize, (u64, u32, _, bool))| {
            let start = end + gap;
            end = start + u64::from(pages);
            RegionSpec { name: format!("r{place}"), start, pages, prot, file }
        };
        regions.into_iter().enumerate().map(&mut lay).collect()
    });
    let stretch = |start: u64, pages: u64| Stretch {
        region: None,
        grain: Grain::Page,
        start,
        end: (start + pages).min(PAGES.into()),
        step: 1,
    };
    let op = prop_oneof![
        vec(0..PAGES, 1..9).prop_map(Op::Refs),
        (0..u64::from(PAGES), 1..9u64).prop_map(move |(start, pages)| {
            Op::Access(References {
                access: Access::Write,
                to: stretch(start, pages),
                pattern: Pattern::Uniform(9),
            })
        }),
    ];
    (regions, vec(op, 1..4))
}
