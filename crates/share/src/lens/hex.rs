//! Bytes as hexadecimal digits, two a byte.

use kernelscope_sim::diagnostic::{Allowed, Code, Diagnostic};

/// Bytes between two gaps: a page of OSTEP's small memories.
const GROUP: usize = 32;

/// Bytes as they are written: in groups, so that a long memory can be broken into lines.
pub(super) fn written(bytes: &[u8]) -> String {
    let group = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    bytes.chunks(GROUP).map(group).collect::<Vec<_>>().join(" ")
}

/// The bytes that a text means; blanks may stand anywhere in it.
pub(super) fn read(text: &str, most: usize) -> Result<Vec<u8>, Diagnostic> {
    let mut digits = Vec::new();
    for letter in text.chars().filter(|letter| !letter.is_whitespace()) {
        match letter.to_digit(16) {
            Some(digit) => digits.push(digit as u8),
            None => {
                let wanted = Allowed::Type("hexadecimal".to_owned());
                return Err(Diagnostic::new("", Code::UnknownValue).found(letter).allowed(wanted));
            }
        }
    }
    if !digits.len().is_multiple_of(2) {
        let wanted = Allowed::Type("hexadecimal".to_owned());
        return Err(Diagnostic::new("", Code::Conflict).found(digits.len()).allowed(wanted));
    }
    if digits.len() / 2 > most {
        let most = Allowed::AtMost(most as u64);
        return Err(Diagnostic::new("", Code::TooMany).found(digits.len() / 2).allowed(most));
    }
    Ok(digits.chunks(2).map(|pair| pair[0] << 4 | pair[1]).collect())
}
