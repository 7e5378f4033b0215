//! What an update asks the surroundings to do.

use kernelscope_session::protocol::Request;

use super::Prefs;
use crate::i18n::Lang;
use crate::state::Theme;

/// Something to do outside. What an effect needs and does not carry it takes from the state.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Ask the engine.
    Ask(Request),
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
    /// Set the language and the theme of the whole page.
    Dress(Lang, Theme),
    /// Take the link out of the address: what it carried is work now.
    ForgetLink,
    /// Load the page again: it met the engine of another build.
    Reload,
}
