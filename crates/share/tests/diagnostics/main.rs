//! What is said about documents that are wrong: everything at once, each with its place and the way to mend it.

mod memory;

use kernelscope_share::{file, params};
use kernelscope_sim::diagnostic::{Allowed, Diagnostic};
use serde_json::{Value, json};

/// One line for each problem: `path: code found, allowed, near`.
fn told(problems: &[Diagnostic]) -> Vec<String> {
    let line = |problem: &Diagnostic| {
        let mut line = format!("{}: {:?}", problem.path, problem.code);
        if !problem.found.is_empty() {
            line += &format!(" {}", problem.found);
        }
        if let Some((start, end)) = problem.span {
            line += &format!(" @{start}..{end}");
        }
        match &problem.allowed {
            Allowed::Unsaid => {}
            Allowed::OneOf(words) if words.len() > 4 => line += &format!(", one of {}", words.len()),
            Allowed::OneOf(words) => line += &format!(", one of {}", words.join(" ")),
            allowed => line += &format!(", {allowed:?}"),
        }
        if let Some(near) = &problem.near {
            line += &format!(", near {near}");
        }
        line
    };
    problems.iter().map(line).collect()
}

#[track_caller]
fn check(document: &Value, expected: &[&str]) {
    let problems = file::decode(document).err().unwrap_or_default();
    assert_eq!(told(&problems), expected, "{document}");
}

/// A document with one task and this on top.
#[track_caller]
fn check_with(fields: Value, expected: &[&str]) {
    let mut document = json!({"version": 1, "processes": [{"name": "A", "program": "cpu 5"}]});
    let (Value::Object(document_fields), Value::Object(fields)) = (&mut document, fields) else {
        unreachable!()
    };
    document_fields.extend(fields);
    check(&document, expected);
}

#[track_caller]
fn check_machine(machine: &Value, expected: &[&str]) {
    check_with(json!({ "machine": machine }), expected);
}

#[track_caller]
fn check_tasks(processes: &Value, expected: &[&str]) {
    check(&json!({"version": 1, "processes": processes}), expected);
}

#[test]
fn everything_is_reported_at_once() {
    let document = json!({
        "version": 1, "tittle": "?", "seed": -1, "profile": "osetp",
        "rules": {"tie": "random", "stcf_ties": "newcomer"},
        "machine": {"cpus": 0, "policy": {"rr": {"quantom": 5}}, "timer": "10 parsecs"},
        "processes": [{"nam": "A", "program": "cpu 5; oi 3"}, 7, {"name": "B", "at": -4, "program": "cpu 1"}],
        "inputs": [{"at": 3, "kill": "Z"}],
    });
    check(
        &document,
        &[
            "tittle: UnknownField tittle, one of 10, near title",
            "seed: OutOfRange -1, Range(0, 9007199254740991)",
            "profile: UnknownValue osetp, one of textbook ostep linux, near ostep",
            "machine.cpus: OutOfRange 0, Range(1, 64)",
            "machine.timer: UnknownValue 10 parsecs, one of ns us ms s",
            "machine.policy.rr.quantom: UnknownField quantom, one of quantum, near quantum",
            "rules.stcf_ties: UnknownField stcf_ties, one of 18, near stcf_tie",
            "rules.tie: UnknownValue random, one of seq list name",
            "processes[0].nam: UnknownField nam, one of 11, near name",
            "processes[0].program: UnknownValue oi @7..9, one of 18, near io",
            "processes[0].name: Missing",
            "processes[1]: WrongType 7, Type(\"object\")",
            "processes[2].at: OutOfRange -4, Duration(0, 9007199254740992)",
            "inputs[0].kill: UnknownName Z",
        ],
    );
}

#[test]
fn a_document_says_its_version() {
    check(&json!({"processes": []}), &["version: Missing, Range(1, 1)"]);
    check(&json!({"version": 2, "holograms": true}), &["version: Version 2, Range(1, 1)"]);
    check(&json!({"version": "1"}), &["version: Version \"1\", Range(1, 1)"]);
    check(&json!([]), &[": WrongType [], Type(\"object\")"]);
}

