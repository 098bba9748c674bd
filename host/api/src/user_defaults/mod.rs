//! Values that people give to arguments once and for all, in `.env` files.
//!
//! A value of a plain type becomes the argument's default. One that names an object (a secret, a directory, an image) is kept beside the
//! definition, with whoever speaks in the file: it reaches what that one may reach, whatever module is called. Finding the files is the
//! command line's affair.

mod customization;
mod file;
mod value;

pub use customization::{Customization, customize};
pub use file::{DefaultsFile, UserDefaultsError};

use crate::api::Api;
use crate::module_object::derive;
use dockwright_schema::module_def::{ArgumentDef, FunctionDef, TypeRef};
use dockwright_schema::names::camel_case;
use dockwright_schema::{ModuleDef, Principal};
use file::Found;
use serde_json::{Value, json};
use std::collections::HashMap;
use std::sync::Arc;

/// A file as it speaks of one module.
#[derive(Clone, Debug)]
pub struct DefaultsSource<'a> {
    /// The file.
    pub file: &'a DefaultsFile,
    /// Names of the module that variables begin with; none when all of the file is about the module.
    pub names: Vec<&'a str>,
    /// Who speaks in the file: what its values reach.
    pub speaker: Principal,
}

/// Objects that the arguments of a module's functions have unless they are given.
#[derive(Clone, Debug, Default)]
pub struct UserDefaults(HashMap<(String, String, String), UserDefault>);

#[derive(Clone, Debug)]
struct UserDefault {
    texts: Vec<String>,
    speaker: Principal,
}

