//! New modules: what `dockwright init` writes. The files of each language are in a file of its own.

mod go;
mod python;
mod rust;
mod typescript;

use crate::editor_sdk::write_editor_sdk;
use crate::error::ModuleError;
use crate::manifest::{ENGINE_VERSION, FILE_NAME, Manifest, Sdk};
use crate::sdk_language::SdkLanguage;
use serde_json::Map;
use std::path::{Path, PathBuf};

/// What a new module shall be.
#[derive(Clone, Debug)]
pub struct InitOptions {
    /// Where its manifest goes; made when missing.
    pub directory: PathBuf,
    /// Its name; none takes the directory's.
    pub name: Option<String>,
    /// What it is written with.
    pub sdk: String,
    /// Where its source goes, relative to the manifest.
    pub source: String,
}

/// A module that was just made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scaffolded {
    /// Its name.
    pub name: String,
    /// Files that were written, relative to the directory.
    pub files: Vec<PathBuf>,
}

/// Writes a manifest of a module that has no code of its own.
pub(crate) fn init_without_code(directory: &Path, name: Option<&str>) -> Result<Scaffolded, ModuleError> {
    let path = directory.join(FILE_NAME);
    if path.exists() {
        return Err(ModuleError::Exists {
            message: format!("there is a module already: {}", path.display()),
        });
    }
    let name = match name {
        Some(name) => name.to_owned(),
        None => default_name(directory)?,
    };
    let manifest = Manifest {
        name: name.clone(),
        engine_version: Some(ENGINE_VERSION.to_owned()),
        sdk: None,
        blueprint: None,
        toolchains: Vec::new(),
        dependencies: Vec::new(),
        source: None,
        include: Vec::new(),
        other: Map::new(),
    };
    let text = manifest.to_text().map_err(std::io::Error::from)?;
    Manifest::parse(&path, &text)?;
    fs_err::create_dir_all(directory)?;
    fs_err::write(&path, text)?;
    Ok(Scaffolded {
        name,
        files: vec![PathBuf::from(FILE_NAME)],
    })
}

/// Writes a new module. Nothing that exists is overwritten.
pub fn init(options: &InitOptions) -> Result<Scaffolded, ModuleError> {
    let Some(language) = SdkLanguage::of(&options.sdk) else {
        let module = options.name.clone().unwrap_or_default();
        return Err(ModuleError::UnknownSdk {
            module,
            sdk: options.sdk.clone(),
        });
    };
    let manifest_path = options.directory.join(FILE_NAME);
    if manifest_path.exists() {
        return Err(ModuleError::Exists {
            message: format!("there is a module already: {}", manifest_path.display()),
        });
    }
    let name = match &options.name {
        Some(name) => name.clone(),
        None => default_name(&options.directory)?,
    };
    let manifest = Manifest {
        name: name.clone(),
        engine_version: Some(ENGINE_VERSION.to_owned()),
        sdk: Some(Sdk {
            source: options.sdk.clone(),
            other: Map::new(),
        }),
        blueprint: None,
        toolchains: Vec::new(),
        dependencies: Vec::new(),
        source: Some(options.source.clone()),
        include: Vec::new(),
        other: Map::new(),
    };
    let text = manifest.to_text().map_err(std::io::Error::from)?;
    // The same rules as for a manifest that is read.
    Manifest::parse(&manifest_path, &text)?;
    let source = Path::new(&options.source);
    let templates = match language {
        SdkLanguage::Python => python::files(&name),
        SdkLanguage::TypeScript => typescript::files(&name),
        SdkLanguage::Go => go::files(&name),
        SdkLanguage::Rust => rust::files(&name),
        SdkLanguage::Component | SdkLanguage::Nothing => {
            return Err(ModuleError::Invalid {
                path: options.directory.clone(),
                message: "a component is not written but built: put `dagger.json` with \"sdk\": \"component\" beside its `.wasm` file".to_owned(),
            });
        }
    };
    let mut files = vec![(PathBuf::from(FILE_NAME), text)];
    files.extend(
        templates
            .into_iter()
            .map(|(path, content)| (source.join(path), content)),
    );
    if let Some((existing, _)) = files.iter().find(|(path, _)| options.directory.join(path).exists()) {
        let message = format!(
            "{} exists already; choose another place with `--source`",
            options.directory.join(existing).display()
        );
        return Err(ModuleError::Exists { message });
    }
    for (path, content) in &files {
        let path = options.directory.join(path);
        if let Some(parent) = path.parent() {
            fs_err::create_dir_all(parent)?;
        }
        fs_err::write(path, content)?;
    }
    write_editor_sdk(&options.directory.join(source), language, None)?;
    Ok(Scaffolded {
        name,
        files: files.into_iter().map(|(path, _)| path).collect(),
    })
}

fn default_name(directory: &Path) -> Result<String, ModuleError> {
    let full = std::path::absolute(directory)?;
    match full.file_name().and_then(|name| name.to_str()) {
        Some(name) => Ok(name.to_owned()),
        None => Err(ModuleError::Invalid {
            path: full,
            message: "a module here needs a name: pass `--name`".to_owned(),
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn options(directory: &Path) -> InitOptions {
        InitOptions {
            directory: directory.to_owned(),
            name: Some("my-ci".into()),
            sdk: "python".into(),
            source: "dagger".into(),
        }
    }

    #[test]
    fn a_new_module_can_be_resolved() {
        let directory = tempfile::tempdir().unwrap();
        let made = init(&options(directory.path())).unwrap();
        assert_eq!(made.files.len(), 4);
        assert_eq!(crate::resolve(".", directory.path()).unwrap().manifest.name, "my-ci");
        assert!(
            std::fs::read_to_string(directory.path().join("dagger/src/main.py"))
                .unwrap()
                .contains("class MyCi:")
        );
    }

    #[test]
    fn typescript_modules_have_what_editors_need() {
        let directory = tempfile::tempdir().unwrap();
        let options = InitOptions {
            sdk: "typescript".into(),
            ..options(directory.path())
        };
        init(&options).unwrap();
        let locked = crate::resolve(".", directory.path()).unwrap();
        assert_eq!(locked.language.sdk(), SdkLanguage::TypeScript);
        let read = |path: &str| std::fs::read_to_string(directory.path().join("dagger").join(path)).unwrap();
        assert!(read("src/index.ts").contains("export class MyCi {"));
        assert!(read("tsconfig.json").contains("./sdk/index.ts") && read("sdk/index.ts").len() > 100);
    }

    #[test]
    fn nothing_is_overwritten() {
        let directory = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(directory.path().join("dagger/src")).unwrap();
        std::fs::write(directory.path().join("dagger/src/main.py"), "mine").unwrap();
        assert!(
            init(&options(directory.path()))
                .unwrap_err()
                .to_string()
                .contains("dagger/src/main.py exists already")
        );
        assert!(!directory.path().join("dagger.json").exists());
        std::fs::remove_dir_all(directory.path().join("dagger")).unwrap();
        init(&options(directory.path())).unwrap();
        assert!(
            init(&options(directory.path()))
                .unwrap_err()
                .to_string()
                .starts_with("there is a module already")
        );
    }

    #[test]
    fn a_name_must_be_one() {
        let directory = tempfile::tempdir().unwrap();
        let wrong = InitOptions {
            name: Some("a/b".into()),
            ..options(directory.path())
        };
        assert!(init(&wrong).unwrap_err().to_string().contains("it should be letters"));
    }
}
