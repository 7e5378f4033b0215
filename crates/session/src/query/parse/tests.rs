use proptest::prelude::*;

use super::super::print;
use super::*;
use crate::protocol::JumpKind;

const MS: Nanos = Nanos::from_millis(1);

fn at(ms: u64) -> Time {
    Time::ZERO + Nanos::from_millis(ms)
}

fn query(ordinal: u32, kind: QueryKind, task: Option<&str>, from: Time) -> Result<Target, Diagnostic> {
    Ok(Target::Query(Query { ordinal, kind, task: task.map(str::to_owned), from }))
}

#[test]
fn the_forms_that_lessons_use_are_read() {
    let dispatch = QueryKind::Jump(JumpKind::Dispatch);
    for (text, target) in [
        ("start", Ok(Target::Start)),
        (" END ", Ok(Target::End)),
        ("step 12", Ok(Target::Step(12))),
        ("40", Ok(Target::Time(at(40)))),
        ("t=40", Ok(Target::Time(at(40)))),
        ("t=1.5s", Ok(Target::Time(at(1500)))),
        ("t=40 #2", Ok(Target::Moment { at: at(40), ordinal: 2 })),
        ("40 ms #2", Ok(Target::Moment { at: at(40), ordinal: 2 })),
        ("2nd demotion of A", query(2, QueryKind::Demotion, Some("A"), Time::ZERO)),
        ("first dispatch of B after 40", query(1, dispatch, Some("B"), at(40))),
        ("dispatch", query(1, dispatch, None, Time::ZERO)),
        ("3rd timer interrupt from 2 ms", query(3, QueryKind::TimerInterrupt, None, at(2))),
        (
            "second system call of \"web server\"",
            query(2, QueryKind::Syscall, Some("web server"), Time::ZERO),
        ),
        ("exit of after after 3", query(1, QueryKind::Jump(JumpKind::Exit), Some("after"), at(3))),
    ] {
        assert_eq!(parse(text, MS), target, "{text}");
    }
}

#[test]
fn what_is_wrong_is_told_with_its_place_and_what_could_stand_there() {
    let misspelt = parse("2nd demotoin of A", MS).expect_err("no such kind");
    assert_eq!((misspelt.code, misspelt.span), (Code::UnknownValue, Some((4, 12))));
    assert_eq!(misspelt.near.as_deref(), Some("demotion"));
    for (text, code, span) in [
        ("", Code::Empty, (0, 0)),
        ("boost of", Code::Syntax, (6, 8)),
        ("boost after", Code::Syntax, (6, 11)),
        ("boost after soon", Code::WrongType, (12, 16)),
        ("t=4 parsecs", Code::UnknownValue, (2, 11)),
        ("t=4 #two", Code::WrongType, (4, 8)),
        ("t=4 #2 and more", Code::Syntax, (7, 15)),
        ("step twelve", Code::WrongType, (5, 11)),
        ("exit of \"A", Code::Syntax, (8, 10)),
    ] {
        let problem = parse(text, MS).expect_err(text);
        assert_eq!((problem.code, problem.span), (code, Some(span)), "{text}");
    }
}

fn targets() -> impl Strategy<Value = Target> {
    let time = || (0..=Nanos::MAX.0).prop_map(Time);
    let query = (1_u32.., 0..KINDS.len(), prop::option::of("[ -~가-힣]{1,12}"), time());
    prop_oneof![
        Just(Target::Start),
        Just(Target::End),
        any::<u64>().prop_map(Target::Step),
        time().prop_map(Target::Time),
        (time(), any::<u32>()).prop_map(|(at, ordinal)| Target::Moment { at, ordinal }),
        query.prop_map(|(ordinal, kind, task, from)| {
            Target::Query(Query { ordinal, kind: KINDS[kind].0, task, from })
        }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_is_read_back(target in targets(), unit in 1_u64..2_000_000) {
        let text = print(&target, Nanos(unit)).expect("it is a moment");
        prop_assert_eq!(parse(&text, Nanos(unit)), Ok(target), "{}", text);
    }

    #[test]
    fn no_text_makes_the_reader_panic(text in ".{0,40}") {
        let _ = parse(&text, MS);
    }
}
