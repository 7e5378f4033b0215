//! The control flow of an access (OSTEP 19.1, 21.3, 21.4), its path so far lit: TLB, walk, fault, a frame for the page,
//! the page into the frame, and the instruction tried again. Each box says how often it was passed in the whole run.

use kernelscope_sim::event::{Cause, Event, EventKind, MemoryEvent, Wait};
use kernelscope_sim::mem::Counts;
use yew::prelude::*;

use crate::i18n::{Lang, memory as t, use_lang};

/// A box of the diagram.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Reference,
    Lookup,
    Done,
    Walk,
    Fill,
    Violation,
    Fault,
    Frame,
    Evict,
    Wait,
    Bring,
    Map,
}

/// The box that a stage of an access belongs to; the stages between two boxes belong to the first.
pub(super) fn place(event: &Event) -> Option<Place> {
    Some(match event.kind {
        EventKind::KernelEntry { cause: Cause::TlbMiss, .. } => Place::Walk,
        EventKind::KernelEntry { .. } => Place::Fault,
        EventKind::Block { on: Wait::PageIn, .. } => Place::Bring,
        EventKind::Block { on: Wait::PageOut, .. } => Place::Evict,
        EventKind::Block { on: Wait::Frame, .. } => Place::Wait,
        EventKind::Memory(memory) => match memory {
            MemoryEvent::Lookup { .. } => Place::Lookup,
            MemoryEvent::Visit { .. } => Place::Walk,
            MemoryEvent::Insert { .. } => Place::Fill,
            MemoryEvent::Dirtied { .. } | MemoryEvent::Reference { .. } => Place::Done,
            MemoryEvent::Fault { .. } | MemoryEvent::FaultAgain { .. } => Place::Fault,
            MemoryEvent::Invalid { .. } | MemoryEvent::Forbidden { .. } => Place::Violation,
            MemoryEvent::NoFrame { .. } => Place::Wait,
            MemoryEvent::DirectReclaim { .. } | MemoryEvent::WriteRequest { .. } => Place::Evict,
            MemoryEvent::PageIn { .. } | MemoryEvent::ReadFile { .. } => Place::Bring,
            MemoryEvent::Map { .. }
            | MemoryEvent::Rescue { .. }
            | MemoryEvent::Copied { .. }
            | MemoryEvent::Reused { .. } => Place::Map,
            _ => return None,
        },
        _ => return None,
    })
}

/// Which boxes an access has passed: those of its stages, and those between them that no stage tells.
pub(super) fn passed(stages: &[Event]) -> Vec<Place> {
    let mut places = vec![Place::Reference];
    let mut add = |place| {
        if !places.contains(&place) {
            places.push(place);
        }
    };
    for event in stages {
        let Some(place) = place(event) else { continue };
        if matches!(place, Place::Evict | Place::Wait | Place::Bring | Place::Map) {
            add(Place::Frame);
        }
        if matches!(event.kind, EventKind::Memory(MemoryEvent::Map { .. })) {
            add(Place::Bring);
        }
        add(place);
    }
    places
}

struct Node {
    place: Place,
    column: u32,
    row: u32,
    name: fn(Lang) -> &'static str,
    count: fn(&Counts) -> Option<u64>,
}

const fn node(
    place: Place,
    (column, row): (u32, u32),
    name: fn(Lang) -> &'static str,
    count: fn(&Counts) -> Option<u64>,
) -> Node {
    Node { place, column, row, name, count }
}

const NODES: [Node; 12] = [
    node(Place::Reference, (0, 0), t::box_reference, |it| Some(it.references)),
    node(Place::Lookup, (1, 0), t::box_lookup, |it| Some(it.lookups)),
    node(Place::Done, (2, 0), t::box_done, |_| None),
    node(Place::Violation, (0, 1), t::box_violation, |it| Some(it.violations)),
    node(Place::Walk, (1, 1), t::box_walk, |it| Some(it.walks)),
    node(Place::Fill, (2, 1), t::box_fill, |_| None),
    node(Place::Wait, (0, 2), t::box_wait, |_| None),
    node(Place::Fault, (1, 2), t::box_fault, |it| Some(it.minor_faults + it.major_faults)),
    node(Place::Map, (2, 2), t::box_map, |_| None),
    node(Place::Evict, (0, 3), t::box_evict, |it| Some(it.clean_evictions + it.dirty_evictions)),
    node(Place::Frame, (1, 3), t::box_frame, |_| None),
    node(Place::Bring, (2, 3), t::box_bring, |_| None),
];

