//! What a module may use by itself and what it asks its callers for, compared between two versions.

use crate::commands::inspect::{printable, section};
use crate::error::CliError;
use crate::loaded::Served;
use crate::session::Session;
use dockwright_module::{LockedModule, Origin, PermissionTable, is_held};
use dockwright_registry::{Artifact, Capability, CapabilityKind, capabilities};
use dockwright_schema::Permission;
use std::collections::{BTreeSet, HashSet};

/// What a version of a module can reach.
#[derive(Clone, Debug, Default)]
pub(super) struct Reach {
    /// What it may use by itself, with all modules that came with it.
    pub permissions: BTreeSet<Permission>,
    /// What it can be given.
    pub asks: Vec<Capability>,
}

impl Reach {
    /// That of an artifact: of all modules in it, and what the published one can be given.
    pub(super) async fn of_artifact(session: &Session, artifact: &Artifact) -> Result<Reach, CliError> {
        let modules = &artifact.description.modules;
        let uses = modules.iter().map(|module| module.uses.clone().unwrap_or_default());
        let permissions = uses.flat_map(|uses| uses.list()).collect();
        let asks = match modules.first() {
            Some(module) => {
                let definition = session.registries().definition(artifact, module).await;
                capabilities(&definition.map_err(dockwright_module::ModuleError::from)?)
            }
            None => Vec::new(),
        };
        Ok(Reach { permissions, asks })
    }

    /// That of a module whose files are here: of all modules that it calls, and what it can be given. One that says nothing is held to nothing.
    pub(super) fn of_module(served: &Served) -> Result<Reach, CliError> {
        let table = PermissionTable::new(served.locked(), &BTreeSet::new())?;
        let mut permissions = BTreeSet::new();
        let mut pending = vec![served.locked().as_ref()];
        let mut seen = HashSet::new();
        while let Some(module) = pending.pop() {
            if !seen.insert(std::ptr::from_ref(module)) {
                continue;
            }
            if is_held(module)? {
                permissions.extend(table.of(module).list());
            } else {
                permissions.extend([Permission::Network, Permission::Privileged]);
            }
            let named = module.dependencies.iter().chain(&module.toolchains);
            pending.extend(named.map(|named| named.module.as_ref()));
            pending.extend(module.blueprint.as_deref());
        }
        Ok(Reach {
            permissions,
            asks: capabilities(&served.module.def),
        })
    }

    fn kinds(&self) -> BTreeSet<CapabilityKind> {
        self.asks.iter().map(|capability| capability.kind).collect()
    }

    /// What this one reaches and the one before did not, by the names that `--allow` takes.
    pub(super) fn more_than(&self, before: &Reach) -> BTreeSet<String> {
        let has_network = before.permissions.contains(&Permission::Network);
        let permissions = self.permissions.iter().filter(|permission| {
            let is_covered = has_network && matches!(permission, Permission::Host(_));
            !before.permissions.contains(permission) && !is_covered
        });
        let kinds: Vec<CapabilityKind> = self.kinds().difference(&before.kinds()).copied().collect();
        let kinds = kinds.iter().filter_map(|kind| name_of(*kind)).map(str::to_owned);
        permissions.map(ToString::to_string).chain(kinds).collect()
    }

    /// Every difference, a line each: `+` for what is new, `-` for what is gone.
    pub(super) fn difference(&self, before: &Reach) -> String {
        let lines = |from: &Reach, to: &Reach, sign: &str| -> Vec<String> {
            let permissions = from.permissions.difference(&to.permissions);
            let asks = from.asks.iter().filter(|capability| !to.asks.contains(capability));
            permissions
                .map(|permission| format!("  {sign} may use {permission}\n"))
                .chain(asks.map(|capability| format!("  {sign} asks for {}\n", asked(capability))))
                .collect()
        };
        let mut all = lines(self, before, "+");
        all.extend(lines(before, self, "-"));
        all.concat()
    }
}

fn asked(capability: &Capability) -> String {
    let place = format!("{}({})", capability.function, capability.argument);
    let default = capability.default.as_ref().map(|default| format!(", else {default}"));
    printable(&format!("{}: {place}{}", capability.kind, default.unwrap_or_default()))
}

