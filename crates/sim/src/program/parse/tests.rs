use proptest::prelude::*;

use super::*;
use crate::program::{arbitrary, code, print};
use crate::time::Nanos;

const MS: Nanos = Nanos::from_millis(1);

fn devices() -> Vec<String> {
    vec!["disk".to_owned(), "net".to_owned()]
}

fn read(text: &str) -> Result<Program, Vec<SyntaxError>> {
    parse(text, &Names { unit: MS, devices: &devices() })
}

/// The canonical form of a text that is right.
fn tidy(text: &str) -> String {
    let devices = devices();
    let names = Names { unit: MS, devices: &devices };
    parse(text, &names).map_or_else(|errors| format!("{errors:?}"), |program| print::print(&program, &names))
}

/// Where the mistakes of a text are, by what stands there, and of which kind they are.
fn mistakes(text: &str) -> Vec<(Range<usize>, Code)> {
    read(text).err().unwrap_or_default().into_iter().map(|error| (error.span, error.code)).collect()
}

#[test]
fn every_operation_is_read() {
    for text in [
        "",
        "cpu 30; io disk 10; repeat 3 { cpu 5; io 5 }",
        "sleep 5; sleep until 12.5; yield; exit; exit 255; syscall 4294967295; privileged halt",
        "repeat { repeat 4294967295 { cpu 1ns } }",
        "io 0; sleep 0; cpu 9007199254740992ns",
        "read p0; write 0x1f00; exec heap; read heap+p3; write heap+0x10; refs 0 1 2 0",
        "read p0..p64 step 2; write 0x64..0x8c step 4; read heap..heap+p9; read p1..p9 uniform 1000",
        "read p0..p9 zipf 5; read p0..p100 hot 80; read p0..p100 step 5 phases 100 window 10 stay 20",
        "mmap heap 64; mmap text 16 rx at p3 file; mmap p 1 rwx; munmap heap; reclaim",
        "fork; fork { cpu 1; fork { exit 3 } }; wait; wait 2; kill 1; kill parent KILL; repeat { fork }",
    ] {
        assert_eq!(tidy(text), text.replace("9007199254740992ns", "9007199254.740992"));
    }
}

#[test]
fn lines_comments_and_blanks_are_free() {
    let text = "# a loop\r\n  cpu 30 ms   # with a unit apart\n\n;; repeat 3\n{\n cpu 5us;}io disk 1 s;\n";
    assert_eq!(tidy(text), "cpu 30; repeat 3 { cpu 5us }; io disk 1000");
}

#[test]
fn a_device_may_have_any_name_that_is_a_word() {
    let devices = ["10".to_owned(), "디스크".to_owned()];
    let names = Names { unit: MS, devices: &devices };
    let program = parse("io 10; io 10 ms; io 10 10; io 디스크 5", &names);
    assert_eq!(
        program.map(|program| print::print(&program, &names)),
        Ok("io 10; io 10; io 10 10; io 디스크 5".to_owned())
    );
    assert!(is_word("디스크") && !is_word("a b") && !is_word("a;") && !is_word(""));
}

