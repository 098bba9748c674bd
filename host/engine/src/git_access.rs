//! Whether a git repository may be read with the credentials that a source names, where the engine itself would not ask.
//!
//! An engine keeps the objects of a repository for all who name it, and for a build what its names lead to. So it gives a commit whose digest is
//! named, and a name that was looked up before, without asking the server whose credentials these are. What it fetched *with* credentials is kept
//! apart by [`crate::llb::source::git`]; here the server is asked where that does not suffice. A name that is looked up first costs no request
//! more, and neither does a commit that was once read without credentials: this machine remembers those.

use crate::llb::{Output, audience};
use crate::{Engine, SolveError};
use bollard_buildkit_proto::moby::buildkit::v1::frontend::{ResolveSourceGitRequest, ResolveSourceMetaRequest};
use bollard_buildkit_proto::pb::{SourceOp, op::Op as OpKind};
use percent_encoding::percent_decode_str;
use sha2::{Digest, Sha256};
use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::OnceCell;

/// What the engine says of a repository that it could read, when the name that was asked for is not there.
const READABLE: &str = "repository does not contain ref";

/// That a server let the reader in, once it is known.
type Answer = Arc<OnceCell<()>>;

/// What this run knows of who reads which repository.
#[derive(Debug, Default)]
pub(crate) struct GitAccess {
    /// With which credentials names of a repository were looked up, by [`repository`].
    readers: Mutex<HashMap<String, BTreeSet<String>>>,
    /// Answers of servers, by URL and credentials.
    asked: Mutex<HashMap<(String, String), Answer>>,
    /// Where commits are remembered that were read without credentials.
    memory: Option<PathBuf>,
}

/// One source, as far as it matters here.
struct Reading<'a> {
    op: &'a SourceOp,
    url: &'a str,
    reference: &'a str,
    /// The credentials and the hosts that are believed.
    reader: String,
}

impl<'a> Reading<'a> {
    fn of(op: &'a SourceOp) -> Option<Reading<'a>> {
        let place = op.identifier.strip_prefix("git://")?;
        let (place, fragment) = place.split_once('#').unwrap_or((place, ""));
        let known_hosts = op.attrs.get("git.knownsshhosts").map_or("", String::as_str);
        let mut reader = audience::of(&op.attrs);
        if !known_hosts.is_empty() {
            reader = format!("{reader}\n{known_hosts}");
        }
        Some(Reading {
            op,
            url: op.attrs.get("git.fullurl").map_or(place, String::as_str),
            reference: fragment.split(':').next().unwrap_or_default(),
            reader,
        })
    }

    /// Whether the engine takes the commit's digest for permission to have it.
    fn names_a_commit(&self) -> bool {
        let lower = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
        let is_digest = matches!(self.reference.len(), 40 | 64) && self.reference.bytes().all(lower);
        is_digest
            || ["git.fetchbycommit", "git.bundle"]
                .iter()
                .any(|name| self.op.attrs.contains_key(*name))
    }

    /// The same repository with the same credentials, at a name that it does not have and that nobody else asks for.
    fn question(&self) -> SourceOp {
        let kept = [
            "git.fullurl",
            "git.authheadersecret",
            "git.authtokensecret",
            "git.mountsshsock",
            "git.knownsshhosts",
        ];
        let attrs = self.op.attrs.iter().filter(|(name, _)| kept.contains(&name.as_str()));
        let place = self.op.identifier.split('#').next().unwrap_or_default();
        SourceOp {
            identifier: format!("{place}#refs/dockwright/{}", digest(&[&self.reader])),
            attrs: attrs.map(|(name, value)| (name.clone(), value.clone())).collect(),
        }
    }
}

impl GitAccess {
    pub(crate) fn new(memory: Option<PathBuf>) -> GitAccess {
        GitAccess {
            memory,
            ..GitAccess::default()
        }
    }

    /// Notes who looks up names of the repository; whether nobody else has done so.
    fn is_alone(&self, reading: &Reading<'_>) -> bool {
        let mut readers = self.readers.lock().unwrap_or_else(PoisonError::into_inner);
        let readers = readers.entry(repository(reading.url)).or_default();
        readers.insert(reading.reader.clone());
        readers.len() == 1
    }

    fn answer(&self, reading: &Reading<'_>) -> Answer {
        let mut asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        let key = (reading.url.to_owned(), reading.reader.clone());
        Arc::clone(asked.entry(key).or_default())
    }

    /// The file that says that the commit was read without credentials.
    fn remembered(&self, reading: &Reading<'_>) -> Option<PathBuf> {
        let memory = self.memory.as_deref().filter(|_| reading.reader.is_empty())?;
        Some(memory.join(digest(&[reading.url, reading.reference])))
    }
}

impl Engine {
    /// Notes that a name of the source's repository is about to be looked up. [`Engine::admit_git`] must follow the look-up.
    pub(crate) fn announce_git(&self, op: &SourceOp) {
        if let Some(reading) = Reading::of(op) {
            self.inner.git_access.is_alone(&reading);
        }
    }

    /// Makes sure that what the sources of the graph name may be read with their credentials.
    ///
    /// # Errors
    /// The server refuses, or does not answer.
    pub async fn admit_git(&self, graph: &Output) -> Result<(), SolveError> {
        for node in graph.nodes() {
            if let Some(OpKind::Source(op)) = node.op().and_then(|op| op.op)
                && let Some(reading) = Reading::of(&op)
            {
                self.admit(&reading, &node.name).await?;
            }
        }
        Ok(())
    }

