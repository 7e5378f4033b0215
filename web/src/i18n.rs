//! Everything the page says, in Korean and in English, side by side.
//!
//! A room of the page has one table (`i18n/<room>.rs`), written with [`messages!`](crate::messages): a message is
//! a function of the language and of its arguments, so a missing translation or argument does not compile.
//!
//! ```
//! kernelscope_web::messages! {
//!     /// A task loses its level.
//!     demoted(task: &str, to: u8): "{task} falls to Q{to}", "{task:이} Q{to:으로} 내려간다";
//! }
//! use kernelscope_web::i18n::Lang;
//! assert_eq!(demoted(Lang::En, "A", 2), "A falls to Q2");
//! assert_eq!(demoted(Lang::Ko, "B", 1), "B가 Q1로 내려간다");
//! ```
//!
//! In a Korean text `{task:이}` is the argument followed by the form of that particle which fits it (see
//! [`josa`]). In an English one `{n:step|steps}` is the form that fits the number. Doubled braces stand for
//! themselves.

pub mod amount;
pub mod compare;
pub mod editor;
pub mod event_list;
pub mod events;
pub mod fields;
pub mod glossary;
pub mod josa;
pub mod kernel;
pub mod lessons;
pub mod memory;
pub mod metrics;
pub mod narrate;
pub mod panels;
pub mod problems;
pub mod protocol;
pub mod rules;
pub mod rules_panel;
pub mod sharing;
pub mod shell;
pub mod sweep;
mod template;
pub mod timeline;
pub mod translation;
pub mod transport;
pub mod voice;
pub mod words;
pub mod working_sets;

use yew::prelude::*;

#[doc(hidden)]
pub use template::{holds, render};

/// A language of the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Lang {
    /// English.
    #[default]
    En,
    /// Korean.
    Ko,
}

impl Lang {
    /// The tag of this language in `<html lang>` and in addresses.
    pub const fn tag(self) -> &'static str {
        match self {
            Lang::En => "en",
            Lang::Ko => "ko",
        }
    }

    /// The language of a tag such as `ko` or `ko-KR`; none if it is neither.
    pub fn from_tag(tag: &str) -> Option<Lang> {
        match tag.split('-').next()?.to_ascii_lowercase().as_str() {
            "en" => Some(Lang::En),
            "ko" => Some(Lang::Ko),
            _ => None,
        }
    }

    /// The other one.
    #[must_use]
    pub const fn other(self) -> Lang {
        match self {
            Lang::En => Lang::Ko,
            Lang::Ko => Lang::En,
        }
    }

    /// The one of two texts that is in this language.
    pub const fn pick<T: Copy>(self, english: T, korean: T) -> T {
        match self {
            Lang::En => english,
            Lang::Ko => korean,
        }
    }
}

/// The language that the page is in.
#[hook]
pub fn use_lang() -> Lang {
    use_context().unwrap_or_default()
}

/// Defines messages: a documented function each, English first, Korean beside it.
#[macro_export]
macro_rules! messages {
    ($($(#[$doc:meta])* $name:ident $(($($arg:ident : $ty:ty),+ $(,)?))? : $en:literal, $ko:literal;)+) => {
        $($crate::messages! { @one $(#[$doc])* $name $(($($arg : $ty),+))? : $en, $ko; })+
    };
    (@one $(#[$doc:meta])* $name:ident : $en:literal, $ko:literal;) => {
        $(#[$doc])*
        pub const fn $name(lang: $crate::i18n::Lang) -> &'static str {
            lang.pick($en, $ko)
        }
    };
    (@one $(#[$doc:meta])* $name:ident ($($arg:ident : $ty:ty),+) : $en:literal, $ko:literal;) => {
        $(#[$doc])*
        pub fn $name(lang: $crate::i18n::Lang, $($arg: $ty),+) -> String {
            const _: () = assert!($crate::i18n::holds($en, &[$(stringify!($arg)),+]), "an English text names no such argument");
            const _: () = assert!($crate::i18n::holds($ko, &[$(stringify!($arg)),+]), "a Korean text names no such argument");
            $crate::i18n::render(lang.pick($en, $ko), &[$((stringify!($arg), &$arg as &dyn std::fmt::Display)),+])
        }
    };
}

#[cfg(test)]
#[expect(unreachable_pub, reason = "tables of messages are made for other modules")]
mod tests {
    use super::*;

    messages! {
        /// No argument.
        play: "Play", "재생";
        /// Particles, plurals.
        steps(task: &str, n: u64): "{task} takes {n} {n:step|steps}", "{task:은} {n}단계를 밟는다";
    }

    #[test]
    fn a_message_speaks_both_languages() {
        assert_eq!((play(Lang::En), play(Lang::Ko)), ("Play", "재생"));
        assert_eq!(steps(Lang::En, "A", 1), "A takes 1 step");
        assert_eq!(steps(Lang::En, "A", 2), "A takes 2 steps");
        assert_eq!(steps(Lang::Ko, "셸", 2), "셸은 2단계를 밟는다");
    }

    #[test]
    fn a_tag_with_a_region_names_its_language() {
        assert_eq!(Lang::from_tag("ko-KR"), Some(Lang::Ko));
        assert_eq!(Lang::from_tag("EN"), Some(Lang::En));
        assert_eq!(Lang::from_tag("fr"), None);
    }
}
