//! The document that says what an artifact holds: every module of its dependency graph, the first one being the one that was published.

use super::error::FormatError;
use super::manifest::{Manifest, TITLE};
use super::media_type;
use super::requirements::Requirements;
use crate::digest::{Digest, Hasher};
use crate::limits::Limits;
use crate::reference::Reference;
use dockwright_schema::{ModuleDef, Permissions, module_def};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Version of the document.
const FORMAT: u32 = 1;

/// What an artifact holds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Description {
    format: u32,
    /// The modules. The first is the published one; dependencies come after those that need them, each once.
    pub modules: Vec<ModuleEntry>,
}

/// One module.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ModuleEntry {
    /// Its own name.
    pub name: String,
    /// What runs its code.
    pub language: Language,
    /// The SDK that it was written with, for people: `python`, `typescript`, `go`, ….
    pub sdk: String,
    /// The layer with its definition.
    pub definition: Digest,
    /// The layers with its code.
    pub code: Vec<Code>,
    /// The modules that it calls.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dependencies: Vec<DependencyEntry>,
    /// What it needs of the host.
    pub requires: Requirements,
    /// What it may use by itself. Artifacts that do not say it are of modules that did not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub uses: Option<Permissions>,
}

/// What runs a module's code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// The shared Python runtime.
    Python,
    /// The shared TypeScript runtime.
    TypeScript,
    /// The module is a component itself.
    Component,
}

/// A part of a module's code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Code {
    /// What it is for.
    pub role: CodeRole,
    /// The layer.
    pub layer: Digest,
}

/// What a part of a module's code is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CodeRole {
    /// Source of a Python module: a folder.
    Source,
    /// Packages of a Python module: a folder.
    Packages,
    /// Files that default paths name: a folder.
    Context,
    /// Bundle of a TypeScript module.
    Bundle,
    /// Source maps of that bundle.
    Maps,
    /// The component.
    Component,
}

/// A module that a module calls.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DependencyEntry {
    /// The name that it is called by.
    pub name: String,
    /// Its place among the artifact's modules.
    pub module: usize,
}

/// The document of a definition layer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Definition {
    format: u32,
    /// What the module offers.
    pub definition: ModuleDef,
}

impl Description {
    pub(crate) fn new(modules: Vec<ModuleEntry>) -> Description {
        Description {
            format: FORMAT,
            modules,
        }
    }

    /// Reads the document and checks that it makes sense.
    ///
    /// # Errors
    /// It cannot be used.
    pub fn parse(bytes: &[u8], limits: &Limits) -> Result<Description, FormatError> {
        check_format(bytes, "description", FORMAT)?;
        let malformed = |message: String| FormatError::malformed("description", message);
        let description: Description = serde_json::from_slice(bytes).map_err(|error| malformed(error.to_string()))?;
        let count = description.modules.len();
        if count == 0 {
            return Err(malformed("it names no module".to_owned()));
        }
        if count > limits.modules {
            let message = format!("it names {count} modules; at most {} are taken", limits.modules);
            return Err(malformed(message));
        }
        for (index, module) in description.modules.iter().enumerate() {
            module.check(index, count).map_err(malformed)?;
        }
        Ok(description)
    }

    /// What an artifact holds that is a component and nothing else: one module, whose definition is in the component.
    ///
    /// # Errors
    /// It is something else.
    pub(crate) fn of_component(manifest: &Manifest, reference: &Reference) -> Result<Description, FormatError> {
        let [layer] = manifest.layers.as_slice() else {
            return Err(FormatError::NotAModule {
                found: "a Wasm artifact without a description of modules".to_owned(),
            });
        };
        if layer.media_type != media_type::WASM {
            return Err(FormatError::NotAModule {
                found: layer.media_type.clone(),
            });
        }
        let title = manifest.annotations.get(TITLE).map(String::as_str);
        let last = reference.repository().rsplit('/').next();
        let module = ModuleEntry {
            name: title.or(last).unwrap_or_default().to_owned(),
            language: Language::Component,
            sdk: "component".to_owned(),
            definition: layer.digest,
            code: vec![Code {
                role: CodeRole::Component,
                layer: layer.digest,
            }],
            dependencies: Vec::new(),
            requires: Requirements::default(),
            uses: None,
        };
        module
            .check(0, 1)
            .map_err(|message| FormatError::malformed("title", message))?;
        Ok(Description::new(vec![module]))
    }