    async fn admit(&self, reading: &Reading<'_>, name: &str) -> Result<(), SolveError> {
        let access = &self.inner.git_access;
        let alone = access.is_alone(reading);
        let remembered = access.remembered(reading).filter(|_| reading.names_a_commit());
        let known = match &remembered {
            Some(file) => file.exists(),
            None => alone && !reading.names_a_commit(),
        };
        if known {
            return Ok(());
        }
        access
            .answer(reading)
            .get_or_try_init(|| self.ask(reading, name))
            .await?;
        if let Some(file) = remembered {
            remember(&file);
        }
        Ok(())
    }

    async fn ask(&self, reading: &Reading<'_>, name: &str) -> Result<(), SolveError> {
        let request = ResolveSourceMetaRequest {
            source: Some(reading.question()),
            git: Some(ResolveSourceGitRequest::default()),
            ..ResolveSourceMetaRequest::default()
        };
        match self.inner.build.bridge().resolve_source_meta(request).await {
            Ok(_) => Ok(()),
            Err(status) if status.message().contains(READABLE) => Ok(()),
            Err(status) => Err(self.lost(&status).unwrap_or_else(|| SolveError::Failed {
                operation: Some(name.to_owned()),
                message: status.message().to_owned(),
            })),
        }
    }
}

/// What cannot be written is asked again.
fn remember(file: &Path) {
    if let Some(folder) = file.parent() {
        fs_err::create_dir_all(folder)
            .and_then(|()| fs_err::write(file, ""))
            .ok();
    }
}

/// One name for all spellings of a repository's URL that an engine may take for the same, and for some that it does not.
fn repository(url: &str) -> String {
    let url = url.split(['?', '#']).next().unwrap_or_default();
    let rest = match url.split_once("://") {
        Some((_, rest)) => rest.to_owned(),
        None => url.replacen(':', "/", 1),
    };
    let rest = percent_decode_str(&rest).decode_utf8_lossy().to_lowercase();
    let (authority, path) = rest.split_once('/').unwrap_or((&rest, ""));
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    let mut parts = vec![host];
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => parts.truncate(parts.len().saturating_sub(1).max(1)),
            part => parts.push(part),
        }
    }
    parts.join("/").trim_end_matches(".git").to_owned()
}

/// 32 hexadecimal digits for texts.
fn digest(texts: &[&str]) -> String {
    let mut hasher = Sha256::new();
    for text in texts {
        hasher.update((text.len() as u64).to_le_bytes());
        hasher.update(text);
    }
    let mut hex = hex::encode(hasher.finalize());
    hex.truncate(32);
    hex
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests stop at the first surprise")]
    use super::*;
    use crate::llb::source::{GitOptions, git};

    fn op(url: &str, reference: &str, options: &GitOptions) -> SourceOp {
        match git(url, reference, options).node().unwrap().op().unwrap().op {
            Some(OpKind::Source(op)) => op,
            other => unreachable!("{other:?}"),
        }
    }

    #[test]
    fn spellings_of_a_repository_are_one() {
        for url in [
            "https://h/a/r",
            "https://u:p@H/a/r.git",
            "ssh://git@h//a/./r/",
            "git@h:a/x/../r.git",
            "http://h/%61/r?x=/y",
        ] {
            assert_eq!(repository(url), "h/a/r", "{url}");
        }
        assert_ne!(repository("https://h/a/r"), repository("https://h/a/s"));
        assert_eq!(repository("https://h/../../r"), "h/r");
    }

    #[test]
    fn who_comes_second_is_asked_about() {
        let access = GitAccess::default();
        let (open, private) = (GitOptions::default(), with_header());
        let (one, other) = (
            op("https://h/r", "main", &private),
            op("https://h/r.git", "main", &open),
        );
        assert!(access.is_alone(&Reading::of(&one).unwrap()));
        assert!(access.is_alone(&Reading::of(&one).unwrap()));
        assert!(!access.is_alone(&Reading::of(&other).unwrap()));
        assert!(!access.is_alone(&Reading::of(&one).unwrap()));
    }

    fn with_header() -> GitOptions {
        GitOptions {
            auth_header: Some("name".to_owned()),
            ..GitOptions::default()
        }
    }

    #[test]
    fn only_what_needs_no_credentials_is_remembered() {
        let access = GitAccess::new(Some("/memory".into()));
        let commit = "0123456789abcdef0123456789abcdef01234567";
        let open = op("https://h/r", commit, &GitOptions::default());
        let private = op("https://h/r", commit, &with_header());
        assert!(Reading::of(&open).unwrap().names_a_commit());
        assert!(
            !Reading::of(&op("https://h/r", "main", &with_header()))
                .unwrap()
                .names_a_commit()
        );
        assert!(access.remembered(&Reading::of(&open).unwrap()).is_some());
        assert!(access.remembered(&Reading::of(&private).unwrap()).is_none());
    }

    #[test]
    fn a_question_is_the_reader_s_own() {
        let questions = [GitOptions::default(), with_header()].map(|options| {
            let op = op("https://h/r", "main", &options);
            Reading::of(&op).unwrap().question()
        });
        assert_ne!(questions[0].identifier, questions[1].identifier);
        assert!(questions[1].attrs.contains_key("git.authheadersecret"));
        assert!(!questions[1].attrs.contains_key("git.mtime"));
    }
}
