//! What translates addresses: the fields of `machine.memory.mmu`.
//!
//! It is written like a policy: `"paged"`, or `{"base_bounds": {"base": 1024}}`. What goes without saying are the
//! places of OSTEP's pictures: a process at 32 KiB in a memory of 64 KiB, its stack below 28 KiB. To add a mode: its
//! row in [`MODES`].

use std::mem::discriminant;

use kernelscope_sim::mem::spec::{AddressSpec, EntrySpec, Given, Mmu, Segment};
use kernelscope_sim::validate::bounds::memory::{IMAGE, LEVEL};

use crate::lens::{Lens, Row};
use crate::variant::Variant;

/// A number of one mode.
macro_rules! number {
    ($name:literal, $glossary:literal, $type:ty, $pattern:pat => $place:expr) => {
        Row::<Mmu>::new(
            $name,
            $glossary,
            Lens::Number {
                least: 0,
                most: <$type>::MAX as i64,
                get: |mmu| if let $pattern = mmu { i64::from($place) } else { 0 },
                set: |mmu, number| {
                    if let $pattern = mmu {
                        $place = <$type>::try_from(number).unwrap_or_default();
                    }
                },
            },
        )
    };
}

/// Bytes of memory in the pictures of OSTEP 15 and 16.
const PHYSICAL: u32 = 64 << 10;

/// Every mode. The order is that of the editor's menu.
pub(crate) static MODES: &[Variant<Mmu>] = &[
    Variant { name: "paged", usual: Mmu::Paged, rows: &[] },
    Variant {
        name: "base_bounds",
        usual: Mmu::BaseBounds { segment: Segment { base: 32 << 10, limit: 16 << 10 }, physical: PHYSICAL },
        rows: &[
            number!("base", "base_bounds", u32, Mmu::BaseBounds { segment, .. } => segment.base),
            number!("limit", "base_bounds", u32, Mmu::BaseBounds { segment, .. } => segment.limit),
            number!("physical", "physical_memory", u32, Mmu::BaseBounds { physical, .. } => *physical),
        ],
    },
    Variant {
        name: "segments",
        usual: Mmu::Segments {
            up: Segment { base: 32 << 10, limit: 4 << 10 },
            down: Segment { base: 28 << 10, limit: 2 << 10 },
            physical: PHYSICAL,
        },
        rows: &[
            number!("up_base", "segment", u32, Mmu::Segments { up, .. } => up.base),
            number!("up_limit", "segment", u32, Mmu::Segments { up, .. } => up.limit),
            number!("down_base", "segment", u32, Mmu::Segments { down, .. } => down.base),
            number!("down_limit", "segment", u32, Mmu::Segments { down, .. } => down.limit),
            number!("physical", "physical_memory", u32, Mmu::Segments { physical, .. } => *physical),
        ],
    },
    Variant {
        name: "page_table",
        usual: Mmu::Given(Given::List(Vec::new())),
        rows: &[Row::<Mmu>::new(
            "frames",
            "page_table",
            Lens::Frames {
                get: |mmu| if let Mmu::Given(Given::List(frames)) = mmu { frames } else { &[] },
                set: |mmu, frames| *mmu = Mmu::Given(Given::List(frames)),
            },
        )],
    },
    Variant {
        name: "image",
        usual: Mmu::Given(Given::Image { bytes: Vec::new(), pdbr: 0, entry: EntrySpec::OSTEP }),
        rows: &[
            Row::<Mmu>::new(
                "bytes",
                "physical_memory",
                Lens::Bytes {
                    most: IMAGE,
                    get: |mmu| if let Mmu::Given(Given::Image { bytes, .. }) = mmu { bytes } else { &[] },
                    set: |mmu, read| {
                        if let Mmu::Given(Given::Image { bytes, .. }) = mmu {
                            *bytes = read;
                        }
                    },
                },
            ),
            number!("pdbr", "page_directory", u32, Mmu::Given(Given::Image { pdbr, .. }) => *pdbr),
            number!("entry_size", "pte", u8, Mmu::Given(Given::Image { entry, .. }) => entry.size),
            number!("valid_mask", "valid_bit", u32, Mmu::Given(Given::Image { entry, .. }) => entry.valid),
            number!("frame_mask", "pte", u32, Mmu::Given(Given::Image { entry, .. }) => entry.frame),
        ],
    },
];

/// The row of a mode.
pub(crate) fn mode(mmu: &Mmu) -> &'static Variant<Mmu> {
    let is_like = |usual: &Mmu| match (usual, mmu) {
        (Mmu::Given(usual), Mmu::Given(given)) => discriminant(usual) == discriminant(given),
        (usual, mmu) => discriminant(usual) == discriminant(mmu),
    };
    MODES.iter().find(|mode| is_like(&mode.usual)).unwrap_or(&MODES[0])
}

/// With an entry for every page: the pages that a list leaves out at its end are not valid.
pub(super) fn filled(mut mmu: Mmu, address: &AddressSpec) -> Mmu {
    if let Mmu::Given(Given::List(frames)) = &mut mmu
        && address.pages() <= 1 << LEVEL
        && (frames.len() as u64) < address.pages()
    {
        frames.resize(address.pages() as usize, None);
    }
    mmu
}

/// Without the entries that go without saying.
pub(super) fn shortened(mmu: &Mmu) -> Mmu {
    let Mmu::Given(Given::List(frames)) = mmu else { return mmu.clone() };
    let said = frames.iter().rposition(Option::is_some).map_or(0, |last| last + 1);
    Mmu::Given(Given::List(frames[..said].to_vec()))
}
