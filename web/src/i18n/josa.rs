//! Korean particles: which form follows a word depends on how its last syllable ends.
//!
//! Hangul syllables show their final consonant. Latin letters are read by their Korean names (엘, 엠 and 엔 end in
//! a consonant), digits by their Sino-Korean reading; 으로 becomes 로 after a vowel and after ㄹ. After anything
//! else both forms are written, as in Korean print. Closing quotes and brackets are not read.

/// How a word ends when it is read aloud.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ending {
    Vowel,
    Rieul,
    Consonant,
    Unknown,
}

/// A particle: its form after a consonant, after a vowel, and where one cannot know.
struct Particle {
    after_consonant: &'static str,
    after_vowel: &'static str,
    both: &'static str,
}

const PARTICLES: &[Particle] = &[
    Particle { after_consonant: "이", after_vowel: "가", both: "이(가)" },
    Particle { after_consonant: "은", after_vowel: "는", both: "은(는)" },
    Particle { after_consonant: "을", after_vowel: "를", both: "을(를)" },
    Particle { after_consonant: "과", after_vowel: "와", both: "과(와)" },
    Particle { after_consonant: "으로", after_vowel: "로", both: "(으)로" },
    Particle { after_consonant: "이나", after_vowel: "나", both: "(이)나" },
    Particle { after_consonant: "이라", after_vowel: "라", both: "(이)라" },
    Particle { after_consonant: "이다", after_vowel: "다", both: "(이)다" },
    Particle { after_consonant: "이고", after_vowel: "고", both: "(이)고" },
    Particle { after_consonant: "이며", after_vowel: "며", both: "(이)며" },
];

/// The form of a particle (named by either of its forms) that follows `word`; none if there is no such particle.
pub fn after(word: &str, particle: &str) -> Option<&'static str> {
    let found =
        PARTICLES.iter().find(|row| row.after_consonant == particle || row.after_vowel == particle)?;
    Some(match ending(word) {
        Ending::Vowel => found.after_vowel,
        Ending::Rieul if found.after_consonant == "으로" => found.after_vowel,
        Ending::Rieul | Ending::Consonant => found.after_consonant,
        Ending::Unknown => found.both,
    })
}

fn ending(word: &str) -> Ending {
    let silent = |letter: &char| "\"'”’)]}」』》>".contains(*letter);
    let Some(last) = word.chars().rev().find(|letter| !silent(letter)) else {
        return Ending::Unknown;
    };
    match last {
        '가'..='힣' => match (u32::from(last) - u32::from('가')) % 28 {
            0 => Ending::Vowel,
            8 => Ending::Rieul,
            _ => Ending::Consonant,
        },
        // 엘; 엠, 엔.
        'L' | 'l' => Ending::Rieul,
        'M' | 'm' | 'N' | 'n' => Ending::Consonant,
        'A'..='Z' | 'a'..='z' => Ending::Vowel,
        // 일, 칠, 팔; 영, 삼, 육 (and 십, 백, 천, 만 for a number that ends in 0).
        '1' | '7' | '8' => Ending::Rieul,
        '0' | '3' | '6' => Ending::Consonant,
        '2' | '4' | '5' | '9' | '%' => Ending::Vowel,
        _ => Ending::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(word: &str, particle: &str, expected: &str) {
        assert_eq!(after(word, particle), Some(expected), "{word} + {particle}");
    }

    #[test]
    fn hangul_shows_its_final_consonant() {
        check("과제", "이", "가");
        check("디스크", "을", "를");
        check("셸", "은", "은");
        check("셸", "으로", "로");
        check("큐", "으로", "로");
        check("시간", "으로", "으로");
        check("정책", "과", "과");
        check("우선순위", "과", "와");
    }

    #[test]
    fn latin_letters_are_read_by_their_korean_names() {
        check("A", "이", "가");
        check("L", "이", "이");
        check("L", "으로", "로");
        check("N", "은", "은");
        check("M", "으로", "으로");
        check("MLFQ", "을", "를");
        check("10 ms", "을", "를");
    }

    #[test]
    fn digits_are_read_in_sino_korean() {
        for (digit, subject, direction) in [
            ("0", "이", "으로"),
            ("1", "이", "로"),
            ("2", "가", "로"),
            ("3", "이", "으로"),
            ("4", "가", "로"),
            ("5", "가", "로"),
            ("6", "이", "으로"),
            ("7", "이", "로"),
            ("8", "이", "로"),
            ("9", "가", "로"),
            ("100", "이", "으로"),
        ] {
            check(digit, "이", subject);
            check(digit, "으로", direction);
        }
    }

    #[test]
    fn quotes_are_not_read_and_the_unknown_gets_both_forms() {
        check("“셸”", "이", "이");
        check("B (25)", "은", "는");
        check("π", "을", "을(를)");
        check("", "으로", "(으)로");
    }

    #[test]
    fn either_form_names_the_particle() {
        check("B", "가", "가");
        check("시간", "가", "이");
        assert_eq!(after("B", "ㅋ"), None);
    }
}
