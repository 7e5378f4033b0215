//! Where everything is in the memory of the machine at the cursor.

use std::ops::Range;

use kernelscope_sim::ids::{CpuId, FrameId, PageId, SpaceId, TaskId, Vpn};
use kernelscope_sim::mem::frames::{Frame, FrameState};
use kernelscope_sim::mem::pte::{Backing, Pte};
use kernelscope_sim::mem::replace::{Candidate, Policy};
use kernelscope_sim::mem::tlb::{Tlb, Translation};
use kernelscope_sim::mem::{Memory, Space};
use kernelscope_sim::program::memory::Prot;

use crate::view::{
    EntryView, FrameView, FramesView, ListView, MOST_TABLES, MemoryView, NextVictim, PageOf, PlaceView,
    RegionView, SlotView, SpaceView, SwapView, TablePage, TableView, TlbView, TranslationView, Window,
};

/// No window is larger than this, whatever is asked for.
const WIDEST: u32 = 4096;

/// Shows all that is looked at. The accesses must be there: the last one says whose page table is meant by default.
pub(super) fn show(memory: &Memory, view: &mut MemoryView) {
    let owners: Vec<TaskId> = memory.spaces().iter().map(|space| space.owner).collect();
    let entered: Vec<Vec<(Vpn, Pte)>> = memory.spaces().iter().map(|space| pages(memory, space)).collect();
    let spaces = memory.spaces().iter().zip(&entered).filter(|(space, _)| space.root.is_some());
    view.spaces = spaces.map(|(space, pages)| of_space(memory, space, pages)).collect();

    let current = view.current.and_then(|at| view.accesses.get(at as usize)).map(|it| it.task);
    let has_space = |task: &TaskId| view.spaces.iter().any(|space| space.task == *task);
    let task = view.look.task.or(current).filter(has_space).or(view.spaces.first().map(|space| space.task));
    view.table = task.and_then(|task| memory.space_of(task)).map(|space| {
        let look = (view.look.entries, view.look.every);
        of_table(memory, space, &entered[space.index()], look)
    });
    view.tlbs = tlbs(memory, &owners);
    view.frames = frames(memory, &owners, view.look.frames);
    view.swap = swap(memory, &owners, &entered, view.look.slots);
    view.waiting = memory.waiting().collect();
}

fn within(window: Window, total: u64) -> Range<u64> {
    let from = window.from.min(total);
    from..from.saturating_add(window.count.min(WIDEST).into()).min(total)
}

fn pages(memory: &Memory, space: &Space) -> Vec<(Vpn, Pte)> {
    let tables = &memory.store().tables;
    space.root.map_or(Vec::new(), |root| tables.pages(&memory.spec().address, root))
}

fn of_space(memory: &Memory, space: &Space, pages: &[(Vpn, Pte)]) -> SpaceView {
    let spec = memory.spec();
    let resident = pages.iter().filter(|(_, pte)| pte.frame().is_some()).count();
    let is_out = |pte: &Pte| pte.frame().is_none() && matches!(pte.backing(), Backing::Swap(_));
    let bytes = |root| memory.store().tables.bytes(&spec.address, root, spec.pte_size);
    SpaceView {
        task: space.owner,
        resident: resident as u32,
        swapped: pages.iter().filter(|(_, pte)| is_out(pte)).count() as u32,
        table_bytes: space.root.map_or(0, bytes),
        counts: space.counts,
    }
}

