//! Memory: whose pages are in which frames, and which of them leave when frames run out.

pub mod plru;
pub mod replace;
