//! Forms in which the stream leaves the process. A sink gets events whose secrets are replaced already.

pub mod json;
