//! The states of a task and the ways between them, as every textbook draws them; the current state is lit, and
//! each way says how often it was taken.

use kernelscope_session::view::{StateView, Transitions};
use yew::prelude::*;

use crate::i18n::{Lang, panels as t, use_lang, words};

/// Which state, and how it came to it.
#[derive(Properties, PartialEq)]
pub(super) struct StateDiagramProps {
    /// The current state.
    pub(super) state: StateView,
    /// How often each change was made.
    pub(super) transitions: Transitions,
    /// Whether processes are swapped out as a whole.
    pub(super) swaps: bool,
}

/// A state's box.
struct Node {
    x: u32,
    y: u32,
    name: fn(Lang) -> &'static str,
    is: fn(StateView) -> bool,
}

const WIDTH: u32 = 88;
const HEIGHT: u32 = 30;

const NODES: [Node; 7] = [
    Node { x: 4, y: 4, name: words::state_new, is: |state| state == StateView::New },
    Node { x: 4, y: 92, name: words::state_ready, is: |state| state == StateView::Ready },
    Node { x: 156, y: 62, name: words::state_switching, is: |state| state == StateView::Switching },
    Node { x: 308, y: 92, name: words::state_running, is: |state| state == StateView::Running },
    Node { x: 156, y: 188, name: words::state_blocked, is: |state| matches!(state, StateView::Blocked(_)) },
    Node { x: 308, y: 4, name: words::state_zombie, is: |state| state == StateView::Zombie },
    Node { x: 156, y: 4, name: words::state_reaped, is: |state| state == StateView::Reaped },
];

/// Beyond the usual states: kept out of memory.
const SWAPPED_OUT: Node =
    Node { x: 4, y: 244, name: words::state_swapped_out, is: |state| state == StateView::SwappedOut };

/// A way between two states: its line, where its words begin, and how often it was taken.
struct Way {
    line: &'static str,
    x: u32,
    y: u32,
    name: fn(Lang) -> &'static str,
    taken: fn(&Transitions) -> Option<u64>,
}

const WAYS: [Way; 7] = [
    Way { line: "M48 34 V90", x: 54, y: 58, name: t::admitted, taken: |times| Some(times.admitted) },
    Way {
        line: "M92 98 L154 80",
        x: 128,
        y: 108,
        name: t::dispatched,
        taken: |times| Some(times.dispatched),
    },
    Way { line: "M244 80 L306 98", x: 0, y: 0, name: no_words, taken: |_| None },
    Way {
        line: "M308 114 H94",
        x: 166,
        y: 130,
        name: t::descheduled,
        taken: |times| Some(times.descheduled),
    },
    Way {
        line: "M352 122 C352 190 320 203 246 203",
        x: 358,
        y: 176,
        name: t::blocked,
        taken: |times| Some(times.blocked),
    },
    Way {
        line: "M154 203 C80 203 48 190 48 124",
        x: 4,
        y: 176,
        name: t::woken,
        taken: |times| Some(times.woken),
    },
    Way { line: "M352 92 V36", x: 358, y: 68, name: t::exited, taken: |times| Some(times.exited) },
];

/// Init, or the parent, reads the status.
const REAP: Way = Way { line: "M308 19 H246", x: 258, y: 14, name: t::reaped_by_parent, taken: |_| None };

/// The ways out and back.
const SWAPS: [Way; 2] = [
    Way { line: "M18 124 V242", x: 22, y: 238, name: no_words, taken: |_| None },
    Way { line: "M32 244 V126", x: 22, y: 238, name: no_words, taken: |_| None },
];

fn no_words(_: Lang) -> &'static str {
    ""
}

/// The diagram.
#[component]
pub(super) fn StateDiagram(StateDiagramProps { state, transitions, swaps }: &StateDiagramProps) -> Html {
    let lang = use_lang();
    let swapped = swaps.then_some(&SWAPPED_OUT);
    let nodes = || NODES.iter().chain(swapped);
    let swap_ways: &[Way] = if *swaps { &SWAPS } else { &[] };
    let view_box = if *swaps { "0 0 420 278" } else { "0 0 420 222" };
    let current = nodes().find(|node| (node.is)(*state)).map_or("", |node| (node.name)(lang));
    let told =
        WAYS.iter().filter_map(|way| Some(format!("{}: {}", (way.name)(lang), (way.taken)(transitions)?)));
    let label = t::diagram(lang, current, &told.collect::<Vec<_>>().join(", "));
    html! {
        <svg class="states" viewBox={view_box} role="img" aria-label={label} data-testid="states">
            <defs>
                <marker id="states-tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">
                    <path d="M0 0 L8 4 L0 8 Z" />
                </marker>
            </defs>
            { for WAYS.iter().chain([&REAP]).chain(swap_ways).enumerate().map(|(place, way)| html! {
                <g key={place} class="states-way">
                    <path d={way.line} marker-end="url(#states-tip)" />
                    <text x={way.x.to_string()} y={way.y.to_string()}>
                        { (way.name)(lang) }
                        if let Some(times) = (way.taken)(transitions) {
                            <tspan class="states-times" dx="4">{ times }</tspan>
                        }
                    </text>
                </g>
            }) }
            { for nodes().enumerate().map(|(place, node)| {
                let lit = (node.is)(*state);
                html! {
                    <g key={place} class={classes!("states-node", lit.then_some("lit"))}>
                        <rect x={node.x.to_string()} y={node.y.to_string()} width={WIDTH.to_string()} height={HEIGHT.to_string()} rx="6" />
                        <text x={(node.x + WIDTH / 2).to_string()} y={(node.y + HEIGHT / 2 + 4).to_string()} text-anchor="middle">
                            { (node.name)(lang) }
                        </text>
                    </g>
                }
            }) }
        </svg>
    }
}

#[cfg(test)]
mod tests {
    use kernelscope_sim::event::Wait;

    use super::*;

    #[test]
    fn every_state_lights_exactly_one_box() {
        for state in [
            StateView::New,
            StateView::Ready,
            StateView::Switching,
            StateView::Running,
            StateView::Blocked(Wait::Sleep),
            StateView::Blocked(Wait::Io(None)),
            StateView::Zombie,
            StateView::Reaped,
            StateView::SwappedOut,
        ] {
            let nodes = NODES.iter().chain([&SWAPPED_OUT]);
            assert_eq!(nodes.filter(|node| (node.is)(state)).count(), 1, "{state:?}");
        }
    }
}
