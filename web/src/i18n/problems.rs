//! What is wrong with a scenario, a link or a file, and how to mend it: one sentence for each kind of problem, one
//! for what is allowed, one for what was probably meant.

use kernelscope_sim::diagnostic::{Allowed, Code, Diagnostic};
use kernelscope_sim::time::Nanos;

use super::Lang;
use crate::messages;
use crate::ruler::Ruler;

/// How many of the possible words are listed.
const LISTED: usize = 12;

/// A problem in words.
pub fn describe(lang: Lang, problem: &Diagnostic, ruler: Ruler) -> String {
    let mut text = what(lang, problem);
    for more in
        [allowed(lang, &problem.allowed, ruler), near(lang, problem.near.as_deref())].into_iter().flatten()
    {
        text.push(' ');
        text.push_str(&more);
    }
    text
}

fn what(lang: Lang, problem: &Diagnostic) -> String {
    let found = problem.found.as_str();
    let quoted = &quoted(found);
    match problem.code {
        Code::NotJson if found.is_empty() => not_json(lang).to_owned(),
        Code::NotJson => not_json_at(lang, quoted),
        Code::Missing => missing(lang).to_owned(),
        Code::UnknownField => unknown_field(lang, quoted),
        Code::UnknownValue => unknown_value(lang, quoted),
        Code::WrongType if found.is_empty() => empty(lang).to_owned(),
        Code::WrongType => wrong_type(lang, quoted),
        Code::OutOfRange => out_of_range(lang, found),
        Code::Duplicate => duplicate(lang, quoted),
        Code::UnknownName => unknown_name(lang, quoted),
        Code::Empty => empty(lang).to_owned(),
        Code::TooMany => too_many(lang, found),
        Code::TooLong => too_long(lang).to_owned(),
        Code::NotMultiple => not_multiple(lang, found),
        Code::NotPowerOfTwo => not_power_of_two(lang, found),
        Code::TooFine => too_fine(lang, found),
        Code::NeedsUnit => needs_unit(lang, found),
        Code::Syntax if found.is_empty() => syntax_end(lang).to_owned(),
        Code::Syntax => syntax(lang, quoted),
        Code::Conflict => conflict(lang, found),
        Code::Version => version(lang, found),
        Code::Damaged => damaged(lang).to_owned(),
        Code::LeftOut => left_out(lang).to_owned(),
    }
}

fn allowed(lang: Lang, allowed: &Allowed, ruler: Ruler) -> Option<String> {
    Some(match allowed {
        Allowed::Unsaid => return None,
        Allowed::OneOf(words) => {
            let mut list = words.iter().take(LISTED).map(String::as_str).collect::<Vec<_>>().join(", ");
            if words.len() > LISTED {
                list.push_str(", …");
            }
            one_of(lang, &list)
        }
        Allowed::Range(least, most) => range(lang, *least, *most),
        Allowed::Duration(least, most) if Nanos(*most) >= Nanos::MAX => {
            at_least(lang, &ruler.length(Nanos(*least)))
        }
        Allowed::Duration(least, most) => {
            duration_range(lang, &ruler.length(Nanos(*least)), &ruler.length(Nanos(*most)))
        }
        Allowed::Type(name) => wanted(lang, kind_of(lang, name)),
        Allowed::AtMost(most) => at_most(lang, *most),
        Allowed::Nearest(below, above) if *below == 0 => one_of(lang, &ruler.length(Nanos(*above))),
        Allowed::Nearest(below, above) => {
            nearest(lang, &ruler.length(Nanos(*below)), &ruler.length(Nanos(*above)))
        }
        Allowed::With(other) => with(lang, other),
    })
}

fn near(lang: Lang, name: Option<&str>) -> Option<String> {
    name.map(|name| meant(lang, &quoted(name)))
}

/// As it stands there.
fn quoted(text: &str) -> String {
    format!("“{text}”")
}

