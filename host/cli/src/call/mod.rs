//! From words on the command line to one GraphQL request and its printed result.
//!
//! `parse` walks the types: each word is a function of the result before it, and its flags are the function's arguments. `flag` and
//! `value` know the forms that arguments take, `query` writes the request, `output` the result.

mod flag;
mod level;
mod output;
mod parse;
mod plan;
mod query;
mod value;

pub(crate) use level::functions_of;
pub(crate) use output::{json, print, write};
pub(crate) use parse::parse;
pub(crate) use plan::Plan;
pub(crate) use query::{addresses, request, resolve_addresses};
