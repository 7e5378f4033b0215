//! A heap that knows where each of its items is: tasks by their ready key, requests by the time they are done, frames
//! by their last use. Any item is found, changed and taken out without searching, and both halves are flat, so that a
//! checkpoint copies them in one go.

use crate::ids::Dense;

/// A binary heap of ids, the least key on top; of equal keys the lower id.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Heap<K, I> {
    items: Vec<(K, I)>,
    /// The place of each id in `items`, from 1; 0 for none.
    places: Vec<u32>,
}

impl<K, I> Default for Heap<K, I> {
    fn default() -> Self {
        Heap { items: Vec::new(), places: Vec::new() }
    }
}

impl<K: Copy + Ord, I: Dense> Heap<K, I> {
    /// Makes room for an id.
    pub fn admit(&mut self, id: I) {
        if self.places.len() <= id.place() {
            self.places.resize(id.place() + 1, 0);
        }
    }

    /// Puts an id in.
    ///
    /// # Panics
    /// When it is in already.
    pub fn push(&mut self, id: I, key: K) {
        self.admit(id);
        assert!(self.places[id.place()] == 0, "{id:?} is in this heap already");
        self.items.push((key, id));
        self.rise(self.items.len() - 1);
    }

    /// The least id with its key.
    pub fn first(&self) -> Option<(I, K)> {
        self.items.first().map(|&(key, id)| (id, key))
    }

    /// The least two: the second is one of those below the top.
    pub fn first_two(&self) -> impl Iterator<Item = (I, K)> {
        let second = self.items.iter().skip(1).take(2).min();
        self.items.first().into_iter().chain(second).map(|&(key, id)| (id, key))
    }

    /// The key of an id that is in.
    pub fn key(&self, id: I) -> Option<K> {
        self.place(id).map(|place| self.items[place].0)
    }

    /// Changes the key of an id that is in.
    pub fn update(&mut self, id: I, change: impl FnOnce(&mut K)) {
        let Some(place) = self.place(id) else { return };
        change(&mut self.items[place].0);
        self.settle(place);
    }

    /// Takes the least id out.
    pub fn pop(&mut self) -> Option<(I, K)> {
        let first = self.first()?;
        self.remove(first.0);
        Some(first)
    }

    /// Takes an id out; says whether it was in.
    pub fn remove(&mut self, id: I) -> bool {
        let Some(place) = self.place(id) else { return false };
        self.places[id.place()] = 0;
        self.items.swap_remove(place);
        if place < self.items.len() {
            self.settle(place);
        }
        true
    }

    /// What is in, from the least on, as far as it is asked for: what is next is always right below something that has
    /// been given.
    pub fn ascending(&self) -> impl Iterator<Item = (I, K)> + '_ {
        let mut edge: Vec<usize> = (0..self.items.len().min(1)).collect();
        std::iter::from_fn(move || {
            let (at, place) = edge.iter().copied().enumerate().min_by_key(|(_, place)| self.items[*place])?;
            edge.swap_remove(at);
            edge.extend((2 * place + 1..2 * place + 3).filter(|below| *below < self.items.len()));
            let (key, id) = self.items[place];
            Some((id, key))
        })
    }

    /// Everything that is in, from the least to the greatest.
    pub fn sorted(&self) -> impl Iterator<Item = (I, K)> + use<K, I> {
        let mut items = self.items.clone();
        items.sort_unstable();
        items.into_iter().map(|(key, id)| (id, key))
    }

    /// Roughly the memory it takes, in bytes.
    pub(crate) fn footprint(&self) -> usize {
        size_of_val(self.items.as_slice()) + size_of_val(self.places.as_slice())
    }

    fn place(&self, id: I) -> Option<usize> {
        Some(self.places.get(id.place())?.checked_sub(1)? as usize)
    }

    /// Lets the item at `place` go to where it belongs.
    fn settle(&mut self, place: usize) {
        let place = self.rise(place);
        self.sink(place);
    }

    /// Lets the item at `place` rise to where it belongs, and says where that is.
    fn rise(&mut self, mut place: usize) -> usize {
        let item = self.items[place];
        while place > 0 {
            let parent = (place - 1) / 2;
            let above = self.items[parent];
            if above <= item {
                break;
            }
            self.put(place, above);
            place = parent;
        }
        self.put(place, item);
        place
    }

    /// Lets the item at `place` sink to where it belongs.
    fn sink(&mut self, mut place: usize) {
        let item = self.items[place];
        while let Some(&left) = self.items.get(2 * place + 1) {
            let (least, below) = match self.items.get(2 * place + 2) {
                Some(&right) if right < left => (2 * place + 2, right),
                _ => (2 * place + 1, left),
            };
            if item <= below {
                break;
            }
            self.put(place, below);
            place = least;
        }
        self.put(place, item);
    }

    /// Puts an item where it belongs for now, and notes its place.
    fn put(&mut self, place: usize, item: (K, I)) {
        self.items[place] = item;
        self.places[item.1.place()] = place as u32 + 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::FrameId;
    use proptest::prelude::*;

    /// What is done with an id: put in or changed, or taken out.
    #[derive(Clone, Copy, Debug)]
    enum Move {
        Put(u64),
        Take,
        Pop,
    }

    fn moves() -> impl Strategy<Value = Vec<(u32, Move)>> {
        let put = (0_u64..8).prop_map(Move::Put);
        prop::collection::vec(
            (0_u32..20, prop_oneof![3 => put, 1 => Just(Move::Take), 1 => Just(Move::Pop)]),
            0..200,
        )
    }

    proptest! {
        #[test]
        fn a_heap_behaves_as_a_sorted_vector(moves in moves()) {
            let mut heap = Heap::default();
            let mut model: Vec<(u64, FrameId)> = Vec::new();
            for (n, what) in moves {
                let id = FrameId::new(n);
                let held = model.iter_mut().find(|item| item.1 == id);
                match (what, held) {
                    (Move::Put(key), None) => {
                        heap.push(id, key);
                        model.push((key, id));
                    }
                    (Move::Put(key), Some(held)) => {
                        heap.update(id, |held| *held = key);
                        held.0 = key;
                    }
                    (Move::Take, held) => {
                        prop_assert_eq!(heap.remove(id), held.is_some());
                        model.retain(|item| item.1 != id);
                    }
                    (Move::Pop, _) => {
                        prop_assert_eq!(heap.pop(), model.first().map(|&(key, id)| (id, key)));
                        model = model.split_off(model.len().min(1));
                    }
                }
                model.sort_unstable();
                let expected: Vec<_> = model.iter().map(|&(key, id)| (id, key)).collect();
                prop_assert_eq!(heap.first(), expected.first().copied());
                prop_assert_eq!(heap.first_two().collect::<Vec<_>>(), &expected[..expected.len().min(2)]);
                prop_assert_eq!(heap.key(id), model.iter().find(|item| item.1 == id).map(|item| item.0));
                prop_assert_eq!(&heap.ascending().collect::<Vec<_>>(), &expected);
                prop_assert_eq!(heap.sorted().collect::<Vec<_>>(), expected);
            }
        }
    }
}
