//! What is true of every run in which processes fork, whatever they do and however short memory is.

use std::collections::BTreeMap;
use std::sync::Arc;

use kernelscope_sim::event::EndReason;
use kernelscope_sim::ids::{FrameId, PageId, SpaceId};
use kernelscope_sim::machine::{Machine, Progress};
use kernelscope_sim::mem::pte::Backing;
use kernelscope_sim::mem::spec::{LoadSpec, MemorySpec, Scope};
use kernelscope_sim::scenario::Scenario;
use kernelscope_sim::sink::Totals;
use kernelscope_sim::validate::validate;
use proptest::prelude::*;

use crate::common::process;
use crate::random::scenarios;

/// Programs that fork, write, read and wait, children within children.
fn programs() -> impl Strategy<Value = String> {
    let op = prop_oneof![
        3 => (0u32..6).prop_map(|page| format!("write p{page}")),
        2 => (0u32..6).prop_map(|page| format!("read p{page}")),
        2 => Just("write p0..p4".to_owned()),
        1 => (1u32..20).prop_map(|n| format!("cpu {n}ns")),
        1 => (1u32..40).prop_map(|n| format!("sleep {n}ns")),
        1 => Just("wait".to_owned()),
        1 => Just("fork".to_owned()),
        1 => Just("kill 1 KILL".to_owned()),
    ];
    let body = op.prop_recursive(2, 12, 4, |inner| {
        prop::collection::vec(inner, 1..5).prop_map(|ops| format!("fork {{ {} }}", ops.join("; ")))
    });
    prop::collection::vec(body, 1..7).prop_map(|ops| ops.join("; "))
}

prop_compose! {
    /// Machines of every kind that lets processes fork.
    fn families()(scenario in scenarios(), programs in prop::collection::vec(programs(), 2), on_write in any::<bool>()) -> Scenario {
        let mut scenario = scenario;
        let users = scenario.processes.iter_mut().filter(|it| it.name.len() == 1).zip(&programs);
        users.for_each(|(it, text)| *it = process(&it.name.clone(), text));
        scenario.machine.fork.copy_on_write = on_write;
        scenario.machine.fork.max_processes = 12;
        if let Some(memory) = scenario.machine.memory.take() {
            let replacement = match memory.replacement.follows_processes() {
                true => Default::default(),
                false => memory.replacement.clone(),
            };
            let load = LoadSpec { admission: false, ..memory.load };
            scenario.machine.memory =
                Some(Arc::new(MemorySpec { scope: Scope::Global, replacement, load, ..(*memory).clone() }));
        }
        scenario
    }
}

fn hangs_together(machine: &Machine) -> Result<(), TestCaseError> {
    let memory = machine.memory().expect("it has memory");
    let (store, spec) = (memory.store(), memory.spec());
    let mut mapped: BTreeMap<FrameId, Vec<(PageId, bool)>> = BTreeMap::new();
    let mut held: BTreeMap<u32, u32> = BTreeMap::new();
    let (mut shares, mut resident) = (0.0, 0);
    for (place, it) in memory.spaces().iter().enumerate() {
        let Some(root) = it.root else { continue };
        let space = SpaceId::from_index(place);
        for (vpn, pte) in store.tables.pages(&spec.address, root) {
            match (pte.frame(), pte.backing()) {
                (Some(frame), _) => {
                    mapped.entry(frame).or_default().push((PageId { space, vpn }, pte.prot().write));
                }
                (None, Backing::Swap(slot)) => *held.entry(slot).or_default() += 1,
                (None, _) => {}
            }
        }
        let set = memory.resident(space);
        let (above, below) = set.pss();
        let pss = above as f64 / below as f64;
        prop_assert!(set.uss() as f64 <= pss + 1e-9 && pss <= set.rss() as f64 + 1e-9);
        shares += pss;
        resident += set.rss();
    }
    prop_assert!((shares - mapped.len() as f64).abs() < 1e-6, "the proportional sets are what is mapped");
    prop_assert!(resident >= mapped.len() as u64);
    for (frame, pages) in &mapped {
        let first = store.frames.get(*frame).page;
        prop_assert!(pages.iter().any(|(page, _)| first == Some(*page)), "its first mapping is one of them");
        prop_assert_eq!(store.shares().more(*frame) as usize + 1, pages.len(), "a frame counts its mappings");
        prop_assert_eq!(store.mappings(spec, *frame).len(), pages.len(), "and finds them");
        prop_assert!(
            pages.len() == 1 || pages.iter().all(|(_, writes)| !writes),
            "nobody writes to others' pages"
        );
    }
    for (_, frame) in store.frames.touched() {
        frame.slot.into_iter().chain(frame.cleaning).for_each(|slot| *held.entry(slot).or_default() += 1);
    }
    prop_assert_eq!(held.len() as u32, store.swap.used());
    for (slot, count) in held {
        prop_assert_eq!(store.swap.count(slot), count, "a slot counts its entries");
    }
    for tlb in &store.tlbs {
        for entry in tlb.places().iter().flatten() {
            let space = tlb.owner(entry.asid).expect("a translation has an address space");
            let pte = store.entry(spec, PageId { space, vpn: entry.vpn });
            prop_assert_eq!((pte.frame(), pte.prot()), (Some(entry.frame), entry.prot));
        }
    }
    Ok(())
}

proptest! {
    #[test]
    fn frames_and_slots_count_who_has_them_and_nothing_is_left_behind(scenario in families()) {
        prop_assume!(validate(&scenario).is_empty());
        let mut machine = Machine::new(Arc::new(scenario)).expect("it has been validated");
        let end = loop {
            let progress = machine.step(&mut Totals);
            hangs_together(&machine)?;
            if let Progress::Ended(end) = progress {
                break end;
            }
        };
        if end == EndReason::Done {
            let store = machine.memory().expect("it has memory").store();
            let leaving = store.frames.touched().filter(|(_, frame)| frame.page.is_some()).count();
            prop_assert_eq!(leaving, 0, "every page has gone with the last who had it");
        }
    }
}