#[test]
fn tasks_have_names_of_their_own_and_something_to_do() {
    check(&json!({"version": 1}), &["processes: Missing"]);
    check_tasks(&json!([]), &["processes: Empty"]);
    check_tasks(&json!([{"name": "A", "program": ""}]), &["processes[0].program: Empty"]);
    check_tasks(&json!([{"name": " ", "program": "cpu 1"}]), &["processes[0].name: Empty"]);
    check_tasks(
        &json!([{"name": "A", "program": "cpu 1"}, {"name": "A", "program": "cpu 2"}]),
        &["processes[1].name: Duplicate A"],
    );
    // The numbered tasks of a series have names too, and problems are told of the element that made them.
    check_tasks(
        &json!([{"name": "W", "count": 3, "program": "cpu 1"}, {"name": "W2", "program": "cpu 2"}]),
        &["processes[1].name: Duplicate W2"],
    );
    check_tasks(
        &json!([{"name": "x".repeat(25), "program": "cpu 1"}]),
        &["processes[0].name: TooLong xxxxxxxxxxxxxxxxxxxxxxxxx, AtMost(24)"],
    );
    check_tasks(
        &json!([{"name": "A", "every": 3, "program": "cpu 1"}]),
        &["processes[0].every: Conflict, With(\"count\")"],
    );
}

/// A title is shown in terminals, which obey some characters instead of showing them.
#[test]
fn text_is_visible() {
    check_with(
        json!({"title": "\u{1b}[31mred"}),
        &["title: UnknownValue \\u{1b}[31mred, Type(\"visible text\")"],
    );
    check_with(json!({"title": "선입 선출"}), &[]);
}

#[test]
fn durations_are_bounded_and_exact() {
    let check_at = |at: Value, expected: &[&str]| {
        check_tasks(&json!([{"name": "A", "at": at, "program": "cpu 1"}]), expected);
    };
    check_at(json!(0), &[]);
    check_at(json!("1.5us"), &[]);
    check_at(json!(0.5), &[]);
    check_at(json!(1e300), &["processes[0].at: UnknownValue 1e+300, one of ns us ms s"]);
    check_at(json!("104 d"), &["processes[0].at: UnknownValue 104 d, one of ns us ms s"]);
    check_at(json!("99999999s"), &["processes[0].at: OutOfRange 99999999s, Duration(0, 9007199254740992)"]);
    check_at(json!("0.1ns"), &["processes[0].at: TooFine 0.1ns"]);
    check_at(json!(true), &["processes[0].at: WrongType true, Type(\"duration\")"]);
    check_at(json!("soon"), &["processes[0].at: WrongType soon, Type(\"duration\")"]);
}

#[test]
fn a_quantum_ends_at_a_tick() {
    check_machine(
        &json!({"timer": "10ms", "policy": {"rr": {"quantum": 25}}}),
        &["machine.policy.rr.quantum: NotMultiple 25ms, Nearest(20000000, 30000000)"],
    );
    check_machine(
        &json!({"timer": "10ms", "policy": {"rr": {"quantum": 3}}}),
        &["machine.policy.rr.quantum: NotMultiple 3ms, Nearest(10000000, 10000000)"],
    );
    check_machine(&json!({"timer": "10ms", "policy": {"rr": {"quantum": 30}}}), &[]);
    check_machine(
        &json!({"policy": {"rr": {"quantum": 0}}}),
        &["machine.policy.rr.quantum: OutOfRange 0, Duration(1, 9007199254740992)"],
    );
    check_machine(&json!({"timer": "of"}), &["machine.timer: UnknownValue of, one of exact off, near off"]);
}

#[test]
fn a_policy_is_one_name_with_its_own_parameters() {
    check_machine(&json!({"policy": "mflq"}), &["machine.policy: UnknownValue mflq, one of 7, near mlfq"]);
    check_machine(&json!({"policy": {}}), &["machine.policy: WrongType {}, one of 7"]);
    check_machine(
        &json!({"policy": {"rr": {}, "fifo": {}}}),
        &["machine.policy: TooMany rr, fifo, AtMost(1)"],
    );
    check_machine(
        &json!({"policy": {"fifo": {"quantum": 3}}}),
        &["machine.policy.fifo.quantum: UnknownField quantum, one of "],
    );
    check_machine(
        &json!({"policy": {"mlfq": {"levels": 4, "quantum": [1, 2]}}}),
        &["machine.policy.mlfq.quantum: Conflict 2, With(\"levels (4)\")"],
    );
    check_machine(
        &json!({"policy": {"mlfq": {"quantum": [10, 20], "allotment": [10, 30]}}}),
        &["machine.policy.mlfq.allotment[1]: NotMultiple 30ms, Nearest(20000000, 40000000)"],
    );
    check_machine(
        &json!({"policy": {"mlfq": {"quantum": [10, 0, "x"]}}}),
        &[
            "machine.policy.mlfq.quantum[1]: OutOfRange 0, Duration(1, 9007199254740992)",
            "machine.policy.mlfq.quantum[2]: WrongType x, Type(\"duration\")",
        ],
    );
    check_machine(
        &json!({"policy": {"sjf": {"estimate": {"alpha": 1.5}}}}),
        &["machine.policy.sjf.estimate.alpha: OutOfRange 1.5, Range(0, 1)"],
    );
    check_machine(
        &json!({"policy": {"sjf": {"estimate": {"alpha": 0.125}}}}),
        &["machine.policy.sjf.estimate.alpha: TooFine 0.125, Type(\"0.01\")"],
    );
}

