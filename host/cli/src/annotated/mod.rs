//! What `check`, `generate` and `up` share: their arguments, and the module whose annotated functions they run.

mod arguments;
mod listed;

pub(crate) use arguments::{CheckArgs, GenerateArgs, UpArgs};
pub(crate) use listed::{Kind, Listed, list, require_any, table};
