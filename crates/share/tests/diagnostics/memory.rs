//! Memory that cannot be, and what is done to it field by field.

use kernelscope_share::{file, params};
use kernelscope_sim::mem::spec::{Reclaim, Watermarks};
use kernelscope_sim::scenario::TaskKind;
use serde_json::{Value, json};

use super::{check, check_machine};

#[track_caller]
fn check_memory(memory: &Value, expected: &[&str]) {
    check_machine(&json!({ "memory": memory }), expected);
}

/// A machine with memory as usual, and one task.
#[track_caller]
fn check_task(task: &Value, expected: &[&str]) {
    check(&json!({"version": 1, "machine": {"memory": {}}, "processes": [task]}), expected);
}

#[test]
fn memory_has_at_least_one_frame_and_pages_of_a_power_of_two() {
    check_memory(&json!({}), &[]);
    check_memory(&json!({"frames": 0}), &["machine.memory.frames: OutOfRange 0, Range(1, 4194304)"]);
    check_memory(
        &json!({"page_size": 5000}),
        &["machine.memory.page_size: NotPowerOfTwo 5000, one of 4096 8192"],
    );
    check_memory(
        &json!({"page_size": 1}),
        &["machine.memory.page_size: OutOfRange 1, Range(2, 140737488355328)"],
    );
    check_memory(
        &json!({"swap_slots": 5_000_000}),
        &["machine.memory.swap_slots: OutOfRange 5000000, Range(0, 4194304)"],
    );
    check_memory(&json!(7), &["machine.memory: WrongType 7, Type(\"object\")"]);
    check_memory(&json!({"pte_size": 6}), &["machine.memory.pte_size: UnknownValue 6, one of 4 8"]);
}

#[test]
fn a_working_set_reaches_back_at_least_one_reference() {
    check_memory(&json!({"tau": 10, "thrashing_window": "50ms", "admission_control": true}), &[]);
    check_memory(
        &json!({"admission_control": 1}),
        &["machine.memory.admission_control: WrongType 1, Type(\"true or false\")"],
    );
    check_memory(&json!({"tau": 0}), &["machine.memory.tau: OutOfRange 0, Range(1, 1048576)"]);
    check_memory(
        &json!({"thrashing_window": 0}),
        &["machine.memory.thrashing_window: OutOfRange 0, Duration(1, 9007199254740992)"],
    );
}

#[test]
fn what_may_be_promised_is_one_of_three() {
    check_memory(&json!({"overcommit": "strict", "overcommit_ratio": 100, "random_stream": 42}), &[]);
    check_memory(
        &json!({"overcommit": "never"}),
        &["machine.memory.overcommit: UnknownValue never, one of always heuristic strict"],
    );
    check_memory(
        &json!({"overcommit_ratio": 101}),
        &["machine.memory.overcommit_ratio: OutOfRange 101, Range(0, 100)"],
    );
    check_memory(
        &json!({"overcommit": "heuristic", "replacement": "opt"}),
        &["machine.memory.overcommit: Conflict, With(\"machine.memory.replacement\")"],
    );
}

#[test]
fn an_address_has_the_bits_that_its_pages_and_tables_take() {
    check_memory(&json!({"address_bits": 48, "levels": [9, 9, 9, 9], "pte_size": 8}), &[]);
    check_memory(&json!({"address_bits": 14, "page_size": 64, "levels": [4, 4]}), &[]);
    check_memory(
        &json!({"address_bits": 12}),
        &["machine.memory.page_size: OutOfRange 4096, Range(2, 2048)"],
    );
    check_memory(
        &json!({"levels": [2, 3]}),
        &["machine.memory.levels: Conflict 5, With(\"address_bits 16 - 12 = 4\")"],
    );
    check_memory(&json!({"levels": []}), &["machine.memory.levels: Empty"]);
    check_memory(
        &json!({"levels": [2, 0, "x"]}),
        &[
            "machine.memory.levels[1]: OutOfRange 0, Range(1, 16)",
            "machine.memory.levels[2]: WrongType \"x\", Type(\"whole number\")",
        ],
    );
    check_memory(&json!({"levels": "many"}), &["machine.memory.levels: WrongType \"many\", Type(\"list\")"]);
}

