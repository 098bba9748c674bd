//! What a module's source is.

use crate::error::ApiError;
use crate::paths;
use dockwright_schema::{FoundSource, SourceAt, SourceKind, SourcePlace};
use serde_json::{Map, Value};
use std::sync::Arc;

/// State of a module's source.
#[derive(Clone, Debug)]
pub(crate) struct ModuleSource {
    /// Where it is.
    pub place: SourcePlace,
    /// What is there.
    pub found: Arc<FoundSource>,
    /// The manifest as it is now; empty when there is none.
    pub manifest: Map<String, Value>,
    /// The name that a module which depends on it gives it.
    pub name: Option<String>,
}

impl ModuleSource {
    /// What was found at the place.
    pub(crate) fn new(place: SourcePlace, found: FoundSource) -> ModuleSource {
        ModuleSource {
            place,
            manifest: found.manifest.clone().unwrap_or_default(),
            found: Arc::new(found),
            name: None,
        }
    }

    /// The place with the manifest that counts.
    pub(crate) fn at(&self) -> SourceAt {
        let is_edited = self.found.manifest.as_ref().is_none_or(|found| *found != self.manifest);
        SourceAt {
            place: self.place.clone(),
            manifest: (is_edited && !self.manifest.is_empty()).then(|| self.manifest.clone()),
        }
    }

    /// A text of the manifest; empty when it is not there.
    pub(super) fn text(&self, field: &str) -> &str {
        self.manifest.get(field).and_then(Value::as_str).unwrap_or_default()
    }

    /// The name under which it is called.
    pub(super) fn module_name(&self) -> &str {
        self.name.as_deref().unwrap_or_else(|| self.text("name"))
    }

    /// Directory of the manifest in the context: `.` for its root.
    pub(super) fn root(&self) -> &str {
        or_dot(&self.found.root)
    }

    /// Directory of the source in the context.
    pub(super) fn source_subpath(&self) -> Result<String, ApiError> {
        let source = self.text("source");
        let joined = paths::within(
            &paths::absolute("/", &self.found.root),
            if source.is_empty() { "." } else { source },
        )?;
        Ok(or_dot(joined.trim_start_matches('/')).to_owned())
    }

    /// The reference for people.
    pub(super) fn reference(&self) -> String {
        match (&self.found.version, self.found.kind) {
            (Some(version), _) => version.reference.clone(),
            (None, SourceKind::Local) => self.found.context.join(&self.found.root).to_string_lossy().into_owned(),
            (None, _) => self.root().to_owned(),
        }
    }
}

/// A path, never empty.
pub(super) fn or_dot(path: &str) -> &str {
    if path.is_empty() { "." } else { path }
}
