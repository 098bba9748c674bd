//! Packages with assembly for WebAssembly, which few have: declared before the package is compiled, assembled after it, and put
//! into its archive.

use super::compile::{Compiler, compiled_path};
use super::graph::Package;
use crate::error::GoError;
use std::io::Write;
use std::path::Path;

/// Writes `symabis` into the output folder: which functions the assembly defines.
pub(crate) fn declare(compiler: &Compiler<'_>, package: &Package, output: &Path, out: &str) -> Result<(), GoError> {
    // The assembler includes it here already, and the compiler writes the real one.
    fs_err::write(output.join("go_asm.h"), "")?;
    let mut arguments = common(package, out);
    arguments.extend(["-gensymabis".to_owned(), "-o".to_owned(), format!("{out}/symabis")]);
    arguments.extend(
        package
            .listing
            .assembly
            .iter()
            .map(|name| format!("{}/{name}", package.at.guest)),
    );
    compiler.run("go-asm", arguments, package)
}

/// Assembles the files and adds them to the package's archive.
pub(crate) fn assemble(
    compiler: &Compiler<'_>,
    package: &Package,
    output: &Path,
    out: &str,
    archive: &Path,
) -> Result<(), GoError> {
    for (index, name) in package.listing.assembly.iter().enumerate() {
        let object = format!("asm{index}.o");
        let mut arguments = common(package, out);
        arguments.extend([
            "-o".to_owned(),
            format!("{out}/{object}"),
            format!("{}/{name}", package.at.guest),
        ]);
        compiler.run("go-asm", arguments, package)?;
        append(archive, &object, &fs_err::read(output.join(&object))?)?;
    }
    Ok(())
}

fn common(package: &Package, out: &str) -> Vec<String> {
    let at = &package.at;
    [
        "-p",
        &compiled_path(package),
        "-trimpath",
        &format!("{}=>{}", at.guest, at.framed),
        "-I",
        out,
        "-I",
        "/pack/include",
        "-I",
        &at.guest,
        "-D",
        "GOOS_wasip1",
        "-D",
        "GOARCH_wasm",
    ]
    .map(str::to_owned)
    .into()
}

/// Headers in the folder, which assembly may include.
pub(crate) fn headers(folder: &Path) -> Result<Vec<(String, Vec<u8>)>, GoError> {
    let mut found = Vec::new();
    for entry in fs_err::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if name.ends_with(".h") && path.is_file() {
            found.push((name.to_owned(), fs_err::read(&path)?));
        }
    }
    found.sort();
    Ok(found)
}

/// Adds a member to an archive in the form of `ar`: a header of 60 letters, then the content, at even offsets.
fn append(archive: &Path, name: &str, content: &[u8]) -> Result<(), GoError> {
    let mut file = fs_err::OpenOptions::new().append(true).open(archive)?;
    let header = format!(
        "{name:<16}{:<12}{:<6}{:<6}{:<8}{:<10}`\n",
        0,
        0,
        0,
        "644",
        content.len()
    );
    file.write_all(header.as_bytes())?;
    file.write_all(content)?;
    if !content.len().is_multiple_of(2) {
        file.write_all(b"\0")?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests stop at the first surprise")]

    #[test]
    fn members_begin_at_even_offsets() {
        let file = tempfile::NamedTempFile::new().unwrap();
        fs_err::write(file.path(), "!<arch>\n").unwrap();
        super::append(file.path(), "a.o", b"odd").unwrap();
        super::append(file.path(), "b.o", b"even").unwrap();
        let bytes = fs_err::read(file.path()).unwrap();
        assert_eq!(bytes.len(), 8 + 60 + 4 + 60 + 4);
        assert_eq!(&bytes[8 + 60 + 4..8 + 60 + 7], b"b.o");
        assert_eq!(&bytes[8 + 58..8 + 60], b"`\n");
    }
}
