//! What a manifest changes of the arguments of a toolchain's functions.

use super::{UserDefaults, UserDefaultsError, file::Found, value};
use dockwright_schema::module_def::{ArgumentDef, FunctionDef, TypeRef};
use dockwright_schema::names::kebab_case;
use dockwright_schema::{ModuleDef, Principal};
use serde::Deserialize;
use serde_json::{Value, json};
use std::path::Path;

/// What is changed of one argument.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Customization {
    /// The functions that lead to the argument, each of what the one before it returns; none is the constructor.
    pub function: Vec<String>,
    /// The argument.
    pub argument: String,
    /// Its value when it is not given: as text, or as JSON.
    pub default: Option<Value>,
    /// A path that it is taken from.
    pub default_path: Option<String>,
    /// An image that it is.
    pub default_address: Option<String>,
    /// What it leaves out.
    pub ignore: Vec<String>,
}

/// Changes the definition, and puts objects that values name among the defaults: they are what the speaker reaches. `manifest` is for messages.
///
/// # Errors
/// There is no such argument, or a value is not of its type.
pub fn customize(
    def: &mut ModuleDef,
    defaults: &mut UserDefaults,
    customizations: &[Customization],
    speaker: &Principal,
    manifest: &Path,
) -> Result<(), UserDefaultsError> {
    for customization in customizations {
        let unknown = |what: String| UserDefaultsError::Customization {
            path: manifest.to_owned(),
            what,
            module: def.main_object.clone(),
        };
        let (object, index) = place(def, &customization.function).map_err(unknown)?;
        let function = function_at(def, &object, index);
        let argument = function.and_then(|function| {
            let wanted = kebab_case(&customization.argument);
            let mut arguments = function.arguments.iter();
            arguments.position(|argument| kebab_case(&argument.name) == wanted)
        });
        let argument = argument.ok_or_else(|| unknown(format!("argument `{}`", customization.argument)))?;
        let Some((function, declared)) = function_at(def, &object, index)
            .and_then(|function| Some((function.clone(), function.arguments.get(argument)?.clone())))
        else {
            continue;
        };
        let meant = meant(def, &declared, customization, manifest)?;
        let changed = def.objects.iter_mut().find(|each| each.name == object);
        let changed = changed.and_then(|object| match index {
            None => object.constructor.as_mut(),
            Some(index) => object.functions.get_mut(index),
        });
        let Some(changed) = changed.and_then(|function| function.arguments.get_mut(argument)) else {
            continue;
        };
        annotate(changed, customization);
        if let Some(meant) = meant {
            defaults.take(&object, &function, changed, meant, speaker.clone());
        }
    }
    Ok(())
}

/// The object that has the function, and the function's place there; none for the constructor.
fn place(def: &ModuleDef, path: &[String]) -> Result<(String, Option<usize>), String> {
    let mut object = def.main_object.clone();
    let mut place = None;
    for (step, name) in path.iter().enumerate() {
        if step > 0 {
            let returned = function_at(def, &object, place).map(|function| &function.returns);
            object = match returned.map(|returned| returned.without_optional().0) {
                Some(TypeRef::Object(name)) => name.clone(),
                _ => return Err(format!("function `{}`", path.join(" "))),
            };
        }
        let found = def.object(&object).and_then(|object| {
            let mut functions = object.functions.iter();
            functions.position(|function| kebab_case(&function.name) == kebab_case(name))
        });
        place = Some(found.ok_or_else(|| format!("function `{}`", path.join(" ")))?);
    }
    Ok((object, place))
}

fn function_at<'d>(def: &'d ModuleDef, object: &str, index: Option<usize>) -> Option<&'d FunctionDef> {
    let object = def.object(object)?;
    match index {
        None => object.constructor.as_ref(),
        Some(index) => object.functions.get(index),
    }
}

fn meant(
    def: &ModuleDef,
    declared: &ArgumentDef,
    customization: &Customization,
    manifest: &Path,
) -> Result<Option<value::Meant>, UserDefaultsError> {
    let text = match &customization.default {
        None => return Ok(None),
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    };
    let found = Found {
        path: manifest.to_owned(),
        name: declared.name.clone(),
        text,
    };
    value::meant(def, &declared.r#type, &found)
}

fn annotate(argument: &mut ArgumentDef, customization: &Customization) {
    let paths = [
        ("defaultPath", &customization.default_path),
        ("defaultAddress", &customization.default_address),
    ];
    for (name, value) in paths {
        if let Some(value) = value {
            argument.default_value = None;
            argument.annotations.0.insert(name.to_owned(), json!(value));
        }
    }
    if !customization.ignore.is_empty() {
        let patterns = json!(customization.ignore);
        argument.annotations.0.insert("ignore".to_owned(), patterns);
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests stop at the first surprise")]
    use super::*;

    fn changed(customization: Value) -> Result<String, String> {
        let mut def: ModuleDef = serde_json::from_value(json!({
            "mainObject": "Lint",
            "objects": [
                {
                    "name": "Lint",
                    "constructor": {"name": "", "returns": {"kind": "void"}, "arguments": [
                        {"name": "level", "type": {"kind": "integer"}},
                    ]},
                    "functions": [{"name": "readReport", "returns": {"kind": "object", "of": "Report"}}],
                },
                {"name": "Report", "functions": [{"name": "print", "returns": {"kind": "void"}, "arguments": [
                    {"name": "source", "type": {"kind": "object", "of": "Directory"}},
                ]}]},
            ],
        }))
        .unwrap();
        let customization: Customization = serde_json::from_value(customization).unwrap();
        let mut defaults = UserDefaults::default();
        customize(
            &mut def,
            &mut defaults,
            &[customization],
            &Principal::CommandLine,
            Path::new("dagger.json"),
        )
        .map_err(|error| error.to_string())?;
        let arguments = [
            &def.objects[0].constructor.as_ref().unwrap().arguments[0],
            &def.objects[1].functions[0].arguments[0],
        ];
        let told = arguments.map(|argument| {
            let default = argument.default_value.as_ref().unwrap_or(&Value::Null);
            format!("{default} {}", json!(argument.annotations))
        });
        Ok(format!("{} {}", told.join(" "), defaults.0.len()))
    }

    #[test]
    fn arguments_are_found_by_the_functions_that_lead_to_them() {
        insta::assert_snapshot!(changed(json!({"argument": "level", "default": "3"})).unwrap(), @"3 {} null {} 0");
        insta::assert_snapshot!(changed(json!({"argument": "level", "default": 3})).unwrap(), @"3 {} null {} 0");
        let function = json!(["read-report", "print"]);
        insta::assert_snapshot!(changed(json!({"function": function, "argument": "source", "defaultPath": "/src", "ignore": ["a"]})).unwrap(), @r#"null {} null {"defaultPath":"/src","ignore":["a"]} 0"#);
        insta::assert_snapshot!(changed(json!({"function": function, "argument": "source", "default": "./src"})).unwrap(), @r#"null {} null {"defaultAddress":"./src"} 1"#);
    }

    #[test]
    fn what_is_not_there_is_told() {
        insta::assert_snapshot!(changed(json!({"argument": "nope"})).unwrap_err(), @"dagger.json: the toolchain `Lint` has no argument `nope` to customize");
        insta::assert_snapshot!(changed(json!({"function": ["nope"], "argument": "level"})).unwrap_err(), @"dagger.json: the toolchain `Lint` has no function `nope` to customize");
        insta::assert_snapshot!(changed(json!({"argument": "level", "default": "high"})).unwrap_err(), @"dagger.json: `level` is `high`, but the argument wants a whole number");
    }
}
