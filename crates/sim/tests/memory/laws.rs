//! What is true of every run with memory, whatever the programs, the sizes and the policy.

use std::collections::BTreeMap;
use std::sync::Arc;

use kernelscope_sim::event::{EndReason, Event, EventKind, MemoryEvent, Wait};
use kernelscope_sim::ids::{FrameId, PageId, SpaceId, TaskId, Vpn};
use kernelscope_sim::machine::{Machine, Progress, Stop};
use kernelscope_sim::mem::Memory;
use kernelscope_sim::mem::frames::FrameState;
use kernelscope_sim::mem::pte::Backing;
use kernelscope_sim::mem::spec::Overcommit;
use kernelscope_sim::program::memory::Access;
use kernelscope_sim::sink::{Micro, Totals};
use kernelscope_sim::task::State;
use kernelscope_sim::time::Time;
use proptest::prelude::*;

use crate::common::told;
use crate::random::{quick_scenarios, scenarios};

/// Every page that an address space has made an entry for.
fn pages(memory: &Memory) -> Vec<(PageId, kernelscope_sim::mem::pte::Pte)> {
    let mut all = Vec::new();
    for (place, space) in memory.spaces().iter().enumerate() {
        if let Some(root) = space.root {
            let pages = memory.store().tables.pages(&memory.spec().address, root);
            let id = SpaceId::from_index(place);
            all.extend(pages.into_iter().map(|(vpn, pte)| (PageId { space: id, vpn }, pte)));
        }
    }
    all
}

/// What has to hold between any two steps.
fn hangs_together(machine: &Machine) -> Result<(), TestCaseError> {
    let memory = machine.memory().expect("it has memory");
    let store = memory.store();
    let mut states = BTreeMap::new();
    for (_, frame) in store.frames.touched() {
        *states.entry(format!("{:?}", frame.state)).or_insert(0u32) += 1;
    }
    let taken: u32 = states.iter().filter(|(state, _)| *state != "Free").map(|(_, count)| count).sum();
    prop_assert_eq!(store.frames.free() + taken, store.frames.total(), "frames are conserved");

    let mut held: BTreeMap<u32, u32> = BTreeMap::new();
    let mut mapped = BTreeMap::new();
    for (page, pte) in pages(memory) {
        if let Some(frame) = pte.frame() {
            prop_assert_eq!(mapped.insert(frame, page), None, "a frame has one page");
            let it = store.frames.get(frame);
            prop_assert_eq!((it.state, it.page), (FrameState::InUse, Some(page)));
        } else if let Backing::Swap(slot) = pte.backing() {
            *held.entry(slot).or_default() += 1;
        }
    }
    for (id, frame) in store.frames.touched() {
        if frame.state == FrameState::InUse {
            prop_assert_eq!(mapped.get(&id), frame.page.as_ref(), "a page in a frame is present");
        }
        if let Some(slot) = frame.slot {
            *held.entry(slot).or_default() += 1;
        }
        if let Some(slot) = frame.cleaning {
            *held.entry(slot).or_default() += 1;
        }
        let linked = frame.slot.is_some() && frame.state == FrameState::InUse;
        let dirty = frame.dirty || frame.page.is_some_and(|page| store.entry(memory.spec(), page).dirty());
        prop_assert!(!(linked && dirty), "a page that differs from its copy is not linked to it");
    }
    prop_assert_eq!(held.len() as u32, store.swap.used(), "a slot is free exactly when nobody holds it");
    for (slot, count) in held {
        prop_assert_eq!(store.swap.count(slot), count);
    }

    for tlb in &store.tlbs {
        let mut seen = Vec::new();
        for entry in tlb.places().iter().flatten() {
            let space = tlb.owner(entry.asid).expect("a translation has an address space");
            let pte = store.entry(memory.spec(), PageId { space, vpn: entry.vpn });
            prop_assert_eq!(pte.frame(), Some(entry.frame), "the TLB says what the page table says");
            prop_assert_eq!(pte.prot(), entry.prot);
            prop_assert!(!entry.dirty || pte.dirty());
            prop_assert!(!seen.contains(&(entry.asid, entry.vpn)), "a page is in the TLB once");
            seen.push((entry.asid, entry.vpn));
        }
    }
    for task in machine.tasks() {
        if task.state == State::Blocked(Wait::Frame) {
            prop_assert!(memory.waiting().any(|waiting| waiting == task.id));
        }
        let is_kept_out = memory.admission().is_some_and(|it| it.is_suspended(task.id));
        prop_assert!(task.state != State::SwappedOut || is_kept_out, "nobody is forgotten outside");
        prop_assert!(!is_kept_out || task.is_live(), "nobody comes back from the dead");
    }
    let (spec, extras) = (memory.spec(), memory.spec().extras);
    if extras.overcommit == Overcommit::Strict {
        let limit = spec.swap_slots + spec.frames * u32::from(extras.overcommit_ratio) / 100;
        prop_assert!(memory.promised() <= limit.into(), "no more is promised than may be");
    }
    if let Some(admission) = memory.admission() {
        let sets =
            memory.spaces().iter().enumerate().filter(|(_, space)| !admission.is_suspended(space.owner));
        let wanted: u32 = sets.map(|(place, _)| admission.size(SpaceId::from_index(place))).sum();
        prop_assert_eq!(admission.wanted(), wanted, "what is wanted is the sum");
    }
    Ok(())
}

