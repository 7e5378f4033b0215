//! The machine against the outside world and against its own laws.
//!
//! | module | what must hold |
//! |---|---|
//! | [`ostep`] | the runs that the textbook's programs recorded come out to the tick |
//! | [`oracles`] | schedulers written a second time, one tick after the other, agree on random workloads |
//! | [`laws`] | what is true of every run, checked on random scenarios |

mod laws;
mod oracles;
mod ostep;
mod random;
mod trace;
