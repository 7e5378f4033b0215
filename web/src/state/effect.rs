//! What an update asks the surroundings to do.

use kernelscope_session::protocol::Request;

use super::Prefs;
use crate::engine::Kind;
use crate::i18n::Lang;
use crate::state::Theme;

/// What the whole page looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dress {
    /// Its language.
    pub lang: Lang,
    /// Light or dark.
    pub theme: Theme,
    /// Whether it has the size of a lecture hall.
    pub projector: bool,
    /// Whether it lies in a frame of another page.
    pub embedded: bool,
}

/// Something to do outside. What an effect needs and does not carry it takes from the state.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Ask the engine, all in one message: it hears them before it begins with the first.
    Ask(Vec<Request>),
    /// Fetch an engine, which takes over from the present one once it listens.
    FetchEngine(Kind),
    /// Keep the work, soon.
    Keep,
    /// Keep the earlier pieces of work.
    KeepShelf,
    /// Keep the preferences.
    KeepPrefs(Prefs),
    /// Put a text on the clipboard.
    Copy(String),
    /// Put a link to this moment on the clipboard.
    CopyLink,
    /// Offer the scenario as a file.
    Download,
    /// Let the person choose a file.
    PickFile,
    /// Set the language, the theme and the size of the whole page.
    Dress(Dress),
    /// Take the link out of the address: what it carried is work now.
    ForgetLink,
    /// Fetch a lesson.
    Fetch(&'static str),
    /// Load the page again: it met the engine of another build.
    Reload,
}
