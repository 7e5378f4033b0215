//! Admission control: who is kept out while the working sets do not fit, whose pages leave first, and who comes back.

use kernelscope_sim::event::{Event, EventKind, MemoryEvent, Wait};
use kernelscope_sim::machine::Machine;
use kernelscope_sim::mem::spec::{LoadSpec, MemoryCosts, MemorySpec};
use kernelscope_sim::rules::RuleId;
use kernelscope_sim::scenario::ProcessSpec;
use kernelscope_sim::time::Nanos;

use crate::common::{MS, end_of, memory, process, run, scenario};

/// Four pages, a millisecond of work, three of rest.
const WORKER: &str = "write p0..p4; repeat 40 { read p0..p4; cpu 1; sleep 3 }";

fn controlled(frames: u32) -> MemorySpec {
    let costs = MemoryCosts { seek: Nanos(MS), ..MemoryCosts::default() };
    MemorySpec { costs, load: LoadSpec { admission: true, ..LoadSpec::default() }, ..memory(frames) }
}

/// What admission control did, with the places of the tasks and the milliseconds.
fn story(events: &[Event]) -> Vec<(&'static str, u32, u64)> {
    let word = |event: &Event| match event.kind {
        EventKind::Memory(MemoryEvent::Suspend { .. }) => Some("suspend"),
        EventKind::Memory(MemoryEvent::SwapOut) => Some("out"),
        EventKind::Memory(MemoryEvent::Resume { .. }) => Some("resume"),
        _ => None,
    };
    let told = |event: &Event| Some((word(event)?, event.task?.get(), event.at.0 / MS));
    events.iter().filter_map(told).collect()
}

fn ran(frames: u32, texts: &[&str]) -> (Machine, Vec<Event>) {
    let tasks = texts.iter().enumerate().map(|(n, text)| process(&format!("T{n}"), text)).collect();
    run(scenario(controlled(frames), tasks))
}

#[test]
fn the_largest_is_kept_out_and_of_several_the_latest() {
    let (_, events) = ran(4, &["read p0..p2; sleep 2", "sleep 1; read p0..p3; sleep 9; read p0"]);
    assert_eq!(story(&events)[..2], [("suspend", 1, 1), ("out", 1, 1)], "three pages against two");
    let (_, events) = ran(3, &["read p0..p2; sleep 2", "sleep 1; read p0..p2; sleep 9; read p0"]);
    assert_eq!(story(&events)[..2], [("suspend", 1, 1), ("out", 1, 1)], "two against two");
    let (_, events) = ran(3, &["read p0..p3; sleep 2", "sleep 1; read p0; sleep 9; read p0"]);
    assert_eq!(
        story(&events),
        [("suspend", 0, 1), ("out", 0, 2), ("resume", 0, 10)],
        "it sleeps to its end first"
    );
}

#[test]
fn the_lowest_priority_is_kept_out_before_the_largest() {
    let with = |name, text, priority| ProcessSpec { priority, ..process(name, text) };
    let large = with("large", "sleep 1; read p0..p3; sleep 9", 0);
    let tasks = vec![large, with("small", "read p0..p2; sleep 5; read p0", 7)];
    let (_, events) = run(scenario(controlled(4), tasks));
    assert_eq!(story(&events)[0], ("suspend", 1, 1), "0 is the best priority");
}

#[test]
pub(crate) fn it_says_how_much_is_wanted() {
    let (_, events) = ran(3, &["read p0..p2; sleep 2", "sleep 1; read p0..p2; sleep 9; read p0"]);
    let reasons: Vec<_> = events
        .iter()
        .filter_map(|event| match event.kind {
            EventKind::Memory(it @ (MemoryEvent::Suspend { .. } | MemoryEvent::Resume { .. })) => {
                assert_eq!(event.kind.rule(), Some(RuleId::AdmissionControl));
                Some(it)
            }
            _ => None,
        })
        .collect();
    let out = MemoryEvent::Suspend { wanted: 4, frames: 3 };
    assert_eq!(reasons, [out, MemoryEvent::Resume { wanted: 2, frames: 3 }]);
}

