//! Why a module in git cannot be had.

use miette::Diagnostic;

/// Why a module in git cannot be had.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Diagnostic)]
pub enum GitError {
    /// The program is missing.
    #[error("`{reference}` needs the program `git`, which is not on PATH")]
    #[diagnostic(
        code(git::missing),
        help("install git (https://git-scm.com), or name the module's directory")
    )]
    NoGit {
        /// The module.
        reference: String,
    },
    /// The host has no address.
    #[error("`{reference}` cannot be fetched: host not found ({url})")]
    #[diagnostic(
        code(git::host),
        help(
            "check the spelling and the network; modules that were fetched before and are pinned or locked need no network"
        )
    )]
    Host {
        /// The module.
        reference: String,
        /// The address that was tried last.
        url: String,
    },
    /// The host does not answer.
    #[error("`{reference}` cannot be fetched: {url} cannot be reached: {message}")]
    #[diagnostic(
        code(git::network),
        help(
            "check the network and git's proxy settings; modules that were fetched before and are pinned or locked need no network"
        )
    )]
    Network {
        /// The module.
        reference: String,
        /// The address that was tried last.
        url: String,
        /// What git said.
        message: String,
    },
    /// The host does not let the user in.
    #[error("`{reference}` cannot be fetched: access denied; tried {tried}")]
    #[diagnostic(
        code(git::auth),
        help(
            "git's own credentials are used: see that `git ls-remote URL` works, by a credential helper or an SSH key. Hosts also say this of repositories that do not exist"
        )
    )]
    Access {
        /// The module.
        reference: String,
        /// The addresses that were tried.
        tried: String,
    },
    /// There is no such repository.
    #[error("`{reference}` cannot be fetched: no git repository found; tried {tried}")]
    #[diagnostic(
        code(git::repository),
        help(
            "check the spelling; where the host needs it, mark the end of the repository with `.git`: host/repository.git/path"
        )
    )]
    NoRepository {
        /// The module.
        reference: String,
        /// The addresses that were tried.
        tried: String,
    },
    /// A version is no tag.
    #[error("module version not found: `{reference}`: {url} has neither {tags}")]
    #[diagnostic(code(git::version))]
    Version {
        /// The module.
        reference: String,
        /// The repository.
        url: String,
        /// The tags that would do, as `a tag x nor a tag y`.
        tags: String,
        /// Versions that there are.
        #[help]
        known: String,
    },
    /// A branch, tag or commit is not there.
    #[error("`{reference}`: {url} has no branch, tag or commit `{version}`")]
    #[diagnostic(
        code(git::version),
        help("it may have been deleted or renamed; a commit must be written with all its 40 digits")
    )]
    Revision {
        /// The module.
        reference: String,
        /// The repository.
        url: String,
        /// What was asked for.
        version: String,
    },
    /// A commit that was there once is not there any more.
    #[error("`{reference}`: commit {commit} is not in {url} any more")]
    #[diagnostic(
        code(git::vanished),
        help("its branch or tag was probably rewritten; choose what is there now with `dockwright update`")
    )]
    Vanished {
        /// The module.
        reference: String,
        /// The repository.
        url: String,
        /// The commit.
        commit: String,
    },
    /// The module's files are not as they should be.
    #[error("`{reference}` at commit {commit}: {message}")]
    #[diagnostic(code(git::content))]
    Content {
        /// The module.
        reference: String,
        /// The commit.
        commit: String,
        /// What is wrong.
        message: String,
    },
    /// The lock promises other content.
    #[error("`{reference}` at commit {commit} is not what dockwright.lock says: content {found}, locked {locked}")]
    #[diagnostic(
        code(git::digest),
        help(
            "the lock or the fetched files were tampered with or damaged. Remove the folder `git` of dockwright's cache to fetch it anew; if you trust what is there now, run `dockwright update`"
        )
    )]
    Digest {
        /// The module.
        reference: String,
        /// The commit.
        commit: String,
        /// Digest of what there is.
        found: String,
        /// Digest in the lock.
        locked: String,
    },
    /// Git failed in a way that is not known here.
    #[error("`{reference}` cannot be fetched from {url}: {message}")]
    #[diagnostic(code(git::failed))]
    Failed {
        /// The module.
        reference: String,
        /// The repository.
        url: String,
        /// What git said.
        message: String,
    },
    /// The network is not to be used.
    #[error("`{reference}` would have to be fetched, but `--offline` forbids it")]
    #[diagnostic(
        code(git::offline),
        help("without it, what is pinned or locked is fetched once and then needs no network")
    )]
    Offline {
        /// The module.
        reference: String,
    },
    /// It comes from where modules may not come from.
    #[error("`{reference}` is refused: {message}")]
    #[diagnostic(
        code(trust::source),
        help("add it to `git` under `[only]` in that file if modules may come from there")
    )]
    NotListed {
        /// The module.
        reference: String,
        /// Which address, and what does not list it.
        message: String,
    },
    /// It lacks a signature.
    #[error(
        "`{reference}` at commit {commit} is refused: {reason}, and {} wants a signature by {wanted} for {rule}",
        path.display()
    )]
    #[diagnostic(
        code(trust::unsigned),
        help(
            "ask its author to sign the commit or its tag (`git commit -S`, `git tag -s`), or change the rule in that file if you trust it without"
        )
    )]
    Signature {
        /// The module.
        reference: String,
        /// The commit.
        commit: String,
        /// Whose signature is wanted.
        wanted: String,
        /// The file that wants it.
        path: std::path::PathBuf,
        /// The rule's pattern.
        rule: String,
        /// What was found.
        reason: &'static str,
    },
    /// The command was cancelled.
    #[error("`{reference}`: fetching was cancelled")]
    #[diagnostic(code(git::cancelled))]
    Cancelled {
        /// The module.
        reference: String,
    },
}
