//! What happened to memory, in English.

use kernelscope_sim::event::{FaultKind, MemoryEvent};
use kernelscope_sim::program::memory::Access;

/// What happened. Pages and frames are numbers, addresses hexadecimal.
pub(super) fn of(event: MemoryEvent) -> String {
    match event {
        MemoryEvent::Lookup { vpn, hit } => {
            format!("TLB: page {} is {}there", vpn.0, if hit { "" } else { "not " })
        }
        MemoryEvent::Visit { level, index, valid } => {
            let valid = if valid { "valid" } else { "not valid" };
            format!("page table, level {}: entry {index} is {valid}", level + 1)
        }
        MemoryEvent::Insert { vpn, place, displaced } => {
            let displaced = if displaced { ", and another gives way" } else { "" };
            format!("TLB: page {} enters place {place}{displaced}", vpn.0)
        }
        MemoryEvent::Dirtied { vpn } => format!("first store to page {}: the dirty bit is set", vpn.0),
        MemoryEvent::Reference { va, access, frame, hit } => {
            let hit = if hit { "TLB hit" } else { "no TLB hit" };
            format!("{} {va:#x}: frame {}, {hit}", word(access), frame.get())
        }
        MemoryEvent::Segment { number } => format!("the top bit chooses segment {number}"),
        MemoryEvent::Bounds { distance, limit, within } => {
            let within = if within { "within" } else { "beyond" };
            format!("{distance} bytes from the base, bounds {limit}: {within}")
        }
        MemoryEvent::Entry { level, index, at, value, valid } => {
            let valid = if valid { "valid" } else { "not valid" };
            format!("page table, level {}: entry {index} at {at:#x} is {value:#x}, {valid}", level + 1)
        }
        MemoryEvent::Translated { va, pa, access, value } => {
            let value = value.map(|value| format!(", byte {value:#x}")).unwrap_or_default();
            format!("{} {va:#x}: physical {pa:#x}{value}", word(access))
        }
        MemoryEvent::OutOfBounds { va, access, limit } => {
            format!("segmentation violation: {} {va:#x} is beyond the bounds of {limit} bytes", word(access))
        }
        MemoryEvent::NoEntry { va, access, level } => {
            format!("page table, level {}: no valid entry to {} {va:#x}", level + 1, word(access))
        }
        MemoryEvent::Fault { va, access, kind } => {
            let place = match kind {
                FaultKind::Zero => "has no frame yet",
                FaultKind::Swap => "is in swap",
                FaultKind::File => "is in its file",
                FaultKind::Leaving => "is being written to swap",
                FaultKind::Shared => "may be shared, and is copied on a write",
            };
            format!("page fault at {va:#x} ({}): the page {place}", word(access))
        }
        MemoryEvent::FaultAgain { va } => format!("faults at {va:#x} once more"),
        MemoryEvent::Invalid { va, access } => {
            format!("segmentation violation: {} {va:#x} is in no region", word(access))
        }
        MemoryEvent::Forbidden { va, access } => {
            format!("protection violation: the region of {va:#x} allows no {}", word(access))
        }
        MemoryEvent::Map { vpn, frame } => format!("page {} is in frame {}", vpn.0, frame.get()),
        MemoryEvent::Evict { vpn, frame, dirty, rule } => {
            let state = if dirty { "dirty" } else { "clean" };
            format!("page {}, {state}, leaves frame {} ({})", vpn.0, frame.get(), rule.name())
        }
        MemoryEvent::PageOut { vpn, slot } => format!("page {} goes to swap slot {slot}", vpn.0),
        MemoryEvent::WriteRequest { pages, slot } => {
            format!("asks the disk to write {pages} pages, from swap slot {slot} on")
        }
        MemoryEvent::Written { frame } => format!("frame {} is written and free", frame.get()),
        MemoryEvent::Clean { vpn, frame } => {
            format!("page {} stays in frame {} and is written to swap", vpn.0, frame.get())
        }
        MemoryEvent::Cleaned { frame } => format!("frame {} is written; its page has stayed", frame.get()),
        MemoryEvent::PageIn { vpn, slot } => {
            format!("the disk is asked for page {} in swap slot {slot}", vpn.0)
        }
        MemoryEvent::ReadFile { vpn } => format!("the disk is asked for page {} in its file", vpn.0),
        MemoryEvent::Rescue { vpn, frame } => format!("page {} stays in frame {}", vpn.0, frame.get()),
        MemoryEvent::GiveUpSlot { frame, slot } => {
            format!("no swap slot is free: frame {} gives up its copy in slot {slot}", frame.get())
        }
        MemoryEvent::NoFrame { free } => format!("finds no frame that it may take; {free} free"),
        MemoryEvent::DirectReclaim { free } => format!("reclaims pages inside its fault; {free} free"),
        MemoryEvent::DaemonWakes { free, low } => {
            format!("page daemon: {free} frames free, fewer than {low}")
        }
        MemoryEvent::DaemonScans { pages } => format!("page daemon: looks for {pages} pages that can leave"),
        MemoryEvent::DaemonSleeps { free, high } => {
            format!("page daemon: {free} frames free of {high} wanted; nothing to do")
        }
        MemoryEvent::Flush { entries } => format!("the TLB is emptied; translations lost: {entries}"),
        MemoryEvent::Mapped { vpn, pages } => format!("maps {pages} pages from page {} on", vpn.0),
        MemoryEvent::Unmapped { vpn, pages } => format!("unmaps {pages} pages from page {} on", vpn.0),
        MemoryEvent::NotMapped { pages: 0 } => "munmap fails: there is no such region".to_owned(),
        MemoryEvent::NotMapped { pages } => format!("mmap fails: there is no room for {pages} pages"),
        MemoryEvent::Inherited { pages } => format!("has {pages} pages in frames from its parent"),
        MemoryEvent::Copied { from, frame } => {
            format!("its page is copied from frame {} to frame {}", from.get(), frame.get())
        }
        MemoryEvent::Reused { vpn, frame } => {
            format!("alone maps p{} now, and writes to it in frame {}", vpn.0, frame.get())
        }
        MemoryEvent::OutOfMemory { score } => {
            format!("out of memory: with {score} pages it is the largest, and is ended")
        }
        MemoryEvent::Suspend { wanted, frames } => {
            format!("working sets want {wanted} pages of {frames} frames: it is to be swapped out")
        }
        MemoryEvent::Refused { pages, promised, limit } => {
            format!("mmap fails: with {pages} pages more {promised} would be promised, and {limit} may be")
        }
        MemoryEvent::SwapOut => "is swapped out".to_owned(),
        MemoryEvent::Resume { wanted, frames } => {
            format!("is let in again: working sets want {wanted} pages of {frames} frames with its own")
        }
    }
}

fn word(access: Access) -> &'static str {
    match access {
        Access::Read => "read",
        Access::Write => "write",
        Access::Fetch => "fetch",
    }
}
