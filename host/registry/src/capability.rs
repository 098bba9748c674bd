//! What a module asks its callers for. A module reaches nothing of the host by itself: what it gets, it gets as arguments of its functions, so its
//! definition says all that it can ever ask for.

use dockwright_schema::ModuleDef;
use dockwright_schema::module_def::{ArgumentDef, FunctionDef, TypeRef};
use std::collections::BTreeMap;
use std::fmt;

/// A kind of thing that a module can be given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CapabilityKind {
    /// The plaintext of secrets.
    Secret,
    /// Sockets of the host, such as that of an SSH agent.
    Socket,
    /// Services, which may be ports of the host.
    Service,
    /// Files and folders, and git repositories.
    Files,
    /// Files that are taken when the caller gives none: those of its context.
    DefaultFiles,
    /// Something that is fetched from an address when the caller gives none.
    DefaultAddress,
}

/// One thing that a module asks for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Capability {
    /// What kind.
    pub kind: CapabilityKind,
    /// The function that takes it, as `Object.function`; `Object` alone is the constructor.
    pub function: String,
    /// The argument.
    pub argument: String,
    /// Path or address that is taken when the caller gives none.
    pub default: Option<String>,
    /// Whether a call is impossible without.
    pub required: bool,
}

impl fmt::Display for CapabilityKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            CapabilityKind::Secret => "secrets",
            CapabilityKind::Socket => "sockets of the host",
            CapabilityKind::Service => "services",
            CapabilityKind::Files => "files",
            CapabilityKind::DefaultFiles => "files of its context",
            CapabilityKind::DefaultAddress => "addresses",
        })
    }
}

/// Everything that the module asks for, sorted by kind.
pub fn capabilities(definition: &ModuleDef) -> Vec<Capability> {
    let mut found = Vec::new();
    for object in &definition.objects {
        for function in object.constructor.iter().chain(&object.functions) {
            of_function(&object.name, function, &mut found);
        }
    }
    found.sort();
    found
}

/// The same by kind, for people: each kind with the arguments that take it.
pub fn capabilities_by_kind(definition: &ModuleDef) -> BTreeMap<CapabilityKind, Vec<Capability>> {
    let mut kinds: BTreeMap<CapabilityKind, Vec<Capability>> = BTreeMap::new();
    for capability in capabilities(definition) {
        kinds.entry(capability.kind).or_default().push(capability);
    }
    kinds
}

fn of_function(object: &str, function: &FunctionDef, found: &mut Vec<Capability>) {
    let place = if function.name.is_empty() {
        object.to_owned()
    } else {
        format!("{object}.{}", function.name)
    };
    for argument in &function.arguments {
        let mut add = |kind, default: Option<&str>| {
            found.push(Capability {
                kind,
                function: place.clone(),
                argument: argument.name.clone(),
                default: default.map(str::to_owned),
                required: argument.is_required(),
            });
        };
        if let Some(path) = argument.annotations.text("defaultPath") {
            add(CapabilityKind::DefaultFiles, Some(path));
        } else if let Some(address) = argument.annotations.text("defaultAddress") {
            add(CapabilityKind::DefaultAddress, Some(address));
        }
        if let Some(kind) = kind_of(argument) {
            add(kind, None);
        }
    }
}

fn kind_of(argument: &ArgumentDef) -> Option<CapabilityKind> {
    let mut at = &argument.r#type;
    while let TypeRef::List(inner) | TypeRef::Optional(inner) = at {
        at = inner;
    }
    let TypeRef::Object(name) = at else { return None };
    Some(match name.as_str() {
        "Secret" => CapabilityKind::Secret,
        "Socket" => CapabilityKind::Socket,
        "Service" => CapabilityKind::Service,
        "Directory" | "File" | "GitRepository" | "GitRef" => CapabilityKind::Files,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests stop at the first surprise")]
    use super::*;
    use serde_json::json;

    #[test]
    fn arguments_are_all_that_can_be_asked_for() {
        let object = |name: &str| json!({"kind": "object", "of": name});
        let definition: ModuleDef = serde_json::from_value(json!({
            "mainObject": "Lint",
            "objects": [{
                "name": "Lint",
                "constructor": {"name": "", "returns": object("Lint"), "arguments": [
                    {"name": "agent", "type": {"kind": "optional", "of": object("Socket")}}]},
                "functions": [{"name": "check", "returns": {"kind": "string"}, "arguments": [
                    {"name": "source", "type": object("Directory"), "annotations": {"defaultPath": "/", "ignore": [".git"]}},
                    {"name": "tokens", "type": {"kind": "list", "of": object("Secret")}},
                    {"name": "base", "type": object("Container"), "annotations": {"defaultAddress": "alpine:3"}},
                    {"name": "text", "type": {"kind": "string"}}]}]
            }]
        }))
        .unwrap();
        let lines: Vec<String> = capabilities(&definition)
            .into_iter()
            .map(|c| {
                format!(
                    "{}: {}({}) {:?} {}",
                    c.kind, c.function, c.argument, c.default, c.required
                )
            })
            .collect();
        insta::assert_snapshot!(lines.join("\n"), @r#"
        secrets: Lint.check(tokens) None true
        sockets of the host: Lint(agent) None false
        files: Lint.check(source) None false
        files of its context: Lint.check(source) Some("/") false
        addresses: Lint.check(base) Some("alpine:3") false
        "#);
    }
}
