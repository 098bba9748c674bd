//! The modules that one calls, those that these call, and so on: each read once, circles and equal names refused.

use super::git::{FilesOf, Found, Git, GitError};
use super::place::Place;
use super::{Refresh, TrustedRegistry, local, oci};
use crate::component;
use crate::digest;
use crate::error::ModuleError;
use crate::find::is_same_name;
use crate::git_reference::{GitRef, Transport, without_password};
use crate::included::Included;
use crate::locked::{Language, LockedDependency, LockedModule};
use crate::lockfile::{DigestEntry, GitEntry, Lockfile};
use crate::manifest::{Dependency, Manifest};
use crate::npm::NpmProject;
use crate::python::PythonProject;
use crate::reference::ModuleRef;
use crate::sdk_language::SdkLanguage;
use dockwright_registry::SCHEME;
use std::collections::{BTreeSet, HashMap};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

/// What was read so far.
pub(super) struct Graph<'r> {
    git: &'r Git,
    registry: Option<&'r TrustedRegistry>,
    locked: &'r Lockfile,
    refresh: &'r Refresh,
    modules: HashMap<PathBuf, Arc<LockedModule>>,
    /// Modules of registries, by reference and pin.
    artifacts: HashMap<(String, Option<String>), Arc<LockedModule>>,
    /// The way from the first module to the one that is being read: roots and names.
    chain: Vec<(PathBuf, String)>,
    /// Whether toolchains are read, whose pins stay unless they are asked for.
    keeps_pins: bool,
    entries: BTreeSet<GitEntry>,
    digests: BTreeSet<DigestEntry>,
}

