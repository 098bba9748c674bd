//! A module with everything that decides what it does known: its files, their digest, its language.

use crate::digest;
use crate::error::ModuleError;
use crate::find::{context_root, find_manifest};
use crate::manifest::Manifest;
use crate::npm::NpmProject;
use crate::python::PythonProject;
use crate::reference::ModuleRef;
use crate::sdk_language::SdkLanguage;
use std::path::{Component, Path, PathBuf};

/// A module that is ready to be loaded.
#[derive(Clone, Debug)]
pub struct LockedModule {
    /// Its manifest.
    pub manifest: Manifest,
    /// Directory of the manifest.
    pub root: PathBuf,
    /// Directory of the source.
    pub source: PathBuf,
    /// Root of the git repository that it is in, else `root`.
    pub context: PathBuf,
    /// Digest of the source and of what else decides its behaviour, as hex.
    pub digest: String,
    /// What it is written in.
    pub language: Language,
}

/// What a module is written in, with what the language's project file says.
#[derive(Clone, Debug, PartialEq)]
pub enum Language {
    /// Python.
    Python(PythonProject),
    /// TypeScript and JavaScript.
    TypeScript(NpmProject),
    /// Go; its `go.mod` is for Go to read.
    Go,
}

impl Language {
    /// The SDK of modules in this language.
    pub fn sdk(&self) -> SdkLanguage {
        match self {
            Language::Python(_) => SdkLanguage::Python,
            Language::TypeScript(_) => SdkLanguage::TypeScript,
            Language::Go => SdkLanguage::Go,
        }
    }
}

/// Finds the module and reads what decides its behaviour. Relative references start at `workdir`.
pub fn resolve(reference: &str, workdir: &Path) -> Result<LockedModule, ModuleError> {
    let path = match ModuleRef::parse(reference) {
        ModuleRef::Local(path) => workdir.join(path),
        ModuleRef::Git(_) | ModuleRef::Oci(_) => {
            let message = "modules from git and from registries are not supported by this version of dockwright; clone it and name its directory".to_owned();
            return Err(ModuleError::Reference {
                reference: reference.to_owned(),
                message,
            });
        }
    };
    if !path.is_dir() {
        return Err(ModuleError::Reference {
            reference: reference.to_owned(),
            message: format!("there is no directory {}", path.display()),
        });
    }
    let manifest_path = find_manifest(&path)?;
    let manifest = Manifest::read(&manifest_path)?;
    let root = manifest_path.parent().unwrap_or(&path).to_owned();
    let invalid = |message: String| ModuleError::Invalid {
        path: manifest_path.clone(),
        message,
    };
    if let Some(dependency) = manifest.dependencies.first() {
        return Err(invalid(format!(
            "the module depends on `{}`; modules that depend on others are not supported by this version of dockwright",
            dependency.source
        )));
    }
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
    let source = root.join(source_name);
    if !source.is_dir() {
        return Err(invalid(format!(
            "`source` is {source_name:?}, but there is no directory {}",
            source.display()
        )));
    }
    let sdk = manifest
        .sdk
        .as_ref()
        .ok_or_else(|| invalid("`sdk` is missing: the module has no code to run".to_owned()))?;
    let language = match SdkLanguage::of(&sdk.source) {
        Some(SdkLanguage::Python) => Language::Python(PythonProject::read(&source)?),
        Some(SdkLanguage::TypeScript) => Language::TypeScript(NpmProject::read(&source)?),
        Some(SdkLanguage::Go) => Language::Go,
        None => {
            return Err(ModuleError::UnknownSdk {
                module: manifest.name,
                sdk: sdk.source.clone(),
            });
        }
    };
    let digest = digest::of_directory(&source, language.sdk(), &[&manifest.name])?;
    Ok(LockedModule {
        context: context_root(&root),
        root,
        source,
        digest,
        language,
        manifest,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn module(manifest: &str) -> tempfile::TempDir {
        let directory = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(directory.path().join("dagger/src")).unwrap();
        std::fs::write(directory.path().join("dagger/src/main.py"), "").unwrap();
        std::fs::write(directory.path().join("dagger.json"), manifest).unwrap();
        directory
    }

    fn message(manifest: &str) -> String {
        let directory = module(manifest);
        let prefix = directory.path().canonicalize().unwrap().to_string_lossy().into_owned();
        resolve(".", directory.path())
            .unwrap_err()
            .to_string()
            .replace(&prefix, "…")
    }

    #[test]
    fn a_module_is_found_from_below() {
        let directory = module(r#"{"name": "ci", "sdk": "python", "source": "dagger"}"#);
        let locked = resolve(".", &directory.path().join("dagger/src")).unwrap();
        assert_eq!(locked.manifest.name, "ci");
        assert!(locked.source.ends_with("dagger"));
        assert_eq!(locked.digest.len(), 64);
    }

    #[test]
    fn what_cannot_be_used_is_said() {
        insta::assert_snapshot!(message(r#"{"name": "ci", "sdk": "python", "source": "../x"}"#), @r#"…/dagger.json: `source` is "../x"; it must be a path below the manifest"#);
        insta::assert_snapshot!(message(r#"{"name": "ci", "sdk": "python", "source": "nope"}"#), @r#"…/dagger.json: `source` is "nope", but there is no directory …/nope"#);
        insta::assert_snapshot!(message(r#"{"name": "ci", "sdk": "cobol"}"#), @"module `ci` is written for the SDK `cobol`, which this version of dockwright does not run");
        insta::assert_snapshot!(message(r#"{"name": "ci"}"#), @"…/dagger.json: `sdk` is missing: the module has no code to run");
        let missing = resolve("github.com/acme/ci", Path::new(".")).unwrap_err().to_string();
        assert!(
            missing.starts_with("module `github.com/acme/ci`: modules from git"),
            "{missing}"
        );
    }
}
