//! What the browser gives and may refuse: a clock, storage, the clipboard, files, the address. Every function here
//! can be called anywhere; where the browser refuses, it says so or does nothing.

use js_sys::{Array, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, BlobPropertyBag, HtmlAnchorElement, HtmlElement, MediaQueryList, Response, Storage, Url,
};

use crate::i18n::Lang;
use crate::state::{Dress, Millis, System, Theme};

/// Screens narrower than this have room for one column. The same figure stands in `layout.css`.
const NARROW: &str = "(width < 60rem)";
const DARK: &str = "(prefers-color-scheme: dark)";
const STILL: &str = "(prefers-reduced-motion: reduce)";

/// Milliseconds of the clock on the wall.
pub fn now() -> Millis {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a clock after 1970 is a positive number of milliseconds below 2^53"
    )]
    let now = js_sys::Date::now() as Millis;
    now
}

/// Moves the keyboard's focus.
pub fn focus(element: &web_sys::Element) {
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        // Refused for what cannot have it.
        let _ = element.focus();
    }
}

/// What a visit leaves for the next one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Drawer {
    /// The work.
    Work,
    /// Earlier pieces of work.
    Shelf,
    /// The preferences.
    Prefs,
    /// The build that the page was last loaded again for.
    Reloaded,
}

impl Drawer {
    const fn key(self) -> &'static str {
        match self {
            Drawer::Work => "kernelscope.work",
            Drawer::Shelf => "kernelscope.shelf",
            Drawer::Prefs => "kernelscope.prefs",
            Drawer::Reloaded => "kernelscope.reloaded",
        }
    }
}

/// What is in a drawer; nothing where storage is denied.
pub fn stored(drawer: Drawer) -> Option<String> {
    storage()?.get_item(drawer.key()).ok()?
}

/// Puts a text into a drawer. False where storage is denied or full.
pub fn store(drawer: Drawer, text: &str) -> bool {
    storage().is_some_and(|storage| storage.set_item(drawer.key(), text).is_ok())
}

/// Other sites' frames and private windows may have none: even asking for it throws there.
fn storage() -> Option<Storage> {
    gloo::utils::window().local_storage().ok()?
}

/// What the surroundings prefer.
pub fn system() -> System {
    let languages = gloo::utils::window().navigator().languages();
    let matches = |query| media(query).is_some_and(|query| query.matches());
    let known = languages.iter().filter_map(|tag| Lang::from_tag(&tag.as_string()?));
    System {
        dark: matches(DARK),
        narrow: matches(NARROW),
        still: matches(STILL),
        lang: known.into_iter().next().unwrap_or_default(),
    }
}

/// Calls back whenever the surroundings prefer something else, for as long as the page lives.
pub fn watch_system(changed: impl Fn(System) + 'static) {
    let listener = Closure::<dyn Fn()>::new(move || changed(system()));
    for query in [DARK, NARROW, STILL].into_iter().filter_map(media) {
        query.set_onchange(Some(listener.as_ref().unchecked_ref()));
        // The query must live for as long as it is listened to.
        std::mem::forget(query);
    }
    listener.forget();
}

fn media(query: &str) -> Option<MediaQueryList> {
    gloo::utils::window().match_media(query).ok()?
}

/// Sets the language and the looks of the whole page.
pub fn dress(dress: Dress) {
    let Some(root) = gloo::utils::document().document_element() else {
        return;
    };
    let theme = match dress.theme {
        Theme::Light => "light",
        Theme::Dark => "dark",
    };
    // The names are fixed and valid.
    let _ = root.set_attribute("lang", dress.lang.tag());
    let _ = root.set_attribute("data-theme", theme);
    let _ = root.toggle_attribute_with_force("data-projector", dress.projector);
    let _ = root.toggle_attribute_with_force("data-embed", dress.embedded);
}

/// The query and the fragment of the address.
pub fn address() -> (Vec<(String, String)>, String) {
    let location = gloo::utils::window().location();
    let query = location.search().ok().and_then(|query| web_sys::UrlSearchParams::new_with_str(&query).ok());
    let pairs = query.map(|query| {
        let entries = js_sys::try_iter(&query).ok().flatten().into_iter().flatten().flatten();
        entries
            .filter_map(|pair| {
                let pair: Array = pair.dyn_into().ok()?;
                Some((pair.get(0).as_string()?, pair.get(1).as_string()?))
            })
            .collect()
    });
    (pairs.unwrap_or_default(), location.hash().unwrap_or_default())
}

/// The address of the page without query and fragment.
pub fn home() -> String {
    let location = gloo::utils::window().location();
    let (origin, path) = (location.origin().unwrap_or_default(), location.pathname().unwrap_or_default());
    origin + &path
}

