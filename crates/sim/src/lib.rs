//! The machine: a pure, deterministic operating-system kernel in miniature.
