//! How durations are read.
