//! What the process is told: which modules, and where everything is. It goes by in the process's arguments, so nothing secret is in it.

use camino::Utf8PathBuf;
use dockwright_runtime::{Language, Limits, ModuleSource, RuntimeOptions};
use serde::{Deserialize, Serialize};
use std::time::SystemTime;

/// Modules to keep.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Errand {
    pub(super) cache: Utf8PathBuf,
    pub(super) install: Utf8PathBuf,
    /// Before the modules' source was read.
    pub(super) since: SystemTime,
    pub(super) modules: Vec<Module>,
}

/// A module in Python.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Module {
    name: String,
    digest: String,
    pub(super) root: Utf8PathBuf,
    dependencies: Option<Utf8PathBuf>,
    generated: Option<Utf8PathBuf>,
}

impl Errand {
    /// For a runtime that keeps modules.
    pub(super) fn options(&self) -> RuntimeOptions {
        RuntimeOptions {
            cache_dir: self.cache.clone(),
            install_dir: Some(self.install.clone()),
            limits: Limits::default(),
            snapshots: true,
        }
    }
}

impl Module {
    /// None for what is not Python: it is never kept.
    pub(super) fn of(source: ModuleSource) -> Option<Module> {
        let Language::Python {
            root,
            dependencies,
            generated,
        } = source.language
        else {
            return None;
        };
        Some(Module {
            name: source.name,
            digest: source.digest,
            root,
            dependencies,
            generated,
        })
    }

    /// As the runtime takes it.
    pub(super) fn source(&self) -> ModuleSource {
        ModuleSource {
            name: self.name.clone(),
            digest: self.digest.clone(),
            language: Language::Python {
                root: self.root.clone(),
                dependencies: self.dependencies.clone(),
                generated: self.generated.clone(),
            },
        }
    }
}
