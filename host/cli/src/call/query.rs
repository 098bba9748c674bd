//! Writes the requests of a plan: one for the IDs of objects that are named by text, one for the chain.

use crate::call::plan::{Leaf, Plan};
use crate::call::value::{Address, ArgumentValue, string};
use serde_json::Value;
use std::path::Path;

/// Objects of the plan that are named by text, in order.
pub(crate) fn addresses(plan: &Plan) -> Vec<&Address> {
    let values = plan
        .steps
        .iter()
        .flat_map(|step| step.arguments.iter().map(|(_, value)| value));
    values
        .flat_map(|value| match value {
            ArgumentValue::Address(address) => std::slice::from_ref(address),
            ArgumentValue::Addresses(addresses) => addresses.as_slice(),
            ArgumentValue::Literal(_) => &[],
        })
        .collect()
}

/// The request for their IDs; none when there are none. Its fields are `a0`, `a1`, ….
pub(crate) fn resolve_addresses(addresses: &[&Address]) -> Option<String> {
    if addresses.is_empty() {
        return None;
    }
    let fields: Vec<String> = addresses
        .iter()
        .enumerate()
        .map(|(index, address)| format!("a{index}:{}", address_field(address)))
        .collect();
    Some(format!("{{{}}}", fields.join(" ")))
}

fn address_field(address: &Address) -> String {
    let text = string(&address.text);
    match address.type_name.as_str() {
        "CacheVolume" => format!("cacheVolume(key:{text}){{id}}"),
        "ModuleSource" => format!("moduleSource(refString:{text}){{id}}"),
        "Module" => format!("moduleSource(refString:{text}){{asModule{{id}}}}"),
        "Directory" if !address.ignore.is_empty() => {
            let patterns: Vec<String> = address.ignore.iter().map(|pattern| string(pattern)).collect();
            format!(
                "address(value:{text}){{directory(exclude:[{}]){{id}}}}",
                patterns.join(",")
            )
        }
        other => {
            let field = dockwright_schema::names::camel_case(other);
            format!("address(value:{text}){{{field}{{id}}}}")
        }
    }
}

/// The request of the chain. `ids` are those of `addresses`, in order.
pub(crate) fn request(plan: &Plan, ids: &[String]) -> String {
    let mut ids = ids.iter();
    let mut next = || string(ids.next().map(String::as_str).unwrap_or_default());
    let mut text = String::from("{");
    for step in &plan.steps {
        if text.len() > 1 {
            text.push('{');
        }
        text.push_str(&step.field.name);
        if !step.arguments.is_empty() {
            let arguments: Vec<String> = step
                .arguments
                .iter()
                .map(|(name, value)| match value {
                    ArgumentValue::Literal(literal) => format!("{name}:{literal}"),
                    ArgumentValue::Address(_) => format!("{name}:{}", next()),
                    ArgumentValue::Addresses(list) => {
                        format!("{name}:[{}]", list.iter().map(|_| next()).collect::<Vec<_>>().join(","))
                    }
                })
                .collect();
            text.push_str(&format!("({})", arguments.join(",")));
        }
    }
    match (&plan.leaf, &plan.output) {
        (Leaf::Object { name, export: true, .. }, Some(path)) => text.push_str(&export(name, path)),
        (Leaf::Object { sync: true, .. }, _) => text.push_str("{sync}"),
        (Leaf::Object { .. } | Leaf::List(_), _) => text.push_str("{id}"),
        (Leaf::Value, _) => {}
    }
    text.push_str(&"}".repeat(plan.steps.len()));
    text
}

fn export(type_name: &str, path: &Path) -> String {
    let path = string(&path.to_string_lossy());
    let more = if type_name == "File" {
        ",allowParentDirPath:true"
    } else {
        ""
    };
    format!("{{export(path:{path}{more})}}")
}

/// The values at the end of the chain in a response; several when the chain goes through lists.
pub(crate) fn results(plan: &Plan, data: Value) -> Value {
    let mut value = data;
    for step in &plan.steps {
        value = descend(value, &step.field.name);
    }
    match (&plan.leaf, &plan.output) {
        (Leaf::Object { export: true, .. }, Some(_)) => descend(value, "export"),
        (Leaf::Object { sync: true, .. }, _) => descend(value, "sync"),
        (Leaf::Object { .. } | Leaf::List(_), _) => descend(value, "id"),
        (Leaf::Value, _) => value,
    }
}

fn descend(value: Value, name: &str) -> Value {
    match value {
        Value::Object(mut map) => map.remove(name).unwrap_or(Value::Null),
        Value::Array(items) => Value::Array(items.into_iter().map(|item| descend(item, name)).collect()),
        other => other,
    }
}
