//! Compiles the guest's crate: Rust and the C of QuickJS, for `wasm32-unknown-unknown`.

use std::process::Command;

use anyhow::Context;
use camino::{Utf8Path, Utf8PathBuf};

use crate::output::say;
use crate::runtimes::command::{first_of, run};
use crate::workspace;

const TARGET: &str = "wasm32-unknown-unknown";
const COMPILERS: [&str; 6] = ["clang-19", "clang-20", "clang-21", "clang-18", "clang-17", "clang"];
const ARCHIVERS: [&str; 6] = [
    "llvm-ar-19",
    "llvm-ar-20",
    "llvm-ar-21",
    "llvm-ar-18",
    "llvm-ar-17",
    "llvm-ar",
];

/// The core module.
pub(super) fn build(crate_dir: &Utf8Path) -> anyhow::Result<Vec<u8>> {
    let missing = "QuickJS is C: install clang and llvm (on Debian `apt-get install clang-19 llvm-19`)";
    let compiler = first_of(&COMPILERS).with_context(|| format!("there is no clang. {missing}"))?;
    let archiver = first_of(&ARCHIVERS).with_context(|| format!("there is no llvm-ar. {missing}"))?;
    let target_dir = Utf8PathBuf::try_from(workspace::release_dir())?.join("../typescript-guest");
    say(format_args!(
        "building QuickJS with {compiler} (about a minute when it is new)"
    ));
    // Paths of this machine would end up in the messages of panics.
    let remap = |from: &str, to: &str| format!("'--remap-path-prefix={from}={to}'");
    let cargo_home =
        std::env::var("CARGO_HOME").or_else(|_| std::env::var("HOME").map(|home| format!("{home}/.cargo")));
    let mut flags = vec![remap(crate_dir.as_str(), "guest")];
    flags.extend(cargo_home.ok().map(|home| remap(&home, "cargo")));
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    run(Command::new(cargo)
        .args(["build", "--release", "--locked", "--quiet", "--target", TARGET])
        .args(["--target-dir", target_dir.as_str()])
        .args(["--config", &format!("target.{TARGET}.rustflags=[{}]", flags.join(","))])
        .current_dir(crate_dir)
        .env("CC_wasm32_unknown_unknown", compiler)
        .env("AR_wasm32_unknown_unknown", archiver)
        .env("CFLAGS_wasm32_unknown_unknown", "-O2")
        .env_remove("RUSTFLAGS")
        .env_remove("CARGO_ENCODED_RUSTFLAGS")
        .env_remove("CARGO_BUILD_TARGET_DIR")
        .env_remove("CARGO_TARGET_DIR"))?;
    let module = target_dir.join(TARGET).join("release/dockwright_typescript_guest.wasm");
    Ok(fs_err::read(module)?)
}