#[test]
fn a_reference_string_is_made_of_page_numbers_that_there_are() {
    check_task(&json!({"name": "A", "program": "refs 0 1 15"}), &[]);
    check_task(
        &json!({"name": "A", "program": "refs 0 a 1 b"}),
        &[
            "processes[0].program: WrongType a @7..8, Range(0, 4294967295)",
            "processes[0].program: WrongType b @11..12, Range(0, 4294967295)",
        ],
    );
    check_task(
        &json!({"name": "A", "program": "refs 0 16"}),
        &["processes[0].program: OutOfRange p16, Range(0, 15)"],
    );
    check_task(
        &json!({"name": "A", "program": "write 0x10000"}),
        &["processes[0].program: OutOfRange 0x10000, Range(0, 65535)"],
    );
    check(
        &json!({"version": 1, "processes": [{"name": "A", "program": "refs 0 1"}]}),
        &["processes[0].program: Conflict memory, With(\"machine.memory\")"],
    );
}

#[test]
fn regions_lie_apart_and_have_names() {
    let regions = |regions: Value| json!({"name": "A", "regions": regions, "program": "cpu 1"});
    check_task(&regions(json!([{"name": "code", "pages": 4, "prot": "rx"}, {"name": "heap"}])), &[]);
    check_task(
        &regions(json!([{"name": "code", "pages": 4}, {"name": "heap", "start": 3, "pages": 2}])),
        &["processes[0].regions[1].start: Conflict 3, With(\"code\")"],
    );
    check_task(
        &regions(json!([{"name": "code", "pages": 17}])),
        &["processes[0].regions[0].pages: OutOfRange 17, Range(1, 16)"],
    );
    check_task(
        &regions(json!([{"pages": 4}, {"name": "heap", "prot": "wr", "size": 2}])),
        &[
            "processes[0].regions[0].name: Missing",
            "processes[0].regions[1].size: UnknownField size, one of 5, near file",
            "processes[0].regions[1].prot: UnknownValue wr, one of 7, near r",
        ],
    );
}

#[test]
fn a_mode_of_translation_is_one_name_with_its_own_fields() {
    let mmu =
        |mmu: Value, expected: &[&str]| check_memory(&json!({"address_bits": 14, "mmu": mmu}), expected);
    let at = |fields: Value| json!({ "segments": fields });
    mmu(json!("base_bounds"), &[]);
    mmu(json!("paging"), &["machine.memory.mmu: UnknownValue paging, one of 5"]);
    mmu(json!(5), &["machine.memory.mmu: WrongType 5, one of 5"]);
    mmu(
        json!({"base_bounds": {"limits": 6_000}}),
        &[
            "machine.memory.mmu.base_bounds.limits: UnknownField limits, one of base limit physical, near limit",
        ],
    );
    mmu(
        json!({"base_bounds": {"base": 60_000, "limit": 6_000}}),
        &["machine.memory.mmu.base_bounds.limit: OutOfRange 6000, Range(0, 5536)"],
    );
    mmu(
        at(json!({"down_base": 10, "down_limit": 11})),
        &["machine.memory.mmu.segments.down_limit: OutOfRange 11, Range(0, 10)"],
    );
    mmu(
        at(json!({"up_base": -1})),
        &["machine.memory.mmu.segments.up_base: OutOfRange -1, Range(0, 4294967295)"],
    );
    check_memory(
        &json!({"address_bits": 33, "mmu": "base_bounds"}),
        &["machine.memory.address_bits: TooMany 33, AtMost(32)"],
    );
}

#[test]
fn memory_that_is_given_is_read_digit_by_digit_and_entry_by_entry() {
    let table = |frames: Value, expected: &[&str]| {
        let memory = json!({"address_bits": 14, "mmu": {"page_table": {"frames": frames}}});
        check_memory(&memory, expected);
    };
    table(json!([3, -1, 7]), &[]);
    table(json!(3), &[]);
    table(json!([1, 2, 3, 4, 5]), &["machine.memory.mmu.page_table.frames: Conflict 5, With(\"4\")"]);
    table(
        json!([1, "x", -2]),
        &[
            "machine.memory.mmu.page_table.frames[1]: WrongType \"x\", Type(\"whole number\")",
            "machine.memory.mmu.page_table.frames[2]: OutOfRange -2, Range(-1, 4294967295)",
        ],
    );
    let image = |fields: Value, expected: &[&str]| {
        check_memory(
            &json!({"address_bits": 15, "page_size": 32, "levels": [5, 5], "mmu": {"image": fields}}),
            expected,
        );
    };
    image(json!({"bytes": "7f 7F\n00"}), &[]);
    image(
        json!({"bytes": "7f0g"}),
        &["machine.memory.mmu.image.bytes: UnknownValue g, Type(\"hexadecimal\")"],
    );
    image(json!({"bytes": "7f0"}), &["machine.memory.mmu.image.bytes: Conflict 3, Type(\"hexadecimal\")"]);
    image(
        json!({"bytes": "00".repeat((1 << 20) + 1)}),
        &["machine.memory.mmu.image.bytes: TooMany 1048577, AtMost(1048576)"],
    );
    image(
        json!({"bytes": "00".repeat(64), "pdbr": 2}),
        &["machine.memory.mmu.image.pdbr: OutOfRange 2, Range(0, 1)"],
    );
    image(json!({"entry_size": 3}), &["machine.memory.mmu.image.entry_size: UnknownValue 3, one of 1 2 4"]);
    image(
        json!({"valid_mask": 64}),
        &["machine.memory.mmu.image.frame_mask: Conflict 127, With(\"machine.memory.mmu.image.valid_mask\")"],
    );
}

