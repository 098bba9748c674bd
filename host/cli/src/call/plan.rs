//! What the words on the command line amount to.

use crate::call::value::ArgumentValue;
use dockwright_schema::{GraphField, GraphType};
use std::path::PathBuf;

/// A chain of calls and what to do with its result.
#[derive(Debug)]
pub(crate) struct Plan {
    /// The calls, the module's constructor first.
    pub steps: Vec<Step>,
    /// What the last call returns.
    pub leaf: Leaf,
    /// Where the result goes, when not (only) to stdout.
    pub output: Option<PathBuf>,
    /// Print it as JSON.
    pub json: bool,
}

/// One call.
#[derive(Debug)]
pub(crate) struct Step {
    /// The field.
    pub field: GraphField,
    /// Arguments that were given.
    pub arguments: Vec<(String, ArgumentValue)>,
}

/// What the last call returns, and so what is asked for and how it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Leaf {
    /// Plain values.
    Value,
    /// An object; its name, and whether it can be synchronised and exported.
    Object {
        /// Type name.
        name: String,
        /// It has `sync`.
        sync: bool,
        /// It has `export`.
        export: bool,
    },
    /// A list of objects of that type.
    List(String),
}

impl Leaf {
    /// What a field of that type returns.
    pub(crate) fn of(field: &GraphField, returned: Option<&GraphType>) -> Leaf {
        match returned.filter(|found| found.is_object()) {
            None => Leaf::Value,
            Some(found) if field.returns.element().is_some() => Leaf::List(found.name.to_string()),
            Some(found) => {
                let has = |name: &str| found.field(name).is_some() && dockwright_api::supports(&found.name, name);
                Leaf::Object {
                    name: found.name.to_string(),
                    sync: has("sync"),
                    export: has("export"),
                }
            }
        }
    }
}
