//! What a module may use by itself. Modules with a list of it, as published ones have, are held to that list here, whatever door they came by.

use crate::api::Api;
use crate::arguments::Arguments;
use crate::error::ApiError;
use dockwright_schema::{FieldCall, Permission, Permissions, Principal};

/// Refuses a field of the core API that needs more than the asking module may use.
pub(crate) fn check(api: &Api, call: &FieldCall) -> Result<(), ApiError> {
    let Some((module, permissions)) = held_to(api, &call.request.principal) else {
        return Ok(());
    };
    let (type_name, field) = (&*call.parent_type, call.field.name.as_ref());
    match needed(type_name, field, Arguments(&call.arguments)) {
        Some(needed) if !permissions.has(&needed) => Err(ApiError::NotPermitted {
            module,
            what: format!("{type_name}.{field}"),
            permission: needed.to_string(),
        }),
        _ => Ok(()),
    }
}

/// Whether commands of that principal have no network.
pub(crate) fn is_offline(api: &Api, principal: &Principal) -> bool {
    held_to(api, principal).is_some_and(|(_, permissions)| !permissions.has(&Permission::Network))
}

/// The principal's name and list, when it is a module that may fetch from some hosts alone.
pub(crate) fn held_to_hosts(api: &Api, principal: &Principal) -> Option<(String, Permissions)> {
    held_to(api, principal).filter(|(_, permissions)| !permissions.has(&Permission::Network))
}

/// The principal's name and list, when it is a module that has one.
fn held_to(api: &Api, principal: &Principal) -> Option<(String, Permissions)> {
    let Principal::Module(id) = principal else { return None };
    let module = api.module(id).ok()?;
    Some((module.module.name.clone(), module.permissions.clone()?))
}

fn needed(type_name: &str, field: &str, arguments: Arguments<'_>) -> Option<Permission> {
    if arguments.flag("insecureRootCapabilities") {
        return Some(Permission::Privileged);
    }
    let host = |name: &str| Permission::Host(host_of(arguments.non_empty_text(name).unwrap_or_default()).to_owned());
    match (type_name, field) {
        ("Container", "experimentalWithAllGPUs" | "experimentalWithGPU") => Some(Permission::Privileged),
        ("Query", "http" | "git") => Some(host("url")),
        ("Container", "from" | "publish") => {
            let address = arguments.non_empty_text("address").unwrap_or_default();
            Some(Permission::Host(registry_of(address).to_owned()))
        }
        // What they lead to is known later only, or is a network of its own.
        ("Query", "address")
        | ("Directory", "dockerBuild")
        | ("Container", "asService" | "up" | "withServiceBinding" | "terminal") => Some(Permission::Network),
        _ => None,
    }
}

/// Host and port of a URL, also in the short form that git has for SSH.
pub(crate) fn host_of(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    match host.split_once(':') {
        // `git@host:path`
        Some((name, port)) if !host.starts_with('[') && !port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    }
}

/// The registry of an image, as Docker reads its name.
fn registry_of(address: &str) -> &str {
    let address = address.split_once("://").map_or(address, |(_, rest)| rest);
    match address.split_once('/') {
        Some((first, _)) if first.contains(['.', ':']) || first == "localhost" => first,
        _ => "docker.io",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Map, Value, json};

    fn need(type_name: &str, field: &str, arguments: Value) -> String {
        let arguments: Map<String, Value> = serde_json::from_value(arguments).unwrap();
        let needed = needed(type_name, field, Arguments(&arguments));
        needed.map_or("nothing".to_owned(), |needed| needed.to_string())
    }

    #[test]
    fn what_fields_need() {
        assert_eq!(need("Container", "withExec", json!({"args": ["x"]})), "nothing");
        let privileged = json!({"args": ["x"], "insecureRootCapabilities": true});
        for field in ["withExec", "asService", "up", "terminal"] {
            assert_eq!(need("Container", field, privileged.clone()), "privileged");
        }
        assert_eq!(
            need("Container", "from", json!({"address": "alpine:3"})),
            "network:docker.io"
        );
        assert_eq!(
            need("Container", "from", json!({"address": "acme/x"})),
            "network:docker.io"
        );
        assert_eq!(
            need("Container", "from", json!({"address": "ghcr.io/a/b@sha256:0"})),
            "network:ghcr.io"
        );
        assert_eq!(
            need("Container", "from", json!({"address": "localhost:5000/b"})),
            "network:localhost:5000"
        );
        assert_eq!(
            need("Query", "http", json!({"url": "https://u:p@h.example:8443/x?y@z"})),
            "network:h.example:8443"
        );
        assert_eq!(
            need("Query", "git", json!({"url": "git@h.example:acme/x"})),
            "network:h.example"
        );
        assert_eq!(
            need("Query", "git", json!({"url": "github.com/acme/x"})),
            "network:github.com"
        );
        assert_eq!(
            need("Query", "git", json!({"url": "ssh://git@[::1]:22/x"})),
            "network:[::1]:22"
        );
        assert_eq!(need("Container", "asService", json!({})), "network");
        assert_eq!(
            need("Container", "experimentalWithGPU", json!({"devices": ["0"]})),
            "privileged"
        );
    }
}
