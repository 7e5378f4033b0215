//! The two shapes of a ready queue: a list in the order of arrival, and a heap by key. Both find, add and remove
//! any task without searching, and both are flat, so that a checkpoint copies them in one go.

use crate::ids::{Seq, TaskId};

/// A place in a [`List`], kept per task.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
struct Node {
    before: Option<TaskId>,
    after: Option<TaskId>,
    stamp: Seq,
    /// Which of the lists, from 1; 0 for none.
    list: u8,
}

/// The ends of one list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
struct Ends {
    first: Option<TaskId>,
    last: Option<TaskId>,
    len: u32,
}

/// Several first-in-first-out lists over the same tasks; a task is in one of them at most.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Lists {
    nodes: Vec<Node>,
    ends: Vec<Ends>,
}

impl Lists {
    /// So many empty lists.
    pub fn new(lists: u8) -> Lists {
        Lists { nodes: Vec::new(), ends: vec![Ends::default(); usize::from(lists)] }
    }

    /// Makes room for a task.
    pub fn admit(&mut self, task: TaskId) {
        if self.nodes.len() <= task.index() {
            self.nodes.resize(task.index() + 1, Node::default());
        }
    }

    /// Puts a task behind the last one.
    pub fn push_back(&mut self, list: u8, task: TaskId, stamp: Seq) {
        self.insert(list, task, stamp, None);
    }

    /// Puts a task before the first one.
    pub fn push_front(&mut self, list: u8, task: TaskId, stamp: Seq) {
        self.insert(list, task, stamp, self.first(list));
    }

    /// Puts a task before another one of that list, or behind the last.
    pub fn insert(&mut self, list: u8, task: TaskId, stamp: Seq, after: Option<TaskId>) {
        let ends = &mut self.ends[usize::from(list)];
        let before = match after {
            Some(after) => self.nodes[after.index()].before,
            None => ends.last,
        };
        match before {
            Some(before) => self.nodes[before.index()].after = Some(task),
            None => ends.first = Some(task),
        }
        match after {
            Some(after) => self.nodes[after.index()].before = Some(task),
            None => ends.last = Some(task),
        }
        ends.len += 1;
        self.nodes[task.index()] = Node { before, after, stamp, list: list + 1 };
    }

    /// Takes a task out of whatever list it is in; says which.
    pub fn remove(&mut self, task: TaskId) -> Option<u8> {
        let node = *self.nodes.get(task.index())?;
        let list = node.list.checked_sub(1)?;
        let ends = &mut self.ends[usize::from(list)];
        match node.before {
            Some(before) => self.nodes[before.index()].after = node.after,
            None => ends.first = node.after,
        }
        match node.after {
            Some(after) => self.nodes[after.index()].before = node.before,
            None => ends.last = node.before,
        }
        ends.len -= 1;
        self.nodes[task.index()] = Node::default();
        Some(list)
    }

    /// The first task of a list.
    pub fn first(&self, list: u8) -> Option<TaskId> {
        self.ends[usize::from(list)].first
    }

    /// The task behind another one.
    pub fn after(&self, task: TaskId) -> Option<TaskId> {
        self.nodes[task.index()].after
    }

    /// The stamp with which a task was put in.
    pub fn stamp(&self, task: TaskId) -> Seq {
        self.nodes[task.index()].stamp
    }

    /// How many tasks a list holds.
    pub fn len(&self, list: u8) -> u32 {
        self.ends[usize::from(list)].len
    }

    /// Roughly the memory they take, in bytes.
    pub(crate) fn footprint(&self) -> usize {
        self.nodes.len() * size_of::<Node>() + self.ends.len() * size_of::<Ends>()
    }

    /// A list from first to last.
    pub fn iter(&self, list: u8) -> impl Iterator<Item = TaskId> + '_ {
        std::iter::successors(self.first(list), |task| self.after(*task))
    }
}

/// By what a [`Heap`] is ordered: the key, then the tie-breaker, then the lower id.
pub type HeapKey = (u64, u64);

/// A binary heap of tasks that knows where each of them is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Heap {
    items: Vec<(HeapKey, TaskId)>,
    /// The place of each task in `items`, from 1; 0 for none.
    places: Vec<u32>,
}

impl Heap {
    /// Makes room for a task.
    pub fn admit(&mut self, task: TaskId) {
        if self.places.len() <= task.index() {
            self.places.resize(task.index() + 1, 0);
        }
    }

