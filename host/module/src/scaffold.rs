//! New modules: what `dockwright init` writes.

use crate::editor_sdk::write_editor_sdk;
use crate::error::ModuleError;
use crate::manifest::{ENGINE_VERSION, FILE_NAME, Manifest, Sdk};
use dockwright_schema::names::{kebab_case, pascal_case};
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

/// Writes a new module. Nothing that exists is overwritten.
pub fn init(options: &InitOptions) -> Result<Scaffolded, ModuleError> {
    if options.sdk != "python" {
        let module = options.name.clone().unwrap_or_default();
        return Err(ModuleError::UnknownSdk {
            module,
            sdk: options.sdk.clone(),
        });
    }
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
        dependencies: Vec::new(),
        source: Some(options.source.clone()),
        include: Vec::new(),
        other: Map::new(),
    };
    let text = manifest.to_text().map_err(std::io::Error::from)?;
    // The same rules as for a manifest that is read.
    Manifest::parse(&manifest_path, &text)?;
    let source = Path::new(&options.source);
    let files = [
        (PathBuf::from(FILE_NAME), text),
        (
            source.join("pyproject.toml"),
            PYPROJECT
                .replace("{name}", &kebab_case(&name))
                .replace("{class}", &pascal_case(&name)),
        ),
        (source.join("src/main.py"), MAIN.replace("{class}", &pascal_case(&name))),
        (source.join(".gitignore"), "/sdk\n".to_owned()),
    ];
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
    write_editor_sdk(&options.directory.join(source))?;
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

const PYPROJECT: &str = r#"[project]
name = "{name}"
version = "0.1.0"
requires-python = ">=3.13"
dependencies = ["dagger-io"]

[project.entry-points."dagger.mod"]
main_object = "main:{class}"

[tool.uv.sources]
dagger-io = { path = "sdk", editable = true }
"#;

const MAIN: &str = r#""""A module of functions: build, test and ship from code."""

from typing import Annotated

import dagger
from dagger import Doc, dag, function, object_type


@object_type
class {class}:
    """Functions of this project's pipeline."""

    @function
    def hello(self, name: Annotated[str, Doc("Whom to greet")] = "world") -> str:
        """Greet someone. Runs without any container."""
        return f"Hello, {name}!"

    @function
    def container_echo(self, text: str) -> dagger.Container:
        """A container that prints the text."""
        return dag.container().from_("alpine:latest").with_exec(["echo", text])

    @function
    async def grep_dir(self, source: dagger.Directory, pattern: str) -> str:
        """Lines of the directory's files that match the pattern."""
        return await (
            dag.container()
            .from_("alpine:latest")
            .with_mounted_directory("/mnt", source)
            .with_workdir("/mnt")
            .with_exec(["grep", "-R", pattern, "."])
            .stdout()
        )
"#;

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
