//! Where in a file's text a field stands, so that a message can say line and column.

/// The byte where the value at a path begins; of a field that is not there, where its object begins.
pub(crate) fn value(text: &str, path: &str) -> usize {
    let mut walker = Walker { text: text.as_bytes(), at: 0 };
    let mut found = walker.start();
    for step in path.replace('[', ".[").split('.').filter(|step| !step.is_empty()) {
        let entered = match step.strip_prefix('[').and_then(|step| step.strip_suffix(']')) {
            Some(index) => index.parse().is_ok_and(|index| walker.enter_element(index)),
            None => walker.enter_field(step),
        };
        if !entered {
            break;
        }
        found = walker.start();
    }
    found
}

/// Line and column of a byte, counted from 1, the column in characters.
pub(crate) fn line_and_column(text: &str, at: usize) -> (usize, usize) {
    let before = text.get(..at).unwrap_or(text);
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    (before.matches('\n').count() + 1, before[line_start..].chars().count() + 1)
}

/// Walks through text that is known to be JSON.
struct Walker<'t> {
    text: &'t [u8],
    at: usize,
}

impl Walker<'_> {
    fn peek(&self) -> u8 {
        self.text.get(self.at).copied().unwrap_or(0)
    }

    /// Goes to the next value and says where it begins.
    fn start(&mut self) -> usize {
        while self.peek().is_ascii_whitespace() || matches!(self.peek(), b',' | b':') {
            self.at += 1;
        }
        self.at
    }

    /// Whether the list or object goes on.
    fn has_more(&mut self) -> bool {
        self.start();
        !matches!(self.peek(), b']' | b'}' | 0)
    }

    fn enter(&mut self, bracket: u8) -> bool {
        self.start();
        let is_there = self.peek() == bracket;
        self.at += usize::from(is_there);
        is_there
    }

    fn enter_element(&mut self, index: usize) -> bool {
        if !self.enter(b'[') {
            return false;
        }
        for _ in 0..index {
            if !self.has_more() {
                return false;
            }
            self.skip();
        }
        self.has_more()
    }

    fn enter_field(&mut self, name: &str) -> bool {
        if !self.enter(b'{') {
            return false;
        }
        while self.has_more() {
            let start = self.at;
            self.skip();
            let key = self.text.get(start..self.at).unwrap_or_default();
            if serde_json::from_slice::<String>(key).is_ok_and(|key| key == name) {
                return self.has_more();
            }
            self.start();
            self.skip();
        }
        false
    }

    /// Goes behind the value that begins here.
    fn skip(&mut self) {
        let mut depth = 0;
        loop {
            match self.peek() {
                0 => return,
                b'"' => self.skip_text(),
                b'[' | b'{' => {
                    depth += 1;
                    self.at += 1;
                }
                b']' | b'}' => {
                    depth -= 1;
                    self.at += 1;
                }
                _ => self.at += 1,
            }
            let is_over =
                matches!(self.peek(), b',' | b':' | b']' | b'}' | 0) || self.peek().is_ascii_whitespace();
            if depth == 0 && is_over {
                return;
            }
        }
    }

    fn skip_text(&mut self) {
        self.at += 1;
        while !matches!(self.peek(), b'"' | 0) {
            self.at += if self.peek() == b'\\' { 2 } else { 1 };
        }
        self.at += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_found_by_its_path() {
        let text = r#"{"a": [1, {"b\"": "x,]", "c": [true]}], "d": 4}"#;
        let at = |path| &text[value(text, path)..];
        assert!(at("a[0]").starts_with("1,"));
        assert!(at("a[1].c[0]").starts_with("true"));
        assert!(at("d").starts_with("4}"));
        assert!(at("a[1].missing").starts_with("{\"b"));
        assert!(at("").starts_with("{\"a"));
    }

    #[test]
    fn a_place_is_a_line_and_a_column() {
        assert_eq!(line_and_column("ab\n가c", 6), (2, 2));
    }
}