/// What `--allow` calls a kind. What a module takes when the caller gives nothing is not asked for: a published one has no files of its own.
fn name_of(kind: CapabilityKind) -> Option<&'static str> {
    match kind {
        CapabilityKind::Secret => Some("secrets"),
        CapabilityKind::Socket => Some("sockets"),
        CapabilityKind::Service => Some("services"),
        CapabilityKind::Files => Some("files"),
        CapabilityKind::DefaultAddress => Some("addresses"),
        CapabilityKind::DefaultFiles => None,
    }
}

/// What the module, and those that came with it, may use by themselves.
pub(super) fn may_use(locked: &LockedModule) -> Result<String, CliError> {
    let rows = match &locked.origin {
        Origin::Artifact(module) => {
            let modules = &module.artifact.description.modules;
            let row = |name: &str, list: BTreeSet<Permission>| (printable(name), for_people(&list));
            let rows = modules
                .iter()
                .map(|module| row(&module.name, module.uses.clone().unwrap_or_default().list()));
            rows.collect()
        }
        _ if is_held(locked)? => {
            let table = PermissionTable::new(locked, &BTreeSet::new())?;
            vec![(locked.manifest.name.clone(), for_people(&table.of(locked).list()))]
        }
        _ => Vec::new(),
    };
    Ok(section("May use by itself", &rows))
}

fn for_people(permissions: &BTreeSet<Permission>) -> String {
    let hosts: Vec<&str> = permissions
        .iter()
        .filter_map(|permission| match permission {
            Permission::Host(host) => Some(host.as_str()),
            _ => None,
        })
        .collect();
    let network = match (permissions.contains(&Permission::Network), hosts.is_empty()) {
        (true, _) => "containers with a network".to_owned(),
        (false, true) => "containers without a network, nothing from outside".to_owned(),
        (false, false) => format!(
            "containers without a network, what it fetches from {}",
            hosts.join(", ")
        ),
    };
    let privileged = match permissions.contains(&Permission::Privileged) {
        true => ", commands with all root capabilities",
        false => "",
    };
    printable(&(network + privileged))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reach(permissions: &[&str], asks: &[(CapabilityKind, &str)]) -> Reach {
        Reach {
            permissions: permissions.iter().map(|text| text.parse().unwrap()).collect(),
            asks: asks
                .iter()
                .map(|(kind, argument)| Capability {
                    kind: *kind,
                    function: "Lint.check".to_owned(),
                    argument: (*argument).to_owned(),
                    default: None,
                    required: true,
                })
                .collect(),
        }
    }

    #[test]
    fn what_is_new_is_found() {
        let before = reach(&["network:docker.io"], &[(CapabilityKind::Files, "source")]);
        let after = reach(
            &["network:docker.io", "network:github.com", "privileged"],
            &[
                (CapabilityKind::Files, "source"),
                (CapabilityKind::Files, "more"),
                (CapabilityKind::Secret, "token"),
            ],
        );
        insta::assert_snapshot!(after.difference(&before), @r"
        + may use privileged
        + may use network:github.com
        + asks for files: Lint.check(more)
        + asks for secrets: Lint.check(token)
        ");
        let more: Vec<String> = after.more_than(&before).into_iter().collect();
        assert_eq!(more, ["network:github.com", "privileged", "secrets"]);
        assert!(before.more_than(&after).is_empty());
        insta::assert_snapshot!(before.difference(&after).lines().next().unwrap(), @"  - may use privileged");
        let all = reach(&["network"], &[]);
        assert!(reach(&["network:github.com"], &[]).more_than(&all).is_empty());
        assert_eq!(all.more_than(&before).into_iter().collect::<Vec<_>>(), ["network"]);
    }

    #[test]
    fn permissions_are_explained() {
        let told = |list: &[&str]| for_people(&reach(list, &[]).permissions);
        let all = [
            told(&[]),
            told(&["network"]),
            told(&["network:docker.io", "privileged"]),
        ];
        insta::assert_snapshot!(all.join("\n"), @r"
        containers without a network, nothing from outside
        containers with a network
        containers without a network, what it fetches from docker.io, commands with all root capabilities
        ");
    }
}
