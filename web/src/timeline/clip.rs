//! Labels that fit: a text is cut between two glyphs, never within one, and left out where not even one fits.

/// The longest part of `text` that is at most `room` wide, with `…` where something was cut off.
///
/// Two glyphs and a mark are the least that is worth reading; nothing is written in a shorter room, since `I…` of
/// `I1` and `I2` tells nobody anything.
pub fn fitted(text: &str, room: f64, measure: impl Fn(&str) -> f64) -> Option<String> {
    if text.is_empty() || room <= 0.0 {
        return None;
    }
    if measure(text) <= room {
        return Some(text.to_owned());
    }
    let ends = glyph_ends(text);
    let cut = ends[..ends.len() - 1].iter().rev().map(|&end| (end, format!("{}…", text[..end].trim_end())));
    for (end, shortened) in cut {
        if end > ends[0] && measure(&shortened) <= room {
            return Some(shortened);
        }
    }
    None
}

/// Where the glyphs end: marks and joiners belong to the glyph before them.
fn glyph_ends(text: &str) -> Vec<usize> {
    let mut ends: Vec<usize> = Vec::new();
    let mut joins_next = false;
    for (at, letter) in text.char_indices() {
        let end = at + letter.len_utf8();
        match ends.last_mut() {
            Some(last) if joins_next || extends(letter) => *last = end,
            _ => ends.push(end),
        }
        joins_next = letter == '\u{200d}';
    }
    ends
}

/// Whether a character is drawn onto the one before it.
fn extends(letter: char) -> bool {
    matches!(letter, '\u{300}'..='\u{36f}' | '\u{200d}' | '\u{20d0}'..='\u{20ff}' | '\u{fe00}'..='\u{fe0f}'
        | '\u{1160}'..='\u{11ff}' | '\u{1f3fb}'..='\u{1f3ff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ten_a_glyph(text: &str) -> f64 {
        10.0 * glyph_ends(text).len() as f64
    }

    #[test]
    fn a_text_that_fits_is_kept() {
        assert_eq!(fitted("daemon", 60.0, ten_a_glyph).as_deref(), Some("daemon"));
    }

    #[test]
    fn a_text_is_cut_between_glyphs() {
        assert_eq!(fitted("daemon", 45.0, ten_a_glyph).as_deref(), Some("dae…"));
        assert_eq!(fitted("daemon", 30.0, ten_a_glyph).as_deref(), Some("da…"));
        assert_eq!(fitted("page out", 60.0, ten_a_glyph).as_deref(), Some("page…"));
    }

    #[test]
    fn a_text_without_room_is_left_out() {
        assert_eq!(fitted("daemon", 29.0, ten_a_glyph), None);
        assert_eq!(fitted("", 9.0, ten_a_glyph), None);
        assert_eq!(fitted("A", -1.0, ten_a_glyph), None);
    }

    #[test]
    fn an_accent_stays_with_its_letter() {
        assert_eq!(fitted("re\u{301}sume\u{301}", 35.0, ten_a_glyph).as_deref(), Some("re\u{301}…"));
        assert_eq!(fitted("프로세스", 35.0, ten_a_glyph).as_deref(), Some("프로…"));
    }
}
