//! `Query.currentTypeDefs`: the types of the schema that the asking one sees.

use crate::api::Api;
use crate::arguments::Arguments;
use crate::error::ApiError;
use crate::part;
use crate::type_def::from_schema::{CORE, functions};
use crate::type_def::{ModuleTypes, ObjectTypeDef, Shape, TypeDef};
use crate::view::View;
use dockwright_schema::{FieldCall, GraphField, Merged, Origin, Resolved, VisibleModule};
use std::collections::HashSet;
use std::sync::Arc;

/// The types, with what identifies each: those of the core API, `Query`, those of the modules. With `returnAllTypes`, those that are only
/// referred to (texts, lists) come last.
pub(crate) fn current(api: &Arc<Api>, view: &View, call: &FieldCall) -> Result<Resolved, ApiError> {
    let arguments = Arguments(&call.arguments);
    let schema = api.schema(&call.request.principal)?;
    let hide_core = arguments.flag("hideCore");
    let mut found: Vec<(String, Arc<TypeDef>)> = CORE
        .iter()
        .map(|each| (format!("core.{}", each.name()), each.clone()))
        .collect();
    found.push((
        query_key(view.modules(), hide_core),
        Arc::new(query(schema.merged(), view.modules(), hide_core)),
    ));
    for module in view.modules() {
        let types = ModuleTypes(module);
        let own = types
            .objects()
            .into_iter()
            .chain(types.interfaces())
            .chain(types.enums());
        let place = format!("{} as {}", module.id.0, module.name);
        found.extend(own.map(|each| (format!("{place}.{}", each.name()), each)));
    }
    if arguments.flag("returnAllTypes") {
        let others = referred_to(&found);
        found.extend(others.into_iter().map(|each| (format!("type.{}", each.name()), each)));
    }
    let ids = found
        .into_iter()
        .map(|(key, each)| Resolved::Object(part::keep(api, None, key, &each)));
    Ok(Resolved::List(ids.collect()))
}

/// `Query` is another one for whoever sees other modules.
fn query_key(modules: &[VisibleModule], hide_core: bool) -> String {
    let seen: Vec<String> = modules
        .iter()
        .map(|module| format!("{} as {}", module.id.0, module.name))
        .collect();
    format!("Query.{hide_core}.{}", seen.join(","))
}

fn query(merged: &Merged, modules: &[VisibleModule], hide_core: bool) -> TypeDef {
    let query = merged.get("Query");
    let fields = query.and_then(|query| query.fields());
    let shown = fields.into_iter().flat_map(|fields| fields.values());
    let shown: Vec<&GraphField> = shown
        .filter(|field| !hide_core || field.origin != Origin::Core)
        .collect();
    let mut functions = functions(merged, shown.iter().copied());
    for function in &mut functions {
        let origin = shown.iter().find(|field| *field.name == *function.name);
        if let Some(Origin::Constructor { module, .. }) = origin.map(|field| &field.origin)
            && let Some(module) = modules.iter().find(|seen| seen.id == *module)
        {
            Arc::make_mut(function).source_module_name = module.name.clone();
        }
    }
    TypeDef::object(ObjectTypeDef {
        name: "Query".to_owned(),
        description: query.map(|query| query.description.to_string()).unwrap_or_default(),
        functions,
        ..ObjectTypeDef::default()
    })
}

/// Types that the definitions refer to and that are not among them, each once.
fn referred_to(definitions: &[(String, Arc<TypeDef>)]) -> Vec<Arc<TypeDef>> {
    let mut seen: HashSet<String> = definitions.iter().map(|(_, each)| each.name()).collect();
    let mut found = Vec::new();
    let mut refer = |reference: &Arc<TypeDef>| {
        let mut at = reference.clone();
        loop {
            if seen.insert(at.name()) {
                let required = TypeDef {
                    optional: false,
                    ..(*at).clone()
                };
                found.push(Arc::new(required));
            }
            match &at.shape {
                Shape::List(list) => at = list.element.clone(),
                _ => break,
            }
        }
    };
    for (_, definition) in definitions {
        let (fields, functions) = match &definition.shape {
            Shape::Object(object) => (&object.fields[..], &object.functions[..]),
            Shape::Interface(interface) => (&[][..], &interface.functions[..]),
            Shape::Input(input) => (&input.fields[..], &[][..]),
            _ => continue,
        };
        fields.iter().for_each(|field| refer(&field.r#type));
        for function in functions {
            function.arguments.iter().for_each(|each| refer(&each.r#type));
            refer(&function.returns);
        }
    }
    found
}