#[test]
fn each_mistake_is_told_with_its_bytes() {
    for (text, expected) in [
        ("cpo 5", vec![(0..3, Code::UnknownValue)]),
        ("cpu", vec![(0..3, Code::Missing)]),
        ("sleep until", vec![(0..11, Code::Missing)]),
        ("cpu 0", vec![(4..5, Code::OutOfRange)]),
        ("cpu -5", vec![(4..6, Code::OutOfRange)]),
        ("cpu x", vec![(4..5, Code::WrongType)]),
        ("cpu 5sm", vec![(5..7, Code::UnknownValue)]),
        ("cpu 0.3ns", vec![(4..9, Code::TooFine)]),
        ("cpu 99999999999999s", vec![(4..19, Code::OutOfRange)]),
        ("cpu 5 io 3", vec![(6..8, Code::Syntax)]),
        ("io tape 5", vec![(3..7, Code::UnknownName)]),
        ("io 5 disk", vec![(5..9, Code::Syntax)]),
        ("io disk", vec![(0..2, Code::Missing)]),
        ("yield 3", vec![(6..7, Code::Syntax)]),
        ("exit 256", vec![(5..8, Code::OutOfRange)]),
        ("exit +1", vec![(5..7, Code::WrongType)]),
        ("syscall", vec![(0..7, Code::Missing)]),
        ("privileged hault", vec![(11..16, Code::UnknownValue)]),
        ("repeat 0 { yield }", vec![(7..8, Code::OutOfRange)]),
        ("repeat 4294967296 { yield }", vec![(7..17, Code::OutOfRange)]),
        ("repeat 2 3 { yield }", vec![(9..10, Code::Syntax)]),
        ("repeat 3 { }", vec![(0..10, Code::Empty)]),
        ("repeat 3; cpu 5", vec![(0..8, Code::Syntax)]),
        ("repeat 3 { cpu 5", vec![(0..10, Code::Syntax)]),
        ("cpu 5 }", vec![(6..7, Code::Syntax)]),
        ("cpu 5 { io 3 }", vec![(6..7, Code::Syntax)]),
        ("{ cpu 5 }", vec![(0..1, Code::Syntax)]),
        ("spin { cpu 0 }; cpu 1", vec![(0..4, Code::UnknownValue), (11..12, Code::OutOfRange)]),
        ("read", vec![(0..4, Code::Missing)]),
        ("read 5", vec![(5..6, Code::WrongType)]),
        ("read p-5", vec![(5..8, Code::WrongType)]),
        ("read 0x+5", vec![(5..9, Code::WrongType)]),
        ("read p9..p9", vec![(9..11, Code::Empty)]),
        ("read p0..0x9", vec![(9..12, Code::Conflict)]),
        ("read a+p0..b+p9", vec![(11..15, Code::Conflict)]),
        ("read p0..p9 step 0", vec![(17..18, Code::OutOfRange)]),
        ("read p0..p9 unifrom 5", vec![(12..19, Code::Syntax)]),
        ("read p0..p9 zipf", vec![(12..16, Code::Missing)]),
        ("read p0..p9 phases 5 window 10 stay 1", vec![(28..30, Code::OutOfRange)]),
        ("read p0..p9 phases 5 window 3", vec![(12..18, Code::Missing)]),
        ("refs", vec![(0..4, Code::Missing)]),
        ("refs 0 a 2 p3", vec![(7..8, Code::WrongType), (11..13, Code::WrongType)]),
        ("mmap 3 64", vec![(5..6, Code::WrongType)]),
        ("mmap heap", vec![(5..9, Code::Missing)]),
        ("mmap heap 0", vec![(10..11, Code::OutOfRange)]),
        ("mmap heap 4 wr", vec![(12..14, Code::Syntax)]),
        ("mmap heap 4 at 0x9", vec![(15..18, Code::WrongType)]),
        ("munmap heap 4", vec![(12..13, Code::Syntax)]),
        ("io a 0.1ns", vec![(3..4, Code::UnknownName), (5..10, Code::TooFine)]),
        (
            "peek 5; repaet 3 { cpu x }; cpu 1",
            vec![(0..4, Code::UnknownValue), (8..14, Code::UnknownValue), (23..24, Code::WrongType)],
        ),
    ] {
        assert_eq!(mistakes(text), expected, "{text}");
    }
}

#[test]
fn a_misspelt_word_finds_the_one_that_was_meant() {
    for (text, near) in [
        ("CPU 5", "cpu"),
        ("repaet 3 { yield }", "repeat"),
        ("io dsik 5", "disk"),
        ("cpu 5sm", "ms"),
        ("privileged set_tmer", "set_timer"),
    ] {
        let errors = read(text).err().unwrap_or_default();
        assert_eq!(errors[0].near.as_deref(), Some(near), "{text}");
    }
    let error = &read("io tape 5").err().unwrap_or_default()[0];
    assert_eq!((&error.allowed, &error.near), (&Allowed::OneOf(devices()), &None));
}

