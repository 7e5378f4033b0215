//! What a machine's memory must be, and what programs may do with it.

mod mmu;
mod replacement;

use std::collections::BTreeSet;

use super::Problems;
use crate::diagnostic::{Allowed, Code, Diagnostic};
use crate::mem::Fitted;
use crate::mem::region::RegionSpec;
use crate::mem::spec::{
    MemoryLimits, MemorySpec, Mmu, Overcommit, Reclaim, Refill, TlbPolicy, TlbSpec, Watermarks,
};
use crate::program::memory::{Grain, Pattern, References, Stretch};
use crate::program::{Op, Program, parse};
use crate::scenario::{MachineSpec, ProcessSpec, Scenario, TaskKind};
use crate::time::Nanos;

/// The bounds of what a machine's memory may be. Ranges include both ends.
pub mod bounds {
    /// The width of a virtual address.
    pub const ADDRESS_BITS: (u8, u8) = (2, 48);
    /// The width of one level's index.
    pub const LEVEL: u8 = 16;
    /// Frames, and swap slots.
    pub const FRAMES: u32 = 1 << 22;
    /// Entries of a TLB.
    pub const TLB: u16 = 4_096;
    /// Ways whose uses a tree of bits can remember.
    pub const PLRU_WAYS: u16 = 64;
    /// Bytes of physical memory that are given with the machine.
    pub const IMAGE: usize = 1 << 20;
    /// The width of an address-space identifier.
    pub const ASID_BITS: u8 = 16;
    /// Regions of a process.
    pub const REGIONS: usize = 256;
    /// Pages of an address space whose entries are all made at once.
    pub const ENTERED: u64 = 1 << 16;
    /// References that a working set reaches back.
    pub const TAU: u32 = 1 << 20;
    /// References of a task whose future is known.
    pub const FUTURE: usize = 10_000_000;
    /// Values among which Zipf's law chooses.
    pub const ZIPF: u64 = 1 << 20;
}

impl Problems {
    /// The memory of a machine, and everything that refers to it.
    pub(super) fn memory(&mut self, scenario: &Scenario) {
        if let Some(memory) = Fitted::wanted(&scenario.machine) {
            self.memory_spec(memory, scenario);
            self.replacement(memory, scenario);
            self.daemon(memory, scenario);
        }
    }

    fn memory_spec(&mut self, memory: &MemorySpec, scenario: &Scenario) {
        let machine = &scenario.machine;
        self.address(memory);
        self.mmu(memory);
        if !memory.lazy_tables && memory.mmu == Mmu::Paged && memory.address.pages() > bounds::ENTERED {
            let problem = Diagnostic::new("machine.memory.lazy_tables", Code::Conflict).found("false");
            self.add(problem.allowed(Allowed::With(bounds::ENTERED.to_string())));
        }
        if ![4, 8].contains(&memory.pte_size) {
            let problem =
                Diagnostic::new("machine.memory.pte_size", Code::UnknownValue).found(memory.pte_size);
            self.add(problem.allowed(Allowed::OneOf(vec!["4".to_owned(), "8".to_owned()])));
        }
        self.range("machine.memory.frames", memory.frames, 1u32, bounds::FRAMES);
        self.range("machine.memory.swap_slots", memory.swap_slots, 0u32, bounds::FRAMES);
        if memory.disk.index() >= machine.devices.len() {
            let problem = Diagnostic::new("machine.memory.disk", Code::UnknownName).found(memory.disk.get());
            let known = machine.devices.iter().map(|device| device.name.clone()).collect();
            self.add(problem.allowed(Allowed::OneOf(known)));
        }
        if let Some(tlb) = &memory.tlb {
            self.tlb(tlb, memory.loads_unreferenced(scenario.rules.ref_on_load));
        }
        self.range("machine.memory.tau", memory.load.tau, 1u32, bounds::TAU);
        self.duration("machine.memory.thrashing_window", memory.load.window, Nanos(1));
        self.range("machine.memory.overcommit_ratio", memory.extras.overcommit_ratio, 0u8, 100u8);
        if memory.extras.overcommit != Overcommit::Always && memory.replacement.looks_ahead() {
            let problem = Diagnostic::new("machine.memory.overcommit", Code::Conflict);
            self.add(problem.allowed(Allowed::With("machine.memory.replacement".to_owned())));
        }
        let costs = &memory.costs;
        for (name, cost) in [
            ("memory", costs.access),
            ("tlb", costs.tlb),
            ("fault", costs.trap),
            ("zero", costs.zero),
            ("shootdown", costs.shootdown),
            ("seek", costs.seek),
            ("transfer", costs.transfer),
        ] {
            self.duration(&format!("machine.costs.{name}"), cost, Nanos::ZERO);
        }
        if let Reclaim::Daemon(marks) = memory.reclaim {
            self.watermarks(&marks, memory.frames);
        }
    }

