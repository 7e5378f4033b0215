//! The tabs under the timeline, and one panel or two beside each other.

use kernelscope_sim::mem::spec::Mmu;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

use super::current_run;
use crate::compare::Compare;
use crate::i18n::{
    Lang, compare as compare_text, memory as memory_text, panels as panel_text, shell as text,
    sweep as sweep_text, use_lang,
};
use crate::panels::memory::{Access, Overall, References, Swap};
use crate::panels::{Events, KernelEntry, Metrics, Queues, Rules, Tasks};
use crate::rooms::{Desk, Entrance, Room, Study, Vault};
use crate::state::{Action, Panel, State};
use crate::store::{use_dispatch, use_select};
use crate::sweep::Sweep;

/// The tabs and what they bring to the front.
#[component]
pub(super) fn Panels() -> Html {
    let lang = use_lang();
    let act = use_dispatch();
    let view = use_select(|state| (state.view.panel, state.view.beside));
    let narrow = *use_select(|state| state.system.narrow);
    let tabs = use_select(tabs);
    let shown = if tabs.contains(&view.0) { Some(view.0) } else { tabs.first().copied() };
    let Some(shown) = shown else {
        return Html::default();
    };
    let onkeydown = {
        let (act, tabs) = (act.clone(), tabs.clone());
        Callback::from(move |event: KeyboardEvent| {
            let at = tabs.iter().position(|tab| *tab == shown).unwrap_or(0);
            let to = match event.key().as_str() {
                "ArrowRight" => (at + 1) % tabs.len(),
                "ArrowLeft" => (at + tabs.len() - 1) % tabs.len(),
                "Home" => 0,
                "End" => tabs.len() - 1,
                _ => return,
            };
            event.prevent_default();
            event.stop_propagation();
            act.emit(Action::Show(tabs[to]));
            if let Some(tab) = gloo::utils::document().get_element_by_id(&tab_id(tabs[to])) {
                crate::platform::focus(&tab);
            }
        })
    };
    let beside = view.1.filter(|panel| !narrow && *panel != shown && tabs.contains(panel));
    html! {
        <section class="panels" aria-label={text::panels(lang)}>
            <div class="tab-row">
                <div class="tabs" role="tablist" aria-label={text::panels(lang)} {onkeydown}>
                    { for tabs.iter().map(|tab| tab_button(*tab, *tab == shown, lang, &act)) }
                </div>
                if !narrow && tabs.len() > 1 { { second(&tabs, shown, beside, lang, &act) } }
            </div>
            <div class={classes!("panel-row", beside.map(|_| "is-split"))}>
                <div
                    class="panel"
                    role="tabpanel"
                    id="panel"
                    aria-labelledby={tab_id(shown)}
                    tabindex="0"
                    key={shown.name()}
                >
                    <Entrance room={room(shown)} />
                </div>
                if let Some(beside) = beside {
                    <div class="panel" role="group" tabindex="0" aria-label={title(beside, lang)} key={beside.name()}>
                        <Entrance room={room(beside)} />
                    </div>
                }
            </div>
        </section>
    }
}

/// The choice of the panel beside the first one.
fn second(tabs: &[Panel], shown: Panel, beside: Option<Panel>, lang: Lang, act: &Callback<Action>) -> Html {
    let onchange = act.reform(|event: Event| {
        Action::Beside(Panel::from_name(&event.target_unchecked_into::<HtmlSelectElement>().value()))
    });
    html! {
        <select class="second-panel" aria-label={text::second_panel(lang)} {onchange}>
            <option value="" selected={beside.is_none()}>{ "⊞ " }{ text::unsplit(lang) }</option>
            { for tabs.iter().filter(|tab| **tab != shown).map(|tab| html! {
                <option key={tab.name()} value={tab.name()} selected={beside == Some(*tab)}>
                    { "⊞ " }{ title(*tab, lang) }
                </option>
            }) }
        </select>
    }
}

/// The panels that have a tab here and now.
fn tabs(state: &State) -> Vec<Panel> {
    if let Some(embed) = &state.embed {
        return embed.panels.clone();
    }
    let columns = [Panel::Now, Panel::Scenario].into_iter().filter(|_| state.system.narrow);
    columns.chain(Panel::tabs(of_memory(state))).collect()
}

/// The panels about memory that the run that is shown fills.
fn of_memory(state: &State) -> &'static [Panel] {
    match current_run(state).and_then(|run| run.scenario.machine.memory.clone()) {
        None => &[],
        Some(memory) if memory.mmu != Mmu::Paged => &Panel::TRANSLATION,
        Some(_) => &Panel::MEMORY,
    }
}

