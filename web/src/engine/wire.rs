//! What travels: postcard bytes, requests back to back one way, one of these the other.

use kernelscope_session::protocol::{PROTOCOL, Reply, Request};
use serde::{Deserialize, Serialize};

/// Requests as they travel.
pub fn to_bytes(requests: &[Request]) -> Vec<u8> {
    // Plain data always serialises; what would not is left out.
    requests.iter().flat_map(|request| postcard::to_stdvec(request).unwrap_or_default()).collect()
}

/// What the engine sends.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum FromEngine {
    /// The first message. This variant stays the first and keeps its form, so that two builds that meet can tell.
    Ready {
        /// Which build it comes from.
        build: String,
        /// Which messages it understands.
        protocol: u32,
    },
    /// What a slice of work brought. Sent for every slice, so that silence means that something is wrong.
    Slice {
        /// Whether there is more to do.
        busy: bool,
        /// The answers.
        replies: Vec<Reply>,
    },
}

impl FromEngine {
    /// The first message of this build.
    pub fn ready() -> FromEngine {
        FromEngine::Ready { build: super::BUILD.to_owned(), protocol: PROTOCOL }
    }

    /// As it travels.
    pub fn to_bytes(&self) -> Vec<u8> {
        // Plain data always serialises; an empty message would be one that cannot be read.
        postcard::to_stdvec(self).unwrap_or_default()
    }

    /// Whether a first message comes from the build that the page comes from.
    pub fn is_ours(build: &str, protocol: u32) -> bool {
        build == super::BUILD && protocol == PROTOCOL
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_message_of_any_build_can_be_read() {
        let bytes = postcard::to_stdvec(&FromEngine::Ready { build: "b".into(), protocol: 7 }).unwrap();
        assert_eq!(bytes, [0, 1, b'b', 7]);
    }
}
