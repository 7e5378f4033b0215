//! The modes that translate and do nothing else: the textbook's exercises, address by address, and by hand.

use kernelscope_sim::diagnostic::Code;
use kernelscope_sim::event::{EventKind, MemoryEvent};
use kernelscope_sim::mem::spec::{
    AddressSpec, EntrySpec, Given, MemoryCosts, MemorySpec, Mmu, OnViolation, Segment,
};
use kernelscope_sim::program::memory::Access;
use kernelscope_sim::task::Ending;
use kernelscope_sim::time::Nanos;
use kernelscope_sim::validate::validate;
use serde::Deserialize;
use serde_json::Value;

use crate::common::{linear, memory, process, run, scenario, told};

#[derive(Deserialize)]
struct Case<Input> {
    id: String,
    input: Input,
    expected: Expected,
}

#[derive(Deserialize)]
struct Expected {
    translations: Vec<Value>,
    #[serde(default)]
    pte_hex: Vec<String>,
}

fn cases<Input: for<'a> Deserialize<'a>>(text: &str, wanted: usize) -> Vec<Case<Input>> {
    let cases: Vec<Case<Input>> = serde_json::from_str(text).expect("the recorded runs are well-formed");
    assert_eq!(cases.len(), wanted);
    cases
}

/// Reads addresses one after the other, past every violation, and gives what was told of each.
fn translate(address: AddressSpec, mmu: Mmu, addresses: &[u64]) -> Vec<Vec<MemoryEvent>> {
    let memory = MemorySpec { address, mmu, on_violation: OnViolation::GoOn, ..memory(1) };
    let text: Vec<String> = addresses.iter().map(|va| format!("read {va:#x}")).collect();
    let (machine, events) = run(scenario(memory, vec![process("A", &text.join("; "))]));
    let ends = |event: &MemoryEvent| {
        matches!(
            event,
            MemoryEvent::Translated { .. } | MemoryEvent::OutOfBounds { .. } | MemoryEvent::NoEntry { .. }
        )
    };
    let all: Vec<MemoryEvent> = told(&events).map(|(_, event)| event).collect();
    let stories: Vec<Vec<MemoryEvent>> = all.split_inclusive(ends).map(<[MemoryEvent]>::to_vec).collect();
    let counts = machine.memory().expect("it has memory").counts();
    let violations = stories.iter().filter(|story| pa(story).is_none()).count();
    assert_eq!((counts.references, counts.violations), (addresses.len() as u64, violations as u64));
    stories
}

/// Where an address leads.
fn pa(story: &[MemoryEvent]) -> Option<u32> {
    story.iter().find_map(|event| match event {
        MemoryEvent::Translated { pa, .. } => Some(*pa),
        _ => None,
    })
}

fn bits(size: u64) -> u8 {
    assert!(size.is_power_of_two());
    size.trailing_zeros() as u8
}

/// An address space that is not split.
fn whole(size: u64) -> AddressSpec {
    AddressSpec { bits: bits(size), page_shift: 0, levels: Vec::new() }
}

#[derive(Deserialize)]
struct Relocation {
    address_space: u64,
    phys_mem: u32,
    base: u32,
    limit: u32,
    addresses: Vec<u64>,
}

#[test]
fn every_recorded_run_of_relocation_py_comes_out() {
    for Case { id, input, expected } in cases::<Relocation>(include_str!("translation/relocation.json"), 20) {
        let segment = Segment { base: input.base, limit: input.limit };
        let mmu = Mmu::BaseBounds { segment, physical: input.phys_mem };
        let stories = translate(whole(input.address_space), mmu, &input.addresses);
        let found: Vec<Value> = input
            .addresses
            .iter()
            .zip(&stories)
            .map(|(va, story)| serde_json::json!([va, pa(story)]))
            .collect();
        assert_eq!(found, expected.translations, "{id}");
    }
}

#[derive(Deserialize)]
struct Segmentation {
    address_space: u64,
    phys_mem: u32,
    seg0_base: u32,
    seg0_limit: u32,
    seg1_base_high_end: u32,
    seg1_limit: u32,
    addresses: Vec<u64>,
}

#[test]
fn every_recorded_run_of_segmentation_py_comes_out() {
    for Case { id, input, expected } in
        cases::<Segmentation>(include_str!("translation/segmentation.json"), 20)
    {
        let mmu = Mmu::Segments {
            up: Segment { base: input.seg0_base, limit: input.seg0_limit },
            down: Segment { base: input.seg1_base_high_end, limit: input.seg1_limit },
            physical: input.phys_mem,
        };
        let stories = translate(whole(input.address_space), mmu, &input.addresses);
        let found: Vec<Value> = input
            .addresses
            .iter()
            .zip(&stories)
            .map(|(va, story)| {
                let [MemoryEvent::Segment { number }, MemoryEvent::Bounds { .. }, _] = story[..] else {
                    panic!("{id}: {story:?}")
                };
                serde_json::json!([va, number, pa(story)])
            })
            .collect();
        assert_eq!(found, expected.translations, "{id}");
    }
}

