//! `Module.serve`: a loaded module becomes part of what the session's clients see.

use crate::core_object::ValueOf;
use crate::error::ApiError;
use crate::module::Module;
use dockwright_schema::{Principal, Resolved, VisibleModule};
use serde_json::Value;

/// Shows the module, under the name that it has here, to those who connect to the session.
pub(super) fn serve(module: &Module, field: ValueOf<'_>) -> Result<Resolved, ApiError> {
    if let Principal::Module(_) = &field.request.principal {
        return Err(ApiError::Denied {
            what: "Module.serve".to_owned(),
            hint: "what a module sees is what its manifest depends on",
        });
    }
    let served = module.loaded.as_ref().ok_or_else(|| {
        ApiError::other("Module.serve: a module that was put together has no code; load one to serve it")
    })?;
    if field.arguments.flag("entrypoint") {
        return Err(ApiError::other(
            "Module.serve: `entrypoint` is not supported; its functions are below `Query`'s field of the module's name",
        ));
    }
    let shown = VisibleModule {
        name: module.name.clone(),
        ..served.module.clone()
    };
    let below = served.dependencies.iter().cloned();
    let all = std::iter::once(shown).chain(below.filter(|_| field.arguments.flag("includeDependencies")));
    field.api.show(all.collect())?;
    Ok(Resolved::Value(Value::Null))
}
