//! Fetched repositories in the user's cache: `git/repositories/<key>` holds objects, `git/checkouts/<key>/<commit>` the files of a commit
//! with a record of what they add up to, `git/versions/<key>.json` which commit a version was when it was last looked up. A checkout
//! appears whole or not at all, and nothing writes to it afterwards.

use super::program::{Complaint, Failure, Program, other};
use super::refs::Target;
use super::route::Route;
use super::submodules::Parent;
use crate::digest;
use crate::find::cleaned;
use serde::{Deserialize, Serialize};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

/// Form of the records; older ones are made anew.
const FORMAT: u32 = 1;

/// The cache.
#[derive(Clone, Debug)]
pub(super) struct Store {
    directory: PathBuf,
}

/// The files of a commit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Checkout {
    /// Root of the files, canonical.
    pub files: PathBuf,
    /// Digest of all of them: `blake3:` and hex.
    pub digest: String,
    /// Symbolic links among them that lead out, relative to the root.
    pub links_out: Vec<PathBuf>,
    /// All addresses that they came from, those of submodules and of redirections too; none when nobody looked.
    pub origins: Option<Vec<String>>,
}

#[derive(Serialize, Deserialize)]
struct Record {
    format: u32,
    url: String,
    commit: String,
    digest: String,
    links_out: Vec<PathBuf>,
    /// Whether the files of submodules are there, if there are any.
    #[serde(default)]
    has_submodules: bool,
    /// All addresses that the files came from, when they were looked after.
    #[serde(default)]
    origins: Option<Vec<String>>,
}

impl Store {
    pub(super) fn new(directory: PathBuf) -> Store {
        Store { directory }
    }

    /// The files of the commit, if they are here.
    pub(super) fn get(&self, url: &str, commit: &str) -> Option<Checkout> {
        self.read(&self.checkout(url, commit), url, commit)
    }

    /// Where the files are that add up to the digest.
    pub(super) fn of_digest(&self, digest: &str) -> PathBuf {
        self.directory.join("vendored").join(key(digest))
    }

    /// The files at the place, if they are those of the commit.
    pub(super) fn read(&self, place: &Path, url: &str, commit: &str) -> Option<Checkout> {
        let record: Record = serde_json::from_slice(&std::fs::read(place.join("record.json")).ok()?).ok()?;
        let is_this = record.format == FORMAT && record.url == url && record.commit == commit;
        let files = place.join("files").canonicalize().ok()?;
        let is_complete = record.has_submodules || !files.join(".gitmodules").exists();
        (is_this && is_complete).then_some(Checkout {
            files,
            digest: record.digest,
            links_out: record.links_out,
            origins: record.origins,
        })
    }

    /// Where the repository's objects are.
    pub(super) fn repository(&self, url: &str) -> PathBuf {
        self.directory.join("repositories").join(key(url))
    }

    /// The files of the commit, if they are here and came from where modules may come from.
    pub(super) fn get_listed(&self, route: &Route, url: &str, commit: &str) -> Option<Checkout> {
        let checkout = self.get(url, commit)?;
        let is_listed = || {
            let origins = checkout.origins.as_ref();
            origins.is_some_and(|origins| origins.iter().all(|origin| route.require(origin).is_ok()))
        };
        let is_own = url.starts_with("file://") && !checkout.files.join(".gitmodules").exists();
        (!route.is_limited() || is_own || is_listed()).then_some(checkout)
    }

    /// The files of the commit, fetched when they are not here. Another process that fetches from the same repository is waited for.
    pub(super) fn fetch(&self, git: &Program, url: &str, target: &Target, may_ask: bool) -> Result<Checkout, Failure> {
        self.fetch_within(git, url, target, may_ask, &[])
    }

    /// The same for a submodule of the repositories at the addresses, which are being fetched.
    pub(super) fn fetch_within(
        &self,
        git: &Program,
        url: &str,
        target: &Target,
        may_ask: bool,
        within: &[&str],
    ) -> Result<Checkout, Failure> {
        self.with_objects(git, url, target, may_ask, |end| {
            if let Some(present) = self.get_listed(git.route(), url, &target.commit) {
                return Ok(present);
            }
            let urls: Vec<&str> = within.iter().copied().chain([url]).collect();
            let repository = self.repository(url);
            let parent = Parent {
                repository: &repository,
                urls: &urls,
                commit: &target.commit,
            };
            self.check_out(git, &parent, (url, end), may_ask)
                .map_err(|failure| match failure {
                    CheckoutFailure::Git(failure) => failure,
                    CheckoutFailure::Io(error) => io(error),
                })
        })
    }