impl<'r> Graph<'r> {
    pub(super) fn new(
        git: &'r Git,
        registry: Option<&'r TrustedRegistry>,
        locked: &'r Lockfile,
        refresh: &'r Refresh,
    ) -> Graph<'r> {
        Graph {
            git,
            registry,
            locked,
            refresh,
            modules: HashMap::new(),
            artifacts: HashMap::new(),
            chain: Vec::new(),
            keeps_pins: false,
            entries: BTreeSet::new(),
            digests: BTreeSet::new(),
        }
    }

    /// What the lock should say of the references that were followed.
    pub(super) fn into_entries(self) -> (Vec<GitEntry>, Vec<DigestEntry>) {
        (self.entries.into_iter().collect(), self.digests.into_iter().collect())
    }

    /// The module at the place, with its dependencies; with another manifest than the one that is there, when one is given.
    pub(super) fn load(&mut self, place: Place, manifest: Option<Manifest>) -> Result<Arc<LockedModule>, ModuleError> {
        if let Some(known) = self.modules.get(&place.root) {
            return Ok(known.clone());
        }
        if let Some(start) = self.chain.iter().position(|(root, _)| *root == place.root) {
            return Err(self.cycle(start));
        }
        let manifest = match manifest {
            Some(manifest) => manifest,
            None => Manifest::read(&place.manifest)?,
        };
        self.chain.push((place.root.clone(), manifest.name.clone()));
        let is_asked_for = self.chain.len() == 1;
        let dependencies = self.all(&place, &manifest.dependencies, "dependencies")?;
        self.keeps_pins |= is_asked_for;
        let toolchains = match is_asked_for {
            true => self.all(&place, &manifest.toolchains, "toolchains")?,
            false => Vec::new(),
        };
        let blueprint = manifest.blueprint.as_ref();
        let blueprint = blueprint.map(|blueprint| self.one(&place, blueprint)).transpose()?;
        self.chain.pop();
        let root = place.root.clone();
        let needed = Needed {
            dependencies,
            toolchains,
            blueprint,
        };
        let module = Arc::new(read(place, manifest, needed)?);
        self.modules.insert(root, module.clone());
        Ok(module)
    }

    fn cycle(&self, start: usize) -> ModuleError {
        let names = self.chain.iter().skip(start).chain(self.chain.get(start));
        let names: Vec<&str> = names.map(|(_, name)| name.as_str()).collect();
        ModuleError::Cycle {
            chain: names.join(" → "),
        }
    }

    /// The module that a manifest names.
    fn one(&mut self, place: &Place, dependency: &Dependency) -> Result<Arc<LockedModule>, ModuleError> {
        if dependency.source.starts_with(SCHEME) {
            require_company(place, dependency)?;
            return self.artifact(dependency);
        }
        let at = self.locate(place, dependency)?;
        self.load(at, None)
    }

    /// Those that a manifest names in one of its lists, which is called `what`.
    fn all(
        &mut self,
        place: &Place,
        dependencies: &[Dependency],
        what: &str,
    ) -> Result<Vec<LockedDependency>, ModuleError> {
        let mut found: Vec<LockedDependency> = Vec::new();
        for dependency in dependencies {
            let module = self.one(place, dependency)?;
            let name = dependency.name.clone().unwrap_or_else(|| module.manifest.name.clone());
            if let Some(other) = found.iter().find(|other| is_same_name(&other.name, &name)) {
                return Err(ModuleError::Invalid {
                    path: place.manifest.clone(),
                    message: format!(
                        "two {what} are called `{}`: {} and {}; give one of them another `name`",
                        other.name,
                        other.module.root.display(),
                        module.root.display()
                    ),
                });
            }
            found.push(LockedDependency { name, module });
        }
        Ok(found)
    }

    /// Where a dependency of the module at `place` is.
    pub(super) fn locate(&mut self, place: &Place, dependency: &Dependency) -> Result<Place, ModuleError> {
        let wrong = |message: String| ModuleError::Dependency {
            manifest: place.manifest.clone(),
            reference: without_password(&dependency.source),
            message,
        };
        let pin = dependency.pin.as_deref();
        let reference = ModuleRef::parse_dependency(&dependency.source, pin, &place.root)
            .map_err(|error| wrong(error.to_string()))?;
        match reference {
            ModuleRef::Local(path) => local::of_dependency(&path, place).map_err(wrong),
            ModuleRef::Git(reference) => {
                require_company(place, dependency)?;
                let is_remote = |found: &Arc<Found>| !found.url.starts_with("file://");
                if reference.transport == Transport::File && place.repository.as_ref().is_some_and(is_remote) {
                    return Err(wrong("a module from git cannot name files of this machine".to_owned()));
                }
                let found = self.fetch(&reference, pin, self.is_refreshed(dependency))?;
                Place::below(Arc::new(found.clone()), Path::new(&found.subpath)).map_err(wrong)
            }
            ModuleRef::Oci(_) => Err(wrong("a module in a registry has no place on this disk".to_owned())),
        }
    }

    /// The module in a registry that the dependency names.
    fn artifact(&mut self, dependency: &Dependency) -> Result<Arc<LockedModule>, ModuleError> {
        let source = &dependency.source;
        let is_refreshed = self.is_refreshed(dependency);
        let locked = self.locked.oci(source).map(|entry| entry.digest.as_str());
        let pin = dependency.pin.as_deref().or(locked).filter(|_| !is_refreshed);
        let key = (source.clone(), pin.map(str::to_owned));
        if let Some(known) = self.artifacts.get(&key) {
            return Ok(known.clone());
        }
        let (module, digest) = oci::find(self.registry, source, pin, is_refreshed)?;
        self.digests.extend(digest.map(|digest| DigestEntry {
            source: source.clone(),
            digest: digest.to_string(),
        }));
        let module = Arc::new(module);
        self.artifacts.insert(key, module.clone());
        Ok(module)
    }

    /// Whether the dependency's version is to be looked for anew. Pins in manifests that are not the user's to edit stay.
    fn is_refreshed(&self, dependency: &Dependency) -> bool {
        let is_own = self.chain.len() == 1;
        match self.refresh {
            Refresh::Nothing => false,
            Refresh::All => is_own && !self.keeps_pins || dependency.pin.is_none(),
            Refresh::Sources(sources) => is_own && sources.contains(&dependency.source),
        }
    }

    fn fetch(&mut self, reference: &GitRef, pin: Option<&str>, is_refreshed: bool) -> Result<Found, ModuleError> {
        let source = reference.to_string();
        let pin = pin.filter(|_| !is_refreshed);
        let locked = match pin {
            Some(pin) => self.locked.git_at(&source, pin),
            None => self.locked.git(&source),
        };
        let locked = locked.filter(|_| !is_refreshed);
        let found = self.git.find(reference, pin, locked)?;
        let known = self.locked.git_at(&source, &found.commit).filter(|_| !is_refreshed);
        if let Some(known) = known.filter(|known| known.digest != found.digest) {
            return Err(ModuleError::from(GitError::Digest {
                reference: source,
                commit: found.commit,
                found: found.digest,
                locked: known.digest.clone(),
            }));
        }
        self.entries.insert(GitEntry {
            source,
            url: found.url.clone(),
            commit: found.commit.clone(),
            digest: found.digest.clone(),
            pinned: pin.is_some(),
        });
        Ok(found)
    }
}

/// Refuses what a module of a directory that stands alone names outside of it: fetching it takes the user's credentials.
fn require_company(place: &Place, dependency: &Dependency) -> Result<(), ModuleError> {
    let is_alone = |found: &Arc<Found>| found.of == (FilesOf::Session { is_alone: true });
    if !place.repository.as_ref().is_some_and(is_alone) {
        return Ok(());
    }
    Err(ModuleError::Dependency {
        manifest: place.manifest.clone(),
        reference: without_password(&dependency.source),
        message: "a module that another module loads can depend only on modules in its own directory".to_owned(),
    })
}