/// A way from one box to another, and where its word stands.
struct Way {
    from: Place,
    to: Place,
    line: &'static str,
    at: (u32, u32),
    name: fn(Lang) -> &'static str,
}

const fn way(
    from: Place,
    to: Place,
    line: &'static str,
    at: (u32, u32),
    name: fn(Lang) -> &'static str,
) -> Way {
    Way { from, to, line, at, name }
}

const fn no_words(_: Lang) -> &'static str {
    ""
}

const WIDTH: u32 = 128;
const HEIGHT: u32 = 38;
const COLUMN: u32 = 196;
const ROW: u32 = 76;

const WAYS: [Way; 13] = [
    way(Place::Reference, Place::Lookup, "M132 23H198", (165, 17), no_words),
    way(Place::Lookup, Place::Done, "M328 23H394", (361, 17), t::way_hit),
    way(Place::Lookup, Place::Walk, "M264 42V78", (270, 64), t::way_miss),
    way(Place::Walk, Place::Violation, "M200 99H134", (167, 93), t::way_invalid),
    way(Place::Walk, Place::Fill, "M328 99H394", (361, 93), t::way_present),
    way(Place::Walk, Place::Fault, "M264 118V154", (270, 140), t::way_absent),
    way(Place::Fill, Place::Done, "M460 80V44", (466, 66), t::way_retry),
    way(Place::Fault, Place::Frame, "M264 194V230", (270, 216), no_words),
    way(Place::Frame, Place::Evict, "M200 243H134", (167, 238), t::way_none),
    way(Place::Evict, Place::Frame, "M132 261H198", (165, 275), no_words),
    way(Place::Frame, Place::Wait, "M208 232L128 194", (150, 224), no_words),
    way(Place::Frame, Place::Bring, "M328 251H394", (361, 245), no_words),
    way(Place::Bring, Place::Map, "M460 232V196", (466, 218), no_words),
];

/// When the page is there, the instruction begins anew.
const RETRY: Way = way(Place::Map, Place::Walk, "M396 166L330 112", (374, 138), t::way_retry);

/// See [`Flow`].
#[derive(Properties, PartialEq)]
pub(super) struct FlowProps {
    /// The boxes passed so far, the one at the cursor last.
    pub(super) passed: Vec<Place>,
    /// The box at the cursor.
    pub(super) now: Option<Place>,
    /// Those that this access will still pass.
    pub(super) to_come: Vec<Place>,
    /// What has been counted so far, in the whole run.
    pub(super) counts: Counts,
    /// Whether there is a TLB to look into.
    pub(super) has_tlb: bool,
}

