//! Links a module: package main and everything that it reaches, as one core module.

use super::compile::Compiler;
use super::go_mod::GoMod;
use super::graph::Package;
use super::objects::file;
use crate::error::GoError;
use crate::toolchain::told;
use std::collections::HashMap;
use std::path::{Path, PathBuf};

/// Links, and gives the file. `keys` are those of the compiled packages by import path.
pub(crate) fn link(
    compiler: &Compiler<'_>,
    packages: &[Package],
    keys: &HashMap<String, String>,
    go_mod: &GoMod,
) -> Result<PathBuf, GoError> {
    let mut config = String::new();
    for path in compiler.manifest.standard.iter().chain(&compiler.manifest.client) {
        config.push_str(&compiler.packed(path));
    }
    for package in packages.iter().filter(|package| package.listing.name != "main") {
        let key = keys.get(&package.at.path).map(String::as_str).unwrap_or_default();
        config.push_str(&format!("packagefile {}=/objects/{}\n", package.at.path, file(key)));
    }
    fs_err::write(compiler.work.join("link.importcfg"), config)?;
    let main = keys
        .get(&go_mod.module)
        .ok_or_else(|| GoError::Compile("the module's files do not belong to package main".to_owned()))?;
    let mut arguments: Vec<String> = ["-o", "/out/module.wasm", "-importcfg", "/out/link.importcfg"]
        .into_iter()
        .chain(["-w", "-buildmode=c-shared"])
        .map(str::to_owned)
        .collect();
    let settings = debug_settings(compiler, go_mod);
    if !settings.is_empty() {
        arguments.push(format!("-X=runtime.godebugDefault={settings}"));
    }
    arguments.push(format!("/objects/{}", file(main)));
    let ended = compiler
        .programs
        .run(compiler.command("go-link", arguments))
        .map_err(GoError::Pack)?;
    if ended.status == 0 {
        Ok(compiler.work.join("module.wasm"))
    } else {
        Err(GoError::Compile(told(&ended.output, Path::new("/src"))))
    }
}

/// Runtime settings of the program: those of the language version in `go.mod`, then those that `go.mod` names.
fn debug_settings(compiler: &Compiler<'_>, go_mod: &GoMod) -> String {
    let chosen = go_mod
        .debug
        .iter()
        .find(|(key, _)| key == "default")
        .map(|(_, version)| GoMod {
            go: Some(version.trim_start_matches("go").to_owned()),
            ..GoMod::default()
        });
    let minor = chosen.as_ref().unwrap_or(go_mod).minor().max(20);
    let mut settings: Vec<String> = compiler
        .manifest
        .debug_defaults
        .get(&minor)
        .filter(|defaults| !defaults.is_empty())
        .cloned()
        .into_iter()
        .collect();
    let own = go_mod.debug.iter().filter(|(key, _)| key != "default");
    settings.extend(own.map(|(key, value)| format!("{key}={value}")));
    settings.join(",")
}
