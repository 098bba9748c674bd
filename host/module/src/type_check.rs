//! Type checking of a TypeScript module by the user's own compiler. Nothing on the way to a call needs it.
//!
//! The compiler of TypeScript 7 is a native program inside a package of its own; it is started directly, so that no Node is needed.

use crate::error::ModuleError;
use crate::locked::LockedModule;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The compiler that checks the module: of the module's own packages, else of a directory above it, else on `PATH`.
///
/// # Errors
/// There is none.
pub fn find_type_checker(module: &LockedModule) -> Result<PathBuf, ModuleError> {
    let above = module
        .source
        .ancestors()
        .map(|directory| directory.join("node_modules"));
    let on_path = std::env::var_os("PATH").unwrap_or_default();
    above
        .filter(|packages| packages.is_dir())
        .find_map(|packages| native(&packages).or_else(|| Some(packages.join(".bin/tsc")).filter(|path| path.exists())))
        .or_else(|| {
            let program = std::env::split_paths(&on_path)
                .map(|directory| directory.join("tsc"))
                .find(|path| path.is_file())?;
            Some(native_of(&program).unwrap_or(program))
        })
        .ok_or_else(|| ModuleError::TypeChecker {
            source_root: module.source.clone(),
        })
}

/// Checks the module with the compiler, by the module's `tsconfig.json`. The output is the compiler's.
///
/// # Errors
/// The compiler does not start.
pub fn check_types(compiler: &Path, module: &LockedModule) -> Result<Output, ModuleError> {
    Ok(Command::new(compiler)
        .args(["--noEmit", "--pretty", "false", "--project", "tsconfig.json"])
        .current_dir(&module.source)
        .output()?)
}

/// The native compiler among packages.
fn native(packages: &Path) -> Option<PathBuf> {
    let architecture = match std::env::consts::ARCH {
        "x86_64" => "x64",
        "aarch64" => "arm64",
        other => other,
    };
    let package = format!("@typescript/typescript-{}-{architecture}", std::env::consts::OS);
    Some(packages.join(package).join("lib/tsc")).filter(|path| path.is_file())
}

/// The native compiler beside the package that `tsc` on `PATH` is a link to: `…/node_modules/typescript/bin/tsc`.
fn native_of(program: &Path) -> Option<PathBuf> {
    let real = program.canonicalize().ok()?;
    real.ancestors()
        .filter(|directory| directory.ends_with("node_modules") || directory.ends_with("typescript"))
        .find_map(|directory| native(directory).or_else(|| native(&directory.join("node_modules"))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_native_compiler_is_preferred() {
        let directory = tempfile::tempdir().unwrap();
        let root = directory.path().canonicalize().unwrap();
        std::fs::create_dir_all(root.join("dagger/src")).unwrap();
        std::fs::write(
            root.join("dagger.json"),
            r#"{"name": "ci", "sdk": "typescript", "source": "dagger"}"#,
        )
        .unwrap();
        let module = crate::resolve(".", &root).unwrap();
        let bin = root.join("node_modules/.bin");
        std::fs::create_dir_all(&bin).unwrap();
        std::fs::write(bin.join("tsc"), "").unwrap();
        assert_eq!(find_type_checker(&module).unwrap(), bin.join("tsc"));
        let architecture = if cfg!(target_arch = "aarch64") { "arm64" } else { "x64" };
        let lib = root.join(format!("node_modules/@typescript/typescript-linux-{architecture}/lib"));
        std::fs::create_dir_all(&lib).unwrap();
        std::fs::write(lib.join("tsc"), "").unwrap();
        assert_eq!(find_type_checker(&module).unwrap(), lib.join("tsc"));
        assert_eq!(native_of(&bin.join("tsc")), Some(lib.join("tsc")));
    }
}
