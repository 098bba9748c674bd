//! The SDKs that dockwright has, by the names that manifests give them.

/// An SDK that comes with dockwright.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SdkLanguage {
    /// Python.
    Python,
    /// TypeScript and JavaScript.
    TypeScript,
}

impl SdkLanguage {
    /// What `sdk` in a manifest names, whatever version it asks for (`python@v0.21.8`); none for other SDKs.
    pub fn of(sdk: &str) -> Option<SdkLanguage> {
        match sdk.split('@').next().unwrap_or_default() {
            "python" => Some(SdkLanguage::Python),
            "typescript" => Some(SdkLanguage::TypeScript),
            _ => None,
        }
    }

    /// The name that manifests use.
    pub fn name(self) -> &'static str {
        match self {
            SdkLanguage::Python => "python",
            SdkLanguage::TypeScript => "typescript",
        }
    }
}
