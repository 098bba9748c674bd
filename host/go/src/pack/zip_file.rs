//! Module archives: a zip whose files all lie below `<path>@<version>/`. What is taken out of one is checked first: names,
//! sizes, and that it holds files only.

use super::go_mod::Version;
use super::go_sum::H1;
use std::collections::HashSet;
use std::io::{Cursor, Read};
use std::path::Path;
use zip::ZipArchive;

/// Bytes of all files of a module together, Go's own limit.
pub(crate) const LARGEST: u64 = 500 << 20;

/// Files of a module; far more than any has.
const MOST_FILES: usize = 200_000;

/// The `h1:` hash of the archive's files.
pub(crate) fn hash(bytes: &[u8], module: &Version) -> Result<String, String> {
    let mut h1 = H1::default();
    each_file(bytes, module, |name, content| {
        h1.add(name, content);
        Ok(())
    })?;
    Ok(h1.finish())
}

/// Writes the archive's files below the folder, without the first part of their names.
pub(crate) fn extract(bytes: &[u8], module: &Version, folder: &Path) -> Result<(), String> {
    let prefix = prefix(module);
    let told = |error: std::io::Error| error.to_string();
    each_file(bytes, module, |name, content| {
        let target = folder.join(name.strip_prefix(&prefix).unwrap_or(name));
        if let Some(parent) = target.parent() {
            fs_err::create_dir_all(parent).map_err(told)?;
        }
        fs_err::write(target, content).map_err(told)
    })
}

fn prefix(module: &Version) -> String {
    format!("{}@{}/", module.path, module.version)
}

fn each_file(
    bytes: &[u8],
    module: &Version,
    mut take: impl FnMut(&str, &[u8]) -> Result<(), String>,
) -> Result<(), String> {
    let named = |why: String| format!("the archive of {}@{}: {why}", module.path, module.version);
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| named(error.to_string()))?;
    if archive.len() > MOST_FILES {
        return Err(named(format!("it holds more than {MOST_FILES} files")));
    }
    let prefix = prefix(module);
    let mut left = LARGEST;
    let mut seen = HashSet::new();
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).map_err(|error| named(error.to_string()))?;
        let name = file.name().map_err(|error| named(error.to_string()))?.into_owned();
        if name.ends_with('/') {
            continue;
        }
        if file.is_symlink() {
            return Err(named(format!("{name:?} is no regular file")));
        }
        let relative = name.strip_prefix(&prefix).filter(|relative| is_safe(relative));
        let Some(relative) = relative else {
            return Err(named(format!("{name:?} does not lie below {prefix:?}")));
        };
        if !seen.insert(relative.to_lowercase()) {
            return Err(named(format!("it holds {name:?} twice, but for the case of letters")));
        }
        // What the header says of the size is not believed.
        let mut content = Vec::new();
        (&mut file)
            .take(left + 1)
            .read_to_end(&mut content)
            .map_err(|error| named(format!("{name:?}: {error}")))?;
        left = left
            .checked_sub(content.len() as u64)
            .ok_or_else(|| named(format!("its files are larger than {} MiB", LARGEST >> 20)))?;
        take(&name, &content)?;
    }
    if seen.is_empty() {
        return Err(named("it is empty".to_owned()));
    }
    Ok(())
}

/// Whether a name, split at slashes, stays below the folder it is joined to, on any system.
fn is_safe(relative: &str) -> bool {
    let forbidden = |letter: char| letter.is_control() || "\\:*?\"<>|".contains(letter);
    !relative.contains(forbidden) && relative.split('/').all(|part| !matches!(part, "" | "." | ".."))
}

#[cfg(test)]
pub(crate) mod tests {
    #![allow(clippy::unwrap_used, reason = "tests stop at the first surprise")]

    use super::*;
    use proptest::prelude::*;
    use std::io::Write;
    use zip::write::SimpleFileOptions;

    pub(crate) fn module() -> Version {
        Version {
            path: "example.com/Greet".into(),
            version: "v1.2.0".into(),
        }
    }

    pub(crate) fn zipped(files: &[(&str, &str)]) -> Vec<u8> {
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in files {
            writer.start_file(*name, SimpleFileOptions::default()).unwrap();
            writer.write_all(content.as_bytes()).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    #[test]
    fn files_lie_below_the_folder() {
        let folder = tempfile::tempdir().unwrap();
        let bytes = zipped(&[
            ("example.com/Greet@v1.2.0/go.mod", "module x"),
            ("example.com/Greet@v1.2.0/a/b.go", "package a"),
        ]);
        extract(&bytes, &module(), folder.path()).unwrap();
        assert_eq!(
            fs_err::read_to_string(folder.path().join("a/b.go")).unwrap(),
            "package a"
        );
        assert!(hash(&bytes, &module()).unwrap().starts_with("h1:"));
    }

    #[test]
    fn names_that_lead_elsewhere_are_refused() {
        let told = |name: &str| hash(&zipped(&[(name, "x")]), &module()).unwrap_err();
        for name in [
            "../evil.go",
            "/etc/passwd",
            "example.com/Greet@v1.2.0/../../evil.go",
            "example.com/Greet@v1.2.0/a\\..\\b.go",
            "example.com/Greet@v1.2.0//b.go",
            "example.com/Greet@v1.2.1/b.go",
        ] {
            assert!(told(name).contains("does not lie below"), "{name}: {}", told(name));
        }
        let twice = zipped(&[
            ("example.com/Greet@v1.2.0/a.go", ""),
            ("example.com/Greet@v1.2.0/A.go", ""),
        ]);
        assert!(hash(&twice, &module()).unwrap_err().contains("twice"));
        assert!(hash(b"no zip", &module()).is_err());
        assert!(hash(&zipped(&[]), &module()).unwrap_err().contains("empty"));
    }

    #[test]
    fn links_are_refused() {
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        let options = SimpleFileOptions::default();
        writer
            .add_symlink("example.com/Greet@v1.2.0/a", "/etc", options)
            .unwrap();
        let bytes = writer.finish().unwrap().into_inner();
        assert!(hash(&bytes, &module()).unwrap_err().contains("no regular file"));
    }

    #[test]
    fn an_archive_that_grows_too_large_is_stopped() {
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        let block = vec![0u8; 1 << 20];
        for index in 0..=(LARGEST >> 20) {
            let name = format!("example.com/Greet@v1.2.0/{index}");
            let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
            writer.start_file(name, options).unwrap();
            writer.write_all(&block).unwrap();
        }
        let bytes = writer.finish().unwrap().into_inner();
        assert!(hash(&bytes, &module()).unwrap_err().contains("larger than 500 MiB"));
    }

    proptest! {
        #[test]
        fn what_is_safe_stays_below(name in "[a-zA-Z0-9./\\\\:_@-]{0,40}") {
            if is_safe(&name) {
                let inside = |part: std::path::Component<'_>| matches!(part, std::path::Component::Normal(_));
                prop_assert!(Path::new(&name).components().all(inside));
            }
        }
    }
}