/// The modules that one needs.
struct Needed {
    dependencies: Vec<LockedDependency>,
    toolchains: Vec<LockedDependency>,
    blueprint: Option<Arc<LockedModule>>,
}

/// A module without code of its own: it is what it names.
fn without_code(place: Place, manifest: Manifest, needed: Needed) -> LockedModule {
    let mut hasher = blake3::Hasher::new();
    let named = needed.dependencies.iter().chain(&needed.toolchains);
    let named = named.flat_map(|named| [named.name.as_str(), named.module.digest.as_str()]);
    let blueprint = needed.blueprint.as_ref().map_or("", |module| module.digest.as_str());
    for text in ["without code", &manifest.name, blueprint].into_iter().chain(named) {
        hasher
            .update(&(text.len() as u64).to_le_bytes())
            .update(text.as_bytes());
    }
    LockedModule {
        origin: place.origin(),
        context: place.context,
        source: place.root.clone(),
        root: place.root,
        digest: hasher.finalize().to_hex().to_string(),
        language: Language::Nothing,
        dependencies: needed.dependencies,
        blueprint: needed.blueprint,
        toolchains: needed.toolchains,
        manifest,
    }
}

/// Reads what decides the module's behaviour.
fn read(place: Place, manifest: Manifest, needed: Needed) -> Result<LockedModule, ModuleError> {
    let invalid = |message: String| ModuleError::Invalid {
        path: place.manifest.clone(),
        message,
    };
    let sdk = match (&manifest.sdk, &manifest.blueprint) {
        (None, _) => return Ok(without_code(place, manifest, needed)),
        (Some(sdk), None) => sdk,
        (Some(_), Some(_)) => {
            return Err(invalid(
                "it has `sdk` and `blueprint`: a module has code of its own, or the functions of another one"
                    .to_owned(),
            ));
        }
    };
    let source_name = manifest.source.as_deref().unwrap_or(".");
    if Path::new(source_name).is_absolute()
        || Path::new(source_name)
            .components()
            .any(|part| part == Component::ParentDir)
    {
        return Err(invalid(format!(
            "`source` is {source_name:?}; it must be a path below the manifest"
        )));
    }
    let source = place.root.join(source_name);
    if !source.is_dir() {
        return Err(invalid(format!(
            "`source` is {source_name:?}, but there is no directory {}",
            source.display()
        )));
    }
    let language = match SdkLanguage::of(&sdk.source) {
        Some(SdkLanguage::Python) => Language::Python(PythonProject::read(&source)?),
        Some(SdkLanguage::TypeScript) => Language::TypeScript(NpmProject::read(&source)?),
        Some(SdkLanguage::Go) => Language::Go,
        Some(SdkLanguage::Rust) => Language::Rust,
        Some(SdkLanguage::Component) => Language::Component(component::find(&source)?),
        None | Some(SdkLanguage::Nothing) => {
            return Err(ModuleError::UnknownSdk {
                module: manifest.name,
                sdk: sdk.source.clone(),
            });
        }
    };
    let named = needed
        .dependencies
        .iter()
        .flat_map(|dependency| [dependency.name.as_str(), dependency.module.digest.as_str()]);
    let itself = manifest.calls_itself().then_some("calls itself");
    let extra: Vec<&str> = std::iter::once(manifest.name.as_str())
        .chain(itself)
        .chain(named)
        .collect();
    let included = Included::read(&manifest, &place.manifest, &source, &place.context)?;
    let digest = digest::of_source(&source, language.sdk(), &included, &extra)?;
    let origin = place.origin();
    Ok(LockedModule {
        context: place.context,
        root: place.root,
        source,
        digest,
        language,
        origin,
        dependencies: needed.dependencies,
        blueprint: None,
        toolchains: needed.toolchains,
        manifest,
    })
}

#[cfg(test)]
mod tests {
    use crate::resolve::resolve;
    use crate::{LockedModule, ModuleError};
    use std::path::Path;

