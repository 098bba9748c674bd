//! Python projects: what `pyproject.toml` asks for, and those packages installed where the sandbox can read them.
//!
//! Packages are installed by uv or pip, for the runtime's Python, and native code is taken out again: packages with an optional speed-up in C then
//! use their Python fallback, others fail at import, where the runtime says which package it was (from `NATIVE_PACKAGES`).

use crate::error::ModuleError;
use crate::staging::place;
use serde::Deserialize;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// Version of Python that the runtime is.
pub(crate) const PYTHON_VERSION: &str = "3.14";

/// Packages that the runtime brings itself.
const BUILT_IN: &[&str] = &["dagger-io", "anyio", "typing-extensions", "dockwright-sdk"];

/// File among installed packages that lists, as JSON, those whose native code was taken out.
pub(crate) const NATIVE_PACKAGES: &str = "dockwright-native.json";

/// What the project file says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PythonProject {
    /// Packages to install, as requirement specifiers, without those that the runtime brings.
    pub requirements: Vec<String>,
}

#[derive(Default, Deserialize)]
struct ProjectFile {
    #[serde(default)]
    project: ProjectTable,
}

#[derive(Default, Deserialize)]
struct ProjectTable {
    #[serde(default)]
    dependencies: Vec<String>,
}

impl PythonProject {
    /// Reads `pyproject.toml` in the source directory; a module without one needs nothing.
    pub fn read(source: &Path) -> Result<PythonProject, ModuleError> {
        let path = source.join("pyproject.toml");
        if !path.exists() {
            return Ok(PythonProject::default());
        }
        let text = fs_err::read_to_string(&path)?;
        let file: ProjectFile = toml::from_str(&text).map_err(|error| ModuleError::Invalid {
            path,
            message: error.to_string().trim_end().to_owned(),
        })?;
        let mut requirements: Vec<String> = file
            .project
            .dependencies
            .into_iter()
            .filter(|requirement| !BUILT_IN.contains(&package_name(requirement).as_str()))
            .collect();
        requirements.sort();
        Ok(PythonProject { requirements })
    }
}

/// The normalised name that a requirement begins with: `Foo_bar[x]>=1` is `foo-bar`.
fn package_name(requirement: &str) -> String {
    let end = requirement
        .find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '-' | '_' | '.'))
        .unwrap_or(requirement.len());
    requirement
        .get(..end)
        .unwrap_or(requirement)
        .to_lowercase()
        .replace(['_', '.'], "-")
}

/// The directory with the project's packages, when they are installed already.
pub fn vendored(project: &PythonProject, cache: &Path) -> Option<PathBuf> {
    Some(packages_directory(project, cache)).filter(|target| target.is_dir())
}

fn packages_directory(project: &PythonProject, cache: &Path) -> PathBuf {
    let text = format!("{PYTHON_VERSION}\n{}", project.requirements.join("\n"));
    cache.join(blake3::hash(text.as_bytes()).to_hex().as_str())
}

/// The directory with the project's packages, installed when they are not there yet; none when it needs none.
///
/// # Errors
/// There is no installer, it failed, or the directory cannot be written.
pub fn vendor(module: &str, project: &PythonProject, cache: &Path) -> Result<Option<PathBuf>, ModuleError> {
    if project.requirements.is_empty() {
        return Ok(None);
    }
    let target = packages_directory(project, cache);
    if target.is_dir() {
        return Ok(Some(target));
    }
    fs_err::create_dir_all(cache)?;
    let staging = tempfile::Builder::new().prefix("installing-").tempdir_in(cache)?;
    install(module, &project.requirements, staging.path())?;
    let native = strip_native(staging.path())?;
    fs_err::write(
        staging.path().join(NATIVE_PACKAGES),
        serde_json::to_vec(&native).map_err(std::io::Error::from)?,
    )?;
    place(staging, &target)?;
    Ok(Some(target))
}