/// A type as a reader calls it; an example stays as it is.
fn kind_of(lang: Lang, name: &str) -> &str {
    match name {
        "number" => number(lang),
        "whole number" => whole_number(lang),
        "hexadecimal" => hexadecimal(lang),
        "text" => text(lang),
        "list" => list(lang),
        "object" => object(lang),
        "duration" => duration(lang),
        "true or false" => truth(lang),
        "word" => word(lang),
        "visible text" => visible(lang),
        other => other,
    }
}

messages! {
    /// No JSON.
    not_json: "This is not a scenario file.", "시나리오 파일이 아닙니다.";
    /// No JSON from here on.
    not_json_at(found: &str): "This is not a scenario file: it cannot be read from {found} on.", "시나리오 파일이 아닙니다. {found}부터 읽을 수 없습니다.";
    /// A required field.
    missing: "Something is missing here.", "빠진 것이 있습니다.";
    /// A field that nobody knows.
    unknown_field(found: &str): "There is no field {found} here.", "{found:이라}는 항목은 없습니다.";
    /// A word that nobody knows.
    unknown_value(found: &str): "{found} cannot stand here.", "여기에는 {found:을} 쓸 수 없습니다.";
    /// Another type.
    wrong_type(found: &str): "{found} cannot be read here.", "{found:을} 읽을 수 없습니다.";
    /// Too small or too large.
    out_of_range(found: &str): "{found} is out of range.", "{found:은} 범위를 벗어납니다.";
    /// Twice.
    duplicate(found: &str): "{found} stands there twice.", "{found:이} 두 번 나옵니다.";
    /// A name of nothing.
    unknown_name(found: &str): "Nothing here is called {found}.", "{found:이라}는 이름은 없습니다.";
    /// Nothing.
    empty: "Something has to stand here.", "여기를 비워 둘 수 없습니다.";
    /// Too many.
    too_many(found: &str): "{found} are too many.", "{found:은} 너무 많습니다.";
    /// Too long.
    too_long: "This is too long.", "너무 깁니다.";
    /// No multiple.
    not_multiple(found: &str): "{found} is not a multiple of the other duration.", "{found:은} 다른 시간의 배수가 아닙니다.";
    /// Between two of them.
    not_power_of_two(found: &str): "{found} is not a power of two.", "{found:은} 2의 거듭제곱이 아닙니다.";
    /// Below a nanosecond.
    too_fine(found: &str): "{found} is finer than can be measured.", "{found:은} 잴 수 있는 것보다 더 잘게 나뉩니다.";
    /// A cost without a unit.
    needs_unit(found: &str): "{found} of what? A hardware cost needs its unit, such as 2us.", "{found}의 단위가 없습니다. 하드웨어 비용에는 2us처럼 단위를 씁니다.";
    /// A word in a program.
    syntax(found: &str): "{found} cannot stand here.", "여기에는 {found:을} 쓸 수 없습니다.";
    /// A program that breaks off.
    syntax_end: "The program breaks off here.", "프로그램이 여기서 끊겼습니다.";
    /// Does not go together.
    conflict(found: &str): "{found} does not fit the rest.", "{found:은} 나머지와 맞지 않습니다.";
    /// From the future.
    version(found: &str): "This was made by a newer version ({found}) of Kernelscope.", "더 새로운 버전({found})의 Kernelscope에서 만든 것입니다.";
    /// Cut off or changed.
    damaged: "This was damaged on its way: a part is missing or was changed.", "오는 길에 손상되었습니다. 일부가 없거나 바뀌었습니다.";
    /// A machine that cannot have it.
    left_out: "This engine was built without it.", "이 엔진은 이것 없이 빌드되었습니다.";

    /// Words.
    one_of(list: &str): "Possible: {list}.", "쓸 수 있는 것: {list}.";
    /// Numbers.
    range(least: i64, most: i64): "From {least} to {most}.", "{least}부터 {most}까지.";
    /// Durations.
    duration_range(least: &str, most: &str): "From {least} to {most}.", "{least}부터 {most}까지.";
    /// Durations without a practical end.
    at_least(least: &str): "At least {least}.", "{least} 이상.";
    /// A type.
    wanted(kind: &str): "Expected: {kind}.", "필요한 것: {kind}.";
    /// A number of things.
    at_most(most: u64): "At most {most}.", "최대 {most}.";
    /// Multiples.
    nearest(below: &str, above: &str): "The nearest are {below} and {above}.", "가까운 값은 {below:과} {above}입니다.";
    /// What it has to go with.
    with(other: &str): "It has to go with {other}.", "{other:과} 맞아야 합니다.";
    /// A misspelling.
    meant(name: &str): "Did you mean {name}?", "{name:을} 쓰려고 했나요?";

    /// A type.
    number: "a number", "수";
    /// A type.
    whole_number: "a whole number", "정수";
    /// A type.
    hexadecimal: "hexadecimal digits, two for each byte", "바이트마다 두 자리인 16진수";
    /// A type.
    text: "a text", "글";
    /// A type.
    list: "a list", "목록";
    /// A type.
    object: "a group of fields", "항목 묶음";
    /// A type.
    duration: "a duration, such as 5 or 10ms", "시간(예: 5, 10ms)";
    /// A type.
    truth: "yes or no", "예 또는 아니요";
    /// A type.
    word: "a word of letters", "글자로 된 낱말";
    /// A type.
    visible: "visible characters", "보이는 글자";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(problem: &Diagnostic, english: &str, korean: &str) {
        assert_eq!(describe(Lang::En, problem, Ruler::default()), english);
        assert_eq!(describe(Lang::Ko, problem, Ruler::default()), korean);
    }

    #[test]
    fn a_misspelt_word_is_told_with_what_was_meant() {
        let known = ["cpu".to_owned(), "io".to_owned()];
        let problem = Diagnostic::new("processes[0].program", Code::UnknownValue)
            .found("cpi")
            .near(["cpu", "io"])
            .allowed(Allowed::OneOf(known.to_vec()));
        check(
            &problem,
            "“cpi” cannot stand here. Possible: cpu, io. Did you mean “cpu”?",
            "여기에는 “cpi”를 쓸 수 없습니다. 쓸 수 있는 것: cpu, io. “cpu”를 쓰려고 했나요?",
        );
    }

    #[test]
    fn a_duration_is_told_in_the_unit_of_the_scenario() {
        let problem = Diagnostic::new("machine.policy.rr.quantum", Code::NotMultiple)
            .found("15")
            .allowed(Allowed::Nearest(10_000_000, 20_000_000));
        check(
            &problem,
            "15 is not a multiple of the other duration. The nearest are 10\u{a0}ms and 20\u{a0}ms.",
            "15는 다른 시간의 배수가 아닙니다. 가까운 값은 10\u{a0}ms와 20\u{a0}ms입니다.",
        );
    }

    #[test]
    fn every_problem_of_a_hopeless_document_is_told_in_both_languages() {
        let document = serde_json::json!({
            "version": 1, "seed": -1, "colour": 1, "unit": "fortnight", "title": 5,
            "machine": { "cpus": 0, "policy": { "rr": { "quantum": "0" } }, "costs": { "mode_switch": 3 } },
            "processes": [
                { "name": "", "program": "" }, { "name": "A", "at": "0.0000001", "program": "cpu x; repeat 3 {" },
                { "name": "A", "program": "io floppy 3" },
            ],
            "inputs": [{ "at": 5 }, { "kill": "Z" }],
        });
        let problems = kernelscope_share::file::decode(&document).unwrap_err();
        assert!(problems.len() >= 10, "{problems:#?}");
        for problem in &problems {
            for lang in [Lang::En, Lang::Ko] {
                let text = describe(lang, problem, Ruler::default());
                assert!(text.ends_with(['.', '?']) && !text.contains("found"), "{text}");
            }
        }
    }
}
