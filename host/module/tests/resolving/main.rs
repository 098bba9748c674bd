//! Modules in git repositories that the tests make: found, fetched once, locked, changed.
#![allow(clippy::unwrap_used, reason = "tests stop at the first surprise")]
#![allow(clippy::expect_used, reason = "tests stop at the first surprise")]
#![allow(clippy::panic, reason = "tests stop at the first surprise")]

mod changes;
mod content;
mod repository;
mod versions;
