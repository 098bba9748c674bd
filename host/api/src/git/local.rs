//! A repository that lies in a directory of the engine. Its `.git` is copied to this machine and read by the `git` program, without its hooks and
//! its configuration: those are programs of whoever made the repository.

use super::advertised::Advertised;
use crate::api::Api;
use crate::directory::Directory;
use crate::error::ApiError;
use crate::git_program::{git, git_output};
use crate::paths;
use dockwright_engine::LocalDirectory;
use dockwright_engine::llb::{CopyOptions, Output, file};
use std::path::Path;
use std::sync::Arc;
use tempfile::TempDir;

/// All that a copy needs of its configuration.
const CONFIG: &str = "[core]\n\trepositoryformatversion = 0\n\tbare = true\n";

/// A copy of a repository, removed with the session.
#[derive(Clone, Debug)]
pub(super) struct Local {
    copy: Arc<TempDir>,
    /// Where it was found.
    pub(super) directory: Directory,
    /// Whether the directory is the repository and has no files of a commit.
    pub(super) bare: bool,
}

impl Local {
    /// Copies the repository of a directory, or one that the directory itself is.
    pub(super) async fn new(api: &Arc<Api>, directory: &Directory) -> Result<Local, ApiError> {
        let engine = api.engine().await?;
        let mut source = paths::join(&directory.path, ".git");
        if engine.stat(&directory.output, &source).await.is_err() {
            engine
                .stat(&directory.output, &paths::join(&directory.path, "HEAD"))
                .await
                .map_err(|_| ApiError::other("the directory is no git repository: it has no `.git`"))?;
            source.clone_from(&directory.path);
        }
        let alone = file::copy(
            &Output::scratch(),
            &directory.output,
            &source,
            "/",
            &CopyOptions::default(),
        );
        let folder = folder()?;
        let copy = folder.path().join("repository");
        engine.export_directory(&alone, &copy, false).await?;
        make_harmless(&copy)?;
        Ok(Local {
            copy: Arc::new(folder),
            bare: source == directory.path,
            directory: directory.clone(),
        })
    }

    fn path(&self) -> std::path::PathBuf {
        self.copy.path().join("repository")
    }

    /// Everything that it has.
    pub(super) async fn advertised(&self) -> Result<Advertised, ApiError> {
        let form = "--format=%(if)%(*objectname)%(then)%(*objectname)%(else)%(objectname)%(end) %(refname)";
        let text = git_output(&self.path(), &["for-each-ref", form], b"").await?;
        let references = String::from_utf8_lossy(&text)
            .lines()
            .filter_map(|line| line.split_once(' '))
            .map(|(object, name)| (name.to_owned(), object.to_owned()))
            .collect();
        let head = git(&self.path(), &["symbolic-ref", "-q", "HEAD"], b"").await?;
        let head = String::from_utf8_lossy(&head.stdout).trim().to_owned();
        Ok(Advertised {
            references,
            head: Some(head).filter(|head| !head.is_empty()),
        })
    }

    /// The commit that a name leads to.
    pub(super) async fn commit(&self, name: &str) -> Result<String, ApiError> {
        let wanted = format!("{name}^{{commit}}");
        let found = git(
            &self.path(),
            &["rev-parse", "--verify", "-q", "--end-of-options", &wanted],
            b"",
        )
        .await?;
        if !found.status.success() {
            return Err(ApiError::other(format!("the repository has no `{name}`")));
        }
        let text = String::from_utf8_lossy(&found.stdout);
        Ok(text.lines().last().unwrap_or_default().trim().to_owned())
    }

    /// The commit where the histories of two commits part.
    pub(super) async fn merge_base(&self, one: &str, other: &str) -> Result<String, ApiError> {
        let found = git(&self.path(), &["merge-base", one, other], b"").await?;
        if !found.status.success() {
            return Err(ApiError::other(format!("{one} and {other} have no commit in common")));
        }
        Ok(String::from_utf8_lossy(&found.stdout).trim().to_owned())
    }

