//! Scenario files and links.