    /// Puts a task in.
    ///
    /// # Panics
    /// When it is in already.
    pub fn push(&mut self, task: TaskId, key: HeapKey) {
        self.admit(task);
        assert!(self.places[task.index()] == 0, "{task:?} is in this heap already");
        self.items.push((key, task));
        self.rise(self.items.len() - 1);
    }

    /// The least task with its key.
    pub fn first(&self) -> Option<(TaskId, HeapKey)> {
        self.items.first().map(|&(key, task)| (task, key))
    }

    /// The least two: the second is one of those below the top.
    pub fn first_two(&self) -> impl Iterator<Item = (TaskId, HeapKey)> {
        let second = self.items.iter().skip(1).take(2).min();
        self.items.first().into_iter().chain(second).map(|&(key, task)| (task, key))
    }

    /// The key of a task that is in.
    pub fn key(&self, task: TaskId) -> Option<HeapKey> {
        let place = self.places.get(task.index())?.checked_sub(1)?;
        Some(self.items[place as usize].0)
    }

    /// Takes the least task out.
    pub fn pop(&mut self) -> Option<(TaskId, HeapKey)> {
        let first = self.first()?;
        self.remove(first.0);
        Some(first)
    }

    /// Takes a task out; says whether it was in.
    pub fn remove(&mut self, task: TaskId) -> bool {
        let Some(place) = self.places.get(task.index()).and_then(|place| place.checked_sub(1)) else {
            return false;
        };
        let place = place as usize;
        self.places[task.index()] = 0;
        self.items.swap_remove(place);
        if place < self.items.len() {
            self.rise(place);
            self.sink(place);
        }
        true
    }

    /// Everything that is in, from the least to the greatest.
    pub fn sorted(&self) -> Vec<(TaskId, HeapKey)> {
        let mut items = self.items.clone();
        items.sort_unstable();
        items.into_iter().map(|(key, task)| (task, key)).collect()
    }

    /// How many tasks are in.
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether no task is in.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// Roughly the memory it takes, in bytes.
    pub(crate) fn footprint(&self) -> usize {
        self.items.len() * size_of::<(HeapKey, TaskId)>() + self.places.len() * size_of::<u32>()
    }

    /// Lets the item at `place` rise to where it belongs, and notes its place.
    fn rise(&mut self, mut place: usize) {
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
        let task = self.items[place].1;
        self.places[task.index()] = u32::try_from(place + 1).unwrap_or(u32::MAX);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn task(n: u32) -> TaskId {
        TaskId::new(n)
    }

    #[test]
    fn a_list_keeps_its_order_whatever_is_taken_out() {
        let mut lists = Lists::new(2);
        for n in 0..5 {
            lists.admit(task(n));
            lists.push_back(0, task(n), Seq(u64::from(n)));
        }
        assert_eq!(lists.remove(task(2)), Some(0));
        lists.push_front(0, task(2), Seq(9));
        assert_eq!(lists.remove(task(4)), Some(0));
        lists.push_back(1, task(4), Seq(10));
        assert_eq!(lists.iter(0).collect::<Vec<_>>(), [2, 0, 1, 3].map(task));
        assert_eq!((lists.len(0), lists.len(1)), (4, 1));
        assert_eq!(lists.remove(task(7)), None);
    }

    proptest! {
        #[test]
        fn a_heap_behaves_as_a_sorted_list(moves in prop::collection::vec((0u32..20, 0u64..8, any::<bool>()), 0..200)) {
            let mut heap = Heap::default();
            let mut model: Vec<(HeapKey, TaskId)> = Vec::new();
            for (n, key, put) in moves {
                let id = task(n);
                if put && heap.key(id).is_none() {
                    heap.push(id, (key, 0));
                    model.push(((key, 0), id));
                } else {
                    prop_assert_eq!(heap.remove(id), model.iter().any(|item| item.1 == id));
                    model.retain(|item| item.1 != id);
                }
                model.sort_unstable();
                prop_assert_eq!(heap.first(), model.first().map(|item| (item.1, item.0)));
                let first_two: Vec<_> = model.iter().take(2).map(|item| (item.1, item.0)).collect();
                prop_assert_eq!(heap.first_two().collect::<Vec<_>>(), first_two);
            }
        }
    }
}
