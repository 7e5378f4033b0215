//! Writing to swap: slots for pages that leave, and pages that are written while they stay.
//!
//! A clean page leaves without a wait, so some policies have dirty pages written before their turn comes. Such a page
//! stays where it is and can be used all the time. It counts as clean from the moment its writing begins: a store
//! during the write makes it dirty again and takes the link to the slot away. The write holds the slot too, and the
//! frame, should the page be gone for good before it is done.

use super::frames::FrameState;
use super::spec::MemorySpec;
use super::store::Store;
use crate::ids::{FrameId, PageId};

/// A page whose writing begins while it stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Cleaning {
    /// Which.
    pub(crate) page: PageId,
    /// Its frame.
    pub(crate) frame: FrameId,
    /// The slot that it is written to.
    pub(crate) slot: u32,
    /// A frame whose copy in that slot was given up for it.
    pub(crate) given_up: Option<FrameId>,
}

impl Store {
    /// The next page that a scan wants written begins to be. One that there is no slot for stays dirty.
    pub(crate) fn clean_next(&mut self, spec: &MemorySpec) -> Option<Cleaning> {
        while !self.marked.is_empty() {
            let frame = self.marked.remove(0);
            let Some(page) = self.frames.get(frame).page else { continue };
            if !self.is_dirty(spec, frame) {
                continue;
            }
            let Some((slot, given_up)) = self.find_slot(spec) else { continue };
            self.swap.hold(slot);
            let it = self.frames.get_mut(frame);
            (it.slot, it.dirty, it.cleaning) = (Some(slot), false, Some(slot));
            for page in self.mappings(spec, frame) {
                let pte = self.entry(spec, page);
                self.set_entry(spec, page, pte.cleaned());
                // The next store has to set the dirty bit again.
                self.shoot_down(page, None);
            }
            return Some(Cleaning { page, frame, slot, given_up });
        }
        None
    }

    /// Whether pages are being written, or are to be, that stay where they are.
    pub(crate) fn is_cleaning(&self) -> bool {
        !self.marked.is_empty() || self.frames.touched().any(|(_, frame)| frame.cleaning.is_some())
    }

    /// A page that stayed has been written. Says whether it is gone by now, and its frame free.
    pub(crate) fn cleaned(&mut self, frame: FrameId) -> bool {
        let it = self.frames.get_mut(frame);
        let (slot, is_gone) = (it.cleaning.take(), it.state == FrameState::WriteBack);
        if let Some(slot) = slot {
            self.swap.drop(slot);
        }
        if is_gone {
            self.frames.release(frame);
        }
        is_gone
    }

    /// A page that left has been written: its frame is free.
    pub(crate) fn written(&mut self, frame: FrameId) {
        self.unlink(frame);
        self.frames.release(frame);
    }

    /// A slot for a page: a free one, or that of a clean copy which nobody else needs. Says whose.
    pub(super) fn find_slot(&mut self, spec: &MemorySpec) -> Option<(u32, Option<FrameId>)> {
        if let Some(slot) = self.swap.take(spec.next_fit) {
            return Some((slot, None));
        }
        let frame = self.idle_link()?;
        self.unlink(frame);
        self.frames.get_mut(frame).dirty = true;
        self.swap.take(spec.next_fit).map(|slot| (slot, Some(frame)))
    }

    /// The lowest frame in use whose slot nobody else holds.
    pub(super) fn idle_link(&self) -> Option<FrameId> {
        let idle = |slot: u32| self.swap.count(slot) == 1;
        let in_use = self.frames.touched().filter(|(_, frame)| frame.state == FrameState::InUse);
        in_use.into_iter().find(|(_, frame)| frame.slot.is_some_and(idle)).map(|(id, _)| id)
    }
}
