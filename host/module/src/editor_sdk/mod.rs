//! The `sdk/` folder beside a module's source, for Go `internal/dagger/`: what editors and type checkers read. Modules never run it; the
//! runtime, or the build, has its own copy.

mod go;
mod python;
mod typescript;

pub use go::write_go_sdk;
pub(crate) use typescript::TSCONFIG;

use crate::error::ModuleError;
use crate::sdk_language::SdkLanguage;
use std::borrow::Cow;
use std::path::Path;

/// Writes the folder, over what an older version wrote. Files that are as they should be are left alone. A TypeScript module without a
/// `tsconfig.json`, which leads editors to the folder, gets one. What a Go module needs follows from its source: see
/// [`write_go_sdk`]. `bindings` are those of the modules that it depends on: for Python the client with them in it, for TypeScript a file of
/// their own.
///
/// # Errors
/// The folder cannot be written.
pub fn write_editor_sdk(source: &Path, language: SdkLanguage, bindings: Option<&str>) -> Result<(), ModuleError> {
    let root = source.join("sdk");
    match language {
        SdkLanguage::Python => write(&root, python::files(bindings)),
        SdkLanguage::TypeScript => {
            let config = source.join("tsconfig.json");
            if !config.exists() {
                fs_err::write(config, TSCONFIG)?;
            }
            remove_unless(&root.join(typescript::BINDINGS), bindings.is_some())?;
            write(&root, typescript::files(bindings))
        }
        SdkLanguage::Go | SdkLanguage::Rust | SdkLanguage::Component | SdkLanguage::Nothing => Ok(()),
    }
}

fn write(root: &Path, files: impl Iterator<Item = (String, Cow<'static, [u8]>)>) -> Result<(), ModuleError> {
    for (name, content) in files {
        write_if_changed(&root.join(name), &content)?;
    }
    Ok(())
}

fn remove_unless(path: &Path, stays: bool) -> Result<(), ModuleError> {
    if !stays && path.exists() {
        fs_err::remove_file(path)?;
    }
    Ok(())
}

fn write_if_changed(path: &Path, content: &[u8]) -> Result<(), ModuleError> {
    if std::fs::read(path).is_ok_and(|present| present == content) {
        return Ok(());
    }
    if let Some(parent) = path.parent() {
        fs_err::create_dir_all(parent)?;
    }
    Ok(fs_err::write(path, content)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bindings_are_part_of_it() {
        let directory = tempfile::tempdir().unwrap();
        let read = |name: &str| std::fs::read_to_string(directory.path().join("sdk").join(name)).unwrap();
        write_editor_sdk(directory.path(), SdkLanguage::Python, Some("all of it")).unwrap();
        assert_eq!(read("src/dagger/client/gen.py"), "all of it");
        write_editor_sdk(directory.path(), SdkLanguage::TypeScript, Some("of lint")).unwrap();
        assert_eq!(read(typescript::BINDINGS), "of lint");
        assert!(read("index.ts").ends_with("export * from \"./dependencies.gen.js\";\n"));
    }

    #[test]
    fn the_folder_holds_the_whole_sdk() {
        for (language, files) in [
            (
                SdkLanguage::Python,
                ["pyproject.toml", "src/dagger/__init__.py", "src/dagger/client/gen.py"],
            ),
            (SdkLanguage::TypeScript, ["index.ts", "globals.d.ts", "client.gen.ts"]),
        ] {
            let directory = tempfile::tempdir().unwrap();
            write_editor_sdk(directory.path(), language, Some("bindings")).unwrap();
            write_editor_sdk(directory.path(), language, None).unwrap();
            write_editor_sdk(directory.path(), language, None).unwrap();
            assert!(!directory.path().join("sdk").join(typescript::BINDINGS).exists());
            for file in files {
                let path = directory.path().join("sdk").join(file);
                assert!(path.metadata().unwrap().len() > 100, "{file}");
            }
        }
    }
}
