//! What happened to memory, as sentences.

use kernelscope_sim::event::{Event, FaultKind, MemoryEvent, Wait};
use kernelscope_sim::time::Time;

use super::{Narration, Value};
use crate::i18n::events::Sentence;

/// What happened.
pub(super) fn narrate(event: &Event, memory: MemoryEvent) -> Narration {
    use Value::{Access, Address, Frame, Number, Page};
    let say = |sentence| Narration::of(sentence).task(event.task).cpu(event.cpu);
    let number = |number: u32| Number(number.into());
    match memory {
        MemoryEvent::Lookup { vpn, hit: true } => say(Sentence::TlbHit).with("page", Page(vpn)),
        MemoryEvent::Lookup { vpn, hit: false } => say(Sentence::TlbMiss).with("page", Page(vpn)),
        MemoryEvent::Visit { level, index, valid } => {
            say(if valid { Sentence::WalkValid } else { Sentence::WalkInvalid })
                .with("level", Number(u64::from(level) + 1))
                .with("index", number(index))
        }
        MemoryEvent::Insert { vpn, place, displaced } => {
            say(if displaced { Sentence::TlbReplace } else { Sentence::TlbInsert })
                .with("page", Page(vpn))
                .with("place", Number(place.into()))
        }
        MemoryEvent::Dirtied { vpn } => say(Sentence::Dirtied).with("page", Page(vpn)),
        MemoryEvent::Reference { va, access, frame, hit } => {
            say(if hit { Sentence::ReferenceHit } else { Sentence::ReferenceMiss })
                .with("va", Address(va))
                .with("access", Access(access))
                .with("frame", Frame(frame))
        }
        MemoryEvent::Segment { number: 0 } => say(Sentence::SegmentUp),
        MemoryEvent::Segment { .. } => say(Sentence::SegmentDown),
        MemoryEvent::Bounds { distance, limit, within } => {
            say(if within { Sentence::BoundsWithin } else { Sentence::BoundsBeyond })
                .with("distance", number(distance))
                .with("limit", number(limit))
        }
        MemoryEvent::Entry { level, index, at, value, valid } => {
            say(if valid { Sentence::EntryValid } else { Sentence::EntryInvalid })
                .with("level", Number(u64::from(level) + 1))
                .with("index", number(index.into()))
                .with("at", Address(at.into()))
                .with("value", Address(value.into()))
        }
        MemoryEvent::Translated { va, pa, access, value } => {
            let told = say(if value.is_some() { Sentence::TranslatedByte } else { Sentence::Translated })
                .with("access", Access(access))
                .with("va", Address(va.into()))
                .with("pa", Address(pa.into()));
            match value {
                Some(value) => told.with("value", Address(value.into())),
                None => told,
            }
        }
        MemoryEvent::OutOfBounds { va, access, limit } => say(Sentence::OutOfBounds)
            .with("va", Address(va.into()))
            .with("access", Access(access))
            .with("limit", number(limit)),
        MemoryEvent::NoEntry { va, access, level } => say(Sentence::NoEntry)
            .with("va", Address(va.into()))
            .with("access", Access(access))
            .with("level", Number(u64::from(level) + 1)),
        MemoryEvent::Fault { va, access, kind } => say(match kind {
            FaultKind::Zero => Sentence::FaultZero,
            FaultKind::Swap => Sentence::FaultSwap,
            FaultKind::File => Sentence::FaultFile,
            FaultKind::Leaving => Sentence::FaultLeaving,
            FaultKind::Shared => Sentence::FaultShared,
        })
        .with("va", Address(va))
        .with("access", Access(access)),
        MemoryEvent::FaultAgain { va } => say(Sentence::FaultAgain).with("va", Address(va)),
        MemoryEvent::Invalid { va, access } => {
            say(Sentence::Invalid).with("va", Address(va)).with("access", Access(access))
        }
        MemoryEvent::Forbidden { va, access } => {
            say(Sentence::Forbidden).with("va", Address(va)).with("access", Access(access))
        }
        MemoryEvent::Map { vpn, frame } => {
            say(Sentence::Map).with("page", Page(vpn)).with("frame", Frame(frame))
        }
        MemoryEvent::Evict { vpn, frame, dirty, .. } => {
            say(if dirty { Sentence::EvictDirty } else { Sentence::EvictClean })
                .with("page", Page(vpn))
                .with("frame", Frame(frame))
        }
        MemoryEvent::PageOut { vpn, slot } => {
            say(Sentence::PageOut).with("page", Page(vpn)).with("slot", number(slot))
        }
        MemoryEvent::WriteRequest { pages, slot } => {
            say(Sentence::WriteRequest).with("number", number(pages)).with("slot", number(slot))
        }
        MemoryEvent::Written { frame } => say(Sentence::Written).with("frame", Frame(frame)),
        MemoryEvent::Clean { vpn, frame } => {
            say(Sentence::Clean).with("page", Page(vpn)).with("frame", Frame(frame))
        }
        MemoryEvent::Cleaned { frame } => say(Sentence::Cleaned).with("frame", Frame(frame)),
        MemoryEvent::PageIn { vpn, slot } => {
            say(Sentence::PageIn).with("page", Page(vpn)).with("slot", number(slot))
        }
        MemoryEvent::ReadFile { vpn } => say(Sentence::ReadFile).with("page", Page(vpn)),
        MemoryEvent::Rescue { vpn, frame } => {
            say(Sentence::Rescue).with("page", Page(vpn)).with("frame", Frame(frame))
        }
        MemoryEvent::GiveUpSlot { frame, slot } => {
            say(Sentence::GiveUpSlot).with("frame", Frame(frame)).with("slot", number(slot))
        }
        MemoryEvent::NoFrame { free } => say(Sentence::NoFrame).with("number", number(free)),
        MemoryEvent::DirectReclaim { free } => say(Sentence::DirectReclaim).with("number", number(free)),
        MemoryEvent::DaemonWakes { free, low } => {
            say(Sentence::DaemonWakes).with("number", number(free)).with("mark", number(low))
        }
        MemoryEvent::DaemonScans { pages } => say(Sentence::DaemonScans).with("number", number(pages)),
        MemoryEvent::DaemonSleeps { free, high } => {
            say(Sentence::DaemonSleeps).with("number", number(free)).with("mark", number(high))
        }
        MemoryEvent::Flush { entries } => say(Sentence::TlbFlush).with("number", number(entries)),
        MemoryEvent::Mapped { vpn, pages } => {
            say(Sentence::Mapped).with("page", Page(vpn)).with("number", number(pages))
        }
        MemoryEvent::Unmapped { vpn, pages } => {
            say(Sentence::Unmapped).with("page", Page(vpn)).with("number", number(pages))
        }
        MemoryEvent::NotMapped { pages: 0 } => say(Sentence::NoRegion),
        MemoryEvent::NotMapped { pages } => say(Sentence::NoRoom).with("number", number(pages)),
        MemoryEvent::Inherited { pages } => say(Sentence::Inherited).with("number", number(pages)),
        MemoryEvent::Copied { from, frame } => {
            say(Sentence::Copied).with("from", Frame(from)).with("frame", Frame(frame))
        }
        MemoryEvent::Reused { vpn, frame } => {
            say(Sentence::Reused).with("page", Page(vpn)).with("frame", Frame(frame))
        }
        MemoryEvent::OutOfMemory { score } => say(Sentence::OutOfMemory).with("number", Number(score)),
        MemoryEvent::Suspend { wanted, frames } => {
            say(Sentence::Suspend).with("number", number(wanted)).with("mark", number(frames))
        }
        MemoryEvent::Refused { pages, promised, limit } => say(Sentence::Refused)
            .with("number", number(pages))
            .with("level", number(promised))
            .with("mark", number(limit)),
        MemoryEvent::SwapOut => say(Sentence::SwapOut),
        MemoryEvent::Resume { wanted, frames } => {
            say(Sentence::Resume).with("number", number(wanted)).with("mark", number(frames))
        }
    }
}

/// A task blocks for something that has to do with memory.
pub(super) fn block(on: Wait, until: Time) -> Sentence {
    match (on, until) {
        (Wait::PageIn, Time::NEVER) => Sentence::BlockPageInQueued,
        (Wait::PageIn, _) => Sentence::BlockPageIn,
        (Wait::PageOut, Time::NEVER) => Sentence::BlockPageOutQueued,
        (Wait::PageOut, _) => Sentence::BlockPageOut,
        (Wait::Work, _) => Sentence::BlockWork,
        (Wait::Child, _) => Sentence::BlockChild,
        (Wait::Frame | Wait::Io(_) | Wait::Sleep, _) => Sentence::BlockFrame,
    }
}

/// And wakes again.
pub(super) fn wake(from: Wait) -> Sentence {
    match from {
        Wait::PageIn => Sentence::WakePageIn,
        Wait::PageOut => Sentence::WakePageOut,
        Wait::Work => Sentence::WakeWork,
        Wait::Child => Sentence::WakeChild,
        Wait::Frame | Wait::Io(_) | Wait::Sleep => Sentence::WakeFrame,
    }
}
