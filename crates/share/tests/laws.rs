//! What holds for every scenario and for every piece of nonsense.

mod common;

use kernelscope_share::link::{self, Payload};
use kernelscope_share::{file, params};
use kernelscope_sim::time::Time;
use kernelscope_sim::validate::validate;
use proptest::prelude::*;
use serde_json::{Map, Value, json};

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, max_shrink_iters: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_scenario_that_is_written_reads_back_the_same(decoded in common::decoded()) {
        prop_assert_eq!(validate(&decoded.scenario), vec![]);
        let document = file::encode(&decoded);
        let read = file::decode(&document);
        prop_assert_eq!(read, Ok(decoded), "{}", document);
        // Also through the text of a file, and it is already as short as it gets.
        prop_assert_eq!(file::from_text(&file::to_text(&document)), Ok(document.clone()));
        prop_assert_eq!(file::tidy(&document), document);
    }

    #[test]
    fn no_input_makes_the_reader_panic(decoded in common::decoded(), cuts in prop::collection::vec(cut(), 1..6)) {
        let mut document = file::encode(&decoded);
        for (place, junk) in cuts {
            mutate(&mut document, place, &junk);
        }
        match file::decode(&document) {
            Ok(decoded) => prop_assert_eq!(validate(&decoded.scenario), vec![]),
            Err(problems) => prop_assert!(!problems.is_empty()),
        }
        for field in params::TABLE.iter() {
            let path = field.pattern.replace("[]", "[0]").replace('*', "disk");
            params::value(&document, &path);
            let mut document = document.clone();
            let _refused = params::set(&mut document, &path, json!(1));
            params::unset(&mut document, &path);
        }
    }

    #[test]
    fn a_link_carries_everything(decoded in common::decoded(), at in 0..1u64 << 53, ordinal: u32, look: bool) {
        let mut payload = Payload::new(file::encode(&decoded));
        payload.moment = Some((Time(at), ordinal));
        if look {
            payload.view = Some(json!({"zoom": [0, 100]}));
            payload.compare = vec![Map::new(), Map::from_iter([("machine.policy".to_owned(), json!("sjf"))])];
        }
        let link = link::encode(&payload);
        prop_assert!(link.starts_with("1.") && link.is_ascii());
        prop_assert_eq!(link::decode(&link), Ok(payload));
    }

    #[test]
    fn a_link_with_one_letter_changed_or_cut_off_is_damaged(decoded in common::decoded(), place: prop::sample::Index) {
        let link = link::encode(&Payload::new(file::encode(&decoded)));
        let place = 2 + place.index(link.len() - 2);
        let mut letters = link.clone().into_bytes();
        letters[place] = if letters[place] == b'A' { b'B' } else { b'A' };
        for broken in [String::from_utf8(letters).unwrap_or_default(), link[..place].to_owned()] {
            let problem = link::decode(&broken).expect_err("it is broken");
            prop_assert_eq!(problem.code, kernelscope_sim::diagnostic::Code::Damaged);
        }
    }

    #[test]
    fn no_text_makes_the_link_reader_panic(text in "(1\\.)?[ -~]{0,80}") {
        prop_assert!(link::decode(&text).is_err());
    }
}

/// Which of a document's values to replace, and by what.
fn cut() -> impl Strategy<Value = (usize, Value)> {
    let junk = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        prop::sample::select(vec![-1, 0, 1, 2, 31, 33, 9_999, 10_001]).prop_map(Value::from),
        "\\PC{0,30}".prop_map(Value::from),
        prop::sample::select(vec![
            "10ms",
            "off",
            "exact",
            "1e9",
            "-3",
            "999999999999999999999s",
            "0.0000001",
            "cpu",
            "cpu 5 }",
            "repeat {",
            "repeat 99999999999 { cpu 1 }",
            "io nowhere 5",
            "mlfq",
            "rr",
            "W1",
        ])
        .prop_map(Value::from),
        Just(json!([])),
        Just(json!({})),
        Just(json!([[1], {"a": 2}])),
        Just(json!({"rr": {}, "fifo": {}})),
        Just(json!({"mlfq": {"levels": 2, "quantum": [1, 2, 3]}})),
        Just(json!({"name": "W", "count": 10_000, "every": 9_007_199_254_740_991u64, "program": "cpu 1"})),
    ];
    (any::<usize>(), junk)
}

/// Replaces the value that comes at this place of a walk through the document, or adds a field to it.
fn mutate(document: &mut Value, place: usize, junk: &Value) {
    let count = count(document);
    let mut left = place % count;
    replace(document, &mut left, junk);
}

fn count(value: &Value) -> usize {
    1 + match value {
        Value::Object(fields) => fields.values().map(count).sum(),
        Value::Array(list) => list.iter().map(count).sum(),
        _ => 0,
    }
}

fn replace(value: &mut Value, left: &mut usize, junk: &Value) -> bool {
    if *left == 0 {
        match value {
            Value::Object(fields) if junk.is_boolean() => {
                fields.insert("unheard_of".to_owned(), junk.clone());
            }
            _ => *value = junk.clone(),
        }
        return true;
    }
    *left -= 1;
    match value {
        Value::Object(fields) => fields.values_mut().any(|value| replace(value, left, junk)),
        Value::Array(list) => list.iter_mut().any(|value| replace(value, left, junk)),
        _ => false,
    }
}
