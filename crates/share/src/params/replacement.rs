//! The parameters of the policies of page replacement, named as in the table of `sim/mem/replace/spec.rs`.
//!
//! They are written like scheduling policies: `"clock"`, or `{"nru": {"period": 8}}`. To add one: its row in
//! [`REPLACEMENTS`].

use std::mem::discriminant;

use kernelscope_sim::mem::replace::{RandomIndex, ReplacementSpec};

use crate::lens::{Lens, Row};
use crate::variant::Variant;

/// The row of a policy.
pub(crate) fn replacement(spec: &ReplacementSpec) -> &'static Variant<ReplacementSpec> {
    let is_it = |row: &&Variant<Spec>| discriminant(&row.usual) == discriminant(spec);
    REPLACEMENTS.iter().find(is_it).unwrap_or(&REPLACEMENTS[0])
}

/// One policy.
const fn policy(
    name: &'static str,
    usual: ReplacementSpec,
    rows: &'static [Row<ReplacementSpec>],
) -> Variant<ReplacementSpec> {
    Variant { name, usual, rows }
}

/// A parameter that is a number of one variant's field; 0 stands for one that is left out.
macro_rules! count {
    ($name:literal, $pattern:pat => $place:ident) => {
        Row::<ReplacementSpec>::new(
            $name,
            "replacement",
            Lens::Number {
                least: 1,
                most: u32::MAX as i64,
                get: |spec| if let $pattern = spec { i64::from(*$place) } else { 0 },
                set: |spec, number| {
                    if let $pattern = spec {
                        *$place = u32::try_from(number).unwrap_or_default();
                    }
                },
            },
        )
        .sweep()
    };
    ($name:literal, maybe $pattern:pat => $place:ident) => {
        Row::<ReplacementSpec>::new(
            $name,
            "replacement",
            Lens::Number {
                least: 1,
                most: u32::MAX as i64,
                get: |spec| if let $pattern = spec { $place.map_or(0, i64::from) } else { 0 },
                set: |spec, number| {
                    if let $pattern = spec {
                        *$place = u32::try_from(number).ok();
                    }
                },
            },
        )
        .sweep()
    };
}

use ReplacementSpec as Spec;

/// Every policy. The order is that of the editor's menu.
pub(crate) static REPLACEMENTS: &[Variant<Spec>] = &[
    policy("lru", Spec::Lru, &[]),
    policy("fifo", Spec::Fifo, &[]),
    policy("opt", Spec::Opt, &[]),
    policy(
        "random",
        Spec::Random { index: RandomIndex::FrameOrder },
        &[Row::<Spec>::new(
            "index",
            "replacement",
            Lens::Choice {
                words: || vec!["frame_order", "load_order"],
                get: |spec| match spec {
                    Spec::Random { index: RandomIndex::LoadOrder } => "load_order",
                    _ => "frame_order",
                },
                set: |spec, word| {
                    if let Spec::Random { index } = spec {
                        *index = match word {
                            "load_order" => RandomIndex::LoadOrder,
                            _ => RandomIndex::FrameOrder,
                        };
                    }
                },
            },
        )],
    ),
    policy("clock", Spec::Clock, &[]),
    policy("second_chance", Spec::SecondChance, &[]),
    policy(
        "enhanced_clock",
        Spec::EnhancedClock { start_clean: false },
        &[Row::<Spec>::new(
            "start_clean",
            "replacement",
            Lens::Flag {
                get: |spec| matches!(spec, Spec::EnhancedClock { start_clean: true }),
                set: |spec, flag| {
                    if let Spec::EnhancedClock { start_clean } = spec {
                        *start_clean = flag;
                    }
                },
            },
        )],
    ),
    policy(
        "nru",
        Spec::Nru { period: Spec::NRU_PERIOD },
        &[count!("period", Spec::Nru { period } => period)],
    ),
    policy("lfu", Spec::Lfu { decay: None }, &[count!("decay", maybe Spec::Lfu { decay } => decay)]),
    policy(
        "aging",
        Spec::Aging { period: Spec::AGING_PERIOD },
        &[count!("period", Spec::Aging { period } => period)],
    ),
    policy(
        "working_set",
        Spec::WorkingSet { tau: Spec::TAU },
        &[count!("tau", Spec::WorkingSet { tau } => tau)],
    ),
    policy("ws_clock", Spec::WsClock { tau: Spec::TAU }, &[count!("tau", Spec::WsClock { tau } => tau)]),
    policy(
        "two_list",
        Spec::TwoList { ratio: Spec::RATIO, refault: false },
        &[
            count!("ratio", Spec::TwoList { ratio, .. } => ratio),
            Row::<Spec>::new(
                "refault",
                "replacement",
                Lens::Flag {
                    get: |spec| matches!(spec, Spec::TwoList { refault: true, .. }),
                    set: |spec, flag| {
                        if let Spec::TwoList { refault, .. } = spec {
                            *refault = flag;
                        }
                    },
                },
            ),
        ],
    ),
    policy(
        "two_q",
        Spec::TwoQ { kin: None, kout: None },
        &[
            count!("kin", maybe Spec::TwoQ { kin, .. } => kin),
            count!("kout", maybe Spec::TwoQ { kout, .. } => kout),
        ],
    ),
    policy("arc", Spec::Arc, &[]),
    policy("mru", Spec::Mru, &[]),
    policy("unopt", Spec::Unopt, &[]),
    policy(
        "ostep_clock",
        Spec::OstepClock { cap: Spec::OSTEP_CLOCK_CAP },
        &[count!("cap", Spec::OstepClock { cap } => cap)],
    ),
    policy("pseudo_lru", Spec::PseudoLru, &[]),
];
