//! A heap of frames that knows where each of them is, so that any frame's key can change without searching.

use crate::ids::FrameId;

/// A binary heap, the least key on top.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Heap<K> {
    items: Vec<(K, FrameId)>,
    /// The place of each frame in `items`, from 1; 0 for none.
    places: Vec<u32>,
}

impl<K> Default for Heap<K> {
    fn default() -> Self {
        Heap { items: Vec::new(), places: Vec::new() }
    }
}

impl<K: Copy + Ord> Heap<K> {
    /// Puts a frame in.
    ///
    /// # Panics
    /// When it is in already.
    pub(super) fn push(&mut self, frame: FrameId, key: K) {
        if self.places.len() <= frame.index() {
            self.places.resize(frame.index() + 1, 0);
        }
        assert!(self.places[frame.index()] == 0, "{frame:?} is in this heap already");
        self.items.push((key, frame));
        self.rise(self.items.len() - 1);
    }

    /// The least frame with its key.
    pub(super) fn first(&self) -> Option<(FrameId, K)> {
        self.items.first().map(|&(key, frame)| (frame, key))
    }

    /// Changes the key of a frame that is in.
    pub(super) fn update(&mut self, frame: FrameId, change: impl FnOnce(&mut K)) {
        let Some(place) = self.place(frame) else { return };
        change(&mut self.items[place].0);
        let place = self.rise(place);
        self.sink(place);
    }

    /// Takes a frame out.
    pub(super) fn remove(&mut self, frame: FrameId) {
        let Some(place) = self.place(frame) else { return };
        self.places[frame.index()] = 0;
        self.items.swap_remove(place);
        if place < self.items.len() {
            let place = self.rise(place);
            self.sink(place);
        }
    }

    /// The frames from the least on, as far as they are asked for: what is next is always right below something
    /// that has been given.
    pub(super) fn ascending(&self) -> impl Iterator<Item = (FrameId, K)> + '_ {
        let mut edge: Vec<usize> = (0..self.items.len().min(1)).collect();
        std::iter::from_fn(move || {
            let (at, place) = edge.iter().copied().enumerate().min_by_key(|(_, place)| self.items[*place])?;
            edge.swap_remove(at);
            edge.extend((2 * place + 1..2 * place + 3).filter(|below| *below < self.items.len()));
            let (key, frame) = self.items[place];
            Some((frame, key))
        })
    }

    /// Everything that is in, from the least to the greatest.
    pub(super) fn sorted(&self) -> impl Iterator<Item = (FrameId, K)> {
        let mut items = self.items.clone();
        items.sort_unstable();
        items.into_iter().map(|(key, frame)| (frame, key))
    }

    /// Roughly the memory it takes, in bytes.
    pub(super) fn footprint(&self) -> usize {
        size_of_val(self.items.as_slice()) + size_of_val(self.places.as_slice())
    }

    fn place(&self, frame: FrameId) -> Option<usize> {
        Some(self.places.get(frame.index())?.checked_sub(1)? as usize)
    }

    /// Lets the item at `place` rise to where it belongs, notes its place and says it.
    fn rise(&mut self, mut place: usize) -> usize {
        while place > 0 {
            let parent = (place - 1) / 2;
            if self.items[parent] <= self.items[place] {
                break;
            }
            self.items.swap(parent, place);
            self.note(place);
            place = parent;
        }
        self.note(place);
        place
    }

    /// Lets the item at `place` sink to where it belongs.
    fn sink(&mut self, mut place: usize) {
        loop {
            let children = 2 * place + 1..(2 * place + 3).min(self.items.len());
            let Some(least) = children.min_by_key(|&child| self.items[child]) else { break };
            if self.items[place] <= self.items[least] {
                break;
            }
            self.items.swap(place, least);
            self.note(place);
            place = least;
        }
        self.note(place);
    }

    fn note(&mut self, place: usize) {
        self.places[self.items[place].1.index()] = place as u32 + 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_heap_behaves_as_a_sorted_vector(moves in prop::collection::vec((0u32..20, 0u64..8, any::<bool>()), 0..200)) {
            let mut heap = Heap::default();
            let mut model: Vec<(u64, FrameId)> = Vec::new();
            for (n, key, put) in moves {
                let frame = FrameId::new(n);
                let held = model.iter_mut().find(|item| item.1 == frame);
                match held {
                    None => {
                        heap.push(frame, key);
                        model.push((key, frame));
                    }
                    Some(held) if put => {
                        heap.update(frame, |held| *held = key);
                        held.0 = key;
                    }
                    Some(_) => {
                        heap.remove(frame);
                        model.retain(|item| item.1 != frame);
                    }
                }
                model.sort_unstable();
                let expected: Vec<_> = model.iter().map(|&(key, frame)| (frame, key)).collect();
                prop_assert_eq!(heap.first(), expected.first().copied());
                prop_assert_eq!(&heap.ascending().collect::<Vec<_>>(), &expected);
                prop_assert_eq!(heap.sorted().collect::<Vec<_>>(), expected);
            }
        }
    }
}