fn of_table(memory: &Memory, id: SpaceId, made: &[(Vpn, Pte)], look: (Window, bool)) -> TableView {
    let (split, store) = (&memory.spec().address, memory.store());
    let space = &memory.spaces()[id.index()];
    let (window, every) = look;
    let total = if every { split.pages() } else { made.len() as u64 };
    let entry = |vpn, pte| of_entry(memory, PageId { space: id, vpn }, pte);
    let entries = within(window, total).map(|place| {
        if !every {
            let (vpn, pte) = made[place as usize];
            return entry(vpn, pte);
        }
        let at = made.binary_search_by_key(&Vpn(place), |(vpn, _)| *vpn);
        entry(Vpn(place), at.map_or(Pte::NONE, |at| made[at].1))
    });
    let listed = space.root.map_or(Vec::new(), |root| store.tables.list(split, root));
    let mut place = 0;
    let tables = listed.iter().map(|it| {
        let table = TablePage { level: it.level, first: it.first, used: it.used, place };
        place += if usize::from(it.level) + 1 == split.depth() { u64::from(it.used) } else { 0 };
        table
    });
    TableView {
        task: Some(space.owner),
        total,
        entries: entries.collect(),
        tables: tables.take(MOST_TABLES).collect(),
        levels: space.root.map_or(Vec::new(), |root| store.tables.count(split, root)),
        regions: space
            .regions
            .iter()
            .map(|region| RegionView {
                name: region.name.clone(),
                start: Vpn(region.start),
                pages: region.end - region.start,
                prot: region.prot,
                file: region.file,
            })
            .collect(),
    }
}

/// An entry, or what the page's region says where none has been made.
fn of_entry(memory: &Memory, page: PageId, pte: Pte) -> EntryView {
    let region = memory.store().region(page);
    let made = pte.is_valid();
    let place = match (pte.frame(), pte.backing()) {
        (Some(frame), _) => PlaceView::Frame(frame),
        (None, Backing::Swap(slot)) if made => {
            let in_transit = |(_, frame): &(FrameId, &Frame)| {
                frame.page == Some(page) && matches!(frame.state, FrameState::ReadIn | FrameState::WriteBack)
            };
            let frame = memory.store().frames.touched().find(in_transit).map(|(id, _)| id);
            frame.map_or(PlaceView::Swap(slot), |frame| PlaceView::Transit(frame, slot))
        }
        (None, backing) => match region.map(|region| if made { backing } else { region.backing() }) {
            Some(Backing::File) => PlaceView::File,
            Some(_) => PlaceView::Zero,
            None => PlaceView::None,
        },
    };
    let none = Prot { read: false, write: false, fetch: false };
    EntryView {
        vpn: page.vpn,
        valid: made || region.is_some(),
        made,
        prot: if made { pte.prot() } else { region.map_or(none, |region| region.prot) },
        accessed: pte.accessed(),
        dirty: pte.dirty(),
        place,
    }
}

fn tlbs(memory: &Memory, owners: &[TaskId]) -> Vec<TlbView> {
    let owner = |space: SpaceId| owners.get(space.index()).copied();
    let of = |(cpu, tlb): (usize, &Tlb)| TlbView {
        cpu: CpuId::from_index(cpu),
        task: tlb.space().and_then(owner),
        ways: tlb.spec().ways,
        places: (0..)
            .zip(tlb.places())
            .map(|(place, entry)| entry.map(|it| translation(tlb, owners, place, &it)))
            .collect(),
    };
    memory.store().tlbs.iter().enumerate().map(of).collect()
}

fn translation(tlb: &Tlb, owners: &[TaskId], place: usize, entry: &Translation) -> TranslationView {
    let ways = usize::from(tlb.spec().ways).max(1);
    let set = tlb.places().iter().skip(place / ways * ways).take(ways).flatten();
    let page = |space| PageOf::new(owners, PageId { space, vpn: entry.vpn });
    TranslationView {
        asid: entry.asid,
        page: tlb.owner(entry.asid).and_then(page),
        frame: entry.frame,
        prot: entry.prot,
        dirty: entry.dirty,
        age: set.filter(|other| other.used > entry.used).count() as u16,
    }
}

