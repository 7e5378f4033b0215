//! Scenarios as people write, keep and send them.
//!
//! A *document* is a JSON value in the form of a scenario file. Editors work on documents, because a document can
//! hold what is not right yet; [`file::decode`] makes a [`Scenario`](kernelscope_sim::scenario::Scenario) of one,
//! or says everything that is wrong with it, each with its place and a way to mend it. [`file::encode`] writes the
//! shortest document for a scenario, and [`link`] packs one into the part of an address behind the `#`.
//!
//! All of that is driven by one table of fields, [`params`]: what a field is called, what may stand in it, what it
//! is when left out, whether it can be swept or changed while the machine runs. Forms, `--set path=value`, sweeps
//! and inputs ask the same table.
//!
//! There is no prose here: problems are codes and values, and whoever shows them finds the words.

pub mod file;
mod lens;
pub mod limits;
pub mod link;
pub mod params;
mod path;
mod variant;
