//! How many references a second a machine with memory makes, where most of them hit: with nobody listening, and
//! with somebody who records what a lecturer would tell.
//!
//! One process goes through its pages again and again; each page is in its frame and in the TLB. The best of
//! several runs counts, since a busy machine can only make it slower.

#![expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]
#![expect(clippy::disallowed_types, reason = "a benchmark measures by the clock on the wall")]

use std::sync::Arc;
use std::time::Instant;

use kernelscope_sim::event::{Detail, Event};
use kernelscope_sim::ids::DeviceId;
use kernelscope_sim::machine::{Machine, Stop};
use kernelscope_sim::mem::replace::ReplacementSpec;
use kernelscope_sim::mem::spec::{MemoryCosts, MemorySpec, TlbSpec};
use kernelscope_sim::program::{Names, parse};
use kernelscope_sim::scenario::{DeviceSpec, Limits, MachineSpec, ProcessSpec, Scenario};
use kernelscope_sim::sink::{Sink, Totals};
use kernelscope_sim::time::Nanos;

const RUNS: u32 = 5;
const REFERENCES: u64 = 5_000_000;

/// Records into a ring, so that the measurement is of making and storing events, not of growing memory.
struct Ring {
    events: Vec<Option<Event>>,
    made: usize,
}

impl Sink for Ring {
    const DETAIL: Detail = Detail::Story;
    fn event(&mut self, event: Event) {
        let place = self.made % self.events.len();
        self.events[place] = Some(event);
        self.made += 1;
    }
}

fn main() {
    let timed = MemoryCosts { access: Nanos(100), ..MemoryCosts::default() };
    // Words of sixteen pages one after the other, and any of them.
    let in_order = "repeat { read 0x0..0x10000 step 8 }";
    let anywhere = "repeat { read 0x0..0x10000 uniform 1000000 }";
    for (what, text, costs) in [
        ("in order", in_order, MemoryCosts::default()),
        ("in order, 100 ns each", in_order, timed),
        ("anywhere", anywhere, MemoryCosts::default()),
    ] {
        for (name, replacement) in [("LRU", ReplacementSpec::Lru), ("clock", ReplacementSpec::Clock)] {
            let scenario = Arc::new(scenario(text, costs, replacement));
            let quiet = rate(&scenario, || Totals);
            let recorded = rate(&scenario, || Ring { events: vec![None; 1 << 16], made: 0 });
            println!("hits, {name}, {what}, totals only\t{:.1} M/s\t≥ 30 M/s", quiet / 1e6);
            println!("hits, {name}, {what}, recorded\t{:.1} M/s\t≥ 5 M/s", recorded / 1e6);
        }
    }
}

fn scenario(text: &str, costs: MemoryCosts, replacement: ReplacementSpec) -> Scenario {
    let names = Names { unit: Nanos(1_000_000), devices: &[] };
    let program = parse::parse(text, &names).expect("a program that reads");
    let tlb = Some(TlbSpec { entries: 16, ways: 16, ..TlbSpec::default() });
    let memory =
        MemorySpec { frames: 64, tlb, costs, replacement, disk: DeviceId::new(0), ..MemorySpec::default() };
    let devices = vec![DeviceSpec { name: "disk".to_owned(), servers: 1 }];
    Scenario {
        machine: MachineSpec { devices, memory: Some(Arc::new(memory)), ..MachineSpec::default() },
        processes: vec![ProcessSpec { name: "A".to_owned(), program, ..ProcessSpec::default() }],
        limits: Limits { steps: 2 * REFERENCES, ..Limits::default() },
        ..Scenario::default()
    }
}

fn rate<S: Sink>(scenario: &Arc<Scenario>, sink: impl Fn() -> S) -> f64 {
    let one = |_| {
        let mut machine = Machine::new(Arc::clone(scenario)).expect("a scenario that runs");
        // Every page is in.
        machine.run(Stop::Step(10_000), &mut Totals);
        let mut sink = sink();
        let start = Instant::now();
        machine.run(Stop::Step(10_000 + REFERENCES), &mut sink);
        REFERENCES as f64 / start.elapsed().as_secs_f64()
    };
    (0..RUNS).map(one).fold(0.0, f64::max)
}
