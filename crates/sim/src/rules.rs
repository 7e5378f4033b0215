//! The registry of rules: every rule that the machine plays by, one row each.
//!
//! A row has a stable id, where the rule comes from, and, for a convention, its options. The texts stand in the
//! page's catalogue under the same id. Events carry the id of the rule that decided, each row has a test that
//! bears its id, and the rules panel, the narration and the accuracy page are made from these rows, so that what
//! a student reads is what was run and what was tested. What the model leaves out on purpose is a row too.

use serde::{Deserialize, Serialize};

use crate::reason::KeyKind;

/// One rule.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// Which.
    pub id: RuleId,
    /// Its stable name: `sched.tie`.
    pub name: &'static str,
    /// Whether scenarios choose, and among what.
    pub kind: RuleKind,
    /// What its keys measure, where it compares some.
    pub key: KeyKind,
    /// Where a reader may check it.
    pub source: &'static str,
}

/// What sort of rule it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RuleKind {
    /// Always the same.
    Fixed,
    /// The scenario chooses by this field of its `rules`.
    Convention(&'static str),
    /// Something real that the model leaves out on purpose.
    LeftOut,
}

macro_rules! rules {
    ($($(#[$doc:meta])* $id:ident $name:literal $kind:expr, $key:ident, $source:literal;)+) => {
        /// The rules by name. The order never changes meaning: files and links use the names.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum RuleId { $($(#[$doc])* $id),+ }

        /// Every rule, in the order in which the rules panel shows them.
        pub const RULES: &[Rule] = &[$(Rule {
            id: RuleId::$id, name: $name, kind: $kind, key: KeyKind::$key, source: $source,
        }),+];
    };
}

use RuleKind::{Convention, Fixed, LeftOut};

rules! {
    /// The order of things that are due at one instant.
    InstantOrder "instant.order" Convention("instant_order"), Nothing, "OSTEP 7.7; mlfq.py";
    /// Equal keys.
    Tie "sched.tie" Convention("tie"), Stamp, "OSC 5.3";
    /// What counts as waiting.
    WaitingCounts "metrics.waiting" Convention("waiting_counts"), Nothing, "OSTEP 7.2; OSC 5.2";
    /// Who pays for a switch.
    SwitchChargedTo "switch.charged_to" Convention("switch_charged_to"), Nothing, "OSTEP 7.7";
    /// Which priority is the best.
    PriorityBest "priority.best" Convention("priority_best"), Priority, "OSC 5.3.4";
    /// Whether waking up preempts.
    WakeupPreempts "wakeup.preempts" Convention("wakeup_preempts"), Nothing, "OSTEP 7.5";
    /// Where a task returns from I/O.
    IoReturn "io.return" Convention("io_return"), Nothing, "OSTEP 8; mlfq.py -I";
    /// Whether a task returning from I/O displaces an equal.
    IoReturnPreemptsEqual "io.return.preempts_equal" Convention("io_return_preempts_equal"), Level, "mlfq.py -I";
    /// Rule 4 of a multi-level feedback queue, the better accounting.
    MlfqAccounting "mlfq.rule4.accounting" Convention("mlfq_rule4"), Duration, "OSTEP 8.4";
    /// Rules 4a and 4b.
    MlfqPerSlice "mlfq.rule4.per_slice" Convention("mlfq_rule4"), Duration, "OSTEP 8.2";
    /// How a boost gathers.
    BoostGather "mlfq.boost.gather" Convention("boost_gather"), Nothing, "OSTEP 8.3; mlfq.py";
    /// What a boost does with the running task.
    BoostRunning "mlfq.boost.running" Convention("boost_running"), Nothing, "OSTEP 8.3; mlfq.py";
    /// Equal remaining times.
    StcfTie "stcf.tie" Convention("stcf_tie"), Duration, "OSTEP 7.8";
    /// What the shortest job measures.
    SjfLength "sjf.length" Convention("sjf_length"), Duration, "OSTEP 7.8; OSC 5.3.2";

    /// Nobody else was ready.
    OnlyOne "sched.only_one" Fixed, Nothing, "OSTEP 4";
    /// A thread of the kernel goes before every user task.
    KernelFirst "sched.kernel_first" Fixed, Stamp, "Linux kthreadd; OSTEP 21.5";
    /// An idle CPU is used before anybody is preempted.
    IdleFirst "sched.idle_first" Fixed, Nothing, "OSTEP 10";
    /// First in, first out.
    FifoOrder "fifo.order" Fixed, Stamp, "OSTEP 7.3; OSC 5.3.1";
    /// The shortest job goes first.
    SjfShortest "sjf.shortest" Fixed, Duration, "OSTEP 7.4; OSC 5.3.2";
    /// The shortest remaining time goes first, and takes the CPU from a longer one.
    StcfShortest "stcf.shortest" Fixed, Duration, "OSTEP 7.5; OSC 5.3.2";
    /// The guess at the next burst.
    EstimateAverage "estimate.average" Fixed, Duration, "OSC 5.3.2";
    /// Round robin: the head of the queue.
    RrOrder "rr.order" Fixed, Stamp, "OSTEP 7.7; OSC 5.3.3";
    /// Round robin: the slice.
    RrSlice "rr.slice" Fixed, Duration, "OSTEP 7.7; OSC 5.3.3";
    /// The best priority goes first.
    PriorityOrder "priority.order" Fixed, Priority, "OSC 5.3.4";
    /// Waiting improves a priority.
    PriorityAging "priority.aging" Fixed, Priority, "OSC 5.3.4";
    /// MLFQ rule 1: the better level runs.
    MlfqLevel "mlfq.rule1" Fixed, Level, "OSTEP 8.1; OSC 5.3.6";
    /// MLFQ rule 2: equals take turns.
    MlfqTurns "mlfq.rule2" Fixed, Stamp, "OSTEP 8.1; OSC 5.3.6";
    /// MLFQ rule 3: a new task starts at the top.
    MlfqNew "mlfq.rule3" Fixed, Level, "OSTEP 8.2";
    /// MLFQ rule 5: the boost.
    MlfqBoost "mlfq.rule5" Fixed, Level, "OSTEP 8.3";
    /// The next by number after the last one run.
    RingOrder "ring.order" Fixed, Number, "process-run.py";
    /// A task whose I/O is done runs at once.
    RingNow "ring.now" Fixed, Number, "process-run.py -I IO_RUN_IMMEDIATE";
    /// The CPU waits for the task that started I/O.
    Held "cpu.held" Fixed, Nothing, "OSTEP 7.8; process-run.py -S SWITCH_ON_END";

    /// Whether loading a page counts as its first use.
    RefOnLoad "replace.ref_on_load" Convention("ref_on_load"), Nothing, "OSTEP 22.8; Linux mm/vmscan.c; libCacheSim";
    /// There was only one page that could leave.
    OnlyCandidate "replace.only_candidate" Fixed, Nothing, "OSTEP 22";
    /// Of equal pages, the one that was loaded first leaves.
    FirstLoadedTie "replace.tie.first_loaded" Fixed, Nothing, "paging-policy.py";
    /// Of equal pages, the one in the lowest frame leaves.
    LowestFrameTie "replace.tie.lowest_frame" Fixed, Nothing, "OSC 10.4.5";
    /// Of equal pages, the least recently used leaves.
    LeastRecentTie "replace.tie.least_recent" Fixed, Nothing, "OSC 10.4.6";
    /// The page whose next use is farthest away leaves.
    OptFarthest "replace.opt" Fixed, Reference, "Belady 1966; OSTEP 22.2; OSC 10.4.3";
    /// Which of several pages that are never used again leaves.
    OptTie "replace.opt.tie" Convention("opt_tie"), Reference, "paging-policy.py; Mattson et al. 1970";
    /// The page that is used soonest leaves.
    UnoptNearest "replace.unopt" Fixed, Reference, "paging-policy.py";
    /// The page that was loaded first leaves first.
    FifoOldest "replace.fifo" Fixed, Stamp, "OSTEP 22.3; OSC 10.4.2";
    /// The page that has not been used for longest leaves.
    LruLeastRecent "replace.lru" Fixed, Reference, "OSTEP 22.5; OSC 10.4.4";
    /// The page that was used last leaves.
    MruMostRecent "replace.mru" Fixed, Reference, "OSTEP 22.5; paging-policy.py";
    /// Any page leaves.
    RandomDraw "replace.random" Fixed, Number, "OSTEP 22.4";
    /// The draws that were given are used up.
    RandomUsedUp "replace.random.used_up" Fixed, Number, "paging-policy.py";
    /// The hand takes the first page that has not been used since it last came by.
    ClockHand "replace.clock" Fixed, Number, "Corbato 1968; OSTEP 22.8; OSC 10.4.5";
    /// The first of the queue leaves, unless it has been used.
    SecondChance "replace.second_chance" Fixed, Number, "OSC 10.4.5";
    /// The hand takes the first page of the lowest class.
    EnhancedClass "replace.enhanced_clock" Fixed, Number, "OSTEP 22.9; OSC 10.4.5";
    /// A page of the lowest class leaves, the bits being cleared now and then.
    NruClass "replace.nru" Fixed, Number, "OSTEP 22.9; Tanenbaum 3.4.2";
    /// The page with the fewest uses leaves.
    LfuLeast "replace.lfu" Fixed, Number, "OSC 10.4.6";
    /// The page with the smallest record of the last eight periods leaves.
    AgingLeast "replace.aging" Fixed, Number, "OSC 10.4.5; Tanenbaum 3.4.7";
    /// A page outside of its process's working set leaves.
    WorkingSetAge "replace.working_set" Fixed, Number, "Denning 1968; OSC 10.6.2";
    /// Every page being in its working set, the oldest leaves.
    WorkingSetOldest "replace.working_set.oldest" Fixed, Number, "Denning 1968";
    /// The hand takes the first clean page outside of its working set.
    WsClockOld "replace.ws_clock" Fixed, Number, "Carr and Hennessy 1981";
    /// A full turn found none, so the first clean page leaves.
    WsClockClean "replace.ws_clock.clean" Fixed, Number, "Carr and Hennessy 1981";
    /// There is no clean page, so the one at the hand leaves.
    WsClockHand "replace.ws_clock.hand" Fixed, Number, "Carr and Hennessy 1981";
    /// The oldest inactive page leaves, unless it has been used.
    TwoListTail "replace.two_list" Fixed, Stamp, "Linux mm/vmscan.c";
    /// There are many newcomers, so the first of them leaves.
    TwoQNew "replace.two_q.new" Fixed, Reference, "Johnson and Shasha 1994";
    /// There are few newcomers, so the least recently used of the others leaves.
    TwoQMain "replace.two_q.main" Fixed, Reference, "Johnson and Shasha 1994";
    /// The list of pages used once is longer than it should be.
    ArcOnce "replace.arc.once" Fixed, Reference, "Megiddo and Modha 2003";
    /// The list of pages used once is no longer than it should be.
    ArcAgain "replace.arc.again" Fixed, Reference, "Megiddo and Modha 2003";
    /// A page is drawn whose counter is at 0.
    OstepClock "replace.ostep_clock" Fixed, Number, "paging-policy.py";
    /// The bits of a tree lead to the page.
    PlruBits "replace.plru" Fixed, Number, "Intel486 data sheet, cache replacement";

    /// A page that is present is translated, and the translation kept.
    PagePresent "memory.present" Fixed, Nothing, "OSTEP 19.1, 21.3";
    /// A page that is valid and not present is a fault that the kernel repairs.
    PageAbsent "memory.absent" Fixed, Nothing, "OSTEP 21.3, 21.4";
    /// An address that is not valid, or may not be used so, ends the process.
    PageInvalid "memory.invalid" Fixed, Nothing, "OSTEP 16.6, 18.3";
    /// The page daemon works between two watermarks.
    DaemonMarks "memory.daemon" Fixed, Number, "OSTEP 21.5; Linux mm/vmscan.c";
    /// Out of memory, the largest process is ended.
    OomLargest "memory.oom" Fixed, Number, "Linux mm/oom_kill.c";
    /// While the working sets do not fit, a process is kept out.
    AdmissionControl "memory.admission" Fixed, Nothing, "OSTEP 22.11; OSC 10.6";
    /// The pages of who is kept out leave first.
    SuspendedFirst "memory.admission.pages" Fixed, Nothing, "OSC 3.2.2, 10.6";
    /// No more memory is promised than may be.
    Overcommit "memory.overcommit" Fixed, Number, "Linux mm/util.c";

    /// The timer gives the kernel its CPU back.
    TimerInterrupt "lde.timer" Fixed, Nothing, "OSTEP 6";
    /// Without a timer the kernel waits for a system call.
    Cooperative "lde.cooperative" Fixed, Nothing, "OSTEP 6";
    /// Only the kernel may execute privileged instructions.
    Privileged "lde.privileged" Fixed, Nothing, "OSTEP 6";
    /// A system call goes by number, never by address.
    SyscallNumber "lde.syscall_number" Fixed, Number, "OSTEP 6";
    /// The trap saves the user registers, the switch saves the kernel registers.
    TwoSaves "lde.two_saves" Fixed, Nothing, "OSTEP 6; xv6 trapframe and context";
    /// A handler is not interrupted.
    NoNesting "lde.no_nesting" Fixed, Nothing, "OSTEP 6";
    /// An ended task keeps its status until its parent has read it.
    Zombie "process.zombie" Fixed, Nothing, "OSTEP 5; wait(2)";

    /// Caches cool at a switch: only its direct cost is modelled.
    NoCaches "left_out.caches" LeftOut, Nothing, "OSTEP 7.7";
    /// Interrupts of devices all go to the first CPU.
    FirstCpuInterrupts "left_out.interrupt_routing" LeftOut, Nothing, "OSC 1.4";
    /// The cost of the policy's own search.
    NoPickCost "left_out.pick_cost" LeftOut, Nothing, "OSTEP 9";

    /// Whose children orphans become.
    Orphans "process.orphans" Convention("orphans"), Nothing, "wait(2); fork.py";
    /// Whether a process may end that has children.
    ExitWithChildren "process.exit_with_children" Convention("exit_with_children"), Nothing, "fork.py -L";
    /// Who goes on after a fork.
    ForkOrder "process.fork_order" Convention("fork_order"), Nothing, "OSTEP 5.1; Linux kernel/sched.c";
    /// `wait` reads the status of the child with the lowest pid that has ended.
    WaitLowest "process.wait" Fixed, Number, "OSTEP 5.2; wait(2)";
}

impl RuleId {
    /// Its row.
    pub const fn rule(self) -> &'static Rule {
        &RULES[self as usize]
    }

    /// Its stable name.
    pub const fn name(self) -> &'static str {
        self.rule().name
    }

    /// What its keys measure.
    pub const fn key(self) -> KeyKind {
        self.rule().key
    }

    /// The rule of that name.
    pub fn from_name(name: &str) -> Option<RuleId> {
        RULES.iter().find(|rule| rule.name == name).map(|rule| rule.id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_stands_in_its_own_row_under_a_name_of_its_own() {
        for (place, rule) in RULES.iter().enumerate() {
            assert_eq!(rule.id as usize, place);
            assert_eq!(RuleId::from_name(rule.name), Some(rule.id));
        }
    }
}
