//! `SourceMap`: where in a module's source something is declared.

use crate::api::Api;
use crate::arguments::Arguments;
use crate::core_object::{CoreObject, ValueOf, unsupported_source};
use crate::error::ApiError;
use crate::part::text;
use crate::recipe::Call;
use dockwright_schema::module_def::SourceLocation;
use dockwright_schema::{Principal, Request, Resolved};
use serde_json::json;
use std::sync::Arc;

/// A place in a module's source.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct SourceMap {
    /// Name of the module; empty outside of one.
    pub module: String,
    /// The file, from the module's source root.
    pub filename: String,
    pub line: i64,
    pub column: i64,
    /// Where it can be read; empty when it cannot.
    pub url: String,
}

impl SourceMap {
    /// The place in that module.
    pub(crate) fn of(module: &str, location: &SourceLocation) -> SourceMap {
        SourceMap {
            module: module.to_owned(),
            filename: location.file.clone(),
            line: location.line.into(),
            column: location.column.into(),
            url: String::new(),
        }
    }

    /// The one that an argument names, if it is given.
    pub(crate) async fn argument(
        api: &Arc<Api>,
        call: &Call,
        request: &Arc<Request>,
    ) -> Result<Option<Arc<SourceMap>>, ApiError> {
        match Arguments(&call.arguments).optional_object("sourceMap", SourceMap::TYPE)? {
            Some(id) => Ok(Some(api.state::<SourceMap>(&id, request).await?)),
            None => Ok(None),
        }
    }
}

impl CoreObject for SourceMap {
    const TYPE: &'static str = "SourceMap";
    const VALUES: &'static [&'static str] = &["column", "filename", "line", "module", "url"];
    const SOURCES: &'static [(&'static str, &'static str)] = &[("Query", "sourceMap")];

    async fn evaluate(api: &Arc<Api>, call: &Call, request: &Arc<Request>) -> Result<Self, ApiError> {
        let ("Query", "sourceMap") = (&*call.parent_type, &*call.field) else {
            return unsupported_source(call);
        };
        let arguments = Arguments(&call.arguments);
        let module = match call.principal.as_ref().unwrap_or(&request.principal) {
            Principal::Module(id) => api.module(id)?.module.name.clone(),
            _ => String::new(),
        };
        Ok(SourceMap {
            module,
            filename: arguments.text("filename")?.to_owned(),
            line: arguments.optional_integer("line").unwrap_or_default(),
            column: arguments.optional_integer("column").unwrap_or_default(),
            url: String::new(),
        })
    }

    async fn value(&self, field: ValueOf<'_>) -> Result<Resolved, ApiError> {
        Ok(match field.name {
            "column" => Resolved::Value(json!(self.column)),
            "filename" => text(&self.filename),
            "line" => Resolved::Value(json!(self.line)),
            "module" => text(&self.module),
            "url" => text(&self.url),
            _ => return field.unsupported(Self::TYPE),
        })
    }
}
