//! The rules that textbooks disagree about, each a named option with a default.
//!
//! Students' most frequent complaint about any simulator is a "wrong" answer that follows another book's rule.
//! So the scenario says which rule it plays by. To add a convention: one field here, one row in
//! [`crate::rules`], and one golden case that differs under it.

use serde::{Deserialize, Serialize};

/// Defines the options of one convention, first the default, with the names that files use.
macro_rules! options {
    ($(#[$doc:meta])* $name:ident {
        $(#[$fdoc:meta])* $first:ident = $ftext:literal $(, $(#[$vdoc:meta])* $variant:ident = $text:literal)+ $(,)?
    }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
        pub enum $name { #[default] $(#[$fdoc])* $first, $($(#[$vdoc])* $variant),+ }

        impl $name {
            /// Every option with its name, the default first.
            pub const ALL: &'static [(&'static str, $name)] = &[($ftext, $name::$first), $(($text, $name::$variant)),+];

            /// The name that files use.
            pub const fn name(self) -> &'static str {
                match self { $name::$first => $ftext, $($name::$variant => $text),+ }
            }

            /// The option of that name.
            pub fn from_name(name: &str) -> Option<Self> {
                Self::ALL.iter().find(|(text, _)| *text == name).map(|(_, option)| *option)
            }
        }
    };
}

/// The four phases of an instant whose order textbooks disagree about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Phase {
    /// Devices finish: blocked tasks become ready.
    Completions,
    /// New tasks arrive and sleepers wake.
    Arrivals,
    /// Slices end: running tasks become ready.
    Expiries,
    /// Boosts and aging.
    Periodic,
}

impl Phase {
    /// Every phase with its name in files.
    pub const ALL: [(&'static str, Phase); 4] = [
        ("completions", Phase::Completions),
        ("arrivals", Phase::Arrivals),
        ("expiries", Phase::Expiries),
        ("periodic", Phase::Periodic),
    ];
}

/// In which order things happen that are due at the same instant; completions that end the running task's own
/// operation always come first, and decisions always last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct InstantOrder(pub [Phase; 4]);

impl InstantOrder {
    /// A newcomer queues before a task whose slice ends at the same instant.
    pub const ARRIVALS_FIRST: InstantOrder =
        InstantOrder([Phase::Completions, Phase::Arrivals, Phase::Expiries, Phase::Periodic]);
    /// A task whose slice ends queues before a newcomer of the same instant.
    pub const PREEMPTED_FIRST: InstantOrder =
        InstantOrder([Phase::Expiries, Phase::Completions, Phase::Arrivals, Phase::Periodic]);
    /// The order of the textbook's `mlfq.py`.
    pub const OSTEP_MLFQ: InstantOrder =
        InstantOrder([Phase::Expiries, Phase::Periodic, Phase::Arrivals, Phase::Completions]);