    fn address(&mut self, memory: &MemorySpec) {
        let address = &memory.address;
        let (least, most) = bounds::ADDRESS_BITS;
        self.range("machine.memory.address_bits", address.bits, least, most);
        if !memory.mmu.has_pages() {
            return;
        }
        let bytes = |shift: u8| 1u64 << shift.min(63);
        let largest = bytes(address.bits.saturating_sub(1).max(1));
        self.range("machine.memory.page_size", bytes(address.page_shift), 2u64, largest);
        if address.levels.is_empty() {
            self.add(Diagnostic::new("machine.memory.levels", Code::Empty));
        }
        for (level, width) in address.levels.iter().enumerate() {
            self.range(&format!("machine.memory.levels[{level}]"), *width, 1u8, bounds::LEVEL);
        }
        let sum: u32 = address.levels.iter().map(|width| u32::from(*width)).sum();
        let wanted = u32::from(address.bits.saturating_sub(address.page_shift));
        if sum != wanted && !address.levels.is_empty() && wanted > 0 {
            let problem = Diagnostic::new("machine.memory.levels", Code::Conflict).found(sum);
            let split = format!("address_bits {} - {} = {wanted}", address.bits, address.page_shift);
            self.add(problem.allowed(Allowed::With(split)));
        }
    }

    fn tlb(&mut self, tlb: &TlbSpec, loads_unreferenced: bool) {
        self.range("machine.memory.tlb.entries", tlb.entries, 1u16, bounds::TLB);
        self.range("machine.memory.tlb.ways", tlb.ways, 1u16, tlb.entries.max(1));
        self.range("machine.memory.tlb.asid_bits", tlb.asid_bits, 0u8, bounds::ASID_BITS);
        let ways = Diagnostic::new("machine.memory.tlb.ways", Code::Conflict).found(tlb.ways);
        if tlb.ways > 0 && !tlb.entries.is_multiple_of(tlb.ways) {
            self.add(ways.allowed(Allowed::With(tlb.entries.to_string())));
        } else if tlb.policy == TlbPolicy::Plru
            && !(tlb.ways.is_power_of_two() && tlb.ways <= bounds::PLRU_WAYS)
        {
            self.add(ways.allowed(Allowed::With("plru".to_owned())));
        }
        if tlb.refill == Refill::Software && loads_unreferenced {
            let problem = Diagnostic::new("machine.memory.tlb.refill", Code::Conflict).found("software");
            self.add(problem.allowed(Allowed::With("rules.ref_on_load set".to_owned())));
        }
    }

    fn watermarks(&mut self, marks: &Watermarks, frames: u32) {
        let path = "machine.memory.daemon";
        self.range(&format!("{path}.high"), marks.high, 1u32, frames.max(1));
        self.range(&format!("{path}.low"), marks.low, 1u32, marks.high.max(1));
        self.range(&format!("{path}.min"), marks.min, 0u32, marks.low);
        self.range(&format!("{path}.cluster"), marks.cluster, 1u32, bounds::FRAMES);
        self.range(&format!("{path}.direct_batch"), marks.direct_batch, 1u32, bounds::FRAMES);
        self.duration(&format!("{path}.cpu"), marks.cpu, Nanos::ZERO);
    }

