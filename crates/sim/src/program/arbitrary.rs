//! Random programs for the tests of this module: every operation, every depth, numbers of every size.

use std::num::NonZeroU32;

use proptest::prelude::*;

use super::limits::NESTING;
use super::memory::{Access, Grain, Mapping, Pattern, Prot, References, Stretch};
use super::process::{Relative, SIGNALS};
use super::{Op, Privileged, Program};
use crate::ids::DeviceId;
use crate::time::{Nanos, Time};

/// Programs whose numbers are as wild as the text form allows; shared devices are among the first two.
pub(super) fn wild() -> impl Strategy<Value = Program> {
    programs(prop_oneof![0..=100u64, 0..=Nanos::MAX.0], prop_oneof![1..=4u32, 1..=u32::MAX].boxed())
}

/// Programs small enough to be carried out one operation at a time.
pub(super) fn tame() -> impl Strategy<Value = Program> {
    programs(0..=9u64, (1..=3u32).boxed())
}

fn region() -> impl Strategy<Value = String> {
    prop_oneof![Just("heap"), Just("p"), Just("stack_2"), Just("région")].prop_map(str::to_owned)
}

fn child() -> impl Strategy<Value = Option<NonZeroU32>> {
    proptest::option::of(1..=u32::MAX).prop_map(|child| child.and_then(NonZeroU32::new))
}

fn references() -> impl Strategy<Value = Op> {
    let grain = prop_oneof![Just(Grain::Byte), Just(Grain::Page)];
    let stretch = (proptest::option::of(region()), grain, 0..1u64 << 50, 1..=99u64, 1..=9u64);
    let pattern = prop_oneof![
        Just(Pattern::InOrder),
        (1..=u32::MAX).prop_map(Pattern::Uniform),
        (1..=u32::MAX).prop_map(Pattern::Zipf),
        (1..=u32::MAX).prop_map(Pattern::Hot),
        (1..=u32::MAX, 1..=u32::MAX).prop_map(|(times, stay)| Pattern::Phases { times, window: 1, stay }),
    ];
    (0..Access::ALL.len(), stretch, pattern).prop_map(
        |(access, (region, grain, start, places, step), pattern)| {
            let to = Stretch { region, grain, start, end: start + places, step };
            Op::Access(References { access: Access::ALL[access].1, to, pattern })
        },
    )
}

fn programs(
    length: impl Strategy<Value = u64> + Clone + 'static,
    times: BoxedStrategy<u32>,
) -> impl Strategy<Value = Program> {
    let nanos = length.clone().prop_map(Nanos);
    let leaf = prop_oneof![
        4 => length.prop_map(|time| Op::Cpu(Nanos(time.max(1)))),
        2 => (proptest::option::of((0..2u16).prop_map(DeviceId::new)), nanos.clone())
            .prop_map(|(device, time)| Op::Io { device, time }),
        1 => nanos.clone().prop_map(Op::Sleep),
        1 => nanos.prop_map(|time| Op::SleepUntil(Time(time.0))),
        1 => Just(Op::Yield),
        1 => any::<u8>().prop_map(Op::Exit),
        1 => any::<u32>().prop_map(Op::Syscall),
        1 => (0..Privileged::ALL.len()).prop_map(|which| Op::Privileged(Privileged::ALL[which].1)),
        2 => references(),
        1 => proptest::collection::vec(any::<u32>(), 1..5).prop_map(Op::Refs),
        1 => (region(), 1..=u32::MAX, 0..Prot::WORDS.len(), proptest::option::of(0..1u64 << 40), any::<bool>())
            .prop_map(|(region, pages, prot, at, file)| {
                Op::Mmap(Mapping { region, pages, prot: Prot::WORDS[prot].1, at, file })
            }),
        1 => region().prop_map(Op::Munmap),
        1 => Just(Op::Reclaim),
        1 => Just(Op::Fork(None)),
        1 => child().prop_map(Op::Wait),
        1 => (child(), 0..SIGNALS.len()).prop_map(|(child, signal)| {
            Op::Kill { whom: child.map_or(Relative::Parent, Relative::Child), signal: SIGNALS[signal].1 }
        }),
    ];
    let depth = u32::try_from(NESTING).unwrap_or(u32::MAX);
    let op = leaf.prop_recursive(depth, 24, 4, move |inner| {
        let times = proptest::option::weighted(
            0.8,
            times.clone().prop_map(|n| NonZeroU32::MIN.saturating_add(n - 1)),
        );
        (any::<bool>(), times, proptest::collection::vec(inner, 1..4)).prop_map(|(forks, times, body)| {
            if forks { Op::Fork(Some(body)) } else { Op::Repeat { times, body } }
        })
    });
    proptest::collection::vec(op, 0..6).prop_map(Program)
}
