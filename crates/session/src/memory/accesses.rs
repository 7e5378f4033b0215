//! References, put together from their events, and what was in the frames after each.
//!
//! A reference begins with its first look into the TLB, or its first walk where there is none, and ends when it is
//! done or may not be. In between its task may wait for the disk while others refer. Pages that leave to make room are
//! told in the same step before the fault that made them leave; what the page daemon lets go is nobody's.

use kernelscope_sim::event::{EventKind, MemoryEvent};
use kernelscope_sim::ids::{FrameId, TaskId, Vpn};
use kernelscope_sim::mem::Memory;
use kernelscope_sim::mem::address::Va;
use kernelscope_sim::program::memory::Access;

use crate::view::{AccessView, EventPage, EventRow, MemoryView, Outcome, PageOf};

/// What is in the frames is told for every access where there are no more of them than this.
const FEW_FRAMES: u32 = 16;

/// Fills in the accesses around the cursor, which of them is the current one, and its stages.
pub(super) fn put_together(memory: &Memory, page: &EventPage, view: &mut MemoryView) {
    let mut trace = Trace { frames: Contents::before(memory, page, view.step), ..Trace::default() };
    page.rows.iter().for_each(|row| trace.take(memory, row));
    let mut all = trace.done;
    // What is not over is shown as far as it has come, if its address is known.
    all.extend(trace.open.into_iter().filter_map(|open| open.close(Vec::new())));
    all.sort_by_key(|(access, _)| access.steps);

    let step = view.step;
    let behind = all.partition_point(|(access, _)| access.steps.0 <= step);
    let from = behind.saturating_sub(view.look.accesses as usize);
    let wanted = |access: &AccessView| view.look.task.is_none_or(|task| access.task == task);
    let past = || all[..behind].iter().enumerate().rev().filter(|(_, (access, _))| wanted(access));
    let now = past().find(|(_, (_, stages))| stages.iter().any(|stage| stage.step == step));
    let current = now.or_else(|| past().next()).map(|(place, _)| place);
    view.path = current.map_or(Vec::new(), |place| all[place].1.clone());
    view.current = current.and_then(|place| place.checked_sub(from)).map(|place| place as u32);
    let shown = all.into_iter().skip(from).take(behind - from + view.look.accesses as usize);
    view.accesses = shown.map(|(access, _)| access).collect();
}

/// References while their events are read.
#[derive(Default)]
struct Trace {
    open: Vec<Open>,
    done: Vec<(AccessView, Vec<EventRow>)>,
    /// Pages that have left, and in which step.
    left: Vec<(u64, PageOf)>,
    frames: Contents,
}

/// A reference that is not over.
struct Open {
    task: TaskId,
    stages: Vec<EventRow>,
    asked: Option<(u64, Access)>,
    frame: Option<FrameId>,
    physical: Option<u64>,
    value: Option<u8>,
    outcome: Outcome,
    victims: Vec<PageOf>,
}

impl Open {
    fn close(self, frames: Vec<Option<PageOf>>) -> Option<(AccessView, Vec<EventRow>)> {
        let Open { task, stages, asked, frame, physical, value, outcome, victims } = self;
        let ((va, access), first, last) = (asked?, stages.first()?, stages.last()?);
        let (at, steps) = (first.event.at, (first.step, last.step));
        let access =
            AccessView { task, va, access, frame, physical, value, outcome, victims, at, steps, frames };
        Some((access, stages))
    }
}

