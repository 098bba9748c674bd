//! `FunctionCall`: the call that module code runs for, as that code sees it; and `Error`, with which it can fail.

mod call;
mod failure;
mod json_text;
mod running;

pub(crate) use call::ArgumentValue;
pub(crate) use failure::{ErrorValue, StructuredError};
pub(crate) use running::{Running, RunningCalls};
