//! Why a module is not trusted, or a `trust.toml` not understood.

use miette::{Diagnostic, NamedSource, SourceSpan};
use std::ops::Range;
use std::path::{Path, PathBuf};

/// Why a module is not trusted.
#[derive(Debug, thiserror::Error, Diagnostic)]
pub enum TrustError {
    /// The file makes no sense.
    #[error("{}: line {line}, column {column}: {message}", path.display())]
    #[diagnostic(
        code(trust::policy),
        help(
            "as long as it cannot be read, no module from a registry or git is used; the README shows the form under “Signed modules”"
        )
    )]
    Malformed {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
        /// The column, from 1.
        column: usize,
        /// What is wrong.
        message: String,
        /// Its text.
        #[source_code]
        text: NamedSource<String>,
        /// Where.
        #[label("{message}")]
        place: SourceSpan,
    },
    /// It comes from where modules may not come from.
    #[error("{reference} is refused: its repository is not among those that {} lists", path.display())]
    #[diagnostic(
        code(trust::source),
        help("add it to `registries` under `[only]` in that file if modules may come from there")
    )]
    NotListed {
        /// The module.
        reference: String,
        /// The file with the list.
        path: PathBuf,
    },
    /// There is no signature.
    #[error("{reference} is refused: {asked}, and {} wants a signature by {wanted} for {rule}", path.display())]
    #[diagnostic(
        code(trust::unsigned),
        help(
            "ask its publisher to sign it (`dockwright sign`), or change the rule in that file if you trust it without"
        )
    )]
    Unsigned {
        /// The artifact.
        reference: String,
        /// Whose signature is wanted.
        wanted: String,
        /// The file that wants it.
        path: PathBuf,
        /// The rule's pattern.
        rule: String,
        /// How it was found that there is none.
        asked: &'static str,
    },
    /// There is one, of somebody else.
    #[error("{reference} is refused: it is signed, but not by {wanted}, as {} wants for {rule}", path.display())]
    #[diagnostic(
        code(trust::wrong_key),
        help(
            "it was signed by somebody else, or changed after it was signed; if its publisher has a new key, put that under `[keys]` in that file"
        )
    )]
    WrongKey {
        /// The artifact.
        reference: String,
        /// Whose signature is wanted.
        wanted: String,
        /// The file that wants it.
        path: PathBuf,
        /// The rule's pattern.
        rule: String,
    },
    /// The registry cannot be asked for signatures.
    #[error(transparent)]
    #[diagnostic(transparent)]
    Pull(#[from] dockwright_registry::PullError),
    /// The file cannot be read.
    #[error("{0}")]
    #[diagnostic(code(trust::io))]
    Io(#[from] std::io::Error),
}

impl TrustError {
    /// A mistake at that place of a file.
    pub(super) fn malformed(path: &Path, text: &str, span: Range<usize>, message: impl Into<String>) -> TrustError {
        let before = text.get(..span.start).unwrap_or_default();
        TrustError::Malformed {
            path: path.to_owned(),
            line: before.matches('\n').count() + 1,
            column: before.rsplit('\n').next().unwrap_or_default().chars().count() + 1,
            message: message.into(),
            text: NamedSource::new(path.to_string_lossy(), text.to_owned()).with_language("toml"),
            place: SourceSpan::from(span),
        }
    }
}
