use kernelscope_sim::event::{
    BootStage, Cause, EndReason, Errno, Event, EventKind, FaultKind, MemoryEvent, ProcessEvent,
};
use kernelscope_sim::ids::{FrameId, Pid, Vpn};
use kernelscope_sim::rules::{RULES, RuleId};
use kernelscope_sim::scenario::TaskKind;

use super::*;
use crate::i18n::events::Sentence;
use crate::i18n::narrate::{because, narrate, not_ready, why_not};

fn names() -> Vec<TaskName> {
    ["A", "셸"]
        .iter()
        .enumerate()
        .map(|(index, name)| TaskName {
            id: TaskId::from_index(index),
            pid: Pid(100 + index as u32),
            name: (*name).into(),
            kind: TaskKind::User,
        })
        .collect()
}

fn tell(lang: Lang, narration: &Narration) -> String {
    let (tasks, devices) = (names(), vec![DeviceSpec { name: "disk".into(), servers: 1 }]);
    let ruler = Ruler::default();
    Voice { lang, ruler, tasks: &tasks, devices: &devices, levels: true }
        .text(narration)
        .replace('\u{a0}', " ")
}

/// At least one event of every kind, and of every form that has words of its own.
fn kinds() -> Vec<EventKind> {
    let b = TaskId::new(1);
    let (ms, at) = (Nanos::from_millis, |n: u64| Time(n * 1_000_000));
    let disk = Some(DeviceId::new(0));
    let mut kinds = vec![
        EventKind::Boot(BootStage::TrapTable),
        EventKind::Boot(BootStage::StartTimer),
        EventKind::Arrive,
        EventKind::ContextSwitch { from: Some(b), cost: ms(0) },
        EventKind::ContextSwitch { from: Some(b), cost: ms(1) },
        EventKind::ContextSwitch { from: None, cost: ms(0) },
        EventKind::ContextSwitch { from: None, cost: ms(1) },
        EventKind::SaveKernelRegisters,
        EventKind::RestoreKernelRegisters,
        EventKind::Run,
        EventKind::Yield,
        EventKind::SliceEnd { rule: RuleId::RrSlice, slice: ms(10) },
        EventKind::Operation { position: 2 },
        EventKind::Block { on: Wait::Io(None), until: at(30) },
        EventKind::Block { on: Wait::Io(disk), until: Time::NEVER },
        EventKind::Block { on: Wait::Sleep, until: at(30) },
        EventKind::IoStart { device: DeviceId::new(0), until: at(30) },
        EventKind::Wake { from: Wait::Io(disk), since: at(5) },
        EventKind::Wake { from: Wait::Sleep, since: at(5) },
        EventKind::Idle,
        EventKind::Hold,
        EventKind::Exit { status: 0 },
        EventKind::Killed { signal: 9 },
        EventKind::Reap { status: 3 },
        EventKind::KernelEntry { cause: Cause::Timer, cost: ms(0) },
        EventKind::KernelEntry { cause: Cause::Device(disk), cost: ms(0) },
        EventKind::KernelEntry { cause: Cause::Device(None), cost: ms(0) },
        EventKind::KernelEntry { cause: Cause::Syscall(39), cost: ms(0) },
        EventKind::KernelEntry { cause: Cause::Exception, cost: ms(0) },
        EventKind::KernelEntry { cause: Cause::Reschedule, cost: ms(0) },
        EventKind::SyscallDispatch { number: 39 },
        EventKind::SyscallError { number: 999 },
        EventKind::Violation { instruction: Privileged::Halt },
        EventKind::ReturnFromTrap,
        EventKind::Demote { from: 0, to: 1, rule: RuleId::MlfqAccounting, used: ms(10) },
        EventKind::Demote { from: 0, to: 1, rule: RuleId::MlfqPerSlice, used: ms(10) },
        EventKind::Boost { next: at(100) },
        EventKind::BoostTask { from: 2, to: 0 },
        EventKind::Age { from: 4, to: 3 },
        EventKind::Estimate { burst: ms(6), next: ms(8) },
        EventKind::Set { param: Param::Boost, value: 0 },
        EventKind::Signal { signal: 9 },
        EventKind::InputIgnored { input: 0 },
        EventKind::Livelock { operations: 10_000 },
    ];
    for on in [Wait::PageIn, Wait::PageOut, Wait::Frame, Wait::Work, Wait::Child] {
        kinds.extend([at(30), Time::NEVER].map(|until| EventKind::Block { on, until }));
        kinds.push(EventKind::Wake { from: on, since: at(5) });
        kinds.push(EventKind::Enqueue { level: 0, place: Place::Tail, why: Why::Woken(on) });
    }
    for cause in [Cause::PageFault, Cause::TlbMiss] {
        kinds.push(EventKind::KernelEntry { cause, cost: ms(0) });
    }
    kinds.extend(memory().into_iter().map(EventKind::Memory));
    kinds.extend(processes().into_iter().map(EventKind::Process));
    for place in [Place::Tail, Place::Head, Place::Sorted] {
        kinds.push(EventKind::Enqueue { level: 1, place, why: Why::Expired });
    }
    for reason in
        [EndReason::Done, EndReason::TimeLimit, EndReason::StepLimit, EndReason::Livelock, EndReason::Stuck]
    {
        kinds.push(EventKind::End(reason));
    }
    for rule in RULES {
        for runner_up in [Some(b), None] {
            kinds.push(EventKind::Dispatch { rule: rule.id, runner_up, key: 1, other: 2 });
            kinds.push(EventKind::Preempt { rule: rule.id, by: runner_up, key: 1, other: 2 });
        }
    }
    kinds
}

