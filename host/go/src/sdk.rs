//! The Go client that modules import, as it lies in a module's `internal/dagger/`.

use rust_embed::RustEmbed;
use std::borrow::Cow;

/// The client's sources.
#[derive(RustEmbed)]
#[folder = "../../sdk-go/dagger"]
#[include = "*.go"]
#[exclude = "*_test.go"]
struct Client;

/// How the client's packages import each other; stands before the rest of a path.
const IMPORT: &str = "\"dockwright.dev/go/dagger";

/// A file of `internal/dagger/`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SdkFile {
    /// Path in that folder.
    pub path: String,
    /// Go source.
    pub text: String,
}

/// The client for a module that imports it as `import_path` (`dagger/ci/internal/dagger`).
pub fn sdk_files(import_path: &str) -> impl Iterator<Item = SdkFile> {
    files().map(move |(path, text)| SdkFile {
        path,
        text: client_source(&text, import_path),
    })
}

/// A source of the client's packages, or one generated for them, for a module that imports the client as `import_path`.
pub fn client_source(text: &str, import_path: &str) -> String {
    text.replace(IMPORT, &format!("\"{import_path}"))
}

fn files() -> impl Iterator<Item = (String, String)> {
    Client::iter().filter_map(|path: Cow<'static, str>| {
        let text = String::from_utf8_lossy(&Client::get(&path)?.data).into_owned();
        Some((path.into_owned(), text))
    })
}

/// Changes with the client.
pub(crate) fn digest(hasher: &mut blake3::Hasher) {
    for (path, text) in files() {
        for part in [path, text] {
            hasher
                .update(&(part.len() as u64).to_le_bytes())
                .update(part.as_bytes());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn imports_are_those_of_the_module() {
        let files: Vec<SdkFile> = sdk_files("dagger/ci/internal/dagger").collect();
        assert!(files.iter().any(|file| file.path == "dagger.gen.go"));
        assert!(
            files
                .iter()
                .any(|file| file.text.contains("\"dagger/ci/internal/dagger/querybuilder\""))
        );
        for file in files {
            assert!(!file.text.contains(IMPORT), "{}", file.path);
            assert!(!file.path.ends_with("_test.go"));
        }
    }
}
