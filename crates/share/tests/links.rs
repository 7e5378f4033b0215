//! What links cost, what they say when they cannot be read, and that none ever issued goes dead.

use kernelscope_share::file;
use kernelscope_share::limits::{LINK_CHARS, UNPACKED_BYTES};
use kernelscope_share::link::{self, Payload};
use kernelscope_sim::diagnostic::{Allowed, Code};
use kernelscope_sim::time::Time;
use serde_json::{Map, Value, json};

/// Three tasks of six operations each, under a policy with parameters.
fn three_tasks() -> Value {
    json!({
        "version": 1,
        "title": "Three tasks under a feedback queue",
        "machine": {"timer": "5ms", "policy": {"mlfq": {"quantum": [10, 20, 40], "allotment": [20, 40, 80], "boost": 250}}},
        "processes": [
            {"name": "editor", "program": "cpu 3; io 45; cpu 7; io 38; cpu 4; io 71"},
            {"name": "compiler", "at": 12, "program": "cpu 85; io disk 14; cpu 120; io disk 9; cpu 33; yield"},
            {"name": "backup", "at": 25, "nice": 5, "program": "io disk 60; cpu 11; io disk 55; cpu 13; sleep 150; cpu 17"}
        ],
        "rules": {"mlfq_rule4": "per_slice"}
    })
}

fn with_disk(mut document: Value) -> Value {
    document["machine"]["devices"] = json!({"disk": {}});
    document
}

#[test]
fn a_link_of_three_tasks_with_six_operations_each_keeps_to_its_budget() {
    let document = with_disk(three_tasks());
    file::decode(&document).expect("it is a scenario");
    let bare = link::encode(&Payload::new(document.clone()));
    assert!(bare.len() <= 300, "{} characters", bare.len());

    let first = Map::from_iter([("machine.policy".to_owned(), json!("stcf"))]);
    let payload = Payload {
        moment: Some((Time(123_456_789), 3)),
        view: Some(json!({"window": [100, 400], "panel": "queues", "selected": "compiler"})),
        compare: vec![Map::new(), first],
        ..Payload::new(document)
    };
    let whole = link::encode(&payload);
    assert!(whole.len() <= 360, "{} characters", whole.len());
}

fn problem(link: &str) -> (Code, String, Allowed) {
    let problem = link::decode(link).expect_err("it cannot be read");
    (problem.code, problem.found, problem.allowed)
}

#[test]
fn a_link_that_cannot_be_read_says_why() {
    let link = link::encode(&Payload::new(with_disk(three_tasks())));
    let damaged = (Code::Damaged, String::new(), Allowed::Unsaid);
    assert_eq!(problem(""), (Code::Empty, String::new(), Allowed::Unsaid));
    assert_eq!(problem("https://example.org/#"), (Code::Empty, String::new(), Allowed::Unsaid));
    assert_eq!(problem("lesson-3"), damaged);
    assert_eq!(problem("1."), damaged);
    assert_eq!(problem("1.AAAA"), damaged);
    assert_eq!(problem(&link[..link.len() - 7]), damaged);
    assert_eq!(problem(&format!("{link}A")), damaged);
    assert_eq!(problem(&link.replacen("1.", "2.", 1)), (Code::Version, "2".to_owned(), Allowed::AtMost(1)));
    let long = format!("1.{}", "A".repeat(LINK_CHARS));
    assert_eq!(problem(&long), (Code::TooLong, long.len().to_string(), Allowed::AtMost(LINK_CHARS as u64)));
}

#[test]
fn a_link_to_a_document_of_a_newer_form_says_that_it_is_newer() {
    let newer = link::encode(&Payload::new(json!({"version": 2, "hologram": true})));
    assert_eq!(problem(&newer), (Code::Version, "2".to_owned(), Allowed::AtMost(1)));
}

/// A few hundred letters can unpack to gigabytes; they get no more room than a link may have.
#[test]
fn a_link_that_unpacks_without_end_is_refused() {
    let bomb = json!({"version": 1, "title": "x".repeat(UNPACKED_BYTES)});
    let link = link::encode(&Payload::new(bomb));
    assert!(link.len() < LINK_CHARS);
    assert_eq!(problem(&link), (Code::TooLong, String::new(), Allowed::AtMost(UNPACKED_BYTES as u64)));
}

#[test]
fn a_whole_address_is_as_good_as_the_link_in_it() {
    let payload = Payload::new(with_disk(three_tasks()));
    let address = format!(" https://example.org/sub/path/?embed#{}\n", link::encode(&payload));
    assert_eq!(
        link::decode(&address).map(|payload| file::tidy(&payload.document)),
        Ok(file::tidy(&payload.document))
    );
}

#[test]
fn work_that_is_not_right_yet_travels_as_it_is() {
    let unfinished = json!({"version": 1, "processes": [{"name": "A", "program": "cpu"}]});
    let read = link::decode(&link::encode(&Payload::new(unfinished.clone())));
    assert_eq!(read.map(|payload| payload.document), Ok(unfinished));
}
