//! What the kernel asks of a replacement policy.

use super::{Bits, Candidate, Choice, NextUse};
use crate::ids::{FrameId, PageId, SpaceId};

/// The questions that a policy answers. The defaults are those of a policy that remembers no page once it has
/// left and does nothing by the number of references.
pub(super) trait Replacer {
    /// A page is wanted that is in no frame.
    fn missed(&mut self, _: PageId) {}

    /// A page has come into a frame, which counts as its first reference. Says whether something is due.
    fn loaded(&mut self, frame: FrameId, page: PageId, next: NextUse) -> bool;

    /// A page is used. Says whether something is due.
    fn touched(&mut self, _: FrameId, _: NextUse) -> bool {
        false
    }

    /// Does what is due, and names a page that is to leave although nobody needs its frame.
    fn periodic(&mut self, _: &mut impl Bits) -> Option<Choice> {
        None
    }

    /// The page that is to leave: the head of `rank`.
    fn victim(&mut self, bits: &mut impl Bits) -> Option<Choice>;

    /// Every page that could leave, with its key, in the order in which they would.
    fn rank(&self, bits: &impl Bits) -> Vec<Candidate>;

    /// A page has left its frame to make room.
    fn evicted(&mut self, frame: FrameId, _: PageId) {
        self.freed(frame);
    }

    /// A page has left its frame for good.
    fn freed(&mut self, frame: FrameId);

    /// An address space is gone.
    fn forget(&mut self, _: SpaceId) {}

    /// Roughly the memory it takes, in bytes.
    fn footprint(&self) -> usize;
}
