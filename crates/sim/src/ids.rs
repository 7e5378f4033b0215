//! Names for things: every id is a newtype over a small integer, so that a task can never be taken for a CPU.
//!
//! Ids are dense: they index the tables that the machine keeps. They are stored off by one in a non-zero
//! integer, which makes `Option<TaskId>` as small as a `TaskId`; events carry many of those.

use std::fmt;
use std::num::{NonZeroU16, NonZeroU32};

use serde::{Deserialize, Serialize};

/// An id that indexes a table.
pub trait Dense: Copy + Ord + fmt::Debug {
    /// The place in its table.
    fn place(self) -> usize;
}

macro_rules! dense_id {
    ($(#[$doc:meta])* $name:ident, $nonzero:ty, $int:ty) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub struct $name($nonzero);

        impl $name {
            /// The id of the entry at `index` of its table.
            ///
            /// # Panics
            /// When the table is larger than validation ever lets it become.
            pub fn new(index: $int) -> Self {
                let Some(id) = index.checked_add(1).and_then(<$nonzero>::new) else {
                    panic!("{index} is past the last {}", stringify!($name))
                };
                Self(id)
            }

            /// The id of the entry at `index` of a table of this process.
            ///
            /// # Panics
            /// As [`Self::new`].
            pub fn from_index(index: usize) -> Self {
                let Ok(index) = <$int>::try_from(index) else {
                    panic!("{index} is past the last {}", stringify!($name))
                };
                Self::new(index)
            }

            /// The number itself, counted from 0.
            pub const fn get(self) -> $int {
                self.0.get() - 1
            }

            /// The place in its table.
            pub const fn index(self) -> usize {
                self.get() as usize
            }
        }

        impl Dense for $name {
            fn place(self) -> usize {
                self.index()
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.get())
            }
        }
    };
}

dense_id! {
    /// What the scheduler runs: its place in the scenario, then the order of creation.
    TaskId, NonZeroU32, u32
}
dense_id! {
    /// A processor.
    CpuId, NonZeroU16, u16
}
dense_id! {
    /// A device that tasks share, by its place in the scenario.
    DeviceId, NonZeroU16, u16
}
dense_id! {
    /// A page of physical memory.
    FrameId, NonZeroU32, u32
}
dense_id! {
    /// An address space, by the order of creation.
    SpaceId, NonZeroU32, u32
}

/// The number of a page in its address space: the virtual address without its offset.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Vpn(pub u64);

/// A page, wherever it is at the moment: in a frame, in swap, nowhere yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct PageId {
    /// The address space that it belongs to.
    pub space: SpaceId,
    /// Its number there.
    pub vpn: Vpn,
}

/// What a person calls a process by: 0 idle, 1 init, 2 kthreadd, kernel threads from 3, users from the
/// scenario's `first_pid`. Apart from [`TaskId`], which numbers the machine's own table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Pid(pub u32);

impl Pid {
    /// Runs when nothing else can.
    pub const IDLE: Pid = Pid(0);
    /// The parent of everything, and the reaper of orphans.
    pub const INIT: Pid = Pid(1);
    /// The parent of all kernel threads.
    pub const KTHREADD: Pid = Pid(2);
    /// The first kernel thread.
    pub const FIRST_KERNEL_THREAD: Pid = Pid(3);
}

/// The stamp of an insertion into a queue. "First in, first out" always means by ascending stamp.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Seq(pub u64);

impl Seq {
    /// Hands out this stamp and moves on to the next.
    pub fn take(&mut self) -> Seq {
        let taken = *self;
        self.0 += 1;
        taken
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_absent_id_takes_no_room() {
        assert_eq!(size_of::<Option<TaskId>>(), 4);
        assert_eq!(size_of::<Option<CpuId>>(), 2);
    }

    #[test]
    fn an_id_gives_back_its_number() {
        assert_eq!(TaskId::new(0).get(), 0);
        assert_eq!(TaskId::from_index(41).index(), 41);
    }
}