fn install(module: &str, requirements: &[String], target: &Path) -> Result<(), ModuleError> {
    let failed = |message: String| ModuleError::Packages {
        module: module.to_owned(),
        message,
    };
    let mut uv = Command::new("uv");
    uv.args([
        "pip",
        "install",
        "--quiet",
        "--only-binary=:all:",
        "--python-version",
        PYTHON_VERSION,
        "--target",
    ])
    .arg(target)
    .arg("--")
    .args(requirements);
    let mut pip = Command::new("python3");
    pip.args([
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--no-compile",
        "--only-binary=:all:",
        "--implementation",
        "cp",
    ]);
    pip.args(["--python-version", PYTHON_VERSION, "--target"])
        .arg(target)
        .arg("--")
        .args(requirements);
    for mut installer in [uv, pip] {
        match installer.output() {
            Ok(output) if output.status.success() => return Ok(()),
            Ok(output) if !missing_pip(&output) => return Err(failed(explain(&output))),
            Ok(_) => {}
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            Err(error) => return Err(failed(error.to_string())),
        }
    }
    Err(failed(format!(
        "neither `uv` nor `python3 -m pip` is there to install {}; install uv, or remove the dependencies from pyproject.toml",
        requirements.join(", ")
    )))
}

fn missing_pip(output: &Output) -> bool {
    String::from_utf8_lossy(&output.stderr).contains("No module named pip")
}

fn explain(output: &Output) -> String {
    let text = String::from_utf8_lossy(&output.stderr).trim().to_owned();
    format!("{text}\nOnly wheels for Python {PYTHON_VERSION} can be used inside a module")
}

/// Removes compiled extensions below the directory; gives the top-level packages that had some.
fn strip_native(root: &Path) -> Result<Vec<String>, ModuleError> {
    let mut found = std::collections::BTreeSet::new();
    let mut pending = vec![root.to_owned()];
    while let Some(directory) = pending.pop() {
        for entry in fs_err::read_dir(&directory)? {
            let path = entry?.path();
            if path.is_dir() && !path.is_symlink() {
                pending.push(path);
            } else if path
                .extension()
                .is_some_and(|extension| extension == "so" || extension == "pyd")
            {
                let relative = path.strip_prefix(root).unwrap_or(&path);
                let top = relative
                    .components()
                    .next()
                    .map(|part| part.as_os_str().to_string_lossy().into_owned())
                    .unwrap_or_default();
                found.insert(top.split('.').next().unwrap_or(&top).to_owned());
                fs_err::remove_file(&path)?;
            }
        }
    }
    Ok(found.into_iter().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_runtime_brings_is_not_installed() {
        let directory = tempfile::tempdir().unwrap();
        let text = "[project]\nname = \"ci\"\ndependencies = [\"dagger-io\", \"PyYAML>=6\", \"typing_extensions ; python_version < '4'\", \"attrs\"]\n";
        std::fs::write(directory.path().join("pyproject.toml"), text).unwrap();
        assert_eq!(
            PythonProject::read(directory.path()).unwrap().requirements,
            ["PyYAML>=6", "attrs"]
        );
        std::fs::write(directory.path().join("pyproject.toml"), "[project\n").unwrap();
        assert!(
            PythonProject::read(directory.path())
                .unwrap_err()
                .to_string()
                .contains("line 1")
        );
    }

    #[test]
    fn native_code_is_taken_out_and_named() {
        let directory = tempfile::tempdir().unwrap();
        for path in [
            "yaml/_yaml.cpython-314-x86_64-linux-gnu.so",
            "yaml/__init__.py",
            "_cffi.abi3.so",
        ] {
            let path = directory.path().join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, "").unwrap();
        }
        assert_eq!(strip_native(directory.path()).unwrap(), ["_cffi", "yaml"]);
        assert!(directory.path().join("yaml/__init__.py").exists() && !directory.path().join("_cffi.abi3.so").exists());
    }
}