/// The definition as callers see it with what the files say, and the objects that they name; none when they say nothing of the module. What a
/// later file says wins.
///
/// # Errors
/// A value is not of its argument's type, or refers to what is not set.
pub fn with_user_defaults(
    def: &ModuleDef,
    sources: &[DefaultsSource<'_>],
) -> Result<Option<(ModuleDef, UserDefaults)>, UserDefaultsError> {
    let mut changed: Option<(ModuleDef, UserDefaults)> = None;
    for (object_index, object) in def.objects.iter().enumerate() {
        let is_main = object.name == def.main_object;
        let constructor = object.constructor.iter().map(|function| (None, function));
        let functions = object.functions.iter().enumerate();
        for (index, function) in constructor.chain(functions.map(|(index, function)| (Some(index), function))) {
            for (argument_index, argument) in function.arguments.iter().enumerate() {
                let path = [
                    (!is_main).then_some(object.name.as_str()),
                    index.is_some().then_some(function.name.as_str()),
                    Some(argument.name.as_str()),
                ];
                let path: Vec<&str> = path.into_iter().flatten().collect();
                let Some((found, speaker)) = find(sources, &path)? else {
                    continue;
                };
                let Some(meant) = value::meant(def, &argument.r#type, &found)? else {
                    continue;
                };
                let (def, defaults) = changed.get_or_insert_with(|| (def.clone(), UserDefaults::default()));
                let to_change = def.objects.get_mut(object_index).and_then(|object| match index {
                    None => object.constructor.as_mut(),
                    Some(index) => object.functions.get_mut(index),
                });
                let to_change = to_change.and_then(|function| function.arguments.get_mut(argument_index));
                if let Some(to_change) = to_change {
                    defaults.take(&object.name, function, to_change, meant, speaker);
                }
            }
        }
    }
    Ok(changed)
}

/// What the last of the files says that says anything.
fn find(sources: &[DefaultsSource<'_>], path: &[&str]) -> Result<Option<(Found, Principal)>, UserDefaultsError> {
    for source in sources.iter().rev() {
        let found = if source.names.is_empty() {
            source.file.find(path)?
        } else {
            let mut named = source.names.iter().map(|name| {
                let path: Vec<&str> = std::iter::once(*name).chain(path.iter().copied()).collect();
                source.file.find(&path)
            });
            named.find_map(Result::transpose).transpose()?
        };
        if let Some(found) = found {
            return Ok(Some((found, source.speaker.clone())));
        }
    }
    Ok(None)
}

impl UserDefaults {
    /// Puts others in the place of those of the same arguments.
    pub fn extend(&mut self, others: UserDefaults) {
        self.0.extend(others.0);
    }

    fn take(
        &mut self,
        object: &str,
        function: &FunctionDef,
        argument: &mut ArgumentDef,
        meant: value::Meant,
        speaker: Principal,
    ) {
        match meant {
            value::Meant::Plain(value) => argument.default_value = Some(value),
            value::Meant::Addresses { texts, shown } => {
                argument.annotations.0.shift_remove("defaultPath");
                argument.annotations.0.insert("defaultAddress".to_owned(), json!(shown));
                let key = (object.to_owned(), function.name.clone(), argument.name.clone());
                self.0.insert(key, UserDefault { texts, speaker });
            }
        }
    }

    /// The IDs of the objects that an argument has when it is not given, as its type wants them.
    pub(crate) fn value(&self, api: &Arc<Api>, object: &str, function: &str, argument: &ArgumentDef) -> Option<Value> {
        if self.0.is_empty() {
            return None;
        }
        let key = (object.to_owned(), function.to_owned(), argument.name.clone());
        let default = self.0.get(&key)?;
        let (declared, _) = argument.r#type.without_optional();
        let (element, is_list) = match declared {
            TypeRef::List(element) => (element.without_optional().0, true),
            other => (other, false),
        };
        let TypeRef::Object(kind) = element else { return None };
        let ignore = argument.annotations.get("ignore").cloned();
        let mut ids = default
            .texts
            .iter()
            .map(|text| addressed(api, kind, text, ignore.as_ref(), &default.speaker));
        if is_list { Some(ids.collect()) } else { ids.next() }
    }
}

/// The ID of the object that a text names to the speaker.
fn addressed(api: &Arc<Api>, kind: &str, text: &str, ignore: Option<&Value>, speaker: &Principal) -> Value {
    let by = Some(speaker.clone());
    if kind == "CacheVolume" {
        let arguments = json!({"key": text});
        return json!(derive(api, "Query", None, "cacheVolume", arguments, by, kind).to_string());
    }
    let address = derive(api, "Query", None, "address", json!({"value": text}), by, "Address");
    let arguments = match kind {
        "Directory" | "File" => {
            json!({"exclude": ignore.cloned().unwrap_or_else(|| json!([])), "include": [], "noCache": false, "gitignore": false})
        }
        _ => json!({}),
    };
    json!(derive(api, "Address", Some(address), &camel_case(kind), arguments, None, kind).to_string())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests stop at the first surprise")]
    use super::*;
    use std::path::Path;

    fn definition() -> ModuleDef {
        serde_json::from_value(json!({
            "mainObject": "Ci",
            "objects": [
                {
                    "name": "Ci",
                    "constructor": {"name": "", "returns": {"kind": "void"}, "arguments": [
                        {"name": "token", "type": {"kind": "object", "of": "Secret"}},
                        {"name": "maxCount", "type": {"kind": "integer"}, "defaultValue": 3},
                    ]},
                    "functions": [{"name": "runTests", "returns": {"kind": "void"}, "arguments": [
                        {"name": "level", "type": {"kind": "optional", "of": {"kind": "enum", "of": "Level"}}},
                        {"name": "names", "type": {"kind": "list", "of": {"kind": "string"}}},
                        {"name": "source", "type": {"kind": "object", "of": "Directory"}, "annotations": {"defaultPath": "/"}},
                        {"name": "report", "type": {"kind": "object", "of": "Report"}},
                    ]}],
                },
                {"name": "Report", "functions": [{"name": "print", "returns": {"kind": "void"}, "arguments": [
                    {"name": "wide", "type": {"kind": "boolean"}},
                ]}]},
            ],
            "enums": [{"name": "Level", "members": [{"name": "LOW", "value": "low"}]}],
        }))
        .unwrap()
    }

    /// The arguments that have something of the files, by function: `default` or `address`.
    fn told(inner: &str, outer: &str) -> Result<String, String> {
        let environment = |name: &str| (name == "SET").then(|| "9".to_owned());
        let file = |text: &str| DefaultsFile::parse(Path::new(".env"), text, &environment);
        let (inner, outer) = (file(inner), file(outer));
        let source = |file, names| DefaultsSource {
            file,
            names,
            speaker: Principal::CommandLine,
        };
        let sources = [source(&inner, vec![]), source(&outer, vec!["my-ci", "ci"])];
        let found = with_user_defaults(&definition(), &sources).map_err(|error| error.to_string())?;
        let Some((def, defaults)) = found else {
            return Ok("nothing".to_owned());
        };
        let mut lines = Vec::new();
        for object in &def.objects {
            for function in object.constructor.iter().chain(&object.functions) {
                for argument in &function.arguments {
                    let place = format!("{}.{}({})", object.name, function.name, argument.name);
                    let key = (object.name.clone(), function.name.clone(), argument.name.clone());
                    if let Some(default) = defaults.0.get(&key) {
                        let shown = argument.annotations.text("defaultAddress").unwrap();
                        lines.push(format!("{place} @ {} ({shown})", default.texts.join(" ")));
                    } else if let Some(value) = &argument.default_value {
                        lines.push(format!("{place} = {value}"));
                    }
                }
            }
        }
        Ok(lines.join("\n"))
    }

    #[test]
    fn the_modules_own_file_names_arguments_and_functions() {
        let inner = "TOKEN=env://T\nmax_count=$SET\nRUN_TESTS_LEVEL=low\nrunTests_names=a,b\nRUNTESTS_SOURCE=./src\nREPORT_PRINT_WIDE=true\nCI_TOKEN=x\n";
        insta::assert_snapshot!(told(inner, "").unwrap(), @r#"
        Ci.(token) @ env://T (env://T)
        Ci.(maxCount) = 9
        Ci.runTests(level) = "LOW"
        Ci.runTests(names) = ["a","b"]
        Ci.runTests(source) @ ./src (./src)
        Report.print(wide) = true
        "#);
    }

    #[test]
    fn the_callers_file_begins_with_the_modules_name_and_wins() {
        let outer = "MY_CI_MAX_COUNT=7\nci_runTests_names='[\"a\", \"b,c\"]'\nMyCi_report_print_wide=no\nMAX_COUNT=8\nRUN_TESTS_LEVEL=x";
        insta::assert_snapshot!(told("MAX_COUNT=5\nTOKEN=plain", outer).unwrap_err(), @".env: `MyCi_report_print_wide` is `no`, but the argument wants true or false");
        let outer = outer.replace("=no", "=false");
        insta::assert_snapshot!(told("MAX_COUNT=5\nTOKEN=plain", &outer).unwrap(), @r#"
        Ci.(token) @ plain (from .env)
        Ci.(maxCount) = 7
        Ci.runTests(names) = ["a","b,c"]
        Report.print(wide) = false
        "#);
    }

    #[test]
    fn what_nobody_asks_for_may_be_wrong() {
        assert_eq!(
            told("OTHER=$UNSET\nRUN_TESTS_REPORT=x", "MY_CIMAX_COUNT=1").unwrap(),
            "nothing"
        );
        insta::assert_snapshot!(told("MAX_COUNT=$UNSET", "").unwrap_err(), @r".env: variable `MAX_COUNT`: `UNSET` is not set; set it in the file or in the environment, or write `\$` for a dollar sign");
        insta::assert_snapshot!(told("MAX_COUNT=many", "").unwrap_err(), @".env: `MAX_COUNT` is `many`, but the argument wants a whole number");
        insta::assert_snapshot!(told("RUN_TESTS_LEVEL=high", "").unwrap_err(), @".env: `RUN_TESTS_LEVEL` is `high`, but the argument wants one of LOW");
    }
}
