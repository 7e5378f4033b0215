//! Address spaces change and end: regions come and go, and what a process held is given back.

use super::region::{Region, gap};
use super::{Memory, Transit};
use crate::ids::{PageId, SpaceId, TaskId, Vpn};
use crate::program::memory::Mapping;

impl Memory {
    /// Maps a region for a task. Says where it begins; nothing if there is no room, or the name is taken.
    pub(crate) fn map_region(&mut self, task: TaskId, mapping: &Mapping) -> Option<Vpn> {
        let (space, total) = (self.space_of(task)?, self.spec.address.pages());
        let it = &mut self.store.spaces[space.index()];
        let pages = u64::from(mapping.pages);
        let start = match mapping.at {
            Some(at) => {
                let free = |region: &Region| at + pages <= region.start || region.end <= at;
                Some(at).filter(|_| at + pages <= total && it.regions.iter().all(free))
            }
            None => gap(&it.regions, pages, total),
        };
        let start = start.filter(|_| it.regions.iter().all(|region| region.name != mapping.region))?;
        let place = it.regions.partition_point(|region| region.start < start);
        let (name, prot, file) = (mapping.region.clone(), mapping.prot, mapping.file);
        let region = Region { name, start, end: start + pages, prot, file };
        it.regions.insert(place, region.clone());
        if !self.spec.lazy_tables {
            self.store.enter(&self.spec, space, &region);
        }
        Some(Vpn(start))
    }

    /// Takes a region away with its pages. Says where it began and how long it was; nothing if there is none.
    pub(crate) fn unmap_region(&mut self, task: TaskId, name: &str) -> Option<(Vpn, u32)> {
        let space = self.space_of(task)?;
        let it = &mut self.store.spaces[space.index()];
        let place = it.regions.iter().position(|region| region.name == name)?;
        let region = it.regions.remove(place);
        it.gone.retain(|(gone, _)| gone != name);
        it.gone.push((region.name, region.start));
        self.discard(space, |vpn| (region.start..region.end).contains(&vpn.0));
        Some((Vpn(region.start), (region.end - region.start) as u32))
    }

    /// What a task held is free, once it has ended. What it had begun to write is written.
    pub(crate) fn release(&mut self, task: TaskId) {
        self.waiting.retain(|waiting| *waiting != task);
        if self.daemon == Some(task) {
            self.daemon = None;
        }
        let thread = &mut self.threads[task.index()];
        (thread.done, thread.pending) = (None, None);
        match thread.transit.take() {
            Some(Transit::Read(frame)) => {
                self.store.unlink(frame);
                self.store.frames.release(frame);
            }
            Some(write @ Transit::Write(..)) => thread.transit = Some(write),
            Some(Transit::Rescue(_)) | None => {}
        }
        let Some(space) = thread.space else { return };
        self.discard(space, |_| true);
        let it = &mut self.store.spaces[space.index()];
        it.regions.clear();
        if let Some(root) = it.root.take() {
            self.store.tables.release(&self.spec.address, root);
        }
        self.replacement.forget(space);
        if let Some(admission) = self.admission.as_mut() {
            admission.forget(space);
        }
    }

    /// Takes the chosen pages of an address space away for good.
    fn discard(&mut self, space: SpaceId, chosen: impl Fn(Vpn) -> bool) {
        let Some(root) = self.store.spaces[space.index()].root else { return };
        for (vpn, _) in self.store.tables.pages(&self.spec.address, root) {
            if chosen(vpn)
                && let Some(frame) = self.store.discard(&self.spec, PageId { space, vpn })
            {
                self.replacement.freed(frame);
            }
        }
    }
}
