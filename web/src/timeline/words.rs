//! What lanes and segments are called: for labels, for what appears under the pointer, for the table and for
//! screen readers.

use kernelscope_session::view::{Activity, EventPage, Lane, Mark, MarkKind, Segment};
use kernelscope_sim::event::{Event, EventKind, MemoryEvent};
use kernelscope_sim::time::Nanos;

use crate::i18n::narrate::{because, narrate};
use crate::i18n::voice::Voice;
use crate::i18n::{Lang, timeline as text};
use crate::state::Run;

/// The name of a lane.
pub fn lane(lane: Lane, run: &Run, lang: Lang) -> String {
    match lane {
        Lane::Cpu(cpu) => text::cpu(lang, cpu.get()),
        Lane::Level(level) => text::level(lang, level),
        Lane::Task(task) => run.name(task).to_owned(),
        Lane::Device(device) => run
            .scenario
            .machine
            .devices
            .get(device.index())
            .map_or_else(|| text::device(lang, device.get()), |device| device.name.clone()),
        Lane::OwnDevices => text::own_devices(lang).to_owned(),
    }
}

/// What goes on in a segment.
pub fn activity(segment: &Segment, run: &Run, lang: Lang) -> String {
    let task = segment.task.map(|task| run.name(task));
    match (segment.activity, task) {
        (Activity::User, Some(task)) => text::user(lang, task),
        (Activity::Kernel, Some(task)) => text::kernel(lang, task),
        (Activity::Switch, Some(task)) => text::switch_to(lang, task),
        (Activity::IoWait, Some(task)) => text::io_wait(lang, task),
        (Activity::Ready, Some(task)) => text::ready(lang, task),
        (Activity::BlockedIo, Some(task)) => text::blocked_io(lang, task),
        (Activity::BlockedQueue, Some(task)) => text::blocked_queue(lang, task),
        (Activity::Sleeping, Some(task)) => text::sleeping(lang, task),
        (Activity::SwappedOut, Some(task)) => text::swapped_out(lang, task),
        (Activity::Zombie, Some(task)) => text::zombie(lang, task),
        (Activity::Device, Some(task)) => text::works_for(lang, task),
        (Activity::Switch, None) => text::switch_alone(lang).to_owned(),
        (Activity::Kernel | Activity::User, None) => text::kernel_alone(lang).to_owned(),
        (_, _) => text::idle(lang).to_owned(),
    }
}

/// From when to when a segment is, and how long.
pub fn span(segment: &Segment, run: &Run, lang: Lang) -> String {
    let ruler = run.ruler;
    let end = segment.start + segment.length;
    text::span(lang, &ruler.instant(segment.start), &ruler.instant(end), &ruler.length(segment.length))
}

/// What the cursor has reached: when, and what every processor does there.
pub fn reached(run: &Run, lang: Lang) -> String {
    let snapshot = &run.snapshot;
    let cpus = snapshot.cpus.iter().map(|cpu| {
        let here = Segment {
            start: snapshot.now,
            length: Nanos::ZERO,
            activity: cpu.activity,
            task: cpu.task,
            share: u8::MAX,
        };
        let what = activity(&here, run, lang);
        if snapshot.cpus.len() == 1 {
            what
        } else {
            text::in_lane(lang, &text::cpu(lang, cpu.cpu.get()), &what)
        }
    });
    let what = cpus.collect::<Vec<_>>().join("; ");
    text::reached(lang, &run.ruler.time(snapshot.now), snapshot.step, &what)
}

/// How much of a segment is what it says, if it stands for several.
pub fn share(segment: &Segment, lang: Lang) -> Option<String> {
    (segment.share < u8::MAX).then(|| text::mostly(lang, (u32::from(segment.share) * 100).div_ceil(255)))
}

/// Why a segment began, where the event that began it is at hand: at the cursor, or in a page of the list of events.
pub fn reason(segment: &Segment, run: &Run, listed: Option<&EventPage>, lang: Lang) -> Option<String> {
    let listed = listed.into_iter().flat_map(|page| page.rows.iter().map(|row| &row.event));
    let began = |event: &&Event| {
        event.at == segment.start && event.task == segment.task && begins(event.kind, segment.activity)
    };
    let event = run.snapshot.just.iter().chain(listed).find(began)?;
    let narration = because(event).unwrap_or_else(|| narrate(event));
    Some(Voice::of(run, lang).text(&narration))
}

/// Whether an event of this kind begins a stretch of that activity.
fn begins(kind: EventKind, activity: Activity) -> bool {
    use EventKind as E;
    match activity {
        Activity::User | Activity::Switch => matches!(kind, E::Dispatch { .. }),
        Activity::Kernel => matches!(kind, E::KernelEntry { .. }),
        Activity::Ready => {
            matches!(kind, E::Preempt { .. } | E::SliceEnd { .. } | E::Yield | E::Arrive | E::Wake { .. })
        }
        Activity::BlockedIo | Activity::BlockedQueue | Activity::Sleeping => matches!(kind, E::Block { .. }),
        Activity::IoWait => matches!(kind, E::Hold),
        Activity::SwappedOut => matches!(kind, E::Memory(MemoryEvent::SwapOut)),
        Activity::Zombie => matches!(kind, E::Exit { .. } | E::Killed { .. }),
        Activity::Idle => matches!(kind, E::Idle),
        Activity::Device => matches!(kind, E::IoStart { .. }),
    }
}

/// What a mark says.
pub fn mark(mark: Mark, run: &Run, lang: Lang) -> String {
    let time = run.ruler.time(mark.at);
    match mark.kind {
        MarkKind::Boost => text::mark_boost(lang, &time),
        MarkKind::Input(n) => text::mark_input(lang, n + 1, &time),
        MarkKind::Stopped => text::mark_stopped(lang, &time),
    }
}
