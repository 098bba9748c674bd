//! What editors read of the Python SDK: the package, installable under the name that modules depend on.

use rust_embed::RustEmbed;
use std::borrow::Cow;

/// The Python package that modules import.
#[derive(RustEmbed)]
#[folder = "../../sdk-python/src"]
#[exclude = "*.pyc"]
struct PythonSdk;

/// Named as Dagger's package, so that the dependency that modules declare is met by this folder.
const PYPROJECT: &str = r#"[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"

[project]
name = "dagger-io"
version = "0.21.8"
description = "The SDK of dockwright modules, for editors"
requires-python = ">=3.10"
dependencies = ["anyio>=4.9", "typing_extensions>=4.13"]

[tool.hatch.build.targets.wheel]
packages = ["src/dagger"]
"#;

/// Files relative to `sdk/`.
pub(super) fn files() -> impl Iterator<Item = (String, Cow<'static, [u8]>)> {
    let package = PythonSdk::iter().filter_map(|name| Some((format!("src/{name}"), PythonSdk::get(&name)?.data)));
    std::iter::once(("pyproject.toml".to_owned(), PYPROJECT.as_bytes().into())).chain(package)
}