/// The diagram.
#[component]
pub(super) fn Flow(FlowProps { passed, now, to_come, counts, has_tlb }: &FlowProps) -> Html {
    let lang = use_lang();
    let name =
        |place: Place| NODES.iter().find(|node| node.place == place).map_or("", |node| (node.name)(lang));
    let told: Vec<&str> = passed.iter().map(|place| name(*place)).collect();
    let is_passed = |place: Place| passed.contains(&place);
    let is_there = |place: Place| *has_tlb || !matches!(place, Place::Lookup | Place::Fill);
    html! {
        <svg class="flow" viewBox="0 0 532 274" role="img" aria-label={t::flow_passed(lang, &told.join(" → "))} data-testid="flow">
            <defs>
                <marker id="flow-tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="9" markerHeight="9" markerUnits="userSpaceOnUse" orient="auto">
                    <path d="M0 0 L8 4 L0 8 Z" />
                </marker>
            </defs>
            { for WAYS.iter().chain([&RETRY]).filter(|way| is_there(way.from) && is_there(way.to)).enumerate().map(|(place, way)| html! {
                <g key={place} class={classes!("flow-way", (is_passed(way.from) && is_passed(way.to)).then_some("passed"))}>
                    <path d={way.line} marker-end="url(#flow-tip)" />
                    <text x={way.at.0.to_string()} y={way.at.1.to_string()} text-anchor={if way.line.contains('H') { "middle" } else { "start" }}>{ (way.name)(lang) }</text>
                </g>
            }) }
            if !has_tlb {
                <g class={classes!("flow-way", is_passed(Place::Walk).then_some("passed"))}><path d="M68 44L206 80" marker-end="url(#flow-tip)" /></g>
                <g class={classes!("flow-way", is_passed(Place::Done).then_some("passed"))}><path d="M322 80L402 44" marker-end="url(#flow-tip)" /></g>
            }
            { for NODES.iter().filter(|node| is_there(node.place)).enumerate().map(|(key, node)| {
                let (x, y) = (4 + node.column * COLUMN, 4 + node.row * ROW);
                let looks = match node.place {
                    place if *now == Some(place) => Some("now"),
                    place if is_passed(place) => Some("passed"),
                    place if to_come.contains(&place) => Some("to-come"),
                    _ => None,
                };
                html! {
                    <g {key} class={classes!("flow-box", looks)}>
                        <rect x={x.to_string()} y={y.to_string()} width={WIDTH.to_string()} height={HEIGHT.to_string()} rx="6" />
                        <text x={(x + WIDTH / 2).to_string()} y={(y + if (node.count)(counts).is_some() { 16 } else { 23 }).to_string()} text-anchor="middle">{ (node.name)(lang) }</text>
                        if let Some(count) = (node.count)(counts) {
                            <text class="flow-count" x={(x + WIDTH / 2).to_string()} y={(y + 31).to_string()} text-anchor="middle">{ format!("× {count}") }</text>
                        }
                    </g>
                }
            }) }
        </svg>
    }
}

#[cfg(test)]
mod tests {
    use kernelscope_sim::event::FaultKind;
    use kernelscope_sim::ids::{FrameId, Vpn};
    use kernelscope_sim::program::memory::Access;
    use kernelscope_sim::time::{Nanos, Time};

    use super::*;

    fn stages(kinds: &[EventKind]) -> Vec<Event> {
        kinds.iter().map(|kind| Event { at: Time::ZERO, kind: *kind, task: None, cpu: None }).collect()
    }

    #[test]
    fn the_three_cases_light_their_paths() {
        use MemoryEvent as M;
        let visit = EventKind::Memory(M::Visit { level: 0, index: 0, valid: true });
        let look = |hit| EventKind::Memory(M::Lookup { vpn: Vpn(0), hit });
        let done = EventKind::Memory(M::Reference {
            va: 0,
            access: Access::Read,
            frame: FrameId::new(0),
            hit: true,
        });
        assert_eq!(passed(&stages(&[look(true), done])), [Place::Reference, Place::Lookup, Place::Done]);
        let trap = EventKind::KernelEntry { cause: Cause::PageFault, cost: Nanos::ZERO };
        let fault = EventKind::Memory(M::Fault { va: 0, access: Access::Read, kind: FaultKind::Zero });
        let map = EventKind::Memory(M::Map { vpn: Vpn(0), frame: FrameId::new(0) });
        assert_eq!(
            passed(&stages(&[look(false), visit, trap, fault, map])),
            [
                Place::Reference,
                Place::Lookup,
                Place::Walk,
                Place::Fault,
                Place::Frame,
                Place::Bring,
                Place::Map
            ]
        );
        let wrong = EventKind::Memory(M::Invalid { va: 0, access: Access::Read });
        assert_eq!(passed(&stages(&[look(false), visit, trap, wrong])).last(), Some(&Place::Violation));
    }
}
