//! Page replacement alone: the policies against strings of references, without the rest of the machine.
//!
//! | module | what must hold |
//! |---|---|
//! | [`worked_examples`] | the figures and the victims that the books print |
//! | [`ostep`] | the runs that the textbook's `paging-policy.py` recorded, victim by victim |
//! | [`libcachesim`] | the faults that another simulator counted |
//! | [`laws`] | what is true on every string |
//! | [`local`] | a process with a quota does as it would alone |
//! | [`models`] | every policy agrees with a second, simple-minded one |
//! | [`rules`] | every rule of replacement has a case in which it decides |

mod laws;
mod libcachesim;
mod local;
mod models;
mod ostep;
mod pager;
mod rules;
mod worked_examples;
