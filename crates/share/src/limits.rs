//! How much of anything may come in. What concerns the machine itself is bounded in
//! [`kernelscope_sim::validate`].

/// Bytes in a scenario file.
pub const FILE_BYTES: usize = 4 << 20;
/// Characters in a link's fragment.
pub const LINK_CHARS: usize = 256 << 10;
/// Bytes that a link's payload may unpack to.
pub const UNPACKED_BYTES: usize = 1 << 20;
/// Characters in a title.
pub const TITLE_CHARS: usize = 200;
/// Operations written down in all programs together, after `count` has made its copies.
pub const OPERATIONS: usize = 500_000;
/// The largest whole number that survives every JSON reader.
pub const LARGEST_INTEGER: i64 = (1 << 53) - 1;
/// Problems that are told of one document; after so many, more would not help.
pub const PROBLEMS: usize = 200;
/// Names among which the nearest to a misspelt one is looked for.
pub const NAMES_COMPARED: usize = 200;
