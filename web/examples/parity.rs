//! One scenario after the other, natively and in WebAssembly, with fingerprints that must be the same.
//!
//! `cargo xtask test` builds this twice: for this machine, where it reads the files that it is given, and for the
//! browser with the profile that ships, where `web/tests/parity.mjs` reads them for it. Both print one line for each
//! file and each thousandth step; the lines are compared.

use std::fmt::Write;
use std::hash::Hasher;
use std::sync::Arc;

use kernelscope_share::file;
use kernelscope_sim::event::{Detail, Event};
use kernelscope_sim::fingerprint::Fnv;
use kernelscope_sim::machine::{Machine, Progress, Stop};
use kernelscope_sim::sink::Sink;
use wasm_bindgen::prelude::wasm_bindgen;

/// Steps between two lines, and where a scenario that never ends is left.
const STRIDE: u64 = 1_000;
const LAST: u64 = 100_000;

/// The running fingerprint of everything that the machine tells, at full detail.
#[derive(Default)]
struct Log(Fnv);

impl Sink for Log {
    const DETAIL: Detail = Detail::Micro;
    fn event(&mut self, event: Event) {
        self.0.event(&event);
    }
}

/// Runs a scenario file, or a lesson's, and says at every thousandth step and at the end: the step, the time, the
/// state's fingerprint and the log's.
#[wasm_bindgen]
pub fn fingerprints(name: &str, text: &str) -> Result<String, String> {
    machine(text).map(|machine| lines(name, machine)).map_err(|reason| format!("{name}: {reason}"))
}

fn machine(text: &str) -> Result<Machine, String> {
    let file = file::from_text(text).map_err(|problem| format!("{problem:?}"))?;
    let document = file.get("document").unwrap_or(&file);
    let decoded = file::decode(document).map_err(|problems| format!("{problems:?}"))?;
    Machine::new(Arc::new(decoded.scenario)).map_err(|problems| format!("{problems:?}"))
}

fn lines(name: &str, mut machine: Machine) -> String {
    let mut lines = String::new();
    let mut log = Log::default();
    loop {
        let progress = machine.run(Stop::Step(machine.steps() + STRIDE), &mut log);
        let (step, time) = (machine.steps(), machine.now().0);
        writeln!(lines, "{name} {step} {time} {:016x} {:016x}", machine.fingerprint(), log.0.finish())
            .expect("a string takes all that is written to it");
        if progress != Progress::Going || step >= LAST {
            return lines;
        }
    }
}

#[cfg(not(target_arch = "wasm32"))]
#[expect(clippy::print_stdout, reason = "a program of the test run speaks on its standard output")]
fn main() -> Result<(), String> {
    for path in std::env::args().skip(1) {
        let text = std::fs::read_to_string(&path).map_err(|error| format!("{path}: {error}"))?;
        print!("{}", fingerprints(&path, &text)?);
    }
    Ok(())
}

#[cfg(target_arch = "wasm32")]
fn main() {}