#[test]
fn a_single_process_is_never_kept_out() {
    let (machine, events) = ran(3, &["read p0..p8; read p0..p8", "cpu 100"]);
    assert_eq!(story(&events), []);
    assert!(machine.memory().expect("it has memory").counts().clean_evictions > 0);
}

#[test]
pub(crate) fn the_pages_of_who_is_kept_out_leave_first() {
    let (_, events) = ran(4, &["write p0..p3; sleep 2; read p0..p3", "sleep 1; read p0..p4; cpu 5"]);
    let left: Vec<(u32, RuleId)> = events
        .iter()
        .filter_map(|event| match event.kind {
            EventKind::Memory(MemoryEvent::Evict { rule, .. }) => Some((event.task?.get(), rule)),
            _ => None,
        })
        .collect();
    // The fault that asked for the fourth page was under way; LRU would have taken the others too, in its own name.
    let first = (0, RuleId::SuspendedFirst);
    assert_eq!(left[..3], [(0, RuleId::LruLeastRecent), first, first]);
    assert_eq!(story(&events)[0], ("suspend", 0, 2));
}

/// Whoever waits for something waits to the end; then it is swapped out instead of ready.
#[test]
fn who_is_blocked_is_swapped_out_when_it_wakes() {
    let (_, events) = ran(12, &[WORKER; 5]);
    let is_out = |event: &Event| matches!(event.kind, EventKind::Memory(MemoryEvent::SwapOut));
    let out = events.iter().position(is_out).expect("it happens");
    let task = events[out].task;
    let loses = |kind: &EventKind| {
        matches!(kind, EventKind::Memory(MemoryEvent::Evict { .. } | MemoryEvent::PageOut { .. }))
    };
    let of_it = |events: &[Event]| -> Vec<EventKind> {
        let own = events.iter().filter(|event| event.task == task).map(|event| event.kind);
        own.filter(|kind| !loses(kind)).collect()
    };
    let before = of_it(&events[..=out]);
    let is_suspended = |kind: &EventKind| matches!(kind, EventKind::Memory(MemoryEvent::Suspend { .. }));
    let suspended = before.iter().position(is_suspended).expect("first");
    let [EventKind::Wake { from: Wait::Sleep, .. }, EventKind::Enqueue { .. }, EventKind::Memory(_)] =
        before[suspended + 1..]
    else {
        panic!("{before:?}")
    };
    let next = of_it(&events[out + 1..]).into_iter().next();
    assert!(
        matches!(next, Some(EventKind::Memory(MemoryEvent::Resume { .. }))),
        "who is out loses pages, and does nothing: {next:?}"
    );
}

/// The lesson's five processes in twelve frames: three at a time are through in half of the time.
#[test]
fn five_that_thrash_are_cured_by_letting_in_three() {
    let makespan = |admission| {
        let load = LoadSpec { admission, ..LoadSpec::default() };
        let tasks = (0..5).map(|n| process(&format!("W{n}"), WORKER)).collect();
        let (machine, events) = run(scenario(MemorySpec { load, ..controlled(12) }, tasks));
        let counts = *machine.memory().expect("it has memory").counts();
        let last = (0..5).map(|task| end_of(&machine, task)).fold(0.0, f64::max);
        (last, counts.major_faults, story(&events))
    };
    let (thrashing, many, none) = makespan(false);
    let (cured, few, order) = makespan(true);
    assert_eq!(none, []);
    let resumed: Vec<u32> = order.iter().filter(|it| it.0 == "resume").map(|it| it.1).collect();
    let suspended: Vec<u32> = order.iter().filter(|it| it.0 == "suspend").map(|it| it.1).collect();
    assert_eq!(suspended, resumed, "first out, first in");
    assert_eq!(((thrashing, many), (cured, few)), ((643.0, 617), (334.0, 11)));
}
