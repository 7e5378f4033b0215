//! The engine, as the page reaches it: in a worker, or on the page where no worker can start. Messages are bytes.
//!
//! Nothing else on the page knows how messages travel.

mod client;
mod host;
mod inline;
mod serve;
mod wire;

pub use client::Client;
pub use host::Host;
pub use serve::serve;
pub use wire::{FromEngine, to_bytes};

use kernelscope_session::protocol::Reply;

/// Which build this is: the page and its worker must come from the same one.
pub const BUILD: &str = match option_env!("KERNELSCOPE_BUILD") {
    Some(build) => build,
    None => "dev",
};

/// What the page hears of the engine.
#[derive(Clone, Debug, PartialEq)]
pub enum Report {
    /// It listens.
    Ready,
    /// It comes from another build than the page.
    OtherBuild,
    /// It died, for this reason; the next one is being started.
    Died(String),
    /// It answers.
    Reply(Box<Reply>),
}
