//! The panels: each shows one side of the machine at the cursor.

pub mod bar;
pub mod conventions;
mod events;
pub mod figures;
mod inspector;
mod kernel_entry;
pub mod memory;
mod metrics;
mod now;
mod protocol;
mod queues;
mod rule_link;
mod rules;
mod state_diagram;
mod tasks;
mod told;

pub use events::Events;
pub use inspector::Inspector;
pub use kernel_entry::KernelEntry;
pub use metrics::Metrics;
pub use now::Now;
pub use queues::Queues;
pub use rules::Rules;
pub use tasks::Tasks;

use yew::prelude::*;

use crate::state::{Action, Run, Selection, Shared};

/// What every panel is given.
#[derive(Clone, PartialEq, Properties)]
pub struct PanelProps {
    /// The run that is shown.
    pub run: Shared<Run>,
    /// What is chosen.
    pub selection: Selection,
    /// What tells the page that something happened.
    pub act: Callback<Action>,
}