/// Everything that can happen to memory, in every form that has words of its own.
fn processes() -> Vec<ProcessEvent> {
    let child = TaskId::new(1);
    let mut events = vec![
        ProcessEvent::Fork { child },
        ProcessEvent::Waited { child, status: 3 },
        ProcessEvent::Signal { to: child, signal: 15 },
        ProcessEvent::Adopted { by: None },
        ProcessEvent::Adopted { by: Some(child) },
    ];
    events.extend(Errno::ALL.map(|(_, errno)| ProcessEvent::Failed { call: 57, errno }));
    events
}

fn memory() -> Vec<MemoryEvent> {
    let (va, vpn, frame, slot) = (0x1f00, Vpn(7), FrameId::new(3), 5);
    let mut kinds = vec![
        MemoryEvent::Dirtied { vpn },
        MemoryEvent::Map { vpn, frame },
        MemoryEvent::PageOut { vpn, slot },
        MemoryEvent::WriteRequest { pages: 4, slot },
        MemoryEvent::Written { frame },
        MemoryEvent::Clean { vpn, frame },
        MemoryEvent::Cleaned { frame },
        MemoryEvent::PageIn { vpn, slot },
        MemoryEvent::ReadFile { vpn },
        MemoryEvent::Rescue { vpn, frame },
        MemoryEvent::GiveUpSlot { frame, slot },
        MemoryEvent::NoFrame { free: 0 },
        MemoryEvent::DirectReclaim { free: 0 },
        MemoryEvent::FaultAgain { va },
        MemoryEvent::DaemonScans { pages: 4 },
        MemoryEvent::DaemonWakes { free: 2, low: 3 },
        MemoryEvent::DaemonSleeps { free: 6, high: 6 },
        MemoryEvent::Flush { entries: 4 },
        MemoryEvent::Mapped { vpn, pages: 16 },
        MemoryEvent::Unmapped { vpn, pages: 16 },
        MemoryEvent::NotMapped { pages: 0 },
        MemoryEvent::NotMapped { pages: 16 },
        MemoryEvent::OutOfMemory { score: 9 },
        MemoryEvent::Suspend { wanted: 13, frames: 12 },
        MemoryEvent::Refused { pages: 90, promised: 150, limit: 72 },
        MemoryEvent::SwapOut,
        MemoryEvent::Resume { wanted: 12, frames: 12 },
        MemoryEvent::Inherited { pages: 4 },
        MemoryEvent::Copied { from: frame, frame: FrameId::new(4) },
        MemoryEvent::Reused { vpn, frame },
        MemoryEvent::Segment { number: 0 },
        MemoryEvent::Segment { number: 1 },
        MemoryEvent::OutOfBounds { va: 300, access: Access::Read, limit: 300 },
        MemoryEvent::NoEntry { va: 300, access: Access::Fetch, level: 1 },
        MemoryEvent::Translated { va: 300, pa: 1300, access: Access::Write, value: None },
        MemoryEvent::Translated { va: 300, pa: 1300, access: Access::Read, value: Some(7) },
    ];
    for yes in [true, false] {
        kinds.push(MemoryEvent::Lookup { vpn, hit: yes });
        kinds.push(MemoryEvent::Visit { level: 0, index: 1, valid: yes });
        kinds.push(MemoryEvent::Bounds { distance: 299, limit: 300, within: yes });
        kinds.push(MemoryEvent::Entry { level: 0, index: 3, at: 0x6c3, value: 0xa1, valid: yes });
        kinds.push(MemoryEvent::Insert { vpn, place: 2, displaced: yes });
        kinds.push(MemoryEvent::Reference { va, access: Access::Read, frame, hit: yes });
        kinds.push(MemoryEvent::Evict { vpn, frame, dirty: yes, rule: RuleId::FifoOrder });
    }
    for (_, access) in Access::ALL {
        kinds.push(MemoryEvent::Invalid { va, access });
        kinds.push(MemoryEvent::Forbidden { va, access });
    }
    for kind in [FaultKind::Zero, FaultKind::Swap, FaultKind::File, FaultKind::Leaving, FaultKind::Shared] {
        kinds.push(MemoryEvent::Fault { va, access: Access::Write, kind });
    }
    kinds
}

