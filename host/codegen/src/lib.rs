//! Typed clients generated from definitions.
