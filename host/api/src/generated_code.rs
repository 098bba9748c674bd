//! `GeneratedCode`: what a generator of code made, with what a version control system should know of it.

use crate::api::Api;
use crate::arguments::Arguments;
use crate::core_object::{CoreObject, ValueOf, unsupported_source};
use crate::directory::Directory;
use crate::error::ApiError;
use crate::recipe::Call;
use dockwright_schema::{ObjectId, Request, Resolved};
use serde_json::json;
use std::sync::Arc;

/// State of generated code.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct GeneratedCode {
    /// The directory that holds it.
    code: ObjectId,
    /// Paths that are generated, for `.gitattributes`.
    generated: Vec<String>,
    /// Paths that are not to be kept, for `.gitignore`.
    ignored: Vec<String>,
}

impl CoreObject for GeneratedCode {
    const TYPE: &'static str = "GeneratedCode";
    const VALUES: &'static [&'static str] = &["code", "vcsGeneratedPaths", "vcsIgnoredPaths"];
    const SOURCES: &'static [(&'static str, &'static str)] = &[
        ("Query", "generatedCode"),
        ("GeneratedCode", "withVCSGeneratedPaths"),
        ("GeneratedCode", "withVCSIgnoredPaths"),
    ];

    async fn evaluate(api: &Arc<Api>, call: &Call, request: &Arc<Request>) -> Result<Self, ApiError> {
        let arguments = Arguments(&call.arguments);
        if let ("Query", "generatedCode") = (&*call.parent_type, &*call.field) {
            return Ok(GeneratedCode {
                code: arguments.object("code", Directory::TYPE)?,
                generated: Vec::new(),
                ignored: Vec::new(),
            });
        }
        let mut made = (*api.parent_state::<GeneratedCode>(call, request).await?).clone();
        match &*call.field {
            "withVCSGeneratedPaths" => made.generated = arguments.texts("paths"),
            "withVCSIgnoredPaths" => made.ignored = arguments.texts("paths"),
            _ => return unsupported_source(call),
        }
        Ok(made)
    }

    async fn value(&self, field: ValueOf<'_>) -> Result<Resolved, ApiError> {
        Ok(match field.name {
            "code" => Resolved::Object(self.code.clone()),
            "vcsGeneratedPaths" => Resolved::Value(json!(self.generated)),
            "vcsIgnoredPaths" => Resolved::Value(json!(self.ignored)),
            _ => return field.unsupported(Self::TYPE),
        })
    }
}