#[derive(Deserialize)]
struct Linear {
    address_space: u64,
    page_size: u64,
    page_table: Vec<i64>,
    addresses: Vec<u64>,
}

#[test]
fn every_recorded_run_of_paging_linear_translate_py_comes_out() {
    for Case { id, input, expected } in
        cases::<Linear>(include_str!("translation/paging-linear-translate.json"), 24)
    {
        let shift = bits(input.page_size);
        let frames = input.page_table.iter().map(|frame| u32::try_from(*frame).ok()).collect();
        let address = linear(bits(input.address_space), shift);
        let stories = translate(address, Mmu::Given(Given::List(frames)), &input.addresses);
        let mut found = Vec::new();
        for (va, story) in input.addresses.iter().zip(&stories) {
            let MemoryEvent::Entry { level: 0, index, value, .. } = story[0] else {
                panic!("{id}: {story:?}")
            };
            found.push(serde_json::json!([va, index, pa(story)]));
            if let Some(printed) = expected.pte_hex.get(usize::from(index)) {
                assert_eq!(&format!("{value:#010x}"), printed, "{id}");
            }
        }
        assert_eq!(found, expected.translations, "{id}");
    }
}

#[derive(Deserialize)]
struct Multilevel {
    pdbr: u32,
    memory_hex_by_page: Vec<String>,
    addresses: Vec<u64>,
}

#[test]
fn every_recorded_run_of_paging_multilevel_translate_py_comes_out() {
    for Case { id, input, expected } in
        cases::<Multilevel>(include_str!("translation/paging-multilevel-translate.json"), 20)
    {
        let hex = input.memory_hex_by_page.concat();
        let byte = |at: usize| u8::from_str_radix(&hex[at..at + 2], 16).expect("hexadecimal");
        let bytes = (0..hex.len()).step_by(2).map(byte).collect();
        let mmu = Mmu::Given(Given::Image { bytes, pdbr: input.pdbr, entry: EntrySpec::OSTEP });
        let address = AddressSpec { bits: 15, page_shift: 5, levels: vec![5, 5] };
        for (story, wanted) in translate(address, mmu, &input.addresses).iter().zip(&expected.translations) {
            assert_eq!(&as_printed(story), wanted, "{id}");
        }
    }
}

/// What `paging-multilevel-translate.py` says about an address.
fn as_printed(story: &[MemoryEvent]) -> Value {
    let mut printed = serde_json::Map::new();
    for event in story {
        let fields: Vec<(&str, Value)> = match *event {
            MemoryEvent::Entry { level: 0, index, value, valid, .. } => vec![
                ("pde_index", index.into()),
                ("pde", value.into()),
                ("pde_valid", u8::from(valid).into()),
                ("pt_pfn", (value & EntrySpec::OSTEP.frame).into()),
            ],
            MemoryEvent::Entry { index, value, valid, .. } => vec![
                ("pte_index", index.into()),
                ("pte", value.into()),
                ("pte_valid", u8::from(valid).into()),
                ("pfn", (value & EntrySpec::OSTEP.frame).into()),
            ],
            MemoryEvent::Translated { va, pa, value, .. } => {
                vec![("va", va.into()), ("pa", pa.into()), ("value", value.into())]
            }
            MemoryEvent::NoEntry { va, level, .. } => {
                vec![("va", va.into()), ("fault", ["pde", "pte"][usize::from(level)].into())]
            }
            other => panic!("{other:?}"),
        };
        printed.extend(fields.into_iter().map(|(name, value)| (name.to_owned(), value)));
    }
    Value::Object(printed)
}

fn bounded() -> Mmu {
    Mmu::BaseBounds { segment: Segment { base: 1000, limit: 300 }, physical: 4096 }
}

#[test]
fn the_bounds_are_exclusive_below_and_inclusive_for_what_grows_down() {
    let places = |mmu, size, addresses: &[u64]| -> Vec<Option<u32>> {
        translate(whole(size), mmu, addresses).iter().map(|story| pa(story)).collect()
    };
    assert_eq!(places(bounded(), 1024, &[299, 300]), [Some(1299), None]);
    let up = Segment { base: 0, limit: 20 };
    let down = Segment { base: 512, limit: 20 };
    let mmu = Mmu::Segments { up, down, physical: 512 };
    let addresses = [19, 20, 108, 107, 127];
    assert_eq!(places(mmu, 128, &addresses), [Some(19), None, Some(492), None, Some(511)]);
}

#[test]
fn a_violation_ends_the_task_unless_the_machine_is_told_to_go_on() {
    let ends = |on_violation| {
        let memory = MemorySpec { address: whole(1024), mmu: bounded(), on_violation, ..memory(1) };
        let (machine, events) = run(scenario(memory, vec![process("A", "read 0x12c; write 0x12b; exit 3")]));
        let done = told(&events).filter(|(_, it)| matches!(it, MemoryEvent::Translated { .. })).count();
        let traps = events.iter().filter(|it| matches!(it.kind, EventKind::KernelEntry { .. })).count();
        (machine.tasks()[0].ending, done, traps)
    };
    assert_eq!(ends(OnViolation::Kill), (Some(Ending::Killed(11)), 0, 1));
    assert_eq!(ends(OnViolation::GoOn), (Some(Ending::Exited(3)), 1, 2));
}

