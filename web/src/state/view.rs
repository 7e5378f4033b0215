//! What is shown of a run: it travels in links, so that a friend sees the same picture.

use kernelscope_sim::time::Time;
use serde_json::{Map, Value};

use crate::json::{self, Fields};

/// What is shown. Serialised into links, defaults left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ViewState {
    /// The panel under the timeline.
    pub panel: Panel,
    /// The panel beside it, on a wide screen.
    pub beside: Option<Panel>,
    /// The stretch of time that the timeline shows; all of it if none.
    pub window: Option<(Time, Time)>,
    /// Whether the timeline is shown as a table.
    pub table: bool,
    /// The chosen task, by its place.
    pub task: Option<u32>,
}

impl Default for ViewState {
    fn default() -> Self {
        ViewState { panel: Panel::Queues, beside: BESIDE, window: None, table: false, task: None }
    }
}

/// What usually stands beside the first panel.
const BESIDE: Option<Panel> = Some(Panel::Events);

impl ViewState {
    /// The view in a value; nothing if there is anything in it that this page does not know.
    pub fn read(value: &Value) -> Option<ViewState> {
        let mut fields = Fields::of(value)?;
        let view = ViewState {
            panel: fields.maybe("panel", Panel::read)?.unwrap_or_default(),
            beside: match fields.get("beside") {
                None => BESIDE,
                Some(Value::Null) => None,
                Some(panel) => Some(Panel::read(panel)?),
            },
            window: fields.maybe("window", json::pair)?.map(|(from, to)| (Time(from), Time(to))),
            table: fields.flag("table"),
            task: fields.maybe("task", json::number)?,
        };
        fields.are_known().then_some(view)
    }

    /// The view as a value, without what is as usual.
    pub fn written(&self) -> Map<String, Value> {
        let mut fields = Map::new();
        let mut put = |name: &str, value: Value| fields.insert(name.to_owned(), value);
        if self.panel != Panel::default() {
            put("panel", self.panel.name().into());
        }
        if self.beside != BESIDE {
            put("beside", self.beside.map(Panel::name).into());
        }
        if let Some((from, to)) = self.window {
            put("window", vec![from.0, to.0].into());
        }
        if self.table {
            put("table", true.into());
        }
        if let Some(task) = self.task {
            put("task", task.into());
        }
        fields
    }
}

/// A panel under the timeline.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
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
    /// The page table, the TLBs and the frames.
    Memory,
    /// The path of an access to memory.
    Access,
    /// The accesses in a row.
    References,
    /// Swap and free frames.
    Swap,
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

    /// The panels that have a tab where the scenario has memory, behind the first.
    pub const MEMORY: [Panel; 4] = [Panel::Memory, Panel::Access, Panel::References, Panel::Swap];

    /// Those of them that a machine fills whose memory only translates addresses.
    pub const TRANSLATION: [Panel; 2] = [Panel::Memory, Panel::Access];

    /// The panels that have a tab on every screen, with these about memory behind the first.
    pub fn tabs(of_memory: &[Panel]) -> Vec<Panel> {
        let [first, rest @ ..] = Panel::TABS;
        std::iter::once(first).chain(of_memory.iter().copied()).chain(rest).collect()
    }

    /// The name of this panel in addresses and ids.
    pub const fn name(self) -> &'static str {
        match self {
            Panel::Queues => "queues",
            Panel::Tasks => "tasks",
            Panel::Events => "events",
            Panel::Metrics => "metrics",
            Panel::Kernel => "kernel",
            Panel::Rules => "rules",
            Panel::Memory => "memory",
            Panel::Access => "access",
            Panel::References => "references",
            Panel::Swap => "swap",
            Panel::Compare => "compare",
            Panel::Sweep => "sweep",
            Panel::Scenario => "scenario",
            Panel::Now => "now",
        }
    }

    fn read(value: &Value) -> Option<Panel> {
        Panel::from_name(value.as_str()?)
    }

    /// The panel of that name.
    pub fn from_name(name: &str) -> Option<Panel> {
        Panel::TABS
            .into_iter()
            .chain(Panel::MEMORY)
            .chain([Panel::Scenario, Panel::Now])
            .find(|panel| panel.name() == name)
    }
}
