//! The timeline: what every CPU, task, queue level and device did, and where the cursor is.
//!
//! - [`window`] is the stretch of time that is shown and [`axis`] its ticks; [`lanes`] says where each lane stands.
//! - [`tiles`] asks the engine for pieces and keeps them; [`scene`] turns a piece into rectangles and names, and
//!   [`paint`] puts those on the canvas with the [`pens`] of the theme.
//! - [`gesture`], [`minimap`] and [`hit`] are what hands do. [`stage`] holds all of this together, outside of the
//!   component tree, because it changes with every picture.
//! - [`table`] shows the same data as a table, [`legend`] what the weaves mean, [`words`] says it.

pub mod axis;
pub mod clip;
pub mod gesture;
pub mod hit;
mod labels;
pub mod lanes;
pub mod legend;
pub mod marks;
pub mod minimap;
pub mod paint;
pub mod pens;
pub mod scene;
pub mod stage;
pub mod table;
pub mod tiles;
mod view;
pub mod window;
pub mod words;

pub(crate) use table::room as table_room;
pub use view::{Timeline, TimelineProps};
