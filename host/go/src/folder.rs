//! The folder that a module is built in: its source, the client, the generated code. The module's own folder stays as it is.

use crate::build::BuildOptions;
use crate::error::GoError;
use crate::sdk::sdk_files;
use std::path::Path;

/// Folders that hold nothing that Go compiles.
const LEFT_OUT: [&str; 2] = [".git", "node_modules"];

/// Whether the path in a module's source is one that is generated: the client, or `dagger.gen.go` beside package main.
pub fn is_generated(relative: &Path) -> bool {
    relative == Path::new("dagger.gen.go") || relative.starts_with("internal/dagger")
}

/// Fills the folder. The client is left out when the toolchain has it compiled.
pub(crate) fn assemble(
    options: &BuildOptions<'_>,
    client: &str,
    with_client: bool,
    into: &Path,
) -> Result<(), GoError> {
    copy(options.source, options.source, into)?;
    let module_file = into.join("go.mod");
    if !module_file.exists() {
        let path = client.strip_suffix("/internal/dagger").unwrap_or(options.module);
        fs_err::write(module_file, format!("module {path}\n\ngo 1.24\n"))?;
    }
    if with_client {
        for file in sdk_files(client) {
            write(&into.join("internal/dagger").join(&file.path), &file.text)?;
        }
    }
    let introspected = options.introspected.generated.iter();
    let generated = introspected.map(|(name, text)| (name.as_str(), text.as_str()));
    for (name, text) in generated.chain(
        options
            .generated
            .iter()
            .map(|(name, text)| (name.as_str(), text.as_str())),
    ) {
        write(&into.join(name), text)?;
    }
    Ok(())
}

fn copy(root: &Path, folder: &Path, into: &Path) -> Result<(), GoError> {
    for entry in fs_err::read_dir(folder)? {
        let path = entry?.path();
        let relative = path.strip_prefix(root).unwrap_or(&path);
        let name = path.file_name().unwrap_or_default();
        if is_generated(relative) || LEFT_OUT.iter().any(|left_out| name == *left_out) {
            continue;
        }
        if path.is_dir() && !path.is_symlink() {
            copy(root, &path, into)?;
        } else if path.is_file() {
            let target = into.join(relative);
            if let Some(parent) = target.parent() {
                fs_err::create_dir_all(parent)?;
            }
            fs_err::copy(&path, target)?;
        }
    }
    Ok(())
}

fn write(path: &Path, text: &str) -> Result<(), GoError> {
    if let Some(parent) = path.parent() {
        fs_err::create_dir_all(parent)?;
    }
    Ok(fs_err::write(path, text)?)
}
