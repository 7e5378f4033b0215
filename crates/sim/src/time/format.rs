//! How durations are written: a number and a suffix, in the shortest exact form.
