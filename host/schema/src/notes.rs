//! What a schema tells of its fields and types besides how they are called, for generators of clients and for readers.

use crate::graph_type::Text;
use crate::module_def::{Annotations, SourceLocation};
use std::sync::Arc;

/// What there is to know of a field.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Notes {
    /// Why it may change.
    pub experimental: Option<Text>,
    /// Where it is declared.
    pub place: Option<Arc<Place>>,
    /// How long results may be kept, as the module says it: `never`, `session` or a time.
    pub cache: Option<Text>,
    /// Whether it is a check.
    pub is_check: bool,
    /// Whether it generates files.
    pub is_generator: bool,
    /// Whether it gives a service to run.
    pub is_up: bool,
}

/// A place in a module's source.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// Name of the module.
    pub module: String,
    /// Where in its source.
    pub location: SourceLocation,
}

impl Notes {
    /// What a module says of one of its functions or fields.
    pub(crate) fn of(module: &str, location: Option<&SourceLocation>, annotations: &Annotations) -> Notes {
        let is = |name: &str| annotations.get(name).is_some_and(|value| value == true);
        Notes {
            experimental: None,
            place: Place::of(module, location),
            cache: annotations.text("cache").map(|text| text.to_owned().into()),
            is_check: is("check"),
            is_generator: is("generate"),
            is_up: is("up"),
        }
    }
}

impl Place {
    /// The place in that module, when it is known.
    pub(crate) fn of(module: &str, location: Option<&SourceLocation>) -> Option<Arc<Place>> {
        let location = location?.clone();
        Some(Arc::new(Place {
            module: module.to_owned(),
            location,
        }))
    }
}
