//! Whether a definition says what the code offers. A definition that came with code from elsewhere is believed for showing it, and checked when
//! the code is first used.

use dockwright_schema::ModuleDef;
use dockwright_schema::module_def::{ArgumentDef, FunctionDef};
use dockwright_typescript::{Bundle, BundleFunction};
use serde_json::Value;
use std::path::Path;

/// Where two definitions of one module differ first, for the user; none when they are equal. Places in the source do not count.
pub fn definitions_differ(told: &ModuleDef, found: &ModuleDef) -> Option<String> {
    let value = |definition: &ModuleDef| serde_json::to_value(without_places(definition)).unwrap_or_default();
    difference("", &value(told), &value(found))
}

/// Languages whose code describes itself do not know where it was written.
fn without_places(definition: &ModuleDef) -> ModuleDef {
    let mut definition = definition.clone();
    for object in &mut definition.objects {
        object.location = None;
        object.fields.iter_mut().for_each(|field| field.location = None);
        let functions = object.functions.iter_mut().chain(&mut object.constructor);
        functions.for_each(|function| function.location = None);
    }
    definition.enums.iter_mut().for_each(|def| def.location = None);
    for interface in &mut definition.interfaces {
        interface.location = None;
        interface
            .functions
            .iter_mut()
            .for_each(|function| function.location = None);
    }
    definition
}

fn difference(path: &str, told: &Value, found: &Value) -> Option<String> {
    match (told, found) {
        (Value::Object(one), Value::Object(two)) => {
            let mut names = one.keys().chain(two.keys().filter(|name| !one.contains_key(*name)));
            let named = |name: &String| {
                let side = |map: &serde_json::Map<String, Value>| map.get(name).cloned().unwrap_or_default();
                difference(&format!("{path}.{name}"), &side(one), &side(two))
            };
            names.find_map(named)
        }
        (Value::Array(one), Value::Array(two)) if one.len() == two.len() => one
            .iter()
            .zip(two)
            .enumerate()
            .find_map(|(index, (one, two))| difference(&format!("{path}[{index}]"), one, two)),
        _ if told == found => None,
        _ => Some(format!(
            "{}: {} and {}",
            path.trim_start_matches('.'),
            short(told),
            short(found)
        )),
    }
}

fn short(value: &Value) -> String {
    let text = value.to_string();
    match text.char_indices().nth(120) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text,
    }
}

/// Where a definition and a TypeScript bundle differ first: every function that one has the other must have, with the same arguments of the same
/// types. Documentation, defaults and annotations are in the definition alone and cannot be checked.
///
/// # Errors
/// The bundle cannot be read.
pub fn bundle_differs(definition: &ModuleDef, bundle: &Path) -> std::io::Result<Option<String>> {
    let bundle: Bundle = serde_json::from_slice(&fs_err::read(bundle)?)?;
    Ok(compare(definition, &bundle))
}

fn compare(definition: &ModuleDef, bundle: &Bundle) -> Option<String> {
    for object in &definition.objects {
        let Some(built) = bundle.types.objects.get(&object.name) else {
            return Some(format!("the code has no object `{}`", object.name));
        };
        if let Some(constructor) = &object.constructor
            && let Some(difference) = of_function(&object.name, constructor, built.constructor.as_ref())
        {
            return Some(difference);
        }
        for function in &object.functions {
            if let Some(difference) = of_function(&object.name, function, built.functions.get(&function.name)) {
                return Some(difference);
            }
        }
        let undeclared = built.functions.keys().find(|name| object.function(name).is_none());
        if let Some(name) = undeclared {
            return Some(format!("the definition has no function `{}.{name}`", object.name));
        }
    }
    let undeclared = bundle
        .types
        .objects
        .keys()
        .find(|name| definition.object(name).is_none());
    undeclared.map(|name| format!("the definition has no object `{name}`"))
}

fn of_function(object: &str, told: &FunctionDef, built: Option<&BundleFunction>) -> Option<String> {
    let name = format!("{object}.{}", told.name);
    let Some(built) = built else {
        // A class without a constructor of its own has one that takes nothing.
        let implied = told.name.is_empty() && told.arguments.is_empty();
        return (!implied).then(|| format!("the code has no function `{name}`"));
    };
    if built.returns.as_ref().is_some_and(|returns| *returns != told.returns) {
        return Some(format!("the code's function `{name}` returns something else"));
    }
    let same = |(argument, built): (&ArgumentDef, &dockwright_typescript::BundleArgument)| {
        argument.name == built.name && argument.r#type == built.r#type
    };
    let equal = told.arguments.len() == built.arguments.len() && told.arguments.iter().zip(&built.arguments).all(same);
    (!equal).then(|| format!("the code's function `{name}` takes other arguments"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn definition(function: &str, description: &str) -> ModuleDef {
        serde_json::from_value(json!({
            "mainObject": "Ci",
            "objects": [{"name": "Ci", "functions": [{
                "name": function, "description": description, "returns": {"kind": "string"},
                "location": {"file": description, "line": 1, "column": 1},
                "arguments": [{"name": "text", "type": {"kind": "string"}}]
            }]}]
        }))
        .unwrap()
    }

    #[test]
    fn the_first_difference_is_told() {
        let told = definition("check", "Checks.");
        assert_eq!(definitions_differ(&told, &told), None);
        insta::assert_snapshot!(definitions_differ(&told, &definition("wipe", "Checks.")).unwrap(), @r#"objects[0].functions[0].name: "check" and "wipe""#);
        insta::assert_snapshot!(definitions_differ(&told, &definition("check", "Wipes.")).unwrap(), @r#"objects[0].functions[0].description: "Checks." and "Wipes.""#);
        insta::assert_snapshot!(definitions_differ(&told, &ModuleDef { main_object: "Ci".into(), ..ModuleDef::default() }).unwrap(), @r#"objects: [{"name":"Ci","fields":[],"functions":[{"name":"check","description":"Checks.","arguments":[{"name":"text","type":{"kind… and []"#);
    }

    #[test]
    fn a_bundle_has_the_functions_that_are_told() {
        let bundle = |objects: Value| -> Bundle {
            let types = json!({"objects": objects, "enums": {}, "interfaces": {}});
            serde_json::from_value(json!({"format": 1, "entries": [], "files": {}, "resolve": {}, "types": types}))
                .unwrap()
        };
        let function = |kind: &str| json!({"method": "check", "returns": {"kind": "string"}, "arguments": [{"name": "text", "type": {"kind": kind}}]});
        let object = |functions: Value| json!({"Ci": {"class": "Ci", "properties": {}, "functions": functions}});
        let told = definition("check", "Checks.");
        let with = |objects: Value| compare(&told, &bundle(objects));
        assert_eq!(with(object(json!({"check": function("string")}))), None);
        insta::assert_snapshot!(with(json!({})).unwrap(), @"the code has no object `Ci`");
        insta::assert_snapshot!(with(object(json!({}))).unwrap(), @"the code has no function `Ci.check`");
        insta::assert_snapshot!(with(object(json!({"check": function("integer")}))).unwrap(), @"the code's function `Ci.check` takes other arguments");
        insta::assert_snapshot!(with(object(json!({"check": function("string"), "wipe": function("string")}))).unwrap(), @"the definition has no function `Ci.wipe`");
    }
}
