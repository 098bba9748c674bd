//! A repository with modules, a cache, and a module of the user's, all in one folder that is gone with the test.

use dockwright_module::{LockedModule, ModuleError, Resolver};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, Mutex};

pub(crate) struct Fixture {
    directory: tempfile::TempDir,
    /// Labels of what was fetched.
    pub(crate) fetched: Arc<Mutex<Vec<String>>>,
}

impl Fixture {
    /// A repository `remote.git` with a module `root` at its root and `lint` in a folder, committed on `main`; a module `ci` in `own`.
    pub(crate) fn new() -> Fixture {
        let fixture = Fixture {
            directory: tempfile::tempdir().unwrap(),
            fetched: Arc::default(),
        };
        std::fs::create_dir(fixture.remote()).unwrap();
        fixture.git(&["init", "--quiet", "--initial-branch=main", "."]);
        write_module(&fixture.remote(), "root", "");
        write_module(&fixture.remote().join("lint"), "lint", "");
        fixture.commit("first");
        write_module(&fixture.own(), "ci", "");
        fixture
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.directory.path().canonicalize().unwrap().join(name)
    }

    /// The repository's work tree.
    pub(crate) fn remote(&self) -> PathBuf {
        self.path("remote.git")
    }

    /// The user's module.
    pub(crate) fn own(&self) -> PathBuf {
        self.path("own")
    }

    pub(crate) fn cache(&self) -> PathBuf {
        self.path("cache")
    }

    /// A reference to what is at this path of the repository, with a version after `@`.
    pub(crate) fn reference(&self, rest: &str) -> String {
        format!("file://{}{rest}", self.remote().display())
    }

    /// Runs git in the repository.
    pub(crate) fn git(&self, arguments: &[&str]) -> String {
        let identity = [
            "-c",
            "user.name=t",
            "-c",
            "user.email=t@example.com",
            "-c",
            "commit.gpgsign=false",
        ];
        let output = Command::new("git")
            .args(identity)
            .args(arguments)
            .current_dir(self.remote())
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    }

    /// Commits everything; gives the commit.
    pub(crate) fn commit(&self, message: &str) -> String {
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--allow-empty", "-m", message]);
        self.git(&["rev-parse", "HEAD"])
    }

    pub(crate) fn resolver(&self) -> Resolver {
        let fetched = self.fetched.clone();
        let watch = move |label: &str| -> dockwright_module::PhaseEnd {
            fetched.lock().unwrap().push(label.to_owned());
            Box::new(|_| ())
        };
        Resolver::new(&self.cache(), Arc::new(watch), Arc::default())
    }

    pub(crate) fn resolve(&self, reference: &str) -> Result<LockedModule, ModuleError> {
        self.resolver().resolve(reference, &self.own())
    }

    /// The error, with the folder's name taken out.
    pub(crate) fn told<T>(&self, result: Result<T, ModuleError>) -> String {
        let Err(error) = result else {
            panic!("this should have failed");
        };
        error
            .to_string()
            .replace(&self.path("").to_string_lossy().into_owned(), "…/")
    }

    pub(crate) fn manifest(&self) -> serde_json::Value {
        serde_json::from_str(&std::fs::read_to_string(self.own().join("dagger.json")).unwrap()).unwrap()
    }

    pub(crate) fn lock(&self) -> serde_json::Value {
        let text = std::fs::read_to_string(self.own().join("dockwright.lock")).unwrap_or("null".to_owned());
        serde_json::from_str(&text).unwrap()
    }
}

/// A module with dependencies, as JSON without the brackets.
pub(crate) fn write_module(directory: &Path, name: &str, dependencies: &str) {
    std::fs::create_dir_all(directory.join("dagger/src")).unwrap();
    std::fs::write(directory.join("dagger/src/main.py"), "").unwrap();
    let manifest = format!(
        r#"{{"name": "{name}", "engineVersion": "v0.21.8", "sdk": "python", "dependencies": [{dependencies}], "source": "dagger"}}"#
    );
    std::fs::write(directory.join("dagger.json"), manifest).unwrap();
}