fn tab_id(panel: Panel) -> String {
    format!("tab-{}", panel.name())
}

fn tab_button(tab: Panel, chosen: bool, lang: Lang, act: &Callback<Action>) -> Html {
    html! {
        <button
            type="button"
            role="tab"
            id={tab_id(tab)}
            key={tab.name()}
            class={classes!(Panel::MEMORY.contains(&tab).then_some("of-memory"))}
            aria-selected={if chosen { "true" } else { "false" }}
            aria-controls={chosen.then_some("panel")}
            tabindex={if chosen { "0" } else { "-1" }}
            onclick={act.reform(move |_| Action::Show(tab))}
        >
            { title(tab, lang) }
        </button>
    }
}

/// The name of a panel.
pub(crate) fn title(panel: Panel, lang: Lang) -> &'static str {
    match panel {
        Panel::Queues => panel_text::queues(lang),
        Panel::Tasks => panel_text::tasks(lang),
        Panel::Events => panel_text::events(lang),
        Panel::Metrics => panel_text::metrics(lang),
        Panel::Kernel => panel_text::kernel(lang),
        Panel::Rules => panel_text::rules(lang),
        Panel::Compare => compare_text::title(lang),
        Panel::Sweep => sweep_text::title(lang),
        Panel::Memory => memory_text::memory(lang),
        Panel::Access => memory_text::access(lang),
        Panel::References => memory_text::references(lang),
        Panel::Swap => memory_text::swap(lang),
        Panel::Scenario => text::scenario(lang),
        Panel::Now => text::now(lang),
    }
}

/// The room that a panel is in.
fn room(panel: Panel) -> Room {
    match panel {
        Panel::Queues => Room::Desk(Desk::Queues),
        Panel::Events => Room::Desk(Desk::Events),
        Panel::Scenario => Room::Desk(Desk::Scenario),
        Panel::Now => Room::Desk(Desk::Now),
        Panel::Tasks => Room::Study(Study::Tasks),
        Panel::Metrics => Room::Study(Study::Metrics),
        Panel::Kernel => Room::Study(Study::Kernel),
        Panel::Rules => Room::Study(Study::Rules),
        Panel::Memory => Room::Vault(Vault::Memory),
        Panel::Access => Room::Vault(Vault::Access),
        Panel::References => Room::Vault(Vault::References),
        Panel::Swap => Room::Vault(Vault::Swap),
        Panel::Compare => Room::Study(Study::Compare),
        Panel::Sweep => Room::Study(Study::Sweep),
    }
}

/// A panel of the run at the cursor; nothing before the first.
macro_rules! panels {
    ($($view:ident: $component:ident, $panel:ident;)+) => {$(
        #[component]
        fn $component() -> Html {
            let act = use_dispatch();
            let selection = *use_select(|state| state.selection);
            let run = use_select(current_run);
            match (*run).clone() {
                Some(run) => html! { <$panel {run} {selection} {act} /> },
                None => Html::default(),
            }
        }

        pub(crate) fn $view() -> Html {
            html! { <$component /> }
        }
    )+};
}

panels! {
    queues: QueuesPanel, Queues;
    events: EventsPanel, Events;
    tasks: TasksPanel, Tasks;
    metrics: MetricsPanel, Metrics;
    kernel: KernelPanel, KernelEntry;
    rules: RulesPanel, Rules;
    memory: MemoryPanel, Overall;
    access: AccessPanel, Access;
    references: ReferencesPanel, References;
    swap: SwapPanel, Swap;
}

pub(crate) fn compare() -> Html {
    html! { <ComparePanel /> }
}

pub(crate) fn sweep() -> Html {
    html! { <SweepPanel /> }
}

#[component]
fn ComparePanel() -> Html {
    let act = use_dispatch();
    let selection = *use_select(|state| state.selection);
    let part =
        use_select(|state| (state.runs.clone(), state.work.document().clone(), state.work.compare.clone()));
    let (runs, document, compare) = (*part).clone();
    html! { <Compare {runs} {document} {compare} {selection} {act} /> }
}

#[component]
fn SweepPanel() -> Html {
    let act = use_dispatch();
    let part = use_select(|state| (state.work.document().clone(), state.sweep.clone()));
    let (document, sweep) = (*part).clone();
    html! { <Sweep {document} {sweep} {act} /> }
}
