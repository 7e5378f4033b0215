//! Physical memory: its frames, and which of them are free.
//!
//! Frames that have never been used are no more than a number beyond a frontier, so a machine with gigabytes costs
//! what its programs touch. The lowest free frame is taken first.

use crate::ids::{FrameId, PageId, SpaceId};

/// Physical memory.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Frames {
    total: u32,
    /// The frames up to the frontier.
    touched: Vec<Frame>,
    /// A bit for each of those: whether it is free.
    free: Vec<u64>,
    /// How many of those are free.
    returned: u32,
}

/// What a frame is used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FrameState {
    /// Nothing.
    Free,
    /// A page is in it.
    InUse,
    /// A page is on its way in from the disk.
    ReadIn,
    /// A page is on its way out to the disk; nobody can use it any more.
    WriteBack,
}

/// A frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Frame {
    /// What it is used for.
    pub state: FrameState,
    /// Whose page, if any: its first mapping.
    pub page: Option<PageId>,
    /// The swap slot that holds, or will hold, the same as the frame.
    pub slot: Option<u32>,
    /// Whether the page is dirty beyond what its entry says: its copy in swap was given up.
    pub dirty: bool,
    /// The slot that its page is being written to while it stays.
    pub cleaning: Option<u32>,
}

impl Frame {
    const FREE: Frame =
        Frame { state: FrameState::Free, page: None, slot: None, dirty: false, cleaning: None };
}

impl Frames {
    pub(crate) fn new(total: u32) -> Frames {
        Frames { total, touched: Vec::new(), free: Vec::new(), returned: 0 }
    }

    /// How many there are.
    pub fn total(&self) -> u32 {
        self.total
    }

    /// How many are free.
    pub fn free(&self) -> u32 {
        self.returned + (self.total - self.touched.len() as u32)
    }

    /// A frame.
    pub fn get(&self, frame: FrameId) -> &Frame {
        self.touched.get(frame.index()).unwrap_or(&Frame::FREE)
    }

    /// The frames that have ever been used, by number.
    pub fn touched(&self) -> impl Iterator<Item = (FrameId, &Frame)> {
        self.touched.iter().enumerate().map(|(place, frame)| (FrameId::from_index(place), frame))
    }

    /// How many hold pages of an address space, those in transit included.
    pub fn held(&self, space: SpaceId) -> u32 {
        let is_its = |frame: &&Frame| frame.page.is_some_and(|page| page.space == space);
        self.touched.iter().filter(is_its).count() as u32
    }

    pub(crate) fn get_mut(&mut self, frame: FrameId) -> &mut Frame {
        &mut self.touched[frame.index()]
    }

    /// Takes the lowest free frame.
    pub(crate) fn take(&mut self, state: FrameState, page: PageId, slot: Option<u32>) -> Option<FrameId> {
        let taken = Frame { state, page: Some(page), slot, ..Frame::FREE };
        if self.returned > 0 {
            let word = self.free.iter().position(|word| *word != 0)?;
            let bit = self.free[word].trailing_zeros() as usize;
            self.free[word] &= !(1 << bit);
            self.returned -= 1;
            self.touched[word * 64 + bit] = taken;
            return Some(FrameId::from_index(word * 64 + bit));
        }
        if self.touched.len() == self.total as usize {
            return None;
        }
        self.touched.push(taken);
        self.free.resize(self.touched.len().div_ceil(64), 0);
        Some(FrameId::from_index(self.touched.len() - 1))
    }

    /// Gives a frame back.
    pub(crate) fn release(&mut self, frame: FrameId) {
        self.touched[frame.index()] = Frame::FREE;
        self.free[frame.index() / 64] |= 1 << (frame.index() % 64);
        self.returned += 1;
    }

    /// The memory that a clone takes, in bytes.
    pub(crate) fn footprint(&self) -> usize {
        self.touched.len() * size_of::<Frame>() + self.free.len() * size_of::<u64>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{SpaceId, Vpn};

    #[test]
    fn the_lowest_free_frame_goes_first_and_the_untouched_cost_nothing() {
        let page = PageId { space: SpaceId::new(0), vpn: Vpn(0) };
        let mut frames = Frames::new(1 << 22);
        let take = |frames: &mut Frames| frames.take(FrameState::InUse, page, None).map(|it| it.get());
        let taken: Vec<_> = (0..70).filter_map(|_| take(&mut frames)).collect();
        assert_eq!(taken, (0..70).collect::<Vec<u32>>());
        for frame in [69, 3, 64] {
            frames.release(FrameId::new(frame));
        }
        assert_eq!(frames.free(), (1 << 22) - 67);
        assert_eq!([(); 4].map(|()| take(&mut frames)), [Some(3), Some(64), Some(69), Some(70)]);
        assert!(frames.footprint() < 4_000);
    }
}