    /// The orders that have a name, the default first.
    pub const NAMED: [(&'static str, InstantOrder); 3] = [
        ("arrivals_first", InstantOrder::ARRIVALS_FIRST),
        ("preempted_first", InstantOrder::PREEMPTED_FIRST),
        ("ostep_mlfq", InstantOrder::OSTEP_MLFQ),
    ];
}

impl Default for InstantOrder {
    fn default() -> Self {
        InstantOrder::ARRIVALS_FIRST
    }
}

options! {
    /// Which of two tasks with equal keys goes first; after that the lower id.
    Tie { /// The one that entered its queue first.
        Seq = "seq", /// The one that stands first in the scenario.
        List = "list", /// By name.
        Name = "name" }
}
options! {
    /// What a task's waiting time is.
    WaitingCounts { /// The time that it was ready and did not run.
        Ready = "ready", /// Turnaround less CPU time: also the time that it was blocked.
        NotRunning = "not_running" }
}
options! {
    /// Whose account pays for a context switch.
    SwitchChargedTo { /// The task that is switched in.
        Incoming = "incoming", /// The task that is switched out.
        Outgoing = "outgoing", /// Nobody: it is only drawn on the CPU.
        Nobody = "nobody" }
}
options! {
    /// Which end of the priority numbers is the best.
    PriorityBest { /// 0 is the best.
        Lowest = "lowest", /// The largest number is the best.
        Highest = "highest" }
}
options! {
    /// Whether a task that wakes up may take the CPU at once.
    WakeupPreempts { /// As the policy has it.
        Policy = "policy", /// Never: it waits until the running task leaves the CPU.
        Never = "never", /// Also where the policy alone would not look.
        AlwaysChecks = "always_checks" }
}
options! {
    /// Where in its queue a task comes back from I/O.
    IoReturn { /// Behind the others.
        Tail = "tail", /// Before the others.
        Head = "head" }
}
options! {
    /// Whether a task that comes back from I/O to the head of its queue displaces a running task of the same level.
    IoReturnPreemptsEqual { /// It waits.
        No = "false", /// It does, and the running task goes behind it with the rest of its slice.
        Yes = "true" }
}
options! {
    /// When a task has used up its time at a level of a multi-level feedback queue (OSTEP 8.4).
    MlfqRule4 { /// All its time at the level counts, in however many pieces (the better accounting).
        Accounting = "accounting", /// Only whole slices count; giving up the CPU early starts afresh (rules 4a, 4b).
        PerSlice = "per_slice" }
}
options! {
    /// In which order a boost gathers the waiting tasks of the lower levels.
    BoostGather { /// From the second level down.
        TopDown = "top_down", /// From the lowest level up.
        BottomUp = "bottom_up" }
}
options! {
    /// What a boost does with the running task.
    BoostRunning { /// It keeps the CPU, with a fresh quantum.
        KeepsCpu = "keeps_cpu", /// It is gathered with the others, as the head of its queue.
        Requeued = "requeued" }
}
options! {
    /// Who runs when a newcomer needs exactly as long as the running task still does.
    StcfTie { /// The running task keeps the CPU.
        Running = "running", /// The task that became ready at this instant takes it.
        Newcomer = "newcomer" }
}
options! {
    /// What "the shortest job" measures.
    SjfLength { /// The next CPU burst: each burst counts as a job of its own.
        Burst = "burst", /// All the CPU time that the task still needs.
        Job = "job" }
}
options! {
    /// Whether loading a page counts as its first use.
    RefOnLoad { /// The access that completes the fault sets the accessed bit.
        Set = "set", /// It leaves the bit clear and the TLB empty, so that the page's next use sets it (as libCacheSim counts).
        Clear = "clear" }
}
options! {
    /// Which of several pages leaves under OPT when none of them is ever used again. The faults are the same.
    OptTie { /// The one that was loaded last: the figures of OSTEP.
        LastLoaded = "last_loaded", /// The one that was loaded first.
        FirstLoaded = "first_loaded", /// The one with the smallest number: only so more frames never hold less.
        SmallestPage = "smallest_page" }
}

options! {
    /// Whose children those of a process become that ends before them.
    Orphans { /// Init's, as in Unix: the children alone; theirs stay with them.
        ToInit = "to_init", /// Those of its own parent, behind the others.
        ToGrandparent = "to_grandparent", /// All its descendants become children of the first process of the family (`fork.py`).
        FlattenToRoot = "flatten_to_root" }
}
options! {
    /// Whether a process may end that has children.
    ExitWithChildren { /// It may, and leaves orphans.
        Orphans = "orphans", /// Its `exit` fails and changes nothing (`fork.py -L`).
        Refused = "refused" }
}
options! {
    /// Who goes on after a fork, on the CPU that made the child.
    ForkOrder { /// The parent; the child is ready.
        ParentFirst = "parent_first", /// The child takes the CPU, and the parent is ready.
        ChildFirst = "child_first" }
}

/// Every convention that a scenario chooses.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Conventions {
    /// See [`InstantOrder`].
    pub instant_order: InstantOrder,
    /// See [`Tie`].
    pub tie: Tie,
    /// See [`WaitingCounts`].
    pub waiting_counts: WaitingCounts,
    /// See [`SwitchChargedTo`].
    pub switch_charged_to: SwitchChargedTo,
    /// See [`PriorityBest`].
    pub priority_best: PriorityBest,
    /// See [`WakeupPreempts`].
    pub wakeup_preempts: WakeupPreempts,
    /// See [`IoReturn`].
    pub io_return: IoReturn,
    /// See [`IoReturnPreemptsEqual`].
    pub io_return_preempts_equal: IoReturnPreemptsEqual,
    /// See [`MlfqRule4`].
    pub mlfq_rule4: MlfqRule4,
    /// See [`BoostGather`].
    pub boost_gather: BoostGather,
    /// See [`BoostRunning`].
    pub boost_running: BoostRunning,
    /// See [`StcfTie`].
    pub stcf_tie: StcfTie,
    /// See [`SjfLength`].
    pub sjf_length: SjfLength,
    /// See [`RefOnLoad`].
    pub ref_on_load: RefOnLoad,
    /// See [`OptTie`].
    pub opt_tie: OptTie,
    /// See [`Orphans`].
    pub orphans: Orphans,
    /// See [`ExitWithChildren`].
    pub exit_with_children: ExitWithChildren,
    /// See [`ForkOrder`].
    pub fork_order: ForkOrder,
}

options! {
    /// A set of conventions under one name.
    Profile { /// What most textbooks do.
        Textbook = "textbook", /// What the programs that accompany OSTEP do.
        Ostep = "ostep", /// What Linux does, as far as these conventions describe it.
        Linux = "linux" }
}

impl Profile {
    /// The conventions of this profile. `mlfq` says whether the policy is a multi-level feedback queue: the
    /// order inside an instant of `mlfq.py` belongs to that program alone.
    pub fn conventions(self, mlfq: bool) -> Conventions {
        let textbook = Conventions::default();
        match self {
            Profile::Textbook => textbook,
            Profile::Ostep => Conventions {
                instant_order: if mlfq { InstantOrder::OSTEP_MLFQ } else { InstantOrder::ARRIVALS_FIRST },
                tie: Tie::List,
                waiting_counts: WaitingCounts::NotRunning,
                switch_charged_to: SwitchChargedTo::Nobody,
                boost_gather: BoostGather::BottomUp,
                boost_running: BoostRunning::Requeued,
                stcf_tie: StcfTie::Newcomer,
                orphans: Orphans::FlattenToRoot,
                ..textbook
            },
            Profile::Linux => Conventions {
                switch_charged_to: SwitchChargedTo::Outgoing,
                ref_on_load: RefOnLoad::Clear,
                ..textbook
            },
        }
    }
}