    /// Watermarks want one daemon, and a daemon wants watermarks.
    fn daemon(&mut self, memory: &MemorySpec, scenario: &Scenario) {
        let daemons =
            scenario.processes.iter().filter(|task| task.program.0.first() == Some(&Op::Reclaim)).count();
        let wants = matches!(memory.reclaim, Reclaim::Daemon(_));
        if usize::from(wants) != daemons {
            let problem = Diagnostic::new("machine.memory.daemon", Code::Conflict).found(daemons);
            self.add(problem.allowed(Allowed::With("reclaim".to_owned())));
        }
    }

    /// What a task does with memory: its regions, and what its program refers to.
    pub(super) fn memory_of(&mut self, path: &str, task: &ProcessSpec, machine: &MachineSpec) {
        let program = format!("{path}.program");
        let used = Used::of(&task.program);
        let Some(memory) = Fitted::wanted(machine) else {
            if used.anything || !task.regions.is_empty() {
                let problem = Diagnostic::new(program, Code::Conflict).found("memory");
                self.add(problem.allowed(Allowed::With("machine.memory".to_owned())));
            }
            return;
        };
        let is_thread = task.kind == TaskKind::KernelThread;
        if (used.user && is_thread) || (used.reclaim && (!is_thread || task.program.0.len() > 1)) {
            let (found, with) = if used.reclaim { ("reclaim", "kernel") } else { ("memory", "user") };
            self.add(
                Diagnostic::new(&program, Code::Conflict)
                    .found(found)
                    .allowed(Allowed::With(with.to_owned())),
            );
        }
        let pages = memory.address.pages().max(1);
        self.regions(path, &task.regions, pages);
        if !(MemoryLimits::EXEMPT..=-MemoryLimits::EXEMPT).contains(&task.memory.oom_score_adj) {
            let problem = Diagnostic::new(format!("{path}.oom_score_adj"), Code::OutOfRange);
            let most = i64::from(-MemoryLimits::EXEMPT);
            self.add(problem.found(task.memory.oom_score_adj).allowed(Allowed::Range(-most, most)));
        }
        let known: Vec<&str> = task
            .regions
            .iter()
            .map(|region| region.name.as_str())
            .chain(used.mapped.iter().copied())
            .collect();
        for name in used.named.iter().filter(|name| !known.contains(*name)) {
            let problem =
                Diagnostic::new(&program, Code::UnknownName).found(name).near(known.iter().copied());
            self.add(problem.allowed(Allowed::OneOf(known.iter().map(|name| (*name).to_owned()).collect())));
        }
        let last = memory.address.bits;
        if let Some(page) = used.last_page.filter(|page| *page >= pages) {
            let most = i64::try_from(pages - 1).unwrap_or(i64::MAX);
            let problem = Diagnostic::new(&program, Code::OutOfRange).found(format_args!("p{page}"));
            self.add(problem.allowed(Allowed::Range(0, most)));
        }
        if let Some(byte) = used.last_byte.filter(|byte| byte >> last.min(63) > 0) {
            let most = i64::try_from((1u64 << last.min(62)) - 1).unwrap_or(i64::MAX);
            let problem = Diagnostic::new(&program, Code::OutOfRange).found(format_args!("{byte:#x}"));
            self.add(problem.allowed(Allowed::Range(0, most)));
        }
        if used.malformed {
            self.add(Diagnostic::new(&program, Code::OutOfRange).found("range"));
        }
        let no_pages = !memory.mmu.has_pages() && used.last_page.is_some();
        let no_regions = memory.mmu != Mmu::Paged && (!used.named.is_empty() || !known.is_empty());
        if no_pages || no_regions {
            let found = if no_pages { "pages" } else { "regions" };
            let problem = Diagnostic::new(&program, Code::Conflict).found(found);
            self.add(problem.allowed(Allowed::With("machine.memory.mmu".to_owned())));
        }
    }