    /// The paths of a commit.
    pub(super) async fn paths(&self, commit: &str) -> Result<Vec<String>, ApiError> {
        let found = git_output(&self.path(), &["ls-tree", "-r", "-z", "--name-only", commit], b"").await?;
        let names = found.split(|byte| *byte == 0).filter(|name| !name.is_empty());
        Ok(names.map(|name| String::from_utf8_lossy(name).into_owned()).collect())
    }

    /// The files of a commit, uploaded.
    pub(super) async fn tree(&self, api: &Arc<Api>, commit: &str, keep_git_dir: bool) -> Result<Output, ApiError> {
        let tree = self
            .copy
            .path()
            .join(format!("{commit}{}", if keep_git_dir { "-git" } else { "" }));
        if !tree.exists() {
            let staging = folder()?;
            let work = staging.path().join("work");
            let (from, to) = (text(&self.path())?, text(&work)?);
            git_output(
                self.copy.path(),
                &["clone", "-q", "--no-checkout", "--no-hardlinks", &from, &to],
                b"",
            )
            .await?;
            git_output(&work, &["checkout", "-q", "--detach", commit], b"").await?;
            // It leads to the copy, which nobody else has.
            git_output(&work, &["remote", "remove", "origin"], b"").await?;
            fs_err::rename(&work, &tree).map_err(|error| ApiError::other(error.to_string()))?;
        }
        let mut local = LocalDirectory::new(&tree);
        if !keep_git_dir {
            local.exclude.push(".git".to_owned());
        }
        let short = commit.get(..12).unwrap_or(commit);
        Ok(api.engine().await?.add_local(&format!("git {short}"), local).await)
    }
}

/// Takes from a copy what would run programs of others, or lead git out of the copy to files of this machine.
fn make_harmless(copy: &Path) -> Result<(), ApiError> {
    let failed = |error: std::io::Error| ApiError::other(format!("cannot copy the repository: {error}"));
    refuse_links(copy).map_err(failed)?;
    for name in [
        "hooks",
        "commondir",
        "gitdir",
        "info/attributes",
        "objects/info/alternates",
        "objects/info/http-alternates",
    ] {
        let path = copy.join(name);
        if path.is_dir() {
            fs_err::remove_dir_all(path).map_err(failed)?;
        } else if path.exists() {
            fs_err::remove_file(path).map_err(failed)?;
        }
    }
    fs_err::write(copy.join("config"), CONFIG).map_err(failed)
}

fn refuse_links(folder: &Path) -> std::io::Result<()> {
    for entry in fs_err::read_dir(folder)? {
        let entry = entry?;
        let kind = entry.file_type()?;
        if kind.is_symlink() {
            let message = format!(
                "{} is a symbolic link; links in `.git` are not followed",
                entry.path().display()
            );
            return Err(std::io::Error::other(message));
        }
        if kind.is_dir() {
            refuse_links(&entry.path())?;
        }
    }
    Ok(())
}

fn folder() -> Result<TempDir, ApiError> {
    tempfile::Builder::new()
        .prefix("dockwright-git-")
        .tempdir()
        .map_err(|error| ApiError::other(format!("cannot make a directory for a repository: {error}")))
}

fn text(path: &Path) -> Result<String, ApiError> {
    path.to_str()
        .map(str::to_owned)
        .ok_or_else(|| ApiError::other(format!("{} is not UTF-8", path.display())))
}

#[cfg(test)]
mod tests {
    use super::make_harmless;
    use std::fs;

    #[test]
    fn a_copy_leads_nowhere_else_and_runs_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let copy = folder.path();
        fs::create_dir_all(copy.join("objects/info")).unwrap();
        fs::create_dir_all(copy.join("hooks")).unwrap();
        fs::write(copy.join("hooks/post-checkout"), "x").unwrap();
        fs::write(copy.join("objects/info/alternates"), "/home").unwrap();
        fs::write(copy.join("config"), "[core]\n\tfsmonitor = evil\n").unwrap();
        make_harmless(copy).unwrap();
        assert!(!copy.join("hooks").exists() && !copy.join("objects/info/alternates").exists());
        assert!(!fs::read_to_string(copy.join("config")).unwrap().contains("evil"));
        std::os::unix::fs::symlink("/", copy.join("refs")).unwrap();
        assert!(make_harmless(copy).unwrap_err().to_string().contains("symbolic link"));
    }
}
