//! Definitions of functions: `Function` and `FunctionArg`, as clients put them together and as modules offer them.

mod argument;
mod cache_policy;
mod function;

pub(crate) use argument::FunctionArg;
pub(crate) use function::Function;
