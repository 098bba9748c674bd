//! Throws away native code of components that have since changed: each edit of a module leaves some 10 MB behind.

use super::record::Record;
use camino::{Utf8Path, Utf8PathBuf};
use std::time::SystemTime;

/// Keeps the native code in the folder that was made last. What is in use stays in use: a mapping outlives its file's name.
/// What cannot be removed is left.
pub(super) fn keep_newest(dir: &Utf8Path, count: usize) {
    let Ok(entries) = dir.read_dir_utf8() else {
        return;
    };
    let mut found: Vec<(SystemTime, Utf8PathBuf)> = entries
        .filter_map(|entry| {
            let path = entry.ok()?.into_path();
            let made = (path.extension() == Some("cwasm")).then(|| path.metadata().ok()?.modified().ok());
            Some((made.flatten()?, path))
        })
        .collect();
    found.sort_by(|a, b| b.cmp(a));
    for (_, code) in found.iter().skip(count) {
        // The record goes first: code without one is not looked at.
        for path in [&Record::path(code), code, &code.with_extension("lock")] {
            if let Err(error) = fs_err::remove_file(path) {
                tracing::debug!(%error, "old native code stays");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests stop at the first surprise")]

    use super::*;
    use std::time::Duration;

    #[test]
    fn the_newest_stay() {
        let folder = tempfile::tempdir().unwrap();
        let dir = Utf8Path::from_path(folder.path()).unwrap();
        for age in 0..5_u64 {
            for extension in ["cwasm", "fingerprint", "lock"] {
                let file = fs_err::File::create(dir.join(format!("{age}.{extension}"))).unwrap();
                let time = SystemTime::now() - Duration::from_secs(age * 10);
                file.into_parts().0.set_modified(time).unwrap();
            }
        }
        keep_newest(dir, 2);
        let mut left: Vec<String> = dir
            .read_dir_utf8()
            .unwrap()
            .map(|entry| entry.unwrap().file_name().to_owned())
            .collect();
        left.sort();
        assert_eq!(
            left.join(" "),
            "0.cwasm 0.fingerprint 0.lock 1.cwasm 1.fingerprint 1.lock"
        );
    }
}
