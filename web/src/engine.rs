//! The engine, as the page reaches it: in a worker, or on the page where no worker can start. Messages are bytes.
//!
//! Nothing else on the page knows how messages travel.

mod client;
mod host;
mod inline;
mod kind;
mod serve;
mod wire;

pub use client::Client;
pub use host::Host;
pub use kind::Kind;
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
    /// It listens, and this is what it can do. If there was another one, that is gone.
    Ready(Kind),
    /// It comes from another build than the page.
    OtherBuild,
    /// It died, for this reason; the next one is being started.
    Died(String),
    /// The one that was being started did not come, for this reason. If there was another one, that is still there.
    Missing(String),
    /// It answers.
    Reply(Box<Reply>),
}
