//! The packages that the globals are made with: pinned by version and digest, fetched once by npm from the registry that it is set up for.

use std::collections::BTreeMap;
use std::process::Command;

use anyhow::{Context, bail};
use base64::Engine;
use camino::{Utf8Path, Utf8PathBuf};
use sha2::Digest;

use crate::output::say;
use crate::runtimes::command::run;

/// Names every package, in the guest's folder.
pub(super) const LOCK_FILE: &str = "packages.json";

/// One package of the lock file.
#[derive(Clone, Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Locked {
    version: String,
    /// `sha512-` and base64, as npm's own lock files have it.
    integrity: String,
    /// The file that the package's name means.
    entry: Utf8PathBuf,
}

/// A package on disk.
pub(super) struct Package {
    pub(super) dir: Utf8PathBuf,
    /// The file that the package's name means, below `dir`.
    pub(super) entry: Utf8PathBuf,
}

/// All packages of the lock file, by name.
pub(super) fn fetch(lock_file: &Utf8Path, work: &Utf8Path) -> anyhow::Result<BTreeMap<String, Package>> {
    let text = fs_err::read_to_string(lock_file)?;
    let locked: BTreeMap<String, Locked> =
        serde_json::from_str(&text).with_context(|| format!("cannot read {lock_file}"))?;
    let mut packages = BTreeMap::new();
    for (name, locked) in locked {
        let dir = unpacked(&name, &locked, work).with_context(|| format!("cannot get the package {name}"))?;
        let entry = locked.entry;
        packages.insert(name, Package { dir, entry });
    }
    Ok(packages)
}

/// The package's folder; it is there whole or not at all.
fn unpacked(name: &str, locked: &Locked, work: &Utf8Path) -> anyhow::Result<Utf8PathBuf> {
    let digest = blake3::hash(locked.integrity.as_bytes()).to_hex();
    let short: String = digest.chars().take(16).collect();
    let folder = work
        .join("packages")
        .join(format!("{}-{}-{short}", name.replace('/', "+"), locked.version));
    if folder.is_dir() {
        return Ok(folder);
    }
    let wanted = format!("{name}@{}", locked.version);
    say(format_args!("fetching {wanted}"));
    let partial = folder.with_file_name(format!(".{short}"));
    if partial.exists() {
        fs_err::remove_dir_all(&partial)?;
    }
    fs_err::create_dir_all(&partial)?;
    run(Command::new("npm")
        .args([
            "pack",
            "--silent",
            "--ignore-scripts",
            "--pack-destination",
            partial.as_str(),
        ])
        .arg(&wanted)
        .current_dir(&partial))
    .context("building the TypeScript runtime needs npm, to fetch packages")?;
    let archive = packed(&partial)?;
    check(&fs_err::read(&archive)?, &locked.integrity)?;
    run(Command::new("tar").args(["-xzf", archive.as_str(), "-C", partial.as_str(), "--strip-components=1"]))?;
    fs_err::remove_file(&archive)?;
    fs_err::rename(&partial, &folder)?;
    Ok(folder)
}

/// The archive that npm has put into the folder.
fn packed(folder: &Utf8Path) -> anyhow::Result<Utf8PathBuf> {
    for entry in folder.read_dir_utf8()? {
        let path = entry?.into_path();
        if path.extension() == Some("tgz") {
            return Ok(path);
        }
    }
    bail!("npm has written no archive into {folder}")
}

fn check(archive: &[u8], integrity: &str) -> anyhow::Result<()> {
    let expected = integrity
        .strip_prefix("sha512-")
        .with_context(|| format!("`{integrity}` is no sha512 integrity"))?;
    let found = base64::engine::general_purpose::STANDARD.encode(sha2::Sha512::digest(archive));
    if found != expected {
        bail!("the archive's digest is sha512-{found}, but sha512-{expected} is locked");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;

    #[test]
    fn an_archive_that_is_not_the_locked_one_is_refused() {
        let right = "sha512-z4PhNX7vuL3xVChQ1m2AB9Yg5AULVxXcg/SpIdNs6c5H0NE8XYXysP+DGNKHfuwvY7kxvUdBeoGlODJ6+SfaPg==";
        check(b"", right).unwrap();
        let error = check(b"x", right).unwrap_err().to_string();
        assert!(error.contains("is locked"), "{error}");
        assert!(check(b"", "sha1-abc").is_err());
    }
}