impl Trace {
    fn take(&mut self, memory: &Memory, row: &EventRow) {
        self.frames.pass(row);
        let Some(task) = row.event.task else { return };
        let place = self.open.iter().position(|it| it.task == task);
        let EventKind::Memory(event) = row.event.kind else {
            // The trap, and waiting for the disk or a frame.
            if let Some(place) = place {
                self.open[place].stages.push(*row);
            }
            return;
        };
        if let MemoryEvent::Evict { vpn, .. } = event {
            self.left.retain(|(step, _)| *step == row.step);
            return self.left.push((row.step, PageOf { task, vpn }));
        }
        let begins = matches!(
            event,
            MemoryEvent::Lookup { .. }
                | MemoryEvent::Visit { .. }
                | MemoryEvent::Fault { .. }
                | MemoryEvent::Reference { .. }
                | MemoryEvent::Segment { .. }
                | MemoryEvent::Bounds { .. }
                | MemoryEvent::Entry { .. }
        );
        let place = match place {
            Some(place) => place,
            None if begins => {
                let (stages, victims) = (Vec::new(), Vec::new());
                let (asked, frame, physical, value) = (None, None, None, None);
                let outcome = Outcome::Walk;
                self.open.push(Open { task, stages, asked, frame, physical, value, outcome, victims });
                self.open.len() - 1
            }
            None => return,
        };
        let it = &mut self.open[place];
        it.stages.push(*row);
        let over = match event {
            MemoryEvent::Fault { va, access, kind } => {
                it.asked = Some((va, access));
                it.outcome = Outcome::Fault(kind);
                false
            }
            MemoryEvent::DirectReclaim { .. } => {
                let left = self.left.drain(..).filter(|(step, _)| *step == row.step);
                it.victims.extend(left.map(|(_, page)| page));
                false
            }
            MemoryEvent::Map { frame, .. } => {
                it.frame = Some(frame);
                false
            }
            MemoryEvent::Reference { va, access, frame, hit } => {
                it.asked = Some((va, access));
                it.frame = Some(frame);
                it.physical = Some(memory.spec().address.physical(frame, Va(va)));
                it.outcome = if hit { Outcome::Hit } else { it.outcome };
                true
            }
            MemoryEvent::Invalid { va, access } => {
                it.asked = Some((va, access));
                it.outcome = Outcome::Invalid;
                true
            }
            MemoryEvent::Forbidden { va, access } => {
                it.asked = Some((va, access));
                it.outcome = Outcome::Forbidden;
                true
            }
            MemoryEvent::Translated { va, pa, access, value } => {
                it.asked = Some((va.into(), access));
                (it.physical, it.value) = (Some(pa.into()), value);
                true
            }
            MemoryEvent::OutOfBounds { va, access, .. } | MemoryEvent::NoEntry { va, access, .. } => {
                it.asked = Some((va.into(), access));
                it.outcome = Outcome::Invalid;
                true
            }
            _ => false,
        };
        if over {
            let frames = self.frames.0.clone();
            self.done.extend(self.open.remove(place).close(frames));
        }
    }
}

/// What is in each frame, where there are few; nothing where that is not known.
#[derive(Default)]
struct Contents(Vec<Option<PageOf>>);

impl Contents {
    /// Before the first of the events, seen from the machine at the cursor.
    fn before(memory: &Memory, page: &EventPage, step: u64) -> Contents {
        let frames = &memory.store().frames;
        // A frame that several share has no one page.
        if frames.total() > FEW_FRAMES || !memory.store().shares().is_empty() {
            return Contents::default();
        }
        let mut contents = vec![None; frames.total() as usize];
        if !page.more_before {
            return Contents(contents);
        }
        let owners: Vec<TaskId> = memory.spaces().iter().map(|space| space.owner).collect();
        for (id, frame) in frames.touched() {
            let here =
                frame.page.filter(|page| memory.store().entry(memory.spec(), *page).frame() == Some(id));
            contents[id.index()] = here.and_then(|page| PageOf::new(&owners, page));
        }
        for row in page.rows.iter().rev().filter(|row| row.step <= step) {
            match (row.event.kind, row.event.task) {
                (EventKind::Memory(MemoryEvent::Map { frame, .. }), _) => contents[frame.index()] = None,
                (EventKind::Memory(MemoryEvent::Evict { vpn, frame, .. }), Some(task)) => {
                    contents[frame.index()] = Some(PageOf { task, vpn });
                }
                // What went with it is not told.
                (EventKind::Memory(MemoryEvent::Unmapped { .. }), _) | (EventKind::Exit { .. }, _) => {
                    return Contents::default();
                }
                _ => {}
            }
        }
        Contents(contents)
    }

    /// Passes an event.
    fn pass(&mut self, row: &EventRow) {
        let Some(task) = row.event.task.filter(|_| !self.0.is_empty()) else { return };
        let mut take_away = |is_gone: &dyn Fn(Vpn) -> bool| {
            let gone = |page: &PageOf| page.task == task && is_gone(page.vpn);
            self.0.iter_mut().for_each(|frame| *frame = frame.filter(|page| !gone(page)));
        };
        match row.event.kind {
            EventKind::Memory(MemoryEvent::Map { vpn, frame }) => {
                self.0[frame.index()] = Some(PageOf { task, vpn });
            }
            EventKind::Memory(MemoryEvent::Evict { frame, .. }) => self.0[frame.index()] = None,
            EventKind::Memory(MemoryEvent::Unmapped { vpn, pages }) => {
                take_away(&|it| (vpn.0..vpn.0 + u64::from(pages)).contains(&it.0));
            }
            EventKind::Exit { .. } | EventKind::Killed { .. } => take_away(&|_| true),
            _ => {}
        }
    }
}
