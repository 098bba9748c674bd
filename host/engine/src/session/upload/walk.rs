//! Walks a directory in the order that the protocol wants: by name, a directory before what is in it.

use super::git_ignore::IgnoreStack;
use super::stat::stat;
use crate::pattern::{Level, PathFilter};
use crate::session::LocalDirectory;
use bollard_buildkit_proto::fsutil::types::Stat;
use std::collections::HashMap;
use std::fs::Metadata;
use std::io;
use std::ops::ControlFlow;
use std::os::unix::fs::{FileTypeExt, MetadataExt};
use std::path::{Path, PathBuf};

/// What the walk found.
#[derive(Clone)]
pub(super) struct Found {
    /// Facts in the protocol's form.
    pub(super) stat: Stat,
    /// Where its content is; none when it has none to send.
    pub(super) content: Option<PathBuf>,
    /// When anything about it last changed, in nanoseconds since 1970. No program can set it.
    pub(super) changed_ns: i64,
}

impl Found {
    fn new(stat: Stat, metadata: &Metadata, content: Option<PathBuf>) -> Found {
        let seconds = metadata.ctime().saturating_mul(1_000_000_000);
        Found {
            stat,
            content,
            changed_ns: seconds.saturating_add(metadata.ctime_nsec()),
        }
    }
}

/// Calls `take` for everything that is meant, until it breaks. Blocking.
pub(super) fn walk(directory: &LocalDirectory, take: &mut dyn FnMut(Found) -> ControlFlow<()>) -> io::Result<()> {
    let filter = directory
        .filter()
        .map_err(|e| io::Error::new(io::ErrorKind::InvalidInput, e))?;
    let ignored = if directory.gitignore {
        Some(IgnoreStack::above(&directory.root)?)
    } else {
        None
    };
    let mut walk = Walk {
        filter,
        ignored,
        links: HashMap::new(),
        pending: Vec::new(),
        take,
    };
    walk.directory(&directory.root, "", &Level::default()).map(|_| ())
}

struct Walk<'a> {
    filter: PathFilter,
    ignored: Option<IgnoreStack>,
    /// Where a file with several names was first seen, by device and inode.
    links: HashMap<(u64, u64), String>,
    /// Directories above the current one that are only told if something in them is.
    pending: Vec<Found>,
    take: &'a mut dyn FnMut(Found) -> ControlFlow<()>,
}