#[test]
fn hardware_costs_say_their_unit() {
    check_machine(
        &json!({"costs": {"mode_switch": 5}}),
        &["machine.costs.mode_switch: NeedsUnit 5, one of ns us ms s"],
    );
    check_machine(&json!({"costs": {"mode_switch": 0, "process_switch": "1us"}}), &[]);
    check_with(json!({"unit": 5}), &["unit: NeedsUnit 5, one of ns us ms s"]);
    check_with(json!({"unit": "tick"}), &[]);
}

#[test]
fn an_order_names_every_phase_once() {
    check_with(
        json!({"rules": {"instant_order": ["arrivals", "arrivals", "expiries", "periodic"]}}),
        &["rules.instant_order: Duplicate arrivals"],
    );
    check_with(
        json!({"rules": {"instant_order": ["arrivals", "expiries"]}}),
        &["rules.instant_order: Missing, one of completions periodic"],
    );
    check_with(json!({"rules": {"instant_order": ["arrivals", "expiries", "periodic", "completions"]}}), &[]);
}

#[test]
fn inputs_do_one_thing_to_something_that_is_there() {
    let check_input = |input: Value, expected: &[&str]| check_with(json!({ "inputs": [input] }), expected);
    check_input(json!({"at": 1, "kill": "A"}), &[]);
    check_input(json!({"kill": "A"}), &["inputs[0].at: Missing"]);
    check_input(json!({"at": 1}), &["inputs[0]: Missing, one of kill set add"]);
    check_input(
        json!({"at": 1, "kill": "A", "add": {"name": "B", "program": "cpu 1"}}),
        &["inputs[0].add: Conflict add, With(\"kill\")"],
    );
    check_input(
        json!({"at": 1, "set": "machine.policy.rr.quantums", "to": 3}),
        &["inputs[0].set: UnknownName machine.policy.rr.quantums, one of 12, near machine.policy.rr.quantum"],
    );
    check_input(
        json!({"at": 1, "set": "machine.policy.rr.quantum", "to": 0}),
        &["inputs[0].to: OutOfRange 0, Duration(1, 9007199254740992)"],
    );
    check_input(json!({"at": 1, "set": "processes.A.priority"}), &["inputs[0].to: Missing"]);
    check_input(
        json!({"at": 1, "add": {"name": "A", "program": "cpu 1"}}),
        &["inputs[0].add.name: Duplicate A"],
    );
    check_input(
        json!({"at": 1, "add": {"name": "B", "count": 3, "program": "cpu 1"}}),
        &["inputs[0].add.count: UnknownField count"],
    );
}

/// Inputs are sorted by time for the machine, but their problems are told where they stand.
#[test]
fn a_problem_is_told_where_the_document_has_it() {
    check_with(
        json!({"inputs": [
            {"at": 9, "add": {"name": "B", "program": ""}},
            {"at": 1, "kill": "B"},
        ]}),
        &["inputs[0].add.program: Empty"],
    );
    check_tasks(
        &json!([{"name": "W", "count": 5, "program": "cpu 1"}, {"name": "A", "program": "io nowhere 3"}]),
        &["processes[1].program: UnknownName nowhere @3..10, one of "],
    );
}

