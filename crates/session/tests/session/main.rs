//! The session as a whole: what it shows is what the machine does, wherever one goes.

mod common;
mod figures;
mod time_travel;