    fn regions(&mut self, path: &str, regions: &[RegionSpec], pages: u64) {
        self.at_most(&format!("{path}.regions"), regions.len(), bounds::REGIONS);
        let mut names = BTreeSet::new();
        for (place, region) in regions.iter().enumerate() {
            let path = format!("{path}.regions[{place}]");
            if !parse::is_region(&region.name) {
                let problem = Diagnostic::new(format!("{path}.name"), Code::UnknownValue).found(&region.name);
                self.add(problem.allowed(Allowed::Type("word".to_owned())));
            }
            self.name(&format!("{path}.name"), &region.name);
            if !names.insert(&region.name) {
                self.add(Diagnostic::new(format!("{path}.name"), Code::Duplicate).found(&region.name));
            }
            let room = pages.saturating_sub(region.start);
            self.range(&format!("{path}.start"), region.start, 0u64, pages - 1);
            self.range(&format!("{path}.pages"), region.pages, 1u32, room.max(1));
            let end = |region: &RegionSpec| region.start.saturating_add(region.pages.into());
            let overlaps = |other: &&RegionSpec| other.start < end(region) && region.start < end(other);
            if let Some(other) = regions[..place].iter().find(overlaps) {
                let problem = Diagnostic::new(format!("{path}.start"), Code::Conflict).found(region.start);
                self.add(problem.allowed(Allowed::With(other.name.clone())));
            }
        }
    }
}

/// What a program does with memory.
#[derive(Default)]
struct Used<'a> {
    /// Anything at all.
    anything: bool,
    /// Something that only a process can do.
    user: bool,
    /// What only the page daemon does.
    reclaim: bool,
    /// The regions that it refers to …
    named: BTreeSet<&'a str>,
    /// … and those that it maps.
    mapped: BTreeSet<&'a str>,
    /// The last page that it refers to by number.
    last_page: Option<u64>,
    /// The last address.
    last_byte: Option<u64>,
    /// Whether a range is none: no program's text says so, but a made one may.
    malformed: bool,
}

impl<'a> Used<'a> {
    fn of(program: &'a Program) -> Used<'a> {
        let mut used = Used::default();
        let mut bodies = vec![program.0.as_slice()];
        while let Some(body) = bodies.pop() {
            for op in body {
                match op {
                    Op::Repeat { body, .. } => bodies.push(body),
                    Op::Fork(Some(body)) => bodies.push(body),
                    op => used.take(op),
                }
            }
        }
        used
    }

    fn take(&mut self, op: &'a Op) {
        match op {
            Op::Access(references) => {
                self.user = true;
                self.stretch(&references.to);
                self.malformed |= is_malformed(references);
            }
            Op::Refs(pages) => {
                self.user = true;
                self.last_page = self.last_page.max(pages.iter().max().map(|page| u64::from(*page)));
            }
            Op::Mmap(mapping) => {
                self.user = true;
                self.malformed |= mapping.pages == 0 || !parse::is_region(&mapping.region);
                self.mapped.insert(&mapping.region);
                self.last_page = self.last_page.max(mapping.at);
            }
            Op::Munmap(region) => {
                self.user = true;
                self.named.insert(region);
            }
            Op::Reclaim => self.reclaim = true,
            _ => return,
        }
        self.anything = true;
    }

    fn stretch(&mut self, to: &'a Stretch) {
        match (&to.region, to.grain) {
            (Some(region), _) => {
                self.named.insert(region);
            }
            (None, Grain::Page) => self.last_page = self.last_page.max(Some(to.end.saturating_sub(1))),
            (None, Grain::Byte) => self.last_byte = self.last_byte.max(Some(to.end.saturating_sub(1))),
        }
    }
}

fn is_malformed(references: &References) -> bool {
    let to = &references.to;
    let empty = match references.pattern {
        Pattern::InOrder => false,
        Pattern::Uniform(times) | Pattern::Hot(times) => times == 0,
        Pattern::Zipf(times) => times == 0 || to.places() > bounds::ZIPF,
        Pattern::Phases { times, window, stay } => times == 0 || window == 0 || stay == 0,
    };
    empty || to.start >= to.end || to.step == 0 || to.end > 1 << 52
}
