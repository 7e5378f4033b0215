//! Moments by description: "the second demotion of A", never "step 61".
//!
//! Lessons, embeds and the shell point at moments this way, so that a lesson still points at the right one after
//! its scenario was edited. The text form that [`parse`] reads is `2nd demotion of A`, `first dispatch of B after 40`, `end` or
//! `t=40 #2`; [`print`] writes it.

mod parse;
mod print;

use kernelscope_sim::event::{Cause, Detail, Event, EventKind, FaultKind, MemoryEvent};
use kernelscope_sim::ids::TaskId;
use kernelscope_sim::time::Time;
use serde::{Deserialize, Serialize};

pub use self::parse::parse;
pub use self::print::print;
use crate::protocol::JumpKind;
use crate::topic::Topic;

/// A moment by description.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Query {
    /// Which of the events that fit, from 1.
    pub ordinal: u32,
    /// Of what kind.
    pub kind: QueryKind,
    /// About the task of this name only.
    pub task: Option<String>,
    /// Not before this instant.
    pub from: Time,
}

/// What a question can ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum QueryKind {
    /// One of the kinds that the transport knows.
    Jump(JumpKind),
    /// A fall to a lower level.
    Demotion,
    /// Everybody's return to the top; of one task, its own.
    Boost,
    /// The end of a slice.
    SliceEnd,
    /// A better task takes the CPU.
    Preemption,
    /// A CPU goes idle.
    Idle,
    /// Waiting improves a priority.
    Aging,
    /// The kernel ends a task.
    Kill,
    /// The timer interrupts.
    TimerInterrupt,
    /// A task calls the kernel.
    Syscall,
    /// A task did what it may not.
    Exception,
    /// The parent reads the status.
    Reap,
    /// An estimate changes.
    Estimate,
    /// A task offers the CPU to the others.
    Yield,
    /// The way back to user mode.
    Return,
    /// A reference to memory is done.
    Access,
    /// A page is looked up in the TLB and is not there.
    TlbMiss,
    /// A fault that has to wait for a read of the disk.
    MajorFault,
    /// A page is in its frame from now on: the fault that wanted it is over.
    PageArrival,
    /// The page daemon has work to do.
    DaemonWake,
    /// The page daemon has no more to do.
    DaemonSleep,
    /// A reference to no region, or not as its region allows.
    Violation,
}

use QueryKind::{
    Access, Aging, Boost, DaemonSleep, DaemonWake, Demotion, Estimate, Exception, Idle, Jump, Kill,
    MajorFault, PageArrival, Preemption, Reap, Return, SliceEnd, Syscall, TimerInterrupt, TlbMiss, Violation,
    Yield,
};

/// The kinds with the words for them, first the ones that are written. Plurals are read as well.
pub const KINDS: [(QueryKind, &[&str]); 34] = [
    (Jump(JumpKind::Stage), &["stage"]),
    (Jump(JumpKind::Any), &["event"]),
    (Jump(JumpKind::Dispatch), &["dispatch"]),
    (Jump(JumpKind::Preemption), &["descheduling"]),
    (Jump(JumpKind::Block), &["block"]),
    (Jump(JumpKind::Wake), &["wake-up", "wakeup", "wake"]),
    (Jump(JumpKind::Arrival), &["arrival"]),
    (Jump(JumpKind::Exit), &["exit"]),
    (Jump(JumpKind::Level), &["level change"]),
    (Jump(JumpKind::KernelEntry), &["kernel entry", "trap"]),
    (Jump(JumpKind::ContextSwitch), &["context switch", "switch"]),
    (Jump(JumpKind::Fault), &["page fault", "fault"]),
    (Jump(JumpKind::Eviction), &["eviction"]),
    (Demotion, &["demotion"]),
    (Boost, &["boost"]),
    (SliceEnd, &["slice end", "expiry"]),
    (Preemption, &["preemption"]),
    (Idle, &["idle"]),
    (Aging, &["aging", "ageing"]),
    (Kill, &["kill"]),
    (TimerInterrupt, &["timer interrupt", "tick"]),
    (Syscall, &["system call", "syscall"]),
    (Exception, &["exception"]),
    (Reap, &["reap"]),
    (Estimate, &["estimate"]),
    (Yield, &["yield"]),
    (Return, &["return"]),
    (Access, &["access", "reference"]),
    (TlbMiss, &["tlb miss"]),
    (MajorFault, &["major fault"]),
    (PageArrival, &["page arrival"]),
    (DaemonWake, &["daemon wake-up", "daemon wake"]),
    (DaemonSleep, &["daemon sleep"]),
    (Violation, &["violation"]),
];

impl QueryKind {
    /// Whether an event is of this kind, and about the task if one is asked for.
    pub fn fits(self, task: Option<TaskId>, event: &Event) -> bool {
        Kinds::of(event).meet(self.into())
            && match task {
                Some(task) => event.task == Some(task),
                // A boost is one event for everybody, and then one for each task that it lifts.
                None => self != Boost || event.task.is_none(),
            }
    }

    const fn bit(self) -> u64 {
        1 << match self {
            Jump(kind) => kind as u64,
            Demotion => 13,
            Boost => 14,
            SliceEnd => 15,
            Preemption => 16,
            Idle => 17,
            Aging => 18,
            Kill => 19,
            TimerInterrupt => 20,
            Syscall => 21,
            Exception => 22,
            Reap => 23,
            Estimate => 24,
            Yield => 25,
            Return => 26,
            Access => 27,
            TlbMiss => 28,
            MajorFault => 29,
            PageArrival => 30,
            DaemonWake => 31,
            DaemonSleep => 32,
            Violation => 33,
        }
    }
}

