//! What a task does: a list of operations.
//!
//! A program is written `cpu 30; io disk 10; repeat 3 { cpu 5; io 5 }`. The same short text stands in scenario
//! files, in links and in the editor. [`parse`] reads it and [`print`] writes it back (one inverts the other);
//! [`code`] flattens it into what the machine steps through. What programs do
//! with memory is in [`memory`], with other processes in [`process`].
//!
//! To add an operation: one variant here, one arm in the parser and the printer, one in [`code`], and one in
//! `kernel/execute.rs`. The compiler finds all but the parser's.

#[cfg(test)]
mod arbitrary;
pub mod code;
pub mod memory;
pub mod parse;
pub mod print;
pub mod process;

use std::num::NonZeroU32;

use serde::{Deserialize, Serialize};

use crate::event::syscall;
use crate::ids::DeviceId;
use crate::time::{Nanos, Time};
use memory::{Mapping, References};
use process::Relative;

/// A list of operations, carried out from first to last; after the last the task exits with status 0.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Program(pub Vec<Op>);

/// One thing that a program does.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Op {
    /// `cpu D`: compute for a time, in user mode.
    Cpu(Nanos),
    /// `io D` or `io disk D`: a blocking request to a device of the task's own, or to a shared one with a queue.
    Io {
        /// The shared device; none for one of the task's own.
        device: Option<DeviceId>,
        /// How long the device works on it.
        time: Nanos,
    },
    /// `sleep D`: block until the time has passed.
    Sleep(Nanos),
    /// `sleep until T`: block until an instant; at once over if that is past.
    SleepUntil(Time),
    /// `yield`: offer the CPU to the others (a system call).
    Yield,
    /// `exit` or `exit n`: end the task with a status.
    Exit(u8),
    /// `repeat n { … }`, or `repeat { … }` for ever.
    Repeat {
        /// How often; none means for ever.
        times: Option<NonZeroU32>,
        /// What.
        body: Vec<Op>,
    },
    /// `fork { … }`: make a child that carries out these and ends. `fork`: make one that goes on behind it, as the parent
    /// does.
    Fork(Option<Vec<Op>>),
    /// `wait`: for any child to end. `wait n`: for the nth that the process has forked.
    Wait(Option<NonZeroU32>),
    /// `kill n` or `kill parent`, with the name of a signal: send it to a relative.
    Kill {
        /// Whom.
        whom: Relative,
        /// Its number.
        signal: u8,
    },
    /// `syscall n`: a system call by its number, known to the kernel or not.
    Syscall(u32),
    /// `privileged NAME`: an instruction that is not allowed in user mode.
    Privileged(Privileged),
    /// `read A`, `write A`, `exec A`: references to memory.
    Access(References),
    /// `refs 0 1 2 …`: a reference string, reads of pages by number.
    Refs(Vec<u32>),
    /// `mmap NAME PAGES`: map a region (a system call).
    Mmap(Mapping),
    /// `munmap NAME`: take a region away (a system call).
    Munmap(String),
    /// `reclaim`: what the page daemon does, for ever: keep frames free. Only a thread of the kernel can.
    Reclaim,
}

impl Op {
    /// The CPU time that it takes in user mode by itself, where a reference that misses nothing takes so long.
    pub const fn cpu(&self, reference: Nanos) -> Nanos {
        match self {
            Op::Cpu(time) => *time,
            _ => reference.saturating_mul(self.references()),
        }
    }

    /// How many references to memory it makes.
    pub const fn references(&self) -> u64 {
        match self {
            Op::Access(references) => references.count(),
            Op::Refs(pages) => pages.len() as u64,
            _ => 0,
        }
    }

    /// Whether a CPU burst ends here: the task blocks or is no more.
    pub const fn ends_burst(&self) -> bool {
        match self {
            Op::Io { .. } | Op::Sleep(_) | Op::SleepUntil(_) | Op::Wait(_) | Op::Reclaim => true,
            _ => self.ends_task(),
        }
    }

    /// Whether nothing that follows is ever reached. A privileged instruction gets a user process killed.
    pub const fn ends_task(&self) -> bool {
        matches!(self, Op::Exit(_) | Op::Syscall(syscall::EXIT) | Op::Privileged(_) | Op::Reclaim)
    }
}

/// The instructions that only the kernel may execute (OSTEP 6.2, 6.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Privileged {
    /// Tell the hardware where the trap handlers are.
    SetTrapTable,
    /// Start or stop the timer interrupt.
    SetTimer,
    /// Raise the mode bit to kernel mode.
    SetMode,
    /// Point the CPU at another page table.
    SetPageTable,
    /// Mask interrupts.
    DisableInterrupts,
    /// Talk to a device directly.
    DeviceIo,
    /// Stop the CPU.
    Halt,
}

impl Privileged {
    /// Every one with the name that programs use.
    pub const ALL: [(&'static str, Privileged); 7] = [
        ("set_trap_table", Privileged::SetTrapTable),
        ("set_timer", Privileged::SetTimer),
        ("set_mode", Privileged::SetMode),
        ("set_page_table", Privileged::SetPageTable),
        ("disable_interrupts", Privileged::DisableInterrupts),
        ("device_io", Privileged::DeviceIo),
        ("halt", Privileged::Halt),
    ];
}

/// What a program's text refers to and does not contain itself.
#[derive(Clone, Copy, Debug)]
pub struct Names<'a> {
    /// What a bare number counts.
    pub unit: Nanos,
    /// The shared devices, in the order of their ids.
    pub devices: &'a [String],
}

/// Bounds on a program. Repetitions are never expanded in memory, so their number costs nothing.
pub mod limits {
    /// Operations written down in one program, at any depth.
    pub const OPERATIONS: usize = 10_000;
    /// Pages in one reference string.
    pub const LISTED: usize = 100_000;
    /// Repetitions and children's programs within one another.
    pub const NESTING: usize = 8;
}