/// The whole address.
pub fn here() -> String {
    gloo::utils::window().location().href().unwrap_or_default()
}

/// Takes the link or lesson that was opened out of the address, without a new entry in the history: what it
/// carried is work now, and a reload must not open it again.
pub fn forget_link() {
    // Refused in sandboxed frames, where the address is nobody's business.
    let _ = try_forget_link();
}

fn try_forget_link() -> Result<(), JsValue> {
    let url = Url::new(&here())?;
    url.set_hash("");
    url.search_params().delete("lesson");
    gloo::utils::window().history()?.replace_state_with_url(&JsValue::NULL, "", Some(&url.href()))
}

/// Calls back whenever the fragment of the address changes, for as long as the page lives.
pub fn watch_fragment(changed: impl Fn() + 'static) {
    gloo::events::EventListener::new(&gloo::utils::window(), "hashchange", move |_| changed()).forget();
}

/// Calls back when the page is about to go away: the last moment to store anything.
pub fn before_leaving(leave: impl Fn() + 'static) {
    gloo::events::EventListener::new(&gloo::utils::window(), "pagehide", move |_| leave()).forget();
}

/// Loads the page again.
pub fn reload() {
    // Refused in sandboxed frames.
    let _ = gloo::utils::window().location().reload();
}

/// The text at an address of this site; nothing where it cannot be had.
pub async fn fetch(address: &str) -> Option<String> {
    let answer = JsFuture::from(gloo::utils::window().fetch_with_str(address)).await.ok()?;
    let answer: Response = answer.dyn_into().ok()?;
    let text = JsFuture::from(answer.text().ok().filter(|_| answer.ok())?).await.ok()?;
    text.as_string()
}

/// Puts a text on the clipboard. False where the page has none, or may not.
pub async fn copy(text: &str) -> bool {
    let navigator = gloo::utils::window().navigator();
    // Pages without encryption have no clipboard at all, whatever the type says.
    let has_clipboard = Reflect::get(&navigator, &"clipboard".into()).is_ok_and(|found| found.is_object());
    has_clipboard && JsFuture::from(navigator.clipboard().write_text(text)).await.is_ok()
}

/// Offers a file to be saved.
pub fn download(name: &str, text: &str) {
    // Every step of this works in every browser with WebAssembly; a frame without permission ignores the click.
    let _ = try_download(name, text);
}

fn try_download(name: &str, text: &str) -> Result<(), JsValue> {
    let kind = BlobPropertyBag::new();
    kind.set_type("application/json");
    let blob = Blob::new_with_str_sequence_and_options(&Array::of1(&text.into()), &kind)?;
    let url = Url::create_object_url_with_blob(&blob)?;
    let link: HtmlAnchorElement = gloo::utils::document().create_element("a")?.dyn_into()?;
    link.set_href(&url);
    link.set_download(name);
    link.click();
    Url::revoke_object_url(&url)
}

/// A text that a person chose, or dropped onto the page: its file's name, and its contents or why not.
pub type Chosen = (String, Result<String, TooLarge>);

/// A file that is larger than any scenario: this many bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooLarge(pub u64);

/// Lets the person choose a file.
pub fn pick_file(chosen: impl Fn(Chosen) + Clone + 'static) {
    let Some(input) = file_input() else {
        return;
    };
    let listener = {
        let input = input.clone();
        move |_: &web_sys::Event| {
            if let Some(file) = input.files().and_then(|files| files.get(0)) {
                read_file(file, chosen.clone());
            }
        }
    };
    gloo::events::EventListener::once(&input, "change", move |event| listener(event)).forget();
    input.click();
}

fn file_input() -> Option<web_sys::HtmlInputElement> {
    let input: web_sys::HtmlInputElement =
        gloo::utils::document().create_element("input").ok()?.dyn_into().ok()?;
    input.set_type("file");
    input.set_accept(".json,application/json");
    Some(input)
}

/// Reads a file that was chosen or dropped.
pub fn read_file(file: web_sys::File, chosen: impl Fn(Chosen) + 'static) {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a size is a whole number below 2^53"
    )]
    let size = file.size() as u64;
    let name = file.name();
    if size > kernelscope_share::limits::FILE_BYTES as u64 {
        chosen((name, Err(TooLarge(size))));
        return;
    }
    wasm_bindgen_futures::spawn_local(async move {
        let text = JsFuture::from(file.text()).await.ok().and_then(|text| text.as_string());
        chosen((name, Ok(text.unwrap_or_default())));
    });
}