/// The contents of memory, followed by what was told alone: a read sees the last write.
#[derive(Default)]
struct Contents {
    /// How often each page of each task was written.
    last: BTreeMap<(TaskId, Vpn), u32>,
    frames: BTreeMap<FrameId, u32>,
    slots: BTreeMap<u32, u32>,
    leaving: BTreeMap<(TaskId, Vpn), FrameId>,
    /// The frame of a page that is written while it stays, until its slot is told.
    staying: Option<FrameId>,
    coming: BTreeMap<TaskId, u32>,
    places: BTreeMap<(TaskId, Vpn), u32>,
}

impl Contents {
    fn follow(&mut self, event: &Event) -> Result<(), TestCaseError> {
        if let EventKind::Memory(MemoryEvent::Written { frame }) = event.kind {
            self.leaving.retain(|_, leaving| *leaving != frame);
        }
        let (EventKind::Memory(memory), Some(task)) = (event.kind, event.task) else { return Ok(()) };
        match memory {
            MemoryEvent::Reference { va, access, frame, .. } => {
                let page = (task, Vpn(va >> 12));
                let seen = self.frames.entry(frame).or_default();
                prop_assert_eq!(*seen, self.last.get(&page).copied().unwrap_or(0), "the last write is seen");
                if access == Access::Write {
                    *seen += 1;
                    self.last.insert(page, *seen);
                }
            }
            MemoryEvent::Evict { vpn, frame, dirty, .. } => {
                let content = self.frames.remove(&frame).unwrap_or(0);
                if dirty {
                    self.leaving.insert((task, vpn), frame);
                    self.frames.insert(frame, content);
                } else if self.places.get(&(task, vpn)).is_none_or(|slot| self.slots[slot] != content) {
                    prop_assert_eq!(content, 0, "only what was never written goes without a copy");
                    self.places.remove(&(task, vpn));
                }
            }
            MemoryEvent::PageOut { vpn, slot } => {
                let frame = self.staying.take().unwrap_or_else(|| self.leaving[&(task, vpn)]);
                self.slots.insert(slot, self.frames[&frame]);
                self.places.insert((task, vpn), slot);
            }
            MemoryEvent::Clean { frame, .. } => self.staying = Some(frame),
            MemoryEvent::PageIn { vpn, slot } => {
                prop_assert_eq!(self.places.get(&(task, vpn)), Some(&slot));
                self.coming.insert(task, self.slots[&slot]);
            }
            MemoryEvent::Map { vpn, frame } => {
                if self.leaving.get(&(task, vpn)) != Some(&frame) {
                    self.frames.insert(frame, self.coming.remove(&task).unwrap_or(0));
                }
                self.leaving.remove(&(task, vpn));
            }
            MemoryEvent::Unmapped { vpn, pages } => {
                let gone = |page: &Vpn| (vpn.0..vpn.0 + u64::from(pages)).contains(&page.0);
                self.last.retain(|(whose, page), _| *whose != task || !gone(page));
                self.places.retain(|(whose, page), _| *whose != task || !gone(page));
                self.leaving.retain(|(whose, page), _| *whose != task || !gone(page));
            }
            _ => {}
        }
        Ok(())
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_page_is_in_exactly_one_place_after_every_step(scenario in scenarios()) {
        let mut machine = Machine::new(Arc::new(scenario)).expect("a scenario that runs");
        let mut sink = Micro::default();
        while machine.progress() == Progress::Going {
            let told = sink.0.len();
            machine.step(&mut sink);
            prop_assert!(sink.0.len() > told, "a step is told");
            hangs_together(&machine)?;
        }
    }

    #[test]
    fn a_read_sees_what_was_written_last_wherever_the_page_has_been(scenario in scenarios()) {
        let mut machine = Machine::new(Arc::new(scenario)).expect("a scenario that runs");
        let mut sink = Micro::default();
        machine.run(Stop::End, &mut sink);
        let mut contents = Contents::default();
        for event in &sink.0 {
            contents.follow(event)?;
        }
    }

    #[test]
    fn whoever_ends_gives_everything_back(scenario in scenarios()) {
        let mut machine = Machine::new(Arc::new(scenario)).expect("a scenario that runs");
        let end = machine.run(Stop::End, &mut Totals);
        let memory = machine.memory().expect("it has memory");
        prop_assert!(matches!(end, Progress::Ended(EndReason::Done | EndReason::StepLimit)), "{:?}", end);
        if end == Progress::Ended(EndReason::Done) {
            let writing = memory.store().frames.touched().filter(|(_, it)| it.state == FrameState::WriteBack);
            prop_assert_eq!(memory.store().frames.free() + writing.count() as u32, memory.store().frames.total());
            prop_assert_eq!(memory.store().swap.used(), memory.store().frames.total() - memory.store().frames.free());
        }
    }

    #[test]
    fn the_counters_are_what_the_events_say(scenario in scenarios()) {
        let mut machine = Machine::new(Arc::new(scenario)).expect("a scenario that runs");
        let mut sink = Micro::default();
        machine.run(Stop::End, &mut sink);
        let counts = machine.memory().expect("it has memory").counts();
        let tally = |wanted: fn(&MemoryEvent) -> bool| told(&sink.0).filter(|(_, event)| wanted(event)).count() as u64;
        prop_assert_eq!(counts.lookups, tally(|it| matches!(it, MemoryEvent::Lookup { .. })));
        prop_assert_eq!(counts.dirtied, tally(|it| matches!(it, MemoryEvent::Dirtied { .. })));
        prop_assert_eq!(
            counts.minor_faults + counts.major_faults,
            tally(|it| matches!(it, MemoryEvent::Fault { .. }))
        );
        prop_assert_eq!(
            counts.major_faults,
            tally(|it| matches!(it, MemoryEvent::Fault { kind, .. } if kind.is_major()))
        );
        prop_assert_eq!(
            counts.violations,
            tally(|it| matches!(it, MemoryEvent::Invalid { .. } | MemoryEvent::Forbidden { .. }))
        );
        prop_assert_eq!(counts.clean_evictions, tally(|it| matches!(it, MemoryEvent::Evict { dirty: false, .. })));
        prop_assert_eq!(counts.dirty_evictions, tally(|it| matches!(it, MemoryEvent::Evict { dirty: true, .. })));
        prop_assert_eq!(counts.swap_outs, tally(|it| matches!(it, MemoryEvent::PageOut { .. })));
        prop_assert_eq!(counts.swap_ins, tally(|it| matches!(it, MemoryEvent::PageIn { .. })));
        prop_assert_eq!(counts.write_requests, tally(|it| matches!(it, MemoryEvent::WriteRequest { .. })));
        prop_assert_eq!(counts.daemon_wakes, tally(|it| matches!(it, MemoryEvent::DaemonWakes { .. })));
        prop_assert_eq!(counts.oom_kills, tally(|it| matches!(it, MemoryEvent::OutOfMemory { .. })));
        let done = tally(|it| matches!(it, MemoryEvent::Reference { .. }));
        prop_assert!(counts.references >= done);
        if machine.memory().expect("it has memory").spec().tlb.is_some() {
            prop_assert_eq!(counts.tlb_hits + counts.tlb_misses, counts.references);
        }
    }

    #[test]
    fn the_same_scenario_gives_the_same_run_at_every_detail(scenario in scenarios()) {
        let scenario = Arc::new(scenario);
        let mut one = Machine::new(Arc::clone(&scenario)).expect("a scenario that runs");
        let mut other = Machine::new(scenario).expect("a scenario that runs");
        one.run(Stop::End, &mut Micro::default());
        other.run(Stop::Step(97), &mut Totals);
        let mut other = other.clone();
        other.run(Stop::End, &mut Totals);
        prop_assert_eq!((one.steps(), one.fingerprint()), (other.steps(), other.fingerprint()));
    }

    #[test]
    fn references_that_hit_are_the_same_one_by_one_and_in_a_row(
        scenario in quick_scenarios(),
        stops in prop::collection::vec(1u64..300, 0..4),
        time in 0u64..400,
    ) {
        let scenario = Arc::new(scenario);
        let mut slow = Machine::new(Arc::clone(&scenario)).expect("a scenario that runs");
        let mut fast = Machine::new(Arc::clone(&scenario)).expect("a scenario that runs");
        let (mut slowly, mut quickly) = (Micro::default(), Micro::default());
        for stop in stops {
            let until = slow.steps() + stop;
            while slow.steps() < until && slow.step(&mut slowly) == Progress::Going {}
            fast.run(Stop::Step(until), &mut quickly);
            prop_assert_eq!((slow.steps(), slow.fingerprint()), (fast.steps(), fast.fingerprint()));
        }
        let mut other = fast.clone();
        while slow.step(&mut slowly) == Progress::Going {}
        fast.run(Stop::End, &mut quickly);
        prop_assert_eq!((slow.steps(), slow.fingerprint()), (fast.steps(), fast.fingerprint()));
        prop_assert_eq!(slowly.0, quickly.0);
        other.run(Stop::Time(Time(time)), &mut Totals);
        other.run(Stop::End, &mut Totals);
        prop_assert_eq!((slow.steps(), slow.fingerprint()), (other.steps(), other.fingerprint()));
    }

    #[test]
    fn the_daemon_sleeps_only_when_enough_frames_are_free_or_no_page_can_leave(scenario in scenarios()) {
        let mut machine = Machine::new(Arc::new(scenario)).expect("a scenario that runs");
        let mut sink = Micro::default();
        let mut awake = 0;
        while machine.progress() == Progress::Going {
            sink.0.clear();
            machine.step(&mut sink);
            for (_, event) in told(&sink.0) {
                match event {
                    MemoryEvent::DaemonWakes { free, low } => {
                        prop_assert!(free < low || machine.memory().is_some_and(|it| it.waiting().count() > 0)
                            || free <= low);
                        awake += 1;
                    }
                    MemoryEvent::DaemonSleeps { free, high } if free < high => {
                        let memory = machine.memory().expect("it has memory");
                        let slots = memory.store().swap.total() - memory.store().swap.used();
                        let stuck = memory.store().frames.touched().all(|(_, it)| {
                            it.state != FrameState::InUse || slots == 0
                        });
                        prop_assert!(stuck, "it sleeps with {free} of {high}");
                    }
                    _ => {}
                }
            }
        }
        prop_assert!(awake <= machine.steps());
    }
}