    fn module(directory: &Path, name: &str, dependencies: &str) {
        std::fs::create_dir_all(directory.join("dagger/src")).unwrap();
        std::fs::write(directory.join("dagger/src/main.py"), "").unwrap();
        let manifest =
            format!(r#"{{"name": "{name}", "sdk": "python", "source": "dagger", "dependencies": [{dependencies}]}}"#);
        std::fs::write(directory.join("dagger.json"), manifest).unwrap();
    }

    fn told(root: &Path, result: Result<LockedModule, ModuleError>) -> String {
        let prefix = root.canonicalize().unwrap().to_string_lossy().into_owned();
        result.unwrap_err().to_string().replace(&prefix, "…")
    }

    fn manifest_alone(manifest: &str) -> String {
        let directory = tempfile::tempdir().unwrap();
        module(directory.path(), "ci", "");
        std::fs::write(directory.path().join("dagger.json"), manifest).unwrap();
        told(directory.path(), resolve(".", directory.path()))
    }

    #[test]
    fn a_module_is_found_from_below() {
        let directory = tempfile::tempdir().unwrap();
        module(directory.path(), "ci", "");
        let locked = resolve(".", &directory.path().join("dagger/src")).unwrap();
        assert_eq!(locked.manifest.name, "ci");
        assert!(locked.source.ends_with("dagger"));
        assert_eq!(locked.digest.len(), 64);
    }

    #[test]
    fn what_cannot_be_used_is_said() {
        insta::assert_snapshot!(manifest_alone(r#"{"name": "ci", "sdk": "python", "source": "../x"}"#), @r#"…/dagger.json: `source` is "../x"; it must be a path below the manifest"#);
        insta::assert_snapshot!(manifest_alone(r#"{"name": "ci", "sdk": "python", "source": "nope"}"#), @r#"…/dagger.json: `source` is "nope", but there is no directory …/nope"#);
        insta::assert_snapshot!(manifest_alone(r#"{"name": "ci", "sdk": "cobol"}"#), @"module `ci` is written for the SDK `cobol`, which this version of dockwright does not run");
        insta::assert_snapshot!(manifest_alone(r#"{"name": "ci", "sdk": "python", "source": "dagger", "blueprint": {"source": "./dagger"}}"#), @"…/dagger.json: dependency `./dagger`: there is no dagger.json in …/dagger");
    }

    #[test]
    fn each_module_is_read_once() {
        let root = tempfile::tempdir().unwrap();
        module(root.path(), "ci", r#""./a", {"name": "other", "source": "b"}"#);
        module(&root.path().join("a"), "a", r#""../shared""#);
        module(
            &root.path().join("b"),
            "b",
            r#"{"name": "common", "source": "../shared/"}"#,
        );
        module(&root.path().join("shared"), "shared", "");
        let locked = resolve(".", root.path()).unwrap();
        let names: Vec<&str> = locked
            .dependencies
            .iter()
            .map(|dependency| dependency.name.as_str())
            .collect();
        assert_eq!(names, ["a", "other"]);
        let below = |index: usize| &locked.dependencies[index].module.dependencies[0];
        assert_eq!((below(0).name.as_str(), below(1).name.as_str()), ("shared", "common"));
        assert!(std::sync::Arc::ptr_eq(&below(0).module, &below(1).module));
    }

    #[test]
    fn the_digest_covers_what_is_called() {
        let root = tempfile::tempdir().unwrap();
        let digest = || resolve(".", root.path()).unwrap().digest;
        module(root.path(), "ci", r#""./a""#);
        module(&root.path().join("a"), "a", r#""./b""#);
        module(&root.path().join("a/b"), "b", "");
        let first = digest();
        assert_eq!(digest(), first);
        std::fs::write(root.path().join("a/b/dagger/src/main.py"), "x = 1").unwrap();
        let second = digest();
        assert_ne!(second, first);
        module(root.path(), "ci", r#"{"name": "z", "source": "./a"}"#);
        assert_ne!(digest(), second);
    }

    #[test]
    fn circles_and_equal_names_are_refused() {
        let root = tempfile::tempdir().unwrap();
        module(root.path(), "ci", r#""./a""#);
        module(&root.path().join("a"), "a", r#""./b""#);
        module(&root.path().join("a/b"), "b", r#""..""#);
        insta::assert_snapshot!(told(root.path(), resolve(".", root.path())), @"modules depend on each other in a circle: a → b → a");
        module(&root.path().join("a/b"), "b", "");
        module(
            root.path(),
            "ci",
            r#"{"name": "my-lib", "source": "./a"}, {"name": "myLib", "source": "./a/b"}"#,
        );
        insta::assert_snapshot!(told(root.path(), resolve(".", root.path())), @"…/dagger.json: two dependencies are called `my-lib`: …/a and …/a/b; give one of them another `name`");
    }

    #[test]
    fn a_dependency_that_is_not_there_names_the_manifest() {
        let root = tempfile::tempdir().unwrap();
        module(root.path(), "ci", r#""./nope""#);
        insta::assert_snapshot!(told(root.path(), resolve(".", root.path())), @"…/dagger.json: dependency `./nope`: there is no directory …/nope");
        module(root.path(), "ci", r#""./dagger""#);
        insta::assert_snapshot!(told(root.path(), resolve(".", root.path())), @"…/dagger.json: dependency `./dagger`: there is no dagger.json in …/dagger");
    }
}
