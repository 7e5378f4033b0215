//! Links that were issued, and what they must still mean.
//!
//! Each file in `tests/corpus` holds a link and what came of it when it was issued: the scenario's shortest document, how the run
//! went, and the fingerprint of its log. A link is never changed and never taken away. When a correction of the machine
//! changes a run, raise `RULES_REVISION`, say in the change log which of these entries are affected and why, and bless
//! the rest of the file with `cargo xtask bless`.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use kernelscope_share::file;
use kernelscope_share::link::{self, Payload};
use kernelscope_sim::event::Event;
use kernelscope_sim::fingerprint::Fnv;
use kernelscope_sim::machine::{Machine, Stop};
use kernelscope_sim::sink::{Sink, Totals};
use std::hash::Hasher;

#[test]
fn every_link_ever_issued_means_what_it_meant() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus");
    let bless = std::env::var_os("BLESS").is_some();
    let mut count = 0;
    for entry in fs::read_dir(folder).expect("there is a corpus") {
        let path = entry.expect("the folder can be read").path();
        let entry = fs::read_to_string(&path).expect("an entry is text");
        let link = entry.lines().next().expect("an entry begins with its link");
        let meaning = meaning(link);
        if bless {
            fs::write(&path, &meaning).expect("an entry can be written");
        } else {
            assert_eq!(meaning, entry, "{}", path.display());
        }
        count += 1;
    }
    assert!(count >= 16, "links have been taken away");
}

/// The entry for a link, as it is read now.
fn meaning(link: &str) -> String {
    let Payload { document, moment, view, compare, rules } = link::decode(link).expect("it reads");
    let decoded = file::decode(&document).expect("it is a scenario");
    let mut machine = Machine::new(Arc::new(decoded.scenario.clone())).expect("it can be run");
    let mut log = Log::default();
    machine.run(Stop::End, &mut log);
    // Going through a sink that wants nothing is the same run.
    let mut silent = Machine::new(Arc::new(decoded.scenario.clone())).expect("it can be run");
    silent.run(Stop::End, &mut Totals);
    assert_eq!(silent.fingerprint(), machine.fingerprint());
    format!(
        "{link}\nrules {rules}\nmoment {moment:?}\nview {}\ncompare {}\nend {} ns after {} steps, {:?}\nlog {:016x}\n{}",
        view.unwrap_or_default(),
        serde_json::json!(compare),
        machine.now().0,
        machine.steps(),
        machine.progress(),
        log.0.finish(),
        file::to_text(&file::encode(&decoded)),
    )
}

/// The fingerprint of everything that happens.
#[derive(Default)]
struct Log(Fnv);

impl Sink for Log {
    const DETAIL: kernelscope_sim::event::Detail = kernelscope_sim::event::Detail::Micro;

    fn event(&mut self, event: Event) {
        self.0.event(&event);
    }
}