    /// Works with the objects of the commit, fetched when they are not here, while nobody else fetches from the repository. The work is told where
    /// the way to the repository ends.
    pub(super) fn with_objects<T>(
        &self,
        git: &Program,
        url: &str,
        target: &Target,
        may_ask: bool,
        work: impl FnOnce(&str) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        let repository = self.repository(url);
        fs_err::create_dir_all(&repository).map_err(io)?;
        let mut lock = fd_lock::RwLock::new(
            fs_err::File::create(repository.with_extension("lock"))
                .map_err(io)?
                .into_file(),
        );
        let _guard = lock.write().map_err(io)?;
        if !repository.join("HEAD").is_file() {
            let mut arguments = vec!["init", "--quiet", "--bare", "--template="];
            if target.commit.len() == 64 {
                arguments.push("--object-format=sha256");
            }
            git.run(Some(&repository), false, &arguments)?;
        }
        let end = git.route().end(url)?;
        fetch_commit(git, &repository, &end, target, may_ask)?;
        work(&end)
    }

    /// Remembers what a version was, for working without the network.
    pub(super) fn remember(&self, reference: &str, url: &str, commit: &str) -> std::io::Result<()> {
        let path = self.version(reference);
        let directory = path.parent().unwrap_or(&self.directory);
        fs_err::create_dir_all(directory)?;
        let mut file = tempfile::NamedTempFile::new_in(directory)?;
        serde_json::to_writer(&mut file, &[url, commit])?;
        file.persist(&path).map_err(|error| error.error)?;
        Ok(())
    }

    /// The repository and the commit that the version was when it was last looked up.
    pub(super) fn remembered(&self, reference: &str) -> Option<[String; 2]> {
        serde_json::from_slice(&std::fs::read(self.version(reference)).ok()?).ok()
    }

    fn version(&self, reference: &str) -> PathBuf {
        self.directory
            .join("versions")
            .join(key(reference))
            .with_extension("json")
    }

    fn check_out(
        &self,
        git: &Program,
        parent: &Parent<'_>,
        (url, end): (&str, &str),
        may_ask: bool,
    ) -> Result<Checkout, CheckoutFailure> {
        let (repository, commit) = (parent.repository, parent.commit);
        let place = self.checkout(url, commit);
        let directory = place.parent().unwrap_or(&self.directory);
        fs_err::create_dir_all(directory)?;
        let staging = tempfile::Builder::new().prefix("fetching-").tempdir_in(directory)?;
        let files = staging.path().join("files");
        fs_err::create_dir(&files)?;
        let git_dir = format!("--git-dir={}", repository.display());
        let index = format!("{}", staging.path().join("index").display());
        git.with_index(&index).run(
            Some(&files),
            false,
            &[&git_dir, "--work-tree=.", "read-tree", "--reset", "-u", commit],
        )?;
        fs_err::remove_file(&index)?;
        let mut origins = parent.check_out_submodules(self, git, &files, may_ask)?;
        origins.extend([url.to_owned(), end.to_owned()]);
        let origins = git.route().is_limited().then_some(origins);
        Ok(Store::finish(staging, &place, url, commit, origins)?)
    }

    /// Writes down what the files in `staging` are, and puts them in their place.
    pub(super) fn finish(
        staging: tempfile::TempDir,
        place: &Path,
        url: &str,
        commit: &str,
        origins: Option<Vec<String>>,
    ) -> std::io::Result<Checkout> {
        let files = staging.path().join("files");
        let record = Record {
            format: FORMAT,
            url: url.to_owned(),
            commit: commit.to_owned(),
            digest: format!("blake3:{}", digest::of_tree(&files)?),
            links_out: {
                let files = fs_err::canonicalize(&files)?;
                links_out(&files, &files)?
            },
            has_submodules: true,
            origins,
        };
        fs_err::write(
            staging.path().join("record.json"),
            serde_json::to_vec(&record).map_err(std::io::Error::from)?,
        )?;
        make_read_only(&files)?;
        if place.exists() {
            // An older form, or one that lost its record.
            fs_err::remove_dir_all(place)?;
        }
        crate::staging::place(staging, place)?;
        Ok(Checkout {
            files: fs_err::canonicalize(place.join("files"))?,
            digest: record.digest,
            links_out: record.links_out,
            origins: record.origins,
        })
    }

    fn checkout(&self, url: &str, commit: &str) -> PathBuf {
        self.directory.join("checkouts").join(key(url)).join(commit)
    }
}

enum CheckoutFailure {
    Git(Failure),
    Io(std::io::Error),
}

impl From<Failure> for CheckoutFailure {
    fn from(failure: Failure) -> Self {
        CheckoutFailure::Git(failure)
    }
}

impl From<std::io::Error> for CheckoutFailure {
    fn from(error: std::io::Error) -> Self {
        CheckoutFailure::Io(error)
    }
}