fn frames(memory: &Memory, owners: &[TaskId], window: Window) -> FramesView {
    let frames = &memory.store().frames;
    let order = memory.leaving_order();
    let mut turns = vec![None; frames.total() as usize];
    for (turn, candidate) in (0..).zip(&order) {
        turns[candidate.frame.index()] = Some((turn, candidate.key));
    }
    let rows = within(window, frames.total().into()).map(|number| {
        let id = FrameId::new(number as u32);
        let frame = frames.get(id);
        let pte = frame.page.map_or(Pte::NONE, |page| memory.store().entry(memory.spec(), page));
        let is_here = pte.frame() == Some(id);
        let policy = frame.page.and_then(|page| memory.replacement().policy(page.space));
        FrameView {
            frame: id,
            state: frame.state.into(),
            page: frame.page.and_then(|page| PageOf::new(owners, page)),
            accessed: is_here && pte.accessed(),
            dirty: frame.dirty || is_here && pte.dirty(),
            slot: frame.slot,
            turn: turns[id.index()],
            list: policy.and_then(|policy| list(policy, id)),
            counter: policy.and_then(|policy| counter(policy, id)),
        }
    });
    let hand = memory.replacement().policy(SpaceId::new(0)).and_then(hand);
    FramesView { total: frames.total(), free: frames.free(), rows: rows.collect(), next: next(&order), hand }
}

fn next(order: &[Candidate]) -> Option<NextVictim> {
    let first = order.first()?;
    let second = order.get(1).map(|second| (second.frame, second.key));
    Some(NextVictim { frame: first.frame, rule: first.rule, key: first.key, second })
}

fn hand(policy: &Policy) -> Option<FrameId> {
    match policy {
        Policy::Clock(clock) => Some(clock.hand()),
        Policy::EnhancedClock(clock) => Some(clock.hand()),
        Policy::WsClock(clock) => Some(clock.hand()),
        _ => None,
    }
}

fn list(policy: &Policy, frame: FrameId) -> Option<ListView> {
    let (first, is_first, second) = match policy {
        Policy::TwoList(lists) => {
            (ListView::Inactive, lists.inactive().any(|it| it == frame), ListView::Active)
        }
        Policy::TwoQ(lists) => (ListView::Once, lists.new_pages().any(|it| it == frame), ListView::Again),
        Policy::Arc(lists) => (ListView::Once, lists.pages()[0].contains(&frame), ListView::Again),
        _ => return None,
    };
    Some(if is_first { first } else { second })
}

fn counter(policy: &Policy, frame: FrameId) -> Option<u64> {
    match policy {
        Policy::Lfu(lfu) => Some(lfu.count(frame)),
        Policy::Aging(aging) => Some(aging.counter(frame).into()),
        Policy::OstepClock(clock) => Some(clock.counter(frame).into()),
        _ => None,
    }
}

fn swap(memory: &Memory, owners: &[TaskId], entered: &[Vec<(Vpn, Pte)>], window: Window) -> SwapView {
    let (swap, frames) = (&memory.store().swap, &memory.store().frames);
    let wanted = within(window, swap.total().into());
    let mut rows: Vec<SlotView> =
        wanted.clone().map(|slot| SlotView { slot: slot as u32, page: None, frame: None }).collect();
    let mut put = |slot: u32, page: PageOf, frame: Option<FrameId>| {
        let row = wanted.contains(&slot.into()).then(|| &mut rows[(u64::from(slot) - wanted.start) as usize]);
        if let Some(row) = row {
            *row = SlotView { slot, page: Some(page), frame: frame.or(row.frame) };
        }
    };
    for (pages, task) in entered.iter().zip(owners) {
        for (vpn, pte) in pages.iter().filter(|(_, pte)| pte.frame().is_none()) {
            if let Backing::Swap(slot) = pte.backing() {
                put(slot, PageOf { task: *task, vpn: *vpn }, None);
            }
        }
    }
    for (id, frame) in frames.touched() {
        if let Some((slot, page)) = frame.slot.zip(frame.page.and_then(|page| PageOf::new(owners, page))) {
            put(slot, page, Some(id));
        }
    }
    SwapView { total: swap.total(), used: swap.used(), rows }
}