impl Walk<'_> {
    fn directory(&mut self, directory: &Path, relative: &str, above: &Level) -> io::Result<ControlFlow<()>> {
        let entered = self.ignored.as_mut().map(|rules| rules.enter(directory)).transpose()?;
        let mut entries = Vec::new();
        for entry in fs_err::read_dir(directory)? {
            let entry = entry?;
            let name = entry.file_name().into_string().map_err(|name| {
                let path = directory.join(name);
                io::Error::new(
                    io::ErrorKind::InvalidData,
                    format!("{}: the name is not UTF-8, so it cannot be uploaded", path.display()),
                )
            })?;
            entries.push((name, entry));
        }
        entries.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
        for (name, entry) in entries {
            let relative = if relative.is_empty() {
                name
            } else {
                format!("{relative}/{name}")
            };
            if self.entry(&entry, relative, above)?.is_break() {
                return Ok(ControlFlow::Break(()));
            }
        }
        if let (Some(rules), Some(entered)) = (&mut self.ignored, entered) {
            rules.leave(entered);
        }
        Ok(ControlFlow::Continue(()))
    }

    fn entry(&mut self, entry: &fs_err::DirEntry, relative: String, above: &Level) -> io::Result<ControlFlow<()>> {
        let path = &entry.path();
        // Through the open directory: resolving the whole path again for each file costs more than all the rest.
        let metadata = match entry.metadata() {
            Ok(metadata) => metadata,
            // Removed since the directory was listed.
            Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(ControlFlow::Continue(())),
            Err(e) => return Err(e),
        };
        let kind = metadata.file_type();
        // A socket cannot be sent: it is a process's, not the directory's.
        if kind.is_socket()
            || self
                .ignored
                .as_ref()
                .is_some_and(|rules| rules.ignores(path, kind.is_dir()))
        {
            return Ok(ControlFlow::Continue(()));
        }
        let (verdict, level) = self.filter.judge(&relative, above);
        if !kind.is_dir() {
            return if verdict.take {
                self.file(path, relative, &metadata)
            } else {
                Ok(ControlFlow::Continue(()))
            };
        }
        if !verdict.take && !verdict.descend {
            return Ok(ControlFlow::Continue(()));
        }
        let found = Found::new(stat(relative.clone(), &metadata, String::new()), &metadata, None);
        let depth = self.pending.len();
        if verdict.take {
            if self.tell(found).is_break() {
                return Ok(ControlFlow::Break(()));
            }
        } else {
            self.pending.push(found);
        }
        let flow = if verdict.descend {
            self.directory(path, &relative, &level)?
        } else {
            ControlFlow::Continue(())
        };
        self.pending.truncate(depth);
        Ok(flow)
    }

    fn file(&mut self, path: &Path, relative: String, metadata: &Metadata) -> io::Result<ControlFlow<()>> {
        if metadata.is_symlink() {
            let target = fs_err::read_link(path)?;
            let target = target.to_string_lossy().into_owned();
            return Ok(self.tell(Found::new(stat(relative, metadata, target), metadata, None)));
        }
        if metadata.nlink() > 1 && metadata.is_file() {
            if let Some(first) = self.links.get(&(metadata.dev(), metadata.ino())) {
                let facts = Stat {
                    size: 0,
                    ..stat(relative, metadata, first.clone())
                };
                return Ok(self.tell(Found::new(facts, metadata, None)));
            }
            self.links.insert((metadata.dev(), metadata.ino()), relative.clone());
        }
        let content = metadata.is_file().then(|| path.to_owned());
        Ok(self.tell(Found::new(stat(relative, metadata, String::new()), metadata, content)))
    }

    fn tell(&mut self, found: Found) -> ControlFlow<()> {
        for found in self.pending.drain(..) {
            (self.take)(found)?;
        }
        (self.take)(found)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests stop at the first surprise")]
    use super::walk;
    use crate::session::LocalDirectory;
    use std::fs;
    use std::ops::ControlFlow;
    use std::path::Path;

    fn tree(files: &[&str]) -> tempfile::TempDir {
        let root = tempfile::tempdir().unwrap();
        for file in files {
            let path = root.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, file).unwrap();
        }
        root
    }

    fn found(directory: &LocalDirectory) -> Vec<String> {
        let mut paths = Vec::new();
        walk(directory, &mut |found| {
            let link = if found.stat.linkname.is_empty() {
                String::new()
            } else {
                format!(" -> {}", found.stat.linkname)
            };
            paths.push(format!("{}{link}", found.stat.path));
            ControlFlow::Continue(())
        })
        .unwrap();
        paths
    }

    fn with(root: &Path, include: &[&str], exclude: &[&str]) -> LocalDirectory {
        let owned = |list: &[&str]| list.iter().map(|p| (*p).to_owned()).collect();
        LocalDirectory {
            include: owned(include),
            exclude: owned(exclude),
            ..LocalDirectory::new(root)
        }
    }

    #[test]
    fn directories_come_before_their_content_and_before_their_longer_names() {
        let root = tree(&["a-b", "a/z", "a/b/c", "B", "é"]);
        assert_eq!(
            found(&LocalDirectory::new(root.path())),
            ["B", "a", "a/b", "a/b/c", "a/z", "a-b", "é"]
        );
    }

    #[test]
    fn directories_are_told_only_for_what_is_in_them() {
        let root = tree(&[
            "src/deep/a.rs",
            "src/deep/b.txt",
            "docs/x.md",
            "target/y.rs",
            "target/keep/z.rs",
        ]);
        assert_eq!(
            found(&with(root.path(), &["**/*.rs"], &["target"])),
            ["src", "src/deep", "src/deep/a.rs"]
        );
        let kept = found(&with(root.path(), &[], &["target", "!target/keep", "src", "docs"]));
        assert_eq!(kept, ["target", "target/keep", "target/keep/z.rs"]);
        assert_eq!(found(&with(root.path(), &["docs"], &[])), ["docs", "docs/x.md"]);
    }

    #[test]
    fn links_are_told_as_links() {
        let root = tree(&["a", "d/b"]);
        fs::hard_link(root.path().join("a"), root.path().join("d/hard")).unwrap();
        std::os::unix::fs::symlink("../a", root.path().join("d/soft")).unwrap();
        let _socket = std::os::unix::net::UnixListener::bind(root.path().join("socket")).unwrap();
        assert_eq!(
            found(&LocalDirectory::new(root.path())),
            ["a", "d", "d/b", "d/hard -> a", "d/soft -> ../a"]
        );
    }

    #[test]
    fn gitignore_files_work_from_the_top_of_the_repository() {
        let root = tree(&["p/keep.log", "p/a.log", "p/b.tmp", "p/out/x", "p/d/out/y", "p/d/c.tmp"]);
        fs::create_dir(root.path().join(".git")).unwrap();
        fs::write(root.path().join(".gitignore"), "*.log\n").unwrap();
        fs::write(root.path().join("p/.gitignore"), "/out\n*.tmp\n!keep.log\n").unwrap();
        fs::write(root.path().join("p/d/.gitignore"), "!c.tmp\n").unwrap();
        let directory = LocalDirectory {
            gitignore: true,
            ..LocalDirectory::new(root.path().join("p"))
        };
        assert_eq!(
            found(&directory),
            [
                ".gitignore",
                "d",
                "d/.gitignore",
                "d/c.tmp",
                "d/out",
                "d/out/y",
                "keep.log"
            ]
        );
    }

    #[test]
    fn a_missing_root_is_an_error_with_its_path() {
        let error = walk(&LocalDirectory::new("/no/such/directory"), &mut |_| {
            ControlFlow::Continue(())
        })
        .unwrap_err();
        assert!(error.to_string().contains("/no/such/directory"), "{error}");
    }
}