#[test]
fn every_entry_of_a_given_table_is_one_access_to_memory() {
    let costs = MemoryCosts { access: Nanos(100), trap: Nanos(1_000), ..MemoryCosts::default() };
    let took = |pages: [u8; 2]| {
        // The directory in frame 0 leads to the table in frame 1, and that to frame 2.
        let mut bytes = vec![0; 12];
        (bytes[0], bytes[4]) = (pages[0], pages[1]);
        let mmu = Mmu::Given(Given::Image { bytes, pdbr: 0, entry: EntrySpec::OSTEP });
        let address = AddressSpec { bits: 6, page_shift: 2, levels: vec![2, 2] };
        let (on_violation, costs) = (OnViolation::GoOn, costs);
        let memory = MemorySpec { address, mmu, costs, on_violation, ..memory(1) };
        let (machine, events) = run(scenario(memory, vec![process("A", "write 0x3")]));
        let last = told(&events).last().expect("something is told").1;
        (last, machine.now().0, machine.memory().expect("it has memory").counts().walks)
    };
    let (va, access) = (3, Access::Write);
    let done = MemoryEvent::Translated { va, pa: 11, access, value: Some(0) };
    assert_eq!(took([0x81, 0x82]), (done, 300, 1));
    assert_eq!(took([0x81, 0x02]), (MemoryEvent::NoEntry { va, access, level: 1 }, 1_200, 1));
    assert_eq!(took([0x01, 0x82]), (MemoryEvent::NoEntry { va, access, level: 0 }, 1_100, 1));
}

#[test]
fn what_is_wrong_with_a_machine_that_only_translates_is_told_at_its_place() {
    let of = |mmu, address: AddressSpec, text: &str| -> Vec<(String, Code)> {
        let memory = MemorySpec { address, mmu, ..memory(1) };
        let problems = validate(&scenario(memory, vec![process("A", text)]));
        problems.into_iter().map(|problem| (problem.path, problem.code)).collect()
    };
    let one = |path: &str, code| vec![(path.to_owned(), code)];
    let text = "read 0x10";
    let at = |base, limit| Mmu::BaseBounds { segment: Segment { base, limit }, physical: 4096 };
    assert_eq!(of(at(3_796, 300), whole(1024), text), []);
    assert_eq!(
        of(at(3_797, 300), whole(1024), text),
        one("machine.memory.mmu.base_bounds.limit", Code::OutOfRange)
    );
    assert_eq!(of(at(0, 1), whole(1024), "read 0x400"), one("processes[0].program", Code::OutOfRange));
    for text in ["read p0", "refs 0", "mmap heap 1; read heap"] {
        assert_eq!(of(at(0, 1), whole(1024), text), one("processes[0].program", Code::Conflict), "{text}");
    }
    assert_eq!(of(at(0, 1), whole(1 << 33), text), one("machine.memory.address_bits", Code::TooMany));
    let down =
        |base, limit| Mmu::Segments { up: Segment::default(), down: Segment { base, limit }, physical: 512 };
    assert_eq!(of(down(512, 512), whole(128), text), []);
    let path = "machine.memory.mmu.segments";
    assert_eq!(of(down(10, 11), whole(128), text), one(&format!("{path}.down_limit"), Code::OutOfRange));
    assert_eq!(of(down(513, 1), whole(128), text), one(&format!("{path}.down_base"), Code::OutOfRange));
    let list = |frames| Mmu::Given(Given::List(frames));
    assert_eq!(of(list(vec![None; 4]), linear(14, 12), text), []);
    assert_eq!(
        of(list(vec![None; 5]), linear(14, 12), text),
        one("machine.memory.mmu.page_table.frames", Code::Conflict)
    );
    assert_eq!(
        of(list(vec![Some(1 << 20), None, None, None]), linear(14, 12), text),
        one("machine.memory.mmu.page_table.frames[0]", Code::OutOfRange)
    );
    let image = |pdbr, entry| Mmu::Given(Given::Image { bytes: vec![0; 128], pdbr, entry });
    let split = || AddressSpec { bits: 15, page_shift: 5, levels: vec![5, 5] };
    let path = "machine.memory.mmu.image";
    assert_eq!(of(image(3, EntrySpec::OSTEP), split(), text), []);
    assert_eq!(of(image(4, EntrySpec::OSTEP), split(), text), one(&format!("{path}.pdbr"), Code::OutOfRange));
    let entry = |size, valid, frame| EntrySpec { size, valid, frame };
    for (entry, field, code) in [
        (entry(3, 0x80, 0x7f), "entry_size", Code::UnknownValue),
        (entry(1, 0x180, 0x7f), "valid_mask", Code::OutOfRange),
        (entry(1, 0x40, 0x7f), "frame_mask", Code::Conflict),
        (entry(1, 0x80, 0x5f), "frame_mask", Code::Conflict),
    ] {
        assert_eq!(of(image(0, entry), split(), text), one(&format!("{path}.{field}"), code));
    }
}
