//! The checked-in shims and relays are what their source builds to.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "tests stop at the first surprise and say why they are skipped"
)]
#![allow(
    unused_crate_dependencies,
    reason = "a test binary uses few of the crate's dependencies"
)]

use std::path::Path;
use std::process::Command;

#[test]
fn the_shims_are_built_from_this_source() {
    are_built("shim", "SHIM_TARGET_DIR", "all exec caches start anew");
}

#[test]
fn the_relays_are_built_from_this_source() {
    are_built("relay", "RELAY_TARGET_DIR", "no cache depends on it");
}

fn are_built(program: &str, target_variable: &str, consequence: &str) {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join(program);
    let target = |architecture: &str| format!("{architecture}-unknown-linux-gnu");
    let library = |architecture: &str| {
        let output = Command::new("rustc")
            .args(["--print", "target-libdir", "--target", &target(architecture)])
            .current_dir(&source)
            .output();
        output.is_ok_and(|output| Path::new(String::from_utf8_lossy(&output.stdout).trim()).is_dir())
    };
    for architecture in ["x86_64", "aarch64"] {
        if !library(architecture) {
            println!(
                "skipped: the toolchain has no core library for {architecture}; rustup target add {}",
                target(architecture)
            );
            return;
        }
    }
    let out = tempfile::tempdir().unwrap();
    let target_dir = tempfile::tempdir().unwrap();
    let built = Command::new("sh")
        .arg(source.join("build.sh"))
        .arg(out.path())
        .env(target_variable, target_dir.path())
        .output()
        .unwrap();
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    for architecture in ["x86_64", "aarch64"] {
        let name = format!("{program}-{architecture}");
        let (new, old) = (
            std::fs::read(out.path().join(&name)).unwrap(),
            std::fs::read(source.join("bin").join(&name)).unwrap(),
        );
        assert!(
            new == old,
            "bin/{name} is not what the source builds to; if the change is wanted, run {program}/build.sh ({consequence})"
        );
    }
}