#[test]
fn a_mistake_becomes_a_diagnostic_of_its_field() {
    let error = &read("cpu 5; cpo 3").err().unwrap_or_default()[0];
    let diagnostic = error.at("processes[0].program");
    assert_eq!(diagnostic.span, Some((7, 10)));
    assert_eq!(diagnostic.found, "cpo");
    assert_eq!(diagnostic.near.as_deref(), Some("cpu"));
}

#[test]
fn nesting_goes_eight_deep() {
    let nested = |depth: usize| format!("{}cpu 1{}", "repeat 2 { ".repeat(depth), " }".repeat(depth));
    assert_eq!(tidy(&nested(NESTING)), nested(NESTING));
    assert_eq!(mistakes(&nested(NESTING + 1)), [(88..96, Code::TooMany)]);
    assert_eq!(mistakes(&nested(9_000)), [(88..96, Code::TooMany)]);
    assert_eq!(mistakes(&nested(100_000)).len(), 2, "too deep, and then too long");
    assert_eq!(mistakes(&"{".repeat(100_000)).len(), MOST_ERRORS);
    let unclosed = read(&"repeat { ".repeat(9)).err().unwrap_or_default();
    assert_eq!(unclosed.len(), 10);
}

#[test]
fn a_program_holds_ten_thousand_operations() {
    let long = "yield;".repeat(MOST_OPERATIONS);
    assert!(read(&long).is_ok());
    let at = long.len();
    assert_eq!(mistakes(&(long + "exit; exit")), [(at..at + 4, Code::TooMany)]);
}

fn wild_text() -> impl Strategy<Value = String> {
    let words = [
        "cpu",
        "io",
        "sleep",
        "until",
        "yield",
        "exit",
        "repeat",
        "syscall",
        "privileged",
        "halt",
        "disk",
        "fork",
        "5",
        "10",
        "ms",
        "0.5us",
        "-1",
        "99999999999999999999",
        "{",
        "}",
        "{",
        "}",
        ";",
        "\n",
        "#",
        " ",
        "é",
        "칠",
        "read",
        "refs",
        "mmap",
        "p3",
        "0x10..0x20",
        "heap+p1",
        "step",
        "phases",
    ];
    let soup = proptest::collection::vec((proptest::sample::select(words.to_vec()), " ?"), 0..60)
        .prop_map(|words| words.into_iter().map(|(word, blank)| word.to_owned() + &blank).collect());
    prop_oneof![soup, "\\PC{0,80}"]
}

proptest! {
    #[test]
    fn what_is_printed_reads_back_the_same(program in arbitrary::wild(), unit in 1..=10_000_000u64) {
        let devices = devices();
        let names = Names { unit: Nanos(unit), devices: &devices };
        let (text, spans) = print::spans(&program, &names);
        prop_assert_eq!(parse(&text, &names), Ok(program.clone()));
        prop_assert_eq!(spans.len(), code::Code::compile(&program, MS).len());
    }

    #[test]
    fn no_text_is_too_strange(text in wild_text()) {
        let devices = devices();
        let names = Names { unit: MS, devices: &devices };
        match parse(&text, &names) {
            Ok(program) => {
                let canonical = print::print(&program, &names);
                prop_assert_eq!(parse(&canonical, &names), Ok(program.clone()));
                code::Code::compile(&program, MS);
            }
            Err(errors) => {
                prop_assert!(!errors.is_empty());
                for error in errors {
                    prop_assert_eq!(text.get(error.span.clone()), Some(error.found.as_str()));
                }
            }
        }
    }
}
