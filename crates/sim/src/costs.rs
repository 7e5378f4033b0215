//! What the kernel's own work costs, in one record chosen by a preset and overridable field by field. What the use of
//! memory costs belongs to the same preset and stands with the memory, for a machine may have none.
//!
//! A piece of work of zero cost still happens and still counts; it just makes no segment on the CPU.

use serde::{Deserialize, Serialize};

use crate::mem::spec::MemoryCosts;
use crate::scenario::ForkCosts;
use crate::time::Nanos;

/// The costs of the machine's own work.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Costs {
    /// A change of mode: into the kernel and back. Charged whole at the entry, so that a call that blocks has
    /// paid for its return as well.
    pub mode_switch: Nanos,
    /// The handler of a timer interrupt, beside the change of mode.
    pub timer_handler: Nanos,
    /// A switch to a task of another address space.
    pub process_switch: Nanos,
    /// A switch to a task of the same address space, or to a kernel thread.
    pub thread_switch: Nanos,
}

/// A machine whose costs are known by a name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Preset {
    /// Nothing costs anything: the textbook's arithmetic comes out whole.
    #[default]
    Free,
    /// A round figure for memory and disk, the rest free.
    Textbook,
    /// The order of magnitude of a present-day x86 machine.
    Modern,
    /// The DEC Firefly of the scheduler-activations paper (Anderson et al., SOSP 1991).
    Firefly1991,
}

impl Preset {
    /// Every preset with its name in files, the default first.
    pub const ALL: [(&'static str, Preset); 4] = [
        ("free", Preset::Free),
        ("textbook", Preset::Textbook),
        ("modern", Preset::Modern),
        ("firefly_1991", Preset::Firefly1991),
    ];

    /// What its work costs.
    pub const fn costs(self) -> Costs {
        match self {
            Preset::Free | Preset::Textbook => Costs {
                mode_switch: Nanos::ZERO,
                timer_handler: Nanos::ZERO,
                process_switch: Nanos::ZERO,
                thread_switch: Nanos::ZERO,
            },
            Preset::Modern => Costs {
                mode_switch: Nanos(100),
                timer_handler: Nanos::from_micros(1),
                process_switch: Nanos::from_micros(2),
                thread_switch: Nanos::from_micros(1),
            },
            // The paper measured the trap; the switches are this model's estimates. It gives no figure for a
            // timer handler.
            Preset::Firefly1991 => Costs {
                mode_switch: Nanos::from_micros(19),
                timer_handler: Nanos::ZERO,
                process_switch: Nanos::from_micros(900),
                thread_switch: Nanos::from_micros(200),
            },
        }
    }

    /// What it costs to make a process.
    pub const fn fork_costs(self) -> ForkCosts {
        match self {
            Preset::Free | Preset::Textbook | Preset::Firefly1991 => ForkCosts {
                task: Nanos::ZERO,
                table: Nanos::ZERO,
                entry: Nanos::ZERO,
                flush: Nanos::ZERO,
                copy: Nanos::ZERO,
            },
            Preset::Modern => ForkCosts {
                task: Nanos::from_micros(50),
                table: Nanos(500),
                entry: Nanos(5),
                flush: Nanos::from_micros(1),
                copy: Nanos(500),
            },
        }
    }

    /// What the use of its memory and of its disk costs.
    pub const fn memory_costs(self) -> MemoryCosts {
        let free = MemoryCosts {
            access: Nanos::ZERO,
            tlb: Nanos::ZERO,
            trap: Nanos::ZERO,
            zero: Nanos::ZERO,
            shootdown: Nanos::ZERO,
            seek: Nanos::ZERO,
            transfer: Nanos::ZERO,
        };
        match self {
            // The paper on the Firefly gives no figures for memory.
            Preset::Free | Preset::Firefly1991 => free,
            Preset::Textbook => MemoryCosts { access: Nanos(100), seek: Nanos::from_millis(10), ..free },
            Preset::Modern => MemoryCosts {
                access: Nanos(100),
                tlb: Nanos::ZERO,
                trap: Nanos::from_micros(1),
                zero: Nanos(200),
                shootdown: Nanos::from_micros(2),
                seek: Nanos::from_millis(8),
                transfer: Nanos::from_micros(40),
            },
        }
    }
}