#[test]
fn modes_are_set_and_unset_field_by_field() {
    let original = json!({"version": 1, "machine": {"memory": {"address_bits": 14}},
        "processes": [{"name": "A", "program": "read 0x10"}]});
    let mut document = original.clone();
    for (path, text, value) in [
        ("machine.memory.mmu", "segments", json!("segments")),
        ("machine.memory.mmu.segments.down_limit", "99", json!(99)),
        ("machine.memory.mmu.page_table.frames", "3,-1,7", json!([3, -1, 7])),
        ("machine.memory.mmu.image.bytes", "0102", json!("0102")),
        ("machine.memory.mmu.base_bounds.base", "4096", json!(4096)),
        ("machine.memory.on_violation", "go_on", json!("go_on")),
        ("machine.memory.lazy_tables", "false", json!(false)),
        ("processes[0].oom_score_adj", "-1000", json!(-1000)),
    ] {
        params::set_text(&mut document, path, text).expect("it is a field");
        assert_eq!(params::get(&document, path), Some(&value), "{path}");
    }
    assert_eq!(document["machine"]["memory"]["mmu"], json!({"base_bounds": {"base": 4096}}));
    assert_eq!(params::default_value(&document, "machine.memory.mmu"), Some(json!("paged")));
    assert_eq!(params::default_value(&document, "machine.memory.mmu.segments.down_base"), Some(json!(28672)));
    params::unset(&mut document, "machine.memory.mmu.base_bounds.base");
    assert_eq!(document["machine"]["memory"]["mmu"], json!("base_bounds"));
    for path in [
        "machine.memory.mmu",
        "machine.memory.on_violation",
        "machine.memory.lazy_tables",
        "processes[0].oom_score_adj",
    ] {
        params::unset(&mut document, path);
    }
    assert_eq!(document, original);
}

#[test]
fn a_policy_of_replacement_is_one_name_with_its_own_parameters() {
    check_memory(
        &json!({"replacement": "lur"}),
        &["machine.memory.replacement: UnknownValue lur, one of 19, near lru"],
    );
    check_memory(
        &json!({"replacement": {"clock": {"period": 3}}}),
        &["machine.memory.replacement.clock.period: UnknownField period, one of "],
    );
    check_memory(
        &json!({"replacement": {"nru": {"period": 0}}}),
        &["machine.memory.replacement.nru.period: OutOfRange 0, Range(1, 4294967295)"],
    );
    check_memory(
        &json!({"frames": 6, "replacement": "pseudo_lru"}),
        &["machine.memory.replacement: Conflict pseudo_lru, With(\"6\")"],
    );
}

#[test]
fn a_tlb_and_a_daemon_fit_together_in_themselves() {
    check_memory(&json!({"tlb": false, "daemon": true}), &[]);
    check_memory(
        &json!({"tlb": {"entries": 6, "ways": 4}}),
        &["machine.memory.tlb.ways: Conflict 4, With(\"6\")"],
    );
    check_memory(&json!({"tlb": 3}), &["machine.memory.tlb: WrongType 3, Type(\"object\")"]);
    check_memory(
        &json!({"daemon": {"low": 5, "high": 4}}),
        &["machine.memory.daemon.low: OutOfRange 5, Range(1, 4)"],
    );
    check_memory(
        &json!({"daemon": {"watermarks": "linux"}}),
        &["machine.memory.daemon.high: OutOfRange 48, Range(1, 8)"],
    );
    check(
        &json!({"version": 1, "machine": {"memory": {"daemon": {}}}, "processes": [{"name": "kswapd", "program": "cpu 1"}]}),
        &["machine.memory.daemon: Duplicate kswapd"],
    );
}

