//! From the entries of a module to every file that they reach.
//!
//! Reads files and resolves imports, all within the source root. What the files declare is none of its business.

mod commonjs;
mod fence;
pub(crate) mod imports;
mod resolver;
mod scan;
mod unavailable;
mod walk;

pub(crate) use fence::Fence;
pub(crate) use resolver::{Request, Resolver, Target};
pub(crate) use scan::scan;
pub(crate) use walk::Walk;
