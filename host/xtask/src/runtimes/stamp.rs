//! Remembers what an output was built from, in a file beside it.

use camino::{Utf8Path, Utf8PathBuf};

/// The stamp of an output.
pub(super) struct Stamp {
    path: Utf8PathBuf,
    digest: String,
}

impl Stamp {
    /// For an output with inputs of that digest.
    pub(super) fn new(output: &Utf8Path, digest: String) -> Stamp {
        Stamp {
            path: output.with_extension("inputs"),
            digest,
        }
    }

    /// Whether the output is there and was built from the same inputs.
    pub(super) fn is_fresh(&self, output: &Utf8Path) -> bool {
        output.is_file() && fs_err::read_to_string(&self.path).is_ok_and(|found| found.trim() == self.digest)
    }

    /// Says that the output is built from these inputs. Called last.
    pub(super) fn write(&self) -> std::io::Result<()> {
        fs_err::write(&self.path, format!("{}\n", self.digest))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;

    #[test]
    fn an_output_is_fresh_only_with_its_own_stamp() {
        let dir = tempfile::tempdir().unwrap();
        let output = Utf8PathBuf::try_from(dir.path().join("x.wasm")).unwrap();
        let stamp = Stamp::new(&output, "a".to_owned());
        assert!(!stamp.is_fresh(&output));
        stamp.write().unwrap();
        assert!(!stamp.is_fresh(&output), "there is no output yet");
        fs_err::write(&output, "").unwrap();
        assert!(stamp.is_fresh(&output));
        assert!(!Stamp::new(&output, "b".to_owned()).is_fresh(&output));
    }
}
