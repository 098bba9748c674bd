//! Text of a file as the value that an argument of that type wants.

use super::file::{Found, UserDefaultsError};
use dockwright_schema::module_def::TypeRef;
use dockwright_schema::{GraphTypeKind, Merged, ModuleDef};
use serde_json::Value;

/// Objects that text can name.
const ADDRESSABLE: &[&str] = &[
    "CacheVolume",
    "Container",
    "Directory",
    "File",
    "GitRef",
    "GitRepository",
    "Secret",
    "Service",
    "Socket",
];

/// What a text means to an argument.
#[derive(Debug)]
pub(super) enum Meant {
    /// A plain value.
    Plain(Value),
    /// Objects that texts name.
    Addresses {
        /// The texts.
        texts: Vec<String>,
        /// What help shows for them.
        shown: String,
    },
}

/// What the text means; none when an argument of that type cannot be given as text.
pub(super) fn meant(def: &ModuleDef, declared: &TypeRef, found: &Found) -> Result<Option<Meant>, UserDefaultsError> {
    let (declared, _) = declared.without_optional();
    let (element, texts) = match declared {
        TypeRef::List(element) => (element.without_optional().0, items(&found.text)),
        other => (other, vec![found.text.clone()]),
    };
    if let TypeRef::Object(name) = element {
        let is_addressable = ADDRESSABLE.contains(&name.as_str()) && !def.defines(name);
        // A secret's own value in the place of its address must not be shown.
        let hides = name == "Secret" && texts.iter().any(|text| !text.contains("://"));
        let shown = if hides { "from .env".to_owned() } else { texts.join(",") };
        return Ok(is_addressable.then_some(Meant::Addresses { texts, shown }));
    }
    let mut values = Vec::new();
    for text in &texts {
        match plain(def, element, text) {
            Plain::Value(value) => values.push(value),
            Plain::Unsupported => return Ok(None),
            Plain::Wrong(expected) => {
                return Err(UserDefaultsError::Value {
                    path: found.path.clone(),
                    name: found.name.clone(),
                    text: text.clone(),
                    expected,
                });
            }
        }
    }
    Ok(match declared {
        TypeRef::List(_) => Some(Meant::Plain(Value::Array(values))),
        _ => values.pop().map(Meant::Plain),
    })
}

enum Plain {
    Value(Value),
    Unsupported,
    Wrong(String),
}

fn plain(def: &ModuleDef, declared: &TypeRef, text: &str) -> Plain {
    let value =
        |value: Option<Value>, expected: &str| value.map_or_else(|| Plain::Wrong(expected.to_owned()), Plain::Value);
    match declared {
        TypeRef::String | TypeRef::Scalar(_) => Plain::Value(text.into()),
        TypeRef::Integer => value(text.trim().parse::<i64>().ok().map(Value::from), "a whole number"),
        TypeRef::Float => {
            let number = text.trim().parse::<f64>().ok().filter(|number| number.is_finite());
            value(number.map(Value::from), "a number")
        }
        TypeRef::Boolean => {
            let flag = match text.trim().to_lowercase().as_str() {
                "true" | "1" => Some(true),
                "false" | "0" => Some(false),
                _ => None,
            };
            value(flag.map(Value::from), "true or false")
        }
        TypeRef::Enum(name) => {
            let members: Vec<String> = match def.enumeration(name) {
                Some(own) => own.members.iter().map(|member| member.name.clone()).collect(),
                None => core_members(name),
            };
            let member = members.iter().find(|member| member.eq_ignore_ascii_case(text.trim()));
            let found = member.map(|member| Value::from(member.as_str()));
            value(found, &format!("one of {}", members.join(", ")))
        }
        _ => Plain::Unsupported,
    }
}

/// Members of an enum of the core API.
fn core_members(name: &str) -> Vec<String> {
    match Merged::core().get(name).map(|found| &found.kind) {
        Some(GraphTypeKind::Enum { members }) => members.iter().map(|member| member.name.to_string()).collect(),
        _ => Vec::new(),
    }
}

/// The items of a list: of a JSON array of texts, or separated by commas.
fn items(text: &str) -> Vec<String> {
    if let Ok(items) = serde_json::from_str::<Vec<String>>(text) {
        return items;
    }
    let items = text.split(',').map(|item| item.trim().to_owned());
    items.filter(|item| !item.is_empty()).collect()
}
