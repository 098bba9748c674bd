//! What a module may name in its signatures, where it sees other modules: its own types and those of the core API. Checked when a module is
//! loaded, without making the schema of what it sees.

use crate::core_types;
use crate::merge::MergeError;
use crate::module_def::{FunctionDef, TypeRef};
use crate::names::camel_case;
use crate::visible_module::VisibleModule;
use std::collections::HashSet;

/// Checks a module against the core API and the modules that it depends on: names that are taken, types that are not its own.
///
/// # Errors
/// The first thing that does not fit.
pub fn check_view(module: &VisibleModule, dependencies: &[VisibleModule]) -> Result<(), MergeError> {
    check_module_names(&module.name, dependencies)?;
    type_names(module, dependencies)?;
    let check = |place: String, of: &TypeRef| match owner(module, dependencies, named(of)) {
        Some((name, owner)) => Err(MergeError::ForeignType {
            module: module.name.clone(),
            place,
            name: name.to_owned(),
            owner: owner.name.clone(),
        }),
        None => Ok(()),
    };
    let signature = |object: &str, function: &FunctionDef| {
        let place = if function.name.is_empty() {
            format!("the constructor of {object}")
        } else {
            format!("{object}.{}", function.name)
        };
        for argument in &function.arguments {
            check(format!("{place}({}:)", argument.name), &argument.r#type)?;
        }
        check(place, &function.returns)
    };
    for object in &module.def.objects {
        for field in &object.fields {
            check(format!("{}.{}", object.name, field.name), &field.r#type)?;
        }
        for function in object.functions.iter().chain(&object.constructor) {
            signature(&object.name, function)?;
        }
    }
    for interface in &module.def.interfaces {
        for function in &interface.functions {
            signature(&interface.name, function)?;
        }
    }
    Ok(())
}

/// Checks the names by which a module sees itself and those that it depends on.
///
/// # Errors
/// One is that of a core function, or there twice.
pub fn check_module_names(module: &str, dependencies: &[VisibleModule]) -> Result<(), MergeError> {
    let query = core_types::get("Query");
    let mut fields = HashSet::new();
    let names = dependencies.iter().map(|each| each.name.as_str());
    for name in std::iter::once(module).chain(names) {
        let field = camel_case(name);
        if query.is_some_and(|query| query.field(&field).is_some()) || !fields.insert(field) {
            return Err(MergeError::ModuleTaken {
                module: name.to_owned(),
            });
        }
    }
    Ok(())
}

/// Whether names of types meet.
fn type_names(module: &VisibleModule, dependencies: &[VisibleModule]) -> Result<(), MergeError> {
    let mut types = HashSet::new();
    for each in std::iter::once(module).chain(dependencies) {
        for name in each.def.type_names() {
            let name = each.type_name(name);
            if core_types::get(&name).is_some() || !types.insert(name.clone()) {
                return Err(MergeError::TypeTaken {
                    module: each.name.clone(),
                    name,
                });
            }
        }
    }
    Ok(())
}

fn named(of: &TypeRef) -> Option<&str> {
    match of {
        TypeRef::Object(name)
        | TypeRef::Interface(name)
        | TypeRef::Enum(name)
        | TypeRef::Scalar(name)
        | TypeRef::Input(name) => Some(name),
        TypeRef::List(inner) | TypeRef::Optional(inner) => named(inner),
        _ => None,
    }
}

/// The dependency that has a type of that name, as the module sees it, when the module itself has none.
fn owner<'a>(
    module: &VisibleModule,
    dependencies: &'a [VisibleModule],
    name: Option<&'a str>,
) -> Option<(&'a str, &'a VisibleModule)> {
    let name = name.filter(|name| !module.defines(name) && core_types::get(name).is_none())?;
    let has = |each: &&VisibleModule| each.def.type_names().any(|own| each.type_name(own) == name);
    dependencies.iter().find(has).map(|owner| (name, owner))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests stop at the first surprise")]
    use super::*;
    use crate::execute::ModuleId;
    use serde_json::{Value, json};

    fn module(name: &str, main: &str, returns: Value) -> VisibleModule {
        let run = json!({"name": "run", "returns": returns});
        let def = json!({
            "mainObject": main,
            "objects": [{"name": main, "functions": [run]}, {"name": "Report"}]
        });
        VisibleModule {
            name: name.to_owned(),
            id: ModuleId(name.into()),
            def: std::sync::Arc::new(serde_json::from_value(def).unwrap()),
        }
    }

    fn told(name: &str, returns: Value, dependency: &str) -> String {
        let void = json!({"kind": "void"});
        let result = check_view(&module(name, "Ci", returns), &[module(dependency, "Lint", void)]);
        result.map_or_else(|error| error.to_string(), |()| "fine".to_owned())
    }

    #[test]
    fn types_of_others_are_refused_and_own_ones_are_not() {
        let object = |name: &str| json!({"kind": "object", "of": name});
        let list = json!({"kind": "list", "of": object("LinterReport")});
        insta::assert_snapshot!(told("ci", list, "linter"), @"`Ci.run` of module `ci` uses `LinterReport`, which is a type of the module `linter`: a module cannot accept or return types of another one; declare an interface with the functions that you need of it");
        insta::assert_snapshot!(told("ci", object("Linter"), "linter"), @"`Ci.run` of module `ci` uses `Linter`, which is a type of the module `linter`: a module cannot accept or return types of another one; declare an interface with the functions that you need of it");
        assert_eq!(told("ci", object("Report"), "linter"), "fine");
        assert_eq!(told("ci", object("Container"), "linter"), "fine");
    }

    #[test]
    fn names_that_meet_are_refused() {
        let void = || json!({"kind": "void"});
        insta::assert_snapshot!(told("ci", void(), "container"), @"`container` is already the name of a core function or of another module here; give it another name in dagger.json");
        insta::assert_snapshot!(told("ci", void(), "ci"), @"`ci` is already the name of a core function or of another module here; give it another name in dagger.json");
        insta::assert_snapshot!(told("ci", void(), "ci-report"), @"type `CiReport` of module `ci-report` has the name of a type that exists already; rename it");
        assert_eq!(told("ci", void(), "lint"), "fine");
    }
}
