//! The texts of the transport.

use crate::messages;

messages! {
    /// Name of the transport.
    title: "Playback", "재생 조절";
    /// Start.
    play: "Play", "재생";
    /// Stop.
    pause: "Pause", "일시 정지";
}
