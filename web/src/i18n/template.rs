//! Texts with places for arguments: `{name}`, `{name:particle}` in Korean, `{name:one|many}` in English.

use std::fmt::{Display, Write as _};

use super::josa;

/// Whether every place of a template names one of the arguments and every brace is closed. Evaluated while
/// compiling.
pub const fn holds(template: &str, args: &[&str]) -> bool {
    let text = template.as_bytes();
    let mut at = 0;
    while at < text.len() {
        let doubled = at + 1 < text.len() && text[at + 1] == text[at];
        match text[at] {
            b'{' | b'}' if doubled => at += 1,
            b'}' => return false,
            b'{' => {
                let start = at + 1;
                let mut end = start;
                while end < text.len() && text[end] != b':' && text[end] != b'}' {
                    end += 1;
                }
                if !is_one_of(text, start, end, args) {
                    return false;
                }
                while end < text.len() && text[end] != b'}' {
                    end += 1;
                }
                if end == text.len() {
                    return false;
                }
                at = end;
            }
            _ => {}
        }
        at += 1;
    }
    true
}

const fn is_one_of(text: &[u8], start: usize, end: usize, args: &[&str]) -> bool {
    let mut which = 0;
    while which < args.len() {
        let name = args[which].as_bytes();
        let mut same = name.len() == end - start;
        let mut at = 0;
        while same && at < name.len() {
            same = name[at] == text[start + at];
            at += 1;
        }
        if same {
            return true;
        }
        which += 1;
    }
    false
}

/// The template with its arguments in their places.
pub fn render(template: &str, args: &[(&str, &dyn Display)]) -> String {
    let mut text = String::with_capacity(template.len() + 16);
    let mut rest = template;
    while let Some(at) = rest.find(['{', '}']) {
        text.push_str(&rest[..at]);
        let after = &rest[at + 1..];
        if after.starts_with(['{', '}']) && rest.as_bytes()[at] == after.as_bytes()[0] {
            text.push_str(&after[..1]);
            rest = &after[1..];
            continue;
        }
        let Some((place, following)) = after.split_once('}') else {
            break;
        };
        fill(&mut text, place, args);
        rest = following;
    }
    text.push_str(rest);
    text
}

fn fill(text: &mut String, place: &str, args: &[(&str, &dyn Display)]) {
    let (name, form) = place.split_once(':').unwrap_or((place, ""));
    let Some((_, value)) = args.iter().find(|(arg, _)| *arg == name) else {
        return;
    };
    if let Some((one, many)) = form.split_once('|') {
        text.push_str(if value.to_string() == "1" { one } else { many });
        return;
    }
    let start = text.len();
    // Writing to a string cannot fail.
    let _ = write!(text, "{value}");
    if let Some(particle) = josa::after(&text[start..], form) {
        text.push_str(particle);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_template_is_found_while_compiling() {
        assert!(holds("{a} and {b:이}", &["a", "b"]));
        assert!(holds("{{a}}", &[]));
        assert!(!holds("{c}", &["a", "b"]));
        assert!(!holds("{a", &["a"]));
        assert!(!holds("a}", &["a"]));
    }

    #[test]
    fn doubled_braces_stand_for_themselves() {
        assert_eq!(render("repeat {n} {{ cpu 5 }}", &[("n", &3)]), "repeat 3 { cpu 5 }");
    }

    #[test]
    fn an_argument_is_never_read_as_a_template() {
        assert_eq!(render("{a}!", &[("a", &"{b}")]), "{b}!");
    }
}
