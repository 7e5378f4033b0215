//! Time travel, views and sweeps over the machine: what stands between a kernel that only runs forward and a
//! person who wants to step back, zoom and compare. Pure and serialisable; it knows no words and no pixels.

pub mod fold;
pub mod protocol;
pub mod query;
pub mod sweep;
pub mod timeline;
pub mod view;
