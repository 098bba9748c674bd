//! npm packages of TypeScript modules: what `package.json` asks for, installed by the user's package manager.
//!
//! A module with a `node_modules` of its own is taken as it is. Else its packages are installed into the user's cache, without running
//! their scripts. The runtime takes what is plain JavaScript.

use crate::error::ModuleError;
use crate::staging::place;
use serde_json::{Map, Value};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Packages that the runtime brings itself, or that only editors need.
const NOT_NEEDED: &[&str] = &["@dagger.io/dagger", "typescript"];

/// A package manager, the lock file that it writes, and how it installs what a module needs to run.
struct Manager {
    program: &'static str,
    lock: &'static str,
    arguments: &'static [&'static str],
}

const MANAGERS: &[Manager] = &[
    Manager {
        program: "npm",
        lock: "package-lock.json",
        arguments: &[
            "install",
            "--ignore-scripts",
            "--no-audit",
            "--no-fund",
            "--loglevel=error",
        ],
    },
    Manager {
        program: "pnpm",
        lock: "pnpm-lock.yaml",
        arguments: &["install", "--ignore-scripts", "--silent"],
    },
    Manager {
        program: "yarn",
        lock: "yarn.lock",
        arguments: &["install", "--ignore-scripts", "--silent"],
    },
    Manager {
        program: "bun",
        lock: "bun.lock",
        arguments: &["install", "--ignore-scripts", "--silent"],
    },
];

/// What the project file says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NpmProject {
    /// Packages that the module's code needs: name to version range, sorted by name.
    pub dependencies: Vec<(String, String)>,
    /// Whether the source brings a `node_modules` folder.
    pub installed: bool,
}

impl NpmProject {
    /// Reads `package.json` in the source directory; a module without one needs nothing.
    ///
    /// # Errors
    /// The file cannot be read, or is no JSON object.
    pub fn read(source: &Path) -> Result<NpmProject, ModuleError> {
        let Some(file) = project_file(source)? else {
            return Ok(NpmProject::default());
        };
        let mut dependencies: Vec<(String, String)> = file
            .get("dependencies")
            .and_then(Value::as_object)
            .into_iter()
            .flatten()
            .filter(|(name, _)| is_needed(name))
            .map(|(name, range)| (name.clone(), range.as_str().unwrap_or_default().to_owned()))
            .collect();
        dependencies.sort();
        Ok(NpmProject {
            dependencies,
            installed: source.join("node_modules").is_dir(),
        })
    }

    /// Whether packages have to be installed before the module can be built.
    pub fn needs_packages(&self) -> bool {
        !self.installed && !self.dependencies.is_empty()
    }
}

/// The folder in the cache with the module's packages in its `node_modules`, when they are installed already.
///
/// # Errors
/// The project files cannot be read.
pub fn vendored_npm(source: &Path, cache: &Path) -> Result<Option<PathBuf>, ModuleError> {
    Ok(Some(packages_directory(source, cache)?).filter(|target| target.is_dir()))
}

/// Installs the module's packages into the cache; gives the folder that holds their `node_modules`.
///
/// # Errors
/// There is no package manager, it failed, or the directory cannot be written.
pub fn vendor_npm(module: &str, source: &Path, cache: &Path) -> Result<PathBuf, ModuleError> {
    let target = packages_directory(source, cache)?;
    if target.is_dir() {
        return Ok(target);
    }
    fs_err::create_dir_all(cache)?;
    let staging = tempfile::Builder::new().prefix("installing-").tempdir_in(cache)?;
    let mut file = project_file(source)?.unwrap_or_default();
    file.remove("devDependencies");
    if let Some(dependencies) = file.get_mut("dependencies").and_then(Value::as_object_mut) {
        dependencies.retain(|name, _| is_needed(name));
    }
    let text = serde_json::to_vec_pretty(&file).map_err(std::io::Error::from)?;
    fs_err::write(staging.path().join("package.json"), text)?;
    for manager in MANAGERS {
        let lock = source.join(manager.lock);
        if lock.is_file() {
            fs_err::copy(lock, staging.path().join(manager.lock))?;
        }
    }
    install_npm(module, staging.path())?;
    place(staging, &target)?;
    Ok(target)
}

/// Runs the package manager in a folder with a `package.json`: the one whose lock file is there, else the first on `PATH`.
///
/// # Errors
/// There is no package manager, or it failed.
pub fn install_npm(module: &str, folder: &Path) -> Result<(), ModuleError> {
    let failed = |message: String| ModuleError::NpmPackages {
        module: module.to_owned(),
        message,
    };
    let locked = MANAGERS.iter().filter(|manager| folder.join(manager.lock).is_file());
    for manager in locked.chain(MANAGERS) {
        let mut command = Command::new(manager.program);
        match command.args(manager.arguments).current_dir(folder).output() {
            Ok(output) if output.status.success() => return Ok(()),
            Ok(output) => {
                let said = String::from_utf8_lossy(&output.stderr);
                return Err(failed(format!("{} failed: {}", manager.program, said.trim())));
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            Err(error) => return Err(failed(format!("{}: {error}", manager.program))),
        }
    }
    Err(failed(
        "none of npm, pnpm, yarn and bun is there; install one, or put the packages into the module's node_modules"
            .to_owned(),
    ))
}

fn is_needed(package: &str) -> bool {
    !NOT_NEEDED.contains(&package) && !package.starts_with("@types/")
}

fn project_file(source: &Path) -> Result<Option<Map<String, Value>>, ModuleError> {
    let path = source.join("package.json");
    if !path.exists() {
        return Ok(None);
    }
    let text = fs_err::read_to_string(&path)?;
    serde_json::from_str(&text)
        .map(Some)
        .map_err(|error| ModuleError::Invalid {
            path,
            message: error.to_string(),
        })
}

/// Named by what decides the packages: the project file and the lock files.
fn packages_directory(source: &Path, cache: &Path) -> Result<PathBuf, ModuleError> {
    let mut hasher = blake3::Hasher::new();
    for name in std::iter::once("package.json").chain(MANAGERS.iter().map(|manager| manager.lock)) {
        let path = source.join(name);
        let content = if path.is_file() {
            fs_err::read(&path)?
        } else {
            Vec::new()
        };
        hasher.update(&(content.len() as u64).to_le_bytes()).update(&content);
    }
    Ok(cache.join(hasher.finalize().to_hex().as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_runtime_brings_is_not_installed() {
        let directory = tempfile::tempdir().unwrap();
        let source = directory.path();
        assert!(!NpmProject::read(source).unwrap().needs_packages());
        let text = r#"{"dependencies": {"typescript": "5", "@dagger.io/dagger": "./sdk", "nanoid": "5.1.6", "@types/node": "20", "ms": "^2"}}"#;
        std::fs::write(source.join("package.json"), text).unwrap();
        let project = NpmProject::read(source).unwrap();
        let names: Vec<&str> = project.dependencies.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["ms", "nanoid"]);
        assert!(project.needs_packages());
        std::fs::create_dir(source.join("node_modules")).unwrap();
        assert!(!NpmProject::read(source).unwrap().needs_packages());
        std::fs::write(source.join("package.json"), "[]").unwrap();
        assert!(
            NpmProject::read(source)
                .unwrap_err()
                .to_string()
                .contains("package.json")
        );
    }

    #[test]
    fn packages_are_found_by_project_and_lock() {
        let directory = tempfile::tempdir().unwrap();
        let place = || packages_directory(directory.path(), Path::new("cache")).unwrap();
        let first = place();
        std::fs::write(directory.path().join("package-lock.json"), "{}").unwrap();
        assert_ne!(place(), first);
    }
}
