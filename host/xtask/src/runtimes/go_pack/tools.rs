//! Go's compiler, linker and assembler, compiled to WebAssembly.

use std::collections::BTreeMap;

use anyhow::Context;
use camino::{Utf8Path, Utf8PathBuf};

use super::super::command::run;
use super::{Go, archive, trim};
use crate::output::say;

const TOOLS: [&str; 3] = ["compile", "link", "asm"];

/// Builds `go-compile.wasm` and so on; gives their digests (blake3, hex) by these names without the ending.
pub(super) fn build(go: &Go, work: &Utf8Path, out_dir: &Utf8Path) -> anyhow::Result<BTreeMap<String, String>> {
    say("building Go's compiler, linker and assembler for WebAssembly (about a minute when they were never built)");
    let overlay = overlay(go, work)?;
    let mut digests = BTreeMap::new();
    for tool in TOOLS {
        let built = work.join(format!("{tool}.wasm"));
        let make = |extra: &[&str]| {
            run(go
                .command(&["build", "-trimpath", "-buildvcs=false", "-ldflags=-s -w"])
                .args(extra)
                .args(["-o", built.as_str(), &format!("./{tool}")])
                .current_dir(go.root.join("src/cmd")))
        };
        if let Err(error) = make(&["-overlay", overlay.as_str()]) {
            say(format_args!(
                "built {tool} with all processors, since without them it does not build: {error}"
            ));
            make(&[])?;
        }
        let program = dockwright_go::pack::program(&fs_err::read(&built)?)?;
        let name = format!("go-{tool}");
        let output = out_dir.join(format!("{name}.wasm"));
        archive::replace(&output, &program)?;
        let digest = blake3::hash(&program).to_hex().to_string();
        // The host knows an installed component by the digest that lies beside it.
        archive::replace(&Utf8PathBuf::from(format!("{output}.digest")), digest.as_bytes())?;
        say(format_args!("built {output} ({} KiB)", program.len() / 1024));
        digests.insert(name, digest);
    }
    Ok(digests)
}

/// Trimmed files, and the JSON that tells `go build` to use them.
fn overlay(go: &Go, work: &Utf8Path) -> anyhow::Result<Utf8PathBuf> {
    let folder = work.join("trimmed");
    fs_err::create_dir_all(&folder)?;
    let mut replaced = BTreeMap::new();
    for file in trim::FILES {
        let original = go.root.join("src/cmd").join(file);
        let text = fs_err::read_to_string(&original).context("this Go comes without the source of its tools")?;
        let trimmed = folder.join(file.replace('/', "_"));
        fs_err::write(&trimmed, trim::trim(&text))?;
        replaced.insert(original, trimmed);
    }
    let path = folder.join("overlay.json");
    fs_err::write(&path, serde_json::to_vec(&serde_json::json!({ "Replace": replaced }))?)?;
    Ok(path)
}
