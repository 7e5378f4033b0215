//! Links: a scenario, a moment and a view in the part of an address behind the `#`.
//!
//! `1.` and base64url of: a raw deflate stream of a JSON list, and four bytes of check sum over the stream. The number before the
//! point is the version of this packing; a later one may pack differently, and this one is read for ever. Inside, the
//! list begins with the rules' revision, by which a reader can tell that something is decided differently since;
//! the document carries the version of its own form. Elements that say nothing are left out from the end.
//!
//! The deflate stream may refer back into a dictionary, a text of what scenarios usually say, as if that had been
//! sent just before. The dictionary (`link/dictionary.rs`) is part of packing 1 and never changes.
//!
//! A link that cannot be read says why: damaged (cut off, a letter changed), newer than this program, or larger
//! than a link may be.

mod base64url;
mod deflate;
mod dictionary;

use kernelscope_sim::diagnostic::{Allowed, Code, Diagnostic};
use kernelscope_sim::time::Time;
use serde_json::Value;

use crate::file;
use crate::limits::{LINK_CHARS, UNPACKED_BYTES};
use crate::params::Overrides;

/// The packing that is written.
const PACKING: &str = "1";

/// The revision of the machine's rules. A correction that changes a trace raises it, and a reader of an older link
/// can then say what is decided differently since.
pub const RULES_REVISION: u64 = 1;

/// What a link carries.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Payload {
    /// The scenario's document. It is tidied on the way; one that is not right yet goes as it is.
    pub document: Value,
    /// Where the cursor stands: an instant, and which of its steps.
    pub moment: Option<(Time, u32)>,
    /// What the page shows, in the page's own terms.
    pub view: Option<Value>,
    /// What is compared: how each run departs from the document.
    pub compare: Vec<Overrides>,
    /// The revision of the rules it was made under. Links are always written with the present one.
    pub rules: u64,
}

impl Payload {
    /// A scenario alone.
    pub fn new(document: Value) -> Payload {
        Payload { document, rules: RULES_REVISION, ..Payload::default() }
    }
}

/// The link, without the `#`.
pub fn encode(payload: &Payload) -> String {
    let mut list = vec![RULES_REVISION.into(), file::tidy(&payload.document)];
    list.push(payload.moment.map_or(Value::Null, |(at, ordinal)| vec![at.0, ordinal.into()].into()));
    list.push(payload.view.clone().unwrap_or_default());
    list.push(if payload.compare.is_empty() { Value::Null } else { payload.compare.clone().into() });
    while list.last().is_some_and(Value::is_null) {
        list.pop();
    }
    let mut packed = deflate::pack(Value::from(list).to_string().as_bytes());
    packed.extend(check(&packed));
    format!("{PACKING}.{}", base64url::encode(&packed))
}

/// What a link carries. The whole address may be given, or what stands behind its `#`.
pub fn decode(link: &str) -> Result<Payload, Diagnostic> {
    let fragment = link.rsplit_once('#').map_or(link, |(_, fragment)| fragment).trim();
    if fragment.is_empty() {
        return Err(Diagnostic::new("", Code::Empty));
    }
    if fragment.len() > LINK_CHARS {
        let most = Allowed::AtMost(LINK_CHARS as u64);
        return Err(Diagnostic::new("", Code::TooLong).found(fragment.len()).allowed(most));
    }
    let (packing, packed) = fragment.split_once('.').ok_or_else(damaged)?;
    if packing != PACKING {
        let is_number = !packing.is_empty() && packing.bytes().all(|byte| byte.is_ascii_digit());
        return Err(if is_number { newer(packing, 1) } else { damaged() });
    }
    let packed = base64url::decode(packed).ok_or_else(damaged)?;
    let (stream, sum) = packed.split_last_chunk().ok_or_else(damaged)?;
    if check(stream) != *sum {
        return Err(damaged());
    }
    let text = deflate::unpack(stream, UNPACKED_BYTES).map_err(|failure| match failure {
        deflate::Failure::TooLarge => {
            Diagnostic::new("", Code::TooLong).allowed(Allowed::AtMost(UNPACKED_BYTES as u64))
        }
        deflate::Failure::Damaged => damaged(),
    })?;
    match String::from_utf8(text).ok().and_then(|text| file::value(&text)) {
        Some(Value::Array(list)) => read(list).ok_or_else(damaged)?,
        _ => Err(damaged()),
    }
}

/// The elements of the list; none if they are not what the packing says.
fn read(list: Vec<Value>) -> Option<Result<Payload, Diagnostic>> {
    let mut list = list.into_iter();
    let rules = list.next()?.as_u64()?;
    if rules > RULES_REVISION {
        return Some(Err(newer(&rules.to_string(), RULES_REVISION)));
    }
    let document = list.next()?;
    let version = document.get("version").and_then(Value::as_i64).filter(|version| *version > file::VERSION);
    if let Some(version) = version {
        return Some(Err(newer(&version.to_string(), file::VERSION.unsigned_abs())));
    }
    let moment = match list.next().unwrap_or_default() {
        Value::Null => None,
        moment => {
            let (at, ordinal) = (moment.get(0)?.as_u64()?, moment.get(1)?.as_u64()?);
            Some((Time(at), ordinal.try_into().ok()?))
        }
    };
    let view = list.next().filter(|view| !view.is_null());
    let compare = match list.next().unwrap_or_default() {
        Value::Null => Vec::new(),
        Value::Array(runs) => {
            let overrides = |run| if let Value::Object(overrides) = run { Some(overrides) } else { None };
            runs.into_iter().map(overrides).collect::<Option<_>>()?
        }
        _ => return None,
    };
    list.next().is_none().then_some(Ok(Payload { document, moment, view, compare, rules }))
}

fn damaged() -> Diagnostic {
    Diagnostic::new("", Code::Damaged)
}

fn newer(found: &str, known: u64) -> Diagnostic {
    Diagnostic::new("", Code::Version).found(found).allowed(Allowed::AtMost(known))
}

/// FNV-1a over the stream: enough to tell a slip of the clipboard.
fn check(stream: &[u8]) -> [u8; 4] {
    let hash = |hash: u32, byte: &u8| (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193);
    stream.iter().fold(0x811c_9dc5, hash).to_le_bytes()
}
