//! What is made of the events of a run as they come by: the lanes of the timeline, and the time of service.
//!
//! Everything here is a fold: it takes one event after the other and never asks the machine. Events of full detail
//! are wanted, for some of them begin or end what a lane shows.

pub mod lanes;
pub(crate) mod service;