    /// Identities of the modules, in their order: digests of what decides their behaviour, computed from what was verified and never taken
    /// from the artifact's word.
    pub fn identities(&self) -> Vec<Digest> {
        let mut identities: Vec<Option<Digest>> = vec![None; self.modules.len()];
        // Dependencies come after their dependents, so that going backwards finds them done.
        for (index, module) in self.modules.iter().enumerate().rev() {
            let mut hasher = Hasher::default();
            let mut part = |text: &str| {
                hasher.update(&(text.len() as u64).to_le_bytes());
                hasher.update(text.as_bytes());
            };
            part("dockwright module 1");
            part(&module.name);
            part(&format!("{:?}", module.language));
            part(&module.definition.hex());
            for code in &module.code {
                part(&format!("{:?}", code.role));
                part(&code.layer.hex());
            }
            for permission in module.uses.iter().flat_map(Permissions::list) {
                part(&format!("may use {permission}"));
            }
            if module.uses.is_some() {
                part("and no more");
            }
            for dependency in &module.dependencies {
                part(&dependency.name);
                let identity = identities.get(dependency.module).copied().flatten();
                part(&identity.map(|digest| digest.hex()).unwrap_or_default());
            }
            if let Some(slot) = identities.get_mut(index) {
                *slot = Some(hasher.finish());
            }
        }
        identities.into_iter().flatten().collect()
    }
}

impl ModuleEntry {
    /// The layer of that part.
    pub fn part(&self, role: CodeRole) -> Option<Digest> {
        self.code.iter().find(|code| code.role == role).map(|code| code.layer)
    }

    fn check(&self, index: usize, count: usize) -> Result<(), String> {
        let legal = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | ' ');
        if self.name.is_empty() || self.name.len() > 128 || !self.name.chars().all(legal) {
            return Err(format!("{:?} is no name of a module", self.name));
        }
        let (needed, allowed): (&[CodeRole], &[CodeRole]) = match self.language {
            Language::Python => (
                &[CodeRole::Source],
                &[CodeRole::Source, CodeRole::Packages, CodeRole::Context],
            ),
            Language::TypeScript => (
                &[CodeRole::Bundle, CodeRole::Maps],
                &[CodeRole::Bundle, CodeRole::Maps, CodeRole::Context],
            ),
            Language::Component => (&[CodeRole::Component], &[CodeRole::Component, CodeRole::Context]),
        };
        let roles: BTreeSet<CodeRole> = self.code.iter().map(|code| code.role).collect();
        let complete = needed.iter().all(|role| roles.contains(role));
        if !complete || roles.len() != self.code.len() || !roles.iter().all(|role| allowed.contains(role)) {
            return Err(format!(
                "the code of module `{}` is not what its language has",
                self.name
            ));
        }
        let mut names = BTreeSet::new();
        for dependency in &self.dependencies {
            if dependency.module <= index || dependency.module >= count {
                return Err(format!(
                    "dependency `{}` of module `{}` leads nowhere",
                    dependency.name, self.name
                ));
            }
            if !names.insert(&dependency.name) {
                return Err(format!(
                    "module `{}` has two dependencies `{}`",
                    self.name, dependency.name
                ));
            }
        }
        Ok(())
    }
}

impl Definition {
    pub(crate) fn new(definition: ModuleDef) -> Definition {
        Definition {
            format: module_def::FORMAT,
            definition,
        }
    }

    /// Reads the document.
    ///
    /// # Errors
    /// It cannot be used.
    pub fn parse(bytes: &[u8]) -> Result<ModuleDef, FormatError> {
        check_format(bytes, "definition", module_def::FORMAT)?;
        let definition: Definition =
            serde_json::from_slice(bytes).map_err(|error| FormatError::malformed("definition", error))?;
        Ok(definition.definition)
    }
}

