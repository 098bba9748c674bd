//! Writes the archive: sorted, without times and owners, so that the same content gives the same bytes.

use std::collections::BTreeMap;
use std::io::Write;

use camino::{Utf8Path, Utf8PathBuf};

/// As small as zstd makes it; packing is rare, unpacking is not slower for it.
const LEVEL: i32 = 19;

/// Archives of packages repeat each other's type descriptions, far apart.
const WINDOW_LOG: u32 = 27;

/// Writes a `.tar.zst` of the files by their path in it; gives its digest (blake3, hex).
pub(super) fn write(files: &BTreeMap<String, Utf8PathBuf>, output: &Utf8Path) -> anyhow::Result<String> {
    let mut encoder = zstd::Encoder::new(Vec::new(), LEVEL)?;
    encoder.window_log(WINDOW_LOG)?;
    encoder.long_distance_matching(true)?;
    let mut tar = tar::Builder::new(encoder);
    for (path, file) in files {
        let content = fs_err::read(file)?;
        let mut header = tar::Header::new_gnu();
        header.set_size(content.len() as u64);
        header.set_mode(0o644);
        header.set_mtime(0);
        tar.append_data(&mut header, path, content.as_slice())?;
    }
    let bytes = tar.into_inner()?.finish()?;
    replace(output, &bytes)?;
    Ok(blake3::hash(&bytes).to_hex().to_string())
}

/// Writes a file beside its place and renames it there.
pub(super) fn replace(path: &Utf8Path, content: &[u8]) -> std::io::Result<()> {
    let writing = Utf8PathBuf::from(format!("{path}.writing"));
    let mut file = fs_err::File::create(&writing)?;
    file.write_all(content)?;
    fs_err::rename(&writing, path)
}