#[test]
fn nothing_grows_without_bound() {
    check_tasks(
        &json!([{"name": "W", "count": 6000, "program": "cpu 1"}, {"name": "V", "count": 6000, "program": "cpu 1"}]),
        &["processes: TooMany 12000, AtMost(10000)"],
    );
    check_tasks(
        &json!([{"name": "W", "count": 5000, "program": "cpu 1;".repeat(9000)}]),
        &["processes[0].program: TooMany 45000000, AtMost(500000)"],
    );
    check_tasks(
        &json!([{"name": "A", "program": "repeat 2 { ".repeat(9) + "cpu 1" + &"}".repeat(9)}]),
        &["processes[0].program: TooMany repeat 2 @88..96, AtMost(8)"],
    );
    check_tasks(
        &json!([{"name": "A", "program": "repeat 4294967295 { cpu 1000s }"}]),
        &["processes[0].program: OutOfRange, Duration(0, 9007199254740992)"],
    );
    check_with(
        json!({"title": "x".repeat(201)}),
        &[&format!("title: TooLong {}…, AtMost(200)", "x".repeat(60))],
    );
    let big = " ".repeat(5 << 20);
    assert_eq!(
        told(&file::from_text(&big).err().into_iter().collect::<Vec<_>>()),
        [": TooLong 5242880, AtMost(4194304)"]
    );
}

/// Nobody reads ten thousand messages, and looking for ten thousand nearest names would freeze the page.
#[test]
fn problems_without_end_are_told_up_to_a_number() {
    let inputs: Vec<Value> = (0..9_999).map(|n| json!({"at": n, "kill": format!("taks{n}")})).collect();
    let document = json!({"version": 1, "inputs": inputs,
        "processes": [{"name": "task", "count": 9_999, "program": "cpu 1"}]});
    assert_eq!(file::decode(&document).map_err(|problems| problems.len()), Err(200));
}

#[test]
fn ten_thousand_tasks_are_not_too_many() {
    let document = json!({"version": 1, "processes": [{"name": "W", "count": 10_000, "every": 1, "program": "cpu 1; io 1"}]});
    let decoded = file::decode(&document).expect("it is within bounds");
    assert_eq!(decoded.scenario.processes.len(), 10_000);
    assert_eq!(file::encode(&decoded), document);
    assert_eq!(file::places(&document).len(), 10_000);
}

#[test]
fn a_field_that_does_not_exist_cannot_be_set() {
    let mut document = json!({"version": 1, "processes": []});
    let problem = params::set(&mut document, "machine.polcy.rr.quantum", json!(1)).expect_err("misspelt");
    assert_eq!(problem.near.as_deref(), Some("machine.policy.rr.quantum"));
    let problem =
        params::set(&mut document, "processes[3].at", json!(1)).expect_err("there is no fourth task");
    assert_eq!(problem.path, "processes[3].at");
}

#[test]
fn setting_and_taking_away_leave_nothing_behind() {
    let original = json!({"version": 1, "processes": [{"name": "A", "program": "cpu 1"}]});
    let mut document = original.clone();
    for (path, text, value) in [
        ("machine.timer", "10ms", json!("10ms")),
        ("rules.tie", "list", json!("list")),
        ("processes.A.at", "5", json!(5)),
        ("machine.devices.disk.servers", "2", json!(2)),
        ("limits.until", "100", json!(100)),
    ] {
        params::set_text(&mut document, path, text).expect("it is a field");
        assert_eq!(params::get(&document, path), Some(&value), "{path}");
    }
    assert!(file::decode(&document).is_ok());
    for path in
        ["limits.until", "machine.devices.disk.servers", "machine.timer", "rules.tie", "processes[0].at"]
    {
        params::unset(&mut document, path);
    }
    assert_eq!(document, original);
}

#[test]
fn a_policy_that_loses_its_parameters_goes_on_as_its_name() {
    let mut document = json!({"version": 1, "machine": {"policy": {"mlfq": {"levels": 2, "boost": 50}}}});
    params::unset(&mut document, "machine.policy.rr.quantum");
    params::unset(&mut document, "machine.policy.mlfq.levels");
    assert_eq!(document["machine"]["policy"], json!({"mlfq": {"boost": 50}}));
    params::unset(&mut document, "machine.policy.mlfq.boost");
    assert_eq!(document["machine"]["policy"], json!("mlfq"));
    params::unset(&mut document, "machine.policy");
    assert_eq!(document, json!({"version": 1}));
}

#[test]
fn setting_one_level_spells_out_the_others() {
    let mut document = json!({"version": 1, "machine": {"policy": "mlfq"}, "processes": []});
    params::set_text(&mut document, "machine.policy.mlfq.quantum[2]", "40").expect("it is a field");
    assert_eq!(document["machine"]["policy"], json!({"mlfq": {"quantum": [10, 10, 40]}}));
    params::set_text(&mut document, "machine.policy.mlfq.allotment", "20, 20, 40").expect("it is a field");
    assert_eq!(document["machine"]["policy"]["mlfq"]["allotment"], json!([20, 20, 40]));
}
