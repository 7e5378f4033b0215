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
}

/// A state's box.
struct Node {
    x: u32,
    y: u32,
    name: fn(Lang) -> &'static str,
    is: fn(StateView) -> bool,
}

const WIDTH: u32 = 84;
const HEIGHT: u32 = 30;

const NODES: [Node; 7] = [
    Node { x: 4, y: 20, name: words::state_new, is: |state| state == StateView::New },
    Node { x: 138, y: 20, name: words::state_ready, is: |state| state == StateView::Ready },
    Node { x: 264, y: 96, name: words::state_switching, is: |state| state == StateView::Switching },
    Node { x: 390, y: 20, name: words::state_running, is: |state| state == StateView::Running },
    Node { x: 138, y: 172, name: words::state_blocked, is: |state| matches!(state, StateView::Blocked(_)) },
    Node { x: 524, y: 20, name: words::state_zombie, is: |state| state == StateView::Zombie },
    Node { x: 524, y: 172, name: words::state_reaped, is: |state| state == StateView::Reaped },
];

/// A way between two states: its line, where its words stand, and how often it was taken.
struct Way {
    line: &'static str,
    x: u32,
    y: u32,
    name: fn(Lang) -> &'static str,
    taken: fn(&Transitions) -> Option<u64>,
}

const WAYS: [Way; 7] = [
    Way { line: "M88 35 H134", x: 111, y: 12, name: t::admitted, taken: |times| Some(times.admitted) },
    Way {
        line: "M222 44 L262 92",
        x: 205,
        y: 84,
        name: t::dispatched,
        taken: |times| Some(times.dispatched),
    },
    Way { line: "M350 100 L388 54", x: 0, y: 0, name: no_words, taken: |_| None },
    Way { line: "M388 28 H226", x: 306, y: 14, name: t::descheduled, taken: |times| Some(times.descheduled) },
    Way {
        line: "M432 52 C432 150 340 187 226 187",
        x: 404,
        y: 176,
        name: t::blocked,
        taken: |times| Some(times.blocked),
    },
    Way { line: "M180 170 V54", x: 128, y: 124, name: t::woken, taken: |times| Some(times.woken) },
    Way { line: "M476 35 H520", x: 499, y: 12, name: t::exited, taken: |times| Some(times.exited) },
];

/// Init, or the parent, reads the status.
const REAP: Way = Way { line: "M566 52 V168", x: 540, y: 114, name: t::reaped_by_parent, taken: |_| None };

fn no_words(_: Lang) -> &'static str {
    ""
}

/// The diagram.
#[component]
pub(super) fn StateDiagram(StateDiagramProps { state, transitions }: &StateDiagramProps) -> Html {
    let lang = use_lang();
    let current = NODES.iter().find(|node| (node.is)(*state)).map_or("", |node| (node.name)(lang));
    let told =
        WAYS.iter().filter_map(|way| Some(format!("{}: {}", (way.name)(lang), (way.taken)(transitions)?)));
    let label = t::diagram(lang, current, &told.collect::<Vec<_>>().join(", "));
    html! {
        <svg class="states" viewBox="0 0 616 212" role="img" aria-label={label} data-testid="states">
            <defs>
                <marker id="states-tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">
                    <path d="M0 0 L8 4 L0 8 Z" />
                </marker>
            </defs>
            { for WAYS.iter().chain([&REAP]).enumerate().map(|(place, way)| html! {
                <g key={place} class="states-way">
                    <path d={way.line} marker-end="url(#states-tip)" />
                    <text x={way.x.to_string()} y={way.y.to_string()} text-anchor="middle">
                        { (way.name)(lang) }
                        if let Some(times) = (way.taken)(transitions) {
                            <tspan class="states-times" dx="4">{ times }</tspan>
                        }
                    </text>
                </g>
            }) }
            { for NODES.iter().enumerate().map(|(place, node)| {
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
        ] {
            assert_eq!(NODES.iter().filter(|node| (node.is)(state)).count(), 1, "{state:?}");
        }
    }
}
