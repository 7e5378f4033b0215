//! What is shown of a run: it travels in links, so that a friend sees the same picture.

use kernelscope_sim::time::Time;
use serde::{Deserialize, Serialize};

/// What is shown. Serialised into links, defaults left out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ViewState {
    /// The panel under the timeline.
    #[serde(skip_serializing_if = "is_default")]
    pub panel: Panel,
    /// The panel beside it, on a wide screen.
    #[serde(skip_serializing_if = "is_usual")]
    pub beside: Option<Panel>,
    /// The stretch of time that the timeline shows; all of it if none.
    #[serde(skip_serializing_if = "is_default")]
    pub window: Option<(Time, Time)>,
    /// Whether the timeline is shown as a table.
    #[serde(skip_serializing_if = "is_default")]
    pub table: bool,
    /// The chosen task, by its place.
    #[serde(skip_serializing_if = "is_default")]
    pub task: Option<u32>,
}

impl Default for ViewState {
    fn default() -> Self {
        ViewState { panel: Panel::Queues, beside: BESIDE, window: None, table: false, task: None }
    }
}

/// What usually stands beside the first panel.
const BESIDE: Option<Panel> = Some(Panel::Events);

fn is_usual(beside: &Option<Panel>) -> bool {
    *beside == BESIDE
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// A panel under the timeline.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Panel {
    /// The ready queues.
    #[default]
    Queues,
    /// The tasks and their figures at the cursor.
    Tasks,
    /// The list of events.
    Events,
    /// The figures of the run.
    Metrics,
    /// Mode, trap table, registers.
    Kernel,
    /// The rules it plays by.
    Rules,
    /// Several runs side by side.
    Compare,
    /// One parameter against a figure.
    Sweep,
    /// The scenario (a panel on small screens only; else it has its column).
    Scenario,
    /// What just happened (likewise).
    Now,
}

impl Panel {
    /// The panels that have a tab on every screen.
    pub const TABS: [Panel; 8] = [
        Panel::Queues,
        Panel::Tasks,
        Panel::Events,
        Panel::Metrics,
        Panel::Kernel,
        Panel::Rules,
        Panel::Compare,
        Panel::Sweep,
    ];

    /// The name of this panel in addresses and ids.
    pub const fn name(self) -> &'static str {
        match self {
            Panel::Queues => "queues",
            Panel::Tasks => "tasks",
            Panel::Events => "events",
            Panel::Metrics => "metrics",
            Panel::Kernel => "kernel",
            Panel::Rules => "rules",
            Panel::Compare => "compare",
            Panel::Sweep => "sweep",
            Panel::Scenario => "scenario",
            Panel::Now => "now",
        }
    }

    /// The panel of that name.
    pub fn from_name(name: &str) -> Option<Panel> {
        Panel::TABS.into_iter().chain([Panel::Scenario, Panel::Now]).find(|panel| panel.name() == name)
    }
}