/// Fetches the commit alone; where the host does not give single commits, its branch or tag; where it knows no shallow fetches, everything.
fn fetch_commit(git: &Program, repository: &Path, url: &str, target: &Target, may_ask: bool) -> Result<(), Failure> {
    let commit = target.commit.as_str();
    let object = format!("{commit}^{{commit}}");
    let is_here = || git.run(Some(repository), false, &["cat-file", "-e", &object]).is_ok();
    if is_here() {
        return Ok(());
    }
    let keep = |from: &str| format!("+{from}:refs/dockwright/{commit}");
    let fetch = |depth: &str, refspecs: &[&str]| {
        let mut arguments = vec!["fetch", "--quiet", "--no-tags"];
        if !depth.is_empty() {
            arguments.push(depth);
        }
        arguments.extend(["--", url]);
        arguments.extend(refspecs);
        git.run(Some(repository), may_ask, &arguments)
    };
    let mut failure = match fetch("--depth=1", &[&keep(commit)]) {
        Ok(_) => return Ok(()),
        Err(failure) => failure,
    };
    let decides = |failure: &Failure| !matches!(failure.complaint, Complaint::Revision | Complaint::Other);
    if decides(&failure) {
        return Err(failure);
    }
    if let Some(name) = &target.name {
        match fetch("--depth=1", &[&keep(name)]) {
            Ok(_) if is_here() => return Ok(()),
            Ok(_) => {}
            Err(next) if decides(&next) => return Err(next),
            Err(next) => failure = next,
        }
    }
    match fetch(
        "",
        &[
            "+refs/heads/*:refs/dockwright/heads/*",
            "+refs/tags/*:refs/dockwright/tags/*",
        ],
    ) {
        Ok(_) if is_here() => Ok(()),
        Ok(_) => Err(Failure {
            complaint: Complaint::Revision,
            message: failure.message,
        }),
        Err(next) => Err(next),
    }
}

/// Takes the right to write from the files. Directories keep it, so that the cache can be deleted with `rm -r`.
fn make_read_only(directory: &Path) -> std::io::Result<()> {
    for entry in fs_err::read_dir(directory)? {
        let entry = entry?;
        let kind = entry.file_type()?;
        if kind.is_dir() {
            make_read_only(&entry.path())?;
        } else if kind.is_file() {
            let mut permissions = entry.metadata()?.permissions();
            permissions.set_readonly(true);
            fs_err::set_permissions(entry.path(), permissions)?;
        }
    }
    Ok(())
}

/// Symbolic links below `start` whose target is not below the root, or would not be if it existed. Paths are relative to the root.
pub(in crate::resolve) fn links_out(root: &Path, start: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut pending = vec![start.to_owned()];
    while let Some(directory) = pending.pop() {
        for entry in fs_err::read_dir(&directory)? {
            let entry = entry?;
            let path = entry.path();
            let kind = entry.file_type()?;
            if kind.is_dir() {
                pending.push(path);
            } else if kind.is_symlink() {
                let target = cleaned(&directory.join(fs_err::read_link(&path)?));
                let stays = target.starts_with(root) && path.canonicalize().map_or(true, |real| real.starts_with(root));
                if !stays {
                    found.push(path.strip_prefix(root).unwrap_or(&path).to_owned());
                }
            }
        }
    }
    found.sort();
    Ok(found)
}

/// Copies what is in a directory into another one. The copies may be written.
pub(super) fn copy(from: &Path, to: &Path) -> std::io::Result<()> {
    fs_err::create_dir_all(to)?;
    for entry in fs_err::read_dir(from)? {
        let entry = entry?;
        let (source, target) = (entry.path(), to.join(entry.file_name()));
        let kind = entry.file_type()?;
        if kind.is_dir() {
            copy(&source, &target)?;
        } else if kind.is_symlink() {
            fs_err::os::unix::fs::symlink(fs_err::read_link(&source)?, target)?;
        } else {
            fs_err::copy(&source, &target)?;
            let mut permissions = fs_err::metadata(&target)?.permissions();
            permissions.set_mode(permissions.mode() | 0o200);
            fs_err::set_permissions(&target, permissions)?;
        }
    }
    Ok(())
}

/// A name for what may be any text.
pub(super) fn key(url: &str) -> String {
    let hash = blake3::hash(url.as_bytes()).to_hex();
    hash.get(..32).unwrap_or_default().to_owned()
}

pub(super) fn io(error: std::io::Error) -> Failure {
    other(error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::symlink;

    #[test]
    fn links_that_lead_out_are_found() {
        let root = tempfile::tempdir().unwrap();
        let root = root.path().canonicalize().unwrap();
        std::fs::create_dir_all(root.join("a/b")).unwrap();
        std::fs::write(root.join("a/file"), "").unwrap();
        for (target, link) in [
            ("../a/file", "a/stays"),
            ("missing", "a/broken"),
            ("../../../etc/passwd", "a/b/out"),
            ("/nonexistent", "absolute"),
            ("b/out", "a/chain"),
        ] {
            symlink(target, root.join(link)).unwrap();
        }
        let found = links_out(&root, &root).unwrap();
        let expected = ["a/b/out", "a/chain", "absolute"].map(PathBuf::from);
        // The chain leads to a file only where that file exists.
        let chain = Path::new("/etc/passwd").exists() && root.ancestors().count() > 2;
        assert!(
            found.contains(&expected[0]) && found.contains(&expected[2]),
            "{found:?} {chain}"
        );
        assert!(!found.contains(&PathBuf::from("a/stays")) && !found.contains(&PathBuf::from("a/broken")));
    }
}