fn every_narration() -> Vec<Narration> {
    let (a, b) = (TaskId::new(0), TaskId::new(1));
    let mut told = Vec::new();
    for kind in kinds() {
        for task in [Some(a), None] {
            let event = Event { at: Time(40_000_000), kind, task, cpu: Some(CpuId::new(0)) };
            let needs_task = narrate(&event).sentence.template(Lang::En).contains("{task}");
            if task.is_some() || !needs_task {
                told.push(narrate(&event));
            }
            if task.is_some() {
                told.extend(because(&event));
            }
        }
    }
    told.push(not_ready(b, StateView::Blocked(Wait::Sleep), Time(5_000_000)));
    for rule in RULES {
        told.push(why_not(b, rule.id, 2, a, 1));
        told.push(why_not(b, rule.id, 1, a, 1));
    }
    told
}

#[test]
fn every_gap_of_every_sentence_is_filled_in_both_languages() {
    let told = every_narration();
    for narration in &told {
        for lang in [Lang::En, Lang::Ko] {
            let mut rest = narration.sentence.template(lang);
            while let Some((_, gap, after)) = next_gap(rest) {
                let name = gap.split(':').next();
                let filled = narration.args.iter().any(|(arg, _)| Some(*arg) == name);
                assert!(filled, "{:?} in {lang:?} leaves {gap} empty", narration.sentence);
                rest = after;
            }
            assert!(!tell(lang, narration).contains(['{', '}', '?']), "{}", tell(lang, narration));
        }
    }
    for sentence in Sentence::ALL {
        assert!(told.iter().any(|narration| narration.sentence == *sentence), "{sentence:?} is never said");
    }
}

#[test]
fn every_korean_particle_is_one_that_exists() {
    for sentence in Sentence::ALL {
        let mut rest = sentence.template(Lang::Ko);
        while let Some((_, gap, after)) = next_gap(rest) {
            if let Some((_, particle)) = gap.split_once(':') {
                assert!(josa::after("A", particle).is_some(), "{sentence:?}: {particle}");
            }
            rest = after;
        }
    }
}

#[test]
fn a_dispatch_tells_whose_key_was_compared() {
    let event = Event {
        at: Time(0),
        kind: EventKind::Dispatch {
            rule: RuleId::SjfShortest,
            runner_up: Some(TaskId::new(1)),
            key: 10_000_000,
            other: 100_000_000,
        },
        task: Some(TaskId::new(0)),
        cpu: Some(CpuId::new(0)),
    };
    assert_eq!(tell(Lang::En, &narrate(&event)), "A gets CPU 0");
    assert_eq!(tell(Lang::Ko, &narrate(&event)), "A가 CPU 0을 받는다");
    let why = because(&event).expect("a dispatch has a reason");
    assert_eq!(tell(Lang::En, &why), "It needs 10 ms, the shortest; 셸 needs 100 ms.");
    assert_eq!(tell(Lang::Ko, &why), "필요한 시간이 10 ms로 가장 짧다. 셸은 100 ms가 필요하다.");
}

#[test]
fn a_task_in_a_sentence_is_a_piece_of_its_own() {
    let (tasks, devices) = (names(), Vec::new());
    let voice =
        Voice { lang: Lang::Ko, ruler: Ruler::default(), tasks: &tasks, devices: &devices, levels: true };
    let event = Event {
        at: Time(0),
        kind: EventKind::Demote { from: 0, to: 1, rule: RuleId::MlfqAccounting, used: Nanos(0) },
        task: Some(TaskId::new(1)),
        cpu: None,
    };
    let pieces = voice.pieces(&narrate(&event));
    assert_eq!(pieces, [Piece::Task(TaskId::new(1)), Piece::Text("이 Q0에서 Q1로 내려간다".into())]);
}
