//! Golden runs: a folder a case in `golden/`, from the scenario file to every segment, metric and fingerprint.
//!
//! | file | what |
//! |---|---|
//! | `scenario.json` | the scenario, as short as it can be written |
//! | `book.json` | what the source says of it, written by hand; see [`book`] |
//! | `expected.json` | everything that comes out, written by `cargo xtask bless` and read by whoever blesses it |
//! | `note.md` | where it comes from |
//!
//! Blessing never touches what the source says. To add a case: a folder with the first two and the last.

#[path = "golden/book.rs"]
mod book;
#[path = "golden/memory.rs"]
mod memory;
#[path = "golden/render.rs"]
mod render;
#[path = "../../sim/tests/machine/trace.rs"]
mod trace;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use kernelscope_share::file::{self, Decoded};
use kernelscope_sim::event::{EndReason, Event};
use kernelscope_sim::fingerprint::Fnv;
use kernelscope_sim::machine::{Machine, Progress, Stop};
use kernelscope_sim::sink::Micro;

use trace::Trace;

/// A scenario that has been run, and everything about the run.
struct Run {
    decoded: Decoded,
    machine: Machine,
    trace: Trace,
    why: EndReason,
    /// After every thousand steps and at the end: how many, the state's fingerprint and the log's.
    fingerprints: Vec<(u64, u64, u64)>,
}

impl Run {
    fn of(decoded: Decoded) -> Run {
        let mut machine = Machine::new(Arc::new(decoded.scenario.clone())).expect("the machine takes it");
        let mut events: Vec<Event> = Vec::new();
        let mut log = Fnv::default();
        let mut fingerprints = Vec::new();
        let why = loop {
            let mut sink = Micro::default();
            let progress = machine.run(Stop::Step(machine.steps() + 1_000), &mut sink);
            sink.0.iter().for_each(|event| log.event(event));
            events.append(&mut sink.0);
            fingerprints.push((machine.steps(), machine.fingerprint(), std::hash::Hasher::finish(&log)));
            if let Progress::Ended(why) = progress {
                break why;
            }
        };
        let trace = Trace::fold(&decoded.scenario, events, machine.now().0);
        Run { decoded, machine, trace, why, fingerprints }
    }
}

fn cases() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let entries = fs::read_dir(folder).expect("the cases are there");
    let mut cases: Vec<PathBuf> = entries.map(|entry| entry.expect("a readable folder").path()).collect();
    cases.retain(|path| path.is_dir());
    cases.sort();
    cases
}

fn read(case: &Path, name: &str) -> String {
    fs::read_to_string(case.join(name)).unwrap_or_else(|error| panic!("{}/{name}: {error}", case.display()))
}

fn run(case: &Path) -> Run {
    let document = file::from_text(&read(case, "scenario.json")).expect("the scenario is JSON");
    assert_eq!(file::tidy(&document), document, "{} could be written shorter", case.display());
    let decoded =
        file::decode(&document).unwrap_or_else(|problems| panic!("{}: {problems:?}", case.display()));
    Run::of(decoded)
}

#[test]
fn every_golden_run_comes_out_as_blessed() {
    let blesses = std::env::var_os("BLESS").is_some();
    let mut different = Vec::new();
    for case in cases() {
        let actual = render::run(&run(&case));
        if blesses {
            fs::write(case.join("expected.json"), actual).expect("the case can be written");
        } else if read(&case, "expected.json") != actual {
            different.push(case.display().to_string());
        }
    }
    assert!(different.is_empty(), "see `cargo xtask bless` and its diff for {different:#?}");
}

#[test]
fn every_golden_run_is_what_its_source_says() {
    for case in cases() {
        book::check(&case.display().to_string(), &run(&case), &read(&case, "book.json"));
        assert!(read(&case, "note.md").starts_with("# "), "{} has no note", case.display());
    }
}
