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

use std::sync::Arc;

use kernelscope_sim::machine::{Machine, Stop};
use kernelscope_sim::scenario::Scenario;
use kernelscope_sim::sink::Micro;

use trace::Trace;

/// Runs a scenario that nothing is wrong with.
fn watch(scenario: &Scenario) -> Trace {
    let mut machine = Machine::new(Arc::new(scenario.clone())).expect("the scenario is valid");
    let mut sink = Micro::default();
    machine.run(Stop::End, &mut sink);
    Trace::fold(scenario, sink.0, machine.now().0)
}