/// The version is read alone first: what else a document of another version holds is not known.
fn check_format(bytes: &[u8], document: &'static str, known: u32) -> Result<(), FormatError> {
    #[derive(Deserialize)]
    struct Versioned {
        format: u32,
    }
    let Versioned { format: found } =
        serde_json::from_slice(bytes).map_err(|error| FormatError::malformed(document, error))?;
    match found.cmp(&known) {
        std::cmp::Ordering::Equal => Ok(()),
        std::cmp::Ordering::Greater => Err(FormatError::NewerForm { found, known }),
        std::cmp::Ordering::Less => Err(FormatError::OlderForm { found, known }),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests stop at the first surprise")]
    use super::*;
    use proptest::prelude::*;

    fn entry(name: &str, dependencies: &[(&str, usize)]) -> ModuleEntry {
        ModuleEntry {
            name: name.into(),
            language: Language::Component,
            sdk: "go".into(),
            definition: Digest::of(name.as_bytes()),
            code: vec![Code {
                role: CodeRole::Component,
                layer: Digest::of(b"code"),
            }],
            dependencies: dependencies
                .iter()
                .map(|(name, module)| DependencyEntry {
                    name: (*name).into(),
                    module: *module,
                })
                .collect(),
            requires: Requirements::default(),
            uses: None,
        }
    }

    fn parse(modules: Vec<ModuleEntry>) -> Result<Description, String> {
        let bytes = serde_json::to_vec(&Description::new(modules)).unwrap();
        Description::parse(&bytes, &Limits::default()).map_err(|error| error.to_string())
    }

    #[test]
    fn documents_come_back() {
        let modules = vec![
            entry("a", &[("x", 1), ("y", 2)]),
            entry("b", &[("z", 2)]),
            entry("c", &[]),
        ];
        assert_eq!(parse(modules.clone()).unwrap().modules, modules);
    }

    #[test]
    fn nonsense_is_refused() {
        insta::assert_snapshot!(parse(vec![]).unwrap_err(), @"the artifact's description cannot be used: it names no module");
        insta::assert_snapshot!(parse(vec![entry("a", &[("b", 0)])]).unwrap_err(), @"the artifact's description cannot be used: dependency `b` of module `a` leads nowhere");
        insta::assert_snapshot!(parse(vec![entry("a", &[("b", 7)])]).unwrap_err(), @"the artifact's description cannot be used: dependency `b` of module `a` leads nowhere");
        insta::assert_snapshot!(parse(vec![entry("a", &[("b", 1), ("b", 1)]), entry("b", &[])]).unwrap_err(), @"the artifact's description cannot be used: module `a` has two dependencies `b`");
        insta::assert_snapshot!(parse(vec![entry("../a", &[])]).unwrap_err(), @r#"the artifact's description cannot be used: "../a" is no name of a module"#);
        let mut python = entry("a", &[]);
        python.language = Language::Python;
        insta::assert_snapshot!(parse(vec![python]).unwrap_err(), @"the artifact's description cannot be used: the code of module `a` is not what its language has");
        let newer = Description::parse(br#"{"format": 2, "whatever": []}"#, &Limits::default()).unwrap_err();
        insta::assert_snapshot!(newer, @"the artifact is of form 2; this version of dockwright reads form 1");
        assert!(Definition::parse(br#"{"format": 0}"#).is_err());
    }

    #[test]
    fn everything_that_decides_behaviour_is_in_an_identity() {
        let base = Description::new(vec![entry("a", &[("x", 1)]), entry("b", &[])]);
        let first = |description: &Description| *description.identities().first().unwrap();
        let mut seen = BTreeSet::from([first(&base)]);
        let changes: [fn(&mut Vec<ModuleEntry>); 5] = [
            |modules| modules.first_mut().unwrap().name = "c".into(),
            |modules| modules.last_mut().unwrap().name = "c".into(),
            |modules| modules.first_mut().unwrap().dependencies.first_mut().unwrap().name = "y".into(),
            |modules| modules.last_mut().unwrap().code.first_mut().unwrap().layer = Digest::of(b"other"),
            |modules| modules.last_mut().unwrap().definition = Digest::of(b"other"),
        ];
        for change in changes {
            let mut changed = base.clone();
            change(&mut changed.modules);
            assert!(seen.insert(first(&changed)), "{changed:?}");
        }
    }

    proptest! {
        #[test]
        fn no_document_is_a_surprise(bytes in proptest::collection::vec(any::<u8>(), 0..64)) {
            let _result = Description::parse(&bytes, &Limits::default());
            let _result = Definition::parse(&bytes);
        }
    }
}
