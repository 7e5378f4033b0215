//! Lists of frames, linked through one table, so that a touch moves a frame without searching and a checkpoint
//! copies all of them in one go.

use crate::ids::FrameId;

/// A place in a list. A frame in no list is all zeros.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
struct Node {
    before: u32,
    after: u32,
    /// The stamp with which it was put where it is, and in the lowest byte the list, counted from 1. One word,
    /// so that a node is 16 bytes and a touch costs one store.
    mark: u64,
}

/// `N` lists over the same frames; a frame is in one of them at most.
///
/// The first `N` nodes belong to the lists themselves: such a node stands before the first frame and behind the
/// last, which closes the ring and spares every link its end cases.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Lists<const N: usize> {
    nodes: Vec<Node>,
    lens: [u32; N],
}

impl<const N: usize> Default for Lists<N> {
    fn default() -> Self {
        let ring = |list| Node { before: list, after: list, mark: 0 };
        Lists { nodes: (0..N as u32).map(ring).collect(), lens: [0; N] }
    }
}

impl<const N: usize> Lists<N> {
    /// Puts a frame behind the last one.
    ///
    /// # Panics
    /// When it is in a list already.
    pub(super) fn push_back(&mut self, list: u8, frame: FrameId, stamp: u64) {
        let at = place(N, frame);
        if self.nodes.len() <= at {
            self.nodes.resize(at + 1, Node::default());
        }
        assert!(self.nodes[at].mark == 0, "{frame:?} is in a list already");
        let head = u32::from(list);
        let last = std::mem::replace(&mut self.nodes[usize::from(list)].before, at as u32);
        self.nodes[last as usize].after = at as u32;
        self.nodes[at] = Node { before: last, after: head, mark: mark(list, stamp) };
        self.lens[usize::from(list)] += 1;
    }

    /// Takes a frame out of the list that it is in; says which.
    pub(super) fn remove(&mut self, frame: FrameId) -> Option<u8> {
        let list = self.list_of(frame)?;
        let node = std::mem::take(&mut self.nodes[place(N, frame)]);
        self.nodes[node.before as usize].after = node.after;
        self.nodes[node.after as usize].before = node.before;
        self.lens[usize::from(list)] -= 1;
        Some(list)
    }

    /// Moves a frame of this list behind its last and stamps it anew.
    pub(super) fn touch(&mut self, list: u8, frame: FrameId, stamp: u64) {
        let at = place(N, frame);
        let Node { before, after, .. } = self.nodes[at];
        let head = u32::from(list);
        if after != head {
            self.nodes[before as usize].after = after;
            self.nodes[after as usize].before = before;
            let last = std::mem::replace(&mut self.nodes[usize::from(list)].before, at as u32);
            self.nodes[last as usize].after = at as u32;
            self.nodes[at] = Node { before: last, after: head, mark: mark(list, stamp) };
        } else {
            self.nodes[at].mark = mark(list, stamp);
        }
    }

    /// Which list a frame is in.
    pub(super) fn list_of(&self, frame: FrameId) -> Option<u8> {
        (self.nodes.get(place(N, frame))?.mark as u8).checked_sub(1)
    }

    /// The stamp with which a frame was put where it is.
    pub(super) fn stamp(&self, frame: FrameId) -> u64 {
        self.nodes[place(N, frame)].mark >> 8
    }

    /// How many frames a list holds.
    pub(super) fn len(&self, list: u8) -> u32 {
        self.lens[usize::from(list)]
    }

    /// A list from its first frame to its last.
    pub(super) fn iter(&self, list: u8) -> impl Iterator<Item = FrameId> + '_ {
        self.walk(list, |node| node.after)
    }

    /// A list from its last frame to its first.
    pub(super) fn iter_back(&self, list: u8) -> impl Iterator<Item = FrameId> + '_ {
        self.walk(list, |node| node.before)
    }

    /// Roughly the memory they take, in bytes.
    pub(super) fn footprint(&self) -> usize {
        size_of_val(self.nodes.as_slice())
    }

    fn walk(&self, list: u8, next: fn(&Node) -> u32) -> impl Iterator<Item = FrameId> + '_ {
        let mut at = usize::from(list);
        std::iter::from_fn(move || {
            at = next(&self.nodes[at]) as usize;
            at.checked_sub(N).map(FrameId::from_index)
        })
    }
}

fn place(lists: usize, frame: FrameId) -> usize {
    frame.index() + lists
}

fn mark(list: u8, stamp: u64) -> u64 {
    stamp << 8 | u64::from(list + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn frame(n: u32) -> FrameId {
        FrameId::new(n)
    }

    #[test]
    fn a_node_is_sixteen_bytes() {
        assert_eq!(size_of::<Node>(), 16);
    }

    proptest! {
        #[test]
        fn lists_behave_as_vectors(moves in prop::collection::vec((0u32..12, 0u8..3, 0u8..4), 0..200)) {
            let mut lists = Lists::<3>::default();
            let mut model: [Vec<FrameId>; 3] = Default::default();
            for (stamp, (n, list, what)) in (0..).zip(moves) {
                let frame = frame(n);
                let held = model.iter().position(|list| list.contains(&frame));
                prop_assert_eq!(lists.list_of(frame).map(usize::from), held);
                match held {
                    None => {
                        lists.push_back(list, frame, stamp);
                        model[usize::from(list)].push(frame);
                    }
                    Some(held) => {
                        model[held].retain(|other| *other != frame);
                        if what == 0 {
                            prop_assert_eq!(lists.remove(frame).map(usize::from), Some(held));
                        } else {
                            lists.touch(held as u8, frame, stamp);
                            prop_assert_eq!(lists.stamp(frame), stamp);
                            model[held].push(frame);
                        }
                    }
                }
                for (list, model) in (0..).zip(&model) {
                    prop_assert_eq!(&lists.iter(list).collect::<Vec<_>>(), model);
                    let back: Vec<_> = model.iter().rev().copied().collect();
                    prop_assert_eq!(lists.len(list) as usize, model.len());
                    prop_assert_eq!(lists.iter_back(list).collect::<Vec<_>>(), back);
                }
            }
        }
    }
}
