//! The two shapes of a ready queue: a list in the order of arrival, and a [heap](crate::heap) by key. Both find, add
//! and remove any task without searching, and both are flat, so that a checkpoint copies them in one go.

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

/// By what a ready queue is ordered: the key, then the tie-breaker. The lower id comes last of all.
pub type HeapKey = (u64, u64);

/// A heap of tasks.
pub type Heap = crate::heap::Heap<HeapKey, TaskId>;

#[cfg(test)]
mod tests {
    use super::*;

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
}
