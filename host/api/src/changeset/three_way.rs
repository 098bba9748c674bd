//! One file that two changesets change: git merges texts line by line.

use super::merge::OnConflict;
use crate::error::ApiError;
use crate::git_program::git;
use dockwright_engine::{FileKind, FileStat};

/// One file, three times.
pub(super) struct Versions<'a> {
    /// What both started from; empty when there was no such file.
    pub base: Vec<u8>,
    /// What the first made of it.
    pub ours: Vec<u8>,
    /// What the second made of it.
    pub theirs: Vec<u8>,
    /// Facts of what both started from.
    pub base_stat: Option<&'a FileStat>,
    /// Facts of the first's file.
    pub our_stat: Option<&'a FileStat>,
    /// Facts of the second's file.
    pub their_stat: Option<&'a FileStat>,
}

/// What becomes of it.
#[derive(Debug, PartialEq)]
pub(super) enum Merge {
    /// The first's file as it is.
    Ours,
    /// The second's file as it is.
    Theirs,
    /// A text that has the changes of both, or marks where they clash.
    Both {
        /// Permission bits.
        mode: u32,
        /// The text.
        content: Vec<u8>,
    },
    /// Nobody can say.
    Conflict,
}

impl Versions<'_> {
    /// The file with the changes of both, as far as they go together.
    pub(super) async fn merged(&self, on_conflict: OnConflict) -> Result<Merge, ApiError> {
        let whole = |stat: Option<&FileStat>| stat.map(|stat| (stat.kind, stat.mode, stat.link.clone()));
        let (ours, theirs) = (whole(self.our_stat), whole(self.their_stat));
        if ours == theirs && self.ours == self.theirs {
            return Ok(Merge::Theirs);
        }
        let are_files = [self.our_stat, self.their_stat]
            .iter()
            .all(|stat| stat.is_some_and(|stat| stat.kind == FileKind::File));
        let either = match on_conflict {
            OnConflict::Ours => Merge::Ours,
            OnConflict::Theirs => Merge::Theirs,
            _ => Merge::Conflict,
        };
        let is_binary = [&self.base, &self.ours, &self.theirs]
            .iter()
            .any(|text| text.contains(&0));
        if !are_files || (is_binary && self.ours != self.theirs) {
            return Ok(either);
        }
        let mode_of = |stat: Option<&FileStat>| stat.map_or(0o644, |stat| stat.mode);
        let (base, ours, theirs) = (
            mode_of(self.base_stat),
            mode_of(self.our_stat),
            mode_of(self.their_stat),
        );
        let mode = if ours == base { theirs } else { ours };
        let directory = tempfile::Builder::new()
            .prefix("dockwright-merge-")
            .tempdir()
            .map_err(|error| ApiError::other(format!("cannot make a temporary directory: {error}")))?;
        for (name, text) in [("base", &self.base), ("ours", &self.ours), ("theirs", &self.theirs)] {
            fs_err::write(directory.path().join(name), text).map_err(|error| ApiError::other(error.to_string()))?;
        }
        let choice = match on_conflict {
            OnConflict::Ours => "--ours",
            OnConflict::Theirs => "--theirs",
            _ => "--no-diff3",
        };
        let arguments = ["merge-file", "-p", "--quiet", choice, "ours", "base", "theirs"];
        let output = git(directory.path(), &arguments, b"").await?;
        // The status is the number of conflicts; from 128 on it is a failure of git.
        match output.status.code() {
            Some(0) => Ok(Merge::Both {
                mode,
                content: output.stdout,
            }),
            Some(1..=127) if on_conflict == OnConflict::Mark => Ok(Merge::Both {
                mode,
                content: output.stdout,
            }),
            Some(1..=127) => Ok(either),
            _ => Err(ApiError::other(format!(
                "git merge-file failed: {}",
                String::from_utf8_lossy(&output.stderr).trim()
            ))),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests stop at the first surprise")]
    use super::*;

    #[tokio::test]
    async fn texts_are_merged() {
        let stat = |mode| FileStat {
            name: "f".to_owned(),
            kind: FileKind::File,
            mode,
            size: 0,
            modified: 0,
            uid: 0,
            gid: 0,
            link: None,
        };
        let (base, ours, theirs) = (stat(0o644), stat(0o644), stat(0o755));
        let versions = |a: &str, b: &str, c: &str| Versions {
            base: a.as_bytes().to_vec(),
            ours: b.as_bytes().to_vec(),
            theirs: c.as_bytes().to_vec(),
            base_stat: Some(&base),
            our_stat: Some(&ours),
            their_stat: Some(&theirs),
        };
        let text = |merge: Merge| match merge {
            Merge::Both { mode, content } => format!("{mode:o} {}", String::from_utf8(content).unwrap()),
            other => format!("{other:?}"),
        };
        let apart = versions("1\n2\n3\n4\n5\n", "one\n2\n3\n4\n5\n", "1\n2\n3\n4\nfive\n");
        assert_eq!(
            text(apart.merged(OnConflict::Fail).await.unwrap()),
            "755 one\n2\n3\n4\nfive\n"
        );
        let same_line = versions("1\n", "a\n", "b\n");
        let merged = |on_conflict| {
            let same_line = &same_line;
            async move { text(same_line.merged(on_conflict).await.unwrap()) }
        };
        assert_eq!(merged(OnConflict::Fail).await, "Conflict");
        assert_eq!(merged(OnConflict::Ours).await, "755 a\n");
        assert_eq!(merged(OnConflict::Theirs).await, "755 b\n");
        assert_eq!(
            merged(OnConflict::Mark).await,
            "755 <<<<<<< ours\na\n=======\nb\n>>>>>>> theirs\n"
        );
        let binary = versions("\0", "\0a", "\0b");
        assert_eq!(binary.merged(OnConflict::Mark).await.unwrap(), Merge::Conflict);
        assert_eq!(binary.merged(OnConflict::Ours).await.unwrap(), Merge::Ours);
    }
}
