//! The page of Kernelscope, as a library: its logic is tested natively, its two programs are `app` and `worker`.
//!
//! - [`state`] is what the page knows and the pure function that changes it; [`store`] connects it to components.
//! - [`engine`] reaches the engine in the worker, and is the worker's side as well.
//! - [`shell`] arranges the screen, [`rooms`] fetches what it does not show at once; [`editor`], [`timeline`], [`transport`], [`panels`], [`lessons`], [`compare`]
//!   and [`sweep`] fill it. Components take values and callbacks and know nothing of where data comes from.
//! - [`palette`] and [`chip`](mod@chip) give tasks their colours; [`keys`] is the table of keys.
//! - [`sharing`] is how work leaves the page and comes back. [`i18n`] is everything that is said.

pub mod app;
pub mod chip;
pub mod compare;
pub mod editor;
mod effects;
pub mod engine;
pub mod i18n;
mod json;
pub mod keys;
pub mod lessons;
pub mod palette;
pub mod panels;
mod panic;
pub mod platform;
pub mod rooms;
pub mod ruler;
pub mod scale;
pub mod sharing;
pub mod shell;
pub mod state;
pub mod store;
pub mod sweep;
pub mod timeline;
pub mod transport;
