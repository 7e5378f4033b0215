//! Time travel, views and sweeps over the machine: what stands between a kernel that only runs forward and a
//! person who wants to step back, zoom and compare. Pure and serialisable; it knows no words and no pixels.
//!
//! | where | what |
//! |---|---|
//! | [`protocol`], [`view`] | what is asked, and what is shown |
//! | [`engine`] | takes requests and works in slices |
//! | `load`, `prepare` | makes a run once, and writes down what is kept of it |
//! | [`fold`] | the lanes, from events |
//! | [`timeline`] | a lane in as many runs as there are columns, at any zoom |
//! | `checkpoints`, `traveller`, `seek`, `search` | going back: a clone of an earlier machine, and steps forward |
//! | `snapshot`, `events`, `summary` | the machine at the cursor, a page of events, the figures |
//! | `memory` | page tables, TLBs, frames and swap at the cursor; references put together; memory over time |
//! | [`query`] | moments by description |
//! | [`topic`] | which events the list shows |
//! | [`sweep`] | many runs that record nothing |

mod blocks;
mod checkpoints;
pub mod engine;
mod events;
pub mod fold;
mod load;
mod memory;
mod prepare;
pub mod protocol;
pub mod query;
mod run;
mod search;
mod seek;
mod session;
mod snapshot;
mod summary;
pub mod sweep;
pub mod timeline;
pub mod topic;
mod traveller;
pub mod view;

pub use load::Room;