#[test]
fn a_disk_other_than_the_usual_one_is_declared() {
    check_machine(&json!({"devices": {"ssd": {}}, "memory": {"disk": "ssd"}}), &[]);
    check_machine(
        &json!({"devices": {"ssd": {}}, "memory": {"disk": "sdd"}}),
        &["machine.memory.disk: UnknownName sdd, one of ssd, near ssd"],
    );
}

#[test]
fn a_disk_and_a_daemon_come_unsaid_and_stay_unsaid() {
    let document = json!({"version": 1,
        "machine": {"memory": {"frames": 16, "daemon": {"low": 3, "high": 6}}},
        "processes": [{"name": "A", "program": "write p0; io disk 3"}]});
    let decoded = file::decode(&document).expect("it is a scenario");
    assert_eq!(decoded.device_names(), ["disk"]);
    assert_eq!(decoded.task_names(), ["A", "kswapd"]);
    assert_eq!(decoded.scenario.processes[1].kind, TaskKind::KernelThread);
    assert_eq!(file::places(&document), [0]);
    assert_eq!(file::encode(&decoded), document);
}

#[test]
fn a_daemon_that_is_spelled_out_is_the_only_one() {
    let document = json!({"version": 1,
    "machine": {"memory": {"daemon": {}}},
    "processes": [
        {"name": "pageout", "kind": "kernel_thread", "program": "reclaim"},
        {"name": "A", "program": "write p0"},
    ]});
    let decoded = file::decode(&document).expect("it is a scenario");
    assert_eq!(decoded.task_names(), ["pageout", "A"]);
    assert_eq!(file::encode(&decoded), document);
}

#[test]
fn linuxs_watermarks_follow_the_size_of_memory() {
    let document = json!({"version": 1,
        "machine": {"memory": {"frames": 262_144, "daemon": {"watermarks": "linux"}}},
        "processes": [{"name": "A", "program": "write p0"}]});
    let decoded = file::decode(&document).expect("it is a scenario");
    let memory = decoded.scenario.machine.memory.as_ref().expect("it has memory");
    let Reclaim::Daemon(Watermarks { min, low, high, .. }) = memory.reclaim else {
        panic!("it has a daemon")
    };
    assert_eq!((min, low, high), (1024, 1286, 1548), "1 GiB");
    assert_eq!(file::encode(&decoded), document);
}

#[test]
fn memory_is_set_and_unset_like_any_other_field() {
    let original =
        json!({"version": 1, "machine": {"memory": {}}, "processes": [{"name": "A", "program": "cpu 1"}]});
    let mut document = original.clone();
    for (path, text, value) in [
        ("machine.memory.frames", "3", json!(3)),
        ("machine.memory.page_size", "64", json!(64)),
        ("machine.memory.levels", "5,5", json!([5, 5])),
        ("machine.memory.tlb", "false", json!(false)),
        ("machine.memory.tlb.entries", "16", json!(16)),
        ("machine.memory.replacement.nru.period", "4", json!(4)),
        ("machine.memory.daemon.low", "1", json!(1)),
        ("machine.costs.seek", "3ms", json!("3ms")),
    ] {
        params::set_text(&mut document, path, text).expect("it is a field");
        assert_eq!(params::get(&document, path), Some(&value), "{path}");
    }
    let written: Vec<&str> = document["machine"]["memory"]["replacement"]
        .as_object()
        .map(|policy| policy.keys().map(String::as_str).collect())
        .unwrap_or_default();
    assert_eq!(written, ["nru"]);
    assert_eq!(params::default_value(&document, "machine.memory.replacement.nru.period"), Some(json!(16)));
    params::unset(&mut document, "machine.memory.replacement.nru.period");
    assert_eq!(document["machine"]["memory"]["replacement"], json!("nru"));
    for path in ["replacement", "daemon", "tlb", "levels", "page_size", "frames"] {
        params::unset(&mut document, &format!("machine.memory.{path}"));
    }
    params::unset(&mut document, "machine.costs.seek");
    assert_eq!(document, original, "memory as usual is memory all the same");
    params::unset(&mut document, "machine.memory");
    assert_eq!(document.get("machine"), None);
}
