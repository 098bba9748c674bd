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

/// The client: no class of it can be added to from another file.
const CLIENT: &str = "dagger/client/gen.py";

/// Files relative to `sdk/`. `client` takes the place of the one that knows no dependencies.
pub(super) fn files(client: Option<&str>) -> impl Iterator<Item = (String, Cow<'static, [u8]>)> {
    let package = PythonSdk::iter().filter_map(move |name| {
        let content = match client {
            Some(client) if name == CLIENT => client.as_bytes().to_vec().into(),
            _ => PythonSdk::get(&name)?.data,
        };
        Some((format!("src/{name}"), content))
    });
    std::iter::once(("pyproject.toml".to_owned(), PYPROJECT.as_bytes().into())).chain(package)
}
