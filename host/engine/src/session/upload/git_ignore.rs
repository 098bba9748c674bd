//! `.gitignore` files on the way from the top of a git repository down to where a walk is.

use ignore::Match;
use ignore::gitignore::{Gitignore, GitignoreBuilder};
use std::io;
use std::path::Path;

const FILE: &str = ".gitignore";

/// The rules in force, the innermost last.
pub(super) struct IgnoreStack(Vec<Gitignore>);

impl IgnoreStack {
    /// Rules of the repository that the directory lies in, from its top down to but without the directory's own.
    pub(super) fn above(root: &Path) -> io::Result<Self> {
        let mut rules = Vec::new();
        let top = root.ancestors().find(|directory| directory.join(".git").exists());
        if let Some(top) = top.filter(|top| *top != root) {
            let mut between: Vec<&Path> = root
                .ancestors()
                .skip(1)
                .take_while(|directory| directory.starts_with(top))
                .collect();
            between.reverse();
            for directory in between {
                rules.extend(load(directory)?);
            }
        }
        Ok(Self(rules))
    }

    /// Takes in the rules of a directory that the walk enters; the result goes to [`IgnoreStack::leave`].
    pub(super) fn enter(&mut self, directory: &Path) -> io::Result<bool> {
        let own = load(directory)?;
        let entered = own.is_some();
        self.0.extend(own);
        Ok(entered)
    }

    /// Forgets the rules of a directory that the walk leaves.
    pub(super) fn leave(&mut self, entered: bool) {
        if entered {
            self.0.pop();
        }
    }

    /// Whether the path is left out. Directories above it are not looked at: a walk does not enter those that are left out.
    pub(super) fn ignores(&self, path: &Path, is_directory: bool) -> bool {
        for rules in self.0.iter().rev() {
            match rules.matched(path, is_directory) {
                Match::Ignore(_) => return true,
                Match::Whitelist(_) => return false,
                Match::None => {}
            }
        }
        false
    }
}

fn load(directory: &Path) -> io::Result<Option<Gitignore>> {
    let file = directory.join(FILE);
    let text = match fs_err::read(&file) {
        Ok(text) => text,
        Err(e) if matches!(e.kind(), io::ErrorKind::NotFound | io::ErrorKind::IsADirectory) => return Ok(None),
        Err(e) => return Err(e),
    };
    let mut builder = GitignoreBuilder::new(directory);
    for line in String::from_utf8_lossy(&text).lines() {
        // Git passes over a line that it cannot read as a pattern, and so do we.
        builder.add_line(None, line).ok();
    }
    builder
        .build()
        .map(Some)
        .map_err(|e| io::Error::new(io::ErrorKind::InvalidData, format!("{}: {e}", file.display())))
}