/// A set of kinds and topics, small enough to keep one for every few steps of a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Kinds(u64);

impl From<QueryKind> for Kinds {
    fn from(kind: QueryKind) -> Kinds {
        Kinds(kind.bit())
    }
}

impl From<Topic> for Kinds {
    fn from(topic: Topic) -> Kinds {
        Kinds(1 << (48 + topic as u64))
    }
}

impl Kinds {
    /// The kinds that an event is of, and its topics.
    pub fn of(event: &Event) -> Kinds {
        let special: &[QueryKind] = match event.kind {
            EventKind::Dispatch { .. } => &[Jump(JumpKind::Dispatch)],
            EventKind::Preempt { .. } => &[Jump(JumpKind::Preemption), Preemption],
            EventKind::SliceEnd { .. } => &[Jump(JumpKind::Preemption), SliceEnd],
            EventKind::Block { .. } => &[Jump(JumpKind::Block)],
            EventKind::Wake { .. } => &[Jump(JumpKind::Wake)],
            EventKind::Arrive => &[Jump(JumpKind::Arrival)],
            EventKind::Exit { .. } => &[Jump(JumpKind::Exit)],
            EventKind::Killed { .. } => &[Jump(JumpKind::Exit), Kill],
            EventKind::ContextSwitch { .. } => &[Jump(JumpKind::ContextSwitch)],
            EventKind::Demote { .. } => &[Jump(JumpKind::Level), Demotion],
            EventKind::Boost { .. } | EventKind::BoostTask { .. } => &[Jump(JumpKind::Level), Boost],
            EventKind::Age { .. } => &[Jump(JumpKind::Level), Aging],
            EventKind::KernelEntry { cause, .. } => match cause {
                Cause::Timer => &[Jump(JumpKind::KernelEntry), TimerInterrupt],
                Cause::Syscall(_) => &[Jump(JumpKind::KernelEntry), Syscall],
                Cause::Exception => &[Jump(JumpKind::KernelEntry), Exception],
                _ => &[Jump(JumpKind::KernelEntry)],
            },
            EventKind::Memory(event) => of_memory(event),
            EventKind::Idle => &[Idle],
            EventKind::Reap { .. } => &[Reap],
            EventKind::Estimate { .. } => &[Estimate],
            EventKind::Yield => &[Yield],
            EventKind::ReturnFromTrap => &[Return],
            _ => &[],
        };
        let told = event.kind.detail() <= Detail::Story;
        let any = if told { Jump(JumpKind::Any).bit() } else { 0 };
        let mut kinds = Kinds(Jump(JumpKind::Stage).bit() | any);
        special.iter().for_each(|kind| kinds.add((*kind).into()));
        Topic::of(&event.kind).iter().for_each(|topic| kinds.add((*topic).into()));
        kinds
    }

    /// Whether anything is in both sets.
    pub fn meet(self, others: Kinds) -> bool {
        self.0 & others.0 != 0
    }

    /// Adds those of another set.
    pub fn add(&mut self, other: Kinds) {
        self.0 |= other.0;
    }
}

fn of_memory(event: MemoryEvent) -> &'static [QueryKind] {
    match event {
        MemoryEvent::Reference { .. } | MemoryEvent::Translated { .. } => &[Access],
        MemoryEvent::Lookup { hit: false, .. } => &[TlbMiss],
        MemoryEvent::Fault { kind: FaultKind::Swap | FaultKind::File, .. } => {
            &[Jump(JumpKind::Fault), MajorFault]
        }
        MemoryEvent::Fault { .. } => &[Jump(JumpKind::Fault)],
        MemoryEvent::Evict { .. } => &[Jump(JumpKind::Eviction)],
        MemoryEvent::Map { .. } => &[PageArrival],
        MemoryEvent::DaemonWakes { .. } => &[DaemonWake],
        MemoryEvent::DaemonSleeps { .. } => &[DaemonSleep],
        MemoryEvent::Invalid { .. }
        | MemoryEvent::Forbidden { .. }
        | MemoryEvent::OutOfBounds { .. }
        | MemoryEvent::NoEntry { .. } => &[Violation],
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_a_bit_and_words_of_its_own_and_every_topic_a_bit() {
        let mut bits = 0;
        let mut words: Vec<&str> = Vec::new();
        for (kind, names) in KINDS {
            assert_eq!(bits & kind.bit(), 0, "{kind:?}");
            bits |= kind.bit();
            words.extend(names);
        }
        for topic in Topic::ALL {
            assert!(!Kinds(bits).meet(topic.into()), "{topic:?}");
            bits |= Kinds::from(topic).0;
        }
        words.sort_unstable();
        assert!(words.windows(2).all(|pair| pair[0] != pair[1]), "{words:?}");
    }

    #[test]
    fn the_boost_of_everybody_and_of_one_task_are_told_apart() {
        let event = |kind, task| Event { at: Time::ZERO, kind, task, cpu: None };
        let a = Some(TaskId::new(0));
        let all = event(EventKind::Boost { next: Time::NEVER }, None);
        let one = event(EventKind::BoostTask { from: 1, to: 0 }, a);
        assert!(Boost.fits(None, &all) && !Boost.fits(None, &one));
        assert!(Boost.fits(a, &one) && !Boost.fits(a, &all));
    }
}
