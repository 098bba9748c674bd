//! What modules may use by themselves: what each says of itself, and what the modules that call it allow it beyond that.
//!
//! Both are under `dockwright` in `dagger.json`, which Dagger does not read: `uses` is what the module needs, `allow` what it grants its dependencies by
//! name. What an artifact says of its modules is in the artifact.

use crate::error::ModuleError;
use crate::locked::{LockedModule, Origin};
use dockwright_schema::{Permission, Permissions};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// The section's name.
pub(crate) const SECTION: &str = "dockwright";
/// The field in it with what dependencies are allowed.
pub(crate) const ALLOW: &str = "allow";

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Section {
    uses: Option<Permissions>,
    allow: BTreeMap<String, Vec<String>>,
}

/// What the modules of a graph may use.
#[derive(Debug, Default)]
pub struct PermissionTable {
    permissions: HashMap<usize, Permissions>,
}

impl PermissionTable {
    /// What the module and all that it calls may use; `allowed` is given to all of them.
    ///
    /// # Errors
    /// A manifest's section makes no sense.
    pub fn new(root: &LockedModule, allowed: &BTreeSet<Permission>) -> Result<PermissionTable, ModuleError> {
        let mut table = PermissionTable::default();
        table.add(root, allowed, allowed)?;
        Ok(table)
    }

    /// What one of them may use. Modules that are not in the table may use nothing.
    pub fn of(&self, module: &LockedModule) -> Permissions {
        let found = self.permissions.get(&place(module)).cloned();
        found.unwrap_or_else(Permissions::none)
    }

    fn add(
        &mut self,
        module: &LockedModule,
        granted: &BTreeSet<Permission>,
        everywhere: &BTreeSet<Permission>,
    ) -> Result<(), ModuleError> {
        let section = section(module)?;
        let known = self.permissions.get(&place(module)).cloned();
        let mut now = match known.clone() {
            Some(known) => known,
            None => uses(module, &section),
        };
        granted.iter().for_each(|permission| now.allow(permission));
        // What is below gets nothing that it has not got already.
        if known.as_ref() == Some(&now) {
            return Ok(());
        }
        self.permissions.insert(place(module), now);
        for dependency in module.dependencies.iter().chain(&module.toolchains) {
            let mut granted_below = everywhere.clone();
            // An artifact is one thing for whoever allows it something.
            if matches!(module.origin, Origin::Artifact(_)) {
                granted_below.extend(granted.iter().cloned());
            }
            for text in section.allow.get(&dependency.name).into_iter().flatten() {
                let permission = text.parse::<Permission>();
                granted_below.insert(permission.map_err(|error| invalid(module, error.to_string()))?);
            }
            self.add(&dependency.module, &granted_below, everywhere)?;
        }
        if let Some(blueprint) = &module.blueprint {
            self.add(blueprint, granted, everywhere)?;
        }
        Ok(())
    }
}

/// Whether the module is held to what it may use: a published one always is, another one when it says what it needs.
///
/// # Errors
/// The manifest's section makes no sense.
pub fn is_held(module: &LockedModule) -> Result<bool, ModuleError> {
    Ok(matches!(module.origin, Origin::Artifact(_)) || section(module)?.uses.is_some())
}

fn uses(module: &LockedModule, section: &Section) -> Permissions {
    let declared = match &module.origin {
        Origin::Artifact(artifact) => artifact.entry().ok().and_then(|entry| entry.uses.clone()),
        _ => section.uses.clone(),
    };
    declared.unwrap_or_default()
}

fn section(module: &LockedModule) -> Result<Section, ModuleError> {
    let Some(value) = module.manifest.other.get(SECTION) else {
        return Ok(Section::default());
    };
    let section: Section = serde_json::from_value(value.clone()).map_err(|error| invalid(module, error.to_string()))?;
    let named = module.dependencies.iter().chain(&module.toolchains);
    let names: Vec<&String> = named.map(|named| &named.name).collect();
    match section.allow.keys().find(|name| !names.contains(name)) {
        Some(name) => Err(invalid(
            module,
            format!("`allow` names `{name}`, which is no dependency and no toolchain"),
        )),
        None => Ok(section),
    }
}

fn invalid(module: &LockedModule, message: String) -> ModuleError {
    ModuleError::Invalid {
        path: module.root.join("dagger.json"),
        message: format!("`{SECTION}`: {message}"),
    }
}

/// What tells modules of a graph apart: each is one value.
fn place(module: &LockedModule) -> usize {
    std::ptr::from_ref(module).addr()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resolve;
    use std::path::Path;

    fn module(root: &Path, name: &str, rest: &str) {
        let folder = root.join(name);
        std::fs::create_dir_all(&folder).unwrap();
        let text = format!(r#"{{"name": "{name}", "sdk": "python"{rest}}}"#);
        std::fs::write(folder.join("dagger.json"), text).unwrap();
    }

    fn told(root: &Path) -> String {
        let module = resolve("app", root).unwrap();
        let table = match PermissionTable::new(&module, &BTreeSet::new()) {
            Ok(table) => table,
            Err(error) => return error.to_string().split('`').skip(1).collect::<Vec<_>>().join("`"),
        };
        let told = |module: &LockedModule| {
            let list: Vec<String> = table.of(module).list().iter().map(ToString::to_string).collect();
            format!(
                "{}: {} {}",
                module.manifest.name,
                is_held(module).unwrap(),
                list.join(" ")
            )
        };
        let below = module.dependencies.iter().map(|dependency| told(&dependency.module));
        std::iter::once(told(&module))
            .chain(below)
            .collect::<Vec<_>>()
            .join("\n")
    }

    #[test]
    fn modules_say_what_they_need_and_their_callers_allow_more() {
        let root = tempfile::tempdir().unwrap();
        let allow = |allow: &str| {
            let section = format!(r#", "dependencies": [{{"source": "../lint"}}], "dockwright": {allow}"#);
            module(root.path(), "app", &section);
            std::fs::create_dir_all(root.path().join(".git")).unwrap();
            told(root.path())
        };
        module(
            root.path(),
            "lint",
            r#", "dockwright": {"uses": {"network": ["docker.io"]}}"#,
        );
        insta::assert_snapshot!(allow("{}"), @r"
        app: false network
        lint: true network:docker.io
        ");
        insta::assert_snapshot!(allow(r#"{"allow": {"lint": ["privileged", "network:github.com"]}}"#), @r"
        app: false network
        lint: true privileged network:docker.io network:github.com
        ");
        insta::assert_snapshot!(allow(r#"{"allow": {"lint": ["root"]}}"#), @"dockwright`: `root` is no permission: there are `privileged`, `network` and `network:HOST`");
        insta::assert_snapshot!(allow(r#"{"allow": {"other": ["privileged"]}}"#), @"dockwright`: `allow` names `other`, which is no dependency and no toolchain");
        insta::assert_snapshot!(allow(r#"{"use": {}}"#), @"dockwright`: unknown field `use`, expected `uses` or `allow`");
    }
}
