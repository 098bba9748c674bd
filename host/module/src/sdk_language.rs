//! The SDKs that dockwright has, by the names that manifests give them.

use std::path::Path;

/// An SDK that comes with dockwright.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SdkLanguage {
    /// Python.
    Python,
    /// TypeScript and JavaScript.
    TypeScript,
    /// Go.
    Go,
    /// Rust, without an SDK: directly on the WIT world.
    Rust,
    /// No source: a component, made by whatever tools.
    Component,
    /// None: the module has no code of its own.
    Nothing,
}

impl SdkLanguage {
    /// What `sdk` in a manifest names, whatever version it asks for (`python@v0.21.8`); none for other SDKs.
    pub fn of(sdk: &str) -> Option<SdkLanguage> {
        match sdk.split('@').next().unwrap_or_default() {
            "python" => Some(SdkLanguage::Python),
            "typescript" => Some(SdkLanguage::TypeScript),
            "go" => Some(SdkLanguage::Go),
            "rust" => Some(SdkLanguage::Rust),
            "component" => Some(SdkLanguage::Component),
            _ => None,
        }
    }

    /// The name that manifests use.
    pub fn name(self) -> &'static str {
        match self {
            SdkLanguage::Python => "python",
            SdkLanguage::TypeScript => "typescript",
            SdkLanguage::Go => "go",
            SdkLanguage::Rust => "rust",
            SdkLanguage::Component => "component",
            SdkLanguage::Nothing => "none",
        }
    }

    /// Whether a path in a module's source is one that we write for editors, which a call does not read.
    pub(crate) fn is_generated(self, relative: &Path) -> bool {
        match self {
            SdkLanguage::Python | SdkLanguage::TypeScript => relative == Path::new("sdk"),
            SdkLanguage::Go => dockwright_go::is_generated(relative),
            SdkLanguage::Rust => relative == Path::new("target"),
            SdkLanguage::Component | SdkLanguage::Nothing => false,
        }
    }
}
